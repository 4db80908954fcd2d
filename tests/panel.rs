//! One body, one budget, one row: bodies over their names, versions of a document, the panel.

use crate::made::{Folder, column, dataset, yusuan};
use std::path::{Path, PathBuf};

/// Budgets of 省委办公厅 under two names, one of them published twice, and of another body.
fn folder() -> (Folder, PathBuf) {
    let folder = Folder::new();
    folder.sheet("in/a部门预算.xlsx", 30.0);
    folder.sheet("in/b部门预算.xlsx", 31.0);
    folder.sheet("in/c部门预算.xlsx", 40.0);
    folder.sheet("in/d部门预算.xlsx", 50.0);
    let list = "path,region,department,year\na部门预算.xlsx,江苏省,江苏省委办公厅,2024\nb部门预算.xlsx,江苏省,中国共产党江苏省委员会办公厅（本级）,2024\n\
                c部门预算.xlsx,江苏省,中共江苏省委办公厅,2023\nd部门预算.xlsx,江苏省,江苏省财政厅,2024\n";
    let list = folder.file("in/list.csv", list.as_bytes());
    (folder, list)
}

fn run(list: &Path, out: &Path, more: &[&str]) -> String {
    let mut command = yusuan();
    let command = command.args(["convert", "--manifest"]).arg(list).arg("-o").arg(out).args(more);
    String::from_utf8(command.assert().success().get_output().stderr.clone()).unwrap()
}

/// Body, year and value of the rows of a concept.
fn figures(out: &Path, concept: &str) -> Vec<[String; 4]> {
    let rows = dataset(out, "panel.csv");
    let field = |row: &[(String, String)], name: &str| row.iter().find(|(n, _)| n == name).unwrap().1.clone();
    let rows = rows.iter().filter(|row| field(row, "concept") == concept);
    rows.map(|row| ["department", "year", "value", "alternatives"].map(|name| field(row, name))).collect()
}

#[test]
fn a_body_has_one_row_however_it_is_spelled_and_however_often_it_publishes() {
    let (folder, list) = folder();
    let out = folder.path("out");
    let said = run(&list, &out, &["-f", "csv"]);
    assert!(said.contains("b部门预算.xlsx（用 a部门预算.xlsx）"), "{said}");
    let bodies = column(&out, "documents.csv", "body_id");
    assert_eq!(bodies, ["320000-中共委办公厅", "320000-中共委办公厅", "320000-中共委办公厅", "320000-财政厅"]);
    let instead = column(&out, "documents.csv", "superseded_by");
    let ids = column(&out, "documents.csv", "doc_id");
    assert_eq!(instead, ["", &ids[0], "", ""]);
    let disclosures = column(&out, "documents.csv", "disclosure_id");
    assert_eq!(disclosures[0], disclosures[1]);
    let row = |name: &str, year: &str, value: &str, other: &str| [name, year, value, other].map(str::to_owned);
    let office = "中共江苏省委办公厅";
    let expected = [
        row(office, "2024", "300000", "310000"),
        row(office, "2023", "400000", ""),
        row("江苏省财政厅", "2024", "500000", ""),
    ];
    assert_eq!(figures(&out, "expenditure"), expected);
    // The same again from the store, and in parts.
    let again = folder.path("again");
    yusuan().arg("export").arg(&out).args(["-f", "csv", "-o"]).arg(&again).assert().success();
    assert_eq!(figures(&again, "expenditure"), expected);
    let parts = folder.path("parts");
    run(&list, &parts, &["--layout", "parts"]);
    assert!(std::fs::read_to_string(parts.join("parts.json")).unwrap().contains("panel/2024/32/"));
}

#[test]
fn a_list_of_bodies_wins_and_is_remembered() {
    let (folder, list) = folder();
    let out = folder.path("out");
    let bodies =
        folder.file("bodies.csv", "alias,name,id\n江苏省委办公厅,省委办,js1\n江苏省财政厅,省委办,js1\n".as_bytes());
    run(&list, &out, &["-f", "csv", "--bodies", bodies.to_str().unwrap()]);
    assert_eq!(column(&out, "documents.csv", "body_id"), ["js1"; 4]);
    // The next run and other outputs know them without being told again.
    run(&list, &out, &["-f", "csv"]);
    assert_eq!(column(&out, "documents.csv", "body_id"), ["js1"; 4]);
    yusuan().arg("export").arg(&out).args(["-f", "csv"]).assert().success();
    assert_eq!(figures(&out, "expenditure")[0][0], "省委办");
    let nobody = folder.file("nobody.csv", b"alias,name,id\n");
    let others = folder.path("others");
    let export = |more: &Path| {
        yusuan().arg("export").arg(&out).args(["-f", "csv", "-o"]).arg(&others).arg("--bodies").arg(more).assert()
    };
    export(&nobody).success();
    assert_eq!(column(&others, "documents.csv", "body_id")[3], "320000-财政厅");
    let wrong = folder.file("wrong.csv", "alias,name,id\n甲局,甲局,1\n甲局,乙局,2\n".as_bytes());
    let said = String::from_utf8(export(&wrong).code(2).get_output().stderr.clone()).unwrap();
    assert!(said.contains("第 3 行") && said.contains("甲局"), "{said}");
    run(&list, &out, &["-f", "csv", "--bodies", nobody.to_str().unwrap()]);
    assert_eq!(column(&out, "documents.csv", "body_id")[3], "320000-财政厅");
}
