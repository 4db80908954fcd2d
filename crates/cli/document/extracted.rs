//! What a file's reading gave before anything was concluded from it: kept while a person corrects the document, so that a
//! correction costs no reading.

use super::job::Job;
use super::pack::pack;
use super::read::{self, Outcome};
use super::second_reading::{self, MOST_AT_ONCE, Unread};
use super::{extract, opened};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use yusuan_extract::{ExtractError, Extraction, Format};
use yusuan_normalize::{NormalizedDocument, pages_in_doubt, pages_with_figures};

/// The first reading whole, and of the second one the pages that were asked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Extracted {
    extraction: Extraction,
    /// The document without corrections.
    printed: Option<NormalizedDocument>,
    /// What the second reader gives of a page; `None` where it gives nothing.
    texts: BTreeMap<u32, Option<String>>,
}

impl Extracted {
    /// Adds what the second reader gave when it was asked for some pages.
    pub(crate) fn add_texts(&mut self, asked: &BTreeSet<u32>, texts: Vec<(u32, String)>) {
        self.texts.extend(asked.iter().map(|page| (*page, None)));
        self.texts.extend(texts.into_iter().map(|(page, text)| (page, Some(text))));
    }

    /// The texts of some pages as the second reader gives them; the error names those that it was not asked for yet.
    fn second(&self, pages: &BTreeSet<u32>) -> Result<Vec<(u32, String)>, BTreeSet<u32>> {
        let lacking: BTreeSet<u32> = pages.iter().filter(|page| !self.texts.contains_key(page)).copied().collect();
        if !lacking.is_empty() {
            return Err(lacking);
        }
        Ok(pages.iter().filter_map(|page| Some((*page, self.texts.get(page)?.clone()?))).collect())
    }
}

/// Reads a file for somebody who is going to correct it, packed.
pub(super) fn extracted(job: &Job, bytes: &[u8], threads: usize) -> Result<Vec<u8>, ExtractError> {
    let bytes: &[u8] = &opened::opened(bytes, job.password.as_deref(), &job.limits);
    let extraction = extract::read(bytes, &read::options(job, threads), &job.limits, job.models.as_ref())?;
    let document = read::normalized(&Job { corrections: Vec::new(), ..job.clone() }, extraction.clone());
    let mut kept = Extracted { extraction, printed: None, texts: BTreeMap::new() };
    if kept.extraction.format == Format::Pdf {
        let all = pages_with_figures(&document);
        // Of a whole book only what is doubtful: which pages a correction makes doubtful is seen when it does.
        let pages = if all.len() > MOST_AT_ONCE { pages_in_doubt(&document) } else { all };
        // Where it fails it is asked again when it matters, and what it says then is told.
        if let Ok(texts) = second_reading::texts(bytes, &pages, threads) {
            kept.add_texts(&pages, texts);
        }
    }
    kept.printed = Some(document);
    pack(&kept).map_err(|error| ExtractError::Damaged { detail: error.to_string() })
}

/// Normalizes what was read with the job's corrections: as converting the file would. The error names pages that have to be
/// read a second time before.
pub(super) fn again(job: &Job, mut kept: Extracted) -> Result<Outcome, BTreeSet<u32>> {
    let mut lacking = BTreeSet::new();
    let (extraction, printed) = (std::mem::take(&mut kept.extraction), kept.printed.take());
    let format = extraction.format;
    let document = || match printed {
        Some(printed) => yusuan_normalize::normalize_again(extraction, printed, &read::context(job)),
        None => read::normalized(job, extraction),
    };
    let outcome = read::conclude(
        job,
        format,
        || Ok(document()),
        |pages| {
            kept.second(pages).map_err(|more| {
                lacking = more;
                Unread::of_the_file(String::new())
            })
        },
    );
    if lacking.is_empty() { Ok(outcome) } else { Err(lacking) }
}
