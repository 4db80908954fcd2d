//! Names that divide the columns among them.

use super::column::Column;
use super::piece::Piece;

/// Cost (in font sizes) of leaving a column below a row of names without one.
pub(super) const NAMELESS: f64 = 1.2;
/// Names divide the columns when they stand this near (in font sizes, on the average) to the middle of their share.
pub(super) const FIT: f64 = 1.0;

/// The range of each name, and what the division costs.
type Partition = (Vec<(usize, usize)>, f64);

/// Divides the columns among the names of a line that has more names below it: each in the middle of its columns, no
/// column without need left out. Ranges that rules show are fixed.
pub(super) fn partition(pieces: &[Piece], ruled: &[Option<(usize, usize)>], columns: &[Column]) -> Option<Partition> {
    let cols = columns.len();
    // best[k][end]: least cost of the first k names within the columns before `end`, and the range of the last.
    let mut best: Vec<Vec<Option<(f64, usize, usize)>>> = vec![vec![None; cols + 1]; pieces.len() + 1];
    best[0][0] = Some((0.0, 0, 0));
    for (k, piece) in pieces.iter().enumerate() {
        for start in 0..=cols {
            let Some((so_far, _, _)) = best[k][start] else { continue };
            for (first, last) in choices(start, cols, ruled.get(k).copied().flatten()) {
                let off = off_middle(piece, columns, (first, last));
                let cost = so_far + off + NAMELESS * (first - start) as f64;
                let slot = &mut best[k + 1][last + 1];
                if slot.is_none_or(|(old, _, _)| cost < old - 1e-9) {
                    *slot = Some((cost, start, first));
                }
            }
        }
    }
    let total = |end: usize| best[pieces.len()][end].map(|(cost, _, _)| cost + NAMELESS * (cols - end) as f64);
    let ends = (0..=cols).filter_map(|end| total(end).map(|cost| (cost, end)));
    let (cost, mut end) = ends.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))?;
    let mut out = Vec::new();
    for k in (0..pieces.len()).rev() {
        let (_, start, first) = best[k + 1][end]?;
        out.push((first, end.saturating_sub(1)));
        end = start;
    }
    out.reverse();
    Some((out, cost))
}

/// How far (in font sizes) a name is from the middle of columns: of their texts, or, since numbers set flush right leave
/// the left of their column blank, of their room.
fn off_middle(piece: &Piece, columns: &[Column], (first, last): (usize, usize)) -> f64 {
    let right = columns[last].x1;
    let left = columns[first].x0;
    let room = first.checked_sub(1).map_or(left, |before| columns[before].x1.min(left));
    let off = |from: f64| (piece.bbox.center_x() - f64::midpoint(from, right)).abs() / piece.size;
    // Beside the labels the room reaches far; the middle lies somewhere between.
    let inside =
        piece.bbox.center_x() > f64::midpoint(room, right) && piece.bbox.center_x() < f64::midpoint(left, right);
    if inside { 0.0 } else { off(left).min(off(room)) }
}

/// The ranges that a name may take from a column on.
fn choices(start: usize, cols: usize, ruled: Option<(usize, usize)>) -> Vec<(usize, usize)> {
    match ruled {
        Some((first, last)) if first >= start => vec![(first, last)],
        Some(_) => Vec::new(),
        None => (start..cols).flat_map(|first| (first..cols).map(move |last| (first, last))).collect(),
    }
}
