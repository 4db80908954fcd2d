//! The widths of columns and heights of rows: nothing is cut, and no number shows as ####.

use crate::text_width::printed_width;

/// Points per line of 10-point text.
const LINE: f64 = 14.0;
/// Points above and below the lines of a cell.
const PADDING: f64 = 5.0;
/// Highest row that Excel allows, in points.
pub(super) const HIGHEST_ROW: f64 = 409.0;
/// Widest column that Excel allows, in characters.
const WIDEST: f64 = 255.0;
/// Characters of a column that no text fills: the cell's margins and indent, and what wrapping wastes at a line's end (a full-width
/// character that doesn't fit, closing punctuation that takes its neighbour with it).
const SLACK: f64 = 4.0;
/// A sheet narrower than this leaves no room for its title and notes.
const NARROWEST_SHEET: f64 = 72.0;

/// Least room of a text that wraps, in characters: one Chinese character.
const NARROWEST_TEXT: f64 = 2.0;
/// Narrowest column, in characters.
const NARROWEST: f64 = 7.0;
/// Characters that a number's column is wider than the number.
const NUMBER_MARGIN: f64 = 2.0;
/// Columns for text grow no wider than this in characters for the sake of the row's height, and by this factor at a time.
const WIDEST_GROWN: f64 = 120.0;
const GROWTH: f64 = 1.5;

/// What must fit into some positions of the grid.
pub(super) struct Block {
    pub(super) row: usize,
    pub(super) col: usize,
    pub(super) rows: usize,
    pub(super) cols: usize,
    pub(super) need: Need,
}

/// How a content takes its room.
pub(super) enum Need {
    /// Text that wraps.
    Text(String),
    /// Text of a header: it wraps rather than make its column wider than the column's own content asks for.
    Header(String),
    /// A number of that many characters, which can't wrap.
    Number(usize),
}

/// Widths in characters and heights in points.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    pub(super) widths: Vec<f64>,
    pub(super) heights: Vec<f64>,
}

/// Widest column made for a header alone: seven Chinese characters, fewer where many columns share the page.
fn widest_header(cols: usize) -> f64 {
    match cols {
        0..=8 => 17.0,
        9..=14 => 13.0,
        _ => 11.0,
    }
}

/// Lays out a grid of `rows` × `cols`.
pub(super) fn lay_out(rows: usize, cols: usize, blocks: &[Block]) -> Layout {
    let mut widest = widest_text(cols);
    let mut layout = attempt(rows, cols, blocks, widest);
    // A row that would be too high gets wider columns instead.
    while layout.heights.iter().any(|height| *height > HIGHEST_ROW) && widest < WIDEST_GROWN {
        widest *= GROWTH;
        layout = attempt(rows, cols, blocks, widest);
    }
    for height in &mut layout.heights {
        *height = height.min(HIGHEST_ROW);
    }
    layout
}

/// Height of a text that wraps within `width` characters.
pub(super) fn text_height(text: &str, width: f64) -> f64 {
    lines(text, width) as f64 * LINE + PADDING
}

/// Widest column made for a text alone: the more columns, the narrower, so that the printed sheet stays readable.
fn widest_text(cols: usize) -> f64 {
    match cols {
        0..=4 => 48.0,
        5..=8 => 32.0,
        9..=14 => 22.0,
        _ => 16.0,
    }
}

fn attempt(rows: usize, cols: usize, blocks: &[Block], widest: f64) -> Layout {
    let mut widths = vec![NARROWEST; cols];
    for block in blocks.iter().filter(|block| block.cols == 1) {
        if let Some(width) = widths.get_mut(block.col) {
            *width = width.max(wanted(&block.need, widest, widest_header(cols)));
        }
    }
    for block in blocks.iter().filter(|block| block.cols > 1) {
        let Need::Number(characters) = block.need else { continue };
        let have: f64 = span(&widths, block.col, block.cols).iter().sum();
        let missing = characters as f64 + NUMBER_MARGIN - have;
        if let Some(last) = widths.get_mut(block.col + block.cols - 1) {
            *last += missing.max(0.0);
        }
    }
    let total: f64 = widths.iter().sum();
    let stretch = (NARROWEST_SHEET / total.max(1.0)).max(1.0);
    for width in &mut widths {
        *width = (*width * stretch).min(WIDEST);
    }
    let heights = heights(rows, blocks, &widths);
    Layout { widths, heights }
}

fn wanted(need: &Need, widest: f64, widest_header: f64) -> f64 {
    match need {
        Need::Number(characters) => *characters as f64 + NUMBER_MARGIN,
        Need::Text(text) => {
            let longest = text.lines().map(printed_width).max().unwrap_or(0) as f64 + SLACK;
            longest.min(widest)
        }
        Need::Header(text) => (printed_width(text) as f64 + SLACK).min(widest_header),
    }
}

/// Heights from the blocks of one row first; a block over several rows then adds what they lack to the last of them.
fn heights(rows: usize, blocks: &[Block], widths: &[f64]) -> Vec<f64> {
    let mut heights = vec![LINE + PADDING; rows];
    let mut by_height: Vec<&Block> = blocks.iter().collect();
    by_height.sort_by_key(|block| block.rows);
    for block in by_height {
        let (Need::Text(text) | Need::Header(text)) = &block.need else { continue };
        let width: f64 = span(widths, block.col, block.cols).iter().sum();
        let have: f64 = span(&heights, block.row, block.rows).iter().sum();
        let missing = text_height(text, width) - have;
        if let Some(last) = heights.get_mut(block.row + block.rows.max(1) - 1) {
            *last += missing.max(0.0);
        }
    }
    heights
}

fn span(all: &[f64], first: usize, count: usize) -> &[f64] {
    let end = first.saturating_add(count).min(all.len());
    &all[first.min(end)..end]
}

/// Lines that the text takes.
fn lines(text: &str, width: f64) -> usize {
    let room = (width - SLACK).max(NARROWEST_TEXT);
    let count =
        text.split('\n').map(|line| (printed_width(line) as f64 / room).ceil().max(1.0) as usize).sum::<usize>();
    count.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(row: usize, col: usize, text: &str) -> Block {
        Block { row, col, rows: 1, cols: 1, need: Need::Text(text.to_owned()) }
    }

    #[test]
    fn a_number_always_fits_its_column_or_its_span() {
        let number = |col, cols, width| Block { row: 0, col, rows: 1, cols, need: Need::Number(width) };
        let layout = lay_out(1, 6, &[number(0, 1, 30), number(2, 2, 60)]);
        assert!(layout.widths[0] >= 32.0, "{layout:?}");
        assert!(layout.widths[2] + layout.widths[3] >= 62.0, "{layout:?}");
    }

    #[test]
    fn long_text_wraps_and_gets_the_height_for_it() {
        let layout = lay_out(2, 10, &[text(0, 0, "短"), text(1, 0, &"长".repeat(60))]);
        assert!(layout.widths[0] <= 22.0 * 1.2, "{layout:?}");
        assert!(layout.heights[1] >= 6.0 * LINE, "{layout:?}");
        assert!(layout.heights[0] < 2.0 * LINE);
    }

    #[test]
    fn text_over_several_rows_makes_them_high_enough_together() {
        let tall = Block { row: 0, col: 0, rows: 3, cols: 1, need: Need::Text("指".repeat(200)) };
        let layout = lay_out(3, 20, &[tall, text(0, 1, "一"), text(1, 1, "二"), text(2, 1, "三")]);
        let room = layout.widths[0];
        assert!(layout.heights.iter().sum::<f64>() >= text_height(&"指".repeat(200), room) - 0.01);
    }

    #[test]
    fn a_row_too_high_for_excel_gets_wider_columns() {
        let layout = lay_out(1, 20, &[text(0, 0, &"长".repeat(1500))]);
        assert!(layout.heights[0] <= HIGHEST_ROW);
        assert!(layout.widths[0] > 50.0, "{layout:?}");
    }

    #[test]
    fn nonsense_positions_do_no_harm() {
        let layout =
            lay_out(1, 1, &[text(9, 9, "外"), Block { row: 0, col: 5, rows: 4, cols: 7, need: Need::Number(3) }]);
        assert_eq!((layout.widths.len(), layout.heights.len()), (1, 1));
        assert_eq!(lay_out(0, 0, &[]).widths.len(), 0);
    }
}
