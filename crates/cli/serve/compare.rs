//! Two documents of one body side by side: what is the same line of the same form, and how its amount changed.

use super::project::Project;
use crate::store::{Manifest, Results};
use anyhow::{Context, Result};
use rust_decimal::Decimal;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use yusuan_export::DocumentRecord;
use yusuan_normalize::{Coded, Fact, Period, Statement};

/// Lines shown.
const MOST: usize = 3000;

/// A body with its documents.
#[derive(Debug, Serialize)]
pub(super) struct Body {
    name: String,
    documents: Vec<Paper>,
}

/// A document that can be compared.
#[derive(Debug, Clone, Serialize)]
struct Paper {
    doc_id: String,
    source: String,
    year: Option<i32>,
    kind: &'static str,
}

/// The bodies of a project that have more than one document.
pub(super) fn bodies(project: &Project) -> Vec<Body> {
    let Some(manifest) = project.manifest() else { return Vec::new() };
    let mut bodies: BTreeMap<String, Body> = BTreeMap::new();
    for entry in manifest.entries.iter().filter(|entry| entry.record.is_none()) {
        let (Some(card), Some(content)) = (&entry.card, &entry.content) else { continue };
        let Some(identity) = &card.identity else { continue };
        let name = [&identity.body, &identity.department, &identity.region].into_iter().find(|name| !name.is_empty());
        let Some(name) = name else { continue };
        let key = if identity.body_id.is_empty() { name } else { &identity.body_id };
        let body = bodies.entry(key.clone()).or_insert_with(|| Body { name: name.clone(), documents: Vec::new() });
        body.documents.push(Paper {
            doc_id: content.doc_id(),
            source: entry.source.clone(),
            year: identity.year,
            kind: identity.kind.map_or("", yusuan_normalize::DocumentKind::as_str),
        });
    }
    let mut bodies: Vec<Body> = bodies.into_values().filter(|body| body.documents.len() > 1).collect();
    for body in &mut bodies {
        body.documents.sort_by_key(|paper| (paper.year, paper.kind));
    }
    bodies.sort_by(|a, b| a.name.cmp(&b.name));
    bodies
}

/// A line of the comparison; amounts in yuan as exact text.
#[derive(Debug, Serialize)]
struct Line {
    table: &'static str,
    label: String,
    column: String,
    left: Option<String>,
    right: Option<String>,
    change: Option<String>,
    /// Change in percent of the left amount.
    percent: Option<String>,
    left_cell: String,
    right_cell: String,
    #[serde(skip)]
    size: Decimal,
}

/// The lines of two documents, the largest changes first.
#[derive(Debug, Serialize)]
pub(super) struct Compared {
    lines: Vec<Line>,
    more: usize,
    /// Lines that are the same in both.
    same: usize,
    /// How many amounts each has: one without any changed nothing.
    amounts: [usize; 2],
}

/// Compares two documents of a project.
pub(super) fn compare(project: &Project, left: &str, right: &str) -> Result<Compared> {
    let manifest = project.manifest().context("manifest")?;
    let records = [load(project, &manifest, left)?, load(project, &manifest, right)?];
    let [left, right] = [amounts(&records[0]), amounts(&records[1])];
    let counts = [left.len(), right.len()];
    let keys: BTreeSet<&Key> = left.keys().chain(right.keys()).collect();
    let mut lines: Vec<Line> = Vec::new();
    let mut same = 0;
    for key in keys {
        let (a, b) = (left.get(key), right.get(key));
        let values = (a.map(|a| a.value), b.map(|b| b.value));
        if values.0 == values.1 {
            same += 1;
            continue;
        }
        lines.push(line(key, a, b));
    }
    lines.sort_by(|a, b| b.size.cmp(&a.size).then_with(|| (a.table, &a.label).cmp(&(b.table, &b.label))));
    let more = lines.len().saturating_sub(MOST);
    lines.truncate(MOST);
    Ok(Compared { lines, more, same, amounts: counts })
}

fn load(project: &Project, manifest: &Manifest, doc_id: &str) -> Result<DocumentRecord> {
    let is_it = |entry: &&crate::store::Entry| {
        entry.record.is_none() && entry.content.as_ref().is_some_and(|content| content.doc_id() == doc_id)
    };
    let entry = manifest.entries.iter().find(is_it).context("doc_id")?;
    Ok(entry.load(&Results::below(&project.out))?)
}

/// Form, line and column: what is the same in both years.
type Key = (usize, String, String);

struct Amount<'a> {
    table: &'static str,
    label: &'a str,
    column: &'a str,
    value: Decimal,
    cell: String,
}

fn line(key: &Key, a: Option<&Amount<'_>>, b: Option<&Amount<'_>>) -> Line {
    let one = b.or(a);
    let change = a.zip(b).map(|(a, b)| b.value - a.value);
    let percent = a.zip(change).filter(|(a, _)| !a.value.is_zero());
    let percent = percent.and_then(|(a, change)| (change * Decimal::ONE_HUNDRED).checked_div(a.value.abs()));
    let size = change.or_else(|| one.map(|one| one.value)).unwrap_or_default().abs();
    Line {
        table: one.map_or("", |one| one.table),
        label: one.map_or_else(|| key.1.clone(), |one| one.label.to_owned()),
        column: one.map_or_else(String::new, |one| one.column.to_owned()),
        left: a.map(|a| a.value.normalize().to_string()),
        right: b.map(|b| b.value.normalize().to_string()),
        change: change.map(|change| change.normalize().to_string()),
        percent: percent.map(|percent| percent.round_dp(1).to_string()),
        left_cell: a.map(|a| a.cell.clone()).unwrap_or_default(),
        right_cell: b.map(|b| b.cell.clone()).unwrap_or_default(),
        size,
    }
}

/// The amounts of a document's own year, each line's first.
fn amounts(record: &DocumentRecord) -> BTreeMap<Key, Amount<'_>> {
    let mut amounts = BTreeMap::new();
    let statements = record.document.iter().flat_map(|document| &document.statements);
    for (statement, fact) in statements.flat_map(|s| s.facts.iter().map(move |fact| (s, fact))) {
        let is_own = matches!(fact.period, None | Some(Period::Current));
        let Some(value) = fact.value.filter(|_| is_own) else { continue };
        let amount = Amount {
            table: statement.table_type.label_zh(),
            label: &fact.row_path,
            column: &fact.column_path,
            value,
            cell: format!("{}!R{}C{}", statement.id, fact.row, fact.col),
        };
        amounts.entry(key(statement, fact)).or_insert(amount);
    }
    amounts
}

fn key(statement: &Statement, fact: &Fact) -> Key {
    let code = |coded: &Coded| coded.code.clone();
    let codes = [&fact.function, &fact.department_economic, &fact.government_economic, &fact.revenue, &fact.agency];
    let codes: String = codes.into_iter().map(code).filter(|code| !code.is_empty()).collect::<Vec<_>>().join("/");
    let side = fact.side.map_or("", yusuan_normalize::Side::as_str);
    let label = bare(&fact.row_path);
    let row = format!("{side}|{codes}|{label}");
    (statement.table_type as usize, row, bare(&fact.column_path))
}

/// A text without years, numbers of lists, and blanks: what changes from year to year says nothing.
fn bare(text: &str) -> String {
    let mut kept = String::new();
    let mut digits = String::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        let is_year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")) && c.is_alphabetic();
        if !is_year {
            kept.push_str(&digits);
        }
        kept.push(c);
        digits.clear();
    }
    kept + &digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_no_part_of_a_column() {
        assert_eq!(bare("2024年预算数 / 合计"), bare("2023年预算数/合计"));
        assert_ne!(bare("2060702 科普活动"), bare("2060701 机构运行"));
    }
}
