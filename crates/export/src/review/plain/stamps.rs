//! Glyphs as stamps: a page has each of its characters many times.

use super::paper::Stamp;
use hayro::hayro_interpret::font::{HintingCache, OutlineGlyph};
use hayro::kurbo::{Affine, BezPath, Shape};
use std::collections::HashMap;
use std::rc::Rc;

/// Sizes in pixels at which a font's own instructions for small sizes are followed: below nothing can be read, above they change
/// nothing that is seen.
const HINTED: std::ops::RangeInclusive<f64> = 4.0..=128.0;

/// Units of a glyph's outline in the size of its font.
const UNITS: f64 = 1000.0;

/// Places between two pixels that a glyph may stand at: its neighbours' distances are seen as far as that.
const STEPS: f64 = 4.0;

/// Widest and highest glyph that is kept as a stamp, in pixels.
const LARGEST: f64 = 128.0;

/// Stamps that are kept at most; a file that never repeats itself gains nothing by more.
const MOST: usize = 20_000;

/// A glyph in one size, turned in one way, at one of the places between two pixels.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    glyph: u128,
    hinted: bool,
    shape: [u32; 4],
    step: u8,
}

/// What a thread knows of a document's glyphs.
#[derive(Default)]
pub(crate) struct Stamps {
    hinting: HintingCache,
    /// By glyph, and the size that an outline is hinted for (none: 0).
    outlines: HashMap<(u128, u32), Option<Rc<BezPath>>>,
    /// By what they show.
    made: HashMap<Key, Rc<Stamp>>,
}

/// How a glyph is printed.
pub(super) enum Printed {
    /// By a stamp with its origin at a column and row.
    Stamp(Rc<Stamp>, (i32, i32)),
    /// By its outline on the page.
    Outline(BezPath),
}

impl Stamps {
    /// A glyph as it stands on the page; `level` says that its text runs from left to right.
    pub(super) fn placed(&mut self, glyph: &OutlineGlyph, to_page: Affine, level: bool) -> Option<Printed> {
        let id = glyph.identifier().cache_key();
        let [a, b, c, d, x, y] = to_page.as_coeffs();
        let size = d.abs() * UNITS;
        let hinted = Some(size).filter(|size| level && b == 0.0 && HINTED.contains(size));
        let hinted = hinted.and_then(|size| self.outline_for(id, size as f32, glyph));
        let is_hinted = hinted.is_some();
        let outline = hinted.or_else(|| self.outline(id, glyph))?;
        let steps = (x * STEPS).round();
        let column = (steps / STEPS).floor();
        let within = steps / STEPS - column;
        let shape = [a, b, c, d].map(|part| (part as f32).to_bits());
        let key = Key { glyph: id, hinted: is_hinted, shape, step: (within * STEPS) as u8 };
        let at = (column as i32, y.round() as i32);
        if let Some(stamp) = self.made.get(&key) {
            return Some(Printed::Stamp(Rc::clone(stamp), at));
        }
        let path = Affine::new([a, b, c, d, within, 0.0]) * outline.as_ref();
        let bounds = path.bounding_box();
        if !(bounds.width() <= LARGEST && bounds.height() <= LARGEST) {
            return Some(Printed::Outline(to_page * outline.as_ref()));
        }
        if self.made.len() >= MOST {
            self.made.clear();
        }
        let stamp = Rc::new(Stamp::of(&path));
        self.made.insert(key, Rc::clone(&stamp));
        Some(Printed::Stamp(stamp, at))
    }

    /// A glyph's outline as its font has it.
    pub(super) fn outline(&mut self, id: u128, glyph: &OutlineGlyph) -> Option<Rc<BezPath>> {
        self.outlines.entry((id, 0)).or_insert_with(|| Some(Rc::new(glyph.outline()))).clone()
    }

    /// A glyph's outline as its font's instructions change it for a size; none where they say nothing of it.
    fn outline_for(&mut self, id: u128, size: f32, glyph: &OutlineGlyph) -> Option<Rc<BezPath>> {
        let Self { hinting, outlines, .. } = self;
        let hinted = || glyph.hinted_outline(size, hinting).map(Rc::new);
        outlines.entry((id, size.to_bits())).or_insert_with(hinted).clone()
    }
}
