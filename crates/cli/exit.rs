//! The exit status. The one place that knows the codes of the output contract.

use crate::document::Card;
use crate::language::{said, told};
use crate::report::{Line, is_for_want, printer};
use clap::ValueEnum;
use std::any::Any;
use std::panic::{UnwindSafe, catch_unwind};
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
    /// A bug of the program, not of a file: what this run wrote is not to be trusted.
    Panicked = 101,
    /// Ended by SIGHUP, SIGINT, SIGTERM: 128 and the signal's number, as shells count.
    HungUp = 129,
    Interrupted = 130,
    Terminated = 143,
}

/// Another run writes to the same folder.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", said::folder_taken(folder.display()))]
pub(crate) struct Locked {
    pub(crate) folder: PathBuf,
}

/// A signal asked the run to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{}", said::interrupted())]
pub(crate) struct Interrupted {
    /// Its number.
    pub(crate) signal: usize,
}

/// Which identities that don't hold make a run incomplete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Those that fail.
    Failed,
    /// Those that are off by rounding as well.
    Rounding,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// The status of a conversion. What was kept from an earlier run is not this one's doing.
pub(crate) fn of_lines<'a>(lines: impl Iterator<Item = &'a Line>, fail_on: Option<FailOn>) -> Exit {
    let this: Vec<(&Card, bool)> = lines.filter(|line| !line.kept).map(|line| (&*line.card, line.named)).collect();
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

/// The status of the whole program. After a panic, which is told where it happens, everything is unwound first, so that
/// locks are given back and unfinished files removed.
pub(crate) fn of_program(work: impl FnOnce() -> Exit + UnwindSafe) -> Exit {
    // What the machine lacks is no bug: the results so far are whole and kept.
    catch_unwind(work)
        .unwrap_or_else(|panic| if is_for_want(&panic_words(&panic)) { Exit::Nothing } else { Exit::Panicked })
}

fn panic_words(panic: &Box<dyn Any + Send>) -> String {
    let words = panic.downcast_ref::<&str>().map(ToString::to_string);
    words.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

/// The status of a run that ended with an error, which is said on stderr.
pub(crate) fn of_error(error: &anyhow::Error) -> Exit {
    if is_broken_pipe(error) {
        // `yusuan tables … | head` closes the pipe once it has seen enough: no failure.
        return Exit::Done;
    }
    printer::error(&words_of(error));
    code_of(error)
}

/// An error with its causes in the language of the program.
pub(crate) fn words_of(error: &anyhow::Error) -> String {
    let words: Vec<String> = error.chain().map(|cause| told(&cause.to_string()).into_owned()).collect();
    said::error(words.join(": "))
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
            superseded_by: String::new(),
            rivals: Vec::new(),
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

    /// Run by the test below in a process of its own: the hook is the process's, and what it says is on stderr.
    #[test]
    #[ignore = "changes what other tests say"]
    fn a_program_that_panics() {
        crate::report::tell_panics();
        // A file's own failure is told as that.
        assert!(crate::worker::contain(|| panic!("a file's")).is_err());
        let (send, receive) = std::sync::mpsc::channel::<()>();
        let other = std::thread::spawn(move || {
            let _ = receive.recv();
            panic!("a consequence")
        });
        let exit = of_program(|| panic!("the cause\nand more"));
        drop(send);
        assert!(other.join().is_err());
        assert_eq!(exit as u8, 101);
    }

    #[test]
    fn a_panic_of_the_program_is_one_sentence_and_101() {
        let test = ["--exact", "exit::tests::a_program_that_panics", "--ignored", "--nocapture"];
        let ended = std::process::Command::new(std::env::current_exe().unwrap()).args(test).output().unwrap();
        let said = String::from_utf8(ended.stderr).unwrap();
        let stdout = String::from_utf8(ended.stdout).unwrap();
        assert!(ended.status.success() && stdout.contains("1 passed"), "{stdout}{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.starts_with("错误：程序内部错误（the cause，") && said.contains("exit.rs:"), "{said}");
    }
}
