//! datapackage.json: the datasets described in the terms of the Frictionless data package specification, version 1.

use super::entry::{ColumnEntry, DatasetEntry, datasets};
use super::fiscal::{column_type, role};
use crate::dataset::keys::{foreign_keys, primary_key};
use crate::words::Kind;
use serde::Serialize;

#[derive(Serialize)]
struct Package {
    profile: &'static str,
    name: &'static str,
    title: &'static str,
    description: &'static str,
    resources: Vec<AnyResource>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum AnyResource {
    Table(Resource),
    File(FileResource),
}

/// A file that holds the same rows in another format, or shows them to people. Without `type` it would be read as a table.
#[derive(Serialize)]
struct FileResource {
    profile: &'static str,
    r#type: &'static str,
    name: String,
    path: String,
    title: String,
    format: &'static str,
    mediatype: &'static str,
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
    /// The Fiscal Data Package's name for what the column holds.
    #[serde(rename = "columnType", skip_serializing_if = "Option::is_none")]
    column_type: Option<&'static str>,
    /// Whether it is a measure or a dimension of the amounts.
    #[serde(rename = "fiscalRole", skip_serializing_if = "Option::is_none")]
    fiscal_role: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<&'static str>,
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

/// The description of the CSV datasets, and of the files over all documents that stand beside them under these names. It says
/// nothing else of the run.
pub(crate) fn package(beside: &[String]) -> String {
    let tables = datasets().into_iter().map(|dataset| AnyResource::Table(resource(&dataset)));
    let files = beside.iter().filter_map(|path| file_resource(path)).map(AnyResource::File);
    let package = Package {
        // Its files are of several kinds, so it is no `tabular-data-package`.
        profile: "data-package",
        name: "yusuan",
        title: "部门预算、决算公开数据",
        description: "由 yusuan 从公开文件中提取；金额以元计，每个数注明来源文件、页码和位置。同名的 .parquet 文件列与行相同。\
                      每份文件自己的结果在 workbooks/（工作簿）、tables/（每张表一个 CSV）、review/（审阅网页）中，不逐个列在这里。",
        resources: tables.chain(files).collect(),
    };
    let mut text = serde_json::to_string_pretty(&package).expect("plain structs of texts are always JSON");
    text.push('\n');
    text
}

/// A file of a known kind; the name of a resource has no dots or slashes.
fn file_resource(path: &str) -> Option<FileResource> {
    let (stem, format) = path.rsplit_once('.')?;
    let (format, mediatype, kind) = match format {
        "parquet" => ("parquet", "application/vnd.apache.parquet", "Parquet"),
        "sqlite" => ("sqlite", "application/vnd.sqlite3", "SQLite 数据库"),
        "xlsx" => ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel 工作簿"),
        "html" => ("html", "text/html", "审阅网页"),
        _ => return None,
    };
    let known = datasets().into_iter().find(|dataset| dataset.name == stem);
    let title = known.map_or_else(|| kind.to_owned(), |dataset| format!("{}（{kind}）", dataset.title));
    let name = format!("{}-{format}", stem.replace('/', "-"));
    Some(FileResource {
        profile: "data-resource",
        r#type: "file",
        name,
        path: path.to_owned(),
        title,
        format,
        mediatype,
    })
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
            foreign_keys: references(dataset.name),
        },
    }
}

/// Every row belongs to an input file, every amount, indicator and key figure to a table.
fn references(dataset: &str) -> Vec<ForeignKey> {
    let key = |(resource, fields): &(&'static str, &'static [&'static str])| ForeignKey {
        fields: fields.to_vec(),
        reference: Reference { resource, fields: fields.to_vec() },
    };
    foreign_keys(dataset).iter().map(key).collect()
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
        column_type: column_type(dataset, column),
        fiscal_role: role(dataset, column),
        currency: (column.kind == Kind::Amount).then_some("CNY"),
        constraints: (required || !words.is_empty()).then_some(Constraints { required, r#enum: words }),
    }
}
