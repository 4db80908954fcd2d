//! B7: per economic code, all spending is at least the basic one. B8: each of the “三公” items is at least what basic
//! expenditure books under its code (30212 因公出国, 30217 公务接待费, 30231 公务用车运行维护费, 31013 公务用车购置).
//!
//! 《政府收支分类科目》; the “三公” items hold project money as well (财政部 rules on “三公”经费), so they may be more, never less.

use crate::check::checker::{Checker, Run, Tie};
use crate::check::claim::{Claim, Figure, Relation};
use crate::check::scene::Tables;
use crate::check::source::BOOKS;
use crate::check::table::a06_three_public::items;
use crate::check::tables::pick::{Wanted, by_code, name};
use crate::model::check::CheckScope;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::TableType;
use crate::reading::code::Family;
use crate::reading::three_public::Item;

/// 经济分类不少于基本支出.
pub(crate) const B7: Rule = Rule {
    id: "B7",
    title: "经济分类不少于基本支出",
    text: "同一经济科目，支出经济分类汇总表的数不小于基本支出表的数",
    source: BOOKS,
};

/// “三公”不少于基本支出中的相应科目.
pub(crate) const B8: Rule = Rule {
    id: "B8",
    title: "“三公”不少于基本支出中的相应科目",
    text: "“三公”各项不小于基本支出表的 30212、30217、30231、31013：三公含项目支出，只会多不会少",
    source: BOOKS,
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[B7, B8],
    runs: &[Run::Tables(claims)],
    ties: &[Tie {
        rule: B8,
        in_final_accounts: B8,
        tables: [TableType::ThreePublic, TableType::GeneralPublicBasicExpenditure],
        words: "“三公”各项 ≥ 基本支出表中的相应科目",
    }],
    #[cfg(test)]
    example: tests::example,
};

/// Item, code, and a word of the code's name: places use free codes for other things (30212 退休人员活动费).
const CODES: &[(Item, &str, &str)] = &[
    (Item::Abroad, "30212", "出国"),
    (Item::Reception, "30217", "接待"),
    (Item::Running, "30231", "运行"),
    (Item::Purchase, "31013", "购置"),
];

fn claims<'a>(tables: &Tables<'a>) -> Vec<Claim<'a>> {
    let Some(basic) = tables.only(TableType::GeneralPublicBasicExpenditure) else { return Vec::new() };
    let mut claims = Vec::new();
    if let Some(whole) = tables.only(TableType::EconomicClassificationSummary) {
        claims.extend(codes(whole, basic));
    }
    if let Some(public) = tables.only(TableType::ThreePublic) {
        claims.extend(three_public(public, basic));
    }
    claims
}

fn at_least<'a>(rule: &'static Rule, left: Vec<Figure<'a>>, right: Vec<Figure<'a>>, words: String) -> Claim<'a> {
    Claim { rule, scope: CheckScope::Document, left, right, relation: Relation::AtLeast, words }
}

fn codes<'a>(whole: &'a Statement, basic: &'a Statement) -> Vec<Claim<'a>> {
    let all = by_code(whole, Family::DepartmentEconomic, Wanted::Total);
    let part = by_code(basic, Family::DepartmentEconomic, Wanted::Total);
    let claim = |(code, right): (&&'a str, &Vec<Figure<'a>>)| {
        let left = all.get(code)?;
        let words = format!("《{}》{code} ≥ 《{}》{code}", name(whole), name(basic));
        Some(at_least(&B7, left.clone(), right.clone(), words))
    };
    part.iter().filter_map(claim).collect()
}

fn three_public<'a>(public: &'a Statement, basic: &'a Statement) -> Vec<Claim<'a>> {
    let part = by_code(basic, Family::DepartmentEconomic, Wanted::Total);
    let printed = items(public);
    let claim = |(item, code, word): &(Item, &str, &str)| {
        let left = printed.get(item).copied()?;
        let right = part.get(code).filter(|r| r.len() == 1 && r.iter().all(|f| f.fact.row_label.contains(word)))?;
        let words = format!("《{}》{} ≥ 《{}》{code}", name(public), left.fact.column_path, name(basic));
        Some(at_least(&B8, vec![left], right.clone(), words))
    };
    CODES.iter().filter_map(claim).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, fact, statement, verdicts};
    use crate::model::check::CheckStatus;

    fn by_code(kind: TableType, rows: &[(&str, &str, &str)]) -> Statement {
        let make = |(at, (code, label, value)): (usize, &(&str, &str, &str))| {
            let mut one = fact(at as u32 + 2, 3, "预算数", value);
            (*code).clone_into(&mut one.department_economic.code);
            (*label).clone_into(&mut one.row_label);
            one.row_path.clone_from(&one.row_label);
            one
        };
        statement(kind, rows.iter().enumerate().map(make).collect())
    }

    fn with(all: &str, receptions: &str) -> Example {
        let basic = [("302", "商品和服务支出", "9.00"), ("30217", "公务接待费", "2.00")];
        let whole = [("302", "商品和服务支出", all)];
        let public = fact(4, 2, "公务接待费", receptions);
        Example::tables(vec![
            by_code(TableType::EconomicClassificationSummary, &whole),
            by_code(TableType::GeneralPublicBasicExpenditure, &basic),
            statement(TableType::ThreePublic, vec![public]),
        ])
    }

    pub(crate) fn example() -> Example {
        with("12.00", "2.50")
    }

    #[test]
    fn all_spending_is_at_least_the_basic_one() {
        assert_eq!(verdicts(&CHECKER, &example()), [CheckStatus::Passed; 2]);
        assert_eq!(verdicts(&CHECKER, &with("8.00", "2.50")), [CheckStatus::Failed, CheckStatus::Passed]);
        assert_eq!(verdicts(&CHECKER, &with("12.00", "1.50")), [CheckStatus::Passed, CheckStatus::Failed]);
    }
}
