//! A quick reader with a careful one beside it, which is asked where the first is not sure.

use super::recognizer::{GreyLine, LineReading, TextRecognizer};

/// The careful reader is asked below this confidence in a number …
const FIGURE: f64 = 0.97;
/// … and below this in a text.
const TEXT: f64 = 0.9;

/// Two readers as one.
pub struct TwoRecognizers<A, B> {
    quick: A,
    careful: B,
}

impl<A: TextRecognizer, B: TextRecognizer> TwoRecognizers<A, B> {
    /// The quick one and the careful one.
    pub fn new(quick: A, careful: B) -> Self {
        Self { quick, careful }
    }
}

impl<A: TextRecognizer, B: TextRecognizer> TextRecognizer for TwoRecognizers<A, B> {
    fn read(&self, line: &GreyLine) -> Option<LineReading> {
        let first = self.quick.read(line);
        let sure = first.as_ref().is_some_and(|reading| match reading.figures.first() {
            Some(figure) => figure.confidence >= FIGURE,
            None => reading.text.confidence >= TEXT,
        });
        if sure {
            return first;
        }
        let mut second = self.careful.read(line)?;
        // What the quick one read otherwise stays a reading.
        for other in first.iter().filter_map(|reading| reading.figures.first()) {
            if !second.figures.is_empty() && second.figures.iter().all(|figure| figure.text != other.text) {
                second.figures.push(other.clone());
            }
        }
        Some(second)
    }
}
