//! From a picture of a page to its table.

use super::assemble;
use crate::LayoutOptions;
use crate::model::{Cell, Direction, Method, Page, Picture, Rect, Ruling};
use crate::ocr::{GreyLine, LineReading, Reading, TextRecognizer, read_page};

/// Reads every line as the same number, surely where its first half is the darker one.
struct Reader;

impl TextRecognizer for Reader {
    fn read(&self, line: &GreyLine) -> Option<LineReading> {
        let half = |right: bool| {
            let of = |(at, value): (usize, &u8)| {
                let x = at % line.width;
                ((x * 2 >= line.width) == right).then_some(255 - u32::from(*value))
            };
            line.grey.iter().enumerate().filter_map(of).sum::<u32>()
        };
        let confidence = if line.width > line.height && half(false) > half(true) { 0.99 } else { 0.2 };
        let reading = |text: &str| Reading { text: text.to_owned(), confidence, places: vec![0.46, 0.54] };
        Some(LineReading { text: reading("12"), figures: vec![reading("12"), reading("72")], others: Vec::new() })
    }
}

/// A page of 300 × 200 points with a grid of two rows and two columns, each cell with a word that is denser at its
/// beginning.
fn picture() -> Picture {
    let (width, height, scale) = (600, 400, 2.0);
    let mut grey = vec![250_u8; width * height];
    let mut fill = |x0: usize, y0: usize, x1: usize, y1: usize| {
        for y in y0..y1 {
            grey[y * width + x0..y * width + x1].fill(20);
        }
    };
    for y in [60, 140, 220] {
        fill(60, y, 540, y + 2);
    }
    for x in [60, 300, 538] {
        fill(x, 60, x + 2, 222);
    }
    for (x, y) in [(100, 90), (340, 90), (100, 170), (340, 170)] {
        for k in 0..6 {
            // Strokes side by side, the later ones thinner.
            fill(x + 12 * k, y, x + 12 * k + if k < 3 { 9 } else { 3 }, y + 18);
        }
    }
    Picture { width, height, grey, scale }
}

/// The picture turned clockwise by a quarter.
fn quarter(picture: &Picture) -> Picture {
    let (width, height) = (picture.height, picture.width);
    let at = |(x, y): (usize, usize)| picture.grey[(picture.height - 1 - x) * picture.width + y];
    let grey = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(at).collect();
    Picture { width, height, grey, scale: picture.scale }
}

fn cells(picture: &Picture, (width, height): (f64, f64)) -> (Page, Vec<(String, Method, usize)>) {
    let mut page = Page { number: 1, width, height, ..Page::default() };
    page.images.push(Rect::new(0.0, 0.0, width, height));
    assert!(read_page(&mut page, picture, &Reader));
    let found = assemble(std::slice::from_ref(&page), &LayoutOptions::default(), Vec::new());
    let of =
        |cell: &Cell, method| (cell.text.clone(), method, cell.read.as_ref().map_or(0, |read| read.readings.len()));
    let cells = found.tables.iter().flat_map(|table| table.cells.iter().map(|cell| of(cell, table.method)));
    let cells = cells.collect();
    (page, cells)
}

#[test]
fn a_picture_becomes_a_table_with_readings() {
    let (page, cells) = cells(&picture(), (300.0, 200.0));
    assert_eq!(page.rulings.len(), 6, "{:?}", page.rulings);
    assert_eq!(cells, vec![("12".to_owned(), Method::Ocr, 1); 4]);
}

#[test]
fn a_page_on_its_side_is_turned() {
    let (page, _) = cells(&quarter(&picture()), (200.0, 300.0));
    assert_eq!(page.glyphs.len(), 8);
    assert!(page.glyphs.iter().all(|glyph| glyph.direction == Direction::Down), "{:?}", page.glyphs);
    let upright = |r: &&Ruling| !r.horizontal;
    assert_eq!(page.rulings.iter().filter(upright).count(), 3);
}
