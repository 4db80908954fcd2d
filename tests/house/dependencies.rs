//! The list of dependencies: docs/dependencies.md names what the manifests name, under the crate that needs it, and the
//! crate's sources name it too.

use crate::source::{Krate, homes, made, root, words};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

type Names = BTreeSet<String>;

/// The manifests, by the folder that a heading of the page names.
const MANIFESTS: [(&str, &str); 6] = [
    ("crates/extract", "crates/extract/Cargo.toml"),
    ("crates/normalize", "crates/normalize/Cargo.toml"),
    ("crates/export", "crates/export/Cargo.toml"),
    ("crates/cli", "Cargo.toml"),
    ("crates/python", "crates/python/Cargo.toml"),
    ("crates/bench", "crates/bench/Cargo.toml"),
];
const EVERYWHERE: &str = "Everywhere";
const TESTS: &str = "Tests only";

/// The names in the first column of each table of the page, by heading or by the folder that the heading names.
fn listed(page: &str) -> BTreeMap<String, Names> {
    let mut sections: BTreeMap<String, Names> = BTreeMap::new();
    let mut heading = String::new();
    for line in page.lines() {
        if let Some(text) = line.strip_prefix("## ") {
            text.split('`').nth(1).unwrap_or(text).clone_into(&mut heading);
        } else if let Some(row) = line.strip_prefix("| ") {
            let names = without_brackets(row.split('|').next().unwrap_or_default());
            let names = names.split(',').map(|name| name.trim().to_owned());
            sections.entry(heading.clone()).or_default().extend(names.filter(|name| name != "crate"));
        }
    }
    sections
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0;
    let outside = |c: &char| {
        depth += i32::from(*c == '(') - i32::from(*c == ')');
        depth == 0 && *c != ')'
    };
    text.chars().filter(outside).collect()
}

/// What a manifest needs to build and what it needs for its tests, without the workspace's own crates.
fn needed(manifest: &str) -> (Names, Names) {
    let (mut build, mut tests) = (Names::new(), Names::new());
    let mut section = "";
    for line in manifest.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']');
        } else if let Some((key, _)) = line.split_once('=')
            && !line.starts_with('#')
        {
            let name = key.trim().trim_end_matches(".workspace").trim_matches('"').to_owned();
            let is_own = name == "yusuan" || name.starts_with("yusuan-");
            match section.rsplit('.').next() {
                _ if is_own || section.starts_with("workspace") => false,
                Some("dependencies" | "build-dependencies") => build.insert(name),
                Some("dev-dependencies") => tests.insert(name),
                _ => false,
            };
        }
    }
    (build, tests)
}

/// One line for each name that is only here or only there. `manifests` are folders with their manifests.
fn report(page: &str, manifests: &[(&str, String)]) -> Vec<String> {
    let listed = listed(page);
    let section = |name: &str| listed.get(name).cloned().unwrap_or_default();
    let everywhere = section(EVERYWHERE);
    let mut found = Vec::new();
    let (mut all, mut for_tests) = (Names::new(), Names::new());
    for (folder, manifest) in manifests {
        let (build, tests) = needed(manifest);
        let own = section(folder);
        let missing = build.difference(&own).filter(|name| !everywhere.contains(*name));
        found.extend(missing.map(|name| format!("{name}: needed by {folder} and not listed there")));
        found.extend(own.difference(&build).map(|name| format!("{name}: listed for {folder} and not needed there")));
        for_tests.extend(tests.into_iter().filter(|name| !build.contains(name) && !everywhere.contains(name)));
        all.extend(build);
    }
    let tests = section(TESTS);
    found.extend(for_tests.difference(&tests).map(|name| format!("{name}: needed by tests and not listed there")));
    found.extend(tests.difference(&for_tests).map(|name| format!("{name}: listed for tests and not needed there")));
    found.extend(everywhere.difference(&all).map(|name| format!("{name}: listed for all and needed by none")));
    let known = [EVERYWHERE, TESTS].into_iter().chain(manifests.iter().map(|(folder, _)| *folder)).collect::<Vec<_>>();
    let unknown = listed.keys().filter(|heading| !known.contains(&heading.as_str()));
    found.extend(unknown.map(|heading| format!("{heading}: a table under a heading that is no crate's")));
    found
}

#[test]
fn dependencies_are_listed() {
    let read = |path: &str| fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let manifests = MANIFESTS.map(|(folder, path)| (folder, read(path)));
    let count: usize = manifests.iter().map(|(_, manifest)| needed(manifest).0.len()).sum();
    assert!(count > 30, "only {count} dependencies were found");
    let found = report(&read("docs/dependencies.md"), &manifests);
    println!("{count} dependencies of six manifests");
    assert!(found.is_empty(), "docs/dependencies.md and the manifests differ:\n{}", found.join("\n"));
}

/// What a manifest needs to build and no source of its crate names.
fn unused(manifest: &str, krate: &Krate) -> Vec<String> {
    let named: Names = krate.files.iter().flat_map(words).map(|word| word.text).collect();
    needed(manifest).0.into_iter().filter(|name| !named.contains(&name.replace('-', "_"))).collect()
}

#[test]
fn dependencies_are_used() {
    let mut found = Vec::new();
    for (home, (folder, path)) in homes().iter().zip(MANIFESTS) {
        assert!(folder.ends_with(home.name), "{folder} is not {}", home.name);
        let manifest = fs::read_to_string(root().join(path)).unwrap();
        found.extend(unused(&manifest, &home.read()).into_iter().map(|name| format!("{name} in {path}")));
    }
    assert!(found.is_empty(), "no source of the crate names:\n{}", found.join("\n"));
}

#[test]
fn dependency_that_nothing_uses_is_found() {
    let krate = made(&[("src/lib.rs", "fn f() { one_more::f() }\n#[cfg(test)] mod tests { use two; }")]);
    assert_eq!(unused("[dependencies]\none-more = \"1\"\ntwo = \"2\"\n", &krate), ["two"]);
}

#[test]
fn dependency_on_one_side_only_is_found() {
    let page = "
## Reading (`crates/a`)
| crate | why | rejected |
|---|---|---|
| one, two (fast, small; Unix only) | Reasons. | |
| gone | Reasons. | |
## Everywhere
| crate | why |
|---|---|
| serde | Values. |
## Tests only
| crate | why |
|---|---|
| assert, old | Tests. |
";
    let manifest = "[package]\nname = \"a\"\n[workspace.dependencies]\nother = \"1\"\n[dependencies]\nyusuan-b.workspace = true\n\
        # three = 1\none = \"1\"\nserde.workspace = true\nnew = { version = \"1\" }\n\
        [target.'cfg(unix)'.dependencies]\ntwo = \"1\"\n[dev-dependencies]\nassert = \"1\"\none = \"1\"\ntried = \"1\"\n";
    let expected = [
        "new: needed by crates/a and not listed there",
        "gone: listed for crates/a and not needed there",
        "tried: needed by tests and not listed there",
        "old: listed for tests and not needed there",
    ];
    assert_eq!(report(page, &[("crates/a", manifest.to_owned())]), expected);
}
