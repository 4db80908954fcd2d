//! The verdict on lines with numbers: a table, or a contents list, a list of numbered points, the axes of a chart?

use super::column::{self, Column};
use super::kind::Kind;
use super::line::Line;
use super::piece::Piece;
use crate::table::steps::even_steps;

/// Rows with numbers that a table has at least.
pub(super) const LEAST_ROWS: usize = 3;
/// Columns of a table that may have fewer rows.
const MANY_COLUMNS: usize = 4;
/// Lines of nothing but numbers that axes have.
const LEAST_BARE: usize = 4;
/// Characters of a point's number.
const LONGEST_POINT: usize = 5;
/// Font size (points) where no line tells it.
const USUAL_SIZE: f64 = 10.0;

/// Whether lines with numbers are a table: enough rows, columns that most texts keep to; no contents list, no list of
/// numbered points, no axes of a chart.
pub(super) fn is_table(lines: &[Line], columns: &[Column]) -> bool {
    let rows: Vec<&Line> = lines.iter().filter(|l| l.is_strong()).collect();
    let full = columns.iter().filter(|c| c.texts >= 2).count();
    let wide = columns.len() >= MANY_COLUMNS && rows.len() >= 2;
    if full < 2 || rows.len() < LEAST_ROWS && !wide || 3 * rows.len() < lines.len() {
        return false;
    }
    !is_contents(&rows) && !is_list(&rows, columns) && !are_axes(lines, columns)
}

/// A contents list: dots that lead to page numbers that do not fall.
fn is_contents(rows: &[&Line]) -> bool {
    let page = |l: &&&Line| match l.pieces.as_slice() {
        [.., label, number] if label.leader => number.text.parse::<u32>().ok(),
        _ => None,
    };
    let pages: Vec<u32> = rows.iter().filter_map(|l| page(&l)).collect();
    let rising = pages.windows(2).filter(|w| w[1] >= w[0]).count() + 1;
    2 * pages.len() > rows.len() && rising * 10 >= pages.len() * 9 && rows.iter().all(|l| l.pieces.len() <= 3)
}

/// Numbered points: the first column counts, the second is text.
fn is_list(rows: &[&Line], columns: &[Column]) -> bool {
    let point = |l: &&&Line| {
        l.pieces.len() == 2
            && l.pieces[0].text.chars().count() <= LONGEST_POINT
            && l.pieces[0].is_value()
            && l.pieces[1].kind == Kind::Words
    };
    columns.len() <= 2 && 2 * rows.iter().filter(point).count() > rows.len()
}

/// The numbers along the axes of charts: lines that hold nothing but numbers, each column counting in even steps.
fn are_axes(lines: &[Line], columns: &[Column]) -> bool {
    let size = lines.first().map_or(USUAL_SIZE, |l| l.size);
    let xs = column::boundaries(columns, size);
    let bare: Vec<&Line> = lines.iter().filter(|l| l.pieces.iter().all(Piece::is_value)).collect();
    if bare.len() < LEAST_BARE || 2 * bare.len() < lines.len() {
        return false;
    }
    (0..columns.len()).all(|col| {
        let of_column = |p: &&Piece| column::place(p, columns, &xs).0 == col;
        let texts: Vec<&str> = bare.iter().flat_map(|l| &l.pieces).filter(of_column).map(|p| p.text.as_str()).collect();
        texts.len() < 2 || even_steps(&texts)
    })
}
