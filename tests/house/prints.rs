//! Printing: only the program's room `report` writes for people.
//!
//! What is looked for is every way to the streams of the process itself: the macros, `stdout` and `stderr` (from `std`,
//! from `indicatif`, wherever else), and the methods of `clap` that print. Streams of a child process (`child.stdout`,
//! `Command::stdout(…)`) are no printing, nor is a log file. A build script speaks to cargo and is not part of a crate.
//!
//! A worker answers its parent over stdout. That is no text for people, so the room `worker` may name `stdout`, and
//! nothing else of the list.

use crate::source::{Kind, Krate, homes, made, words};

/// The one room that prints.
const REPORT: &str = "report";
/// The one room whose replies go over stdout.
const WORKER: &str = "worker";

const MACROS: [&str; 5] = ["print", "println", "eprint", "eprintln", "dbg"];
const STREAMS: [&str; 4] = ["stdout", "stderr", "Stdout", "Stderr"];
/// Methods of `clap` that print.
const METHODS: [&str; 3] = ["print", "print_help", "print_long_help"];

/// One line for each place that prints and may not.
fn report(name: &str, krate: &Krate) -> Vec<String> {
    let may = |room: Option<&str>, what: &str| {
        name == "cli" && (room == Some(REPORT) || (room == Some(WORKER) && what == "stdout"))
    };
    let mut found = Vec::new();
    for used in &krate.uses {
        let room = krate.files[krate.modules[used.module].file].room.as_deref();
        let last = used.path.names.last().unwrap().as_str();
        let prints = if used.path.is_macro { MACROS.contains(&last) } else { STREAMS.contains(&last) };
        if prints && !may(room, last) {
            found.push(format!("{} {}", krate.place(used), used.path.names.join("::")));
        }
    }
    for file in krate.files.iter().filter(|file| !may(file.room.as_deref(), "")) {
        let methods = words(file).into_iter().filter(|word| word.kind == Kind::Method);
        for method in methods.filter(|word| METHODS.contains(&word.text.as_str())) {
            found.push(format!("{}:{} .{}()", file.path, method.line(), method.text));
        }
    }
    found.sort();
    found
}

#[test]
fn prints_only_the_report() {
    let found: Vec<String> = homes().iter().flat_map(|home| report(home.name, &home.read())).collect();
    println!("{} places print that may not", found.len());
    assert!(found.is_empty(), "only the room `{REPORT}` of the program prints:\n{}", found.join("\n"));
}

#[test]
fn print_in_a_library_is_found() {
    let krate = made(&[
        ("src/lib.rs", "mod report; fn f() { println!(\"x\"); }"),
        ("src/report.rs", "use std::io::{stdout, Write};\n#[cfg(test)] mod tests { fn f() { dbg!(1) } }"),
    ]);
    assert_eq!(report("export", &krate), ["src/lib.rs:1 println", "src/report.rs:1 std::io::stdout"]);
}

#[test]
fn print_beside_the_report_is_found() {
    let silent = "fn f(mut child: Child) { let stdout = child.stdout.take(); g(stdout); \
                  Command::new(\"a\").stdout(Stdio::piped()); }";
    let krate = made(&[
        ("src/main.rs", "mod report; mod worker; mod run; mod silent;"),
        ("src/report.rs", "fn f() { eprintln!(\"x\"); error.print(); }"),
        ("src/worker.rs", "fn f() { std::io::stdout(); std::io::stderr(); }"),
        ("src/run.rs", "fn f() { vec![dbg!(1)];\nerror.print();\nset(ProgressDrawTarget::stderr()) }"),
        ("src/silent.rs", silent),
    ]);
    let expected = [
        "src/run.rs:1 dbg",
        "src/run.rs:2 .print()",
        "src/run.rs:3 ProgressDrawTarget::stderr",
        "src/worker.rs:1 std::io::stderr",
    ];
    assert_eq!(report("cli", &krate), expected);
}
