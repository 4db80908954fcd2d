//! Pages that stand in a file twice.

use crate::model::{Diagnostic, DiagnosticCode, Glyph, Page, Rect};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// Different figures that a page must print for its likeness to another to mean something: forms, covers and empty
/// tables are alike by nature.
const FEWEST_FIGURES: usize = 4;
/// Digits that a figure has at least; shorter ones number rows and pages.
const FEWEST_DIGITS: usize = 3;
/// Share of a page's height at its top and at its foot in which page numbers stand: these differ between copies.
const EDGE: f64 = 0.08;
/// What page numbers are written with.
const NUMBERING: &str = "0123456789第页共/-—–－· ";
/// Characters of one figure stand no farther apart than this (font sizes).
const APART: f64 = 0.5;
/// Letters of a heading, at least.
const SHORTEST_HEADING: usize = 4;
/// A heading on a page without lines is set larger than its other text by this.
const LARGER: f64 = 1.15;
/// Steps (points) in which places are compared.
const STEP: f64 = 1.0;

/// What a page shows: characters and the places where they stand.
type Shown<'a> = Vec<(i64, i64, &'a str)>;

/// Empties the pages that show the same text at the same places as one before them, and says so: the amounts on them
/// are those of the first, and to be counted once.
pub(super) fn leave_out(pages: &mut [Page]) -> Option<Diagnostic> {
    let twice = copies(pages);
    for page in pages.iter_mut().filter(|page| twice.iter().any(|(_, copy)| *copy == page.number)) {
        *page = Page { number: page.number, width: page.width, height: page.height, ..Page::default() };
    }
    let ((original, copy), count) = (twice.first()?, twice.len());
    Some(Diagnostic {
        code: DiagnosticCode::BoundTwice,
        place: Some(format!("第 {copy} 页")),
        message: format!("有 {count} 页与前面的页完全相同（如第 {copy} 页与第 {original} 页），重复的页未读"),
    })
}

/// Numbers of the pages that stand twice: of the first, and of its copy. A page that only goes on with a table may be like
/// another's without being its copy: two tables may hold the same figures. It needs a heading of its own, or to follow
/// a page that is a copy, or the page that it is a copy of.
fn copies(pages: &[Page]) -> Vec<(u32, u32)> {
    let mut first: BTreeMap<Shown<'_>, u32> = BTreeMap::new();
    let mut twice: Vec<(u32, u32)> = Vec::new();
    // The page before, and the last one that shows something else: a copy right behind a page is like it.
    let (mut previous, mut other): (Option<(&Page, Shown<'_>)>, Option<&Page>) = (None, None);
    for page in pages {
        let shown = shown(page);
        if let Some((before, _)) = previous.take_if(|(_, before)| *before != shown) {
            other = Some(before);
        }
        if figures(page) >= FEWEST_FIGURES {
            match first.entry(shown.clone()) {
                Entry::Occupied(entry) => {
                    let follows = twice.last() == Some(&(entry.get().wrapping_sub(1), page.number.wrapping_sub(1)));
                    let behind =
                        twice.last().map_or(*entry.get(), |(_, copy)| *copy.max(entry.get())) + 1 == page.number;
                    if follows || behind || has_heading(page, other) {
                        twice.push((*entry.get(), page.number));
                    }
                }
                Entry::Vacant(entry) => {
                    entry.insert(page.number);
                }
            }
        }
        previous = Some((page, shown));
    }
    twice
}

/// Whether words stand above the page's lines that do not stand at the same place of the page before: a heading, and no
/// running head.
fn has_heading(page: &Page, before: Option<&Page>) -> bool {
    let top = page.rulings.iter().filter(|r| r.horizontal).map(|r| r.bbox.y0).fold(f64::INFINITY, f64::min);
    let mut sizes: Vec<f64> = page.glyphs.iter().map(|g| g.size).collect();
    sizes.sort_by(f64::total_cmp);
    let body = sizes.get(sizes.len() / 2).copied().unwrap_or_default();
    let place = |g: &Glyph| (g.bbox.y0.round() as i64, g.bbox.x0.round() as i64, g.text.clone());
    let running: BTreeSet<(i64, i64, String)> = before.iter().flat_map(|page| page.glyphs.iter().map(place)).collect();
    let heads = |g: &&Glyph| {
        let stands_above = if top.is_finite() { g.bbox.y1 <= top } else { g.size >= LARGER * body };
        stands_above && g.text.chars().all(char::is_alphabetic) && !running.contains(&place(g))
    };
    page.glyphs.iter().filter(heads).count() >= SHORTEST_HEADING
}

fn shown(page: &Page) -> Shown<'_> {
    let step = |v: f64| (v / STEP).round() as i64;
    let inner = |y: f64| y > EDGE * page.height && y < (1.0 - EDGE) * page.height;
    let numbers_page = |g: &&Glyph| !inner(g.bbox.center_y()) && NUMBERING.contains(g.text.as_str());
    let glyphs = page.glyphs.iter().filter(|g| !numbers_page(g));
    let mut shown: Shown<'_> = glyphs.map(|g| (step(g.bbox.y0), step(g.bbox.x0), g.text.as_str())).collect();
    shown.sort_unstable();
    shown
}

/// Number of different figures on a page that are more than zeros.
fn figures(page: &Page) -> usize {
    let mut figures: Vec<String> = vec![String::new()];
    let mut before = Rect::default();
    for glyph in &page.glyphs {
        let apart = glyph.bbox.overlap_y(&before) <= 0.0 || -glyph.bbox.overlap_x(&before) > APART * glyph.size;
        before = glyph.bbox;
        if apart {
            figures.push(String::new());
        }
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
    use crate::model::Direction;

    fn page(number: u32, text: &str) -> Page {
        let size = |c: char| if c.is_alphabetic() { 14.0 } else { 10.0 };
        let glyph = |(index, c): (usize, char)| Glyph {
            text: c.to_string(),
            bbox: Rect::new(index as f64, 400.0, index as f64 + 5.0, 410.0),
            size: size(c),
            direction: Direction::Right,
            hidden: false,
        };
        let glyphs = text.chars().enumerate().map(glyph).collect();
        Page { number, width: 600.0, height: 800.0, glyphs, ..Page::default() }
    }

    #[test]
    fn only_pages_with_figures_are_compared() {
        let full = "收支总表甲12.50乙13.50丙14.50丁15.50";
        let mut pages = [page(1, full), page(2, "甲"), page(3, full)];
        assert_eq!(leave_out(&mut pages).unwrap().place.as_deref(), Some("第 3 页"));
        assert!(pages[2].glyphs.is_empty() && !pages[0].glyphs.is_empty());
        assert_eq!(copies(&[page(1, full), page(2, full), page(3, full)]), [(1, 2), (1, 3)]);
        assert_eq!(copies(&[page(1, "甲0.00乙0.00"), page(2, "甲0.00乙0.00")]), []);
        assert_eq!(copies(&[page(1, full), page(2, "甲12.50乙13.50丙14.50丁15.51")]), []);
    }
}
