//! The form of a worksheet that every format's reader fills, before anything hidden is left out.

use crate::model::{CellDoubt, Content, Diagnostic, DiagnosticCode};
use std::collections::BTreeMap;

/// 0-based row and column on the worksheet.
pub(super) type Position = (u32, u32);

/// A worksheet as stored.
#[derive(Debug, Default)]
pub(super) struct Worksheet {
    pub(super) name: String,
    /// Cells with a text or a border, in row-major order.
    pub(super) cells: BTreeMap<Position, Stored>,
    pub(super) merges: Vec<Area>,
    pub(super) hidden_rows: Ranges,
    pub(super) hidden_cols: Ranges,
    /// The sheet is set to show zeros as blanks.
    pub(super) zeros_hidden: bool,
    /// Cells with a value that their number format doesn't show, zeros not counted.
    pub(super) not_shown: usize,
    /// Cells whose text, or a part of it, is struck out or has the colour of its ground.
    pub(super) unseen: usize,
    /// Numbers whose format shows another figure than the one stored.
    pub(super) scaled: usize,
    /// Formulas whose result is not known for sure.
    pub(super) stale: usize,
    /// All stored numbers, those that aren't seen too: what formulas reckon with.
    pub(super) numbers: BTreeMap<Position, f64>,
    /// Cells left out because a limit was reached.
    pub(super) beyond_limits: usize,
}

/// A stored cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Stored {
    pub(super) text: String,
    pub(super) content: Content,
    pub(super) edges: Edges,
    pub(super) doubts: Vec<CellDoubt>,
}

/// Which sides of a cell have a line drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Edges(u8);

impl Edges {
    pub(super) const LEFT: Self = Self(1);
    pub(super) const RIGHT: Self = Self(2);
    pub(super) const TOP: Self = Self(4);
    pub(super) const BOTTOM: Self = Self(8);

    /// The sides for which `drawn` (left, right, top, bottom) is true.
    pub(super) fn new(drawn: [bool; 4]) -> Self {
        Self(drawn.iter().enumerate().map(|(bit, on)| u8::from(*on) << bit).sum())
    }

    pub(super) fn has(self, side: Self) -> bool {
        self.0 & side.0 != 0
    }

    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn count(self) -> u32 {
        self.0.count_ones()
    }
}

/// A rectangle of cells, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Area {
    pub(super) top: u32,
    pub(super) left: u32,
    pub(super) bottom: u32,
    pub(super) right: u32,
}

/// A set of row or column numbers, as ranges with both ends included.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Ranges(Vec<(u32, u32)>);

impl Ranges {
    pub(super) fn add(&mut self, first: u32, last: u32) {
        match self.0.last_mut() {
            Some((_, end)) if first == end.saturating_add(1) => *end = last.max(first),
            _ => self.0.push((first, last.max(first))),
        }
    }

    /// Sorts the ranges and joins those that touch; needed before [`Self::contains`].
    pub(super) fn finish(&mut self) {
        self.0.sort_unstable();
        let mut joined: Vec<(u32, u32)> = vec![];
        for (first, last) in self.0.drain(..) {
            match joined.last_mut() {
                Some((_, end)) if first <= end.saturating_add(1) => *end = last.max(*end),
                _ => joined.push((first, last)),
            }
        }
        self.0 = joined;
    }

    pub(super) fn contains(&self, number: u32) -> bool {
        let after = self.0.partition_point(|(first, _)| *first <= number);
        after > 0 && self.0[after - 1].1 >= number
    }
}

/// What a workbook's reader hands on.
#[derive(Debug, Default)]
pub(super) struct Workbook {
    pub(super) sheets: Vec<Worksheet>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Workbook {
    /// Says that a sheet is hidden.
    pub(super) fn hidden_sheet(&mut self, name: &str) {
        self.say(DiagnosticCode::HiddenLeftOut, name, format!("工作表“{name}”是隐藏的，未读取"));
    }

    /// Says that a sheet could not be read.
    pub(super) fn lost_sheet(&mut self, name: &str, reason: &str) {
        self.say(DiagnosticCode::SheetLost, name, format!("工作表“{name}”无法读取（{reason}）"));
    }

    /// Says that a sheet could be read only down to some place.
    pub(super) fn broken_sheet(&mut self, name: &str, reason: &str) {
        self.say(DiagnosticCode::SheetLost, name, format!("工作表“{name}”只读出前面一部分（{reason}）"));
    }

    /// Adds a diagnostic about a sheet.
    pub(super) fn say(&mut self, code: DiagnosticCode, sheet: &str, message: String) {
        self.diagnostics.push(Diagnostic { code, place: Some(sheet.to_owned()), message });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_join_and_answer() {
        let mut ranges = Ranges::default();
        for (first, last) in [(7, 9), (3, 4), (5, 5), (8, 20)] {
            ranges.add(first, last);
        }
        ranges.finish();
        let inside: Vec<u32> = (0..30).filter(|n| ranges.contains(*n)).collect();
        assert_eq!(inside, (3..=5).chain(7..=20).collect::<Vec<_>>());
    }
}
