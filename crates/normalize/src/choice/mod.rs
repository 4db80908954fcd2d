//! Amounts read from pictures, chosen among their readings by the sums that they stand in.
//!
//! A recogniser gives more than one reading of a figure: 3 or 8, a point or none. Where a sum fails and exactly one other
//! reading of one of its figures closes it, and no sum fails for that, the figure is read so. Nothing is calculated: a
//! reading that no recogniser gave is never taken, and what the sums do not decide stays as it was read, with its doubt.

mod label;

use crate::Context;
use crate::model::check::{Check, CheckStatus};
use crate::model::document::NormalizedDocument;
use crate::model::fact::Fact;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::reading::amount::{Reading, read};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use yusuan_extract::{Cell, CellDoubt, Extraction};

/// A choice may complete other sums: the document is gone through again so often.
const ROUNDS: usize = 4;
/// Choices tried one by one where all at once do not help.
const MOST_ALONE: usize = 12;

/// The cell of an extraction: table and position among its cells.
type Target = (usize, usize);

/// Other readings by cell.
type Choices = BTreeMap<Target, String>;

/// Normalizes, choosing among readings where there are any.
pub(crate) fn run(
    mut extraction: Extraction,
    context: &Context,
    read_document: impl Fn(Extraction, &Context) -> NormalizedDocument,
) -> NormalizedDocument {
    label::choose(&mut extraction);
    if extraction.tables.iter().flat_map(|table| &table.cells).all(|cell| others(cell).is_empty()) {
        return read_document(extraction, context);
    }
    let mut document = read_document(extraction.clone(), context);
    let mut refused: BTreeSet<(Target, String)> = BTreeSet::new();
    for _ in 0..ROUNDS {
        let mut choices = choices(&document, &extraction);
        choices.retain(|target, text| !refused.contains(&(*target, text.clone())));
        if choices.is_empty() {
            break;
        }
        let all = taken(&extraction, &choices);
        let tried = read_document(all.clone(), context);
        if is_better(&tried, &document) {
            (document, extraction) = (tried, all);
            continue;
        }
        let before = failed(&document);
        for (target, text) in choices.into_iter().take(MOST_ALONE) {
            let alone = taken(&extraction, &Choices::from([(target, text.clone())]));
            let tried = read_document(alone.clone(), context);
            if is_better(&tried, &document) {
                (document, extraction) = (tried, alone);
            } else {
                refused.insert((target, text));
            }
        }
        if failed(&document) == before {
            break;
        }
    }
    document
}

fn others(cell: &Cell) -> &[String] {
    cell.read.as_ref().map_or(&[], |read| &read.readings)
}

fn failed(document: &NormalizedDocument) -> usize {
    document.checks.iter().filter(|check| check.status == CheckStatus::Failed).count()
}

/// Whether fewer sums fail, and none is gone for it.
fn is_better(tried: &NormalizedDocument, before: &NormalizedDocument) -> bool {
    let held = |d: &NormalizedDocument| d.checks.iter().filter(|check| check.status == CheckStatus::Passed).count();
    failed(tried) < failed(before) && held(tried) > held(before)
}

/// The extraction with other readings in their cells.
fn taken(extraction: &Extraction, choices: &Choices) -> Extraction {
    let mut changed = extraction.clone();
    for ((table, cell), text) in choices {
        let Some(cell) = changed.tables.get_mut(*table).and_then(|table| table.cells.get_mut(*cell)) else { continue };
        let before = std::mem::replace(&mut cell.text, text.clone());
        if let Some(read) = cell.read.as_mut() {
            read.readings.retain(|other| other != text);
            read.readings.push(before);
        }
        if !cell.doubts.contains(&CellDoubt::Chosen) {
            cell.doubts.push(CellDoubt::Chosen);
        }
    }
    changed
}

/// For each failed sum the one other reading that closes it; none where several do, or where two sums want different ones.
fn choices(document: &NormalizedDocument, extraction: &Extraction) -> Choices {
    let cells = Cells::of(document, extraction);
    let mut found: BTreeMap<Target, BTreeSet<String>> = BTreeMap::new();
    for check in document.checks.iter().filter(|check| check.status == CheckStatus::Failed) {
        if let Some((target, text)) = cells.only(check) {
            found.entry(target).or_default().insert(text);
        }
    }
    let one = |(target, texts): (Target, BTreeSet<String>)| {
        let mut texts = texts.into_iter();
        texts.next().filter(|_| texts.next().is_none()).map(|text| (target, text))
    };
    found.into_iter().filter_map(one).collect()
}

/// The amounts of a document with the cells that they were read from.
struct Cells<'a> {
    facts: BTreeMap<(&'a str, u32, u32), (&'a Statement, &'a Fact)>,
    targets: BTreeMap<[u64; 3], Target>,
    extraction: &'a Extraction,
}

impl<'a> Cells<'a> {
    fn of(document: &'a NormalizedDocument, extraction: &'a Extraction) -> Self {
        let facts = document.statements.iter().flat_map(|s| s.facts.iter().map(move |f| (s, f)));
        let facts = facts.map(|(s, f)| ((s.id.as_str(), f.row, f.col), (s, f))).collect();
        let cells = extraction.tables.iter().enumerate();
        let cells = cells.flat_map(|(table, t)| t.cells.iter().enumerate().map(move |(at, cell)| ((table, at), cell)));
        let targets = cells.filter_map(|(target, cell)| Some((place(cell)?, target))).collect();
        Self { facts, targets, extraction }
    }

    /// The only reading of all a check's figures that closes it.
    fn only(&self, check: &Check) -> Option<(Target, String)> {
        let difference = check.difference?.abs();
        let tolerance = check.tolerance.unwrap_or_default();
        let mut found: Option<(Target, Decimal, String)> = None;
        for name in check.cells.iter().filter(|name| name.source.is_empty()) {
            let Some((statement, fact)) = self.facts.get(&(name.table.as_str(), name.row, name.col)) else { continue };
            let Some((target, cell)) = statement.raw.cells.get(fact.cell).and_then(|cell| self.target(cell)) else {
                continue;
            };
            for (value, text) in readings(fact, cell) {
                let change = value.checked_sub(fact.value?)?.abs();
                if (change - difference).abs() > tolerance || change.is_zero() {
                    continue;
                }
                match &found {
                    Some((other, same, _)) if *other == target && *same == value => {}
                    Some(_) => return None,
                    None => found = Some((target, value, text)),
                }
            }
        }
        found.map(|(target, _, text)| (target, text))
    }

    fn target(&self, cell: &Cell) -> Option<(Target, &'a Cell)> {
        let target = *self.targets.get(&place(cell)?)?;
        let own = self.extraction.tables.get(target.0)?.cells.get(target.1)?;
        (own.text == cell.text).then_some((target, own))
    }
}

/// The place of a cell on its page, as a key.
fn place(cell: &Cell) -> Option<[u64; 3]> {
    let (page, bbox) = (cell.place.page?, cell.place.bbox?);
    (!cell.text.is_empty()).then(|| [u64::from(page), bbox.x0.to_bits(), bbox.y0.to_bits()])
}

/// The other readings of an amount in yuan, with their texts.
fn readings(fact: &Fact, cell: &Cell) -> Vec<(Decimal, String)> {
    let Some(unit) = fact.unit.filter(|_| fact.value.is_some()) else { return Vec::new() };
    let value = |text: &String| match read(text) {
        Reading::Amount(value, None) => Some((value.checked_mul(unit.factor())?.normalize(), text.clone())),
        _ => None,
    };
    others(cell).iter().filter_map(value).collect()
}

/// The rules of this module.
pub(crate) const RULES: &[Rule] = &[
    label::RULE,
    Rule {
        id: "F05",
        title: "Readings of a scanned figure",
        text: "of the readings that a recogniser gives of a scanned figure another is taken, marked `repaired`, where a sum fails and exactly one other reading of one of its figures closes it, so that fewer sums fail and more hold; nothing is calculated, and what no sum decides keeps its first reading and its doubt",
        source: "3 and 8, points and commas are alike on paper; 合计 = sum of its parts in the forms of the Ministry of Finance",
    },
];

#[cfg(test)]
#[allow(clippy::float_arithmetic, reason = "places of made-up cells")]
mod tests {
    use super::*;
    use yusuan_extract::{Caption, CaptionSide, Method, Place, RawTable, ReadCell, Rect};

    fn cell(row: usize, col: usize, text: &str, readings: &[&str]) -> Cell {
        let (x, y) = (100.0 * col as f64, 20.0 * row as f64);
        let bbox = Some(Rect::new(x, y, x + 50.0, y + 10.0));
        Cell {
            row,
            col,
            row_span: 1,
            col_span: 1,
            text: text.to_owned(),
            place: Place { page: Some(1), bbox, sheet_cell: None },
            read: Some(ReadCell { confidence: 0.9, readings: readings.iter().map(ToString::to_string).collect() }),
            ..Cell::default()
        }
    }

    /// A table of three parts below their total; the second part has other readings.
    fn scanned(second: &str, readings: &[&str]) -> Extraction {
        let rows = [
            ("科目名称", "预算数"),
            ("合计", "60.00"),
            ("教育支出", "10.00"),
            ("卫生健康支出", second),
            ("住房保障支出", "30.00"),
        ];
        let cells = rows.iter().enumerate().flat_map(|(row, (label, figure))| {
            let readings = if row == 3 { readings } else { &[] };
            [cell(row, 0, label, &[]), cell(row, 1, figure, readings)]
        });
        let caption = |text: &str, y: f64| Caption {
            text: text.to_owned(),
            place: Place { page: Some(1), bbox: Some(Rect::new(0.0, y, 50.0, y + 8.0)), sheet_cell: None },
            side: CaptionSide::Above,
        };
        let table = RawTable {
            pages: vec![1],
            method: Method::Ocr,
            confidence: 0.98,
            rows: rows.len(),
            cols: 2,
            cells: cells.collect(),
            captions: vec![caption("2024年部门支出总表", -30.0), caption("单位：万元", -15.0)],
            ..RawTable::default()
        };
        Extraction { tables: vec![table], ..Extraction::default() }
    }

    fn figure(extraction: Extraction) -> (String, bool) {
        let document = crate::normalize(extraction, &Context::default());
        let facts = &document.statements[0].facts;
        let fact = facts.iter().find(|fact| fact.row == 4).unwrap();
        (fact.value_text.clone(), fact.flags.contains(&crate::FactFlag::Repaired))
    }

    #[test]
    fn the_sum_chooses_among_the_readings() {
        assert_eq!(figure(scanned("28.00", &["20.00", "26.00"])), ("20.00".to_owned(), true));
    }

    #[test]
    fn what_no_reading_closes_stays() {
        assert_eq!(figure(scanned("28.00", &["26.00"])), ("28.00".to_owned(), false));
        assert_eq!(figure(scanned("20.00", &["28.00"])), ("20.00".to_owned(), false));
    }
}
