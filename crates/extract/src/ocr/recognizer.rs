//! What reads a line of text from its picture.

/// A line of text cut out of a page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GreyLine {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Row by row from the top: 0 is black, 255 white.
    pub grey: Vec<u8>,
}

/// A text that a line may hold.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// The text; a blank where characters stand apart.
    pub text: String,
    /// How sure it is, from 0 to 1: as sure as its least sure character.
    pub confidence: f64,
    /// For each character its middle, as a share of the line's width.
    pub places: Vec<f64>,
}

/// What was read of a line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LineReading {
    /// Its text with all characters allowed.
    pub text: Reading,
    /// Its readings as a number, the most likely one first; empty where it is none.
    pub figures: Vec<Reading>,
    /// What else an unsure text may say, the likeliest first.
    pub others: Vec<Reading>,
}

/// Reads lines of text.
pub trait TextRecognizer {
    /// What a line says; nothing where it could not be read.
    fn read(&self, line: &GreyLine) -> Option<LineReading>;
}
