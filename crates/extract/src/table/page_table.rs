//! A table on one page: the texts of a grid's cells.

use super::cuts::Cuts;
use super::grid::{Grid, GridCell};
use crate::model::{Cell, Content, Direction, Glyph, Method, Place, RawTable, Rect};
use crate::text::{self, Room, TextRun};
use std::collections::BTreeMap;

/// A table on one page, before pages are joined.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PageTable {
    /// The table; its captions are not yet attached.
    pub(crate) table: RawTable,
    /// x of the column boundaries.
    pub(crate) xs: Vec<f64>,
    /// Box of the whole grid.
    pub(crate) bbox: Rect,
    /// Cells whose text may be cut by a page break.
    pub(crate) cuts: Cuts,
}

impl PageTable {
    /// The same table, found without rulings and no surer than that.
    pub(super) fn without_rulings(mut self, certainty: f64) -> Self {
        self.table.method = Method::Unruled;
        self.table.confidence *= certainty;
        self
    }
}

/// A text of so many lines is a paragraph.
const PARAGRAPH_LINES: usize = 4;
/// A paragraph's line is full when less than this (font sizes) is left of it: words and punctuation end it early. A mark
/// that may not begin a line takes the character before it along.
const PARAGRAPH_SLACK: f64 = 3.2;
/// The same for a label.
const LABEL_SLACK: f64 = 1.6;
/// Least and most room (font sizes) below the last line of a text that may go on behind the page break.
const ROOM_BELOW: (f64, f64) = (1.6, 2.2);
/// What a line takes beside its pitch (font sizes).
const LINE_MARGIN: f64 = 0.4;
/// Room (font sizes) above the first line of a text that begins at its cell's upper edge.
const ROOM_ABOVE: f64 = 1.2;
/// Padding (points) of both sides of a cell together.
const PADDING: f64 = 4.0;

/// Writes the texts of a grid's cells.
pub(super) fn page_table(page: u32, grid: &Grid, contents: &[Vec<&Glyph>]) -> PageTable {
    let mut cuts = Cuts::default();
    let lines: Vec<Vec<TextRun>> = contents.iter().map(|glyphs| text::lines(glyphs.iter().copied(), None)).collect();
    let longest = longest_lines(grid, &lines);
    let mut cells = Vec::with_capacity(grid.cells.len());
    for (cell, lines) in grid.cells.iter().zip(&lines) {
        note_cuts(&mut cuts, grid, cell, lines);
        let longest = longest.get(&(cell.col, cell.col_span)).copied().unwrap_or(0.0);
        cells.push(write_cell(page, grid, cell, lines, longest));
    }
    let table = RawTable {
        pages: vec![page],
        sheet: None,
        bbox: grid.bbox(),
        method: Method::Ruled,
        confidence: confidence(grid, contents),
        rows: grid.rows(),
        cols: grid.cols(),
        cells,
        captions: Vec::new(),
        strays: Vec::new(),
        header_rows: None,
    };
    PageTable { table, xs: grid.xs.clone(), bbox: grid.bbox(), cuts }
}

/// Notes whether a cell's text fills its last line down to the lower edge, and whether it starts at the upper edge.
fn note_cuts(cuts: &mut Cuts, grid: &Grid, cell: &GridCell, lines: &[TextRun]) {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
    let frame = grid.cell_box(cell);
    // A paragraph ends its lines where its words and punctuation allow, and leaves room for less than a line below. Where
    // the lines are set wide, that is their pitch.
    let paragraph = lines.len() >= PARAGRAPH_LINES;
    let pitch = lines.get(1).map_or(0.0, |second| second.bbox.y0 - first.bbox.y0) / last.size;
    let slack = if paragraph { PARAGRAPH_SLACK } else { LABEL_SLACK };
    let (least, most) = ROOM_BELOW;
    let below = if paragraph { most } else { (pitch + LINE_MARGIN).clamp(least, most) };
    let left = frame.width() - last.bbox.width();
    let full = left < slack * last.size + PADDING;
    if left < PARAGRAPH_SLACK * last.size + PADDING {
        cuts.ends_full.insert((cell.row, cell.col));
    }
    if full && frame.y1 - last.bbox.y1 < below * last.size {
        cuts.ends_open.insert((cell.row, cell.col));
    }
    if first.bbox.y0 - frame.y0 < ROOM_ABOVE * first.size {
        cuts.starts_high.insert((cell.row, cell.col));
    }
}

/// The longest line of text in the cells of each column that fits its frame: others of the column have that room too.
fn longest_lines(grid: &Grid, lines: &[Vec<TextRun>]) -> BTreeMap<(usize, usize), f64> {
    let mut out: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for (cell, lines) in grid.cells.iter().zip(lines) {
        let frame = grid.cell_box(cell).width();
        let upright = lines.iter().filter(|l| l.direction == Direction::Right).map(|l| l.bbox.width());
        let longest = out.entry((cell.col, cell.col_span)).or_default();
        *longest = upright.filter(|width| *width <= frame).fold(*longest, f64::max);
    }
    out
}

fn write_cell(page: u32, grid: &Grid, cell: &GridCell, lines: &[TextRun], longest: f64) -> Cell {
    let frame = grid.cell_box(cell);
    let box_of_text = lines.iter().map(|l| l.bbox).reduce(|a, b| a.union(&b));
    Cell {
        row: cell.row,
        col: cell.col,
        row_span: cell.row_span,
        col_span: cell.col_span,
        text: text::join_lines(lines, &room(&frame, lines, longest)),
        place: Place { page: Some(page), bbox: Some(box_of_text.unwrap_or(frame)), sheet_cell: None },
        content: Content::Text,
        doubts: Vec::new(),
        read: None,
    }
}

/// The room that a cell's lines have: its frame less the usual padding.
fn room(frame: &Rect, lines: &[TextRun], longest: f64) -> Room {
    let upright = lines.first().is_none_or(|l| matches!(l.direction, Direction::Right | Direction::Left));
    let width = (if upright { frame.width() } else { frame.height() }) - PADDING;
    Room { width, edges: upright.then_some((frame.x0, frame.x1)), longest }
}

/// Confidence in a grid without any sign of a misreading.
const FAULTLESS: f64 = 0.98;
/// What cut-up areas take from it.
const CUT_UP: f64 = 0.2;
/// What glyphs across edges take from it, for each share of all glyphs, and at most.
const ACROSS: f64 = 4.0;
const MOST_ACROSS: f64 = 0.5;
/// A glyph stands across an edge when it reaches this far (font sizes) beyond it.
const OVERHANG: f64 = 0.35;
/// No grid that was found is less sure than this.
const LEAST_CONFIDENCE: f64 = 0.05;

/// How sure the grid is: cut-up areas and glyphs that stand across a cell's edge are signs of a grid misread.
fn confidence(grid: &Grid, contents: &[Vec<&Glyph>]) -> f64 {
    let mut glyphs = 0_usize;
    let mut across = 0_usize;
    for (cell, list) in grid.cells.iter().zip(contents) {
        let frame = grid.cell_box(cell);
        glyphs += list.len();
        across += list
            .iter()
            .filter(|g| {
                let slack = OVERHANG * g.size;
                g.bbox.x0 < frame.x0 - slack || g.bbox.x1 > frame.x1 + slack
            })
            .count();
    }
    let share = across as f64 / glyphs.max(1) as f64;
    let irregular = if grid.irregular > 0 { CUT_UP } else { 0.0 };
    (FAULTLESS - irregular - (ACROSS * share).min(MOST_ACROSS)).clamp(LEAST_CONFIDENCE, 1.0)
}
