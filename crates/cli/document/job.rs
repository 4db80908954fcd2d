//! The conversion of one document as it is asked for.

use super::models::Models;
use crate::inputs::Fingerprint;
use serde::{Deserialize, Serialize};
use yusuan_extract::{Hint, Limits};
use yusuan_normalize::{Correction, Given};

/// One document to be converted: one value, so that it can be sent to a worker and named in a key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Job {
    /// The file's name in the results.
    pub(crate) source: String,
    /// Its size and hash.
    pub(crate) fingerprint: Fingerprint,
    /// How much it may ask for.
    pub(crate) limits: Limits,
    /// What a list says of it.
    pub(crate) given: Given,
    /// What a reviewer corrected in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) corrections: Vec<Correction>,
    /// What somebody said of its tables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) hints: Vec<Hint>,
    /// Which pages are read twice.
    pub(crate) twice: Twice,
    /// What opens it where it is encrypted. A result made with a password is another one than without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) password: Option<String>,
    /// What reads pictures of text, where it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) models: Option<Models>,
}

/// Which pages are read by a second program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Twice {
    /// None: for a look at what the first reading gives.
    Never,
    /// Those whose figures fail a check.
    #[default]
    InDoubt,
    /// All that hold figures.
    All,
}
