//! The files of the page that are the same in every folder.

/// The page and what it loads, in the order in which it loads its scripts. [`VOCABULARY`], [`ENGLISH`] and [`LIST`] come besides.
pub(super) const ASSETS: &[(&str, &str)] = &[
    ("index.html", include_str!("assets/index.html")),
    ("review.css", include_str!("assets/review.css")),
    ("format.js", include_str!("assets/format.js")),
    ("language.js", include_str!("assets/language.js")),
    ("store.js", include_str!("assets/store.js")),
    ("amount.js", include_str!("assets/amount.js")),
    ("model.js", include_str!("assets/model.js")),
    ("list.js", include_str!("assets/list.js")),
    ("page.js", include_str!("assets/page.js")),
    ("table.js", include_str!("assets/table.js")),
    ("detail.js", include_str!("assets/detail.js")),
    ("document.js", include_str!("assets/document.js")),
    ("main.js", include_str!("assets/main.js")),
];

/// What a served page loads besides: the style behind the page's, the scripts before [`LIST`].
pub(super) const SERVED: &[(&str, &str)] = &[
    ("served.css", include_str!("assets/served.css")),
    ("served.js", include_str!("assets/served.js")),
    ("draw.js", include_str!("assets/draw.js")),
];

/// The script with the words of the page, loaded right after the first of [`ASSETS`]'s scripts.
pub(super) const VOCABULARY: &str = "vocabulary.js";

/// The script with the sentences of the program in English, loaded right after it.
pub(super) const ENGLISH: &str = "english.js";

/// The script with the list of documents, loaded last.
pub(super) const LIST: &str = "documents.js";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_loads_exactly_its_own_files() {
        let page = ASSETS[0].1;
        let sources = page.matches("src=\"").count() + page.matches("<link ").count();
        // The words and the list of documents come on top of the scripts and the style, in place of the page itself.
        assert_eq!(sources, ASSETS.len() - 1 + 3);
        for name in ASSETS[1..].iter().map(|(name, _)| *name).chain([VOCABULARY, ENGLISH, LIST]) {
            assert!(page.contains(&format!("\"{name}\"")), "{name}");
        }
    }

    #[test]
    fn the_page_asks_for_nothing_from_the_network() {
        for (name, text) in ASSETS {
            let text = text.replace("http://www.w3.org/2000/svg", "");
            for word in ["http:", "https:", "innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "fetch("] {
                assert!(!text.contains(word), "{name} has {word}");
            }
        }
    }
}
