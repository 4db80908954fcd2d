//! The dictionary as people and programs see it: as text for a terminal, as JSON for programs, as Markdown for the documentation.

use super::entry::{ColumnEntry, DatasetEntry, datasets};
use crate::text_width::display_width;
use crate::words::heading;
use serde::Serialize;
use std::fmt::Write;
use yusuan_normalize::MoneyUnit;

/// A form of the data dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemaFormat {
    /// Lines for a terminal.
    Text,
    /// For programs.
    Json,
    /// For documentation.
    Markdown,
}

/// The data dictionary: every column of every dataset with its type, unit, origin and meaning.
pub fn schema(format: SchemaFormat) -> String {
    match format {
        SchemaFormat::Text => text(&datasets()),
        SchemaFormat::Json => json(&datasets()),
        SchemaFormat::Markdown => markdown(&datasets()),
    }
}

/// Writing to a string does not fail.
const WRITES: &str = "a string takes every text";

fn text(datasets: &[DatasetEntry]) -> String {
    let mut text = String::new();
    for dataset in datasets {
        writeln!(text, "{} {}：{}", dataset.name, dataset.title, dataset.row).expect(WRITES);
        for column in &dataset.columns {
            let (name, label) = (padded(column.name, 26), padded(column.label, 18));
            writeln!(text, "  {name}{label}{}  {}", padded(&kind_and_unit(column), 10), meaning(column)).expect(WRITES);
        }
        text.push('\n');
    }
    text.push_str("类型为金额的列在 CSV 中是精确小数，在 Parquet 中是 decimal128(24,4)，一律以元计\n");
    text
}

fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(display_width(text)).max(1);
    format!("{text}{}", " ".repeat(missing))
}

fn kind_and_unit(column: &ColumnEntry) -> String {
    let kind = column.kind.label_zh();
    if column.unit.is_empty() || column.unit == MoneyUnit::Yuan.as_str() {
        kind.to_owned()
    } else {
        format!("{kind}（{}）", column.unit)
    }
}

fn meaning(column: &ColumnEntry) -> String {
    let words = column.words();
    if words.is_empty() { column.meaning.to_owned() } else { format!("{}：{words}", column.meaning) }
}

fn markdown(datasets: &[DatasetEntry]) -> String {
    let mut text = String::from(INTRODUCTION);
    for dataset in datasets {
        writeln!(text, "\n## {} {}\n\n{}。\n", dataset.name, dataset.title, dataset.row).expect(WRITES);
        writeln!(text, "| {} |\n{}|", heading::DICTIONARY.join(" | "), "|---".repeat(heading::DICTIONARY.len()))
            .expect(WRITES);
        for column in &dataset.columns {
            let (kind, origin) = (column.kind.label_zh(), column.origin.label_zh());
            let cells = [column.name, column.label, kind, column.kind.parquet(), column.unit, origin, column.meaning];
            writeln!(text, "| {} |", cells.join(" | ").replace("|  |", "| |")).expect(WRITES);
        }
        for column in dataset.columns.iter().filter(|column| !column.terms.is_empty()) {
            let words = column.terms.iter().map(|(id, label)| format!("`{id}` {label}")).collect::<Vec<_>>();
            writeln!(text, "\n`{}`：{}", column.name, words.join(" · ")).expect(WRITES);
        }
    }
    text
}

const INTRODUCTION: &str = "\
# 数据字典

由 `yusuan schema --format md` 写出，与代码同源；改动列之后用 `YUSUAN_GOLDEN_UPDATE=1 cargo test -p yusuan-export` 更新。

CSV 与 Parquet 的列名、行、顺序相同。空字段在 Parquet 中为空值。金额一律以元计：CSV 中是精确小数，Parquet 中是
decimal128(24, 4)；小数超过四位或整数超过二十位的金额在 Parquet、SQLite 中留空，并在 documents 的 flags 中注明，绝不悄悄舍入。
SQLite 没有十进制小数，每个金额有两列：以元计的，和名称加 `_x10000`、以万分之一元计的整数，求和用后者没有误差；
922 万亿元以上的金额超出后者的范围，只有前者，也在 documents 的 flags 中注明。
CSV 中会被电子表格当作公式执行的文字，前面加了撇号；Parquet、SQLite 中照原样。

来源：文件（路径、内容、页码）· 原文（照印出的文字）· 判读（由印出的内容分类、换算）· 计算（由程序统计）· 清单（输入清单给出）。
";

#[derive(Serialize)]
struct JsonDataset<'a> {
    name: &'a str,
    title: &'a str,
    row: &'a str,
    columns: Vec<JsonColumn<'a>>,
}

#[derive(Serialize)]
struct JsonColumn<'a> {
    name: &'a str,
    label: &'a str,
    r#type: &'a str,
    parquet: &'a str,
    unit: &'a str,
    origin: &'a str,
    meaning: &'a str,
    values: Vec<JsonTerm<'a>>,
    several: bool,
}

#[derive(Serialize)]
struct JsonTerm<'a> {
    id: &'a str,
    label: &'a str,
}

fn json(datasets: &[DatasetEntry]) -> String {
    let column = |c: &'_ ColumnEntry| JsonColumn {
        name: c.name,
        label: c.label,
        r#type: c.kind.table_schema(),
        parquet: c.kind.parquet(),
        unit: c.unit,
        origin: c.origin.label_zh(),
        meaning: c.meaning,
        values: c.terms.iter().map(|(id, label)| JsonTerm { id, label }).collect(),
        several: c.many,
    };
    let datasets: Vec<_> = datasets
        .iter()
        .map(|d| JsonDataset {
            name: d.name,
            title: d.title,
            row: d.row,
            columns: d.columns.iter().map(column).collect(),
        })
        .collect();
    let mut text = serde_json::to_string_pretty(&datasets).expect("plain structs of texts are always JSON");
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn the_documentation_is_the_dictionary() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/data-dictionary.md");
        let text = schema(SchemaFormat::Markdown);
        if std::env::var_os("YUSUAN_GOLDEN_UPDATE").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let written = std::fs::read_to_string(&path).unwrap();
        assert!(written == text, "docs/data-dictionary.md is old: YUSUAN_GOLDEN_UPDATE=1 cargo test -p yusuan-export");
    }

    #[test]
    fn the_three_forms_name_every_column() {
        let json: serde_json::Value = serde_json::from_str(&schema(SchemaFormat::Json)).unwrap();
        let columns: usize = json.as_array().unwrap().iter().map(|d| d["columns"].as_array().unwrap().len()).sum();
        assert_eq!(columns, 171);
        let text = schema(SchemaFormat::Text);
        assert_eq!(text.lines().filter(|line| line.starts_with("  ")).count(), 171);
        assert!(text.contains("expenditure_by_use 支出用途"));
    }
}
