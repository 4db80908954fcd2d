//! What can be asked of a worker? One variant for each kind of work; the bytes to work on travel beside it.

use crate::reading::Job;
use crate::store::Card;
use serde::{Deserialize, Serialize};

/// A piece of work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Request {
    /// Processor seconds that it may take.
    pub(crate) cpu_seconds: u64,
    /// What to do with the bytes.
    pub(crate) task: Task,
}

/// The kinds of work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Task {
    /// Read a file and normalize it; the reply's body is the packed record.
    Convert(Box<Job>),
}

/// What a worker says beside the bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Reply {
    /// What the record says in short.
    pub(crate) card: Option<Card>,
    /// Most memory used so far in MiB: a worker that has grown is replaced.
    pub(crate) peak_mib: u64,
}
