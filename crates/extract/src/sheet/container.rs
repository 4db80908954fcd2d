//! The kind of spreadsheet that a container holds, told by what is inside, whatever the file is called.

use super::crypt::{self, Password};
use super::package::entry_names;
use super::xml::{self, Piece, attribute};
use super::{contain, xls};
use crate::error::ExtractError;
use crate::model::Format;
use std::io::{Cursor, Read};

/// The signature of an OLE2 container ([MS-CFB] 2.2).
const OLE2: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// Parts that tell what a package is, with the format, or with a description of what can't be read.
const PACKAGES: [(&str, Result<Format, &str>); 7] = [
    ("xl/workbook.xml", Ok(Format::Xlsx)),
    ("xl/workbook.bin", Ok(Format::Xlsb)),
    ("word/document.xml", Ok(Format::Docx)),
    ("ppt/presentation.xml", Err("PowerPoint 演示文稿（pptx）")),
    ("ofd.xml", Ok(Format::Ofd)),
    ("visio/document.xml", Err("Visio 绘图")),
    ("index/document.iwa", Err("Apple iWork 文档，请另存为 xlsx")),
];
/// Whether the bytes are an OLE2 container: a workbook or document of before 2007, or any that Office encrypted.
pub(crate) fn is_container(bytes: &[u8]) -> bool {
    bytes.starts_with(&OLE2)
}

/// Streams that tell what an OLE2 container is.
const CONTAINERS: [(&str, &str); 3] = [
    ("PowerPoint Document", "旧版 PowerPoint 演示文稿（ppt）"),
    ("VisioDocument", "Visio 绘图"),
    ("MatOST", "Microsoft Works 文档，请另存为 docx"),
];

/// Recognises a spreadsheet format from the bytes; `None` when it is none.
///
/// # Errors
/// When the container is a spreadsheet's but encrypted, when it is damaged, or when it is known to hold something else.
pub(crate) fn format_of(bytes: &[u8]) -> Result<Option<Format>, ExtractError> {
    if bytes.starts_with(&OLE2) {
        return contain::contained(|| ole2(bytes))?.map(Some);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zipped(bytes);
    }
    Ok(None)
}

fn ole2(bytes: &[u8]) -> Result<Format, ExtractError> {
    let open = cfb::CompoundFile::open(Cursor::new(bytes));
    let file = open.map_err(|e| ExtractError::Damaged { detail: format!("OLE2 容器：{e}") })?;
    if file.is_stream("EncryptedPackage") {
        let inner = crypt::decrypt_package(bytes, &Password::known()).ok_or(ExtractError::Encrypted)?;
        return zipped(&inner)?.ok_or(ExtractError::Encrypted);
    }
    if xls::STREAMS.iter().any(|name| file.is_stream(name)) {
        return Ok(Format::Xls);
    }
    if file.is_stream("WordDocument") {
        return Ok(Format::Doc);
    }
    let found = CONTAINERS.iter().find(|(name, _)| file.is_stream(name));
    let found = found.map_or("OLE2 文件，里面没有工作簿", |(_, what)| what);
    Err(ExtractError::Unsupported { found: found.to_owned() })
}

fn zipped(bytes: &[u8]) -> Result<Option<Format>, ExtractError> {
    let names: Vec<String> = entry_names(bytes)?.into_iter().map(|name| name.to_ascii_lowercase()).collect();
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    for (name, format) in PACKAGES {
        if has(name) {
            return format.map(Some).map_err(|found| ExtractError::Unsupported { found: found.to_owned() });
        }
    }
    if has("word/document2.xml") {
        return Ok(Some(Format::Docx));
    }
    if has("_rels/.rels") && names_workbook(bytes) {
        return Ok(Some(Format::Xlsx));
    }
    if !has("content.xml") {
        return Ok(None);
    }
    match mimetype(bytes).as_deref() {
        Some(kind) if kind.starts_with("application/vnd.oasis.opendocument.spreadsheet") => Ok(Some(Format::Ods)),
        Some(kind) if kind.starts_with("application/vnd.oasis.opendocument.text") => Ok(Some(Format::Odt)),
        _ => Ok(None),
    }
}

/// Whether the part that the package's relationships call its main one is a workbook's, whatever it is named.
fn names_workbook(bytes: &[u8]) -> bool {
    let Some(relations) = head(bytes, "_rels/.rels", 1 << 16) else { return false };
    let mut main = None;
    let _incomplete = xml::walk(relations.as_bytes(), |piece| {
        if let Piece::Open(element) = piece
            && attribute(&element, "Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
        {
            main = attribute(&element, "Target");
        }
    });
    let part = main.and_then(|target| head(bytes, target.trim_start_matches(['/', '.']), 1 << 12));
    part.is_some_and(|part| part.contains("spreadsheetml") && part.contains("workbook"))
}

/// The first entry of an OpenDocument package says what it is.
fn mimetype(bytes: &[u8]) -> Option<String> {
    head(bytes, "mimetype", 256)
}

/// The beginning of an entry, at most `length` bytes of it.
fn head(bytes: &[u8], name: &str, length: u64) -> Option<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut text = vec![];
    archive.by_name(name).ok()?.take(length).read_to_end(&mut text).ok()?;
    Some(String::from_utf8_lossy(&text).into_owned())
}
