//! Labels read from pictures that are nearly a name that the document prints elsewhere: a character was lost, or read as another.

use crate::reading::books;
use crate::reading::fold::fold;
use crate::reading::label::bare;
use crate::reading::three_public;
use crate::reading::words::{FUNDS, NATURES};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A name that stands in so many cells is printed so.
const PRINTED: usize = 2;
/// Shorter names are alike by nature: 合计 and 小计, 收入 and 支出.
const SHORTEST: usize = 4;
/// A text that elsewhere goes on with the same character so often, and never ends so, is a part of a name …
const GOES_ON: usize = 2;
/// … if it has so many characters.
const LEAST_PART: usize = 3;
/// Numerals tell names apart that are alike otherwise.
const NUMERALS: &str = "一二三四五六七八九十";

/// The names that a document prints.
pub(crate) struct Names {
    printed: BTreeSet<String>,
    /// The same with one character left out, a blank in its place.
    patterns: BTreeSet<String>,
    /// All texts but tables' titles, folded, each between line ends.
    texts: String,
}

impl Names {
    /// From the texts of its cells.
    pub(crate) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut all = String::from("\n");
        for text in texts {
            let folded = fold(text);
            // A table's title goes on where a head is whole: 收入预算, 收入预算总表.
            if !is_title(&folded) {
                all.extend(folded.chars().filter(|c| !c.is_whitespace()).chain(['\n']));
            }
            if let Some(name) = name(text) {
                *counts.entry(name).or_default() += 1;
            }
        }
        let printed: BTreeSet<String> =
            counts.into_iter().filter(|(_, count)| *count >= PRINTED).map(|(name, _)| name).collect();
        let patterns = printed.iter().flat_map(|name| with_gap(name, true)).map(|(_, pattern)| pattern).collect();
        Self { printed, patterns, texts: all }
    }

    /// Whether a label is no name that is known, but one character away from one.
    pub(crate) fn nearly(&self, label: &str) -> bool {
        let Some(own) = name(label).filter(|own| !self.knows(own)) else { return false };
        let lost = || insertions(&own).any(|pattern| self.patterns.contains(&pattern));
        let other = || with_gap(&own, true).any(|(c, pattern)| is_word(c) && self.patterns.contains(&pattern));
        let more =
            || with_gap(&own, false).any(|(_, shorter)| shorter.chars().count() >= SHORTEST && self.knows(&shorter));
        lost() || other() || more()
    }

    /// Whether a text is no name that is known, but a part of one: wherever else the document prints it, the same character
    /// goes before it or comes after it.
    pub(crate) fn cuts(&self, text: &str) -> bool {
        let folded = fold(text);
        let own = bare(&folded);
        if own.chars().count() < LEAST_PART || !own.chars().all(|c| c >= '\u{4e00}') || self.knows(own) || is_term(own)
        {
            return false;
        }
        let goes_on = |next: &dyn Fn(usize) -> Option<char>| {
            let mut others: BTreeMap<char, usize> = BTreeMap::new();
            for (at, _) in self.texts.match_indices(own) {
                *others.entry(next(at).filter(|c| *c >= '\u{4e00}').unwrap_or('\n')).or_default() += 1;
            }
            let ends = others.remove(&'\n').unwrap_or_default();
            ends <= 1 && others.len() == 1 && others.values().all(|count| *count >= GOES_ON)
        };
        goes_on(&|at| self.texts.get(at + own.len()..)?.chars().next())
            || goes_on(&|at| self.texts.get(..at)?.chars().next_back())
    }

    fn knows(&self, name: &str) -> bool {
        self.printed.contains(name) || books::lists(name)
    }
}

/// Whether a text names a table, in its caption or in a list of contents.
fn is_title(folded: &str) -> bool {
    let end = folded.rfind('表').map(|at| &folded[at + '表'.len_utf8()..]);
    end.is_some_and(|rest| !rest.chars().any(|c| c >= '\u{4e00}') || rest.trim_start().starts_with('('))
}

/// Whether a text is the whole name of a kind of money or of a 三公 item: titles go on with it (基本支出预算表), heads don't.
fn is_term(text: &str) -> bool {
    static TERMS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
        let lines = [FUNDS, NATURES].into_iter().flat_map(str::lines).filter(|line| !line.starts_with('#'));
        lines.filter_map(|line| line.split('\t').next()).flat_map(|words| words.split([' ', '/'])).collect()
    });
    TERMS.contains(text) || text.ends_with('费') && three_public::of_column(text).is_some()
}

/// A text as a name: without its list numbers; none where it is short or no words.
fn name(text: &str) -> Option<String> {
    let folded = fold(text);
    let bare = bare(&folded);
    (bare.chars().count() >= SHORTEST && bare.chars().all(|c| c >= '\u{4e00}' || c.is_ascii_digit()))
        .then(|| bare.to_owned())
}

/// Whether a character may be taken for another: digits and numerals tell names apart.
fn is_word(c: char) -> bool {
    c >= '\u{4e00}' && !NUMERALS.contains(c)
}

/// A name with each of its characters left out in turn, beside that character.
fn with_gap(name: &str, blank: bool) -> impl Iterator<Item = (char, String)> + '_ {
    name.char_indices().map(move |(at, c)| {
        let gap = if blank { " " } else { "" };
        (c, [&name[..at], gap, &name[at + c.len_utf8()..]].concat())
    })
}

/// A name with a blank before, between and behind its characters.
fn insertions(name: &str) -> impl Iterator<Item = String> + '_ {
    let places = name.char_indices().map(|(at, _)| at).chain([name.len()]);
    places.map(|at| [&name[..at], " ", &name[at..]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_lost_read_otherwise_or_too_many_is_told() {
        let printed = ["项目支出", "二、项目支出", "一般公共预算资金", "一般公共预算资金", "第一小学", "第一小学"];
        let names = Names::of(printed.into_iter());
        for label in ["二、项日支出", "般公共预算资金", "1一般公共预算资金", "卫生健康支出支"]
        {
            assert!(names.nearly(label), "{label}");
        }
        for label in ["2.项目支出", "基本支出", "第二小学", "社会保障支出", "合计"] {
            assert!(!names.nearly(label), "{label}");
        }
    }

    #[test]
    fn a_text_that_elsewhere_always_goes_on_is_cut() {
        let printed = [
            "（一）国有资本经营预算拨款",
            "国有资本经营预算收入",
            "国有资本经营预",
            "人员经费",
            "人员经费合计",
            "人员经费小计",
            "会科目编码",
            "社会科目编码",
            "基本支出预算表",
            "基本支出预算明细表",
            "公务用车购置费及运行费",
            "公务用车购置费及保有量",
            "收入预算",
            "2025年收入预算总表",
            "三、收入预算总表(分单位)",
        ];
        let names = Names::of(printed.into_iter());
        assert!(names.cuts("国有资本经营预"));
        assert!(!names.cuts("人员经费") && !names.cuts("国有资本经营预算") && !names.cuts("没有印过的"));
        assert!(!names.cuts("收入预算"));
        assert!(!names.cuts("基本支出") && !names.cuts("公务用车购置费") && names.cuts("公务用车购"));
    }
}
