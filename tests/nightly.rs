//! Runs over the same folder again and again: what is read, what is kept, what stays the same.

use crate::made::{Folder, column, contents, convert, yusuan};
use serde_json::Value;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

/// Six small disclosures, a copy, and a file that can't be read.
fn inputs(folder: &Folder) -> PathBuf {
    for index in 0..6_i32 {
        folder.sheet(&format!("in/{index}/a.xlsx"), 3.0 + f64::from(index));
    }
    folder.sheet("in/9/copy.xlsx", 3.0);
    folder.file("in/empty.pdf", b"");
    folder.path("in")
}

/// Runs `convert IN -o OUT ARGS` with events and gives the exit status and the events.
fn events(input: &Path, out: &Path, args: &[&str]) -> (i32, Vec<Value>) {
    let mut command = yusuan();
    command.arg("convert").arg(input).arg("-o").arg(out).args(["--message-format", "json"]).args(args);
    let output = command.output().unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    (output.status.code().unwrap(), lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// How many documents a run read.
fn read(input: &Path, out: &Path, args: &[&str]) -> u64 {
    let (status, events) = events(input, out, args);
    let end = events.last().unwrap();
    assert_eq!((end["event"].as_str(), end["exit"].as_i64()), (Some("end"), Some(status.into())), "{end}");
    end["read"].as_u64().unwrap()
}

#[test]
fn only_what_is_new_is_read() {
    let folder = Folder::new();
    let (input, out) = (inputs(&folder), folder.path("out"));
    assert_eq!(read(&input, &out, &[]), 7, "six sheets and the empty file; the copy is not read");
    let first = contents(&out);
    assert_eq!(read(&input, &out, &[]), 0);
    assert_eq!(contents(&out), first);
    folder.sheet("in/new.xlsx", 77.0);
    folder.sheet("in/3/a.xlsx", 88.0);
    assert_eq!(read(&input, &out, &[]), 2);
    let fresh = folder.path("fresh");
    assert_eq!(convert(&input, &fresh), 3);
    assert!(contents(&out) == contents(&fresh), "as a clean run");
}

#[test]
fn a_new_content_under_the_old_size_and_date_is_noticed() {
    let folder = Folder::new();
    let (input, out) = (inputs(&folder), folder.path("out"));
    let file = folder.path("in/0/a.xlsx");
    fs::write(&file, b"%PDF-1.4 one").unwrap();
    convert(&input, &out);
    let date = fs::metadata(&file).unwrap().modified().unwrap();
    fs::write(&file, b"%PDF-1.4 two").unwrap();
    fs::File::options().write(true).open(&file).unwrap().set_modified(date).unwrap();
    assert_eq!(read(&input, &out, &[]), 1);
}

#[test]
fn what_vanished_is_kept_until_it_is_pruned() {
    let folder = Folder::new();
    let (input, out) = (inputs(&folder), folder.path("out"));
    convert(&input, &out);
    fs::remove_dir_all(folder.path("in/5")).unwrap();
    assert_eq!(read(&input, &out, &[]), 0);
    assert_eq!(column(&out, "documents.csv", "source").len(), 8);
    assert!(out.join("workbooks/5/a.xlsx.xlsx").exists());
    assert_eq!(read(&input, &out, &["--prune"]), 0);
    let fresh = folder.path("fresh");
    convert(&input, &fresh);
    let files = |out: &Path| contents(out).into_iter().filter(|(_, bytes)| !bytes.is_empty()).collect::<Vec<_>>();
    assert!(files(&out) == files(&fresh));
    assert_eq!(column(&out, "documents.csv", "source").len(), 7);
}

#[test]
fn state_that_is_cut_or_gone_is_made_again() {
    let folder = Folder::new();
    let (input, out) = (inputs(&folder), folder.path("out"));
    convert(&input, &out);
    let whole = contents(&out);
    let mut cut = 0;
    for path in state(&out) {
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..bytes.len().min(37)]).unwrap();
        cut += 1;
    }
    assert!(cut > 8, "{cut}");
    assert_eq!(convert(&input, &out), 3);
    assert!(contents(&out) == whole);
    fs::remove_dir_all(out.join(".yusuan/results")).unwrap();
    assert_eq!(convert(&input, &out), 3);
    assert!(contents(&out) == whole);
}

fn state(out: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![out.join(".yusuan")];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files
}

#[test]
fn one_run_at_a_time() {
    let folder = Folder::new();
    let (input, out) = (inputs(&folder), folder.path("out"));
    convert(&input, &out);
    let holder = fs::File::options().append(true).open(out.join(".yusuan/lock")).unwrap();
    holder.lock().unwrap();
    assert_eq!(convert(&input, &out), 11);
    yusuan().arg("status").arg(&out).assert().stdout(predicates::str::contains("正在运行"));
    drop(holder);
    assert_eq!(convert(&input, &out), 3);
}

#[test]
fn workers_and_threads_change_no_byte() {
    let folder = Folder::new();
    let input = inputs(&folder);
    let runs: [(&str, &[&str]); 3] = [("a", &["-j", "1"]), ("b", &["-j", "4"]), ("c", &["--no-isolation"])];
    for (out, args) in runs {
        assert_eq!(read(&input, &folder.path(out), args), 7);
    }
    let one = contents(&folder.path("a"));
    assert!(one.len() > 20);
    assert!(one == contents(&folder.path("b")) && one == contents(&folder.path("c")));
}

#[test]
fn shards_merged_are_one_run() {
    let folder = Folder::new();
    let (input, whole) = (inputs(&folder), folder.path("whole"));
    convert(&input, &whole);
    let parts: Vec<PathBuf> = (1..=3).map(|k| folder.path(&format!("part{k}"))).collect();
    let mut files = 0;
    for (k, part) in (1..=3).zip(&parts) {
        events(&input, part, &["--shard", &format!("{k}/3")]);
        files += column(part, "documents.csv", "source").len();
    }
    assert_eq!(files, 8);
    let merged = folder.path("merged");
    yusuan().arg("merge").args(&parts).arg("-o").arg(&merged).assert().code(3);
    assert!(contents(&merged) == contents(&whole));
    yusuan().arg("merge").arg(folder.path("in")).arg("-o").arg(&merged).assert().code(1);
}

#[test]
fn parts_are_the_same_however_they_came() {
    let folder = Folder::new();
    let (input, out) = (inputs(&folder), folder.path("out"));
    let parts = ["--layout", "parts"];
    assert_eq!(read(&input, &out, &parts), 7);
    folder.sheet("in/new.xlsx", 77.0);
    folder.sheet("in/3/a.xlsx", 88.0);
    assert_eq!(read(&input, &out, &parts), 2);
    // What was current the night before stays for its readers until the next one.
    assert_eq!(read(&input, &out, &parts), 0);
    let fresh = folder.path("fresh");
    assert_eq!(read(&input, &fresh, &parts), 8);
    assert!(contents(&out) == contents(&fresh));
    let current: Value = serde_json::from_slice(&fs::read(out.join("parts.json")).unwrap()).unwrap();
    let facts = current["facts"].as_array().unwrap();
    assert!(facts.len() > 1 && facts.iter().all(|file| out.join(file.as_str().unwrap()).is_file()), "{current}");
    assert_eq!(convert(&input, &out), 1, "the other layout");
}

fn zipped(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn archives_are_folders() {
    let folder = Folder::new();
    let sheet = |name: &str, first: f64| fs::read(folder.sheet(name, first)).unwrap();
    let inner = zipped(&[("b.xlsx", sheet("x/b.xlsx", 5.0))]);
    let outer =
        zipped(&[("2024/a.xlsx", sheet("x/a.xlsx", 4.0)), ("inner.zip", inner), ("page.pdf", b"<html>".to_vec())]);
    // The name says nothing; the content does.
    folder.file("in/all.dat", &outer);
    let out = folder.path("out");
    assert_eq!(read(&folder.path("in"), &out, &[]), 3);
    let sources = ["all.dat/2024/a.xlsx", "all.dat/inner.zip/b.xlsx", "all.dat/page.pdf"];
    assert_eq!(column(&out, "documents.csv", "source"), sources);
    assert_eq!(column(&out, "documents.csv", "status"), ["ok", "ok", "unsupported"]);
    assert!(out.join("workbooks/all.dat/inner.zip/b.xlsx.xlsx").exists());
    assert_eq!(read(&folder.path("in"), &out, &[]), 0);
}

#[test]
fn lists_name_files_and_what_they_say_wins() {
    let folder = Folder::new();
    folder.sheet("data/x/a.xlsx", 3.0);
    folder.sheet("data/y/a.xlsx", 4.0);
    let table =
        "path,url,region,department,year\nx/a.xlsx,https://example.org/a,河南省焦作市,财政局,2021\ny/a.xlsx,,,,\n";
    let table = folder.file("data/list.csv", table.as_bytes());
    let out = folder.path("out");
    yusuan().arg("convert").arg("--manifest").arg(&table).arg("-o").arg(&out).assert().success();
    assert_eq!(column(&out, "documents.csv", "source"), ["x/a.xlsx", "y/a.xlsx"]);
    assert_eq!(column(&out, "documents.csv", "region"), ["河南省焦作市", ""]);
    assert_eq!(column(&out, "documents.csv", "department"), ["财政局", ""]);
    assert_eq!(column(&out, "documents.csv", "year"), ["2021", "2024"]);
    assert_eq!(column(&out, "documents.csv", "source_url"), ["https://example.org/a", ""]);
    // An address that changed is told and makes nobody read the file again.
    let moved = fs::read_to_string(&table).unwrap().replace("/a,", "/b,");
    fs::write(&table, moved).unwrap();
    let again =
        yusuan().args(["convert", "--message-format", "json", "--manifest"]).arg(&table).arg("-o").arg(&out).output();
    let said = String::from_utf8(again.unwrap().stdout).unwrap();
    assert!(said.lines().last().unwrap().contains("\"read\":0"), "{said}");
    assert_eq!(column(&out, "documents.csv", "source_url"), ["https://example.org/b", ""]);
    let list = folder.file("list.txt", format!("{}\n", folder.path("data/x/a.xlsx").display()).as_bytes());
    let other = folder.path("other");
    yusuan().arg("convert").arg("--files-from").arg(&list).arg("-o").arg(&other).assert().success();
    assert_eq!(column(&other, "documents.csv", "source"), ["a.xlsx"]);
}

#[test]
fn pruning_removes_the_review_page_of_what_vanished() {
    let folder = Folder::new();
    folder.sheet("in/a.xlsx", 3.0);
    folder.sheet("in/b.xlsx", 4.0);
    let (input, out) = (folder.path("in"), folder.path("out"));
    let run = |more: &[&str]| {
        yusuan().arg("convert").arg(&input).arg("-o").arg(&out).args(["-f", "review"]).args(more).assert()
    };
    let shown = || {
        let entries = fs::read_dir(out.join("review")).unwrap().map(Result::unwrap);
        entries.filter(|entry| entry.file_type().unwrap().is_dir()).count()
    };
    run(&[]).success();
    folder.file("out/review/notes/mine.txt", b"mine");
    fs::remove_file(folder.path("in/b.xlsx")).unwrap();
    run(&[]).success();
    assert_eq!(shown(), 3, "two documents and a folder of somebody's own");
    run(&["--prune"]).code(3);
    assert_eq!(shown(), 3, "one of two is more than a third");
    run(&["--prune=force"]).success();
    assert_eq!(shown(), 2);
    assert!(out.join("review/notes/mine.txt").exists());
}

#[test]
fn a_run_leaves_metrics_and_a_status() {
    let folder = Folder::new();
    let (input, out) = (inputs(&folder), folder.path("out"));
    let metrics = folder.path("metrics/yusuan.prom");
    assert_eq!(read(&input, &out, &["--metrics", metrics.to_str().unwrap()]), 7);
    let text = fs::read_to_string(&metrics).unwrap();
    assert!(text.contains("yusuan_documents{status=\"ok\"} 6\n") && text.ends_with("# EOF\n"), "{text}");
    let said = yusuan().arg("status").arg(&out).assert().code(3).get_output().stdout.clone();
    let said = String::from_utf8(said).unwrap();
    assert!(said.contains("完整 6，失败 1，重复 1") && said.contains("empty.pdf"), "{said}");
    yusuan().arg("status").arg(&input).assert().code(1);
}

#[cfg(unix)]
#[test]
fn a_signal_ends_a_run_and_the_next_goes_on() {
    use crate::made::send;
    let folder = Folder::new();
    for index in 0..40_i32 {
        folder.sheet(&format!("in/{index}.xlsx"), 3.0 + f64::from(index));
    }
    let (input, out) = (folder.path("in"), folder.path("out"));
    let mut ended = 0;
    for (signal, status) in [("INT", 130), ("TERM", 143), ("HUP", 129), ("KILL", 0)] {
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("yusuan"));
        let mut run = command.arg("convert").arg(&input).arg("-q").arg("-o").arg(&out).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(150));
        send(signal, &run.id().to_string());
        let code = run.wait().unwrap().code();
        // A fast machine may have finished.
        assert!(code == Some(status) || code == Some(0) || signal == "KILL", "{signal}: {code:?}");
        ended += usize::from(code == Some(status));
        assert!(visible(&out).iter().all(|(_, bytes)| !bytes.is_empty()));
    }
    assert_eq!(convert(&input, &out), 0);
    let fresh = folder.path("fresh");
    assert_eq!(convert(&input, &fresh), 0);
    assert!(contents(&out) == contents(&fresh), "as a clean run, after {ended} interruptions");
}

/// Without the unfinished files that a killed run leaves until the next one.
#[cfg(unix)]
fn visible(out: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let all = contents(out).into_iter();
    all.filter(|(path, _)| !path.file_name().unwrap().to_string_lossy().starts_with('.')).collect()
}
