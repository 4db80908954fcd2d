//! A second, independent reading of a PDF's text, where it matters.
//!
//! Another library reads the text alone, where documents are read in workers in one of its own. What that library does with a hostile file (panic, loop,
//! take all memory) ends that worker and is only noted; the first reading stands.

use super::job::Twice;
use super::pack::{pack, unpack};
use super::task::{Answer, Task};
use crate::language::kept;
use crate::worker::{Death, Pool, WorkerLimits, contain, is_a_worker};
use pdf_extract::{Document, OutputError, PlainTextOutput};
use std::collections::BTreeSet;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use yusuan_extract::{Diagnostic, DiagnosticCode, Format};
use yusuan_normalize::{NormalizedDocument, compare_reading, pages_in_doubt, pages_with_figures};

/// A second reading takes about as long as the first; this is many times more.
const TIMEOUT_SECONDS: u64 = 60;

/// So many pages are read a second time at once for whoever may want them.
pub(super) const MOST_AT_ONCE: usize = 60;

/// Most doubtful pages of a file that are read a second time: they cost about what the whole file cost the first time.
const MOST_IN_DOUBT: usize = 200;

/// Packed texts longer than this are no pages of a disclosure.
const MOST_BYTES: usize = 256 << 20;

/// Why there is no second reading.
pub(super) struct Unread {
    why: String,
    /// Whether the machine is the cause, so that another attempt may have one.
    passing: bool,
}

impl Unread {
    /// For a cause that lies in the file.
    pub(super) fn of_the_file(why: String) -> Self {
        Self { why, passing: false }
    }
}

/// Reads the pages in question again and flags the facts on which both readings differ. Gives whether there is no second
/// reading for a cause that passes.
pub(super) fn compare_readings(
    document: &mut NormalizedDocument,
    twice: Twice,
    ask: impl FnOnce(&BTreeSet<u32>) -> Result<Vec<(u32, String)>, Unread>,
) -> bool {
    let mut pages = pages(document, twice);
    if document.format != Format::Pdf || pages.is_empty() {
        return false;
    }
    let left = if twice == Twice::InDoubt { beyond(&mut pages, MOST_IN_DOUBT) } else { 0 };
    if left > 0 {
        document.diagnostics.push(Diagnostic {
            code: DiagnosticCode::NotReadTwice,
            place: None,
            message: kept::too_many_in_doubt(left),
        });
    }
    // Nothing of any page is no second reading.
    let some = |texts: Vec<(u32, String)>| {
        if texts.is_empty() { Err(Unread::of_the_file(kept::no_text_read())) } else { Ok(texts) }
    };
    match ask(&pages).and_then(some) {
        Ok(texts) => {
            compare_reading(document, &texts.into_iter().collect());
            false
        }
        Err(Unread { why, passing }) => {
            document.diagnostics.push(Diagnostic {
                code: DiagnosticCode::NotReadTwice,
                place: None,
                message: kept::not_read_twice(why),
            });
            passing
        }
    }
}

/// Takes out the pages beyond the first so many; says how many those are.
fn beyond(pages: &mut BTreeSet<u32>, most: usize) -> usize {
    pages.iter().nth(most).copied().map_or(0, |first| pages.split_off(&first).len())
}

fn pages(document: &NormalizedDocument, twice: Twice) -> BTreeSet<u32> {
    match twice {
        Twice::Never => BTreeSet::new(),
        Twice::InDoubt => pages_in_doubt(document),
        Twice::All => pages_with_figures(document),
    }
}

/// The texts of the pages. Where documents are read in workers, so that their reader may be ended, that holds for this one too.
pub(super) fn texts(bytes: &[u8], pages: &BTreeSet<u32>, threads: usize) -> Result<Vec<(u32, String)>, Unread> {
    if is_a_worker() {
        return ask(bytes, pages, threads);
    }
    let pages: Vec<u32> = pages.iter().copied().collect();
    texts_of(bytes, &pages, threads).map_err(Unread::of_the_file)
}

/// Second readers stay for the next document: to start one takes as long as to read a short file.
static READERS: Mutex<Option<Arc<Pool>>> = Mutex::new(None);

fn readers() -> io::Result<Arc<Pool>> {
    let mut readers = READERS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(pool) = readers.as_ref() {
        return Ok(Arc::clone(pool));
    }
    let limits = WorkerLimits { wall: Some(TIMEOUT_SECONDS), ..WorkerLimits::default() };
    let pool = Arc::new(Pool::start(limits, Arc::default())?);
    *readers = Some(Arc::clone(&pool));
    Ok(pool)
}

/// The texts of the pages, from a worker that reads nothing but texts.
fn ask(bytes: &[u8], pages: &BTreeSet<u32>, threads: usize) -> Result<Vec<(u32, String)>, Unread> {
    let of_the_file = Unread::of_the_file;
    let pool = readers().map_err(|error| Unread { why: error.to_string(), passing: true })?;
    match pool.call(
        Task::ReadTexts { pages: pages.iter().copied().collect(), password: None, threads },
        bytes,
        &|_, _| (),
    ) {
        Ok((Answer::Done, texts)) => unpack(&texts).map_err(|_| of_the_file(kept::no_text_read())),
        Err(Death::Wall { .. }) => Err(of_the_file(kept::timed_out())),
        Err(death) if death.is_passing() => Err(Unread { why: death.reason(), passing: true }),
        Ok(_) | Err(_) => Err(of_the_file(kept::no_text_read())),
    }
}

/// The second reader's own work: the texts of some of a PDF's pages with their numbers, packed. A page that this reader
/// fails on is left out.
pub(super) fn read_texts(bytes: &[u8], pages: &[u32], threads: usize) -> Result<Vec<u8>, String> {
    let packed = pack(&texts_of(bytes, pages, threads)?).map_err(|error| error.to_string())?;
    if packed.len() > MOST_BYTES { Err(kept::no_text_read()) } else { Ok(packed) }
}

fn texts_of(bytes: &[u8], pages: &[u32], threads: usize) -> Result<Vec<(u32, String)>, String> {
    let document = contain(|| open(bytes))?.map_err(|error| error.to_string())?;
    let text = |(): &mut (), page: u32| contain(|| read_text(&document, page)).ok()?.ok().map(|text| (page, text));
    let texts = yusuan_extract::side_by_side(threads, pages.to_vec(), || (), text);
    let texts: Vec<(u32, String)> = texts.into_iter().flatten().collect();
    if texts.is_empty() { Err(kept::no_text_read()) } else { Ok(texts) }
}

/// The document as the second reader sees it. Most that are encrypted need no password to be read.
fn open(bytes: &[u8]) -> Result<Document, OutputError> {
    let mut document = Document::load_mem(bytes)?;
    if document.is_encrypted() {
        document.decrypt("")?;
    }
    Ok(document)
}

fn read_text(document: &Document, page: u32) -> Result<String, OutputError> {
    let mut text = String::new();
    let mut output = PlainTextOutput::new(&mut text);
    pdf_extract::output_doc_page(document, &mut output, page)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_beyond_the_ceiling_are_counted() {
        let mut pages = BTreeSet::from([3, 5, 8, 13]);
        assert_eq!((beyond(&mut pages, 4), pages.len()), (0, 4));
        assert_eq!((beyond(&mut pages, 3), pages.last()), (1, Some(&8)));
        assert_eq!((beyond(&mut pages, 0), pages.is_empty()), (3, true));
    }
}
