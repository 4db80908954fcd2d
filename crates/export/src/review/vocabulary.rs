//! The words of the page as a script: what it says, in both languages, and ids with the labels that the datasets and workbooks
//! show too, so that the page has no list of its own.

use super::catalogue::{LABELS, SAID, STATEMENTS};
use super::corrections::COLUMNS;
use super::script;
use crate::dataset::{Dataset, Documents, Facts, Prose, Tables};
use crate::words::{self, Term, heading, page};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use yusuan_normalize::{Cause, CheckStatus, DocumentKind, EntityScope, MoneyUnit, TableType, UnitSource};

/// A language of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    Chinese,
    English,
}

/// All that the page knows of words.
#[derive(Serialize)]
struct Catalogue {
    zh: Vocabulary,
    en: Vocabulary,
    /// English of the labels that stand in the data, by their Chinese.
    labels: BTreeMap<&'static str, String>,
    /// English of what checks state.
    statements: &'static [(&'static str, &'static str)],
}

/// The words in a language, each list by its name on the page.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Vocabulary {
    /// What the page says, by name.
    said: BTreeMap<&'static str, &'static str>,
    /// What became of a file.
    statuses: Labels,
    /// How a check came out.
    verdicts: Labels,
    /// Whether a table holds data.
    states: Labels,
    /// Whose money a document counts.
    scopes: Labels,
    /// The doubts about an amount.
    flags: Labels,
    /// What the list of documents can be filtered by.
    findings: Labels,
    /// What of a document's identity is doubtful.
    unknown: Labels,
    /// How a figure of the narrative compares with the tables.
    narrative: Labels,
    /// The headings of the list of documents.
    headings: Labels,
    /// What is said of a cell.
    cell: Labels,
    /// The units that may stand behind an amount.
    units: Vec<&'static str>,
    /// The columns of `corrections.csv`.
    corrections: [&'static str; COLUMNS.len()],
}

/// Ids with their labels, as an object in their order.
struct Labels(Vec<Term>);

impl Serialize for Labels {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

/// The script.
pub(super) fn script() -> String {
    let [zh, en] = [Language::Chinese, Language::English].map(vocabulary);
    script::call("openWords", &Catalogue { zh, en, labels: labels(), statements: STATEMENTS })
}

fn vocabulary(language: Language) -> Vocabulary {
    let spoken = |list, terms| Labels(spoken(language, list, terms));
    let said = SAID.iter().map(|(name, zh, en)| (*name, if language == Language::English { *en } else { *zh }));
    Vocabulary {
        said: said.collect(),
        statuses: spoken("statuses", words::document_statuses()),
        verdicts: spoken("verdicts", words::check_statuses()),
        states: spoken("states", words::table_states()),
        scopes: spoken("scopes", words::entity_scopes()),
        flags: spoken("flags", words::fact_flags()),
        findings: spoken("findings", page::FINDINGS.to_vec()),
        unknown: spoken("unknown", page::UNKNOWN.to_vec()),
        narrative: spoken("narrative", page::NARRATIVE.to_vec()),
        headings: spoken("headings", headings()),
        cell: spoken("cell", cell()),
        units: MoneyUnit::ALL.iter().map(|unit| unit.as_str()).collect(),
        corrections: COLUMNS,
    }
}

/// A list with the labels of a language. A label without English stays Chinese; a test finds it.
fn spoken(language: Language, list: &str, terms: Vec<Term>) -> Vec<Term> {
    let label = |(id, zh): Term| (id, english(list, id).filter(|_| language == Language::English).unwrap_or(zh));
    terms.into_iter().map(label).collect()
}

/// English of a label.
fn english(list: &str, id: &str) -> Option<&'static str> {
    LABELS.iter().find(|(of, known, _)| *of == list && *known == id).map(|(.., english)| *english)
}

/// The lists whose labels stand in the data, with their names in the catalogue.
fn in_data() -> [(&'static str, Vec<Term>); 5] {
    let sources = UnitSource::ALL.iter().map(|source| (source.as_str(), page::unit_source_in_words(*source)));
    [
        ("table_types", TableType::ALL.iter().map(|kind| (kind.as_str(), kind.label_zh())).collect()),
        ("kinds", DocumentKind::ALL.iter().map(|kind| (kind.as_str(), kind.label_zh())).collect()),
        ("scopes", EntityScope::ALL.iter().map(|scope| (scope.as_str(), scope.label_zh())).collect()),
        ("causes", Cause::ALL.iter().map(|cause| (cause.as_str(), cause.label_zh())).collect()),
        ("unit_sources", sources.collect()),
    ]
}

fn labels() -> BTreeMap<&'static str, String> {
    let listed = in_data().into_iter().flat_map(|(list, terms)| {
        let term = move |(id, zh)| (zh, english(list, id).unwrap_or(zh).to_owned());
        terms.into_iter().map(term).collect::<Vec<_>>()
    });
    // A unit is what is printed; how much it is stands behind it.
    let unit = |unit: &MoneyUnit| {
        let times = if *unit == MoneyUnit::Yuan { String::new() } else { grouped(unit.factor()) + " " };
        (unit.as_str(), format!("{} ({times}yuan)", unit.as_str()))
    };
    listed.chain(MoneyUnit::ALL.iter().map(unit)).collect()
}

/// Digits in groups of three.
fn grouped(number: rust_decimal::Decimal) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

fn headings() -> Vec<Term> {
    vec![
        ("source", Documents::TITLE),
        ("department", Documents::label("department")),
        ("region", Documents::label("region")),
        ("year", Documents::label("year")),
        ("kind", heading::KIND),
        ("status", Documents::label("status")),
        ("tables", Tables::TITLE),
        ("facts", Facts::TITLE),
        ("passed", Documents::label("checks_passed")),
        ("failed", words::check_status(CheckStatus::Failed)),
        ("doubtful", heading::DOUBTS),
        ("typed", page::CORRECTED),
        ("prose", Prose::TITLE),
        ("nothing", heading::UNKNOWN),
    ]
}

fn cell() -> Vec<Term> {
    let mut cell = page::CELL.to_vec();
    cell.extend([
        ("printed", Facts::label("value_text")),
        ("unit", Facts::label("unit")),
        ("flags", Facts::label("flags")),
        ("place", heading::PLACE),
    ]);
    cell
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::assets::{ASSETS, SERVED};
    use std::collections::BTreeSet;

    fn is_chinese(text: &str) -> bool {
        text.chars().any(|c| matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}'))
    }

    /// The lists of the vocabulary with their names in the catalogue.
    fn lists(language: Language) -> Vec<(&'static str, Vec<Term>)> {
        let words = vocabulary(language);
        vec![
            ("statuses", words.statuses.0),
            ("verdicts", words.verdicts.0),
            ("states", words.states.0),
            ("scopes", words.scopes.0),
            ("flags", words.flags.0),
            ("findings", words.findings.0),
            ("unknown", words.unknown.0),
            ("narrative", words.narrative.0),
            ("headings", words.headings.0),
            ("cell", words.cell.0),
        ]
    }

    /// A script or page without the lines that are comments.
    fn code(text: &str) -> String {
        let is_comment = |line: &&str| ["//", "/*", "*", "<!--"].iter().any(|mark| line.trim_start().starts_with(mark));
        text.lines().filter(|line| !is_comment(line)).collect::<Vec<_>>().join("\n")
    }

    /// The names of words that a script or page asks for: quoted texts that are names, and what stands in attributes.
    fn quoted(text: &str) -> BTreeSet<&str> {
        text.split(['"', '\'', '`']).collect()
    }

    #[test]
    fn the_script_gives_every_list_in_its_order() {
        let script = script();
        let json = script.strip_prefix("yusuanReview.openWords(").unwrap().strip_suffix(");\n").unwrap();
        let words: serde_json::Value = serde_json::from_str(json).unwrap();
        assert_eq!(
            (&words["zh"]["statuses"]["ok"], &words["en"]["statuses"]["ok"]),
            (&"完整".into(), &"complete".into())
        );
        assert_eq!(words["zh"]["flags"]["check_failed"], "勾稽不符");
        assert_eq!(words["labels"]["收支总表"], "Summary of revenue and expenditure");
        assert_eq!(words["labels"]["万元"], "万元 (10,000 yuan)");
        assert_eq!(words["labels"]["元"], "元 (yuan)");
        assert!(script.contains(r#"{"ok":"完整","partial":"不完整","failed":"失败","#), "{script}");
        for language in [Language::Chinese, Language::English] {
            let empty = lists(language).into_iter().flat_map(|(_, terms)| terms).find(|(_, label)| label.is_empty());
            assert_eq!(empty, None);
        }
    }

    #[test]
    fn every_word_stands_in_both_languages_with_the_same_parameters() {
        let mut names = BTreeSet::new();
        for (name, zh, en) in SAID {
            assert!(names.insert(*name), "{name} stands there twice");
            assert!(!zh.is_empty() && !en.is_empty(), "{name}");
            for parameter in ["{0}", "{1}", "{2}", "{3}"] {
                assert_eq!(zh.contains(parameter), en.contains(parameter), "{name}");
            }
            // The name of the other language is said in it.
            assert!(!is_chinese(en) || name.ends_with("Language"), "{name}: {en}");
        }
        let braced = |text: &str| -> BTreeSet<String> {
            text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect()
        };
        for (zh, en) in STATEMENTS {
            assert_eq!(braced(zh), braced(en), "{zh}");
            let printed = en.replace(['《', '》'], "");
            assert!(!is_chinese(&printed), "{en}");
        }
    }

    #[test]
    fn every_label_has_its_english_and_none_too_many() {
        let mut known = BTreeSet::new();
        for (list, terms) in lists(Language::English).into_iter().chain(in_data()) {
            for (id, _) in terms {
                let label = english(list, id).unwrap_or_else(|| panic!("{list} {id} has no English"));
                assert!(!label.is_empty() && !is_chinese(label), "{list} {id}: {label}");
                known.insert((list, id));
            }
        }
        for (list, id, _) in LABELS {
            assert!(known.contains(&(*list, *id)), "{list} has no {id}");
        }
        assert_eq!(LABELS.len(), known.len(), "a label stands there twice");
    }

    #[test]
    fn no_text_stands_outside_the_catalogue() {
        let mut read = 0;
        for (name, text) in ASSETS.iter().chain(SERVED).filter(|(name, _)| name.rsplit('.').next() != Some("css")) {
            // What it reads is printed in Chinese, and it says nothing.
            if *name == "amount.js" {
                continue;
            }
            let code = code(text);
            // Said where no script runs that could say it.
            let line = code.lines().find(|line| is_chinese(line) && !line.starts_with("<noscript>"));
            assert_eq!(line, None, "{name} has a text of its own");
            read += 1;
        }
        assert!(read > 12, "{read}");
        // What the lists offer to choose from comes from the script as well.
        assert!(!ASSETS.iter().any(|(name, text)| *name == "index.html" && text.contains("<option")));
    }

    #[test]
    fn words_that_are_asked_for_are_there_and_none_is_left_over() {
        let known: BTreeSet<&str> = SAID.iter().map(|(name, ..)| *name).collect();
        let mut asked = BTreeSet::new();
        let mut made = Vec::new();
        for (name, text) in ASSETS.iter().chain(SERVED) {
            for (call, rest) in ["say(\"", "data-word=\"", "data-label=\"", "data-hint=\"", "\"data-alt\": \""]
                .iter()
                .flat_map(|call| text.split(call).skip(1).map(move |rest| (call, rest)))
            {
                let word = rest.split('"').next().unwrap_or_default();
                assert!(known.contains(word), "{name}: {call}{word}");
            }
            asked.extend(quoted(text));
            // kind_table and the like are put together.
            made.extend(text.split("say(`").skip(1).filter_map(|rest| rest.split('$').next()));
        }
        let is_field = |name: &str| asked.contains(name);
        for name in &known {
            let is_made = made.iter().any(|start| !start.is_empty() && name.starts_with(start));
            assert!(is_field(name) || is_made, "nobody says {name}");
        }
    }
}
