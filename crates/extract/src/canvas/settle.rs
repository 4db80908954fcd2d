//! The glyphs of a page once it is drawn: what of them a person reads, and what is to be said of the others.

use super::doubles::remove_doubles;
use super::drawn::Drawn;
use super::glyphs::Glyphs;
use super::squares::Squares;
use super::{overlaid, sight, struck, turned};
use crate::model::{Glyph, Rect, Ruling};

/// An invisible layer says what a picture shows that covers this share of the page, though there is some text besides …
const SCANNED: f64 = 0.5;
/// … if it is no more than this share of the layer.
const BESIDE_LAYER: f64 = 0.1;
/// Text that is not seen, drawn this near (font sizes) to the same text that is, is its halo.
const HALO: f64 = 0.2;
/// Side (points) of the squares that characters are looked up by.
const SIDE: f64 = 12.0;

/// What is to be said of the text of a page.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub(crate) struct Remarks {
    /// Characters that are not seen and were left out: covered, struck out, of the colour of their ground.
    pub(crate) unseen: u32,
    /// Characters of stamps and watermarks that were left out.
    pub(crate) stamped: u32,
    /// Numbers of which only a part is seen.
    pub(crate) cut: u32,
    /// Texts at whose place another text stands.
    pub(crate) overlaid: u32,
    /// Characters with ink whose text is blank.
    pub(crate) ink_without_text: u32,
    /// Characters of an invisible layer that no picture of the page lies over: they were left out as well.
    pub(crate) layer: u32,
    /// Degrees by which the page is skewed.
    pub(crate) skew: f64,
}

/// The page's glyphs, each once, and what is to be said of those left out. Invisible text counts only as the text layer
/// under a scanned picture.
pub(super) fn settle(
    glyphs: Glyphs,
    rulings: &mut Vec<Ruling>,
    page: (f64, f64),
    pictures: f64,
) -> (Vec<Glyph>, Remarks) {
    let Glyphs { drawn, unseen, ink_without_text, .. } = glyphs;
    let (layer, mut seen): (Vec<Drawn>, Vec<Drawn>) = drawn.into_iter().partition(|d| d.glyph.hidden);
    let mostly = pictures >= SCANNED && seen.len() as f64 <= BESIDE_LAYER * layer.len() as f64;
    let mut unused = 0;
    if pictures > 0.0 && (seen.is_empty() || mostly) {
        seen.extend(layer);
    } else {
        unused = layer.len() as u32;
    }
    let covered = sight::leave_out(&mut seen);
    remove_doubles(&mut seen, page);
    let skew = turned::skew(&seen);
    let askew = turned::leave_out(&mut seen);
    let overlaid = overlaid::settle(&mut seen, page);
    // Last, since a border may well run through a watermark's letters.
    struck::mark(&mut seen, rulings);
    let struck = sight::leave_out(&mut seen);
    let remarks = Remarks {
        unseen: covered.gone + struck.gone + without_halos(&unseen, &seen, page),
        stamped: askew + overlaid.stamped,
        cut: covered.cut + struck.cut,
        overlaid: overlaid.conflicts,
        ink_without_text,
        layer: unused,
        skew,
    };
    (seen.into_iter().map(|d| d.glyph).collect(), remarks)
}

/// Number of the texts that are not seen at nearly the same place as well.
fn without_halos(unseen: &[(Rect, String)], seen: &[Drawn], page: (f64, f64)) -> u32 {
    if unseen.is_empty() {
        return 0;
    }
    let mut squares = Squares::new(page, SIDE);
    for (index, drawn) in seen.iter().enumerate() {
        squares.enter(&drawn.glyph.bbox, index as u32);
    }
    let is_halo = |bbox: &Rect, text: &str| {
        squares.near(bbox).filter_map(|index| seen.get(index)).any(|d| {
            let (b, near) = (&d.glyph.bbox, HALO * d.glyph.size);
            d.glyph.text == text && (b.x0 - bbox.x0).abs() <= near && (b.y0 - bbox.y0).abs() <= near
        })
    };
    unseen.iter().filter(|(bbox, text)| !is_halo(bbox, text)).count() as u32
}
