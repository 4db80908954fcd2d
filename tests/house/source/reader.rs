//! Sources to a crate: files are followed from the root through their `mod` lines.

use super::declared::{declared, members};
use super::files::Sources;
use super::krate::{Definition, Implementation, Import, Krate, Meaning, Module, SourceFile, Use};
use super::tokens::defined_by_macro;
use super::trim::trim;
use super::uses::{Imports, uses};
use std::collections::BTreeMap;
use syn::{Attribute, Item, ItemMod, Lit, Meta, Type, Visibility};

impl Krate {
    /// The crate that begins in the file `root`, without its tests.
    pub(crate) fn read(sources: &Sources, root: &str) -> Self {
        let mut reader = Reader { sources, with_tests: false, krate: Self::default() };
        let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
        reader.add_file(root, folder, None, &[], true);
        reader.krate
    }

    /// One file with its tests and without the files below it, as if it were a crate.
    pub(crate) fn read_alone(path: &str, text: &str) -> Self {
        let sources = Sources::from([(path.to_owned(), text.to_owned())]);
        let mut reader = Reader { sources: &sources, with_tests: true, krate: Self::default() };
        reader.add_file(path, "", None, &[], true);
        reader.krate
    }
}

struct Reader<'a> {
    sources: &'a Sources,
    with_tests: bool,
    krate: Krate,
}

impl Reader<'_> {
    /// `folder` holds the files of child modules; `names` is the path of the module.
    fn add_file(
        &mut self,
        path: &str,
        folder: &str,
        parent: Option<usize>,
        names: &[String],
        is_public: bool,
    ) -> usize {
        let text = self.sources.get(path).unwrap_or_else(|| panic!("{path} is not there"));
        let mut parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let file = self.krate.files.len();
        let room = names.first().cloned();
        let tests = if self.with_tests { Vec::new() } else { trim(&mut parsed) };
        self.krate.files.push(SourceFile { path: path.to_owned(), room, text: text.clone(), tests });
        let module = Module { parent, file, is_public, names: BTreeMap::new(), globs: Vec::new() };
        self.add_module(module, &parsed.items, folder, names)
    }

    fn add_module(&mut self, module: Module, items: &[Item], folder: &str, names: &[String]) -> usize {
        let index = self.krate.modules.len();
        self.krate.modules.push(module);
        for item in items {
            if let Item::Mod(child) = item {
                self.add_child(child, folder, index, names);
            } else {
                self.add_item(item, index);
            }
        }
        self.add_macro_names(items, index);
        index
    }

    fn add_child(&mut self, child: &ItemMod, folder: &str, parent: usize, names: &[String]) {
        let name = child.ident.to_string();
        let names = [names, std::slice::from_ref(&name)].concat();
        let below = format!("{folder}/{name}");
        let is_public = matches!(child.vis, Visibility::Public(_));
        let module = if let Some((_, items)) = &child.content {
            let file = self.krate.modules[parent].file;
            let module = Module { parent: Some(parent), file, is_public, names: BTreeMap::new(), globs: Vec::new() };
            self.add_module(module, items, &below, &names)
        } else {
            let given = path_attribute(&child.attrs).map(|path| format!("{folder}/{path}"));
            let usual = [format!("{below}.rs"), format!("{below}/mod.rs")];
            match given.into_iter().chain(usual).find(|path| self.sources.contains_key(path)) {
                Some(path) => self.add_file(&path, &below, Some(parent), &names, is_public),
                None if self.with_tests => return,
                None => panic!("{folder}: no file of `mod {name}`"),
            }
        };
        self.name(parent, name, Meaning::Module(module));
    }

    fn add_item(&mut self, item: &Item, module: usize) {
        if let Some(declared) = declared(item) {
            let definition = Definition { module, file: self.krate.modules[module].file, ..declared };
            self.define(definition);
        }
        if let Item::Impl(block) = item
            && let (Type::Path(of), None) = (&*block.self_ty, &block.trait_)
        {
            let of = of.path.segments.iter().map(|part| part.ident.to_string()).collect();
            self.krate.impls.push(Implementation { module, of, members: members(block) });
        }
        let mut imports = Imports::default();
        let used = uses(item, &mut imports);
        self.krate.uses.extend(used.into_iter().map(|path| Use { module, path }));
        for (name, path, is_public) in imports.names {
            self.name(module, name, Meaning::Import(Import { path, is_public }));
        }
        let globs = imports.globs.into_iter().map(|(path, is_public)| Import { path, is_public });
        self.krate.modules[module].globs.extend(globs);
    }

    /// What a macro defines can only be guessed, so a name that is known otherwise is not taken from it.
    fn add_macro_names(&mut self, items: &[Item], module: usize) {
        for item in items {
            let Item::Macro(call) = item else { continue };
            if call.ident.is_some() {
                continue;
            }
            for (name, line) in defined_by_macro(&call.mac.tokens) {
                if !self.krate.modules[module].names.contains_key(&name) {
                    let file = self.krate.modules[module].file;
                    self.define(Definition { module, file, ..Definition::named(name, line) });
                }
            }
        }
    }

    fn define(&mut self, definition: Definition) {
        let index = self.krate.definitions.len();
        self.name(definition.module, definition.name.clone(), Meaning::Definition(index));
        self.krate.definitions.push(definition);
    }

    fn name(&mut self, module: usize, name: String, meaning: Meaning) {
        self.krate.modules[module].names.entry(name).or_default().push(meaning);
    }
}

fn path_attribute(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
            syn::Expr::Lit(syn::ExprLit { lit: Lit::Str(path), .. }) => Some(path.value()),
            _ => None,
        },
        _ => None,
    })
}
