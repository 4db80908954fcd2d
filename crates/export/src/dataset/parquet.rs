//! A dataset as Parquet: the same columns, names and rows as its CSV, with exact decimals.
//!
//! Texts are stored as they are: no spreadsheet opens these files, so nothing has to be neutralised.

use super::column::{Column, Dataset};
use super::value::Value;
use crate::error::ExportError;
use crate::file::Part;
use crate::words::Kind;
use arrow_array::builder::{
    ArrayBuilder, BooleanBuilder, Decimal128Builder, Float64Builder, Int64Builder, StringBuilder,
    StringDictionaryBuilder,
};
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use rust_decimal::Decimal;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Digits of an amount, and those after the point: 10^20 yuan, and a hundredth of a fen.
const PRECISION: u8 = 24;
const SCALE: i8 = 4;

/// Rows gathered before they are handed over.
const BATCH: usize = 8_192;
/// Rows of a row group: what a reader can skip at once, and what is held in memory, compressed.
const ROW_GROUP: usize = 131_072;

/// The amount as the file stores it; `None` where it has more digits than the column: it is left out and said
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

/// A Parquet file being written.
pub(crate) struct ParquetFile<D: Dataset> {
    target: PathBuf,
    writer: ArrowWriter<Part>,
    schema: SchemaRef,
    fillers: Vec<Filler>,
    dataset: PhantomData<fn() -> D>,
}

impl<D: Dataset> ParquetFile<D> {
    pub(crate) fn begin(target: &Path) -> Result<Self, ExportError> {
        let schema = Arc::new(schema::<D>());
        let writer = ArrowWriter::try_new(Part::create(target)?, schema.clone(), Some(properties()))
            .map_err(ExportError::parquet(target))?;
        let fillers = D::columns().iter().map(|column| Filler::new(column.kind)).collect();
        Ok(Self { target: target.to_owned(), writer, schema, fillers, dataset: PhantomData })
    }

    pub(crate) fn write(&mut self, row: &D::Row<'_>) -> Result<(), ExportError> {
        for (column, filler) in D::columns().iter().zip(&mut self.fillers) {
            filler.push(&(column.value)(row));
        }
        if self.fillers.first().is_some_and(|filler| filler.len() >= BATCH) { self.hand_over() } else { Ok(()) }
    }

    pub(crate) fn end(mut self) -> Result<Part, ExportError> {
        self.hand_over()?;
        let mut part = self.writer.into_inner().map_err(ExportError::parquet(&self.target))?;
        part.close()?;
        Ok(part)
    }

    fn hand_over(&mut self) -> Result<(), ExportError> {
        let arrays = self.fillers.iter_mut().map(Filler::array).collect();
        let batch = RecordBatch::try_new(self.schema.clone(), arrays).map_err(Into::into);
        batch.and_then(|batch| self.writer.write(&batch)).map_err(ExportError::parquet(&self.target))
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

/// Fixed properties: nothing of the run enters the file.
fn properties() -> WriterProperties {
    WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_statistics_enabled(EnabledStatistics::Page)
        .set_max_row_group_row_count(Some(ROW_GROUP))
        .set_created_by(concat!("yusuan ", env!("CARGO_PKG_VERSION")).to_owned())
        .build()
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
