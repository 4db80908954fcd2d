//! What the developers' pages name in backticks: it exists. A path is a file or folder of the checkout, `crate::path` leads
//! to a module or definition, `make word` is a target, a single name is one of the sources.

use crate::source::{Kind, Krate, Target, homes, made, root, words};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const PAGES: [&str; 2] = ["docs/architecture.md", "docs/contributing.md"];

/// The sources as they can be named on a page.
struct Sources {
    /// Each crate with its short name.
    crates: Vec<(&'static str, Krate)>,
    /// Every name and every literal.
    words: BTreeSet<String>,
    /// The targets of the Makefile.
    targets: BTreeSet<String>,
}

impl Sources {
    fn new(crates: Vec<(&'static str, Krate)>, makefile: &str) -> Self {
        let files = crates.iter().flat_map(|(_, krate)| &krate.files);
        let all = files.flat_map(words).filter(|word| word.kind != Kind::Documentation);
        let words = all.map(|word| word.text).collect();
        let targets =
            makefile.lines().filter_map(|line| line.split_once(':')).map(|(target, _)| target.to_owned()).collect();
        Self { crates, words, targets }
    }

    /// Whether a path of modules leads somewhere. It begins with a crate, with a module of one, or with a type.
    fn leads(&self, path: &str) -> bool {
        let names: Vec<String> = path.split("::").map(|name| name.trim_end_matches("()").to_owned()).collect();
        let in_crate = |krate: &Krate, names: &[String]| {
            let ends = krate.resolve(0, names, false);
            ends.iter().any(|end| match end {
                Target::Module(_) | Target::Definition(_, None) => true,
                Target::Definition(_, Some(asked)) => self.words.contains(asked),
                Target::Outside(_) => false,
            })
        };
        let short = names[0].trim_start_matches("yusuan_");
        if let Some((_, krate)) = self.crates.iter().find(|(name, _)| *name == short) {
            return names.len() == 1 || in_crate(krate, &names[1..]);
        }
        self.crates.iter().any(|(_, krate)| {
            let of_type = krate.definitions.iter().any(|definition| definition.name == names[0]);
            in_crate(krate, &names) || (of_type && names[1..].iter().all(|name| self.words.contains(name)))
        })
    }
}

/// The texts in backticks with their lines, and the paths in blocks of code.
fn named(page: &str) -> Vec<(usize, String)> {
    let mut named = Vec::new();
    let mut is_block = false;
    for (line, text) in (1..).zip(page.lines()) {
        if text.starts_with("```") {
            is_block = !is_block;
        } else if is_block {
            let paths = text.split_whitespace().filter(|word| is_path_of_checkout(word));
            named.extend(paths.map(|path| (line, path.trim_end_matches([',', ';']).to_owned())));
        } else {
            named.extend(text.split('`').skip(1).step_by(2).map(|name| (line, name.to_owned())));
            let links = text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
            let files = links.filter(|link| !link.is_empty() && !link.contains("://"));
            named.extend(files.map(|link| (line, format!("docs/{link}"))));
        }
    }
    named
}

fn is_path_of_checkout(word: &str) -> bool {
    ["crates/", "docs/", "tests/", "samples/"].iter().any(|folder| word.starts_with(folder))
}

/// Whether what is named exists; paths are looked for below the folders.
fn exists(name: &str, sources: &Sources, folders: &[&Path]) -> bool {
    let is_name = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let is_file = || folders.iter().any(|folder| folder.join(name).exists());
    if let Some(target) = name.strip_prefix("make ") {
        return sources.targets.contains(target);
    }
    // Commands, output paths and patterns are no business of this test.
    if name.contains([' ', '<', '*', '…', '=', '{', '"']) || name.starts_with(['-', '.']) || name.starts_with("OUT/")
    {
        return true;
    }
    if name.contains('/') {
        return is_file();
    }
    if name.contains("::") {
        return sources.leads(name);
    }
    if is_name(name) {
        return sources.words.contains(name) || sources.crates.iter().any(|(short, _)| *short == name);
    }
    match name.rsplit_once('.') {
        Some((stem, end)) if is_name(end) && !stem.is_empty() => is_file() || sources.words.contains(name),
        _ => true,
    }
}

fn missing(page: &str, sources: &Sources, folders: &[&Path]) -> Vec<String> {
    let gone = named(page).into_iter().filter(|(_, name)| !exists(name, sources, folders));
    gone.map(|(line, name)| format!("{line} `{name}`")).collect()
}

#[test]
fn pages_name_what_exists() {
    let root = root();
    let crates = homes().into_iter().map(|home| (home.name, home.read())).collect();
    let sources = Sources::new(crates, &fs::read_to_string(root.join("Makefile")).unwrap());
    let folders = [root.clone(), root.join("crates"), root.join("docs")];
    let folders: Vec<&Path> = folders.iter().map(AsRef::as_ref).collect();
    let mut gone = Vec::new();
    for page in PAGES {
        let text = fs::read_to_string(root.join(page)).expect(page);
        println!("{page}: {} names", named(&text).len());
        assert!(named(&text).len() > 10, "{page} names too little to be a page for developers");
        gone.extend(missing(&text, &sources, &folders).into_iter().map(|line| format!("{page}:{line}")));
    }
    assert!(gone.is_empty(), "named, but not there:\n{}", gone.join("\n"));
}

#[test]
fn names_of_what_is_gone_are_found() {
    let krate = made(&[
        ("src/lib.rs", "pub mod room; mod low;"),
        ("src/room.rs", "pub struct Thing { pub part: u8 }"),
        ("src/low.rs", "const NAME: &str = \"facts.csv\";"),
    ]);
    let sources = Sources::new(vec![("a", krate)], "build: x\n");
    let good = "`a::room`, `a::room::Thing`, `room::Thing`, `Thing::part`, `Thing`, `a`, `low`, `facts.csv`, `make build`, \
                `crates/extract/`, [page](architecture.md), `-f x`, `OUT/y/<z>`\n```\ncrates/extract   the reader\n```";
    let bad = "`a::gone`\n`room::Gone`\n`Thing::gone`\n`Gone`\n`gone.csv`\n`make gone`\n`tests/gone/`\n[page](gone.md)\n\
               ```\ntests/gone   the tests\n```";
    let root = root();
    assert_eq!(missing(good, &sources, &[&root]), [""; 0]);
    let lines = missing(bad, &sources, &[&root]);
    let numbers: Vec<&str> = lines.iter().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(numbers, ["1", "2", "3", "4", "5", "6", "7", "8", "10"]);
}
