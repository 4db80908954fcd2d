//! Advice on an output folder that can't be written.

use crate::language::{said, told};
use anyhow::anyhow;
use yusuan_export::ExportError;

/// The error with what to do about it.
pub(crate) fn explain(error: &ExportError) -> anyhow::Error {
    match error {
        ExportError::ForeignFolder { .. } => anyhow!(said::other_force(told(&error.to_string()))),
        other => anyhow!("{other}"),
    }
}
