//! The workbook being written. Rows go to the sheets document by document and from there to temporary files, so memory
//! holds only the key figures.

use super::comparison::Comparison;
use super::rows::RowSheets;
use super::{charts, compare, functions, guide};
use crate::dataset::{Checks, Dataset, Documents, Facts, Indicators};
use crate::error::ExportError;
use crate::file::{Part, workbook_path};
use crate::record::{DocumentRecord, DocumentStatus};
use crate::review;
use crate::words::sheet;
use crate::xlsx::sheet::{DEFLATE, properties};
use crate::xlsx::style::Styles;
use crate::xlsx::tidy::{Columns, Links, MOST_ROWS};
use rust_xlsxwriter::{Workbook, XlsxError};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use yusuan_normalize::{CheckStatus, Headline, NormalizedDocument, TableType, headlines};

/// What a program alone can use.
const MACHINE: &[&str] = &["doc_id", "region_code", "x0", "y0", "x1", "y1", "table_type"];
/// Who, when, what, how much: what a reader of amounts looks for, first and always in sight.
const FACTS_FIRST: &[&str] = &["department", "year", "row_label", "value"];
/// The same of indicators, of checks that don't hold, of files.
const INDICATORS_FIRST: &[&str] = &["project_name", "level3", "target"];
const CHECKS_FIRST: &[&str] = &["source", "page", "statement"];
const FILES_FIRST: &[&str] = &["source", "status", "error"];
/// Of the documents that others replace.
const REPLACED_FIRST: &[&str] = &["source", "superseded_by"];
/// What a printed row has besides; the other columns are for the screen.
const FACTS_PRINTED: &[&str] = &["column_path", "fund", "nature", "phase", "source", "page"];
const INDICATORS_PRINTED: &[&str] = &["target_unit", "level1", "level2", "department", "year", "page"];
const CHECKS_PRINTED: &[&str] = &["left", "right", "difference", "reason"];
const FILES_PRINTED: &[&str] = &["department", "year", "document_kind", "flags"];
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
    /// Whether a review page stands beside the workbook.
    review: bool,
    tables: BTreeMap<TableType, RowSheets<Facts>>,
    indicators: RowSheets<Indicators>,
    checks: RowSheets<Checks>,
    files: RowSheets<Documents>,
    replaced: RowSheets<Documents>,
    comparison: Comparison,
}

impl BatchWorkbook {
    /// Begins a workbook; rows wait in temporary files in `scratch`.
    pub(crate) fn begin(target: &Path, scratch: &Path, review: bool) -> Result<Self, ExportError> {
        Self::with_most(target, scratch, (MOST_ROWS, review))
    }

    pub(super) fn with_most(target: &Path, scratch: &Path, (most, review): (u32, bool)) -> Result<Self, ExportError> {
        let new = || -> Result<Workbook, XlsxError> {
            let mut workbook = Workbook::new();
            workbook.set_tempdir(scratch)?;
            workbook.set_properties(&properties()?).set_zip_compression_level(DEFLATE);
            Ok(workbook)
        };
        Ok(Self {
            target: target.to_owned(),
            workbook: new().map_err(ExportError::overview(target))?,
            styles: Styles::default(),
            most,
            review,
            tables: BTreeMap::new(),
            indicators: sheets(
                Indicators::TITLE,
                (INDICATORS_LEFT_OUT, INDICATORS_FIRST, INDICATORS_PRINTED),
                (most, review),
            ),
            checks: sheets(sheet::FAILED_CHECKS, (CHECKS_LEFT_OUT, CHECKS_FIRST, CHECKS_PRINTED), (most, review)),
            files: sheets(sheet::FILES, (DOCUMENTS_LEFT_OUT, FILES_FIRST, FILES_PRINTED), (most, review)),
            replaced: sheets(sheet::REPLACED, (DOCUMENTS_LEFT_OUT, REPLACED_FIRST, FILES_PRINTED), (most, review)),
            comparison: Comparison::default(),
        })
    }

    /// Adds one input file.
    pub(crate) fn append(&mut self, record: &DocumentRecord) -> Result<(), ExportError> {
        self.add(record).map_err(ExportError::overview(&self.target))
    }

    fn add(&mut self, record: &DocumentRecord) -> Result<(), XlsxError> {
        let links = self.links(record);
        let foreign = record.is_no_disclosure();
        let is_replaced = !record.superseded_by.is_empty();
        let was_read = matches!(record.status, DocumentStatus::Ok | DocumentStatus::Duplicate);
        if foreign || !(was_read || record.is_no_document()) {
            self.files.append((&record, &links), &mut self.workbook, &mut self.styles)?;
        }
        if is_replaced {
            self.replaced.append((&record, &links), &mut self.workbook, &mut self.styles)?;
        }
        // Rows of a document that another replaces would count its body twice; facts.csv has them.
        let Some(document) = record.document.as_ref().filter(|_| !foreign && !is_replaced) else { return Ok(()) };
        let figures = headlines(document);
        let cells = self.add_facts((record, &links), document, &figures)?;
        self.comparison.add(record, document, figures.iter().zip(cells));
        for row in Indicators::rows(record) {
            self.indicators.append((&row, &links), &mut self.workbook, &mut self.styles)?;
        }
        for row in Checks::rows(record) {
            if row.check.status == CheckStatus::Failed {
                self.checks.append((&row, &links), &mut self.workbook, &mut self.styles)?;
            }
        }
        Ok(())
    }

    /// Where a document can be looked at; one that could not be read has neither.
    fn links(&self, record: &DocumentRecord) -> Links {
        if record.document.is_none() {
            return Links::default();
        }
        let workbook = workbook_path(Path::new(""), &record.source).to_string_lossy().replace('\\', "/");
        let review = self.review.then(|| review::address(&record.doc_id));
        Links { workbook: Some(workbook), review }
    }

    /// Adds a document's amounts; returns for each of its key figures the link to the row that it was taken from.
    fn add_facts(
        &mut self,
        (record, to): (&DocumentRecord, &Links),
        document: &NormalizedDocument,
        figures: &[Headline],
    ) -> Result<Vec<Option<String>>, XlsxError> {
        let (most, review) = (self.most, self.review);
        let mut links = vec![None; figures.len()];
        for row in Facts::rows(record) {
            let table_type = row.statement.table_type;
            let new = || sheets(table_type.label_zh(), (MACHINE, FACTS_FIRST, FACTS_PRINTED), (most, review));
            let of_type = self.tables.entry(table_type).or_insert_with(new);
            let at = of_type.append((&row, to), &mut self.workbook, &mut self.styles)?;
            for (figure, link) in figures.iter().zip(&mut links) {
                let fact = document.statements.get(figure.statement).and_then(|s| s.facts.get(figure.fact));
                if fact.is_some_and(|fact| std::ptr::eq(fact, row.fact)) {
                    *link = of_type.cell(at, "value");
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
        for (table_type, of_type) in std::mem::take(&mut self.tables) {
            let about = format!("全部文件中“{}”的金额，每个一行", table_type.label_zh());
            listed.extend(of_type.finish(&mut self.workbook, &about)?);
        }
        listed.extend(self.indicators.finish(&mut self.workbook, "全部绩效指标，每个一行")?);
        listed.extend(self.checks.finish(&mut self.workbook, "不符的勾稽关系，每处一行")?);
        listed.extend(self.files.finish(&mut self.workbook, "失败、不完整、不支持的文件，每个一行，附原因")?);
        listed
            .extend(self.replaced.finish(&mut self.workbook, "另有应使用的版本的文件，每个一行，附应改用的文件编号")?);
        guide::write(self.workbook.add_worksheet(), &listed, &mut self.styles)?;
        self.workbook.save_to_writer(part)
    }
}

/// Sheets for the rows of a dataset: without some of its columns, led by others, some of them printed.
fn sheets<D: Dataset>(
    name: &str,
    (left_out, first, printed): (&[&str], &[&str], &[&str]),
    (most, review): (u32, bool),
) -> RowSheets<D> {
    RowSheets::new(name, Columns::without(left_out).led_by((first, printed), review), most)
}
