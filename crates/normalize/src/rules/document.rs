//! docs/rules.md as the program has it: a template whose lists are written from the code.

use crate::model::doubt::{Doubt, Witness};
use crate::model::money::MoneyUnit;
use crate::model::rule::Rule;
use crate::model::vocabulary::{Cause, FactFlag};
use crate::rules::list::{READING, rules};
use rust_decimal::Decimal;
use yusuan_extract::DiagnosticCode;

const TEMPLATE: &str = include_str!("template.md");

/// What each file of rules of reading is about.
const CHAPTERS: [&str; READING.len()] = [
    "Units",
    "Units put to the test",
    "Amounts",
    "Columns of money",
    "Repairs by arithmetic",
    "Cells run together",
    "Names proved by arithmetic",
    "Readings of pictures",
    "Columns",
    "Codes",
    "Names of the books",
    "Rows",
    "Lines without numbers",
    "Rows of income",
    "Rows of other places",
    "Sums",
    "Table types",
    "Levels",
    "Empty tables",
    "The balance of numbers",
    "Money in forms",
    "Several forms in one grid",
    "No disclosures",
    "Narrative",
    "Bodies",
    "Tables of units",
    "Concepts",
    "Disclosures",
    "Versions",
];

/// The whole document.
fn markdown() -> String {
    let lists = [
        ("{diagnostics}", diagnostics()),
        ("{flags}", flags()),
        ("{doubts}", doubts()),
        ("{causes}", causes()),
        ("{checks}", table(&["id", "规则", "内容", "依据"], rules().into_iter().filter(|r| r.is_check()).map(cells))),
        ("{reading}", reading()),
    ];
    lists.into_iter().fold(TEMPLATE.to_owned(), |text, (mark, list)| text.replace(mark, list.trim_end()))
}

fn diagnostics() -> String {
    let lost = |code: DiagnosticCode| if code.loses_content() { "yes" } else { "no" };
    let row = |code: &DiagnosticCode| {
        [code.as_str().to_owned(), format!("`{code:?}`"), code.meaning().to_owned(), lost(*code).to_owned()]
    };
    table(&["code", "name", "meaning", "content lost"], DiagnosticCode::ALL.iter().map(row))
}

fn flags() -> String {
    let row = |flag: &FactFlag| [format!("`{}`", flag.as_str()), flag.meaning().to_owned()];
    table(&["flag", "meaning"], FactFlag::ALL.iter().map(row))
}

fn doubts() -> String {
    let row = |doubt: Doubt| [format!("`{}`", doubt.code()), doubt.sentence_zh()];
    table(&["code", "sentence"], every_doubt().into_iter().map(row))
}

/// One of each. A new doubt doesn't compile here before it stands in the list.
fn every_doubt() -> Vec<Doubt> {
    let (yuan, times) = (MoneyUnit::Yuan, Decimal::from(10_000));
    let all = vec![
        Doubt::TitleMissing,
        Doubt::UnitMissing { count: 3 },
        Doubt::UnitSuspect { unit: Some(yuan), witness: Witness::Tables, times },
        Doubt::UnitInferred { unit: yuan },
        Doubt::SumsDisagree,
        Doubt::IndicatorsShifted { count: 3 },
        Doubt::TargetsMissing { count: 3 },
        Doubt::AmountsUnclear { count: 3 },
    ];
    for doubt in &all {
        match doubt {
            Doubt::TitleMissing
            | Doubt::UnitMissing { .. }
            | Doubt::UnitSuspect { .. }
            | Doubt::UnitInferred { .. }
            | Doubt::SumsDisagree
            | Doubt::IndicatorsShifted { .. }
            | Doubt::TargetsMissing { .. }
            | Doubt::AmountsUnclear { .. } => {}
        }
    }
    all
}

fn causes() -> String {
    let causes = Cause::ALL.iter().map(|cause| format!("`{}` {}", cause.as_str(), cause.label_zh()));
    causes.collect::<Vec<_>>().join(" · ")
}

fn reading() -> String {
    let heads = ["id", "rule", "what is done", "source"];
    let chapter = |title, rules: &[Rule]| format!("### {title}\n\n{}\n", table(&heads, rules.iter().map(cells)));
    CHAPTERS.iter().zip(READING).map(|(title, rules)| chapter(title, rules)).collect()
}

fn cells(rule: &Rule) -> [String; 4] {
    [rule.id, rule.title, rule.text, rule.source].map(str::to_owned)
}

fn table<const N: usize>(heads: &[&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let body: String = rows.map(|row| line(&row)).collect();
    format!("{}|{}\n{body}", line(&heads.map(str::to_owned)), "---|".repeat(N))
}

/// Compares docs/rules.md with the program; with `YUSUAN_GOLDEN_UPDATE` set it writes it.
#[test]
fn the_document_says_what_the_program_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/rules.md");
    if std::env::var_os("YUSUAN_GOLDEN_UPDATE").is_some() {
        std::fs::write(path, markdown()).expect("the document is writable");
        return;
    }
    let written = std::fs::read_to_string(path).expect("the document is part of the project");
    assert!(written == markdown(), "docs/rules.md is out of date: run the tests once with YUSUAN_GOLDEN_UPDATE=1");
}

#[test]
fn every_list_has_its_place_in_the_template() {
    let text = markdown();
    for wanted in [
        "| E010 | `FiguresMerged` |",
        "| `rounded` |",
        "| `sums_disagree` |",
        "`definition` 可能口径不同",
        "| B10 | 决算表间一致 |",
        "### Disclosures\n\n| id |",
    ] {
        assert_eq!(text.matches(wanted).count(), 1, "{wanted}");
    }
    assert!(!text.contains(['{', '}']));
}
