//! The memory of runs: one durable result per input file below `OUT/.yusuan`, and the manifest of the last run.
//!
//! ```text
//! OUT/.yusuan/
//!   manifest.jsonl            the last finished run: one line per source, which result stands for it
//!   results/ab/<key>.json.zst one result each, named by what it was made from, with its own hash; never changed, only
//!                             added and removed
//!   outputs.json              what the combined outputs were when they were written
//!   lock                      held while a run writes (flock)
//! ```
//!
//! Plain files, no database: `docs/nightly.md` says why.

mod away;
mod claim;
mod envelope;
mod error;
mod folder;
mod key;
mod layout;
mod lock;
mod manifest;
mod pending;
mod progress;
mod records;
mod results;
mod seal;
mod settings;
mod stat;
mod take;

pub(crate) use away::{Away, is_trusted, look_at};
pub(crate) use error::StoreError;
pub(crate) use folder::folder;
pub(crate) use key::{Key, PROGRAM};
pub(crate) use layout::Layout;
pub(crate) use lock::{Lock, Locking};
pub(crate) use manifest::{Entry, Header, Manifest, write_manifest};
pub(crate) use pending::Pending;
pub(crate) use progress::Progress;
pub(crate) use records::{Records, records, records_of};
pub(crate) use results::Results;
pub(crate) use seal::{Look, Seal, Seals};
pub(crate) use settings::Settings;

pub(crate) use stat::{Stat, now};
pub(crate) use take::take;
