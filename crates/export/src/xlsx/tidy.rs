//! A dataset's rows as a sheet with filters: one row each, words instead of ids, numbers that can be added up.

use super::amount::{Number, ten_thousand_yuan, yuan};
use super::layout::{HIGHEST_ROW, text_height};
use super::paper::Paper;
use super::sheet::{cell_text, write_back};
use super::style::{Role, Shown, Style, Styles};
use crate::dataset::{Column, Dataset, Value};
use crate::words::{Kind, Term, heading, yes_or_no};
use rust_decimal::Decimal;
use rust_xlsxwriter::{ConditionalFormatFormula, Format, Formula, IgnoreError, Worksheet, XlsxError};

/// The row of the header; above it stands the way back.
pub(super) const HEAD: u32 = 1;

/// The first row below it.
pub(super) const FIRST: u32 = HEAD + 1;

/// Rows that a worksheet can hold below the header.
pub(super) const MOST_ROWS: u32 = 1_048_576 - FIRST;

/// Longest address in a link's formula (Excel's limit for a text in a formula, in UTF-16 units).
const LONGEST_ADDRESS: usize = 255;

/// Columns of which the beginning is enough to be seen: they would make every row high.
const MAY_BE_CUT: &[&str] =
    &["source", "sheet", "table_title", "row_path", "column_path", "value_text", "where", "suspects"];

/// Height of a row of short texts, in points.
const LEAST_HEIGHT: f64 = 19.0;

/// Width of a column of links, in characters.
const LINK_WIDTH: f64 = 9.0;

/// Where a row's document can be looked at, beside the workbook.
#[derive(Debug, Clone, Default)]
pub(super) struct Links {
    pub(super) workbook: Option<String>,
    pub(super) review: Option<String>,
}

/// A column of a sheet.
enum Slot<D: Dataset> {
    Data(&'static Column<D>, Vec<Term>),
    /// An amount in 万元.
    TenThousands(&'static Column<D>),
    Workbook,
    Review,
}

/// What the name of a column decides for each of its cells.
struct Look {
    usual: Style,
    width: f64,
    /// Whether the beginning of its texts is enough to be seen, so that no row grows by them.
    may_be_cut: bool,
}

/// The columns of a dataset that a sheet shows.
pub(super) struct Columns<D: Dataset> {
    slots: Vec<Slot<D>>,
    /// Of each of them.
    looks: Vec<Look>,
    /// Leading columns that say what a row is, and stay in sight.
    labels: usize,
    /// Leading columns that are printed; the others are for the screen.
    printed: usize,
}

impl<D: Dataset> Columns<D> {
    /// All columns but those named, in the contract's order.
    pub(super) fn without(left_out: &[&str]) -> Self {
        let columns = D::columns().iter().filter(|column| !left_out.contains(&column.name));
        let terms = |column: &Column<D>| column.terms.map_or_else(Vec::new, |terms| terms());
        let slots: Vec<_> = columns.map(|column| Slot::Data(column, terms(column))).collect();
        Self::of(slots, 0, usize::MAX)
    }

    /// The columns named first, an amount in 万元, then links to the document's workbook and, where there is one, its review page,
    /// then the columns that a printed row has besides.
    pub(super) fn led_by(mut self, (leading, printed): (&[&str], &[&str]), review: bool) -> Self {
        let mut slots = self.take(leading);
        let labels = slots.len();
        slots.push(Slot::Workbook);
        slots.extend(review.then_some(Slot::Review));
        slots.extend(self.take(printed));
        let printed = slots.len();
        slots.append(&mut self.slots);
        Self::of(slots, labels, printed)
    }

    fn of(slots: Vec<Slot<D>>, labels: usize, printed: usize) -> Self {
        let look = |slot: &Slot<D>| Look { usual: slot.usual(), width: slot.width(), may_be_cut: slot.may_be_cut() };
        Self { looks: slots.iter().map(look).collect(), slots, labels, printed }
    }

    /// Takes the columns of these names out, in their order.
    fn take(&mut self, names: &[&str]) -> Vec<Slot<D>> {
        let column = |name: &str| D::columns().iter().find(|column| column.name == name);
        let mut slots = Vec::new();
        for column in names.iter().filter_map(|name| column(name)) {
            let at =
                self.slots.iter().position(|slot| matches!(slot, Slot::Data(known, _) if known.name == column.name));
            match at {
                // The amount in yuan stands in its place as well.
                Some(_) if matches!(column.kind, Kind::Amount) => slots.push(Slot::TenThousands(column)),
                Some(at) => slots.push(self.slots.remove(at)),
                None => {}
            }
        }
        slots
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.slots.len()
    }

    /// The sheet's column of a dataset's column.
    pub(super) fn position(&self, name: &str) -> Option<u16> {
        let is =
            |slot: &Slot<D>| matches!(slot, Slot::Data(column, _) | Slot::TenThousands(column) if column.name == name);
        self.slots.iter().position(is).map(|at| at as u16)
    }

    /// The way back, the header, and what can be set before the rows are known.
    pub(super) fn head(
        &self,
        sheet: &mut Worksheet,
        (back, title): (&str, &str),
        styles: &mut Styles,
    ) -> Result<(), XlsxError> {
        for (col, slot) in (0..).zip(&self.slots) {
            sheet.set_column_width(col, slot.width())?;
            sheet.set_column_format(col, &Styles::of_column(slot.usual()))?;
        }
        write_back(sheet, back, title, styles)?;
        for (col, slot) in (0..).zip(&self.slots) {
            sheet.write_string_with_format(HEAD, col, slot.label(), styles.of(Role::Header))?;
        }
        sheet.set_row_height(HEAD, 32.0)?;
        sheet.set_freeze_panes(FIRST, self.labels as u16)?;
        sheet.set_repeat_rows(HEAD, HEAD)?;
        Ok(())
    }

    /// One row; says for each column whether it has anything.
    pub(super) fn row(
        &self,
        sheet: &mut Worksheet,
        at: u32,
        (row, links): (&D::Row<'_>, &Links),
        styles: &mut Styles,
    ) -> Result<Vec<bool>, XlsxError> {
        let mut filled = Vec::with_capacity(self.slots.len());
        let mut height = LEAST_HEIGHT;
        for ((col, slot), look) in (0..).zip(&self.slots).zip(&self.looks) {
            let usual = look.usual;
            filled.push(match slot {
                Slot::Data(column, terms) => {
                    let value = in_words((column.value)(row), terms, column.many);
                    if let Value::Text(text) = &value
                        && !look.may_be_cut
                    {
                        height = height.max(text_height(text, look.width));
                    }
                    write_value(sheet, (at, col), value, yuan, (styles, usual))?
                }
                Slot::TenThousands(column) => {
                    write_value(sheet, (at, col), (column.value)(row), ten_thousand_yuan, (styles, usual))?
                }
                Slot::Workbook => write_link(sheet, (at, col), links.workbook.as_deref(), styles)?,
                Slot::Review => write_link(sheet, (at, col), links.review.as_deref(), styles)?,
            });
        }
        // Not every program makes rows as high as their wrapped text.
        sheet.set_row_height(at, height.min(HIGHEST_ROW))?;
        Ok(filled)
    }

    /// What can only be set when the rows are known: `filled` says which columns have anything. The others would only be
    /// scrolled over; unhiding shows them.
    pub(super) fn finish(&self, sheet: &mut Worksheet, rows: u32, filled: &[bool]) -> Result<(), XlsxError> {
        let last = self.slots.len().saturating_sub(1) as u16;
        sheet.autofilter(HEAD, 0, HEAD + rows, last)?;
        sheet.ignore_error_range(HEAD, 0, HEAD + rows, last, IgnoreError::NumberStoredAsText)?;
        if rows > 0 {
            // Blank cells are not written, half of them all; their rules are those of the whole area.
            let rules = ConditionalFormatFormula::new().set_rule("=TRUE").set_format(Styles::rules());
            sheet.add_conditional_format(FIRST, 0, HEAD + rows, last, &rules)?;
        }
        let mut widths: Vec<f64> = self.slots.iter().map(Slot::width).collect();
        for (col, width) in widths.iter_mut().enumerate() {
            if rows > 0 && !filled.get(col).copied().unwrap_or(true) {
                sheet.set_column_hidden(col as u16)?;
                *width = 0.0;
            }
        }
        // All columns on paper would be five pages side by side for each page of rows.
        let on_paper = self.printed.clamp(1, widths.len().max(1));
        sheet.set_print_area(0, 0, HEAD + rows, on_paper as u16 - 1)?;
        Paper::of(widths.get(..on_paper).unwrap_or(&widths), self.labels).set_up(sheet)
    }
}

impl<D: Dataset> Slot<D> {
    fn label(&self) -> &'static str {
        match self {
            Self::Data(column, _) => column.label,
            Self::TenThousands(_) => heading::TEN_THOUSANDS,
            Self::Workbook => heading::WORKBOOK,
            Self::Review => heading::REVIEW,
        }
    }

    /// Whether the beginning of its texts is enough to be seen.
    fn may_be_cut(&self) -> bool {
        matches!(self, Self::Data(column, _) if MAY_BE_CUT.contains(&column.name))
    }

    /// The look of its cells, but for those that are something else than the column mostly is.
    fn usual(&self) -> Style {
        match self {
            Self::Data(..) if self.may_be_cut() => Style::of(Role::FirstLine),
            Self::Data(column, _) => match column.kind {
                Kind::Amount => Style::number(Shown::Yuan),
                Kind::Integer | Kind::Year => Style::number(Shown::Plain),
                Kind::Boolean => Style::of(Role::Centered),
                _ => Style::of(Role::Text),
            },
            Self::TenThousands(_) => Style::number(Shown::Amount(2)),
            Self::Workbook | Self::Review => Style::of(Role::Link),
        }
    }

    fn width(&self) -> f64 {
        match self {
            Self::Data(column, _) => width(column),
            Self::TenThousands(_) => 16.0,
            Self::Workbook | Self::Review => LINK_WIDTH,
        }
    }
}

/// A link as a formula: a sheet takes only some ten thousand of the other kind. Says whether there is one.
fn write_link(
    sheet: &mut Worksheet,
    (row, col): (u32, u16),
    address: Option<&str>,
    styles: &mut Styles,
) -> Result<bool, XlsxError> {
    let address = address.filter(|address| address.encode_utf16().count() <= LONGEST_ADDRESS);
    let Some(address) = address else { return Ok(false) };
    let formula = format!("=HYPERLINK(\"{}\",\"{}\")", address.replace('"', "\"\""), heading::OPEN);
    let formula = Formula::new(formula).set_result(heading::OPEN);
    sheet.write_formula_with_format(row, col, formula, styles.of(Role::Link))?;
    Ok(true)
}

/// The label of an id; the id itself where the list does not know it.
fn in_words<'a>(value: Value<'a>, terms: &[Term], many: bool) -> Value<'a> {
    let Value::Text(id) = &value else { return value };
    let label = |id: &str| terms.iter().find(|(known, _)| *known == id).map(|(_, label)| *label);
    if many && !terms.is_empty() {
        let labels: Vec<String> =
            id.split(';').map(|id| label(id).map_or_else(|| id.to_owned(), str::to_owned)).collect();
        return Value::text(labels.join("；"));
    }
    label(id).map_or(value, Value::text)
}

/// Writes a value, and says whether there is one. A cell that looks as its column usually does needs no format of its own:
/// to look a format up costs more than the cell.
fn write_value(
    sheet: &mut Worksheet,
    (row, col): (u32, u16),
    value: Value<'_>,
    number: fn(Decimal) -> Option<Number>,
    (styles, usual): (&mut Styles, Style),
) -> Result<bool, XlsxError> {
    let texts = if usual.role == Role::FirstLine { usual } else { Style::of(Role::Text) };
    match value {
        Value::Empty => return Ok(false),
        Value::Text(text) => write_text(sheet, (row, col), &text, styles.unless(usual, texts))?,
        Value::Integer(number) => {
            write_number(sheet, (row, col), number as f64, styles.unless(usual, Style::number(Shown::Plain)))?;
        }
        Value::Decimal(exact) => match number(exact) {
            Some(Number { value, shown, .. }) => {
                write_number(sheet, (row, col), value, styles.unless(usual, Style::number(shown)))?;
            }
            // More digits than a worksheet number keeps: the text has them all.
            None => write_text(sheet, (row, col), &exact.to_string(), styles.unless(usual, Style::of(Role::Amount)))?,
        },
        Value::Boolean(yes) => {
            write_text(sheet, (row, col), yes_or_no(yes), styles.unless(usual, Style::of(Role::Centered)))?;
        }
    }
    Ok(true)
}

fn write_text(
    sheet: &mut Worksheet,
    (row, col): (u32, u16),
    text: &str,
    format: Option<&Format>,
) -> Result<(), XlsxError> {
    match format {
        Some(format) => sheet.write_string_with_format(row, col, cell_text(text), format)?,
        None => sheet.write_string(row, col, cell_text(text))?,
    };
    Ok(())
}

fn write_number(
    sheet: &mut Worksheet,
    (row, col): (u32, u16),
    number: f64,
    format: Option<&Format>,
) -> Result<(), XlsxError> {
    match format {
        Some(format) => sheet.write_number_with_format(row, col, number, format)?,
        None => sheet.write_number(row, col, number)?,
    };
    Ok(())
}

/// Amounts need their full width (a national budget in yuan has 17 digits with separators); paths wrap.
fn width<D: Dataset>(column: &Column<D>) -> f64 {
    match (column.kind, column.name) {
        (Kind::Amount, _) => 20.0,
        (
            _,
            "source" | "row_path" | "column_path" | "table_title" | "project_name" | "sentence" | "statement" | "error"
            | "reason" | "level3" | "note" | "target" | "department",
        ) => 34.0,
        (_, "table_type" | "value_text" | "flags" | "region" | "fund" | "nature" | "project_code" | "concept") => 22.0,
        (_, "row_label") => 27.0,
        (_, name) if name.ends_with("_name") => 22.0,
        (Kind::Integer | Kind::Year | Kind::Boolean, _) | (_, "unit" | "rule" | "weight") => 8.5,
        _ => 13.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words;

    #[test]
    fn ids_are_shown_as_words() {
        let shown = |id: &'static str, many| in_words(Value::text(id), &words::fact_flags(), many);
        assert_eq!(shown("unit_missing", false), Value::text("缺单位"));
        assert_eq!(shown("unit_missing;check_failed", true), Value::text("缺单位；勾稽不符"));
        assert_eq!(shown("new", false), Value::text("new"));
        assert_eq!(in_words(Value::Integer(3), &words::fact_flags(), false), Value::Integer(3));
    }
}
