//! The looks of an OpenDocument spreadsheet's styles (OpenDocument 1.3 part 3, §16 and §17)

use super::span::{Height, SpanLook};
use crate::sheet::book::Edges;
use crate::sheet::colour::Colour;
use crate::sheet::filler::{Font, Ground, Look};
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

/// What a style says of its text's colour.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
enum TextColour {
    /// Nothing: its parent says it.
    #[default]
    Inherited,
    /// The program chooses it, or it is not told.
    Chosen,
    Named(Colour),
}

/// What a style says of lines and of being shown; `None` where it leaves that to its parent.
#[derive(Debug, Default)]
struct OdsStyle {
    parent: Option<String>,
    borders: [Option<bool>; 4],
    struck: Option<bool>,
    /// The text's colour.
    colour: TextColour,
    ground: Option<Ground>,
    height: Height,
    hides: bool,
}

impl Styles {
    /// Takes a piece of `content.xml` or `styles.xml`.
    pub(super) fn take(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Open(element) => match element.local_name().as_ref() {
                "style" => self.begin(element),
                "table-cell-properties" => self.cell_properties(element),
                "text-properties" => self.text_properties(element),
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
        style.ground = attribute(element, "background-color").map(|colour| match colour.as_str() {
            "transparent" => Ground::Paper,
            colour => Colour::from_hex(colour).map_or(Ground::Unknown, Ground::Filled),
        });
    }

    fn text_properties(&mut self, element: &BytesStart<'_>) {
        let Some(style) = self.open.as_ref().and_then(|key| self.styles.get_mut(key)) else { return };
        let line =
            attribute(element, "text-line-through-style").or_else(|| attribute(element, "text-line-through-type"));
        style.struck = line.map(|line| line != "none");
        style.colour = if attribute(element, "use-window-font-color").as_deref() == Some("true") {
            TextColour::Chosen
        } else {
            attribute(element, "color").map_or(TextColour::Inherited, |colour| {
                Colour::from_hex(&colour).map_or(TextColour::Chosen, TextColour::Named)
            })
        };
        // `super 58%`, `sub 58%`, or how far the text is moved.
        style.height = match attribute(element, "text-position").as_deref().map(str::trim) {
            Some(place)
                if place.starts_with("super") || place.starts_with(|c: char| c.is_ascii_digit() && c != '0') =>
            {
                Height::Raised
            }
            Some(place) if place.starts_with("sub") || place.starts_with('-') => Height::Lowered,
            _ => Height::On,
        };
    }

    fn hides(&mut self, hidden: bool) {
        if let Some(style) = self.open.as_ref().and_then(|key| self.styles.get_mut(key)) {
            style.hides |= hidden;
        }
    }

    /// A style and those that it leaves things to, nearest first.
    fn with_parents(&self, family: &str, name: &str) -> Vec<&OdsStyle> {
        let mut found = vec![];
        let mut next = Some(name.to_owned());
        while let Some(style) = next.take().and_then(|name| self.styles.get(&(family.to_owned(), name))) {
            if found.len() == MAX_PARENTS {
                break;
            }
            found.push(style);
            next.clone_from(&style.parent);
        }
        found
    }

    /// How cells with this style look.
    pub(super) fn look(&self, name: &str) -> Look {
        let styles = self.with_parents("table-cell", name);
        let mut sides = [None; 4];
        for style in &styles {
            for (side, border) in sides.iter_mut().zip(style.borders) {
                *side = side.or(border);
            }
        }
        Look {
            edges: Edges::new(sides.map(|side| side == Some(true))),
            font: font(&styles),
            ground: styles.iter().find_map(|style| style.ground).unwrap_or_default(),
            ..Look::default()
        }
    }

    /// How a span with this style looks.
    pub(super) fn span(&self, name: &str) -> SpanLook {
        let styles = self.with_parents("text", name);
        let height = styles.first().map_or(Height::On, |style| style.height);
        SpanLook { font: font(&styles), height }
    }

    /// Whether a table, row or column with this style is not shown.
    pub(super) fn hidden(&self, family: &str, name: Option<&str>) -> bool {
        let key = name.map(|name| (family.to_owned(), name.to_owned()));
        key.and_then(|key| self.styles.get(&key)).is_some_and(|style| style.hides)
    }
}

fn font(styles: &[&OdsStyle]) -> Font {
    Font {
        struck: styles.iter().find_map(|style| style.struck) == Some(true),
        colour: styles.iter().map(|style| style.colour).find(|colour| *colour != TextColour::Inherited).and_then(named),
    }
}

fn named(colour: TextColour) -> Option<Colour> {
    match colour {
        TextColour::Named(colour) => Some(colour),
        TextColour::Inherited | TextColour::Chosen => None,
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
