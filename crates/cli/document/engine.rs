//! The place where documents are read: worker processes, or this one where no limits are wanted or possible.

use super::extracted::Extracted;
use super::failure::{Failure, Reason};
use super::job::Job;
use super::models::Models;
use super::pack::{pack, unpack};
use super::perform::perform;
use super::record::died;
use super::share::all_cores;
use super::task::{Answer, Task, Told};
use crate::language::kept;
use crate::worker::{Death, Pool, WorkerLimits};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use yusuan_export::{DocumentRecord, DocumentStatus, PagesDrawn};
use yusuan_extract::{Extraction, Hint, OnPage};

/// A packed record, and what is said of it.
pub(crate) struct Read {
    pub(crate) packed: Vec<u8>,
    pub(crate) told: Told,
}

/// How documents are read, for every command that reads any.
pub(crate) enum Engine {
    /// In worker processes.
    Isolated(Pool),
    /// In this process: a document that takes all memory or never ends takes the run with it.
    Here,
}

impl Engine {
    /// Reading in worker processes; when `stop` is set, they are ended in the middle of their documents.
    pub(crate) fn isolated(limits: WorkerLimits, stop: Arc<AtomicBool>) -> io::Result<Self> {
        let limits = WorkerLimits { pictures: Models::found().is_some(), ..limits };
        Ok(Self::Isolated(Pool::start(limits, stop)?))
    }

    /// Reads one document on so many threads; `heard` is told now and then which page is being read, and of how many. The error
    /// says what its worker died of.
    pub(crate) fn read(
        &self,
        job: &Job,
        bytes: &[u8],
        threads: usize,
        heard: &dyn Fn(u32, u32),
    ) -> Result<Read, Death> {
        match self.hear(Task::Convert { job: Box::new(job.clone()), threads }, bytes, heard)? {
            (Answer::Record(mut told), packed) if !packed.is_empty() => {
                let lost = matches!(told.card.status, DocumentStatus::Failed | DocumentStatus::Partial);
                told.passing |= lost && self.is_starved();
                Ok(Read { packed, told: *told })
            }
            _ => Err(no_result()),
        }
    }

    /// Whether workers die of the machine one after the other, so that the next documents fare no better.
    pub(crate) fn is_hopeless(&self) -> bool {
        matches!(self, Self::Isolated(pool) if pool.is_hopeless())
    }

    /// Whether the system has less memory now than reading a document may take.
    fn is_starved(&self) -> bool {
        matches!(self, Self::Isolated(pool) if pool.is_starved())
    }

    /// The record of one document, for those who keep no results.
    pub(crate) fn record(&self, job: &Job, bytes: &[u8], threads: usize) -> DocumentRecord {
        let read = self.read(job, bytes, threads, &|_, _| ());
        let read = read.and_then(|read| unpack(&read.packed).map_err(|_| no_result()));
        read.unwrap_or_else(|death| died(job, &death))
    }

    /// Draws pages of a document that was read, on so many threads. A worker that dies of it costs the pictures only.
    pub(crate) fn draw(
        &self,
        (out, doc_id): (&Path, &str),
        password: Option<&str>,
        (bytes, drawn): (&[u8], PagesDrawn),
        threads: usize,
    ) {
        let (out, password) = (out.to_owned(), password.map(str::to_owned));
        let task = Task::Draw { out, doc_id: doc_id.to_owned(), password, drawn, threads };
        if let Err(death) = self.perform(task, bytes) {
            tracing::warn!(doc_id, reason = death.reason(), "no pictures");
        }
    }

    /// Finds the tables of some pages, all where none are named.
    pub(crate) fn extract(
        &self,
        pages: Vec<(u32, u32)>,
        join_pages: bool,
        hints: Vec<Hint>,
        password: Option<String>,
        bytes: &[u8],
    ) -> Result<Extraction, Failure> {
        let (models, threads) = (Models::found(), all_cores());
        self.done(Task::Extract { pages, join_pages, hints, password, models, threads }, bytes)
            .and_then(|packed| unpack(&packed).map_err(|_| Failure::of_death(&no_result())))
    }

    /// Draws one page of a PDF with its tables as SVG; `None` where there is no such page.
    pub(crate) fn sketch(&self, page: u32, password: Option<String>, bytes: &[u8]) -> Result<Option<String>, Failure> {
        let svg = self.done(Task::Sketch { page, password, models: Models::found() }, bytes)?;
        if svg.is_empty() {
            return Ok(None);
        }
        String::from_utf8(svg).map(Some).map_err(|_| Failure::of_death(&no_result()))
    }

    /// Whether a password opens a file.
    pub(crate) fn opens(&self, password: &str, bytes: &[u8]) -> Result<bool, Failure> {
        let opened = self.done(Task::Open { password: password.to_owned() }, bytes)?;
        Ok(!opened.is_empty())
    }

    /// Reads a file for somebody who is going to correct it: a packed `Extracted`.
    pub(crate) fn keep(&self, job: &Job, bytes: &[u8]) -> Result<Vec<u8>, Failure> {
        self.done(Task::Keep { job: Box::new(job.clone()), threads: all_cores() }, bytes)
    }

    /// Normalizes a packed `Extracted` as the job asks. Where pages of the file have to be read a second time for it,
    /// `bytes` gives the file, and what is known then comes back to be kept.
    pub(crate) fn again(
        &self,
        job: &Job,
        kept: &[u8],
        bytes: impl FnOnce() -> Result<Vec<u8>, String>,
    ) -> Result<(Read, Option<Vec<u8>>), Failure> {
        let task = || Task::Again(Box::new(job.clone()));
        let of_death = |death: Death| Failure::of_death(&death);
        let lacking = match self.perform(task(), kept).map_err(of_death)? {
            (Answer::Lacks(pages), _) => pages,
            answer => return Ok((read_of(answer)?, None)),
        };
        let bytes = bytes().map_err(|words| Failure { reason: Reason::Damaged, words })?;
        let (pages, password) = (lacking.iter().copied().collect(), job.password.clone());
        let read_texts = Task::ReadTexts { pages, password, threads: all_cores() };
        // A second reader that fails leaves the first reading alone, as it does in a conversion.
        let texts = self.done(read_texts, &bytes).ok().and_then(|texts| unpack(&texts).ok()).unwrap_or_default();
        let mut more: Extracted = unpack(kept).map_err(|_| Failure::of_death(&no_result()))?;
        more.add_texts(&lacking, texts);
        let more = pack(&more).map_err(|_| Failure::of_death(&no_result()))?;
        let answer = self.perform(task(), &more).map_err(of_death)?;
        Ok((read_of(answer)?, Some(more)))
    }

    fn done(&self, task: Task, bytes: &[u8]) -> Result<Vec<u8>, Failure> {
        match self.perform(task, bytes).map_err(|death| Failure::of_death(&death))? {
            (Answer::Done, bytes) => Ok(bytes),
            (Answer::Failed(reason, words), _) => Err(Failure { reason, words }),
            (Answer::Record(..) | Answer::Lacks(_), _) => Err(Failure::of_death(&no_result())),
        }
    }

    fn perform(&self, task: Task, bytes: &[u8]) -> Result<(Answer, Vec<u8>), Death> {
        self.hear(task, bytes, &|_, _| ())
    }

    /// As [`Engine::perform`]; in this process nobody is told how far it is.
    fn hear(&self, task: Task, bytes: &[u8], heard: &dyn Fn(u32, u32)) -> Result<(Answer, Vec<u8>), Death> {
        match self {
            Self::Here => Ok(perform(&task, bytes, &OnPage::default())),
            Self::Isolated(pool) => pool.call(task, bytes, heard),
        }
    }
}

fn read_of(answer: (Answer, Vec<u8>)) -> Result<Read, Failure> {
    match answer {
        (Answer::Record(told), packed) if !packed.is_empty() => Ok(Read { packed, told: *told }),
        (Answer::Failed(reason, words), _) => Err(Failure { reason, words }),
        _ => Err(Failure::of_death(&no_result())),
    }
}

fn no_result() -> Death {
    Death::Crash { how: kept::no_result() }
}
