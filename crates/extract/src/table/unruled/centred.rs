//! The columns of a table without upright rules whose heads stand in the middle of their cells.
//!
//! From the table's left edge on each head tells its column's right edge: as far behind the head's middle as the left edge is
//! before it. The last column must end where the rules do, and every rule under a head of several columns where a column
//! ends; so heads that are no columns, or are set otherwise, don't pass.

use super::block::Block;
use super::column::Columns;
use super::placed::Placed;
use super::row::Row;
use super::rule_groups::{Group, Level, SAME_END};
use crate::model::Ruling;

/// Heads stand in at most so many levels of rules of the whole width.
const MOST_LEVELS: usize = 4;
/// A level that ends this far (points) inside the table is under heads of several columns.
const SHORT: f64 = 2.0 * SAME_END;
/// How far (points) a column may end from where a rule does, for each column before it.
const DRIFT: f64 = 0.12;
/// How far (points) a text may reach over its column's edge.
const OVERHANG: f64 = 1.5;
/// A head that stands so many font sizes higher than the lowest may be that of several columns …
const HIGHER: f64 = 0.3;
/// … of so many at most.
const MOST_UPPER: usize = 10;
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
        let ends: Vec<f64> = rule_ends(&group.levels[..at], from, to).collect();
        let xs = boundaries(&leaves(group, at, &blocks), &ends, from, to)?;
        let below: Vec<&Block> = blocks.iter().copied().filter(|b| b.bbox.center_y() > bottom).collect();
        let numbers = below.iter().filter(|b| b.number);
        let fits = numbers.clone().count() > 0 && numbers.clone().all(|b| is_in_one(b, &xs));
        (fits && !beside_each_other(&below, &xs)).then_some(Heads { xs, bottom })
    })
}

/// Whether one column holds two texts of one row: then it is several.
fn beside_each_other(blocks: &[&Block], xs: &[f64]) -> bool {
    let column = |b: &Block| xs.partition_point(|x| *x <= b.bbox.center_x());
    let apart = |a: &Block, b: &Block| {
        let beside = a.bbox.overlap_y(&b.bbox) > 0.0 && a.bbox.overlap_x(&b.bbox) <= 0.0;
        beside && column(a) == column(b) && a.glyphs.len() > 1 && b.glyphs.len() > 1
    };
    blocks.iter().enumerate().any(|(at, a)| blocks[at + 1..].iter().any(|b| apart(a, b)))
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
    heads.sort_by(|a, b| a.bbox.x0.total_cmp(&b.bbox.x0));
    // Lines of one head stand over each other, and so does the head of several columns over one of them.
    let mut lowest: Vec<&Block> = Vec::new();
    for head in heads {
        match lowest.last_mut() {
            Some(before) if before.bbox.overlap_x(&head.bbox) > 0.0 => {
                if head.bbox.center_y() > before.bbox.center_y() {
                    *before = head;
                }
            }
            _ => lowest.push(head),
        }
    }
    lowest
}

/// The boundaries that heads show without the fewest of those that may stand over several columns: they stand higher than others.
fn boundaries(heads: &[&Block], ends: &[f64], from: f64, to: f64) -> Option<Vec<f64>> {
    let bottom = heads.iter().map(|b| b.bbox.center_y()).fold(f64::NEG_INFINITY, f64::max);
    let upper: Vec<usize> =
        (0..heads.len()).filter(|at| bottom - heads[*at].bbox.center_y() > HIGHER * heads[*at].size).collect();
    let fits = |xs: &Vec<f64>| ends.iter().all(|end| xs.iter().any(|x| (x - end).abs() <= SAME_END));
    let few = upper.len().min(MOST_UPPER);
    let mut choices: Vec<u32> = (0..1 << few).collect();
    choices.sort_by_key(|choice| choice.count_ones());
    choices.into_iter().find_map(|choice| {
        let left_out =
            |at: usize| upper.iter().take(few).position(|u| *u == at).is_some_and(|bit| choice >> bit & 1 == 1);
        let own: Vec<&Block> = (0..heads.len()).filter(|at| !left_out(*at)).map(|at| heads[at]).collect();
        chain(&own, from, to).filter(fits)
    })
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

/// The columns that heads stand for, where rules right under them show it: a head alone over a rule stands for all columns
/// between its ends; of several, each stands in the middle of its own.
pub(super) fn give_spans(placed: &mut [Placed], columns: &Columns, rules: &[Ruling]) {
    let Some((left, right)) = columns.xs.first().zip(columns.xs.last()) else { return };
    let mut over: Vec<(Ruling, Vec<usize>)> = Vec::new();
    for (at, head) in placed.iter().enumerate() {
        let Some(rule) = right_under(&head.block, rules) else { continue };
        match over.iter_mut().find(|(known, _)| known.bbox == rule.bbox) {
            Some((_, heads)) => heads.push(at),
            None => over.push((rule, vec![at])),
        }
    }
    for (rule, mut heads) in over {
        heads.sort_by(|a, b| placed[*a].block.bbox.x0.total_cmp(&placed[*b].block.bbox.x0));
        let whole = rule.bbox.x0 <= left + SHORT && rule.bbox.x1 >= right - SHORT;
        let spans = match heads[..] {
            [_] if !whole => between(columns, rule.bbox.x0, rule.bbox.x1).map(|span| vec![span]),
            [_] => None,
            _ if columns.exact => {
                let blocks: Vec<&Block> = heads.iter().map(|at| &placed[*at].block).collect();
                parts(columns, &blocks, &rule)
            }
            _ => None,
        };
        for (at, (first, last)) in heads.into_iter().zip(spans.into_iter().flatten()) {
            (placed[at].first, placed[at].last) = (first, last);
        }
    }
}

/// The highest rule below a head's middle that reaches under it.
fn right_under(head: &Block, rules: &[Ruling]) -> Option<Ruling> {
    let (x, y) = (head.bbox.center_x(), head.bbox.center_y());
    let under = rules.iter().filter(|r| r.horizontal && r.bbox.center_y() > y && r.bbox.x0 < x && r.bbox.x1 > x);
    under.min_by(|a, b| a.bbox.center_y().total_cmp(&b.bbox.center_y())).copied()
}

/// The columns whose texts stand between two ends.
fn between(columns: &Columns, from: f64, to: f64) -> Option<(usize, usize)> {
    let middle = |col: usize| {
        if columns.exact {
            columns.center(col, col)
        } else {
            f64::midpoint(columns.content[col].0, columns.content[col].1)
        }
    };
    let mut inside = (0..columns.len()).filter(|col| (from..=to).contains(&middle(*col)));
    let first = inside.next()?;
    Some((first, inside.next_back().unwrap_or(first)))
}

/// The columns of several heads over one rule, each in the middle of its own.
fn parts(columns: &Columns, heads: &[&Block], rule: &Ruling) -> Option<Vec<(usize, usize)>> {
    let xs = chain(heads, rule.bbox.x0, rule.bbox.x1)?;
    let at = |end: f64| columns.xs.iter().position(|x| (x - end).abs() <= SAME_END);
    xs.windows(2).map(|pair| Some((at(pair[0])?, at(pair[1])?.checked_sub(1)?))).collect()
}

#[cfg(test)]
mod tests {
    use crate::table::unruled::tests::{Sheet, read, texts};

    /// 项目 50–150, then four columns of 100; two heads over two columns each, all heads in the middle of their cells.
    fn heads(sheet: &mut Sheet) {
        sheet.center(100.0, 112.0, "项目").center(250.0, 103.0, "限额").center(450.0, 103.0, "余额");
        for (col, name) in ["一般", "专项", "一般", "专项"].into_iter().enumerate() {
            sheet.center(200.0 + 100.0 * col as f64, 121.0, name);
        }
    }

    /// A figure flush with its column's right edge, whatever stands above it.
    fn row(sheet: &mut Sheet, y: f64, label: &str, figures: [&str; 4]) {
        sheet.left(52.0, y, label);
        for (col, figure) in figures.into_iter().enumerate() {
            sheet.right(249.0 + 100.0 * col as f64, y, figure);
        }
    }

    #[test]
    fn heads_over_one_rule_part_it() {
        let mut sheet = Sheet::new(1);
        for y in [100.0, 136.0, 154.0, 172.0, 190.0] {
            sheet.rule(50.0, 550.0, y);
        }
        sheet.rule(150.0, 550.0, 118.0);
        heads(&mut sheet);
        row(&mut sheet, 139.0, "合计", ["1,204.10", "3.00", "5.00", "6.00"]);
        row(&mut sheet, 175.0, "某县", ["1.00", "", "2.00", "4.00"]);
        let read = read(&[sheet]);
        assert_eq!(read.tables.len(), 1, "a blank row ends no table");
        assert_eq!(
            texts(&read.tables[0]),
            [
                ["项目", "限额", "^", "余额", "^"],
                ["^", "一般", "专项", "一般", "专项"],
                ["合计", "1,204.10", "3.00", "5.00", "6.00"],
                ["", "", "", "", ""],
                ["某县", "1.00", "", "2.00", "4.00"],
            ]
        );
    }

    #[test]
    fn heads_of_several_columns_stand_higher() {
        let mut sheet = Sheet::new(1);
        for y in [100.0, 136.0, 190.0] {
            sheet.rule(50.0, 550.0, y);
        }
        heads(&mut sheet);
        for (at, label) in ["合计", "某县", "某市"].into_iter().enumerate() {
            row(&mut sheet, 139.0 + 17.0 * at as f64, label, ["1,204.10", "", "5.00", "6.00"]);
        }
        let read = read(&[sheet]);
        assert_eq!(read.tables.len(), 1);
        let rows = texts(&read.tables[0]);
        assert_eq!(rows[0], ["项目", "限额", "^", "余额", "^"]);
        assert_eq!(rows[1][1..], ["一般", "专项", "一般", "专项"]);
        assert_eq!(rows[3], ["某县", "1,204.10", "", "5.00", "6.00"]);
    }
}
