//! Sentences that are stored in Chinese, as the terminal shows them.

use super::catalogue::codes;
use super::catalogue::found::FOUND;
use super::catalogue::kept::KEPT;
use super::catalogue::said::SAID;
use super::choice::{Language, language};
use std::borrow::Cow;
use std::sync::LazyLock;
use yusuan_export::statements_in_english;

/// A stored sentence in the language of the program. One that the catalogue doesn't know stays as it is: what is printed
/// in a document is no message.
pub(crate) fn told(sentence: &str) -> Cow<'_, str> {
    match language() {
        Language::Zh => Cow::Borrowed(sentence),
        Language::En => in_english(sentence),
    }
}

/// A stored sentence in English, for those who read a page in it; nothing where it is the same.
pub(crate) fn told_in_english(sentence: &str) -> Option<String> {
    match in_english(sentence) {
        Cow::Owned(english) => Some(english),
        Cow::Borrowed(_) => None,
    }
}

/// Every sentence that is stored, Chinese and English: a review page tells them in the language of its reader.
pub(crate) fn sentences() -> &'static [(&'static str, &'static str)] {
    static SENTENCES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
        let titles = codes::titles();
        KEPT.iter().chain(FOUND).copied().chain(titles).collect()
    });
    &SENTENCES
}

/// Words one after the other.
pub(crate) fn list<T: AsRef<str>>(words: &[T]) -> String {
    let mark = match language() {
        Language::Zh => "、",
        Language::En => ", ",
    };
    words.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(mark)
}

/// What the program said to a page, in English; nothing where it is the same.
pub(crate) fn said_in_english(sentence: &str) -> Option<String> {
    match by(&ALL_PATTERNS, sentence) {
        Cow::Owned(english) => Some(english),
        Cow::Borrowed(_) => None,
    }
}

/// What a check states, in English as the review page tells it; nothing where it is the same. Printed names and amounts stay.
pub(crate) fn stated_in_english(statement: &str) -> Option<String> {
    match by(&STATEMENTS, statement) {
        Cow::Owned(english) => Some(english),
        Cow::Borrowed(_) => None,
    }
}

fn in_english(sentence: &str) -> Cow<'_, str> {
    by(&PATTERNS, sentence)
}

fn by<'s>(patterns: &[Pattern], sentence: &'s str) -> Cow<'s, str> {
    if !sentence.chars().any(is_foreign) {
        return Cow::Borrowed(sentence);
    }
    let english = patterns.iter().find_map(|pattern| pattern.english(sentence, patterns));
    english.map_or(Cow::Borrowed(sentence), Cow::Owned)
}

/// A character that no English sentence has.
fn is_foreign(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

/// Every pattern, those with more words of their own first: what joins sentences comes after the sentences.
static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| patterns(&mut sentences().iter().copied()));

/// Those of what the program says by itself besides. One that has no words of its own would stand for everything.
static ALL_PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let own = SAID.iter().copied().filter(|(zh, en)| Pattern::of(zh, en).words() > 0);
    patterns(&mut sentences().iter().copied().chain(own))
});

/// Those of what checks state.
static STATEMENTS: LazyLock<Vec<Pattern>> = LazyLock::new(|| patterns(&mut statements_in_english().iter().copied()));

fn patterns(sentences: &mut dyn Iterator<Item = (&'static str, &'static str)>) -> Vec<Pattern> {
    let mut patterns: Vec<Pattern> = sentences.map(|(zh, en)| Pattern::of(zh, en)).collect();
    patterns.sort_by_key(|pattern| std::cmp::Reverse(pattern.words()));
    patterns
}

/// A sentence with places for its parameters.
struct Pattern {
    /// What stands between the parameters: one more than there are of these.
    between: Vec<&'static str>,
    names: Vec<&'static str>,
    english: &'static str,
}

impl Pattern {
    fn of(zh: &'static str, english: &'static str) -> Self {
        let (mut between, mut names, mut rest) = (Vec::new(), Vec::new(), zh);
        while let Some((before, behind)) = rest.split_once('{') {
            let (name, behind) = behind.split_once('}').unwrap_or((behind, ""));
            between.push(before);
            names.push(name);
            rest = behind;
        }
        between.push(rest);
        Self { between, names, english }
    }

    /// How many characters are its own.
    fn words(&self) -> usize {
        self.between.iter().map(|part| part.chars().count()).sum()
    }

    /// The sentence in English, where it is one of these; what is put in may be one of `patterns`.
    fn english(&self, sentence: &str, patterns: &[Self]) -> Option<String> {
        let rest = sentence.strip_prefix(self.between.first()?)?;
        let values = values(rest, self.between.get(1..)?, &self.names)?;
        let mut english = self.english.to_owned();
        // A value may look like a parameter: each place is filled once, from the end, where no value stands yet.
        let mut places: Vec<(usize, usize, &str)> = Vec::new();
        for (name, value) in self.names.iter().zip(values) {
            let mark = format!("{{{name}}}");
            places.push((self.english.find(&mark)?, mark.len(), value));
        }
        places.sort_unstable();
        for (at, length, value) in places.into_iter().rev() {
            english.replace_range(at..at + length, &by(patterns, value));
        }
        Some(english)
    }
}

/// Parameters that are numbers: 第 3 页、第 5 页 is no page.
const NUMBERS: [&str; 4] = ["page", "count", "row", "col"];

/// What stands before each of the parts, of which the last ends the text; the shortest that fit the parameters.
fn values<'a>(text: &'a str, parts: &[&str], names: &[&str]) -> Option<Vec<&'a str>> {
    let Some(((part, later), (name, others))) = parts.split_first().zip(names.split_first()) else {
        return text.is_empty().then(Vec::new);
    };
    let fits = |value: &&str| is_whole(value) && (!NUMBERS.contains(name) || value.chars().all(|c| c.is_ascii_digit()));
    if later.is_empty() {
        return text.strip_suffix(part).filter(fits).map(|value| vec![value]);
    }
    text.match_indices(part).find_map(|(at, _)| {
        let value = text.get(..at).filter(fits)?;
        let mut rest = values(text.get(at + part.len()..)?, later, others)?;
        rest.insert(0, value);
        Some(rest)
    })
}

/// Whether there is something, with as many brackets closed as opened.
fn is_whole(value: &str) -> bool {
    let mut open = 0_i32;
    let never_below = value.chars().all(|c| {
        open += i32::from(c == '（') - i32::from(c == '）');
        open >= 0
    });
    never_below && open == 0 && !value.is_empty()
}

#[cfg(test)]
mod tests {
    use super::super::catalogue::{kept, said};
    use super::*;
    use std::collections::BTreeSet;

    fn parameters(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
    }

    #[test]
    fn both_renderings_have_the_same_parameters() {
        let mut seen = BTreeSet::new();
        for (zh, en) in KEPT.iter().chain(FOUND) {
            assert_eq!(parameters(zh), parameters(en), "{zh}");
            assert_eq!(parameters(en).len(), en.matches('{').count(), "{en}");
            assert!(!en.chars().any(is_foreign), "{en}");
            assert!(seen.insert(*zh), "{zh} stands there twice");
        }
    }

    #[test]
    fn what_checks_state_is_told_in_english() {
        for (zh, en) in [
            (
                "文字说明（第23页）总计与上年相比各增加：3,958.67万元 ÷（21,955.35万元 − 3,958.67万元） = 增长 21.9967%，写作 增长21.95%",
                "narrative (page 23): 总计与上年相比各增加：3,958.67万元 ÷（21,955.35万元 − 3,958.67万元） = up 21.9967%, printed as 增长21.95%",
            ),
            (
                "文字说明（第25页）总计各增加：21,940.96万元 的增减额前文为 3,959.28万元，此处为 3,958.98万元",
                "narrative (page 25): 总计各增加: the change of 21,940.96万元 is 3,959.28万元 before and 3,958.98万元 here",
            ),
            (
                "文字说明（第24页）人员经费 4896.98万元 = 《一般公共预算财政拨款基本支出决算表》第40行",
                "narrative (page 24): 人员经费 4896.98万元 = 《一般公共预算财政拨款基本支出决算表》 row 40",
            ),
            (
                "预算总额 300.569万元 = 《部门收支总表》支出合计",
                "预算总额 300.569万元 = expenditure of 《部门收支总表》",
            ),
        ] {
            assert_eq!(stated_in_english(zh).as_deref(), Some(en));
        }
        assert_eq!(stated_in_english("某县财政局"), None);
    }

    #[test]
    fn what_a_page_is_told_has_its_english() {
        for (zh, en) in [
            (said::upload_too_large(512), "the file has more than 512 MiB and was not taken"),
            (
                said::about_file("甲.pdf", said::only_paths_of_this_machine()),
                "甲.pdf: only paths of this computer can be added",
            ),
            (said::about_file("甲.pdf", kept::not_a_plain_file()), "甲.pdf: not a regular file"),
            (
                format!("{}：No space left on device (os error 28)", said::not_stored()),
                "the file can't be written to the disk: No space left on device (os error 28)",
            ),
            (said::no_run(said::about_file("甲", "x")), "the run did not end well (甲: x)"),
        ] {
            assert_eq!(said_in_english(&zh).as_deref(), Some(en), "{zh}");
        }
        assert_eq!(said_in_english("某县财政局"), None);
    }

    #[test]
    fn what_is_stored_is_told_in_english() {
        // The review page is held to the same list.
        let cases: Vec<(String, String)> =
            serde_json::from_str(include_str!("../../../tests/vectors/sentences.json")).unwrap();
        assert!(cases.len() > 8);
        for (zh, en) in &cases {
            assert_eq!(in_english(zh), en.as_str());
        }
    }
}
