//! The lists of a document ([MS-DOC] 2.4.6.3): their levels, and which paragraphs use which.

use super::bytes::{slice, u16_at, u32_at, usize_at};
use super::file::{File, Part};
use super::sprm::each;
use crate::flow::numbering::{LEVELS, Level, List, Numbering};
use std::collections::BTreeMap;

/// Bytes of a list's head, of a level's head, of a list's use.
const LIST: usize = 28;
const LEVEL: usize = 28;
const OVERRIDE: usize = 16;

/// The lists of a document.
pub(super) fn numbering(file: &File) -> Numbering {
    let mut numbering = Numbering::default();
    let Some(ids) = definitions(file, &mut numbering) else { return numbering };
    let Some(table) = file.part(Part::ListOverrides) else { return numbering };
    let count = usize_at(table, 0).unwrap_or(0).min(table.len() / OVERRIDE);
    for index in 0..count {
        let id = u32_at(table, 4 + OVERRIDE * index);
        if let (Some(definition), Ok(number)) = (id.and_then(|id| ids.get(&id)), u32::try_from(index + 1)) {
            numbering.lists.insert(number, List { definition: *definition, ..List::default() });
        }
    }
    numbering
}

/// Reads the definitions; the numbers of them by the ids that uses name.
fn definitions(file: &File, numbering: &mut Numbering) -> Option<BTreeMap<u32, u32>> {
    let table = file.part(Part::Lists)?;
    // The levels stand behind the table, which does not count them.
    let whole = file.behind_part(Part::Lists)?;
    let count = usize::from(u16_at(table, 0)?);
    let mut ids = BTreeMap::new();
    let mut at = 2 + LIST * count;
    for index in 0..count {
        let head = slice(whole, 2 + LIST * index, LIST)?;
        let levels = if head[26] & 1 != 0 { 1 } else { LEVELS };
        let mut list = Vec::new();
        for _ in 0..levels {
            let Some((level, end)) = level(whole, at) else { break };
            list.push(level);
            at = end;
        }
        let number = u32::try_from(index).ok()?;
        ids.insert(u32_at(head, 0)?, number);
        numbering.definitions.insert(number, list);
    }
    Some(ids)
}

/// A level, and where the next one begins ([MS-DOC] 2.9.150).
fn level(bytes: &[u8], at: usize) -> Option<(Level, usize)> {
    let head = slice(bytes, at, LEVEL)?;
    let (characters, paragraph) = (usize::from(head[24]), usize::from(head[25]));
    let text_at = at + LEVEL + paragraph + characters;
    let length = usize::from(u16_at(bytes, text_at)?);
    let units: Vec<u16> = (0..length).map_while(|index| u16_at(bytes, text_at + 2 + 2 * index)).collect();
    let mut text = String::new();
    for unit in char::decode_utf16(units) {
        match unit {
            // A number of a level stands as that level's index.
            Ok(c) if (c as u32) < LEVELS as u32 => text.extend(['%', level_digit(c)]),
            Ok(c) => text.push(c),
            Err(_) => {}
        }
    }
    let hidden =
        each(slice(bytes, at + LEVEL + paragraph, characters)?).any(|(code, operand)| code == 0x083C && operand == [1]);
    let format = if hidden { "none" } else { format(head[4]) };
    let level = Level { start: u32_at(head, 0)?, format: format.to_owned(), text, legal: head[5] & 4 != 0 };
    Some((level, text_at + 2 + 2 * length))
}

/// The digit that stands for a level in a pattern: %1 for the first.
fn level_digit(index: char) -> char {
    char::from_digit(index as u32 + 1, 10).unwrap_or('1')
}

/// A number format by its code ([MS-OSHARED] 2.2.1.3).
fn format(code: u8) -> &'static str {
    match code {
        1 => "upperRoman",
        2 => "lowerRoman",
        3 => "upperLetter",
        4 => "lowerLetter",
        10 | 17 => "ideographDigital",
        11 | 16 | 33 | 35 | 37 | 39 => "chineseCounting",
        14 | 19 => "decimalFullWidth",
        18 | 28 | 29 => "decimalEnclosedCircle",
        22 => "decimalZero",
        23 => "bullet",
        30 => "ideographTraditional",
        31 => "ideographZodiac",
        34 | 38 => "chineseLegalSimplified",
        255 => "none",
        _ => "decimal",
    }
}
