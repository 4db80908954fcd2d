//! Nights that go wrong, and the good one after them: each kind that docs/nightly.md speaks of under “What happens when”.

use crate::made::{Folder, column, contents, convert, yusuan};
use std::fs;
use std::path::{Path, PathBuf};

/// Seven small disclosures.
fn inputs(folder: &Folder) -> PathBuf {
    for index in 0..7_i32 {
        folder.sheet(&format!("in/{index}/a.xlsx"), 3.0 + f64::from(index));
    }
    folder.path("in")
}

/// Runs `convert IN -o OUT ARGS` and gives the exit status and what was said.
fn run(input: &Path, out: &Path, args: &[&str]) -> (i32, String) {
    let output = yusuan().arg("convert").arg(input).arg("-o").arg(out).args(args).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// Files below a folder whose path holds `part`.
fn files(folder: &Path, part: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.retain(|path| path.to_string_lossy().contains(part));
    found.sort();
    found
}

/// The page for operators explains every night that the simulation makes, in its words and order, each with a status.
#[test]
fn the_page_says_what_happens_when() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let month = fs::read_to_string(root.join("tests/soak/month.py")).unwrap();
    let (_, events) = month.split_once("\nEVENTS = {\n").unwrap();
    let events: Vec<&str> = events.lines().map_while(|line| line.strip_prefix("    \"")?.split('"').next()).collect();
    let page = fs::read_to_string(root.join("docs/nightly.md")).unwrap();
    let (_, table) = page.split_once("| when … |").unwrap();
    let rows = table.lines().skip(2).map_while(|line| line.strip_prefix("| "));
    let rows: Vec<Vec<&str>> = rows.map(|row| row.split('|').map(str::trim).collect()).collect();
    assert!(events.len() > 20, "{events:?}");
    assert_eq!(rows.iter().map(|row| row[0]).collect::<Vec<_>>(), events);
    for row in &rows {
        let statuses = row[1].split(", ").map(str::parse::<u8>);
        assert!(statuses.clone().count() > 0 && statuses.clone().all(|status| status.is_ok()), "{row:?}");
        assert!(row[2].len() > 8, "{row:?}");
    }
}

fn turn_a_bit(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 16;
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_damaged_result_is_made_anew_and_told() {
    let folder = Folder::new();
    let (input, out) = (inputs(&folder), folder.path("out"));
    convert(&input, &out);
    let whole = contents(&out);
    let results = files(&out, ".json.zst");
    turn_a_bit(&results[0]);
    let (one, other) = (fs::read(&results[1]).unwrap(), fs::read(&results[2]).unwrap());
    fs::write(&results[1], other).unwrap();
    fs::write(&results[2], one).unwrap();
    yusuan().arg("verify").arg(&out).assert().code(3).stdout(predicates::str::contains("损坏 3"));
    let (status, said) = run(&input, &out, &[]);
    assert_eq!((status, contents(&out) == whole), (0, true), "{said}");
    assert!(said.contains("3 个保存的结果已损坏"), "{said}");
    yusuan().arg("status").arg(&out).assert().success().stdout(predicates::str::contains("有 3 个保存的结果已损坏"));
    yusuan().arg("verify").arg(&out).assert().success();
}

#[test]
fn a_damaged_result_of_a_file_that_is_gone_costs_that_document_alone() {
    let folder = Folder::new();
    let (input, out) = (inputs(&folder), folder.path("out"));
    convert(&input, &out);
    fs::remove_file(input.join("3/a.xlsx")).unwrap();
    assert_eq!(convert(&input, &out), 0);
    let facts = column(&out, "facts.csv", "source");
    for result in files(&out, ".json.zst") {
        turn_a_bit(&result);
    }
    let (status, said) = run(&input, &out, &[]);
    assert_eq!(status, 3, "{said}");
    assert!(said.contains("3/a.xlsx：保存的结果已损坏"), "{said}");
    let left = column(&out, "facts.csv", "source");
    assert_eq!(left.len(), facts.iter().filter(|source| *source != "3/a.xlsx").count());
    assert!(out.join("workbooks/3/a.xlsx.xlsx").exists(), "the last copy stays");
}

#[test]
fn outputs_that_somebody_changed_are_written_again() {
    let folder = Folder::new();
    let (input, out) = (inputs(&folder), folder.path("out"));
    convert(&input, &out);
    let whole = contents(&out);
    let workbook = out.join("workbooks/1/a.xlsx.xlsx");
    let table = files(&out, "tables/2/").remove(0);
    let spoil = || {
        fs::write(&workbook, &fs::read(&workbook).unwrap()[..300]).unwrap();
        fs::remove_file(&table).unwrap();
    };
    spoil();
    // What stood there is kept beside, and is not looked at here.
    let contents = |out: &std::path::Path| -> Vec<_> {
        let all = contents(out).into_iter();
        all.filter(|(path, _)| !path.to_string_lossy().contains(".edited-")).collect()
    };
    assert_eq!(convert(&input, &out), 0);
    assert!(contents(&out) == whole, "noticed by size and time");
    // Under the old size and time only the content tells.
    let date = fs::metadata(&workbook).unwrap().modified().unwrap();
    turn_a_bit(&workbook);
    fs::File::options().write(true).open(&workbook).unwrap().set_modified(date).unwrap();
    assert_eq!(convert(&input, &out), 0);
    assert!(contents(&out) != whole);
    assert_eq!(run(&input, &out, &["--rehash"]).0, 0);
    assert!(contents(&out) == whole, "noticed by its hash");
    spoil();
    fs::write(out.join("facts.csv"), "cut").unwrap();
    turn_a_bit(&files(&out, ".json.zst")[0]);
    let said = yusuan().arg("verify").arg(&out).assert().code(3).get_output().stdout.clone();
    let said = String::from_utf8(said).unwrap();
    for words in ["输出被改动：1/a.xlsx", "输出被改动：2/a.xlsx", "汇总被改动：facts.csv", "结果损坏："]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
    yusuan().arg("verify").arg(&out).arg("--repair").assert().success();
    assert!(contents(&out) == whole, "repaired");
}

#[test]
fn parts_that_somebody_changed_are_written_again() {
    let folder = Folder::new();
    let (input, out) = (inputs(&folder), folder.path("out"));
    let parts = ["--layout", "parts"];
    assert_eq!(run(&input, &out, &parts).0, 0);
    let whole = contents(&out);
    let part = files(&out, "facts/").remove(0);
    fs::write(&part, "cut").unwrap();
    yusuan().arg("verify").arg(&out).assert().code(3);
    assert_eq!(run(&input, &out, &parts).0, 0);
    assert!(contents(&out) == whole);
    fs::write(&part, "cut").unwrap();
    yusuan().arg("verify").arg(&out).args(["--repair", "--format", "json"]).assert().success();
    assert!(contents(&out) == whole);
}

#[test]
fn out_of_reach_is_not_gone() {
    let folder = Folder::new();
    let (input, out) = (inputs(&folder), folder.path("out"));
    convert(&input, &out);
    let sources = || column(&out, "documents.csv", "source").len();
    let refused = |args: &[&str], words: &str| {
        let (status, said) = run(&input, &out, args);
        assert_eq!((status, sources()), (3, 7), "{said}");
        assert!(said.contains(words), "{said}");
    };
    // A folder that is there and empty, as the place of a disk that is not mounted.
    fs::remove_file(input.join("6/a.xlsx")).unwrap();
    refused(&["--prune"], "是空的");
    fs::remove_dir(input.join("6")).unwrap();
    for index in [4, 5] {
        fs::remove_dir_all(input.join(index.to_string())).unwrap();
    }
    refused(&["--prune", "-q"], "超过三分之一");
    // Another folder says nothing of this one.
    let elsewhere = folder.path("elsewhere");
    folder.sheet("elsewhere/new.xlsx", 99.0);
    let (status, said) = run(&elsewhere, &out, &["--prune"]);
    assert_eq!((status, sources()), (3, 8), "{said}");
    assert_eq!(run(&input, &out, &["--prune=force"]).0, 0);
    assert_eq!(sources(), 4);
    fs::remove_dir_all(input.join("3")).unwrap();
    assert_eq!(run(&input, &out, &["--prune"]).0, 0);
    assert_eq!(sources(), 3);
}

#[test]
fn lists_cost_their_bad_lines_alone() {
    let folder = Folder::new();
    folder.sheet("data/a.xlsx", 3.0);
    folder.sheet("data/b.xlsx", 4.0);
    let list = folder.file("data/list.csv", b"path,year\na.xlsx,2021\nb.xlsx,20x4\n./a.xlsx,2022\n");
    let out = folder.path("out");
    let output = yusuan().arg("convert").arg("-q").arg("--manifest").arg(&list).arg("-o").arg(&out).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("第 3 行没有采用：年度“20x4”") && said.contains("第 4 行没有采用"), "{said}");
    assert_eq!(column(&out, "documents.csv", "source"), ["a.xlsx"]);
    assert_eq!(column(&out, "documents.csv", "year"), ["2021"]);
    let log = fs::read_to_string(files(&out, "/logs/").remove(0)).unwrap();
    assert!(log.contains("20x4"), "{log}");
}

#[test]
fn corrections_follow_a_file_that_was_published_again() {
    let folder = Folder::new();
    folder.sheet("in/a.xlsx", 3.0);
    let (input, out) = (folder.path("in"), folder.path("out"));
    convert(&input, &out);
    let id = column(&out, "documents.csv", "doc_id").remove(0);
    let lines = format!("doc_id,table_id,row,col,printed,corrected,by,at,note\n{id},t01,6,3,1,1.25,,,\n");
    let list = folder.file("corrections.csv", lines.as_bytes());
    let corrected = |words: &str| {
        let (status, said) = run(&input, &out, &["--corrections", list.to_str().unwrap()]);
        assert!(said.contains(words), "{said}");
        (status, column(&out, "facts.csv", "flags").iter().filter(|flags| flags.contains("corrected")).count() > 0)
    };
    assert_eq!(corrected("采用 1"), (0, true));
    // Another total, the corrected row as it was.
    folder.sheet("in/a.xlsx", 3.5);
    assert_ne!(column(&out, "documents.csv", "doc_id")[0], "");
    for _ in 0..2 {
        assert_eq!(corrected("采用 1"), (0, true), "now and in the nights after");
        assert_ne!(column(&out, "documents.csv", "doc_id")[0], id);
    }
    let list = folder.file("none.csv", b"doc_id,table_id,row,col,printed,corrected\n0123456789abcdef,t01,1,1,1,2\n");
    let (status, said) = run(&input, &out, &["-q", "--corrections", list.to_str().unwrap()]);
    assert_eq!(status, 3);
    assert!(said.contains("没有 doc_id 为 0123456789abcdef 的文件"), "{said}");
}

#[test]
fn merging_brings_the_pictures_along() {
    let folder = Folder::new();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let pdf = files(&samples, ".pdf").remove(0);
    folder.file("in/a.pdf", &fs::read(pdf).unwrap());
    folder.sheet("in/b.xlsx", 4.0);
    let review = ["-f", "xlsx,csv,review"];
    let (input, whole, merged) = (folder.path("in"), folder.path("whole"), folder.path("merged"));
    run(&input, &whole, &review);
    let parts = ["1/2", "2/2"].map(|shard| {
        let part = folder.path(&format!("part{}", &shard[..1]));
        run(&input, &part, &[review.as_slice(), &["--shard", shard]].concat());
        part
    });
    yusuan().arg("merge").args(&parts).arg("-o").arg(&merged).args(review).assert().success();
    assert!(!files(&merged, ".png").is_empty() && contents(&merged) == contents(&whole));
    // A picture that was cut is drawn again.
    let picture = files(&whole, ".png").remove(0);
    fs::write(&picture, &fs::read(&picture).unwrap()[..100]).unwrap();
    run(&input, &whole, &review);
    assert!(contents(&merged) == contents(&whole));
}

#[cfg(unix)]
mod unix {
    use super::*;
    use crate::made::send;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    use std::process::Command;

    #[test]
    fn names_are_bytes() {
        let folder = Folder::new();
        let names = [
            b"\xb2\xc6\xd5\xfe\xbe\xd6.xlsx".as_slice(),
            "财政局.xlsx".as_bytes(),
            b"a\xff.xlsx",
            b"a\xfe.xlsx",
            b"a\n\x1b.xlsx",
            b"A.xlsx",
            b"a.xlsx",
            "e\u{301}.xlsx".as_bytes(),
            "\u{e9}.xlsx".as_bytes(),
        ];
        for (index, name) in (0_i32..).zip(names) {
            let made = folder.sheet("made.xlsx", 3.0 + f64::from(index));
            fs::create_dir_all(folder.path("in")).unwrap();
            fs::rename(made, folder.path("in").join(OsStr::from_bytes(name))).unwrap();
        }
        let (input, out) = (folder.path("in"), folder.path("out"));
        assert_eq!(convert(&input, &out), 0);
        let mut sources = column(&out, "documents.csv", "source");
        let (all, shown) = (sources.len(), ["a\\xFF.xlsx", "a\\xFE.xlsx", "a\\x0A\\x1B.xlsx", "财政局.xlsx"]);
        sources.dedup();
        assert_eq!((all, sources.len()), (names.len(), names.len()), "{sources:?}");
        assert!(shown.iter().all(|name| sources.iter().any(|source| source == name)), "{sources:?}");
        assert_eq!(files(&out, "workbooks/").len(), names.len());
        // Known the next night as any other, and gone when they are gone.
        let output =
            yusuan().arg("convert").arg(&input).arg("-o").arg(&out).args(["--message-format", "json"]).output();
        let said = String::from_utf8(output.unwrap().stdout).unwrap();
        assert!(said.lines().last().unwrap().contains("\"read\":0"), "{said}");
        fs::remove_file(input.join(OsStr::from_bytes(b"a\xff.xlsx"))).unwrap();
        assert_eq!(run(&input, &out, &["--prune"]).0, 0);
        assert_eq!(column(&out, "documents.csv", "source").len(), names.len() - 1);
    }

    #[test]
    fn links_in_the_output_folder_are_not_followed() {
        let folder = Folder::new();
        let (input, out) = (inputs(&folder), folder.path("out"));
        convert(&input, &out);
        let whole = contents(&out);
        let far = folder.path("far");
        folder.file("far/0/a.xlsx.xlsx", b"mine");
        fs::remove_dir_all(out.join("workbooks")).unwrap();
        fs::remove_dir_all(out.join("tables/1")).unwrap();
        fs::remove_file(out.join("facts.csv")).unwrap();
        symlink(&far, out.join("workbooks")).unwrap();
        symlink(&far, out.join("tables/1")).unwrap();
        symlink(far.join("0/a.xlsx.xlsx"), out.join("facts.csv")).unwrap();
        assert_eq!(convert(&input, &out), 0);
        assert!(contents(&out) == whole);
        assert_eq!(files(&far, "").len(), 1, "nothing was written there");
        assert_eq!(fs::read(far.join("0/a.xlsx.xlsx")).unwrap(), b"mine");
    }

    /// The workers of a run. Linux tells by itself; elsewhere a program has to be asked.
    fn workers(run: u32) -> Vec<String> {
        let Ok(running) = fs::read_dir("/proc") else {
            let told = Command::new("pgrep").args(["-P", &run.to_string()]).output().unwrap();
            return String::from_utf8(told.stdout).unwrap().split_whitespace().map(ToOwned::to_owned).collect();
        };
        let is_worker = |id: &String| {
            let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
            status.lines().any(|line| line.strip_prefix("PPid:").is_some_and(|id| id.trim() == run.to_string()))
        };
        running.filter_map(|entry| entry.unwrap().file_name().into_string().ok()).filter(is_worker).collect()
    }

    #[test]
    fn workers_that_stand_still_or_are_killed_cost_no_night() {
        let folder = Folder::new();
        let (input, fresh) = (inputs(&folder), folder.path("fresh"));
        assert_eq!(convert(&input, &fresh), 0);
        for signal in ["STOP", "KILL"] {
            let out = folder.path(signal);
            let mut command = Command::new(assert_cmd::cargo::cargo_bin!("yusuan"));
            command.arg("convert").arg(&input).arg("-q").arg("-o").arg(&out);
            command.args(["--worker-timeout", "1", "--jobs", "1"]);
            let mut run = command.spawn().unwrap();
            // The first worker is there before anything is told; one that is stopped before its first word has minutes.
            let told = out.join(".yusuan/progress.json");
            while !told.exists() && run.try_wait().unwrap().is_none() {
                std::thread::sleep(std::time::Duration::from_millis(1));
            }
            for _ in 0..20 {
                for worker in workers(run.id()) {
                    send(signal, &worker);
                }
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
            // A run that waits for a stopped worker would never end.
            let status = run.wait().unwrap().code();
            assert!([Some(0), Some(1), Some(3)].contains(&status), "{signal}: {status:?}");
            assert_eq!(convert(&input, &out), 0, "{signal}");
            assert!(contents(&out) == contents(&fresh), "{signal}");
        }
    }

    /// Runs under a limit of the shell's, and gives the exit status and what was said.
    fn limited(limit: &str, input: &Path, out: &Path) -> (i32, String) {
        let program = assert_cmd::cargo::cargo_bin!("yusuan");
        let script = format!("ulimit {limit}; exec \"$0\" convert \"$1\" -o \"$2\" -q");
        let output = Command::new("sh").args(["-c", &script]).arg(program).arg(input).arg(out).output().unwrap();
        (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&output.stderr).into_owned())
    }

    #[test]
    fn what_a_night_lacked_is_not_remembered() {
        let folder = Folder::new();
        let (input, out, fresh) = (inputs(&folder), folder.path("out"), folder.path("fresh"));
        for limit in ["-v 150000", "-v 420000", "-v 600000", "-n 8", "-n 12", "-n 24"] {
            for _ in 0..2 {
                let (status, said) = limited(limit, &input, &out);
                assert!([0, 1, 3].contains(&status) && (status == 0 || !said.is_empty()), "{limit}: {status} {said}");
            }
        }
        assert_eq!((convert(&input, &out), convert(&input, &fresh)), (0, 0));
        assert!(contents(&out) == contents(&fresh));
    }
}
