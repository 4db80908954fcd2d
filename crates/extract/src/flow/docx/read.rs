//! A package's way to blocks.

use super::body::{Found, Walk};
use super::lists;
use super::styles::Styles;
use crate::error::ExtractError;
use crate::flow::block::Block;
use crate::flow::read::Written;
use crate::limits::Limits;
use crate::model::DiagnosticCode;
use crate::sheet::{Package, decrypted_package};

/// Reads a document as it is shown.
///
/// # Errors
/// [`ExtractError`] when the package or its main part can't be read.
pub(in crate::flow) fn read(bytes: &[u8], limits: &Limits) -> Result<Written, ExtractError> {
    let inner = decrypted_package(bytes);
    let bytes = inner.as_deref().unwrap_or(bytes);
    let package = Package::unpack(bytes, limits, |name| name.starts_with("word/") && name.ends_with(".xml"))?;
    let part = |name: &str| package.part(&format!("word/{name}.xml"));
    let document = part("document").map_err(|detail| ExtractError::Damaged { detail })?;
    let mut numbering = part("numbering").map(lists::parse).unwrap_or_default();
    let styles = part("styles").map(Styles::parse).unwrap_or_default();
    let mut written = Written::default();
    let (blocks, found) = Walk::new(&mut numbering, &styles).blocks(document);
    if let Some(reason) = &found.broken
        && !has_text(&blocks)
    {
        return Err(ExtractError::Damaged { detail: reason.clone() });
    }
    written.blocks = blocks;
    report(&mut written, &found);
    for notes in ["footnotes", "endnotes"] {
        if let Ok(part) = part(notes) {
            let (blocks, found) = Walk::new(&mut numbering, &styles).blocks(part);
            written.blocks.extend(blocks);
            report(&mut written, &found);
        }
    }
    for (name, reason) in package.broken().filter(|(name, _)| !is_aside(name)) {
        written.say(DiagnosticCode::CutOff, format!("部件 {name} 无法读取（{reason}）"));
    }
    Ok(written)
}

/// Parts that hold no text of the document.
fn is_aside(name: &str) -> bool {
    ["theme", "fontTable", "settings", "webSettings", "styles"].iter().any(|part| name.contains(part))
}

fn has_text(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match block {
        Block::Paragraph(text) => !text.trim().is_empty(),
        Block::Grid(grid) => grid.cells.iter().any(|cell| has_text(&cell.blocks)),
        Block::PageBreak => false,
    })
}

/// Says what of the text is not in the result.
fn report(written: &mut Written, found: &Found) {
    if let Some(reason) = &found.broken {
        written.say(DiagnosticCode::CutOff, format!("文档只读出前面一部分（{reason}）"));
    }
    if found.unseen > 0 {
        let message = format!("文档有 {} 个字是隐藏的或已划去，未读取", found.unseen);
        written.say(DiagnosticCode::HiddenLeftOut, message);
    }
    if found.pictures > 0 {
        let message = format!("文档里有 {} 幅大图，图中的文字需要文字识别，未读取", found.pictures);
        written.say(DiagnosticCode::NeedsOcr, message);
    }
    if found.objects > 0 {
        let message = format!("文档里嵌有 {} 个其他文件（如 Excel 工作表），其中的内容未读取", found.objects);
        written.say(DiagnosticCode::AttachmentLeftOut, message);
    }
    if found.left_out > 0 {
        written.say(DiagnosticCode::Truncated, format!("表格超出大小上限，有 {} 个单元格未读取", found.left_out));
    }
}
