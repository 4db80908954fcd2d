//! What a path stands for, looking through re-exports.

use super::krate::{Implementation, Krate, Meaning};

/// What a path ends at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    Module(usize),
    /// A definition, and the name asked of it: a variant, an associated function.
    Definition(usize, Option<String>),
    /// A path that leads out of the crate: it begins with a crate's name, a type of the standard library, a variable.
    Outside(Vec<String>),
}

/// Imports that are being looked through at the moment: none of them is asked again, so that names which refer to
/// each other end.
type Trail = Vec<(usize, String, usize)>;

fn is_outside(target: &Target) -> bool {
    matches!(target, Target::Outside(_))
}

impl Krate {
    /// All that the path may stand for; nothing if a name in it is not found.
    pub(crate) fn resolve(&self, module: usize, path: &[String], is_macro: bool) -> Vec<Target> {
        let found = self.follow(module, path, &mut Trail::new());
        match path {
            [name] if is_macro && found.iter().all(is_outside) => self.macros_named(name),
            _ => found,
        }
    }

    /// The definition of the type that an `impl` is for, if the crate has it.
    pub(crate) fn implemented(&self, block: &Implementation) -> Option<usize> {
        self.resolve(block.module, &block.of, false).into_iter().find_map(|target| match target {
            Target::Definition(index, None) => Some(index),
            _ => None,
        })
    }

    /// A macro by example is visible in all that follows it, without an import.
    fn macros_named(&self, name: &str) -> Vec<Target> {
        let named = self.definitions.iter().enumerate().filter(|(_, it)| it.is_macro && it.name == name);
        named.map(|(index, _)| Target::Definition(index, None)).collect()
    }

    fn follow(&self, module: usize, path: &[String], trail: &mut Trail) -> Vec<Target> {
        let Some((first, rest)) = path.split_first() else { return Vec::new() };
        let starts = match first.as_str() {
            "crate" => vec![Target::Module(0)],
            "self" => vec![Target::Module(module)],
            "super" => self.parent(module),
            name => {
                // A glob of another crate may have any name, and so hides none.
                let mut found = self.lookup(module, name, trail);
                if found.iter().all(is_outside) {
                    found.push(Target::Outside(vec![name.to_owned()]));
                }
                found
            }
        };
        self.walk(starts, rest, trail)
    }

    fn parent(&self, module: usize) -> Vec<Target> {
        self.modules[module].parent.map(Target::Module).into_iter().collect()
    }

    fn walk(&self, starts: Vec<Target>, rest: &[String], trail: &mut Trail) -> Vec<Target> {
        let all = rest;
        let Some((name, rest)) = all.split_first() else { return starts };
        let mut in_modules = Vec::new();
        let mut of_definitions = Vec::new();
        for start in starts {
            match start {
                Target::Module(module) if name == "super" => {
                    in_modules.extend(self.walk(self.parent(module), rest, trail));
                }
                Target::Module(module) => {
                    let next = self.lookup(module, name, trail);
                    in_modules.extend(self.walk(next, rest, trail));
                }
                Target::Definition(index, _) => of_definitions.push(Target::Definition(index, Some(name.clone()))),
                Target::Outside(path) => in_modules.push(Target::Outside([&path, all].concat())),
            }
        }
        // `caption::find` goes through the module, even where there is a function of the same name.
        if in_modules.is_empty() { of_definitions } else { in_modules }
    }

    fn lookup(&self, module: usize, name: &str, trail: &mut Trail) -> Vec<Target> {
        let mut found = Vec::new();
        for (index, meaning) in self.modules[module].names.get(name).into_iter().flatten().enumerate() {
            let targets = match meaning {
                Meaning::Module(child) => vec![Target::Module(*child)],
                Meaning::Definition(index) => vec![Target::Definition(*index, None)],
                Meaning::Import(import) => self.through(module, &import.path, (module, name.to_owned(), index), trail),
            };
            found.extend(targets);
        }
        if found.is_empty() {
            for (index, import) in self.modules[module].globs.iter().enumerate() {
                let step = (module, format!("*{name}"), index);
                let path = [import.path.as_slice(), &[name.to_owned()]].concat();
                // A glob over an enum names its variants; which of its names are variants is not known here.
                let targets = self.through(module, &path, step, trail);
                found.extend(targets.into_iter().filter(|target| !matches!(target, Target::Definition(_, Some(_)))));
            }
        }
        found.dedup();
        found
    }

    fn through(&self, module: usize, path: &[String], step: (usize, String, usize), trail: &mut Trail) -> Vec<Target> {
        if trail.contains(&step) {
            return Vec::new();
        }
        trail.push(step);
        let found = self.follow(module, path, trail);
        trail.pop();
        found
    }
}
