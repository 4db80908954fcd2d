//! Tasks for a worker: one variant for each kind of work; the bytes to work on travel beside it.

use super::card::Card;
use super::failure::Reason;
use super::job::Job;
use super::models::Models;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::PathBuf;
use yusuan_export::PagesDrawn;
use yusuan_extract::Hint;

/// The kinds of work.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Task {
    /// Read a file on so many threads and normalize it: [`Answer::Record`].
    Convert { job: Box<Job>, threads: usize },
    /// Read a file for somebody who is going to correct it: [`Answer::Done`] with a packed `Extracted`.
    Keep { job: Box<Job>, threads: usize },
    /// Normalize a packed `Extracted` as the job asks: [`Answer::Record`] or [`Answer::Lacks`].
    Again(Box<Job>),
    /// Draw pages of a document for the review page below the output folder: [`Answer::Done`] without bytes.
    Draw { out: PathBuf, doc_id: String, password: Option<String>, drawn: PagesDrawn, threads: usize },
    /// Find the tables of some pages, all where none are named: [`Answer::Done`] with a packed `Extraction`.
    Extract {
        pages: Vec<(u32, u32)>,
        join_pages: bool,
        hints: Vec<Hint>,
        password: Option<String>,
        models: Option<Models>,
        threads: usize,
    },
    /// Draw a page with what was found on it as SVG: [`Answer::Done`], without bytes where there is no such page.
    Sketch { page: u32, password: Option<String>, models: Option<Models> },
    /// Read the text of some of a PDF's pages once more by other means: [`Answer::Done`] with a packed list of numbers and
    /// texts.
    ReadTexts { pages: Vec<u32>, password: Option<String>, threads: usize },
    /// Tell whether a password opens the file: [`Answer::Done`], with a byte where it does.
    Open { password: String },
}

/// What is said beside a packed record.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Told {
    /// Its short form.
    pub(crate) card: Card,
    /// Whether it is worth something tonight alone: a night with more memory or processes may give a better one.
    pub(crate) passing: bool,
    /// Why it holds no document.
    pub(crate) reason: Option<Reason>,
    /// The pages on which there is something to compare.
    pub(crate) figured: PagesDrawn,
}

/// What a worker says beside the bytes of its answer.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Answer {
    /// The bytes are a packed record.
    Record(Box<Told>),
    /// These pages have to be read a second time before.
    Lacks(BTreeSet<u32>),
    /// The work is done.
    Done,
    /// It could not be done, and why, in words for the user.
    Failed(Reason, String),
}
