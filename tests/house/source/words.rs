//! The words of a file: names, literals and comments for documentation, without those of tests.

use super::krate::SourceFile;
use proc_macro2::{Delimiter, LineColumn, Literal, TokenStream, TokenTree};
use syn::Lit;

/// A name, a literal or a line of documentation.
pub(crate) struct Word {
    pub(crate) kind: Kind,
    pub(crate) text: String,
    start: LineColumn,
}

impl Word {
    pub(crate) fn line(&self) -> usize {
        self.start.line
    }
}

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An identifier.
    Name,
    /// A string or a character, without its quotation marks.
    Literal,
    /// A line of a comment for documentation.
    Documentation,
    /// A string in any other attribute.
    Attribute,
    /// A name that follows a dot and is called.
    Method,
}

/// The words of a file in their order, without those of tests that were not read.
pub(crate) fn words(file: &SourceFile) -> Vec<Word> {
    let tokens: TokenStream = file.text.parse().unwrap_or_else(|error| panic!("{}: {error}", file.path));
    let mut words = Vec::new();
    collect(tokens, Kind::Literal, &mut words);
    words.retain(|word| !file.tests.iter().any(|test| test.contains(&word.start)));
    words
}

/// `literals` is what a literal is here.
fn collect(tokens: TokenStream, literals: Kind, words: &mut Vec<Word>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let start = token.span().start();
        match token {
            TokenTree::Group(group) => {
                let inside = if is_attribute(&tokens, at) { kind_in_attribute(group.stream()) } else { literals };
                collect(group.stream(), inside, words);
            }
            TokenTree::Ident(name) => {
                let kind = if is_called(&tokens, at) { Kind::Method } else { Kind::Name };
                words.push(Word { kind, text: name.to_string(), start });
            }
            TokenTree::Literal(literal) => {
                words.extend(content(literal).map(|text| Word { kind: literals, text, start }));
            }
            TokenTree::Punct(_) => {}
        }
    }
}

/// `#[…]` and `#![…]`.
fn is_attribute(tokens: &[TokenTree], at: usize) -> bool {
    let is = |back: usize, mark: char| at.checked_sub(back).is_some_and(|index| is_mark(&tokens[index], mark));
    let is_list = matches!(&tokens[at], TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket);
    is_list && (is(1, '#') || is(1, '!') && is(2, '#'))
}

fn kind_in_attribute(tokens: TokenStream) -> Kind {
    match tokens.into_iter().next() {
        Some(TokenTree::Ident(name)) if name == "doc" => Kind::Documentation,
        _ => Kind::Attribute,
    }
}

fn is_mark(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}

/// `.name(` and `.name::<`.
fn is_called(tokens: &[TokenTree], at: usize) -> bool {
    let is = |index: usize, mark: char| tokens.get(index).is_some_and(|token| is_mark(token, mark));
    let follows = matches!(tokens.get(at + 1), Some(TokenTree::Group(_))) || (is(at + 1, ':') && is(at + 2, ':'));
    at > 0 && is(at - 1, '.') && follows
}

fn content(literal: &Literal) -> Option<String> {
    match Lit::new(literal.clone()) {
        Lit::Str(text) => Some(text.value()),
        Lit::Char(char) => Some(char.value().to_string()),
        _ => None,
    }
}
