//! The file of corrections that the review page gives out.

use super::file::refusal;
use crate::language::{said, told};
use anyhow::anyhow;
use std::collections::BTreeMap;
use std::path::Path;
use yusuan_normalize::Correction;

/// Corrections by `doc_id`.
pub(crate) type Corrections = BTreeMap<String, Vec<Correction>>;

/// Reads the file of corrections.
pub(crate) fn read_corrections(path: &Path) -> anyhow::Result<Corrections> {
    let fail = |reason: String| anyhow!(said::corrections_unusable(path.display(), told(&reason)));
    let bytes = std::fs::read(path).map_err(|error| fail(refusal(&error)))?;
    yusuan_export::read_corrections(&bytes).map_err(|error| fail(error.to_string()))
}
