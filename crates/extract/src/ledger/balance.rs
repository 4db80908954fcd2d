//! The digits of a page against the digits in the cells of its tables.

use super::run::{digit, raised};
use crate::model::{Figure, Glyph, Page, Place, RawTable, Rect};
use crate::text::figures::is_digit;

/// Digits this near (font sizes) to each other on a line are one number, and letters this near make it a word.
const NEAR: f64 = 0.5;
/// Height (points) of the strips that cells are looked up by.
const STRIP: f64 = 12.0;
/// Strips of a page at most: a page may be of any size.
const MOST_STRIPS: f64 = 2000.0;
/// What a text's box may be off (points).
const SLACK: f64 = 1.5;

/// Enters the page's digits, lets each leave to the cell that shows it, and leaves with every table the numbers that
/// no cell took. `running` are the boxes of running heads, feet and page numbers.
pub(crate) fn balance(page: &Page, tables: &mut [&mut RawTable], running: &[Rect]) {
    for table in tables {
        let left = unclaimed(page, table);
        table.strays =
            numbers(page, &left).into_iter().filter(|figure| !running.iter().any(|line| holds(line, figure))).collect();
    }
}

/// How often each digit stands on a page.
pub(crate) fn digits(page: &Page) -> [u32; 10] {
    let mut counts = [0; 10];
    for d in page.glyphs.iter().flat_map(|glyph| glyph.text.chars().filter_map(digit)) {
        counts[d] += 1;
    }
    counts
}

fn holds(line: &Rect, figure: &Figure) -> bool {
    figure.place.bbox.is_some_and(|b| line.contains(b.center_x(), b.center_y()))
}

/// The digit glyphs in a table's area that none of its cells shows.
fn unclaimed<'a>(page: &'a Page, table: &RawTable) -> Vec<&'a Glyph> {
    let area = table.bbox;
    let inside = page.glyphs.iter().filter(|g| area.contains(g.bbox.center_x(), g.bbox.center_y()));
    let mut digits = inside.filter(|g| g.text.contains(is_digit)).peekable();
    if digits.peek().is_none() {
        return Vec::new();
    }
    let mut claims = Claims::of(table);
    digits.filter(|glyph| !claims.take(glyph)).collect()
}

/// What digits each cell shows.
struct Claims {
    cells: Vec<(Rect, [u32; 10])>,
    /// Cells by strips of the table's height.
    strips: Vec<Vec<usize>>,
    top: f64,
    height: f64,
}

impl Claims {
    fn of(table: &RawTable) -> Self {
        let height = (table.bbox.height() / MOST_STRIPS).max(STRIP);
        let mut claims = Self { cells: Vec::new(), strips: Vec::new(), top: table.bbox.y0, height };
        for cell in table.cells.iter().filter(|c| c.text.contains(|c| is_digit(c) || raised(c).is_some())) {
            let Some(bbox) = cell.place.bbox else { continue };
            let mut digits = [0; 10];
            for d in cell.text.chars().filter_map(|c| digit(c).or_else(|| raised(c))) {
                digits[d] += 1;
            }
            let slack = Rect { x0: bbox.x0 - SLACK, y0: bbox.y0 - SLACK, x1: bbox.x1 + SLACK, y1: bbox.y1 + SLACK };
            claims.enter(slack, digits);
        }
        claims
    }

    fn enter(&mut self, bbox: Rect, digits: [u32; 10]) {
        for strip in self.strip(bbox.y0)..=self.strip(bbox.y1) {
            if self.strips.len() <= strip {
                self.strips.resize(strip + 1, Vec::new());
            }
            self.strips[strip].push(self.cells.len());
        }
        self.cells.push((bbox, digits));
    }

    fn strip(&self, y: f64) -> usize {
        // Saturating: a place above the table, or none at all, is the first strip.
        ((y - self.top) / self.height).min(MOST_STRIPS) as usize
    }

    /// Whether a cell at the glyph's place shows it and is not yet settled with another glyph.
    fn take(&mut self, glyph: &Glyph) -> bool {
        let (x, y) = (glyph.bbox.center_x(), glyph.bbox.center_y());
        let strip = self.strip(y);
        let Some(here) = self.strips.get(strip) else { return false };
        let digits: Vec<usize> = glyph.text.chars().filter_map(digit).collect();
        for &at in here {
            let (bbox, left) = &mut self.cells[at];
            if bbox.contains(x, y) && digits.iter().all(|d| left[*d] > 0) {
                for d in &digits {
                    left[*d] -= 1;
                }
                return true;
            }
        }
        false
    }
}

/// The numbers that glyphs form where they stand beside each other; what stands in a word is text, not a number.
fn numbers(page: &Page, digits: &[&Glyph]) -> Vec<Figure> {
    let mut sorted: Vec<&Glyph> = digits.to_vec();
    sorted.sort_by(|a, b| a.bbox.center_y().total_cmp(&b.bbox.center_y()).then(a.bbox.x0.total_cmp(&b.bbox.x0)));
    let mut runs: Vec<(String, Rect, f64)> = Vec::new();
    for glyph in sorted {
        match runs.last_mut().filter(|(_, bbox, size)| is_beside(bbox, &glyph.bbox, *size)) {
            Some((text, bbox, _)) => {
                text.push_str(&glyph.text);
                *bbox = bbox.union(&glyph.bbox);
            }
            None => runs.push((glyph.text.clone(), glyph.bbox, glyph.size)),
        }
    }
    runs.retain(|(_, bbox, size)| !page.glyphs.iter().any(|g| is_letter(g) && is_beside(bbox, &g.bbox, *size)));
    let place = |bbox| Place { page: Some(page.number), bbox: Some(bbox), sheet_cell: None };
    runs.into_iter().map(|(text, bbox, _)| Figure { text, place: place(bbox) }).collect()
}

fn is_letter(glyph: &Glyph) -> bool {
    glyph.text.chars().any(char::is_alphabetic)
}

/// Whether two boxes stand on one line, near each other.
fn is_beside(a: &Rect, b: &Rect, size: f64) -> bool {
    let line = a.overlap_y(b) > 0.5 * a.height().min(b.height());
    line && a.overlap_x(b) > -NEAR * size
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cell, Direction};

    fn glyphs(text: &str, x: f64, y: f64) -> Vec<Glyph> {
        let glyph = |(at, c): (usize, char)| Glyph {
            text: c.to_string(),
            bbox: Rect::new(x + 5.0 * at as f64, y, x + 5.0 * (at + 1) as f64, y + 10.0),
            size: 10.0,
            direction: Direction::Right,
            hidden: false,
        };
        text.chars().enumerate().map(glyph).collect()
    }

    fn table(cells: &[(&str, f64, f64)]) -> RawTable {
        let cell = |(text, x, y): &(&str, f64, f64)| Cell {
            text: (*text).to_owned(),
            place: Place {
                page: Some(1),
                bbox: Some(Rect::new(*x, *y, x + 5.0 * text.len() as f64, y + 10.0)),
                sheet_cell: None,
            },
            ..Cell::default()
        };
        RawTable {
            bbox: Rect::new(0.0, 0.0, 300.0, 200.0),
            cells: cells.iter().map(cell).collect(),
            ..RawTable::default()
        }
    }

    fn strays(page: Vec<Glyph>, cells: &[(&str, f64, f64)], running: &[Rect]) -> Vec<String> {
        let page = Page { number: 1, width: 400.0, height: 400.0, glyphs: page, ..Page::default() };
        let mut table = table(cells);
        balance(&page, &mut [&mut table], running);
        table.strays.into_iter().map(|f| f.text).collect()
    }

    #[test]
    fn a_number_leaves_to_the_cell_that_shows_it() {
        let page = [glyphs("12.50", 10.0, 10.0), glyphs("7", 100.0, 10.0)].concat();
        assert!(strays(page.clone(), &[("12.50", 10.0, 10.0), ("7", 100.0, 10.0)], &[]).is_empty());
        assert_eq!(strays(page.clone(), &[("12.50", 10.0, 10.0)], &[]), ["7"]);
        assert_eq!(strays(page, &[("2.50", 15.0, 10.0), ("7", 100.0, 10.0)], &[]), ["1"], "a digit was cut off");
    }

    #[test]
    fn words_page_numbers_and_what_stands_outside_are_no_strays() {
        let year = [glyphs("2024", 10.0, 50.0), glyphs("年", 30.0, 50.0)].concat();
        assert!(strays(year, &[], &[]).is_empty());
        assert!(strays(glyphs("3", 50.0, 190.0), &[], &[Rect::new(40.0, 185.0, 60.0, 205.0)]).is_empty());
        assert!(strays(glyphs("3", 50.0, 300.0), &[], &[]).is_empty());
    }
}
