//! The parts of a zipped workbook: which are there, and are they whole?
//!
//! Parts are unpacked once, with their sizes and checksums verified, and everything after reads these copies. For xlsb
//! calamine gets a package packed anew from them: it allocates what an attribute claims and has no limits of its own.

use crate::error::ExtractError;
use crate::limits::Limits;
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Most entries in an archive: a workbook has a few per worksheet and picture.
const MAX_ENTRIES: usize = 50_000;

/// A package may grow by this factor when unpacked, once it is larger than [`RATIO_GRACE`]. Sheets full of numbers
/// shrink to a tenth, sheets of nothing but styled blanks to a fortieth; only bombs to a hundredth.
const MAX_RATIO: u64 = 100;

/// Unpacked bytes below which the ratio doesn't matter.
const RATIO_GRACE: u64 = 64 << 20;

/// The unpacked parts of a workbook.
#[derive(Debug, Default)]
pub(crate) struct Package {
    parts: BTreeMap<String, Vec<u8>>,
    /// Parts that could not be unpacked, with the reason.
    broken: BTreeMap<String, String>,
}

/// Names of the entries, `/` separated.
///
/// # Errors
/// When the bytes are no readable zip archive.
pub(super) fn entry_names(bytes: &[u8]) -> Result<Vec<String>, ExtractError> {
    let archive = open(bytes)?;
    Ok((0..archive.len()).filter_map(|i| archive.name_for_index(i)?.ok().map(|n| tidy(&n))).collect())
}

impl Package {
    /// Unpacks the parts that `wanted` names.
    ///
    /// # Errors
    /// [`ExtractError`] when the archive is damaged as a whole, encrypted or larger than the limits.
    pub(crate) fn unpack(bytes: &[u8], limits: &Limits, wanted: fn(&str) -> bool) -> Result<Self, ExtractError> {
        let mut archive = open(bytes)?;
        let mut package = Self::default();
        let allowed = limits.unpacked_bytes.min(RATIO_GRACE.max(bytes.len() as u64 * MAX_RATIO));
        let mut left = allowed;
        for index in 0..archive.len() {
            let Some(name) = name_of(&mut archive, index) else { continue };
            if !wanted(&name.to_ascii_lowercase()) {
                continue;
            }
            match read_entry(&mut archive, index, left)? {
                Ok(part) if part.len() as u64 > left => {
                    return Err(ExtractError::LimitExceeded {
                        what: "解压后的字节数",
                        value: (allowed - left).saturating_add(part.len() as u64),
                        limit: allowed,
                    });
                }
                Ok(part) => {
                    left -= part.len() as u64;
                    package.parts.insert(name, part);
                }
                Err(reason) => {
                    package.broken.insert(name, reason);
                }
            }
        }
        Ok(package)
    }

    /// A part's bytes; names are compared without regard to case, as the packaging standard says (ECMA-376 part 2).
    ///
    /// # Errors
    /// The reason why the part isn't there, in Chinese.
    pub(crate) fn part(&self, name: &str) -> Result<&[u8], String> {
        if let Some(part) = self.parts.get(name) {
            return Ok(part);
        }
        let same = |other: &&String| other.eq_ignore_ascii_case(name);
        if let Some(key) = self.parts.keys().find(same) {
            return Ok(&self.parts[key]);
        }
        let broken = self.broken.iter().find(|(other, _)| same(other));
        Err(broken.map_or_else(|| format!("缺少部件 {name}"), |(_, reason)| reason.clone()))
    }

    /// Names of the parts that were wanted.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.keys().chain(self.broken.keys()).map(String::as_str)
    }

    /// Parts that could not be unpacked, with the reason.
    pub(crate) fn broken(&self) -> impl Iterator<Item = (&str, &str)> {
        self.broken.iter().map(|(name, reason)| (name.as_str(), reason.as_str()))
    }

    /// Puts a part in.
    #[cfg(test)]
    pub(super) fn replace(&mut self, name: &str, part: Vec<u8>) {
        let key = self.parts.keys().find(|k| k.eq_ignore_ascii_case(name)).cloned();
        self.parts.insert(key.unwrap_or_else(|| name.to_owned()), part);
    }

    /// All parts in a new archive, uncompressed.
    ///
    /// # Errors
    /// When the parts can't be written, which memory alone could cause.
    pub(super) fn pack(&self) -> Result<Vec<u8>, ExtractError> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        for (name, part) in &self.parts {
            writer.start_file(name.as_str(), options).map_err(|e| damaged(&e))?;
            writer
                .write_all(part)
                .map_err(|e| ExtractError::Damaged { detail: format!("无法重新打包：{e}") })?;
        }
        Ok(writer.finish().map_err(|e| damaged(&e))?.into_inner())
    }
}

fn open(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, ExtractError> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(&e))?;
    if archive.len() > MAX_ENTRIES {
        let value = archive.len() as u64;
        return Err(ExtractError::LimitExceeded { what: "压缩包内的文件数", value, limit: MAX_ENTRIES as u64 });
    }
    // Programs differ in which of two entries of one name they open, so either choice could be the wrong one.
    if archive.has_duplicate_names() {
        return Err(ExtractError::Damaged { detail: "压缩包内有重名文件".to_owned() });
    }
    Ok(archive)
}

/// One entry's bytes, at most one more than `left`; the inner error is the reason why it can't be unpacked.
fn read_entry(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    left: u64,
) -> Result<Result<Vec<u8>, String>, ExtractError> {
    let entry = match archive.by_index(index) {
        Ok(entry) => entry,
        Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => return Err(ExtractError::Encrypted),
        Err(ZipError::UnsupportedArchive(what)) => return Ok(Err(format!("压缩方式不支持：{what}"))),
        Err(error) => return Ok(Err(format!("压缩包条目损坏：{error}"))),
    };
    let mut part = vec![];
    match entry.take(left.saturating_add(1)).read_to_end(&mut part) {
        Ok(_) => Ok(Ok(part)),
        Err(error) => Ok(Err(format!("解压出错：{error}"))),
    }
}

fn damaged(error: &ZipError) -> ExtractError {
    ExtractError::Damaged { detail: format!("压缩包结构损坏：{error}") }
}

/// The name of an entry. Windows writes names in the Chinese national encoding and often without saying so.
fn name_of(archive: &mut ZipArchive<Cursor<&[u8]>>, index: usize) -> Option<String> {
    let entry = archive.by_index_raw(index).ok()?;
    Some(match std::str::from_utf8(entry.name_raw()) {
        Ok(name) => tidy(name),
        Err(_) => tidy(&encoding_rs::GB18030.decode_without_bom_handling(entry.name_raw()).0),
    })
}

/// Some Windows writers part folders by `\`.
fn tidy(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_owned()
}
