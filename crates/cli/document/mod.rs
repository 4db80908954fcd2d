//! One document: read, recognised, normalized, in a worker process or in this one; a record in every case.

mod card;
mod draw;
mod engine;
mod extract;
mod extracted;
mod failure;
mod job;
mod losses;
mod models;
mod opened;
mod pack;
mod perform;
mod read;
mod record;
mod second_reading;
mod share;
mod task;

pub(crate) use card::{Card, Figure};
pub(crate) use engine::Engine;
pub(crate) use failure::{Failure, Reason};
pub(crate) use job::{Job, Twice};
pub(crate) use losses::losses;
pub(crate) use models::{Choice, Models, choose};
pub(crate) use pack::{pack, unpack};
pub(crate) use perform::{on_page, perform};
pub(crate) use record::{died, identified, unreadable};
pub(crate) use share::{Share, all_cores};
pub(crate) use task::Told;
