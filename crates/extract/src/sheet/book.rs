//! What does a worksheet hold? The form that every format's reader fills, before anything hidden is left out.

use super::number_format::{NumberFormat, Reading};
use super::text;
use crate::document::{Diagnostic, DiagnosticCode};
use crate::limits::Limits;
use crate::table::Content;
use calamine::{Data, ExcelDateTime};
use std::collections::BTreeMap;

/// 0-based row and column on the worksheet.
pub(super) type Position = (u32, u32);

/// A worksheet as stored.
#[derive(Debug, Default)]
pub(super) struct Worksheet {
    pub(super) name: String,
    /// Cells with a text or a border, in row-major order.
    pub(super) cells: BTreeMap<Position, Stored>,
    pub(super) merges: Vec<Area>,
    pub(super) hidden_rows: Ranges,
    pub(super) hidden_cols: Ranges,
    /// The sheet is set to show zeros as blanks.
    pub(super) zeros_hidden: bool,
    /// Cells with a value that their number format doesn't show, zeros not counted.
    pub(super) not_shown: usize,
    /// Cells left out because a limit was reached.
    pub(super) beyond_limits: usize,
}

/// A stored cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Stored {
    pub(super) text: String,
    pub(super) content: Content,
    pub(super) edges: Edges,
}

/// Which sides of a cell have a line drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Edges(u8);

impl Edges {
    pub(super) const LEFT: Self = Self(1);
    pub(super) const RIGHT: Self = Self(2);
    pub(super) const TOP: Self = Self(4);
    pub(super) const BOTTOM: Self = Self(8);

    /// The sides for which `drawn` (left, right, top, bottom) is true.
    pub(super) fn new(drawn: [bool; 4]) -> Self {
        Self(drawn.iter().enumerate().map(|(bit, on)| u8::from(*on) << bit).sum())
    }

    pub(super) fn has(self, side: Self) -> bool {
        self.0 & side.0 != 0
    }

    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn count(self) -> u32 {
        self.0.count_ones()
    }
}

/// A rectangle of cells, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Area {
    pub(super) top: u32,
    pub(super) left: u32,
    pub(super) bottom: u32,
    pub(super) right: u32,
}

/// A set of row or column numbers, as ranges with both ends included.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Ranges(Vec<(u32, u32)>);

impl Ranges {
    pub(super) fn add(&mut self, first: u32, last: u32) {
        match self.0.last_mut() {
            Some((_, end)) if first == end.saturating_add(1) => *end = last.max(first),
            _ => self.0.push((first, last.max(first))),
        }
    }

    /// Sorts the ranges and joins those that touch; needed before [`Self::contains`].
    pub(super) fn finish(&mut self) {
        self.0.sort_unstable();
        let mut joined: Vec<(u32, u32)> = vec![];
        for (first, last) in self.0.drain(..) {
            match joined.last_mut() {
                Some((_, end)) if first <= end.saturating_add(1) => *end = last.max(*end),
                _ => joined.push((first, last)),
            }
        }
        self.0 = joined;
    }

    pub(super) fn contains(&self, number: u32) -> bool {
        let after = self.0.partition_point(|(first, _)| *first <= number);
        after > 0 && self.0[after - 1].1 >= number
    }
}

/// How the cells of one style look.
#[derive(Debug, Clone, Default)]
pub(super) struct Look {
    pub(super) format: NumberFormat,
    pub(super) edges: Edges,
}

/// A cell's value, whatever the format it was stored in.
#[derive(Debug)]
pub(super) enum Value<'a> {
    Blank,
    Text(&'a str),
    Number(f64),
    Moment(ExcelDateTime),
    /// Already in ISO form.
    IsoMoment(&'a str),
    Boolean(bool),
    Error(String),
}

impl<'a> From<&'a Data> for Value<'a> {
    fn from(data: &'a Data) -> Self {
        match data {
            Data::Int(number) => Self::Number(*number as f64),
            Data::Float(number) => Self::Number(*number),
            Data::String(text) => Self::Text(text),
            Data::Bool(truth) => Self::Boolean(*truth),
            Data::DateTime(moment) => Self::Moment(*moment),
            Data::DateTimeIso(text) | Data::DurationIso(text) => Self::IsoMoment(text),
            Data::Error(error) => Self::Error(error.to_string()),
            Data::Empty => Self::Blank,
        }
    }
}

/// Fills a worksheet within the limits.
pub(super) struct Filler<'a> {
    pub(super) sheet: Worksheet,
    limits: &'a Limits,
}

impl<'a> Filler<'a> {
    pub(super) fn new(name: &str, limits: &'a Limits) -> Self {
        Self { sheet: Worksheet { name: name.to_owned(), ..Worksheet::default() }, limits }
    }

    /// Stores a value as its format shows it.
    pub(super) fn value(&mut self, at: Position, value: &Value<'_>, look: &Look) {
        let (text, content) = match value {
            Value::Blank => (String::new(), Content::Text),
            Value::Text(text) => (text::join_lines(text), Content::Text),
            Value::Number(number) => self.number(*number, &look.format),
            Value::Moment(moment) if look.format.is_numeric() => self.number(moment.as_f64(), &look.format),
            Value::Moment(moment) => (iso(moment), Content::Date),
            Value::IsoMoment(text) => (text::trim(text).to_owned(), Content::Date),
            Value::Boolean(truth) => (if *truth { "TRUE" } else { "FALSE" }.to_owned(), Content::Boolean),
            Value::Error(text) => (text.clone(), Content::Error),
        };
        self.put(at, Stored { text, content, edges: look.edges });
    }

    /// Stores a cell; one that has neither text nor border is no cell.
    pub(super) fn put(&mut self, at: Position, mut cell: Stored) {
        if cell.text.is_empty() {
            cell.content = Content::Text;
            if cell.edges == Edges::default() {
                return;
            }
        }
        let outside = at.0 >= self.limits.sheet_rows || at.1 >= self.limits.sheet_cols;
        if outside || self.sheet.cells.len() >= self.limits.cells_per_sheet {
            self.sheet.beyond_limits += usize::from(!cell.text.is_empty());
            return;
        }
        self.sheet.cells.insert(at, cell);
    }

    /// Numbers of rows and columns, cut down to one more than the limits allow.
    pub(super) fn within(&self, rows: u32, cols: u32) -> (u32, u32) {
        (rows.min(self.limits.sheet_rows.saturating_add(1)), cols.min(self.limits.sheet_cols.saturating_add(1)))
    }

    /// Whether no further cell can be stored.
    pub(super) fn is_full(&self) -> bool {
        self.sheet.cells.len() >= self.limits.cells_per_sheet
    }

    fn number(&mut self, number: f64, format: &NumberFormat) -> (String, Content) {
        if number == 0.0 && self.sheet.zeros_hidden {
            return (String::new(), Content::Text);
        }
        match format.read(number) {
            Some(Reading::Shown(text)) => (text, Content::Number),
            Some(Reading::NotShown) => {
                self.sheet.not_shown += usize::from(number != 0.0);
                (String::new(), Content::Text)
            }
            // Neither infinity nor not-a-number can be stored by a spreadsheet program; shown as it would show them.
            None => ("#NUM!".to_owned(), Content::Error),
        }
    }

    /// The finished worksheet.
    pub(super) fn finish(mut self) -> Worksheet {
        self.sheet.hidden_rows.finish();
        self.sheet.hidden_cols.finish();
        self.sheet
    }
}

/// ISO 8601: the date, the time of day or both, as far as they are there.
fn iso(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let seconds = if milli == 0 { format!("{second:02}") } else { format!("{second:02}.{milli:03}") };
    if moment.is_duration() {
        let hours = (moment.as_f64().abs() * 24.0 + 1e-9).floor();
        let sign = if moment.as_f64() < 0.0 { "-" } else { "" };
        return format!("{sign}{hours:02.0}:{minute:02}:{seconds}");
    }
    let time = format!("{hour:02}:{minute:02}:{seconds}");
    if moment.as_f64() >= 0.0 && moment.as_f64() < 1.0 {
        return time;
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if time == "00:00:00" { date } else { format!("{date}T{time}") }
}

/// What a workbook's reader hands on.
#[derive(Debug, Default)]
pub(super) struct Workbook {
    pub(super) sheets: Vec<Worksheet>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Workbook {
    /// Says that a sheet is hidden.
    pub(super) fn hidden_sheet(&mut self, name: &str) {
        self.say(DiagnosticCode::HiddenLeftOut, name, format!("工作表“{name}”是隐藏的，未读取"));
    }

    /// Says that a sheet could not be read.
    pub(super) fn lost_sheet(&mut self, name: &str, reason: &str) {
        self.say(DiagnosticCode::SheetLost, name, format!("工作表“{name}”无法读取（{reason}）"));
    }

    /// Says that a sheet could be read only down to some place.
    pub(super) fn broken_sheet(&mut self, name: &str, reason: &str) {
        self.say(DiagnosticCode::SheetLost, name, format!("工作表“{name}”只读出前面一部分（{reason}）"));
    }

    /// Adds a diagnostic about a sheet.
    pub(super) fn say(&mut self, code: DiagnosticCode, sheet: &str, message: String) {
        self.diagnostics.push(Diagnostic { code, place: Some(sheet.to_owned()), message });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    #[test]
    fn ranges_join_and_answer() {
        let mut ranges = Ranges::default();
        for (first, last) in [(7, 9), (3, 4), (5, 5), (8, 20)] {
            ranges.add(first, last);
        }
        ranges.finish();
        let inside: Vec<u32> = (0..30).filter(|n| ranges.contains(*n)).collect();
        assert_eq!(inside, (3..=5).chain(7..=20).collect::<Vec<_>>());
    }

    #[test]
    fn moments_are_iso() {
        let at = |value, kind| iso(&ExcelDateTime::new(value, kind, false));
        assert_eq!(at(45_323.0, ExcelDateTimeType::DateTime), "2024-02-01");
        assert_eq!(at(45_323.5, ExcelDateTimeType::DateTime), "2024-02-01T12:00:00");
        assert_eq!(at(0.25, ExcelDateTimeType::DateTime), "06:00:00");
        assert_eq!(at(1.25, ExcelDateTimeType::TimeDelta), "30:00:00");
    }

    #[test]
    fn cells_beyond_the_limits_are_counted_not_stored() {
        let limits = Limits { sheet_rows: 10, sheet_cols: 10, cells_per_sheet: 2, ..Limits::default() };
        let mut filler = Filler::new("表", &limits);
        for at in [(0, 0), (10, 0), (0, 10), (1, 1), (2, 2)] {
            filler.value(at, &Value::Text("字"), &Look::default());
        }
        filler.value((3, 3), &Value::Blank, &Look::default());
        let sheet = filler.finish();
        assert_eq!((sheet.cells.len(), sheet.beyond_limits), (2, 3));
    }
}
