//! The columns of a table without upright rules whose heads stand in the middle of their cells.
//!
//! From the table's left edge on each head tells its column's right edge: as far behind the head's middle as the left edge is
//! before it. The last column must end where the rules do, and every rule under a head of several columns where a column
//! ends; so heads that are no columns, or are set otherwise, don't pass.

use super::block::Block;
use super::row::Row;
use super::rule_groups::{Group, Level, SAME_END};

/// Heads stand in at most so many levels of rules of the whole width.
const MOST_LEVELS: usize = 4;
/// A level that ends this far (points) inside the table is under heads of several columns.
const SHORT: f64 = 2.0 * SAME_END;
/// How far (points) a column may end from where a rule does, for each column before it.
const DRIFT: f64 = 0.12;
/// How far (points) a text may reach over its column's edge.
const OVERHANG: f64 = 1.5;
/// No form has more columns.
const MOST_COLUMNS: usize = 60;

/// What the heads show.
pub(super) struct Heads {
    /// The columns' boundaries.
    pub(super) xs: Vec<f64>,
    /// Lower edge of the heads.
    pub(super) bottom: f64,
}

/// The columns that centred heads show; `None` where the heads don't end where the rules do.
pub(super) fn columns(group: &Group, rows: &[Row]) -> Option<Heads> {
    let (from, to) = (group.frame().x0 + SAME_END, group.frame().x1 - SAME_END);
    let whole = |level: &Level| level.from <= from + SHORT && level.to >= to - SHORT;
    let top = group.levels.first()?.y;
    let blocks: Vec<&Block> = rows.iter().flatten().collect();
    let named = |y: f64| !blocks.iter().any(|b| b.number && b.bbox.center_y() > top && b.bbox.center_y() < y);
    let lower = group.levels.iter().enumerate().skip(1).filter(|(_, l)| whole(l));
    let candidates: Vec<usize> =
        lower.take(MOST_LEVELS).map(|(at, _)| at).filter(|at| named(group.levels[*at].y)).collect();
    candidates.into_iter().rev().find_map(|at| {
        let bottom = group.levels[at].y;
        let heads = leaves(group, at, &blocks);
        let xs = chain(&heads, from, to)?;
        let fits = rule_ends(&group.levels[..at], from, to).all(|end| xs.iter().any(|x| (x - end).abs() <= SAME_END));
        let body = blocks.iter().filter(|b| b.number && b.bbox.center_y() > bottom);
        (fits && body.clone().count() > 0 && body.clone().all(|b| is_in_one(b, &xs))).then_some(Heads { xs, bottom })
    })
}

/// The heads right above a level, no shorter rule between: those of one column each.
fn leaves<'a>(group: &Group, at: usize, blocks: &[&'a Block]) -> Vec<&'a Block> {
    let next = |b: &Block| {
        let x = b.bbox.center_x();
        let under = |l: &Level| {
            l.y > b.bbox.center_y() && l.rules.iter().any(|r| r.bbox.x0 - SAME_END < x && r.bbox.x1 + SAME_END > x)
        };
        group.levels.iter().position(under)
    };
    let mut heads: Vec<&Block> = blocks.iter().copied().filter(|b| next(b) == Some(at)).collect();
    heads.sort_by(|a, b| a.bbox.center_x().total_cmp(&b.bbox.center_x()));
    heads
}

/// Boundaries from one edge to the other, each head in the middle of its two.
fn chain(heads: &[&Block], from: f64, to: f64) -> Option<Vec<f64>> {
    if heads.len() < 2 || heads.len() > MOST_COLUMNS {
        return None;
    }
    let mut xs = vec![from];
    let mut left = from;
    for head in heads {
        let right = 2.0 * head.bbox.center_x() - left;
        if head.bbox.x0 < left - OVERHANG || head.bbox.x1 > right + OVERHANG {
            return None;
        }
        xs.push(right);
        left = right;
    }
    let off = left - to;
    if off.abs() > SAME_END + DRIFT * heads.len() as f64 {
        return None;
    }
    *xs.last_mut()? = to;
    Some(xs)
}

/// Where rules under heads of several columns end, the table's own ends left out.
fn rule_ends(levels: &[Level], from: f64, to: f64) -> impl Iterator<Item = f64> {
    let ends = levels.iter().flat_map(|l| &l.rules).flat_map(|r| [r.bbox.x0, r.bbox.x1]);
    ends.filter(move |x| *x > from + SHORT && *x < to - SHORT)
}

/// Whether a number stands in one column.
fn is_in_one(block: &Block, xs: &[f64]) -> bool {
    let at = xs.partition_point(|x| *x <= block.bbox.center_x());
    let edges = at.checked_sub(1).and_then(|left| Some((xs.get(left)?, xs.get(at)?)));
    edges.is_some_and(|(left, right)| block.bbox.x0 >= left - OVERHANG && block.bbox.x1 <= right + OVERHANG)
}

/// The columns that a head stands for, where a rule right under it shows them: between the rule's ends.
pub(super) fn under(group: &Group, xs: &[f64], block: &Block) -> Option<(usize, usize)> {
    let (from, to) = (group.frame().x0 + SAME_END, group.frame().x1 - SAME_END);
    let x = block.bbox.center_x();
    let covers = |l: &&Level| l.y > block.bbox.center_y() && l.rules.iter().any(|r| r.bbox.x0 < x && r.bbox.x1 > x);
    let level = group.levels.iter().find(covers)?;
    let rule = level.rules.iter().find(|r| r.bbox.x0 < x && r.bbox.x1 > x)?;
    if rule.bbox.x0 <= from + SHORT && rule.bbox.x1 >= to - SHORT {
        return None;
    }
    let at = |end: f64| xs.iter().position(|x| (x - end).abs() <= SAME_END);
    let (first, last) = (at(rule.bbox.x0)?, at(rule.bbox.x1)?.checked_sub(1)?);
    (first <= last).then_some((first, last))
}
