//! The rows below the head: one for each line, except where a label was broken for want of room.

use super::column::{self, Column};
use super::entry::Entry;
use super::line::Line;
use super::piece::Piece;

/// Difference between two gaps (in font sizes) that tells to which neighbour a line belongs.
const CLOSER: f64 = 0.25;
/// Lines of one cell stand at most this many font sizes apart.
const LEADING: f64 = 0.75;
/// Lines of one row stand nearer to each other than this share of the space between rows …
const WITHIN_ROW: f64 = 0.5;
/// … by more than this (font sizes).
const CLEARLY: f64 = 0.3;
/// The rest of a label begins no further left (font sizes) than the label.
const OUTDENT: f64 = 0.5;
/// Width (font sizes) of the blank that the next word would need.
const WORD_BLANK: f64 = 0.3;
/// A label that ends within this share of the column's width from its edge is full.
const FULL: f64 = 0.1;
/// Full labels of a column that shows that its labels are broken.
const FULL_LABELS: usize = 3;
/// A label narrower than this (font sizes) is not broken.
const SHORTEST_BROKEN: f64 = 12.0;

/// The body as the rows see it.
pub(super) struct Body<'a> {
    pub(super) lines: &'a [Line],
    pub(super) columns: &'a [Column],
    pub(super) xs: &'a [f64],
}

impl Body<'_> {
    /// Rows of entries, top to bottom.
    pub(super) fn rows(&self) -> Vec<Vec<Entry>> {
        let mut out: Vec<Vec<Entry>> = Vec::new();
        let mut carried: Vec<Entry> = Vec::new();
        for (at, line) in self.lines.iter().enumerate() {
            let entries = self.entries(line);
            if carried.is_empty()
                && self.goes_up(at)
                && let Some(row) = out.last_mut()
            {
                merge(row, entries);
                continue;
            }
            if self.goes_down(at) {
                merge(&mut carried, entries);
                continue;
            }
            let mut row = std::mem::take(&mut carried);
            merge(&mut row, entries);
            out.push(row);
        }
        if !carried.is_empty() {
            out.push(carried);
        }
        out
    }

    /// The cells of a line; two pieces in one column are one cell's.
    fn entries(&self, line: &Line) -> Vec<Entry> {
        let mut out: Vec<Entry> = Vec::new();
        for piece in &line.pieces {
            let (first, last) = self.place(piece, line);
            match out.last_mut() {
                Some(before) if before.last >= first => before.absorb(piece, last),
                _ => out.push(Entry::new(piece, (first, last))),
            }
        }
        out
    }

    fn place(&self, piece: &Piece, line: &Line) -> (usize, usize) {
        let (first, last) = column::place(piece, self.columns, self.xs);
        let lone = line.pieces.len() == 1 && !piece.is_value() && first > 0;
        let all = if lone { column::all_values(piece, self.columns) } else { None };
        all.unwrap_or((first, last))
    }

    /// Whether a line is nothing but a label (texts without numbers that start in the first column).
    fn is_label(&self, at: usize) -> bool {
        let Some(line) = self.lines.get(at) else { return false };
        let first = line.pieces.first().map(|p| column::place(p, self.columns, self.xs).0);
        first == Some(0) && line.pieces.iter().all(|p| !p.is_value())
    }

    /// Blank space between a line and the next, in font sizes.
    fn gap(&self, at: usize) -> f64 {
        match (self.lines.get(at), self.lines.get(at + 1)) {
            (Some(a), Some(b)) => (b.bbox.y0 - a.bbox.y1) / b.size,
            _ => f64::INFINITY,
        }
    }

    /// Blank space between rows of several texts, in font sizes.
    fn row_gap(&self) -> f64 {
        let several = |at: usize| self.lines.get(at).is_some_and(|l| l.pieces.len() > 1);
        let both = (0..self.lines.len()).filter(|&at| several(at) && several(at + 1));
        let mut gaps: Vec<f64> = both.map(|at| self.gap(at)).collect();
        gaps.sort_by(f64::total_cmp);
        gaps.get(gaps.len() / 2).copied().unwrap_or(0.0)
    }

    /// Whether a line is the beginning of the next one's label.
    fn goes_down(&self, at: usize) -> bool {
        let above = if at == 0 { f64::INFINITY } else { self.gap(at - 1) };
        let near = self.gap(at) <= LEADING && self.gap(at) <= above + CLOSER;
        near && self.lines[at].pieces.len() == 1 && self.is_label(at) && self.breaks(at)
    }

    /// Whether a line is the rest of the label of the line before.
    fn goes_up(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let near = self.gap(before) <= LEADING && self.gap(before) <= self.gap(at) + CLOSER;
        // Lines much nearer to each other than rows are one row's.
        if self.is_label(at)
            && self.gap(before) + CLEARLY < WITHIN_ROW * self.row_gap()
            && self.gap(at) > self.gap(before) + CLOSER
        {
            return !self.lines[at].pieces.iter().any(Piece::is_value);
        }
        if !near || self.lines[at].pieces.iter().any(Piece::is_value) {
            return false;
        }
        self.is_label(at) && self.breaks(before)
            || self.lines[at].pieces.iter().all(|p| self.goes_on_in_column(p, before))
    }

    /// Whether a text outside the first column goes on with one of the line before: broken, since rows begin with a label.
    fn goes_on_in_column(&self, piece: &Piece, before: usize) -> bool {
        let (first, _) = column::place(piece, self.columns, self.xs);
        let above = self.lines[before].pieces.iter().find(|p| column::place(p, self.columns, self.xs).0 == first);
        first > 0 && above.is_some_and(|a| !a.is_value() && (a.bbox.x0 - piece.bbox.x0).abs() < piece.size)
    }

    /// Whether the label of a line goes on below it: it does not end, and the next begins in the middle of a sentence
    /// or its first word had no room above.
    fn breaks(&self, at: usize) -> bool {
        let label = |i: usize| self.lines.get(i).and_then(|l| l.pieces.first());
        let (Some(upper), Some(lower)) = (label(at), label(at + 1)) else { return false };
        if upper.leader || upper.is_value() || lower.is_value() || upper.text.ends_with([':', '.', ';']) {
            return false;
        }
        if lower.bbox.x0 < upper.bbox.x0 - OUTDENT * upper.size {
            return false;
        }
        if lower.text.starts_with(char::is_lowercase) || upper.text.ends_with(['-', ',', '–', '—', '/']) {
            return true;
        }
        let word = lower.text.split(' ').next().map_or(0, |w| w.chars().count());
        let share = word as f64 / lower.text.chars().count().max(1) as f64;
        let needed = upper.bbox.width() + share * lower.bbox.width() + WORD_BLANK * upper.size;
        let room = self.columns.first().map_or(f64::INFINITY, |c| c.x1) - upper.bbox.x0;
        // The longest label of a column leaves no room because it is the longest; where labels are broken several reach
        // as far.
        let end = self.columns.first().map_or(f64::INFINITY, |c| c.x1) - FULL * room;
        let labels = self.lines.iter().filter_map(|l| l.pieces.first());
        let full = labels.filter(|p| !p.leader && p.bbox.x1 > end).count();
        needed > room && upper.bbox.width() > SHORTEST_BROKEN * upper.size && full >= FULL_LABELS
    }
}

/// Puts the entries of a line into a row, each to the one of its column.
fn merge(row: &mut Vec<Entry>, entries: Vec<Entry>) {
    for entry in entries {
        match row.iter_mut().find(|e| e.first <= entry.last && entry.first <= e.last) {
            Some(home) => home.join(&entry),
            None => row.push(entry),
        }
    }
    row.sort_by_key(|e| e.first);
}
