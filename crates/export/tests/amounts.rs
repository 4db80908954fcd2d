//! What a reviewer types is read as an amount alike by `normalize` and by the review page: both are held to
//! `tests/vectors/amounts.json`, here and in the browser test.
#![allow(clippy::unwrap_used, reason = "a test that can't be set up must fail, in its helpers too")]

use rust_decimal::Decimal;
use serde_json::Value;
use std::path::Path;
use yusuan_extract::{Cell, Extraction, RawTable};
use yusuan_normalize::{Context, Correction, NormalizedDocument, normalize};

/// A 支出总表 in 元 with one amount, in the third column of the third row.
fn extraction() -> Extraction {
    let rows = [["2024年部门支出总表", "", ""], ["科目名称", "备注", "合计（元）"], ["科普活动", "", "77"]];
    let cells = rows.iter().enumerate().flat_map(|(row, texts)| {
        let cell = move |(col, text): (usize, &&str)| Cell {
            row,
            col,
            row_span: 1,
            col_span: 1,
            text: (*text).to_owned(),
            ..Cell::default()
        };
        texts.iter().enumerate().map(cell)
    });
    let table = RawTable { pages: vec![1], rows: 3, cols: 3, cells: cells.collect(), ..RawTable::default() };
    Extraction { tables: vec![table], ..Extraction::default() }
}

/// The document with the amount corrected to a text.
fn corrected(text: &str) -> NormalizedDocument {
    let correction = Correction {
        table_id: "t01".to_owned(),
        row: 3,
        col: 3,
        printed: "77".to_owned(),
        corrected: text.to_owned(),
        ..Correction::default()
    };
    normalize(extraction(), &Context::for_source("a.pdf").with_corrections(vec![correction]))
}

/// What a vector expects: a value and the unit behind it, that nothing is printed, or that the text is refused.
#[derive(Debug, PartialEq)]
enum Reading {
    Amount(String, String),
    Nothing,
    Other,
}

fn expected(vector: &Value) -> Reading {
    let text = |name: &str| vector[name].as_str().unwrap_or_default().to_owned();
    // Larger than any budget: the page reads the figure, `convert` refuses it.
    let value = vector["value"].as_str().filter(|_| vector["implausible"] != true);
    match value {
        Some(value) => Reading::Amount(value.to_owned(), text("unit")),
        None if vector["nothing"] == true => Reading::Nothing,
        None => Reading::Other,
    }
}

fn read(text: &str) -> Reading {
    let document = corrected(text);
    if !document.corrections[0].is_applied() {
        return Reading::Other;
    }
    let Some(fact) = document.statements[0].facts.first() else { return Reading::Nothing };
    // A figure that cannot be read, or money of another country, has no value.
    let (Some(unit), Some(value)) = (fact.unit, fact.value) else { return Reading::Other };
    let own = fact.unit_source == Some(yusuan_normalize::UnitSource::Cell);
    let value: Decimal = value / unit.factor();
    let behind = if own { unit.as_str() } else { "" };
    Reading::Amount(value.normalize().to_string(), behind.to_owned())
}

#[test]
fn corrections_are_read_as_the_shared_vectors_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/amounts.json");
    let vectors: Vec<Value> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    assert!(vectors.len() > 100, "{}", vectors.len());
    let wrong: Vec<_> = vectors
        .iter()
        .filter_map(|vector| {
            let (expected, found) = (expected(vector), read(vector["text"].as_str().unwrap()));
            (expected != found).then(|| format!("{}: {expected:?} expected, {found:?} read", vector["text"]))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
