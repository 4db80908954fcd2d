//! What a run leaves behind.

use crate::made::{Folder, column, contents, convert, dataset, yusuan};
use calamine::{Data, Reader, Xlsx, open_workbook};
use predicates::prelude::*;
use rust_decimal::Decimal;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_file_is_in_documents_whatever_became_of_it() {
    let folder = Folder::new();
    folder.sheet("in/a.xlsx", 3.0);
    folder.sheet("in/copy/a.xlsx", 3.0);
    folder.file("in/empty.pdf", b"");
    folder.file("in/readme.txt", b"text");
    folder.file("in/~$a.xlsx", b"lock");
    let out = folder.path("out");
    assert_eq!(convert(&folder.path("in"), &out), 3);
    assert_eq!(column(&out, "documents.csv", "source"), ["a.xlsx", "copy/a.xlsx", "empty.pdf", "readme.txt"]);
    assert_eq!(column(&out, "documents.csv", "status"), ["ok", "duplicate", "failed", "unsupported"]);
    assert_eq!(column(&out, "documents.csv", "doc_id")[0], column(&out, "documents.csv", "doc_id")[1]);
}

#[test]
fn the_number_of_threads_and_the_run_change_no_byte() {
    let folder = Folder::new();
    for index in 0..6_i32 {
        folder.sheet(&format!("in/{index}/a.xlsx"), 3.0 + f64::from(index));
    }
    folder.file("in/empty.pdf", b"");
    for (out, jobs) in [("one", "1"), ("eight", "8"), ("eight", "8")] {
        let mut command = yusuan();
        let args = [folder.path("in").into_os_string(), "-o".into(), folder.path(out).into_os_string()];
        command.arg("convert").args(args).args(["-j", jobs]).assert().code(3);
    }
    let one = contents(&folder.path("one"));
    assert_eq!(one.iter().filter(|(path, _)| path.extension().is_some_and(|e| e == "xlsx")).count(), 7);
    assert!(one.iter().all(|(_, bytes)| !bytes.is_empty()));
    for (a, b) in one.iter().zip(contents(&folder.path("eight"))) {
        assert_eq!(a.0, b.0);
        assert!(a.1 == b.1, "{} differs", a.0.display());
    }
    assert_eq!(one.len(), contents(&folder.path("eight")).len());
}

#[test]
fn the_samples_give_the_same_bytes_on_any_number_of_threads() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let folder = Folder::new();
    for jobs in ["1", "8"] {
        let out = folder.path(jobs);
        yusuan().arg("convert").arg(&samples).args(["-q", "-j", jobs, "-o"]).arg(&out).assert().success();
    }
    let converted = column(&folder.path("1"), "documents.csv", "status").iter().filter(|s| *s == "ok").count();
    assert_eq!(converted, 5);
    assert!(dataset(&folder.path("1"), "facts.csv").len() > 1000);
    assert!(contents(&folder.path("1")) == contents(&folder.path("8")));
}

#[test]
fn a_list_on_stdin_names_files() {
    let folder = Folder::new();
    let one = folder.sheet("x/a.xlsx", 3.0);
    let two = folder.sheet("y/a.xlsx", 4.0);
    let out = folder.path("out");
    let list = format!("{}\n{}\n", one.display(), two.display());
    yusuan().args(["convert", "-", "-o"]).arg(&out).write_stdin(list).assert().success();
    assert_eq!(column(&out, "documents.csv", "source"), ["x/a.xlsx", "y/a.xlsx"]);
}

#[test]
fn the_format_decides_what_is_written_per_document() {
    let folder = Folder::new();
    let input = folder.sheet("a.xlsx", 3.0);
    let out = folder.path("out");
    yusuan().arg("convert").arg(&input).args(["-f", "csv", "--no-bom", "-o"]).arg(&out).assert().success();
    assert!(!out.join("workbooks").exists() && !out.join("overview.xlsx").exists());
    assert!(!out.join("facts.parquet").exists());
    assert!(fs::read(out.join("facts.csv")).unwrap().starts_with(b"doc_id,source,"));
    yusuan().arg("convert").arg(&input).args(["-f", "xlsx", "-o"]).arg(&out).assert().success();
    assert!(out.join("workbooks/a.xlsx.xlsx").exists());
    assert!(fs::read(out.join("facts.csv")).unwrap().starts_with("\u{feff}doc_id,source,".as_bytes()));
    // The tables of the run before stay, and are those of this run.
    let table = contents(&out.join("tables"));
    assert!(table.len() == 1 && table[0].1.starts_with(b"\xef\xbb\xbf"));
    assert!(!out.join("facts.parquet").exists());
}

/// The names below a folder, the state of the run left out.
fn names(out: &Path) -> Vec<String> {
    contents(out).into_iter().map(|(path, _)| path.to_string_lossy().into_owned()).collect()
}

#[test]
fn no_sequence_of_commands_takes_a_file_away() {
    let folder = Folder::new();
    folder.sheet("in/a.xlsx", 3.0);
    let (input, out) = (folder.path("in"), folder.path("out"));
    let (given, to) = (input.to_str().unwrap(), out.to_str().unwrap());
    let convert = ["convert", given, "-o", to, "-f"];
    let mut before: Vec<String> = Vec::new();
    for command in [
        [convert.as_slice(), &["xlsx,csv,parquet"]].concat(),
        [convert.as_slice(), &["csv"]].concat(),
        vec!["export", to, "--format", "xlsx", "--unit", "yuan"],
        [convert.as_slice(), &["review"]].concat(),
        vec!["verify", to, "--repair"],
        [convert.as_slice(), &["xlsx"]].concat(),
    ] {
        let run = yusuan().args(&command).output().unwrap();
        assert_eq!(run.status.code(), Some(0), "{command:?}");
        let now = names(&out);
        assert!(before.iter().all(|name| now.contains(name)), "{command:?}: {before:?} and now {now:?}");
        assert!(now.iter().all(|name| !name.contains(".edited-")), "{command:?}: {now:?}");
        before = now;
    }
    // What stays is of the last run.
    folder.sheet("in/b.xlsx", 5.0);
    yusuan().args(["convert", given, "-q", "-f", "csv", "-o", to]).assert().success();
    assert!(
        out.join("workbooks/b.xlsx.xlsx").exists()
            && names(&out).iter().filter(|n| n.ends_with("data.js")).count() == 2
    );
}

#[test]
fn what_a_person_changed_is_kept_beside_and_named() {
    let folder = Folder::new();
    folder.sheet("in/a.xlsx", 3.0);
    let (input, out) = (folder.path("in"), folder.path("out"));
    assert_eq!(convert(&input, &out), 0);
    let whole = contents(&out);
    let changed = ["workbooks/a.xlsx.xlsx", "overview.xlsx", "facts.csv", "tables/a.xlsx/01-expenditure_summary.csv"];
    for name in changed {
        fs::write(out.join(name), format!("mine: {name}")).unwrap();
    }
    // A list of corrections that waits to be used is nobody else's to take.
    fs::write(out.join("corrections.csv"), "doc_id").unwrap();
    let run = yusuan().arg("convert").arg(&input).arg("-o").arg(&out).assert().success();
    let said = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    for name in changed {
        let (stem, extension) = name.rsplit_once('.').unwrap();
        let kept = format!("{stem}.edited-1.{extension}");
        assert!(said.contains(&format!("原样留作 {kept}")), "{kept}: {said}");
        assert_eq!(fs::read_to_string(out.join(&kept)).unwrap(), format!("mine: {name}"));
    }
    let now = contents(&out);
    assert!(whole.iter().all(|file| now.contains(file)), "{:?}", names(&out));
    assert_eq!(now.len(), whole.len() + changed.len() + 1);
    // Nothing more is kept where nobody changed anything, and what goes is kept too where somebody did.
    assert_eq!(convert(&input, &out), 0);
    assert_eq!(contents(&out).len(), now.len());
    fs::write(out.join("workbooks/a.xlsx.xlsx"), "mine again").unwrap();
    fs::remove_file(input.join("a.xlsx")).unwrap();
    folder.sheet("in/b.xlsx", 4.0);
    yusuan().arg("convert").arg(&input).args(["--prune=force", "-o"]).arg(&out).assert().success();
    assert_eq!(fs::read(out.join("workbooks/a.xlsx.edited-2.xlsx")).unwrap(), b"mine again");
    assert!(!out.join("workbooks/a.xlsx.xlsx").exists());
}

#[test]
fn a_workbook_holds_the_facts_that_the_dataset_has() {
    let folder = Folder::new();
    let input = folder.sheet("a.xlsx", 1234.5);
    let out = folder.path("out");
    assert_eq!(convert(&input, &out), 0);
    let mut workbook: Xlsx<_> = open_workbook(out.join("workbooks/a.xlsx.xlsx")).unwrap();
    let names = workbook.sheet_names();
    assert_eq!((names.first().map(String::as_str), names.last().map(String::as_str)), (Some("概览"), Some("说明")));
    let mut numbers = Vec::new();
    // 核对 and 明细 repeat figures in yuan.
    for name in names[1..names.len() - 1].iter().filter(|name| !["核对", "明细"].contains(&name.as_str())) {
        let range = workbook.worksheet_range(name).unwrap();
        numbers.extend(range.used_cells().filter_map(|(_, _, cell)| match cell {
            Data::Float(number) => Some(number.to_string().parse::<Decimal>().unwrap().normalize()),
            _ => None,
        }));
    }
    let facts = dataset(&out, "facts.csv");
    let mut expected: Vec<Decimal> = facts
        .iter()
        .map(|row| row.iter().find(|(name, _)| name == "value_text").unwrap().1.parse::<Decimal>().unwrap().normalize())
        .collect();
    assert_eq!(expected.len(), 9);
    numbers.sort();
    expected.sort();
    assert_eq!(numbers, expected);
}

#[test]
fn export_makes_the_same_bytes_again_without_the_inputs() {
    let folder = Folder::new();
    folder.sheet("in/b.xlsx", 1234.5);
    folder.sheet("in/a.xlsx", 3.0);
    folder.file("in/empty.pdf", b"");
    let out = folder.path("out");
    assert_eq!(convert(&folder.path("in"), &out), 3);
    fs::remove_dir_all(folder.path("in")).unwrap();
    let again = folder.path("again");
    let mut command = yusuan();
    command.arg("export").arg(&out).args(["--format", "xlsx,csv,parquet", "-o"]).arg(&again).assert().success();
    let (first, second) = (contents(&out), contents(&again));
    assert_eq!(first.len(), second.len());
    assert!(first.len() > 14);
    for (a, b) in first.iter().zip(&second) {
        assert_eq!(a.0, b.0);
        assert!(a.1 == b.1, "{} differs", a.0.display());
    }
    // In place, one format alone leaves the others as they are.
    fs::remove_file(out.join("facts.parquet")).unwrap();
    yusuan().arg("export").arg(&out).args(["--format", "parquet"]).assert().success();
    assert!(contents(&out) == first);
    // A folder that no run has written is refused.
    yusuan().arg("export").arg(folder.path("none")).args(["--format", "csv"]).assert().code(1);
}

#[test]
fn raw_tables_are_printed_in_three_forms() {
    let folder = Folder::new();
    let input = folder.sheet("a.xlsx", 3.0);
    for (format, start) in [("json", "[{"), ("csv", ""), ("md", "|")] {
        let printed = yusuan().arg("tables").arg(&input).args(["--format", format]).assert().success();
        let stdout = String::from_utf8(printed.get_output().stdout.clone()).unwrap();
        assert!(stdout.starts_with(start) && stdout.contains("2060702"), "{format}: {stdout}");
    }
}

#[test]
fn what_export_writes_is_no_damage_and_hides_none() {
    let folder = Folder::new();
    folder.sheet("in/a.xlsx", 3.0);
    folder.sheet("in/b.xlsx", 4.0);
    let out = folder.path("out");
    let convert = || yusuan().arg("convert").arg(folder.path("in")).arg("-o").arg(&out).arg("-q").assert().success();
    convert();
    let first = contents(&out);
    fs::write(out.join("workbooks/a.xlsx.xlsx"), b"mine").unwrap();
    let export = ["--format", "sqlite,xlsx,csv", "--unit", "yuan", "-q"];
    yusuan().arg("export").arg(&out).args(export).assert().success();
    // The one that somebody had changed is not vouched for; everything else is as it was written.
    let said = predicate::str::contains("输出被改动：a.xlsx").and(predicate::str::contains("b.xlsx").not());
    yusuan().arg("verify").arg(&out).assert().code(3).stdout(said.and(predicate::str::contains("汇总文件")));
    convert();
    yusuan().arg("verify").arg(&out).assert().success();
    let workbook = |files: &[(PathBuf, Vec<u8>)]| {
        files.iter().find(|(path, _)| path.ends_with("b.xlsx.xlsx")).map(|(_, bytes)| bytes.clone()).unwrap()
    };
    assert!(workbook(&first) == workbook(&contents(&out)), "a run's own unit comes back");
}
