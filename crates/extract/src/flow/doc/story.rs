//! Characters to blocks: paragraphs, cells, rows.

use super::bytes::{i16_at, u16_at, usize_at};
use super::file::File;
use super::pieces::Unit;
use super::runs::Runs;
use super::sprm::{Character, Paragraph};
use crate::flow::block::Block;
use crate::flow::found::{Found, is_large};
use crate::flow::levels::Levels;
use crate::flow::numbering::Numbering;
use crate::sheet::{lowered, raised};

/// Marks in the text ([MS-DOC] 2.4.1 and 2.8.26).
const CELL: u16 = 0x07;
const TAB: u16 = 0x09;
const LINE: u16 = 0x0B;
const PAGE: u16 = 0x0C;
const PARAGRAPH: u16 = 0x0D;
const COLUMN: u16 = 0x0E;
const FIELD_BEGIN: u16 = 0x13;
const FIELD_RESULT: u16 = 0x14;
const FIELD_END: u16 = 0x15;
const HARD_HYPHEN: u16 = 0x1E;
const PICTURE: u16 = 0x01;
/// Twips to the point.
const POINT: f64 = 20.0;
/// How the files of pictures begin: PNG, JPEG.
const FILES: [&[u8]; 2] = [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"];

/// The reading of a text.
pub(super) struct Story<'a> {
    file: &'a File,
    paragraphs: &'a mut Runs<Paragraph>,
    characters: &'a mut Runs<Character>,
    numbering: &'a mut Numbering,
    levels: Levels,
    units: Vec<u16>,
    text: String,
    /// For every field that is open, whether its instruction is being read.
    fields: Vec<bool>,
    found: Found,
    /// Paragraphs of which nothing is said, and cells that stand in no table: what is said of them is damaged.
    unknown: usize,
}

impl<'a> Story<'a> {
    pub(super) fn new(
        file: &'a File,
        (paragraphs, characters): (&'a mut Runs<Paragraph>, &'a mut Runs<Character>),
        numbering: &'a mut Numbering,
    ) -> Self {
        let (levels, found) = (Levels::default(), Found::default());
        Self {
            file,
            paragraphs,
            characters,
            numbering,
            levels,
            units: Vec::new(),
            text: String::new(),
            fields: Vec::new(),
            found,
            unknown: 0,
        }
    }

    /// The blocks of a text.
    pub(super) fn blocks(mut self, text: &[Unit]) -> (Vec<Block>, Found) {
        for unit in text {
            match unit.unit {
                PARAGRAPH | CELL | PAGE => self.end(unit),
                _ => self.character(unit),
            }
        }
        self.flush(Character::default());
        if !self.text.trim().is_empty() {
            let text = std::mem::take(&mut self.text);
            self.levels.add(0, Block::Paragraph(text));
        }
        let (blocks, found) = self.levels.finish();
        self.found.add(found);
        if self.unknown > 0 {
            let message = format!("文档内部受损，有 {} 段不知道是不是表格，表格可能不完整", self.unknown);
            self.found.damage.push(message);
        }
        (blocks, self.found)
    }

    fn character(&mut self, unit: &Unit) {
        let look = *self.characters.at(unit.place);
        match unit.unit {
            FIELD_BEGIN => self.fields.push(true),
            FIELD_RESULT => {
                if let Some(open) = self.fields.last_mut() {
                    *open = false;
                }
            }
            FIELD_END => {
                self.fields.pop();
            }
            _ if self.fields.contains(&true) => {}
            _ if look.deleted => {}
            _ if look.hidden || look.struck => {
                let blank = char::from_u32(u32::from(unit.unit)).is_some_and(char::is_whitespace);
                self.found.unseen += usize::from(!blank && unit.unit >= 0x20);
            }
            TAB => self.push(unit.unit, look),
            LINE | COLUMN => self.push(u16::from(b'\n'), look),
            HARD_HYPHEN => self.push(u16::from(b'-'), look),
            PICTURE if look.special => self.picture(look),
            // A character that no text holds.
            0 if !look.special => self.found.noughts += 1,
            0..=0x1F => {}
            _ if look.special && look.symbol.is_some() => {
                let code = look.symbol.map_or(0, |(_, code)| u32::from(code));
                let sign = symbol(code);
                self.flush(look);
                self.text.extend(sign);
            }
            unit => self.push(unit, look),
        }
    }

    fn push(&mut self, unit: u16, look: Character) {
        if look.raised || look.lowered {
            self.flush(Character::default());
            self.units.push(unit);
            self.flush(look);
        } else {
            self.units.push(unit);
        }
    }

    /// Decodes what stands together.
    fn flush(&mut self, look: Character) {
        if self.units.is_empty() {
            return;
        }
        let text: String = char::decode_utf16(self.units.drain(..)).map(|c| c.unwrap_or('\u{fffd}')).collect();
        match (look.raised, look.lowered) {
            (true, _) => self.text.push_str(&raised(&text)),
            (_, true) => self.text.push_str(&lowered(&text)),
            _ => self.text.push_str(&text),
        }
    }

    fn picture(&mut self, look: Character) {
        let Some(picture) = look.picture.and_then(|at| self.file.data.get(at..)) else { return };
        // Size as placed, and scale in thousandths ([MS-DOC] 2.9.192).
        let size = |at: usize, scale: usize| {
            let (size, scale) = (i16_at(picture, at)?, u16_at(picture, scale)?);
            Some(f64::from(size) * f64::from(scale) / 1000.0 / POINT)
        };
        let size = (size(0x1C, 0x20).unwrap_or(0.0), size(0x1E, 0x22).unwrap_or(0.0));
        if is_large(size) {
            // The picture's own file stands somewhere in what describes it.
            let whole = usize_at(picture, 0).and_then(|length| picture.get(..length)).unwrap_or(picture);
            let begins = |at: &usize| FILES.iter().any(|signature| whole[*at..].starts_with(signature));
            self.found.picture((0..whole.len()).find(begins).map(|at| &whole[at..]), size);
        }
    }

    /// Ends a paragraph, a cell or a row.
    fn end(&mut self, unit: &Unit) {
        self.flush(Character::default());
        // An instruction of a field never runs over a paragraph.
        self.fields.iter_mut().for_each(|open| *open = false);
        let covered = self.paragraphs.covers(unit.place);
        let said = self.paragraphs.at(unit.place).clone();
        self.unknown += usize::from(!covered || unit.unit == CELL && !said.in_table);
        let mut text = std::mem::take(&mut self.text);
        let depth = if said.in_table || said.depth > 0 { said.depth.max(1) } else { 0 };
        if said.ends_row || said.ends_inner_row {
            self.levels.end_row(depth.max(1), &said.row);
            return;
        }
        let list = said.list.filter(|list| (1..=0x07FE).contains(list));
        if let Some(mark) = list.and_then(|list| {
            let level = usize::from(said.level.unwrap_or(0)).min(8);
            self.numbering.next(u32::from(list), level)
        }) {
            text.insert_str(0, &mark);
        }
        if said.breaks_page {
            self.levels.add(depth, Block::PageBreak);
        }
        self.levels.add(depth, Block::Paragraph(text));
        match unit.unit {
            CELL => self.levels.end_cell(depth.max(1)),
            PARAGRAPH if said.ends_inner_cell => self.levels.end_cell(depth.max(1)),
            PAGE => self.levels.add(depth, Block::PageBreak),
            _ => {}
        }
    }
}

/// What a character of a symbol font shows, whatever the font: signs of the usual ones.
fn symbol(code: u32) -> Option<char> {
    match code & 0xff {
        0xfe | 0x52 => Some('☑'),
        0xa8 | 0xa3 | 0x6f => Some('□'),
        0xfc => Some('√'),
        _ => None,
    }
}
