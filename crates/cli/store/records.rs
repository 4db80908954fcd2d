//! A finished output folder, read back: for whatever makes other outputs of it or looks at it again.

use super::error::StoreError;
use super::manifest::{Entry, Manifest};
use super::results::Results;
use std::path::Path;
use yusuan_export::DocumentRecord;

/// All records of a finished output folder in source order, read one by one: memory holds one of them at a time.
///
/// # Errors
/// [`StoreError`] when no run ended there, when its form is another version's, or when its manifest is damaged.
pub(crate) fn records(out: &Path) -> Result<Records, StoreError> {
    Ok(records_of(out, Manifest::read(out)?.entries))
}

/// The records of these entries of a finished output folder, in source order.
pub(crate) fn records_of(out: &Path, mut entries: Vec<Entry>) -> Records {
    entries.sort_by(|a, b| a.source.cmp(&b.source));
    Records { results: Results::below(out), entries: entries.into_iter() }
}

/// The records of a folder; see [`records`].
pub(crate) struct Records {
    results: Results,
    entries: std::vec::IntoIter<Entry>,
}

impl Iterator for Records {
    type Item = Result<DocumentRecord, StoreError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.entries.next().map(|entry| entry.load(&self.results))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.entries.size_hint()
    }
}

impl ExactSizeIterator for Records {}
