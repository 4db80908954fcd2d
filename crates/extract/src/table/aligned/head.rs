//! The head: names of columns over one or several lines, and names of several columns above them.

use super::Entry;
use super::column::{self, Column};
use super::line::{Line, Piece};
use crate::geometry::Rect;
use crate::page::Ruling;

/// Lines of one name stand at most this many font sizes apart.
const LEADING: f64 = 0.8;

/// The head as its names see it.
pub(super) struct Head<'a> {
    pub(super) lines: &'a [Line],
    pub(super) columns: &'a [Column],
    pub(super) xs: &'a [f64],
    pub(super) rules: &'a [&'a Ruling],
}

/// A name, over the lines `from` to `to`.
struct Name {
    entry: Entry,
    from: usize,
    to: usize,
}

impl Head<'_> {
    /// Rows of names, top to bottom.
    pub(super) fn rows(&self) -> Vec<Vec<Entry>> {
        let mut names: Vec<Name> = Vec::new();
        for (at, line) in self.lines.iter().enumerate() {
            for entry in self.entries(at, line) {
                match names.iter_mut().rev().find(|n| self.is_same(n, &entry, at)) {
                    Some(name) => {
                        name.entry.join(entry);
                        name.to = at;
                    }
                    None => names.push(Name { entry, from: at, to: at }),
                }
            }
        }
        self.levels(names)
    }

    fn entries(&self, at: usize, line: &Line) -> Vec<Entry> {
        let mut out: Vec<Entry> = Vec::new();
        for (index, piece) in line.pieces.iter().enumerate() {
            let left = if index == 0 { f64::NEG_INFINITY } else { line.pieces[index - 1].bbox.x1 };
            let right = line.pieces.get(index + 1).map_or(f64::INFINITY, |p| p.bbox.x0);
            let (first, last) = self.place(at, piece, (left, right));
            match out.last_mut() {
                Some(before) if before.last >= first && first == last && before.first < first => {
                    // A name over several columns leaves the last to a neighbour.
                    before.last = first - 1;
                    out.push(Entry::new(piece, (first, last)));
                }
                Some(before) if before.last >= first && before.last < last => {
                    let first = before.last + 1;
                    out.push(Entry::new(piece, (first, last)));
                }
                Some(before) if before.last >= first => before.absorb(piece, last),
                _ => out.push(Entry::new(piece, (first, last))),
            }
        }
        out
    }

    /// The columns that a name stands for: those that the rule below it spans, or those that it stands over, or, set
    /// in the middle of a gap, those on both sides.
    fn place(&self, at: usize, piece: &Piece, free: (f64, f64)) -> (usize, usize) {
        if let Some(rule) = self.rule_below(at, piece) {
            let inside = |c: &Column| rule.contains(c.center(), rule.center_y());
            let first = self.columns.iter().position(inside);
            let last = self.columns.iter().rposition(inside);
            if let (Some(first), Some(last)) = (first, last) {
                return (first, last);
            }
        }
        let middle = piece.bbox.center_x();
        let under = |c: &Column| c.center() > piece.bbox.x0 && c.center() < piece.bbox.x1;
        if let (Some(first), Some(last)) = (self.columns.iter().position(under), self.columns.iter().rposition(under)) {
            return self.widen((first, last), middle, free);
        }
        let own = column::slot(self.xs, middle);
        let c = &self.columns[own];
        if piece.bbox.x1 > c.x0 && piece.bbox.x0 < c.x1 {
            return (own, own);
        }
        self.widen((own, own), middle, free)
    }

    /// Widens a range over free columns to one whose middle the name stands in, where it does not in its own.
    fn widen(&self, (first, last): (usize, usize), middle: f64, free: (f64, f64)) -> (usize, usize) {
        let size = self.lines.first().map_or(10.0, |l| l.size);
        let off = |a: usize, b: usize| (f64::midpoint(self.columns[a].x0, self.columns[b].x1) - middle).abs();
        let mut best = (off(first, last), first, last);
        if best.0 <= size {
            return (first, last);
        }
        for a in (1..=first).rev().take_while(|&a| self.columns[a].center() > free.0) {
            for b in (last..self.columns.len()).take_while(|&b| self.columns[b].center() < free.1) {
                if off(a, b) < best.0 - 0.5 * size {
                    best = (off(a, b), a, b);
                }
            }
        }
        (best.1, best.2)
    }

    /// A rule right below a name, between it and the next line of the head, that spans some of the columns.
    fn rule_below(&self, at: usize, piece: &Piece) -> Option<Rect> {
        let floor = self.lines.get(at + 1).map_or(piece.bbox.y1 + piece.size, |l| l.bbox.center_y());
        let (left, right) = (*self.xs.first()?, *self.xs.last()?);
        let fits = |r: &&&Ruling| {
            let b = &r.bbox;
            let below = b.y0 > piece.bbox.center_y() && b.y1 < floor.max(piece.bbox.y1 + 0.5 * piece.size);
            let holds = b.x0 <= piece.bbox.x0 + piece.size && b.x1 >= piece.bbox.x1 - piece.size;
            r.horizontal && below && holds && b.width() < 0.9 * (right - left)
        };
        self.rules.iter().filter(fits).map(|r| r.bbox).min_by(|a, b| a.width().total_cmp(&b.width()))
    }

    /// Whether an entry is the next line of a name: the same columns, close below, no rule between.
    fn is_same(&self, name: &Name, entry: &Entry, at: usize) -> bool {
        let columns = (name.entry.first, name.entry.last) == (entry.first, entry.last);
        let (above, below) = (&name.entry.bottom, &entry.bbox);
        let gap = below.y0 - above.y1;
        let between = |r: &&&Ruling| {
            let b = &r.bbox;
            r.horizontal
                && b.center_y() > above.center_y()
                && b.center_y() < below.center_y()
                && b.overlap_x(below) > 0.5 * below.width()
        };
        columns && name.to + 2 >= at && gap <= LEADING * entry.size && !self.rules.iter().any(|r| between(&r))
    }

    /// Rows of names: a row ends where a name ends above another of its columns.
    fn levels(&self, names: Vec<Name>) -> Vec<Vec<Entry>> {
        let shares = |a: &Name, b: &Name| a.entry.first <= b.entry.last && b.entry.first <= a.entry.last;
        let mut breaks: Vec<usize> = Vec::new();
        for upper in &names {
            let lower = names.iter().filter(|n| n.from > upper.to && shares(n, upper));
            if lower.count() > 0 && !breaks.contains(&upper.to) {
                breaks.push(upper.to);
            }
        }
        breaks.sort_unstable();
        let rows = breaks.len() + 1;
        let mut out: Vec<Vec<Entry>> = vec![Vec::new(); rows];
        for mut name in names {
            let row = breaks.iter().filter(|b| **b < name.from).count();
            let end = breaks.iter().filter(|b| **b < name.to).count();
            name.entry.row_span = end + 1 - row;
            out[row].push(name.entry);
        }
        for row in &mut out {
            row.sort_by_key(|e| e.first);
        }
        out
    }
}
