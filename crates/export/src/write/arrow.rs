//! The rows of one dataset as Arrow, for programs that take them from memory.

use crate::dataset::arrow::Rows;
use crate::dataset::{Checks, Dataset, Documents, Facts, Indicators, Panel, Prose, Tables};
use crate::record::DocumentRecord;
use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};

/// Rows of a dataset, gathered document by document: columns, names, values and order are those of its Parquet file.
pub struct ArrowRows(Box<dyn Gathered>);

/// Rows of whichever dataset.
trait Gathered: Send {
    fn schema(&self) -> SchemaRef;
    fn append(&mut self, record: &DocumentRecord);
    fn len(&self) -> usize;
    fn take(&mut self) -> Result<RecordBatch, ArrowError>;
}

impl ArrowRows {
    /// For the dataset of that name (`facts`, as its files are called); `None` where there is no such dataset.
    pub fn of(dataset: &str) -> Option<Self> {
        let all = [
            named::<Documents>(),
            named::<Tables>(),
            named::<Facts>(),
            named::<Indicators>(),
            named::<Prose>(),
            named::<Checks>(),
            named::<Panel>(),
        ];
        let (_, made) = all.into_iter().find(|(name, _)| *name == dataset)?;
        Some(Self(made()))
    }

    /// The columns.
    pub fn schema(&self) -> SchemaRef {
        self.0.schema()
    }

    /// Adds the rows of one input file.
    pub fn append(&mut self, record: &DocumentRecord) {
        self.0.append(record);
    }

    /// How many rows are gathered.
    pub fn rows(&self) -> usize {
        self.0.len()
    }

    /// Hands over what is gathered and begins anew.
    ///
    /// # Errors
    /// [`ArrowError`] where the rows don't fit the columns, which would be a mistake in their list.
    pub fn take(&mut self) -> Result<RecordBatch, ArrowError> {
        self.0.take()
    }
}

/// A dataset's name with what makes its rows.
type Named = (&'static str, fn() -> Box<dyn Gathered>);

fn named<D: Dataset>() -> Named {
    (D::NAME, || Box::new(Rows::<D>::new()))
}

impl<D: Dataset> Gathered for Rows<D> {
    fn schema(&self) -> SchemaRef {
        Self::schema(self)
    }

    fn append(&mut self, record: &DocumentRecord) {
        for row in &D::rows(record) {
            self.push(row);
        }
    }

    fn len(&self) -> usize {
        Self::len(self)
    }

    fn take(&mut self) -> Result<RecordBatch, ArrowError> {
        Self::take(self)
    }
}
