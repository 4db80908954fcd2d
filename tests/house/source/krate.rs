//! A crate as data: its files and modules, what they define, import and use.

use super::trim::Stretch;
use super::uses::Used;
use std::collections::BTreeMap;

/// A crate, read from its root file on.
#[derive(Default)]
pub(crate) struct Krate {
    pub(crate) files: Vec<SourceFile>,
    /// The first is the crate root.
    pub(crate) modules: Vec<Module>,
    /// What the modules define, apart from modules.
    pub(crate) definitions: Vec<Definition>,
    /// Every path that is used or imported anywhere.
    pub(crate) uses: Vec<Use>,
    pub(crate) impls: Vec<Implementation>,
}

/// One file.
pub(crate) struct SourceFile {
    /// Its path below the checkout's root.
    pub(crate) path: String,
    /// The room that it is in: the module below the crate root, none for the root.
    pub(crate) room: Option<String>,
    pub(crate) text: String,
    /// What of it is there for tests only and was not read.
    pub(crate) tests: Vec<Stretch>,
}

/// One module.
pub(crate) struct Module {
    pub(crate) parent: Option<usize>,
    pub(crate) file: usize,
    pub(crate) is_public: bool,
    /// What a name may stand for here.
    pub(crate) names: BTreeMap<String, Vec<Meaning>>,
    /// Imports of all names of a path.
    pub(crate) globs: Vec<Import>,
}

/// What a name stands for.
pub(crate) enum Meaning {
    Module(usize),
    Definition(usize),
    Import(Import),
}

/// A path that is imported.
pub(crate) struct Import {
    pub(crate) path: Vec<String>,
    pub(crate) is_public: bool,
}

/// A function, type, trait, constant or macro.
pub(crate) struct Definition {
    pub(crate) name: String,
    pub(crate) module: usize,
    pub(crate) file: usize,
    pub(crate) line: usize,
    pub(crate) is_macro: bool,
    pub(crate) is_public: bool,
    /// Paths in what its users see of it: parameters, results, fields.
    pub(crate) signature: Vec<Vec<String>>,
    /// Public fields of a struct that is no stored data.
    pub(crate) fields: Vec<String>,
}

/// A path that is used.
pub(crate) struct Use {
    pub(crate) module: usize,
    pub(crate) path: Used,
}

/// What an inherent `impl` gives to a type.
pub(crate) struct Implementation {
    pub(crate) module: usize,
    pub(crate) of: Vec<String>,
    pub(crate) members: Vec<Member>,
}

/// An associated function or constant.
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) line: usize,
    pub(crate) is_public: bool,
    /// Whether it is called as `value.name()`.
    pub(crate) is_method: bool,
    pub(crate) signature: Vec<Vec<String>>,
}

impl Krate {
    /// The file and line of a use.
    pub(crate) fn place(&self, used: &Use) -> String {
        format!("{}:{}", self.files[self.modules[used.module].file].path, used.path.line)
    }
}
