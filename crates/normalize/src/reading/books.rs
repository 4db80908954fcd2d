//! The names that 款 and 项 have in the books: what a row is called tells which of two readings of its digits is right.
//!
//! The list is not the whole book: a code that it lacks proves nothing, and neither does a name that many codes have.

use crate::reading::code;
use crate::reading::fold::fold;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Names by code, joined by `|`: 《政府收支分类科目》 and 《支出经济分类科目》, published by the Ministry of Finance; former names are
/// kept because documents go on printing them.
static NAMES: LazyLock<BTreeMap<&str, Vec<String>>> = LazyLock::new(|| {
    let lines = include_str!("data/items.tsv").lines().skip(1).filter_map(|line| line.split_once('\t'));
    lines.map(|(code, names)| (code, names.split('|').map(bare).collect())).collect()
});

/// Codes by name.
static CODES: LazyLock<BTreeMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut codes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (code, names) in &*NAMES {
        for name in names {
            codes.entry(name.as_str()).or_default().push(code);
        }
    }
    codes
});

/// A printed name as the list has it: without the mark of its level, and without a 支出 that some print and others don't.
fn bare(name: &str) -> String {
    let folded = fold(name);
    let unmarked = level(&folded).map_or(folded.as_str(), |_| folded.get(..folded.len() - MARK_BYTES).unwrap_or(""));
    unmarked.trim_end_matches("支出").to_owned()
}

/// Bytes of `(款)`.
const MARK_BYTES: usize = 5;

/// The level that a name (folded) ends in: （类）, （款） or （项）.
pub(crate) fn level(folded: &str) -> Option<usize> {
    ["(类)", "(款)", "(项)"].iter().position(|mark| folded.ends_with(mark))
}

/// Whether the list knows the code.
pub(crate) fn knows(code: &str) -> bool {
    NAMES.contains_key(code)
}

/// Whether the list gives this name to the code.
pub(crate) fn fits(code: &str, name: &str) -> bool {
    let name = bare(name);
    NAMES.get(code).is_some_and(|names| names.contains(&name))
}

/// Whether a name is one of the list's, or a class's.
pub(crate) fn lists(name: &str) -> bool {
    !named(name).is_empty() || code::class_named(name).is_some()
}

/// The codes of 款 or 项 that have this name.
pub(crate) fn named(name: &str) -> &'static [&'static str] {
    CODES.get(bare(name).as_str()).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_books() {
        assert!(fits("20805", "行政事业单位养老支出") && fits("20805", "行政事业单位离退休（款）"));
        assert!(!fits("20605", "行政事业单位养老支出"));
        assert_eq!(named("科技馆站（项）"), ["2060705"]);
        assert!(named("行政运行").len() > 10);
        assert_eq!(level(&fold("财政事务（款）")), Some(1));
        assert_eq!(level(&fold("三公经费（项目）")), None);
    }
}
