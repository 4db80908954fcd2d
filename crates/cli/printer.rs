//! What goes where? Data to stdout, everything else to stderr; the only place that writes to either.

use std::io::{self, BufWriter, IsTerminal, Write};

/// What the user wants to hear.
pub(crate) struct Printer {
    quiet: bool,
    verbose: bool,
}

impl Printer {
    pub(crate) fn new(quiet: bool, verbose: bool) -> Self {
        Self { quiet, verbose }
    }

    /// What became of the run.
    pub(crate) fn summary(&self, text: &str) {
        if !self.quiet {
            say(text);
        }
    }

    /// What became of each file, when asked for.
    pub(crate) fn detail(&self, text: &str) {
        if self.verbose {
            say(text);
        }
    }

    /// Whether a progress bar would be seen and is wanted.
    pub(crate) fn shows_progress(&self) -> bool {
        !self.quiet && !self.verbose && io::stderr().is_terminal()
    }
}

/// Data for stdout. A closed pipe is an error that the exit status knows.
pub(crate) fn data(bytes: &[u8]) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    out.write_all(bytes)?;
    out.flush()
}

/// What the user must know whatever the flags say: why nothing was done.
pub(crate) fn error(text: &str) {
    say(text);
}

fn say(text: &str) {
    // Nobody can be told that stderr is closed.
    let _ = writeln!(io::stderr().lock(), "{text}");
}
