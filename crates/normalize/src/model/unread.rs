//! A printed number that ended in nothing known.

use serde::{Deserialize, Serialize};
use yusuan_extract::{Figure, Place, figures_in};

/// A printed number, or several in one cell, that ended in no amount, code, ordinal or other known kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unread {
    /// As printed.
    pub text: String,
    /// Where it stands.
    pub place: Place,
    /// Row and column of the table's grid, 0-based; `None` where it stands in no cell.
    pub position: Option<(usize, usize)>,
}

impl Unread {
    /// How many numbers it is: a cell may print several.
    pub fn figures(&self) -> usize {
        figures_in(&self.text).count().max(1)
    }
}

impl From<Figure> for Unread {
    fn from(figure: Figure) -> Self {
        Self { text: figure.text, place: figure.place, position: None }
    }
}
