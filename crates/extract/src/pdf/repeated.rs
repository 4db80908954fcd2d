//! Pages that stand in a file twice.

use crate::model::{Diagnostic, DiagnosticCode, Page};
use std::collections::BTreeMap;

/// Different figures that a page must print for its likeness to another to mean something: forms, covers and empty
/// tables are alike by nature.
const FEWEST_FIGURES: usize = 4;
/// Digits that a figure has at least; shorter ones number rows and pages.
const FEWEST_DIGITS: usize = 3;
/// Share of a page's height at its top and at its foot in which page numbers and running heads stand.
const EDGE: f64 = 0.08;
/// Steps (points) in which places are compared.
const STEP: f64 = 1.0;

/// What a page shows: characters and the places where they stand.
type Shown<'a> = Vec<(i64, i64, &'a str)>;

/// What is to be said of pages that show the same text at the same places as one before them.
pub(super) fn findings(pages: &[Page]) -> Option<Diagnostic> {
    let mut first: BTreeMap<Shown<'_>, u32> = BTreeMap::new();
    let mut twice: Vec<(u32, u32)> = Vec::new();
    for page in pages.iter().filter(|page| figures(page) >= FEWEST_FIGURES) {
        match first.entry(shown(page)) {
            std::collections::btree_map::Entry::Occupied(entry) => twice.push((*entry.get(), page.number)),
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(page.number);
            }
        }
    }
    let ((original, copy), count) = (twice.first()?, twice.len());
    Some(Diagnostic {
        code: DiagnosticCode::BoundTwice,
        place: Some(format!("第 {copy} 页")),
        message: format!("有 {count} 页与前面的页完全相同（如第 {copy} 页与第 {original} 页），表里的数会重复计算"),
    })
}

fn shown(page: &Page) -> Shown<'_> {
    let step = |v: f64| (v / STEP).round() as i64;
    let inner = |y: f64| y > EDGE * page.height && y < (1.0 - EDGE) * page.height;
    let glyphs = page.glyphs.iter().filter(|g| inner(g.bbox.center_y()));
    let mut shown: Shown<'_> = glyphs.map(|g| (step(g.bbox.y0), step(g.bbox.x0), g.text.as_str())).collect();
    shown.sort_unstable();
    shown
}

/// Number of different figures on a page that are more than zeros.
fn figures(page: &Page) -> usize {
    let mut figures: Vec<String> = vec![String::new()];
    for glyph in &page.glyphs {
        let part = glyph.text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
        match figures.last_mut() {
            Some(last) if part => last.push_str(&glyph.text),
            Some(last) if last.is_empty() => {}
            _ => figures.push(String::new()),
        }
    }
    let digits = |figure: &String| figure.chars().filter(char::is_ascii_digit).count();
    let mut figures: Vec<String> = figures
        .into_iter()
        .filter(|figure| digits(figure) >= FEWEST_DIGITS && figure.chars().any(|c| matches!(c, '1'..='9')))
        .collect();
    figures.sort_unstable();
    figures.dedup();
    figures.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Direction, Glyph, Rect};

    fn page(number: u32, text: &str) -> Page {
        let glyph = |(index, c): (usize, char)| Glyph {
            text: c.to_string(),
            bbox: Rect::new(index as f64, 400.0, index as f64 + 5.0, 410.0),
            size: 10.0,
            direction: Direction::Right,
            hidden: false,
        };
        let glyphs = text.chars().enumerate().map(glyph).collect();
        Page { number, width: 600.0, height: 800.0, glyphs, ..Page::default() }
    }

    #[test]
    fn only_pages_with_figures_are_compared() {
        let full = "甲12.50乙13.50丙14.50丁15.50";
        let found = findings(&[page(1, full), page(2, "甲"), page(3, full)]).unwrap();
        assert_eq!(found.place.as_deref(), Some("第 3 页"));
        assert_eq!(findings(&[page(1, "甲0.00乙0.00"), page(2, "甲0.00乙0.00")]), None);
        assert_eq!(findings(&[page(1, full), page(2, "甲12.50乙13.50丙14.50丁15.51")]), None);
    }
}
