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
/// Pages whose numbers count with them, at least.
const COUNTING: usize = 2;
/// Pages that a line is repeated on at least.
const FEWEST_PAGES: usize = 3;

/// Top and bottom of what stands on each page.
pub(super) type Extents = BTreeMap<u32, (f64, f64)>;

/// Marks running lines. `tables` holds the extents of the tables of each page.
pub(super) fn mark(lines: &mut [OpenLine], pages: &[Page], tables: &Extents) {
    let heights: BTreeMap<u32, f64> = pages.iter().map(|p| (p.number, p.height)).collect();
    let repeated = repeated_lines(lines, &heights, tables);
    let mut extents = Extents::new();
    for line in lines.iter() {
        widen(&mut extents, line);
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
    mark_counting(lines, tables);
}

/// Marks page numbers wherever they stand, where nothing stands further out and they count with the pages: programs
/// set the margins as wide as they like.
fn mark_counting(lines: &mut [OpenLine], tables: &Extents) {
    let mut extents = tables.clone();
    for line in lines.iter().filter(|line| !line.running) {
        widen(&mut extents, line);
    }
    let outermost = |line: &OpenLine| {
        let (top, bottom) = extents.get(&line.page).copied().unwrap_or_default();
        let (y0, y1) = (line.run.bbox.y0, line.run.bbox.y1);
        if y1 >= bottom - OUTERMOST { Some(Edge::Bottom) } else { (y0 <= top + OUTERMOST).then_some(Edge::Top) }
    };
    let mut counting: BTreeMap<(Edge, i64), BTreeSet<u32>> = BTreeMap::new();
    let mut found: Vec<(usize, (Edge, i64))> = Vec::new();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| !line.running && is_page_number(&line.run.text)) {
        if let (Some(edge), Some(number)) = (outermost(line), first_number(&line.run.text)) {
            let series = (edge, number - i64::from(line.page));
            counting.entry(series).or_default().insert(line.page);
            found.push((index, series));
        }
    }
    for (index, series) in found {
        lines[index].running = counting.get(&series).is_some_and(|pages| pages.len() >= COUNTING);
    }
}

fn widen(extents: &mut Extents, line: &OpenLine) {
    let extent = extents.entry(line.page).or_insert((f64::INFINITY, f64::NEG_INFINITY));
    *extent = (extent.0.min(line.run.bbox.y0), extent.1.max(line.run.bbox.y1));
}

/// The number that a page number's text begins with.
fn first_number(text: &str) -> Option<i64> {
    let from = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let digits: String = from.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
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
fn repeated_lines(lines: &[OpenLine], heights: &BTreeMap<u32, f64>, tables: &Extents) -> BTreeSet<Key> {
    let mut seen: BTreeMap<Key, Vec<u32>> = BTreeMap::new();
    for line in lines {
        if let Some(edge) = edge_of(line, heights) {
            let pages = seen.entry(key(line, edge)).or_default();
            if pages.last() != Some(&line.page) {
                pages.push(line.page);
            }
        }
    }
    let has_table = |page: u32| tables.contains_key(&page);
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
    use super::*;
    use crate::model::{Direction, Rect};
    use crate::text::TextRun;

    #[test]
    fn numbers_that_count_with_the_pages_are_page_numbers_wherever_they_stand() {
        let line = |page: u32, y: f64, text: &str| {
            let run = TextRun {
                text: text.to_owned(),
                bbox: Rect::new(300.0, y, 320.0, y + 10.0),
                size: 10.0,
                direction: Direction::Right,
            };
            OpenLine { parts: vec![run.clone()], run, page, running: false }
        };
        let running = |lines: &[OpenLine]| -> Vec<bool> {
            let mut lines = lines.to_vec();
            let tables = Extents::from([(1, (100.0, 600.0)), (2, (100.0, 640.0))]);
            let page = |number: u32| Page { number, width: 600.0, height: 800.0, ..Page::default() };
            mark(&mut lines, &[page(1), page(2)], &tables);
            lines.iter().map(|l| l.running).collect()
        };
        assert_eq!(running(&[line(1, 660.0, "6"), line(2, 660.0, "7")]), [true, true]);
        assert_eq!(running(&[line(1, 660.0, "- 6 -"), line(2, 660.0, "第7页")]), [true, true]);
        // They do not count, or something stands further out.
        assert_eq!(running(&[line(1, 660.0, "6"), line(2, 660.0, "6")]), [false, false]);
        assert_eq!(running(&[line(1, 660.0, "6"), line(1, 680.0, "note"), line(2, 660.0, "7")]), [false, false, false]);
    }

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
