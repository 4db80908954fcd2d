//! Running heads, running feet and page numbers: text of the page's edge that belongs to no table.

use crate::model::Page;
use crate::text::OpenLine;
use std::collections::{BTreeMap, BTreeSet};

/// Share of the page's height in which heads and feet stand.
const MARGIN: f64 = 0.12;
/// A line as far out as the outermost one, give or take this (points).
const OUTERMOST: f64 = 1.0;
/// Steps (points) in which the distance from the edge is compared.
const STEP: f64 = 4.0;
/// Pages that a line is repeated on at least.
const FEWEST_PAGES: usize = 3;

/// Marks running lines. `with_tables` are the pages that a table stands on.
pub(super) fn mark(lines: &mut [OpenLine], pages: &[Page], with_tables: &BTreeSet<u32>) {
    let heights: BTreeMap<u32, f64> = pages.iter().map(|p| (p.number, p.height)).collect();
    let repeated = repeated_lines(lines, &heights, with_tables);
    let mut extents: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
    for line in lines.iter() {
        let extent = extents.entry(line.page).or_insert((f64::INFINITY, f64::NEG_INFINITY));
        *extent = (extent.0.min(line.run.bbox.y0), extent.1.max(line.run.bbox.y1));
    }
    for line in lines.iter_mut() {
        let Some(edge) = edge_of(line, &heights) else { continue };
        let (top, bottom) = extents.get(&line.page).copied().unwrap_or_default();
        let outermost = match edge {
            Edge::Top => line.run.bbox.y0 <= top + OUTERMOST,
            Edge::Bottom => line.run.bbox.y1 >= bottom - OUTERMOST,
        };
        if outermost && is_page_number(&line.run.text) || repeated.contains(&key(line, edge)) {
            line.running = true;
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Edge {
    Top,
    Bottom,
}

/// Text with digits masked, the edge, and the rounded distance from it.
type Key = (Edge, i64, String);

fn edge_of(line: &OpenLine, heights: &BTreeMap<u32, f64>) -> Option<Edge> {
    let height = *heights.get(&line.page)?;
    if line.run.bbox.y1 < MARGIN * height {
        Some(Edge::Top)
    } else if line.run.bbox.y0 > (1.0 - MARGIN) * height {
        Some(Edge::Bottom)
    } else {
        None
    }
}

fn key(line: &OpenLine, edge: Edge) -> Key {
    let masked: String = line
        .run
        .text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if c.is_ascii_digit() { '#' } else { c })
        .collect();
    let y = match edge {
        Edge::Top => line.run.bbox.y0,
        Edge::Bottom => line.run.bbox.y1,
    };
    (edge, (y / STEP).round() as i64, masked)
}

/// Lines that stand at the same place of most pages. A line at the top counts only if it also stands on pages
/// without a table: a unit named above every table of a file is no running head.
fn repeated_lines(lines: &[OpenLine], heights: &BTreeMap<u32, f64>, with_tables: &BTreeSet<u32>) -> BTreeSet<Key> {
    let mut seen: BTreeMap<Key, Vec<u32>> = BTreeMap::new();
    for line in lines {
        if let Some(edge) = edge_of(line, heights) {
            let pages = seen.entry(key(line, edge)).or_default();
            if pages.last() != Some(&line.page) {
                pages.push(line.page);
            }
        }
    }
    let has_table = |page: u32| with_tables.contains(&page);
    let enough = (heights.len() / 2).max(FEWEST_PAGES);
    seen.into_iter()
        .filter(|((edge, _, _), pages)| {
            let beside_tables_only = pages.iter().all(|p| has_table(*p));
            pages.len() >= enough && !(*edge == Edge::Top && beside_tables_only)
        })
        .map(|(key, _)| key)
        .collect()
}

/// 12, - 12 -, —12—, 第 12 页, 第12页 共30页, 12 / 30.
fn is_page_number(text: &str) -> bool {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let digits = compact.chars().filter(char::is_ascii_digit).count();
    let marks = "第页共/-—–－·.．~|，,PpageofPAGE";
    (1..=8).contains(&digits)
        && digits <= 6
        && compact.chars().all(|c| c.is_ascii_digit() || marks.contains(c))
        && !compact.contains('.')
}

#[cfg(test)]
mod tests {
    use super::is_page_number;

    #[test]
    fn page_numbers() {
        for text in ["12", "- 3 -", "—4—", "第 5 页", "第5页 共30页", "第5页，共30页", "6 / 30"] {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["单位：万元", "2024年", "12.5", "预算01表", ""] {
            assert!(!is_page_number(text), "{text}");
        }
    }
}
