//! Boundaries between columns: where in the gap are they? Headers are set in the middle of what they name.

use super::column::Columns;
use super::placed::Placed;

/// Padding between text and cell edge, in font sizes, where nothing tells it.
const PADDING: f64 = 0.5;
/// Texts set flush begin, or end, within this share of the font size.
const FLUSH: f64 = 0.1;
/// Texts whose left ends lie this close (points) are set flush left.
const SAME_LEFT: f64 = 0.2;
/// So many texts with one left end are set flush, not centred.
const FLUSH_TEXTS: usize = 3;

/// Moves boundaries inside their gaps: to the padding's distance from texts set flush, then so that the header's texts
/// stand in the middle of their columns.
pub(super) fn refine(columns: &mut Columns, placed: &[Placed], header: usize, size: f64) {
    note_content(columns, placed);
    let gaps = gaps(columns, size);
    let mut fixed = flush_edges(columns, size);
    for (at, x) in fixed.iter().enumerate() {
        if let Some(x) = x {
            columns.xs[at] = x.clamp(gaps[at].0, gaps[at].1);
        }
    }
    let centred: Vec<(usize, usize, f64)> = placed
        .iter()
        .filter(|p| p.row < header && p.first == p.last)
        .filter(|p| {
            columns.edges[p.first].iter().filter(|e| (e.0 - p.block.bbox.x0).abs() < SAME_LEFT).count() < FLUSH_TEXTS
        })
        .map(|p| (p.first, p.last + 1, p.block.bbox.center_x()))
        .collect();
    // Each pass finds at least one boundary, or nothing more can be told.
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
    let (lefts, rights): (Vec<Option<f64>>, Vec<Option<f64>>) = columns
        .edges
        .iter()
        .map(|texts| {
            let (left, right) = (flush(texts, |e| e.0, size), flush(texts, |e| e.1, size));
            // Numbers of one length end and begin at one place; the side that more texts keep to is meant.
            match (left, right) {
                (Some(l), Some(r)) if l.1 == r.1 => (None, None),
                (Some(l), Some(r)) if l.1 < r.1 => (None, Some(r.0)),
                (Some(l), _) => (Some(l.0), None),
                (None, r) => (None, r.map(|r| r.0)),
            }
        })
        .unzip();
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

/// The edge that most texts of a column keep to, when enough do and they are not centred (codes of one length are set
/// flush on both sides without meaning it).
fn flush(texts: &[(f64, f64)], edge: impl Fn(&(f64, f64)) -> f64, size: f64) -> Option<(f64, usize)> {
    let most = |values: Vec<f64>| {
        let sharing = |at: f64| values.iter().filter(|v| (*v - at).abs() <= FLUSH * size).count();
        let best = values.iter().copied().max_by_key(|v| sharing(*v))?;
        Some((best, sharing(best)))
    };
    let (best, count) = most(texts.iter().map(edge).collect())?;
    let (_, centred) = most(texts.iter().map(|e| f64::midpoint(e.0, e.1)).collect())?;
    (count >= 2 && 2 * count >= texts.len().saturating_sub(2) && centred <= count).then_some((best, count))
}

/// Notes the extent of the texts that stand in one column, now that it is known which do.
fn note_content(columns: &mut Columns, placed: &[Placed]) {
    for (col, content) in columns.content.iter_mut().enumerate() {
        let own = || placed.iter().filter(move |p| p.first == col && p.last == col).map(|p| p.block.bbox);
        if let Some(all) = own().reduce(|a, b| a.union(&b)) {
            *content = (all.x0, all.x1);
        }
    }
    for (col, edges) in columns.edges.iter_mut().enumerate() {
        let own = placed.iter().filter(|p| p.first == col && p.last == col);
        *edges = own.map(|p| (p.block.bbox.x0, p.block.bbox.x1)).collect();
    }
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
