//! The looks of cells: number formats, fonts, fills and borders by their numbers (ECMA-376 part 1, §18.8).

use super::palette::{AUTOMATIC, Palette};
use crate::sheet::book::Edges;
use crate::sheet::colour::Colour;
use crate::sheet::filler::{Font, Ground, Look};
use crate::sheet::number::NumberFormat;
use crate::sheet::xml::{self, Piece, attribute, number};
use quick_xml::events::BytesStart;
use std::collections::BTreeMap;

/// The number of the colour that the system draws texts in.
const SYSTEM_TEXT: u32 = 64;

/// What the styles part says, while it is read.
struct Styles<'a> {
    palette: &'a mut Palette,
    /// The list that is open: `fonts`, `fills`, `borders`, `cellXfs`.
    list: String,
    formats: BTreeMap<u16, NumberFormat>,
    fonts: Vec<Font>,
    fills: Vec<Ground>,
    /// The open fill is one colour all over.
    solid: bool,
    borders: Vec<[bool; 4]>,
    looks: Vec<Look>,
}

/// Looks in the order that cells count them; adds the workbook's numbered colours to the palette.
///
/// # Errors
/// Where the part stops being readable.
pub(super) fn looks(part: &[u8], palette: &mut Palette) -> Result<Vec<Look>, String> {
    read_indexed(part, palette);
    let mut styles = Styles {
        palette,
        list: String::new(),
        formats: BTreeMap::new(),
        fonts: vec![],
        fills: vec![],
        solid: false,
        borders: vec![],
        looks: vec![],
    };
    xml::walk(part, |piece| match piece {
        Piece::Open(element) => styles.open(&element),
        Piece::Close(name) if name == styles.list => styles.list.clear(),
        _ => {}
    })?;
    Ok(styles.looks)
}

/// The numbered colours stand at the end of the part, behind those that use them.
fn read_indexed(part: &[u8], palette: &mut Palette) {
    let mut colours = vec![];
    let _incomplete = xml::walk(part, |piece| {
        if let Piece::Open(element) = piece
            && element.local_name().as_ref() == "rgbColor"
        {
            colours.extend(attribute(&element, "rgb").and_then(|rgb| Colour::from_hex(&rgb)));
        }
    });
    palette.indexed = colours;
}

impl Styles<'_> {
    fn open(&mut self, element: &BytesStart<'_>) {
        let name = element.local_name();
        let name = name.as_ref();
        match name {
            "fonts" | "fills" | "borders" | "cellXfs" | "dxfs" | "cellStyleXfs" if self.list.is_empty() => {
                name.clone_into(&mut self.list);
            }
            "numFmt" if self.list != "dxfs" => self.format(element),
            _ => {}
        }
        match self.list.as_str() {
            "fonts" => self.font(name, element),
            "fills" => self.fill(name, element),
            "borders" => self.border(name, element),
            "cellXfs" if name == "xf" => self.look(element),
            _ => {}
        }
    }

    fn format(&mut self, element: &BytesStart<'_>) {
        if let Some((id, code)) = number(element, "numFmtId").zip(attribute(element, "formatCode")) {
            self.formats.insert(id, NumberFormat::parse(&code));
        }
    }

    fn font(&mut self, name: &str, element: &BytesStart<'_>) {
        if name == "font" {
            self.fonts.push(AUTOMATIC);
        } else if let Some(font) = self.fonts.last_mut() {
            self.palette.font_element(font, element);
        }
    }

    /// A solid fill whose colour is not told, or is the system's, may be any.
    fn fill(&mut self, name: &str, element: &BytesStart<'_>) {
        match name {
            "fill" => self.fills.push(Ground::Paper),
            "patternFill" | "gradientFill" => {
                let kind = attribute(element, "patternType");
                self.solid = kind.as_deref() == Some("solid");
                let none = name == "patternFill" && matches!(kind.as_deref(), None | Some("none"));
                self.set_ground(if none { Ground::Paper } else { Ground::Unknown });
            }
            "fgColor" if self.solid && number::<u32>(element, "indexed") != Some(SYSTEM_TEXT) => {
                let colour = self.palette.colour(element);
                self.set_ground(colour.map_or(Ground::Unknown, Ground::Filled));
            }
            _ => {}
        }
    }

    fn set_ground(&mut self, ground: Ground) {
        if let Some(last) = self.fills.last_mut() {
            *last = ground;
        }
    }

    fn border(&mut self, name: &str, element: &BytesStart<'_>) {
        if name == "border" {
            self.borders.push([false; 4]);
        }
        // `start` and `end` are what newer writers call left and right.
        let side = match name {
            "left" | "start" => 0,
            "right" | "end" => 1,
            "top" => 2,
            "bottom" => 3,
            _ => return,
        };
        if let Some(border) = self.borders.last_mut() {
            border[side] = attribute(element, "style").is_some_and(|style| style != "none");
        }
    }

    fn look(&mut self, element: &BytesStart<'_>) {
        let id = number::<u16>(element, "numFmtId").unwrap_or(0);
        let place = |name: &str| number::<usize>(element, name).unwrap_or(0);
        self.looks.push(Look {
            format: self.formats.get(&id).cloned().unwrap_or_else(|| NumberFormat::builtin(id)),
            font: self.fonts.get(place("fontId")).copied().unwrap_or(AUTOMATIC),
            ground: self.fills.get(place("fillId")).copied().unwrap_or_default(),
            edges: self.borders.get(place("borderId")).map_or_else(Edges::default, |sides| Edges::new(*sides)),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_put_together_from_the_lists() {
        let part = br#"<styleSheet><numFmts><numFmt numFmtId="0" formatCode=""/></numFmts>
            <fonts><font/><font><strike/><color indexed="9"/></font></fonts>
            <fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FF102030"/>
            <bgColor indexed="64"/></patternFill></fill><fill><patternFill patternType="solid"/></fill></fills>
            <borders><border/><border><left style="thin"/><right style="none"/><top/><bottom style="hair"/></border></borders>
            <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
            <cellXfs><xf numFmtId="0"/><xf fontId="1" fillId="1" borderId="1" numFmtId="14"/><xf fillId="2"/></cellXfs>
            <dxfs><dxf><font><color rgb="FFFFFFFF"/></font></dxf></dxfs>
            <colors><indexedColors><rgbColor rgb="00000000"/></indexedColors></colors></styleSheet>"#;
        let mut palette = Palette::default();
        let looks = looks(part, &mut palette).unwrap();
        assert_eq!(looks.len(), 3);
        assert_eq!(looks[0].font, Font { struck: false, colour: Some(Colour::BLACK) });
        assert_eq!(looks[1].font, Font { struck: true, colour: Some(Colour::WHITE) });
        assert_eq!(looks[1].ground, Ground::Filled(Colour::of(0x10_2030)));
        assert_eq!(looks[1].edges, Edges::new([true, false, false, true]));
        assert!(looks[1].format.is_date() && !looks[0].format.is_date());
        assert_eq!(looks[2].ground, Ground::Unknown);
    }
}
