//! What people say of tables, and what they correct while the program serves: the command line gives the same.

use crate::drawn::{COLUMNS, GRID, OUTLINE, words_in_columns};
use crate::made::{Folder, column, contents, yusuan};
use crate::served::Server;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// A file of hints about the made PDF.
fn hints_file(folder: &Folder, hints: &Value) -> PathBuf {
    let text = json!({"version": 1, "documents": [{"source": "a.pdf", "hints": hints}]}).to_string();
    folder.file("hints.json", text.as_bytes())
}

fn table() -> Value {
    json!({"kind": "table", "page": 1, "bbox": OUTLINE, "columns": COLUMNS, "header_rows": 1})
}

/// The rows of the tables of the made PDF, and what was said.
fn tables(file: &Path, more: &[&str]) -> (Vec<Value>, String) {
    let output = yusuan().arg("tables").arg(file).args(["--format", "json"]).args(more).output().unwrap();
    let tables: Value = serde_json::from_slice(&output.stdout).unwrap_or(json!([]));
    let rows = tables.as_array().unwrap().iter().map(|table| table["rows"].clone()).collect();
    (rows, String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_drawn_table_has_the_columns_that_were_drawn() {
    let folder = Folder::new();
    let file = folder.file("a.pdf", &words_in_columns());
    assert!(!tables(&file, &[]).0.contains(&json!(GRID)));
    let hints = hints_file(&folder, &json!([table()]));
    assert_eq!(tables(&file, &["--hints", hints.to_str().unwrap()]).0, [json!(GRID)]);
    let none = hints_file(&folder, &json!([table(), {"kind": "not_a_table", "page": 1, "bbox": [0, 300, 595, 400]}]));
    let (rows, said) = tables(&file, &["--hints", none.to_str().unwrap()]);
    assert_eq!(rows, [json!(GRID)]);
    assert!(said.contains("第 2 条没有用上：第 1 页的方框里没有表"), "{said}");
}

/// Converts with a file of hints, or none; gives the status, how many were read, and what was said.
fn convert(folder: &Folder, hints: Option<&Path>) -> (i32, u64, String) {
    let mut command = yusuan();
    command.arg("convert").arg(folder.path("in")).arg("-o").arg(folder.path("out")).args([
        "-f",
        "csv",
        "--message-format",
        "json",
    ]);
    if let Some(hints) = hints {
        command.arg("--hints").arg(hints);
    }
    let output = command.output().unwrap();
    let events = String::from_utf8(output.stdout).unwrap();
    let end: Value = events.lines().last().map_or(Value::Null, |line| serde_json::from_str(line).unwrap());
    (output.status.code().unwrap(), end["read"].as_u64().unwrap_or(99), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_hint_is_part_of_a_result_and_holds_until_others_are_given() {
    let folder = Folder::new();
    folder.file("in/a.pdf", &words_in_columns());
    folder.sheet("in/b.xlsx", 3.0);
    let out = folder.path("out");
    let cells = |source: &str| {
        let own = column(&out, "tables.csv", "source").into_iter().zip(column(&out, "tables.csv", "cols"));
        own.filter(|(of, _)| of == source).map(|(_, cols)| cols).collect::<Vec<_>>()
    };
    assert_eq!(convert(&folder, None).1, 2);
    let before = cells("a.pdf");
    let hints = hints_file(&folder, &json!([table()]));
    let (_, read, said) = convert(&folder, Some(&hints));
    assert_eq!(read, 1, "only the document that it is about is read again: {said}");
    assert_ne!(cells("a.pdf"), before);
    assert_eq!(cells("a.pdf"), ["2"]);
    assert_eq!(convert(&folder, None).1, 0);
    assert_eq!(cells("a.pdf"), ["2"]);
    // Others, of which one meets nothing.
    let wrong = hints_file(&folder, &json!([{"kind": "table", "page": 7, "bbox": OUTLINE, "columns": []}]));
    let (status, read, _) = convert(&folder, Some(&wrong));
    assert_eq!((status, read), (3, 1));
    assert!(column(&out, "documents.csv", "error").iter().any(|error| error.contains("第 1 条没有用上：没有第 7 页")));
    let elsewhere = folder.file(
        "hints.json",
        json!({"version": 1, "documents": [{"doc_id": "ffffffffffffffff", "hints": [table()]}]}).to_string().as_bytes(),
    );
    let (status, _, said) = convert(&folder, Some(&elsewhere));
    assert!(status == 3 && said.contains("没有文件是 ffffffffffffffff"), "{said}");
    assert_eq!(cells("a.pdf"), before);
}

#[test]
fn a_wrong_file_of_hints_is_refused_with_what_to_do() {
    let folder = Folder::new();
    folder.file("in/a.pdf", &words_in_columns());
    let wrong = hints_file(&folder, &json!([table(), {"kind": "table", "page": 1, "bbox": OUTLINE}]));
    let (status, _, said) = convert(&folder, Some(&wrong));
    assert_eq!(status, 2);
    for word in ["hints.json", "第 1 份", "第 2 条", "columns"] {
        assert!(said.contains(word), "{word}: {said}");
    }
    assert!(!folder.path("out/documents.csv").exists());
}

#[test]
fn parts_of_a_sheet_are_tables_and_nothing_beside_them_is_lost() {
    let folder = Folder::new();
    let file = folder.sheet("a.xlsx", 3.0);
    let (whole, _) = tables(&file, &[]);
    let count = whole[0].as_array().unwrap().len();
    let named = |hints: &Value| {
        let text = json!({"version": 1, "documents": [{"source": "a.xlsx", "hints": hints}]}).to_string();
        let path = folder.file("sheet.json", text.as_bytes());
        tables(&file, &["--hints", path.to_str().unwrap()])
    };
    let (parts, _) = named(&json!([{"kind": "cells", "table": 1, "cells": [1, 1, 2, 2]}]));
    assert_eq!(parts.len(), whole.len() + 1);
    assert_eq!((parts[0].as_array().unwrap().len(), parts[1].as_array().unwrap().len()), (2, count - 2));
    let (none, _) = named(&json!([{"kind": "no_table", "table": 1}]));
    assert_eq!(none.len(), whole.len() - 1);
    assert!(named(&json!([{"kind": "no_table", "table": 9}])).1.contains("没有第 9 张表"));
    assert!(named(&json!([table()])).1.contains("这份文件没有页"));
}

/// The files of a folder but what tells when they were made.
fn outputs(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let told = |name: &str| ["corrections.csv", "overview.xlsx"].contains(&name) || name.starts_with("logs");
    contents(folder)
        .into_iter()
        .filter(|(path, _)| !told(&path.to_string_lossy()) && !path.starts_with("review") && !path.starts_with("logs"))
        .collect()
}

#[allow(clippy::too_many_lines, reason = "one story")]
#[test]
fn corrections_and_hints_of_the_browser_give_what_the_command_line_gives() {
    let folder = Folder::new();
    let server = Server::start(&folder.path("shelf"), &[]);
    let project = server.project("p");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/三门峡市科学技术协会2024年部门预算.pdf");
    server.upload(&project, "a.pdf", &words_in_columns());
    server.upload(&project, "b.pdf", &std::fs::read(sample).unwrap());
    let listing = server.finished(&project);
    let doc = |source: &str| {
        let row = listing["rows"].as_array().unwrap().iter().find(|row| row["source"] == source).unwrap();
        row["doc_id"].as_str().unwrap().to_owned()
    };
    let (first, second) = (doc("a.pdf"), doc("b.pdf"));
    let p = folder.path("shelf/p");
    // What is handed out waits for the run that follows a change.
    let settled = || {
        server.get(&format!("{project}/get/panel.csv"));
        server.finished(&project);
    };
    settled();
    let plain = outputs(&p.join("out"));
    let correct = |corrections: Value, known: &Value| {
        let body = json!({"corrections": corrections, "known": known, "who": "甲"});
        server.post(&format!("{project}/api/d/{second}/corrections"), &body).json()
    };
    let wanted = json!([{"table_id": "t01", "row": 3, "col": 2, "printed": "377.6", "corrected": "77.77"}]);
    let answer = correct(wanted, &json!([]));
    assert_eq!(answer["document"]["corrections"][0]["refusal"], "", "{answer}");
    let drawn =
        server.post(&format!("{project}/api/d/{first}/hints"), &json!({"hints": [table()], "who": "乙"})).json();
    assert_eq!(drawn["document"]["tables"][0]["cols"], 2, "{drawn}");
    let bad =
        server.post(&format!("{project}/api/d/{first}/hints"), &json!({"hints": [{"kind": "table"}], "who": "乙"}));
    assert!(bad.status == 400 && bad.text().contains("page"), "{}", bad.text());
    settled();
    // The same by the command line, from nothing.
    let again = |out: &str| {
        let mut command = yusuan();
        command.arg("convert").arg(p.join("inputs")).arg("-o").arg(folder.path(out)).args([
            "-f",
            "csv,xlsx,parquet,review",
            "-q",
        ]);
        command
            .arg("--corrections")
            .arg(p.join("corrections.csv"))
            .arg("--hints")
            .arg(p.join("hints.json"))
            .output()
            .unwrap();
        outputs(&folder.path(out))
    };
    let differ = |ours: &[(PathBuf, Vec<u8>)], theirs: &[(PathBuf, Vec<u8>)]| {
        let shared = ours
            .iter()
            .filter_map(|(path, bytes)| Some((path, bytes, &theirs.iter().find(|(other, _)| other == path)?.1)));
        shared.filter(|(_, a, b)| a != b).map(|(path, ..)| path.display().to_string()).collect::<Vec<_>>()
    };
    let served = outputs(&p.join("out"));
    assert_eq!(differ(&served, &again("one")), Vec::<String>::new());
    assert!(differ(&served, &plain).contains(&"facts.csv".to_owned()));
    let log = server.get(&format!("{project}/api/d/{second}/log")).json();
    assert_eq!(
        (&log["changes"][0]["place"], &log["changes"][0]["before"], &log["changes"][0]["after"]),
        (&json!("t01!R3C2"), &json!("377.6"), &json!("77.77")),
        "{log}"
    );
    // Undone, all is as it was.
    correct(json!([]), &answer["document"]["corrections"]);
    server.post(&format!("{project}/api/d/{first}/hints"), &json!({"hints": [], "who": "乙"}));
    settled();
    assert_eq!(differ(&outputs(&p.join("out")), &plain), Vec::<String>::new());
}
