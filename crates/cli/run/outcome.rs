//! The outcome of a run, for whoever hears of it.

use super::planned::Planned;
use crate::report::Line;
use std::collections::BTreeMap;

/// The sources of a run and what became of them.
pub(crate) struct Report {
    pub(crate) lines: Vec<Line>,
    /// Documents read in this run.
    pub(super) read: usize,
    /// Sources found as they were, whose results were there.
    pub(super) unchanged: usize,
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
        let by_id: BTreeMap<String, &str> = planned
            .iter()
            .filter(|one| one.entry.record.is_none())
            .filter_map(|one| Some((one.entry.content.as_ref()?.doc_id(), one.entry.source.as_str())))
            .collect();
        let line = |one: &Planned| Line {
            source: one.entry.source.clone(),
            card: one.entry.card(),
            named: one.named,
            kept: one.kept,
            instead: by_id.get(&one.entry.superseded_by).map(|source| (*source).to_owned()),
        };
        let lines: Vec<Line> = planned.iter().map(line).collect();
        let documents = || planned.iter().zip(&lines).filter(|(_, line)| !line.is_no_document()).map(|(one, _)| one);
        Self {
            read: documents().filter(|one| one.is_new).count(),
            unchanged: documents().filter(|one| !one.is_new && !one.kept && one.entry.read.is_some()).count(),
            kept: planned.iter().filter(|one| one.kept).count(),
            dropped,
            healed,
            told,
            lines,
        }
    }
}
