//! Whole horizontal and vertical lines, put together from fragments of borders.

use crate::model::Ruling;

/// A whole line: at `at` across its direction, from `from` to `to` along it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Line {
    /// y of a horizontal, x of a vertical line.
    pub(crate) at: f64,
    /// Start along the line.
    pub(crate) from: f64,
    /// End along the line.
    pub(crate) to: f64,
}

/// Fragments of a border that lie this close (points) across their direction are one line.
const SAME_LINE: f64 = 1.0;
/// The fragments of one line lie this close (points) all together.
const WIDEST_LINE: f64 = 2.0 * SAME_LINE;
/// Gaps shorter than this (points) along a line are dashes, dots or the corner that another border fills.
const DASH_GAP: f64 = 3.5;
/// Lines shorter than this (points) bound nothing: no text fits beside them.
const SHORTEST: f64 = 3.5;

/// What a fragment without length weighs (points).
const LEAST_WEIGHT: f64 = 0.01;

/// Splits rulings by direction and joins the fragments of each line.
pub(crate) fn whole_lines(rulings: &[Ruling]) -> (Vec<Line>, Vec<Line>) {
    let horizontal =
        rulings.iter().filter(|r| r.horizontal).map(|r| Line { at: r.bbox.center_y(), from: r.bbox.x0, to: r.bbox.x1 });
    let vertical = rulings.iter().filter(|r| !r.horizontal).map(|r| Line {
        at: r.bbox.center_x(),
        from: r.bbox.y0,
        to: r.bbox.y1,
    });
    (join(horizontal.collect()), join(vertical.collect()))
}

/// Joins collinear fragments.
fn join(mut fragments: Vec<Line>) -> Vec<Line> {
    fragments.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut out = Vec::new();
    let mut start = 0;
    while start < fragments.len() {
        let mut end = start + 1;
        while end < fragments.len()
            && fragments[end].at - fragments[end - 1].at <= SAME_LINE
            && fragments[end].at - fragments[start].at <= WIDEST_LINE
        {
            end += 1;
        }
        join_level(&mut fragments[start..end], &mut out);
        start = end;
    }
    out.retain(|line| line.to - line.from >= SHORTEST);
    out
}

/// Joins fragments at (nearly) one level.
fn join_level(level: &mut [Line], out: &mut Vec<Line>) {
    level.sort_by(|a, b| a.from.total_cmp(&b.from));
    let mut current: Option<(Line, f64, f64)> = None;
    for fragment in level.iter() {
        let length = (fragment.to - fragment.from).max(LEAST_WEIGHT);
        match &mut current {
            Some((line, weighted, total)) if fragment.from - line.to <= DASH_GAP => {
                line.to = line.to.max(fragment.to);
                *weighted += fragment.at * length;
                *total += length;
            }
            _ => {
                finish(current.take(), out);
                current = Some((*fragment, fragment.at * length, length));
            }
        }
    }
    finish(current, out);
}

/// A joined line lies at the length-weighted mean of its fragments.
fn finish(joined: Option<(Line, f64, f64)>, out: &mut Vec<Line>) {
    if let Some((line, weighted, total)) = joined {
        out.push(Line { at: weighted / total, ..line });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Rect;

    #[test]
    fn fragments_and_dashes_become_one_line() {
        let piece = |x0: f64, x1: f64| Ruling { bbox: Rect::new(x0, 10.0, x1, 10.5), horizontal: true };
        let (h, v) = whole_lines(&[piece(0.0, 20.0), piece(23.0, 40.0), piece(40.5, 60.0), piece(90.0, 120.0)]);
        assert_eq!(v.len(), 0);
        assert_eq!(h.len(), 2);
        assert!((h[0].to - 60.0).abs() < 1e-9 && (h[1].from - 90.0).abs() < 1e-9);
    }
}
