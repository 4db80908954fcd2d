//! A positioned page: what stands where, before anybody asks whether it is a table.
//!
//! Every page-like input ends here (PDF now; OCR and OFD later), so the table engine never sees a file format.

use crate::geometry::Rect;
use serde::{Deserialize, Serialize};

/// One displayed page. All coordinates are points from its top left, after rotation and cropping.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Page {
    /// 1-based page number in the file.
    pub number: u32,
    /// Displayed width in points.
    pub width: f64,
    /// Displayed height in points.
    pub height: f64,
    /// Visible glyphs in drawing order.
    pub glyphs: Vec<Glyph>,
    /// Ruling lines, thin filled rectangles included.
    pub rulings: Vec<Ruling>,
    /// Filled areas that are no lines (cell shading).
    pub fills: Vec<Fill>,
    /// Boxes of drawn shapes that are neither lines nor rectangles: curves, slanted strokes. Charts are made of these.
    #[serde(default)]
    pub shapes: Vec<Rect>,
    /// Boxes of the raster images drawn.
    pub images: Vec<Rect>,
    /// Glyphs whose character could not be found out; their text is U+FFFD.
    pub unknown_glyphs: u32,
}

/// One drawn character.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Glyph {
    /// The character (rarely several: ligatures), as the font maps it.
    pub text: String,
    /// Box: advance width × font size around the baseline.
    pub bbox: Rect,
    /// Displayed font size in points.
    pub size: f64,
    /// Direction in which the text runs.
    pub direction: Direction,
    /// Drawn in the invisible text mode (an OCR layer under a scan).
    pub hidden: bool,
}

/// The direction in which a line of text runs on the displayed page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Direction {
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
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Ruling {
    /// The line's box; its longer side is its direction.
    pub bbox: Rect,
    /// Whether the line is horizontal.
    pub horizontal: bool,
}

/// A filled area.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Fill {
    /// The area's box.
    pub bbox: Rect,
    /// Lightness from 0 (black) to 1 (white).
    pub lightness: f64,
}
