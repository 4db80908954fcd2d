//! Title, table number, unit line and notes, wherever they stand: beside the grid, in its first rows, in its last rows.

use crate::model::money::MoneyUnit;
use crate::reading::amount::Reading;
use crate::reading::fold::{fold, squash};
use crate::reading::title::{self, Form};
use crate::reading::{currency, unit};
use crate::table::grid::Grid;
use crate::table::state;
use yusuan_extract::{CaptionSide, RawTable, TextLine};

/// What is printed around a grid.
#[derive(Debug, Default)]
pub(crate) struct Captions {
    /// Title as printed without white space.
    pub(crate) title: String,
    /// 预算01表.
    pub(crate) number: String,
    /// Unit declared for the table.
    pub(crate) unit: Option<MoneyUnit>,
    /// Another unit that the captions declare too.
    pub(crate) other_unit: Option<MoneyUnit>,
    /// The unit as printed where it is money of another country.
    pub(crate) foreign: Option<String>,
    /// Notes above, below and in the last rows, as printed without white space.
    pub(crate) notes: Vec<String>,
    /// Grid rows at the top that are captions.
    pub(crate) first_row: usize,
}

/// Lines before a table that may hold its captions when the finder attached none.
const LINES_BEFORE: usize = 6;

/// Reads the captions of a table. `lines` are the document's lines outside grids; `index` is the table's place in
/// the document.
pub(crate) fn read(raw: &RawTable, grid: &Grid, lines: &[TextLine], index: usize) -> Captions {
    let mut above: Vec<String> =
        raw.captions.iter().filter(|c| c.side == CaptionSide::Above).map(|c| c.text.clone()).collect();
    // 机关运行经费 over the whole width is a head where the title stands outside, the title where none does.
    let needed = if title_at(&above).is_some() { Form::Strong } else { Form::Weak };
    let first_row = leading_rows(grid, needed);
    for row in 0..first_row {
        above.extend(grid.starts(row).into_iter().filter_map(|c| grid.cell(row, c)).map(|cell| cell.text.clone()));
    }
    let mut captions = Captions { first_row, ..Captions::default() };
    read_above(&above, &mut captions);
    if captions.title.is_empty() || captions.unit.is_none() {
        fill_from_lines(&lines_before(lines, raw, index), &mut captions);
    }
    if captions.title.is_empty() {
        // A title left alone at the foot of the page before.
        let foot = lines_on(lines, raw, (index, 1));
        let foot: Vec<String> = foot.iter().filter(|t| is_title(t)).cloned().collect();
        fill_from_lines(&foot, &mut captions);
    }
    captions.unit =
        captions.unit.or_else(|| running_unit(lines, raw, index)).or_else(|| announced_unit(lines, raw, index));
    if captions.foreign.is_some() {
        captions.unit = None;
    }
    captions.notes = notes(raw, grid, &above);
    captions
}

/// The unit in a line above the table that stands at the same place of many pages: 部门：某局 单位：万元 over every table is
/// no head of the page's text, it declares each table's unit.
fn running_unit(lines: &[TextLine], raw: &RawTable, index: usize) -> Option<MoneyUnit> {
    let page = raw.pages.first();
    let near = |l: &&TextLine| l.running && l.tables_before == index && page.is_some() && l.place.page.as_ref() == page;
    lines.iter().filter(near).rev().find_map(|l| unit::in_caption(&fold(&l.text)))
}

/// The unit in the sentence that announces several tables, nothing but their headings between: …安排情况如下（单位：万元）：
fn announced_unit(lines: &[TextLine], raw: &RawTable, index: usize) -> Option<MoneyUnit> {
    let before = lines.iter().rev().filter(|l| l.tables_before <= index && !l.running && l.sheet == raw.sheet);
    let folded = before.map(|l| fold(&l.text)).filter(|text| text.chars().any(char::is_alphabetic));
    let said = folded.take(LINES_BEFORE).find(|text| !(title::is_numbered(text) && title::is_name(text)))?;
    (said.contains("如下") && said.ends_with(':')).then(|| unit::in_header(&said)).flatten()
}

fn is_title(text: &str) -> bool {
    title::form(text) == Form::Strong || title::split_number(text.trim()).is_some()
}

/// Lines that stand between the previous table and this one, nearest last, on the table's own page or sheet.
fn lines_before(lines: &[TextLine], raw: &RawTable, index: usize) -> Vec<String> {
    lines_on(lines, raw, (index, 0))
}

/// The same on a page before the table's own.
fn lines_on(lines: &[TextLine], raw: &RawTable, (index, back): (usize, u32)) -> Vec<String> {
    let page = raw.pages.first().and_then(|p| p.checked_sub(back));
    if back > 0 && page.is_none() {
        return Vec::new();
    }
    let near = |l: &&TextLine| {
        l.tables_before == index && !l.running && l.sheet == raw.sheet && (page.is_none() || l.place.page == page)
    };
    let all: Vec<String> = lines.iter().filter(near).map(|l| l.text.clone()).collect();
    all[all.len().saturating_sub(LINES_BEFORE)..].to_vec()
}

fn fill_from_lines(lines: &[String], captions: &mut Captions) {
    let mut found = Captions::default();
    read_above(lines, &mut found);
    if captions.title.is_empty() {
        captions.title = found.title;
    }
    if captions.number.is_empty() {
        captions.number = found.number;
    }
    if captions.unit.is_none() && captions.foreign.is_none() {
        captions.unit = found.unit;
        captions.foreign = found.foreign;
    }
    let other = [found.unit, found.other_unit].into_iter().flatten();
    captions.other_unit =
        captions.other_unit.or_else(|| other.into_iter().find(|unit| captions.unit.is_some_and(|own| own != *unit)));
}

/// Joins the lines of a wrapped title: a bracket closed on the next line (`…预算表（部门预算支出` / `经济分类科目）`), a
/// tail that cannot stand alone (`…基本支出预` / `算表`), a word cut in two (`…财政拨款基` / `本支出预算表`).
fn join_wrapped(above: &[String]) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for text in above {
        let folded = fold(text);
        let wrapped = joined.last().is_some_and(|before: &String| {
            let head = fold(before);
            let bracket = head.contains('(') && !head.contains(')') && folded.contains(')') && !folded.contains('(');
            let tail = title::is_tail(&folded) || title::is_cut(&head) && title::form(text) == Form::Strong;
            let named = title::is_numbered_name(before) && title::form(text) == Form::Strong;
            bracket || named || is_head(before) && (tail || title::cuts_word(&head, &folded))
        });
        match joined.last_mut() {
            Some(last) if wrapped => last.push_str(text),
            _ => joined.push(text.clone()),
        }
    }
    joined
}

fn read_above(above: &[String], captions: &mut Captions) {
    let pieces: Vec<String> =
        above.iter().map(|t| unit::piece(&fold(t)).to_owned()).filter(|t| !t.is_empty()).collect();
    let lines: Vec<String> = above.iter().map(|t| fold(t)).collect();
    let above = &join_wrapped(above)[..];
    for text in above.iter().rev() {
        let folded = fold(text);
        if captions.unit.is_none() && captions.foreign.is_none() {
            captions.foreign = currency::declared(&folded);
            captions.unit = unit::in_caption(&folded).filter(|_| captions.foreign.is_none());
        }
        if captions.number.is_empty() && title::is_number(&folded) {
            captions.number = squash(text);
        }
    }
    captions.unit = captions.unit.or_else(|| unit::in_pieces(&pieces)).or_else(|| unit::alone(&lines));
    let title = title_at(above);
    // 项目支出表(万元): what stands behind the title declares a unit as well as a line of its own.
    let titled = title.and_then(|at| above.get(at)).and_then(|t| unit::at_end(&fold(t)));
    if captions.foreign.is_none() {
        captions.unit = captions.unit.or(titled);
    }
    let declared = above.iter().flat_map(|t| unit::all_in_caption(&fold(t))).chain(titled);
    captions.other_unit = declared.into_iter().find(|unit| captions.unit.is_some_and(|own| own != *unit));
    let Some(at) = title else { return };
    let mut text = squash(&above[at]);
    if let Some((number, rest)) = title::split_number(above[at].trim()) {
        captions.number = number;
        text = rest;
    }
    if above.get(at + 1).is_some_and(|next| is_bracket_tail(next)) {
        text += &squash(&above[at + 1]);
    }
    if captions.number.is_empty() {
        captions.number = title::number_inside(&text).unwrap_or_default();
    }
    captions.title = text;
}

/// Position of the title: the nearest text of a sure form, else the nearest of a possible form close to the grid.
fn title_at(above: &[String]) -> Option<usize> {
    let form = |text: &String| match title::split_number(text.trim()) {
        Some((_, rest)) => title::form(&rest),
        None => title::form(text),
    };
    let sure = above.iter().rposition(|t| form(t) == Form::Strong);
    // What stands between a table's number and its unit is its title, whatever it ends in.
    let placed = (1..above.len()).rev().find(|&at| is_placed(above, at));
    if placed.is_some_and(|placed| sure.is_none_or(|sure| sure < placed)) {
        return placed;
    }
    let from = above.len().saturating_sub(4);
    let weak = above.iter().enumerate().skip(from).rev().find(|(_, t)| form(t) == Form::Weak).map(|(i, _)| i);
    match (sure, weak) {
        // A heading such as 三公经费 right above the grid, with the last sure title far away, is the nearer one, but a
        // sure title within the same few lines wins: headings stand above titles.
        (Some(s), Some(w)) if s + 4 < w => Some(w),
        (Some(s), _) => Some(s),
        (None, weak) => weak,
    }
}

/// Whether a line stands right below a table's number, and nothing but the unit or the body's name between it and the grid.
fn is_placed(above: &[String], at: usize) -> bool {
    let (before, text) = (fold(&above[at - 1]), fold(&above[at]));
    let behind = above.get(at + 1..).unwrap_or_default();
    title::is_number(&before)
        && title::is_name(&text)
        && behind.len() <= 2
        && behind.iter().map(|t| fold(t)).all(|t| unit::in_caption(&t).is_some() || title::is_whose(&t))
}

fn is_bracket_tail(text: &str) -> bool {
    let folded = fold(text);
    folded.starts_with('(')
        && folded.ends_with(')')
        && unit::in_caption(&folded).is_none()
        && !title::is_number(&folded)
}

/// Whether a line can be the first part of a wrapped title.
fn is_head(text: &str) -> bool {
    let folded = fold(text);
    let length = folded.chars().count();
    (6..=60).contains(&length)
        && !folded.ends_with(['表', ':', '。', ';', ','])
        && !title::is_whose(&folded)
        && !title::is_note(&folded)
        && !folded.starts_with('第')
        && !title::is_number(&folded)
        && unit::in_caption(&folded).is_none()
}

/// Number of first grid rows that hold captions (Excel exports, merged over all columns) or nothing at all.
fn leading_rows(grid: &Grid, needed: Form) -> usize {
    let mut taken = 0;
    let mut needed = needed;
    for row in 0..grid.rows().min(8) {
        let starts = grid.starts(row);
        if starts.is_empty() && (0..grid.cols()).all(|c| grid.folded(row, c).is_empty()) {
            continue;
        }
        if !is_caption_row(grid, row, &starts, needed) {
            break;
        }
        if starts.iter().any(|c| title::form(grid.folded(row, *c)) == Form::Strong) {
            needed = Form::Strong;
        }
        taken = row + 1;
    }
    let blank = |row: usize| (0..grid.cols()).all(|c| grid.folded(row, c).is_empty());
    while taken < grid.rows() && blank(taken) && (taken > 0 || grid.rows() > 1) {
        taken += 1;
    }
    if taken >= grid.rows() { 0 } else { taken }
}

fn is_caption_row(grid: &Grid, row: usize, starts: &[usize], needed: Form) -> bool {
    if starts.is_empty() || starts.len() > 4 {
        return false;
    }
    let alone = starts.len() == 1;
    if row == 0 && needed < Form::Strong && is_name_above(grid, starts) {
        return true;
    }
    starts.iter().all(|&col| {
        let folded = grid.folded(row, col);
        let wide = grid.width(row, col) * 2 > grid.cols();
        let number = title::split_number(&grid.cell(row, col).map(|c| c.text.clone()).unwrap_or_default());
        unit::in_caption(folded).is_some()
            || title::is_continuation(folded)
            || title::is_number(folded)
            || title::is_whose(folded)
            || ((alone || wide) && grid.cols() > 1 && (title::form(folded) >= needed || number.is_some()))
            // The name behind 部门： and the blanks of a date line may fall into cells of their own.
            || (col > 0 && title::is_whose(grid.folded(row, starts[0])) && grid.reading(row, col) == Reading::Other)
    })
}

/// Whether the first row is one name over all columns, and the next has a text of its own for each: a title whatever it ends in.
fn is_name_above(grid: &Grid, starts: &[usize]) -> bool {
    let [col] = *starts else { return false };
    let is_head = |col: usize| {
        grid.width(1, col) == 1 && !grid.folded(1, col).is_empty() && grid.reading(1, col) == Reading::Other
    };
    grid.cols() > 2
        && grid.width(0, col) == grid.cols()
        && title::is_name(grid.folded(0, col))
        && grid.starts(1).len() == grid.cols()
        && (0..grid.cols()).all(is_head)
}

/// Every text that can say why a table is empty.
fn notes(raw: &RawTable, grid: &Grid, above: &[String]) -> Vec<String> {
    let below = raw.captions.iter().filter(|c| c.side == CaptionSide::Below).map(|c| c.text.as_str());
    let above =
        above.iter().map(String::as_str).filter(|t| title::is_note(&fold(t)) || state::is_about_table(&fold(t)));
    let mut notes: Vec<String> = above.chain(below).map(squash).collect();
    for row in (0..grid.rows()).rev().take(4) {
        if let [col] = grid.starts(row)[..]
            && (title::is_note(grid.folded(row, col)) || grid.width(row, col) * 2 > grid.cols())
        {
            notes.push(grid.printed(row, col).to_owned());
        }
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use yusuan_extract::Place;

    #[test]
    fn the_place_below_a_tables_number_makes_a_title() {
        let at = |lines: &[&str]| title_at(&lines.iter().map(|l| (*l).to_owned()).collect::<Vec<_>>());
        assert_eq!(at(&["附表5", "2025年市对县（市、区）转移支付提前下达名单", "单位：万元"]), Some(1));
        assert_eq!(at(&["2024年收支总表", "附表2", "2025年重大项目", "单位：万元"]), Some(2), "the nearest");
        assert_eq!(at(&["附表5", "如无特别说明，以下各表金额单位均为万元。", "单位：万元"]), None);
        assert_eq!(at(&["附表5", "部门：某局", "单位：万元"]), None);
        assert_eq!(at(&["2024年全市一般公共预算收入执行情况", "单位：万元"]), Some(0));
    }

    #[test]
    fn a_unit_line_that_stands_on_every_page_declares_the_unit() {
        let line = |text: &str, page: u32, running: bool| TextLine {
            text: text.to_owned(),
            sheet: None,
            place: Place { page: Some(page), ..Place::default() },
            size: 0.0,
            tables_before: 0,
            running,
        };
        let raw = RawTable { pages: vec![2], rows: 1, cols: 1, ..RawTable::default() };
        let unit = |lines: &[TextLine]| read(&raw, &Grid::new(&raw), lines, 0).unit;
        assert_eq!(unit(&[line("部门：某局　单位：万元", 2, true)]), Some(MoneyUnit::TenThousandYuan));
        assert_eq!(unit(&[line("部门：某局　单位：万元", 1, true)]), None, "another page");
        assert_eq!(unit(&[line("某局单位预算", 2, true)]), None);
        let announced = line("全区收支安排情况如下（单位：万元）：", 1, false);
        assert_eq!(unit(&[announced.clone(), line("（一）收入安排", 2, false)]), Some(MoneyUnit::TenThousandYuan));
        assert_eq!(unit(&[announced, line("全区收入增长较快。", 2, false)]), None, "something else is told between");
    }
}
