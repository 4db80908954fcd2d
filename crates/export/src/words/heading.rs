//! Headings and labels of what no column of a dataset holds alone.

/// What a document or a figure is.
pub(crate) const KIND: &str = "类型";
/// The files that a line was taken from.
pub(crate) const SOURCE_FILE: &str = "来源文件";
/// The body that a line is about, a department or one of its units.
pub(crate) const BODY: &str = "部门（单位）";
/// The number of a table in its document.
pub(crate) const NUMBER: &str = "序号";
/// Whether a table holds data.
pub(crate) const STATE: &str = "数据";
/// What is doubtful.
pub(crate) const DOUBTS: &str = "存疑";
/// Where something stands.
pub(crate) const PLACE: &str = "位置";
/// Why something does not hold.
pub(crate) const CAUSE: &str = "原因";
/// What is to be said besides.
pub(crate) const NOTE: &str = "备注";
/// What could not be read.
pub(crate) const NOT_READ: &str = "未能完整读取";
/// What of the identity contradicts itself.
pub(crate) const IDENTITY_DOUBTS: &str = "识别存疑";
/// Tables that only the table of contents has.
pub(crate) const TABLES_MISSING: &str = "目录有、正文未见";
/// What the reader repaired or left out on purpose.
pub(crate) const READING_NOTE: &str = "读取说明";
/// In place of what is not known.
pub(crate) const UNKNOWN: &str = "未识别";
/// An amount in 万元.
pub(crate) const TEN_THOUSANDS: &str = "金额（万元）";
/// The link to a document's workbook.
pub(crate) const WORKBOOK: &str = "工作簿";
/// The link to a document's review page.
pub(crate) const REVIEW: &str = "审阅";
/// The text of a link to another file.
pub(crate) const OPEN: &str = "打开";
/// The key figures of a document.
pub(crate) const FIGURES: &str = "关键数字（万元）";
/// What the figures of a document are in, and how to find them.
pub(crate) const FIGURES_NOTE: &str = "金额单位：万元，点数字看原处";
/// The checks counted by their rules.
pub(crate) const BY_RULE: &str = "按规则计数";
/// What is known of a document besides.
pub(crate) const ABOUT: &str = "关于这份文件";
/// All smaller parts together.
pub(crate) const OTHERS: &str = "其他";

/// The dictionary on a sheet: dataset, label, name in the files, kind, unit, origin, meaning.
pub(crate) const GLOSSARY: [&str; 7] = ["数据", "列", "数据文件中的列名", "类型", "单位", "来源", "含义"];
/// The dictionary in the documentation: name in the files, label, kind, kind in Parquet, unit, origin, meaning.
pub(crate) const DICTIONARY: [&str; 7] = ["列", "名称", "类型", "Parquet", "单位", "来源", "含义"];
