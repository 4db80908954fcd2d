//! The work itself, whichever process does it.

use super::card::Card;
use super::extracted::Extracted;
use super::failure::{Failure, Reason};
use super::job::Job;
use super::opened::opened;
use super::pack::{pack, unpack};
use super::read::Outcome;
use super::task::{Answer, Task, Told};
use super::{draw, extract, extracted, read, second_reading};
use crate::worker::{Telling, contain};
use std::collections::BTreeSet;
use yusuan_export::PagesDrawn;
use yusuan_extract::{ExtractError, LayoutOptions, Limits, OnPage, TextRecognizer};

/// Who is told of pages, of who is told of steps.
pub(crate) fn on_page(telling: Telling) -> OnPage {
    OnPage::new(move |page, pages| telling(page, pages))
}

/// Does a task with the bytes of a file; `on_page` is told of the pages as they are read.
pub(crate) fn perform(task: &Task, bytes: &[u8], on_page: &OnPage) -> (Answer, Vec<u8>) {
    match task {
        Task::Convert { job, threads } => recorded(read::convert(job, bytes, *threads, on_page)),
        Task::Keep { job, threads } => done(contained(|| extracted::extracted(job, bytes, *threads))),
        Task::Again(job) => again(job, bytes),
        Task::Draw { out, doc_id, password, drawn, threads } => {
            let bytes = opened(bytes, password.as_deref(), &Limits::default());
            draw::draw_pages(out, doc_id, &bytes, drawn, *threads);
            (Answer::Done, Vec::new())
        }
        Task::Extract { pages, join_pages, hints, password, models, threads } => {
            let bytes = opened(bytes, password.as_deref(), &Limits::default());
            let options = LayoutOptions::default().with_pages(pages.clone()).with_join_pages(*join_pages);
            let options = options.with_hints(hints.clone()).with_threads(*threads);
            let tables = || extract::read(&bytes, &options, &Limits::default(), models.as_ref());
            done(contained(tables).and_then(|extraction| pack(&extraction).map_err(|error| crash(error.to_string()))))
        }
        Task::Sketch { page, password, models } => {
            let bytes: &[u8] = &opened(bytes, password.as_deref(), &Limits::default());
            let recognizer = models.as_ref().and_then(|models| models.recognizer().ok());
            let sketch = contained(|| {
                let recognizer = recognizer.as_deref().map(|r| r as &dyn TextRecognizer);
                yusuan_extract::debug_svg(bytes, *page, &Limits::default(), recognizer)
            });
            done(sketch.map(|svg| svg.map_or_else(Vec::new, String::into_bytes)))
        }
        Task::ReadTexts { pages, password, threads } => {
            let bytes = opened(bytes, password.as_deref(), &Limits::default());
            done(second_reading::read_texts(&bytes, pages, *threads).map_err(crash))
        }
        Task::Open { password } => done(contain(|| opens(bytes, password)).map_err(crash)),
    }
}

/// A byte where the password opens the file.
fn opens(bytes: &[u8], password: &str) -> Vec<u8> {
    let opened = yusuan_extract::decrypted(bytes, password, &Limits::default());
    opened.map_or_else(Vec::new, |_| vec![1])
}

fn again(job: &Job, kept: &[u8]) -> (Answer, Vec<u8>) {
    let kept = match unpack::<Extracted>(kept) {
        Ok(kept) => kept,
        Err(error) => return done(Err(crash(error.to_string()))),
    };
    match extracted::again(job, kept) {
        Ok(outcome) => recorded(outcome),
        Err(lacking) => (Answer::Lacks(lacking), Vec::new()),
    }
}

fn recorded((record, passing, reason): Outcome) -> (Answer, Vec<u8>) {
    let figured = record.document.as_ref().map(PagesDrawn::with_figures);
    let figured = figured.unwrap_or(PagesDrawn::These(BTreeSet::new()));
    // Packing to memory does not fail; an empty body would be noticed by who asked.
    let packed = pack(&record).unwrap_or_default();
    (Answer::Record(Box::new(Told { card: Card::of(&record), passing, reason, figured })), packed)
}

fn contained<T>(work: impl FnOnce() -> Result<T, ExtractError>) -> Result<T, Failure> {
    let refused = |error: ExtractError| Failure { reason: Reason::of(&error), words: error.to_string() };
    contain(work).map_err(crash)?.map_err(refused)
}

fn crash(words: String) -> Failure {
    Failure { reason: Reason::Crash, words }
}

fn done(outcome: Result<Vec<u8>, Failure>) -> (Answer, Vec<u8>) {
    match outcome {
        Ok(bytes) => (Answer::Done, bytes),
        Err(Failure { reason, words }) => (Answer::Failed(reason, words), Vec::new()),
    }
}
