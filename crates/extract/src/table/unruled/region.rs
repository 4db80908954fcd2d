//! Rows of several texts that keep to common columns: where on the page is a table without rulings?

use super::block::Block;
use super::column;
use super::gaps;
use super::row::{self, Row};

/// A gap between rows this many times the usual one ends a table.
const WIDE_GAP: f64 = 4.0;
/// Texts whose size differs by more than this share of the other rows' are headings or notes.
const SAME_SIZE: f64 = 0.04;

/// Share of their common width that two sections of a form have at least; texts do not reach their cells' edges.
const AS_WIDE: f64 = 0.93;
/// Texts that keep to one edge or middle are off by no more than this (font sizes).
const ALIGNED: f64 = 0.15;
/// A text wider than this (font sizes) is longer than any cell's.
const LONGEST: f64 = 38.0;
/// Usual distance (font sizes) between rows where no two rows tell it.
const USUAL_PITCH: f64 = 2.0;
/// A caption keeps to the table's outer edge to within this (points).
const OUTER: f64 = 0.1;
/// A row keeps to the pitch when it stands no further off than this many pitches.
const IN_PITCH: f64 = 1.1;
/// Pieces with marks between clauses that make a line a sentence.
const LEAST_CLAUSES: usize = 2;
/// Share of the width that running text fills of its lines.
const DENSE: f64 = 0.85;

/// Rows that stand together on a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    pub(super) rows: Vec<Row>,
    /// Running text, no candidate.
    pub(super) prose: bool,
}

/// Splits a page's rows into groups that may be tables, and running text.
pub(super) fn split(rows: Vec<Row>) -> Vec<Group> {
    let mut out: Vec<Group> = Vec::new();
    for row in rows {
        let prose = is_prose(&row);
        match out.last_mut() {
            Some(group) if group.prose == prose && (prose || !ends_before(&group.rows, &row)) => group.rows.push(row),
            _ => out.push(Group { rows: vec![row], prose }),
        }
    }
    out
}

/// A group's own table, if it is one.
pub(super) fn table(group: &Group) -> Option<Vec<Row>> {
    if group.prose {
        return None;
    }
    let rows = trim_below(trim_above(group.rows.clone()));
    is_table(&rows).then_some(rows)
}

/// The rows of a page's first group that go on with a table of the page before: its first texts keep to the edges or
/// middles of that table's texts.
pub(super) fn continuation(group: &Group, before: &[Row]) -> Option<Vec<Row>> {
    let size = column::typical_size(before);
    let near = |a: f64, b: f64| (a - b).abs() <= ALIGNED * size;
    let keeps = |b: &Block| {
        let same = |o: &Block| {
            near(b.bbox.x0, o.bbox.x0) || near(b.bbox.x1, o.bbox.x1) || near(b.bbox.center_x(), o.bbox.center_x())
        };
        (b.size - size).abs() <= SAME_SIZE * size && before.iter().flatten().any(same)
    };
    if group.prose || is_titled(&group.rows, size) {
        return None;
    }
    let fits = group.rows.first().is_some_and(|row| row.iter().all(keeps));
    (fits || is_total(group, before, size) || is_next_section(group, before, size))
        .then(|| trim_below(group.rows.clone()))
}

/// Whether a title in another size stands above the rows.
fn is_titled(rows: &[Row], size: f64) -> bool {
    let above = rows.iter().take_while(|row| row.len() < 3);
    above.flatten().any(|b| (b.size - size).abs() > SAME_SIZE * size)
}

/// Whether a page goes on with a row whose numbers end where the table's do, whatever its label stands over: a total.
fn is_total(group: &Group, before: &[Row], size: f64) -> bool {
    let Some(first) = group.rows.first() else { return false };
    let keeps = |b: &&Block| {
        let same = |o: &Block| o.number && (b.bbox.x1 - o.bbox.x1).abs() <= ALIGNED * size;
        before.iter().flatten().any(same)
    };
    let numbers: Vec<&Block> = first.iter().filter(|b| b.number).collect();
    let same_size = first.iter().all(|b| (b.size - size).abs() <= SAME_SIZE * size);
    let bounds = row::bounds(before);
    let inside =
        first.iter().all(|b| b.bbox.x0 >= bounds.x0 - ALIGNED * size && b.bbox.x1 <= bounds.x1 + ALIGNED * size);
    !numbers.is_empty() && first.len() > numbers.len() && same_size && inside && numbers.iter().all(keeps)
}

/// Whether a page goes on with another section of a form: it starts with a row of several texts, no caption among
/// them, and is as wide as the form, whatever columns the section has.
fn is_next_section(group: &Group, before: &[Row], size: f64) -> bool {
    let Some(first) = group.rows.first() else { return false };
    let same_size = |b: &Block| (b.size - size).abs() <= SAME_SIZE * size;
    if first.len() < 2 || first.iter().any(|b| b.colon) || !group.rows.iter().flatten().all(same_size) {
        return false;
    }
    let (a, b) = (row::bounds(before), row::bounds(&group.rows));
    let as_wide = a.overlap_x(&b) >= AS_WIDE * (a.x1.max(b.x1) - a.x0.min(b.x0));
    as_wide && table(group).is_some_and(|rows| rows.first() == Some(first))
}

/// Whether a row does not belong to the rows before it.
fn ends_before(rows: &[Row], row: &Row) -> bool {
    let Some(last) = rows.last() else { return false };
    let size = column::typical_size(rows);
    let own = row.iter().map(|b| b.size).fold(0.0, f64::max);
    let gap = row::top(row) - rows.iter().map(|r| row::bottom(r)).fold(f64::NEG_INFINITY, f64::max);
    let mut gaps: Vec<f64> = rows.windows(2).map(|w| row::top(&w[1]) - row::top(&w[0])).collect();
    gaps.sort_by(f64::total_cmp);
    let usual = gaps.get(gaps.len() / 2).copied().unwrap_or(USUAL_PITCH * size).max(size);
    let heading = row.len() == 1 && (own - size).abs() > SAME_SIZE * size;
    heading && last.len() > 1 || gap > WIDE_GAP * usual
}

/// Running text: one block of a line that is longer than any cell, or lines with dots that lead to page numbers.
fn is_prose(row: &Row) -> bool {
    match row.as_slice() {
        [only] => only.bbox.width() > LONGEST * only.size,
        several => several.iter().any(|b| b.leader) || is_sentence(several),
    }
}

/// Whether a line of several pieces is a justified sentence: half of its pieces, and no fewer than two, hold marks between
/// clauses.
fn is_sentence(row: &[Block]) -> bool {
    let clauses = row.iter().filter(|block| block.clauses > 0).count();
    clauses >= LEAST_CLAUSES && clauses * 2 >= row.len()
}

/// Takes away what stands above the table's own rows: titles and captions.
fn trim_above(mut rows: Vec<Row>) -> Vec<Row> {
    let mut start = 0;
    while start < rows.len() && is_above(&rows[start], &rows[start + 1..]) {
        start += 1;
    }
    rows.drain(..start);
    rows
}

/// Takes away what stands below: notes, a page number.
fn trim_below(mut rows: Vec<Row>) -> Vec<Row> {
    while rows.last().is_some_and(|last| last.len() == 1 && is_below(last, &rows[..rows.len() - 1])) {
        rows.pop();
    }
    rows
}

/// A line above a table: one text, or the two or three of a caption line, which keeps to the table's outer edges.
fn is_above(row: &Row, rest: &[Row]) -> bool {
    if row.len() == 1 {
        return true;
    }
    let bounds = row::bounds(rest);
    let (Some(first), Some(last)) = (row.first(), row.last()) else { return true };
    let size = column::typical_size(rest);
    let outside = first.bbox.x0 <= bounds.x0 + OUTER || last.bbox.x1 >= bounds.x1 - OUTER;
    let other_size = row.iter().all(|b| (b.size - size).abs() > SAME_SIZE * size);
    let colon = row.iter().any(|b| b.colon);
    row.len() <= 3 && if rest.is_empty() { colon } else { outside && (other_size || colon) }
}

/// A single text below a table that does not keep to any of its columns.
fn is_below(row: &Row, rest: &[Row]) -> bool {
    let Some(text) = row.first() else { return true };
    let size = column::typical_size(rest);
    let near = |a: f64, b: f64| (a - b).abs() <= ALIGNED * size;
    let aligned = |b: &Block| {
        near(b.bbox.x0, text.bbox.x0) || near(b.bbox.x1, text.bbox.x1) || near(b.bbox.center_x(), text.bbox.center_x())
    };
    if (text.size - size).abs() > SAME_SIZE * size {
        return true;
    }
    // A label in the middle of several columns keeps to none of their texts, but to the rows' pitch, or to the room
    // between them; a note does not.
    let pitches = rest.windows(2).map(|w| row::top(&w[1]) - row::top(&w[0])).collect();
    let pitch = rest.last().map_or(f64::INFINITY, |last| text.bbox.y0 - row::top(last));
    let rooms = rest.windows(2).map(|w| row::top(&w[1]) - first_bottom(&w[0])).collect();
    let room = text.bbox.y0 - rest.iter().map(|r| row::bottom(r)).fold(f64::NEG_INFINITY, f64::max);
    let in_pitch = pitch <= IN_PITCH * median(pitches) || room <= IN_PITCH * median(rooms);
    let in_pitch = in_pitch && text.bbox.x0 > row::bounds(rest).x0 + size;
    !in_pitch && !rest.iter().flatten().any(aligned)
}

/// Where the first of a row's texts to end does so.
fn first_bottom(row: &Row) -> f64 {
    row.iter().map(|b| b.bbox.y1).fold(f64::INFINITY, f64::min)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

/// Rows are a table when their texts keep to at least two columns.
fn is_table(rows: &[Row]) -> bool {
    let several = rows.iter().filter(|r| r.len() >= 2).count();
    let texts: usize = rows.iter().map(|r| r.len() - 1).sum();
    if several == 0 || texts < 4 && !(several >= 2 && texts >= 3) {
        return false;
    }
    let columns = gaps::find(rows);
    columns.len() >= 2 && several * 3 >= rows.len() && keeps_columns(rows, &columns) && !is_running_text(rows)
}

/// Whether most texts keep to one column; running text crosses whatever gaps it leaves by chance.
fn keeps_columns(rows: &[Row], columns: &column::Columns) -> bool {
    let blocks = || rows.iter().flatten();
    let single = blocks().filter(|b| {
        let (first, last) = columns.touched(b.bbox.x0, b.bbox.x1);
        first == last
    });
    5 * single.count() >= 3 * blocks().count()
}

/// Whether rows are lines of running text with some wider blanks in them: most reach from edge to edge and leave
/// hardly any room.
pub(super) fn is_running_text(rows: &[Row]) -> bool {
    let width = row::bounds(rows).width();
    let lines: Vec<&Row> = rows.iter().filter(|r| r.iter().any(|b| b.bbox.width() > 0.0)).collect();
    let is_dense = |row: &&&Row| {
        let text: f64 = row.iter().map(|b| b.bbox.width()).sum();
        text >= DENSE * width
    };
    2 * lines.iter().filter(is_dense).count() > lines.len()
}
