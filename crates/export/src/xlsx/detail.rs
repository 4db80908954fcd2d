//! 明细 and 绩效: the document's facts and indicators as tidy tables with filters.

use super::style::Styles;
use super::tidy::{Columns, MOST_ROWS};
use crate::dataset::{Dataset, Facts, Indicators};
use crate::record::DocumentRecord;
use crate::words::sheet;
use rust_xlsxwriter::{Workbook, XlsxError};

/// Columns that say the same in every row of one document, or that only a program can use.
const FACTS_LEFT_OUT: &[&str] = &[
    "doc_id",
    "source",
    "region_code",
    "region",
    "department",
    "year",
    "document_kind",
    "entity_scope",
    "x0",
    "y0",
    "x1",
    "y1",
];

/// The same for indicators.
const INDICATORS_LEFT_OUT: &[&str] = &["doc_id", "source"];

/// Adds the sheets; 绩效 only where there are indicators.
pub(super) fn write(workbook: &mut Workbook, record: &DocumentRecord, styles: &mut Styles) -> Result<(), XlsxError> {
    let indicators = Indicators::rows(record);
    if !indicators.is_empty() {
        write_sheets::<Indicators>(workbook, sheet::INDICATORS, INDICATORS_LEFT_OUT, &indicators, styles)?;
    }
    write_sheets::<Facts>(workbook, sheet::FACTS, FACTS_LEFT_OUT, &Facts::rows(record), styles)
}

/// Adds the rows; more than a worksheet holds go on in 明细2 and so on.
fn write_sheets<D: Dataset>(
    workbook: &mut Workbook,
    name: &str,
    left_out: &[&str],
    rows: &[D::Row<'_>],
    styles: &mut Styles,
) -> Result<(), XlsxError> {
    let columns = Columns::<D>::without(left_out);
    for (index, part) in rows.chunks(MOST_ROWS as usize).enumerate() {
        let sheet = workbook.add_worksheet();
        sheet.set_name(if index == 0 { name.to_owned() } else { format!("{name}{}", index + 1) })?;
        columns.head(sheet, styles)?;
        columns.hide_empty(sheet, part)?;
        for (at, row) in (1..).zip(part) {
            columns.row(sheet, at, row, styles)?;
        }
        columns.finish(sheet, part.len() as u32)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_left_out_exists() {
        fn count<D: Dataset>(left_out: &[&str]) -> (usize, usize) {
            let known: Vec<_> = D::columns().iter().map(|column| column.name).collect();
            (left_out.iter().filter(|name| known.contains(name)).count(), known.len())
        }
        assert_eq!(count::<Facts>(FACTS_LEFT_OUT), (FACTS_LEFT_OUT.len(), 53));
        assert_eq!(count::<Indicators>(INDICATORS_LEFT_OUT), (INDICATORS_LEFT_OUT.len(), 16));
    }
}
