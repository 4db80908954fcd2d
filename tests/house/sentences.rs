//! Sentences for people, in the program's languages. All that the command line says stands in its room `language`, Chinese
//! and English beside each other; the libraries say Chinese, and every such sentence has its English there too.

use crate::source::{Kind, Krate, SourceFile, homes, made, words};

/// The room of the catalogue.
const CATALOGUE: &str = "language";

/// Files of the program with Chinese that is read and not said.
const READ: [(&str, &str); 2] = [
    ("crates/cli/inputs/list.rs", "behind the year in a list: 2024年度"),
    ("crates/cli/inputs/file.rs", "the limit of `extract`, in its words"),
];

/// Where `extract` compares with words of tables, or names codes whose English a test of the catalogue asks for.
const NO_SENTENCES: [(&str, &str); 15] = [
    ("page/captions.rs", "words that begin a note"),
    ("page/running.rs", "signs of page numbers"),
    ("sheet/number/", "words of number formats"),
    ("table/hinted.rs", "signs of page numbers"),
    ("table/join/", "words of tables that go on"),
    ("model/diagnostic.rs", "codes"),
    ("text/", "words of tables"),
    ("canvas/radicals.rs", "characters in place of radicals"),
    ("canvas/repeated.rs:15", "signs of page numbers"),
    ("flow/captions.rs", "words that begin a note"),
    ("flow/numerals.rs", "numerals of lists"),
    ("flow/unfold.rs", "the word before a unit"),
    ("ocr/page.rs:34", "characters that are low by their nature"),
    ("ocr/paddle.rs:19", "characters that look like those of numbers"),
    ("table/unruled/block.rs", "signs of page numbers"),
];

/// Files of the other libraries that say something on a terminal or on the review page.
const SAYING: [&str; 16] = [
    "normalize/src/balance.rs",
    "normalize/src/correction.rs",
    "normalize/src/batch/second_reading.rs",
    "normalize/src/identity/bodies.rs",
    "normalize/src/identity/given.rs",
    "normalize/src/identity/mod.rs",
    "normalize/src/identity/sections.rs:63",
    "normalize/src/identity/year.rs",
    "export/src/error.rs",
    "export/src/review/corrections.rs",
    "export/src/review/data.rs",
    "export/src/review/picture.rs",
    "export/src/file/error.rs",
    "export/src/file/keeper.rs",
    "export/src/output_folder.rs",
    "export/src/write/mod.rs",
];

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))
}

/// Chinese literals of a file with their places; those of attributes too, which is where errors have their words.
fn chinese(file: &SourceFile, kinds: &[Kind]) -> Vec<(String, String)> {
    let found = words(file).into_iter().filter(|word| kinds.contains(&word.kind) && is_chinese(&word.text));
    found.map(|word| (format!("{}:{}", file.path, word.line()), word.text.clone())).collect()
}

/// What stands between the parameters.
fn parts(text: &str) -> Vec<&str> {
    text.split('{').flat_map(|part| part.split_once('}').map_or([part, ""], |(_, behind)| ["", behind])).collect()
}

/// What the program says elsewhere than in its catalogue.
fn said_elsewhere(cli: &Krate) -> Vec<String> {
    let files = cli.files.iter().filter(|file| file.room.as_deref() != Some(CATALOGUE));
    let files = files.filter(|file| !READ.iter().any(|(path, _)| file.path.ends_with(path)));
    files.flat_map(|file| chinese(file, &[Kind::Literal])).map(|(place, text)| format!("{place} {text:?}")).collect()
}

/// What `libraries` say, as far as `counts` has the place, and the catalogue does not know.
fn without_english(cli: &Krate, libraries: &[&Krate], counts: impl Fn(&str) -> bool) -> Vec<String> {
    let catalogue = cli.files.iter().filter(|file| file.room.as_deref() == Some(CATALOGUE));
    let known: Vec<(String, String)> = catalogue.flat_map(|file| chinese(file, &[Kind::Literal])).collect();
    let known: Vec<&str> = known.iter().flat_map(|(_, text)| parts(text)).collect();
    let is_known = |part: &str| known.iter().any(|text| text.contains(part.trim()));
    let files = libraries.iter().flat_map(|krate| &krate.files);
    let texts = files.flat_map(|file| chinese(file, &[Kind::Literal, Kind::Attribute]));
    let unknown = texts.filter(|(place, text)| counts(place) && !parts(text).iter().all(|part| is_known(part)));
    unknown.map(|(place, text)| format!("{place} {text:?}")).collect()
}

#[test]
fn all_that_is_said_stands_in_the_catalogue() {
    let cli = &homes()[3].read();
    let elsewhere = said_elsewhere(cli);
    assert!(elsewhere.is_empty(), "not in crates/cli/{CATALOGUE}:\n{}", elsewhere.join("\n"));
}

#[test]
fn what_libraries_say_has_its_english() {
    let [extract, normalize, export, cli, _] = homes().map(|home| home.read());
    let counts = |place: &str| match place.split_once("extract/src/") {
        Some((_, inside)) => !NO_SENTENCES.iter().any(|(path, _)| inside.starts_with(path)),
        None => SAYING.iter().any(|path| place.contains(path)),
    };
    let unknown = without_english(&cli, &[&extract, &normalize, &export], counts);
    println!("{} sentences of the libraries without English", unknown.len());
    assert!(unknown.is_empty(), "add them to crates/cli/{CATALOGUE}/catalogue/found.rs:\n{}", unknown.join("\n"));
}

#[test]
fn sentence_without_english_is_found() {
    let cli = made(&[
        ("c/main.rs", "mod language; mod run; "),
        ("c/language.rs", "const FOUND: &[(&str, &str)] = &[(\"有 {count} 页未读\", \"{count} pages\")];"),
        ("c/run.rs", "fn f() { say(\"完成\") } #[cfg(test)] mod tests { fn t() { \"完成\" } }"),
    ]);
    let extract = made(&[("e/lib.rs", "fn f() { format!(\"有 {} 页未读\", 3); \"文件是空的\"; }")]);
    assert_eq!(said_elsewhere(&cli), ["c/run.rs:1 \"完成\""]);
    assert_eq!(without_english(&cli, &[&extract], |_| true), ["e/lib.rs:1 \"文件是空的\""]);
}
