//! A file's tables and texts; scanned pages are read where there are models for them.

use super::models::Models;
use yusuan_extract::{DiagnosticCode, ExtractError, Extraction, LayoutOptions, Limits};

/// What to do about pages that can't be read.
const ADVICE: &str = "，请运行 make ocr 取得识别模型（或用 --models 指明所在文件夹）后再转换";

/// Reads a file. One without scanned pages needs no models, and they are not loaded for it.
pub(super) fn read(
    bytes: &[u8],
    options: &LayoutOptions,
    limits: &Limits,
    models: Option<&Models>,
) -> Result<Extraction, ExtractError> {
    let mut extraction = yusuan_extract::read(bytes, options, limits)?;
    let scanned = |code| matches!(code, DiagnosticCode::NeedsOcr | DiagnosticCode::LayerTrusted);
    if !extraction.diagnostics.iter().any(|diagnostic| scanned(diagnostic.code)) {
        return Ok(extraction);
    }
    let why = match models.map(Models::recognizer) {
        Some(Ok(recognizer)) => return yusuan_extract::read_with(bytes, options, limits, Some(&*recognizer)),
        Some(Err(error)) => format!("，识别模型不能用（{error}）"),
        None => ADVICE.to_owned(),
    };
    for diagnostic in extraction.diagnostics.iter_mut().filter(|diagnostic| scanned(diagnostic.code)) {
        diagnostic.message.push_str(&why);
    }
    Ok(extraction)
}
