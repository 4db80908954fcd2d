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
