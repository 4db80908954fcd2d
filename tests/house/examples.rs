//! Examples of the libraries: each crate's own comment has one that runs and asserts something.

use crate::source::{Krate, examples, homes, made};

/// Whether an example of the crate's comment is run by `cargo test`, uses the crate and can fail.
fn has_example(name: &str, krate: &Krate) -> bool {
    let of_crate = examples(&krate.files[0]).into_iter().filter(|example| example.is_of_file);
    of_crate.into_iter().any(|example| {
        example.is_run() && example.code.contains(&format!("yusuan_{name}::")) && example.code.contains("assert")
    })
}

#[test]
fn examples_of_the_libraries_run() {
    let libraries = homes().into_iter().filter(|home| !["cli", "python"].contains(&home.name));
    let without: Vec<&str> =
        libraries.filter(|home| !has_example(home.name, &home.read())).map(|home| home.name).collect();
    assert!(without.is_empty(), "no example that runs and asserts in the crate's comment of {}", without.join(", "));
}

#[test]
fn example_that_cannot_fail_is_none() {
    let has = |comment: &str| {
        let lines = comment.lines().map(|line| format!("//! {line}\n"));
        has_example("a", &made(&[("src/lib.rs", &lines.collect::<String>())]))
    };
    assert!(has("Text.\n```\nuse yusuan_a::f;\n# let hidden = 1;\nassert_eq!(f(), 1);\n```"));
    assert!(has("```rust\nassert!(yusuan_a::f());\n```"));
    assert!(!has("```\nyusuan_a::f();\n```"), "nothing is asserted");
    assert!(!has("```no_run\nassert!(yusuan_a::f());\n```"), "not run");
    assert!(!has("```text\nassert!(yusuan_a::f());\n```"), "no code");
    assert!(!has("```\nassert!(true);\n```"), "nothing of the crate");
    assert!(!has("assert!(yusuan_a::f());"), "no block");
    assert!(!has_example("a", &made(&[("src/lib.rs", "/// ```\n/// assert!(yusuan_a::f());\n/// ```\nfn f() {}")])));
}
