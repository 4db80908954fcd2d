//! Advice on an output folder that can't be written.

use anyhow::anyhow;
use yusuan_export::ExportError;

/// The error with what to do about it.
pub(crate) fn explain(error: &ExportError) -> anyhow::Error {
    match error {
        ExportError::ForeignFolder { .. } => anyhow!("{error}；换一个文件夹，或加 --force"),
        other => anyhow!("{other}"),
    }
}
