//! The results of a sheet's formulas, where the stored ones are missing or not to be trusted.

use super::sum::{Operand, Sum};
use crate::model::{CellDoubt, Content};
use crate::sheet::book::{Area, Position, Worksheet};
use crate::sheet::filler::{Filler, Look, Value};
use crate::sheet::number::Decimal15;
use crate::sheet::text;
use std::collections::BTreeMap;

/// Most formulas that lead on to each other in a row.
const LONGEST_CHAIN: usize = 128;
/// Most cells that are looked at for one sheet's sums.
const MOST_LOOKS: usize = 5_000_000;
/// Decimal places in which sums are kept exact.
const PLACES: i32 = 12;
/// A stored sum may differ by this share (one over it) from the exact one: programs add binary numbers.
const NOISE: i128 = 100_000_000_000;

/// A formula whose stored result is missing or not to be trusted.
#[derive(Debug, Clone)]
pub(crate) struct Formula {
    /// The formula as it is written, without `=`.
    pub(crate) text: String,
    /// What it adds, if that is all it does.
    pub(crate) sum: Option<Sum>,
    pub(crate) stored: Outcome,
    /// Number of its cell's look.
    pub(crate) look: usize,
}

/// What is stored as a formula's result.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Outcome {
    Missing,
    Number(f64),
    /// A text, a truth value, an error.
    Other,
}

/// Puts results into the cells of formulas: a sum that its cells prove, else what is stored, with a doubt.
pub(crate) fn settle(filler: &mut Filler<'_>, formulas: &BTreeMap<Position, Formula>, looks: &[Look]) {
    if formulas.is_empty() {
        return;
    }
    let mut reckoner = Reckoner { sheet: &filler.sheet, formulas, known: BTreeMap::new(), looks: MOST_LOOKS };
    let sums: Vec<Option<i128>> = formulas.keys().map(|at| reckoner.result(*at, 0)).collect();
    let plain = Look::default();
    for ((at, formula), sum) in formulas.iter().zip(sums) {
        let look = looks.get(formula.look).unwrap_or(&plain);
        let exact = sum.map(|sum| (sum, as_f64(sum)));
        match (exact, formula.stored) {
            (Some((sum, _)), Outcome::Number(stored)) if agrees(sum, stored) => continue,
            (Some((_, value)), _) => filler.value(*at, &Value::Number(value), look),
            (None, Outcome::Missing) => filler.value(*at, &Value::Text(&format!("={}", formula.text)), look),
            (None, Outcome::Number(_)) => {}
            (None, Outcome::Other) => {
                let cell = filler.sheet.cells.get(at);
                if !cell.is_some_and(|c| c.content == Content::Text && text::looks_numeric(&c.text)) {
                    continue;
                }
            }
        }
        filler.sheet.stale += 1;
        filler.doubt(*at, CellDoubt::StaleFormula);
    }
}

fn agrees(sum: i128, stored: f64) -> bool {
    let difference = exact(stored).map(|stored| (stored - sum).saturating_abs());
    let one = 10_i128.pow(PLACES as u32);
    difference.is_some_and(|difference| difference.saturating_mul(NOISE) <= sum.abs().max(one))
}

/// A number in units of the last decimal place; `None` when it is too large or too fine for that.
fn exact(number: f64) -> Option<i128> {
    const LARGEST: f64 = 1e18;
    let decimal = Decimal15::from_f64(number).filter(|_| number.abs() < LARGEST)?.shifted(PLACES).rounded(0);
    decimal.plain(0).parse().ok()
}

fn as_f64(sum: i128) -> f64 {
    let text = format!("{sum}e-{PLACES}");
    text.parse().unwrap_or(f64::NAN)
}

struct Reckoner<'a> {
    sheet: &'a Worksheet,
    formulas: &'a BTreeMap<Position, Formula>,
    /// Results so far; `None` while one is being reckoned, and where there is none.
    known: BTreeMap<Position, Option<i128>>,
    looks: usize,
}

impl Reckoner<'_> {
    /// The sum that the formula of a cell states.
    fn result(&mut self, at: Position, depth: usize) -> Option<i128> {
        if let Some(known) = self.known.get(&at) {
            return *known;
        }
        let sum = self.formulas.get(&at)?.sum.as_ref()?;
        if depth > LONGEST_CHAIN {
            return None;
        }
        // A circle has no result.
        self.known.insert(at, None);
        let result = self.add(sum, depth);
        self.known.insert(at, result);
        result
    }

    fn add(&mut self, sum: &Sum, depth: usize) -> Option<i128> {
        let mut total = 0_i128;
        for term in &sum.0 {
            let value = match term.operand {
                Operand::Cell(at) => self.cell(at, depth)?,
                Operand::Area(area) => self.area(area, depth)?,
            };
            total = total.checked_add(if term.minus { -value } else { value })?;
        }
        Some(total)
    }

    /// A cell's number, however it was typed; a blank one is 0.
    fn cell(&mut self, at: Position, depth: usize) -> Option<i128> {
        self.looks = self.looks.checked_sub(1)?;
        if self.formulas.contains_key(&at) {
            return self.result(at, depth + 1);
        }
        if let Some(number) = self.sheet.numbers.get(&at) {
            return exact(*number);
        }
        match self.sheet.cells.get(&at).map(|cell| (cell.text.as_str(), cell.content)) {
            None | Some(("", _)) => Some(0),
            Some((text, Content::Text)) => exact(text.replace(',', "").parse().ok()?),
            Some(_) => None,
        }
    }

    /// The sum of an area's numbers; texts count as nothing.
    fn area(&mut self, area: Area, depth: usize) -> Option<i128> {
        let mut total = 0_i128;
        for row in area.top..=area.bottom {
            self.looks = self.looks.checked_sub(1)?;
            let (from, to) = ((row, area.left), (row, area.right));
            let sheet = self.sheet;
            if sheet.cells.range(from..=to).any(|(_, cell)| cell.content == Content::Error) {
                return None;
            }
            for (at, number) in sheet.numbers.range(from..=to) {
                if !self.formulas.contains_key(at) {
                    total = total.checked_add(exact(*number)?)?;
                    self.looks = self.looks.checked_sub(1)?;
                }
            }
            let stale: Vec<Position> = self.formulas.range(from..=to).map(|(at, _)| *at).collect();
            for at in stale {
                total = total.checked_add(self.result(at, depth + 1)?)?;
            }
        }
        Some(total)
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::*;
    use crate::limits::Limits;

    /// Text and doubt of the cell A9 of a sheet with numbers in A1 to A4, a text in A5, and formulas.
    fn settled(formulas: &[(u32, &str, Outcome)]) -> Vec<(String, bool)> {
        let limits = Limits::default();
        let mut filler = Filler::new("表", &limits);
        for (row, number) in [(0, 0.1), (1, 0.2), (2, -5.0), (3, 1_234_567.89)] {
            filler.value((row, 0), &Value::Number(number), &Look::default());
        }
        filler.value((4, 0), &Value::Text("无"), &Look::default());
        let mut stale = BTreeMap::new();
        for (row, text, stored) in formulas {
            if let Outcome::Number(number) = stored {
                filler.value((*row, 0), &Value::Number(*number), &Look::default());
            }
            let formula = Formula { text: (*text).to_owned(), sum: parse(text, "表"), stored: *stored, look: 0 };
            stale.insert((*row, 0), formula);
        }
        settle(&mut filler, &stale, &[]);
        let sheet = filler.finish();
        let cell = |row: u32| sheet.cells.get(&(row, 0)).cloned().unwrap_or_default();
        formulas.iter().map(|(row, ..)| (cell(*row).text, !cell(*row).doubts.is_empty())).collect()
    }

    #[test]
    fn sums_without_a_stored_result_are_reckoned_and_doubted() {
        let missing = |text| settled(&[(8, text, Outcome::Missing)]);
        assert_eq!(missing("A1+A2"), [("0.3".to_owned(), true)]);
        assert_eq!(missing("SUM(A1:A8)"), [("1234563.19".to_owned(), true)]);
        assert_eq!(missing("A4-A3+A7"), [("1234572.89".to_owned(), true)]);
        assert_eq!(missing("A1+A5"), [("=A1+A5".to_owned(), true)]);
        assert_eq!(missing("A1*2"), [("=A1*2".to_owned(), true)]);
        let chain = settled(&[(8, "A10+A1", Outcome::Missing), (9, "SUM(A1:A2)", Outcome::Missing)]);
        assert_eq!(chain, [("0.4".to_owned(), true), ("0.3".to_owned(), true)]);
        let circle = settled(&[(8, "A10", Outcome::Missing), (9, "A9+A1", Outcome::Missing)]);
        assert_eq!(circle, [("=A10".to_owned(), true), ("=A9+A1".to_owned(), true)]);
    }

    #[test]
    fn a_stored_result_is_right_where_its_sum_says_the_same() {
        let stored = |text, number| settled(&[(8, text, Outcome::Number(number))]);
        assert_eq!(stored("A1+A2", 0.1 + 0.2), [("0.3".to_owned(), false)]);
        assert_eq!(stored("A1+A2", 0.0), [("0.3".to_owned(), true)]);
        assert_eq!(stored("A1*3", 0.3), [("0.3".to_owned(), true)]);
        assert_eq!(settled(&[(8, "A5", Outcome::Other)]), [(String::new(), false)]);
    }
}
