//! The layout of a sheet, as its records give it besides values: what is hidden, what merges, what the cells look like.

use super::formula::Tokens;
use super::record::word;
use crate::sheet::book::{Area, Position, Ranges};
use std::collections::BTreeMap;

/// What the records say of a sheet besides values.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// Style numbers of all cells, blank ones included.
    pub(super) styles: BTreeMap<Position, u16>,
    pub(super) merges: Vec<Area>,
    pub(super) hidden_rows: Ranges,
    pub(super) hidden_cols: Ranges,
    pub(super) zeros_hidden: bool,
    /// Cells left out because they lie beyond the limits.
    pub(super) beyond_limits: usize,
    /// Cells whose shared text has several fonts, with its number.
    pub(super) rich: BTreeMap<Position, u32>,
    /// Formulas, with whether each asks to be calculated anew.
    pub(super) formulas: BTreeMap<Position, (Tokens, bool)>,
    /// Tokens that several formulas share, by the cell that they stand at.
    pub(super) shared: BTreeMap<Position, Tokens>,
    /// The sheet was saved before it was calculated.
    pub(super) uncalculated: bool,
    /// The rows and columns that have values, by their place among these: records count in them.
    pub(super) rows: Vec<u32>,
    pub(super) cols: Vec<u32>,
    /// Some records contradict themselves; their cells are missing.
    pub(super) faulty: bool,
}

/// Row record ([MS-XLS] 2.4.221): fDyZero, or a height of 0 that somebody set (fUnsynced); without that the height is
/// the sheet's own, whatever the record says.
pub(super) fn row(data: &[u8], layout: &mut Layout) {
    let flat = word(data, 6) == Some(0) && data[12] & 0x40 != 0;
    let hidden = data[12] & 0x20 != 0 || flat;
    if let (true, Some(row)) = (hidden, word(data, 0)) {
        layout.hidden_rows.add(u32::from(row), u32::from(row));
    }
}

/// ColInfo record ([MS-XLS] 2.4.53): fHidden, or a width of 0.
pub(super) fn column_info(data: &[u8], layout: &mut Layout) {
    let hidden = data[8] & 1 != 0 || word(data, 4) == Some(0);
    if let (true, Some(first), Some(last)) = (hidden, word(data, 0), word(data, 2)) {
        layout.hidden_cols.add(u32::from(first), u32::from(last));
    }
}

/// MergeCells record ([MS-XLS] 2.4.168).
pub(super) fn merges(data: &[u8], merges: &mut Vec<Area>) {
    let count = word(data, 0).map_or(0, usize::from);
    for area in data.get(2..).unwrap_or_default().chunks_exact(8).take(count) {
        let at = |i| word(area, i).map_or(0, u32::from);
        merges.push(Area { top: at(0), bottom: at(2), left: at(4), right: at(6) });
    }
}

/// Blank and MulBlank records: cells with a style and nothing else.
pub(super) fn blanks(data: &[u8], several: bool, layout: &mut Layout) {
    let (Some(row), Some(left)) = (word(data, 0), word(data, 2)) else { return };
    let cells = if several { data.len().saturating_sub(6) / 2 } else { 1 };
    for cell in 0..cells {
        if let Some(style) = word(data, 4 + 2 * cell) {
            layout.styles.insert((u32::from(row), u32::from(left) + cell as u32), style);
        }
    }
}

/// ShrFmla record ([MS-XLS] 2.4.277): tokens for all cells of an area.
pub(super) fn shared_formula(data: &[u8], layout: &mut Layout) {
    if let (Some(row), Some(col), Some(tokens)) = (word(data, 0), data.get(4), Tokens::of(data, 8)) {
        layout.shared.insert((u32::from(row), u32::from(*col)), tokens);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_hidden_by_their_flag_or_a_height_of_nothing_that_was_set() {
        let mut layout = Layout::default();
        for (number, height, flags) in
            [(0, 0, 0), (1, 0, 0x40), (2, 0x8000, 0), (3, 255, 0x20), (4, 0x80FF, 0), (5, 0x8000, 0x40)]
        {
            let height = u16::to_le_bytes(height);
            row(&[number, 0, 0, 0, 0, 0, height[0], height[1], 0, 0, 0, 0, flags, 1, 0, 0], &mut layout);
        }
        let hidden: Vec<u32> = (0..6).filter(|row| layout.hidden_rows.contains(*row)).collect();
        assert_eq!(hidden, [1, 3]);
    }
}
