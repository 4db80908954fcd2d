//! Runs of lines that may be a table, and which of them are its head.

use super::column::{self, Column};
use super::kind::Kind;
use super::line::Line;
use super::piece::Piece;
use super::verdict::{LEAST_ROWS, is_table};
use crate::model::Ruling;

/// Blank space (in font sizes, between boxes) that no table leaves between two of its lines.
const WIDE_GAP: f64 = 3.0;
/// A line of so many words without a number is running text or a note.
const PROSE_WORDS: usize = 9;
/// The same for a line that fills most of the width …
const WIDE_PROSE_WORDS: usize = 5;
/// … which is this share of it.
const WIDE: f64 = 0.75;
/// A rule as wide as this share of a line lets the line stand further off …
const RULE_WIDTH: f64 = 0.5;
/// … by this factor.
const RULED_GAP: f64 = 1.5;
/// A rule over the whole table ends within this (font sizes) of its edges.
const WHOLE_WIDTH: f64 = 3.0;
/// Lines of a head stand at most this far (font sizes) above the next …
const HEAD_GAP: f64 = 2.2;
/// … and a text alone on its line above the names, unless it is a title.
const LONE_GAP: f64 = 1.0;
/// Two lines of a head begin at most this far (font sizes) apart.
const HIGHEST_HEAD: f64 = 12.0;

/// Runs of lines between running text, each with at least some numbers.
pub(super) fn runs(lines: Vec<Line>, rules: &[&Ruling]) -> Vec<Vec<Line>> {
    let width = lines.iter().map(|l| l.bbox.x1).fold(f64::NEG_INFINITY, f64::max)
        - lines.iter().map(|l| l.bbox.x0).fold(f64::INFINITY, f64::min);
    let mut out: Vec<Vec<Line>> = vec![Vec::new()];
    for line in lines {
        if is_prose(&line, width) {
            out.push(Vec::new());
            continue;
        }
        let far = out.last().and_then(|run| run.last()).is_some_and(|last| {
            let gap = line.bbox.y0 - last.bbox.y1;
            let between = |r: &&&Ruling| r.horizontal && r.bbox.y0 > last.bbox.y0 && r.bbox.y1 < line.bbox.y1;
            let ruled = rules.iter().filter(between).any(|r| r.bbox.width() > RULE_WIDTH * line.bbox.width());
            gap > WIDE_GAP * line.size * if ruled { RULED_GAP } else { 1.0 }
        });
        if far {
            out.push(Vec::new());
        }
        if let Some(run) = out.last_mut() {
            run.push(line);
        }
    }
    out.retain(|run| run.iter().filter(|l| l.is_strong()).count() >= 2);
    out
}

/// Running text, notes and headings of several lines: one text that fills the line.
fn is_prose(line: &Line, width: f64) -> bool {
    let long = |p: &Piece| {
        let words = p.text.split(' ').count();
        !p.leader
            && p.kind == Kind::Words
            && (words >= PROSE_WORDS || words >= WIDE_PROSE_WORDS && p.bbox.width() > WIDE * width)
    };
    // A label may be long; then numbers of the other columns stand beside it.
    let values = line.pieces.iter().filter(|p| p.is_value()).count();
    line.pieces.iter().any(long) && values < 2
}

/// Lines `head` to `body` are a head, `body` to `end` the rows.
pub(super) struct Extent {
    pub(super) head: usize,
    pub(super) body: usize,
    pub(super) end: usize,
}

/// Finds where in a run the table stands: the columns and the extent, if it is a table.
pub(super) fn extent(lines: &[Line], rules: &[&Ruling]) -> Option<(Vec<Column>, Extent)> {
    let strong = || lines.iter().filter(|l| l.is_strong());
    // Years of a head may stand between the columns that they name together.
    let mut rows: Vec<&Line> = strong().filter(|l| is_row(l)).collect();
    if rows.len() < LEAST_ROWS {
        rows = strong().collect();
    }
    let columns = column::find(&rows);
    let first_value = lines.iter().position(|l| l.is_strong() && is_row(l));
    let first_strong = lines.iter().position(Line::is_strong)?;
    let body = first_value.unwrap_or(first_strong + 1).min(lines.len());
    let end = lines.iter().rposition(Line::is_strong)? + 1;
    if columns.len() < 2 || end <= body {
        return None;
    }
    let head = head_start(lines, body, &columns, rules);
    let body = body_start(lines, head, body, &columns, rules);
    let extent = Extent { head: head.min(body), body, end };
    is_table(&lines[extent.head..end], &columns).then_some((columns, extent))
}

/// A row of the body: numbers are most of what stands behind its label. Units in brackets are no numbers of a row.
fn is_row(line: &Line) -> bool {
    let value = |p: &&Piece| matches!(p.kind, Kind::Value | Kind::Blank);
    let behind = &line.pieces[1..];
    let bracketed = |p: &Piece| p.text.starts_with('(') && p.text == line.pieces[line.pieces.len() - 1].text;
    if behind.len() >= 2 && behind.iter().all(bracketed) {
        return false;
    }
    line.has_value() && 2 * behind.iter().filter(value).count() >= behind.len()
}

/// The first line of the head that ends before `body`.
fn head_start(lines: &[Line], body: usize, columns: &[Column], rules: &[&Ruling]) -> usize {
    let size = lines[body].size;
    let xs = column::boundaries(columns, size);
    let (Some(&left), Some(&right)) = (xs.first(), xs.last()) else { return body };
    let full = |from: f64, to: f64| {
        let covers = |r: &&Ruling| r.bbox.x0 <= left + WHOLE_WIDTH * size && r.bbox.x1 >= right - WHOLE_WIDTH * size;
        let mut between = rules.iter().filter(|r| r.horizontal && r.bbox.y0 > from && r.bbox.y1 < to);
        between.any(covers)
    };
    let mut start = body;
    for at in (0..body).rev() {
        let (line, below) = (&lines[at], &lines[at + 1]);
        let named = lines[start..body].iter().any(|l| l.pieces.len() > 1);
        // A text alone on its line above the names is a title, unless it stands close to them.
        let reach = if line.pieces.len() == 1 && named { LONE_GAP } else { HEAD_GAP };
        if line.bbox.y0 < lines[start].bbox.y0 - HIGHEST_HEAD * size || below.bbox.y0 - line.bbox.y1 > reach * size {
            break;
        }
        if named && full(line.bbox.center_y(), below.bbox.center_y()) {
            break;
        }
        match stand(line, columns, &xs) {
            Stand::Head => start = at,
            Stand::Label => {}
            Stand::Title => break,
        }
    }
    start
}

/// The first line of the body: labels of groups right above the first numbers belong to it, not to the head.
fn body_start(lines: &[Line], head: usize, values: usize, columns: &[Column], rules: &[&Ruling]) -> usize {
    let xs = column::boundaries(columns, lines[values].size);
    let mut start = values;
    for at in (head..values).rev() {
        let ruled = rules.iter().any(|r| {
            let y = r.bbox.center_y();
            r.horizontal && y > lines[at].bbox.center_y() && y < lines[at + 1].bbox.center_y()
        });
        if ruled || !matches!(stand(&lines[at], columns, &xs), Stand::Label) {
            break;
        }
        start = at;
    }
    start
}

/// What a line above the body looks like.
enum Stand {
    /// Names of columns.
    Head,
    /// A text over the first column: part of a head if more of the head stands above it.
    Label,
    /// A text that pays no heed to the columns.
    Title,
}

fn stand(line: &Line, columns: &[Column], xs: &[f64]) -> Stand {
    let placed: Vec<(usize, usize)> = line.pieces.iter().map(|p| column::place(p, columns, xs)).collect();
    let Some(&(first, last)) = placed.first() else { return Stand::Title };
    let from_label = first == 0 && last > 0 && line.pieces[0].bbox.x0 < columns[0].x1;
    if from_label && last > 0 {
        return Stand::Title;
    }
    if placed.len() >= 2 {
        return Stand::Head;
    }
    if last == 0 {
        return Stand::Label;
    }
    Stand::Head
}
