//! Arrows between files: from the file that uses a name to the file that defines it.

use super::krate::{Krate, Use};
use super::resolve::Target;
use std::collections::{BTreeMap, BTreeSet};

/// That one file uses names of another.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Arrow {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// The names with the first line that uses each.
    pub(crate) names: BTreeMap<String, usize>,
}

/// All arrows of a crate, by file. A re-export is looked through and is none itself; nor is the name of a module.
pub(crate) fn arrows(krate: &Krate) -> Vec<Arrow> {
    let elsewhere = associated_elsewhere(krate);
    let mut found: BTreeMap<(usize, usize), BTreeMap<String, usize>> = BTreeMap::new();
    for used in krate.uses.iter().filter(|used| !used.path.is_handed_on) {
        let from = krate.modules[used.module].file;
        for (to, name) in ends(krate, used, &elsewhere) {
            if from != to {
                let line = found.entry((from, to)).or_default().entry(name).or_insert(used.path.line);
                *line = used.path.line.min(*line);
            }
        }
    }
    found.into_iter().map(|((from, to), names)| Arrow { from, to, names }).collect()
}

/// The files where what a path stands for is defined, with its name.
fn ends(krate: &Krate, used: &Use, elsewhere: &Associated) -> Vec<(usize, String)> {
    let mut ends = Vec::new();
    for target in krate.resolve(used.module, &used.path.names, used.path.is_macro) {
        let Target::Definition(index, asked) = target else { continue };
        let definition = &krate.definitions[index];
        ends.push((definition.file, definition.name.clone()));
        if let Some(asked) = asked
            && let Some(files) = elsewhere.get(&(index, asked.clone()))
        {
            ends.extend(files.iter().map(|file| (*file, format!("{}::{asked}", definition.name))));
        }
    }
    ends
}

/// By type and name of an associated function: the files that give it, where the type's own file does not.
type Associated = BTreeMap<(usize, String), BTreeSet<usize>>;

fn associated_elsewhere(krate: &Krate) -> Associated {
    let mut found = Associated::new();
    for block in &krate.impls {
        let Some(index) = krate.implemented(block) else { continue };
        for member in &block.members {
            found.entry((index, member.name.clone())).or_default().insert(krate.modules[block.module].file);
        }
    }
    found.retain(|(index, _), files| !files.contains(&krate.definitions[*index].file));
    found
}
