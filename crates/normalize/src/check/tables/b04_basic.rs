//! B4: 基本支出 of the general public budget's table is the total of the tables of basic expenditure (there may be two: by
//! 部门 and by 政府 economic codes). Where that table has no such column, 基本支出 of 财政拨款收支总表 by use takes its place.

use crate::check::checker::{Checker, Run, Tie};
use crate::check::claim::{Claim, Figure, Relation, holds};
use crate::check::line::lines;
use crate::check::scene::Tables;
use crate::check::source::FORMS;
use crate::check::table::a11_basic_footer::footers;
use crate::check::tables::b10_final_accounts::B10;
use crate::check::tables::b10_final_accounts::rule_of;
use crate::check::tables::pick::{Wanted, grand, name};
use crate::model::check::CheckScope;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{Side, TableType};
use crate::reading::fold::has_any;

/// 基本支出一致.
pub(crate) const B4: Rule = Rule {
    id: "B4",
    title: "基本支出一致",
    text: "一般公共预算基本支出表的合计等于一般公共预算支出表的基本支出",
    source: FORMS,
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[B4],
    runs: &[Run::Tables(claims)],
    ties: &[Tie {
        rule: B4,
        in_final_accounts: B10,
        tables: [TableType::GeneralPublicExpenditure, TableType::GeneralPublicBasicExpenditure],
        words: "基本支出表的合计 = 一般公共预算支出表的基本支出",
    }],
    #[cfg(test)]
    example: tests::example,
};

fn claims<'a>(tables: &Tables<'a>) -> Vec<Claim<'a>> {
    let whole = tables.only(TableType::GeneralPublicExpenditure).and_then(|s| grand(s, Wanted::Basic));
    let Some(right) = whole.or_else(|| by_use(tables)) else { return Vec::new() };
    let all = tables.only(TableType::ExpenditureSummary).and_then(|s| grand(s, Wanted::Basic).or_else(|| row(s, None)));
    let claim = |left: Figure<'a>| {
        // 部门预算基本支出表 without the name of a budget may hold the basic expenditure of all money.
        let title = &left.statement.title;
        let open = !title.is_empty() && !has_any(title, &["一般公共预算", "财政拨款"]);
        let other = all.filter(|_| open);
        let rights: Vec<Figure<'a>> = [right].into_iter().chain(other).collect();
        let held = |r: &&Figure<'a>| holds(&Claim::tie(&B4, left, **r, String::new()));
        let right = rights.iter().find(held).copied().unwrap_or(right);
        let words = format!("《{}》合计 = 《{}》基本支出", name(left.statement), name(right.statement));
        Some(Claim::tie(rule_of(tables, &B4), left, right, words))
    };
    let details = tables.each(TableType::GeneralPublicBasicExpenditure);
    let mut claims = Vec::new();
    for statement in details {
        match grand(statement, Wanted::Total) {
            Some(left) => claims.extend(claim(left)),
            None => claims.extend(halves(tables, statement, right)),
        }
    }
    claims
}

/// Final accounts print 人员经费合计 and 公用经费合计 instead of one total.
fn halves<'a>(tables: &Tables<'a>, statement: &'a Statement, right: Figure<'a>) -> Option<Claim<'a>> {
    let left = footers(statement)?.map(|fact| Figure { statement, fact }).to_vec();
    let words = format!("《{}》人员经费合计 + 公用经费合计 = 《{}》基本支出", name(statement), name(right.statement));
    let (rule, right) = (rule_of(tables, &B4), vec![right]);
    Some(Claim { rule, scope: CheckScope::Document, left, right, relation: Relation::Equal, words })
}

/// Where the tables print basic expenditure of the general public budget as a whole.
pub(crate) fn basic_totals<'a>(tables: &Tables<'a>) -> Vec<Figure<'a>> {
    let own = tables.only(TableType::GeneralPublicBasicExpenditure).and_then(|s| grand(s, Wanted::Total));
    let whole = tables.only(TableType::GeneralPublicExpenditure).and_then(|s| grand(s, Wanted::Basic));
    own.into_iter().chain(whole).collect()
}

/// 基本支出 by use, where the general public budget is all there is.
fn by_use<'a>(tables: &Tables<'a>) -> Option<Figure<'a>> {
    let statement = tables.only(TableType::FiscalAppropriationSummary)?;
    let funds = [TableType::GovernmentFundExpenditure, TableType::StateCapitalExpenditure];
    if funds.iter().any(|t| tables.only(*t).is_some()) {
        return None;
    }
    row(statement, Some(Side::ExpenditureByUse))
}

/// The one amount of the row that is called 基本支出.
fn row(statement: &Statement, side: Option<Side>) -> Option<Figure<'_>> {
    let rows = lines(statement, side);
    let line = rows.iter().find(|l| l.name == "基本支出")?;
    let mut figures = line.figures.values();
    let fact = figures.next()?;
    figures.next().is_none().then_some(Figure { statement, fact })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, spending, total, verdicts};
    use crate::model::check::CheckStatus;

    fn with(basic: &str) -> Example {
        let kinds = [TableType::GeneralPublicExpenditure, TableType::GeneralPublicBasicExpenditure];
        Example::tables(vec![spending(kinds[0]), total(kinds[1], basic)])
    }

    pub(crate) fn example() -> Example {
        with("240.30")
    }

    #[test]
    fn basic_expenditure_is_the_total_of_its_own_table() {
        assert_eq!(verdicts(&CHECKER, &example()), [CheckStatus::Passed]);
        assert_eq!(verdicts(&CHECKER, &with("250.30")), [CheckStatus::Failed]);
    }
}
