//! The outlines of paths: letters and numbers to a path.

use super::values::number;
use hayro_interpret::kurbo::{Arc, BezPath, PathEl, Point, SvgArc, Vec2};

/// How far (millimetres) an arc may be off its ellipse.
const TOLERANCE: f64 = 0.01;

/// A path as far as it makes sense, and whether all of it does.
pub(super) fn outline(data: &str) -> (BezPath, bool) {
    let mut path = BezPath::new();
    let mut at = Point::ZERO;
    for (operator, operands) in Operations(data) {
        let Some(operands) = operands else { return (path, false) };
        let point = |index: usize| Point::new(operands[2 * index], operands[2 * index + 1]);
        let starts = matches!(operator, 'S' | 'M');
        if path.elements().is_empty() && !starts && operator != 'C' {
            path.move_to(at);
        }
        match (operator, operands.len()) {
            ('S' | 'M', 2) => {
                at = point(0);
                path.move_to(at);
            }
            ('L', 2) => {
                at = point(0);
                path.line_to(at);
            }
            ('Q', 4) => {
                at = point(1);
                path.quad_to(point(0), at);
            }
            ('B', 6) => {
                at = point(2);
                path.curve_to(point(0), point(1), at);
            }
            ('A', 7) => {
                let to = Point::new(operands[5], operands[6]);
                arc(&mut path, at, to, &operands);
                at = to;
            }
            ('C', 0) => {
                if matches!(path.elements().last(), Some(last) if !matches!(last, PathEl::ClosePath | PathEl::MoveTo(_)))
                {
                    path.close_path();
                }
            }
            _ => return (path, false),
        }
    }
    (path, true)
}

fn arc(path: &mut BezPath, from: Point, to: Point, operands: &[f64]) {
    let arc = SvgArc {
        from,
        to,
        radii: Vec2::new(operands[0], operands[1]),
        x_rotation: operands[2].to_radians(),
        large_arc: operands[3] != 0.0,
        sweep: operands[4] != 0.0,
    };
    match Arc::from_svg_arc(&arc) {
        Some(arc) => arc.to_cubic_beziers(TOLERANCE, |a, b, c| path.curve_to(a, b, c)),
        None => path.line_to(to),
    }
}

/// The operators of a path with their numbers, which are `None` where one is no number.
struct Operations<'a>(&'a str);

impl Iterator for Operations<'_> {
    type Item = (char, Option<Vec<f64>>);

    fn next(&mut self) -> Option<Self::Item> {
        let data = self.0.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
        let operator = data.chars().next()?;
        if !operator.is_ascii_alphabetic() {
            self.0 = "";
            return Some((operator, None));
        }
        let rest = &data[1..];
        // A number's exponent is a letter as well, but follows a digit.
        let bytes = rest.as_bytes();
        let is_operator = |(at, byte): (usize, &u8)| {
            let exponent = matches!(byte, b'e' | b'E') && at > 0 && bytes[at - 1].is_ascii_digit();
            byte.is_ascii_alphabetic() && !exponent
        };
        let end = bytes.iter().enumerate().position(is_operator).unwrap_or(rest.len());
        self.0 = &rest[end..];
        let numbers = rest[..end].split(|c: char| c.is_whitespace() || c == ',').filter(|part| !part.is_empty());
        Some((operator, numbers.map(number).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::outline;
    use hayro_interpret::kurbo::{Rect, Shape};

    #[test]
    fn every_operator_is_drawn() {
        let (path, whole) = outline("S 0 0 L 10 0 Q 12 5 10 10 B 8 12 2 12 0 10 C M 20 0 A 5 5 0 0 1 30 0 C");
        assert!(whole);
        let bounds = path.bounding_box();
        assert!((bounds.x1 - 30.0).abs() < 0.1 && bounds.y0 < -4.0, "{bounds:?}");
        let (path, whole) = outline("M0,0L10,0 10 5");
        assert!(!whole && path.elements().len() == 1, "{path:?}");
        assert_eq!(outline("M 1 1 L 2e0 1").0.bounding_box(), Rect::new(1.0, 1.0, 2.0, 1.0));
        assert!(!outline("M 1 x").1 && !outline("Z").1 && outline("").1);
    }
}
