//! A file's tables and texts; scanned pages are read where there are models for them.

use super::models::Models;
use crate::language::kept;
use yusuan_extract::{DiagnosticCode, ExtractError, Extraction, LayoutOptions, Limits};

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
        Some(Err(error)) => Some(error),
        None => None,
    };
    for diagnostic in extraction.diagnostics.iter_mut().filter(|diagnostic| scanned(diagnostic.code)) {
        diagnostic.message = match &why {
            Some(error) => kept::models_unusable(&diagnostic.message, error),
            None => kept::models_wanted(&diagnostic.message),
        };
    }
    Ok(extraction)
}
