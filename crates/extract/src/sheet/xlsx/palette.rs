//! What colours are called in a workbook: by their parts, a number, a place in the theme (ECMA-376 part 1, §18.8.19).

use crate::sheet::colour::Colour;
use crate::sheet::filler::Font;
use crate::sheet::xml::{self, Piece, attribute, number};
use quick_xml::events::BytesStart;

/// The theme's colours in the order that styles count them: light and dark are swapped against the theme's own order.
const THEME: [&str; 12] =
    ["lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink"];

/// The font of texts that say nothing of it.
pub(super) const AUTOMATIC: Font = Font { struck: false, colour: Some(Colour::BLACK) };

/// The colours of a workbook.
#[derive(Debug)]
pub(super) struct Palette {
    theme: [Option<Colour>; 12],
    /// The workbook's own numbered colours.
    pub(super) indexed: Vec<Colour>,
}

impl Default for Palette {
    fn default() -> Self {
        let mut theme = [None; 12];
        (theme[0], theme[1]) = (Some(Colour::WHITE), Some(Colour::BLACK));
        Self { theme, indexed: vec![] }
    }
}

impl Palette {
    /// Reads the theme's colours.
    pub(super) fn of_theme(part: Option<&[u8]>) -> Self {
        let mut palette = Self::default();
        let mut place = None;
        let _incomplete = xml::walk(part.unwrap_or(b"<t/>"), |piece| match piece {
            Piece::Open(element) => match element.local_name().as_ref() {
                "srgbClr" | "sysClr" => {
                    let colour = attribute(&element, "lastClr").or_else(|| attribute(&element, "val"));
                    if let (Some(place), Some(colour)) = (place, colour.and_then(|c| Colour::from_hex(&c))) {
                        palette.theme[place] = Some(colour);
                    }
                }
                name => place = THEME.iter().position(|n| *n == name).or(place),
            },
            Piece::Close(name) if name == "clrScheme" || THEME.contains(&name.as_str()) => place = None,
            _ => {}
        });
        palette
    }

    /// The colour that an element names; `None` when it can't be known.
    pub(super) fn colour(&self, element: &BytesStart<'_>) -> Option<Colour> {
        let index = || number::<usize>(element, "indexed");
        let base = if let Some(rgb) = attribute(element, "rgb") {
            Colour::from_hex(&rgb)
        } else if let Some(place) = number::<usize>(element, "theme") {
            self.theme.get(place).copied().flatten()
        } else if let Some(index) = index() {
            self.numbered(index)
        } else {
            None
        };
        let tint = number::<f64>(element, "tint").filter(|tint| tint.is_finite() && *tint != 0.0);
        base.map(|colour| tint.map_or(colour, |tint| colour.tinted(tint)))
    }

    /// 64 is the system's text, 65 its paper.
    fn numbered(&self, index: usize) -> Option<Colour> {
        match index {
            64 => Some(Colour::BLACK),
            65 => Some(Colour::WHITE),
            _ => self.indexed.get(index).copied().or_else(|| Colour::indexed(index)),
        }
    }

    /// Takes what an element inside a font says.
    pub(super) fn font_element(&self, font: &mut Font, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "strike" => font.struck = !matches!(attribute(element, "val").as_deref(), Some("0" | "false")),
            "color" if xml::is_true(element, "auto") => font.colour = AUTOMATIC.colour,
            "color" => font.colour = self.colour(element),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_found_by_every_name() {
        let theme = br#"<a:theme xmlns:a="a"><a:clrScheme><a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>
            <a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1><a:accent1><a:srgbClr val="4F81BD"/></a:accent1>
            </a:clrScheme><a:srgbClr val="123456"/></a:theme>"#;
        let palette = Palette::of_theme(Some(theme));
        let colour = |attributes: &str| {
            let mut found = None;
            xml::walk(format!("<color {attributes}/>").as_bytes(), |piece| {
                if let Piece::Open(element) = piece {
                    found = palette.colour(&element);
                }
            })
            .unwrap();
            found
        };
        assert_eq!(colour("rgb='FFFFFFFF'"), Some(Colour::WHITE));
        assert_eq!(colour("theme='0'"), Some(Colour::WHITE));
        assert_eq!(colour("theme='1'"), Some(Colour::BLACK));
        assert_eq!(colour("theme='1' tint='1'"), Some(Colour::WHITE));
        assert_eq!(colour("theme='4'"), Some(Colour::of(0x4F_81BD)));
        assert_eq!(colour("theme='11'"), None);
        assert_eq!(colour("indexed='9'"), Some(Colour::WHITE));
        assert_eq!(colour("indexed='65'"), Some(Colour::WHITE));
        assert_eq!(colour("auto='1'"), None);
    }
}
