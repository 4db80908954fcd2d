//! The choices of a run: which files are written, and how.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use yusuan_normalize::MoneyUnit;

/// A kind of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum OutputFormat {
    /// One CSV per table.
    Csv,
    /// One workbook per document.
    Xlsx,
    /// The datasets as Parquet, beside their CSV.
    Parquet,
    /// The datasets as one `SQLite` database: `yusuan.sqlite`.
    Sqlite,
    /// The review page: `review/index.html` with the data of every document. Pictures of pages are made by
    /// [`draw_pages`](crate::draw_pages), where the bytes are in hand.
    Review,
}

/// The pages that are drawn for the review page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PicturesOf {
    /// Those with tables, amounts or pictures.
    #[default]
    PagesWithFigures,
    /// Every page.
    AllPages,
}

/// What to write, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ExportOptions {
    /// Kinds of output per document. The datasets are always written: `documents.csv` says what became of every file.
    pub formats: BTreeSet<OutputFormat>,
    /// Whether CSV files start with a byte order mark.
    pub byte_order_mark: bool,
    /// What the table sheets of workbooks show amounts in; as printed where nothing is said.
    pub unit: Option<MoneyUnit>,
    /// Whether a folder that holds other files may be written to.
    pub force: bool,
    /// Whether only `formats` are written, for making some outputs again. Otherwise the CSV datasets are always written. What else
    /// stands in the folder stays.
    pub only_formats: bool,
    /// The pages that the review page has pictures of.
    #[serde(default)]
    pub pictures: PicturesOf,
}

impl Default for ExportOptions {
    fn default() -> Self {
        Self {
            formats: BTreeSet::from([OutputFormat::Csv, OutputFormat::Xlsx, OutputFormat::Parquet]),
            byte_order_mark: true,
            unit: None,
            force: false,
            only_formats: false,
            pictures: PicturesOf::default(),
        }
    }
}

impl ExportOptions {
    /// Whether files of this kind are written.
    pub(crate) fn writes(&self, format: OutputFormat) -> bool {
        self.formats.contains(&format)
    }

    /// Whether files of this kind are written over all documents.
    pub(crate) fn concerns(&self, format: OutputFormat) -> bool {
        !self.only_formats || self.writes(format)
    }
}
