//! One reader for the whole process, since workers that are there already are quicker than new ones.

use std::io;
use std::mem;
use std::sync::{Arc, Mutex, PoisonError};
use yusuan_cli::embed::Reader;

/// A reader and the process that it is of.
struct Shared {
    process: u32,
    reader: Arc<Reader>,
}

static SHARED: Mutex<Option<Shared>> = Mutex::new(None);

/// What reads files: in workers, or in this process.
pub(crate) fn reader(isolate: bool) -> io::Result<Arc<Reader>> {
    if !isolate {
        return Ok(Arc::new(Reader::here()));
    }
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    let process = std::process::id();
    if let Some(Shared { reader, .. }) = shared.as_ref().filter(|shared| shared.process == process) {
        return Ok(Arc::clone(reader));
    }
    // A forked process has a copy of its parent's reader, whose workers are not its own to end.
    mem::forget(shared.take());
    let reader = Arc::new(Reader::isolated()?);
    *shared = Some(Shared { process, reader: Arc::clone(&reader) });
    Ok(reader)
}

/// Ends the workers of this reader in the middle of their files; the next call gets others.
pub(crate) fn stop(reader: &Arc<Reader>) {
    reader.stop();
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    if shared.as_ref().is_some_and(|shared| Arc::ptr_eq(&shared.reader, reader)) {
        *shared = None;
    }
}
