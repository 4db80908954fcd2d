//! The end of a worker: why it died, in words that say what to do, not where in the code it happened.

use super::process::Ended;
use crate::language::kept;
use std::process::ExitStatus;

/// What ended a worker in the middle of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Death {
    /// It asked for more memory than it may have.
    Memory { mib: u64 },
    /// It took longer than it may.
    Wall { seconds: u64 },
    /// It computed longer than it may.
    Processor { seconds: u64 },
    /// It ended by itself or by a fault.
    Crash { how: String },
    /// Somebody else ended it: the system short of memory, an operator.
    Killed,
    /// It died while the system had less memory than it may use, so that says nothing of the file.
    Starved { how: String },
    /// Somebody stopped it and did not let it go on.
    Halted { seconds: u64 },
    /// The run is being ended.
    Stopping,
    /// It could not be started.
    NotStarted { why: String },
}

impl Death {
    /// Why it ended, from what is left of it.
    pub(super) fn of(ended: &Ended, mib: u64, cpu_seconds: u64) -> Self {
        // What the standard library says before it aborts.
        if ended.words.contains("memory allocation of") {
            return Self::Memory { mib };
        }
        if ended.words.contains("has overflowed its stack") {
            return Self::Crash { how: kept::stack_overflow() };
        }
        match signal(ended.status) {
            Some(SIGXCPU) => Self::Processor { seconds: cpu_seconds },
            Some(SIGKILL) => Self::Killed,
            Some(signal) => Self::Crash { how: kept::ended_by_signal(signal) },
            None => Self::Crash { how: ended.status.map_or_else(kept::unknown_cause, |status| status.to_string()) },
        }
    }

    /// Whether its cause passes: another attempt may end differently, and nothing of it is to be remembered.
    pub(crate) fn is_passing(&self) -> bool {
        matches!(self, Self::NotStarted { .. } | Self::Killed | Self::Starved { .. } | Self::Halted { .. })
    }

    /// Itself as it is where the system is short of memory: what looks like the file's doing may be the night's.
    pub(super) fn where_memory_is_short(self) -> Self {
        match self {
            Self::Memory { .. } | Self::Crash { .. } => Self::Starved { how: self.reason() },
            other => other,
        }
    }

    /// Whether it says something about the file, so that the file need not be tried again by this program.
    pub(crate) fn is_about_the_file(&self) -> bool {
        !self.is_passing() && *self != Self::Stopping
    }

    /// One line for the user.
    pub(crate) fn reason(&self) -> String {
        match self {
            Self::Memory { mib } => kept::over_memory(mib),
            Self::Wall { seconds } => kept::over_time(seconds),
            Self::Processor { seconds } => kept::over_processor_time(seconds),
            Self::Crash { how } => kept::crashed(how),
            Self::Killed => kept::killed(),
            Self::Starved { how } => kept::starved(how),
            Self::Halted { seconds } => kept::halted(seconds),
            Self::Stopping => kept::run_interrupted(),
            Self::NotStarted { why } => kept::worker_not_started_again(why),
        }
    }
}

/// Numbers that are the same on every Unix system that the program runs on.
const SIGKILL: i32 = 9;
const SIGXCPU: i32 = 24;

#[cfg(unix)]
fn signal(status: Option<ExitStatus>) -> Option<i32> {
    use std::os::unix::process::ExitStatusExt;
    status.and_then(|status| status.signal())
}

#[cfg(not(unix))]
fn signal(_status: Option<ExitStatus>) -> Option<i32> {
    None
}
