//! Tables that a person drew on a page: outline and columns are told, and nothing is guessed of them.

use super::page_table::PageTable;
use super::ruled::{self, Line, whole_lines};
use super::unruled::drawn::{self, Sketch};
use crate::model::{Glyph, Page, Rect, Ruling};
use std::collections::BTreeSet;

/// A drawn line stands for a ruling that is this near (points).
const NEAR: f64 = 3.0;
/// Share of a ruling's length from which on it belongs to an outline.
const INSIDE: f64 = 0.5;
/// Texts of running heads stand at one place on all pages, to within this (points).
const SAME_PLACE: f64 = 2.0;
/// Height of the margins that hold a page number, as a share of the page's.
const MARGIN: f64 = 0.12;
/// Digits of a page number, with the number of pages.
const FOLIO: usize = 6;
/// Room (points) around the texts of a page that a table runs on over.
const ROOM: f64 = 3.0;

/// An outline on a page, in the coordinates in which it is read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Outline {
    pub(crate) page: u32,
    pub(crate) area: Rect,
    /// The columns' boundaries, the outer ones too.
    pub(crate) xs: Vec<f64>,
    /// The rows' boundaries, the outer ones too; empty where none were drawn.
    pub(crate) ys: Vec<f64>,
    pub(crate) header_rows: Option<usize>,
    /// The table, by the number of the hint that begins it.
    pub(crate) table: usize,
    /// Whether it goes on with that table.
    pub(crate) goes_on: bool,
    /// The hint itself, by its number.
    pub(crate) hint: usize,
}

/// A table of an outline; the glyphs and rulings that it takes are gone from the page.
pub(crate) fn take(page: &mut Page, outline: &Outline) -> Option<PageTable> {
    let inside = drawn::inside(&page.glyphs, &outline.area);
    let own: Vec<Glyph> = picked(&page.glyphs, &inside, true);
    let (rulings, others): (Vec<Ruling>, Vec<Ruling>) =
        page.rulings.iter().partition(|ruling| belongs(&ruling.bbox, &outline.area));
    let (table, used) = table(outline, &rulings, &own)?;
    let mut used = used.into_iter();
    let mut keep = inside.iter().map(|is_in| !(*is_in && used.next() == Some(true)));
    page.glyphs.retain(|_| keep.next() == Some(true));
    page.rulings = others;
    Some(table)
}

fn picked(glyphs: &[Glyph], marks: &[bool], wanted: bool) -> Vec<Glyph> {
    glyphs.iter().zip(marks).filter(|(_, mark)| **mark == wanted).map(|(glyph, _)| glyph.clone()).collect()
}

fn belongs(ruling: &Rect, area: &Rect) -> bool {
    let wide = Rect::new(area.x0 - NEAR, area.y0 - NEAR, area.x1 + NEAR, area.y1 + NEAR);
    let share = |overlap: f64, length: f64| if length <= 0.0 { 1.0 } else { overlap / length };
    let (w, h) = (ruling.overlap_x(&wide), ruling.overlap_y(&wide));
    w >= 0.0 && h >= 0.0 && share(w, ruling.width()) >= INSIDE && share(h, ruling.height()) >= INSIDE
}

/// The table, and whether each glyph is part of it.
fn table(outline: &Outline, rulings: &[Ruling], glyphs: &[Glyph]) -> Option<(PageTable, Vec<bool>)> {
    let area = outline.area;
    let (horizontal, vertical) = whole_lines(rulings);
    let horizontal = clipped(&horizontal, area.x0, area.x1);
    let vertical = clipped(&vertical, area.y0, area.y1);
    let rows = rows(&horizontal, outline);
    let inner = outline.xs.get(1..outline.xs.len().saturating_sub(1)).unwrap_or_default();
    let ruled = inner.iter().filter(|x| vertical.iter().any(|line| (line.at - **x).abs() <= NEAR)).count();
    let found = if ruled > 0 && 2 * ruled >= inner.len() {
        let columns = columns(&vertical, outline);
        ruled::in_lines(outline.page, &rows, &columns, glyphs, outline.ys.is_empty())
    } else {
        let (xs, ys) = (&outline.xs, &outline.ys);
        let sketch =
            Sketch { page: outline.page, area, xs, ys, header: outline.header_rows, rulings, horizontal: &rows };
        drawn::table(&sketch, glyphs)
    };
    let (mut found, used) = found?;
    found.table.header_rows = outline.header_rows;
    found.table.confidence = 1.0;
    found.bbox = area;
    found.table.bbox = area;
    Some((found, used))
}

/// What of lines lies between two ends.
fn clipped(lines: &[Line], from: f64, to: f64) -> Vec<Line> {
    let clip = |line: &Line| Line { from: line.from.max(from), to: line.to.min(to), ..*line };
    lines.iter().map(clip).filter(|line| line.from < line.to).collect()
}

/// The lines between rows: drawn ones as they are, otherwise the rulings; the outline's edges in any case.
fn rows(rulings: &[Line], outline: &Outline) -> Vec<Line> {
    let (from, to) = (outline.area.x0, outline.area.x1);
    let full = |at: f64| Line { at, from, to };
    let near = |line: &Line, at: f64| (line.at - at).abs() <= NEAR;
    let (top, bottom) = (outline.area.y0, outline.area.y1);
    let mut lines = vec![full(top)];
    if outline.ys.is_empty() {
        lines.extend(rulings.iter().filter(|line| !near(line, top) && !near(line, bottom)));
    } else {
        let inner = outline.ys.get(1..outline.ys.len().saturating_sub(1)).unwrap_or_default();
        lines.extend(inner.iter().flat_map(|y| at_or_full(rulings, *y, full)));
    }
    lines.push(full(bottom));
    lines
}

/// The lines between columns: rulings where they stand at the drawn ones, so that merged cells show.
fn columns(rulings: &[Line], outline: &Outline) -> Vec<Line> {
    let (from, to) = (outline.area.y0, outline.area.y1);
    let full = |at: f64| Line { at, from, to };
    let last = outline.xs.len().saturating_sub(1);
    let line = |(index, x): (usize, &f64)| {
        if index == 0 || index == last { vec![full(*x)] } else { at_or_full(rulings, *x, full) }
    };
    outline.xs.iter().enumerate().flat_map(line).collect()
}

fn at_or_full(rulings: &[Line], at: f64, full: impl Fn(f64) -> Line) -> Vec<Line> {
    let near: Vec<Line> =
        rulings.iter().filter(|line| (line.at - at).abs() <= NEAR).map(|line| Line { at, ..*line }).collect();
    if near.is_empty() { vec![full(at)] } else { near }
}

/// Where on a page a table that runs on over it stands: all but running heads, feet and the page number. `first` is the page
/// that it begins on.
pub(crate) fn extent(page: &Page, first: &Page, begins: &Rect, sides: (f64, f64)) -> Option<Rect> {
    let strip = Rect::new(sides.0, 0.0, sides.1, page.height);
    let key = |text: &str, bbox: &Rect| {
        (text.to_owned(), (bbox.x0 / SAME_PLACE).round() as i64, (bbox.y0 / SAME_PLACE).round() as i64)
    };
    let heads: BTreeSet<_> = lines(first)
        .filter(|(_, bbox)| !begins.contains(bbox.center_x(), bbox.center_y()))
        .map(|(text, bbox)| key(&text, &bbox))
        .collect();
    let in_margin = |bbox: &Rect| bbox.y1 < MARGIN * page.height || bbox.y0 > (1.0 - MARGIN) * page.height;
    let own = lines(page).filter(|(text, bbox)| {
        let running = heads.contains(&key(text, bbox)) || in_margin(bbox) && is_folio(text);
        !running && strip.contains(bbox.center_x(), bbox.center_y())
    });
    let whole = own.map(|(_, bbox)| bbox).reduce(|a, b| a.union(&b))?;
    Some(Rect::new(sides.0, whole.y0 - ROOM, sides.1, whole.y1 + ROOM))
}

/// The texts of a page with their boxes, each as it stands on a line.
fn lines(page: &Page) -> impl Iterator<Item = (String, Rect)> {
    crate::text::lines(page.glyphs.iter(), None).into_iter().map(|run| (run.text, run.bbox))
}

/// Whether a text is a page number between dashes or with its words.
fn is_folio(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let around = |c: char| c.is_whitespace() || c.is_ascii_digit() || "-—–―−·~第共页/／".contains(c);
    (1..=FOLIO).contains(&digits) && text.chars().all(around)
}
