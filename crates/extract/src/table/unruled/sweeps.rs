//! Pages that were drawn in several sweeps: a spreadsheet program draws the texts that it has to break, or that mix scripts,
//! when it has drawn all others.

use super::block::Block;

/// More jumps back up a page are no sweeps.
const MOST_JUMPS: usize = 3;
/// A row that begins this far (points) above the one drawn before it is of another sweep.
const STEP_UP: f64 = 1.0;
/// Texts beside each other overlap by no more than this (font sizes).
const OVERLAP: f64 = 0.3;

/// The rows (in drawing order) of a page that was drawn in sweeps, top to bottom: each text of a later sweep in the row of
/// the first beside which it stands. `None` where there was one sweep, or where lines of several rows were taken for one
/// text. `pieces` are the texts line by line.
pub(super) fn merged(drawn: &[Vec<Block>], pieces: &[Block]) -> Option<Vec<Vec<Block>>> {
    let jump = |at: &usize| top(&drawn[*at]) < top(&drawn[at - 1]) - STEP_UP;
    let jumps: Vec<usize> = (1..drawn.len()).filter(jump).collect();
    if jumps.is_empty() || jumps.len() > MOST_JUMPS {
        return None;
    }
    let ends = jumps.iter().skip(1).copied().chain([drawn.len()]);
    let mut rows = drawn[..jumps[0]].to_vec();
    for (from, to) in jumps.iter().copied().zip(ends) {
        let sweep = &drawn[from..to];
        if joins_rows(&rows, sweep) {
            return None;
        }
        let others: Vec<Vec<Block>> = sweep.iter().map(|row| take_in(&mut rows, row, pieces)).collect();
        rows.extend(others.into_iter().filter(|own| !own.is_empty()));
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.bbox.x0.total_cmp(&b.bbox.x0));
    }
    rows.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
    Some(rows)
}

/// Whether a text of several lines has texts of several rows beside it: its lines are theirs.
fn joins_rows(rows: &[Vec<Block>], sweep: &[Vec<Block>]) -> bool {
    let beside = |block: &Block| sweep.iter().filter(|row| row.iter().any(|b| holds_middle(block, b))).count();
    rows.iter().flatten().any(|block| block.lines > 1 && beside(block) > 1)
}

/// Puts the texts of a row into the rows of earlier sweeps; returns those that stand in none.
fn take_in(rows: &mut [Vec<Block>], row: &[Block], pieces: &[Block]) -> Vec<Block> {
    let mut own = Vec::new();
    for text in row.iter().flat_map(|block| texts(block, rows, pieces)).collect::<Vec<Block>>() {
        match beside(rows, &text) {
            Some(at) => rows[at].push(text),
            None => own.push(text),
        }
    }
    own
}

/// A block of several lines is one text, but where each of its lines has a row of its own.
fn texts(block: &Block, base: &[Vec<Block>], pieces: &[Block]) -> Vec<Block> {
    let rows = base.iter().filter(|row| row.iter().any(|b| holds_middle(block, b))).count();
    if block.lines < 2 || rows < 2 {
        return vec![block.clone()];
    }
    let of_block = |piece: &&Block| piece.glyphs.first().is_some_and(|first| block.glyphs.contains(first));
    pieces.iter().filter(of_block).cloned().collect()
}

/// Whether a text beside a block has its middle on the block's height.
fn holds_middle(block: &Block, other: &Block) -> bool {
    let y = other.bbox.center_y();
    block.bbox.y0 < y && y < block.bbox.y1 && is_beside(block, other)
}

fn is_beside(a: &Block, b: &Block) -> bool {
    a.bbox.overlap_x(&b.bbox) <= OVERLAP * a.size.max(b.size)
}

/// The row that a text stands in: no text of it is in the way, and the text's middle is on its height.
fn beside(rows: &[Vec<Block>], text: &Block) -> Option<usize> {
    let y = text.bbox.center_y();
    let off = |row: &[Block]| row.iter().map(|b| (b.bbox.center_y() - y).abs()).fold(f64::INFINITY, f64::min);
    let fits = |row: &[Block]| top(row) < y && y < bottom(row) && row.iter().all(|b| is_beside(b, text));
    let found = (0..rows.len()).filter(|&at| fits(&rows[at]));
    found.min_by(|&a, &b| off(&rows[a]).total_cmp(&off(&rows[b])))
}

fn top(row: &[Block]) -> f64 {
    row.iter().map(|b| b.bbox.y0).fold(f64::INFINITY, f64::min)
}

fn bottom(row: &[Block]) -> f64 {
    row.iter().map(|b| b.bbox.y1).fold(f64::NEG_INFINITY, f64::max)
}

/// The middle of the highest text of a row.
fn middle(row: &[Block]) -> f64 {
    row.iter().map(|b| b.bbox.center_y()).fold(f64::INFINITY, f64::min)
}

#[cfg(test)]
mod tests {
    use crate::table::unruled::row::rows;
    use crate::table::unruled::seams::pieces;
    use crate::table::unruled::tests::Sheet;

    /// The texts of each row.
    fn read(sheet: &Sheet) -> Vec<Vec<String>> {
        let glyphs = &sheet.0.glyphs;
        let text = |glyph: &usize| glyphs[*glyph].text.as_str();
        let rows = rows(pieces(glyphs));
        rows.iter().map(|row| row.iter().map(|b| b.glyphs.iter().map(text).collect()).collect()).collect()
    }

    #[test]
    fn texts_that_were_drawn_last_stand_in_their_rows() {
        let mut sheet = Sheet::new(1);
        sheet.left(10.0, 20.0, "合计").right(200.0, 20.0, "120").right(300.0, 20.0, "7");
        sheet.right(200.0, 40.0, "80").right(300.0, 40.0, "3");
        sheet.right(200.0, 60.0, "40").right(300.0, 60.0, "4");
        sheet.left(10.0, 0.0, "2025年预算表").left(10.0, 40.0, "1.增值税").left(10.0, 60.0, "2.其他");
        let rows =
            [vec!["2025年预算表"], vec!["合计", "120", "7"], vec!["1.增值税", "80", "3"], vec!["2.其他", "40", "4"]];
        assert_eq!(read(&sheet), rows);
    }

    #[test]
    fn lines_of_several_rows_are_no_text() {
        let mut sheet = Sheet::new(1);
        sheet.left(10.0, 20.0, "合计").right(200.0, 20.0, "120");
        sheet.right(200.0, 33.0, "80").right(200.0, 46.0, "40");
        sheet.left(10.0, 33.0, "1.增值税").left(10.0, 46.0, "2.其他");
        assert_eq!(read(&sheet), [["合计", "120"], ["1.增值税", "80"], ["2.其他", "40"]]);
        // A label over two lines beside one figure is one.
        let mut sheet = Sheet::new(1);
        sheet.left(10.0, 20.0, "合计").right(200.0, 20.0, "120").right(200.0, 44.0, "80");
        sheet.left(10.0, 38.0, "1.增值税").left(10.0, 50.0, "和其他");
        assert_eq!(read(&sheet), [["合计", "120"], ["1.增值税和其他", "80"]]);
    }
}
