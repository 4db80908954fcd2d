//! The two streams: data to stdout, everything else to stderr. The only file that writes to either.

use std::borrow::Cow;
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

/// Whether data on stdout is shown on a terminal.
pub(crate) fn data_is_read_by_a_person() -> bool {
    io::stdout().is_terminal()
}

/// What the user must know whatever the flags say: why nothing was done.
pub(crate) fn error(text: &str) {
    say(text);
}

/// Help and version, as the parser of the command line lays them out.
pub(crate) fn parser_text(text: &clap::Error) {
    // A closed stream is nobody's fault and nobody is left to tell.
    drop(text.print());
}

fn say(text: &str) {
    // Nobody can be told that stderr is closed.
    let _ = writeln!(io::stderr().lock(), "{}", plain(text));
}

/// The text without what a terminal would obey: a file name may hold escape sequences.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    let obeyed = |c: char| c.is_control() && c != '\n';
    if !text.contains(obeyed) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace(obeyed, "\u{fffd}"))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn nothing_that_a_terminal_obeys_is_printed() {
        assert_eq!(plain("甲\n乙.pdf"), "甲\n乙.pdf");
        assert_eq!(plain("a\u{1b}[31mb\r\u{9b}2J"), "a\u{fffd}[31mb\u{fffd}\u{fffd}2J");
    }
}
