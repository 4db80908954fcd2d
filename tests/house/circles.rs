//! No circles: no file uses, over however many others, a file that uses it.

use crate::source::{Arrow, Krate, arrows, homes, made};
use std::fmt::Write;

/// Files that all use each other, directly or not; each list is in order.
fn circles(files: usize, arrows: &[Arrow]) -> Vec<Vec<usize>> {
    let reach: Vec<Vec<bool>> = (0..files).map(|file| reachable(file, files, arrows)).collect();
    let mut seen = vec![false; files];
    let mut circles = Vec::new();
    for file in 0..files {
        let circle: Vec<usize> = (0..files).filter(|other| reach[file][*other] && reach[*other][file]).collect();
        if !seen[file] && circle.len() > 1 {
            for member in &circle {
                seen[*member] = true;
            }
            circles.push(circle);
        }
    }
    circles
}

fn reachable(from: usize, files: usize, arrows: &[Arrow]) -> Vec<bool> {
    let mut reached = vec![false; files];
    let mut next = vec![from];
    while let Some(file) = next.pop() {
        for arrow in arrows.iter().filter(|arrow| arrow.from == file) {
            if !reached[arrow.to] {
                reached[arrow.to] = true;
                next.push(arrow.to);
            }
        }
    }
    reached
}

/// What is to be read by whoever has to undo the circles; empty if there are none.
fn report(krate: &Krate) -> String {
    let arrows = arrows(krate);
    let mut text = String::new();
    for circle in circles(krate.files.len(), &arrows) {
        writeln!(text, "circle of {} files:", circle.len()).unwrap();
        let inside = arrows.iter().filter(|arrow| circle.contains(&arrow.from) && circle.contains(&arrow.to));
        for arrow in inside {
            let names: Vec<String> = arrow.names.iter().map(|(name, line)| format!("{name} (line {line})")).collect();
            let back = arrows.iter().any(|other| (other.from, other.to) == (arrow.to, arrow.from));
            let mark = if back { "↔" } else { "→" };
            let [from, to] = [arrow.from, arrow.to].map(|file| &krate.files[file].path);
            writeln!(text, "  {from} {mark} {to}: {}", names.join(", ")).unwrap();
        }
    }
    text
}

#[test]
fn circles_are_nowhere() {
    let mut all = String::new();
    for home in homes() {
        let krate = home.read();
        let count = arrows(&krate).len();
        let found = report(&krate);
        let circles = found.lines().filter(|line| line.starts_with("circle")).count();
        println!("{}: {} files, {count} arrows, {circles} circles", home.name, krate.files.len());
        all += &found;
    }
    assert!(all.is_empty(), "files use each other in circles (↔: both ways directly):\n{all}");
}

#[test]
fn two_files_that_use_each_other_are_a_circle() {
    let krate = made(&[
        ("src/lib.rs", "mod a; mod b; mod c; use a::A;"),
        ("src/a.rs", "use crate::b::B;\npub struct A;"),
        ("src/b.rs", "pub struct B(super::a::A, super::c::C);"),
        ("src/c.rs", "pub struct C;"),
    ]);
    let expected = "circle of 2 files:\n  src/a.rs ↔ src/b.rs: B (line 1)\n  src/b.rs ↔ src/a.rs: A (line 1)\n";
    assert_eq!(report(&krate), expected);
}

#[test]
fn helper_beside_the_children_in_mod_rs_is_a_circle() {
    let helper = "mod child; pub(crate) fn run() { child::run() } fn help() {}";
    let beside = "mod child; mod help; use help::help; pub(crate) fn run() { child::run() }";
    let child = ("src/room/child.rs", "use super::help; pub(super) fn run() { help() }");
    let root = ("src/lib.rs", "mod room; pub fn f() { room::run() }");
    let krate = made(&[root, ("src/room/mod.rs", helper), child]);
    assert_eq!(report(&krate).lines().next(), Some("circle of 2 files:"));
    let krate = made(&[root, ("src/room/mod.rs", beside), child, ("src/room/help.rs", "pub(super) fn help() {}")]);
    assert_eq!(report(&krate), "");
}

#[test]
fn long_way_round_is_a_circle_too() {
    let krate = made(&[
        ("src/lib.rs", "mod a; mod b; mod c;"),
        ("src/a.rs", "pub fn f() { crate::b::f() }"),
        ("src/b.rs", "pub fn f() { crate::c::f() }"),
        ("src/c.rs", "pub fn f() { crate::a::f() }"),
    ]);
    assert_eq!(report(&krate).lines().count(), 4);
}
