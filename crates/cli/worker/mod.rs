//! The program run again as a worker of itself, so that a file that makes a reader run out of memory, overflow its stack
//! or never end costs that file only.
//!
//! Parent and worker exchange frames over stdin and stdout: one request, one reply, and before it
//! now and then how far the work is. What is asked is for the caller to say;
//! nothing here knows documents. A worker lives for many requests; one that died is replaced with the next request. Workers
//! end when their stdin does, so none is left when the parent is killed, and a worker may have a worker of its own.

mod confine;
mod contain;
mod death;
mod frame;
mod gate;
mod limits;
mod pool;
mod process;
mod program;
mod request;
mod serve;
mod watchdog;

pub(crate) use confine::memory_is_short;
pub(crate) use contain::{contain, is_contained};
pub(crate) use death::Death;
pub(crate) use limits::WorkerLimits;
pub(crate) use pool::Pool;
pub(crate) use process::COMMAND;
pub(crate) use program::Program;
pub(crate) use serve::{STACK, Telling, is_a_worker, serve};
