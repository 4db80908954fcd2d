//! The samples' tables against tables that were reviewed (tests/golden/REVIEW.md).

use crate::made::{Folder, contents, yusuan};
use std::fs;
use std::path::Path;

/// Set to accept what the program writes now; look at `git diff` before committing.
const UPDATE: &str = "YUSUAN_GOLDEN_UPDATE";

#[test]
fn the_samples_tables_are_as_reviewed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let golden = root.join("tests/golden");
    let folder = Folder::new();
    let out = folder.path("out");
    yusuan().arg("convert").arg(root.join("samples")).args(["-q", "-f", "csv", "-o"]).arg(&out).assert().success();
    let written = contents(&out.join("tables"));
    if std::env::var_os(UPDATE).is_some() {
        for (path, bytes) in &written {
            fs::create_dir_all(golden.join(path).parent().unwrap()).unwrap();
            fs::write(golden.join(path), bytes).unwrap();
        }
    }
    let reviewed: Vec<_> =
        contents(&golden).into_iter().filter(|(path, _)| path.extension().is_some_and(|e| e == "csv")).collect();
    assert_eq!(reviewed.len(), 56, "tables of five samples");
    let names = |files: &[(std::path::PathBuf, Vec<u8>)]| -> Vec<_> { files.iter().map(|(p, _)| p.clone()).collect() };
    assert_eq!(names(&written), names(&reviewed));
    for ((path, now), (_, then)) in written.iter().zip(&reviewed) {
        let (now, then) = (String::from_utf8_lossy(now), String::from_utf8_lossy(then));
        let differing = now.lines().zip(then.lines()).position(|(a, b)| a != b);
        assert!(now == then, "{} differs from row {:?}", path.display(), differing.map(|row| row + 1));
    }
}
