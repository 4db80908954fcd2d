//! OpenDocument texts ([OpenDocument] 1.3 part 3).

use super::block::{Block, Grid};
use super::found::{Found, is_large};
use super::grid::{SpanCell, of_spans};
use super::written::Written;
use crate::error::ExtractError;
use crate::limits::Limits;
use crate::sheet::xml::{self, Piece, attribute, number};
use crate::sheet::{Package, raised};
use quick_xml::events::BytesStart;
use std::collections::BTreeSet;

/// Elements whose content is not shown in the text.
const NOT_SHOWN: [&str; 9] = [
    "tracked-changes",
    "annotation",
    "hidden-text",
    "forms",
    "settings",
    "scripts",
    "variable-decls",
    "sequence-decls",
    "meta",
];
/// Rows and cells that repeat do so no more often than this.
const MOST_REPEATED: usize = 1000;

/// Reads a document as it is shown.
///
/// # Errors
/// [`ExtractError`] when its content can't be read.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Written, ExtractError> {
    let package = Package::unpack(bytes, limits, |name| matches!(name, "content.xml" | "meta-inf/manifest.xml"))?;
    let manifest = package.part("META-INF/manifest.xml").unwrap_or_default();
    if manifest.windows(15).any(|part| part == b"encryption-data") {
        return Err(ExtractError::Encrypted);
    }
    let content = package.part("content.xml").map_err(|detail| ExtractError::Damaged { detail })?;
    let spreadsheet = b"application/vnd.oasis.opendocument.spreadsheet";
    let objects = manifest.windows(spreadsheet.len()).filter(|part| part == spreadsheet).count();
    let mut walk = Walk { open: vec![Open::Blocks(Vec::new())], ..Walk::default() };
    walk.found.objects = objects;
    let walked = xml::walk(content, |piece| match piece {
        Piece::Open(element) => walk.begin(&element),
        Piece::Close(_) => walk.end(),
        Piece::Text(text) => walk.text(&text),
    });
    while walk.open.len() > 1 {
        walk.close();
    }
    let blocks =
        walk.open.pop().map_or_else(Vec::new, |open| if let Open::Blocks(blocks) = open { blocks } else { vec![] });
    let mut written = Written { blocks, ..Written::default() };
    if let Err(reason) = walked {
        if written.blocks.is_empty() {
            return Err(ExtractError::Damaged { detail: reason });
        }
        walk.found.damage.push(format!("文档只读出前面一部分（{reason}）"));
    }
    if !walk.pictures.is_empty() {
        // Unpacked for themselves: where they are larger than the limits allow, the text is read without them.
        let pictures = Package::unpack(bytes, limits, |name| name.starts_with("pictures/")).unwrap_or_default();
        for (name, size) in std::mem::take(&mut walk.pictures) {
            walk.found.picture(pictures.part(&name).ok(), size);
        }
    }
    walk.found.report(&mut written);
    Ok(written)
}

/// Whether properties of a text say that nobody sees it.
fn hides(properties: &BytesStart<'_>) -> bool {
    attribute(properties, "display").is_some_and(|value| value == "none")
        || attribute(properties, "text-line-through-style").is_some_and(|value| value != "none")
}

/// A length in points: `17.2cm`, `3in`.
fn points(length: &str) -> Option<f64> {
    const UNITS: [(&str, f64); 4] = [("cm", 72.0 / 2.54), ("mm", 7.2 / 2.54), ("in", 72.0), ("pt", 1.0)];
    let (number, unit) = UNITS.iter().find_map(|(unit, size)| Some((length.trim().strip_suffix(unit)?, size)))?;
    Some(number.trim().parse::<f64>().ok()? * unit)
}

#[derive(Debug)]
enum Open {
    Blocks(Vec<Block>),
    Paragraph(String),
    Table(Table),
}

#[derive(Debug, Default)]
struct Table {
    rows: Vec<Vec<SpanCell>>,
    row: Vec<SpanCell>,
    row_repeats: usize,
    spans: (usize, usize, usize),
    /// How often the open cell says to repeat beyond the bound.
    beyond: usize,
}

/// What an element is, so that its end is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Other,
    Opened,
    Row,
    Citation,
    Unseen,
}

#[derive(Debug, Default)]
struct Walk {
    open: Vec<Open>,
    kinds: Vec<Kind>,
    skipped: usize,
    /// Paragraph styles that begin a page.
    breaks: BTreeSet<String>,
    /// Styles of text that nobody sees: hidden, struck out.
    unseen: BTreeSet<String>,
    style: String,
    /// Size (points) of the open frame, and the pictures that stand in large ones.
    frame: (f64, f64),
    pictures: Vec<(String, (f64, f64))>,
    found: Found,
}

impl Walk {
    fn begin(&mut self, element: &BytesStart<'_>) {
        let name = element.local_name();
        let name = name.as_ref();
        if self.skipped > 0 || NOT_SHOWN.contains(&name) {
            self.skipped += 1;
            return;
        }
        let kind = self.kind(element, name);
        self.kinds.push(kind);
    }

    /// Keeps what a style says of page breaks and of text that nobody sees.
    fn read_style(&mut self, element: &BytesStart<'_>, name: &str) {
        match name {
            "style" => self.style = attribute(element, "name").unwrap_or_default(),
            "paragraph-properties" if attribute(element, "break-before").is_some_and(|kind| kind == "page") => {
                self.breaks.insert(self.style.clone());
            }
            "text-properties" if hides(element) => {
                self.unseen.insert(self.style.clone());
            }
            _ => {}
        }
    }

    fn kind(&mut self, element: &BytesStart<'_>, name: &str) -> Kind {
        self.read_style(element, name);
        let count = |name: &str| number::<usize>(element, name).unwrap_or(1).clamp(1, MOST_REPEATED);
        let beyond = |name: &str| number::<usize>(element, name).unwrap_or(1).saturating_sub(MOST_REPEATED);
        match name {
            "span" if attribute(element, "style-name").is_some_and(|style| self.unseen.contains(&style)) => {
                return Kind::Unseen;
            }
            "frame" => {
                let side = |name: &str| attribute(element, name).and_then(|value| points(&value)).unwrap_or(0.0);
                self.frame = (side("width"), side("height"));
            }
            // An object's picture stands behind it in the same frame.
            "object" | "object-ole" => self.frame = (0.0, 0.0),
            "image" if is_large(self.frame) => {
                let name = attribute(element, "href").unwrap_or_default();
                self.pictures.push((name.trim_start_matches("./").to_owned(), self.frame));
            }
            "p" | "h" => {
                if attribute(element, "style-name").is_some_and(|style| self.breaks.contains(&style)) {
                    self.give(vec![Block::PageBreak]);
                }
                self.open.push(Open::Paragraph(String::new()));
                return Kind::Opened;
            }
            "s" => self.text(&" ".repeat(number::<usize>(element, "c").unwrap_or(1).min(100))),
            "tab" => self.text("\t"),
            "line-break" => self.text("\n"),
            "text-box" | "note-body" => {
                self.open.push(Open::Blocks(Vec::new()));
                return Kind::Opened;
            }
            "note-citation" => return Kind::Citation,
            "table" => {
                self.open.push(Open::Table(Table::default()));
                return Kind::Opened;
            }
            "table-row" if self.in_table() => {
                let repeats = count("number-rows-repeated");
                if let Some(Open::Table(table)) = self.open.last_mut() {
                    table.row_repeats = repeats;
                }
                return Kind::Row;
            }
            "table-cell" if self.in_table() => {
                let spans =
                    (count("number-rows-spanned"), count("number-columns-spanned"), count("number-columns-repeated"));
                if let Some(Open::Table(table)) = self.open.last_mut() {
                    table.spans = spans;
                    table.beyond = beyond("number-columns-repeated");
                }
                self.open.push(Open::Blocks(Vec::new()));
                return Kind::Opened;
            }
            _ => {}
        }
        Kind::Other
    }

    fn in_table(&self) -> bool {
        matches!(self.open.last(), Some(Open::Table(_)))
    }

    fn end(&mut self) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match self.kinds.pop() {
            Some(Kind::Opened) => self.close(),
            Some(Kind::Row) => {
                if let Some(Open::Table(table)) = self.open.last_mut() {
                    let row = std::mem::take(&mut table.row);
                    let empty = row.iter().all(|cell| cell.blocks.is_empty());
                    let repeats = if empty { table.row_repeats.min(MOST_REPEATED) } else { 1 };
                    table.rows.push(row);
                    table.rows.extend((1..repeats).map(|_| Vec::new()));
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.skipped > 0 {
            return;
        }
        if self.kinds.contains(&Kind::Unseen) {
            self.found.unseen += text.chars().filter(|c| !c.is_whitespace()).count();
            return;
        }
        let cited = self.kinds.contains(&Kind::Citation);
        if let Some(Open::Paragraph(paragraph)) = self.open.last_mut() {
            if cited {
                paragraph.push_str(&raised(text));
            } else {
                paragraph.push_str(text);
            }
        }
    }

    fn close(&mut self) {
        match self.open.pop() {
            Some(Open::Paragraph(text)) => self.give(vec![Block::Paragraph(text)]),
            Some(Open::Table(table)) => {
                let (grid, left_out): (Grid, usize) = of_spans(table.rows);
                self.found.left_out += left_out;
                self.give(vec![Block::Grid(grid)]);
            }
            Some(Open::Blocks(blocks)) => match self.open.last_mut() {
                Some(Open::Table(table)) => {
                    let (row_span, col_span, repeats) = table.spans;
                    self.found.left_out += if blocks.is_empty() { 0 } else { table.beyond };
                    let again = (1..repeats).map(|_| SpanCell { col_span, row_span, blocks: blocks.clone() });
                    let again: Vec<SpanCell> = again.collect();
                    table.row.push(SpanCell { col_span, row_span, blocks });
                    table.row.extend(again);
                }
                _ => self.give(blocks),
            },
            None => {}
        }
    }

    fn give(&mut self, blocks: Vec<Block>) {
        let around = self.open.iter_mut().rev().find_map(|open| match open {
            Open::Blocks(around) => Some(around),
            _ => None,
        });
        if let Some(around) = around {
            around.extend(blocks);
        }
    }
}
