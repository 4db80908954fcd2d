//! Which exit status does a run end with? The one place that knows the codes of the output contract.

use crate::args::FailOn;
use crate::interrupt::Interrupted;
use crate::printer;
use crate::store::Card;
use crate::summary::Line;
use std::path::PathBuf;
use std::process::ExitCode;
use thiserror::Error;
use yusuan_export::{DocumentRecord, DocumentStatus};

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
    /// Another run holds the output folder.
    Locked = 11,
    /// Ended by SIGHUP, SIGINT, SIGTERM: 128 and the signal's number, as shells count.
    HungUp = 129,
    Interrupted = 130,
    Terminated = 143,
}

/// Another run writes to the same folder.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{} 正被另一次运行使用，请等它结束，或换一个文件夹", folder.display())]
pub(crate) struct Locked {
    pub(crate) folder: PathBuf,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// The status of a conversion. What was kept from an earlier run is not this one's doing.
pub(crate) fn of_lines<'a>(lines: impl Iterator<Item = &'a Line>, fail_on: Option<FailOn>) -> Exit {
    let this: Vec<(&Card, bool)> = lines.filter(|line| !line.kept).map(|line| (&line.card, line.named)).collect();
    of_cards(&this, fail_on)
}

/// The same for records in memory.
pub(crate) fn of_records(records: &[DocumentRecord], named: &[bool], fail_on: Option<FailOn>) -> Exit {
    let cards: Vec<Card> = records.iter().map(Card::of).collect();
    let named = |index: usize| named.get(index).copied().unwrap_or(true);
    let cards: Vec<(&Card, bool)> = cards.iter().enumerate().map(|(index, card)| (card, named(index))).collect();
    of_cards(&cards, fail_on)
}

fn of_cards(cards: &[(&Card, bool)], fail_on: Option<FailOn>) -> Exit {
    let refused = cards.iter().any(|(card, _)| !card.refused.is_empty());
    let lost = refused
        || cards.iter().any(|(card, named)| match card.status {
            DocumentStatus::Ok | DocumentStatus::Duplicate => false,
            DocumentStatus::Partial | DocumentStatus::Failed => true,
            DocumentStatus::Unsupported => *named,
        });
    if lost || cards.iter().any(|(card, _)| fails_on(card, fail_on)) {
        return Exit::Incomplete;
    }
    // A folder without a single file that could be read is most likely the wrong folder.
    let unusable = |(card, _): &(&Card, bool)| card.status == DocumentStatus::Unsupported;
    if cards.iter().all(unusable) { Exit::Nothing } else { Exit::Done }
}

fn fails_on(card: &Card, fail_on: Option<FailOn>) -> bool {
    match fail_on {
        None => false,
        Some(FailOn::Failed) => card.failed > 0,
        Some(FailOn::Rounding) => card.failed + card.rounding > 0,
    }
}

/// The status of a run that ended with an error, which is said on stderr.
pub(crate) fn of_error(error: &anyhow::Error) -> Exit {
    if is_broken_pipe(error) {
        // `yusuan tables … | head` closes the pipe once it has seen enough: no failure.
        return Exit::Done;
    }
    printer::error(&format!("错误：{error:#}"));
    code_of(error)
}

/// The status of an error.
pub(crate) fn code_of(error: &anyhow::Error) -> Exit {
    if error.is::<Locked>() {
        return Exit::Locked;
    }
    match error.downcast_ref::<Interrupted>().map(|interrupted| interrupted.signal) {
        Some(1) => Exit::HungUp,
        Some(15) => Exit::Terminated,
        Some(_) => Exit::Interrupted,
        None => Exit::Nothing,
    }
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
            source_url: String::new(),
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
    fn signals_and_locks_have_their_own_status() {
        let ended = |signal| code_of(&Interrupted { signal }.into()) as u8;
        assert_eq!([1, 2, 15].map(ended), [129, 130, 143]);
        assert_eq!(code_of(&Locked { folder: "out".into() }.into()) as u8, 11);
        assert_eq!(code_of(&anyhow::anyhow!("磁盘已满")) as u8, 1);
    }

    #[test]
    fn a_closed_pipe_is_no_failure() {
        let closed = anyhow::Error::from(std::io::Error::from(std::io::ErrorKind::BrokenPipe)).context("写出表格");
        assert_eq!(of_error(&closed), Exit::Done);
        assert_eq!(of_error(&anyhow::anyhow!("磁盘已满")), Exit::Nothing);
    }
}
