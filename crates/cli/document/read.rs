//! A file's way from its bytes to its record: read, recognised, normalized.

use super::extract;
use super::failure::Reason;
use super::job::Job;
use super::losses::losses;
use super::opened::opened;
use super::record::identified;
use super::second_reading::{self, Unread};
use crate::language::kept;
use crate::worker::contain;
use std::collections::BTreeSet;
use yusuan_export::{DocumentRecord, DocumentStatus};
use yusuan_extract::{ExtractError, Extraction, Format, LayoutOptions, OnPage};
use yusuan_normalize::{Context, NormalizedDocument, Statement, TableType};

/// What became of a document: its record; whether something was missing that another night may have (a process for the second
/// reading), so that this result is not to be remembered; why there is no document.
pub(super) type Outcome = (DocumentRecord, bool, Option<Reason>);

/// Converts the bytes of one file.
pub(super) fn convert(job: &Job, bytes: &[u8], threads: usize, on_page: &OnPage) -> Outcome {
    let bytes: &[u8] = &opened(bytes, job.password.as_deref(), &job.limits);
    let format = contain(|| yusuan_extract::sniff(bytes));
    let format = format.ok().and_then(Result::ok);
    let options = options(job, threads).with_on_page(on_page.clone());
    let read = || {
        let extraction = extract::read(bytes, &options, &job.limits, job.models.as_ref())?;
        Ok(normalized(job, extraction))
    };
    conclude(job, format, read, |pages| second_reading::texts(bytes, pages, threads))
}

/// The record of a document that `read` gives and whose pages `second` reads again.
pub(super) fn conclude(
    job: &Job,
    format: impl Into<Option<Format>>,
    read: impl FnOnce() -> Result<NormalizedDocument, ExtractError>,
    second: impl FnOnce(&BTreeSet<u32>) -> Result<Vec<(u32, String)>, Unread>,
) -> Outcome {
    let (mut passing, mut reason) = (false, None);
    let mut record = identified(&job.source, &job.fingerprint);
    if let Some(format) = format.into() {
        format.as_str().clone_into(&mut record.format);
    }
    match contain(read) {
        Ok(Ok(document)) if says_nothing(&document) => {
            let found = kept::nothing_to_convert();
            reason = Some(fail(&mut record, &ExtractError::Unsupported { found }));
        }
        Ok(Ok(mut document)) => {
            passing = second_reading::compare_readings(&mut document, job.twice, second);
            succeed(&mut record, document);
        }
        Ok(Err(error)) => reason = Some(fail(&mut record, &error)),
        Err(error) => (record.error, reason) = (error, Some(Reason::Crash)),
    }
    (record, passing, reason)
}

/// How the pages of a job are read.
pub(super) fn options(job: &Job, threads: usize) -> LayoutOptions {
    LayoutOptions::default().with_hints(job.hints.clone()).with_threads(threads)
}

/// The document that an extraction is.
pub(super) fn normalized(job: &Job, extraction: Extraction) -> NormalizedDocument {
    yusuan_normalize::normalize(extraction, &context(job))
}

/// What a job knows of a file besides its content.
pub(super) fn context(job: &Job) -> Context {
    let context = Context::for_source(&job.source).with_given(job.given.clone());
    context.with_corrections(job.corrections.clone())
}

/// Whether a file of a form that anything may have gave neither an amount nor an indicator nor a form without figures.
fn says_nothing(document: &NormalizedDocument) -> bool {
    let anything = matches!(document.format, Format::Html | Format::Mhtml | Format::Csv);
    let typed = |statement: &Statement| statement.table_type != TableType::Other;
    let is_read =
        |statement: &Statement| !statement.facts.is_empty() || !statement.indicators.is_empty() || typed(statement);
    anything && document.prose.is_empty() && !document.statements.iter().any(is_read)
}

fn succeed(record: &mut DocumentRecord, document: NormalizedDocument) {
    document.format.as_str().clone_into(&mut record.format);
    record.error = losses(&document.diagnostics);
    record.status = if record.error.is_empty() { DocumentStatus::Ok } else { DocumentStatus::Partial };
    record.document = Some(document);
}

fn fail(record: &mut DocumentRecord, error: &ExtractError) -> Reason {
    record.error = error.to_string();
    if matches!(error, ExtractError::Unsupported { .. }) {
        record.status = DocumentStatus::Unsupported;
    }
    Reason::of(error)
}
