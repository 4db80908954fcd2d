//! Work beside the interpreter: its lock is released, and Ctrl-C is heard.

use crate::reader::stop;
use pyo3::prelude::*;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::Builder;
use std::time::Duration;
use yusuan_cli::embed::{Failure, Reader};

/// How often signals are looked for.
const LOOK: Duration = Duration::from_millis(100);

/// Deep nesting in a file needs stack where it is read in this process. What is not used is not taken.
const STACK: usize = 64 << 20;

/// Does the work on a thread of its own and waits for it. The outer error is one of Python: an interrupt.
pub(crate) fn beside<T: Send + 'static>(
    py: Python<'_>,
    reader: &Arc<Reader>,
    work: impl FnOnce(&Reader) -> Result<T, Failure> + Send + 'static,
) -> PyResult<Result<T, Failure>> {
    let (send, receive) = channel();
    let its_reader = Arc::clone(reader);
    let thread = Builder::new().stack_size(STACK).spawn(move || {
        // Nobody waits any more where a signal ended the call.
        let _ = send.send(work(&its_reader));
    })?;
    let receive = Mutex::new(receive);
    let wait = || receive.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(LOOK);
    loop {
        match py.detach(wait) {
            Ok(outcome) => return Ok(outcome),
            Err(RecvTimeoutError::Timeout) => py.check_signals().inspect_err(|_| stop(reader))?,
            Err(RecvTimeoutError::Disconnected) => {
                let panicked = py.detach(|| thread.join()).is_err();
                let words = if panicked { "internal error" } else { "no result" };
                return Ok(Err(Failure { code: "crash", words: words.to_owned() }));
            }
        }
    }
}
