//! B3: what 财政拨款收支总表 spends from each budget is the total of that budget's own table (一般公共预算, 政府性基金预算, 国有资本经营预算).
//! Where the summary has no columns by budget its spending is the total of 财政拨款支出表.

use crate::check::checker::{Checker, Run, Tie};
use crate::check::claim::{Claim, Figure, holds};
use crate::check::line::{Line, lines};
use crate::check::scene::Tables;
use crate::check::source::FORMS;
use crate::check::tables::b01_totals::closings;
use crate::check::tables::b10_final_accounts::B10;
use crate::check::tables::b10_final_accounts::rule_of;
use crate::check::tables::pick::{Wanted, any_of, grand, name};
use crate::model::fact::Fact;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{ColumnKind, Fund, Side, TableType};

/// 财政拨款各本预算一致.
pub(crate) const B3: Rule = Rule {
    id: "B3",
    title: "财政拨款各本预算一致",
    text: "财政拨款收支总表中一般公共预算、政府性基金、国有资本经营预算支出等于各自支出表的合计",
    source: FORMS,
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[B3],
    runs: &[Run::Tables(claims)],
    ties: &[Tie {
        rule: B3,
        in_final_accounts: B10,
        tables: [TableType::FiscalAppropriationSummary, TableType::GeneralPublicExpenditure],
        words: "一般公共预算支出表的合计 = 财政拨款收支总表的一般公共预算支出",
    }],
    #[cfg(test)]
    example: tests::example,
};

const BUDGETS: &[(Fund, TableType, &str)] = &[
    (Fund::GeneralPublic, TableType::GeneralPublicExpenditure, "一般公共预算"),
    (Fund::GovernmentFund, TableType::GovernmentFundExpenditure, "政府性基金预算"),
    (Fund::StateCapital, TableType::StateCapitalExpenditure, "国有资本经营预算"),
];

fn claims<'a>(tables: &Tables<'a>) -> Vec<Claim<'a>> {
    let Some(summary) = tables.only(TableType::FiscalAppropriationSummary) else { return Vec::new() };
    let mut claims = Vec::new();
    for (fund, table, word) in BUDGETS {
        let Some(left) = tables.only(*table).and_then(spending) else { continue };
        let words = format!("《{}》合计 = 《{}》{word}支出", name(left.statement), name(summary));
        let rights = closing_of(summary, *fund);
        let plain = any_of(rule_of(tables, &B3), left, &rights, &words);
        let carried = plain.as_ref().filter(|c| !holds(c)).and_then(|_| with_carried(tables, left, &rights, *fund));
        claims.extend(carried.or(plain));
    }
    let whole = tables.statements.iter().filter(|s| s.table_type == TableType::FiscalAppropriationExpenditure);
    // The table by function, all spending; its sister of basic expenditure has another total.
    for detail in whole.filter(|s| !s.title.contains("基本") && !s.title.contains("项目")) {
        let Some(left) = grand(detail, Wanted::Total) else { continue };
        let words = format!("《{}》合计 = 《{}》支出合计", name(detail), name(summary));
        claims.extend(any_of(rule_of(tables, &B3), left, &closings(summary, Side::Expenditure), &words));
    }
    claims
}

/// Whether 一般公共预算支出表 holds this year's appropriation alone, and 财政拨款收支总表 what was carried over too.
pub(crate) fn leaves_carried_out(tables: &Tables<'_>) -> bool {
    let summary = tables.only(TableType::FiscalAppropriationSummary);
    let left = tables.only(TableType::GeneralPublicExpenditure).and_then(spending);
    let (Some(summary), Some(left)) = (summary, left) else { return false };
    let rights = closing_of(summary, Fund::GeneralPublic);
    let plain = any_of(&B3, left, &rights, "").is_some_and(|c| holds(&c));
    !plain && with_carried(tables, left, &rights, Fund::GeneralPublic).is_some()
}

/// A budget's table without what was carried over, with which it is the summary's spending (中央部门预算: 一般公共预算支出表 is
/// this year's appropriation).
fn with_carried<'a>(tables: &Tables<'a>, left: Figure<'a>, rights: &[Figure<'a>], fund: Fund) -> Option<Claim<'a>> {
    let summary = tables.only(TableType::FiscalAppropriationSummary)?;
    let lines = lines(summary, Some(Side::Revenue));
    let rows = lines.iter().filter(|l| l.is_carried() || l.figures.values().any(|f| f.row_path.contains("结转")));
    let own = |f: &&Fact| f.fund.is_none_or(|own| own == fund);
    let carried: Vec<&'a Fact> = rows.flat_map(|l| l.figures.values().copied()).filter(|f| own(f)).collect();
    let words =
        |right: &Figure<'_>| format!("《{}》合计 + 上年结转 = 《{}》支出", name(left.statement), name(right.statement));
    let claim = |(right, fact): (&Figure<'a>, &'a Fact)| {
        let mut claim = Claim::tie(rule_of(tables, &B3), left, *right, words(right));
        claim.left.push(Figure { statement: summary, fact });
        claim
    };
    let pairs = rights.iter().flat_map(|right| carried.iter().map(move |fact| (right, *fact)));
    pairs.map(claim).find(holds)
}

/// The spending total of a budget's table: 本年支出 beside 年初结转 in a fund's table, else its total column.
fn spending(statement: &Statement) -> Option<Figure<'_>> {
    grand(statement, Wanted::Total)
}

/// The closing rows of the spending side in a budget's column, the grand total first.
fn closing_of(summary: &Statement, fund: Fund) -> Vec<Figure<'_>> {
    let lines = lines(summary, Some(Side::Expenditure));
    let year = |l: &&Line<'_>| l.is_this_year() || (l.name.starts_with("本年支出") && l.parent.is_none());
    let closing = lines.iter().filter(|l| l.is_grand()).chain(lines.iter().filter(year));
    let mut found = Vec::new();
    for line in closing {
        let fitting: Vec<_> =
            line.figures.values().filter(|f| f.fund == Some(fund) && f.column_kind != ColumnKind::OfWhich).collect();
        if let [one] = fitting.as_slice() {
            found.push(Figure { statement: summary, fact: one });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, spending, summary, verdicts};
    use crate::model::check::CheckStatus;
    use rust_decimal::Decimal;

    pub(crate) fn example() -> Example {
        let mut whole = summary(TableType::FiscalAppropriationSummary);
        for fact in &mut whole.facts {
            fact.fund = Some(Fund::GeneralPublic);
        }
        Example::tables(vec![whole, spending(TableType::GeneralPublicExpenditure)])
    }

    #[test]
    fn a_budgets_table_has_the_summarys_total_or_lacks_what_was_carried_over() {
        assert_eq!(verdicts(&CHECKER, &example()), [CheckStatus::Passed]);
        let mut more = example();
        more.statements[0].facts[4].value = Some(Decimal::from(3_705_000));
        assert_eq!(verdicts(&CHECKER, &more), [CheckStatus::Failed]);
        let mut carried = more.statements[0].facts[0].clone();
        "二、上年结转".clone_into(&mut carried.row_label);
        carried.row_path.clone_from(&carried.row_label);
        (carried.row, carried.value) = (8, Some(Decimal::from(100_000)));
        more.statements[0].facts.push(carried);
        assert_eq!(verdicts(&CHECKER, &more), [CheckStatus::Passed]);
    }
}
