//! Fonts: how wide a character is drawn, and which one a glyph shows.

use crate::canvas::is_private;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::collections::BTreeMap;

/// Characters from here on are as wide as high in Chinese fonts.
const FIRST_WIDE: char = '\u{2E80}';
/// The width (font sizes) of all others, as Chinese fonts draw them.
const NARROW: f64 = 0.5;
/// A digit's width (font sizes) is between these: what its place leaves beyond is space.
const DIGIT: (f64, f64) = (0.4, 0.62);
/// The same of a letter.
const LETTER: (f64, f64) = (0.2, 1.05);
/// A wide character that is set closer than this (font sizes) is drawn over the one before.
const CLOSEST: f64 = 0.3;

/// A font program that the package holds.
#[derive(Debug, Default)]
pub(super) struct Face {
    /// The plain character of each glyph.
    characters: BTreeMap<u32, char>,
    glyphs: BTreeMap<char, u32>,
    /// Widths of glyphs in font sizes.
    advances: BTreeMap<u32, f32>,
}

impl Face {
    /// Reads a font program; `None` where it is none.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let font = FontRef::new(bytes).or_else(|_| FontRef::from_index(bytes, 0)).ok()?;
        let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::default());
        let mut face = Self::default();
        for (code, id) in font.charmap().mappings() {
            let Some(c) = char::from_u32(code) else { continue };
            face.glyphs.insert(c, id.to_u32());
            if !is_private(c) && !c.is_control() {
                // Several characters may share a glyph; the first (lowest) is the plain one.
                face.characters.entry(id.to_u32()).or_insert(c);
            }
        }
        for id in 0..metrics.glyph_count() {
            if let Some(width) = metrics.advance_width(GlyphId::new(id)) {
                face.advances.insert(id, width);
            }
        }
        Some(face)
    }

    /// The character that a glyph shows.
    pub(super) fn character(&self, glyph: u32) -> Option<char> {
        self.characters.get(&glyph).copied()
    }

    /// The glyph that shows a character.
    pub(super) fn glyph(&self, c: char) -> Option<u32> {
        self.glyphs.get(&c).copied()
    }

    fn advance(&self, glyph: u32) -> Option<f64> {
        self.advances.get(&glyph).map(|width| f64::from(*width)).filter(|width| *width > 0.0)
    }
}

/// How wide (font sizes) a character is drawn; `step` is the distance to the next one.
pub(super) fn width(c: char, glyph: Option<u32>, face: Option<&Face>, step: Option<f64>) -> f64 {
    let known = face.and_then(|face| face.advance(glyph.or_else(|| face.glyph(c))?));
    if let Some(width) = known {
        return width;
    }
    let step = step.filter(|step| step.is_finite() && *step > 0.0);
    if c >= FIRST_WIDE {
        return step.filter(|step| *step > CLOSEST).map_or(1.0, |step| step.min(1.0));
    }
    let (least, most) = if c.is_alphabetic() || !c.is_ascii() { LETTER } else { DIGIT };
    step.filter(|step| (least..=most).contains(step)).unwrap_or(NARROW)
}
