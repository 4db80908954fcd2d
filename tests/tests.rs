//! Tests of the whole program through its command line.

/// Which exit status, which message.
mod command;
/// Files made for the tests.
mod made;
/// What a run leaves in its output folder.
mod output;
