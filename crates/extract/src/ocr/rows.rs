//! Lines of text side by side, brought to one height and put in the order in which a program would have drawn them: a comma
//! hangs below its line and moves the middle of its ink.

use super::pieces::Piece;

/// Lines side by side whose middles differ by no more than this (heights of a character) are one line of print: the second line
/// of a cell stands a whole line lower, and one that stands between two lines of its neighbour half a line.
const LEVEL: f64 = 0.3;

/// The lines row by row from the top, each row from the left, with the middle of each one's row.
pub(super) fn in_order(lines: &[Piece], em: f64) -> Vec<(usize, f64)> {
    let own: Vec<f64> = lines.iter().map(|line| (line.y0 + line.y1) as f64 / 2.0).collect();
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for at in sorted(lines) {
        // A row grows to the right, from each line to the next, so that what is left of a slant does no harm.
        let fits = |row: &&mut Vec<usize>| {
            let last = row.last().copied().unwrap_or(at);
            lines[last].x1 <= lines[at].x0 && (own[last] - own[at]).abs() <= LEVEL * em
        };
        let end = |row: &&mut Vec<usize>| row.last().map_or(0, |last| lines[*last].x1);
        match rows.iter_mut().filter(fits).max_by_key(end) {
            Some(row) => row.push(at),
            None => rows.push(vec![at]),
        }
    }
    let mut rows: Vec<(f64, Vec<usize>)> = rows.into_iter().map(|row| (middle(&row, &own), row)).collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    let level = |row: f64, at: usize| if (row - own[at]).abs() <= LEVEL * em { row } else { own[at] };
    rows.iter().flat_map(|(middle, row)| row.iter().map(move |at| (*at, level(*middle, *at)))).collect()
}

/// Lines from the left.
fn sorted(lines: &[Piece]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by_key(|at| (lines[*at].x0, lines[*at].y0));
    order
}

/// The middle one of a row's heights.
fn middle(row: &[usize], own: &[f64]) -> f64 {
    let mut all: Vec<f64> = row.iter().map(|at| own[*at]).collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_row_stand_level() {
        let line = |x0: usize, y0: usize, h: usize| Piece { x0, y0, x1: x0 + 50, y1: y0 + h, dots: 9 };
        // The third one has a comma, the last one is the second line of its cell.
        let lines = [line(200, 99, 20), line(0, 100, 20), line(100, 100, 24), line(200, 130, 20)];
        assert_eq!(in_order(&lines, 28.0), [(1, 110.0), (2, 110.0), (0, 110.0), (3, 140.0)]);
    }
}
