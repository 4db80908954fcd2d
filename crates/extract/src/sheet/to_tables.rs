//! A worksheet's tables, with the texts around them, as raw tables and lines.

use super::captions::caption_rows;
use super::regions::{self, Region};
use super::view::{SeenCell, View};
use crate::model::{Caption, Cell, Extraction, Method, Place, RawTable, Rect, TextLine};

/// Trust in a grid that is drawn.
const DRAWN: f64 = 1.0;
/// Trust in a grid that only stands in rows and columns.
const UNDRAWN: f64 = 0.8;

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
            let (cell, next) = grid_cell(view, region, row, col);
            cells.extend(cell);
            col = next;
        }
    }
    RawTable {
        header_rows: None,
        pages: vec![],
        sheet: Some(name.to_owned()),
        bbox: Rect::default(),
        method: Method::Sheet,
        confidence: if region.boxed { DRAWN } else { UNDRAWN },
        rows: region.bottom - region.top + 1,
        cols: region.right - region.left + 1,
        cells,
        captions: vec![],
        strays: vec![],
    }
}

/// The grid's cell at a position (`None` where one above covers it), and the column after it.
fn grid_cell(view: &View, region: Region, row: usize, col: usize) -> (Option<Cell>, usize) {
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
        read: None,
        doubts: seen.doubts.clone(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CaptionSide;
    use crate::sheet::book::Position;
    use crate::sheet::view::tests::{merge, sheet};

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
