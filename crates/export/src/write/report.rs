//! The count of what was written.

/// How much was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct ExportReport {
    /// Datasets.
    pub datasets: usize,
    /// Table files.
    pub tables: usize,
    /// Workbooks.
    pub workbooks: usize,
}
