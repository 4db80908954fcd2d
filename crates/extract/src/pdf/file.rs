//! Opening a file: as it is, or with its structure rebuilt.

use super::enclosed;
use super::guard;
use super::page_tree::PageTree;
use super::reader::HayroReader;
use super::structure::{self, Soundness};
use super::used_streams::UsedStreams;
use crate::error::ExtractError;
use crate::model::{Diagnostic, DiagnosticCode};
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use std::borrow::Cow;

/// Opens a file, repairing its structure where that is needed.
pub(super) fn open(bytes: &[u8]) -> Result<(HayroReader, Vec<Diagnostic>), ExtractError> {
    let pdf = match Pdf::new(bytes.to_vec()) {
        Ok(pdf) if !pdf.pages().is_empty() => pdf,
        Err(LoadPdfError::Decryption(error)) => return Err(decryption(error)),
        Ok(_) | Err(_) => {
            let copy = structure::rewrite(bytes).and_then(|copy| Pdf::new(copy).ok());
            let copy = copy.filter(|pdf| !pdf.pages().is_empty());
            copy.ok_or_else(|| refusal(bytes))?
        }
    };
    let mut used = UsedStreams::default();
    for object in pdf.objects() {
        guard::check(&object)?;
        used.look_at(&object);
    }
    let tree = PageTree::of(&pdf);
    let mut diagnostics: Vec<Diagnostic> =
        structural(structure::soundness(bytes), tree.is_whole()).into_iter().collect();
    diagnostics.extend(tree.findings());
    diagnostics.extend(used.findings());
    diagnostics.extend(enclosed::findings(&pdf, bytes));
    Ok((HayroReader::new(pdf, used.into_names()), diagnostics))
}

/// What is to be said of a file's structure. That nothing was lost in rebuilding it is said only where every page that
/// the file counts was read.
fn structural(soundness: Soundness, is_whole: bool) -> Option<Diagnostic> {
    let (code, message) = match (soundness, is_whole) {
        (Soundness::Sound, _) => return None,
        (Soundness::Rebuilt, true) => (DiagnosticCode::Repaired, "文件的交叉引用表有误，已重建，内容无损"),
        (Soundness::Rebuilt, false) => (DiagnosticCode::PageLost, "文件的交叉引用表有误，已重建，不能确认页面齐全"),
        (Soundness::CutOff, _) => {
            (DiagnosticCode::CutOff, "文件结尾缺失，可能下载不完整，后面的内容可能已丢失，请重新下载")
        }
    };
    Some(Diagnostic { code, place: None, message: message.to_owned() })
}

/// The bytes that the page reader opens: the file's own, or a copy with its structure rebuilt.
pub(crate) fn openable(bytes: &[u8]) -> Option<Cow<'_, [u8]>> {
    let opens = |bytes: &[u8]| Pdf::new(bytes.to_vec()).is_ok_and(|pdf| !pdf.pages().is_empty());
    if opens(bytes) {
        return Some(Cow::Borrowed(bytes));
    }
    structure::rewrite(bytes).filter(|copy| opens(copy)).map(Cow::Owned)
}

/// A plain copy of an encrypted file that a password opens.
pub(crate) fn decrypted(bytes: &[u8], password: &str) -> Option<Vec<u8>> {
    structure::decrypted(bytes, password)
}

/// Why a file that neither reader opens was refused.
fn refusal(bytes: &[u8]) -> ExtractError {
    if structure::is_encrypted(bytes) {
        return ExtractError::Encrypted;
    }
    ExtractError::Damaged { detail: "找不到可读的页面".to_owned() }
}

/// Why decryption failed.
fn decryption(error: DecryptionError) -> ExtractError {
    match error {
        DecryptionError::PasswordProtected => ExtractError::Encrypted,
        _ => ExtractError::Damaged { detail: "加密信息有误或不受支持".to_owned() },
    }
}
