//! The second reading: another program's text of a page against the amounts found on it.
//!
//! A digit that one reader decodes wrongly (a damaged font map, overlapping text) the other may decode rightly. Both are
//! only compared: where the second reading has no such amount but one that is the same but for a slip, the fact is flagged
//! `reading_conflict` with the other amount as `alternative`. It never overrules the first.

use crate::check::slip;
use crate::mark;
use crate::model::document::NormalizedDocument;
use crate::model::fact::Fact;
use crate::model::vocabulary::FactFlag;
use crate::reading::fold::pattern;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;
use yusuan_extract::{Diagnostic, DiagnosticCode, Method};

pattern!(FIGURE, "[0-9](?:[0-9]|,[0-9]{3})*(?:[.][0-9]+)?");

/// Shorter figures are found anywhere, or look like anything.
const FEWEST_DIGITS: usize = 4;

/// One of so many pages with figures is read twice though nothing on it is in doubt.
const SAMPLE: u32 = 50;
/// Steps over the pages of a sample: prime to it, so that documents of few pages are met as often as books.
const STRIDE: u32 = 37;

/// The pages (1-based) whose figures fail a check or were not all read, where a second reading matters, and a sample of the
/// others.
pub fn pages_in_doubt(document: &NormalizedDocument) -> BTreeSet<u32> {
    // A picture of text has no second text.
    let printed = || document.statements.iter().filter(|s| s.raw.method != Method::Ocr);
    let facts = printed().flat_map(|s| &s.facts);
    let failed = facts.filter(|f| f.flags.contains(&FactFlag::CheckFailed)).filter_map(|f| f.place.page);
    let unread = printed().flat_map(|s| &s.unread).chain(&document.strays);
    let mut pages: BTreeSet<u32> = failed.chain(unread.filter_map(|u| u.place.page)).collect();
    let all = u32::try_from(document.pages.len()).unwrap_or_default();
    // Which ones follows from the document alone, so that the same input gives the same bytes.
    let is_sample = |page: &u32| page.wrapping_mul(STRIDE).wrapping_add(all) % SAMPLE == 0;
    pages.extend(pages_with_figures(document).into_iter().filter(is_sample));
    pages
}

/// The pages (1-based) that hold figures.
pub fn pages_with_figures(document: &NormalizedDocument) -> BTreeSet<u32> {
    let printed = document.statements.iter().filter(|s| s.raw.method != Method::Ocr);
    printed.flat_map(|s| &s.facts).filter_map(|f| f.place.page).collect()
}

/// Compares the amounts of each page with its text as another reader gives it; gives the number of conflicts.
pub fn compare_reading(document: &mut NormalizedDocument, texts: &BTreeMap<u32, String>) -> usize {
    let mut conflicts = 0;
    for (page, text) in texts {
        let mut facts: Vec<&mut Fact> = document
            .statements
            .iter_mut()
            .flat_map(|s| &mut s.facts)
            .filter(|f| {
                f.place.page == Some(*page) && !f.flags.contains(&FactFlag::Ocr) && !figure(&f.value_text).is_empty()
            })
            .collect();
        conflicts += one_page(&mut facts, text);
    }
    let more: Vec<Diagnostic> = texts.iter().filter_map(|(page, text)| more_digits(document, *page, text)).collect();
    document.diagnostics.extend(more);
    conflicts
}

/// What is to be said of a page on which the other reader finds digits that the first did not.
fn more_digits(document: &NormalizedDocument, page: u32, text: &str) -> Option<Diagnostic> {
    let first = document.pages.iter().find(|summary| summary.number == page)?.digits;
    let mut second = [0_u32; 10];
    for d in text.nfkc().filter(char::is_ascii_digit).filter_map(|c| c.to_digit(10)) {
        second[d as usize] += 1;
    }
    let more: u32 = first.iter().zip(second).map(|(a, b)| b.saturating_sub(*a)).sum();
    (more > 0).then(|| Diagnostic {
        code: DiagnosticCode::ReadingsDiffer,
        place: Some(format!("第 {page} 页")),
        message: format!("另一种读法在本页多读出 {more} 个数字"),
    })
}

/// The digits of a printed amount, as the patterns see them.
fn figure(text: &str) -> String {
    let folded: String = text.nfkc().filter(|c| !c.is_whitespace() && *c != ',').collect();
    FIGURE.find(&folded).map_or(String::new(), |m| m.as_str().to_owned())
}

fn one_page(facts: &mut [&mut Fact], text: &str) -> usize {
    let folded: String = text.nfkc().collect();
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    for found in FIGURE.find_iter(&folded) {
        *left.entry(found.as_str().replace(',', "")).or_insert(0) += 1;
    }
    let mut open: Vec<(usize, String)> = Vec::new();
    for (at, fact) in facts.iter().enumerate() {
        let own = figure(&fact.value_text);
        match left.get_mut(&own).filter(|n| **n > 0) {
            Some(count) => *count -= 1,
            None => open.push((at, own)),
        }
    }
    let mut conflicts = 0;
    for (at, own) in open {
        let like: Vec<&String> =
            left.iter().filter(|(other, n)| **n > 0 && is_slip(&own, other)).map(|(o, _)| o).collect();
        let ([other], Some(fact)) = (like.as_slice(), facts.get_mut(at)) else { continue };
        conflicts += usize::from(flag(fact, other));
    }
    conflicts
}

/// Whether two figures are one with a slip: as many decimals, one digit different, two swapped, one too many.
fn is_slip(a: &str, b: &str) -> bool {
    let decimals = |text: &str| text.split_once('.').map_or(0, |(_, d)| d.len());
    let digits = |text: &str| -> Vec<u8> { text.bytes().filter(u8::is_ascii_digit).collect() };
    let (x, y) = (digits(a), digits(b));
    // A reader that parts a figure, or runs two together, still reads every digit.
    let parted = x.len() != y.len() && (is_edge(&x, &y) || is_edge(&y, &x));
    let long = x.len() >= FEWEST_DIGITS && y.len() >= FEWEST_DIGITS;
    long && !parted && decimals(a) == decimals(b) && slip::alike(&x, &y)
}

fn is_edge(short: &[u8], long: &[u8]) -> bool {
    long.starts_with(short) || long.ends_with(short)
}

fn flag(fact: &mut Fact, other: &str) -> bool {
    let (Ok(value), Some(unit)) = (other.parse::<Decimal>(), fact.unit) else { return false };
    let signed = if fact.value.is_some_and(|v| v.is_sign_negative()) { -value } else { value };
    let Some(alternative) = signed.checked_mul(unit.factor()).filter(|a| Some(*a) != fact.value) else { return false };
    mark::flag(fact, FactFlag::ReadingConflict);
    // A doubt about the unit says more and stays.
    fact.alternative.get_or_insert(alternative.normalize());
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::fact;

    fn conflicts(printed: &[&str], text: &str) -> Vec<Option<String>> {
        let mut facts: Vec<Fact> = printed.iter().map(|p| fact(2, 2, "合计", p)).collect();
        let mut refs: Vec<&mut Fact> = facts.iter_mut().collect();
        one_page(&mut refs, text);
        facts.iter().map(|f| f.alternative.map(|a| a.to_string())).collect()
    }

    #[test]
    fn an_amount_with_another_digit_is_flagged() {
        assert_eq!(conflicts(&["377.60"], "合计 377.60 其他 378.60"), [None]);
        assert_eq!(conflicts(&["377.60"], "合计 378.60"), [Some("3786000".to_owned())]);
        assert_eq!(conflicts(&["1234.50"], "合计 １,２３4.50"), [None]);
    }

    #[test]
    fn what_the_second_reading_lost_is_no_conflict() {
        assert_eq!(conflicts(&["377.60", "12.00"], "合计"), [None, None]);
        assert_eq!(conflicts(&["377.60"], "378.60 379.60"), [None], "two candidates are none");
        assert_eq!(conflicts(&["1,889,707.00"], "1 ,889,707.00"), [None], "parted");
        assert_eq!(conflicts(&["377.60"], "2 6377.60"), [None], "run together with what stands before");
        assert_eq!(conflicts(&["377.60"], "37760"), [None], "no point");
        assert_eq!(conflicts(&["5377.60"], "5397.60"), [Some("53976000".to_owned())]);
        assert_eq!(conflicts(&["377.60", "377.60"], "377.60 378.60"), [None, Some("3786000".to_owned())]);
    }
}
