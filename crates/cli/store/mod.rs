//! What does a run remember? One durable result per input file below `OUT/.yusuan`, and the manifest of the last run.
//!
//! ```text
//! OUT/.yusuan/
//!   manifest.jsonl            the last finished run: one line per source, which result stands for it
//!   results/ab/<key>.json.zst one result each, named by what it was made from; never changed, only added and removed
//!   lock                      held while a run writes (flock)
//! ```
//!
//! Plain files, no database: `docs/nightly.md` says why.

mod card;
mod durable;
mod error;
mod key;
mod lock;
mod manifest;
mod pending;
mod records;
mod results;
mod stat;

pub(crate) use card::Card;
pub(crate) use durable::write as write_durably;
pub(crate) use error::StoreError;
pub(crate) use key::Key;
pub(crate) use lock::{Lock, Locking};
pub(crate) use manifest::{Entry, Header, Manifest};
pub(crate) use pending::Pending;
pub(crate) use records::records;
pub(crate) use results::{Results, pack};
pub(crate) use stat::{Stat, now};

use std::path::{Path, PathBuf};

/// The folder of a run's state below the output folder.
pub(crate) fn folder(out: &Path) -> PathBuf {
    out.join(".yusuan")
}
