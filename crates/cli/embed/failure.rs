//! Why something can't be had, for the program that asked.

use crate::document::{self, Reason};
use crate::language::told;
use crate::store::StoreError;

/// Why something can't be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Which kind of reason: `empty`, `unsupported`, `damaged`, `encrypted`, `limit`, `crash`, `machine`, `not_found`,
    /// `not_finished`, `version`.
    pub code: &'static str,
    /// One sentence in the language of the locale, without a final stop.
    pub words: String,
}

impl From<document::Failure> for Failure {
    fn from(document::Failure { reason, words }: document::Failure) -> Self {
        let code = match reason {
            Reason::Empty => "empty",
            Reason::Unsupported => "unsupported",
            Reason::Damaged => "damaged",
            Reason::Encrypted => "encrypted",
            Reason::Limit => "limit",
            Reason::Crash => "crash",
            Reason::Machine => "machine",
        };
        Self::new(code, &words)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::NotFinished { .. } => "not_finished",
            StoreError::OtherVersion { .. } => "version",
            StoreError::Damaged { .. } => "damaged",
            StoreError::Io { .. } => "not_found",
        };
        Self::new(code, &error.to_string())
    }
}

impl Failure {
    pub(super) fn new(code: &'static str, words: &str) -> Self {
        Self { code, words: told(words).into_owned() }
    }
}
