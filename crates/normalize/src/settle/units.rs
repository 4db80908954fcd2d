//! Units put to the test of other tables: the same total elsewhere shows a caption that must be wrong, or proves a unit that
//! no caption states.
//!
//! The tables of one disclosure repeat each other's totals (收支总表 = 收入总表 = 支出总表; 基本支出 of one is the total of
//! another: the ties of the forms of 部门预算 and 部门决算). Totals that agree digit by digit but are exactly ten thousand (or
//! a thousand) times apart therefore mean that one of both captions is wrong. Which one, the majority says; values are never
//! changed, the other reading stands beside them.

use crate::mark;
use crate::model::doubt::{Doubt, Witness};
use crate::model::fact::Fact;
use crate::model::measured::{Measured, half_unit};
use crate::model::money::{MoneyUnit, UnitSource};
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{FactFlag, RowKind};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// Fewer digits agree by chance.
const LEAST_DIGITS: usize = 4;
/// How many times captions are wrong: 元 for 万元, 元 for 千元.
const FACTORS: &[i64] = &[10_000, 1_000];
/// A table that doesn't say its unit is in one of these.
const USUAL: &[MoneyUnit] = &[MoneyUnit::Yuan, MoneyUnit::ThousandYuan, MoneyUnit::TenThousandYuan];
/// Amounts that must agree before a unit counts as proved.
const PROOF: usize = 2;

/// Infers units where none is printed, then marks captions that other tables contradict.
pub(crate) fn compare(statements: &mut [Statement]) {
    infer(statements);
    let found: Vec<(usize, Decimal)> = conflicts(statements);
    for (index, factor) in found {
        if let Some(statement) = statements.get_mut(index) {
            mark::unit_contradicted(statement, factor, Witness::Tables);
        }
    }
}

/// The amounts that other tables repeat: total rows, or the one row of a table that has no more.
fn totals(statement: &Statement, value: impl Fn(&Fact) -> Option<Decimal>) -> Vec<Measured> {
    let rows: BTreeSet<u32> = statement.facts.iter().map(|f| f.row).collect();
    let closing = |f: &&Fact| rows.len() == 1 || f.row_kind == RowKind::Total;
    let mut found: Vec<Measured> = statement
        .facts
        .iter()
        .filter(closing)
        .filter(|f| digits(&f.value_text) >= LEAST_DIGITS)
        .filter_map(|f| Some(Measured { value: value(f)?, half: half_unit(statement, f) }))
        .collect();
    found.sort();
    found.dedup();
    found
}

/// Significant digits of a printed number.
fn digits(text: &str) -> usize {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').len()
}

/// Number of totals that occur in both lists, the first one's taken `factor` times.
fn shared(a: &[Measured], b: &[Measured], factor: Decimal) -> usize {
    a.iter().filter_map(|t| t.times(factor)).filter(|t| b.iter().any(|o| t.agrees(*o))).count()
}

/// Tables whose totals at least as many tables repeat at ten thousand (a thousand) times the size as agree with them, the
/// table itself counted.
fn conflicts(statements: &[Statement]) -> Vec<(usize, Decimal)> {
    let all: Vec<Vec<Measured>> = statements.iter().map(|s| totals(s, |f| f.value)).collect();
    let supporters = |index: usize, factor: Decimal| {
        let own = &all[index];
        all.iter().enumerate().filter(|(other, b)| *other != index && shared(own, b, factor) > 0).count()
    };
    let mut found = Vec::new();
    for (index, statement) in statements.iter().enumerate() {
        if statement.unit.is_none() || all[index].is_empty() {
            continue;
        }
        let plain = supporters(index, Decimal::ONE);
        let up = FACTORS.iter().map(|f| Decimal::from(*f));
        let both = up.clone().chain(up.map(|f| Decimal::ONE / f));
        let most = both.map(|factor| (supporters(index, factor), factor)).max_by_key(|(count, _)| *count);
        found.extend(most.filter(|(count, _)| *count > plain).map(|(_, factor)| (index, factor)));
    }
    found
}

/// Gives a unit to tables without one where exactly one unit makes their totals those of tables whose unit is known.
fn infer(statements: &mut [Statement]) {
    let known: Vec<Vec<Measured>> = statements
        .iter()
        .filter(|s| s.unit.is_some() && s.unit_source != Some(UnitSource::Inferred))
        .map(|s| totals(s, |f| f.value))
        .collect();
    let known: Vec<Measured> = known.into_iter().flatten().collect();
    let wanting = |s: &&mut Statement| s.unit.is_none() && s.facts.iter().all(|f| f.foreign_unit.is_none());
    for statement in statements.iter_mut().filter(wanting) {
        // half_unit of a figure without unit is that of 元, so both value and half are scaled by the unit tried.
        let printed = totals(statement, printed);
        let fits = |unit: &&MoneyUnit| {
            // 收入总表's total stands in one table, that of 财政拨款收入 in the next.
            let agreeing = shared(&printed, &known, unit.factor());
            agreeing >= PROOF.min(printed.len()) && agreeing > 0
        };
        let mut units = USUAL.iter().filter(fits);
        if let (Some(unit), None) = (units.next(), units.next()) {
            adopt(statement, *unit);
        }
    }
}

fn printed(fact: &Fact) -> Option<Decimal> {
    match crate::reading::amount::read(&fact.value_text) {
        crate::reading::amount::Reading::Amount(value, None) if fact.flags.contains(&FactFlag::UnitMissing) => {
            Some(value)
        }
        _ => None,
    }
}

fn adopt(statement: &mut Statement, unit: MoneyUnit) {
    statement.unit = Some(unit);
    statement.unit_source = Some(UnitSource::Inferred);
    for fact in statement.facts.iter_mut().filter(|f| f.flags.contains(&FactFlag::UnitMissing)) {
        fact.value = printed(fact).and_then(|v| v.checked_mul(unit.factor())).map(|v| v.normalize());
        fact.unit = Some(unit);
        fact.unit_source = Some(UnitSource::Inferred);
        fact.flags.retain(|f| *f != FactFlag::UnitMissing || fact.value.is_none());
    }
    statement.doubts.retain(|d| !matches!(d, Doubt::UnitMissing { .. }));
    statement.doubts.push(Doubt::UnitInferred { unit });
}

/// The rules of this module.
pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "U06",
        title: "Contradicted captions",
        text: "a table whose totals at least as many tables repeat at ten thousand or a thousand times the size as agree with it is marked `unit_conflict`, the other reading in `alternative`; values stay",
        source: "ties between the forms: 收支总表 = 收入总表 = 支出总表, 基本支出 of 支出总表 = 基本支出表",
    },
    Rule {
        id: "U07",
        title: "Inferred units",
        text: "a table without a unit gets the one unit that makes two of its totals (its only one, if it has no more) those of tables whose unit is printed; marked `inferred`",
        source: "the same ties",
    },
    Rule {
        id: "U08",
        title: "Digits of proof",
        text: "only totals with four significant digits or more prove anything",
        source: "shorter ones agree by chance",
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{fact, statement};
    use crate::model::vocabulary::TableType;

    /// A table with one total row, printed in `unit`.
    fn table(unit: Option<MoneyUnit>, totals: &[&str]) -> Statement {
        let facts = totals.iter().enumerate().map(|(at, text)| {
            let mut fact = fact(9, at as u32 + 2, "合计", text);
            fact.row_kind = RowKind::Total;
            fact.unit = unit;
            fact.unit_source = unit.map(|_| UnitSource::Table);
            let printed: Option<Decimal> = text.replace(',', "").parse().ok();
            fact.value = printed.zip(unit).map(|(v, u)| v * u.factor());
            if unit.is_none() {
                fact.flags.push(FactFlag::UnitMissing);
            }
            fact
        });
        let mut table = statement(TableType::ExpenditureSummary, facts.collect());
        table.unit = unit;
        table
    }

    const YUAN: Option<MoneyUnit> = Some(MoneyUnit::Yuan);
    const WAN: Option<MoneyUnit> = Some(MoneyUnit::TenThousandYuan);

    fn flagged(tables: &[Statement]) -> Vec<bool> {
        tables.iter().map(|t| t.facts.iter().any(|f| f.flags.contains(&FactFlag::UnitConflict))).collect()
    }

    #[test]
    fn the_caption_that_all_others_contradict_is_marked() {
        let mut tables =
            [table(WAN, &["753.70"]), table(WAN, &["753.70", "472.34"]), table(YUAN, &["753.70", "281.37"])];
        compare(&mut tables);
        assert_eq!(flagged(&tables), [false, false, true]);
        let fact = &tables[2].facts[0];
        assert_eq!((fact.value, fact.alternative), (Some(Decimal::new(75370, 2)), Some(Decimal::from(7_537_000))));
        assert!(tables[2].doubts[0].sentence_zh().contains("10000倍"));
    }

    #[test]
    fn two_tables_alone_are_both_in_doubt() {
        let mut tables = [table(WAN, &["1,234.56"]), table(YUAN, &["1,234.56"])];
        compare(&mut tables);
        assert_eq!(flagged(&tables), [true, true]);
    }

    #[test]
    fn a_table_in_yuan_beside_tables_in_ten_thousand_is_no_conflict() {
        let mut tables = [table(YUAN, &["6,059,264.63"]), table(WAN, &["605.93"]), table(WAN, &["10.10", "3.50"])];
        compare(&mut tables);
        assert_eq!(flagged(&tables), [false, false, false]);
        let mut round = [table(YUAN, &["50.00"]), table(WAN, &["50.00"])];
        compare(&mut round);
        assert_eq!(flagged(&round), [false, false]);
    }

    #[test]
    fn a_missing_unit_is_proved_by_totals_or_stays_missing() {
        let mut tables = [table(WAN, &["753.70", "472.34"]), table(None, &["753.70", "472.34"])];
        compare(&mut tables);
        assert_eq!((tables[1].unit, tables[1].unit_source), (WAN, Some(UnitSource::Inferred)));
        let fact = &tables[1].facts[0];
        assert_eq!((fact.value, fact.unit_source), (Some(Decimal::from(7_537_000)), Some(UnitSource::Inferred)));
        assert!(fact.flags.is_empty());
        let mut two = [table(WAN, &["753.70"]), table(None, &["753.70", "472.34"]), table(WAN, &["472.34"])];
        compare(&mut two);
        assert_eq!(
            (two[1].unit, two[1].facts.iter().all(|f| f.value.is_some())),
            (WAN, true),
            "two tables, one total each"
        );
        let mut other = [table(WAN, &["753.70", "472.34"]), table(None, &["888.80", "472.35"])];
        compare(&mut other);
        assert_eq!((other[1].unit, other[1].facts[0].value), (None, None));
    }
}
