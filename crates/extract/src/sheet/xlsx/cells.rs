//! A worksheet's cells: values, texts and formulas as they are stored (ECMA-376 part 1, §18.3.1.4).
//!
//! A value is all the text of its element, whatever stands between: references, comments, CDATA.

use super::layout::{Layout, position};
use super::palette::Palette;
use super::strings::{OpenText, unescaped};
use crate::sheet::book::Position;
use crate::sheet::filler::{Filler, Look, Run, Value};
use crate::sheet::formula::{self, Formula};
use crate::sheet::xml::{self, Piece, attribute, number};
use quick_xml::events::BytesStart;
use std::collections::BTreeMap;

/// What all sheets of a workbook share.
pub(super) struct Shared {
    pub(super) texts: Vec<Vec<Run>>,
    pub(super) looks: Vec<Look>,
    pub(super) palette: Palette,
    pub(super) from_1904: bool,
    /// Stored results of formulas are not to be trusted.
    pub(super) to_calculate: bool,
}

/// Reads a worksheet part into the filler, as far as it goes; returns its layout.
pub(super) fn read(part: &[u8], shared: &Shared, filler: &mut Filler<'_>) -> Layout {
    let mut reader = SheetReader::new(shared, filler);
    let walked = xml::walk(part, |piece| reader.take(piece));
    let SheetReader { mut layout, formulas, lost_texts, .. } = reader;
    formula::settle(filler, &formulas, &shared.looks);
    let lost = (lost_texts > 0).then(|| format!("{lost_texts} 个单元格的文字不在共享文字表里"));
    layout.broken = walked.err().or(lost);
    layout.finish();
    layout
}

struct SheetReader<'a, 'b> {
    shared: &'a Shared,
    filler: &'a mut Filler<'b>,
    layout: Layout,
    in_data: bool,
    row: u32,
    next_col: u32,
    cell: Option<OpenCell>,
    formulas: BTreeMap<Position, Formula>,
    /// Formulas that others refer to, with their cells.
    masters: BTreeMap<u32, (Position, String)>,
    /// Cells whose shared text isn't there.
    lost_texts: usize,
}

/// The cell that is being read.
#[derive(Default)]
struct OpenCell {
    at: Position,
    look: usize,
    kind: String,
    value: Option<String>,
    formula: Option<String>,
    /// The number under which a formula is shared.
    group: Option<u32>,
    text: OpenText,
    has_text: bool,
    open: Part,
}

/// Which part of a cell is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Part {
    #[default]
    None,
    Value,
    Formula,
    Text,
}

impl<'a, 'b> SheetReader<'a, 'b> {
    fn new(shared: &'a Shared, filler: &'a mut Filler<'b>) -> Self {
        Self {
            shared,
            filler,
            layout: Layout::default(),
            in_data: false,
            row: 0,
            next_col: 0,
            cell: None,
            formulas: BTreeMap::new(),
            masters: BTreeMap::new(),
            lost_texts: 0,
        }
    }

    fn take(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Open(element) => self.open(&element),
            Piece::Close(name) => self.close(&name),
            Piece::Text(text) => {
                if let Some(cell) = &mut self.cell {
                    cell.take_text(&text);
                }
            }
        }
    }

    fn open(&mut self, element: &BytesStart<'_>) {
        let name = element.local_name();
        if let Some(cell) = &mut self.cell {
            return cell.open(name.as_ref(), element, &self.shared.palette);
        }
        match name.as_ref() {
            "sheetData" => self.in_data = true,
            "row" if self.in_data => {
                (self.row, self.next_col) = (self.layout.row(element), 0);
            }
            "c" if self.in_data => self.cell = Some(self.new_cell(element)),
            _ => self.layout.element(element),
        }
        if self.layout.zeros_hidden {
            self.filler.sheet.zeros_hidden = true;
        }
    }

    /// Cells count on from the one before where they don't say where they stand.
    fn new_cell(&mut self, element: &BytesStart<'_>) -> OpenCell {
        let at = attribute(element, "r").and_then(|r| position(&r)).unwrap_or((self.row, self.next_col));
        self.next_col = at.1.saturating_add(1);
        OpenCell {
            at,
            look: number(element, "s").unwrap_or(0),
            kind: attribute(element, "t").unwrap_or_default(),
            ..OpenCell::default()
        }
    }

    fn close(&mut self, name: &str) {
        match (name, &mut self.cell) {
            ("c", Some(_)) => {
                if let Some(cell) = self.cell.take() {
                    self.store(cell);
                }
            }
            ("sheetData", None) => self.in_data = false,
            (_, Some(cell)) => cell.close(name),
            _ => {}
        }
    }

    fn store(&mut self, mut cell: OpenCell) {
        let formula = self.formula(&mut cell);
        let shared = self.shared;
        let runs = std::mem::take(&mut cell.text).finish();
        let value = cell.value(&runs, shared).unwrap_or_else(|| {
            self.lost_texts += 1;
            Value::Blank
        });
        if let Some((text, sum)) = formula {
            let stored = stored_result(&value, &cell.kind);
            if stored == formula::Outcome::Missing || shared.to_calculate {
                self.formulas.insert(cell.at, Formula { text, sum, stored, look: cell.look });
            }
        }
        let plain = Look::default();
        self.filler.value(cell.at, &value, shared.looks.get(cell.look).unwrap_or(&plain));
    }

    /// A cell's formula, written out where it is shared, and the sum that it states.
    fn formula(&mut self, cell: &mut OpenCell) -> Option<(String, Option<formula::Sum>)> {
        let own = cell.formula.take()?;
        let own = own.trim();
        let text = match cell.group {
            Some(group) if own.is_empty() => {
                let (from, master) = self.masters.get(&group)?;
                formula::shifted(master, *from, cell.at).unwrap_or_else(|| master.clone())
            }
            Some(group) => {
                self.masters.insert(group, (cell.at, own.to_owned()));
                own.to_owned()
            }
            None if own.is_empty() => return None,
            None => own.to_owned(),
        };
        // Whether a formula is a sum matters only where its result is in doubt.
        let wanted = self.shared.to_calculate || cell.value.as_deref().unwrap_or_default().is_empty();
        let sum = if wanted { formula::parse(&text, &self.filler.sheet.name) } else { None };
        Some((text, sum))
    }
}

/// What a formula's cell holds as its result. A text may be empty: `str` says that there is one.
fn stored_result(value: &Value<'_>, kind: &str) -> formula::Outcome {
    match (value, kind) {
        (Value::Serial(number, _), _) => formula::Outcome::Number(*number),
        (Value::Blank, "" | "n") => formula::Outcome::Missing,
        _ => formula::Outcome::Other,
    }
}

impl OpenCell {
    /// The cell's value, `runs` being its own text; `None` when it names a shared text that isn't there.
    fn value<'v>(&'v self, runs: &'v [Run], shared: &'v Shared) -> Option<Value<'v>> {
        let stored = self.value.as_deref().unwrap_or_default();
        let trimmed = stored.trim();
        if trimmed.is_empty() {
            let is_own = self.has_text && matches!(self.kind.as_str(), "inlineStr" | "str" | "n" | "");
            return Some(if is_own { Value::Rich(runs) } else { Value::Blank });
        }
        Some(match self.kind.as_str() {
            "s" => Value::Rich(shared.texts.get(trimmed.parse::<usize>().ok()?)?),
            "b" => Value::Boolean(!matches!(trimmed, "0" | "false")),
            "e" => Value::Error(trimmed.to_owned()),
            "d" => Value::IsoMoment(trimmed),
            // A value that is no number although it says so is a text that anybody can see.
            "n" | "" => trimmed.parse().map_or(Value::Text(stored), |number| Value::Serial(number, shared.from_1904)),
            _ => Value::Text(stored),
        })
    }

    fn open(&mut self, name: &str, element: &BytesStart<'_>, palette: &Palette) {
        match (name, self.open) {
            ("v", Part::None) => {
                self.open = Part::Value;
                self.value.get_or_insert_default();
            }
            ("f", Part::None) => {
                self.open = Part::Formula;
                self.formula.get_or_insert_default();
                if attribute(element, "t").as_deref() == Some("shared") {
                    self.group = number(element, "si");
                }
            }
            ("is", Part::None) => (self.open, self.has_text) = (Part::Text, true),
            (_, Part::Text) => self.text.open(element, palette),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match (name, self.open) {
            ("v", Part::Value) => {
                self.open = Part::None;
                if self.kind == "str" {
                    self.value = self.value.take().map(|value| unescaped(&value));
                }
            }
            ("f", Part::Formula) | ("is", Part::Text) => self.open = Part::None,
            (_, Part::Text) => self.text.close(name),
            _ => {}
        }
    }

    fn take_text(&mut self, text: &str) {
        let into = match self.open {
            Part::Value => &mut self.value,
            Part::Formula => &mut self.formula,
            Part::Text => return self.text.text(text),
            Part::None => return,
        };
        into.get_or_insert_default().push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::model::Content;
    use crate::sheet::book::Worksheet;

    fn sheet(rows: &str, to_calculate: bool) -> (Worksheet, Layout) {
        let run = |text: &str| vec![Run { text: text.to_owned(), font: None }];
        let shared = Shared {
            texts: vec![run("共享")],
            looks: vec![],
            palette: Palette::default(),
            from_1904: false,
            to_calculate,
        };
        let limits = Limits::default();
        let mut filler = Filler::new("表", &limits);
        let part = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        let layout = read(part.as_bytes(), &shared, &mut filler);
        (filler.finish(), layout)
    }

    fn texts(rows: &str) -> Vec<String> {
        sheet(rows, false).0.cells.into_values().map(|cell| cell.text).collect()
    }

    #[test]
    fn values_are_all_their_nodes() {
        for value in
            ["8&#51;.17", "83<!-- x -->.17", "<![CDATA[83.17]]>", "83<?x y?>.17", " 83.17\n", "8<![CDATA[3]]>.1&#x37;"]
        {
            assert_eq!(texts(&format!("<row><c><v>{value}</v></c></row>")), ["83.17"], "{value}");
        }
        assert_eq!(texts("<row><c t='inlineStr'><is><t xml:space='preserve'>8<!-- -->3</t></is></c></row>"), ["83"]);
    }

    #[test]
    fn every_kind_of_value_is_read() {
        let (sheet, layout) = sheet(
            "<row r='2'><c r='B2' t='s'><v>0</v></c><c t='b'><v>1</v></c><c t='e'><v>#DIV/0!</v></c><c t='str'><v>a</v></c>
            <c t='d'><v>2024-01-02</v></c><c><v>1,5</v></c><c t='str'><f>X</f><v></v></c></row>",
            false,
        );
        let read: Vec<_> = sheet.cells.iter().map(|(at, cell)| (*at, cell.text.as_str(), cell.content)).collect();
        let expected = [
            ((1, 1), "共享", Content::Text),
            ((1, 2), "TRUE", Content::Boolean),
            ((1, 3), "#DIV/0!", Content::Error),
            ((1, 4), "a", Content::Text),
            ((1, 5), "2024-01-02", Content::Date),
            ((1, 6), "1,5", Content::Text),
        ];
        assert_eq!(read, expected);
        assert_eq!((layout.broken, sheet.stale), (None, 0));
    }

    #[test]
    fn formulas_without_a_value_are_reckoned_where_they_are_sums() {
        let rows = "<row><c r='A1'><v>1.5</v></c><c r='B1'><v>2</v></c></row>
            <row><c r='A2'><f t='shared' si='0' ref='A2:B2'>A1+A1</f></c><c r='B2'><f t='shared' si='0'/></c></row>
            <row><c r='A3'><f>A1*2</f><v/></c><c r='B3'><f>SUM(A1:B1)</f><v>9</v></c></row>";
        let (sheet, _) = sheet(rows, false);
        let cell = |at| (sheet.cells[&at].text.as_str(), sheet.cells[&at].doubts.len());
        assert_eq!(
            [cell((1, 0)), cell((1, 1)), cell((2, 0)), cell((2, 1))],
            [("3", 1), ("4", 1), ("=A1*2", 1), ("9", 0)]
        );
        assert_eq!(sheet.stale, 3);
    }

    #[test]
    fn a_file_to_be_calculated_is_trusted_where_its_sums_hold() {
        let rows = "<row><c><v>1.5</v></c><c><f>A1+A1</f><v>3</v></c><c><f>A1+A1</f><v>0</v></c><c><f>A1*2</f><v>3</v></c></row>";
        let (sheet, _) = sheet(rows, true);
        let read: Vec<_> = sheet.cells.values().map(|cell| (cell.text.as_str(), cell.doubts.len())).collect();
        assert_eq!(read, [("1.5", 0), ("3", 0), ("3", 1), ("3", 1)]);
    }

    #[test]
    fn a_shared_text_that_is_not_there_is_said() {
        assert!(sheet("<row><c t='s'><v>7</v></c></row>", false).1.broken.is_some());
    }
}
