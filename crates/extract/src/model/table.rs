//! Raw tables: grids of text with spans and places, however they were found.

use super::geometry::Rect;
use super::place::Place;
use serde::{Deserialize, Serialize};

/// A table as found, with no knowledge of what it says.
///
/// `rows` × `cols` positions; a merged cell is one [`Cell`] with spans, and the positions it covers have none.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RawTable {
    /// Pages that the table stands on, 1-based, ascending; empty for a worksheet.
    pub pages: Vec<u32>,
    /// Worksheet name; `None` for pages.
    pub sheet: Option<String>,
    /// Box on the first page; zero for a worksheet.
    pub bbox: Rect,
    /// How it was found.
    pub method: Method,
    /// From 0 to 1: how sure the finder is that grid and text are as printed.
    pub confidence: f64,
    /// Number of grid rows.
    pub rows: usize,
    /// Number of grid columns.
    pub cols: usize,
    /// Cells in row-major order, one for each position that no other cell's span covers (blank ones included).
    pub cells: Vec<Cell>,
    /// Text lines that belong to the table but stand outside the grid, in reading order.
    pub captions: Vec<Caption>,
    /// Numbers printed in the table's area that ended in none of its cells.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub strays: Vec<Figure>,
    /// How many of its first rows are its header, where a person said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header_rows: Option<usize>,
}

/// How a table was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// From ruling lines.
    #[default]
    Ruled,
    /// From the alignment of text.
    Unruled,
    /// From a spreadsheet's cells.
    Sheet,
    /// From recognised text of a picture.
    Ocr,
    /// From a table as a document without pages writes it.
    Document,
}

impl Method {
    /// The name used in output files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ruled => "ruled",
            Self::Unruled => "unruled",
            Self::Sheet => "sheet",
            Self::Ocr => "ocr",
            Self::Document => "document",
        }
    }
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Cell {
    /// 0-based grid row of the top left position.
    pub row: usize,
    /// 0-based grid column of the top left position.
    pub col: usize,
    /// Rows covered, at least 1.
    pub row_span: usize,
    /// Columns covered, at least 1.
    pub col_span: usize,
    /// Text as printed: lines joined (no space between Chinese characters), trimmed; empty when blank.
    pub text: String,
    /// Where the cell is.
    pub place: Place,
    /// What a spreadsheet stores in the cell; always [`Content::Text`] for pages.
    pub content: Content,
    /// Why the text may not be the figure that a person sees.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doubts: Vec<CellDoubt>,
    /// Where the text was read from a picture: how sure it is, and what else it may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<ReadCell>,
}

/// How a text was read from a picture.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ReadCell {
    /// How sure it is, from 0 to 1.
    pub confidence: f64,
    /// What else it may say, the likeliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<String>,
}

/// Why a cell's text may not be the figure that a person sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellDoubt {
    /// Several printed figures stand in the cell, and nothing proves that they are parts of one.
    SeveralFigures,
    /// A formula without a stored value, or whose file asks to be calculated anew.
    StaleFormula,
    /// Different texts are drawn at one place.
    Overlaid,
    /// The text is one of several readings of a picture, chosen by the sums that it stands in or by known names.
    Chosen,
}

/// A number as printed: a run of digits, separators and sign that stands together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Its text.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// What a spreadsheet cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Content {
    /// Text (or nothing).
    #[default]
    Text,
    /// A number; the cell's text is its shortest decimal with at most 15 significant digits.
    Number,
    /// A date or time; the cell's text is its ISO form.
    Date,
    /// True or false.
    Boolean,
    /// An error value such as #DIV/0!.
    Error,
}

/// A line of text beside a grid: title, unit line, note.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Caption {
    /// The line's text. Parts that stand far apart on the line are separate captions.
    pub text: String,
    /// Where it stands.
    pub place: Place,
    /// On which side of the grid.
    pub side: CaptionSide,
}

/// On which side of its grid a caption stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CaptionSide {
    /// Above the grid.
    Above,
    /// Below the grid.
    Below,
}

/// A table of more positions than this was not found by a reader, which stops long before.
const MOST_POSITIONS: usize = 50_000_000;

impl RawTable {
    /// Rows and columns, or none at all where the stated size is beyond reason (a foreign or damaged value).
    fn sound_size(&self) -> (usize, usize) {
        let sound = self.rows.saturating_mul(self.cols) <= MOST_POSITIONS;
        if sound { (self.rows, self.cols) } else { (0, 0) }
    }

    /// The grid as rows of optional cells: `None` where another cell's span covers the position.
    pub fn grid(&self) -> Vec<Vec<Option<&Cell>>> {
        let (rows, cols) = self.sound_size();
        let mut grid = vec![vec![None; cols]; rows];
        for cell in &self.cells {
            if let Some(slot) = grid.get_mut(cell.row).and_then(|r| r.get_mut(cell.col)) {
                *slot = Some(cell);
            }
        }
        grid
    }

    /// For every position the index (into `cells`) of the cell that covers it, spans followed; `None` only in a
    /// grid with holes.
    pub fn cover(&self) -> Vec<Vec<Option<usize>>> {
        let (rows, cols) = self.sound_size();
        let mut cover = vec![vec![None; cols]; rows];
        for (index, cell) in self.cells.iter().enumerate() {
            // Tables may come from anywhere (a stored result, another reader), so spans are not trusted.
            let last_row = cell.row.saturating_add(cell.row_span).min(rows);
            let last_col = cell.col.saturating_add(cell.col_span).min(cols);
            for row in cover.iter_mut().take(last_row).skip(cell.row) {
                for slot in row.iter_mut().take(last_col).skip(cell.col) {
                    *slot = Some(index);
                }
            }
        }
        cover
    }
}
