//! The lines above and below the grid of a statement's sheet.

use super::amount::conversion;
use super::grid::Grid;
use crate::doubt::is_doubtful;
use yusuan_normalize::{MoneyUnit, OwnLines, Statement, UnitSource};

/// The table's title as printed, or what it is.
pub(super) fn title(statement: &Statement) -> String {
    if statement.title.is_empty() { statement.table_type.label_zh().to_owned() } else { statement.title.clone() }
}

/// The printed lines above the grid, those of the grid before its header too. The title and the unit have their own
/// lines.
pub(super) fn captions(statement: &Statement, own: &OwnLines<'_>) -> Vec<String> {
    let raw = &statement.raw;
    let above = own.above.iter().copied();
    let inside = raw.cells.iter().filter(|cell| cell.row < statement.header_start).map(|cell| cell.text.as_str());
    let mut kept: Vec<&str> = Vec::new();
    for text in above.chain(inside) {
        // Number and title in one line: the title has its own.
        let text = title_cut_off(text, statement).unwrap_or(text);
        let bare = without_space(text);
        if !bare.is_empty() && bare != statement.title && !is_unit(&bare, statement) && !kept.contains(&text) {
            kept.push(text);
        }
    }
    if kept.is_empty() { Vec::new() } else { vec![joined(&kept)] }
}

/// What stands before the title in its line.
fn title_cut_off<'a>(text: &'a str, statement: &Statement) -> Option<&'a str> {
    let before = text.trim_end().strip_suffix(statement.title.as_str()).filter(|_| !statement.title.is_empty())?;
    Some(before.trim_end().trim_end_matches([':', '：']))
}

/// The lines side by side; what a line with a colon at its end asks for follows it at once.
fn joined(lines: &[&str]) -> String {
    let mut text = String::new();
    for line in lines {
        if !text.is_empty() && !text.ends_with(['：', ':']) {
            text.push_str("    ");
        }
        text.push_str(line.trim());
    }
    text
}

fn is_unit(bare: &str, statement: &Statement) -> bool {
    let Some(unit) = statement.unit else { return false };
    let rest = bare.trim_start_matches("金额").trim_start_matches("单位").trim_start_matches([':', '：']);
    rest == unit.as_str()
}

/// The unit that the sheet's amounts are in.
pub(super) fn unit_line(statement: &Statement, unit: Option<MoneyUnit>) -> Option<String> {
    if let Some((from, to)) = conversion(statement, unit) {
        return Some(format!("单位：{}（原表：{}）", to.as_str(), from.as_str()));
    }
    match (statement.unit, statement.unit_source) {
        (Some(unit), Some(UnitSource::Inferred)) => Some(format!("单位：{}（由数据推断）", unit.as_str())),
        (Some(unit), _) => Some(format!("单位：{}", unit.as_str())),
        (None, _) if statement.facts.is_empty() => None,
        (None, _) if statement.facts.iter().all(|fact| fact.unit.is_some()) => Some("单位：见表头".to_owned()),
        (None, _) => Some("单位：未注明".to_owned()),
    }
}

/// The printed lines below the grid, the sentence that declares the table empty, and what is doubtful.
pub(super) fn notes(statement: &Statement, own: &OwnLines<'_>, grid: &Grid) -> Vec<String> {
    let raw = &statement.raw;
    let mut notes: Vec<String> = own.below.iter().map(|text| (*text).to_owned()).collect();
    let empty_note = without_space(&statement.empty_note);
    let lines = own.above.iter().chain(&own.below).copied();
    let printed = raw.cells.iter().map(|cell| cell.text.as_str()).chain(lines);
    if !empty_note.is_empty() && !printed.into_iter().any(|text| without_space(text).contains(&empty_note)) {
        notes.push(statement.empty_note.clone());
    }
    notes.extend(grid.displaced.iter().map(|text| format!("版面重叠、放不进表格的内容：{text}")));
    notes.extend(statement.doubts.iter().map(|doubt| format!("存疑：{}", doubt.sentence_zh())));
    if statement.facts.iter().any(|fact| is_doubtful(&fact.flags)) {
        notes.push("浅黄底色：存疑的数，见“明细”表的“标记”列".to_owned());
    }
    notes
}

fn without_space(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xlsx::fixtures::statement;
    use yusuan_extract::{Caption, CaptionSide, Place};
    use yusuan_normalize::own_lines;

    fn caption(text: &str, side: CaptionSide) -> Caption {
        Caption { text: text.to_owned(), place: Place::default(), side }
    }

    #[test]
    fn printed_lines_are_kept_once_each() {
        let mut table = statement();
        table.raw.captions = vec![
            caption("部门 收支总表", CaptionSide::Above),
            caption("部门：某某局", CaptionSide::Above),
            caption("金额单位：万元", CaptionSide::Above),
            caption("注：本表无数据", CaptionSide::Below),
        ];
        table.empty_note = "本表无数据".to_owned();
        let tables = [table];
        let (table, own) = (&tables[0], own_lines(&tables, 0));
        assert_eq!(captions(table, &own), ["部门：某某局"]);
        assert_eq!(notes(table, &own, &Grid::new(table, None)), ["注：本表无数据"]);
        assert_eq!(joined(&["公开02表", "部门：", "某某局"]), "公开02表    部门：某某局");
    }

    #[test]
    fn an_unknown_unit_is_said() {
        let mut table = statement();
        assert_eq!(unit_line(&table, None).as_deref(), Some("单位：万元"));
        assert_eq!(unit_line(&table, Some(MoneyUnit::Yuan)).as_deref(), Some("单位：元（原表：万元）"));
        table.unit = None;
        assert_eq!(unit_line(&table, None).as_deref(), Some("单位：见表头"));
        table.facts[0].unit = None;
        assert_eq!(unit_line(&table, None).as_deref(), Some("单位：未注明"));
        table.facts.clear();
        assert_eq!(unit_line(&table, None), None);
    }
}
