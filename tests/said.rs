//! Help, errors and summaries, word for word: a changed word is seen in the difference of a snapshot.

use crate::made::{Folder, contents, yusuan};
use predicates::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

/// Compares with a snapshot; `make golden` writes it anew.
fn is_as_reviewed(name: &str, said: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    if std::env::var_os("YUSUAN_GOLDEN_UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, said).unwrap();
    }
    assert_eq!(said, fs::read_to_string(&path).unwrap_or_default(), "{name}");
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn help(args: &[&str]) -> String {
    text(&yusuan().args(args).assert().success().get_output().stdout)
}

/// A language by the locale that asks for it, its snapshots, and the heading of its commands.
const LANGUAGES: [(&str, &str, &str); 2] =
    [("zh_CN.UTF-8", "tests/snapshots", "命令:"), ("en_US.UTF-8", "tests/snapshots/en", "Commands:")];

fn help_in(locale: &str, args: &[&str]) -> String {
    text(&yusuan().env("LANG", locale).args(args).assert().success().get_output().stdout)
}

/// The commands that the help of the program lists.
fn commands() -> Vec<String> {
    listed(&help(&["--help"]), "命令:")
}

fn listed(help: &str, heading: &str) -> Vec<String> {
    let listed = help.lines().skip_while(|line| *line != heading).skip(1).take_while(|line| !line.is_empty());
    let named = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    named.filter_map(|line| line.split_whitespace().next().map(ToOwned::to_owned)).collect()
}

/// Whether a text holds Chinese characters or marks.
fn has_chinese(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}'))
}

#[test]
fn help_is_as_reviewed() {
    for (locale, folder, heading) in LANGUAGES {
        let program = help_in(locale, &["--help"]);
        is_as_reviewed(&format!("{folder}/help.txt"), &program);
        let commands = listed(&program, heading);
        assert!(commands.len() > 10, "{commands:?}");
        for command in &commands {
            let words = help_in(locale, &[command, "--help"]);
            is_as_reviewed(&format!("{folder}/help-{command}.txt"), &words);
            assert_eq!(help_in(locale, &["help", command]), words);
            assert_eq!(has_chinese(&words), locale.starts_with("zh"), "{command}");
        }
    }
}

#[test]
fn locale_or_option_says_the_language() {
    let is_english = |locale: &[(&str, &str)], args: &[&str]| {
        let output = yusuan().envs(locale.iter().copied()).args(args).arg("--help").output().unwrap();
        text(&output.stdout).contains("Usage: ")
    };
    for locale in ["en", "en_US.UTF-8", "en_GB"] {
        assert!(is_english(&[("LANG", locale)], &[]), "{locale}");
        assert!(!is_english(&[("LANG", locale)], &["--lang", "zh"]), "{locale}");
        assert!(!is_english(&[("LANG", locale), ("LC_ALL", "zh_CN.UTF-8")], &[]), "{locale}");
    }
    for locale in ["", "C", "POSIX", "C.UTF-8", "zh_CN.UTF-8", "de_DE"] {
        assert!(!is_english(&[("LANG", locale)], &[]), "{locale}");
        assert!(is_english(&[("LANG", locale)], &["status", "--lang=EN"]), "{locale}");
    }
    yusuan().args(["--lang", "fr", "status", "out"]).assert().code(2).stderr(predicate::str::contains("zh、en"));
}

#[test]
fn files_are_the_same_in_every_language() {
    let folder = Folder::new();
    folder.sheet("in/a.xlsx", 3.0);
    folder.file("in/damaged.pdf", b"%PDF-1.7\nno more than this");
    folder.file("in/picture.png", b"\x89PNG\r\n\x1a\n");
    let written = |locale: &str| {
        let out = folder.path(locale);
        let formats = ["-f", "csv,xlsx,review"];
        yusuan()
            .env("LANG", locale)
            .arg("convert")
            .arg(folder.path("in"))
            .args(formats)
            .arg("-o")
            .arg(&out)
            .assert()
            .code(3);
        contents(&out)
    };
    let (chinese, english) = (written("zh_CN.UTF-8"), written("en_US.UTF-8"));
    assert!(chinese.len() > 10 && chinese == english);
}

#[test]
fn readme_names_every_command_and_no_option_that_is_not_there() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let mut known = String::new();
    for command in commands() {
        assert!(readme.contains(&format!("yusuan {command}")), "README says nothing of `yusuan {command}`");
        known += &help(&[&command, "--help"]);
    }
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    for line in readme.lines().filter(|line| line.contains("yusuan ")) {
        let options = line.split(|c: char| !is_part(c)).filter(|word| word.starts_with("--") && word.len() > 2);
        for option in options {
            assert!(known.contains(option), "no command has {option}: {line}");
        }
    }
}

/// What a command says on both streams, and how it ends.
fn run(folder: &Folder, locale: &str, args: &[&str]) -> String {
    let output = yusuan().env("LANG", locale).current_dir(folder.path("")).args(args).assert();
    let output = output.get_output();
    let of = |bytes: &[u8]| {
        text(bytes)
            .lines()
            .filter(|line| !line.starts_with("程序版本") && !line.starts_with("program version"))
            .fold(String::new(), |all, line| all + line + "\n")
    };
    let code = output.status.code().unwrap();
    format!("$ yusuan {}\n{}{}退出码 {code}\n\n", args.join(" "), of(&output.stdout), of(&output.stderr))
}

#[test]
fn errors_are_as_reviewed() {
    let folder = Folder::new();
    folder.sheet("a.xlsx", 3.0);
    folder.file("notes.txt", b"text");
    folder.file("taken/t01.csv", b"mine");
    folder.file("bad.csv", b"nothing of this");
    let pdf = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/samples")).unwrap();
    let mut pdfs: Vec<PathBuf> =
        pdf.map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "pdf")).collect();
    pdfs.sort();
    fs::copy(&pdfs[0], folder.path("b.pdf")).unwrap();
    let lines: [&[&str]; 30] = [
        &["convrt", "a.xlsx"],
        &["divine"],
        &["b.pdf"],
        &["-q"],
        &["help", "tabels"],
        &["man", "tabels"],
        &["convert", "a.xlsx"],
        &["convert", "a.xlsx", "-o", "out", "--formt", "csv"],
        &["convert", "a.xlsx", "-o", "out", "-f", "docx"],
        &["convert", "a.xlsx", "-o", "out", "--unit", "wann"],
        &["convert", "a.xlsx", "-o", "out", "--jobs", "0"],
        &["convert", "a.xlsx", "-o", "out", "--worker-memory", "1"],
        &["convert", "a.xlsx", "-o", "out", "-o", "out2"],
        &["convert", "a.xlsx", "-o", "out", "--bodies", "bad.csv"],
        &["convert", "none.pdf", "-o", "out"],
        &["check", "none.pdf"],
        &["check", "a.xlsx", "-j", "none"],
        &["tables", "none.pdf"],
        &["tables", "notes.txt"],
        &["tables", "a.xlsx", "b.pdf"],
        &["tables", "b.pdf", "--pages", "99"],
        &["tables", "a.xlsx", "-o", "taken"],
        &["inspect", "none.pdf"],
        &["inspect", "b.pdf", "--svg", "--page", "99"],
        &["inspect", "b.pdf", "-q", "-v"],
        &["explain", "Z9"],
        &["explain", "unit_conflct"],
        &["--lang", "fr", "explain"],
        &["completions", "fsh"],
        &["status", "none"],
    ];
    // The list of all rules grows; that it is there is enough.
    for (locale, snapshots, _) in LANGUAGES {
        let said = lines.map(|args| run(&folder, locale, args)).concat();
        let is_list = |line: &str| line.starts_with("可用：A1、") || line.starts_with("known: A1, ");
        let said: String = said
            .lines()
            .map(|line| if is_list(line) { "A1 …" } else { line })
            .fold(String::new(), |all, line| all + line + "\n");
        is_as_reviewed(&format!("{snapshots}/errors.txt"), &said);
    }
    assert!(!folder.path("out").exists());
}

#[test]
fn summaries_are_as_reviewed() {
    for (locale, snapshots, _) in LANGUAGES {
        is_as_reviewed(&format!("{snapshots}/summaries.txt"), &summaries(locale));
    }
}

/// What runs over a folder that changes say, in a language.
fn summaries(locale: &str) -> String {
    let folder = Folder::new();
    folder.sheet("in/甲县科学技术协会2024年部门预算.xlsx", 3.0);
    folder.sheet("in/乙县科学技术协会2024年部门预算.xlsx", 4.0);
    folder.file("in/damaged.pdf", b"%PDF-1.7\nno more than this");
    folder.file("in/picture.png", b"\x89PNG\r\n\x1a\n");
    folder.file("in/README.md", b"notes");
    fs::copy(folder.path("in/甲县科学技术协会2024年部门预算.xlsx"), folder.path("in/副本.xlsx")).unwrap();
    let convert: &[&str] = &["convert", "in", "-o", "out", "-f", "csv"];
    let dry_run: &[&str] = &["convert", "in", "-o", "out", "--dry-run"];
    let said = [dry_run, convert, convert, dry_run].map(|args| run(&folder, locale, args)).concat();
    folder.sheet("in/乙县科学技术协会2024年部门预算.xlsx", 5.0);
    folder.sheet("in/x.xlsx", 9.0);
    fs::remove_file(folder.path("in/picture.png")).unwrap();
    let later: [&[&str]; 7] = [
        dry_run,
        convert,
        &["status", "out"],
        &["verify", "out"],
        &["check", "out"],
        &["inspect", "in/x.xlsx"],
        &["tables", "in/x.xlsx", "--format", "text"],
    ];
    said + &later.map(|args| run(&folder, locale, args)).concat()
}

#[test]
fn every_code_is_explained_in_english() {
    let said = help_in("en_US.UTF-8", &["explain"]);
    assert!(!has_chinese(&said), "{said}");
    // The words of a rule itself are written once, in the language of those who check it.
    for code in ["E010", "unit_conflict", "sums_disagree", "partial", "skipped", "published", "all_zero"] {
        let said = help_in("en_US.UTF-8", &["explain", code]);
        assert!(!has_chinese(&said) && said.lines().count() > 1, "{said}");
    }
}

#[test]
fn a_first_run_that_was_broken_off_says_how_far_it_got() {
    let folder = Folder::new();
    let out = folder.path("out");
    yusuan().arg("status").arg(&out).assert().code(1);
    // What a run leaves that the system ended: the note of a second ago.
    folder
        .file("out/.yusuan/progress.json", br#"{"pid":1,"began":1,"at":9,"phase":"\u8f6c\u6362","done":3,"total":5}"#);
    let said = predicate::str::contains("停在：转换 3/5").and(predicate::str::contains("还没有完成过转换"));
    yusuan().arg("status").arg(&out).assert().code(3).stdout(said);
    yusuan()
        .arg("status")
        .arg(&out)
        .args(["--format", "JSON"])
        .assert()
        .code(3)
        .stdout(predicate::str::contains(r#""done":3"#));
    // The next run ends well, and the note is gone.
    let input = folder.sheet("a.xlsx", 3.0);
    yusuan().arg("convert").arg(&input).arg("-o").arg(&out).args(["-f", "csv"]).assert().success();
    yusuan().arg("status").arg(&out).assert().success().stdout(predicate::str::contains("停在").not());
}

#[test]
fn formats_and_units_are_taken_as_people_write_them() {
    let folder = Folder::new();
    let input = folder.sheet("in/a.xlsx", 3.0);
    let out = folder.path("out");
    let mut command = yusuan();
    command.arg("convert").arg(&input).args(["-f", "XLSX,", "csv", "--unit", "万元", "-o"]).arg(&out);
    command.assert().success();
    let written: Vec<PathBuf> = contents(&out).into_iter().map(|(path, _)| path).collect();
    assert!(written.iter().any(|path| path.ends_with("a.xlsx.xlsx")), "{written:?}");
    assert!(!written.iter().any(|path| path.ends_with("facts.parquet")), "{written:?}");
}

#[test]
fn tables_go_to_files_of_their_own_and_replace_nothing() {
    let folder = Folder::new();
    let input = folder.sheet("a.xlsx", 3.0);
    let out = folder.path("tables");
    let tables = |format: &str, input: &Path| {
        yusuan().arg("tables").arg(input).args(["--format", format, "-o"]).arg(&out).assert()
    };
    tables("csv", &input).success();
    tables("csv", &input).success();
    tables("json", &input).success();
    let names: Vec<PathBuf> = contents(&out).into_iter().map(|(path, _)| path).collect();
    assert_eq!(names, ["t01.csv", "t01.json"].map(PathBuf::from));
    let before = fs::read(out.join("t01.csv")).unwrap();
    assert!(before.starts_with("\u{feff}".as_bytes()));
    tables("csv", &folder.sheet("b.xlsx", 4.0)).code(1).stderr(predicate::str::contains("没有写出任何文件"));
    assert_eq!(fs::read(out.join("t01.csv")).unwrap(), before);
    // In a pipe it is JSON, as it always was.
    yusuan().arg("tables").arg(&input).assert().success().stdout(predicate::str::starts_with("[{"));
    yusuan()
        .arg("tables")
        .arg(&input)
        .args(["--format", "text"])
        .assert()
        .success()
        .stdout(predicate::str::starts_with("表 1  工作表 "));
}

#[test]
fn contents_of_a_file_are_told_as_json() {
    let folder = Folder::new();
    let input = folder.sheet("a.xlsx", 3.0);
    let json =
        yusuan().arg("inspect").arg(&input).args(["--format", "json"]).assert().success().get_output().stdout.clone();
    let value: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(value["tables"][0]["type"], "expenditure_summary");
    assert_eq!((&value["year"], &value["tables"][0]["unit"]), (&2024.into(), &"万元".into()));
}

#[test]
fn completions_and_pages_come_from_the_definition() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = help(&["completions", shell]);
        for word in ["convert", "worker-memory", "explain"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
        assert!(!script.contains("__worker"), "{shell}");
    }
    for command in commands() {
        let page = help(&["man", &command]);
        assert!(page.contains(".SH SYNOPSIS") && page.contains(&command), "{command}");
    }
    assert!(help(&["man"]).contains("yusuan\\-convert(1)"));
}
