//! A document's way to blocks.

use super::file::{File, Text};
use super::story::{Found, Story};
use super::{lists, pieces, runs};
use crate::error::ExtractError;
use crate::flow::written::Written;
use crate::model::DiagnosticCode;
use crate::sheet::contained;

/// Reads a document as it is shown.
///
/// # Errors
/// [`ExtractError`] when its text can't be found.
pub(in crate::flow) fn read(bytes: &[u8]) -> Result<Written, ExtractError> {
    let file = contained(|| File::open(bytes))??;
    let text = pieces::text(&file)?;
    let (mut paragraphs, mut characters) = (runs::paragraphs(&file), runs::characters(&file));
    let mut numbering = lists::numbering(&file);
    let mut written = Written::default();
    let mut all = Found::default();
    for part in [Text::Main, Text::Footnotes, Text::Endnotes, Text::Boxes] {
        let (begin, end) = file.range(part);
        let units = text.get(begin.min(text.len())..end.min(text.len())).unwrap_or_default();
        if part == Text::Main && end > text.len() {
            written.say(DiagnosticCode::CutOff, "文档不完整，正文的结尾缺失".to_owned());
        }
        let story = Story::new(&file, (&mut paragraphs, &mut characters), &mut numbering);
        let (blocks, found) = story.blocks(units);
        written.blocks.extend(blocks);
        all.unseen += found.unseen;
        all.pictures += found.pictures;
        all.left_out += found.left_out;
        all.unknown += found.unknown;
    }
    if all.unknown > 0 {
        let message = format!("文档内部受损，有 {} 段不知道是不是表格，表格可能不完整", all.unknown);
        written.say(DiagnosticCode::CutOff, message);
    }
    if all.unseen > 0 {
        let message = format!("文档有 {} 个字是隐藏的或已划去，未读取", all.unseen);
        written.say(DiagnosticCode::HiddenLeftOut, message);
    }
    if all.pictures > 0 {
        let message = format!("文档里有 {} 幅大图，图中的文字需要文字识别，未读取", all.pictures);
        written.say(DiagnosticCode::NeedsOcr, message);
    }
    if file.objects > 0 {
        let message = format!("文档里嵌有 {} 个其他文件（如 Excel 工作表），其中的内容未读取", file.objects);
        written.say(DiagnosticCode::AttachmentLeftOut, message);
    }
    if all.left_out > 0 {
        written.say(DiagnosticCode::Truncated, format!("表格超出大小上限，有 {} 个单元格未读取", all.left_out));
    }
    Ok(written)
}
