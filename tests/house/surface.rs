//! The public names of the libraries: each has a user outside its crate.
//!
//! A definition that can be reached from the crate root is used where a path outside the crate's `src` leads to it: in
//! another crate, a test, an example, a fuzz target, an example of its own documentation. It is also used where a name
//! that is used shows it in a parameter, a result or a field, since then callers hold its values. Associated functions
//! are used by their path, methods by their name; fields of structs that are no stored data, by their name. What only the
//! crate's own unit tests need is not public.

use crate::source::{Kind, Krate, Meaning, Sources, Target};
use crate::source::{examples, homes, made, root, rust_files, words};
use std::collections::BTreeSet;

/// Definitions and what is asked of them: a function, a constant, a variant.
type Used = BTreeSet<(usize, Option<String>)>;

/// Everything outside a crate that may use it.
struct Outside<'a> {
    files: Vec<&'a Krate>,
    /// Names of methods that are called.
    called: BTreeSet<String>,
    /// All names.
    named: BTreeSet<String>,
}

/// Every file that may use a library, and each example of the libraries' documentation, with the file that it is in.
fn users() -> Vec<(String, Krate)> {
    let root = root();
    let folders = ["crates", "tests", "examples"];
    let mut sources: Sources = folders.iter().flat_map(|folder| rust_files(&root, folder)).collect();
    sources.retain(|path, _| !path.starts_with("tests/house/"));
    let files = sources.iter().map(|(path, text)| (path.clone(), Krate::read_alone(path, text)));
    files.collect()
}

/// The examples in the documentation of a crate.
fn examples_of(krate: &Krate) -> Vec<Krate> {
    let all = krate.files.iter().flat_map(|file| examples(file).into_iter().map(move |example| (file, example)));
    let code = all.filter(|(_, example)| !example.flags.contains("text"));
    code.map(|(file, example)| Krate::read_alone(&file.path, &example.program())).collect()
}

impl<'a> Outside<'a> {
    fn of(files: Vec<&'a Krate>) -> Self {
        let (mut called, mut named) = (BTreeSet::new(), BTreeSet::new());
        for word in files.iter().flat_map(|krate| &krate.files).flat_map(words) {
            if word.kind == Kind::Method {
                called.insert(word.text.clone());
            }
            if matches!(word.kind, Kind::Method | Kind::Name) {
                named.insert(word.text);
            }
        }
        Self { files, called, named }
    }

    /// What the paths to the crate lead to.
    fn used(&self, name: &str, krate: &Krate) -> Used {
        let mut used = Used::new();
        for file in &self.files {
            let paths = file.uses.iter().flat_map(|it| file.resolve(it.module, &it.path.names, it.path.is_macro));
            for target in paths {
                if let Target::Outside(path) = target
                    && path[0] == name
                {
                    used.extend(definitions(krate.resolve(0, &path[1..], false)));
                }
            }
        }
        used
    }
}

fn definitions(targets: Vec<Target>) -> impl Iterator<Item = (usize, Option<String>)> {
    targets.into_iter().filter_map(|target| match target {
        Target::Definition(index, asked) => Some((index, asked)),
        _ => None,
    })
}

/// The definitions that a user of the crate can name, each once, with one of its paths.
fn reachable(krate: &Krate) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut modules = vec![(0, String::new())];
    let mut seen = BTreeSet::new();
    while let Some((module, path)) = modules.pop() {
        if !seen.insert(module) {
            continue;
        }
        for (name, target) in public_names(krate, module) {
            let path = format!("{path}::{name}");
            match target {
                Target::Module(child) => modules.push((child, path)),
                Target::Definition(index, None) if !found.iter().any(|(known, _)| *known == index) => {
                    found.push((index, path));
                }
                _ => {}
            }
        }
    }
    found
}

fn public_names(krate: &Krate, module: usize) -> Vec<(String, Target)> {
    let mut names = Vec::new();
    for (name, meanings) in &krate.modules[module].names {
        for meaning in meanings {
            let targets = match meaning {
                Meaning::Module(child) if krate.modules[*child].is_public => vec![Target::Module(*child)],
                Meaning::Definition(index) if krate.definitions[*index].is_public => {
                    vec![Target::Definition(*index, None)]
                }
                Meaning::Import(import) if import.is_public => krate.resolve(module, &import.path, false),
                _ => Vec::new(),
            };
            names.extend(targets.into_iter().map(|target| (name.clone(), target)));
        }
    }
    for glob in krate.modules[module].globs.iter().filter(|glob| glob.is_public) {
        for target in krate.resolve(module, &glob.path, false) {
            if let Target::Module(child) = target {
                names.extend(public_names(krate, child));
            }
        }
    }
    names
}

/// What is used, and what that shows to its users.
fn with_signatures(krate: &Krate, used: &Used) -> BTreeSet<usize> {
    let mut shown: BTreeSet<usize> = BTreeSet::new();
    let mut next: Vec<usize> = used.iter().map(|(index, _)| *index).collect();
    while let Some(index) = next.pop() {
        if !shown.insert(index) {
            continue;
        }
        let definition = &krate.definitions[index];
        let own = definition.signature.iter().map(|path| (definition.module, path));
        let blocks = krate.impls.iter().filter(|block| krate.implemented(block) == Some(index));
        let members = blocks.flat_map(|block| {
            let used = block.members.iter().filter(|member| used.contains(&(index, Some(member.name.clone()))));
            used.flat_map(|member| &member.signature).map(|path| (block.module, path))
        });
        for (module, path) in own.chain(members) {
            next.extend(definitions(krate.resolve(module, path, false)).map(|(index, _)| index));
        }
    }
    shown
}

/// One line for each public name without a user.
fn report(name: &str, krate: &Krate, outside: &Outside) -> Vec<String> {
    let mut used = outside.used(name, krate);
    let reachable = reachable(krate);
    let members: Vec<_> = krate
        .impls
        .iter()
        .filter_map(|block| Some((block, krate.implemented(block)?)))
        .flat_map(|(block, of)| block.members.iter().filter(|it| it.is_public).map(move |member| (block, of, member)))
        .filter(|(_, of, _)| reachable.iter().any(|(index, _)| index == of))
        .collect();
    for (_, of, member) in
        members.iter().filter(|(_, _, member)| member.is_method && outside.called.contains(&member.name))
    {
        used.insert((*of, Some(member.name.clone())));
    }
    let mut unused = Vec::new();
    for (block, of, member) in members {
        if !used.contains(&(of, Some(member.name.clone()))) {
            let file = &krate.files[krate.modules[block.module].file].path;
            unused.push(format!("{file}:{} {}::{}", member.line, krate.definitions[of].name, member.name));
        }
    }
    let shown = with_signatures(krate, &used);
    for (index, path) in reachable {
        let definition = &krate.definitions[index];
        let place = format!("{}:{}", krate.files[definition.file].path, definition.line);
        if !shown.contains(&index) {
            unused.push(format!("{place} {name}{path}"));
        }
        let fields = definition.fields.iter().filter(|field| !outside.named.contains(*field));
        unused.extend(fields.map(|field| format!("{place} {}.{field}", definition.name)));
    }
    unused.sort();
    unused
}

#[test]
fn public_names_have_users() {
    let users = users();
    let mut unused = Vec::new();
    for home in homes().iter().filter(|home| home.name != "python") {
        let krate = home.read();
        let examples = examples_of(&krate);
        // The program's library and its `main` lie in one folder.
        let own = if home.name == "cli" { "crates/cli/".to_owned() } else { format!("crates/{}/src/", home.name) };
        let is_outside = |path: &str| !path.starts_with(&own) || path == "crates/cli/main.rs";
        let others = users.iter().filter(|(path, _)| is_outside(path)).map(|(_, file)| file);
        let outside = Outside::of(others.chain(&examples).collect());
        let found = report(&format!("yusuan_{}", home.name), &krate, &outside);
        println!("{}: {} public definitions, {} names without a user", home.name, reachable(&krate).len(), found.len());
        unused.extend(found);
    }
    assert!(unused.is_empty(), "public, but nothing outside the crate uses it:\n{}", unused.join("\n"));
}

/// A library `a` with one user.
fn unused(library: &[(&str, &str)], user: &str) -> Vec<String> {
    let krate = made(library);
    let user = Krate::read_alone("tests/user.rs", user);
    let examples = examples_of(&krate);
    report("a", &krate, &Outside::of(examples.iter().chain([&user]).collect()))
}

#[test]
fn public_name_that_nobody_uses_is_found() {
    let library = [
        ("src/lib.rs", "mod x; pub mod y; pub use x::{f, g as named};"),
        ("src/x.rs", "pub fn f() {} pub fn g() {} pub fn hidden() {} #[cfg(fuzzing)] pub fn for_fuzzing() {}"),
        ("src/y.rs", "pub const ONE: u8 = 1; pub const TWO: u8 = 2; #[cfg(test)] mod tests { fn t() { super::TWO } }"),
    ];
    let user = "use other::prelude::*; use a::{f, y}; fn t() { f(); y::ONE; let g = 1; }";
    assert_eq!(unused(&library, user), ["src/x.rs:1 a::named", "src/y.rs:1 a::y::TWO"]);
}

#[test]
fn public_method_or_field_that_nobody_uses_is_found() {
    let library = [(
        "src/lib.rs",
        "pub struct S { pub seen: u8, pub unseen: u8 }
        impl S { pub fn new() -> S { S } pub fn make() -> S { S } pub fn get(&self) {} pub fn set(&self) {} }",
    )];
    let user = "fn t() { let s = a::S::new(); s.get(); s.seen; make(); set(); }";
    assert_eq!(unused(&library, user), ["src/lib.rs:1 S.unseen", "src/lib.rs:2 S::make", "src/lib.rs:2 S::set"]);
}

#[test]
fn what_a_used_name_shows_is_used() {
    let library = [(
        "src/lib.rs",
        "/// ```\n/// a::in_example();\n/// ```\npub fn in_example() {}
        pub fn f() -> Vec<Shown> { vec![] } pub struct Shown { pub more: Inner, hidden: Other }
        pub enum Inner { A } pub struct Other; pub fn unused() -> Lost {} pub struct Lost;",
    )];
    let expected = ["src/lib.rs:6 a::Lost", "src/lib.rs:6 a::Other", "src/lib.rs:6 a::unused"];
    assert_eq!(unused(&library, "fn t() { for it in a::f() { it.more } }"), expected);
}
