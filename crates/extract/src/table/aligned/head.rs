//! The head: names of columns over one or several lines, and names of several columns above them.

use super::column::{self, Column};
use super::entry::Entry;
use super::line::Line;
use super::partition::{FIT, NAMELESS, partition};
use super::piece::Piece;
use crate::model::{Rect, Ruling};

/// Lines of one name stand at most this many font sizes apart.
const LEADING: f64 = 0.8;
/// Lines of one name begin, end or have their middle within this (font sizes) of each other.
const ALIGNED: f64 = 0.3;
/// A name this many times as wide as what stands centred below it is not broken.
const WIDER: f64 = 1.5;
/// Share of a name's width from which on a rule parts it from what is below.
const PARTED: f64 = 0.5;
/// The rule below a name may stand as low (font sizes) as this.
const RULE_BELOW: f64 = 0.5;
/// A rule as wide as this share of the table is not a name's.
const WHOLE_WIDTH: f64 = 0.9;

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
                        name.entry.join(&entry);
                        name.to = at;
                    }
                    None => names.push(Name { entry, from: at, to: at }),
                }
            }
        }
        levels(names)
    }

    /// The names of a line with their columns.
    fn entries(&self, at: usize, line: &Line) -> Vec<Entry> {
        let ranges = self.spanned(at, line).unwrap_or_else(|| line.pieces.iter().map(|p| self.place(at, p)).collect());
        let mut out: Vec<Entry> = Vec::new();
        for (piece, (first, last)) in line.pieces.iter().zip(ranges) {
            match out.last_mut() {
                Some(before) if before.last >= first && before.first < first => {
                    // A name over several columns leaves the last to its neighbour.
                    before.last = first - 1;
                    out.push(Entry::new(piece, (first, last)));
                }
                Some(before) if before.last >= first => before.absorb(piece, last),
                _ => out.push(Entry::new(piece, (first, last))),
            }
        }
        out
    }

    /// The columns of a line of names that stand for several columns each, if it is one: names over all numbers, or
    /// fewer names than on the line below that divide the columns among them.
    fn spanned(&self, at: usize, line: &Line) -> Option<Vec<(usize, usize)>> {
        let below = self.lines.get(at + 1);
        if let [only] = line.pieces.as_slice()
            && !below.is_some_and(|l| self.goes_on(only, l))
            && let Some(all) = column::all_values(only, self.columns)
        {
            return Some(vec![all]);
        }
        let below = below.filter(|l| l.pieces.len() > line.pieces.len())?;
        let ruled: Vec<Option<(usize, usize)>> = line.pieces.iter().map(|p| self.ruled(at, p)).collect();
        let (ranges, cost) = partition(&line.pieces, &ruled, self.columns)?;
        let by_rules = ruled.iter().any(Option::is_some);
        // First lines of names that go on below stand over one column each and do not divide them all.
        let goes_on = line.pieces.iter().filter(|p| self.goes_on(p, below)).count();
        let divides = cost <= FIT * line.pieces.len() as f64 + NAMELESS && 2 * goes_on <= line.pieces.len();
        (by_rules || divides).then_some(ranges)
    }

    /// Whether a name goes on in the line below: right below it, flush or centred, with no rule between.
    fn goes_on(&self, piece: &Piece, below: &Line) -> bool {
        let near = |a: f64, b: f64| (a - b).abs() <= ALIGNED * piece.size;
        let (b, size) = (&piece.bbox, piece.size);
        let aligned = |o: &&Piece| {
            let flush = near(o.bbox.x0, b.x0) || near(o.bbox.x1, b.x1);
            let centred = near(o.bbox.center_x(), b.center_x());
            flush || centred && !o.is_value() && (b.width() < WIDER * o.bbox.width())
        };
        let Some(lower) = below.pieces.iter().find(aligned) else { return false };
        let between = |r: &&&Ruling| {
            let y = r.bbox.center_y();
            r.horizontal && y > b.center_y() && y < lower.bbox.center_y() && r.bbox.overlap_x(b) > PARTED * b.width()
        };
        lower.bbox.y0 - b.y1 <= LEADING * size && !lower.is_value() && !self.rules.iter().any(|r| between(&r))
    }

    /// The columns that the rule below a name spans.
    fn ruled(&self, at: usize, piece: &Piece) -> Option<(usize, usize)> {
        let rule = self.rule_below(at, piece)?;
        // A rule below several names is none of theirs.
        let over = self.lines[at].pieces.iter().filter(|p| rule.contains(p.bbox.center_x(), rule.center_y()));
        if over.count() != 1 {
            return None;
        }
        let inside = |c: &Column| rule.contains(c.center(), rule.center_y());
        Some((self.columns.iter().position(inside)?, self.columns.iter().rposition(inside)?))
    }

    /// The columns that a name stands for: those that the rule below it spans, or those that it stands over, or the
    /// one that its middle is nearest to.
    fn place(&self, at: usize, piece: &Piece) -> (usize, usize) {
        if let Some(range) = self.ruled(at, piece) {
            return range;
        }
        let under = |c: &Column| c.center() > piece.bbox.x0 && c.center() < piece.bbox.x1;
        let over = (self.columns.iter().position(under), self.columns.iter().rposition(under));
        if let (Some(first), Some(last)) = over {
            return (first, last);
        }
        let own = column::slot(self.xs, piece.bbox.center_x());
        (own, own)
    }

    /// A rule right below a name, between it and the next line of the head, that spans some of the columns.
    fn rule_below(&self, at: usize, piece: &Piece) -> Option<Rect> {
        let floor = self.lines.get(at + 1).map_or(piece.bbox.y1 + piece.size, |l| l.bbox.center_y());
        let (left, right) = (*self.xs.first()?, *self.xs.last()?);
        let fits = |r: &&&Ruling| {
            let b = &r.bbox;
            let below = b.y0 > piece.bbox.center_y() && b.y1 < floor.max(piece.bbox.y1 + RULE_BELOW * piece.size);
            let holds = b.x0 <= piece.bbox.x0 + piece.size && b.x1 >= piece.bbox.x1 - piece.size;
            r.horizontal && below && holds && b.width() < WHOLE_WIDTH * (right - left)
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
                && b.overlap_x(below) > PARTED * below.width()
        };
        columns && name.to + 2 >= at && gap <= LEADING * entry.size && !self.rules.iter().any(|r| between(&r))
    }
}

/// Rows of names: a row ends where a name ends above another of its columns.
fn levels(names: Vec<Name>) -> Vec<Vec<Entry>> {
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
