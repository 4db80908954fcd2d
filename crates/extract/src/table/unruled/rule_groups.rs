//! Horizontal rules that belong to one table.

use super::block::Block;
use crate::model::{Rect, Ruling};
use crate::table::ruled::{Line, whole_lines};

/// Ends of rules this close (points) are one boundary: rules are drawn to the border's middle or to its edge.
pub(super) const SAME_END: f64 = 2.6;
/// Text whose size exceeds the rows' by this share is a heading between two tables.
const HEADING: f64 = 1.15;

/// Rules at one height.
#[derive(Debug, Clone)]
pub(super) struct Level {
    pub(super) y: f64,
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) rules: Vec<Ruling>,
}

/// Levels of one table, top to bottom.
pub(super) struct Group {
    pub(super) levels: Vec<Level>,
}

impl Group {
    /// The levels' heights.
    pub(super) fn heights(&self) -> Vec<f64> {
        self.levels.iter().map(|level| level.y).collect()
    }

    /// The rules as whole lines.
    pub(super) fn lines(&self) -> Vec<Line> {
        let rules: Vec<Ruling> = self.levels.iter().flat_map(|level| level.rules.iter().copied()).collect();
        whole_lines(&rules).0
    }

    pub(super) fn frame(&self) -> Rect {
        let (from, to) = extent(&self.levels);
        match (self.levels.first(), self.levels.last()) {
            (Some(a), Some(b)) => Rect::new(from - SAME_END, a.y, to + SAME_END, b.y),
            _ => Rect::default(),
        }
    }

    /// Whether rules of the whole width open and close the table. Levels below the last of those belong to something
    /// else (an underlined word, a footnote's rule).
    pub(super) fn is_framed(&mut self) -> bool {
        if self.levels.len() >= 3 && self.is_drawn_by_cells() {
            // A page break may leave the last row open where a merged cell goes on.
            return true;
        }
        let (from, to) = extent(&self.levels);
        let whole = |l: &Level| l.from <= from + SAME_END && l.to >= to - SAME_END;
        while self.levels.last().is_some_and(|l| !whole(l)) {
            self.levels.pop();
        }
        self.levels.len() >= 2 && self.levels.first().is_some_and(whole)
    }

    /// Whether the rules were drawn cell by cell: on many levels one rule begins where another ends (below a merged
    /// cell it may be one rule).
    pub(super) fn is_drawn_by_cells(&self) -> bool {
        let abut =
            |a: &Ruling, b: &Ruling| (a.bbox.x1 - b.bbox.x0).abs() <= SAME_END && b.bbox.x1 - a.bbox.x1 > SAME_END;
        let by_cells = |level: &&Level| level.rules.iter().any(|a| level.rules.iter().any(|b| abut(a, b)));
        4 * self.levels.iter().filter(by_cells).count() > self.levels.len()
    }

    /// Where rules end, outer ends included.
    pub(super) fn ends(&self) -> Vec<f64> {
        ends(&self.levels)
    }

    /// Where the rules right above and right below a height both end.
    pub(super) fn ends_around(&self, y: f64) -> Vec<f64> {
        let below = self.levels.partition_point(|level| level.y <= y);
        let level = |at: Option<usize>| at.and_then(|at| self.levels.get(at..=at)).map_or(Vec::new(), ends);
        let (above, below) = (level(below.checked_sub(1)), level(Some(below)));
        above.into_iter().filter(|a| below.iter().any(|b| (a - b).abs() <= SAME_END)).collect()
    }
}

fn ends(levels: &[Level]) -> Vec<f64> {
    let mut ends: Vec<f64> = levels.iter().flat_map(|l| &l.rules).flat_map(|r| [r.bbox.x0, r.bbox.x1]).collect();
    ends.sort_by(f64::total_cmp);
    let mut out: Vec<f64> = Vec::new();
    for end in ends {
        if out.last().is_none_or(|last| end - last > SAME_END) {
            out.push(end);
        }
    }
    out
}

fn extent(levels: &[Level]) -> (f64, f64) {
    let from = levels.iter().map(|l| l.from).fold(f64::INFINITY, f64::min);
    (from, levels.iter().map(|l| l.to).fold(f64::NEG_INFINITY, f64::max))
}

/// Groups the rules of a page to tables.
pub(super) fn groups(rules: &[Ruling], pieces: &[Block]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for level in levels(rules) {
        match groups.last_mut() {
            Some(group) if goes_on(group, &level, pieces) => group.levels.push(level),
            _ => groups.push(Group { levels: vec![level] }),
        }
    }
    groups.retain_mut(Group::is_framed);
    groups
}

fn levels(rules: &[Ruling]) -> Vec<Level> {
    let mut sorted: Vec<&Ruling> = rules.iter().collect();
    sorted.sort_by(|a, b| a.bbox.center_y().total_cmp(&b.bbox.center_y()));
    let mut out: Vec<Level> = Vec::new();
    for rule in sorted {
        let y = rule.bbox.center_y();
        match out.last_mut() {
            Some(level) if y - level.y <= SAME_END => {
                level.from = level.from.min(rule.bbox.x0);
                level.to = level.to.max(rule.bbox.x1);
                level.rules.push(*rule);
            }
            _ => out.push(Level { y, from: rule.bbox.x0, to: rule.bbox.x1, rules: vec![*rule] }),
        }
    }
    out
}

/// Whether a level belongs to the table above: it keeps to the table's width, and no heading stands between.
fn goes_on(group: &Group, level: &Level, pieces: &[Block]) -> bool {
    let (from, to) = extent(&group.levels);
    let within = level.from >= from - SAME_END && level.to <= to + SAME_END || shares_ends(group, level);
    let Some(last) = group.levels.last() else { return false };
    let band = Rect::new(from, last.y, to, level.y);
    let above = Rect::new(from, group.levels[0].y, to, last.y);
    let largest = |frame: &Rect| pieces.iter().filter(|p| p.is_inside(frame)).map(|p| p.size).fold(0.0, f64::max);
    let (here, before) = (largest(&band), largest(&above));
    // A row may be blank: no higher than the rows with text.
    let heights = group.levels.windows(2).map(|pair| pair[1].y - pair[0].y);
    let blank = here == 0.0 && group.levels.len() >= 3 && level.y - last.y <= heights.fold(0.0, f64::max) + SAME_END;
    within && (here > 0.0 || blank) && (before == 0.0 || here <= HEADING * before)
}

/// Whether a level reaches beyond the table only because merged cells leave the levels above short.
fn shares_ends(group: &Group, level: &Level) -> bool {
    let ends = group.ends();
    let at = |x: f64| ends.iter().any(|e| (e - x).abs() <= SAME_END);
    level.rules.iter().filter(|r| at(r.bbox.x0) && at(r.bbox.x1)).count() >= 2
}
