//! Whether the lines of a page run across or down its picture: characters of a line stand nearer each other than lines do.
//!
//! What is read of characters that lie on their side does not tell it: a model reads them too, one from each line of a cell.

use super::pieces::Piece;

/// Pieces looked at: heights and widths (heights of a character) of digits and of Chinese characters.
const SIZE: (f64, f64) = (0.3, 1.5);
/// How far the next piece is looked for.
const FAR: f64 = 2.0;
/// Share of the smaller of two pieces that stands beside the other.
const BESIDE: f64 = 0.5;
/// Fewer pieces with a neighbour tell nothing, and neither does a share of them below this.
const LEAST: usize = 30;
const MOSTLY: f64 = 0.6;

/// The way that lines run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Axis {
    Across,
    Down,
}

/// How the lines of these pieces run; `None` where too few of them tell it.
pub(super) fn of(pieces: &[Piece], em: f64) -> Option<Axis> {
    let fits = |side: usize| (SIZE.0 * em..=SIZE.1 * em).contains(&(side as f64));
    let letters: Vec<Piece> =
        pieces.iter().filter(|p| fits(p.height().max(p.width())) && p.height().min(p.width()) > 1).copied().collect();
    let turned: Vec<Piece> =
        letters.iter().map(|p| Piece { x0: p.y0, y0: p.x0, x1: p.y1, y1: p.x1, dots: p.dots }).collect();
    let (beside, below) = (gaps(&letters, em), gaps(&turned, em));
    let none = f64::INFINITY;
    let nearer = beside.iter().zip(&below).map(|(a, b)| (a.unwrap_or(none), b.unwrap_or(none)));
    let (mut across, mut down) = (0, 0);
    for (a, b) in nearer {
        across += usize::from(a < b);
        down += usize::from(b < a);
    }
    let all = across + down;
    if all < LEAST {
        return None;
    }
    let share = across as f64 / all as f64;
    if share >= MOSTLY {
        Some(Axis::Across)
    } else if share <= 1.0 - MOSTLY {
        Some(Axis::Down)
    } else {
        None
    }
}

/// The gap from each piece to the next one on its right.
fn gaps(pieces: &[Piece], em: f64) -> Vec<Option<f64>> {
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    order.sort_by_key(|at| pieces[*at].x0);
    let mut found = vec![None; pieces.len()];
    for (place, at) in order.iter().enumerate() {
        let own = &pieces[*at];
        let near = order.iter().skip(place + 1).map(|other| &pieces[*other]);
        let near = near.take_while(|other| (other.x0 as f64) <= own.x1 as f64 + FAR * em);
        let level = |other: &&Piece| {
            let shared = own.y1.min(other.y1) as f64 - own.y0.max(other.y0) as f64;
            other.x0 >= own.x1 && shared >= BESIDE * own.height().min(other.height()) as f64
        };
        found[*at] = near.filter(level).map(|other| (other.x0 - own.x1) as f64).reduce(f64::min);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of figures as digits of 8 by 14 pixels.
    fn figures(rows: usize) -> Vec<Piece> {
        let digit = |at: usize| {
            let (row, place) = (at / 6, at % 6);
            let (x0, y0) = (10 + place * 10, 10 + row * 30);
            Piece { x0, y0, x1: x0 + 8, y1: y0 + 14, dots: 60 }
        };
        (0..rows * 6).map(digit).collect()
    }

    #[test]
    fn lines_run_where_characters_stand_close() {
        let across = figures(8);
        let down: Vec<Piece> =
            across.iter().map(|p| Piece { x0: p.y0, y0: p.x0, x1: p.y1, y1: p.x1, dots: p.dots }).collect();
        assert_eq!((of(&across, 20.0), of(&down, 20.0)), (Some(Axis::Across), Some(Axis::Down)));
        assert_eq!(of(&figures(2), 20.0), None);
    }
}
