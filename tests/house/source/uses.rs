//! Paths that an item uses: imports, types, values, patterns, attributes and whatever macros are given.

use super::tokens;
use std::collections::BTreeSet;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// A path as it is written.
pub(crate) struct Used {
    pub(crate) names: Vec<String>,
    pub(crate) line: usize,
    pub(crate) is_macro: bool,
    /// Whether it is only handed on, as in `pub use`.
    pub(crate) is_handed_on: bool,
}

/// What the `use` lines of a module bring in.
#[derive(Default)]
pub(crate) struct Imports {
    /// Each name with its path and whether everybody may see it.
    pub(crate) names: Vec<(String, Vec<String>, bool)>,
    /// Paths whose names are all visible, and whether to everybody.
    pub(crate) globs: Vec<(Vec<String>, bool)>,
}

/// Every path that an item uses or imports. What the imports bring in is collected apart.
pub(crate) fn uses(item: &syn::Item, imports: &mut Imports) -> Vec<Used> {
    let mut visitor = Visitor { found: Vec::new(), bound: BTreeSet::new(), imports };
    visitor.visit_item(item);
    visitor.found
}

struct Visitor<'a> {
    found: Vec<Used>,
    /// Names of variables and parameters of the function: alone they name nothing of a module.
    bound: BTreeSet<String>,
    imports: &'a mut Imports,
}

impl Visitor<'_> {
    fn push(&mut self, names: Vec<String>, line: usize, is_macro: bool) {
        let is_variable = !is_macro && names.len() == 1 && self.bound.contains(&names[0]);
        if !is_variable {
            self.found.push(Used { names, line, is_macro, is_handed_on: false });
        }
    }

    fn push_tokens(&mut self, stream: &proc_macro2::TokenStream) {
        for path in tokens::paths(stream) {
            self.push(path.names, path.line, path.is_macro);
        }
    }

    /// Visits a function with its own variables known.
    fn within(&mut self, names: BTreeSet<String>, visit: impl FnOnce(&mut Self)) {
        let outer = self.bound.clone();
        self.bound.extend(names);
        visit(self);
        self.bound = outer;
    }

    fn import(&mut self, tree: &syn::UseTree, before: &[String], seen: SeenBy) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        let line = tree.span().start().line;
        let (named, path) = match tree {
            syn::UseTree::Path(path) => return self.import(&path.tree, &with(&path.ident), seen),
            syn::UseTree::Group(group) => return group.items.iter().for_each(|tree| self.import(tree, before, seen)),
            syn::UseTree::Name(name) if name.ident == "self" => (before.last().unwrap().clone(), before.to_vec()),
            syn::UseTree::Name(name) => (name.ident.to_string(), with(&name.ident)),
            syn::UseTree::Rename(rename) if rename.ident == "self" => (rename.rename.to_string(), before.to_vec()),
            syn::UseTree::Rename(rename) => (rename.rename.to_string(), with(&rename.ident)),
            syn::UseTree::Glob(_) => ("*".to_owned(), before.to_vec()),
        };
        let is_public = seen == SeenBy::All;
        if named == "*" {
            self.imports.globs.push((path.clone(), is_public));
        } else {
            self.imports.names.push((named, path.clone(), is_public));
        }
        self.found.push(Used { names: path, line, is_macro: false, is_handed_on: seen != SeenBy::Module });
    }
}

/// Who may see what a `use` brings in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SeenBy {
    Module,
    Crate,
    All,
}

impl<'ast> Visit<'ast> for Visitor<'_> {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let seen = match item.vis {
            syn::Visibility::Inherited => SeenBy::Module,
            syn::Visibility::Restricted(_) => SeenBy::Crate,
            syn::Visibility::Public(_) => SeenBy::All,
        };
        self.import(&item.tree, &[], seen);
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.within(variables(|names| names.visit_item_fn(item)), |inner| visit::visit_item_fn(inner, item));
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.within(variables(|names| names.visit_impl_item_fn(item)), |inner| visit::visit_impl_item_fn(inner, item));
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        self.within(variables(|names| names.visit_trait_item_fn(item)), |inner| {
            visit::visit_trait_item_fn(inner, item);
        });
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names = path.segments.iter().map(|part| part.ident.to_string()).collect();
        self.push(names, path.span().start().line, false);
        visit::visit_path(self, path);
    }

    /// A constant in a pattern looks like a variable.
    fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
        if !is_variable(pattern) {
            self.push(vec![pattern.ident.to_string()], pattern.ident.span().start().line, false);
        }
        visit::visit_pat_ident(self, pattern);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let names = call.path.segments.iter().map(|part| part.ident.to_string()).collect();
        self.push(names, call.path.span().start().line, true);
        self.push_tokens(&call.tokens);
    }

    /// serde names functions in strings, as in `#[serde(with = "module")]`.
    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        let syn::Meta::List(list) = &attribute.meta else { return };
        self.push_tokens(&list.tokens);
        for token in list.tokens.clone() {
            let text = token.to_string();
            let named = text.trim_matches('"');
            let is_path = named.len() + 2 == text.len()
                && named.split("::").all(|name| syn::parse_str::<syn::Ident>(name).is_ok() || name == "crate");
            if is_path {
                let names = named.split("::").map(ToOwned::to_owned).collect();
                self.push(names, token.span().start().line, false);
            }
        }
    }
}

struct Variables(BTreeSet<String>);

impl<'ast> Visit<'ast> for Variables {
    fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
        if is_variable(pattern) {
            self.0.insert(pattern.ident.to_string());
        }
        visit::visit_pat_ident(self, pattern);
    }
}

fn variables(visit: impl FnOnce(&mut Variables)) -> BTreeSet<String> {
    let mut names = Variables(BTreeSet::new());
    visit(&mut names);
    names.0
}

fn is_variable(pattern: &syn::PatIdent) -> bool {
    pattern.ident.to_string().starts_with(|first: char| first.is_lowercase() || first == '_')
}
