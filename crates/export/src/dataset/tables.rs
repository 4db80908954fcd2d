//! `tables`: one row per table found, declared-empty ones too.

use super::column::{Column, Dataset, column};
use super::shared::{self, statements};
use super::value::Value;
use crate::record::DocumentRecord;
use crate::words::{self, Kind, Origin};
use yusuan_normalize::{Doubt, Statement, TableLevel, TableState};

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
    const TITLE: &'static str = "表";
    const ROW: &'static str = "找到的每张表一行，声明为空的也在内";

    fn columns() -> &'static [Column<Self>] {
        TABLES
    }

    fn rows(record: &DocumentRecord) -> Vec<TableRow<'_>> {
        statements(record).map(|statement| TableRow { record, statement }).collect()
    }
}

static TABLES: &[Column<Tables>] = &[
    shared::doc_id::<Tables>(|r| Value::text(&r.record.doc_id)),
    shared::source::<Tables>(|r| Value::text(&r.record.source)),
    shared::sheet::<Tables>(|r| Value::text(r.statement.raw.sheet.as_deref().unwrap_or_default())),
    shared::table_id::<Tables>(|r| Value::text(&r.statement.id)),
    shared::table_type::<Tables>(|r| Value::text(r.statement.table_type.as_str())),
    shared::table_title::<Tables>(|r| Value::text(&r.statement.title)),
    column::<Tables>(Kind::Term, "table_no", "表号", |r| Value::text(&r.statement.table_no))
        .says(Origin::Printed, "表号，如 预算01表；没印则空"),
    column::<Tables>(Kind::Term, "unit", "单位", |r| {
        r.statement.unit.map_or(Value::Empty, |unit| Value::text(unit.as_str()))
    })
    .says(Origin::Read, "全表的单位；各栏不同或找不到则空")
    .one_of(words::units),
    shared::unit_source::<Tables>(|r| r.statement.unit_source.map_or(Value::Empty, |s| Value::text(s.as_str()))),
    column::<Tables>(Kind::Text, "pages", "页码", |r| Value::text(page_ranges(&r.statement.raw.pages)))
        .says(Origin::File, "所在页，连续的写成 3-5；电子表格为空"),
    column::<Tables>(Kind::Integer, "rows", "行数", |r| Value::count(r.statement.raw.rows))
        .says(Origin::Computed, "行数，表头算在内"),
    column::<Tables>(Kind::Integer, "cols", "列数", |r| Value::count(r.statement.raw.cols))
        .says(Origin::Computed, "列数"),
    column::<Tables>(Kind::Integer, "header_rows", "表头行数", |r| Value::count(r.statement.header_rows))
        .says(Origin::Read, "表头占几行"),
    column::<Tables>(Kind::Term, "state", "数据状态", |r| Value::text(r.statement.state.as_str()))
        .says(Origin::Read, "有数据、声明为空、空表还是全为零")
        .one_of(words::table_states),
    column::<Tables>(Kind::Boolean, "empty", "是否空表", |r| Value::Boolean(r.statement.state != TableState::Data))
        .says(Origin::Read, "没有数据：state 不是 data"),
    column::<Tables>(Kind::Text, "empty_note", "空表说明", |r| Value::text(&r.statement.empty_note))
        .says(Origin::Printed, "声明本表为空的那句话"),
    column::<Tables>(Kind::Term, "method", "识别方式", |r| Value::text(r.statement.raw.method.as_str()))
        .says(Origin::Computed, "怎样认出表格：框线、对齐、工作表、文字识别")
        .one_of(words::methods),
    column::<Tables>(Kind::Measure, "confidence", "把握", |r| Value::measure(r.statement.raw.confidence))
        .says(Origin::Computed, "识别的把握，0 到 1"),
    column::<Tables>(Kind::Integer, "facts", "金额数", |r| Value::count(r.statement.facts.len()))
        .says(Origin::Computed, "表中的金额个数")
        .counted_in("个"),
    column::<Tables>(Kind::Integer, "figures", "印出的数", |r| Value::count(r.statement.figures))
        .says(Origin::Computed, "表的范围内印出的数，连同表头和文字里的")
        .counted_in("个"),
    column::<Tables>(Kind::Integer, "figures_unread", "未读的数", |r| Value::count(r.statement.figures_unread()))
        .says(Origin::Computed, "其中没有读成金额、编码、序号、比例、数量等任何内容的；0 表示没有漏掉")
        .counted_in("个"),
    column::<Tables>(Kind::Text, "doubts", "存疑", |r| Value::list(r.statement.doubts.iter().map(Doubt::code)))
        .says(Origin::Computed, "对整张表的疑问，编号见 docs/rules.md，多个用 ; 连接"),
    column::<Tables>(Kind::Term, "level", "级次", |r| Value::text(r.statement.level.map_or("", TableLevel::as_str)))
        .says(Origin::Read, "标题说的是全辖（全省、全市、全县）、本级还是下级的钱；没说或说了几种则空")
        .one_of(words::table_levels),
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
