//! The figures that a document's tables print, as its narrative looks for them: by amount and by name.
//!
//! A book has thousands of figures and as many amounts in sentences, so neither is gone through for each of the other.

use crate::model::fact::Fact;
use crate::model::measured::Measured;
use crate::model::statement::Statement;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// A printed figure of known value.
pub(super) struct Printed<'a> {
    pub(super) statement: &'a Statement,
    pub(super) fact: &'a Fact,
    /// The amount to its own last digit, as a narrative repeats it.
    pub(super) amount: Measured,
}

/// All printed figures of known value.
pub(crate) struct PrintedFigures<'a> {
    /// In the order of the document.
    all: Vec<Printed<'a>>,
    by_amount: ByAmount,
}

impl<'a> PrintedFigures<'a> {
    /// The figures of these tables.
    pub(crate) fn of(statements: &'a [Statement]) -> Self {
        let all: Vec<Printed<'a>> = statements
            .iter()
            .flat_map(|statement| statement.facts.iter().map(move |fact| (statement, fact)))
            .filter_map(|(statement, fact)| Some(Printed { statement, fact, amount: amount(fact)? }))
            .collect();
        let by_amount = ByAmount::of(all.iter().map(|p| Some(p.amount)));
        Self { all, by_amount }
    }

    /// All of them.
    pub(super) fn all(&self) -> &[Printed<'a>] {
        &self.all
    }

    /// Those of one table.
    pub(super) fn of_table(&self, statement: &Statement) -> &[Printed<'a>] {
        let is = |p: &Printed<'_>| std::ptr::eq(p.statement, statement);
        let from = self.all.iter().position(is).unwrap_or(0);
        let rest = self.all.get(from..).unwrap_or_default();
        rest.get(..rest.iter().take_while(|p| is(p)).count()).unwrap_or_default()
    }

    /// Those whose value is no further from another than that, smallest first; equal ones in the order of the document.
    pub(super) fn within(&self, value: Decimal, distance: Decimal) -> impl Iterator<Item = &Printed<'a>> {
        self.by_amount.within(value, distance).filter_map(|at| self.all.get(at))
    }

    /// The figures that repeat an amount, whatever they are called.
    pub(crate) fn repeating(&self, said: Measured) -> impl Iterator<Item = &'a Fact> {
        self.by_amount.agreeing(said).filter_map(|at| self.all.get(at)).map(|printed| printed.fact)
    }

    /// Those that agree with any of the amounts, in the order of the document.
    pub(super) fn agreeing(&self, amounts: &[Measured]) -> Vec<&Printed<'a>> {
        let mut found: Vec<usize> = amounts.iter().flat_map(|amount| self.by_amount.agreeing(*amount)).collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().filter_map(|at| self.all.get(at)).collect()
    }
}

/// Amounts (by their place in a list) in the order of their values.
pub(super) struct ByAmount {
    sorted: Vec<(Measured, usize)>,
    /// The most that rounding hides in any of them.
    widest: Decimal,
}

impl ByAmount {
    pub(super) fn of(amounts: impl Iterator<Item = Option<Measured>>) -> Self {
        let mut sorted: Vec<(Measured, usize)> =
            amounts.enumerate().filter_map(|(at, amount)| Some((amount?, at))).collect();
        // Stable: equal values stay in the list's order.
        sorted.sort_by_key(|(amount, _)| amount.value);
        let widest = sorted.iter().map(|(amount, _)| amount.half).max().unwrap_or_default();
        Self { sorted, widest }
    }

    fn between(&self, value: Decimal, distance: Decimal) -> &[(Measured, usize)] {
        let from = self.sorted.partition_point(|(amount, _)| amount.value < value - distance);
        let until = self.sorted.partition_point(|(amount, _)| amount.value <= value + distance);
        self.sorted.get(from..until).unwrap_or_default()
    }

    fn within(&self, value: Decimal, distance: Decimal) -> impl Iterator<Item = usize> {
        self.between(value, distance).iter().map(|(_, at)| *at)
    }

    /// Those equal to an amount within what both printed digits allow.
    pub(super) fn agreeing(&self, own: Measured) -> impl Iterator<Item = usize> {
        let near = self.between(own.value, own.half + self.widest).iter();
        near.filter(move |(amount, _)| amount.agrees(own)).map(|(_, at)| *at)
    }
}

/// Names (of figures, by their place in a list) that are looked for inside a longer text.
#[derive(Default)]
pub(super) struct Names {
    places: BTreeMap<String, Vec<usize>>,
    /// Characters of the longest.
    longest: usize,
}

impl Names {
    /// Adds a name; one of a single character is in too many texts to say anything.
    pub(super) fn add(&mut self, name: &str, at: usize) {
        let length = name.chars().count();
        if length < 2 {
            return;
        }
        self.longest = self.longest.max(length);
        match self.places.get_mut(name) {
            Some(places) => places.push(at),
            None => {
                self.places.insert(name.to_owned(), vec![at]);
            }
        }
    }

    /// The places of all names that occur in the text, in order.
    pub(super) fn occurring(&self, text: &str) -> Vec<usize> {
        let ends: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
        let mut found = Vec::new();
        for (first, (from, _)) in text.char_indices().enumerate() {
            for to in ends.iter().skip(first + 1).take(self.longest.saturating_sub(1)) {
                let places = text.get(from..*to).and_then(|part| self.places.get(part));
                found.extend(places.into_iter().flatten());
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// A table's amount to its own last digit, as a narrative repeats it.
pub(super) fn amount(fact: &Fact) -> Option<Measured> {
    Some(Measured::printed(fact.value?, &fact.value_text, fact.unit?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_wherever_they_stand_in_a_text() {
        let mut names = Names::default();
        for (at, name) in ["支出", "公务接待费", "公务", "费", "接待", "公务"].iter().enumerate() {
            names.add(name, at);
        }
        assert_eq!(names.occurring("其中公务接待费"), [1, 2, 4, 5]);
        assert!(names.occurring("费").is_empty());
    }

    #[test]
    fn amounts_are_found_by_what_their_last_digits_allow() {
        let amount = |value: i64, half: i64| Some(Measured { value: value.into(), half: half.into() });
        let list = ByAmount::of([amount(100, 5), None, amount(90, 0), amount(107, 0)].into_iter());
        let near = |value, half| list.agreeing(amount(value, half).unwrap()).collect::<Vec<_>>();
        assert_eq!((near(104, 1), near(106, 0), near(95, 5)), (vec![0], vec![], vec![2, 0]));
    }
}
