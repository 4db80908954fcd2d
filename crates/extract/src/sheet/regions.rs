//! Where on a worksheet are the tables?
//!
//! Borders are the best evidence: publishers draw the lines they want printed. Rows with boxed cells make a grid,
//! texts around it are titles and notes. Where nothing is boxed, a table is what has several cells side by side. No
//! words are looked at, only the forms of rows.

use super::book::Edges;
use super::view::{Piece, View};

/// Most blank rows inside one table: a spacer under the header or above the total.
const MOST_SPACERS: usize = 2;

/// Longest text of a caption row that is told by its colon (编制单位：某局).
const CAPTION_LENGTH: usize = 40;

/// A rectangle of the view, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) top: usize,
    pub(super) bottom: usize,
    pub(super) left: usize,
    pub(super) right: usize,
    /// Found by its borders.
    pub(super) boxed: bool,
}

/// The form of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Nothing written.
    Blank,
    /// One text, or texts like 编制单位：… 单位：元.
    Lone,
    /// Several texts.
    Texts,
    /// Several cells, amounts among them.
    Amounts,
}

/// What a row consists of.
#[derive(Debug, Clone, Copy)]
struct Row {
    form: Form,
    /// Boxed cells, and the first and last column they take.
    boxed: usize,
    left: usize,
    right: usize,
    /// First and last column with a text.
    text_left: usize,
    text_right: usize,
    /// A single text that is neither merged nor away from the left side: a row's label without amounts.
    bare_label: bool,
}

/// Finds the tables of a sheet, top to bottom, then left to right.
pub(super) fn find(view: &View) -> Vec<Region> {
    let rows: Vec<Row> = (0..view.rows.len()).map(|row| describe(view, row)).collect();
    let mut spans = vec![];
    let mut next = 0;
    while next < rows.len() {
        let span = if rows[next].boxed > 0 { Some(boxed_span(&rows, next)) } else { loose_span(&rows, next) };
        match span {
            Some((top, bottom, boxed)) => {
                let above = spans.last().map_or(0, |(_, bottom, _): &(usize, usize, bool)| bottom + 1);
                spans.push((if boxed { with_header(&rows, top, above) } else { top }, bottom, boxed));
                next = bottom + 1;
            }
            None => next += 1,
        }
    }
    spans.into_iter().flat_map(|span| split_columns(view, &rows, span)).collect()
}

fn describe(view: &View, row: usize) -> Row {
    let boxed: Vec<&Piece> = view.pieces[row].iter().filter(|piece| is_boxed(view, row, **piece)).collect();
    let starts = |piece: &&Piece| view.cells[piece.cell].row == row && !view.cells[piece.cell].text.is_empty();
    let texts: Vec<&Piece> = view.pieces[row].iter().filter(starts).collect();
    let amounts = texts.iter().filter(|piece| view.cells[piece.cell].is_numeric()).count();
    let captions = || {
        let texts: Vec<&str> = texts.iter().map(|piece| view.cells[piece.cell].text.as_str()).collect();
        let colons = texts.iter().filter(|text| text.contains(['：', ':'])).count();
        texts.len() <= 3 && 2 * colons >= texts.len() && texts.iter().all(|t| t.chars().count() <= CAPTION_LENGTH)
    };
    let form = match texts.len() {
        0 => Form::Blank,
        1 => Form::Lone,
        _ if amounts > 0 => Form::Amounts,
        _ if captions() => Form::Lone,
        _ => Form::Texts,
    };
    Row {
        form,
        boxed: boxed.len(),
        left: boxed.first().map_or(usize::MAX, |piece| piece.left),
        right: boxed.last().map_or(0, |piece| piece.right),
        text_left: texts.first().map_or(usize::MAX, |piece| piece.left),
        text_right: texts.last().map_or(0, |piece| piece.right),
        bare_label: texts.len() == 1 && texts[0].left == texts[0].right && texts[0].left <= 1,
    }
}

/// Whether lines are drawn around a cell. Of a line between two cells only one of them may know, but a cell that has
/// no line of its own is merely next to a table.
fn is_boxed(view: &View, row: usize, piece: Piece) -> bool {
    let cell = &view.cells[piece.cell];
    if cell.edges.count() != 1 {
        return cell.edges.count() >= 2;
    }
    let edge = |row: Option<usize>, col: Option<usize>, side: Edges, of_here: Edges| {
        let neighbour = row.zip(col).and_then(|(row, col)| view.piece(row, col));
        let drawn = neighbour.is_some_and(|piece| view.cells[piece.cell].edges.has(side));
        if drawn { of_here } else { Edges::default() }
    };
    let here = (Some(row), Some(piece.left));
    let all = cell
        .edges
        .with(edge(here.0, piece.left.checked_sub(1), Edges::RIGHT, Edges::LEFT))
        .with(edge(here.0, piece.right.checked_add(1), Edges::LEFT, Edges::RIGHT))
        .with(edge(cell.row.checked_sub(1), here.1, Edges::BOTTOM, Edges::TOP))
        .with(edge(cell.row.checked_add(cell.row_span), here.1, Edges::TOP, Edges::BOTTOM));
    all.count() >= 3
}

/// The table that begins with the boxed row `top`.
fn boxed_span(rows: &[Row], top: usize) -> (usize, usize, bool) {
    let mut bottom = boxed_end(rows, top);
    let (left, right) = width(&rows[top..=bottom]);
    // A blank row between two boxes of the same width is a spacer when amounts go on below it; a header there would
    // begin another table.
    while let Some(next) = (bottom + 1..rows.len()).find(|row| rows[*row].form != Form::Blank || rows[*row].boxed > 0) {
        let goes_on = next - bottom - 1 <= MOST_SPACERS && rows[next].boxed > 0 && rows[next].form == Form::Amounts;
        if !goes_on || (left, right) != width(&rows[next..=boxed_end(rows, next)]) {
            break;
        }
        bottom = boxed_end(rows, next);
    }
    let has_body = rows[top..=bottom].iter().any(|row| row.form == Form::Amounts);
    (top, go_on(rows, bottom, (left.saturating_sub(2), right + 1), has_body), true)
}

fn boxed_end(rows: &[Row], from: usize) -> usize {
    from + rows[from..].iter().take_while(|row| row.boxed > 0).count().max(1) - 1
}

fn width(rows: &[Row]) -> (usize, usize) {
    let boxed = || rows.iter().filter(|row| row.boxed > 0);
    (boxed().map(|row| row.left).min().unwrap_or(0), boxed().map(|row| row.right).max().unwrap_or(0))
}

/// Follows a table downwards over rows without boxes. With `strict`, as under a table whose body is boxed, only rows
/// of amounts that follow at once belong to it; without, also blank rows and labels that amounts follow, and the row
/// with the closing line.
fn go_on(rows: &[Row], mut bottom: usize, (left, right): (usize, usize), strict: bool) -> usize {
    let fits = |row: &Row| row.form == Form::Amounts && row.text_left >= left && row.text_right <= right;
    loop {
        let below = &rows[bottom + 1..];
        let closes = |row: &Row| row.boxed > 0 && row.left >= left && row.right <= right;
        let skipped = if strict { 0 } else { below.iter().take_while(|row| is_skipped(row)).count() };
        let spacers = below[..skipped].iter().filter(|row| row.form == Form::Blank).count();
        match below.get(skipped) {
            Some(row) if row.boxed == 0 && fits(row) && spacers <= MOST_SPACERS => bottom += skipped + 1,
            Some(row) if !strict && skipped == 0 && closes(row) && (row.form == Form::Blank || fits(row)) => {
                bottom += 1;
            }
            _ => return bottom,
        }
    }
}

fn is_skipped(row: &Row) -> bool {
    row.boxed == 0 && (row.form == Form::Blank || row.bare_label)
}

/// A header may be without lines over a boxed body: rows of several texts right above amounts, or one row that fills
/// the table's whole width (its texts may be bare years).
fn with_header(rows: &[Row], top: usize, above: usize) -> usize {
    if rows[top].form != Form::Amounts {
        return top;
    }
    let candidates = &rows[above.min(top)..top];
    let texts = candidates.iter().rev().take(3).take_while(|row| row.form == Form::Texts).count();
    let fills =
        |row: &Row| row.form == Form::Amounts && row.text_left <= rows[top].left && row.text_right >= rows[top].right;
    top - texts.max(usize::from(candidates.last().is_some_and(fills)))
}

/// The table without boxes that begins with the row `top`, if one does.
fn loose_span(rows: &[Row], top: usize) -> Option<(usize, usize, bool)> {
    if !matches!(rows[top].form, Form::Texts | Form::Amounts) {
        return None;
    }
    let mut bottom = top;
    loop {
        let wide = |row: &Row| row.boxed == 0 && matches!(row.form, Form::Texts | Form::Amounts);
        bottom += rows[bottom + 1..].iter().take_while(|row| wide(row)).count();
        let extended = go_on(rows, bottom, (0, usize::MAX), false);
        if extended == bottom {
            break;
        }
        bottom = extended;
    }
    // Labels at the end are items without an amount, unless a header follows: then they are its title.
    let labels = rows[bottom + 1..].iter().take_while(|row| row.boxed == 0 && row.bare_label).count();
    if rows.get(bottom + 1 + labels).is_none_or(|row| row.boxed == 0 && row.form == Form::Blank) {
        bottom += labels;
    }
    let table = &rows[top..=bottom];
    let wide = table.iter().filter(|row| matches!(row.form, Form::Texts | Form::Amounts)).count();
    let amounts = table.iter().any(|row| row.form == Form::Amounts);
    // Two rows of two texts can be anything, an address on a cover page for one.
    (wide >= 3 || wide >= 2 && amounts).then_some((top, bottom, false))
}

/// Finds the columns of a span of rows; two tables side by side are two regions.
fn split_columns(view: &View, rows: &[Row], (top, bottom, boxed): (usize, usize, bool)) -> Vec<Region> {
    let used = used_columns(view, rows, (top, bottom, boxed));
    let mut regions: Vec<Region> = vec![];
    for group in groups(&used) {
        let region = Region { top, bottom, left: group.0, right: group.1, boxed };
        match regions.last_mut() {
            // A blank column inside a table is a spacer; only beside something that is a table itself it parts two.
            Some(before) if !(is_substantial(view, *before) && is_substantial(view, region)) => before.right = group.1,
            _ => regions.push(region),
        }
    }
    let wide_enough =
        |region: &Region| (region.top..=region.bottom).any(|row| pieces_in(view, row, *region).count() > 1);
    regions.into_iter().map(|region| trim_rows(view, region)).filter(wide_enough).collect()
}

/// Which columns belong to the table: the boxed ones, and those next to them that are filled in a third of the rows
/// (the outer columns of tables whose sides are open). What stands further off are remarks beside the table.
fn used_columns(view: &View, rows: &[Row], (top, bottom, boxed): (usize, usize, bool)) -> Vec<bool> {
    let mut drawn = vec![false; view.cols.len()];
    let mut filled = vec![0_usize; view.cols.len()];
    for (row, form) in rows.iter().enumerate().take(bottom + 1).skip(top) {
        for piece in &view.pieces[row] {
            let cell = &view.cells[piece.cell];
            let is_drawn = form.boxed > 0 && is_boxed(view, row, *piece);
            for col in piece.left..=piece.right {
                drawn[col] |= is_drawn;
                filled[col] += usize::from(!cell.text.is_empty());
            }
        }
    }
    if !boxed {
        return filled.iter().map(|count| *count > 0).collect();
    }
    let height = bottom - top + 1;
    let (Some(mut left), Some(mut right)) = (drawn.iter().position(|d| *d), drawn.iter().rposition(|d| *d)) else {
        return drawn;
    };
    let joins = |col: usize| 3 * filled[col] >= height;
    while left > 0 && joins(left - 1) {
        left -= 1;
        drawn[left] = true;
    }
    while right + 1 < drawn.len() && joins(right + 1) {
        right += 1;
        drawn[right] = true;
    }
    for col in left..=right {
        drawn[col] |= filled[col] > 0;
    }
    drawn
}

/// First and last index of each run of true.
fn groups(used: &[bool]) -> Vec<(usize, usize)> {
    let mut groups: Vec<(usize, usize)> = vec![];
    for (col, _) in used.iter().enumerate().filter(|(_, used)| **used) {
        match groups.last_mut() {
            Some((_, last)) if *last + 1 == col => *last = col,
            _ => groups.push((col, col)),
        }
    }
    groups
}

fn pieces_in(view: &View, row: usize, region: Region) -> impl Iterator<Item = &Piece> {
    view.pieces[row].iter().filter(move |piece| piece.left <= region.right && piece.right >= region.left)
}

/// Whether a part of a table could stand alone: a header and a row under it, at least two columns wide.
fn is_substantial(view: &View, region: Region) -> bool {
    let texts = |row| pieces_in(view, row, region).filter(|p| !view.cells[p.cell].text.is_empty()).count();
    region.right > region.left && (region.top..=region.bottom).filter(|row| texts(*row) >= 2).count() >= 2
}

/// Cuts off rows at both ends in which a side-by-side table has nothing.
fn trim_rows(view: &View, mut region: Region) -> Region {
    let is_empty = |row: usize| pieces_in(view, row, region).next().is_none();
    let top = (region.top..region.bottom).find(|row| !is_empty(*row)).unwrap_or(region.top);
    let bottom = (top..=region.bottom).rev().find(|row| !is_empty(*row)).unwrap_or(region.bottom);
    (region.top, region.bottom) = (top, bottom);
    region
}

#[cfg(test)]
mod tests {
    use super::super::view::tests::{merge, sheet};
    use super::*;

    /// The regions found, as (top, bottom, left, right).
    fn found(rows: &[&str]) -> Vec<(usize, usize, usize, usize)> {
        regions(&View::of(&sheet(rows)))
    }

    fn regions(view: &View) -> Vec<(usize, usize, usize, usize)> {
        find(view).iter().map(|r| (r.top, r.bottom, r.left, r.right)).collect()
    }

    #[test]
    fn a_boxed_grid_is_parted_from_title_and_notes() {
        let rows =
            ["收支总表", "部门：甲|.|单位：万元", "#项目|#金额|#备注", "#合计|#1|#", "#|#|#", "注：一", "注：二"];
        assert_eq!(found(&rows), [(2, 4, 0, 2)]);
    }

    #[test]
    fn stacked_tables_are_two() {
        let one = ["表一", "#项目|#金额", "#甲|#1", "表二", "单位：元", "#项目|#金额", "#乙|#2"];
        assert_eq!(found(&one), [(1, 2, 0, 1), (5, 6, 0, 1)]);
        let untitled = ["#项目|#金额", "#甲|#1", ".", "#项目|#金额", "#乙|#2"];
        assert_eq!(found(&untitled), [(0, 1, 0, 1), (3, 4, 0, 1)]);
    }

    #[test]
    fn a_spacer_does_not_part_a_table() {
        let rows = ["#项目|#金额", "#甲|#1", ".", "#合计|#1"];
        assert_eq!(found(&rows), [(0, 3, 0, 1)]);
        let loose = ["项目|一|二", "甲|1|2", ".", "合计|1|2"];
        assert_eq!(found(&loose), [(0, 3, 0, 2)]);
    }

    #[test]
    fn tables_side_by_side_are_two_but_a_blank_column_inside_one_is_not() {
        let two = ["#项目|#金额|.|#项目|#金额", "#甲|#1|.|#乙|#2"];
        assert_eq!(found(&two), [(0, 1, 0, 1), (0, 1, 3, 4)]);
        let one = ["#项目|#金额|.|#备注", "#甲|#1|.|#"];
        assert_eq!(found(&one), [(0, 1, 0, 3)]);
    }

    #[test]
    fn rows_without_lines_go_on_with_the_table() {
        let total = ["#项目|#金额", "#甲|#1", "合计|1", "注：单位自行填列"];
        assert_eq!(found(&total), [(0, 2, 0, 1)]);
        let header_alone = ["#项目|#金额", "甲|1", "其他", "乙|2", "数据来源：某局"];
        assert_eq!(found(&header_alone), [(0, 3, 0, 1)]);
        let body_alone = ["项目|金额", "#甲|#1", "#乙|#2"];
        assert_eq!(found(&body_alone), [(0, 2, 0, 1)]);
    }

    #[test]
    fn a_remark_beside_the_table_is_not_its_column() {
        let rows = ["#项目|#金额", "#甲|#1|核对", "#乙|#2", "#丙|#3"];
        assert_eq!(found(&rows), [(0, 3, 0, 1)]);
    }

    #[test]
    fn without_lines_several_rows_of_several_cells_make_a_table() {
        let rows = ["2024年收支表", "编制：某局|.|单位：元", "项目|预算|决算", "甲|1|2", "乙|3|4"];
        assert_eq!(found(&rows), [(2, 4, 0, 2)]);
        assert_eq!(found(&["单位名称|某局", "地址|某路"]), []);
        assert_eq!(found(&["一段话", "又一段话"]), []);
        assert_eq!(found(&[]), []);
    }

    #[test]
    fn stacked_tables_without_lines_are_parted_by_the_title() {
        let rows = ["项目|预算", "甲|1", "乙|3", "表二", "项目|预算", "丙|1", "丁|3"];
        assert_eq!(found(&rows), [(0, 2, 0, 1), (4, 6, 0, 1)]);
    }

    #[test]
    fn open_sides_belong_to_the_table() {
        let mut sheet = sheet(&["科目|数", "甲|1", "乙|2", "丙|3"]);
        for row in 0..4 {
            for (col, sides) in [(0, [false, true, row == 0, row == 3]), (1, [true, false, row == 0, row == 3])] {
                let cell = sheet.cells.get_mut(&(row, col)).unwrap();
                cell.edges = Edges::new(sides);
            }
        }
        assert_eq!(regions(&View::of(&sheet)), [(0, 3, 0, 1)]);
    }

    #[test]
    fn a_boxed_paragraph_is_no_table() {
        let mut sheet = sheet(&["#职能|#|#", "#|#|#"]);
        merge(&mut sheet, (0, 0), (1, 2));
        assert_eq!(regions(&View::of(&sheet)), []);
    }
}
