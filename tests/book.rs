//! The handbook: its commands in the order of its pages, its queries on the database that they write, its list of flags.
#![cfg(unix)]

use crate::made::{Folder, contents, yusuan};
use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The pages in their order.
fn pages() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/book");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    paths.iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
}

/// The blocks of code of a page, each with its language.
fn blocks(page: &str) -> Vec<(String, String)> {
    let (mut blocks, mut inside): (Vec<(String, String)>, bool) = (Vec::new(), false);
    for line in page.lines() {
        if let Some(language) = line.strip_prefix("```") {
            inside = !inside;
            if inside {
                blocks.push((language.to_owned(), String::new()));
            }
        } else if let Some((_, code)) = blocks.last_mut().filter(|_| inside) {
            code.push_str(line);
            code.push('\n');
        }
    }
    blocks
}

/// Runs a command as a person with the program on the path would.
fn run(line: &str, root: &Path) {
    let bin = assert_cmd::cargo::cargo_bin!("yusuan").parent().unwrap().to_owned();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let run = Command::new("sh").args(["-c", line]).current_dir(root).env("PATH", path).output().unwrap();
    // A check that does not hold is 3: some samples print such sums.
    let wanted = if line.contains("yusuan check") { [0, 3] } else { [0, 0] };
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(run.status.code().is_some_and(|code| wanted.contains(&code)), "{line}: {:?} {said}", run.status);
}

#[test]
fn every_command_and_query_of_the_handbook_works() {
    let folder = Folder::new();
    let root = folder.path("");
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    std::os::unix::fs::symlink(samples, folder.path("samples")).unwrap();
    let (mut commands, mut queries) = (0, 0);
    for (name, page) in pages() {
        for (language, code) in blocks(&page) {
            if language == "sh" {
                code.lines().filter(|line| !line.starts_with('#')).for_each(|line| run(line, &root));
                commands += 1;
                continue;
            }
            assert_eq!(language, "sql", "{name}: a block that nobody runs");
            let database = Connection::open(root.join("out/yusuan.sqlite")).unwrap();
            let mut query = database.prepare(&code).unwrap_or_else(|error| panic!("{name}: {error}\n{code}"));
            let mut rows = query.query([]).unwrap();
            assert!(rows.next().unwrap().is_some(), "{name}: no answer to\n{code}");
            queries += 1;
        }
    }
    assert!(commands > 10 && queries > 8, "{commands} {queries}");
    assert!(contents(&root.join("out")).iter().all(|(path, _)| !path.to_string_lossy().contains(".edited-")));
}

#[test]
fn every_page_is_in_the_list_and_every_flag_is_explained() {
    let pages = pages();
    let text = |wanted: &str| &pages.iter().find(|(name, _)| name == wanted).unwrap().1;
    let (list, flags) = (text("README.md"), text("02-flags.md"));
    for (name, _) in pages.iter().filter(|(name, _)| name != "README.md") {
        assert!(list.contains(&format!("({name})")), "{name} is not in the list of pages");
    }
    for command in ["convert", "tables", "inspect", "check", "explain", "schema", "export", "merge", "status", "verify"]
    {
        let help = yusuan().args([command, "--help"]).output().unwrap().stdout;
        let help = String::from_utf8(help).unwrap();
        let long = |line: &str| {
            let line = line.trim_start();
            let at =
                if line.starts_with("--") { Some(0) } else { line.find(", --").filter(|at| *at == 2).map(|at| at + 2) };
            let rest = line.get(at?..)?;
            Some(rest.split([' ', '[', '=']).next().unwrap_or_default().to_owned())
        };
        for flag in help.lines().filter(|line| line.trim_start().starts_with('-')).filter_map(long) {
            assert!(flags.contains(&format!("`{flag}`")), "{command} {flag} is not explained in 02-flags.md");
        }
    }
}
