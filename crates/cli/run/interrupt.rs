//! The signals that ask a run to end: heeded between documents, so that what was finished is whole and kept.

use crate::exit::Interrupted;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// The signals heard so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Interrupt {
    signal: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
}

impl Interrupt {
    /// Listens for the signals that ask a program to end. The second one ends it at once.
    #[cfg(unix)]
    pub(crate) fn listen() -> std::io::Result<Self> {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
        use signal_hook::flag;
        let this = Self::default();
        for signal in [SIGHUP, SIGINT, SIGTERM] {
            flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&this.stop))?;
            flag::register_usize(signal, Arc::clone(&this.signal), usize::try_from(signal).unwrap_or(0))?;
            flag::register(signal, Arc::clone(&this.stop))?;
        }
        // A file that may not grow larger is an error of writing then, which is told; it would end the process without a word.
        flag::register(SIGXFSZ, Arc::default())?;
        Ok(this)
    }

    #[cfg(not(unix))]
    pub(crate) fn listen() -> std::io::Result<Self> {
        Ok(Self::default())
    }

    /// Set when a signal was heard.
    pub(crate) fn flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.stop)
    }

    /// Whether a signal was heard.
    pub(crate) fn is_set(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// An error once a signal was heard.
    pub(crate) fn check(&self) -> Result<(), Interrupted> {
        if self.is_set() { Err(self.interrupted()) } else { Ok(()) }
    }

    /// The error of the signal heard.
    pub(crate) fn interrupted(&self) -> Interrupted {
        Interrupted { signal: self.signal.load(Ordering::Relaxed) }
    }
}
