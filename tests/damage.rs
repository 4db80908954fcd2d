//! How many wrong digits the checks notice: one digit of one printed amount is changed, and the document is checked again.
#![allow(clippy::print_stdout, reason = "says per document what was missed, for `--nocapture`")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use yusuan_extract::{Extraction, Limits};
use yusuan_normalize::{CellRef, Check, CheckStatus, Context, Fact, NormalizedDocument, Statement, normalize};

/// Another set of documents than the samples: files or a folder of files.
const INPUTS: &str = "YUSUAN_DAMAGE_INPUTS";
/// Another number of damages per document.
const TIMES: &str = "YUSUAN_DAMAGE_TIMES";

/// Least shares noticed, and named among the first three, over all documents together.
const NOTICED: f64 = 0.9;
const NAMED: f64 = 0.7;

/// A sequence of numbers that is the same in every run (Knuth's MMIX constants).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % end
    }
}

/// What became of the damages of one document.
#[derive(Default)]
struct Tally {
    tried: usize,
    noticed: usize,
    named: usize,
    missed: BTreeMap<String, usize>,
}

#[test]
fn a_changed_digit_is_noticed_and_its_cell_named() {
    let (mut noticed, mut named, mut tried) = (0, 0, 0);
    for path in inputs() {
        let tally = damage(&path);
        println!("{}: {} of {} noticed, {} named", path.display(), tally.noticed, tally.tried, tally.named);
        for (place, times) in &tally.missed {
            println!("  missed {times} in {place}");
        }
        noticed += tally.noticed;
        named += tally.named;
        tried += tally.tried;
    }
    assert!(tried >= 100, "only {tried} damages tried");
    let share = |part: usize| part as f64 / tried as f64;
    println!("{tried} tried, {:.3} noticed, {:.3} named", share(noticed), share(named));
    assert!(share(noticed) >= NOTICED, "only {noticed} of {tried} wrong digits noticed");
    assert!(share(named) >= NAMED, "only {named} of {tried} wrong cells among the first three named");
}

fn inputs() -> Vec<PathBuf> {
    let Some(given) = std::env::var_os(INPUTS) else {
        return files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("samples"));
    };
    std::env::split_paths(&given).flat_map(|p| if p.is_dir() { files(&p) } else { vec![p] }).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    let mut found: Vec<PathBuf> =
        entries.filter(|p| p.extension().is_some_and(|e| e == "pdf" || e == "xlsx" || e == "xls")).collect();
    found.sort();
    found
}

fn damage(path: &Path) -> Tally {
    let times = std::env::var(TIMES).map_or(40, |t| t.parse().unwrap());
    let extraction = yusuan_extract::from_bytes(&std::fs::read(path).unwrap(), &Limits::default()).unwrap();
    let context = Context::for_source(path.to_string_lossy());
    let whole = normalize(extraction.clone(), &context);
    let before = failures(&whole);
    let cells: Vec<(usize, &Statement, &Fact)> = whole
        .statements
        .iter()
        .enumerate()
        .flat_map(|(t, s)| s.facts.iter().map(move |f| (t, s, f)))
        .filter(|(t, _, f)| digits(&extraction.tables[*t].cells[f.cell].text).len() > 1)
        .collect();
    let mut dice = Dice(1);
    let mut tally = Tally::default();
    if cells.is_empty() {
        return tally;
    }
    for _ in 0..times {
        let (table, statement, fact) = cells[dice.below(cells.len())];
        let mut wrong: Extraction = extraction.clone();
        let text = &mut wrong.tables[table].cells[fact.cell].text;
        *text = slip(text, &mut dice);
        let after = normalize(wrong, &context);
        let new = new_failures(&before, &after);
        tally.tried += 1;
        tally.noticed += usize::from(!new.is_empty());
        let name = CellRef::of(statement, fact);
        tally.named += usize::from(new.iter().any(|c| c.suspects.iter().take(3).any(|s| *s == name)));
        if new.is_empty() {
            let place =
                format!("{} {} {} [{}]", statement.id, statement.title, fact.column_path, fact.row_kind.as_str());
            let place = if std::env::var_os("YUSUAN_DAMAGE_CELLS").is_some() {
                format!("{place} {name} {} {}", fact.row_label, fact.value_text)
            } else {
                place
            };
            *tally.missed.entry(place).or_default() += 1;
        }
    }
    tally
}

/// Where the digits of an amount stand, the last one left out: half a unit of it is rounding.
fn digits(text: &str) -> Vec<usize> {
    let at: Vec<usize> = text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
    at.split_last().map(|(_, rest)| rest.to_vec()).unwrap_or_default()
}

/// The same text with another digit at one place.
fn slip(text: &str, dice: &mut Dice) -> String {
    let places = digits(text);
    let at = places[dice.below(places.len())];
    let old = text.as_bytes()[at] - b'0';
    let new = (usize::from(old) + 1 + dice.below(9)) % 10;
    format!("{}{new}{}", &text[..at], &text[at + 1..])
}

type Key = (String, String, String, Option<String>, Option<String>);

fn key(check: &Check) -> Key {
    let figure = |d: Option<rust_decimal::Decimal>| d.map(|d| d.normalize().to_string());
    (check.rule.clone(), check.table_id.clone(), check.claim_text.clone(), figure(check.left), figure(check.right))
}

fn failures(document: &NormalizedDocument) -> BTreeMap<Key, usize> {
    let mut found = BTreeMap::new();
    for check in document.checks.iter().filter(|c| c.status == CheckStatus::Failed) {
        *found.entry(key(check)).or_default() += 1;
    }
    found
}

/// Failed checks that the undamaged document does not have.
fn new_failures<'d>(before: &BTreeMap<Key, usize>, after: &'d NormalizedDocument) -> Vec<&'d Check> {
    after.checks.iter().filter(|c| c.status == CheckStatus::Failed && !before.contains_key(&key(c))).collect()
}
