//! Why nothing came of a file, for programs: words for the user, and a reason from a closed list.

use crate::worker::Death;
use serde::{Deserialize, Serialize};
use yusuan_extract::ExtractError;

/// The kinds of reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Reason {
    Empty,
    Unsupported,
    Damaged,
    Encrypted,
    /// It asks for more than a limit allows: pages, bytes, memory, time.
    Limit,
    /// The readers failed on it.
    Crash,
    /// The machine had too little for it, or somebody ended its worker.
    Machine,
}

/// Why nothing came of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) reason: Reason,
    /// One sentence in Chinese.
    pub(crate) words: String,
}

impl Reason {
    /// The kind of an error.
    pub(super) fn of(error: &ExtractError) -> Self {
        match error {
            ExtractError::Empty => Self::Empty,
            ExtractError::Unsupported { .. } => Self::Unsupported,
            ExtractError::Encrypted => Self::Encrypted,
            ExtractError::LimitExceeded { .. } => Self::Limit,
            // A reason that this program does not know yet is one of the file.
            _ => Self::Damaged,
        }
    }
}

impl Failure {
    /// That of a file that its worker died of.
    pub(crate) fn of_death(death: &Death) -> Self {
        let reason = match death {
            Death::Memory { .. } | Death::Wall { .. } | Death::Processor { .. } => Reason::Limit,
            Death::Crash { .. } => Reason::Crash,
            Death::Killed
            | Death::Starved { .. }
            | Death::Halted { .. }
            | Death::Stopping
            | Death::NotStarted { .. } => Reason::Machine,
        };
        Self { reason, words: death.reason() }
    }
}
