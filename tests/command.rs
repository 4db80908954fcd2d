//! Exit status and messages.

use crate::made::{Folder, column, contents, convert, yusuan};
use predicates::prelude::*;
use std::io::{Read, Write};
use std::path::Path;
use std::process::Stdio;

#[test]
fn wrong_usage_is_2() {
    let cases: [&[&str]; 6] = [
        &[],
        &["convert"],
        &["convert", "x.pdf"],
        &["convert", "x.pdf", "-o", "out", "-f", "docx"],
        &["tables", "x.pdf", "--pages", "3-1"],
        &["inspect", "x.pdf", "-q", "-v"],
    ];
    for args in cases {
        yusuan().args(args).assert().code(2);
    }
}

#[test]
fn nothing_found_is_1_and_writes_nothing() {
    let folder = Folder::new();
    let out = folder.path("out");
    for input in ["none.pdf", "none/*.pdf"] {
        assert_eq!(convert(&folder.path(input), &out), 1);
    }
    assert!(!out.exists());
}

#[test]
fn a_folder_of_other_files_is_1_and_a_file_named_itself_3() {
    let folder = Folder::new();
    let text = folder.file("in/readme.txt", b"text");
    assert_eq!(convert(&folder.path("in"), &folder.path("out")), 1);
    assert_eq!(convert(&text, &folder.path("out")), 3);
    assert_eq!(column(&folder.path("out"), "documents.csv", "status"), ["unsupported"]);
}

#[test]
fn a_failing_file_is_3_with_a_reason_in_few_lines() {
    let folder = Folder::new();
    let empty = folder.file("a.pdf", b"");
    let damaged = folder.file("b.pdf", b"%PDF-1.7\nno more than this");
    for file in [empty, damaged] {
        let mut command = yusuan();
        let out = file.with_extension("out");
        let output = command.arg("convert").arg(&file).arg("-o").arg(&out).assert().code(3);
        let stderr = String::from_utf8(output.get_output().stderr.clone()).unwrap();
        assert!((1..=3).contains(&stderr.lines().count()), "{stderr}");
        assert!(!stderr.contains("panicked") && !stderr.contains("RUST_BACKTRACE"), "{stderr}");
        let errors = column(&out, "documents.csv", "error");
        assert!(stderr.contains(&errors[0]) && errors[0].chars().count() > 5, "{errors:?} {stderr}");
    }
}

#[test]
fn an_output_folder_that_cannot_be_made_is_1_before_any_work() {
    let folder = Folder::new();
    let input = folder.sheet("a.xlsx", 3.0);
    folder.file("taken", b"a file");
    let mut command = yusuan();
    let failed = command.arg("convert").arg(&input).arg("-o").arg(folder.path("taken/out")).assert().code(1);
    failed.stderr(predicate::str::contains("无法写入"));
}

#[test]
fn a_folder_with_other_files_is_only_written_to_by_force() {
    let folder = Folder::new();
    let input = folder.sheet("a.xlsx", 3.0);
    let out = folder.path("out");
    folder.file("out/mine.txt", b"mine");
    assert_eq!(convert(&input, &out), 1);
    assert_eq!(contents(&out).len(), 1);
    yusuan().arg("convert").arg(&input).arg("--force").arg("-o").arg(&out).assert().code(predicate::ne(1));
    assert!(contents(&out).len() > 6);
    // What a run wrote is known as such, and the next run needs no force.
    assert_ne!(convert(&input, &out), 1);
}

#[test]
fn a_dry_run_lists_and_writes_nothing() {
    let folder = Folder::new();
    folder.sheet("in/a.xlsx", 3.0);
    folder.sheet("in/b/c.xlsx", 4.0);
    let out = folder.path("out");
    let mut command = yusuan();
    let listed = command.arg("convert").arg(folder.path("in")).arg("--dry-run").arg("-o").arg(&out).assert().success();
    let stdout = String::from_utf8(listed.get_output().stdout.clone()).unwrap();
    assert_eq!(stdout.lines().count(), 2);
    assert!(stdout.lines().all(|line| line.starts_with("新增 ")), "{stdout}");
    assert!(stdout.lines().nth(1).unwrap().ends_with("out/workbooks/b/c.xlsx.xlsx"), "{stdout}");
    assert!(!out.exists());
}

#[test]
fn quiet_says_nothing_and_verbose_names_every_file() {
    let folder = Folder::new();
    folder.file("in/a.pdf", b"");
    folder.file("in/b.pdf", b"");
    let run = |flag: &str| {
        let mut command = yusuan();
        let args = [folder.path("in").into_os_string(), "-o".into(), folder.path("out").into_os_string(), flag.into()];
        String::from_utf8(command.arg("convert").args(args).assert().code(3).get_output().stderr.clone()).unwrap()
    };
    assert_eq!(run("-q"), "");
    let verbose = run("-v");
    assert!(verbose.contains("失败 a.pdf") && verbose.contains("失败 b.pdf"), "{verbose}");
}

#[test]
fn tables_of_a_failing_file_are_3_and_of_a_missing_one_1() {
    let folder = Folder::new();
    let empty = folder.file("a.pdf", b"");
    for command in ["tables", "inspect"] {
        let failed = yusuan().arg(command).arg(&empty).assert().code(3);
        failed.stdout("").stderr(predicate::str::contains("文件是空的"));
        let missing = yusuan().arg(command).arg(folder.path("none.pdf")).assert().code(1);
        missing.stdout("").stderr(predicate::str::contains("找不到"));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_takes_all_memory_costs_its_worker_alone() {
    let folder = Folder::new();
    let (small, large) = (folder.sheet("small.xlsx", 3.0), folder.large_sheet("large.xlsx"));
    let limited = |args: [&str; 2], file: &Path| {
        let mut shell = assert_cmd::Command::new("sh");
        shell.args(["-c", "ulimit -v 320000 && exec \"$0\" \"$@\""]).arg(assert_cmd::cargo::cargo_bin!("yusuan"));
        shell.args(args).arg(file).assert()
    };
    for args in [["inspect", "-v"], ["tables", "-v"], ["check", "-v"]] {
        limited(args, &small).success();
        limited(args, &large).code(3).stdout("").stderr(predicate::str::contains("内存超限"));
    }
}

#[test]
fn rules_are_explained() {
    yusuan().args(["explain", "a1"]).assert().success().stdout(predicate::str::starts_with("A1 行内合计\n"));
    yusuan().arg("explain").assert().success().stdout(predicate::str::contains("B10"));
    yusuan().args(["explain", "Z9"]).assert().code(2).stderr(predicate::str::contains("没有规则 Z9"));
}

#[test]
fn checks_of_the_samples_are_printed_as_text_and_json() {
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");
    let text = yusuan().args(["check", samples]).assert().success().get_output().stdout.clone();
    let text = String::from_utf8(text).unwrap();
    let json = yusuan().args(["check", samples, "--format", "json"]).assert().success().get_output().stdout.clone();
    let found: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(found.as_array().unwrap().len(), text.matches("不符[").count());
}

#[test]
fn a_finished_output_folder_is_checked_without_its_inputs() {
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/samples");
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    yusuan().args(["convert", samples, "-f", "csv", "-q", "-o"]).arg(&out).assert().success();
    let json = |path: &Path| {
        let output = yusuan().arg("check").arg(path).args(["--format", "json"]).assert().success();
        output.get_output().stdout.clone()
    };
    let of_folder = json(&out);
    let found: serde_json::Value = serde_json::from_slice(&of_folder).unwrap();
    assert!(found.as_array().is_some_and(|findings| findings.len() >= 2));
    assert_eq!(of_folder, json(Path::new(samples)));
}

fn read_frame(from: &mut impl Read) -> (Vec<u8>, Vec<u8>) {
    let mut lengths = [0; 12];
    from.read_exact(&mut lengths).unwrap();
    let [a, b, c, d, body @ ..] = lengths;
    let mut header = vec![0; u32::from_le_bytes([a, b, c, d]) as usize];
    from.read_exact(&mut header).unwrap();
    let mut body = vec![0; u64::from_le_bytes(body) as usize];
    from.read_exact(&mut body).unwrap();
    (header, body)
}

/// The second reader's answer on a file: a worker is asked in the frames that parent and worker exchange.
fn read_texts(bytes: &[u8]) -> Vec<u8> {
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("yusuan"));
    command.args(["__worker", "1536"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut worker = command.spawn().unwrap();
    let (mut to, mut from) = (worker.stdin.take().unwrap(), worker.stdout.take().unwrap());
    let request = br#"{"cpu_seconds":60,"task":{"ReadTexts":{"pages":[1,2,3],"threads":1}}}"#;
    let lengths = [(request.len() as u32).to_le_bytes().as_slice(), &(bytes.len() as u64).to_le_bytes()].concat();
    to.write_all(&[&lengths, request.as_slice(), bytes].concat()).unwrap();
    // Its first word says that it is ready.
    assert_eq!(read_frame(&mut from), (b"null".to_vec(), Vec::new()));
    let (reply, texts) = read_frame(&mut from);
    // A worker ends with its stdin.
    drop(to);
    assert!(worker.wait().unwrap().success(), "{}", String::from_utf8_lossy(&reply));
    if texts.is_empty() { texts } else { zstd::decode_all(texts.as_slice()).unwrap() }
}

#[test]
fn every_page_is_read_twice_and_both_readings_of_a_sample_agree() {
    let sample = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/samples")).unwrap();
    let mut pdfs: Vec<_> =
        sample.map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "pdf")).collect();
    pdfs.sort();
    assert_eq!(pdfs.len(), 3);
    // Without a second reading nothing would differ either: the second reader itself must give the pages' texts.
    let texts: Vec<(u32, String)> = serde_json::from_slice(&read_texts(&std::fs::read(&pdfs[0]).unwrap())).unwrap();
    assert_eq!(texts.iter().map(|(page, _)| *page).collect::<Vec<u32>>(), [1, 2, 3]);
    assert!(texts.iter().any(|(_, text)| text.contains("377.6")), "{texts:?}");
    assert_eq!(read_texts(b"no PDF"), b"");
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let run =
        yusuan().arg("convert").args(&pdfs).args(["--second-reading", "-f", "csv", "-q", "-o"]).arg(&out).assert();
    run.success();
    let read = |name: &str| std::fs::read_to_string(out.join(name)).unwrap();
    assert!(!read("documents.csv").contains("E009"), "a second reading did not end");
    assert!(read("facts.csv").lines().count() > 300);
    assert!(!read("facts.csv").contains("reading_conflict"));
}
