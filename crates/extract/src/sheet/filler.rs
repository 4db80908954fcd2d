//! Stored values written into a worksheet: as their number formats show them, and within the limits.

use super::book::{Edges, Position, Stored, Worksheet};
use super::number::{NumberFormat, Reading};
use super::text;
use crate::limits::Limits;
use crate::model::Content;
use calamine::{Data, DataRef, ExcelDateTime};

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

impl<'a> From<&'a DataRef<'_>> for Value<'a> {
    fn from(data: &'a DataRef<'_>) -> Self {
        match data {
            DataRef::Int(number) => Self::Number(*number as f64),
            DataRef::Float(number) => Self::Number(*number),
            DataRef::String(text) => Self::Text(text),
            DataRef::SharedString(text) => Self::Text(text),
            DataRef::Bool(truth) => Self::Boolean(*truth),
            DataRef::DateTime(moment) => Self::Moment(*moment),
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Self::IsoMoment(text),
            DataRef::Error(error) => Self::Error(error.to_string()),
            DataRef::Empty => Self::Blank,
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

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

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
