//! Names in token streams, where nothing is known of their grammar: macros and what they are given.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// A path found among tokens.
pub(crate) struct Found {
    /// Its names.
    pub(crate) names: Vec<String>,
    /// The line of its first name.
    pub(crate) line: usize,
    /// Whether a `!` follows, so that it names a macro.
    pub(crate) is_macro: bool,
}

/// Every path in the tokens and in their groups. Methods and fields, which follow a dot, are none.
pub(crate) fn paths(tokens: &TokenStream) -> Vec<Found> {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Group(group) => found.extend(paths(&group.stream())),
            TokenTree::Ident(name) => {
                let (names, end) = path_from(&tokens, at);
                if !follows_dot(&tokens, at) {
                    let is_macro = is_mark(tokens.get(end), '!') && !is_mark(tokens.get(end + 1), '=');
                    found.push(Found { names, line: name.span().start().line, is_macro });
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// The names that begin at a token, each after `::`, and where they end.
fn path_from(tokens: &[TokenTree], start: usize) -> (Vec<String>, usize) {
    let mut names = vec![tokens[start].to_string()];
    let mut end = start + 1;
    while let Some(TokenTree::Ident(name)) = tokens.get(end + 2)
        && is_mark(tokens.get(end), ':')
        && is_mark(tokens.get(end + 1), ':')
    {
        names.push(name.to_string());
        end += 3;
    }
    (names, end)
}

/// One dot parts a value from its method or field; two dots are a range.
fn follows_dot(tokens: &[TokenTree], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|index| tokens.get(index));
    let joined =
        matches!(before(2), Some(TokenTree::Punct(mark)) if mark.as_char() == '.' && mark.spacing() == Spacing::Joint);
    is_mark(before(1), '.') && !joined
}

fn is_mark(token: Option<&TokenTree>, mark: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == mark)
}

/// The names that a macro at the place of an item may define: those that head a block, a value or a list, and those
/// after a word like `enum`. Each with its line.
pub(crate) fn defined_by_macro(tokens: &TokenStream) -> Vec<(String, usize)> {
    const ITEM_WORDS: [&str; 7] = ["enum", "struct", "fn", "const", "static", "type", "trait"];
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let heads = |at: usize| match tokens.get(at + 1) {
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Brace,
        Some(TokenTree::Punct(mark)) => {
            matches!(mark.as_char(), '=' | ',') || (mark.as_char() == ':' && mark.spacing() == Spacing::Alone)
        }
        _ => false,
    };
    let after_word = |at: usize| at > 0 && ITEM_WORDS.contains(&tokens[at - 1].to_string().as_str());
    let names = tokens.iter().enumerate().filter_map(|(at, token)| match token {
        TokenTree::Ident(name) if heads(at) || after_word(at) => Some((name.to_string(), name.span().start().line)),
        _ => None,
    });
    names.collect()
}
