//! One source of a run, and what is to be done with it.

use crate::document::{Job, Models, Twice};
use crate::store::{Entry, Key, PROGRAM};
use std::path::PathBuf;
use yusuan_extract::{Hint, Limits};
use yusuan_normalize::{Correction, Given};

/// One source of the run.
#[derive(Debug, Clone, Default)]
pub(crate) struct Planned {
    /// What is known of it; filled as the run goes on.
    pub(super) entry: Entry,
    /// The file, or the archive that it is in; the entry's path may be no more than what UTF-8 can say of it.
    pub(super) path: PathBuf,
    /// Whether the user named the file itself.
    pub(super) named: bool,
    /// Whether it was not found this time and its earlier result is kept.
    pub(super) kept: bool,
    /// What a list says of it.
    pub(super) given: Given,
    /// What a reviewer corrected in it.
    pub(super) corrections: Vec<Correction>,
    /// What somebody said of its tables.
    pub(super) hints: Vec<Hint>,
    /// What opens it, where somebody told its own password.
    pub(super) password: Option<String>,
    /// Whether its result is of this run.
    pub(super) is_new: bool,
}

impl Planned {
    /// What is asked of its reading; `None` where there is nothing to read. Its own password counts before that of all.
    pub(super) fn job(&self, limits: &Limits, twice: Twice, password: Option<&str>) -> Option<Job> {
        let fingerprint = self.entry.content.clone().filter(|_| self.entry.record.is_none() && !self.kept)?;
        let source = self.entry.source.clone();
        let (given, corrections) = (self.given.clone(), self.corrections.clone());
        Some(Job {
            source,
            fingerprint,
            limits: limits.clone(),
            given,
            corrections,
            hints: self.hints.clone(),
            twice,
            password: self.password.as_deref().or(password).map(str::to_owned),
            models: Models::found(),
        })
    }
}

/// The name of a job's result: everything that decides it.
pub(super) fn key_of(job: &Job) -> Key {
    let job = &Job { models: job.models.clone().map(Models::without_folder), ..job.clone() };
    // A job is plain data; what can't be written as JSON would be a key of its own.
    Key::of(&["read", PROGRAM, &serde_json::to_string(job).unwrap_or_default()])
}
