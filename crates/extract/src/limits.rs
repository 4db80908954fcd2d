//! Bounds on what a single file may ask for.

use serde::{Deserialize, Serialize};

/// Bounds on a single file. The defaults are far above any real file and far below what hurts a machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Limits {
    /// Largest file in bytes.
    pub file_bytes: u64,
    /// Most pages read from a file.
    pub pages: usize,
    /// Most glyphs read from a page.
    pub glyphs_per_page: usize,
    /// Most lines and rectangles read from a page.
    pub paths_per_page: usize,
    /// Most pixels of a picture that is looked at.
    pub image_pixels: u64,
    /// Most pixels of a page that is read from pictures; larger ones are made smaller.
    pub picture_pixels: u64,
    /// Most bytes of a spreadsheet's parts after decompression.
    pub unpacked_bytes: u64,
    /// Most cells read from a worksheet (used ones).
    pub cells_per_sheet: usize,
    /// Highest row number read from a worksheet.
    pub sheet_rows: u32,
    /// Highest column number read from a worksheet.
    pub sheet_cols: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 512 << 20,
            pages: 5_000,
            glyphs_per_page: 400_000,
            paths_per_page: 400_000,
            image_pixels: 60_000_000,
            picture_pixels: 10_000_000,
            unpacked_bytes: 1 << 30,
            cells_per_sheet: 2_000_000,
            sheet_rows: 200_000,
            sheet_cols: 1_024,
        }
    }
}
