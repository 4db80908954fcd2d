//! The columns that a text stands for: its own, or several when it is centred over them.

use super::block::Block;
use super::placed::{CENTRED, NEAR, Placed, RowRule, misfit};
use super::widen::widen;

/// Texts that a program sets in the middle of the same cells have the same middle to this share of their size.
const EXACTLY: f64 = 0.03;

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
