//! What a reviewer typed: a cell's text as it really stands in the file.
//!
//! A correction is made to the text before anything is concluded from it, so that units, hierarchy, checks and datasets
//! all follow; then the printed text is put back beside the corrected value. It holds only where the cell still reads as
//! it did when the reviewer looked: a table that was found anew may have moved, and a number must not land in another cell.

use crate::Context;
use crate::mark;
use crate::model::correction::Correction;
use crate::model::document::NormalizedDocument;
use crate::model::fact::Fact;
use crate::model::statement::Statement;
use crate::model::vocabulary::FactFlag;
use crate::reading::amount::{Reading, read};
use crate::reading::fold::squash;
use std::collections::BTreeMap;
use yusuan_extract::{Cell, Content, Extraction};

/// The cell of an extraction that a correction is about.
type Target = (usize, usize);

/// Normalizes with the context's corrections; `printed` is the document without them.
pub(crate) fn run(
    mut extraction: Extraction,
    printed: &NormalizedDocument,
    context: &Context,
    read_document: impl Fn(Extraction, &Context) -> NormalizedDocument,
) -> NormalizedDocument {
    let mut corrections = context.corrections.clone();
    let targets = locate(&mut corrections, &printed.statements);
    let originals: BTreeMap<Target, Cell> =
        targets.keys().filter_map(|target| Some((*target, cell(&extraction, *target)?.clone()))).collect();
    for (target, index) in &targets {
        let words = corrections.get(*index).map_or("", |correction| correction.corrected.as_str());
        write(&mut extraction, *target, words);
    }
    let mut document = if targets.is_empty() { printed.clone() } else { read_document(extraction, context) };
    for ((table, cell), original) in originals {
        if let Some(statement) = document.statements.get_mut(table) {
            restore(statement, cell, original);
        }
    }
    for (statement, before) in document.statements.iter_mut().zip(&printed.statements) {
        flag_changed(statement, before);
    }
    document.corrections = corrections;
    document
}

/// Finds each correction's cell and refuses those that have none, or none any more.
fn locate(corrections: &mut [Correction], statements: &[Statement]) -> BTreeMap<Target, usize> {
    let mut targets: BTreeMap<Target, usize> = BTreeMap::new();
    for index in 0..corrections.len() {
        let Some(correction) = corrections.get(index) else { continue };
        let found = target(correction, statements);
        let known = found.as_ref().ok().and_then(|target| targets.get(target)).copied();
        let same = known.and_then(|k| corrections.get(k)).is_some_and(|k| k.corrected == correction.corrected);
        let refusal = match (found, known) {
            (Err(refusal), _) => refusal,
            (Ok(target), None) => {
                targets.insert(target, index);
                continue;
            }
            (Ok(_), Some(_)) if same => "与另一条更正重复".to_owned(),
            // Which of the two is right can't be told, so neither is taken.
            (Ok(target), Some(known)) => {
                targets.remove(&target);
                let refusal = "同一单元格有两条不同的更正".to_owned();
                if let Some(known) = corrections.get_mut(known) {
                    known.refusal.clone_from(&refusal);
                }
                refusal
            }
        };
        if let Some(correction) = corrections.get_mut(index) {
            correction.refusal = refusal;
        }
    }
    targets
}

/// The cell that a correction is about, or why it can't be applied.
fn target(correction: &Correction, statements: &[Statement]) -> Result<Target, String> {
    let table = statements.iter().position(|s| s.id == correction.table_id);
    let (table, statement) =
        table.and_then(|t| Some((t, statements.get(t)?))).ok_or_else(|| format!("没有表 {}", correction.table_id))?;
    let is_it = |cell: &Cell| position(cell) == (correction.row, correction.col);
    let found = statement.raw.cells.iter().enumerate().find(|(_, cell)| is_it(cell));
    let (index, cell) =
        found.ok_or_else(|| format!("表 {} 没有第 {} 行第 {} 列", statement.id, correction.row, correction.col))?;
    if !reads_the_same(&cell.text, &correction.printed) {
        return Err(format!("原文对不上：更正时是“{}”，现在读到“{}”", correction.printed, cell.text.trim()));
    }
    let corrected = correction.corrected.trim();
    if corrected.is_empty() {
        return Err("没有填写更正后的内容；如果此处没有印数字，请填“—”".to_owned());
    }
    let was_amount = statement.facts.iter().any(|fact| fact.cell == index);
    if was_amount && matches!(read(corrected), Reading::Other | Reading::Several) {
        return Err(format!("更正后的“{corrected}”读不成金额"));
    }
    Ok((table, index))
}

/// Row and column as the datasets count them.
fn position(cell: &Cell) -> (u32, u32) {
    let one_based = |index: usize| u32::try_from(index.saturating_add(1)).unwrap_or(u32::MAX);
    cell.place.sheet_cell.unwrap_or_else(|| (one_based(cell.row), one_based(cell.col)))
}

/// White space may differ, and a spreadsheet that the file of corrections went through may have written 1,234.50 as 1234.5.
fn reads_the_same(text: &str, printed: &str) -> bool {
    if squash(text) == squash(printed) {
        return true;
    }
    matches!((read(text), read(printed)), (Reading::Amount(a, unit), Reading::Amount(b, other)) if a == b && unit == other)
}

fn cell(extraction: &Extraction, (table, cell): Target) -> Option<&Cell> {
    extraction.tables.get(table)?.cells.get(cell)
}

fn write(extraction: &mut Extraction, (table, cell): Target, words: &str) {
    let Some(cell) = extraction.tables.get_mut(table).and_then(|t| t.cells.get_mut(cell)) else { return };
    words.trim().clone_into(&mut cell.text);
    // What the worksheet stores (a date, an error) is what the reviewer corrects.
    cell.content = Content::Text;
}

/// Puts the printed text back: the value is corrected, what was printed stays to be seen.
fn restore(statement: &mut Statement, cell: usize, original: Cell) {
    for fact in statement.facts.iter_mut().filter(|fact| fact.cell == cell) {
        original.text.trim().clone_into(&mut fact.value_text);
        mark::flag(fact, FactFlag::Corrected);
    }
    if let Some(slot) = statement.raw.cells.get_mut(cell) {
        *slot = original;
    }
}

/// Flags every amount that means something else than without the corrections: its own value, or the name of its row.
fn flag_changed(statement: &mut Statement, before: &Statement) {
    let known: BTreeMap<usize, &Fact> = before.facts.iter().map(|fact| (fact.cell, fact)).collect();
    for fact in &mut statement.facts {
        if known.get(&fact.cell).is_none_or(|old| !means_the_same(old, fact)) {
            mark::flag(fact, FactFlag::Corrected);
        }
    }
}

fn means_the_same(a: &Fact, b: &Fact) -> bool {
    let meaning = |f: &Fact| {
        (f.value, f.unit, f.row_path.clone(), f.column_path.clone(), f.function.clone(), f.department_economic.clone())
    };
    let rest = |f: &Fact| (f.government_economic.clone(), f.agency.clone(), f.project.clone());
    meaning(a) == meaning(b) && rest(a) == rest(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::check::CheckStatus;
    use rust_decimal::Decimal;
    use yusuan_extract::RawTable;

    /// A 支出总表 in 万元 whose total was misread: 301 instead of 3.
    fn extraction() -> Extraction {
        let rows = [
            ["2024年部门支出总表", "", "", ""],
            ["单位：万元", "", "", ""],
            ["科目名称", "合计", "基本支出", "项目支出"],
            ["合计", "301", "2", "1"],
            ["机构运行", "1.5", "1", "0.5"],
            ["科普活动", "1.5", "1", "0.5"],
        ];
        let cells = rows.iter().enumerate().flat_map(|(row, texts)| {
            texts.iter().enumerate().map(move |(col, text)| Cell {
                row,
                col,
                row_span: 1,
                col_span: 1,
                text: (*text).to_owned(),
                ..Cell::default()
            })
        });
        let cells = cells.collect();
        let table = RawTable { pages: vec![1], rows: 6, cols: 4, confidence: 1.0, cells, ..RawTable::default() };
        Extraction { tables: vec![table], ..Extraction::default() }
    }

    fn correction(row: u32, col: u32, printed: &str, corrected: &str) -> Correction {
        Correction {
            table_id: "t01".to_owned(),
            row,
            col,
            printed: printed.to_owned(),
            corrected: corrected.to_owned(),
            ..Correction::default()
        }
    }

    fn normalized(corrections: Vec<Correction>) -> NormalizedDocument {
        crate::normalize(extraction(), &Context::for_source("a.pdf").with_corrections(corrections))
    }

    fn fact(document: &NormalizedDocument, row: u32, col: u32) -> Option<&Fact> {
        document.statements[0].facts.iter().find(|fact| (fact.row, fact.col) == (row, col))
    }

    fn failed(document: &NormalizedDocument) -> usize {
        document.checks.iter().filter(|check| check.status == CheckStatus::Failed).count()
    }

    #[test]
    fn value_and_checks_follow_and_the_printed_text_stays() {
        assert!(failed(&normalized(Vec::new())) > 0);
        let document = normalized(vec![correction(4, 2, "301", "3.00")]);
        let total = fact(&document, 4, 2).unwrap();
        assert_eq!((total.value, total.value_text.as_str()), (Some(Decimal::from(30_000)), "301"));
        assert_eq!(total.flags, [FactFlag::Corrected]);
        assert_eq!(document.statements[0].raw, extraction().tables[0]);
        assert_eq!(failed(&document), 0);
        assert!(fact(&document, 5, 2).unwrap().flags.is_empty());
        assert!(document.corrections[0].is_applied());
    }

    #[test]
    fn what_does_not_fit_is_refused_and_changes_nothing() {
        let wrong = [
            (correction(4, 2, "300", "3"), "原文对不上"),
            (correction(40, 2, "301", "3"), "没有第 40 行"),
            (correction(4, 2, "301", "三"), "读不成金额"),
            (correction(4, 2, "301", " "), "没有填写"),
            (Correction { table_id: "t09".to_owned(), ..correction(4, 2, "301", "3") }, "没有表 t09"),
        ];
        let plain = normalized(Vec::new());
        for (one, reason) in wrong {
            let document = normalized(vec![one]);
            assert!(document.corrections[0].refusal.contains(reason), "{}", document.corrections[0].refusal);
            assert_eq!(document.statements, plain.statements);
        }
    }

    #[test]
    fn two_readings_of_one_cell_are_both_refused() {
        let document = normalized(vec![correction(4, 2, "301", "3"), correction(4, 2, "301", "4")]);
        assert!(document.corrections.iter().all(|c| c.refusal.contains("两条不同")));
        assert_eq!(fact(&document, 4, 2).unwrap().value, Some(Decimal::from(3_010_000)));
        let twice = normalized(vec![correction(4, 2, "301", "3"), correction(4, 2, "301", "3")]);
        assert_eq!(twice.corrections.iter().filter(|c| c.is_applied()).count(), 1);
        assert_eq!(fact(&twice, 4, 2).unwrap().value, Some(Decimal::from(30_000)));
    }

    #[test]
    fn a_dash_says_that_nothing_is_printed_and_a_number_may_be_added() {
        let without = normalized(vec![correction(6, 4, "0.5", "—")]);
        assert!(fact(&without, 6, 4).is_none());
        let mut blank = extraction();
        blank.tables[0].cells[23].text.clear();
        let context = Context::for_source("a.pdf").with_corrections(vec![correction(6, 4, "", "0.5")]);
        let added = crate::normalize(blank, &context);
        let fact = fact(&added, 6, 4).unwrap();
        assert_eq!((fact.value, fact.value_text.as_str()), (Some(Decimal::from(5_000)), ""));
        assert_eq!(fact.flags, [FactFlag::Corrected]);
    }

    #[test]
    fn a_corrected_name_marks_the_amounts_of_its_row() {
        // The total is put right as well: with the wrong one its column's sum fails, and marks the row.
        let document = normalized(vec![correction(5, 1, "机构运行", "机关运行"), correction(4, 2, "301", "3")]);
        let fact = fact(&document, 5, 2).unwrap();
        assert_eq!((fact.row_label.as_str(), fact.flags.as_slice()), ("机关运行", &[FactFlag::Corrected][..]));
        assert_eq!(document.statements[0].raw.cells[16].text, "机构运行");
    }

    #[test]
    fn a_spreadsheet_may_have_rewritten_the_number_but_not_changed_it() {
        assert!(reads_the_same("1,234.50", "1234.5"));
        assert!(reads_the_same(" 1,234.50 ", "1,234.50"));
        assert!(!reads_the_same("1,234.50", "1234.6"));
        assert!(!reads_the_same("", "0"));
    }
}
