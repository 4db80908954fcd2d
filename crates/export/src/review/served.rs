//! The page for a server that hands it out: the same files and some more, with the place on `<html>` that takes corrections.

use super::assets::{ASSETS, ENGLISH, LIST, SERVED, VOCABULARY};
use super::index::english;
use super::{index, vocabulary};
use crate::record::DocumentRecord;
use std::borrow::Cow;
use std::fmt::Write;

/// What the page from the disk says of itself. A server says it in a header, and lets the page ask it.
const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\"";

const HEAD: &str = "<html lang=\"zh-CN\">";
const STYLE: &str = "<link rel=\"stylesheet\" href=\"review.css\">";

/// The page. `base` is the address below which it asks for changes (plain letters, digits, `/` and `-`), `language` the one that it
/// speaks where the reader chose none.
pub fn served_page(base: &str, language: &str) -> String {
    let plain =
        |text: &str| text.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '-')).collect::<String>();
    let page = ASSETS.first().map_or("", |(_, text)| text);
    let list = format!("<script src=\"{LIST}\"></script>");
    let styles = SERVED.iter().filter(|(name, _)| is_style(name));
    let scripts = SERVED.iter().map(|(name, _)| *name).filter(|name| !is_style(name));
    let head = format!("<html lang=\"{}\" data-served=\"{}\">", plain(language), plain(base));
    let styles =
        styles.fold(STYLE.to_owned(), |all, (name, _)| format!("{all}\n<link rel=\"stylesheet\" href=\"{name}\">"));
    let scripts = scripts.fold(String::new(), |mut all, name| {
        // A String takes everything.
        let _ = writeln!(all, "<script src=\"{name}\"></script>");
        all
    });
    let mut served = String::new();
    for line in page.lines().filter(|line| !line.starts_with(POLICY)) {
        let line = match line {
            HEAD => head.as_str(),
            STYLE => styles.as_str(),
            _ if line == list => &format!("{scripts}{list}"),
            _ => line,
        };
        served.extend([line, "\n"]);
    }
    served
}

/// Whether one of the page's own files is a style and no script.
fn is_style(name: &str) -> bool {
    name.rsplit('.').next() == Some("css")
}

/// A file of the page that is the same for all documents, with its media type. `sentences` are those of the program, Chinese and
/// English.
pub fn served_file(name: &str, sentences: &[(&str, &str)]) -> Option<(&'static str, Cow<'static, str>)> {
    let kind = if is_style(name) { "text/css; charset=utf-8" } else { "text/javascript; charset=utf-8" };
    let made = match name {
        VOCABULARY => Some(vocabulary::script()),
        ENGLISH => Some(english(sentences)),
        _ => None,
    };
    if let Some(text) = made {
        return Some((kind, text.into()));
    }
    let (_, text) = ASSETS.iter().skip(1).chain(SERVED).find(|(known, _)| *known == name)?;
    Some((kind, Cow::Borrowed(*text)))
}

/// The script with a document's data, from [`review_data`](super::document::review_data).
pub fn served_data(data: &str) -> String {
    format!("yusuanReview.openDocument({data});\n")
}

/// A document's line in the list of documents, as JSON.
pub fn served_line(record: &DocumentRecord) -> String {
    index::line(record)
}

/// The script with the list of documents, of their lines.
pub fn served_list(lines: &[String]) -> String {
    format!("yusuanReview.openList([\n{}\n], 0);\n", lines.join(",\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_served_page_is_the_page_with_its_place_and_its_own_files() {
        let page = served_page("/p/1/api/d/ab\"><script>", "en");
        assert!(page.contains("<html lang=\"en\" data-served=\"/p/1/api/d/abscript\">"), "{page}");
        assert!(!page.contains("Content-Security-Policy") && !page.contains("<script>"));
        for (name, _) in ASSETS.iter().skip(1).chain(SERVED) {
            assert!(page.contains(&format!("=\"{name}\"")) && served_file(name, &[]).is_some(), "{name}");
        }
        assert!(
            [VOCABULARY, ENGLISH].iter().all(|name| served_file(name, &[("甲", "a")]).is_some())
                && ["index.html", "../x"].iter().all(|name| served_file(name, &[]).is_none())
        );
        let places = ["review.css", "served.css", "main.js", "served.js", LIST].map(|name| page.find(name));
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}");
    }
}
