//! A dataset's rows as a sheet with filters: one row each, words instead of ids, numbers that can be added up.

use super::amount::{Number, yuan};
use super::sheet::{cell_text, set_up_page};
use super::style::{Role, Shown, Style, Styles};
use crate::dataset::{Column, Dataset, Value};
use crate::words::{Kind, Term, yes_or_no};
use rust_xlsxwriter::{IgnoreError, Worksheet, XlsxError};

/// Rows that a worksheet can hold below the header.
pub(super) const MOST_ROWS: u32 = 1_048_575;

/// The columns of a dataset that a sheet shows.
pub(super) struct Columns<D: Dataset> {
    shown: Vec<(&'static Column<D>, Vec<Term>)>,
}

impl<D: Dataset> Columns<D> {
    /// All columns but those named.
    pub(super) fn without(left_out: &[&str]) -> Self {
        let columns = D::columns().iter().filter(|column| !left_out.contains(&column.name));
        Self { shown: columns.map(|column| (column, column.terms.map_or_else(Vec::new, |terms| terms()))).collect() }
    }

    /// The sheet's column of a dataset's column.
    pub(super) fn position(&self, name: &str) -> Option<u16> {
        self.shown.iter().position(|(column, _)| column.name == name).map(|at| at as u16)
    }

    /// The header, and what can be set before the rows are known.
    pub(super) fn head(&self, sheet: &mut Worksheet, styles: &mut Styles) -> Result<(), XlsxError> {
        for (index, (column, _)) in self.shown.iter().enumerate() {
            sheet.set_column_width(index as u16, width(column))?;
            sheet.write_string_with_format(0, index as u16, column.label, styles.of(Role::Header))?;
        }
        sheet.set_row_height(0, 32.0)?;
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_repeat_rows(0, 0)?;
        set_up_page(sheet);
        Ok(())
    }

    /// One row.
    pub(super) fn row(
        &self,
        sheet: &mut Worksheet,
        at: u32,
        row: &D::Row<'_>,
        styles: &mut Styles,
    ) -> Result<(), XlsxError> {
        for (index, (column, terms)) in self.shown.iter().enumerate() {
            let value = in_words((column.value)(row), terms, column.many);
            write_value(sheet, at, index as u16, value, styles)?;
        }
        Ok(())
    }

    /// What can only be set when the number of rows is known.
    pub(super) fn finish(&self, sheet: &mut Worksheet, rows: u32) -> Result<(), XlsxError> {
        let last = self.shown.len().saturating_sub(1) as u16;
        sheet.autofilter(0, 0, rows, last)?;
        sheet.ignore_error_range(0, 0, rows, last, IgnoreError::NumberStoredAsText)?;
        Ok(())
    }

    /// Hides the columns that say nothing in any of the rows: they would only be scrolled over; unhiding shows them.
    pub(super) fn hide_empty(&self, sheet: &mut Worksheet, rows: &[D::Row<'_>]) -> Result<(), XlsxError> {
        for (index, (column, _)) in self.shown.iter().enumerate() {
            if rows.iter().all(|row| (column.value)(row) == Value::Empty) {
                sheet.set_column_hidden(index as u16)?;
            }
        }
        Ok(())
    }
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

fn write_value(
    sheet: &mut Worksheet,
    row: u32,
    col: u16,
    value: Value<'_>,
    styles: &mut Styles,
) -> Result<(), XlsxError> {
    match value {
        Value::Empty => {
            sheet.write_blank(row, col, styles.of(Role::Text))?;
        }
        Value::Text(text) => {
            sheet.write_string_with_format(row, col, cell_text(&text), styles.of(Role::Text))?;
        }
        Value::Integer(number) => {
            let format = styles.get(Style::number(Shown::Plain));
            sheet.write_number_with_format(row, col, number as f64, format)?;
        }
        Value::Decimal(exact) => match yuan(exact) {
            Some(Number { value, shown, .. }) => {
                sheet.write_number_with_format(row, col, value, styles.get(Style::number(shown)))?;
            }
            // More digits than a worksheet number keeps: the text has them all.
            None => {
                sheet.write_string_with_format(row, col, exact.to_string(), styles.of(Role::Amount))?;
            }
        },
        Value::Boolean(yes) => {
            sheet.write_string_with_format(row, col, yes_or_no(yes), styles.of(Role::Centered))?;
        }
    }
    Ok(())
}

/// Amounts need their full width (a national budget in yuan has 17 digits with separators); paths wrap.
fn width<D: Dataset>(column: &Column<D>) -> f64 {
    match (column.kind, column.name) {
        (Kind::Amount, _) => 24.0,
        (
            _,
            "source" | "row_path" | "column_path" | "table_title" | "project_name" | "sentence" | "statement" | "error"
            | "reason" | "level3" | "note" | "target",
        ) => 36.0,
        (
            _,
            "row_label" | "table_type" | "value_text" | "flags" | "department" | "region" | "fund" | "nature"
            | "project_code",
        ) => 22.0,
        (_, name) if name.ends_with("_name") => 22.0,
        (Kind::Integer | Kind::Year | Kind::Boolean, _) | (_, "unit" | "rule" | "weight") => 8.0,
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
