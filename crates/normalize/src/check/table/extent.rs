//! Where the text of a row stands left of its amounts: lists without marks of rank show theirs by it.

use crate::check::line::Line;
use crate::model::statement::Statement;
use std::collections::BTreeMap;

/// Where the text of a row begins and where it ends, in columns of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Extent {
    pub(crate) first: usize,
    pub(crate) last: usize,
}

/// Where the text left of each row's amounts stands; `None` where a row has none.
pub(crate) fn extents<'l>(statement: &Statement, lines: impl IntoIterator<Item = &'l Line<'l>>) -> Option<Vec<Extent>> {
    let mut texts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for cell in statement.raw.cells.iter().filter(|c| !c.text.trim().is_empty()) {
        texts.entry(cell.row).or_default().push(cell.col);
    }
    let extent = |line: &Line<'_>| {
        let figures = line.figures.values().filter_map(|f| statement.raw.cells.get(f.cell));
        let (row, amount) = figures.map(|c| (c.row, c.col)).min()?;
        let left: Vec<usize> = texts.get(&row)?.iter().copied().filter(|c| *c < amount).collect();
        Some(Extent { first: *left.iter().min()?, last: *left.iter().max()? })
    };
    lines.into_iter().map(extent).collect()
}
