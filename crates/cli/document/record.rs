//! The records of files that gave no document.

use super::job::Job;
use crate::inputs::Fingerprint;
use crate::worker::Death;
use yusuan_export::{DocumentRecord, DocumentStatus};

/// The record of a file that could not even be opened.
pub(crate) fn unreadable(source: &str, error: String) -> DocumentRecord {
    DocumentRecord {
        doc_id: String::new(),
        source: source.to_owned(),
        format: String::new(),
        bytes: 0,
        sha256: String::new(),
        status: DocumentStatus::Failed,
        error,
        source_url: String::new(),
        superseded_by: String::new(),
        rivals: Vec::new(),
        document: None,
    }
}

/// The record of a file with known content and no result yet.
pub(crate) fn identified(source: &str, fingerprint: &Fingerprint) -> DocumentRecord {
    DocumentRecord {
        doc_id: fingerprint.doc_id(),
        bytes: fingerprint.bytes,
        sha256: fingerprint.sha256.clone(),
        ..unreadable(source, String::new())
    }
}

/// The record of a file that its worker died of.
pub(crate) fn died(job: &Job, death: &Death) -> DocumentRecord {
    DocumentRecord { error: death.reason(), ..identified(&job.source, &job.fingerprint) }
}
