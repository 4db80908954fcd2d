//! Several performance forms in one grid taken apart: one below the other, over page breaks, or side by side.
//!
//! Programs print a form for each project with the same columns, so that a reader of grids takes them for one table. What is
//! printed says where each begins: its title, or the field that is the first of every form (项目名称), below the list
//! of indicators that closes the form before.

use crate::model::rule::Rule;
use crate::reading::title::{self, Form};
use crate::reading::{form_word, indicator_head, unit};
use crate::table::goals;
use crate::table::grid::Grid;
use std::collections::BTreeSet;
use std::ops::Range;
use yusuan_extract::{Caption, CaptionSide, Cell, Extraction, Figure, RawTable, Rect};

/// Takes the forms of each grid apart. Lines keep their place between the tables.
pub(crate) fn part(mut extraction: Extraction) -> Extraction {
    let mut tables: Vec<RawTable> = Vec::with_capacity(extraction.tables.len());
    let mut starts: Vec<usize> = Vec::with_capacity(extraction.tables.len());
    for raw in extraction.tables {
        starts.push(tables.len());
        tables.extend(forms(raw));
    }
    for line in &mut extraction.lines {
        line.tables_before = starts.get(line.tables_before).copied().unwrap_or(tables.len());
    }
    extraction.tables = tables;
    extraction
}

/// The forms of one grid, or the grid as it is.
fn forms(raw: RawTable) -> Vec<RawTable> {
    let parts = places(&raw);
    if parts.len() < 2 {
        return vec![raw];
    }
    let mut forms: Vec<RawTable> = parts.iter().map(|place| cut(&raw, place)).collect();
    for figure in &raw.strays {
        let home = forms.iter().position(|form| holds(form, figure)).unwrap_or(0);
        if let Some(form) = forms.get_mut(home) {
            form.strays.push(figure.clone());
        }
    }
    if let Some(last) = forms.last_mut() {
        last.captions.extend(raw.captions.iter().filter(|c| c.side == CaptionSide::Below).cloned());
    }
    forms
}

/// Whether a number outside all cells was printed within a form.
fn holds(form: &RawTable, figure: &Figure) -> bool {
    let area = area(&form.cells, figure.place.page);
    area.zip(figure.place.bbox).is_some_and(|(area, own)| area.y0 <= own.y1 && own.y0 <= area.y1)
}

/// The area of a page that cells cover.
fn area(cells: &[Cell], page: Option<u32>) -> Option<Rect> {
    let boxes = cells.iter().filter(|c| c.place.page == page).filter_map(|c| c.place.bbox);
    boxes.reduce(|a, b| Rect { x0: a.x0.min(b.x0), y0: a.y0.min(b.y0), x1: a.x1.max(b.x1), y1: a.y1.max(b.y1) })
}

/// Where a form stands in a grid.
struct Place {
    rows: Range<usize>,
    cols: Range<usize>,
    /// The rows' captions where the form has none in its own rows.
    inherited: Vec<Caption>,
}

fn places(raw: &RawTable) -> Vec<Place> {
    let grid = Grid::new(raw);
    let heads: Vec<usize> = (0..grid.rows()).filter(|row| goals::is_head(&grid, *row)).collect();
    if heads.is_empty() {
        return Vec::new();
    }
    let begins = begins(&grid, &heads);
    let first = (0..grid.rows()).find(|row| is_start(&grid, *row));
    let inherited = first.map_or_else(Vec::new, |first| captions_in(&grid, first));
    let mut places = Vec::new();
    for (at, from) in begins.iter().enumerate() {
        let rows = *from..begins.get(at + 1).copied().unwrap_or(grid.rows());
        let bare = at > 0 && is_start(&grid, *from);
        for cols in beside(&grid, &rows) {
            let inherited = if bare { inherited.clone() } else { Vec::new() };
            places.push(Place { rows: rows.clone(), cols, inherited });
        }
    }
    places
}

/// The first rows of the forms: a start counts once a list of indicators closed the form before.
fn begins(grid: &Grid, heads: &[usize]) -> Vec<usize> {
    let mut begins = vec![0];
    let mut from = 0;
    for row in 1..grid.rows() {
        let closed = heads.iter().any(|head| (from..row).contains(head));
        if !closed || !(is_title(grid, row) || is_start(grid, row)) {
            continue;
        }
        let mut top = row;
        while top > from + 1 && is_caption(grid, top - 1) && !heads.contains(&(top - 1)) {
            top -= 1;
        }
        begins.push(top);
        from = row;
    }
    begins
}

/// Whether a row begins a form: 项目名称 with its value beside it, not with the heads of a list.
fn is_start(grid: &Grid, row: usize) -> bool {
    let starts = grid.starts(row);
    let Some(first) = starts.first() else { return false };
    if !form_word::is_field(grid.folded(row, *first)) || goals::is_head(grid, row) {
        return false;
    }
    let valued = |col: usize| {
        let next = (col + grid.width(row, col)..grid.cols()).find(|c| !grid.folded(row, *c).is_empty());
        next.is_some_and(|c| {
            let text = grid.folded(row, c);
            !form_word::is_field(text) && unit::in_header(text).is_none() && !text.ends_with("目标")
        })
    };
    starts.iter().any(|col| form_word::is_start(grid.folded(row, *col)) && valued(*col))
}

/// Whether a row is a form's title over the width of the grid.
fn is_title(grid: &Grid, row: usize) -> bool {
    let [col] = grid.starts(row)[..] else { return false };
    let text = grid.folded(row, col);
    text.contains("绩效") && title::form(text) == Form::Strong
}

/// Whether a row can stand above a form's fields: a title, （2024年度）, the unit, whose form it is, or nothing.
fn is_caption(grid: &Grid, row: usize) -> bool {
    grid.starts(row).into_iter().all(|col| {
        let text = grid.folded(row, col);
        let year = text.starts_with('(') && text.ends_with(')');
        is_title(grid, row)
            || year
            || unit::in_caption(text).is_some()
            || title::is_whose(text)
            || title::is_number(text)
    })
}

/// The texts of the rows above a form's first field, as captions; the title comes last, so that nothing printed behind it
/// (the year in brackets) is taken for its end.
fn captions_in(grid: &Grid, first: usize) -> Vec<Caption> {
    let mut rows: Vec<usize> = (0..first).collect();
    rows.sort_by_key(|row| is_title(grid, *row));
    let cells =
        rows.into_iter().flat_map(|row| grid.starts(row).into_iter().filter_map(move |col| grid.cell(row, col)));
    cells.map(|cell| Caption { text: cell.text.clone(), place: cell.place, side: CaptionSide::Above }).collect()
}

/// The columns of the forms that stand side by side in these rows: each begins in the same row with the same field and has
/// its own list of indicators, and no text but a title reaches over the seam.
fn beside(grid: &Grid, rows: &Range<usize>) -> Vec<Range<usize>> {
    let whole = std::iter::once(0..grid.cols()).collect();
    let Some(start) = rows.clone().find(|row| is_start(grid, *row)) else { return whole };
    let seams: Vec<usize> = grid
        .starts(start)
        .into_iter()
        .filter(|col| form_word::is_start(grid.folded(start, *col)))
        .skip(1)
        .filter(|seam| (start..rows.end).all(|row| *seam == 0 || is_seam(grid, row, *seam)))
        .collect();
    let mut edges = vec![0];
    edges.extend(&seams);
    edges.push(grid.cols());
    let parts: Vec<Range<usize>> = edges.windows(2).map(|pair| pair[0]..pair[1]).collect();
    let listed = |cols: &Range<usize>| {
        let head = |row: usize| {
            let roles = grid.starts(row).into_iter().filter(|c| cols.contains(c));
            roles.filter(|c| indicator_head::role(grid.folded(row, *c)).is_some()).count() >= 2
        };
        rows.clone().any(head)
    };
    if parts.len() > 1 && parts.iter().all(listed) { parts } else { whole }
}

fn is_seam(grid: &Grid, row: usize, seam: usize) -> bool {
    let crosses = grid.index(row, seam).is_some() && grid.index(row, seam) == grid.index(row, seam - 1);
    !crosses || grid.folded(row, seam).is_empty()
}

/// A part of a grid as a table of its own.
fn cut(raw: &RawTable, place: &Place) -> RawTable {
    let Place { rows, cols, inherited } = place;
    let cells: Vec<Cell> = raw.cells.iter().filter_map(|cell| clip(cell, rows, cols)).collect();
    let cols = trimmed(&cells, cols.len());
    let cells: Vec<Cell> = cells.iter().filter_map(|cell| clip(cell, &(0..rows.len()), &cols)).collect();
    let pages: BTreeSet<u32> = cells.iter().filter(|c| !c.text.is_empty()).filter_map(|c| c.place.page).collect();
    let first = pages.first().copied();
    let mut captions: Vec<Caption> = raw.captions.iter().filter(|c| c.side == CaptionSide::Above).cloned().collect();
    captions.extend(inherited.iter().cloned());
    RawTable {
        header_rows: None,
        pages: pages.into_iter().collect(),
        sheet: raw.sheet.clone(),
        bbox: first.and_then(|_| area(&cells, first)).unwrap_or(raw.bbox),
        method: raw.method,
        confidence: raw.confidence,
        rows: rows.len(),
        cols: cols.len(),
        cells,
        captions,
        strays: Vec::new(),
    }
}

/// The part of a cell within these rows and columns.
fn clip(cell: &Cell, rows: &Range<usize>, cols: &Range<usize>) -> Option<Cell> {
    let (bottom, right) = (cell.row.saturating_add(cell.row_span), cell.col.saturating_add(cell.col_span));
    let (top, left) = (cell.row.max(rows.start), cell.col.max(cols.start));
    let (bottom, right) = (bottom.min(rows.end), right.min(cols.end));
    (top < bottom && left < right).then(|| Cell {
        row: top - rows.start,
        col: left - cols.start,
        row_span: bottom - top,
        col_span: right - left,
        ..cell.clone()
    })
}

/// The columns without the blank ones at both ends.
fn trimmed(cells: &[Cell], cols: usize) -> Range<usize> {
    let filled = || cells.iter().filter(|c| !c.text.is_empty());
    let from = filled().map(|c| c.col).min().unwrap_or(0);
    let to = filled().map(|c| c.col + c.col_span).max().unwrap_or(cols);
    from..to
}

/// The rules of this module.
pub(crate) const RULES: &[Rule] = &[Rule {
    id: "M03",
    title: "Forms one after the other",
    text: "in one grid a new performance form begins with its title or its first field (项目名称 with a value beside it) once a list of indicators closed the form before; the same fields side by side, each over a list of its own, are forms side by side",
    source: "项目支出绩效目标申报表: one form for each project, printed with the same columns",
}];

#[cfg(test)]
mod tests {
    use super::*;

    /// A table from rows of cells `text` or `text*columns`.
    fn table(rows: &[&[&str]]) -> RawTable {
        let mut raw = RawTable { rows: rows.len(), ..RawTable::default() };
        for (row, cells) in rows.iter().enumerate() {
            let mut col = 0;
            for spec in *cells {
                let (text, span) = spec.split_once('*').map_or((*spec, 1), |(text, n)| (text, n.parse().unwrap()));
                let text = text.to_owned();
                raw.cells.push(Cell { row, col, row_span: 1, col_span: span, text, ..Cell::default() });
                col += span;
            }
            raw.cols = raw.cols.max(col);
        }
        raw
    }

    fn read(rows: &[&[&str]]) -> Vec<(usize, usize, String)> {
        let document = part(Extraction { tables: vec![table(rows)], ..Extraction::default() });
        document.tables.iter().map(|t| (t.rows, t.cols, t.cells[0].text.clone())).collect()
    }

    const FORM: [&[&str]; 4] = [
        &["项目名称", "甲", "主管部门", "某局"],
        &["资金总额（万元）", "10", "其中：财政拨款", "8"],
        &["一级指标", "二级指标", "三级指标", "指标值"],
        &["产出指标", "数量指标", "培训", "≥3次"],
    ];

    #[test]
    fn forms_without_a_title_begin_with_their_first_field() {
        let two = [FORM, FORM].concat();
        assert_eq!(read(&two).iter().map(|t| t.0).collect::<Vec<_>>(), [4, 4]);
        // A list of projects has the same words over its columns, and again on every page.
        let list: [&[&str]; 4] = [
            &["项目名称", "年度目标", "三级指标", "指标值"],
            &["甲", "好", "培训", "≥3次"],
            &["项目名称", "年度目标", "三级指标", "指标值"],
            &["乙", "好", "讲座", "≥4次"],
        ];
        assert_eq!(read(&list).len(), 1);
    }

    #[test]
    fn titles_between_forms_begin_them() {
        let title: &[&str] = &["项目支出绩效目标表*4"];
        let year: &[&str] = &["（2024年度）*4"];
        let rows = [&[title, year][..], &FORM, &[title, year], &FORM].concat();
        let found = read(&rows);
        assert_eq!(found.iter().map(|t| (t.0, t.2.as_str())).collect::<Vec<_>>(), [(6, "项目支出绩效目标表"); 2]);
    }

    #[test]
    fn forms_side_by_side_are_two() {
        let double = |row: &[&'static str]| [row, &[""], row].concat();
        let rows: Vec<Vec<&str>> = FORM.iter().map(|row| double(row)).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        assert_eq!(read(&rows).iter().map(|t| (t.0, t.1)).collect::<Vec<_>>(), [(4, 4), (4, 4)]);
    }

    /// The amounts of all forms: label, heads, value and stage.
    fn money(rows: &[&[&str]]) -> Vec<String> {
        let mut raw = table(rows);
        let text = "项目支出绩效自评表".to_owned();
        raw.captions.push(Caption { text, place: yusuan_extract::Place::default(), side: CaptionSide::Above });
        let document = part(Extraction { tables: vec![raw], ..Extraction::default() });
        let statements = crate::table::read_all(&document);
        let facts = statements.iter().flat_map(|s| &s.facts);
        facts
            .map(|f| {
                let value = f.value.map(|v| v.to_string()).unwrap_or_default();
                let phase = f.phase.map_or("", |phase| phase.as_str());
                format!("{}|{}|{}|{value}|{phase}", f.project.name, f.row_label, f.column_path)
            })
            .collect()
    }

    #[test]
    fn each_form_states_the_money_of_its_project() {
        let other: [&[&str]; 4] = [
            &["项目名称", "乙", "主管部门", "某局"],
            &["资金总额（万元）", "5", "其中：财政拨款", "约40,000"],
            FORM[2],
            FORM[3],
        ];
        let found = money(&[FORM, other].concat());
        let expected = [
            "甲|资金总额（万元）||100000|",
            "甲|其中：财政拨款||80000|",
            "乙|资金总额（万元）||50000|",
            "乙|其中：财政拨款|||",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn small_tables_of_stages_years_and_tasks_state_money_and_scores_none() {
        let list = [FORM[2], FORM[3]].concat();
        let stages: [&[&str]; 5] = [
            &["项目名称", "甲*6"],
            &["资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "得分"],
            &["", "年度资金总额", "120", "118", "110", "10", "9.30"],
            &["一级指标*2", "二级指标", "三级指标", "指标值", "实际完成值", "得分"],
            &["产出指标*2", "数量指标", "培训", "100", "99", "10"],
        ];
        let expected = [
            "甲|年度资金总额|年初预算数|1200000|approved",
            "甲|年度资金总额|全年预算数|1180000|adjusted",
            "甲|年度资金总额|全年执行数|1100000|executed",
        ];
        assert_eq!(money(&stages), expected);
        let tasks: Vec<&[&str]> = [
            &["任务名称", "主要内容", "预算金额（万元）*2"][..],
            &["", "", "总额", "财政拨款"],
            &["规划", "编制全县国土空间总体规划并报批", "120", "100"],
        ]
        .into_iter()
        .chain(list.chunks(4).take(2))
        .collect();
        assert_eq!(money(&tasks)[..1], ["|规划|预算金额（万元）/总额|1200000|"]);
    }
}
