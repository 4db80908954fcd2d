//! Names that an item gives to its module.

use syn::Item;

/// The name that an item defines, if it has one, and whether it is a macro's. Modules are no definitions of their own.
pub(crate) fn declared(item: &Item) -> Option<(String, bool)> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => return item.ident.as_ref().map(|name| (name.to_string(), true)),
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some((name.to_string(), false))
}
