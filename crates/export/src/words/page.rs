//! Words that the review page alone shows.

use super::terms::Term;
use yusuan_normalize::UnitSource;

/// What the list of documents can be filtered by.
pub(crate) const FINDINGS: &[Term] = &[
    ("failed", "有勾稽不符"),
    ("doubtful", "有存疑的数"),
    ("missing", "有缺少的表"),
    ("unknown", "身份存疑"),
    ("clean", "没有疑点"),
    ("corrected", "有更正"),
];

/// What of a document's identity is doubtful: shown in place of a status that would look sound.
pub(crate) const UNKNOWN: &[Term] = &[
    ("kind", "不像预算、决算公开文件"),
    ("department", "部门未识别"),
    ("year", "年度未识别"),
    ("identity", "身份说法不一"),
];

/// How a figure of the narrative compares with the tables.
pub(crate) const NARRATIVE: &[Term] =
    &[("matched", "与表中的数一致"), ("elsewhere", "与另一文件的表一致"), ("open", "表中没有对应的数")];

/// What is said of a cell, besides what the datasets have a column for.
pub(crate) const CELL: &[Term] = &[
    ("converted", "换算"),
    ("alternative", "另一种读法"),
    ("item", "项目"),
    ("column", "栏目"),
    ("unread", "未读：没有读成任何内容"),
    ("unitless", "没有单位，未换算"),
    ("undecided", "读不准，未取值"),
];

/// What a reviewer changed.
pub(crate) const CORRECTED: &str = "更正";

/// Where a unit was found, as it is said behind the unit.
pub(crate) fn unit_source_in_words(source: UnitSource) -> &'static str {
    match source {
        UnitSource::Cell => "单元格里写明",
        UnitSource::Column => "表头写明",
        UnitSource::Table => "表上方写明",
        UnitSource::Document => "文件统一说明",
        UnitSource::Inferred => "由勾稽关系推定",
    }
}
