//! Why something that is not on this machine could not be had.

use thiserror::Error;

/// In words that are stored with a document, and so are Chinese; the terminal tells them in its language.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum Failure {
    /// It is larger than what may be read.
    #[error("{size} > {most}")]
    TooLarge { size: u64, most: u64 },
    /// Anything else.
    #[error("{0}")]
    Words(String),
}
