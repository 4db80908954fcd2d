//! The settings that a folder was written with: what has to be known to make a result or an output of it again.

use crate::document::Twice;
use serde::{Deserialize, Serialize};
use yusuan_export::ExportOptions;
use yusuan_extract::Limits;
use yusuan_normalize::Bodies;

/// How documents were read and written.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Settings {
    pub(crate) limits: Limits,
    pub(crate) twice: Twice,
    pub(crate) options: ExportOptions,
    /// Bodies that somebody named.
    #[serde(default, skip_serializing_if = "Bodies::is_empty")]
    pub(crate) bodies: Bodies,
}
