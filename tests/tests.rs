//! Tests of the whole program through its command line.
#![allow(clippy::unwrap_used, reason = "a test that can't be set up must fail, in its helpers too")]

/// The handbook.
mod book;
/// Which exit status, which message.
mod command;
/// What a reviewer corrected.
mod corrections;
/// Wrong digits and the checks.
mod damage;
/// A PDF for what people draw.
mod drawn;
/// Tables of the samples, cell by cell.
mod golden;
/// What people say of tables, and what they correct in the browser.
mod hints;
/// Files made for the tests.
mod made;
/// Runs over the same folder again and again.
mod nightly;
/// Nights that go wrong, and the good ones after them.
mod nights;
/// What a run leaves in its output folder.
mod output;
/// Bodies, versions of a document, the panel.
mod panel;
/// README's commands, line by line.
mod readme;
/// Help, errors and summaries, word for word.
mod said;
/// The server of `serve`: attacks, kills, corrections.
mod serve;
/// A running server and a client.
mod served;
