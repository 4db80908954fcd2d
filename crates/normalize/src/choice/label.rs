//! Labels read from pictures, chosen among their readings by names that are known.
//!
//! Where a label was not surely read and is no known name, but exactly one of the recogniser's other readings of it is one,
//! the label is read so. Known are the names of the books and those that the document itself prints surely elsewhere.

use crate::model::rule::Rule;
use crate::reading::books;
use crate::reading::fold::fold;
use std::collections::BTreeSet;
use yusuan_extract::{Cell, CellDoubt, Extraction};

/// A text read at least so surely is what is printed …
const SURE: f64 = 0.95;
/// … and one read less surely may be another.
const UNSURE: f64 = 0.9;
/// Shorter texts are parts of too many others.
const SHORTEST: usize = 3;

/// Takes known names for labels that were not surely read.
pub(super) fn choose(extraction: &mut Extraction) {
    let cells = extraction.tables.iter().flat_map(|table| &table.cells);
    let sure = cells.filter(|cell| cell.read.as_ref().is_some_and(|read| read.confidence >= SURE));
    let printed: BTreeSet<String> = sure.filter_map(|cell| name(&cell.text)).collect();
    let is_known = |name: &String| printed.contains(name) || books::lists(name);
    for cell in extraction.tables.iter_mut().flat_map(|table| &mut table.cells) {
        if let Some(text) = other(cell, is_known) {
            let before = std::mem::replace(&mut cell.text, text);
            if let Some(read) = cell.read.as_mut() {
                read.readings.retain(|reading| *reading != cell.text);
                read.readings.push(before);
            }
            if !cell.doubts.contains(&CellDoubt::Chosen) {
                cell.doubts.push(CellDoubt::Chosen);
            }
        }
    }
}

/// The one reading of an unsure label that is a known name.
fn other(cell: &Cell, is_known: impl Fn(&String) -> bool) -> Option<String> {
    let read = cell.read.as_ref().filter(|read| read.confidence < UNSURE)?;
    let own = name(&cell.text)?;
    let known: Vec<(String, &String)> =
        read.readings.iter().filter_map(|text| Some((name(text)?, text))).filter(|(name, _)| is_known(name)).collect();
    let (first, text) = known.first()?;
    (!is_known(&own) && known.iter().all(|(other, _)| other == first)).then(|| (*text).clone())
}

/// A text as a name: folded, with Chinese characters.
fn name(text: &str) -> Option<String> {
    let folded = fold(text);
    let fits = folded.chars().count() >= SHORTEST && folded.chars().any(|c| c >= '\u{4e00}');
    fits.then_some(folded)
}

/// The rule of this module.
pub(super) const RULE: Rule = Rule {
    id: "F06",
    title: "Readings of a scanned label",
    text: "where a label was not surely read and is no known name, but exactly one of the recogniser's other readings of it is one (of the classifications, or printed surely elsewhere in the document), it is read so; the doubt of its amounts stays",
    source: "么 and 公, 只 and 识 are alike on paper; names of 科目 are those of 《政府收支分类科目》, and a document prints its own names again and again",
};

#[cfg(test)]
mod tests {
    use super::*;
    use yusuan_extract::{RawTable, ReadCell};

    fn read(text: &str, confidence: f64, readings: &[&str]) -> Cell {
        let readings = readings.iter().map(ToString::to_string).collect();
        Cell { text: text.to_owned(), read: Some(ReadCell { confidence, readings }), ..Cell::default() }
    }

    fn chosen(cells: Vec<Cell>) -> String {
        let mut extraction =
            Extraction { tables: vec![RawTable { cells, ..RawTable::default() }], ..Extraction::default() };
        choose(&mut extraction);
        extraction.tables[0].cells[0].text.clone()
    }

    #[test]
    fn a_known_name_is_chosen() {
        assert_eq!(chosen(vec![read("公务员医疔补助", 0.6, &["公务员医疗补助", "公务员医行补助"])]), "公务员医疗补助");
        let elsewhere = read("社会公众满意度", 0.99, &[]);
        assert_eq!(chosen(vec![read("社会么众满意度", 0.5, &["社会公众满意度"]), elsewhere]), "社会公众满意度");
    }

    #[test]
    fn what_is_sure_or_known_or_stays_open_is_left() {
        let elsewhere = || [read("上年结转", 0.99, &[]), read("上年结余", 0.99, &[])];
        let with = |cell: Cell| chosen([cell].into_iter().chain(elsewhere()).collect());
        assert_eq!(with(read("上年结车", 0.5, &["上年结转", "上年结余"])), "上年结车");
        assert_eq!(with(read("上年结余", 0.5, &["上年结转"])), "上年结余");
        assert_eq!(with(read("上年结车", 0.97, &["上年结转"])), "上年结车");
    }
}
