//! The workbook being written. Rows go to the sheets document by document and from there to temporary files, so memory
//! holds only the key figures.

use super::comparison::Comparison;
use super::rows::RowSheets;
use super::{charts, compare, functions, guide};
use crate::dataset::{Checks, Dataset, Documents, Facts, Indicators};
use crate::error::ExportError;
use crate::file::Part;
use crate::record::{DocumentRecord, DocumentStatus};
use crate::words::sheet;
use crate::xlsx::sheet::properties;
use crate::xlsx::style::Styles;
use crate::xlsx::tidy::MOST_ROWS;
use rust_xlsxwriter::{Workbook, XlsxError};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use yusuan_normalize::{CheckStatus, Headline, NormalizedDocument, TableType, headlines};

/// What a program alone can use.
const MACHINE: &[&str] = &["doc_id", "region_code", "x0", "y0", "x1", "y1", "table_type"];
/// Columns of indicators that only a program can use.
const INDICATORS_LEFT_OUT: &[&str] = &["doc_id"];
/// Columns of checks that only a program can use.
const CHECKS_LEFT_OUT: &[&str] = &["doc_id"];
/// Columns of documents that say nothing of a file that was not read.
const DOCUMENTS_LEFT_OUT: &[&str] = &["doc_id", "disclosure_id", "sha256", "region_code", "version"];

/// The workbook being written.
pub(crate) struct BatchWorkbook {
    target: PathBuf,
    workbook: Workbook,
    styles: Styles,
    /// Rows that a sheet takes.
    most: u32,
    tables: BTreeMap<TableType, RowSheets<Facts>>,
    indicators: RowSheets<Indicators>,
    checks: RowSheets<Checks>,
    files: RowSheets<Documents>,
    comparison: Comparison,
}

impl BatchWorkbook {
    /// Begins a workbook; rows wait in temporary files in `scratch`.
    pub(crate) fn begin(target: &Path, scratch: &Path) -> Result<Self, ExportError> {
        Self::with_most(target, scratch, MOST_ROWS)
    }

    pub(super) fn with_most(target: &Path, scratch: &Path, most: u32) -> Result<Self, ExportError> {
        let new = || -> Result<Workbook, XlsxError> {
            let mut workbook = Workbook::new();
            workbook.set_tempdir(scratch)?;
            workbook.set_properties(&properties()?);
            Ok(workbook)
        };
        Ok(Self {
            target: target.to_owned(),
            workbook: new().map_err(ExportError::overview(target))?,
            styles: Styles::default(),
            most,
            tables: BTreeMap::new(),
            indicators: RowSheets::new(Indicators::TITLE, INDICATORS_LEFT_OUT, most),
            checks: RowSheets::new(sheet::FAILED_CHECKS, CHECKS_LEFT_OUT, most),
            files: RowSheets::new(sheet::FILES, DOCUMENTS_LEFT_OUT, most),
            comparison: Comparison::default(),
        })
    }

    /// Adds one input file.
    pub(crate) fn append(&mut self, record: &DocumentRecord) -> Result<(), ExportError> {
        self.add(record).map_err(ExportError::overview(&self.target))
    }

    fn add(&mut self, record: &DocumentRecord) -> Result<(), XlsxError> {
        let foreign = record.is_no_disclosure();
        if foreign || !matches!(record.status, DocumentStatus::Ok | DocumentStatus::Duplicate) {
            self.files.append(&record, &mut self.workbook, &mut self.styles)?;
        }
        let Some(document) = record.document.as_ref().filter(|_| !foreign) else { return Ok(()) };
        let figures = headlines(document);
        let links = self.add_facts(record, document, &figures)?;
        self.comparison.add(record, document, figures.iter().zip(links));
        for row in Indicators::rows(record) {
            self.indicators.append(&row, &mut self.workbook, &mut self.styles)?;
        }
        for row in Checks::rows(record) {
            if row.check.status == CheckStatus::Failed {
                self.checks.append(&row, &mut self.workbook, &mut self.styles)?;
            }
        }
        Ok(())
    }

    /// Adds a document's amounts; returns for each of its key figures the link to the row that it was taken from.
    fn add_facts(
        &mut self,
        record: &DocumentRecord,
        document: &NormalizedDocument,
        figures: &[Headline],
    ) -> Result<Vec<Option<String>>, XlsxError> {
        let most = self.most;
        let mut links = vec![None; figures.len()];
        for row in Facts::rows(record) {
            let table_type = row.statement.table_type;
            let new = || RowSheets::new(table_type.label_zh(), MACHINE, most);
            let sheets = self.tables.entry(table_type).or_insert_with(new);
            let at = sheets.append(&row, &mut self.workbook, &mut self.styles)?;
            for (figure, link) in figures.iter().zip(&mut links) {
                let fact = document.statements.get(figure.statement).and_then(|s| s.facts.get(figure.fact));
                if fact.is_some_and(|fact| std::ptr::eq(fact, row.fact)) {
                    *link = sheets.cell(at, "value");
                }
            }
        }
        Ok(links)
    }

    /// Ends the workbook, which does not have its final name yet.
    pub(crate) fn end(self) -> Result<Part, ExportError> {
        let target = self.target.clone();
        let mut part = Part::create(&target)?;
        self.save(&mut part).map_err(ExportError::overview(&target))?;
        part.close()?;
        Ok(part)
    }

    fn save(mut self, part: &mut Part) -> Result<(), XlsxError> {
        self.comparison.sort();
        compare::write(self.workbook.add_worksheet(), &self.comparison, &mut self.styles)?;
        charts::write(&mut self.workbook, &self.comparison, &mut self.styles)?;
        functions::write(&mut self.workbook, &self.comparison, &mut self.styles)?;
        let mut listed = Vec::new();
        for (table_type, sheets) in std::mem::take(&mut self.tables) {
            let about = format!("全部文件中“{}”的金额，每个一行", table_type.label_zh());
            listed.extend(sheets.finish(&mut self.workbook, &about)?);
        }
        listed.extend(self.indicators.finish(&mut self.workbook, "全部绩效指标，每个一行")?);
        listed.extend(self.checks.finish(&mut self.workbook, "不符的勾稽关系，每处一行")?);
        listed.extend(self.files.finish(&mut self.workbook, "失败、不完整、不支持的文件，每个一行，附原因")?);
        guide::write(self.workbook.add_worksheet(), &listed, &mut self.styles)?;
        self.workbook.save_to_writer(part)
    }
}
