//! Shared texts with several fonts: of them calamine gives the characters alone ([MS-XLS] 2.4.265 and 2.5.293).

use super::looks::Looks;
use crate::sheet::filler::Run;
use std::collections::BTreeMap;

/// Flags of a text: two bytes for each character, data of a phonetic guide, several fonts.
const WIDE: u8 = 1;
const PHONETIC: u8 = 4;
const RICH: u8 = 8;

/// A text's characters, and where its fonts begin: position and number of the font.
type RichText = (Vec<u16>, Vec<(usize, u16)>);

/// The data of a record and of those that continue it.
struct Reader<'a> {
    parts: Vec<&'a [u8]>,
    part: usize,
    at: usize,
}

/// The texts with several fonts, by their place in the table; those behind a damaged one are left to be plain.
pub(super) fn rich_texts(parts: Vec<&[u8]>, looks: &Looks) -> BTreeMap<u32, Vec<Run>> {
    let mut texts = BTreeMap::new();
    let mut reader = Reader { parts, part: 0, at: 4 };
    let count = reader.number(4).unwrap_or(0);
    for place in 0..count {
        let Some((units, fonts)) = reader.text() else { break };
        if !fonts.is_empty() {
            texts.insert(place, runs(&units, &fonts, looks));
        }
    }
    texts
}

/// The characters parted where the font changes; before the first change the cell's own font holds.
fn runs(units: &[u16], fonts: &[(usize, u16)], looks: &Looks) -> Vec<Run> {
    let mut runs = vec![];
    let mut add = |from: usize, to: usize, font: Option<u16>| {
        if let Some(units) = units.get(from..to.min(units.len())).filter(|units| !units.is_empty()) {
            runs.push(looks.run(&String::from_utf16_lossy(units), font));
        }
    };
    add(0, fonts.first().map_or(units.len(), |(start, _)| *start), None);
    for (index, (start, font)) in fonts.iter().enumerate() {
        add(*start, fonts.get(index + 1).map_or(units.len(), |(next, _)| *next), Some(*font));
    }
    runs
}

impl Reader<'_> {
    fn byte(&mut self) -> Option<u8> {
        while self.at >= self.parts.get(self.part)?.len() {
            (self.part, self.at) = (self.part + 1, 0);
        }
        self.at += 1;
        self.parts[self.part].get(self.at - 1).copied()
    }

    fn number(&mut self, bytes: u32) -> Option<u32> {
        (0..bytes).try_fold(0, |number, place| Some(number | u32::from(self.byte()?) << (8 * place)))
    }

    /// A text's characters, and where its fonts begin.
    fn text(&mut self) -> Option<RichText> {
        let length = self.number(2)?;
        let flags = self.byte()?;
        let fonts = if flags & RICH == 0 { 0 } else { self.number(2)? };
        let phonetic = if flags & PHONETIC == 0 { 0 } else { self.number(4)? };
        let units = self.characters(length, flags & WIDE != 0)?;
        let fonts = (0..fonts).map(|_| Some((self.number(2)? as usize, self.number(2)? as u16)));
        let fonts = fonts.collect::<Option<Vec<_>>>()?;
        for _ in 0..phonetic {
            self.byte()?;
        }
        Some((units, fonts))
    }

    /// A record that continues characters says anew how wide they are.
    fn characters(&mut self, length: u32, mut wide: bool) -> Option<Vec<u16>> {
        let mut units = vec![];
        for _ in 0..length {
            if self.at >= self.parts.get(self.part)?.len() {
                (self.part, self.at) = (self.part + 1, 0);
                wide = self.byte()? & WIDE != 0;
            }
            units.push(self.number(if wide { 2 } else { 1 })? as u16);
        }
        Some(units)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_read_over_the_ends_of_records() {
        let mut looks = Looks::default();
        looks.font(&[0, 0, 0, 0, 0xFF, 0x7F, 0, 0, 0, 0]);
        looks.font(&[0, 0, 8, 0, 0xFF, 0x7F, 0, 0, 0, 0]);
        looks.font(&[0, 0, 0, 0, 0xFF, 0x7F, 0, 0, 1, 0]);
        let first = [2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, b'a', 7, 0, RICH, 3, 0, b'4', b'5'];
        let second = [WIDE, b'0', 0, b'5', 0, b'0', 0, b'0', 0, b'1', 0, 0, 0, 1, 0, 3, 0, 0, 0, 6, 0, 2, 0];
        let texts = rich_texts(vec![&first, &second], &looks);
        let read: Vec<_> =
            texts[&1].iter().map(|run| (run.text.as_str(), run.font.is_some_and(|f| f.struck))).collect();
        assert_eq!(read, [("450", true), ("500", false), ("¹", false)]);
        assert_eq!(texts.len(), 1);
        assert!(rich_texts(vec![&[0; 8], &[1]], &looks).is_empty());
    }
}
