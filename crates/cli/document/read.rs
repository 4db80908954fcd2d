//! A file's way from its bytes to its record: read, recognised, normalized.

use super::extract;
use super::failure::Reason;
use super::job::Job;
use super::losses::losses;
use super::opened::opened;
use super::record::identified;
use super::second_reading;
use crate::language::kept;
use crate::worker::contain;
use yusuan_export::{DocumentRecord, DocumentStatus};
use yusuan_extract::{ExtractError, Format, LayoutOptions};
use yusuan_normalize::{Context, NormalizedDocument, Statement, TableType};

/// Converts the bytes of one file. The second value says whether something was missing that another night may have (a
/// process for the second reading), so that this result is not to be remembered; the third why there is no document.
pub(super) fn convert(job: &Job, bytes: &[u8]) -> (DocumentRecord, bool, Option<Reason>) {
    let bytes: &[u8] = &opened(bytes, job.password.as_deref(), &job.limits);
    let (mut passing, mut reason) = (false, None);
    let mut record = identified(&job.source, &job.fingerprint);
    let format = contain(|| yusuan_extract::sniff(bytes));
    if let Ok(Ok(format)) = format {
        format.as_str().clone_into(&mut record.format);
    }
    match contain(|| document(job, bytes)) {
        Ok(Ok(document)) if says_nothing(&document) => {
            let found = kept::nothing_to_convert();
            reason = Some(fail(&mut record, &ExtractError::Unsupported { found }));
        }
        Ok(Ok(mut document)) => {
            passing = second_reading::compare_readings(&mut document, bytes, job.twice);
            succeed(&mut record, document);
        }
        Ok(Err(error)) => reason = Some(fail(&mut record, &error)),
        Err(error) => (record.error, reason) = (error, Some(Reason::Crash)),
    }
    (record, passing, reason)
}

fn document(job: &Job, bytes: &[u8]) -> Result<NormalizedDocument, ExtractError> {
    let extraction = extract::read(bytes, &LayoutOptions::default(), &job.limits, job.models.as_ref())?;
    let context = Context::for_source(&job.source).with_given(job.given.clone());
    let context = context.with_corrections(job.corrections.clone());
    Ok(yusuan_normalize::normalize(extraction, &context))
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
