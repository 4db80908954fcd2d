//! Where between two columns is the boundary? Headers are set in the middle of what they name.

use super::column::Columns;
use super::span::Placed;

/// Rounds of adjustment; each halves what is left, so that a dozen settle all but the longest chains.
const ROUNDS: usize = 24;

/// Moves boundaries inside their gaps so that the header's texts stand in the middle of their columns.
pub(super) fn refine(columns: &mut Columns, placed: &[Placed], header: usize) {
    let centred: Vec<(usize, usize, f64)> = placed
        .iter()
        .filter(|p| p.row < header)
        .filter(|p| (p.block.bbox.x0 - columns.content[p.first].0).abs() > 0.2 || p.first != p.last)
        .map(|p| (p.first, p.last + 1, p.block.bbox.center_x()))
        .collect();
    let gaps: Vec<(f64, f64)> = gaps(columns);
    for _ in 0..ROUNDS {
        for &(low, high, center) in &centred {
            let off = center - f64::midpoint(columns.xs[low], columns.xs[high]);
            columns.xs[low] = (columns.xs[low] + off).clamp(gaps[low].0, gaps[low].1);
            let off = center - f64::midpoint(columns.xs[low], columns.xs[high]);
            columns.xs[high] = (columns.xs[high] + off).clamp(gaps[high].0, gaps[high].1);
        }
    }
}

/// The room that each boundary has.
fn gaps(columns: &Columns) -> Vec<(f64, f64)> {
    let content = &columns.content;
    let (low, high) = (columns.xs.first().copied().unwrap_or(0.0), columns.xs.last().copied().unwrap_or(0.0));
    // The outer edges stand where the texts' padding puts them, give or take a padding.
    let padding = content.first().map_or(0.0, |c| c.0 - low);
    let mut out = vec![(low - padding, low + 0.5 * padding)];
    out.extend(content.windows(2).map(|w| (w[0].1, w[1].0)));
    out.push((high - 0.5 * padding, high + padding));
    out
}
