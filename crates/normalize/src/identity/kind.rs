//! What is it: budget, final accounts, performance goals, or a whole government's papers?

use crate::identity::material::Material;
use crate::identity::title;
use crate::model::vocabulary::DocumentKind;
use crate::reading::fold::pattern;

/// Tables that only a whole government publishes (预算法: 一般公共预算收入, 税收返还和转移支付, 债务限额, 社会保险基金).
const GOVERNMENT_TABLES: &[&str] =
    &["转移支付", "税收返还", "债务限额", "社会保险基金", "一般公共预算收入", "地方政府债务", "政府性基金预算收入"];
// 全市预算收支, 市本级一般公共预算: the papers of a level of government.
pattern!(LEVEL, "全[省市州县区旗]|[省市州县区旗]本?级");

/// The kind that the cover names, else the one the tables are of, else the file name's.
pub(crate) fn decide(material: &Material, file_name: &str) -> Option<DocumentKind> {
    let cover = material.cover.as_ref();
    // A cover with a body's name speaks for a department, whatever its tables are called.
    let of_body = cover.is_some_and(|t| title::is_body(&t.who));
    let government = || government(material).filter(|_| !of_body);
    government()
        .or_else(|| cover.and_then(|t| t.kind))
        .or_else(|| by_titles(material))
        .or_else(|| by_headings(material))
        .or_else(|| title::kind_in(file_name))
}

/// Two different government tables and no table of a department.
fn government(material: &Material) -> Option<DocumentKind> {
    let named = |word: &str| material.title_texts.iter().any(|t| t.contains(word));
    let department = material.title_texts.iter().any(|t| t.contains("部门") || t.contains("单位"));
    let levels = material.title_texts.iter().filter(|t| LEVEL.is_match(t)).count();
    // 某市一般公共预算收入执行情况表, 某县2026年国有资本经营预算: the budget of a place, not of a body.
    let budgets = ["一般公共预算收入", "国有资本经营预算", "政府性基金预算", "社会保险基金预算"];
    let of_place =
        || material.titles.iter().any(|t| title::whole_region(&t.who)) && budgets.iter().any(|word| named(word));
    let several = GOVERNMENT_TABLES.iter().filter(|w| named(w)).count() >= 2 || levels >= 2 || of_place();
    if department || !several {
        return None;
    }
    let last = material.title_texts.iter().any(|t| t.contains("决算"));
    Some(if last { DocumentKind::GovernmentFinalAccounts } else { DocumentKind::GovernmentBudget })
}

/// 决算 in a title decides (budget tables never name it); goals alone make a performance paper; 预算 the rest.
fn by_titles(material: &Material) -> Option<DocumentKind> {
    let texts: Vec<&String> = material.title_texts.iter().filter(|t| speaks(t)).collect();
    if texts.is_empty() {
        return None;
    }
    if texts.iter().any(|t| t.contains("决算")) {
        return Some(DocumentKind::FinalAccounts);
    }
    if texts.iter().all(|t| t.contains("绩效")) {
        return Some(DocumentKind::Performance);
    }
    texts.iter().any(|t| t.contains("预算")).then_some(DocumentKind::Budget)
}

/// Whether a table's title says anything about the kind (a contents list or a list of units doesn't).
fn speaks(text: &str) -> bool {
    !text.contains("目录") && ["预算", "决算", "绩效", "收支", "收入", "支出"].iter().any(|w| text.contains(w))
}

/// Chapter headings: 第二部分 2024年部门预算表.
fn by_headings(material: &Material) -> Option<DocumentKind> {
    let kinds: Vec<DocumentKind> = material.headings.iter().filter_map(|t| t.kind).collect();
    kinds.iter().copied().find(|k| *k == DocumentKind::FinalAccounts).or_else(|| kinds.first().copied())
}
