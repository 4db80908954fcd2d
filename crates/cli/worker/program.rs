//! The program that workers are: this one, or what starts it anew where another program holds it.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::sync::OnceLock;

/// A program with the words that come before its command.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    pub(crate) file: PathBuf,
    pub(crate) words: Vec<OsString>,
}

static CHOSEN: OnceLock<Program> = OnceLock::new();

impl Program {
    /// Keeps what starts this program anew, for the rest of the process.
    pub(crate) fn choose(self) {
        // It is the same for the whole life of a process.
        let _ = CHOSEN.set(self);
    }

    /// What starts this program anew.
    pub(crate) fn own() -> io::Result<Self> {
        match CHOSEN.get() {
            Some(program) => Ok(program.clone()),
            None => Ok(Self { file: std::env::current_exe()?, words: Vec::new() }),
        }
    }
}
