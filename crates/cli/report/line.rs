//! Sources in short, one by one and counted.

use crate::document::Card;
use crate::language::in_both;
use serde::Serialize;
use std::sync::Arc;
use yusuan_export::{DocumentStatus, document_status_label, plainly_no_document};

/// One source in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) source: String,
    pub(crate) card: Arc<Card>,
    /// Whether the user named the file itself.
    pub(crate) named: bool,
    /// Whether it was not found this time.
    pub(crate) kept: bool,
    /// The source that is to be used instead.
    pub(crate) instead: Option<String>,
}

impl Line {
    /// Whether it lies in a folder beside disclosures and is plainly no document.
    pub(crate) fn is_no_document(&self) -> bool {
        self.ending_of_no_document().is_some()
    }

    /// The ending of its name that says so. A file that somebody named is meant.
    pub(super) fn ending_of_no_document(&self) -> Option<String> {
        let may_be = self.card.status == DocumentStatus::Unsupported && !self.named;
        may_be.then(|| plainly_no_document(&self.source)).flatten()
    }
}

/// What became of a file, in a word.
pub(super) fn status_label(status: DocumentStatus) -> &'static str {
    in_both(document_status_label(status), status.as_str())
}

/// How many of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub(crate) struct Counts {
    pub(crate) all: usize,
    pub(crate) ok: usize,
    pub(crate) partial: usize,
    pub(crate) failed: usize,
    pub(crate) unsupported: usize,
    pub(crate) duplicate: usize,
    pub(crate) tables: usize,
    pub(crate) facts: usize,
    pub(crate) checks_passed: usize,
    pub(crate) checks_failed: usize,
}

impl Counts {
    pub(crate) fn of<'a>(lines: impl IntoIterator<Item = &'a Line>) -> Self {
        let mut counts = Self::default();
        for Line { card, .. } in lines {
            counts.all += 1;
            *match card.status {
                DocumentStatus::Ok => &mut counts.ok,
                DocumentStatus::Partial => &mut counts.partial,
                DocumentStatus::Failed => &mut counts.failed,
                DocumentStatus::Unsupported => &mut counts.unsupported,
                DocumentStatus::Duplicate => &mut counts.duplicate,
            } += 1;
            counts.tables += card.tables;
            counts.facts += card.facts;
            counts.checks_passed += card.passed;
            counts.checks_failed += card.failed;
        }
        counts
    }

    /// Statuses with their numbers; those that did not occur are left out, but for the first.
    pub(super) fn shown(&self) -> String {
        let counted = [
            (DocumentStatus::Ok, self.ok),
            (DocumentStatus::Partial, self.partial),
            (DocumentStatus::Failed, self.failed),
            (DocumentStatus::Unsupported, self.unsupported),
            (DocumentStatus::Duplicate, self.duplicate),
        ];
        let shown = counted.iter().filter(|(status, count)| *status == DocumentStatus::Ok || *count > 0);
        let shown: Vec<String> = shown.map(|(status, count)| format!("{} {count}", status_label(*status))).collect();
        shown.join(in_both("，", ", "))
    }
}
