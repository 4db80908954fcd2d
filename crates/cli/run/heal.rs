//! Stored results that do not fit their own hash: made anew from the file, so that a damaged disk costs a document's time and
//! not the night.

use super::fetch::read_one;
use super::planned::{Planned, key_of};
use super::shared::Run;
use crate::document::{identified, unpack, unreadable};
use crate::language::kept;
use crate::store::Key;
use anyhow::Result;
use yusuan_export::DocumentRecord;

/// The record that stands for a source. Where neither the stored result nor the file can be had any more, it says so.
pub(super) fn load(run: &Run<'_>, one: &Planned) -> Result<DocumentRecord> {
    let error = match one.entry.load(&run.results) {
        Ok(record) => return Ok(record),
        Err(error) => error,
    };
    let Some(key) = one.entry.read.as_ref().filter(|_| one.entry.record.is_none()) else { return Err(error.into()) };
    tracing::warn!(source = one.entry.source, error = error.to_string(), "stored result does not fit, read again");
    match again(run, one, key)? {
        Ok(record) => {
            run.heal(key);
            Ok(one.entry.complete(record))
        }
        Err(why) => Ok(lost(run, one, &why)),
    }
}

/// Reads the file again as it was read, and stores the result under its name.
fn again(run: &Run<'_>, one: &Planned, key: &Key) -> Result<Result<DocumentRecord, String>> {
    let Some(job) = one.job(&run.limits, run.twice, run.password.as_deref()).filter(|job| key_of(job) == *key) else {
        return Ok(Err(kept::original_gone()));
    };
    let bytes = match read_one(&one.path, &one.entry.member, &job.fingerprint, &run.limits) {
        Ok(bytes) => bytes,
        Err(error) => return Ok(Err(error)),
    };
    match run.engine.read(&job, &bytes, 1, &|_, _| ()) {
        Ok(read) if !read.told.passing => {
            run.results.put_packed(key, &read.packed)?;
            Ok(unpack(&read.packed).map_err(|error| error.to_string()))
        }
        Ok(_) => Ok(Err(kept::lack_of_resources())),
        Err(death) => Ok(Err(death.reason())),
    }
}

/// What stands in place of a result that is gone. It is not kept: the next run tries again.
fn lost(run: &Run<'_>, one: &Planned, why: &str) -> DocumentRecord {
    let error = kept::stored_result_damaged(why);
    run.lose(&one.entry.source, &error);
    let record = match &one.entry.content {
        Some(content) => identified(&one.entry.source, content),
        None => unreadable(&one.entry.source, String::new()),
    };
    DocumentRecord { error, ..record }
}
