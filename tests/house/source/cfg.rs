//! Conditions under which an item is part of the program that people run.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Attribute, Meta};

/// Whether the item is there for tests or for fuzzing only.
pub(crate) fn is_test_only(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::Path(path) => path.is_ident("test"),
        Meta::List(list) if list.path.is_ident("cfg") => holds(list.tokens.clone()) == Some(false),
        _ => false,
    })
}

/// Whether a condition holds in the program; none where that depends on the system.
fn holds(condition: TokenStream) -> Option<bool> {
    let tokens: Vec<TokenTree> = condition.into_iter().collect();
    match tokens.as_slice() {
        [TokenTree::Ident(name)] if name == "test" || name == "fuzzing" => Some(false),
        [TokenTree::Ident(name), TokenTree::Group(of)] => {
            let parts: Vec<Option<bool>> = split(of.stream()).into_iter().map(holds).collect();
            combine(&name.to_string(), &parts)
        }
        _ => None,
    }
}

fn combine(operator: &str, parts: &[Option<bool>]) -> Option<bool> {
    match operator {
        "not" => parts.first().copied().flatten().map(|part| !part),
        "any" if parts.iter().all(|part| *part == Some(false)) => Some(false),
        "any" if parts.contains(&Some(true)) => Some(true),
        "all" if parts.contains(&Some(false)) => Some(false),
        "all" if parts.iter().all(|part| *part == Some(true)) => Some(true),
        _ => None,
    }
}

fn split(tokens: TokenStream) -> Vec<TokenStream> {
    let mut parts = vec![Vec::new()];
    for token in tokens {
        match &token {
            TokenTree::Punct(mark) if mark.as_char() == ',' => parts.push(Vec::new()),
            _ => parts.last_mut().unwrap().push(token),
        }
    }
    parts.into_iter().filter(|part| !part.is_empty()).map(|part| part.into_iter().collect()).collect()
}
