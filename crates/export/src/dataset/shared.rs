//! Columns that several datasets have: what they are called and what they say stands here once, for joined tables show
//! both under one name. With them what the datasets ask of a record.

use super::column::{Column, Dataset, column};
use super::value::Value;
use crate::record::DocumentRecord;
use crate::words::{self, Kind, Origin};
use yusuan_normalize::{Identity, Statement};

/// Defines columns that only lack the way to their value.
macro_rules! shared {
    ($($name:ident: $kind:ident $label:literal $origin:ident $meaning:literal $(one of $terms:ident)?;)+) => {
        $(
            pub(super) const fn $name<D: Dataset>(value: for<'a, 'r> fn(&'r D::Row<'a>) -> Value<'r>) -> Column<D> {
                column::<D>(Kind::$kind, stringify!($name), $label, value).says(Origin::$origin, $meaning)
                    $(.one_of(words::$terms))?
            }
        )+
    };
}

// Documents, regions and bodies are `Text`, though they come again: readers by Arrow skip row groups by the smallest and largest
// text, and not by those of a dictionary.
shared! {
    doc_id: Text "文件编号" File "文件内容 SHA-256 的前 16 位；同一文件放在两处，编号相同、来源不同";
    source: Term "来源" File "文件相对于输入文件夹的路径，以 / 分隔；与 documents 的 source 对应";
    region_code: Text "地区代码" Read "GB/T 2260 行政区划代码，6 位；认不出则空";
    region: Term "地区" Read "地区全称，如 河南省三门峡市；认不出则空";
    department: Term "部门" Read "部门（单位）全称";
    body_id: Text "机构编号" Computed "同一机构不论写法、年度、文件，编号都相同；不随这一批还有哪些文件而变；机构不明则空";
    entity_scope: Term "部门或单位" Read "部门（含下属单位汇总）还是单位（单独一家）；两种数不可相加" one of entity_scopes;
    concept: Term "指标口径" Read "整个部门（或整个政府）的标准指标，各表写法不同而意思相同；其余金额为空" one of concepts;
    year: Year "年度" Read "预算、决算的年度，不是公布的年份";
    document_kind: Term "文件类型" Read "预算、决算、绩效，或整个政府的预算、决算" one of document_kinds;
    sheet: Term "工作表" File "工作表名称；PDF 为空";
    table_id: Term "表编号" Computed "表在本文件中的序号：t01、t02……按出现顺序";
    table_type: Term "表类型" Read "表的类型，封闭清单；认不出为 other" one of table_types;
    table_title: Term "表名" Printed "表名，照印出的文字，去掉空格";
    unit_source: Term "单位来源" Read "单位写在哪里：单元格、栏目、表、全文，或由数据推断" one of unit_sources;
    page: Integer "页" File "所在页，从 1 起，按文件的页序；电子表格为空";
    period: Term "期间" Read "哪一年的数：本年、上年、结转";
}

/// Whose disclosure the file is, where it could be read.
pub(super) fn identity(record: &DocumentRecord) -> Option<&Identity> {
    record.document.as_ref().map(|document| &document.identity)
}

/// A text of the identity.
pub(super) fn identity_text(record: &DocumentRecord, text: fn(&Identity) -> &str) -> Value<'_> {
    identity(record).map_or(Value::Empty, |identity| Value::text(text(identity)))
}

/// The fiscal year.
pub(super) fn fiscal_year(record: &DocumentRecord) -> Value<'_> {
    identity(record).and_then(|i| i.year).map_or(Value::Empty, |year| Value::Integer(year.into()))
}

/// The document kind.
pub(super) fn kind(record: &DocumentRecord) -> Value<'_> {
    identity(record).and_then(|i| i.kind).map_or(Value::Empty, |kind| Value::text(kind.as_str()))
}

/// The tables of a document that could be read.
pub(super) fn statements(record: &DocumentRecord) -> impl Iterator<Item = &Statement> {
    record.document.iter().flat_map(|document| &document.statements)
}
