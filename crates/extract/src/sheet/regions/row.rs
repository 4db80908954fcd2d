//! The form of a worksheet's row: what stands in it, and what is boxed.

use crate::sheet::book::Edges;
use crate::sheet::view::{Piece, View};

/// Longest text of a caption row that is told by its colon (编号：甲).
const CAPTION_LENGTH: usize = 40;

/// The form of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Nothing written.
    Blank,
    /// One text, or texts with a colon in them like 编号：… 日期：….
    Lone,
    /// Several texts.
    Texts,
    /// Several cells, amounts among them.
    Amounts,
}

/// What a row consists of.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) form: Form,
    /// Boxed cells, and the first and last column they take.
    pub(super) boxed: usize,
    pub(super) left: usize,
    pub(super) right: usize,
    /// First and last column with a text.
    pub(super) text_left: usize,
    pub(super) text_right: usize,
    /// A single text that is neither merged nor away from the left side: a row's label without amounts.
    pub(super) bare_label: bool,
    /// First and last column of the row's only text.
    pub(super) lone: Option<(usize, usize)>,
    /// Columns in which words stand.
    pub(super) words: Vec<usize>,
}

pub(super) fn describe(view: &View, row: usize) -> Row {
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
        lone: if let [only] = texts.as_slice() { Some((only.left, only.right)) } else { None },
        words: texts.iter().filter(|piece| !view.cells[piece.cell].is_numeric()).map(|piece| piece.left).collect(),
        bare_label: texts.len() == 1 && texts[0].left == texts[0].right && texts[0].left <= 1,
    }
}

/// Whether lines are drawn around a cell. Of a line between two cells only one of them may know, but a cell that has
/// no line of its own is merely next to a table.
pub(super) fn is_boxed(view: &View, row: usize, piece: Piece) -> bool {
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
