//! The shapes of digits: a font that shows one digit in two shapes, and some other never, names one of the two wrongly.

use std::collections::{BTreeMap, BTreeSet};

/// Share by which the outlines of one character may differ.
const SHAPE_SLACK: f64 = 0.02;

/// A glyph that was read as a digit.
pub(super) struct DigitGlyph {
    pub(super) glyph: u128,
    /// The font program that it is from.
    pub(super) font: u128,
    pub(super) digit: u8,
    /// Area and length of its outline.
    pub(super) shape: (f64, f64),
}

/// The digits of a document by the glyphs that show them, for each font program.
#[derive(Default)]
pub(super) struct DigitShapes {
    seen: BTreeSet<u128>,
    shapes: BTreeMap<(u128, u8), Vec<(f64, f64)>>,
    unlike: BTreeSet<(u128, u8)>,
}

impl DigitShapes {
    /// Adds the glyphs of a page; pages come in their order.
    pub(super) fn add(&mut self, glyphs: Vec<DigitGlyph>) {
        for DigitGlyph { glyph, font, digit, shape } in glyphs {
            if !self.seen.insert(glyph) {
                continue;
            }
            let shapes = self.shapes.entry((font, digit)).or_default();
            let alike = shapes.is_empty() || shapes.iter().any(|other| is_alike(*other, shape));
            shapes.push(shape);
            if !alike {
                self.unlike.insert((font, digit));
            }
        }
    }

    /// Digits that two glyphs of one font show in different shapes, where the font shows some other digit never: its map
    /// of characters names one of the two wrongly. A font may have two shapes of a digit (of two widths); that all its
    /// digits are in use then speaks for its map.
    pub(super) fn mistaken(&self) -> BTreeSet<char> {
        let shown = |font: u128| self.shapes.range((font, b'0')..=(font, b'9')).count();
        let two = self.unlike.iter().filter(|(font, _)| shown(*font) < 10);
        two.map(|(_, digit)| char::from(*digit)).collect()
    }
}

/// Whether two outlines have the same area and length but for rounding.
fn is_alike(a: (f64, f64), b: (f64, f64)) -> bool {
    let near = |x: f64, y: f64| (x - y).abs() <= SHAPE_SLACK * x.max(y).max(1.0);
    near(a.0, b.0) && near(a.1, b.1)
}
