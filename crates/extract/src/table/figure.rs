//! Charts, diagrams and their legends are no tables, though they have rulings and texts that stand in line.

use super::page_table::PageTable;
use super::steps::even_steps;
use crate::model::{Cell, Glyph, Page, Rect};
use std::collections::BTreeSet;

/// A drawn shape of at least this size (points) may be a chart's line or a slice of it.
const LARGE: f64 = 20.0;
/// The same for its height.
const LARGE_HEIGHT: f64 = LARGE / 2.0;
/// Shapes this near (points) are parts of one drawing.
const NEAR: f64 = 12.0;
/// Share of the first row or column that a table labels.
const LABELLED: f64 = 0.6;
/// Texts that a legend or the boxes of a diagram have at most.
const FEW: usize = 4;
/// Share of a shape's sides, or of a frame's area, from which on most of it lies inside another.
const MOSTLY: f64 = 0.5;
/// Share of a frame's sides from which on a shape is its outline.
const OUTLINE: f64 = 0.95;
/// Bytes of a text that may be a number; a longer one is a sentence.
const LONGEST_NUMBER: usize = 12;
/// One text in more than so many cells is sparse.
const SPARSE: usize = 3;
/// Rows that the edges of bars make at least.
const LEAST_BARS: usize = 3;
/// Steps of a scale.
const LEAST_SCALE: usize = 5;

/// Takes away the tables that are figures; their glyphs go back to the page's other text.
pub(crate) fn release(page: &Page, tables: &mut Vec<PageTable>, rest: &mut Vec<Glyph>) {
    let figures = figures(&page.shapes);
    release_where(page, tables, rest, |table| is_figure(table, &page.shapes, &figures));
}

/// Takes away the tables that are none; their glyphs go back to the page's other text.
pub(crate) fn release_where(
    page: &Page,
    tables: &mut Vec<PageTable>,
    rest: &mut Vec<Glyph>,
    is_none: impl Fn(&PageTable) -> bool,
) {
    let (found, kept): (Vec<PageTable>, Vec<PageTable>) = std::mem::take(tables).into_iter().partition(is_none);
    *tables = kept;
    if found.is_empty() {
        return;
    }
    let key = |g: &Glyph| (g.bbox.x0.to_bits(), g.bbox.y0.to_bits(), g.text.clone());
    let present: BTreeSet<(u64, u64, String)> = rest.iter().map(key).collect();
    let of_figure = |g: &&Glyph| found.iter().any(|t| holds(t, g)) && !present.contains(&key(g));
    rest.extend(page.glyphs.iter().filter(of_figure).cloned());
}

/// Whether a glyph stands in the text of one of a table's cells.
fn holds(table: &PageTable, glyph: &Glyph) -> bool {
    let (x, y) = (glyph.bbox.center_x(), glyph.bbox.center_y());
    let texts = table.table.cells.iter().filter(|c| !c.text.is_empty());
    texts.filter_map(|c| c.place.bbox).any(|b| b.contains(x, y))
}

/// Boxes of drawings: large shapes that touch or lie close to each other.
fn figures(shapes: &[Rect]) -> Vec<Rect> {
    let mut out: Vec<Rect> = Vec::new();
    for shape in shapes.iter().filter(|s| s.width() >= LARGE && s.height() >= LARGE_HEIGHT) {
        let mut whole = *shape;
        loop {
            let near = |b: &Rect| b.overlap_x(&whole) > -NEAR && b.overlap_y(&whole) > -NEAR;
            let Some(at) = out.iter().position(near) else { break };
            whole = whole.union(&out.swap_remove(at));
        }
        out.push(whole);
    }
    out
}

fn is_figure(table: &PageTable, shapes: &[Rect], figures: &[Rect]) -> bool {
    if has_axis(table) || is_bars(table) {
        return true;
    }
    let frame = &table.bbox;
    let inside: Vec<&Rect> = shapes.iter().filter(|s| is_inside(s, frame)).collect();
    let large = |s: &&&Rect| s.width() >= LARGE && s.height() >= LARGE_HEIGHT;
    let texts = table.table.cells.iter().filter(|c| !c.text.is_empty()).count();
    // A stamp, a watermark or a slash lies over a table that names its rows or columns all the same.
    let labelled = is_labelled(table);
    if !labelled && (inside.iter().any(|s| large(&s)) || !inside.is_empty() && texts <= FEW) {
        return true;
    }
    let numbers =
        table.table.cells.iter().any(|c| c.text.chars().any(|ch| ch.is_ascii_digit()) && c.text.len() < LONGEST_NUMBER);
    let few = texts <= FEW && (table.table.rows.min(table.table.cols) == 1 || !labelled);
    few && !numbers && figures.iter().any(|f| covers(f, frame))
}

/// Whether a grid holds a few figures and no word: bars with their values. A page of a table that names nothing is full of
/// figures.
fn is_bars(table: &PageTable) -> bool {
    let cells = &table.table.cells;
    let texts = || cells.iter().filter(|c| !c.text.is_empty());
    let wordless = texts().all(|c| !c.text.chars().any(char::is_alphabetic));
    wordless && SPARSE * texts().count() < cells.len() && table.table.rows >= LEAST_BARS
}

/// Whether a row without a label, or the first column, with nothing beside it, counts from 0 in even steps: the
/// scale of an axis. Rows of column numbers begin at 1.
fn has_axis(table: &PageTable) -> bool {
    let filled = || table.table.cells.iter().filter(|c| !c.text.is_empty());
    let unlabelled = |row: usize| -> Vec<&str> {
        let here: Vec<&Cell> = filled().filter(|c| c.row == row).collect();
        if here.iter().any(|c| c.col == 0) { Vec::new() } else { here.iter().map(|c| c.text.as_str()).collect() }
    };
    let alone = |row: usize| filled().filter(|c| c.row == row).count() == 1;
    let column: Vec<&str> = filled().filter(|c| c.col == 0 && alone(c.row)).map(|c| c.text.as_str()).collect();
    let scale = |texts: &[&str]| {
        let ends = [texts.first(), texts.last()];
        let zero = ends.iter().flatten().any(|t| matches!(**t, "0" | "0%" | "0.0" | "0.0%"));
        texts.len() >= LEAST_SCALE && zero && even_steps(texts)
    };
    scale(&column) || (0..table.table.rows).any(|row| scale(&unlabelled(row)))
}

/// Whether a shape lies in a frame without being its outline.
fn is_inside(shape: &Rect, frame: &Rect) -> bool {
    let (w, h) = (shape.overlap_x(frame), shape.overlap_y(frame));
    let part = w > MOSTLY * shape.width() && h > MOSTLY * shape.height();
    part && !(shape.width() > OUTLINE * frame.width() && shape.height() > OUTLINE * frame.height())
}

/// Whether a figure takes in at least half of a frame.
fn covers(figure: &Rect, frame: &Rect) -> bool {
    let (w, h) = (figure.overlap_x(frame).max(0.0), figure.overlap_y(frame).max(0.0));
    w * h >= MOSTLY * frame.width() * frame.height()
}

/// Whether most cells of the first row, or of the first column, hold text, as in tables but not on squared paper.
fn is_labelled(table: &PageTable) -> bool {
    let share = |pick: &dyn Fn(&Cell) -> bool| {
        let all: Vec<bool> = table.table.cells.iter().filter(|c| pick(c)).map(|c| !c.text.is_empty()).collect();
        let filled = all.iter().filter(|f| **f).count();
        all.len() >= 2 && filled as f64 >= LABELLED * all.len() as f64
    };
    share(&|c| c.row == 0) || share(&|c| c.col == 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RawTable;

    /// A table of 60 × 20 points a cell from rows of texts.
    fn table(rows: &[&[&str]]) -> PageTable {
        let cols = rows[0].len();
        let cell = |row: usize, col: usize, text: &str| Cell {
            row,
            col,
            row_span: 1,
            col_span: 1,
            text: text.to_owned(),
            ..Cell::default()
        };
        let cells: Vec<Cell> = rows
            .iter()
            .enumerate()
            .flat_map(|(r, row)| row.iter().enumerate().map(move |(c, text)| cell(r, c, text)))
            .collect();
        let bbox = Rect::new(0.0, 0.0, 60.0 * cols as f64, 20.0 * rows.len() as f64);
        let table = RawTable { rows: rows.len(), cols, cells, bbox, ..RawTable::default() };
        PageTable { table, xs: Vec::new(), bbox, cuts: crate::table::cuts::Cuts::default() }
    }

    #[test]
    fn a_curve_over_squared_paper_is_a_chart_and_a_stamp_over_a_table_is_not() {
        let curve = [Rect::new(20.0, 5.0, 150.0, 50.0)];
        let chart = table(&[&["", "", "legend"], &["", "", ""], &["", "", "other"]]);
        assert!(is_figure(&chart, &curve, &figures(&curve)));
        assert!(!is_figure(&chart, &[], &[]));
        let blank_table = table(&[&["项目", "预算数", "备注"], &["", "", ""], &["", "", ""]]);
        assert!(!is_figure(&blank_table, &curve, &figures(&curve)));
    }

    #[test]
    fn bars_with_their_values_are_no_table() {
        assert!(is_bars(&table(&[&["", "", "", "9.5"], &["", "7.5", "", ""], &["", "", "", ""]])));
        assert!(!is_bars(&table(&[&["1", "2"], &["3", ""], &["5", "6"]])));
        assert!(!is_bars(&table(&[&["项目", "", "", ""], &["", "7.5", "", ""], &["", "", "", ""]])));
    }

    #[test]
    fn an_axis_is_told_from_column_numbers_and_labels() {
        let scale: &[&str] = &["", "0%", "10%", "20%", "30%", "40%"];
        let bars: &[&str] = &["2001", "5", "", "7", "", ""];
        assert!(has_axis(&table(&[bars, bars, scale])));
        assert!(!has_axis(&table(&[&["栏次", "1", "2", "3", "4", "5"], bars])));
        let service: Vec<[&str; 2]> = vec![["0", "7"], ["5", "8"], ["10", "9"], ["15", "3"], ["20", "1"]];
        let rows: Vec<&[&str]> = service.iter().map(<[&str; 2]>::as_slice).collect();
        assert!(!has_axis(&table(&rows)));
    }
}
