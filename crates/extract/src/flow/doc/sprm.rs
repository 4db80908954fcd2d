//! Properties as the document stores them: a list of codes with operands ([MS-DOC] 2.6).

use super::bytes::{i16_at, slice, u16_at, u32_at};
use crate::flow::levels::{CellForm, RowForm};

/// What is said of a paragraph.
#[expect(clippy::struct_excessive_bools, reason = "each is a property of its own in the file")]
#[derive(Debug, Clone, Default)]
pub(super) struct Paragraph {
    pub(super) style: u16,
    pub(super) in_table: bool,
    pub(super) ends_row: bool,
    pub(super) depth: usize,
    /// The end of a cell, of a row, in a table inside another.
    pub(super) ends_inner_cell: bool,
    pub(super) ends_inner_row: bool,
    pub(super) breaks_page: bool,
    pub(super) list: Option<u16>,
    pub(super) level: Option<u8>,
    pub(super) row: RowForm,
}

/// What is said of a character.
#[expect(clippy::struct_excessive_bools, reason = "each is a property of its own in the file")]
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Character {
    pub(super) hidden: bool,
    pub(super) deleted: bool,
    pub(super) struck: bool,
    pub(super) raised: bool,
    pub(super) lowered: bool,
    /// The character stands for something else.
    pub(super) special: bool,
    /// Font and code of a symbol.
    pub(super) symbol: Option<(u16, u16)>,
    /// Where a picture is described in the data stream.
    pub(super) picture: Option<usize>,
}

/// Cells of a row at most ([MS-DOC] 2.9.331 allows 63).
const MOST_CELLS: usize = 512;

/// The codes of a list with their operands.
pub(super) fn each(list: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let code = u16_at(list, at)?;
        at += 2;
        let (skip, length) = match code >> 13 {
            0 | 1 => (0, 1),
            2 | 4 | 5 => (0, 2),
            3 => (0, 4),
            7 => (0, 3),
            // The definition of a table counts one byte of its own length.
            _ if matches!(code, 0xD608 | 0xD606) => (2, usize::from(u16_at(list, at)?).checked_sub(1)?),
            // Changed tabs: where they are too many for their count, they are counted one by one.
            _ if code == 0xC615 && list.get(at) == Some(&255) => {
                let gone = usize::from(*list.get(at + 1)?);
                let new = usize::from(*list.get(at + 2 + 4 * gone)?);
                (1, 2 + 4 * gone + 3 * new)
            }
            _ => (1, usize::from(*list.get(at)?)),
        };
        let operand = slice(list, at + skip, length)?;
        at += skip + length;
        Some((code, operand))
    })
}

impl Paragraph {
    /// Takes a list of properties; `data` holds those that are too long for it.
    pub(super) fn take(&mut self, list: &[u8], data: &[u8]) {
        for (code, operand) in each(list) {
            let on = operand.first().is_some_and(|value| *value != 0);
            match code {
                0x2416 => self.in_table = on,
                0x2417 => self.ends_row = on,
                0x244B => self.ends_inner_cell = on,
                0x244C => self.ends_inner_row = on,
                0x6649 => self.depth = u32_at(operand, 0).map_or(0, |depth| depth.min(64) as usize),
                0x2407 => self.breaks_page = on,
                0x260A => self.level = operand.first().copied(),
                0x460B => self.list = u16_at(operand, 0),
                0xD608 => self.row = row(operand),
                0xD62B => self.merge_down(operand),
                0x5624 => self.merge_across(operand),
                // The rest stands in the data stream, behind its length.
                0x6645 | 0x6646 => {
                    let at = u32_at(operand, 0).and_then(|at| usize::try_from(at).ok());
                    let rest = at.and_then(|at| slice(data, at + 2, usize::from(u16_at(data, at)?)));
                    // What stands there sends nobody on.
                    if let Some(rest) = rest.filter(|rest| each(rest).all(|(code, _)| !matches!(code, 0x6645 | 0x6646)))
                    {
                        self.take(rest, &[]);
                    }
                }
                _ => {}
            }
        }
    }

    fn merge_down(&mut self, operand: &[u8]) {
        let (Some(cell), Some(flags)) = (operand.first(), operand.get(1)) else { return };
        if let Some(cell) = self.row.cells.get_mut(usize::from(*cell)) {
            cell.joins_above = *flags == 1;
        }
    }

    fn merge_across(&mut self, operand: &[u8]) {
        let (Some(first), Some(end)) = (operand.first(), operand.get(1)) else { return };
        let inner = usize::from(*first) + 1..usize::from(*end);
        for (_, cell) in self.row.cells.iter_mut().enumerate().filter(|(index, _)| inner.contains(index)) {
            cell.joins_left = true;
        }
    }
}

/// A row's cells ([MS-DOC] 2.9.327): how many, their edges, then 20 bytes for each, as far as they are there.
fn row(operand: &[u8]) -> RowForm {
    let count = operand.first().map_or(0, |count| usize::from(*count)).min(MOST_CELLS);
    let edge = |index: usize| i16_at(operand, 1 + 2 * index).map(i32::from);
    let forms = 1 + 2 * (count + 1);
    let mut row = RowForm { left: edge(0).unwrap_or(0), cells: Vec::new() };
    for index in 0..count {
        let Some(right) = edge(index + 1) else { break };
        let flags = u16_at(operand, forms + 20 * index).unwrap_or(0);
        // Bit 1: a part of the cell to the left. Bits 5 and 6: of the one above, unless it is the first.
        let (joins_left, joins_above) = (flags & 0x2 != 0, flags & 0x60 == 0x20);
        row.cells.push(CellForm { right, joins_left, joins_above });
    }
    row
}

impl Character {
    /// Takes a list of properties.
    pub(super) fn take(&mut self, list: &[u8], data_length: usize) {
        for (code, operand) in each(list) {
            // 0 and 1 are off and on; 0x80 and 0x81 as the style says, which is mostly off.
            let on = operand.first() == Some(&1);
            match code {
                0x0800 => self.deleted = on,
                0x083C => self.hidden = on,
                0x0837 | 0x2A53 => self.struck |= on,
                0x2A48 => {
                    self.raised = operand.first() == Some(&1);
                    self.lowered = operand.first() == Some(&2);
                }
                0x0855 => self.special = on,
                0x6A09 => self.symbol = u16_at(operand, 0).zip(u16_at(operand, 2)),
                0x6A03 => {
                    let at = u32_at(operand, 0).and_then(|at| usize::try_from(at).ok());
                    self.picture = at.filter(|at| *at < data_length);
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_definition_gives_edges_and_merges() {
        let mut list = vec![0x16, 0x24, 1, 0x08, 0xD6];
        let mut operand = vec![2, 0, 0, 0xE8, 3, 0xD0, 7];
        operand.extend([0x60, 0].into_iter().chain([0; 18]));
        operand.extend([0x20, 0].into_iter().chain([0; 18]));
        list.extend(u16::try_from(operand.len() + 1).unwrap().to_le_bytes());
        list.extend(operand);
        let mut paragraph = Paragraph::default();
        paragraph.take(&list, &[]);
        assert!(paragraph.in_table);
        let cells: Vec<(i32, bool)> = paragraph.row.cells.iter().map(|c| (c.right, c.joins_above)).collect();
        assert_eq!(cells, [(1000, false), (2000, true)]);
        for length in 0..list.len() {
            Paragraph::default().take(&list[..length], &[]);
        }
    }
}
