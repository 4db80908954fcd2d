//! The page for a server that hands it out: the same files, with the place on <html> that takes corrections; data made when they
//! are asked for.

use super::assets::{ASSETS, LIST, VOCABULARY};
use super::{data, index, script, vocabulary};
use crate::record::DocumentRecord;
use serde_json::Value;
use std::borrow::Cow;

/// What the page from the disk says of itself. A server says it in a header, and lets the page ask it.
const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\"";

/// The page. `base` is the address below which it asks for changes: plain letters, digits, `/` and `-`.
pub fn served_page(base: &str) -> String {
    let plain: String = base.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '-')).collect();
    let page = ASSETS.first().map_or("", |(_, text)| text);
    let lines = page.lines().filter(|line| !line.starts_with(POLICY)).map(|line| {
        let opens = line.strip_prefix("<html ");
        opens.map_or_else(|| Cow::Borrowed(line), |rest| Cow::Owned(format!("<html data-served=\"{plain}\" {rest}")))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A file of the page that is the same for all documents, with its media type.
pub fn served_file(name: &str) -> Option<(&'static str, Cow<'static, str>)> {
    let kind = if name.ends_with(".css") { "text/css; charset=utf-8" } else { "text/javascript; charset=utf-8" };
    if name == VOCABULARY {
        return Some((kind, vocabulary::script().into()));
    }
    let (_, text) = ASSETS.iter().skip(1).find(|(known, _)| *known == name)?;
    Some((kind, Cow::Borrowed(*text)))
}

/// A document's data; `pictures` says whether its pages were drawn. `None` for a file that could not be read.
pub fn served_document(record: &DocumentRecord, pictures: bool) -> Option<Value> {
    let document = record.document.as_ref()?;
    serde_json::to_value(data::of(record, document, pictures)).ok()
}

/// A document's line in the list of documents, as JSON.
pub fn served_line(record: &DocumentRecord) -> String {
    index::line(record)
}

/// A script that the page loads: the data of a document (`name` is `data.js`), or else the list of documents.
pub fn served_script(name: &str, data: &Value) -> String {
    match name {
        LIST => format!("yusuanReview.openList({}, 0);\n", script::json(data)),
        _ => script::call("openDocument", data),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_served_page_is_the_page_with_its_place() {
        let page = served_page("/p/1/api/d/ab\"><script>");
        assert!(page.contains("<html data-served=\"/p/1/api/d/abscript\" lang="), "{page}");
        assert!(!page.contains("Content-Security-Policy") && !page.contains("<script>"));
        for (name, _) in ASSETS.iter().skip(1) {
            assert!(page.contains(&format!("\"{name}\"")) && served_file(name).is_some(), "{name}");
        }
        assert!(served_file(VOCABULARY).is_some() && served_file("index.html").is_none() && served_file("../x").is_none());
    }
}
