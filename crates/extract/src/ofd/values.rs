//! Numbers, boxes and transforms as attributes write them.

use hayro_interpret::kurbo::{Affine, Rect as KurboRect};

/// Points of a millimetre.
pub(super) const POINTS: f64 = 72.0 / 25.4;

/// One number; `None` where it is none, or not finite.
pub(super) fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|value: &f64| value.is_finite())
}

/// Numbers parted by blanks or commas; `None` where one of them is none.
pub(super) fn numbers(text: &str) -> Option<Vec<f64>> {
    text.split(|c: char| c.is_whitespace() || c == ',').filter(|part| !part.is_empty()).map(number).collect()
}

/// A box from left, top, width and height.
pub(super) fn rectangle(text: &str) -> Option<KurboRect> {
    match numbers(text)?.as_slice() {
        [x, y, w, h] => Some(KurboRect::new(*x, *y, x + w.max(0.0), y + h.max(0.0))),
        _ => None,
    }
}

/// A transform from its six numbers.
pub(super) fn transform(text: &str) -> Option<Affine> {
    match numbers(text)?.as_slice() {
        [a, b, c, d, e, f] => Some(Affine::new([*a, *b, *c, *d, *e, *f])),
        _ => None,
    }
}

/// The distances between characters: numbers, and `g n d` for n times d; at most `most` of them. `None` where they make
/// no sense.
pub(super) fn deltas(text: &str, most: usize) -> Option<Vec<f64>> {
    let mut out = Vec::new();
    let mut parts = text.split(|c: char| c.is_whitespace() || c == ',').filter(|part| !part.is_empty());
    while let Some(part) = parts.next() {
        let (count, value) = if part.eq_ignore_ascii_case("g") {
            (number(parts.next()?)?.max(0.0) as usize, number(parts.next()?)?)
        } else {
            (1, number(part)?)
        };
        out.extend(std::iter::repeat_n(value, count.min(most.saturating_sub(out.len()))));
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_distances_are_bounded_by_the_text() {
        assert_eq!(deltas("g 2 1.5 3 g 1 2", 9), Some(vec![1.5, 1.5, 3.0, 2.0]));
        assert_eq!(deltas("g 4000000000 1", 3), Some(vec![1.0; 3]));
        assert_eq!(deltas("1 x", 3), None);
        assert_eq!(deltas("g 2", 3), None);
        assert_eq!(rectangle("0 0 10 NaN"), None);
    }
}
