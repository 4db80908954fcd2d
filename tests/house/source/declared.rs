//! What an item defines, and what the users of the crate would see of it.

use super::krate::{Definition, Member};
use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::{Attribute, Fields, Generics, ImplItem, Item, ItemImpl, Path, Signature, Visibility};

impl Definition {
    /// A definition of which only the name is known.
    pub(crate) fn named(name: String, line: usize) -> Self {
        let (signature, fields) = (Vec::new(), Vec::new());
        Self { name, line, module: 0, file: 0, is_macro: false, is_public: false, signature, fields }
    }
}

/// The definition that an item makes, its module still open. Modules are no definitions of their own.
pub(crate) fn declared(item: &Item) -> Option<Definition> {
    let of = |name: &Ident, visibility: &Visibility| Definition {
        is_public: is_public(visibility),
        ..Definition::named(name.to_string(), name.span().start().line)
    };
    let definition = match item {
        Item::Const(item) => of(&item.ident, &item.vis).showing(|seen| seen.visit_type(&item.ty)),
        Item::Enum(item) => of(&item.ident, &item.vis).showing(|seen| {
            item.variants.iter().for_each(|variant| seen.visit_fields(&variant.fields));
        }),
        Item::Fn(item) => of(&item.sig.ident, &item.vis).showing(|seen| seen.visit_signature(&item.sig)),
        Item::Macro(item) => {
            let name = item.ident.as_ref()?;
            Definition { is_macro: true, ..of(name, &Visibility::Inherited) }
        }
        Item::Static(item) => of(&item.ident, &item.vis).showing(|seen| seen.visit_type(&item.ty)),
        Item::Struct(item) => Definition {
            fields: if is_stored(&item.attrs) { Vec::new() } else { public_fields(&item.fields) },
            ..of(&item.ident, &item.vis).showing(|seen| seen.public_fields(&item.fields, &item.generics))
        },
        Item::Trait(item) => of(&item.ident, &item.vis).showing(|seen| {
            item.items.iter().for_each(|item| seen.visit_trait_item(item));
        }),
        Item::Type(item) => of(&item.ident, &item.vis).showing(|seen| seen.visit_type(&item.ty)),
        Item::Union(item) => of(&item.ident, &item.vis),
        _ => return None,
    };
    Some(definition)
}

/// The functions and constants that an inherent `impl` gives to its type.
pub(crate) fn members(block: &ItemImpl) -> Vec<Member> {
    let member = |name: &Ident, visibility: &Visibility, is_method: bool| Member {
        name: name.to_string(),
        line: name.span().start().line,
        is_public: is_public(visibility),
        is_method,
        signature: Vec::new(),
    };
    let members = block.items.iter().filter_map(|item| match item {
        ImplItem::Fn(function) => Some(Member {
            signature: paths_of(|seen| seen.visit_signature(&function.sig)),
            ..member(&function.sig.ident, &function.vis, has_receiver(&function.sig))
        }),
        ImplItem::Const(constant) => Some(Member {
            signature: paths_of(|seen| seen.visit_type(&constant.ty)),
            ..member(&constant.ident, &constant.vis, false)
        }),
        _ => None,
    });
    members.collect()
}

impl Definition {
    fn showing(self, visit: impl FnOnce(&mut Seen)) -> Self {
        Self { signature: paths_of(visit), ..self }
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn has_receiver(signature: &Signature) -> bool {
    signature.receiver().is_some()
}

/// Stored data is read by its form: every field has a user.
fn is_stored(attributes: &[Attribute]) -> bool {
    let derives = attributes.iter().filter(|attribute| attribute.path().is_ident("derive"));
    derives.filter_map(|derive| derive.meta.require_list().ok()).any(|list| {
        let derived = list.tokens.to_string();
        derived.contains("Serialize") || derived.contains("Deserialize")
    })
}

fn public_fields(fields: &Fields) -> Vec<String> {
    let public = fields.iter().filter(|field| is_public(&field.vis));
    public.filter_map(|field| field.ident.as_ref().map(ToString::to_string)).collect()
}

/// Paths that are seen.
#[derive(Default)]
struct Seen(Vec<Vec<String>>);

fn paths_of(visit: impl FnOnce(&mut Seen)) -> Vec<Vec<String>> {
    let mut seen = Seen::default();
    visit(&mut seen);
    seen.0
}

impl Seen {
    fn public_fields(&mut self, fields: &Fields, generics: &Generics) {
        fields.iter().filter(|field| is_public(&field.vis)).for_each(|field| self.visit_type(&field.ty));
        self.visit_generics(generics);
    }
}

impl<'ast> Visit<'ast> for Seen {
    fn visit_path(&mut self, path: &'ast Path) {
        self.0.push(path.segments.iter().map(|part| part.ident.to_string()).collect());
        visit::visit_path(self, path);
    }
}
