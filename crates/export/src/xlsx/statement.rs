//! One table as printed: title, unit, header and body with their merged cells, real numbers, notes below.

use super::captions::{captions, notes, title, unit_line};
use super::grid::{Grid, Piece};
use super::layout::{Block, HIGHEST_ROW, Layout, lay_out, text_height};
use super::paper::Paper;
use super::sheet::{cell_text, write_back};
use super::style::{Role, Styles};
use crate::words::sheet;
use rust_xlsxwriter::{IgnoreError, Worksheet, XlsxError};
use yusuan_normalize::{MoneyUnit, OwnLines, Statement};

/// Rows repeated on every printed page and kept in sight take at most this height in points: about half a screen.
const HIGHEST_HEADER: f64 = 300.0;

/// Room that a title takes, measured by the text that widths and heights are made for.
const TITLE_SCALE: f64 = 1.5;

/// Writes the sheet of one statement; returns the sheet's row of the first grid row.
pub(super) fn write(
    sheet: &mut Worksheet,
    (statement, own): (&Statement, &OwnLines<'_>),
    unit: Option<MoneyUnit>,
    styles: &mut Styles,
) -> Result<u32, XlsxError> {
    let grid = Grid::new(statement, unit);
    let cols = grid.cols.max(1);
    let blocks: Vec<Block> = grid.pieces.iter().map(Piece::block).collect();
    let layout = lay_out(grid.rows, cols, &blocks);
    for (col, width) in layout.widths.iter().enumerate() {
        sheet.set_column_width(col as u16, *width)?;
    }
    let paper = Paper::of(&layout.widths, grid.label_columns());
    // What is said of the table stands on the first page.
    let shown = paper.first.min(cols);
    let width: f64 = layout.widths.iter().take(shown).sum();
    write_back(sheet, sheet::OVERVIEW, "", styles)?;
    let mut lines = Lines { sheet, row: 1, cols: shown, width };
    lines.write(&title(statement), Role::Title, styles)?;
    for caption in captions(statement, own) {
        lines.write(&caption, Role::Caption, styles)?;
    }
    if let Some(unit) = unit_line(statement, unit) {
        lines.write(&unit, Role::Unit, styles)?;
    }
    let first = lines.row;
    write_grid(sheet, &Placed { grid: &grid, layout: &layout, first }, styles)?;
    let mut lines = Lines { sheet, row: first + grid.rows as u32, cols: shown, width };
    for note in notes(statement, own, &grid) {
        lines.write(&note, Role::Note, styles)?;
    }
    let last = lines.row;
    paper.set_up(sheet)?;
    finish(sheet, &Placed { grid: &grid, layout: &layout, first }, last)?;
    Ok(first)
}

/// The grid with the place that it takes on the sheet.
struct Placed<'a> {
    grid: &'a Grid,
    layout: &'a Layout,
    first: u32,
}

fn write_grid(sheet: &mut Worksheet, placed: &Placed<'_>, styles: &mut Styles) -> Result<(), XlsxError> {
    for (index, height) in placed.layout.heights.iter().enumerate() {
        sheet.set_row_height(placed.first + index as u32, *height)?;
    }
    for piece in &placed.grid.pieces {
        let (row, col) = (placed.first + piece.row as u32, piece.col as u16);
        let format = styles.get(piece.style);
        if piece.rows > 1 || piece.cols > 1 {
            let (last_row, last_col) = (row + piece.rows as u32 - 1, col + piece.cols as u16 - 1);
            sheet.merge_range(row, col, last_row, last_col, "", format)?;
        }
        match &piece.number {
            Some(number) => sheet.write_number_with_format(row, col, number.value, format)?,
            None if piece.text.is_empty() => sheet.write_blank(row, col, format)?,
            None => sheet.write_string_with_format(row, col, cell_text(&piece.text), format)?,
        };
    }
    Ok(())
}

fn finish(sheet: &mut Worksheet, placed: &Placed<'_>, last: u32) -> Result<(), XlsxError> {
    let body = placed.first + placed.grid.header_rows as u32;
    let height: f64 = placed.layout.heights.iter().take(placed.grid.header_rows).sum();
    if placed.grid.header_rows > 0 && height <= HIGHEST_HEADER {
        sheet.set_freeze_panes(body, 0)?;
        sheet.set_repeat_rows(placed.first, body - 1)?;
    }
    // Codes are texts of digits on purpose; the green corners would only ask the reader to "repair" them.
    sheet.ignore_error_range(0, 0, last, placed.grid.cols.max(1) as u16 - 1, IgnoreError::NumberStoredAsText)?;
    Ok(())
}

/// Lines over the whole width of the sheet, above and below the grid.
struct Lines<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    cols: usize,
    width: f64,
}

impl Lines<'_> {
    fn write(&mut self, text: &str, role: Role, styles: &mut Styles) -> Result<(), XlsxError> {
        let text = cell_text(text);
        // The title's letters are larger than those that the widths count.
        let scale = if role == Role::Title { TITLE_SCALE } else { 1.0 };
        let height = (text_height(&text, self.width / scale) * scale).min(HIGHEST_ROW);
        let format = styles.of(role);
        if self.cols > 1 {
            self.sheet.merge_range(self.row, 0, self.row, self.cols as u16 - 1, &text, format)?;
        } else {
            self.sheet.write_string_with_format(self.row, 0, text, format)?;
        }
        self.sheet.set_row_height(self.row, height)?;
        self.row += 1;
        Ok(())
    }
}
