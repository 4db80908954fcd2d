//! Characters of two lines of print whose ink touches, taken apart: set closely and scanned in black and white, a character
//! hangs on the one below it, and both lines would be read as one of large letters.

use super::ink::Ink;
use super::pieces::Piece;
use super::strokes::Strokes;

/// A piece taller than this (heights of a character) is none of a line of usual print …
const TALL: f64 = 1.5;
/// … and one taller than this is no text of a cell's lines.
const TALLEST: f64 = 4.5;
/// Least and most height of a line that is cut off.
const LINE: (f64, f64) = (0.55, 1.4);
/// Where two lines touch, no more of a piece's width is ink than this.
const THREAD: f64 = 0.22;
/// How far (heights of a character) other pieces are looked at on both sides, how high those of a line are at least, and how far
/// such a piece may reach over the cut.
const NEAR: f64 = 2.5;
const LETTER: f64 = 0.35;
const OVER: f64 = 0.25;
/// So many pieces beside stand in one of both lines at least, and so many times as many as stand in both: large letters have others
/// as large beside them.
const LEAST: usize = 2;
const MORE: usize = 2;

/// The pieces, those that hang together over two lines cut between them.
pub(super) fn apart(pieces: Vec<Piece>, ink: &Ink, strokes: &Strokes, em: f64) -> Vec<Piece> {
    let tall = |p: &Piece| p.height() as f64 > TALL * em;
    if !pieces.iter().any(tall) {
        return pieces;
    }
    let mut found = Vec::with_capacity(pieces.len());
    for piece in &pieces {
        let mut rest = *piece;
        while tall(&rest) && rest.height() as f64 <= TALLEST * em {
            let Some(cut) = thread(&rest, ink, em).filter(|cut| is_between(&rest, *cut, &pieces, strokes, em)) else {
                break;
            };
            let (upper, lower) = (within(ink, Piece { y1: cut, ..rest }), within(ink, Piece { y0: cut, ..rest }));
            found.push(upper);
            rest = lower;
        }
        found.push(rest);
    }
    found
}

/// The row in which a piece's upper line hangs on the rest of it.
fn thread(piece: &Piece, ink: &Ink, em: f64) -> Option<usize> {
    let from = piece.y0 + (LINE.0 * em) as usize;
    let to = (piece.y0 + (LINE.1 * em) as usize).min(piece.y1.saturating_sub((LINE.0 * em) as usize));
    let (least, row) = (from..to).map(|y| (inked(ink, piece, y), y)).min()?;
    (least as f64 <= THREAD * piece.width() as f64).then_some(row)
}

fn inked(ink: &Ink, piece: &Piece, y: usize) -> usize {
    ink.row(y).get(piece.x0..piece.x1).map_or(0, |row| row.iter().filter(|dot| **dot).count())
}

/// Whether the pieces beside one stand above or below a cut.
fn is_between(piece: &Piece, cut: usize, all: &[Piece], strokes: &Strokes, em: f64) -> bool {
    let (near, over) = ((NEAR * em) as usize, (OVER * em) as usize);
    let beside = all.iter().filter(|other| {
        let apart = other.x0.max(piece.x0).saturating_sub(other.x1.min(piece.x1));
        *other != piece
            && apart <= near
            && other.y0 < piece.y1
            && piece.y0 < other.y1
            && other.height() as f64 >= LETTER * em
            && !strokes.down.iter().any(|s| {
                let x = usize::midpoint(s.x0, s.x1);
                (s.y0..=s.y1).contains(&cut) && other.x1.min(piece.x1) <= x + 2 && x <= other.x0.max(piece.x0) + 2
            })
    });
    let (both, one): (Vec<&Piece>, Vec<&Piece>) =
        beside.partition(|other| other.y0 + over < cut && cut + over < other.y1);
    one.len() >= LEAST && one.len() > MORE * both.len()
}

/// The ink within a box as a piece.
fn within(ink: &Ink, area: Piece) -> Piece {
    let rows = area.y0..area.y1;
    let dots = rows.clone().map(|y| inked(ink, &area, y)).sum();
    let has_ink = |x: &usize| rows.clone().any(|y| ink.row(y).get(*x).is_some_and(|dot| *dot));
    let x0 = (area.x0..area.x1).find(has_ink).unwrap_or(area.x0);
    let x1 = (area.x0..area.x1).rev().find(has_ink).map_or(area.x1, |x| x + 1);
    Piece { x0, x1, dots, ..area }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ocr::pieces;

    /// Characters as boxes of ink; `touch` hangs the last of the upper line on the one below it.
    fn page(boxes: &[(usize, usize, usize, usize)]) -> Ink {
        let (width, height) = (200_usize, 100_usize);
        let dots = (0..width * height).map(|at| {
            let (x, y) = (at % width, at / width);
            boxes.iter().any(|(x0, y0, x1, y1)| (*x0..*x1).contains(&x) && (*y0..*y1).contains(&y))
        });
        Ink { width, height, dots: dots.collect() }
    }

    #[test]
    fn two_lines_that_touch_are_two() {
        let line = [(10, 10, 28, 30), (32, 10, 50, 30), (54, 10, 72, 30), (76, 10, 94, 30)];
        let mut boxes = line.to_vec();
        boxes.extend([(76, 32, 94, 50), (84, 30, 87, 32)]);
        let ink = page(&boxes);
        let found = apart(pieces::find(&ink), &ink, &Strokes::default(), 20.0);
        let mut heights: Vec<(usize, usize)> = found.iter().map(|p| (p.y0, p.y1)).collect();
        heights.sort_unstable();
        assert_eq!(heights[..4], [(10, 30); 4]);
        assert_eq!(heights.len(), 5, "{heights:?}");
    }

    #[test]
    fn large_letters_are_no_two_lines() {
        let upright = |x: usize| [(x, 10, x + 30, 28), (x + 14, 28, x + 17, 32), (x, 32, x + 30, 50)];
        let boxes: Vec<_> = [10, 50, 90, 130].into_iter().flat_map(upright).collect();
        let ink = page(&boxes);
        let found = apart(pieces::find(&ink), &ink, &Strokes::default(), 20.0);
        assert!(found.len() == 4 && found.iter().all(|p| p.height() == 40), "{found:?}");
    }
}
