//! Grids that rule only part of their table: a boxed header over plain rows, a frame round columns of text.

use super::block::Block;
use super::header::{form_rows, header_rows};
use super::layout::{Layout, columns_of};
use super::{gaps, row, seams};
use crate::model::{Glyph, Page, Rect};
use crate::table::page_table::PageTable;

/// Texts of one line in one cell that stand further apart than this many font sizes are two columns' texts.
const APART: f64 = 1.0;
/// Share of a grid's texts that must stand so before the rulings are not taken for its columns.
const MISREAD: f64 = 0.4;

/// Reads grids again from their texts where their cells hold columns of texts.
pub(super) fn mend(page: &Page, tables: &mut [PageTable]) {
    for table in tables.iter_mut() {
        let frame = table.bbox;
        let glyphs: Vec<Glyph> =
            page.glyphs.iter().filter(|g| frame.contains(g.bbox.center_x(), g.bbox.center_y())).cloned().collect();
        let pieces: Vec<Block> = seams::pieces(&glyphs);
        if !is_misread(table, &pieces) {
            continue;
        }
        let rows = row::rows(pieces);
        let columns = columns_of(&rows);
        if rows.len() < 2 || columns.len() < table.table.cols {
            continue;
        }
        let header = header_rows(&rows, &columns);
        let form = form_rows(&rows, &columns, header);
        let layout = Layout::of_rows(&rows, columns, header, form);
        if layout.is_credible() {
            *table = layout.table(page.number, &glyphs);
        }
    }
}

/// Whether many texts share their cell and their line with others that stand apart, under each other on all the
/// cell's lines (justified text leaves wide blanks as well, but at other places on each line).
fn is_misread(table: &PageTable, pieces: &[Block]) -> bool {
    let mut cells: Vec<Vec<Block>> = vec![Vec::new(); table.table.cells.len()];
    for piece in pieces {
        if let Some(home) = home(table, piece) {
            cells[home].push(piece.clone());
        }
    }
    let sharing: usize = cells.into_iter().map(texts_in_columns).sum();
    sharing as f64 > MISREAD * pieces.len() as f64
}

/// Number of a cell's texts when they stand in columns, otherwise 0.
fn texts_in_columns(texts: Vec<Block>) -> usize {
    let count = texts.len();
    let rows = row::line_rows(texts);
    let apart = |pair: &[Block]| pair[1].bbox.x0 - pair[0].bbox.x1 > APART * pair[0].size;
    let several = rows.iter().filter(|r| r.windows(2).any(apart)).count();
    let in_columns = 2 * several > rows.len() && gaps::find(&rows).len() >= 2;
    if in_columns { count } else { 0 }
}

/// The cell whose text a piece is.
fn home(table: &PageTable, piece: &Block) -> Option<usize> {
    let holds = |b: &Rect| piece.is_inside(b);
    table.table.cells.iter().position(|c| !c.text.is_empty() && c.place.bbox.as_ref().is_some_and(holds))
}
