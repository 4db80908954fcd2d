//! The reader of the sources sees what it has to see.

use super::{Krate, Sources, arrows, homes};

/// A crate made of texts; the first is its root.
pub(crate) fn made(files: &[(&str, &str)]) -> Krate {
    let sources: Sources = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    Krate::read(&sources, files[0].0)
}

/// The arrows as `from → to: names`, without the folder.
fn arrows_of(files: &[(&str, &str)]) -> Vec<String> {
    let krate = made(files);
    let line = |arrow: &super::Arrow| {
        let [from, to] = [arrow.from, arrow.to].map(|file| krate.files[file].path.trim_start_matches("src/"));
        let names: Vec<&str> = arrow.names.keys().map(String::as_str).collect();
        format!("{from} → {to}: {}", names.join(" "))
    };
    arrows(&krate).iter().map(line).collect()
}

#[test]
fn own_paths_of_the_sources_are_all_found() {
    let mut lost = Vec::new();
    let mut count = 0;
    for home in homes() {
        let krate = home.read();
        let own = krate.uses.iter().filter(|used| ["crate", "super", "self"].contains(&used.path.names[0].as_str()));
        for used in own {
            count += 1;
            if krate.resolve(used.module, &used.path.names, used.path.is_macro).is_empty() {
                let file = &krate.files[krate.modules[used.module].file].path;
                lost.push(format!("{file}:{} {}", used.path.line, used.path.names.join("::")));
            }
        }
    }
    assert!(count > 500, "only {count} paths were found");
    assert!(lost.is_empty(), "nothing was found for:\n{}", lost.join("\n"));
}

#[test]
fn import_is_an_arrow_and_a_modules_name_is_none() {
    let files = [
        ("src/lib.rs", "mod a; mod b;"),
        ("src/a.rs", "use crate::b; fn f() { b::g() }"),
        ("src/b.rs", "pub fn g() {}"),
    ];
    assert_eq!(arrows_of(&files), ["a.rs → b.rs: g"]);
    let unused = [("src/lib.rs", "mod a; mod b;"), ("src/a.rs", "use crate::b;"), ("src/b.rs", "pub fn g() {}")];
    assert_eq!(arrows_of(&unused), [""; 0]);
}

#[test]
fn re_exports_are_looked_through_and_are_no_arrows() {
    let files = [
        ("src/lib.rs", "mod a; mod room; pub use room::Thing as Renamed;"),
        ("src/a.rs", "fn f(_: crate::Renamed) { crate::room::help() }"),
        ("src/room/mod.rs", "mod thing; mod help; pub(crate) use {thing::*, help::help};"),
        ("src/room/thing.rs", "use super::help; pub struct Thing; fn f() { help() }"),
        ("src/room/help.rs", "pub fn help() {}"),
    ];
    let expected = ["a.rs → room/thing.rs: Thing", "a.rs → room/help.rs: help", "room/thing.rs → room/help.rs: help"];
    assert_eq!(arrows_of(&files), expected);
}

#[test]
fn child_modules_name_is_enough_to_use_it() {
    let files = [
        ("src/lib.rs", "mod a; fn f() -> a::T { a::T::new() }"),
        ("src/a.rs", "pub struct T; impl T { pub fn new() -> T { T } }"),
    ];
    assert_eq!(arrows_of(&files), ["lib.rs → a.rs: T"]);
}

#[test]
fn globs_lead_to_the_names_that_are_used() {
    let files = [
        ("src/lib.rs", "mod a; mod b; mod c;"),
        ("src/a.rs", "use crate::b::*; use crate::c::*; fn f(x: Used) { let other = x; g(other) }"),
        ("src/b.rs", "pub struct Used; pub fn other() {}"),
        ("src/c.rs", "pub fn g() {}"),
    ];
    assert_eq!(arrows_of(&files), ["a.rs → b.rs: Used", "a.rs → c.rs: g"]);
}

#[test]
fn paths_inside_macros_and_attributes_count() {
    let files = [
        ("src/lib.rs", "mod a; mod b; mod c;"),
        (
            "src/a.rs",
            r#"fn f() { println!("{}", super::b::text(1..crate::c::END)); } #[serde(with = "crate::c::form")] struct S;"#,
        ),
        ("src/b.rs", "pub fn text() {}"),
        ("src/c.rs", "pub const END: u8 = 1; pub fn form() {}"),
    ];
    assert_eq!(arrows_of(&files), ["a.rs → b.rs: text", "a.rs → c.rs: END form"]);
}

#[test]
fn macros_are_definitions_and_so_is_what_they_define() {
    let files = [
        ("src/lib.rs", "#[macro_use] mod text; mod a; mod b;"),
        ("src/text.rs", "macro_rules! pattern { ($name:ident, $text:expr) => { static $name: R = R::new($text); } }"),
        ("src/a.rs", r#"pattern!(YEAR, "20"); vocabulary! { Kind { A = "a", "b"; } }"#),
        ("src/b.rs", "fn f() { super::a::YEAR; super::a::Kind::A; }"),
    ];
    assert_eq!(arrows_of(&files), ["a.rs → text.rs: pattern", "b.rs → a.rs: Kind YEAR"]);
}

#[test]
fn associated_functions_of_another_file_count() {
    let files = [
        ("src/lib.rs", "mod t; mod more; mod a;"),
        ("src/t.rs", "pub struct T; impl T { pub fn own() {} }"),
        ("src/more.rs", "use crate::t::T; impl T { pub fn more() {} }"),
        ("src/a.rs", "use crate::t::T; fn f() { T::own(); T::more(); }"),
    ];
    assert_eq!(arrows_of(&files), ["more.rs → t.rs: T", "a.rs → t.rs: T", "a.rs → more.rs: T::more"]);
}

#[test]
fn tests_do_not_count() {
    let text = "
        #[cfg(test)] mod tests { use crate::b::g; }
        #[cfg(any(test, fuzzing))] use crate::b::g;
        #[test] fn f() { crate::b::g() }
        #[cfg(test)] mod elsewhere;
        impl T { #[cfg(test)] fn f() { crate::b::g() } }
        struct S { #[cfg(test)] only: crate::b::G, both: u8 } enum E { A, #[cfg(test)] B(crate::b::G) }
        fn s(e: E) -> S { #[cfg(test)] crate::b::g(); match e { #[cfg(test)] B(_) => crate::b::g(), A => {} }
            S { #[cfg(test)] only: crate::b::g(), both: 1 } }
        #[cfg(not(test))] fn counts() { crate::b::h() }";
    let files = [
        ("src/lib.rs", "mod a; mod b;"),
        ("src/a.rs", text),
        ("src/b.rs", "pub fn g() {} pub fn h() {} pub struct G;"),
    ];
    assert_eq!(arrows_of(&files), ["a.rs → b.rs: h"]);
}

#[test]
fn modules_written_in_place_are_part_of_their_file() {
    let files = [
        ("src/lib.rs", "mod a { pub mod b { use super::super::c::g; } mod d; } mod c;"),
        ("src/a/d.rs", "use super::b; use crate::c;"),
        ("src/c.rs", "pub fn g() {}"),
    ];
    assert_eq!(arrows_of(&files), ["lib.rs → c.rs: g"]);
}
