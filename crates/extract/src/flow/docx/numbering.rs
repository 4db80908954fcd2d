//! What is printed before a numbered paragraph ([ECMA-376] 17.9).

use super::numerals;
use crate::sheet::xml::{self, Piece, attribute, number};
use std::collections::BTreeMap;

/// Levels of a list.
const LEVELS: usize = 9;

/// The lists that a document defines, with how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Lists by their number: the definition, and what they change of it.
    lists: BTreeMap<u32, List>,
    definitions: BTreeMap<u32, Vec<Level>>,
    /// How far each definition has counted, by level; `None` where it has not begun.
    counted: BTreeMap<u32, [Option<u32>; LEVELS]>,
    /// Lists that have restarted their counters.
    begun: BTreeMap<u32, [bool; LEVELS]>,
}

#[derive(Debug, Default, Clone)]
struct List {
    definition: u32,
    /// Levels that begin anew, with their first number.
    starts: BTreeMap<usize, u32>,
    levels: BTreeMap<usize, Level>,
}

#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    format: String,
    /// The pattern: %1 stands for the first level's number.
    text: String,
    legal: bool,
}

/// Where a piece of the definitions belongs.
#[derive(Debug, Default)]
struct Reading {
    definition: Option<u32>,
    list: Option<u32>,
    level: Option<usize>,
    open: Level,
}

impl Numbering {
    /// Reads the part that defines lists; what can't be read numbers nothing.
    pub(super) fn parse(bytes: &[u8]) -> Self {
        let mut numbering = Self::default();
        let mut reading = Reading::default();
        let _incomplete = xml::walk(bytes, |piece| match piece {
            Piece::Open(element) => numbering.open(&element, &mut reading),
            Piece::Close(name) => numbering.close(&name, &mut reading),
            Piece::Text(_) => {}
        });
        numbering
    }

    fn open(&mut self, element: &quick_xml::events::BytesStart<'_>, reading: &mut Reading) {
        let value = || attribute(element, "val").unwrap_or_default();
        let list = reading.list.and_then(|id| self.lists.get_mut(&id));
        match element.local_name().as_ref() {
            "abstractNum" => reading.definition = number(element, "abstractNumId"),
            "num" => {
                reading.list = number(element, "numId");
                if let Some(id) = reading.list {
                    self.lists.insert(id, List::default());
                }
            }
            "abstractNumId" => {
                if let (Some(list), Some(id)) = (list, number(element, "val")) {
                    list.definition = id;
                }
            }
            "lvlOverride" => reading.level = number(element, "ilvl"),
            "startOverride" => {
                if let (Some(list), Some(level), Some(start)) = (list, reading.level, number(element, "val")) {
                    list.starts.insert(level, start);
                }
            }
            "lvl" => {
                reading.level = number(element, "ilvl");
                reading.open = Level { start: 1, format: "decimal".to_owned(), ..Level::default() };
            }
            "start" => reading.open.start = number(element, "val").unwrap_or(1),
            "numFmt" => reading.open.format = value(),
            "lvlText" => reading.open.text = value(),
            "isLgl" => reading.open.legal = !matches!(value().as_str(), "0" | "false" | "off"),
            _ => {}
        }
    }

    fn close(&mut self, name: &str, reading: &mut Reading) {
        match name {
            "abstractNum" => reading.definition = None,
            "num" => reading.list = None,
            "lvlOverride" => reading.level = None,
            "lvl" => {
                let level = std::mem::take(&mut reading.open);
                let Some(at) = reading.level.filter(|at| *at < LEVELS) else { return };
                if let Some(list) = reading.list.and_then(|id| self.lists.get_mut(&id)) {
                    list.levels.insert(at, level);
                } else if let Some(definition) = reading.definition {
                    let levels = self.definitions.entry(definition).or_default();
                    levels.resize(levels.len().max(at + 1), Level::default());
                    levels[at] = level;
                }
            }
            _ => {}
        }
    }

    /// Counts a paragraph of a list and gives what is printed before it.
    pub(super) fn next(&mut self, list_id: u32, level: usize) -> Option<String> {
        let list = self.lists.get(&list_id)?;
        let levels = self.definitions.get(&list.definition);
        let of = |at: usize| list.levels.get(&at).or_else(|| levels?.get(at));
        let own = of(level)?;
        let counted = self.counted.entry(list.definition).or_default();
        let begun = self.begun.entry(list_id).or_default();
        let starts = list.starts.get(&level).filter(|_| !begun[level]);
        begun[level] = true;
        let next = match (starts, counted[level]) {
            (Some(start), _) => *start,
            (None, Some(count)) => count.saturating_add(1),
            (None, None) => own.start,
        };
        counted[level] = Some(next);
        counted[level + 1..].fill(None);
        let mut text = String::new();
        let mut pattern = own.text.chars().peekable();
        while let Some(c) = pattern.next() {
            let digit = pattern.peek().and_then(|next| next.to_digit(10)).filter(|digit| c == '%' && *digit > 0);
            let Some(digit) = digit else {
                // Bullets of symbol fonts are pictures.
                if !('\u{e000}'..='\u{f8ff}').contains(&c) {
                    text.push(c);
                }
                continue;
            };
            pattern.next();
            let at = digit as usize - 1;
            let count = counted.get(at).copied().flatten().or_else(|| of(at).map(|level| level.start));
            let format = if own.legal { "decimal" } else { of(at).map_or("decimal", |level| level.format.as_str()) };
            text.push_str(&count.and_then(|count| numerals::shown(format, count)).unwrap_or_default());
        }
        // 一、 and （一） stand close to the text, a bare number does not.
        if text.ends_with(|c: char| c.is_alphanumeric()) {
            text.push(' ');
        }
        Some(text).filter(|text| !text.is_empty() && own.format != "bullet")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_count_and_restart() {
        let part = br#"<w:numbering xmlns:w="w">
            <w:abstractNum w:abstractNumId="0">
              <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1&#12289;"/></w:lvl>
              <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
            </w:abstractNum>
            <w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>
            <w:num w:numId="6"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride></w:num>
            </w:numbering>"#;
        let mut numbering = Numbering::parse(part);
        let mut next = |list, level| numbering.next(list, level).unwrap_or_default();
        assert_eq!(next(5, 0), "一、");
        assert_eq!(next(5, 1), "一.1 ");
        assert_eq!(next(5, 0), "二、");
        assert_eq!(next(5, 1), "二.1 ");
        assert_eq!(next(6, 0), "三、");
        assert_eq!(next(6, 0), "四、");
        assert_eq!(next(9, 0), "");
    }
}
