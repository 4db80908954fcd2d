//! Pages as drawings: as they are seen, and with everything that the table engine saw and found: why was a table read so?

use crate::model::{Glyph, Page, RawTable, Rect};
use std::fmt::Write as _;

/// Areas lighter than this (0–1) are not drawn.
const WHITE: f64 = 0.99;

/// Pictures that browsers show, by how they begin.
const SHOWN: [(&[u8], &str); 4] = [(b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF8", "gif"), (b"BM", "bmp")];

/// Draws a page as [`crate::debug_svg`] says; `tables` may be those of the whole document; cells on other pages are left out.
pub(crate) fn draw(page: &Page, tables: &[RawTable]) -> String {
    let mut out = opening(page);
    for fill in page.fills.iter().filter(|f| f.lightness < WHITE) {
        rect(&mut out, &fill.bbox, "fill=\"#f3ead2\"");
    }
    pictures(page, &mut out);
    for ruling in &page.rulings {
        rect(&mut out, &ruling.bbox, "fill=\"none\" stroke=\"#999\" stroke-width=\"0.6\"");
    }
    characters(page, &mut out);
    for table in tables.iter().filter(|t| t.pages.contains(&page.number)) {
        draw_table(&mut out, table, page.number);
    }
    out.push_str("</svg>\n");
    out
}

/// The beginning of a page's drawing: its size, and white paper.
fn opening(page: &Page) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w:.1} {h:.1}\" width=\"{w:.1}\" height=\"{h:.1}\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n",
        w = page.width,
        h = page.height
    )
}

fn pictures(page: &Page, out: &mut String) {
    for image in &page.images {
        rect(out, image, "fill=\"none\" stroke=\"#888\" stroke-dasharray=\"4 3\"");
    }
}

fn picture(bbox: &Rect, bytes: &[u8], out: &mut String) {
    let Some((_, kind)) = SHOWN.iter().find(|(signature, _)| bytes.starts_with(signature)) else { return };
    let (x, y, w, h) = (bbox.x0, bbox.y0, bbox.width(), bbox.height());
    let _ = write!(
        out,
        "<image x=\"{x:.2}\" y=\"{y:.2}\" width=\"{w:.2}\" height=\"{h:.2}\" preserveAspectRatio=\"none\" "
    );
    let _ = writeln!(out, "href=\"data:image/{kind};base64,{}\"/>", base64(bytes));
}

/// Bytes as text (RFC 4648).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = three.iter().enumerate().fold(0, |bits, (at, byte)| bits | usize::from(*byte) << (16 - 8 * at));
        for digit in 0..4 {
            out.push(if digit <= three.len() { char::from(DIGITS[bits >> (18 - 6 * digit) & 63]) } else { '=' });
        }
    }
    out
}

fn characters(page: &Page, out: &mut String) {
    for glyph in &page.glyphs {
        let (x, y) = (glyph.bbox.x0, glyph.bbox.y0 + Glyph::ASCENT * glyph.bbox.height());
        let size = glyph.size;
        let _ = writeln!(out, "<text x=\"{x:.2}\" y=\"{y:.2}\" font-size=\"{size:.2}\">{}</text>", escape(&glyph.text));
    }
}

/// Draws a page as it is seen, as far as its model tells: areas, lines and characters; pictures with their bytes, where a
/// browser shows such ones, all others as outlines.
pub(crate) fn plain(page: &Page, held: &[(Rect, &[u8])]) -> String {
    let mut out = opening(page);
    for fill in page.fills.iter().filter(|f| f.lightness < WHITE) {
        let grey = (fill.lightness.clamp(0.0, 1.0) * 255.0).round() as u8;
        rect(&mut out, &fill.bbox, &format!("fill=\"rgb({grey},{grey},{grey})\""));
    }
    pictures(page, &mut out);
    for (bbox, bytes) in held {
        picture(bbox, bytes, &mut out);
    }
    for ruling in &page.rulings {
        rect(&mut out, &ruling.bbox, "fill=\"#444\"");
    }
    for shape in &page.shapes {
        rect(&mut out, shape, "fill=\"none\" stroke=\"#ccc\" stroke-width=\"0.3\"");
    }
    characters(page, &mut out);
    out.push_str("</svg>\n");
    out
}

fn draw_table(out: &mut String, table: &RawTable, page: u32) {
    if table.pages.first() == Some(&page) {
        rect(out, &table.bbox, "fill=\"none\" stroke=\"#06c\" stroke-width=\"1.4\"");
    }
    for cell in table.cells.iter().filter(|c| c.place.page == Some(page) && !c.text.is_empty()) {
        let Some(bbox) = cell.place.bbox else { continue };
        rect(out, &bbox, "fill=\"none\" stroke=\"#d22\" stroke-width=\"0.5\"");
        let _ = writeln!(
            out,
            "<text x=\"{:.2}\" y=\"{:.2}\" font-size=\"4\" fill=\"#d22\">{}.{}</text>",
            bbox.x0, bbox.y0, cell.row, cell.col
        );
    }
}

fn rect(out: &mut String, r: &Rect, style: &str) {
    let _ = writeln!(
        out,
        "<rect x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{:.2}\" {style}/>",
        r.x0,
        r.y0,
        r.width(),
        r.height()
    );
}

/// Text of a file must not become markup; characters that XML does not know at all are left out.
fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Direction;

    #[test]
    fn pictures_are_held_in_the_drawing() {
        assert_eq!([b"".as_slice(), b"a", b"ab", b"abc"].map(base64), ["", "YQ==", "YWI=", "YWJj"]);
        let page = Page { number: 1, width: 100.0, height: 100.0, ..Page::default() };
        let bbox = Rect::new(0.0, 0.0, 10.0, 10.0);
        let svg = plain(&page, &[(bbox, b"\x89PNG\r\n"), (bbox, b"JB2")]);
        assert_eq!(svg.matches("<image ").count(), 1);
        assert!(svg.contains("data:image/png;base64,iVBORw0K"));
    }

    #[test]
    fn markup_in_a_file_stays_text() {
        let bbox = Rect::new(10.0, 10.0, 20.0, 20.0);
        let glyph = Glyph { text: "<&".to_owned(), bbox, size: 10.0, direction: Direction::Right, hidden: false };
        let page = Page { number: 1, width: 100.0, height: 100.0, glyphs: vec![glyph], ..Page::default() };
        let svg = draw(&page, &[]);
        assert!(svg.contains(">&lt;&amp;</text>") && svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
    }
}
