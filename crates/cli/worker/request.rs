//! Requests and replies: what parent and worker say to each other beside the bytes to work on.

use serde::{Deserialize, Serialize};

/// A piece of work.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Request<T> {
    /// Processor seconds that it may take.
    pub(super) cpu_seconds: u64,
    /// What to do with the bytes.
    pub(super) task: T,
}

/// The first word of a worker: it has all that it needs to begin.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Ready;

/// What a worker says of a request: how far it is, any number of times, and then what came of it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Word<A> {
    /// At this step of so many.
    At(u32, u32),
    Reply(Reply<A>),
}

/// What came of it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Reply<A> {
    /// The answer to the task.
    pub(super) answer: A,
    /// Most memory used so far in MiB: a worker that has grown is replaced.
    pub(super) peak_mib: u64,
}
