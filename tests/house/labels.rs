//! Labels: each word that people see in place of an id stands once in Rust.
//!
//! A label is the text behind an id in a list that a macro makes (`Variant = "id", "label";`, `"id" = "label";`). In the
//! program and in `export`, which show what was found, no other literal is such a word: they ask the list, and a list of `export` has none
//! that `normalize` brings. In `export` that
//! holds for all other Chinese texts of its room `words` as well (headings, names of sheets). `normalize` reads forms, so
//! what it compares with is the form's word and not a label: its lists count, its other literals do not. The columns of a
//! dataset bring their own headings (room `dataset`), and attributes are the words of the command line.

use crate::source::{Kind, Krate, homes, made, words};
use proc_macro2::{TokenStream, TokenTree};
use std::collections::BTreeMap;
use syn::visit::{self, Visit};
use syn::{ItemMacro, Lit};

/// Rooms of `export` whose literals may be the same word as a label.
const HEADINGS: [&str; 2] = ["words", "dataset"];

/// Words that stand outside the lists with a meaning of their own.
const HOMONYMS: [(&str, &str); 4] = [
    ("单位", "printed before the unit above a table, and cut off there"),
    ("金额", "printed before the unit above a table, and cut off there"),
    ("表", "a heading over the titles of tables"),
    ("文字识别", "how a table was found, and a doubt about one of its amounts"),
];

/// The labels of the lists that macros make, with their places.
fn listed(krate: &Krate) -> BTreeMap<String, String> {
    let mut labels = BTreeMap::new();
    for file in &krate.files {
        let mut lists = Lists::default();
        lists.visit_file(&syn::parse_file(&file.text).unwrap());
        for (label, line) in lists.0 {
            labels.entry(label).or_insert_with(|| format!("{}:{line}", file.path));
        }
    }
    labels
}

#[derive(Default)]
struct Lists(Vec<(String, usize)>);

impl<'ast> Visit<'ast> for Lists {
    fn visit_item_macro(&mut self, item: &'ast ItemMacro) {
        if item.ident.is_none() {
            self.entries(&item.mac.tokens);
        }
        visit::visit_item_macro(self, item);
    }
}

impl Lists {
    /// Texts between `=` or `,` and `;`.
    fn entries(&mut self, tokens: &TokenStream) {
        let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
        let mark = |at: Option<usize>| match at.and_then(|at| tokens.get(at)) {
            Some(TokenTree::Punct(mark)) => Some(mark.as_char()),
            _ => None,
        };
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => self.entries(&group.stream()),
                TokenTree::Literal(literal) if mark(Some(at + 1)) == Some(';') => {
                    let follows_id = matches!(mark(at.checked_sub(1)), Some('=' | ','));
                    if let (Lit::Str(text), true) = (Lit::new(literal.clone()), follows_id)
                        && is_chinese(&text.value())
                    {
                        self.0.push((text.value(), literal.span().start().line));
                    }
                }
                _ => {}
            }
        }
    }
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))
}

/// Chinese texts of a file, whole.
fn texts(krate: &Krate, counts: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    let files = krate.files.iter().filter(|file| counts(file.room.as_deref().unwrap_or_default()));
    let texts = files.flat_map(|file| {
        let literals = words(file).into_iter().filter(|word| word.kind == Kind::Literal && is_chinese(&word.text));
        literals.map(|word| (word.text.clone(), format!("{}:{}", file.path, word.line()))).collect::<Vec<_>>()
    });
    texts.collect()
}

/// One line for each label that is written again.
fn report(normalize: &Krate, export: &Krate, cli: &Krate) -> Vec<String> {
    let mut labels = listed(normalize);
    let mut again = written_again(&labels, listed(export).into_iter().collect());
    labels.extend(listed(export));
    // The catalogue of the terminal has the words that it translates.
    again.extend(written_again(&labels, texts(cli, |room| room != "language")));
    labels.extend(texts(export, |room| room == "words"));
    again.extend(written_again(&labels, texts(export, |room| !HEADINGS.contains(&room))));
    again
}

fn written_again(labels: &BTreeMap<String, String>, texts: Vec<(String, String)>) -> Vec<String> {
    let again = texts.into_iter().filter_map(|(text, place)| {
        let label = labels.get(&text).filter(|label| **label != place)?;
        let is_other = HOMONYMS.iter().any(|(word, _)| *word == text);
        (!is_other).then(|| format!("{place} {text:?} is the label at {label}"))
    });
    again.collect()
}

#[test]
fn labels_stand_once() {
    let [_, normalize, export, cli, _] = homes().map(|home| home.read());
    let lists = [&normalize, &export].map(|krate| listed(krate).len());
    println!("{} labels in normalize, {} in export", lists[0], lists[1]);
    assert!(lists[0] > 50 && lists[1] > 20, "only {lists:?} labels were found");
    let again = report(&normalize, &export, &cli);
    assert!(again.is_empty(), "labels written again:\n{}", again.join("\n"));
}

#[test]
fn label_written_again_is_found() {
    let kinds = "vocabulary! { /// Kinds.\n Kind { Budget = \"budget\", \"预算\"; Other = \"other\", \"其他\"; } }
        fn reads(text: &str) -> bool { text == \"不符\" }";
    let normalize = made(&[("n/lib.rs", kinds)]);
    let export = made(&[
        ("e/lib.rs", "mod words; mod dataset; mod xlsx; fn f() { \"预算\"; \"预算书\"; \"单位\"; }"),
        (
            "e/words.rs",
            "words! { statuses { \"failed\" = \"不符\"; \"other\" = \"其他\"; } } pub(crate) const SHEET: &str = \"概览\";",
        ),
        ("e/dataset.rs", "const COLUMN: &str = \"其他\";"),
        (
            "e/xlsx.rs",
            "fn f(s: S) -> &str {\n match s { S::Failed => \"不符\" } }\nfn g() { format!(\"{}：不符\", \"概览\") }",
        ),
    ]);
    let cli = made(&[(
        "c/main.rs",
        "#[arg(value_name = \"其他\")]\nstruct A;\nfn f() { \"概览\"; \"不符\" }\n#[cfg(test)] mod tests { fn t() { \"其他\" } }",
    )]);
    let expected = [
        "e/words.rs:1 \"其他\" is the label at n/lib.rs:2",
        "c/main.rs:3 \"不符\" is the label at e/words.rs:1",
        "e/xlsx.rs:2 \"不符\" is the label at e/words.rs:1",
        "e/xlsx.rs:3 \"概览\" is the label at e/words.rs:1",
        "e/lib.rs:1 \"预算\" is the label at n/lib.rs:2",
    ];
    let mut found = report(&normalize, &export, &cli);
    found.sort_by_key(|line| expected.iter().position(|known| known == line));
    assert_eq!(found, expected);
}
