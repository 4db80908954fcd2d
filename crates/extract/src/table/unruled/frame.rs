//! Where between two columns is the boundary? Headers are set in the middle of what they name.

use super::column::Columns;
use super::span::Placed;

/// Padding between text and cell edge, in font sizes, where nothing tells it.
const PADDING: f64 = 0.5;

/// Moves boundaries inside their gaps: to the padding's distance from texts set flush, then so that the header's texts
/// stand in the middle of their columns.
pub(super) fn refine(columns: &mut Columns, placed: &[Placed], header: usize, size: f64) {
    let gaps = gaps(columns, size);
    let mut fixed = flush_edges(columns, size);
    for (at, x) in fixed.iter().enumerate() {
        if let Some(x) = x {
            columns.xs[at] = x.clamp(gaps[at].0, gaps[at].1);
        }
    }
    let centred: Vec<(usize, usize, f64)> = placed
        .iter()
        .filter(|p| p.row < header && (p.block.bbox.x0 - columns.content[p.first].0).abs() > 0.2)
        .filter(|p| p.first == p.last)
        .map(|p| (p.first, p.last + 1, p.block.bbox.center_x()))
        .collect();
    // Each pass settles at least one boundary, or nothing more can be told.
    for _ in 0..columns.xs.len() {
        for &(low, high, center) in &centred {
            let (known, open) = match (fixed[low], fixed[high]) {
                (Some(_), None) => (low, high),
                (None, Some(_)) => (high, low),
                _ => continue,
            };
            let x = (2.0 * center - columns.xs[known]).clamp(gaps[open].0, gaps[open].1);
            columns.xs[open] = x;
            fixed[open] = Some(x);
        }
    }
}

/// Boundaries beside texts set flush: to the left of a column of labels, to the right of a column of numbers.
fn flush_edges(columns: &Columns, size: f64) -> Vec<Option<f64>> {
    let flush = |edges: &[(f64, f64)], right: bool, at: f64| {
        let there = |e: &&(f64, f64)| ((if right { e.1 } else { e.0 }) - at).abs() <= 0.1 * size;
        let count = edges.iter().filter(there).count();
        (count >= 2 && 2 * count >= edges.len().saturating_sub(2)).then_some(at)
    };
    let lefts: Vec<Option<f64>> =
        columns.content.iter().zip(&columns.edges).map(|(c, e)| flush(e, false, c.0)).collect();
    let rights: Vec<Option<f64>> =
        columns.content.iter().zip(&columns.edges).map(|(c, e)| flush(e, true, c.1)).collect();
    let between = rights.iter().zip(lefts.iter().skip(1)).filter_map(|(r, l)| Some((((*l)? - (*r)?) / 2.0).max(0.0)));
    let padding = between.fold(PADDING * size, f64::min);
    let mut out = vec![None; columns.len() + 1];
    for (at, right) in rights.iter().enumerate() {
        out[at + 1] = right.map(|x| x + padding);
    }
    for (at, left) in lefts.iter().enumerate() {
        out[at] = left.map(|x| x - padding).or(out[at]);
    }
    out
}

/// The room that each boundary has: the gap between the texts, and any room outside.
fn gaps(columns: &Columns, size: f64) -> Vec<(f64, f64)> {
    let content = &columns.content;
    let (Some(first), Some(last)) = (content.first(), content.last()) else { return Vec::new() };
    let outside = (last.1 - first.0).max(size);
    let mut out = vec![(first.0 - outside, first.0)];
    out.extend(content.windows(2).map(|w| (w[0].1.min(w[1].0), w[1].0.max(w[0].1))));
    out.push((last.1, last.1 + outside));
    out
}
