//! The lists of the government's books by name: what code has an item that prints none?
//!
//! Names repeat all over the books (其他收入, 行政运行, 财政补贴收入), so a name alone tells a code only where one item has it;
//! else the item above tells. What neither tells has no code.

use crate::model::rule::Rule;
use crate::reading::books;
use crate::reading::fold::{fold, pattern};
use crate::reading::label;
use crate::reading::sign::is_note_mark;
use std::collections::BTreeMap;
use std::sync::LazyLock;

// 增值税(50%部分), 资源税(注3), 教育支出(类): how much of it is meant, a note's number, its level in the books.
pattern!(ASIDE, "[(](?:注[0-9一二三四五六七八九十]*|[0-9.]+%(?:部分)?|[类款项目])[)]$");

/// A code with its names, today's first.
struct Entry {
    code: &'static str,
    /// Whether the name counts only below the item above it in the books: other items have it too.
    below: bool,
}

/// One list of the books.
pub(crate) struct Books {
    named: BTreeMap<String, Vec<Entry>>,
    today: BTreeMap<&'static str, &'static str>,
}

/// 政府收入分类科目.
pub(crate) static REVENUE: LazyLock<Books> = LazyLock::new(|| Books::read(&[include_str!("data/revenue.tsv")], "1"));
/// 支出功能分类科目.
pub(crate) static FUNCTIONS: LazyLock<Books> =
    LazyLock::new(|| Books::read(&[include_str!("data/classes.tsv"), include_str!("data/items.tsv")], "2"));

impl Books {
    /// The codes of files that begin with `start`.
    fn read(files: &[&'static str], start: &str) -> Self {
        let mut books = Self { named: BTreeMap::new(), today: BTreeMap::new() };
        for line in files.iter().flat_map(|file| file.lines()).filter(|line| line.starts_with(start)) {
            let mut fields = line.split('\t');
            let (Some(code), Some(names)) = (fields.next(), fields.next()) else { continue };
            let below = fields.next() == Some("below");
            for name in names.split('|') {
                books.named.entry(fold(name)).or_default().push(Entry { code, below });
            }
            books.today.entry(code).or_insert(names.split('|').next().unwrap_or_default());
        }
        books
    }

    /// The name that a code has today.
    pub(crate) fn name(&self, code: &str) -> Option<&'static str> {
        self.today.get(code).copied()
    }

    /// Whether a code and a printed label belong together.
    pub(crate) fn agree(&self, code: &str, label: &str) -> bool {
        self.entries(label).iter().any(|entry| entry.code == code)
    }

    /// The code of a printed label among the codes that begin with one of `within`. `above` is the code of the item above.
    pub(crate) fn code(&self, label: &str, within: &[&str], above: Option<&str>) -> Option<&'static str> {
        let inside = |code: &str| within.iter().any(|start| code.starts_with(start));
        let found: Vec<&Entry> = self.entries(label).iter().filter(|entry| inside(entry.code)).collect();
        let Some(above) = above else {
            return only(found.iter().filter(|entry| !entry.below).map(|entry| entry.code));
        };
        let beneath = |entry: &&&Entry| entry.code.len() > above.len() && entry.code.starts_with(above);
        let found: Vec<&&Entry> = found.iter().filter(beneath).collect();
        let next = found.iter().filter(|entry| entry.code.len() == above.len() + 2).map(|entry| entry.code);
        only(next).or_else(|| only(found.iter().map(|entry| entry.code)))
    }

    fn entries(&self, label: &str) -> &[Entry] {
        self.named.get(&bare(label)).map_or(&[], Vec::as_slice)
    }
}

/// The one code of several, if it is one.
fn only(mut codes: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let first = codes.next()?;
    codes.all(|code| code == first).then_some(first)
}

/// The item that a label names: without list number, 其中, notes and level.
fn bare(label: &str) -> String {
    let folded = fold(label);
    let mut text = label::bare(&folded).trim_start_matches(':');
    loop {
        let rest = text.trim_end_matches(|c: char| is_note_mark(c) || matches!(c, '*' | '※'));
        let rest = ASIDE.find(rest).map_or(rest, |aside| &rest[..aside.start()]);
        if rest.len() == text.len() {
            return rest.to_owned();
        }
        text = rest;
    }
}

/// The level in the books that a label is marked with: 3 digits for 类, 5 for 款, 7 for 项.
pub(crate) fn marked_level(label: &str) -> Option<usize> {
    books::level(&fold(label)).map(|level| 3 + 2 * level)
}

/// The rules of this module.
pub(crate) const RULES: &[Rule] = &[Rule {
    id: "K10",
    title: "Names of the books",
    text: "an item without code has the code of its name where one item of the list has that name, or one below the item above it; income by name only in a government's tables of income, functions by name only where 类, 款 or 项 stands behind it",
    source: "《政府收支分类科目》: 其他收入 and 行政运行 are the names of many items",
}];

#[cfg(test)]
mod tests {
    use super::*;

    const GENERAL: &[&str] = &["101", "103", "105", "110"];

    #[test]
    fn income_by_name() {
        let code = |label: &str, above| REVENUE.code(label, GENERAL, above);
        for (label, known) in [
            ("1.增值税（50%部分）（注1）", "10101"),
            ("一、税收收入", "101"),
            ("国有资源（资产）有偿使用收入", "10307"),
            ("其中：教育费附加收入", "1030203"),
            ("四、调入预算稳定调节基金", "11015"),
            ("从政府性基金预算调入", "110090102"),
            ("其他收入", "10399"),
            ("个人所得税①", "10106"),
        ] {
            assert_eq!(code(label, None), Some(known), "{label}");
        }
        for label in ["其他各项收入", "其他收入等", "教育", "增值税和消费税税收返还收入", "接受其他地区援助收入"]
        {
            assert_eq!(code(label, None), None, "{label}");
        }
        assert_eq!(code("教育", Some("11003")), Some("1100305"));
        assert_eq!(code("教育", Some("103")), None);
        let insurance = |label: &str, above| REVENUE.code(label, &["102"], above);
        assert_eq!(insurance("财政补贴收入", None), None);
        assert_eq!(insurance("2.财政补贴收入", Some("10210")), Some("1021002"));
        assert_eq!(insurance("其他收入", Some("10210")), None);
        assert_eq!(insurance("职工基本医疗保险基金收入（含生育保险）", None), Some("10203"));
    }

    #[test]
    fn functions_by_name_and_level() {
        assert_eq!(marked_level("教育支出（类）"), Some(3));
        assert_eq!(marked_level("行政运行(项)"), Some(7));
        assert_eq!(marked_level("公务接待（批）"), None);
        assert_eq!(FUNCTIONS.code("行政运行（项）", &["20101"], Some("20101")), Some("2010101"));
        assert_eq!(FUNCTIONS.code("行政运行（项）", &["2"], None), None);
    }

    #[test]
    fn the_lists_are_whole() {
        for (books, digits) in [(&REVENUE, 3..=9), (&FUNCTIONS, 3..=7)] {
            assert!(books.today.len() > 300);
            for (code, name) in &books.today {
                assert!(digits.contains(&code.len()) && code.len() % 2 == 1 && !name.is_empty(), "{code}");
            }
        }
    }
}
