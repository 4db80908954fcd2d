//! The worker's side: requests from stdin, replies to stdout, until stdin ends.

use super::request::{Ready, Reply, Request, Word};
use super::{confine, frame};
use crate::language::said;
use anyhow::Context;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{stdin, stdout};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Deep nesting in a hostile file needs stack, and a stack overflow can't be caught.
pub(crate) const STACK: usize = 64 << 20;

/// How often a worker says how far it is. What takes less time is not worth a word.
const EVERY: Duration = Duration::from_millis(400);

/// Takes how far the work is: this step, and how many there are.
pub(crate) type Telling = Arc<dyn Fn(u32, u32) + Send + Sync>;

/// Whether this process is a worker itself.
static SERVING: AtomicBool = AtomicBool::new(false);

/// Whether this process is a worker itself.
pub(crate) fn is_a_worker() -> bool {
    SERVING.load(Ordering::Relaxed)
}

/// Works until the parent closes stdin or is gone; `perform` does a task with the bytes that came along, and may say how far it is.
/// The main thread
/// does nothing but listen, so it notices the parent's end in the middle of a document as well; the process then ends with
/// it.
pub(crate) fn serve<T, A>(
    memory_mib: u64,
    perform: impl Fn(&T, &[u8], Telling) -> (A, Vec<u8>) + Send + 'static,
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
    perform: impl Fn(&T, &[u8], Telling) -> (A, Vec<u8>),
) {
    for (request, body) in requests {
        confine::processor(request.cpu_seconds.min(most_seconds));
        let (answer, bytes) = perform(&request.task, &body, telling());
        drop(body);
        let reply = Word::Reply(Reply { answer, peak_mib: confine::peak_mib() });
        if frame::write(&mut stdout().lock(), &reply, &bytes).is_err() {
            return;
        }
    }
}

/// Says how far the work on a request is, now and then.
fn telling() -> Telling {
    let last = Mutex::new(Instant::now());
    Arc::new(move |step, of| {
        let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.elapsed() >= EVERY {
            *last = Instant::now();
            // A parent that is gone is noticed by who listens to it.
            let _ = frame::write(&mut stdout().lock(), &Word::<()>::At(step, of), &[]);
        }
    })
}
