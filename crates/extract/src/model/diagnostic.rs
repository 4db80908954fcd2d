//! Remarks on the reading of a file that its user should know.

use serde::{Deserialize, Serialize};

/// Something that the user should know, said without failing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Stable code; the list is in docs/rules.md.
    pub code: DiagnosticCode,
    /// Page or sheet concerned, where there is one.
    pub place: Option<String>,
    /// One sentence in Chinese, without a final stop.
    pub message: String,
}

/// Stable codes of what a reader has to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub enum DiagnosticCode {
    /// E001: the file's structure was damaged and rebuilt without loss.
    Repaired,
    /// E002: a page could not be read; the rest was.
    PageLost,
    /// E003: a page is a picture without text.
    NeedsOcr,
    /// E004: characters whose meaning the font doesn't say.
    UnknownGlyphs,
    /// E005: a limit was reached; what lies beyond was left out.
    Truncated,
    /// E006: a worksheet could not be read; the rest was.
    SheetLost,
    /// E007: hidden rows, columns or sheets were left out.
    HiddenLeftOut,
    /// E008: the file ends early.
    CutOff,
    /// E009: the text could not be read a second time, by another library; the first reading stands alone.
    NotReadTwice,
    /// E010: a cell of a ruled table prints several figures, of which none is taken.
    FiguresMerged,
}

impl DiagnosticCode {
    /// The stable code text.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Repaired => "E001",
            Self::PageLost => "E002",
            Self::NeedsOcr => "E003",
            Self::UnknownGlyphs => "E004",
            Self::Truncated => "E005",
            Self::SheetLost => "E006",
            Self::HiddenLeftOut => "E007",
            Self::CutOff => "E008",
            Self::NotReadTwice => "E009",
            Self::FiguresMerged => "E010",
        }
    }

    /// Whether something that the file holds is missing from the result.
    pub fn loses_content(self) -> bool {
        matches!(
            self,
            Self::PageLost
                | Self::NeedsOcr
                | Self::UnknownGlyphs
                | Self::Truncated
                | Self::SheetLost
                | Self::CutOff
                | Self::FiguresMerged
        )
    }
}
