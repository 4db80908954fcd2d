//! Tables that are no tables: frames, columns of a page, lines of captions. What they hold is taken out of them, and so are
//! tables inside the cells of others.

use super::block::{Block, Grid, GridCell};
use super::piece::{Line, Piece};
use crate::model::{Cell, CellDoubt, Method, RawTable, Rect};
use crate::sheet::looks_numeric;

/// A text of more characters than this is a paragraph, not a label.
const LABEL: usize = 60;
/// A cell with at least so many paragraphs and characters holds an article.
const ARTICLE: (usize, usize) = (5, 400);
/// A table around an article has no more cells than this that are filled.
const AROUND_ARTICLE: usize = 6;
/// A table whose cells hold other tables has at least so many texts of its own, or it is there for the layout alone.
const OWN_TEXTS: usize = 4;
/// Captions set as a table have no more rows than this, and no more texts in each.
const CAPTION_ROWS: usize = 4;
const CAPTION_TEXTS: usize = 3;
/// Trust in a table that the document itself says is one.
const WRITTEN: f64 = 1.0;

/// The pieces of a document.
pub(super) fn pieces(blocks: Vec<Block>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    append(blocks, &mut pieces);
    pieces
}

fn append(blocks: Vec<Block>, pieces: &mut Vec<Piece>) {
    for block in blocks {
        match block {
            Block::Paragraph(text) => pieces.extend(text.lines().filter_map(Line::of).map(Piece::Line)),
            Block::PageBreak => pieces.push(Piece::PageBreak),
            Block::Grid(grid) => unfold(grid, pieces),
        }
    }
}

fn unfold(grid: Grid, pieces: &mut Vec<Piece>) {
    pieces.extend(Line::of(&grid.caption).map(Piece::Line));
    let facts = Facts::of(&grid);
    if facts.filled == 0 && facts.nested == 0 {
        return;
    }
    if facts.is_lines() {
        for row in 0..grid.rows {
            let texts: Vec<String> = in_row(&grid, row).map(|cell| cell.text().0).collect();
            pieces.extend(Line::of(&texts.join("\t")).map(Piece::Line));
        }
        return;
    }
    if facts.is_layout(&grid) {
        grid.cells.into_iter().for_each(|cell| append(cell.blocks, pieces));
        return;
    }
    pieces.push(Piece::Table(table(&grid)));
    for block in grid.cells.into_iter().flat_map(|cell| cell.blocks) {
        if let Block::Grid(inner) = block {
            unfold(inner, pieces);
        }
    }
}

fn in_row(grid: &Grid, row: usize) -> impl Iterator<Item = &GridCell> {
    grid.cells.iter().filter(move |cell| cell.row == row)
}

/// What tells a table from a layout.
#[derive(Debug, Default)]
struct Facts {
    /// Cells with a text of their own.
    filled: usize,
    /// Of these the ones that are a number.
    figures: usize,
    /// Most texts in a row.
    widest: usize,
    /// Rows with a text.
    rows: usize,
    /// The longest text.
    longest: usize,
    /// Cells of the largest table inside a cell.
    nested: usize,
    article: bool,
    /// The last row with a text tells a unit.
    ends_with_unit: bool,
}

impl Facts {
    fn of(grid: &Grid) -> Self {
        let mut facts = Self::default();
        let (mut row, mut in_row) = (usize::MAX, 0);
        for cell in &grid.cells {
            facts.nested = facts.nested.max(cell.grids().map(|inner| inner.cells.len()).max().unwrap_or(0));
            let (text, _) = cell.text();
            if text.is_empty() {
                continue;
            }
            if cell.row != row {
                (row, in_row) = (cell.row, 0);
                facts.rows += 1;
                facts.ends_with_unit = false;
            }
            in_row += 1;
            let length = text.chars().count();
            facts.widest = facts.widest.max(in_row);
            facts.filled += 1;
            facts.figures += usize::from(looks_numeric(&text));
            facts.longest = facts.longest.max(length);
            facts.article |= cell.blocks.len() >= ARTICLE.0 && length >= ARTICLE.1;
            facts.ends_with_unit |= text.contains("单位：") || text.contains("单位:");
        }
        facts
    }

    /// A row of a few short texts, or some rows that end with a unit: captions set as a table. A row of more is the head of
    /// a table that has nothing to tell.
    fn is_lines(&self) -> bool {
        let captions = self.ends_with_unit && self.rows <= CAPTION_ROWS && self.widest <= CAPTION_TEXTS;
        let short = self.figures == 0 && self.nested == 0 && self.longest <= LABEL;
        short && (self.rows == 1 && self.widest <= CAPTION_TEXTS || captions)
    }

    fn is_layout(&self, grid: &Grid) -> bool {
        let around = self.nested > 0 && (self.filled < OWN_TEXTS || self.figures == 0 && self.nested > self.filled);
        let article = self.article && self.filled <= AROUND_ARTICLE;
        let no_grid = grid.cols == 1 || self.filled <= 1 && self.nested == 0;
        let row_of_texts = self.rows == 1 && self.figures == 0 && self.widest <= CAPTION_TEXTS;
        around || article && self.figures == 0 || no_grid || row_of_texts
    }
}

fn table(grid: &Grid) -> RawTable {
    let mut taken = vec![false; grid.rows * grid.cols];
    let mut cells = Vec::with_capacity(grid.cells.len());
    for cell in &grid.cells {
        // Overlapping spans are a fault of the file; the first cell stands, and the other one keeps what is free.
        let free = |row: usize, col: usize| taken.get(row * grid.cols + col).is_some_and(|taken| !taken);
        let cols = (cell.col..(cell.col + cell.col_span).min(grid.cols)).take_while(|col| free(cell.row, *col)).count();
        let all_free = |row: &usize| (cell.col..cell.col + cols).all(|col| free(*row, col));
        let rows = (cell.row..(cell.row + cell.row_span).min(grid.rows)).take_while(all_free).count();
        let (text, several) = cell.text();
        for row in cell.row..cell.row + rows {
            taken[row * grid.cols + cell.col..row * grid.cols + cell.col + cols].fill(true);
        }
        if cols > 0 && rows > 0 {
            let doubts = if several { vec![CellDoubt::SeveralFigures] } else { Vec::new() };
            let (row, col) = (cell.row, cell.col);
            cells.push(Cell { row, col, row_span: rows, col_span: cols, text, doubts, ..Cell::default() });
        }
    }
    let blank =
        |at: usize| Cell { row: at / grid.cols, col: at % grid.cols, row_span: 1, col_span: 1, ..Cell::default() };
    cells.extend(taken.iter().enumerate().filter(|(_, taken)| !**taken).map(|(at, _)| blank(at)));
    cells.sort_by_key(|cell| (cell.row, cell.col));
    RawTable {
        bbox: Rect::default(),
        method: Method::Document,
        confidence: WRITTEN,
        rows: grid.rows,
        cols: grid.cols,
        cells,
        ..RawTable::default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::grid::{SpanCell, of_spans};
    use super::*;

    fn grid(rows: &[&[&str]]) -> Grid {
        let cell =
            |text: &&str| SpanCell { col_span: 1, row_span: 1, blocks: vec![Block::Paragraph((*text).to_owned())] };
        of_spans(rows.iter().map(|row| row.iter().map(cell).collect()).collect()).0
    }

    fn shown(blocks: Vec<Block>) -> Vec<String> {
        let show = |piece: Piece| match piece {
            Piece::Line(line) => line.parts.join("|"),
            Piece::Table(table) => format!("{}x{}", table.rows, table.cols),
            Piece::PageBreak => "break".to_owned(),
        };
        pieces(blocks).into_iter().map(show).collect()
    }

    #[test]
    fn a_frame_and_a_line_of_captions_are_no_tables() {
        let data = grid(&[&["项目", "数"], &["甲", "1"]]);
        let mut frame = grid(&[&["题"]]);
        frame.cells[0].blocks.push(Block::Grid(data.clone()));
        let captions = grid(&[&["编号：甲", "单位：元"]]);
        let blocks = vec![Block::Grid(captions), Block::Grid(frame)];
        assert_eq!(shown(blocks), ["编号：甲|单位：元", "题", "2x2"]);
        let titled = grid(&[&["某表", ""], &["编号：甲", "单位：元"]]);
        assert_eq!(shown(vec![Block::Grid(titled)]), ["某表", "编号：甲|单位：元"]);
        assert_eq!(shown(vec![Block::Grid(data)]), ["2x2"]);
    }

    #[test]
    fn a_table_in_a_form_follows_it() {
        let mut form = grid(&[&["名称", "甲", "金额", "3"], &["内容", "", "时间", "年"]]);
        let at = form.cells.iter().position(|cell| cell.row == 1 && cell.col == 1).unwrap();
        form.cells[at].blocks.push(Block::Grid(grid(&[&["一", "1"], &["二", "2"]])));
        assert_eq!(shown(vec![Block::Grid(form)]), ["2x4", "2x2"]);
    }
}
