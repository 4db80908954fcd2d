//! Why something that is not on this machine could not be had.

use crate::language::kept;
use thiserror::Error;

/// In words that are stored with a document, and so are Chinese; the terminal tells them in its language.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum Failure {
    /// It is larger than what may be read.
    #[cfg_attr(not(feature = "cloud"), allow(dead_code, reason = "nothing is asked for"))]
    #[error("{size} > {most}")]
    TooLarge { size: u64, most: u64 },
    /// Anything else.
    #[error("{0}")]
    Words(String),
}

impl Failure {
    /// An address that this program can't use.
    pub(super) fn refused(address: &str) -> Self {
        Self::Words(if cfg!(feature = "cloud") { kept::scheme_refused(address) } else { kept::without_cloud() })
    }
}
