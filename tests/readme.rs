//! README's commands, literally, line by line, in their order, from an empty folder: each ends well, and none takes away what an
//! earlier one wrote.
#![cfg(unix)]

use crate::made::{Folder, contents, dataset};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What README is run in: the samples, the Makefile and the program, as in a checkout that was built.
fn checkout(folder: &Folder) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let program = folder.path("target/release/yusuan");
    fs::create_dir_all(program.parent().unwrap()).unwrap();
    symlink(assert_cmd::cargo::cargo_bin!("yusuan"), program).unwrap();
    for name in ["samples", "Makefile", "docs"] {
        symlink(root.join(name), folder.path(name)).unwrap();
    }
    folder.path("")
}

/// The lines of the shell in README.
fn commands() -> Vec<String> {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let (mut commands, mut inside) = (Vec::new(), false);
    for line in readme.lines() {
        if line.starts_with("```") {
            inside = line == "```sh";
        } else if inside && !line.trim().is_empty() && !line.starts_with('#') {
            commands.push(line.to_owned());
        }
    }
    commands
}

/// What the browser would have saved: one figure corrected to what is printed.
fn save_corrections(root: &Path) {
    let fact = dataset(&root.join("out"), "facts.csv").remove(0);
    let field = |name: &str| fact.iter().find(|(known, _)| known == name).unwrap().1.clone();
    let [id, table, row, col, printed] = ["doc_id", "table_id", "row", "col", "value_text"].map(field);
    let text =
        format!("doc_id,table_id,row,col,printed,corrected,by,at,note\n{id},{table},{row},{col},\"{printed}\",1,,,\n");
    fs::write(root.join("corrections.csv"), text).unwrap();
}

#[test]
fn readme_does_what_it_says_in_its_order() {
    let folder = Folder::new();
    let root = checkout(&folder);
    let commands = commands();
    assert!(commands.len() > 10, "{commands:?}");
    let mut before = Vec::new();
    for line in &commands {
        if line.contains("--corrections corrections.csv") {
            save_corrections(&root);
        }
        // The tests are what is running here, and the program is built.
        let command = line.replace("make test", "make --dry-run test");
        let run = Command::new("sh").args(["-c", &command]).current_dir(&root).env("CARGO", "true").output().unwrap();
        // A check that does not hold is 3: some samples print such sums.
        let wanted = if line.contains("yusuan check") { [0, 3] } else { [0, 0] };
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        assert!(run.status.code().is_some_and(|code| wanted.contains(&code)), "{line}: {:?} {said}", run.status);
        let now: Vec<PathBuf> = contents(&root.join("out")).into_iter().map(|(path, _)| path).collect();
        let gone: Vec<&PathBuf> = before.iter().filter(|path| !now.contains(path)).collect();
        assert!(gone.is_empty(), "{line} took away {gone:?}");
        assert!(now.iter().all(|path| !path.to_string_lossy().contains(".edited-")), "{line}: {now:?}");
        before = now;
    }
    let has = |name: &str| before.iter().any(|path| path == Path::new(name));
    for name in ["overview.xlsx", "facts.csv", "facts.parquet", "review/index.html", "corrections.csv"] {
        assert!(has(name), "{name} is not there at the end");
    }
}
