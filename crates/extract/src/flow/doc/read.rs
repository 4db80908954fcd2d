//! A document's way to blocks.

use super::file::{File, Text};
use super::story::Story;
use super::{lists, pieces, runs};
use crate::error::ExtractError;
use crate::flow::found::Found;
use crate::flow::written::Written;
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
    let mut all = Found { objects: file.objects, ..Found::default() };
    for part in [Text::Main, Text::Footnotes, Text::Endnotes, Text::Boxes] {
        let (begin, end) = file.range(part);
        let units = text.get(begin.min(text.len())..end.min(text.len())).unwrap_or_default();
        if part == Text::Main && end > text.len() {
            all.damage.push("文档不完整，正文的结尾缺失".to_owned());
        }
        let story = Story::new(&file, (&mut paragraphs, &mut characters), &mut numbering);
        let (blocks, found) = story.blocks(units);
        written.blocks.extend(blocks);
        all.add(found);
    }
    let overlapping = paragraphs.overlapping + characters.overlapping;
    if overlapping > 0 {
        let message = format!("文档内部受损，有 {overlapping} 段文字的格式说明互相冲突，内容可能缺失或错位");
        all.damage.push(message);
    }
    all.report(&mut written);
    Ok(written)
}
