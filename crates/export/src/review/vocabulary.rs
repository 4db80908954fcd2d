//! The words of the page as a script: ids and labels that the datasets and workbooks show too, so that the page has no
//! list of its own.

use super::corrections::COLUMNS;
use super::script;
use crate::dataset::{Dataset, Documents, Facts, Prose, Tables};
use crate::words::{self, Term, heading, page};
use serde::{Serialize, Serializer};
use yusuan_normalize::{CheckStatus, MoneyUnit};

/// The words, each list by its name on the page.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Vocabulary {
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
    script::call("openWords", &vocabulary())
}

fn vocabulary() -> Vocabulary {
    Vocabulary {
        statuses: Labels(words::document_statuses()),
        verdicts: Labels(words::check_statuses()),
        states: Labels(words::table_states()),
        scopes: Labels(words::entity_scopes()),
        flags: Labels(words::fact_flags()),
        findings: Labels(page::FINDINGS.to_vec()),
        unknown: Labels(page::UNKNOWN.to_vec()),
        narrative: Labels(page::NARRATIVE.to_vec()),
        headings: Labels(headings()),
        cell: Labels(cell()),
        units: MoneyUnit::ALL.iter().map(|unit| unit.as_str()).collect(),
        corrections: COLUMNS,
    }
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
    use crate::review::assets::ASSETS;

    /// Every label that the page has from here.
    fn labels() -> Vec<&'static str> {
        let words = vocabulary();
        let lists = [
            words.statuses,
            words.verdicts,
            words.states,
            words.scopes,
            words.flags,
            words.findings,
            words.unknown,
            words.narrative,
            words.headings,
            words.cell,
        ];
        lists.iter().flat_map(|list| &list.0).map(|(_, label)| *label).chain(words.units).collect()
    }

    /// A script without the lines that are comments.
    fn code(text: &str) -> String {
        let is_comment = |line: &&str| ["//", "/*", "*"].iter().any(|mark| line.trim_start().starts_with(mark));
        text.lines().filter(|line| !is_comment(line)).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_script_gives_every_list_in_its_order() {
        let script = script();
        let json = script.strip_prefix("yusuanReview.openWords(").unwrap().strip_suffix(");\n").unwrap();
        let words: serde_json::Value = serde_json::from_str(json).unwrap();
        assert_eq!(words["statuses"]["ok"], "完整");
        assert_eq!(words["flags"]["check_failed"], "勾稽不符");
        assert!(script.contains(r#"{"ok":"完整","partial":"不完整","failed":"失败","#), "{script}");
        assert!(labels().iter().all(|label| !label.is_empty()));
    }

    #[test]
    fn the_scripts_have_no_labels_of_their_own() {
        let labels = labels();
        assert!(labels.len() > 50, "{}", labels.len());
        let scripts: Vec<_> = ASSETS.iter().filter(|(name, _)| name.rsplit('.').next() == Some("js")).collect();
        assert!(scripts.len() > 9, "{}", scripts.len());
        for (name, text) in scripts {
            let code = code(text);
            for label in &labels {
                for quote in ['"', '\'', '`'] {
                    assert!(!code.contains(&format!("{quote}{label}{quote}")), "{name} says {label} itself");
                }
                // A short word may be a part of a sentence, a long one is the label.
                assert!(label.chars().count() < 4 || !code.contains(label), "{name} says {label} within a text");
            }
        }
        // What the lists offer to choose from comes from the script as well; only "all" stands in the page.
        let page = ASSETS.iter().find(|(name, _)| *name == "index.html").unwrap().1;
        assert_eq!(page.matches("<option").count(), page.matches("<option value=\"\">全部</option>").count());
    }
}
