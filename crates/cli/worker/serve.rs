//! The worker's side: requests from stdin, replies to stdout, until stdin ends.

use super::request::{Ready, Reply, Request};
use super::{confine, frame};
use crate::language::said;
use anyhow::Context;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{stdin, stdout};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};

/// Deep nesting in a hostile file needs stack, and a stack overflow can't be caught.
pub(crate) const STACK: usize = 64 << 20;

/// Whether this process is a worker itself.
static SERVING: AtomicBool = AtomicBool::new(false);

/// Whether this process is a worker itself.
pub(crate) fn is_a_worker() -> bool {
    SERVING.load(Ordering::Relaxed)
}

/// Works until the parent closes stdin or is gone; `perform` does a task with the bytes that came along. The main thread
/// does nothing but listen, so it notices the parent's end in the middle of a document as well; the process then ends with
/// it.
pub(crate) fn serve<T, A>(
    memory_mib: u64,
    perform: impl Fn(&T, &[u8]) -> (A, Vec<u8>) + Send + 'static,
) -> anyhow::Result<()>
where
    T: DeserializeOwned + Send + 'static,
    A: Serialize,
{
    SERVING.store(true, Ordering::Relaxed);
    // Its panics are told by the parent, as the failure of the file that was being read.
    std::panic::set_hook(Box::new(|_| {}));
    confine::leave_signals_to_the_parent();
    confine::memory(memory_mib);
    let most_seconds = confine::inherited_processor_seconds();
    let (send, receive) = sync_channel(1);
    let work = move || work_off(&receive, most_seconds, perform);
    std::thread::Builder::new().stack_size(STACK).spawn(work).with_context(said::no_thread)?;
    frame::write(&mut stdout().lock(), &Ready, &[])?;
    let mut from = stdin().lock();
    while let Some(request) = frame::read(&mut from)? {
        if send.send(request).is_err() {
            break;
        }
    }
    Ok(())
}

fn work_off<T, A: Serialize>(
    requests: &Receiver<(Request<T>, Vec<u8>)>,
    most_seconds: u64,
    perform: impl Fn(&T, &[u8]) -> (A, Vec<u8>),
) {
    for (request, body) in requests {
        confine::processor(request.cpu_seconds.min(most_seconds));
        let (answer, bytes) = perform(&request.task, &body);
        drop(body);
        let reply = Reply { answer, peak_mib: confine::peak_mib() };
        if frame::write(&mut stdout().lock(), &reply, &bytes).is_err() {
            return;
        }
    }
}
