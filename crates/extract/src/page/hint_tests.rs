//! What a person says of pages built by hand.

use crate::model::{Direction, Extraction, Glyph, Hint, Page, Rect, Ruling};
use crate::options::LayoutOptions;
use crate::page::assemble;

const SIZE: f64 = 10.0;

/// A page with texts of characters that are half as wide as high.
fn page(number: u32, texts: &[(&str, f64, f64)]) -> Page {
    let mut page = Page { number, width: 600.0, height: 800.0, ..Page::default() };
    for (text, x, y) in texts {
        for (index, c) in text.chars().enumerate().filter(|(_, c)| *c != ' ') {
            let x0 = x + index as f64 * SIZE / 2.0;
            let bbox = Rect::new(x0, *y, x0 + SIZE / 2.0, y + SIZE);
            let glyph = Glyph { text: c.to_string(), bbox, size: SIZE, direction: Direction::Right, hidden: false };
            page.glyphs.push(glyph);
        }
    }
    page
}

/// Two columns of figures that stand as closely as the words of a text.
fn close(number: u32) -> Page {
    let figure = |at: u32| (at + number) % 9 + 1;
    let rows: Vec<(String, f64)> = (0..3_u32)
        .map(|row| (format!("{}2.50 {}3.25", figure(row), figure(row + 3)), 100.0 + 20.0 * f64::from(row)))
        .collect();
    let mut texts: Vec<(&str, f64, f64)> = vec![("Old", 205.0, 80.0), ("New", 235.0, 80.0)];
    for (text, y) in &rows {
        texts.extend([("Row", 50.0, *y), (text.as_str(), 200.0, *y)]);
    }
    page(number, &texts)
}

fn table(page: u32, bbox: [f64; 4], columns: &[f64]) -> Hint {
    let columns = columns.to_vec();
    Hint::Table { page, bbox, columns, rows: Vec::new(), header_rows: None, runs_on: Vec::new(), continues: false }
}

fn read(pages: &[Page], hints: Vec<Hint>) -> Extraction {
    assemble(pages, &LayoutOptions::default().with_hints(hints), Vec::new())
}

fn grid(extraction: &Extraction, index: usize) -> Vec<Vec<String>> {
    let text = |cell: Option<&crate::model::Cell>| cell.map_or_else(|| "^".to_owned(), |cell| cell.text.clone());
    extraction.tables[index].grid().into_iter().map(|row| row.into_iter().map(text).collect()).collect()
}

/// How often each digit stands on the pages, and how often in tables, lines and strays.
fn digits(pages: &[Page], found: &Extraction) -> (usize, usize) {
    let count = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    let printed = pages.iter().flat_map(|page| &page.glyphs).map(|glyph| count(&glyph.text)).sum();
    let cells = found.tables.iter().flat_map(|table| &table.cells).map(|cell| count(&cell.text)).sum::<usize>();
    let lines = found.lines.iter().map(|line| count(&line.text)).sum::<usize>();
    (printed, cells + lines)
}

#[test]
fn drawn_columns_part_what_stands_closely() {
    let pages = [close(1)];
    let found = read(&pages, vec![table(1, [45.0, 76.0, 260.0, 155.0], &[150.0, 227.0])]);
    assert_eq!(found.tables.len(), 1);
    let expected =
        [["", "Old", "New"], ["Row", "22.50", "53.25"], ["Row", "32.50", "63.25"], ["Row", "42.50", "73.25"]];
    assert_eq!(grid(&found, 0), expected.map(|row| row.map(str::to_owned).to_vec()));
    assert!(found.tables[0].strays.is_empty() && found.diagnostics.is_empty());
}

#[test]
fn a_line_through_a_figure_never_cuts_it_and_no_figure_is_lost() {
    let pages = [close(1)];
    // The line runs through the first figures, and the outline's lower edge through the last row.
    for (x, bottom) in [(213.0, 155.0), (227.0, 143.0), (240.0, 131.0)] {
        let found = read(&pages, vec![table(1, [45.0, 76.0, 260.0, bottom], &[150.0, x])]);
        let (printed, there) = digits(&pages, &found);
        assert_eq!(printed, there, "{x} {bottom}");
        let whole = |text: &str| text.split_whitespace().all(|part| !part.contains('.') || part.len() == 5);
        assert!(found.tables[0].cells.iter().all(|cell| whole(&cell.text)), "{:?}", grid(&found, 0));
    }
}

#[test]
fn a_table_runs_on_over_the_pages_that_were_named() {
    let pages = [close(1), close(2), close(3)];
    let mut hint = table(1, [45.0, 76.0, 260.0, 155.0], &[150.0, 227.0]);
    if let Hint::Table { runs_on, header_rows, .. } = &mut hint {
        (*runs_on, *header_rows) = (vec![2, 3], Some(1));
    }
    let found = read(&pages, vec![hint]);
    assert_eq!((found.tables.len(), found.tables[0].pages.as_slice()), (1, &[1, 2, 3][..]));
    // The header is printed on each page and stands once.
    assert_eq!((found.tables[0].rows, found.tables[0].cols, found.tables[0].header_rows), (10, 3, Some(1)));
    let mut next = table(2, [45.0, 76.0, 260.0, 155.0], &[150.0, 227.0]);
    if let Hint::Table { continues, .. } = &mut next {
        *continues = true;
    }
    let found = read(&pages[..2], vec![table(1, [45.0, 76.0, 260.0, 155.0], &[150.0, 227.0]), next]);
    assert_eq!((found.tables.len(), found.tables[0].rows), (1, 7));
}

#[test]
fn what_is_no_table_is_text_again() {
    let mut ruled =
        page(1, &[("One", 60.0, 105.0), ("1.5", 160.0, 105.0), ("Two", 60.0, 125.0), ("2.5", 160.0, 125.0)]);
    let mut line = |bbox: Rect| ruled.rulings.push(Ruling { bbox, horizontal: bbox.width() > bbox.height() });
    for y in [100.0, 120.0, 140.0] {
        line(Rect::new(50.0, y, 250.0, y));
    }
    for x in [50.0, 150.0, 250.0] {
        line(Rect::new(x, 100.0, x, 140.0));
    }
    let pages = [ruled];
    assert_eq!(read(&pages, Vec::new()).tables.len(), 1);
    let none = Hint::NotATable { page: 1, bbox: [40.0, 90.0, 260.0, 150.0] };
    let found = read(&pages, vec![none]);
    assert!(found.tables.is_empty() && found.diagnostics.is_empty());
    let (printed, there) = digits(&pages, &found);
    assert_eq!(printed, there);
    let header = Hint::Header { page: 1, bbox: [60.0, 110.0, 80.0, 120.0], header_rows: 1 };
    assert_eq!(read(&pages, vec![header]).tables[0].header_rows, Some(1));
}

#[test]
fn what_meets_nothing_is_told() {
    let pages = [close(1)];
    let wrong = [
        (table(9, [0.0, 0.0, 9.0, 9.0], &[]), "没有第 9 页"),
        (table(1, [400.0, 400.0, 500.0, 500.0], &[450.0]), "方框里没有文字"),
        (Hint::NotATable { page: 1, bbox: [400.0, 400.0, 500.0, 500.0] }, "方框里没有表"),
        (Hint::Header { page: 1, bbox: [400.0, 400.0, 500.0, 500.0], header_rows: 1 }, "方框里没有表"),
        (Hint::NoTable { table: 1 }, "按页读取"),
    ];
    for (hint, why) in wrong {
        let found = read(&pages, vec![hint]);
        assert_eq!(found.diagnostics.len(), 1);
        assert!(
            found.diagnostics[0].message.contains(why) && found.diagnostics[0].code.as_str() == "E024",
            "{:?}",
            found.diagnostics
        );
    }
}

#[test]
fn a_page_set_sideways_is_drawn_on_as_it_is_displayed() {
    // The text of the page runs up: what stands at (x, y) as read is displayed at (y, width - x).
    let mut turned = close(1);
    turned.width = 800.0;
    turned.height = 600.0;
    for glyph in &mut turned.glyphs {
        let b = glyph.bbox;
        glyph.bbox = Rect::new(b.y0, 600.0 - b.x1, b.y1, 600.0 - b.x0);
        glyph.direction = Direction::Up;
    }
    let [left, top, right, bottom] = [45.0, 76.0, 260.0, 155.0];
    let hint = Hint::Table {
        page: 1,
        bbox: [top, 600.0 - right, bottom, 600.0 - left],
        columns: Vec::new(),
        rows: vec![600.0 - 227.0, 600.0 - 150.0],
        header_rows: None,
        runs_on: Vec::new(),
        continues: false,
    };
    let found = read(&[turned], vec![hint]);
    assert_eq!(grid(&found, 0)[1], ["Row", "22.50", "53.25"]);
}
