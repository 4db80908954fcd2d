//! Which columns does a text stand for? Its own, or several when it is centred over them.

use super::block::Block;
use super::column::Columns;

/// A block with its place in the grid.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    pub(super) block: Block,
    pub(super) row: usize,
    pub(super) row_span: usize,
    pub(super) first: usize,
    pub(super) last: usize,
}

/// What placing a row has to know.
pub(super) struct RowRule<'a> {
    pub(super) columns: &'a Columns,
    /// Columns that cells of rows above cover.
    pub(super) taken: &'a [bool],
    /// A header leaves no column without a name.
    pub(super) header: bool,
    /// Whether the table has a header that is known as such.
    pub(super) has_header: bool,
    /// Whether no row above names the columns: then it is a form's row of labels and values.
    pub(super) form: bool,
}

/// Cost (in font sizes) of leaving a column of a header without a name: more than a heading is off its middle where the
/// boundaries are estimates.
const NAMELESS: f64 = 1.2;
/// A text of the body stands for several columns only when it is centred over them to this share of its size.
const CENTRED: f64 = 0.35;
/// The same where the boundaries are estimates.
const NEAR: f64 = 1.0;
/// A text that stands for more columns than it touches is centred over them to this share of its size, where the
/// boundaries are estimates.
const LOOSELY: f64 = 2.0 * CENTRED;
/// Texts that keep to one edge are off by no more than this share of their size.
const ALIGNED: f64 = 0.15;
/// Cost of leaving a column of a form without a text, which no form does.
const FORM_NAMELESS: f64 = 10.0 * NAMELESS;
/// Highest cost of a text that is neither at an edge nor in the middle of its column: indented, most likely.
const ASTRAY: f64 = 1.0;
/// Texts that a program sets in the middle of the same cells have the same middle to this share of their size.
const EXACTLY: f64 = 0.03;
/// Widest padding, in font sizes, between a text and its cell's edge.
const PADDING: f64 = 0.8;
/// Cost of letting a text of the body stand for more columns than it touches.
const WIDENED: f64 = 0.3;

/// Gives every block of a row (left to right) its columns. Blocks that touch one column in common become one.
pub(super) fn place_row(row: usize, blocks: Vec<Block>, rule: &RowRule<'_>) -> Vec<Placed> {
    let mut placed: Vec<Placed> = Vec::new();
    for block in blocks {
        let (first, last) = rule.columns.touched(block.bbox.x0, block.bbox.x1);
        match placed.last_mut() {
            Some(before) if before.last >= first => {
                before.block.absorb(&block);
                before.last = before.last.max(last);
            }
            _ => placed.push(Placed { block, row, row_span: 1, first, last }),
        }
    }
    if rule.form && fill(&mut placed, rule) || !rule.header && tile(&mut placed, rule) {
        return placed;
    }
    widen(&mut placed, rule);
    placed
}

/// A number set flush right under (`above`: the next cells above) a merged cell with the same right edge stands in a
/// merged cell as well: forms give a row's value the room that the values above have.
pub(super) fn adopt_merged(row: &mut [Placed], above: &[Placed]) {
    let mut free_from = 0;
    for placed in row.iter_mut() {
        let over = above.iter().find(|a| a.last == placed.last && a.first < placed.first);
        if let Some(over) = over.filter(|_| placed.block.number) {
            placed.first = over.first.max(free_from);
        }
        free_from = placed.last + 1;
    }
}

/// A text of the body that stands exactly in the middle of a heading's columns, and to no edge of its own column's
/// texts, stands for all of them: a total below the name of its parts.
pub(super) fn adopt_heading(row: &mut [Placed], headings: &[Placed], rule: &RowRule<'_>) {
    for at in 0..row.len() {
        let free_from = at.checked_sub(1).map_or(0, |i| row[i].last + 1);
        let free_to = row.get(at + 1).map_or(rule.columns.len(), |next| next.first);
        let placed = &row[at];
        let near = EXACTLY * placed.block.size;
        let center = placed.block.bbox.center_x();
        let same = |e: &&(f64, f64)| {
            (e.0 - placed.block.bbox.x0).abs() <= near || (f64::midpoint(e.0, e.1) - center).abs() <= near
        };
        let alone = || rule.columns.edges[placed.first].iter().filter(same).count() <= 1;
        let heading = headings.iter().find(|h| {
            let free = h.first >= free_from && h.last < free_to && !rule.taken[h.first..=h.last].contains(&true);
            free && (h.first..=h.last).contains(&placed.first) && (h.block.bbox.center_x() - center).abs() <= near
        });
        if let Some(heading) = heading.filter(|_| placed.first == placed.last && !placed.block.number && alone()) {
            (row[at].first, row[at].last) = (heading.first, heading.last);
        }
    }
}

/// Fills a form's row: labels and values share the whole width among them, each in the middle of its cell or at one
/// of its sides. Gives up where they cannot.
fn fill(placed: &mut [Placed], rule: &RowRule<'_>) -> bool {
    let mut filled = placed.to_vec();
    widen(&mut filled, &RowRule { header: true, ..*rule });
    let free = rule.taken.iter().filter(|t| !**t).count();
    let covered: usize = filled.iter().map(|p| p.last + 1 - p.first).sum();
    let limit = if rule.columns.exact { CENTRED } else { NEAR };
    let fits = covered == free && filled.iter().all(|p| misfit(p, (p.first, p.last), rule.columns) <= limit);
    if fits {
        placed.clone_from_slice(&filled);
    }
    fits
}

/// How far, in font sizes, a text is from the middle of a range of columns or from the side that it keeps to: numbers
/// to the right one, other texts to the left one.
fn misfit(placed: &Placed, (first, last): (usize, usize), columns: &Columns) -> f64 {
    let block = &placed.block;
    let off = (block.bbox.center_x() - columns.center(first, last)).abs();
    let (left, right) = if columns.exact {
        (columns.xs[first] + PADDING * block.size, columns.xs[last + 1] - PADDING * block.size)
    } else {
        (columns.content[first].0, columns.content[last].1)
    };
    let aside = if block.number { right - block.bbox.x1 } else { block.bbox.x0 - left };
    off.min(aside.max(0.0)) / block.size
}

/// Whether the texts of a row, each in the middle of its range, fill all free columns: then that is how the row is
/// divided, whatever it is. Only exact boundaries prove it.
fn tile(placed: &mut [Placed], rule: &RowRule<'_>) -> bool {
    if placed.is_empty() || !rule.columns.exact && rule.has_header || placed.iter().any(|p| p.block.number) {
        return false;
    }
    let mut tiled = placed.to_vec();
    widen(&mut tiled, &RowRule { header: true, ..*rule });
    let free = rule.taken.iter().filter(|t| !**t).count();
    let filled: usize = tiled.iter().map(|p| p.last + 1 - p.first).sum();
    let centred = |p: &Placed| {
        let content = &rule.columns.content;
        let middle = if rule.columns.exact {
            rule.columns.center(p.first, p.last)
        } else {
            f64::midpoint(content[p.first].0, content[p.last].1)
        };
        let near = if rule.columns.exact { CENTRED } else { NEAR };
        (p.block.bbox.center_x() - middle).abs() <= near * p.block.size
    };
    let fits = filled == free && tiled.iter().all(centred);
    if fits {
        placed.clone_from_slice(&tiled);
    }
    fits
}

/// Least cost up to a column, the column that the text before ends at, and the text's own first column.
type Step = Option<(f64, usize, usize)>;

/// Chooses ranges of columns for all texts of a row at the least cost, from left to right.
fn widen(placed: &mut [Placed], rule: &RowRule<'_>) {
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
