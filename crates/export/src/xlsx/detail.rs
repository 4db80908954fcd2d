//! 明细 and 绩效: the document's facts and indicators as tidy tables with filters.

use super::style::Styles;
use super::tidy::{Columns, FIRST, Links, MOST_ROWS};
use crate::dataset::{Dataset, Facts, Indicators};
use crate::record::DocumentRecord;
use crate::words::sheet as words;
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

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

/// Rows from which on a sheet is written out as it grows: in memory so many take a hundred MiB, and more time than a file.
const LONG: usize = 20_000;

/// The sheets; 绩效 only where there are indicators.
pub(super) fn sheets(workbook: &mut Workbook, record: &DocumentRecord) -> Result<Vec<Worksheet>, XlsxError> {
    let mut sheets = Vec::new();
    let indicators = Indicators::rows(record);
    if !indicators.is_empty() {
        sheets.extend(sheets_of::<Indicators>(workbook, (words::INDICATORS, INDICATORS_LEFT_OUT), &indicators, LONG)?);
    }
    sheets.extend(sheets_of::<Facts>(workbook, (words::FACTS, FACTS_LEFT_OUT), &Facts::rows(record), LONG)?);
    Ok(sheets)
}

/// The rows on a sheet; more than a worksheet holds go on in 明细2 and so on.
fn sheets_of<D: Dataset>(
    workbook: &mut Workbook,
    (name, left_out): (&str, &[&str]),
    rows: &[D::Row<'_>],
    long: usize,
) -> Result<Vec<Worksheet>, XlsxError> {
    let mut styles = Styles::default();
    let columns = Columns::<D>::without(left_out);
    let title = format!("{}，每个一行", D::TITLE);
    let mut sheets = Vec::new();
    for (index, part) in rows.chunks(MOST_ROWS as usize).enumerate() {
        let mut sheet =
            if part.len() >= long { workbook.new_worksheet_with_constant_memory()? } else { Worksheet::new() };
        sheet.set_name(if index == 0 { name.to_owned() } else { format!("{name}{}", index + 1) })?;
        columns.head(&mut sheet, (words::OVERVIEW, &title), &mut styles)?;
        let mut filled = vec![false; columns.count()];
        for (at, row) in (FIRST..).zip(part) {
            let has = columns.row(&mut sheet, at, (row, &Links::default()), &mut styles)?;
            filled.iter_mut().zip(has).for_each(|(filled, has)| *filled |= has);
        }
        columns.finish(&mut sheet, part.len() as u32, &filled)?;
        sheets.push(sheet);
    }
    Ok(sheets)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xlsx::fixtures::{record, statement};
    use calamine::{Data, Range, Reader, Xlsx};
    use std::io::Cursor;
    use yusuan_normalize::Identity;

    #[test]
    fn a_sheet_that_is_written_as_it_grows_has_the_same_cells() {
        let record = record("a.pdf", Identity::default(), statement());
        let cells = |long: usize| -> Range<Data> {
            let mut workbook = Workbook::new();
            let rows = Facts::rows(&record);
            let sheets = sheets_of::<Facts>(&mut workbook, (words::FACTS, FACTS_LEFT_OUT), &rows, long).unwrap();
            for sheet in sheets {
                workbook.push_worksheet(sheet);
            }
            let mut read = Xlsx::new(Cursor::new(workbook.save_to_buffer().unwrap())).unwrap();
            read.worksheet_range(words::FACTS).unwrap()
        };
        let (grown, kept) = (cells(1), cells(usize::MAX));
        assert_eq!(grown, kept);
        let rows = grown.rows().skip(FIRST as usize);
        let amounts = rows.map(|row| row.iter().filter(|cell| matches!(cell, Data::Float(_))).count());
        assert_eq!(amounts.filter(|numbers| *numbers > 0).count(), 2, "a row for each amount");
    }

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
