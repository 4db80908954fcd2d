//! The outcome of a run, for whoever hears of it.

use super::planned::Planned;
use crate::report::Line;

/// The sources of a run and what became of them.
pub(crate) struct Report {
    pub(crate) lines: Vec<Line>,
    /// Documents read in this run.
    pub(super) read: usize,
    /// Sources whose results are of runs before.
    pub(super) kept: usize,
    /// Sources dropped.
    pub(super) dropped: usize,
    /// Stored results made anew.
    pub(crate) healed: usize,
    /// What the user must know of besides the files: each makes the run incomplete.
    pub(crate) told: Vec<String>,
}

impl Report {
    /// Of a run that ended.
    pub(super) fn of(planned: &[Planned], dropped: usize, healed: usize, told: Vec<String>) -> Self {
        let line = |one: &Planned| Line {
            source: one.entry.source.clone(),
            card: one.entry.card(),
            named: one.named,
            kept: one.kept,
        };
        Self {
            lines: planned.iter().map(line).collect(),
            read: planned.iter().filter(|one| one.is_new).count(),
            kept: planned.iter().filter(|one| one.kept).count(),
            dropped,
            healed,
            told,
        }
    }
}
