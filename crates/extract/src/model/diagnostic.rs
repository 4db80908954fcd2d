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
    /// E008: the file ends early, or a part in its middle is damaged.
    CutOff,
    /// E009: the text could not be read a second time, by another library; the first reading stands alone.
    NotReadTwice,
    /// E010: a cell of a ruled table prints several figures, of which none is taken.
    FiguresMerged,
    /// E011: different texts are drawn at one place; none of them is taken.
    TextOverlaid,
    /// E012: values of form fields that a viewer draws and the page does not hold.
    FormFieldsUnread,
    /// E013: a file attached to the document was not read.
    AttachmentLeftOut,
    /// E014: pages or whole documents stand in the file twice, or a second document follows.
    BoundTwice,
    /// E015: characters that are drawn but whose text is blank.
    InkWithoutText,
    /// E016: a stream that was used fails its checksum.
    ChecksumWrong,
    /// E017: formulas without a stored value, or whose file asks to be calculated anew.
    FormulaStale,
    /// E018: a number format shows another amount than the one stored.
    FormatScales,
    /// E019: printed numbers that ended in no amount, code, ordinal or other known kind.
    FiguresUnread,
    /// E020: another reader finds digits on a page that the first does not.
    ReadingsDiffer,
    /// E021: two glyphs of one font, of different shapes, are read as the same digit.
    DigitsUnlike,
    /// E022: the text layer that a scanned page brings along was not used: its picture was read anew.
    LayerLeftOut,
    /// E023: a scanned page's text comes from the layer that it brings along, which nobody checked.
    LayerTrusted,
    /// E024: what a person said of a table met nothing in the file.
    HintUnmet,
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
        Self::TextOverlaid,
        Self::FormFieldsUnread,
        Self::AttachmentLeftOut,
        Self::BoundTwice,
        Self::InkWithoutText,
        Self::ChecksumWrong,
        Self::FormulaStale,
        Self::FormatScales,
        Self::FiguresUnread,
        Self::ReadingsDiffer,
        Self::DigitsUnlike,
        Self::LayerLeftOut,
        Self::LayerTrusted,
        Self::HintUnmet,
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
            Self::CutOff => "文件不完整：结尾缺失，或内部有一段受损",
            Self::NotReadTwice => "第二次读取没有完成，只有一种读法",
            Self::FiguresMerged => "有框线的表里一格印着几个数，像是缺了表格线，这些数没有收入",
            Self::TextOverlaid => "同一位置画着不同的文字，看不出哪一个有效，没有收入",
            Self::FormFieldsUnread => "表单域的值由阅读器显示，页面上没有，没有收入",
            Self::AttachmentLeftOut => "文件带有附件，附件未读入",
            Self::BoundTwice => "文件里有重复的页，或装有不止一份文件",
            Self::InkWithoutText => "有字形印在页面上，它的文字却是空白",
            Self::ChecksumWrong => "用到的数据流校验不符，内容可能已损坏",
            Self::FormulaStale => "公式没有保存结果，或文件要求重新计算",
            Self::FormatScales => "数字格式显示的数与保存的数不同",
            Self::FiguresUnread => "印出的数有些没有读成任何内容",
            Self::ReadingsDiffer => "两种读法在同一页读出的数字不同，请对照原页",
            Self::DigitsUnlike => "同一字体里两种字形读作同一个数字，两者必有一误",
            Self::LayerLeftOut => "扫描页自带的识别文字没有采用，已按图片重新识别",
            Self::LayerTrusted => "扫描页的文字来自文件自带的识别结果，未经核对",
            Self::HintUnmet => "有表格提示没有用上",
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
            Self::TextOverlaid => "E011",
            Self::FormFieldsUnread => "E012",
            Self::AttachmentLeftOut => "E013",
            Self::BoundTwice => "E014",
            Self::InkWithoutText => "E015",
            Self::ChecksumWrong => "E016",
            Self::FormulaStale => "E017",
            Self::FormatScales => "E018",
            Self::FiguresUnread => "E019",
            Self::ReadingsDiffer => "E020",
            Self::DigitsUnlike => "E021",
            Self::LayerLeftOut => "E022",
            Self::LayerTrusted => "E023",
            Self::HintUnmet => "E024",
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
                | Self::TextOverlaid
                | Self::FormFieldsUnread
                | Self::AttachmentLeftOut
                | Self::BoundTwice
                | Self::InkWithoutText
                | Self::ChecksumWrong
                | Self::FiguresUnread
                | Self::DigitsUnlike
                | Self::HintUnmet
        )
    }
}
