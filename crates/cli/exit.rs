//! Which exit status does a run end with? The one place that knows the codes of the output contract.

use crate::args::FailOn;
use crate::printer;
use std::process::ExitCode;
use yusuan_export::{DocumentRecord, DocumentStatus};
use yusuan_normalize::CheckStatus;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All inputs converted, nothing lost.
    Done = 0,
    /// Nothing trustworthy could be done.
    Nothing = 1,
    /// Wrong usage or configuration.
    Usage = 2,
    /// Done, but inputs failed or gave only a part, or a check did not hold that had to.
    Incomplete = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// The status of a conversion.
pub(crate) fn of_records(records: &[DocumentRecord], named: &[bool], fail_on: Option<FailOn>) -> Exit {
    let unusable = |record: &DocumentRecord| record.status == DocumentStatus::Unsupported;
    let named = |index: usize| named.get(index).copied().unwrap_or(true);
    let lost = records.iter().enumerate().any(|(index, record)| match record.status {
        DocumentStatus::Ok | DocumentStatus::Duplicate => false,
        DocumentStatus::Partial | DocumentStatus::Failed => true,
        DocumentStatus::Unsupported => named(index),
    });
    if lost || records.iter().any(|record| fails_on(record, fail_on)) {
        return Exit::Incomplete;
    }
    // A folder without a single file that could be read is most likely the wrong folder.
    if records.iter().all(unusable) { Exit::Nothing } else { Exit::Done }
}

fn fails_on(record: &DocumentRecord, fail_on: Option<FailOn>) -> bool {
    let Some(fail_on) = fail_on else { return false };
    record.document.iter().flat_map(|document| &document.checks).any(|check| match check.status {
        CheckStatus::Failed => true,
        CheckStatus::Rounding => fail_on == FailOn::Rounding,
        CheckStatus::Passed | CheckStatus::Skipped => false,
    })
}

/// The status of a run that ended with an error, which is said on stderr.
pub(crate) fn of_error(error: &anyhow::Error) -> Exit {
    if is_broken_pipe(error) {
        // `yusuan tables … | head` closes the pipe once it has seen enough: no failure.
        return Exit::Done;
    }
    printer::error(&format!("错误：{error:#}"));
    Exit::Nothing
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<std::io::Error>();
        io.is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(status: DocumentStatus) -> DocumentRecord {
        DocumentRecord {
            doc_id: String::new(),
            source: String::new(),
            format: String::new(),
            bytes: 0,
            sha256: String::new(),
            status,
            error: String::new(),
            document: None,
        }
    }

    #[test]
    fn the_status_follows_the_files() {
        use DocumentStatus::{Duplicate, Failed, Ok, Partial, Unsupported};
        let cases: [(&[DocumentStatus], &[bool], Exit); 9] = [
            (&[Ok], &[true], Exit::Done),
            (&[Ok, Duplicate], &[true, true], Exit::Done),
            (&[Ok, Partial], &[true, true], Exit::Incomplete),
            (&[Ok, Failed], &[false, false], Exit::Incomplete),
            (&[Failed], &[true], Exit::Incomplete),
            (&[Ok, Unsupported], &[true, false], Exit::Done),
            (&[Ok, Unsupported], &[true, true], Exit::Incomplete),
            (&[Unsupported], &[false], Exit::Nothing),
            (&[], &[], Exit::Nothing),
        ];
        for (statuses, named, expected) in cases {
            let records: Vec<_> = statuses.iter().map(|status| record(*status)).collect();
            assert_eq!(of_records(&records, named, None), expected, "{statuses:?}");
        }
    }

    #[test]
    fn a_closed_pipe_is_no_failure() {
        let closed = anyhow::Error::from(std::io::Error::from(std::io::ErrorKind::BrokenPipe)).context("写出表格");
        assert_eq!(of_error(&closed), Exit::Done);
        assert_eq!(of_error(&anyhow::anyhow!("磁盘已满")), Exit::Nothing);
    }
}
