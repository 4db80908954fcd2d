//! How do a worksheet's tables, with the texts around them, become raw tables and lines?

use super::regions::{self, Region};
use super::view::{SeenCell, View};
use crate::document::{Extraction, TextLine};
use crate::geometry::Rect;
use crate::table::{Caption, CaptionSide, Cell, Method, Place, RawTable};
use std::collections::BTreeMap;

/// Most rows of titles above a table, and of notes below it.
const MOST_CAPTION_ROWS: usize = 6;

/// Most blank rows between a table and its captions, and between those.
const MOST_GAP: usize = 2;

/// A text longer than this is a paragraph, not a title.
const LONGEST_TITLE: usize = 80;

/// What may stand above a title is short: 附件1, 预算01表.
const LONGEST_NUMBER: usize = 12;

/// Trust in a grid that is drawn, and in one that only stands in rows and columns.
const CONFIDENCE: (f64, f64) = (1.0, 0.8);

/// Appends what is seen of a sheet to the document. Returns the number of grid rows left out because of `most_cells`.
pub(super) fn append(document: &mut Extraction, view: &View, name: &str, most_cells: usize) -> usize {
    let regions = regions::find(view);
    let owners = caption_rows(view, &regions);
    let mut left_out = 0;
    let first = document.tables.len();
    for region in &regions {
        let most_rows = most_cells / (region.right - region.left + 1);
        let shown = Region { bottom: region.bottom.min(region.top + most_rows.max(1) - 1), ..*region };
        left_out += region.bottom - shown.bottom;
        document.tables.push(table(view, shown, name));
    }
    for cell in outside(view, &regions) {
        let text = cell.text.clone();
        let place = place(cell);
        if let Some((index, side)) = owners.get(&cell.row).and_then(|owner| owner.of(&regions, cell)) {
            document.tables[first + index].captions.push(Caption { text: text.clone(), place, side });
        }
        let before = regions.iter().filter(|region| region.top <= cell.row).count();
        document.lines.push(TextLine {
            text,
            sheet: Some(name.to_owned()),
            place,
            size: 0.0,
            tables_before: first + before,
            running: false,
        });
    }
    left_out
}

fn place(cell: &SeenCell) -> Place {
    Place { page: None, bbox: None, sheet_cell: Some((cell.stored_at.0 + 1, cell.stored_at.1 + 1)) }
}

fn table(view: &View, region: Region, name: &str) -> RawTable {
    let mut cells = vec![];
    for row in region.top..=region.bottom {
        let mut col = region.left;
        while col <= region.right {
            let (cell, next) = grid_cell(view, region, (row, col));
            cells.extend(cell);
            col = next;
        }
    }
    RawTable {
        pages: vec![],
        sheet: Some(name.to_owned()),
        bbox: Rect::default(),
        method: Method::Sheet,
        confidence: if region.boxed { CONFIDENCE.0 } else { CONFIDENCE.1 },
        rows: region.bottom - region.top + 1,
        cols: region.right - region.left + 1,
        cells,
        captions: vec![],
    }
}

/// The grid's cell at a position (`None` where one above covers it), and the column after it.
fn grid_cell(view: &View, region: Region, (row, col): (usize, usize)) -> (Option<Cell>, usize) {
    let Some(piece) = view.piece(row, col) else {
        let place = Place { page: None, bbox: None, sheet_cell: Some((view.rows[row] + 1, view.cols[col] + 1)) };
        let (row, next) = (row - region.top, col + 1);
        let cell = Cell { row, col: col - region.left, row_span: 1, col_span: 1, place, ..Cell::default() };
        return (Some(cell), next);
    };
    let seen = &view.cells[piece.cell];
    let next = piece.right + 1;
    // A merged cell may reach beyond the grid (a title over a wider area): its part inside counts.
    let top = seen.row.max(region.top);
    if top < row {
        return (None, next);
    }
    let bottom = (seen.row + seen.row_span - 1).min(region.bottom);
    let cell = Cell {
        row: row - region.top,
        col: col - region.left,
        row_span: bottom - row + 1,
        col_span: piece.right.min(region.right) - col + 1,
        text: seen.text.clone(),
        place: place(seen),
        content: seen.content,
    };
    (Some(cell), next)
}

/// Cells with text outside all tables, in reading order.
fn outside<'a>(view: &'a View, regions: &'a [Region]) -> impl Iterator<Item = &'a SeenCell> {
    let mut by_row = vec![vec![]; view.rows.len()];
    for region in regions {
        (region.top..=region.bottom).for_each(|row| by_row[row].push(*region));
    }
    let inside = move |cell: &SeenCell| {
        let rows = &by_row[cell.row..cell.row + cell.row_span];
        rows.iter().flatten().any(|region| cell.col <= region.right && cell.col + cell.col_span > region.left)
    };
    let starts = move |row: usize| {
        view.pieces[row].iter().map(|piece| &view.cells[piece.cell]).filter(move |cell| cell.row == row)
    };
    (0..view.rows.len()).flat_map(starts).filter(move |cell| !cell.text.is_empty() && !inside(cell))
}

/// The band of tables (those side by side) that a row of texts belongs to.
#[derive(Debug, PartialEq, Eq)]
struct Owner {
    /// Top row of the band.
    band: usize,
    side: CaptionSide,
}

impl Owner {
    /// The table of the band that a caption cell belongs to: the one under (over) it, else the first.
    fn of(&self, regions: &[Region], cell: &SeenCell) -> Option<(usize, CaptionSide)> {
        let band: Vec<usize> = (0..regions.len()).filter(|index| regions[*index].top == self.band).collect();
        let last = cell.col + cell.col_span - 1;
        let over = band.iter().find(|index| cell.col <= regions[**index].right && last >= regions[**index].left);
        over.or(band.first()).map(|index| (*index, self.side))
    }
}

/// Shares out the rows between tables.
fn caption_rows(view: &View, regions: &[Region]) -> BTreeMap<usize, Owner> {
    let mut bands: Vec<Region> = vec![];
    for region in regions {
        match bands.last_mut() {
            Some(band) if region.top <= band.bottom => {
                band.bottom = band.bottom.max(region.bottom);
                band.right = band.right.max(region.right);
            }
            _ => bands.push(*region),
        }
    }
    let has_text = |row: &usize| {
        view.pieces[*row].iter().any(|p| view.cells[p.cell].row == *row && !view.cells[p.cell].text.is_empty())
    };
    let mut owners = BTreeMap::new();
    for (index, band) in bands.iter().enumerate() {
        let from = index.checked_sub(1).map_or(0, |before| bands[before].bottom + 1);
        let rows: Vec<usize> = (from..band.top).filter(has_text).collect();
        let notes = if index == 0 { 0 } else { notes_before(view, &rows, from, *band) };
        if index > 0 {
            let note = |row: &usize| (*row, Owner { band: bands[index - 1].top, side: CaptionSide::Below });
            owners.extend(rows[..notes].iter().map(note));
        }
        let titles = titles_above(view, &rows[notes..], *band);
        let title = |row: &usize| (*row, Owner { band: band.top, side: CaptionSide::Above });
        owners.extend(rows[rows.len() - titles..].iter().map(title));
    }
    if let Some(last) = bands.last() {
        let rows: Vec<usize> = (last.bottom + 1..view.rows.len()).filter(has_text).collect();
        let notes = close_rows(&rows, last.bottom + 1);
        let note = |row: &usize| (*row, Owner { band: last.top, side: CaptionSide::Below });
        owners.extend(rows[..notes].iter().map(note));
    }
    owners
}

/// How many of the rows, top to bottom, follow each other closely from `from` on.
fn close_rows(rows: &[usize], mut from: usize) -> usize {
    let close = |row: &&usize| {
        let near = **row - from < MOST_GAP;
        from = **row + 1;
        near
    };
    rows.iter().take(MOST_CAPTION_ROWS).take_while(close).count()
}

/// How many of the text rows between two tables are notes of the upper one: those that touch it, up to a blank row;
/// without any blank row, those above the lower table's title.
fn notes_before(view: &View, rows: &[usize], from: usize, below: Region) -> usize {
    let touching = rows.iter().enumerate().take_while(|(index, row)| **row == from + index).count();
    let parted = touching < rows.len() || from + touching < below.top;
    if parted { touching } else { touching - titles_above(view, rows, below) }
}

/// How many of the text rows above a table, counted from below, are its titles.
fn titles_above(view: &View, rows: &[usize], table: Region) -> usize {
    let (mut expected, mut titled, mut count) = (table.top, false, 0);
    for row in rows.iter().rev().take(MOST_CAPTION_ROWS) {
        let cells = || view.pieces[*row].iter().map(|p| &view.cells[p.cell]).filter(|c| !c.text.is_empty());
        let longest = cells().map(|cell| cell.text.chars().count()).max().unwrap_or(0);
        // A number has no colon; a note of a table further up has one (注：…).
        let is_number = longest <= LONGEST_NUMBER && !cells().any(|cell| cell.text.contains(['：', ':']));
        if expected - row - 1 > MOST_GAP || longest > LONGEST_TITLE || titled && !is_number {
            break;
        }
        // A single cell merged over the table's width is a title; above it only its number can follow.
        titled |= cells().count() == 1 && cells().any(|c| c.col_span > 1 && c.col + c.col_span > table.right);
        (expected, count) = (*row, count + 1);
    }
    count
}

#[cfg(test)]
mod tests {
    use super::super::book::Position;
    use super::super::view::tests::{merge, sheet};
    use super::*;

    fn laid_out(rows: &[&str], merges: &[(Position, Position)]) -> Extraction {
        let mut sheet = sheet(rows);
        for (from, to) in merges {
            merge(&mut sheet, *from, *to);
        }
        let mut document = Extraction::default();
        append(&mut document, &View::of(&sheet), "表", 1000);
        document
    }

    fn captions(table: &RawTable, side: CaptionSide) -> Vec<&str> {
        table.captions.iter().filter(|c| c.side == side).map(|c| c.text.as_str()).collect()
    }

    #[test]
    fn captions_and_notes_go_to_their_table_and_to_the_lines() {
        let rows = [
            "表一",
            "部门：甲|单位：元",
            "#项目|#金额",
            "#甲|#1",
            "注：一",
            ".",
            "附件2",
            "表二",
            "单位：万元",
            "#项目|#金额",
            "#乙|#2",
            "注：二",
        ];
        let document = laid_out(&rows, &[((0, 0), (0, 1)), ((7, 0), (7, 1))]);
        let [one, two] = document.tables.as_slice() else { panic!("two tables expected") };
        assert_eq!(captions(one, CaptionSide::Above), ["表一", "部门：甲", "单位：元"]);
        assert_eq!(captions(one, CaptionSide::Below), ["注：一"]);
        assert_eq!(captions(two, CaptionSide::Above), ["附件2", "表二", "单位：万元"]);
        assert_eq!(captions(two, CaptionSide::Below), ["注：二"]);
        let before: Vec<_> = document.lines.iter().map(|line| line.tables_before).collect();
        assert_eq!(before, [0, 0, 0, 1, 1, 1, 1, 2]);
        assert_eq!(document.lines[2].place.sheet_cell, Some((2, 2)));
    }

    #[test]
    fn without_blank_rows_the_title_parts_notes_from_captions() {
        let rows = ["#项目|#金额", "#甲|#1", "注：一", "表二", "单位：元", "#项目|#金额", "#乙|#2"];
        let document = laid_out(&rows, &[((3, 0), (3, 1))]);
        assert_eq!(captions(&document.tables[0], CaptionSide::Below), ["注：一"]);
        assert_eq!(captions(&document.tables[1], CaptionSide::Above), ["表二", "单位：元"]);
    }

    #[test]
    fn every_position_has_one_cell_with_its_own_address() {
        let document = laid_out(&["#项目|#金额|#", "#|#甲|#乙", "#1|#|#"], &[((0, 0), (1, 0)), ((0, 1), (0, 2))]);
        let table = &document.tables[0];
        assert_eq!((table.rows, table.cols), (3, 3));
        let covered: usize = table.cells.iter().map(|cell| cell.row_span * cell.col_span).sum();
        assert_eq!((table.cells.len(), covered), (7, 9));
        assert!(table.cover().iter().flatten().all(Option::is_some));
        let last = table.cells.last().unwrap();
        assert_eq!((last.row, last.col, last.place.sheet_cell), (2, 2, Some((3, 3))));
    }

    #[test]
    fn a_table_beyond_the_cell_limit_is_cut() {
        let rows: Vec<String> = (0..9).map(|n| format!("#甲|#{n}")).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let mut document = Extraction::default();
        let cut = append(&mut document, &View::of(&sheet(&rows)), "表", 10);
        assert_eq!((cut, document.tables[0].rows), (4, 5));
    }
}
