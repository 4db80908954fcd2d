//! The lists of a document ([ECMA-376] 17.9).

use crate::flow::numbering::{LEVELS, Level, List, Numbering};
use crate::sheet::xml::{self, Piece, attribute, number};
use quick_xml::events::BytesStart;

/// Reads the part that defines lists; what can't be read numbers nothing.
pub(super) fn parse(bytes: &[u8]) -> Numbering {
    let mut numbering = Numbering::default();
    let mut reading = Reading::default();
    let _incomplete = xml::walk(bytes, |piece| match piece {
        Piece::Open(element) => reading.begin(&mut numbering, &element),
        Piece::Close(name) => reading.end(&mut numbering, &name),
        Piece::Text(_) => {}
    });
    numbering
}

/// Where a piece of the definitions belongs.
#[derive(Debug, Default)]
struct Reading {
    definition: Option<u32>,
    list: Option<u32>,
    level: Option<usize>,
    open: Level,
}

impl Reading {
    fn begin(&mut self, numbering: &mut Numbering, element: &BytesStart<'_>) {
        let value = || attribute(element, "val").unwrap_or_default();
        let list = self.list.and_then(|id| numbering.lists.get_mut(&id));
        match element.local_name().as_ref() {
            "abstractNum" => self.definition = number(element, "abstractNumId"),
            "num" => {
                self.list = number(element, "numId");
                if let Some(id) = self.list {
                    numbering.lists.insert(id, List::default());
                }
            }
            "abstractNumId" => {
                if let (Some(list), Some(id)) = (list, number(element, "val")) {
                    list.definition = id;
                }
            }
            "lvlOverride" => self.level = number(element, "ilvl"),
            "startOverride" => {
                if let (Some(list), Some(level), Some(start)) = (list, self.level, number(element, "val")) {
                    list.starts.insert(level, start);
                }
            }
            "lvl" => {
                self.level = number(element, "ilvl");
                self.open = Level { start: 1, format: "decimal".to_owned(), ..Level::default() };
            }
            "start" => self.open.start = number(element, "val").unwrap_or(1),
            "numFmt" => self.open.format = value(),
            "lvlText" => self.open.text = value(),
            "isLgl" => self.open.legal = !matches!(value().as_str(), "0" | "false" | "off"),
            _ => {}
        }
    }

    fn end(&mut self, numbering: &mut Numbering, name: &str) {
        match name {
            "abstractNum" => self.definition = None,
            "num" => self.list = None,
            "lvlOverride" => self.level = None,
            "lvl" => {
                let level = std::mem::take(&mut self.open);
                let Some(at) = self.level.filter(|at| *at < LEVELS) else { return };
                if let Some(list) = self.list.and_then(|id| numbering.lists.get_mut(&id)) {
                    list.levels.insert(at, level);
                } else if let Some(definition) = self.definition {
                    let levels = numbering.definitions.entry(definition).or_default();
                    levels.resize(levels.len().max(at + 1), Level::default());
                    levels[at] = level;
                }
            }
            _ => {}
        }
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
        let mut numbering = parse(part);
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
