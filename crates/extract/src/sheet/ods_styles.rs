//! How do the styles of an OpenDocument spreadsheet look? (OpenDocument 1.3 part 3, §16 and §17)

use super::book::Edges;
use super::xml::{Piece, attribute};
use quick_xml::events::BytesStart;
use std::collections::BTreeMap;

/// Most styles whose parents are followed in a row.
const MAX_PARENTS: usize = 16;

/// Styles by family and name.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<(String, String), OdsStyle>,
    /// The style whose properties are being read.
    open: Option<(String, String)>,
}

/// What a style says of lines and of being shown; `None` where it leaves that to its parent.
#[derive(Debug, Default)]
struct OdsStyle {
    parent: Option<String>,
    borders: [Option<bool>; 4],
    hides: bool,
}

impl Styles {
    /// Takes a piece of `content.xml` or `styles.xml`.
    pub(super) fn take(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Open(element) => match element.local_name().as_ref() {
                "style" => self.begin(element),
                "table-cell-properties" => self.cell_properties(element),
                "table-properties" => self.hides(attribute(element, "display").as_deref() == Some("false")),
                "table-column-properties" => self.hides(is_nothing(attribute(element, "column-width"))),
                "table-row-properties" => self.hides(is_nothing(attribute(element, "row-height"))),
                _ => {}
            },
            Piece::Close(name) if name == "style" => self.open = None,
            _ => {}
        }
    }

    fn begin(&mut self, element: &BytesStart<'_>) {
        let Some(key) = attribute(element, "family").zip(attribute(element, "name")) else { return };
        let style = OdsStyle { parent: attribute(element, "parent-style-name"), ..OdsStyle::default() };
        self.styles.insert(key.clone(), style);
        self.open = Some(key);
    }

    fn cell_properties(&mut self, element: &BytesStart<'_>) {
        let Some(style) = self.open.as_ref().and_then(|key| self.styles.get_mut(key)) else { return };
        let drawn = |name: &str| attribute(element, name).map(|line| line != "none" && !line.starts_with("0"));
        let all = drawn("border");
        let sides = ["border-left", "border-right", "border-top", "border-bottom"];
        for (border, side) in style.borders.iter_mut().zip(sides) {
            *border = drawn(side).or(all);
        }
    }

    fn hides(&mut self, hidden: bool) {
        if let Some(style) = self.open.as_ref().and_then(|key| self.styles.get_mut(key)) {
            style.hides |= hidden;
        }
    }

    /// Which sides of a cell with this style have a line.
    pub(super) fn edges(&self, name: &str) -> Edges {
        let mut sides = [None; 4];
        let mut next = Some(name.to_owned());
        for _ in 0..MAX_PARENTS {
            let Some(style) = next.and_then(|name| self.styles.get(&("table-cell".to_owned(), name))) else { break };
            for (side, border) in sides.iter_mut().zip(style.borders) {
                *side = side.or(border);
            }
            next = style.parent.clone();
        }
        Edges::new(sides.map(|side| side == Some(true)))
    }

    /// Whether a table, row or column with this style is not shown.
    pub(super) fn hidden(&self, family: &str, name: Option<&str>) -> bool {
        let key = name.map(|name| (family.to_owned(), name.to_owned()));
        key.and_then(|key| self.styles.get(&key)).is_some_and(|style| style.hides)
    }
}

/// A width or height of zero, in whatever unit.
fn is_nothing(length: Option<String>) -> bool {
    let digits = |text: &String| text.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<f64>().ok();
    length.as_ref().and_then(digits) == Some(0.0)
}
