//! The words that only a served page says, Chinese and English beside each other.

use super::script;
use std::collections::BTreeMap;

/// Each by its name on the page.
const WORDS: [(&str, &str, &str); 1] = [("undo", "撤销", "Undo")];

/// The words as a script.
pub(super) fn served_words() -> String {
    let of = |word: fn(&(&'static str, &'static str, &'static str)) -> &'static str| {
        WORDS.iter().map(|all| (all.0, word(all))).collect::<BTreeMap<_, _>>()
    };
    script::call("openServedWords", &BTreeMap::from([("zh", of(|all| all.1)), ("en", of(|all| all.2))]))
}
