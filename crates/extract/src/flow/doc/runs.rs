//! What is said of a place in the main stream: pages of 512 bytes, each with runs of places and their properties
//! ([MS-DOC] 2.9.33 and 2.9.175).

use super::bytes::{slice, u16_at, usize_at};
use super::file::{File, Part};
use super::sprm::{Character, Paragraph};

/// A run of places with what is said of it.
#[derive(Debug)]
struct Run<T> {
    begin: usize,
    end: usize,
    said: T,
}

/// Runs in the order of their places.
#[derive(Debug)]
pub(super) struct Runs<T> {
    all: Vec<Run<T>>,
    usual: T,
    /// The run that was asked for last: the next question is mostly about the same.
    last: usize,
    /// Runs that reach into another one, which happens in damaged documents alone.
    pub(super) overlapping: usize,
}

const PAGE: usize = 512;
/// Bytes of a paragraph's height before the next run's offset.
const PARAGRAPH_ENTRY: usize = 13;
/// Runs of a document at most.
const MOST_RUNS: usize = 5_000_000;

impl<T: Default> Runs<T> {
    fn of(mut runs: Vec<Run<T>>) -> Self {
        runs.sort_by_key(|run| run.begin);
        let mut overlapping = 0;
        for index in 1..runs.len() {
            let next = runs[index].begin;
            let run = &mut runs[index - 1];
            overlapping += usize::from(run.end > next);
            run.end = run.end.min(next);
        }
        Self { all: runs, usual: T::default(), last: 0, overlapping }
    }

    /// Whether anything is said of a place: of a sound document's text always.
    pub(super) fn covers(&mut self, place: usize) -> bool {
        self.at(place);
        self.all.get(self.last).is_some_and(|run| run.begin <= place && place < run.end)
    }

    /// What is said of a place.
    pub(super) fn at(&mut self, place: usize) -> &T {
        let holds = |run: &Run<T>| run.begin <= place && place < run.end;
        if !self.all.get(self.last).is_some_and(holds) {
            self.last = self.all.partition_point(|run| run.begin <= place).saturating_sub(1);
        }
        self.all.get(self.last).filter(|run| holds(run)).map_or(&self.usual, |run| &run.said)
    }
}

/// What is said of paragraphs.
pub(super) fn paragraphs(file: &File) -> Runs<Paragraph> {
    let mut runs = Vec::new();
    for page in pages(file, Part::ParagraphRuns) {
        let count = usize::from(page[PAGE - 1]);
        for index in 0..count {
            let entry = page.get(4 * (count + 1) + PARAGRAPH_ENTRY * index).copied();
            let mut said = Paragraph::default();
            if let Some(list) = entry.and_then(|offset| paragraph_list(page, 2 * usize::from(offset))) {
                said.style = u16_at(list, 0).unwrap_or(0);
                said.take(list.get(2..).unwrap_or_default(), &file.data);
            }
            push(&mut runs, page, index, said);
        }
    }
    Runs::of(runs)
}

/// A paragraph's properties: their length in words, or behind a zero.
fn paragraph_list(page: &[u8], at: usize) -> Option<&[u8]> {
    if at == 0 {
        return None;
    }
    match usize::from(*page.get(at)?) {
        0 => slice(page, at + 2, 2 * usize::from(*page.get(at + 1)?)),
        words => slice(page, at + 1, 2 * words - 1),
    }
}

/// What is said of characters.
pub(super) fn characters(file: &File) -> Runs<Character> {
    let mut runs = Vec::new();
    for page in pages(file, Part::CharacterRuns) {
        let count = usize::from(page[PAGE - 1]);
        for index in 0..count {
            let at = page.get(4 * (count + 1) + index).map_or(0, |offset| 2 * usize::from(*offset));
            let list = page.get(at).filter(|_| at > 0).and_then(|length| slice(page, at + 1, usize::from(*length)));
            let mut said = Character::default();
            said.take(list.unwrap_or_default(), file.data.len());
            push(&mut runs, page, index, said);
        }
    }
    Runs::of(runs)
}

fn push<T>(runs: &mut Vec<Run<T>>, page: &[u8], index: usize, said: T) {
    if let (Some(begin), Some(end)) = (usize_at(page, 4 * index), usize_at(page, 4 * index + 4))
        && runs.len() < MOST_RUNS
    {
        runs.push(Run { begin, end, said });
    }
}

/// The pages that a table names by their numbers.
fn pages(file: &File, part: Part) -> impl Iterator<Item = &[u8]> {
    let table = file.part(part).unwrap_or_default();
    let count = table.len().saturating_sub(4) / 8;
    (0..count).filter_map(move |index| {
        let number = usize_at(table, 4 * (count + 1) + 4 * index)? & 0x003f_ffff;
        slice(&file.main, number * PAGE, PAGE)
    })
}
