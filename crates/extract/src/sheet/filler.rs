//! Stored values written into a worksheet: as their number formats show them, and within the limits.

use super::book::{Edges, Position, Stored, Worksheet};
use super::colour::Colour;
use super::number::{NumberFormat, Reading};
use super::text;
use crate::limits::Limits;
use crate::model::{CellDoubt, Content};
use calamine::{Data, DataRef, ExcelDateTime, ExcelDateTimeType};

/// How the cells of one style look.
#[derive(Debug, Clone, Default)]
pub(super) struct Look {
    pub(super) format: NumberFormat,
    pub(super) edges: Edges,
    pub(super) font: Font,
    pub(super) ground: Ground,
}

/// How a text is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Font {
    pub(super) struck: bool,
    /// `None` where the program chooses one that is seen.
    pub(super) colour: Option<Colour>,
}

/// What a text is drawn on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Ground {
    /// Nothing is filled: paper.
    #[default]
    Paper,
    Filled(Colour),
    /// A pattern, a gradient, a colour that a condition chooses.
    Unknown,
}

impl Look {
    /// Whether a person sees a text, and not as one that was taken back.
    pub(super) fn shows(&self, font: Font) -> bool {
        let ground = match self.ground {
            Ground::Paper => Colour::WHITE,
            Ground::Filled(colour) => colour,
            Ground::Unknown => return !font.struck,
        };
        !font.struck && !font.colour.is_some_and(|colour| colour.is_like(ground))
    }
}

/// A part of a text with one font; `None` is the cell's own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) font: Option<Font>,
}

/// A cell's value, whatever the format it was stored in.
#[derive(Debug)]
pub(super) enum Value<'a> {
    Blank,
    Text(&'a str),
    Rich(&'a [Run]),
    Number(f64),
    /// A number that is a moment where its format says so; the second value: whether days are counted from 1904.
    Serial(f64, bool),
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
        self.note_number(at, value);
        let (text, content, doubts) = self.reading(value, look);
        self.put(at, Stored { text, content, edges: look.edges, doubts });
    }

    /// Keeps a number for the formulas that reckon with it, shown or not.
    fn note_number(&mut self, at: Position, value: &Value<'_>) {
        let number = match value {
            Value::Number(number) | Value::Serial(number, _) => *number,
            Value::Moment(moment) => moment.as_f64(),
            _ => return,
        };
        self.note(at, number);
    }

    /// Keeps a number for the formulas that reckon with it.
    pub(super) fn note(&mut self, at: Position, number: f64) {
        if self.sheet.numbers.len() < self.limits.cells_per_sheet {
            self.sheet.numbers.insert(at, number);
        }
    }

    fn reading(&mut self, value: &Value<'_>, look: &Look) -> (String, Content, Vec<CellDoubt>) {
        let (text, content) = match value {
            Value::Text(text) if look.shows(look.font) => return text_reading(text),
            Value::Text(text) => return text_reading(self.leave_out(text)),
            Value::Rich(runs) => return text_reading(&self.seen_runs(runs, look)),
            Value::Blank => (String::new(), Content::Text),
            Value::Number(number) => self.number(*number, look),
            Value::Serial(number, _) if !look.format.is_date() => self.number(*number, look),
            Value::Serial(number, from_1904) => self.serial(*number, *from_1904, look),
            Value::Moment(moment) if look.format.is_numeric() => self.number(moment.as_f64(), look),
            Value::Moment(moment) => (iso(moment), Content::Date),
            Value::IsoMoment(text) => (text::trim(text).to_owned(), Content::Date),
            Value::Boolean(truth) => (if *truth { "TRUE" } else { "FALSE" }.to_owned(), Content::Boolean),
            Value::Error(text) => (text.clone(), Content::Error),
        };
        // What a number's own format colours has been looked at with the number.
        if !text.is_empty() && content != Content::Number && !look.shows(look.font) {
            self.leave_out(&text);
            return (String::new(), Content::Text, vec![]);
        }
        (text, content, vec![])
    }

    /// Counts a text that is not seen; what stands in its place is nothing.
    fn leave_out(&mut self, text: &str) -> &'static str {
        self.sheet.unseen += usize::from(!text.trim().is_empty());
        ""
    }

    /// The text of the runs that are seen.
    pub(super) fn seen_runs(&mut self, runs: &[Run], look: &Look) -> String {
        let (mut text, mut gap) = (String::new(), false);
        for run in runs {
            if !look.shows(run.font.unwrap_or(look.font)) {
                gap |= !run.text.is_empty();
                continue;
            }
            let digits = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            // Digits on both sides of what is left out were never one figure.
            if gap && digits(text.chars().next_back()) && digits(run.text.chars().next()) {
                text.push(' ');
            }
            gap = false;
            text.push_str(&run.text);
        }
        let hidden = runs.iter().any(|run| !run.text.trim().is_empty() && !look.shows(run.font.unwrap_or(look.font)));
        self.sheet.unseen += usize::from(hidden);
        text
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

    fn number(&mut self, number: f64, look: &Look) -> (String, Content) {
        if number == 0.0 && self.sheet.zeros_hidden {
            return (String::new(), Content::Text);
        }
        let Some(reading) = look.format.read(number) else {
            // Neither infinity nor not-a-number can be stored by a spreadsheet program; shown as it would show them.
            return ("#NUM!".to_owned(), Content::Error);
        };
        let colour = look.format.colour(number).or(look.font.colour);
        if reading != Reading::NotShown && !look.shows(Font { colour, ..look.font }) {
            self.sheet.unseen += 1;
            return (String::new(), Content::Text);
        }
        match reading {
            Reading::Shown(text) => (text, Content::Number),
            Reading::Scaled(text) => {
                self.sheet.scaled += 1;
                (text, Content::Number)
            }
            Reading::Words(text) => {
                self.sheet.scaled += 1;
                (text, Content::Text)
            }
            Reading::NotShown => {
                self.sheet.not_shown += usize::from(number != 0.0);
                (String::new(), Content::Text)
            }
        }
    }

    /// A number whose format is a date's or a time's.
    fn serial(&mut self, number: f64, from_1904: bool, look: &Look) -> (String, Content) {
        // The day after 9999-12-31; beyond it and below zero programs show nothing but crosses.
        const END: f64 = 2_958_466.0;
        if number == 0.0 && self.sheet.zeros_hidden {
            return (String::new(), Content::Text);
        }
        if !(0.0..END).contains(&number) {
            return ("########".to_owned(), Content::Date);
        }
        let kind = if look.format.is_elapsed() { ExcelDateTimeType::TimeDelta } else { ExcelDateTimeType::DateTime };
        (iso(&ExcelDateTime::new(number, kind, from_1904)), Content::Date)
    }

    /// Doubts a cell, where it is seen.
    pub(super) fn doubt(&mut self, at: Position, doubt: CellDoubt) {
        if let Some(cell) = self.sheet.cells.get_mut(&at)
            && !cell.text.is_empty()
            && !cell.doubts.contains(&doubt)
        {
            cell.doubts.push(doubt);
        }
    }

    /// The finished worksheet.
    pub(super) fn finish(mut self) -> Worksheet {
        self.sheet.hidden_rows.finish();
        self.sheet.hidden_cols.finish();
        self.sheet
    }
}

fn text_reading(stored: &str) -> (String, Content, Vec<CellDoubt>) {
    let (text, several) = text::read_lines(stored);
    (text, Content::Text, if several { vec![CellDoubt::SeveralFigures] } else { vec![] })
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

    /// What a value reads as in a look, and how many cells or parts of them were left out.
    fn seen(value: &Value<'_>, look: &Look) -> (String, usize) {
        let limits = Limits::default();
        let mut filler = Filler::new("表", &limits);
        filler.value((0, 0), value, look);
        let sheet = filler.finish();
        (sheet.cells.get(&(0, 0)).map(|cell| cell.text.clone()).unwrap_or_default(), sheet.unseen)
    }

    #[test]
    fn what_has_the_colour_of_its_ground_or_is_struck_is_left_out() {
        let white = Font { struck: false, colour: Some(Colour::WHITE) };
        let struck = Font { struck: true, colour: None };
        let on = |font, ground| Look { font, ground, ..Look::default() };
        let dark = Ground::Filled(Colour::of(0x1F_4E79));
        for value in [Value::Number(83.17), Value::Text("83.17"), Value::Boolean(true)] {
            assert_eq!(seen(&value, &on(white, Ground::Paper)), (String::new(), 1));
            assert_eq!(seen(&value, &on(struck, Ground::Paper)), (String::new(), 1));
            assert_eq!(seen(&value, &on(white, dark)).1, 0);
            assert_eq!(seen(&value, &on(white, Ground::Unknown)).1, 0);
            assert_eq!(seen(&value, &Look::default()).1, 0);
        }
        let format = NumberFormat::parse("[White]0.00");
        assert_eq!(seen(&Value::Number(83.17), &Look { format, ..Look::default() }), (String::new(), 1));
    }

    #[test]
    fn struck_runs_are_left_out_and_do_not_glue_what_is_beside_them() {
        let struck = Some(Font { struck: true, colour: None });
        let run = |text: &str, font| Run { text: text.to_owned(), font };
        let read = |runs: &[Run]| seen(&Value::Rich(runs), &Look::default());
        assert_eq!(read(&[run("450", struck), run("500", None)]), ("500".to_owned(), 1));
        assert_eq!(read(&[run("4", None), run("50", struck), run("5", None)]), ("4 5".to_owned(), 1));
        assert_eq!(read(&[run("4", None), run("5", Some(Font::default()))]), ("45".to_owned(), 0));
    }

    #[test]
    fn numbers_in_the_format_of_a_date_stay_visible() {
        let date = Look { format: NumberFormat::parse("yyyy-mm-dd"), ..Look::default() };
        assert_eq!(seen(&Value::Serial(83.0, false), &date).0, "1900-03-23");
        assert_eq!(seen(&Value::Serial(-83.0, false), &date).0, "########");
        assert_eq!(seen(&Value::Serial(83.17, false), &Look::default()).0, "83.17");
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
