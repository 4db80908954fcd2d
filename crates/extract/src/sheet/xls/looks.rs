//! The looks of an old Excel file's cells: fonts, fills and borders out of its style records.

use super::record::{double_word, word};
use crate::sheet::book::Edges;
use crate::sheet::colour::Colour;
use crate::sheet::filler::{Font, Ground, Run};
use crate::sheet::text;

/// The number that stands for the colour of the system's text.
const AUTOMATIC: u16 = 0x7FFF;

/// Fonts, and the workbook's own colours.
#[derive(Debug, Default)]
pub(super) struct Looks {
    /// Struck or not, the number of the colour, and the place on the line (1 raised, 2 lowered).
    fonts: Vec<(bool, u16, u16)>,
    palette: Vec<Colour>,
}

/// What a style record says besides its number format.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    font: u16,
    pattern: u32,
    colour: u32,
    pub(super) edges: Edges,
}

impl Looks {
    /// Font record ([MS-XLS] 2.4.122).
    pub(super) fn font(&mut self, data: &[u8]) {
        if let (Some(flags), Some(colour)) = (word(data, 2), word(data, 4)) {
            self.fonts.push((flags & 8 != 0, colour, word(data, 8).unwrap_or(0)));
        }
    }

    /// Palette record ([MS-XLS] 2.4.188): the colours from number 8 on.
    pub(super) fn palette(&mut self, data: &[u8]) {
        let colours = data.get(2..).unwrap_or_default().chunks_exact(4);
        let rgb = |c: &[u8]| Colour::of(u32::from(c[0]) << 16 | u32::from(c[1]) << 8 | u32::from(c[2]));
        self.palette = colours.map(rgb).collect();
    }

    fn colour(&self, number: u16) -> Option<Colour> {
        match number {
            64 | AUTOMATIC => Some(Colour::BLACK),
            65 => Some(Colour::WHITE),
            _ => {
                let own = usize::from(number).checked_sub(8).and_then(|place| self.palette.get(place));
                own.copied().or_else(|| Colour::indexed(number.into()))
            }
        }
    }

    /// The font and the ground of a style.
    pub(super) fn of(&self, style: Style) -> (Font, Ground) {
        let ground = match style.pattern {
            0 => Ground::Paper,
            // The system's own colour may be any.
            1 if style.colour != 64 => self.colour(style.colour as u16).map_or(Ground::Unknown, Ground::Filled),
            _ => Ground::Unknown,
        };
        (self.font_of(style.font).0, ground)
    }

    /// A font, and its place on the line.
    fn font_of(&self, number: u16) -> (Font, u16) {
        // There is no font 4: those after it are one place further up (2.5.129).
        let place = usize::from(number) - usize::from(number > 4);
        let (struck, colour, height) = self.fonts.get(place).copied().unwrap_or((false, AUTOMATIC, 0));
        (Font { struck, colour: self.colour(colour) }, height)
    }

    /// A part of a text in a font of its own.
    pub(super) fn run(&self, part: &str, font: Option<u16>) -> Run {
        let Some((font, height)) = font.map(|number| self.font_of(number)) else {
            return Run { text: part.to_owned(), font: None };
        };
        let text = match height {
            1 => text::raised(part),
            2 => text::lowered(part),
            _ => part.to_owned(),
        };
        Run { text, font: Some(font) }
    }
}

/// An XF record ([MS-XLS] 2.4.353; before BIFF8: OpenOffice's description of the format, 5.115).
pub(super) fn style(data: &[u8], modern: bool) -> Style {
    let bits = |at, shift: u32, mask: u32| double_word(data, at).map_or(0, |word| word >> shift & mask);
    let drawn = |places: [(usize, u32, u32); 4]| Edges::new(places.map(|(at, shift, mask)| bits(at, shift, mask) != 0));
    let font = word(data, 0).unwrap_or(0);
    if modern {
        let edges = drawn([(10, 0, 15), (10, 4, 15), (10, 8, 15), (10, 12, 15)]);
        let colour = word(data, 18).map_or(0, |word| u32::from(word & 0x7F));
        return Style { font, pattern: bits(14, 26, 63), colour, edges };
    }
    let edges = drawn([(12, 3, 7), (12, 6, 7), (12, 0, 7), (8, 22, 7)]);
    Style { font, pattern: bits(8, 16, 63), colour: bits(8, 0, 127), edges }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_and_fills_are_found_by_their_numbers() {
        let mut looks = Looks::default();
        for (flags, colour) in [(0, 0x7FFF_u16), (0, 9), (8, 64), (0, 10), (0, 65)] {
            looks.font(&[&[200, 0, flags, 0][..], &colour.to_le_bytes()].concat());
        }
        let style = |font, pattern, colour| Style { font, pattern, colour, edges: Edges::default() };
        let black = Font { struck: false, colour: Some(Colour::BLACK) };
        assert_eq!(looks.of(style(0, 0, 64)), (black, Ground::Paper));
        assert_eq!(
            looks.of(style(1, 1, 8)),
            (Font { colour: Some(Colour::WHITE), ..black }, Ground::Filled(Colour::BLACK))
        );
        assert_eq!(looks.of(style(2, 9, 8)), (Font { struck: true, ..black }, Ground::Unknown));
        assert_eq!(looks.of(style(5, 0, 64)).0, Font { colour: Some(Colour::WHITE), ..black });
        looks.palette(&[1, 0, 255, 255, 255, 0]);
        assert_eq!(looks.of(style(0, 1, 8)).1, Ground::Filled(Colour::WHITE));
    }
}
