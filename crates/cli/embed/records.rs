//! Records on their way between processes, and told of each other where they were read apart.

use super::failure::Failure;
use crate::document::{pack, unpack};
use crate::language::kept;
use crate::run::settle;
use yusuan_export::DocumentRecord;
use yusuan_normalize::Bodies;

/// A record as bytes, as runs store it.
///
/// # Errors
/// [`Failure`] where it can't be written, which memory alone can be the cause of.
pub fn packed(record: &DocumentRecord) -> Result<Vec<u8>, Failure> {
    pack(record).map_err(|error| Failure::new("machine", &error.to_string()))
}

/// The record again.
///
/// # Errors
/// [`Failure`] where the bytes were cut or changed.
pub fn unpacked(bytes: &[u8]) -> Result<DocumentRecord, Failure> {
    unpack(bytes).map_err(|_| Failure::new("damaged", &kept::no_result()))
}

/// Records that were read apart, told of each other as those of one run: copies, sister files, last year's documents, units,
/// versions. In the order of their sources.
pub fn settled(records: Vec<DocumentRecord>) -> Vec<DocumentRecord> {
    settle(records, &Bodies::default())
}
