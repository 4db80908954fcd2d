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
    /// Every code, in the order of their numbers.
    pub const ALL: &'static [Self] = &[
        Self::Repaired,
        Self::PageLost,
        Self::NeedsOcr,
        Self::UnknownGlyphs,
        Self::Truncated,
        Self::SheetLost,
        Self::HiddenLeftOut,
        Self::CutOff,
        Self::NotReadTwice,
        Self::FiguresMerged,
    ];

    /// What it means, in Chinese.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Repaired => "文件结构损坏，已无损重建",
            Self::PageLost => "有页面无法读取，或其内容里有读不懂的指令、找不到的字体或图形，像是文件受损",
            Self::NeedsOcr => "页面是图片，没有文字，需要文字识别",
            Self::UnknownGlyphs => "字体没有说明某些字符是什么",
            Self::Truncated => "达到读取上限，超出部分未读",
            Self::SheetLost => "有工作表无法读取，其余已读",
            Self::HiddenLeftOut => "隐藏的行、列或工作表未读入",
            Self::CutOff => "文件不完整，结尾缺失",
            Self::NotReadTwice => "第二次读取没有完成，只有一种读法",
            Self::FiguresMerged => "有框线的表里一格印着几个数，像是缺了表格线，这些数没有收入",
        }
    }

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
