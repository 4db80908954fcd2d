//! A finished output folder, read back.

use super::failure::Failure;
use crate::store;
use std::path::Path;
use yusuan_export::DocumentRecord;

/// The records of a folder in the order of their sources; memory holds one of them at a time.
pub struct Records(store::Records);

/// All records of a finished output folder.
///
/// # Errors
/// [`Failure`] where no run ended there, or what it left can't be read.
pub fn records(out: &Path) -> Result<Records, Failure> {
    Ok(Records(store::records(out)?))
}

impl Iterator for Records {
    type Item = Result<DocumentRecord, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|record| record.map_err(Failure::from))
    }
}
