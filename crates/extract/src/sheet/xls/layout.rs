//! The layout of a sheet, as its records give it besides values: what is hidden, what merges, what the cells look like.

use super::record::{double_word, word};
use crate::sheet::book::{Area, Edges, Position, Ranges};
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
    /// Some records contradict themselves; their cells are missing.
    pub(super) faulty: bool,
}

/// Row record ([MS-XLS] 2.4.221): fDyZero, or a height of 0.
pub(super) fn row(data: &[u8], layout: &mut Layout) {
    let hidden = data[12] & 0x20 != 0 || word(data, 6).is_some_and(|height| matches!(height, 0 | 0x8000));
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

/// The border styles of an XF record ([MS-XLS] 2.4.353; before BIFF8: OpenOffice's description of the format, 5.115).
pub(super) fn edges(data: &[u8], modern: bool) -> Edges {
    let bits = |at, shift: u32, mask: u32| double_word(data, at).is_some_and(|word| word >> shift & mask != 0);
    if modern {
        return Edges::new([bits(10, 0, 15), bits(10, 4, 15), bits(10, 8, 15), bits(10, 12, 15)]);
    }
    Edges::new([bits(12, 3, 7), bits(12, 6, 7), bits(12, 0, 7), bits(8, 22, 7)])
}
