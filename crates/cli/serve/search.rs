//! Search over all rows and sentences of a project: a number as it is printed or in yuan, a word, a body.

use super::dataset::{Row, each_row};
use super::project::Project;
use rust_decimal::Decimal;
use serde::Serialize;
use std::ops::ControlFlow;
use yusuan_normalize::MoneyUnit;

/// Hits shown.
const MOST: usize = 200;

/// Characters of what is searched for.
const LONGEST: usize = 200;

/// What was found.
#[derive(Debug, Default, Serialize)]
pub(super) struct Found {
    hits: Vec<Hit>,
    /// How many there are in all.
    all: usize,
}

#[derive(Debug, Serialize)]
struct Hit {
    doc_id: String,
    source: String,
    whose: String,
    year: String,
    /// `row` or `sentence`.
    kind: &'static str,
    /// The cell to open, or the page as `p12`.
    place: String,
    page: String,
    title: String,
    text: String,
    printed: String,
    /// In yuan.
    value: String,
}

/// What is searched for.
struct Wanted {
    words: Vec<String>,
    number: Option<Number>,
}

struct Number {
    /// Its digits as they may be printed.
    digits: String,
    /// What it may be in yuan.
    values: Vec<Decimal>,
}

/// Finds it.
pub(super) fn search(project: &Project, text: &str) -> csv::Result<Found> {
    let mut found = Found::default();
    let Some(wanted) = Wanted::of(text) else { return Ok(found) };
    rows(project, &wanted, &mut found)?;
    sentences(project, &wanted, &mut found)?;
    Ok(found)
}

impl Wanted {
    fn of(text: &str) -> Option<Self> {
        let text: String = text.trim().chars().take(LONGEST).collect();
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        let number = Number::of(&text);
        (!words.is_empty()).then_some(Self { words, number })
    }

    fn is_in(&self, texts: &[&str]) -> bool {
        self.words.iter().all(|word| texts.iter().any(|text| text.contains(word.as_str()) || has_letters(text, word)))
    }
}

/// Whether a text has the word in other letters, large for small.
fn has_letters(text: &str, word: &str) -> bool {
    word.bytes().any(|b| b.is_ascii_lowercase()) && text.to_lowercase().contains(word)
}

impl Number {
    fn of(text: &str) -> Option<Self> {
        let plain: String = text.chars().filter(|c| !matches!(c, ',' | '，' | ' ')).collect();
        let digits = plain.trim_end_matches(|c: char| !c.is_ascii_digit()).to_owned();
        let value: Decimal = digits.parse().ok()?;
        let unit = plain.get(digits.len()..).unwrap_or_default();
        let units = MoneyUnit::ALL.iter().copied();
        // People leave out the last character of a unit; without any, a table's may be meant.
        let is_said = |one: &MoneyUnit| unit.is_empty() || one.as_str() == unit || short(*one) == unit;
        let times: Vec<Decimal> = units.filter(is_said).map(MoneyUnit::factor).collect();
        if times.is_empty() {
            return None;
        }
        let values = times.into_iter().filter_map(|times| value.checked_mul(times)).collect();
        Some(Self { digits, values })
    }

    fn is(&self, printed: &str, value: &str) -> bool {
        let bare: String = printed.chars().filter(|c| !matches!(c, ',' | '，' | ' ')).collect();
        bare == self.digits || value.parse::<Decimal>().is_ok_and(|value| self.values.contains(&value))
    }
}

/// A unit without the word yuan.
fn short(unit: MoneyUnit) -> &'static str {
    unit.as_str().strip_suffix(MoneyUnit::Yuan.as_str()).unwrap_or_default()
}

impl Found {
    fn add(&mut self, hit: impl FnOnce() -> Hit) {
        self.all += 1;
        if self.hits.len() < MOST {
            self.hits.push(hit());
        }
    }
}

fn rows(project: &Project, wanted: &Wanted, found: &mut Found) -> csv::Result<()> {
    let columns = [
        "doc_id",
        "source",
        "department",
        "year",
        "table_id",
        "table_title",
        "page",
        "row",
        "col",
        "row_label",
        "row_path",
        "column_path",
        "value_text",
        "unit",
        "value",
        "agency_name",
        "project_name",
        "function_name",
        "region",
    ];
    let mut last = String::new();
    each_row(&project.out, "facts", &columns, |row: &Row<'_>| {
        let fits = match &wanted.number {
            Some(number) => number.is(row.text(12), row.get(14)),
            None => wanted.is_in(&[9, 10, 11, 5, 2, 15, 16, 17, 18, 12].map(|number| row.text(number))),
        };
        // A word is in all cells of its row: the first of them is enough.
        let this = [row.get(0), row.get(4), row.get(7)].join(" ");
        if !fits || (wanted.number.is_none() && this == last) {
            return ControlFlow::Continue(());
        }
        last = this;
        found.add(|| Hit {
            doc_id: row.get(0).to_owned(),
            source: row.text(1).to_owned(),
            whose: row.text(2).to_owned(),
            year: row.get(3).to_owned(),
            kind: "row",
            place: format!("{}!R{}C{}", row.get(4), row.get(7), row.get(8)),
            page: row.get(6).to_owned(),
            title: row.text(5).to_owned(),
            text: joined(row.text(10), row.text(11)),
            printed: [row.text(12), row.get(13)].join(" "),
            value: row.get(14).to_owned(),
        });
        ControlFlow::Continue(())
    })
}

/// Two texts, where both say something.
fn joined(one: &str, other: &str) -> String {
    if one.is_empty() || other.is_empty() { format!("{one}{other}") } else { format!("{one} · {other}") }
}

fn sentences(project: &Project, wanted: &Wanted, found: &mut Found) -> csv::Result<()> {
    let columns = [
        "doc_id",
        "source",
        "department",
        "year",
        "page",
        "section",
        "sentence",
        "value_text",
        "unit",
        "value",
        "matched_table_id",
        "matched_row",
        "matched_col",
    ];
    let mut last = String::new();
    each_row(&project.out, "prose", &columns, |row: &Row<'_>| {
        let fits = match &wanted.number {
            Some(number) => number.is(row.text(7), row.get(9)),
            None => wanted.is_in(&[row.text(6), row.text(5)]),
        };
        let this = [row.get(0), row.text(6)].join(" ");
        if !fits || this == last {
            return ControlFlow::Continue(());
        }
        last = this;
        found.add(|| Hit {
            doc_id: row.get(0).to_owned(),
            source: row.text(1).to_owned(),
            whose: row.text(2).to_owned(),
            year: row.get(3).to_owned(),
            kind: "sentence",
            place: if row.get(4).is_empty() { String::new() } else { format!("p{}", row.get(4)) },
            page: row.get(4).to_owned(),
            title: row.text(5).to_owned(),
            text: row.text(6).to_owned(),
            printed: [row.text(7), row.get(8)].join(" "),
            value: row.get(9).to_owned(),
        });
        ControlFlow::Continue(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_as_printed_and_in_yuan() {
        let is =
            |text: &str, printed: &str, value: &str| Number::of(text).is_some_and(|number| number.is(printed, value));
        assert!(is("1,234.5", "1234.50", "12345000") && is("1234.5", "1,234.5", ""));
        assert!(is("12345000", "1234.50", "12345000") && is("1234.5万元", "x", "12345000"));
        assert!(is("0.12345亿元", "x", "12345000.0000") && !is("1234.5元", "x", "12345000"));
        assert!(Number::of("科普活动").is_none() && Number::of("2060702 科普").is_none());
    }

    #[test]
    fn words_are_found_in_any_order_and_letters() {
        let wanted = Wanted::of("科普 expo").unwrap();
        assert!(wanted.is_in(&["2024 EXPO", "科普活动"]) && !wanted.is_in(&["科普活动"]));
        assert!(Wanted::of("  ").is_none());
    }
}
