//! Words of budgets: `extract` has none, in names, literals or documentation. It knows pages and grids, so that it can
//! be used for any tables.

use crate::source::{Krate, homes, made, words};
use std::fmt::Write;

/// What budgets are made of. Units and marks of amounts (单位, 元, 万元, %) stand in tables of any kind.
const CHINESE: &str = "\
    预算 决算 部门 财政 拨款 支出 收入 收支 经费 科目 功能分类 经济分类 三公 基金 国有资本 转移支付 结转 结余 合计 小计 \
    绩效 采购";

/// Where the characters of such a word mean something else: "not taken in".
const ELSEWHERE: &str = "没有收入";

/// The same in names of the code and in its documentation.
const ENGLISH: &str = "\
    budget budgets fiscal expenditure expenditures revenue revenues appropriation appropriations treasury department \
    departments disclosure disclosures yuan";

fn report(krate: &Krate) -> String {
    let mut text = String::new();
    for file in &krate.files {
        for word in words(file) {
            let found = budget_words(&word.text);
            if !found.is_empty() {
                writeln!(text, "  {}:{} {:?}: {}", file.path, word.line(), word.text.trim(), found.join(" ")).unwrap();
            }
        }
    }
    text
}

fn budget_words(text: &str) -> Vec<&'static str> {
    let plain = text.replace(ELSEWHERE, "");
    let names = parts_of_names(text);
    let chinese = CHINESE.split(' ').filter(|known| plain.contains(known));
    let english = ENGLISH.split(' ').filter(|known| names.iter().any(|name| name == known));
    chinese.chain(english).collect()
}

/// The words in `BudgetYear`, `budget_year` and "budget year".
fn parts_of_names(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut was_lower = false;
    for c in text.chars() {
        if !c.is_alphanumeric() || (c.is_uppercase() && was_lower) {
            parts.push(String::new());
        }
        if c.is_alphanumeric() {
            parts.last_mut().unwrap().extend(c.to_lowercase());
        }
        was_lower = c.is_lowercase();
    }
    parts
}

#[test]
fn budget_words_are_not_in_extract() {
    let homes = homes();
    let extract = homes.iter().find(|home| home.name == "extract").unwrap().read();
    let found = report(&extract);
    println!("extract: {} words of budgets", found.lines().count());
    assert!(found.is_empty(), "extract knows nothing of budgets, but has:\n{found}");
}

#[test]
fn budget_words_are_found_wherever_they_stand() {
    let text = r#"
        //! Tables.
        /// Reads the fiscal year of 部门.
        fn f(budget_table: BudgetTable) { g("预算数", '元'); }
        fn words() { "这些数没有收入"; debug!("x") }
        #[cfg(test)] mod tests { fn f() { "支出" } }
    "#;
    let expected = "  src/lib.rs:3 \"Reads the fiscal year of 部门.\": 部门 fiscal\n  \
                    src/lib.rs:4 \"budget_table\": budget\n  src/lib.rs:4 \"BudgetTable\": budget\n  \
                    src/lib.rs:4 \"预算数\": 预算\n";
    assert_eq!(report(&made(&[("src/lib.rs", text)])), expected);
}
