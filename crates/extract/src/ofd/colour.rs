//! Colours of text and paths.

use super::tree::Element;
use super::values::number;
use crate::canvas::{PATTERN, Shade};

/// Black, which text and lines have where nothing else is said.
pub(super) const BLACK: Shade = Shade { rgb: [0.0; 3], opacity: 1.0, plain: true };
/// Elements that paint an area in more than one colour.
const PATTERNS: [&str; 5] = ["AxialShd", "RadialShd", "GouraudShd", "LaGouraudShd", "Pattern"];
/// The greatest value of an opacity, and of a colour's part where nothing else is said.
const FULL: f64 = 255.0;

/// How a document's colours are written.
#[derive(Debug, Clone, Default)]
pub(super) struct Space {
    /// Greatest value of a part; 0 where nothing is said.
    most: f64,
    palette: Vec<String>,
}

impl Space {
    pub(super) fn of(element: &Element) -> Self {
        let bits = element.attribute("BitsPerComponent").and_then(number).filter(|bits| (1.0..=16.0).contains(bits));
        let most = bits.map_or(0.0, |bits| bits.exp2() - 1.0);
        let palette = element.child("Palette").into_iter().flat_map(|palette| palette.all("CV"));
        Self { most, palette: palette.map(|colour| colour.text.clone()).collect() }
    }
}

/// The shade that a colour element asks for.
pub(super) fn shade<'a>(element: &Element, space: impl FnOnce(&str) -> Option<&'a Space>) -> Shade {
    let opacity = opacity(element);
    if PATTERNS.iter().any(|name| element.child(name).is_some()) {
        return Shade { rgb: [PATTERN; 3], opacity, plain: false };
    }
    let space = element.attribute("ColorSpace").and_then(|id| space(id.trim()));
    let indexed = || space?.palette.get(element.attribute("Index").and_then(number)? as usize).map(String::as_str);
    let value = element.attribute("Value").or_else(indexed).or_else(|| element.text_of("Value"));
    let most = space.map_or(FULL, |space| if space.most > 0.0 { space.most } else { FULL });
    let parts: Vec<f32> = value.unwrap_or_default().split_whitespace().filter_map(part).collect();
    let parts: Vec<f32> = parts.iter().map(|value| (value / most as f32).clamp(0.0, 1.0)).collect();
    let rgb = match parts.as_slice() {
        [grey] => [*grey; 3],
        [r, g, b] => [*r, *g, *b],
        [c, m, y, k] => [c, m, y].map(|ink| (1.0 - ink) * (1.0 - k)),
        _ => BLACK.rgb,
    };
    Shade { rgb, opacity, plain: true }
}

/// Whether a colour is written as colours are.
pub(super) fn is_sound(element: &Element) -> bool {
    let Some(value) = element.attribute("Value") else { return true };
    let parts: Option<Vec<f32>> = value.split_whitespace().map(part).collect();
    let in_range = |value: &f32| (0.0..=f32::from(u16::MAX)).contains(value);
    parts.is_some_and(|parts| matches!(parts.len(), 0 | 1 | 3 | 4) && parts.iter().all(in_range))
}

/// An element's own opacity, 0 to 1.
pub(super) fn opacity(element: &Element) -> f32 {
    element.attribute("Alpha").and_then(number).map_or(1.0, |alpha| (alpha / FULL).clamp(0.0, 1.0) as f32)
}

/// One part of a colour: decimal, or hexadecimal behind `#`.
fn part(text: &str) -> Option<f32> {
    match text.strip_prefix('#') {
        Some(digits) => u16::from_str_radix(digits, 16).ok().map(f32::from),
        None => number(text).map(|value| value as f32),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ofd::tree::parse;

    #[test]
    fn colours_are_read_as_written() {
        let read = |xml: &str| {
            let element = parse(xml.as_bytes()).root.unwrap();
            shade(&element, |_| None)
        };
        assert_eq!(read("<C Value=\"255 0 0\"/>").rgb.to_vec(), [1.0, 0.0, 0.0]);
        assert_eq!(read("<C Value=\"#ff #0 #ff\"/>").rgb.to_vec(), [1.0, 0.0, 1.0]);
        assert_eq!(read("<C Value=\"0 0 0 255\"/>").rgb.to_vec(), [0.0; 3]);
        assert_eq!(read("<C Value=\"255\" Alpha=\"0\"/>"), Shade { rgb: [1.0; 3], opacity: 0.0, plain: true });
        assert!(!read("<C><AxialShd/></C>").plain);
        let sound = |xml: &str| is_sound(&parse(xml.as_bytes()).root.unwrap());
        assert!(sound("<C Value=\"1 2 3\"/>") && sound("<C/>"));
        assert!(!sound("<C Value=\"1e308\"/>") && !sound("<C Value=\"1 2\"/>") && !sound("<C Value=\"1 x 3\"/>"));
    }
}
