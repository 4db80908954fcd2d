//! Where is a document read? In a worker process, or in this one where no limits are wanted or possible.

use crate::reading::{self, Job};
use crate::store::{Card, pack};
use crate::worker::{Death, Pool, Task};

/// A packed record with its short form.
pub(crate) struct Read {
    pub(crate) packed: Vec<u8>,
    pub(crate) card: Card,
}

/// How documents are read.
pub(crate) enum Reader {
    /// In worker processes.
    Isolated(Pool),
    /// In this process: a document that takes all memory or never ends takes the run with it.
    Here,
}

impl Reader {
    /// Reads one document; the error says what its worker died of.
    pub(crate) fn read(&self, job: Job, bytes: &[u8]) -> Result<Read, Death> {
        let Self::Isolated(pool) = self else {
            let record = reading::convert(&job, bytes);
            let packed = pack(&record).map_err(|error| Death::Crash { how: error.to_string() })?;
            return Ok(Read { packed, card: Card::of(&record) });
        };
        let (reply, packed) = pool.call(Task::Convert(Box::new(job)), bytes)?;
        match reply.card {
            Some(card) if !packed.is_empty() => Ok(Read { packed, card }),
            _ => Err(Death::Crash { how: "没有结果".to_owned() }),
        }
    }
}
