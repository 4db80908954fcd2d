//! Scanned pages: from a picture to a positioned page.
//!
//! The picture is straightened, its rulings and its lines of text are found by where the ink is, and each line is read on
//! its own. What comes out is a page as any other, with rulings and characters in their places, so that one table engine
//! serves all; what else a number may be read as travels beside it.

mod attach;
mod axis;
mod crop;
mod ctc;
mod faint;
mod flat;
mod ink;
mod lines;
mod paddle;
mod page;
mod paper;
mod pieces;
mod recognizer;
mod rows;
mod skew;
mod strokes;
mod touching;
mod two_models;

pub(crate) use attach::attach;
pub use paddle::ModelRecognizer;
pub(crate) use page::{is_written, read_page};
pub use recognizer::{GreyLine, LineReading, Reading, TextRecognizer};
pub use two_models::TwoRecognizers;
