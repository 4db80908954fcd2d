//! The looks of an OpenDocument spreadsheet's styles (OpenDocument 1.3 part 3, §16 and §17)

use crate::sheet::book::Edges;
use crate::sheet::xml::{Piece, attribute};
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
                "table-column-properties" => {
                    self.hides(attribute(element, "column-width").is_some_and(|w| is_nothing(&w)));
                }
                "table-row-properties" => self.hides(attribute(element, "row-height").is_some_and(|h| is_nothing(&h))),
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
        let drawn = |name: &str| attribute(element, name).map(|line| is_drawn(&line));
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
            let key = next.clone().map(|name| ("table-cell".to_owned(), name));
            let Some(style) = key.and_then(|key| self.styles.get(&key)) else { break };
            for (side, border) in sides.iter_mut().zip(style.borders) {
                *side = side.or(border);
            }
            next.clone_from(&style.parent);
        }
        Edges::new(sides.map(|side| side == Some(true)))
    }

    /// Whether a table, row or column with this style is not shown.
    pub(super) fn hidden(&self, family: &str, name: Option<&str>) -> bool {
        let key = name.map(|name| (family.to_owned(), name.to_owned()));
        key.and_then(|key| self.styles.get(&key)).is_some_and(|style| style.hides)
    }
}

/// Whether a border such as `0.74pt solid #000000` leaves a line.
fn is_drawn(line: &str) -> bool {
    let words = || line.split_ascii_whitespace();
    words().next().is_some() && !words().any(|word| matches!(word, "none" | "hidden") || is_nothing(word))
}

/// A width or height of zero, in whatever unit.
fn is_nothing(length: &str) -> bool {
    length.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse() == Ok(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_no_width_are_none() {
        assert!(is_drawn("0.74pt solid #000000") && is_drawn("thin solid black"));
        for line in ["none", "0pt solid #000000", "0.0in double #000", "1pt hidden #000", ""] {
            assert!(!is_drawn(line), "{line}");
        }
    }
}
