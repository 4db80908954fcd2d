//! CSV, Parquet and workbooks hold the same rows and the same numbers, for the samples.
#![allow(clippy::unwrap_used, reason = "a test that can't be set up must fail, in its helpers too")]

use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal128Type, Float64Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use calamine::{Data, Reader, Xlsx, open_workbook};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use tempfile::TempDir;
use yusuan_export::{
    DocumentRecord, DocumentStatus, ExportOptions, Keeper, OutputFormat, sha256_hex, standing_formats, write,
    write_datasets,
};
use yusuan_extract::Limits;
use yusuan_normalize::{Context, normalize};

const DATASETS: [&str; 7] = ["documents", "tables", "facts", "indicators", "prose", "checks", "panel"];

/// The samples, converted, with a file that failed.
static RECORDS: LazyLock<Vec<DocumentRecord>> = LazyLock::new(|| {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    let mut paths: Vec<PathBuf> = fs::read_dir(samples).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e != "md"));
    paths.sort();
    let mut records: Vec<DocumentRecord> = paths.iter().map(|path| record(path)).collect();
    records.push(DocumentRecord {
        status: DocumentStatus::Failed,
        error: "=1+1".to_owned(),
        document: None,
        source: "空.pdf".to_owned(),
        ..records[0].clone()
    });
    assert_eq!(records.len(), 6);
    records
});

fn record(path: &Path) -> DocumentRecord {
    let bytes = fs::read(path).unwrap();
    let source = path.file_name().unwrap().to_str().unwrap().to_owned();
    let extraction = yusuan_extract::from_bytes(&bytes, &Limits::default()).unwrap();
    let format = extraction.format.as_str().to_owned();
    let document = normalize(extraction, &Context::for_source(&source));
    let sha256 = sha256_hex(&bytes);
    DocumentRecord {
        doc_id: sha256[..16].to_owned(),
        source,
        format,
        bytes: bytes.len() as u64,
        sha256,
        status: DocumentStatus::Ok,
        error: String::new(),
        source_url: String::new(),
        superseded_by: String::new(),
        rivals: Vec::new(),
        document: Some(document),
    }
}

/// The samples written once.
static OUT: LazyLock<TempDir> = LazyLock::new(|| {
    let out = tempfile::tempdir().unwrap();
    let report = write(out.path(), &RECORDS, &ExportOptions::default()).unwrap();
    assert_eq!((report.datasets, report.workbooks), (7, 5));
    out
});

type Row = BTreeMap<String, String>;

fn csv_rows(name: &str) -> (Vec<String>, Vec<Row>) {
    let mut reader = csv::Reader::from_path(OUT.path().join(format!("{name}.csv"))).unwrap();
    let names: Vec<String> =
        reader.headers().unwrap().iter().map(|name| name.trim_start_matches('\u{feff}').to_owned()).collect();
    let rows = reader.records().map(|record| {
        let record = record.unwrap();
        names.iter().cloned().zip(record.iter().map(str::to_owned)).collect()
    });
    let rows = rows.collect();
    (names, rows)
}

fn batches(name: &str) -> Vec<RecordBatch> {
    let file = fs::File::open(OUT.path().join(format!("{name}.parquet"))).unwrap();
    ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap().map(Result::unwrap).collect()
}

/// A field as the CSV would have it.
fn field(array: &dyn Array, row: usize) -> String {
    if array.is_null(row) {
        return String::new();
    }
    match array.data_type() {
        DataType::Utf8 => yusuan_export::neutralize(array.as_string::<i32>().value(row)).into_owned(),
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row).to_string(),
        DataType::Boolean => array.as_boolean().value(row).to_string(),
        DataType::Float64 => array.as_primitive::<Float64Type>().value(row).to_string(),
        DataType::Decimal128(24, 4) => {
            let stored = array.as_primitive::<Decimal128Type>().value(row);
            Decimal::from_i128_with_scale(stored, 4).normalize().to_string()
        }
        DataType::Dictionary(_, _) => {
            let terms = array.as_dictionary::<arrow_array::types::Int32Type>();
            let key = terms.keys().value(row) as usize;
            yusuan_export::neutralize(terms.values().as_string::<i32>().value(key)).into_owned()
        }
        other => panic!("no column is {other}"),
    }
}

#[test]
fn csv_and_parquet_have_the_same_columns_rows_and_values() {
    let mut compared = 0;
    for name in DATASETS {
        let (names, rows) = csv_rows(name);
        let batches = batches(name);
        let mut at = 0;
        for batch in &batches {
            let schema = batch.schema();
            let columns: Vec<&str> = schema.fields().iter().map(|f| f.name().as_str()).collect();
            assert_eq!(columns, names, "{name}");
            for row in 0..batch.num_rows() {
                for (index, column) in columns.iter().enumerate() {
                    let amount =
                        matches!(batch.column(index).data_type(), DataType::Decimal128(..) | DataType::Float64);
                    let (mut left, right) = (rows[at][*column].clone(), field(batch.column(index), row));
                    if amount && !left.is_empty() {
                        left = left.parse::<Decimal>().unwrap().normalize().to_string();
                    }
                    assert_eq!(left, right, "{name} row {at} {column}");
                    compared += 1;
                }
                at += 1;
            }
        }
        assert_eq!(at, rows.len(), "{name}");
    }
    assert!(compared > 60_000, "{compared}");
}

#[test]
fn parquet_is_compressed_and_has_statistics_and_dictionaries() {
    let file = fs::File::open(OUT.path().join("facts.parquet")).unwrap();
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
    let group = builder.metadata().row_group(0);
    assert_eq!(group.num_columns(), 53);
    for column in group.columns() {
        assert!(matches!(column.compression(), Compression::ZSTD(_)), "{}", column.column_path());
        assert!(column.statistics().is_some(), "{}", column.column_path());
    }
    let schema = builder.schema();
    let is = |name: &str, wanted: &DataType| schema.field_with_name(name).unwrap().data_type() == wanted;
    assert!(is("value", &DataType::Decimal128(24, 4)) && is("row_label", &DataType::Utf8));
    let term = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    assert!(is("table_type", &term) && is("source", &term));
}

#[test]
fn the_descriptions_are_of_the_columns_that_are_written() {
    let package: serde_json::Value =
        serde_json::from_slice(&fs::read(OUT.path().join("datapackage.json")).unwrap()).unwrap();
    let schema: serde_json::Value =
        serde_json::from_str(&yusuan_export::schema(yusuan_export::SchemaFormat::Json)).unwrap();
    let mut described = 0;
    for name in DATASETS {
        let (names, rows) = csv_rows(name);
        let of =
            |list: &serde_json::Value| list.as_array().unwrap().iter().find(|d| d["name"] == name).unwrap().clone();
        let (resource, dataset) = (of(&package["resources"]), of(&schema));
        assert_eq!(resource["path"], format!("{name}.csv"));
        let listed = |fields: &serde_json::Value| -> Vec<String> {
            fields.as_array().unwrap().iter().map(|f| f["name"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(listed(&resource["schema"]["fields"]), names);
        assert_eq!(listed(&dataset["columns"]), names);
        let batch = &batches(name)[0];
        for column in dataset["columns"].as_array().unwrap() {
            let (id, parquet) = (column["name"].as_str().unwrap(), column["parquet"].as_str().unwrap());
            let stored = match batch.column_by_name(id).unwrap().data_type() {
                DataType::Utf8 => "string",
                DataType::Dictionary(..) => "dictionary<string>",
                DataType::Int64 => "int64",
                DataType::Float64 => "double",
                DataType::Boolean => "boolean",
                _ => "decimal128(24,4)",
            };
            assert_eq!(parquet, stored, "{name}.{id}");
            let words: BTreeSet<&str> =
                column["values"].as_array().unwrap().iter().map(|v| v["id"].as_str().unwrap()).collect();
            let several = column["several"].as_bool().unwrap();
            for row in rows.iter().filter(|_| !words.is_empty()) {
                let written: Vec<&str> = if several { row[id].split(';').collect() } else { vec![&row[id]] };
                assert!(written.iter().all(|w| w.is_empty() || words.contains(w)), "{name}.{id}: {written:?}");
            }
            described += 1;
        }
    }
    assert_eq!(described, 171);
}

#[test]
fn no_text_is_a_formula() {
    let mut workbook: Xlsx<_> = open_workbook(OUT.path().join("overview.xlsx")).unwrap();
    let names = workbook.sheet_names();
    // The only formulas are the ways to a document's workbook and page.
    let mut links = 0;
    for name in &names {
        for (_, _, formula) in workbook.worksheet_formula(name).unwrap().used_cells() {
            let address = formula
                .trim_start_matches('=')
                .strip_prefix("HYPERLINK(\"")
                .and_then(|rest| rest.strip_suffix("\",\"打开\")"));
            assert!(
                address.is_some_and(|address| address.starts_with("workbooks/") && !address.contains('"')),
                "{formula}"
            );
            links += 1;
        }
    }
    assert!(links > 1000, "{links}");
    let failed = workbook.worksheet_range("未完整读出").unwrap();
    assert!(failed.used_cells().any(|(_, _, cell)| *cell == Data::String("=1+1".to_owned())));
    let (_, documents) = csv_rows("documents");
    assert!(documents.iter().any(|row| row["error"] == "'=1+1"));
}

/// A sheet's rows below its header, by the header's words.
fn sheet_rows(workbook: &mut Xlsx<std::io::BufReader<fs::File>>, name: &str) -> Vec<BTreeMap<String, Data>> {
    let range = workbook.worksheet_range(name).unwrap();
    // Above the header stands the way back.
    let mut rows = range.rows().skip(1);
    let head: Vec<String> = rows.next().unwrap().iter().map(ToString::to_string).collect();
    rows.map(|row| head.iter().cloned().zip(row.iter().cloned()).collect()).collect()
}

/// A number or its text, exactly.
fn exact(data: &Data) -> String {
    match data {
        Data::Float(number) => number.to_string().parse::<Decimal>().unwrap().normalize().to_string(),
        Data::String(text) => text.clone(),
        _ => String::new(),
    }
}

type Key = (String, String, String, String, String);

fn csv_keys() -> Vec<Key> {
    let (_, facts) = csv_rows("facts");
    let mut keys: Vec<Key> = facts
        .iter()
        .map(|row| {
            let value = row["value"].parse::<Decimal>().map_or(String::new(), |v| v.normalize().to_string());
            (row["source"].clone(), row["row"].clone(), row["col"].clone(), row["table_id"].clone(), value)
        })
        .collect();
    keys.sort();
    keys
}

#[test]
fn the_overview_has_every_fact_in_the_sheet_of_its_table_type() {
    let mut workbook: Xlsx<_> = open_workbook(OUT.path().join("overview.xlsx")).unwrap();
    let labels: BTreeSet<&str> = yusuan_normalize::TableType::ALL.iter().map(|t| t.label_zh()).collect();
    let mut keys = Vec::new();
    for name in workbook.sheet_names().into_iter().filter(|name| labels.contains(name.as_str())) {
        for row in sheet_rows(&mut workbook, &name) {
            let text = |label: &str| exact(&row[label]);
            keys.push((text("来源"), text("行"), text("列"), text("表编号"), text("金额（元）")));
        }
    }
    keys.sort();
    assert!(keys.len() > 1000);
    assert_eq!(keys, csv_keys());
}

#[test]
fn each_workbook_has_its_facts_exactly() {
    let mut keys: Vec<Key> = Vec::new();
    for record in RECORDS.iter().filter(|record| record.document.is_some()) {
        let mut workbook: Xlsx<_> = open_workbook(yusuan_export::workbook_path(OUT.path(), &record.source)).unwrap();
        let names = workbook.sheet_names();
        assert_eq!((names.first().map(String::as_str), names.last().map(String::as_str)), (Some("概览"), Some("说明")));
        let facts = record.document.iter().flat_map(|d| &d.statements).map(|s| s.facts.len()).sum::<usize>();
        if facts == 0 {
            continue;
        }
        for row in sheet_rows(&mut workbook, "明细") {
            let text = |label: &str| exact(&row[label]);
            keys.push((record.source.clone(), text("行"), text("列"), text("表编号"), text("金额（元）")));
        }
    }
    keys.sort();
    assert_eq!(keys, csv_keys());
}

#[test]
fn the_printed_sheets_show_the_facts_in_their_printed_units() {
    let mut compared = 0;
    for record in RECORDS.iter() {
        let Some(document) = &record.document else { continue };
        let mut workbook: Xlsx<_> = open_workbook(yusuan_export::workbook_path(OUT.path(), &record.source)).unwrap();
        let names = workbook.sheet_names();
        for (statement, name) in document.statements.iter().zip(&names[1..]) {
            let range = workbook.worksheet_range(name).unwrap();
            let mut shown: BTreeMap<String, usize> = BTreeMap::new();
            for (_, _, cell) in range.used_cells() {
                *shown.entry(exact(cell)).or_default() += 1;
            }
            for fact in &statement.facts {
                let (Some(value), Some(unit)) = (fact.value, fact.unit) else { continue };
                let printed = (value / unit.factor()).normalize().to_string();
                let text = &statement.raw.cells[fact.cell].text;
                let known = shown.get_mut(&printed).filter(|count| **count > 0);
                match known {
                    Some(count) => *count -= 1,
                    // An amount inside a longer text stays text.
                    None => assert!(shown.contains_key(text), "{} {name}: {printed} {text}", record.source),
                }
                compared += 1;
            }
        }
    }
    assert!(compared > 1000, "{compared}");
}

#[test]
fn formats_that_are_not_asked_for_stay() {
    let out = tempfile::tempdir().unwrap();
    let keeper = std::sync::Arc::new(Keeper::open(out.path()));
    write_datasets(&keeper, &RECORDS[..1], &ExportOptions::default()).unwrap();
    let names = |folder: &Path| -> BTreeSet<String> {
        let entries = fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
        entries.filter(|name| !name.starts_with('.')).collect()
    };
    assert_eq!(names(out.path()).len(), 16);
    let mut csv = ExportOptions::default();
    csv.formats = BTreeSet::from([OutputFormat::Csv]);
    for only_formats in [true, false] {
        csv.only_formats = only_formats;
        write_datasets(&keeper, &RECORDS[..1], &csv).unwrap();
        assert_eq!(names(out.path()).len(), 16);
    }
    assert_eq!(standing_formats(out.path()), BTreeSet::from([OutputFormat::Xlsx, OutputFormat::Parquet]));
}

/// The answer of the snippets that README shows, and that of the rows that may be summed.
#[test]
fn the_three_public_ranking_is_the_one_of_the_snippets() {
    let text = |batch: &RecordBatch, name: &str, row| field(batch.column_by_name(name).unwrap(), row);
    let mut printed: Vec<(Decimal, String)> = Vec::new();
    for batch in batches("panel") {
        for row in 0..batch.num_rows() {
            let wanted = [
                ("concept", "three_public"),
                ("phase", "approved"),
                ("document_kind", "budget"),
                ("entity_scope", "department"),
            ];
            if wanted.iter().all(|(name, value)| text(&batch, name, row) == *value) {
                printed.push((text(&batch, "value", row).parse().unwrap(), text(&batch, "body_id", row)));
            }
        }
    }
    printed.sort_by(|a, b| b.cmp(a));
    let shown: Vec<String> =
        printed.iter().map(|(sum, body)| format!("{body} {}", (sum / Decimal::from(10_000)).normalize())).collect();
    assert_eq!(shown, ["500112-科学技术协会 10.1", "513400-科学技术协会 9.89", "410800-科学技术协会 4.6"]);
    let mut sums: Vec<Decimal> = Vec::new();
    for (_, body) in &printed {
        let source = batches("documents").iter().find_map(|batch| {
            (0..batch.num_rows())
                .find(|row| text(batch, "body_id", *row) == *body)
                .map(|row| text(batch, "source", row))
        });
        let mut sum = Decimal::ZERO;
        for batch in batches("facts") {
            for row in 0..batch.num_rows() {
                let about = text(&batch, "row_label", row) + &text(&batch, "column_path", row);
                let wanted = [
                    ("table_type", "three_public"),
                    ("period", "current"),
                    ("additive", "true"),
                    ("column_kind", "item"),
                    ("source", source.as_deref().unwrap()),
                ];
                let item = ["出国", "公务接待", "公务用车"].iter().any(|word| about.contains(word));
                if item && wanted.iter().all(|(name, value)| text(&batch, name, row) == *value) {
                    sum += text(&batch, "value", row).parse::<Decimal>().unwrap();
                }
            }
        }
        sums.push(sum);
    }
    assert_eq!(sums, printed.iter().map(|(value, _)| *value).collect::<Vec<_>>());
}

/// One database with all rows, whose keys hold and whose money is exact; written twice it is the same file.
#[test]
fn the_database_holds_the_same_rows_and_exact_money() {
    let mut options = ExportOptions::default();
    options.formats = BTreeSet::from([OutputFormat::Sqlite]);
    options.only_formats = true;
    let bytes = |out: &TempDir| {
        let keeper = std::sync::Arc::new(Keeper::open(out.path()));
        write_datasets(&keeper, &RECORDS, &options).unwrap();
        fs::read(out.path().join("yusuan.sqlite")).unwrap()
    };
    let (out, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    assert!(bytes(&out) == bytes(&other));
    assert_eq!(standing_formats(out.path()), BTreeSet::from([OutputFormat::Sqlite]));
    let database = rusqlite::Connection::open(out.path().join("yusuan.sqlite")).unwrap();
    let count = |from: &str| -> usize {
        database.query_row(&format!("SELECT count(*) FROM {from}"), [], |row| row.get::<_, i64>(0)).unwrap() as usize
    };
    for name in DATASETS {
        assert_eq!(count(name), csv_rows(name).1.len(), "{name}");
    }
    assert_eq!(count("pragma_foreign_key_check"), 0);
    assert!(count("facts_to_sum") > 100 && count("panel_wide") > 3);
    let mut statement = database.prepare("SELECT cast(value AS TEXT), value_x10000 FROM facts ORDER BY rowid").unwrap();
    let amounts = statement.query_map([], |row| Ok((row.get::<_, Option<String>>(0)?, row.get::<_, Option<i64>>(1)?)));
    let amounts: Vec<_> = amounts.unwrap().map(Result::unwrap).collect();
    for ((shown, exact), row) in amounts.into_iter().zip(csv_rows("facts").1) {
        let wanted = row["value"].parse::<Decimal>().ok();
        assert_eq!(exact.map(|exact| Decimal::new(exact, 4)), wanted, "{row:?}");
        assert_eq!(shown.map(|shown| shown.parse::<Decimal>().unwrap()), wanted, "{row:?}");
    }
}

/// The package names every file over all documents, also one that is made later, and says what the amounts are.
#[test]
fn the_package_names_what_stands_and_says_what_is_measured() {
    let out = tempfile::tempdir().unwrap();
    let keeper = std::sync::Arc::new(Keeper::open(out.path()));
    write_datasets(&keeper, &RECORDS[..1], &ExportOptions::default()).unwrap();
    let mut options = ExportOptions::default();
    options.formats = BTreeSet::from([OutputFormat::Sqlite]);
    options.only_formats = true;
    write_datasets(&keeper, &RECORDS[..1], &options).unwrap();
    let package: serde_json::Value =
        serde_json::from_slice(&fs::read(out.path().join("datapackage.json")).unwrap()).unwrap();
    let resources = package["resources"].as_array().unwrap();
    let named: BTreeSet<&str> = resources.iter().map(|resource| resource["path"].as_str().unwrap()).collect();
    let entries = fs::read_dir(out.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let standing: Vec<String> = entries.filter(|name| !name.starts_with('.') && name != "datapackage.json").collect();
    assert!(standing.len() > 15 && standing.iter().all(|name| named.contains(name.as_str())), "{standing:?} {named:?}");
    let facts = resources.iter().find(|resource| resource["name"] == "facts").unwrap();
    let field = |name: &str| facts["schema"]["fields"].as_array().unwrap().iter().find(|f| f["name"] == name).unwrap();
    assert_eq!(field("value")["fiscalRole"], "measure");
    assert_eq!(field("function_code")["columnType"], "functional-classification:generic:code");
    assert_eq!(field("x0").get("fiscalRole"), None);
    assert_eq!(facts["schema"]["foreignKeys"][1]["reference"]["resource"], "tables");
}
