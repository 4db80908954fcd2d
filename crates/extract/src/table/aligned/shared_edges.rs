//! Columns whose texts stand hardly a blank apart: where do words of most lines begin, and numbers end?

use super::line::{self, Line};
use super::piece::{Piece, Word};

/// Share of the lines that must begin a word at one place for it to be a column's left edge.
const SHARED_START: f64 = 0.7;
/// Blank (in font sizes) that columns leave on the average; words leave a quarter.
const COLUMN_BLANK: f64 = 0.4;
/// Places this close (in font sizes) are one.
const SAME_PLACE: f64 = 0.12;
/// Blanks count up to this width (font sizes).
const WIDEST: f64 = 2.0;
/// How far (font sizes) before a word the blank before it is looked at.
const BEFORE: f64 = 0.1;
/// Lines that must show an edge.
const FEWEST_LINES: usize = 4;
/// Numbers that must end at one place.
const FEWEST_ENDS: usize = 3;

/// Cuts pieces of several columns' texts that stand hardly a blank apart: where words of most lines begin at one place,
/// none stands across it and blanks are wide, and before numbers that end where those of other lines do.
pub(super) fn cut_at_shared_edges(lines: &mut [Line]) {
    let strong: Vec<&Line> = lines.iter().filter(|l| l.is_strong()).collect();
    if strong.len() < FEWEST_LINES {
        return;
    }
    let starts = shared_starts(&strong);
    let ends = shared_ends(&strong);
    for line in lines.iter_mut() {
        let near = |list: &[f64], x: f64, size: f64| list.iter().any(|c| (x - c).abs() <= SAME_PLACE * size);
        let size = line.size;
        let cut = |word: &Word| {
            near(&starts, word.x0, size)
                || word.number && word.blank > COLUMN_BLANK * size && near(&ends, word.x1, size)
        };
        line.pieces = std::mem::take(&mut line.pieces).into_iter().flat_map(|p| p.cut(cut)).collect();
        line::join_signs(&mut line.pieces);
    }
}

/// Places where words of most lines begin.
fn shared_starts(strong: &[&Line]) -> Vec<f64> {
    let words: Vec<Vec<Word>> = strong.iter().map(|l| starts_of(l)).collect();
    let size = strong[0].size;
    let mut out: Vec<f64> = Vec::new();
    for x in words.iter().flatten().filter(|w| w.inner).map(|w| w.x0) {
        let near = |w: &&Word| (w.x0 - x).abs() <= SAME_PLACE * size;
        if out.iter().any(|o| (o - x).abs() <= SAME_PLACE * size) {
            continue;
        }
        let beginning: Vec<&Word> = words.iter().filter_map(|line| line.iter().find(near)).collect();
        let blank = beginning.iter().map(|w| w.blank.min(WIDEST * size)).sum::<f64>() / beginning.len().max(1) as f64;
        let crossed = strong.iter().any(|l| l.pieces.iter().any(|p| stands_across(p, x - BEFORE * size)));
        let most = beginning.len() as f64 >= SHARED_START * strong.len() as f64;
        if most && !crossed && blank >= COLUMN_BLANK * size {
            out.push(x);
        }
    }
    out
}

/// Places where numbers of at least three lines end.
fn shared_ends(strong: &[&Line]) -> Vec<f64> {
    let ends: Vec<f64> = strong.iter().flat_map(|l| &l.pieces).filter(|p| p.is_value()).map(|p| p.bbox.x1).collect();
    let size = strong[0].size;
    let shared = |x: f64| ends.iter().filter(|e| (**e - x).abs() <= SAME_PLACE * size).count() >= FEWEST_ENDS;
    ends.iter().copied().filter(|x| shared(*x)).collect()
}

/// The words of a line other than its first, with the blank before each.
fn starts_of(line: &Line) -> Vec<Word> {
    let mut out = Vec::new();
    let mut end: Option<f64> = None;
    for piece in &line.pieces {
        if let Some(end) = end {
            let blank = piece.bbox.x0 - end;
            out.push(Word { x0: piece.bbox.x0, x1: piece.bbox.x1, blank, number: piece.is_value(), inner: false });
        }
        out.extend(piece.words());
        end = Some(piece.bbox.x1);
    }
    out
}

/// Whether a piece has ink at an x.
fn stands_across(piece: &Piece, x: f64) -> bool {
    piece.bbox.x0 < x && piece.bbox.x1 > x && !piece.blanks.iter().any(|&(_, a, b)| a <= x && x <= b)
}
