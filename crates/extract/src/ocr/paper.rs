//! Edges of the paper in a photograph or a copy: no rulings, though they are straight and long.

use super::strokes::Stroke;
use crate::model::Picture;

/// An edge runs along so much of its side of the picture at least …
const LONG: f64 = 0.35;
/// … and no further inside than this share of the picture: more desk than that is no picture of a page.
const OUTER: f64 = 0.2;
/// What lies outside is darker than this share of the paper; shaded heads of tables lie inside their rulings.
const DARKER: f64 = 0.85;
/// Room (points) beside an edge in which desk and paper are compared, and the blur that is left out.
const BESIDE: f64 = 4.0;
const BLUR: f64 = 1.0;

/// Whether a stroke is where the paper ends and the desk begins.
pub(super) fn is_edge(picture: &Picture, stroke: &Stroke, across: bool) -> bool {
    let (from, to, near, far, side, depth) = if across {
        (stroke.x0, stroke.x1, stroke.y0, stroke.y1, picture.width, picture.height)
    } else {
        (stroke.y0, stroke.y1, stroke.x0, stroke.x1, picture.height, picture.width)
    };
    let outer = (OUTER * depth as f64) as usize;
    if ((to - from) as f64) < LONG * side as f64 || (near > outer && far + outer < depth) {
        return false;
    }
    let (blur, beside) = ((BLUR * picture.scale) as usize, (BESIDE * picture.scale) as usize);
    let grey = |along: usize, at: usize| {
        let (x, y) = if across { (along, at) } else { (at, along) };
        picture.grey.get(y * picture.width + x).copied().unwrap_or(u8::MAX)
    };
    // The middle value of each side: letters and other rulings beside the edge do not count.
    let middle = |first: usize, last: usize| {
        let step = ((to - from) / 200).max(1);
        let places = (from..to).step_by(step).flat_map(|along| (first..last).map(move |at| (along, at)));
        let mut values: Vec<u8> = places.map(|(along, at)| grey(along, at)).collect();
        values.sort_unstable();
        values.get(values.len() / 2).copied().map(f64::from)
    };
    let before = middle(near.saturating_sub(blur + beside), near.saturating_sub(blur));
    let after = middle((far + blur).min(depth), (far + blur + beside).min(depth));
    let (outside, inside) = if near <= outer { (before, after) } else { (after, before) };
    matches!((outside, inside), (Some(outside), Some(inside)) if outside < DARKER * inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_the_paper_is_no_ruling_and_a_dark_head_is_none() {
        let (width, height) = (200, 300);
        let grey = |at: usize| match (at % width, at / width) {
            (x, _) if x < 20 => 90,
            (_, 40..70) => 110,
            _ => 225,
        };
        let picture = Picture { width, height, grey: (0..width * height).map(grey).collect(), scale: 2.0 };
        let left = Stroke { x0: 18, y0: 10, x1: 21, y1: 290 };
        assert!(is_edge(&picture, &left, false));
        assert!(!is_edge(&picture, &Stroke { x0: 40, x1: 43, ..left }, false), "paper on both sides");
        assert!(!is_edge(&picture, &Stroke { x0: 30, y0: 39, x1: 190, y1: 41 }, true), "the darker side lies inside");
        assert!(!is_edge(&picture, &Stroke { y1: 60, ..left }, false), "short");
    }
}
