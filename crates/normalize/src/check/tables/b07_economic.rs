//! B7: per economic code, all spending is at least the basic one. B8: each of the “三公” items is at least what basic
//! expenditure books under its code (30212 因公出国, 30217 公务接待费, 30231 公务用车运行维护费, 31013 公务用车购置).
//!
//! 《政府收支分类科目》; the “三公” items hold project money as well (财政部 rules on “三公”经费), so they may be more, never less.

use crate::check::claim::{Claim, Figure, Relation};
use crate::check::table::a06_three_public::{Item, items};
use crate::check::tables::pick::{Tables, Wanted, by_code, name};
use crate::model::check::CheckScope;
use crate::model::statement::Statement;
use crate::model::vocabulary::TableType;
use crate::reading::code::Family;

/// Item, code, and a word of the code's name: places use free codes for other things (30212 退休人员活动费).
const CODES: &[(Item, &str, &str)] = &[
    (Item::Abroad, "30212", "出国"),
    (Item::Reception, "30217", "接待"),
    (Item::Running, "30231", "运行"),
    (Item::Purchase, "31013", "购置"),
];

pub(crate) fn claims<'a>(tables: &Tables<'a>) -> Vec<Claim<'a>> {
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

fn at_least<'a>(rule: &'static str, left: Vec<Figure<'a>>, right: Vec<Figure<'a>>, words: String) -> Claim<'a> {
    Claim { rule, scope: CheckScope::Document, left, right, relation: Relation::AtLeast, words }
}

fn codes<'a>(whole: &'a Statement, basic: &'a Statement) -> Vec<Claim<'a>> {
    let all = by_code(whole, Family::DepartmentEconomic, Wanted::Total);
    let part = by_code(basic, Family::DepartmentEconomic, Wanted::Total);
    let claim = |(code, right): (&&'a str, &Vec<Figure<'a>>)| {
        let left = all.get(code)?;
        let words = format!("《{}》{code} ≥ 《{}》{code}", name(whole), name(basic));
        Some(at_least("B7", left.clone(), right.clone(), words))
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
        Some(at_least("B8", vec![left], right.clone(), words))
    };
    CODES.iter().filter_map(claim).collect()
}
