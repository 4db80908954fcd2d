//! A line of text cut out of its page.

use super::pieces::Piece;
use super::recognizer::GreyLine;
use super::strokes::Strokes;
use crate::model::Picture;

/// Room left and right of a line, and above and below it, as a share of its height.
const BESIDE: f64 = 0.3;
const ABOVE: f64 = 0.16;
/// Least height of a cut (heights of a character): a dash alone is shown where it stands in its line.
const LEAST: f64 = 0.95;

/// Cuts a line out, with some room around it but no ruling; gives the cut and its left and right edge in pixels.
pub(super) fn cut(picture: &Picture, line: &Piece, strokes: &Strokes, em: f64) -> (GreyLine, (f64, f64)) {
    let height = line.height() as f64;
    let beside = BESIDE * height.clamp(0.6 * em, 1.5 * em);
    let above = (ABOVE * height).max((LEAST * em - height) / 2.0);
    let mut edges = [line.x0 as f64 - beside, line.y0 as f64 - above, line.x1 as f64 + beside, line.y1 as f64 + above];
    let meets = |from: usize, to: usize, low: usize, high: usize| from < high && low < to;
    for s in strokes.down.iter().filter(|s| meets(s.y0, s.y1, line.y0, line.y1)) {
        if s.x1 <= line.x0 + s.x1 - s.x0 && s.x0 < line.x0 {
            edges[0] = edges[0].max(s.x1 as f64);
        } else if s.x0 + (s.x1 - s.x0) >= line.x1 && s.x1 > line.x1 {
            edges[2] = edges[2].min(s.x0 as f64);
        }
    }
    for s in strokes.across.iter().filter(|s| meets(s.x0, s.x1, line.x0, line.x1)) {
        if s.y0 < line.y0 && s.y1 <= line.y0 + (s.y1 - s.y0) {
            edges[1] = edges[1].max(s.y1 as f64);
        } else if s.y1 > line.y1 && s.y0 + (s.y1 - s.y0) >= line.y1 {
            edges[3] = edges[3].min(s.y0 as f64);
        }
    }
    let clamp = |value: f64, most: usize| value.round().clamp(0.0, most as f64) as usize;
    let (x0, x1) = (clamp(edges[0], picture.width), clamp(edges[2], picture.width));
    let (y0, y1) = (clamp(edges[1], picture.height), clamp(edges[3], picture.height));
    let (x1, y1) = (x1.max(x0), y1.max(y0));
    let row = |y: usize| picture.grey.get(y * picture.width + x0..y * picture.width + x1).unwrap_or(&[]);
    let grey = (y0..y1).flat_map(|y| row(y).iter().copied()).collect();
    (GreyLine { width: x1 - x0, height: y1 - y0, grey }, (x0 as f64, x1 as f64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ocr::strokes::Stroke;

    #[test]
    fn a_cut_stays_between_the_rulings() {
        let picture = Picture { width: 100, height: 60, grey: vec![255; 6000], scale: 2.0 };
        let line = Piece { x0: 20, y0: 20, x1: 60, y1: 36, dots: 200 };
        let left = Stroke { x0: 16, y0: 0, x1: 18, y1: 60 };
        let below = Stroke { x0: 0, y0: 37, x1: 100, y1: 39 };
        let strokes = Strokes { across: vec![below], down: vec![left] };
        let (cut, edges) = cut(&picture, &line, &strokes, 20.0);
        assert_eq!(edges, (18.0, 65.0));
        assert_eq!(cut.height, 20);
    }
}
