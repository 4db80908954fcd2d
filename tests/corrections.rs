//! What a reviewer corrected: applied, refused, listed.

use crate::made::{Folder, column, dataset, yusuan};
use calamine::{Data, Reader, Xlsx, open_workbook};
use std::path::Path;

const HEADER: &str = "doc_id,table_id,row,col,printed,corrected,by,at,note\n";

/// Converts with these lines of corrections; gives the exit status and what was said.
fn convert(folder: &Folder, lines: &str) -> (i32, String) {
    let file = folder.file("corrections.csv", format!("{HEADER}{lines}").as_bytes());
    let mut command = yusuan();
    command.arg("convert").arg(folder.path("in")).arg("-o").arg(folder.path("out")).arg("--corrections").arg(file);
    let output = command.output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// A field of the amount at a row and column.
fn amount(out: &Path, (row, col): (&str, &str), field: &str) -> String {
    let rows = dataset(out, "facts.csv");
    let of = |fields: &[(String, String)], name: &str| fields.iter().find(|(n, _)| n == name).unwrap().1.clone();
    let fact = rows.iter().find(|fields| of(fields, "row") == row && of(fields, "col") == col).unwrap();
    of(fact, field)
}

fn doc_id(folder: &Folder) -> String {
    folder.sheet("in/a.xlsx", 3.0);
    assert_eq!(convert(folder, "").0, 0);
    column(&folder.path("out"), "documents.csv", "doc_id").remove(0)
}

#[test]
fn a_correction_reaches_every_output_and_the_printed_text_stays() {
    let folder = Folder::new();
    let id = doc_id(&folder);
    let out = folder.path("out");
    assert!(!out.join("corrections.csv").exists());
    let (status, said) = convert(&folder, &format!("{id},t01,4,3,3,30.50,甲,2024-05-01,看错了\n"));
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("更正 1 条：采用 1，未采用 0"), "{said}");
    let field = |name| amount(&out, ("4", "3"), name);
    assert_eq!(
        (field("value_text"), field("value"), field("flags")),
        ("3".into(), "305000".into(), "check_failed;corrected".into())
    );
    assert_eq!(amount(&out, ("5", "3"), "value"), "20000");
    assert!(column(&out, "checks.csv", "status").contains(&"failed".to_owned()));
    let mut workbook: Xlsx<_> = open_workbook(out.join("workbooks/a.xlsx.xlsx")).unwrap();
    let sheet = workbook.sheet_names()[1].clone();
    let numbers = workbook.worksheet_range(&sheet).unwrap();
    assert!(numbers.used_cells().any(|(_, _, cell)| *cell == Data::Float(30.5)), "{numbers:?}");
    assert_eq!(column(&out, "corrections.csv", "corrected"), ["30.50"]);
    assert_eq!(column(&out, "corrections.csv", "note"), ["看错了"]);
    // The list of what was applied is itself a file of corrections.
    let list = std::fs::read_to_string(out.join("corrections.csv")).unwrap();
    let (_, lines) = list.split_once('\n').unwrap();
    assert_eq!(convert(&folder, lines).0, 0);
    assert_eq!(field("value"), "305000");
    // They hold until others are given.
    let (input, out_again) = (folder.path("in"), folder.path("out"));
    assert_eq!(crate::made::convert(&input, &out_again), 0);
    assert_eq!(
        (field("value"), column(&out, "corrections.csv", "corrected")),
        ("305000".into(), vec!["30.50".to_owned()])
    );
    // With a list that has none nothing of them stays.
    assert_eq!(convert(&folder, "").0, 0);
    assert_eq!((field("value"), field("flags")), ("30000".into(), String::new()));
    assert!(!out.join("corrections.csv").exists());
}

#[test]
fn a_correction_that_no_longer_fits_is_refused_and_said() {
    let folder = Folder::new();
    let id = doc_id(&folder);
    let (status, said) = convert(&folder, &format!("{id},t01,4,3,31,30.5,,,\nffffffffffffffff,t01,1,1,1,2,,,\n"));
    assert_eq!(status, 3);
    assert!(said.contains("更正 2 条：采用 0，未采用 1，1 条没有所属的文件"), "{said}");
    assert!(said.contains("a.xlsx：t01 第 4 行第 3 列，原文对不上：更正时是“31”，现在读到“3”"), "{said}");
    assert_eq!(amount(&folder.path("out"), ("4", "3"), "value"), "30000");
    assert!(!folder.path("out/corrections.csv").exists());
}

#[test]
fn an_unusable_file_of_corrections_stops_before_anything_is_written() {
    let folder = Folder::new();
    folder.sheet("in/a.xlsx", 3.0);
    let (status, said) = convert(&folder, "ab,t01,x,1,1,2,,,\n");
    assert_eq!(status, 2);
    assert!(said.contains("corrections.csv：第 2 行的 row 不是正整数"), "{said}");
    assert!(!folder.path("out/documents.csv").exists());
    let mut command = yusuan();
    let missing = folder.path("none.csv");
    command.arg("convert").arg(folder.path("in")).arg("-o").arg(folder.path("out")).arg("--corrections").arg(missing);
    command.assert().code(2);
}
