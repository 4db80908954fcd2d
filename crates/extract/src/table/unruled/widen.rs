//! The columns that all texts of a row stand for at the least cost.

use super::column::Columns;
use super::placed::{CENTRED, PADDING, Placed, RowRule, misfit};

/// Cost (in font sizes) of leaving a column of a header without a name: more than a heading is off its middle where the
/// boundaries are estimates.
const NAMELESS: f64 = 1.2;
/// Cost of leaving a column of a form without a text, which no form does.
const FORM_NAMELESS: f64 = 10.0 * NAMELESS;
/// A text that stands for more columns than it touches is centred over them to this share of its size, where the
/// boundaries are estimates.
const LOOSELY: f64 = 2.0 * CENTRED;
/// Texts that keep to one edge are off by no more than this share of their size.
const ALIGNED: f64 = 0.15;
/// Highest cost of a text that is neither at an edge nor in the middle of its column: indented, most likely.
const ASTRAY: f64 = 1.0;
/// Cost of letting a text of the body stand for more columns than it touches.
const WIDENED: f64 = 0.3;

/// Least cost up to a column, the column that the text before ends at, and the text's own first column.
type Step = Option<(f64, usize, usize)>;

/// Chooses ranges of columns for all texts of a row at the least cost, from left to right.
pub(super) fn widen(placed: &mut [Placed], rule: &RowRule<'_>) {
    let cols = rule.columns.len();
    // best[k][end]: cost of the first k texts with everything left of column `end` decided, and the choice made.
    let mut best: Vec<Vec<Step>> = vec![vec![None; cols + 1]; placed.len() + 1];
    if let Some(start) = best[0].first_mut() {
        *start = Some((0.0, 0, 0));
    }
    for k in 0..placed.len() {
        for from in 0..=cols {
            let Some((so_far, _, _)) = best[k][from] else { continue };
            let next = placed.get(k + 1).map_or(cols, |p| p.first);
            for (first, last) in ranges(&placed[k], (from, next), rule) {
                let skipped = (from..first).filter(|&c| !rule.taken[c]).count();
                let cost = so_far + cost(&placed[k], (first, last), rule) + nameless(skipped, rule);
                let slot = &mut best[k + 1][last + 1];
                if slot.is_none_or(|(old, _, _)| cost < old - 1e-9) {
                    *slot = Some((cost, from, first));
                }
            }
        }
    }
    trace(placed, &best, rule);
}

/// Follows the cheapest way back.
fn trace(placed: &mut [Placed], best: &[Vec<Step>], rule: &RowRule<'_>) {
    let cols = rule.columns.len();
    let total = |end: usize| {
        let behind = (end..cols).filter(|&c| !rule.taken[c]).count();
        best[placed.len()][end].map(|(cost, _, _)| cost + nameless(behind, rule))
    };
    let ends = (0..=cols).filter_map(|end| total(end).map(|cost| (cost, end)));
    let Some((_, mut end)) = ends.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))) else { return };
    for k in (0..placed.len()).rev() {
        let Some((_, from, first)) = best[k + 1][end] else { return };
        (placed[k].first, placed[k].last) = (first, end.saturating_sub(1));
        end = from;
    }
}

fn nameless(columns: usize, rule: &RowRule<'_>) -> f64 {
    let each = if rule.form { FORM_NAMELESS } else { NAMELESS };
    if rule.header { each * columns as f64 } else { 0.0 }
}

/// The ranges that a text may take: what it touches, widened over free columns. `room`: where the text before ends and
/// the next begins.
fn ranges(placed: &Placed, room: (usize, usize), rule: &RowRule<'_>) -> Vec<(usize, usize)> {
    let (from, next) = room;
    let mut out = Vec::new();
    if placed.first < from {
        return out;
    }
    let free = |c: usize| !rule.taken[c];
    let mut low = placed.first;
    while low > from && free(low - 1) {
        low -= 1;
    }
    let mut high = placed.last;
    while high + 1 < rule.columns.len() && free(high + 1) {
        high += 1;
    }
    for first in low..=placed.first {
        out.extend((placed.last..=high).map(|last| (first, last)));
    }
    if !rule.header && !rule.columns.exact {
        // Blank columns on both sides of a merged cell would leave its extent to chance.
        let own = (placed.first, placed.last);
        out.retain(|range| *range == own || range.0 == low || range.1 == high || range.1 + 1 == next);
    }
    out
}

/// How badly a text fits a range, in font sizes.
fn cost(placed: &Placed, range: (usize, usize), rule: &RowRule<'_>) -> f64 {
    let block = &placed.block;
    let own = range == (placed.first, placed.last);
    let off = (block.bbox.center_x() - rule.columns.center(range.0, range.1)).abs() / block.size;
    if rule.form && rule.header {
        return misfit(placed, range, rule.columns);
    }
    if rule.header {
        return off;
    }
    if own {
        let at_home = block.number || is_aligned(placed, rule.columns);
        return if at_home { 0.0 } else { off.min(ASTRAY) };
    }
    let limit = if rule.columns.exact { CENTRED } else { LOOSELY };
    if block.number || off > limit { f64::from(u16::MAX) } else { off + WIDENED }
}

/// Whether a text keeps to an edge: one that other texts of its column keep to, or the column's own.
fn is_aligned(placed: &Placed, columns: &Columns) -> bool {
    let (block, size) = (&placed.block.bbox, placed.block.size);
    let (left, right) = (columns.xs[placed.first], columns.xs[placed.last + 1]);
    let at_frame = (block.x0 - left).abs() <= PADDING * size || (block.x1 - right).abs() <= PADDING * size;
    if columns.exact && at_frame {
        return true;
    }
    let near = ALIGNED * size;
    let texts = &columns.edges[placed.last];
    let own = |e: &&(f64, f64)| (e.0 - block.x0).abs() < 1e-6 && (e.1 - block.x1).abs() < 1e-6;
    let others = columns.edges[placed.first].iter().filter(|e| !own(e)).map(|e| e.0).reduce(f64::min);
    // Where the first text below a centred name begins, just left of it, is the column's edge.
    if placed.first == placed.last && others.is_some_and(|left| left > block.x0 && left - block.x0 <= size) {
        return true;
    }
    let at_left = columns.edges[placed.first].iter().filter(|e| (e.0 - block.x0).abs() <= near).count();
    let at_right = texts.iter().filter(|e| (e.1 - block.x1).abs() <= near).count();
    // Labels of one length end at one place without being set flush right: then others end elsewhere.
    // In a table of two or three rows two texts that start together are as many as there can be.
    let short = columns.edges[placed.first].len() <= 4;
    at_left >= 3 || short && at_left == 2 || at_right >= 3 && 2 * at_right > texts.len()
}
