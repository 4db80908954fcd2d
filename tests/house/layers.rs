//! Layers: a room uses its own files and rooms of lower layers, never one beside or above it.

use crate::source::{Krate, arrows, homes, made};
use std::fmt::Write;

/// Rooms (modules of the crate root) from the lowest layer to the highest; `|` parts rooms of one layer, which do not
/// use each other. The crate root itself stands above all.
const LAYERS: [(&str, &[&str]); 5] = [
    (
        "extract",
        &[
            "error|limits|model|side_by_side",
            "options",
            "canvas|debug_svg|sheet|text",
            "image|ledger|ocr|ofd|pdf|table",
            "page|scan|sniff",
            "flow|said",
            "open",
            "fuzzing|stages",
        ],
    ),
    (
        "normalize",
        &[
            "model",
            "balance|context|reading",
            "near_names",
            "mark",
            "choice|correction|identity|table",
            "indicator|settle",
            "narrative",
            "check",
            "batch|pipeline",
            "rules|stages",
        ],
    ),
    (
        "export",
        &[
            "doubt|foreign|hash|options|text_width",
            "record",
            "file|words",
            "error",
            "csv",
            "dataset",
            "dictionary|output_folder|review",
            "xlsx",
            "write",
        ],
    ),
    (
        "cli",
        &[
            "language",
            "remote|worker",
            "inputs",
            "document",
            "store",
            "report",
            "exit",
            "run",
            "serve",
            "commands",
            "embed",
        ],
    ),
    (
        "python",
        &["arrow|diagnostic|error|frames|reader", "call|dataset|source|stream", "document|folder|table", "tables"],
    ),
];

fn layer(layers: &[&str], room: &str) -> Option<usize> {
    layers.iter().position(|rooms| rooms.split('|').any(|name| name == room))
}

/// One line for each arrow that does not go down, and for each room that has no place.
fn report(krate: &Krate, layers: &[&str]) -> String {
    let mut text = String::new();
    let mut rooms: Vec<&str> = krate.files.iter().filter_map(|file| file.room.as_deref()).collect();
    rooms.sort_unstable();
    rooms.dedup();
    for room in rooms.iter().filter(|room| layer(layers, room).is_none()) {
        writeln!(text, "  room `{room}` has no layer").unwrap();
    }
    for arrow in arrows(krate) {
        let [from, to] = [arrow.from, arrow.to].map(|file| &krate.files[file]);
        // A room without a layer is named once, above.
        let rank = |room: &Option<String>| room.as_deref().map_or(Some(layers.len()), |room| layer(layers, room));
        let (Some(user), Some(used)) = (rank(&from.room), rank(&to.room)) else { continue };
        if from.room != to.room && user <= used {
            for (name, line) in &arrow.names {
                writeln!(text, "  {}:{line} uses {name} of {}", from.path, to.path).unwrap();
            }
        }
    }
    text
}

#[test]
fn layers_are_kept() {
    let mut all = String::new();
    for home in homes() {
        let (_, layers) = LAYERS.iter().find(|(name, _)| *name == home.name).unwrap();
        let found = report(&home.read(), layers);
        println!("{}: {} arrows that do not go down, or rooms without a layer", home.name, found.lines().count());
        if !found.is_empty() {
            writeln!(all, "{} ({}):\n{found}", home.name, layers.join(" < ")).unwrap();
        }
    }
    assert!(all.is_empty(), "layers of tests/house/layers.rs are not kept:\n{all}");
}

#[test]
fn arrows_upwards_and_to_the_side_are_found() {
    let krate = made(&[
        ("src/lib.rs", "mod low; mod left; mod right; mod high; pub struct Root; use high::High;"),
        ("src/low.rs", "pub struct Low;\nuse crate::high::High;"),
        ("src/left.rs", "pub struct Left; use crate::low::Low;"),
        ("src/right.rs", "use crate::left::Left;"),
        ("src/high/mod.rs", "mod part; pub use part::High;"),
        ("src/high/part.rs", "pub struct High; use crate::left::Left; use crate::Root;"),
    ]);
    let expected = "  src/low.rs:2 uses High of src/high/part.rs\n  src/right.rs:1 uses Left of src/left.rs\n  \
                    src/high/part.rs:1 uses Root of src/lib.rs\n";
    assert_eq!(report(&krate, &["low", "left|right", "high"]), expected);
}

#[test]
fn room_without_a_layer_is_found() {
    let krate = made(&[("src/lib.rs", "mod a; mod b;"), ("src/a.rs", ""), ("src/b.rs", "")]);
    assert_eq!(report(&krate, &["a"]), "  room `b` has no layer\n");
}
