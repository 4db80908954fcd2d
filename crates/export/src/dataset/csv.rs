//! A dataset as CSV: its header line, and the fields of a row with exact numbers.

use super::column::Dataset;
use super::value::Value;
use crate::csv::neutralize;
use std::borrow::Cow;

/// The header line of a dataset.
pub(crate) fn header<D: Dataset>() -> String {
    let mut line = D::columns().iter().map(|column| column.name).collect::<Vec<_>>().join(",");
    line.push('\n');
    line
}

/// One row's fields.
pub(crate) fn fields<'r, D: Dataset>(row: &'r D::Row<'_>) -> impl Iterator<Item = Cow<'r, str>> {
    D::columns().iter().map(move |column| field((column.value)(row)))
}

fn field(value: Value<'_>) -> Cow<'_, str> {
    match value {
        Value::Empty => Cow::Borrowed(""),
        Value::Text(Cow::Borrowed(text)) => neutralize(text),
        Value::Text(Cow::Owned(text)) => Cow::Owned(neutralize(&text).into_owned()),
        Value::Integer(number) => Cow::Owned(number.to_string()),
        Value::Decimal(number) => Cow::Owned(number.to_string()),
        Value::Boolean(yes) => Cow::Borrowed(if yes { "true" } else { "false" }),
    }
}
