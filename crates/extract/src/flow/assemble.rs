//! The way from blocks to an extraction.

use super::block::Block;
use super::captions::share;
use super::join::joined;
use super::piece::{Line, Piece};
use super::unfold::pieces;
use crate::model::{Caption, CaptionSide, Extraction, Place, RawTable, TextLine};
use crate::options::LayoutOptions;

/// Puts a document's blocks together.
pub(super) fn assemble(blocks: Vec<Block>, options: &LayoutOptions) -> Extraction {
    let pieces = pieces(blocks);
    let pieces = if options.join_pages { joined(pieces) } else { pieces };
    let mut document = Extraction::default();
    let mut between: Vec<&Piece> = Vec::new();
    for piece in &pieces {
        match piece {
            Piece::Table(table) => {
                let shared = share(&between, document.tables.is_empty());
                attach(document.tables.last_mut(), &shared.below, CaptionSide::Below);
                document.tables.push(placed(table.clone()));
                attach(document.tables.last_mut(), &shared.above, CaptionSide::Above);
                between.clear();
            }
            Piece::Line(line) => {
                between.push(piece);
                document.lines.push(text_line(line, document.tables.len()));
            }
            Piece::PageBreak => between.push(piece),
        }
    }
    if !document.tables.is_empty() {
        let shared = share(&between, false);
        attach(document.tables.last_mut(), &shared.below, CaptionSide::Below);
    }
    document
}

fn text_line(line: &Line, tables_before: usize) -> TextLine {
    let (text, place) = (line.text.clone(), Place::default());
    TextLine { text, sheet: None, place, size: 0.0, tables_before, running: false }
}

fn attach(table: Option<&mut RawTable>, lines: &[Line], side: CaptionSide) {
    let Some(table) = table else { return };
    let parts = lines.iter().flat_map(|line| &line.parts);
    table.captions.extend(parts.map(|text| Caption { text: text.clone(), place: Place::default(), side }));
}

/// Gives every cell its place: its row and column in the table.
fn placed(mut table: RawTable) -> RawTable {
    let one_based = |index: usize| u32::try_from(index + 1).unwrap_or(u32::MAX);
    for cell in &mut table.cells {
        cell.place.sheet_cell = Some((one_based(cell.row), one_based(cell.col)));
    }
    table
}
