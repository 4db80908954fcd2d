//! `tables`: one row per table found, declared-empty ones too.

use super::{Column, Dataset, Value, column, statements};
use crate::record::DocumentRecord;
use yusuan_normalize::{Statement, TableState};

/// The dataset.
pub(crate) struct Tables;

/// A table and the file that it stands in.
pub(crate) struct TableRow<'a> {
    pub(crate) record: &'a DocumentRecord,
    pub(crate) statement: &'a Statement,
}

impl Dataset for Tables {
    type Row<'a> = TableRow<'a>;
    const NAME: &'static str = "tables";

    fn columns() -> &'static [Column<Self>] {
        TABLES
    }

    fn rows(record: &DocumentRecord) -> Vec<TableRow<'_>> {
        statements(record).map(|(_, statement)| TableRow { record, statement }).collect()
    }
}

static TABLES: &[Column<Tables>] = &[
    column("doc_id", "文件编号", |r| Value::text(&r.record.doc_id)),
    column("source", "来源", |r| Value::text(&r.record.source)),
    column("sheet", "工作表", |r| Value::text(r.statement.raw.sheet.as_deref().unwrap_or_default())),
    column("table_id", "表编号", |r| Value::text(&r.statement.id)),
    column("table_type", "表类型", |r| Value::text(r.statement.table_type.as_str())),
    column("table_title", "表名", |r| Value::text(&r.statement.title)),
    column("table_no", "表号", |r| Value::text(&r.statement.table_no)),
    column("unit", "单位", |r| r.statement.unit.map_or(Value::Empty, |unit| Value::text(unit.as_str()))),
    column("unit_source", "单位来源", |r| {
        r.statement.unit_source.map_or(Value::Empty, |s| Value::text(s.as_str()))
    }),
    column("pages", "页码", |r| Value::text(page_ranges(&r.statement.raw.pages))),
    column("rows", "行数", |r| Value::count(r.statement.raw.rows)),
    column("cols", "列数", |r| Value::count(r.statement.raw.cols)),
    column("header_rows", "表头行数", |r| Value::count(r.statement.header_rows)),
    column("state", "数据状态", |r| Value::text(r.statement.state.as_str())),
    column("empty", "是否空表", |r| Value::Boolean(r.statement.state != TableState::Data)),
    column("empty_note", "空表说明", |r| Value::text(&r.statement.empty_note)),
    column("method", "识别方式", |r| Value::text(r.statement.raw.method.as_str())),
    column("confidence", "把握", |r| Value::measure(r.statement.raw.confidence)),
    column("facts", "金额数", |r| Value::count(r.statement.facts.len())),
];

/// Pages as ranges: `3-5`, `3,5-6`.
pub(crate) fn page_ranges(pages: &[u32]) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for &page in pages {
        match ranges.last_mut() {
            Some((_, last)) if page == *last => {}
            Some((_, last)) if page.checked_sub(1) == Some(*last) => *last = page,
            _ => ranges.push((page, page)),
        }
    }
    let texts = ranges.iter().map(|(a, b)| if a == b { a.to_string() } else { format!("{a}-{b}") });
    texts.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::page_ranges;

    #[test]
    fn neighbouring_pages_join() {
        assert_eq!(page_ranges(&[]), "");
        assert_eq!(page_ranges(&[3]), "3");
        assert_eq!(page_ranges(&[3, 4, 5]), "3-5");
        assert_eq!(page_ranges(&[3, 5, 6]), "3,5-6");
    }
}
