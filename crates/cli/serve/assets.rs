//! The files of the application's pages.

use super::http::{Answer, as_markup, bytes, nothing, page};
use crate::language::{Language, of_the_terminal, page_words};
use hyper::header::{self, HeaderMap};
use hyper::{Method, StatusCode};

const PAGE: &str = include_str!("assets/app.html");
const LOGIN: &str = include_str!("assets/login.html");

const STYLE: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

const FILES: [(&str, &str, &str); 9] = [
    ("app.css", STYLE, include_str!("assets/app.css")),
    ("base.js", SCRIPT, include_str!("assets/base.js")),
    ("shelf.js", SCRIPT, include_str!("assets/shelf.js")),
    ("files.js", SCRIPT, include_str!("assets/files.js")),
    ("doubts.js", SCRIPT, include_str!("assets/doubts.js")),
    ("search.js", SCRIPT, include_str!("assets/search.js")),
    ("compare.js", SCRIPT, include_str!("assets/compare.js")),
    ("main.js", SCRIPT, include_str!("assets/main.js")),
    ("login.js", SCRIPT, include_str!("assets/login.js")),
];

/// The script with all words, loaded before the others.
const WORDS: &str = "words.js";

/// The style, which the page of a refusal needs too.
pub(super) const STYLE_OF_ALL: &str = "/a/app.css";

/// Whether somebody opens an address, as distinct from a page that asks for something.
pub(super) fn opens_a_page(method: &Method, headers: &HeaderMap) -> bool {
    let accepts = headers.get(header::ACCEPT).and_then(|accepts| accepts.to_str().ok()).unwrap_or_default();
    *method == Method::GET && accepts.contains("text/html")
}

/// The page that says why there is no other, and what to do; `sentence` is what is known besides, in both languages. It is of plain words: whoever was not let in gets no script.
pub(super) fn refusal(status: StatusCode, sentence: &[String; 2], chosen: &str) -> Answer {
    let name = match status {
        StatusCode::MISDIRECTED_REQUEST => "refusal.name",
        StatusCode::FORBIDDEN => "refusal.unknown",
        StatusCode::NOT_FOUND => "refusal.nothing",
        _ => "refusal.failed",
    };
    let mut languages = [Language::Zh, Language::En];
    if chosen == "en" {
        languages.reverse();
    }
    let said = |language| {
        let [zh, en] = sentence;
        let what = as_markup(if language == Language::En { en } else { zh });
        // Where something went wrong, what it was; the others are said in full here.
        let why = if name == "refusal.failed" { format!("<p>{what}</p>\n") } else { String::new() };
        let words = page_words(language);
        let word = |name: &str| words.get(name).copied().unwrap_or_default();
        let tag = if language == Language::En { "en" } else { "zh-CN" };
        let home = if status == StatusCode::NOT_FOUND {
            format!("<p><a href=\"/\">{}</a></p>\n", word("home"))
        } else {
            String::new()
        };
        format!(
            "<section class=\"card narrow\" lang=\"{tag}\">\n<h2>{}</h2>\n<p>{}</p>\n{why}{home}</section>\n",
            word("refusal.title"),
            word(name)
        )
    };
    let text = format!(
        "<!doctype html>\n<html lang=\"{chosen}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>yusuan</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"{STYLE_OF_ALL}\">\n</head>\n<body>\n\
         <header class=\"bar\"><h1>yusuan</h1></header>\n<main>\n{}</main>\n</body>\n</html>\n",
        languages.map(said).concat()
    );
    page(status, text)
}

/// The page of the application; what it shows, its address says.
pub(super) fn application() -> Answer {
    page(StatusCode::OK, PAGE)
}

/// The page that asks for the password.
pub(super) fn login() -> Answer {
    page(StatusCode::UNAUTHORIZED, LOGIN)
}

/// Whether this is for everybody: the page that asks for the password needs it.
pub(super) fn is_for_everybody(name: &str) -> bool {
    matches!(name, "app.css" | "base.js" | "login.js" | WORDS)
}

/// A file of the pages.
pub(super) fn file(name: &str) -> Answer {
    if name == WORDS {
        let language = if of_the_terminal() == Language::En { "en" } else { "zh" };
        let words = serde_json::json!({"zh": page_words(Language::Zh), "en": page_words(Language::En)});
        // `<` stands in no word of the catalogue, and nothing else of JSON is special to a script file.
        return bytes(SCRIPT, format!("window.yusuanWords = {words};\nwindow.yusuanLanguage = \"{language}\";\n"));
    }
    let found = FILES.iter().find(|(known, ..)| *known == name);
    found.map_or_else(nothing, |(_, kind, text)| bytes(kind, *text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_load_only_their_own_files_and_make_no_markup_of_texts() {
        for (page, text) in [("app.html", PAGE), ("login.html", LOGIN)] {
            for loaded in text.split(['"']).filter(|part| part.starts_with("/a/")) {
                let name = loaded.trim_start_matches("/a/");
                assert!(name == WORDS || FILES.iter().any(|(known, ..)| *known == name), "{page}: {name}");
            }
            assert!(!text.contains("<style") && !text.contains(" style=") && !text.contains(" onclick"), "{page}");
        }
        for (name, _, text) in FILES {
            let text = text.replace("http://www.w3.org/2000/svg", "");
            for word in ["http:", "https:", "innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "document.write"] {
                assert!(!text.contains(word), "{name} has {word}");
            }
        }
    }

    #[test]
    fn every_word_that_the_pages_name_is_in_the_catalogue_and_no_other() {
        let words = page_words(Language::Zh);
        // Said where there is no script.
        let mut named = std::collections::BTreeSet::from(["refusal.".to_owned()]);
        for text in FILES.iter().map(|(.., text)| *text).chain([PAGE, LOGIN]) {
            for mark in ["data-word=\"", "data-label=\"", "data-hint=\"", "w(\"", "word: \""] {
                let behind = text.split(mark).skip(1).filter_map(|part| part.split('"').next());
                named.extend(behind.map(str::to_owned));
            }
        }
        for name in &named {
            // A name that ends in a point is completed by an id.
            let is_there = words.contains_key(name.as_str())
                || (name.ends_with('.') && words.keys().any(|known| known.starts_with(name.as_str())));
            assert!(is_there, "no word {name}");
        }
        for known in words.keys() {
            let group = known.split_once('.').map(|(group, _)| format!("{group}."));
            assert!(named.contains(*known) || group.is_some_and(|group| named.contains(&group)), "nobody says {known}");
        }
    }
}
