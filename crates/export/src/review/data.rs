//! One document as the page's script reads it: tables with their cells and places, amounts, checks, corrections.
//!
//! Amounts are texts of exact decimals: a script's numbers are binary fractions.

use crate::doubt::is_doubtful;
use crate::record::DocumentRecord;
use crate::words::page::unit_source_in_words;
use rust_decimal::Decimal;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use yusuan_extract::{Cell, Place};
use yusuan_normalize::{
    Cause, CellRef, Check, CheckStatus, Correction, Doubt, Fact, NormalizedDocument, OwnLines, ProseFigure, Statement,
    Unread, own_lines, rule,
};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Document<'a> {
    doc_id: &'a str,
    source: &'a str,
    /// What the user should know about the document as a whole.
    notes: Vec<String>,
    /// Width and height of each page in points.
    pages: Vec<(f64, f64)>,
    /// Whether pictures of the pages were made.
    pictures: bool,
    tables: Vec<Table<'a>>,
    checks: Vec<Verdict<'a>>,
    prose: Vec<Stated<'a>>,
    corrections: &'a [Correction],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Table<'a> {
    id: &'a str,
    kind: &'a str,
    title: &'a str,
    number: &'a str,
    unit: &'a str,
    state: &'a str,
    empty_note: &'a str,
    sheet: Option<&'a str>,
    pages: &'a [u32],
    rows: usize,
    cols: usize,
    header_start: usize,
    header_rows: usize,
    method: &'a str,
    doubts: Vec<String>,
    above: Vec<&'a str>,
    below: Vec<&'a str>,
    cells: Vec<Slot<'a>>,
    facts: Vec<Amount<'a>>,
    /// Positions, among the cells, of those whose numbers were not read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unread: Vec<usize>,
    /// Numbers in the table's area that stand in none of its cells: text, page, box.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    strays: Vec<Stray<'a>>,
}

/// Text, page and box of a number that stands in no cell.
type Stray<'a> = (&'a str, u32, f64, f64, f64, f64);

/// Row, column, rows and columns covered, text, and the place: page and box, or row and column on the worksheet.
#[derive(Serialize)]
#[serde(untagged)]
enum Slot<'a> {
    OnPage(usize, usize, usize, usize, &'a str, u32, f64, f64, f64, f64),
    OnSheet(usize, usize, usize, usize, &'a str, u32, u32),
    Nowhere(usize, usize, usize, usize, &'a str),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Amount<'a> {
    /// Position of its cell in the table's list of cells.
    cell: usize,
    row: u32,
    col: u32,
    label: &'a str,
    path: &'a str,
    column: &'a str,
    unit: &'a str,
    unit_source: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alternative: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    flags: Vec<&'a str>,
    #[serde(skip_serializing_if = "is_false")]
    doubtful: bool,
    /// What else a doubtful figure of a picture may be.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    readings: &'a [String],
}

/// An amount that the narrative states.
#[derive(Serialize)]
struct Stated<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
    sentence: &'a str,
    subject: &'a str,
    printed: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    /// The cell that it agrees with.
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<CellRef>,
    /// The other file that prints it.
    #[serde(skip_serializing_if = "str::is_empty")]
    elsewhere: &'a str,
}

#[derive(Serialize)]
struct Verdict<'a> {
    scope: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    table: &'a str,
    rule: &'a str,
    title: &'a str,
    status: &'a str,
    statement: &'a str,
    cells: &'a [CellRef],
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    right: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    difference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tolerance: Option<String>,
    #[serde(skip_serializing_if = "str::is_empty")]
    cause: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    reason: &'a str,
    #[serde(skip_serializing_if = "<[CellRef]>::is_empty")]
    suspects: &'a [CellRef],
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

/// The data of one document.
pub(super) fn of<'a>(record: &'a DocumentRecord, document: &'a NormalizedDocument, pictures: bool) -> Document<'a> {
    let tried = document.checks.iter().filter(|check| check.status != CheckStatus::Skipped);
    Document {
        doc_id: &record.doc_id,
        source: &record.source,
        notes: notes(record, document),
        pages: document.pages.iter().map(|page| (hundredths(page.width), hundredths(page.height))).collect(),
        pictures,
        tables: tables(document),
        checks: tried.map(verdict).collect(),
        prose: document.prose.iter().map(stated).collect(),
        corrections: &document.corrections,
    }
}

fn notes(record: &DocumentRecord, document: &NormalizedDocument) -> Vec<String> {
    let mut notes: Vec<String> = Some(&record.error).filter(|error| !error.is_empty()).into_iter().cloned().collect();
    notes.extend(document.identity.flags.iter().cloned());
    for diagnostic in document.diagnostics.iter().filter(|diagnostic| !diagnostic.code.loses_content()) {
        let place = diagnostic.place.as_ref().map_or(String::new(), |place| format!("（{place}）"));
        notes.push(format!("{}{place}", diagnostic.message));
    }
    notes.extend(document.tables_missing.iter().map(|title| format!("目录中有、但没有找到的表：{title}")));
    let refused = document.corrections.iter().filter(|correction| !correction.is_applied());
    notes.extend(refused.map(|c| format!("更正未采用：{} 第 {} 行第 {} 列，{}", c.table_id, c.row, c.col, c.refusal)));
    notes
}

/// The tables; numbers outside all of them are shown with the last table that begins before them.
fn tables(document: &NormalizedDocument) -> Vec<Table<'_>> {
    let mut tables: Vec<Table> = document
        .statements
        .iter()
        .enumerate()
        .map(|(index, statement)| table(statement, &own_lines(&document.statements, index)))
        .collect();
    for outside in document.strays.iter().filter_map(stray) {
        let before = |table: &&Table| table.pages.first().is_none_or(|first| *first <= outside.1);
        let last = tables.iter().filter(before).count();
        if let Some(table) = tables.get_mut(last.saturating_sub(1)) {
            table.strays.push(outside);
        }
    }
    tables
}

fn table<'a>(statement: &'a Statement, own: &OwnLines<'a>) -> Table<'a> {
    let raw = &statement.raw;
    let (cells, slots) = slots(statement);
    Table {
        id: &statement.id,
        kind: statement.table_type.label_zh(),
        title: &statement.title,
        number: &statement.table_no,
        unit: statement.unit.map_or("", yusuan_normalize::MoneyUnit::as_str),
        state: statement.state.as_str(),
        empty_note: &statement.empty_note,
        sheet: raw.sheet.as_deref(),
        pages: &raw.pages,
        rows: raw.rows,
        cols: raw.cols,
        header_start: statement.header_start,
        header_rows: statement.header_rows,
        method: raw.method.as_str(),
        doubts: statement.doubts.iter().map(Doubt::sentence_zh).collect(),
        above: own.above.clone(),
        below: own.below.clone(),
        facts: statement
            .facts
            .iter()
            .filter_map(|fact| {
                slots.get(&fact.cell).map(|slot| amount(fact, *slot, statement.raw.cells.get(fact.cell)))
            })
            .collect(),
        unread: unread(statement, &slots),
        strays: statement.unread.iter().filter(|u| u.position.is_none()).filter_map(stray).collect(),
        cells,
    }
}

/// The cells whose numbers were not read and which no amount stands for.
fn unread(statement: &Statement, slots: &BTreeMap<usize, usize>) -> Vec<usize> {
    let open: BTreeSet<(usize, usize)> = statement.unread.iter().filter_map(|u| u.position).collect();
    let cells = statement.raw.cells.iter().enumerate().filter(|(_, cell)| open.contains(&(cell.row, cell.col)));
    cells.filter_map(|(index, _)| slots.get(&index).copied()).collect()
}

fn stray(unread: &Unread) -> Option<Stray<'_>> {
    let (page, b) = (unread.place.page?, unread.place.bbox?);
    let [x0, y0, x1, y1] = [b.x0, b.y0, b.x1, b.y1].map(hundredths);
    Some((&unread.text, page, x0, y0, x1, y1))
}

/// The cells to show, and for each raw cell its position among them. Blank cells of a worksheet are left out: their
/// address follows from their neighbours, and there may be very many.
fn slots(statement: &Statement) -> (Vec<Slot<'_>>, BTreeMap<usize, usize>) {
    let raw = &statement.raw;
    let mut slots = Vec::new();
    let mut positions = BTreeMap::new();
    let amounts: BTreeSet<usize> = statement.facts.iter().map(|fact| fact.cell).collect();
    for (index, cell) in raw.cells.iter().enumerate() {
        let blank = cell.text.is_empty() && cell.row_span <= 1 && cell.col_span <= 1 && !amounts.contains(&index);
        if raw.sheet.is_some() && blank {
            continue;
        }
        positions.insert(index, slots.len());
        slots.push(slot(cell));
    }
    (slots, positions)
}

fn slot(cell: &Cell) -> Slot<'_> {
    let (row, col, rows, cols) = (cell.row, cell.col, cell.row_span.max(1), cell.col_span.max(1));
    let text = cell.text.as_str();
    match cell.place {
        Place { sheet_cell: Some((y, x)), .. } => Slot::OnSheet(row, col, rows, cols, text, y, x),
        Place { page: Some(page), bbox: Some(b), .. } => {
            let [x0, y0, x1, y1] = [b.x0, b.y0, b.x1, b.y1].map(hundredths);
            Slot::OnPage(row, col, rows, cols, text, page, x0, y0, x1, y1)
        }
        _ => Slot::Nowhere(row, col, rows, cols, text),
    }
}

fn amount<'a>(fact: &'a Fact, cell: usize, printed: Option<&'a Cell>) -> Amount<'a> {
    let doubtful = is_doubtful(&fact.flags);
    let readings = printed.and_then(|printed| printed.read.as_ref()).filter(|_| doubtful);
    Amount {
        cell,
        row: fact.row,
        col: fact.col,
        label: &fact.row_label,
        path: &fact.row_path,
        column: &fact.column_path,
        unit: fact.unit_text(),
        unit_source: fact.unit_source.map_or("", unit_source_in_words),
        value: exact(fact.value),
        alternative: exact(fact.alternative),
        flags: fact.flags.iter().map(|flag| flag.as_str()).collect(),
        doubtful,
        readings: readings.map_or(&[], |read| &read.readings),
    }
}

/// Passed checks are told briefly: there are many of them, and their figures stand in the table.
fn verdict(check: &Check) -> Verdict<'_> {
    let told = check.status != CheckStatus::Passed;
    let figure = |value: Option<Decimal>| exact(value.filter(|_| told));
    Verdict {
        scope: check.scope.as_str(),
        table: &check.table_id,
        rule: &check.rule,
        title: rule(&check.rule).map_or("", |known| known.title),
        status: check.status.as_str(),
        statement: &check.claim_text,
        cells: &check.cells,
        left: figure(check.left),
        right: figure(check.right),
        difference: figure(check.difference),
        tolerance: figure(check.tolerance),
        cause: check.cause.map_or("", Cause::label_zh),
        reason: &check.reason,
        suspects: &check.suspects,
        page: check.place.page.filter(|_| told),
    }
}

fn stated(figure: &ProseFigure) -> Stated<'_> {
    let matched = figure.matched_row.zip(figure.matched_col).filter(|_| figure.matched_source.is_empty());
    Stated {
        page: figure.page,
        sentence: &figure.sentence,
        subject: &figure.subject,
        printed: format!("{}{}", figure.value_text, figure.unit.map_or("", |unit| unit.as_str())),
        value: exact(figure.value),
        cell: matched.map(|(row, col)| CellRef::new(&figure.matched_table_id, row, col)),
        elsewhere: &figure.matched_source,
    }
}

fn exact(value: Option<Decimal>) -> Option<String> {
    value.map(|v| v.normalize().to_string())
}

/// Rounded as in the datasets, so that both name the same place.
fn hundredths(measure: f64) -> f64 {
    if measure.is_finite() { (measure * 100.0).round() / 100.0 } else { 0.0 }
}
