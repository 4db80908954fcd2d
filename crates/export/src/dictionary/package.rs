//! datapackage.json: the datasets described in the terms of the Frictionless data package specification, version 1.

use super::entry::{ColumnEntry, DatasetEntry, datasets};
use serde::Serialize;

#[derive(Serialize)]
struct Package {
    profile: &'static str,
    name: &'static str,
    title: &'static str,
    description: &'static str,
    resources: Vec<Resource>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Resource {
    profile: &'static str,
    name: &'static str,
    path: String,
    title: &'static str,
    description: &'static str,
    format: &'static str,
    mediatype: &'static str,
    encoding: &'static str,
    schema: TableSchema,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TableSchema {
    fields: Vec<SchemaField>,
    missing_values: [&'static str; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    primary_key: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    foreign_keys: Vec<ForeignKey>,
}

#[derive(Serialize)]
struct SchemaField {
    name: &'static str,
    title: &'static str,
    r#type: &'static str,
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    constraints: Option<Constraints>,
}

#[derive(Serialize)]
struct Constraints {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    required: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    r#enum: Vec<&'static str>,
}

#[derive(Serialize)]
struct ForeignKey {
    fields: Vec<&'static str>,
    reference: Reference,
}

#[derive(Serialize)]
struct Reference {
    resource: &'static str,
    fields: Vec<&'static str>,
}

/// The description of the CSV datasets. It says nothing of the run, so it is the same in every folder.
pub(crate) fn package() -> String {
    let package = Package {
        profile: "tabular-data-package",
        name: "yusuan",
        title: "部门预算、决算公开数据",
        description: "由 yusuan 从公开文件中提取；金额以元计，每个数注明来源文件、页码和位置。同名的 .parquet 文件列与行相同。",
        resources: datasets().iter().map(resource).collect(),
    };
    let mut text = serde_json::to_string_pretty(&package).expect("plain structs of texts are always JSON");
    text.push('\n');
    text
}

fn resource(dataset: &DatasetEntry) -> Resource {
    Resource {
        profile: "tabular-data-resource",
        name: dataset.name,
        path: format!("{}.csv", dataset.name),
        title: dataset.title,
        description: dataset.row,
        format: "csv",
        mediatype: "text/csv",
        encoding: "utf-8",
        schema: TableSchema {
            fields: dataset.columns.iter().map(|column| field(dataset.name, column)).collect(),
            missing_values: [""],
            primary_key: primary_key(dataset.name).to_vec(),
            foreign_keys: foreign_keys(dataset.name),
        },
    }
}

/// What names a row, where something does.
fn primary_key(dataset: &str) -> &'static [&'static str] {
    match dataset {
        "documents" => &["source"],
        "tables" => &["source", "table_id"],
        "panel" => &["source", "phase", "concept"],
        _ => &[],
    }
}

/// Every row belongs to an input file, every amount, indicator and key figure to a table.
fn foreign_keys(dataset: &str) -> Vec<ForeignKey> {
    let key = |resource, fields: &[&'static str]| ForeignKey {
        fields: fields.to_vec(),
        reference: Reference { resource, fields: fields.to_vec() },
    };
    match dataset {
        "documents" => Vec::new(),
        "facts" | "indicators" | "panel" => vec![key("documents", &["source"]), key("tables", &["source", "table_id"])],
        _ => vec![key("documents", &["source"])],
    }
}

fn field(dataset: &str, column: &ColumnEntry) -> SchemaField {
    let required = primary_key(dataset).contains(&column.name) || column.name == "source";
    // A field that joins several words by `;` can't be held to a list.
    let words = if column.many { Vec::new() } else { column.terms.iter().map(|(id, _)| *id).collect() };
    let unit = if column.unit.is_empty() { String::new() } else { format!("（单位：{}）", column.unit) };
    SchemaField {
        name: column.name,
        title: column.label,
        r#type: column.kind.table_schema(),
        description: format!("{}{unit}", column.meaning),
        constraints: (required || !words.is_empty()).then_some(Constraints { required, r#enum: words }),
    }
}
