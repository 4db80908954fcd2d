//! Tests of the whole program through its command line.

/// Files made for the tests.
mod made;
/// Which exit status, which message.
mod command;
/// What a run leaves in its output folder.
mod output;
