//! A crate as modules in files: what each defines, imports and uses. Tests are left out.

use super::cfg::is_test_only;
use super::declared::declared;
use super::files::Sources;
use super::tokens::defined_by_macro;
use super::uses::{Imports, Used, uses};
use std::collections::BTreeMap;
use syn::{Attribute, Item, ItemImpl, ItemMod, Lit, Meta, Type};

/// A crate without its tests.
pub(crate) struct Krate {
    /// Its source files.
    pub(crate) files: Vec<SourceFile>,
    /// Its modules; the first is the crate root.
    pub(crate) modules: Vec<Module>,
    /// What its modules define, apart from modules.
    pub(crate) definitions: Vec<Definition>,
    /// Every path that is used anywhere.
    pub(crate) uses: Vec<Use>,
    /// Inherent implementations.
    pub(crate) impls: Vec<Implementation>,
}

/// One file.
pub(crate) struct SourceFile {
    /// Its path below the checkout's root.
    pub(crate) path: String,
    /// The room that it is in: the module below the crate root, none for the root.
    pub(crate) room: Option<String>,
    /// Its items, without those of tests.
    pub(crate) items: Vec<Item>,
}

/// One module.
pub(crate) struct Module {
    pub(crate) parent: Option<usize>,
    pub(crate) file: usize,
    /// What a name may stand for here.
    pub(crate) names: BTreeMap<String, Vec<Meaning>>,
    /// Paths whose names are all visible here.
    pub(crate) globs: Vec<Vec<String>>,
}

/// What a name stands for.
pub(crate) enum Meaning {
    Module(usize),
    Definition(usize),
    Import(Vec<String>),
}

/// A function, type, trait, constant or macro.
pub(crate) struct Definition {
    pub(crate) name: String,
    pub(crate) file: usize,
    pub(crate) is_macro: bool,
}

/// A path that is used.
pub(crate) struct Use {
    pub(crate) module: usize,
    pub(crate) path: Used,
}

/// The names that an `impl` gives to a type.
pub(crate) struct Implementation {
    pub(crate) module: usize,
    pub(crate) of: Vec<String>,
    pub(crate) names: Vec<String>,
}

impl Krate {
    /// Reads the crate that begins in the file `root`.
    pub(crate) fn read(sources: &Sources, root: &str) -> Self {
        let mut krate = Self { files: vec![], modules: vec![], definitions: vec![], uses: vec![], impls: vec![] };
        let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
        krate.add_file(sources, root, folder, None, &[]);
        krate
    }

    /// `folder` holds the files of child modules.
    fn add_file(
        &mut self,
        sources: &Sources,
        path: &str,
        folder: &str,
        parent: Option<usize>,
        names: &[String],
    ) -> usize {
        let text = sources.get(path).unwrap_or_else(|| panic!("{path} is not there"));
        let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let file = self.files.len();
        self.files.push(SourceFile { path: path.to_owned(), room: names.first().cloned(), items: Vec::new() });
        let module = self.add_module(sources, &parsed.items, folder, (file, parent), names);
        self.files[file].items = parsed.items;
        module
    }

    fn add_module(
        &mut self,
        sources: &Sources,
        items: &[Item],
        folder: &str,
        (file, parent): (usize, Option<usize>),
        names: &[String],
    ) -> usize {
        let module = self.modules.len();
        self.modules.push(Module { parent, file, names: BTreeMap::new(), globs: Vec::new() });
        for item in items.iter().filter(|item| !is_test_only(attributes(item))) {
            if let Item::Mod(child) = item {
                self.add_child(sources, child, folder, module, names);
            } else {
                self.add_item(item, module);
            }
        }
        self.add_macro_names(items, module);
        module
    }

    fn add_child(&mut self, sources: &Sources, child: &ItemMod, folder: &str, parent: usize, names: &[String]) {
        let name = child.ident.to_string();
        let names = [names, std::slice::from_ref(&name)].concat();
        let below = format!("{folder}/{name}");
        let file = self.modules[parent].file;
        let module = match &child.content {
            Some((_, items)) => self.add_module(sources, items, &below, (file, Some(parent)), &names),
            None => {
                let given = path_attribute(&child.attrs).map(|path| format!("{folder}/{path}"));
                let usual = [format!("{below}.rs"), format!("{below}/mod.rs")];
                let path = given.into_iter().chain(usual).find(|path| sources.contains_key(path));
                let path = path.unwrap_or_else(|| panic!("{folder}: no file of `mod {name}`"));
                self.add_file(sources, &path, &below, Some(parent), &names)
            }
        };
        self.name(parent, name, Meaning::Module(module));
    }

    fn add_item(&mut self, item: &Item, module: usize) {
        if let Some((name, is_macro)) = declared(item) {
            self.define(module, name, is_macro);
        }
        if let Item::Impl(block) = item {
            self.impls.extend(implementation(block, module));
        }
        let mut imports = Imports::default();
        self.uses.extend(uses(item, &mut imports).into_iter().map(|path| Use { module, path }));
        for (name, path) in imports.names {
            self.name(module, name, Meaning::Import(path));
        }
        self.modules[module].globs.extend(imports.globs);
    }

    /// What a macro defines can only be guessed, so a name that is known otherwise is not taken from it.
    fn add_macro_names(&mut self, items: &[Item], module: usize) {
        for item in items.iter().filter(|item| !is_test_only(attributes(item))) {
            let Item::Macro(call) = item else { continue };
            if call.ident.is_some() {
                continue;
            }
            for name in defined_by_macro(&call.mac.tokens) {
                if !self.modules[module].names.contains_key(&name) {
                    self.define(module, name, false);
                }
            }
        }
    }

    fn define(&mut self, module: usize, name: String, is_macro: bool) {
        let file = self.modules[module].file;
        self.name(module, name.clone(), Meaning::Definition(self.definitions.len()));
        self.definitions.push(Definition { name, file, is_macro });
    }

    fn name(&mut self, module: usize, name: String, meaning: Meaning) {
        self.modules[module].names.entry(name).or_default().push(meaning);
    }
}

fn implementation(block: &ItemImpl, module: usize) -> Option<Implementation> {
    let (Type::Path(of), None) = (&*block.self_ty, &block.trait_) else { return None };
    let names = block.items.iter().filter_map(|item| match item {
        syn::ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
        syn::ImplItem::Const(constant) => Some(constant.ident.to_string()),
        _ => None,
    });
    let path = of.path.segments.iter().map(|part| part.ident.to_string()).collect();
    Some(Implementation { module, of: path, names: names.collect() })
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

/// The attributes of an item.
pub(crate) fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
