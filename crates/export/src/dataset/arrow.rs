//! A dataset as Arrow: the same columns, names and rows as its CSV, with exact decimals, for Parquet and for programs that
//! take the rows from memory.
//!
//! Texts are stored as they are: no spreadsheet opens them, so nothing has to be neutralised.

use super::column::{Column, Dataset};
use super::value::Value;
use crate::words::Kind;
use arrow_array::builder::{
    ArrayBuilder, BooleanBuilder, Decimal128Builder, Float64Builder, Int64Builder, StringBuilder,
    StringDictionaryBuilder,
};
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use rust_decimal::Decimal;
use std::marker::PhantomData;
use std::sync::Arc;

/// Digits of an amount, and those after the point: 10^20 yuan, and a hundredth of a fen.
const PRECISION: u8 = 24;
const SCALE: i8 = 4;

/// The amount as it is stored; `None` where it has more digits than the column: it is left out and said
/// (see [`unfit`]), never rounded.
pub(crate) fn stored(amount: Decimal) -> Option<i128> {
    let amount = amount.normalize();
    let missing = u32::from(SCALE.unsigned_abs()).checked_sub(amount.scale())?;
    let stored = amount.mantissa().checked_mul(10_i128.checked_pow(missing)?)?;
    let limit = 10_i128.checked_pow(PRECISION.into())?;
    (stored.abs() < limit).then_some(stored)
}

/// How many amounts of these rows don't fit their column.
pub(crate) fn unfit<D: Dataset>(rows: &[D::Row<'_>]) -> usize {
    let amounts: Vec<_> = D::columns().iter().filter(|column| column.kind == Kind::Amount).collect();
    let is_unfit = |value: &Value<'_>| matches!(value, Value::Decimal(amount) if stored(*amount).is_none());
    rows.iter().map(|row| amounts.iter().filter(|column| is_unfit(&(column.value)(row))).count()).sum()
}

/// Rows of a dataset, gathered column by column.
pub(crate) struct Rows<D: Dataset> {
    schema: SchemaRef,
    fillers: Vec<Filler>,
    dataset: PhantomData<fn() -> D>,
}

impl<D: Dataset> Rows<D> {
    pub(crate) fn new() -> Self {
        let fillers = D::columns().iter().map(|column| Filler::new(column.kind)).collect();
        Self { schema: Arc::new(schema::<D>()), fillers, dataset: PhantomData }
    }

    /// The columns.
    pub(crate) fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    pub(crate) fn push(&mut self, row: &D::Row<'_>) {
        for (column, filler) in D::columns().iter().zip(&mut self.fillers) {
            filler.push(&(column.value)(row));
        }
    }

    /// How many are gathered.
    pub(crate) fn len(&self) -> usize {
        self.fillers.first().map_or(0, Filler::len)
    }

    /// Hands over what is gathered and begins anew.
    pub(crate) fn take(&mut self) -> Result<RecordBatch, ArrowError> {
        let arrays = self.fillers.iter_mut().map(Filler::array).collect();
        RecordBatch::try_new(self.schema(), arrays)
    }
}

fn schema<D: Dataset>() -> Schema {
    let field = |column: &Column<D>| Field::new(column.name, data_type(column.kind), true);
    Schema::new(D::columns().iter().map(field).collect::<Vec<_>>())
}

fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text => DataType::Utf8,
        Kind::Term => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
        Kind::Year | Kind::Integer => DataType::Int64,
        Kind::Amount => DataType::Decimal128(PRECISION, SCALE),
        Kind::Measure => DataType::Float64,
        Kind::Boolean => DataType::Boolean,
    }
}

/// The values of one column, gathered.
enum Filler {
    Text(StringBuilder),
    Term(StringDictionaryBuilder<Int32Type>),
    Integer(Int64Builder),
    Amount(Decimal128Builder),
    Measure(Float64Builder),
    Boolean(BooleanBuilder),
}

impl Filler {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text(StringBuilder::new()),
            Kind::Term => Self::Term(StringDictionaryBuilder::new()),
            Kind::Year | Kind::Integer => Self::Integer(Int64Builder::new()),
            Kind::Amount => Self::Amount(Decimal128Builder::new().with_data_type(data_type(Kind::Amount))),
            Kind::Measure => Self::Measure(Float64Builder::new()),
            Kind::Boolean => Self::Boolean(BooleanBuilder::new()),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Text(builder) => builder.len(),
            Self::Term(builder) => builder.len(),
            Self::Integer(builder) => builder.len(),
            Self::Amount(builder) => builder.len(),
            Self::Measure(builder) => builder.len(),
            Self::Boolean(builder) => builder.len(),
        }
    }

    /// Adds a value; one of another kind than the column's would be a mistake in the list of columns, which a test finds.
    fn push(&mut self, value: &Value<'_>) {
        match self {
            Self::Text(builder) => builder.append_option(text(value)),
            Self::Term(builder) => builder.append_option(text(value)),
            Self::Integer(builder) => builder.append_option(match value {
                Value::Integer(number) => Some(*number),
                _ => None,
            }),
            Self::Amount(builder) => builder.append_option(match value {
                Value::Decimal(amount) => stored(*amount),
                _ => None,
            }),
            Self::Measure(builder) => builder.append_option(match value {
                Value::Decimal(measure) => measure.to_string().parse().ok(),
                _ => None,
            }),
            Self::Boolean(builder) => builder.append_option(match value {
                Value::Boolean(yes) => Some(*yes),
                _ => None,
            }),
        }
    }

    fn array(&mut self) -> ArrayRef {
        match self {
            Self::Text(builder) => Arc::new(builder.finish()),
            Self::Term(builder) => Arc::new(builder.finish()),
            Self::Integer(builder) => Arc::new(builder.finish()),
            Self::Amount(builder) => Arc::new(builder.finish()),
            Self::Measure(builder) => Arc::new(builder.finish()),
            Self::Boolean(builder) => Arc::new(builder.finish()),
        }
    }
}

fn text<'v>(value: &'v Value<'_>) -> Option<&'v str> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_stored_exactly_or_not_at_all() {
        let cases = [
            ("0", Some(0)),
            ("-1234.5", Some(-12_345_000)),
            ("0.0001", Some(1)),
            ("12.500000", Some(125_000)),
            ("99999999999999999999.9999", Some(999_999_999_999_999_999_999_999)),
            ("100000000000000000000", None),
            ("0.00001", None),
            ("333333.333333333", None),
        ];
        for (text, expected) in cases {
            assert_eq!(stored(text.parse().unwrap()), expected, "{text}");
        }
    }
}
