//! Formulas of old Excel files, as far as they are sums ([MS-XLS] 2.5.198).

use super::record::word;
use crate::sheet::book::{Area, Position};
use crate::sheet::formula::{Operand, Sum};

/// A formula's tokens, with what they need to be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tokens(Vec<u8>);

/// Longest run of tokens that is looked at (bytes).
const LONGEST: usize = 2048;
/// The number of SUM among the functions.
const SUM: u16 = 4;

/// What the reading of tokens has come to so far.
enum Item {
    Cell(Position),
    Area(Area),
    Sum(Sum),
}

impl Tokens {
    /// The tokens of a record whose count stands at `at`.
    pub(super) fn of(data: &[u8], at: usize) -> Option<Self> {
        let length = word(data, at).map(usize::from).filter(|length| *length <= LONGEST)?;
        data.get(at + 2..at + 2 + length).map(|tokens| Self(tokens.to_vec()))
    }

    /// The cell whose record holds the shared tokens, where these are nothing but a pointer to it.
    pub(super) fn shared(&self) -> Option<Position> {
        let is_pointer = self.0.first() == Some(&0x01);
        is_pointer.then(|| Some((word(&self.0, 1)?.into(), word(&self.0, 3)?.into())))?
    }

    /// The sum that the tokens state in the cell `here`; `None` when they are anything else.
    pub(super) fn sum(&self, here: Position) -> Option<Sum> {
        let mut stack: Vec<Item> = vec![];
        let mut rest = self.0.as_slice();
        while let Some(token) = rest.first() {
            let length = read(*token, rest, here, &mut stack)?;
            rest = rest.get(length..)?;
        }
        match stack.as_mut_slice() {
            [_] => stack.pop()?.added(),
            _ => None,
        }
    }
}

impl Tokens {
    /// Whether the tokens are nothing but reckoning with numbers and cells, whose result is never a text.
    pub(super) fn is_arithmetic(&self) -> bool {
        let mut rest = self.0.as_slice();
        while let Some(length) = arithmetic_length(rest) {
            let Some(after) = rest.get(length..) else { return false };
            rest = after;
        }
        rest.is_empty() && !self.0.is_empty()
    }
}

/// The length of a token of reckoning: an operator, a number, a cell, an area, a function of numbers.
fn arithmetic_length(rest: &[u8]) -> Option<usize> {
    // SUM, AVERAGE, MIN, MAX, ABS, INT, ROUND
    const FUNCTIONS: [u16; 7] = [SUM, 5, 6, 7, 24, 25, 27];
    let function = |at| word(rest, at).is_some_and(|number| FUNCTIONS.contains(&(number & 0x7FFF)));
    match rest.first()? {
        0x03..=0x07 | 0x12..=0x15 => Some(1),
        0x1E => Some(3),
        0x1F | 0x25 | 0x45 | 0x65 | 0x2D | 0x4D | 0x6D => Some(9),
        0x24 | 0x44 | 0x64 | 0x2C | 0x4C | 0x6C => Some(5),
        0x3A | 0x5A | 0x7A => Some(7),
        0x3B | 0x5B | 0x7B => Some(11),
        0x19 if rest.get(1)? & 0x50 != 0 => Some(4),
        0x21 | 0x41 | 0x61 if function(1) => Some(3),
        0x22 | 0x42 | 0x62 if function(2) => Some(4),
        _ => None,
    }
}

impl Item {
    /// As an operand of `+` and `-`.
    fn added(self) -> Option<Sum> {
        match self {
            Self::Cell(at) => Some(Sum::of(Operand::Cell(at))),
            Self::Sum(sum) => Some(sum),
            Self::Area(_) => None,
        }
    }

    /// As an argument of SUM.
    fn summed(self) -> Sum {
        match self {
            Self::Cell((row, col)) => Sum::of(Operand::Area(Area { top: row, left: col, bottom: row, right: col })),
            Self::Area(area) => Sum::of(Operand::Area(area)),
            Self::Sum(sum) => sum,
        }
    }
}

/// Reads one token; returns its length.
fn read(token: u8, rest: &[u8], here: Position, stack: &mut Vec<Item>) -> Option<usize> {
    let at = |i| word(rest, i);
    match token {
        0x03 | 0x04 => {
            let (right, left) = (stack.pop()?.added()?, stack.pop()?.added()?);
            stack.push(Item::Sum(left.and(right, token == 0x04)));
            Some(1)
        }
        0x12 | 0x15 => Some(1),
        0x13 => {
            let sum = stack.pop()?.added()?.negated();
            stack.push(Item::Sum(sum));
            Some(1)
        }
        0x24 | 0x44 | 0x64 => {
            stack.push(Item::Cell((at(1)?.into(), u32::from(at(3)? & 0x3FFF))));
            Some(5)
        }
        0x25 | 0x45 | 0x65 => {
            let (top, bottom) = (at(1)?.into(), at(3)?.into());
            let (left, right) = (u32::from(at(5)? & 0x3FFF), u32::from(at(7)? & 0x3FFF));
            stack.push(Item::Area(Area { top, left, bottom, right }));
            Some(9)
        }
        0x2C | 0x4C | 0x6C => {
            stack.push(Item::Cell(relative(at(1)?, at(3)?, here)));
            Some(5)
        }
        0x2D | 0x4D | 0x6D => {
            let (from, to) = (relative(at(1)?, at(5)?, here), relative(at(3)?, at(7)?, here));
            stack.push(Item::Area(Area { top: from.0, left: from.1, bottom: to.0, right: to.1 }));
            Some(9)
        }
        // Blanks between tokens, and SUM of one argument.
        0x19 if rest.get(1)? & 0x50 != 0 => {
            if rest[1] & 0x10 != 0 {
                add_up(1, stack)?;
            }
            Some(4)
        }
        0x22 | 0x42 | 0x62 if at(2)? & 0x7FFF == SUM => {
            add_up(usize::from(rest.get(1)? & 0x7F), stack)?;
            Some(4)
        }
        _ => None,
    }
}

fn add_up(arguments: usize, stack: &mut Vec<Item>) -> Option<()> {
    let from = stack.len().checked_sub(arguments)?;
    let sum = stack.drain(from..).fold(Sum::default(), |sum, item| sum.and(item.summed(), false));
    stack.push(Item::Sum(sum));
    Some(())
}

/// A place that a shared formula counts from the cell that it stands in, where its bits say so.
fn relative(row: u16, col: u16, here: Position) -> Position {
    let (row_counts, col_counts) = (col & 0x8000 != 0, col & 0x4000 != 0);
    let shifted = |from: u32, by: u16, mask: u32| (from + u32::from(by)) & mask;
    let row = if row_counts { shifted(here.0, row, 0xFFFF) } else { row.into() };
    let col = if col_counts { shifted(here.1, col & 0xFF, 0xFF) } else { u32::from(col & 0x3FFF) };
    (row, col)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(tokens: &[u8], here: Position) -> Option<Sum> {
        Tokens(tokens.to_vec()).sum(here)
    }

    #[test]
    fn sums_are_read_from_tokens() {
        let area = |top, left, bottom, right| Sum::of(Operand::Area(Area { top, left, bottom, right }));
        let cell = |row, col| Sum::of(Operand::Cell((row, col)));
        // SUM(C4:C8)-C9
        let tokens = [0x25, 3, 0, 7, 0, 2, 0xC0, 2, 0xC0, 0x19, 0x10, 0, 0, 0x24, 8, 0, 2, 0xC0, 0x04];
        assert_eq!(sum(&tokens, (0, 0)), Some(area(3, 2, 7, 2).and(cell(8, 2), true)));
        // SUM(C4,C8) by its number; -C4
        let tokens = [0x24, 3, 0, 2, 0xC0, 0x24, 7, 0, 2, 0xC0, 0x42, 2, 4, 0];
        assert_eq!(sum(&tokens, (0, 0)), Some(area(3, 2, 3, 2).and(area(7, 2, 7, 2), false)));
        assert_eq!(sum(&[0x24, 3, 0, 2, 0xC0, 0x13], (0, 0)), Some(cell(3, 2).negated()));
        // One row up and one column left of C5.
        assert_eq!(sum(&[0x4C, 0xFF, 0xFF, 0xFF, 0xC0], (4, 2)), Some(cell(3, 1)));
    }

    #[test]
    fn nothing_else_is_a_sum() {
        for tokens in [&[0x1E, 1, 0][..], &[0x24, 3, 0], &[0x25, 3, 0, 7, 0, 2, 0xC0, 2, 0xC0], &[0x03], &[]] {
            assert_eq!(sum(tokens, (0, 0)), None);
        }
        assert_eq!(Tokens(vec![0x01, 4, 0, 2, 0]).shared(), Some((4, 2)));
    }

    #[test]
    fn reckoning_is_told_from_texts() {
        // C4*2, and C4&"x"
        assert!(Tokens(vec![0x44, 3, 0, 2, 0xC0, 0x1E, 2, 0, 0x05]).is_arithmetic());
        assert!(!Tokens(vec![0x44, 3, 0, 2, 0xC0, 0x17, 1, 0, b'x', 0x08]).is_arithmetic());
        assert!(!Tokens::default().is_arithmetic());
    }
}
