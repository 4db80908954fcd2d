//! The value that a reader hands on for each file.

use super::diagnostic::Diagnostic;
use super::place::Place;
use super::table::{Figure, RawTable};
use serde::{Deserialize, Serialize};

/// Everything read from one file, as plain values.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Extraction {
    /// The format found by content.
    pub format: Format,
    /// One entry per page (PDF); empty for spreadsheets.
    pub pages: Vec<PageSummary>,
    /// Tables in order of appearance.
    pub tables: Vec<RawTable>,
    /// All text lines outside grids (captions included), in reading order: a page's text is never lost.
    pub lines: Vec<TextLine>,
    /// What a user should know about the reading.
    pub diagnostics: Vec<Diagnostic>,
    /// Numbers that stand in rows outside every table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub strays: Vec<Figure>,
}

/// A recognised file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Portable Document Format.
    #[default]
    Pdf,
    /// Office Open XML spreadsheet.
    Xlsx,
    /// Excel binary workbook in OOXML packaging.
    Xlsb,
    /// Excel 97–2003 (BIFF in an OLE2 container).
    Xls,
    /// OpenDocument spreadsheet.
    Ods,
    /// Open Fixed-layout Document (GB/T 33190).
    Ofd,
    /// Office Open XML word-processor document.
    Docx,
    /// Word 97–2003 and WPS Writer (in an OLE2 container).
    Doc,
    /// OpenDocument text.
    Odt,
    /// Rich Text Format.
    Rtf,
    /// A web page.
    Html,
    /// A web page in one file with its parts.
    Mhtml,
    /// Fields parted by commas, semicolons or tabs.
    Csv,
    /// Spreadsheet in XML as Excel 2003 writes it.
    SheetXml,
    /// A picture of a page.
    Jpeg,
    /// A picture of a page.
    Png,
    /// Pictures of pages.
    Tiff,
}

impl Format {
    /// Whether the file shows pages with a place for each character.
    pub(crate) fn has_pages(self) -> bool {
        matches!(self, Self::Pdf | Self::Ofd)
    }

    /// Whether the file is a grid of cells.
    pub(crate) fn is_sheet(self) -> bool {
        matches!(self, Self::Xlsx | Self::Xlsb | Self::Xls | Self::Ods | Self::Csv | Self::SheetXml)
    }

    /// Whether the file is one picture or several.
    pub(crate) fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Tiff)
    }

    /// The name used in output files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Xlsb => "xlsb",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Ofd => "ofd",
            Self::Docx => "docx",
            Self::Doc => "doc",
            Self::Odt => "odt",
            Self::Rtf => "rtf",
            Self::Html => "html",
            Self::Mhtml => "mhtml",
            Self::Csv => "csv",
            Self::SheetXml => "xml",
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Tiff => "tiff",
        }
    }
}

/// What a page holds, in numbers.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PageSummary {
    /// 1-based page number.
    pub number: u32,
    /// Displayed width in points.
    pub width: f64,
    /// Displayed height in points.
    pub height: f64,
    /// Number of visible glyphs.
    pub glyphs: usize,
    /// Share of the page covered by raster images, 0–1.
    pub image_share: f64,
    /// How often each digit is printed on it.
    #[serde(default)]
    pub digits: [u32; 10],
}

/// One line of text outside all grids.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TextLine {
    /// The line's text.
    pub text: String,
    /// Worksheet name; `None` for pages.
    pub sheet: Option<String>,
    /// Where it stands.
    pub place: Place,
    /// Font size in points (0 for worksheets).
    pub size: f64,
    /// Number of tables that precede the line in the document.
    pub tables_before: usize,
    /// Whether the line is a running head, running foot or page number.
    pub running: bool,
}
