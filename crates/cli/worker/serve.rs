//! The worker's side: requests from stdin, replies to stdout, until stdin ends.

use super::request::{Reply, Request, Task};
use super::{confine, frame};
use crate::exit::Exit;
use crate::reading::{self, STACK};
use crate::store::{Card, pack};
use anyhow::Context;
use std::io::{stdin, stdout};
use std::sync::mpsc::{Receiver, sync_channel};

/// Works until the parent closes stdin or is gone. The main thread does nothing but listen, so it notices the parent's
/// end in the middle of a document as well; the process then ends with it.
pub(crate) fn serve(memory_mib: u64) -> anyhow::Result<Exit> {
    confine::leave_signals_to_the_parent();
    confine::memory(memory_mib);
    let (send, receive) = sync_channel(1);
    let work = move || work_off(&receive);
    std::thread::Builder::new().stack_size(STACK).spawn(work).context("无法启动线程")?;
    let mut from = stdin().lock();
    while let Some(request) = frame::read::<Request>(&mut from)? {
        if send.send(request).is_err() {
            break;
        }
    }
    Ok(Exit::Done)
}

fn work_off(requests: &Receiver<(Request, Vec<u8>)>) {
    for (request, body) in requests {
        confine::processor(request.cpu_seconds);
        let (card, packed) = answer(&request.task, &body);
        drop(body);
        let reply = Reply { card, peak_mib: confine::peak_mib() };
        if frame::write(&mut stdout().lock(), &reply, &packed).is_err() {
            return;
        }
    }
}

fn answer(task: &Task, body: &[u8]) -> (Option<Card>, Vec<u8>) {
    match task {
        Task::Convert(job) => {
            let record = reading::convert(job, body);
            // Packing to memory does not fail; an empty body would be noticed by the parent.
            (Some(Card::of(&record)), pack(&record).unwrap_or_default())
        }
    }
}
