//! Who reads a document? A worker process, so that a file that makes a reader run out of memory, overflow its stack or
//! never end costs that file only.
//!
//! The program runs itself again with a hidden command. Parent and worker exchange frames over stdin and stdout: one
//! request, one reply. A worker lives for many documents; one that died is replaced with the next document. Workers end
//! when their stdin does, so none is left when the parent is killed.

mod confine;
mod death;
mod frame;
mod pool;
mod process;
mod request;
mod serve;
mod watchdog;

pub(crate) use confine::end_with_the_parent;
pub(crate) use death::Death;
pub(crate) use pool::Pool;
pub(crate) use request::Task;
pub(crate) use serve::serve;

/// The hidden command that makes the program a worker.
pub(crate) const COMMAND: &str = "__worker";

/// What one document may use. The defaults are several times what any disclosure met so far needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WorkerLimits {
    /// Address space in MiB.
    pub(crate) memory_mib: u64,
    /// Seconds of wall time, or as much as the file's size asks for.
    pub(crate) wall: Option<u64>,
    /// Seconds of processor time, or as much as the file's size asks for.
    pub(crate) cpu: Option<u64>,
}

impl Default for WorkerLimits {
    fn default() -> Self {
        Self { memory_mib: 1536, wall: None, cpu: None }
    }
}

impl WorkerLimits {
    /// Processor seconds for a file of `bytes`. A small file has few pages, so it needs little time unless it was made to
    /// take long; a large one may be a whole government's final accounts of a thousand pages.
    pub(crate) fn cpu_seconds(&self, bytes: u64) -> u64 {
        self.cpu.unwrap_or_else(|| 15 + (bytes >> 20).saturating_mul(20).min(585))
    }

    /// Wall seconds for a file of `bytes`: more than the processor time, since the machine may be busy with other things.
    pub(crate) fn wall_seconds(&self, bytes: u64) -> u64 {
        self.wall.unwrap_or_else(|| self.cpu_seconds(bytes).saturating_mul(3))
    }
}

/// Gives this process the limits of a worker for a file of `bytes`; stricter ones that are already there stay.
pub(crate) fn confine_alone(bytes: u64) {
    let limits = WorkerLimits::default();
    confine::memory(limits.memory_mib);
    confine::processor_at_most(limits.cpu_seconds(bytes));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn larger_files_get_more_time_up_to_a_bound() {
        let limits = WorkerLimits::default();
        assert_eq!([0, 1 << 20, 40 << 20, 500 << 20].map(|b| limits.cpu_seconds(b)), [15, 35, 600, 600]);
        assert_eq!(limits.wall_seconds(0), 45);
        let told = WorkerLimits { wall: Some(7), cpu: Some(5), ..limits };
        assert_eq!((told.wall_seconds(1 << 30), told.cpu_seconds(1 << 30)), (7, 5));
    }
}
