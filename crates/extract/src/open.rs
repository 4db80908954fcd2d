//! Which format is it? Decided by content, never by name.

use crate::document::{Extraction, Format};
use crate::error::ExtractError;
use crate::layout::LayoutOptions;
use crate::limits::Limits;
use crate::{pdf, sheet};

/// Reads a file's bytes, whatever the format.
///
/// # Errors
/// [`ExtractError`] when nothing could be read; a file read in part is a success with diagnostics.
pub fn from_bytes(bytes: &[u8], limits: &Limits) -> Result<Extraction, ExtractError> {
    read(bytes, &LayoutOptions::default(), limits)
}

/// Reads a file's bytes with a say in which pages and whether tables are joined over them.
///
/// # Errors
/// As [`from_bytes`].
pub fn read(bytes: &[u8], options: &LayoutOptions, limits: &Limits) -> Result<Extraction, ExtractError> {
    if bytes.is_empty() {
        return Err(ExtractError::Empty);
    }
    let size = bytes.len() as u64;
    if size > limits.file_bytes {
        return Err(ExtractError::LimitExceeded { what: "文件字节数", value: size, limit: limits.file_bytes });
    }
    match sniff(bytes)? {
        Format::Pdf => pdf::read(bytes, options, limits),
        format @ (Format::Xlsx | Format::Xlsb | Format::Xls | Format::Ods) => sheet::read(bytes, format, limits),
    }
}

/// Recognises the format from the first bytes (and, for archives, the names inside).
///
/// # Errors
/// [`ExtractError::Unsupported`] naming what the content looks like.
pub fn sniff(bytes: &[u8]) -> Result<Format, ExtractError> {
    let head = &bytes[..bytes.len().min(1024)];
    if head.windows(5).any(|w| w == b"%PDF-") {
        return Ok(Format::Pdf);
    }
    if let Some(format) = sheet::sniff(bytes)? {
        return Ok(format);
    }
    Err(ExtractError::Unsupported { found: describe(head) })
}

/// What unreadable content looks like, in words for the user.
fn describe(head: &[u8]) -> String {
    let text = String::from_utf8_lossy(head).trim_start().to_lowercase();
    if text.starts_with("<!doctype html") || text.starts_with("<html") {
        return "网页（HTML），可能是下载出错的提示页".to_owned();
    }
    if head.starts_with(b"PK") {
        return "压缩包（ZIP），不是电子表格".to_owned();
    }
    if head.starts_with(b"\x89PNG") || head.starts_with(b"\xff\xd8\xff") {
        return "图片".to_owned();
    }
    if head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return "OLE2 文件（可能是旧版 Word），不是电子表格".to_owned();
    }
    "无法识别的内容，既不是 PDF 也不是电子表格".to_owned()
}
