//! A positioned page: what stands where, before anybody asks whether it is a table.
//!
//! Every page-like input ends here (PDF, OFD; OCR later), so the table engine never sees a file format.

use super::geometry::Rect;
use super::plane::Plane;

/// One displayed page. All coordinates are points from its top left, after rotation and cropping.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Page {
    /// 1-based page number in the file.
    pub(crate) number: u32,
    /// Displayed width in points.
    pub(crate) width: f64,
    /// Displayed height in points.
    pub(crate) height: f64,
    /// Visible glyphs in drawing order.
    pub(crate) glyphs: Vec<Glyph>,
    /// Ruling lines, thin filled rectangles included.
    pub(crate) rulings: Vec<Ruling>,
    /// Filled areas that are no lines (cell shading).
    pub(crate) fills: Vec<Fill>,
    /// Boxes of drawn shapes that are neither lines nor rectangles: curves, slanted strokes. Charts are made of these.
    pub(crate) shapes: Vec<Rect>,
    /// Boxes of the raster images drawn.
    pub(crate) images: Vec<Rect>,
    /// Glyphs whose character could not be found out; their text is U+FFFD.
    pub(crate) unknown_glyphs: u32,
    /// Lines of text that were read from the page's picture.
    pub(crate) read: Vec<ReadLine>,
    /// Whether the text of the page is what another program read of its picture.
    pub(crate) trusted_layer: bool,
    /// Degrees by which the page as displayed is turned clockwise against these coordinates: a skewed page is straightened.
    pub(crate) skew: f64,
    /// Where the points of a page that was seen from aside and laid flat are displayed.
    pub(crate) plane: Option<Plane>,
}

impl Page {
    /// Share of the page that raster images cover (overlaps counted once per image, at most 1).
    pub(crate) fn image_share(&self) -> f64 {
        let whole = Rect::new(0.0, 0.0, self.width, self.height);
        let area = |r: &Rect| {
            let (w, h) = (r.overlap_x(&whole).max(0.0), r.overlap_y(&whole).max(0.0));
            w * h
        };
        let covered: f64 = self.images.iter().map(area).sum();
        (covered / (self.width * self.height).max(1.0)).min(1.0)
    }
}

/// One drawn character.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Glyph {
    /// The character (rarely several: ligatures), as the font maps it.
    pub(crate) text: String,
    /// Box: advance width × font size around the baseline.
    pub(crate) bbox: Rect,
    /// Displayed font size in points.
    pub(crate) size: f64,
    /// Direction in which the text runs.
    pub(crate) direction: Direction,
    /// Drawn in the invisible text mode (an OCR layer under a scan).
    pub(crate) hidden: bool,
}

impl Glyph {
    /// The share of its size by which a glyph's box reaches above the baseline: the frame that Chinese fonts draw their
    /// characters in.
    pub(crate) const ASCENT: f64 = 0.88;
    /// The same below the baseline.
    pub(crate) const DESCENT: f64 = 0.12;
    /// Smallest font size (points) that gaps are measured by.
    pub(crate) const SMALLEST: f64 = 1.0;
}

/// A line of text that was read from a picture.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ReadLine {
    /// Where it stands on the page.
    pub(crate) bbox: Rect,
    /// What it says, without blanks.
    pub(crate) text: String,
    /// How sure that is, from 0 to 1.
    pub(crate) confidence: f64,
    /// What else it may say, the likeliest first, each with how likely it is.
    pub(crate) readings: Vec<(String, f64)>,
}

/// The direction in which a line of text runs on the displayed page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Direction {
    /// Left to right.
    #[default]
    Right,
    /// Top to bottom: vertical writing, or text turned clockwise.
    Down,
    /// Bottom to top: text turned counter-clockwise.
    Up,
    /// Right to left: text turned upside down.
    Left,
}

/// A straight horizontal or vertical line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ruling {
    /// The line's box; its longer side is its direction.
    pub(crate) bbox: Rect,
    /// Whether the line is horizontal.
    pub(crate) horizontal: bool,
}

/// A filled area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Fill {
    /// The area's box.
    pub(crate) bbox: Rect,
    /// Lightness from 0 (black) to 1 (white).
    pub(crate) lightness: f64,
}
