//! What a report says first of each budget: 市本级一般公共预算收入完成A万元, and the total row of the table of that budget and side.
//!
//! 《预算法》第四十八条、第七十九条: the report goes with the tables, whose titles name the place (2025年某市一般公共预算收入执行情况表)
//! where the report names the level.

use crate::model::fact::Fact;
use crate::model::prose_figure::ProseFigure;
use crate::model::statement::Statement;
use crate::model::vocabulary::{Period, RowKind, TableLevel};
use crate::reading::fold::{fold, has_any, pattern};
use crate::reading::label;

pattern!(
    HEADLINE,
    "^(?:20[0-9]{2}年度?)?(?:预计|安排)?(?:(全(?:自治)?[市县区省州盟旗])|([^,;:。()]{0,8}(?:本级|[市县区省州](?:级|直)))|(?:我|[^,;:。()全]{1,8})[市县区省州盟旗])?地?方?(一般公共预算|政府性基金预算|政府性基金|国有资本经营预算|国有资本经营)(收入|支出)(?:预算)?(?:总额|合计)?(?:拟?安排|预期|预计|完成|执行|预算|目标|调整)*数?为?$"
);
pattern!(
    TITLED,
    "(一般公共预算|政府性基金预算|政府性基金|国有资本经营预算|国有资本经营)(?:本级)?(收入|支出)(?:完成|执行|决算|预算|预计|安排|草案|[()])*(?:情况)?(?:表|总表)?(?:[(][^()]*[)])?$"
);
pattern!(
    TOTAL,
    "^(?:本年|当年|本级|地方)?(?:一般公共预算|政府性基金预算|政府性基金|国有资本经营预算|国有资本经营)?(?:本级|本年)?(?:收入|支出)?(?:合计|总计)(?:数)?$"
);

/// Significant digits below which agreement is chance.
const LEAST_DIGITS: usize = 4;

/// What others give, and what is carried: rows of the first rank that are no part of the budget's own side. What is paid on debts is.
const OTHERS: &[&str] =
    &["转移性", "补助", "上解", "结转", "结余", "转贷", "调入", "调出", "还本", "债券", "债务收入", "转移支付"];

/// The level that a subject names before a whole budget's side; nothing where it is no such subject or names none.
pub(crate) fn headline_level(subject: &str) -> Option<TableLevel> {
    let folded = fold(subject);
    let found = HEADLINE.captures(&folded)?;
    level(&found)
}

fn level(found: &regex::Captures<'_>) -> Option<TableLevel> {
    match (found.get(1), found.get(2)) {
        (Some(_), _) => Some(TableLevel::Whole),
        (_, Some(_)) => Some(TableLevel::Own),
        _ => None,
    }
}

/// Whether a total row is the whole of the budget's side that the subject names, at the level that both tell.
pub(super) fn is_headline(subject: &str, statement: &Statement, fact: &Fact) -> bool {
    if fact.row_kind != RowKind::Total {
        return false;
    }
    let (title, row) = (fold(&statement.title), fold(&fact.row_label));
    let (Some(said), Some(titled)) = (HEADLINE.captures(subject), TITLED.captures(&title)) else { return false };
    let bare = |name: &str| name.replace("预算", "");
    let same = bare(&said[3]) == bare(&titled[1]) && said[4] == titled[2];
    // 一般公共预算支出合计 in a list of income is another side's.
    let name = label::bare(&row);
    let other = if &said[4] == "收入" { "支出" } else { "收入" };
    let of_level = match (statement.level, level(&said)) {
        (Some(of), Some(said)) => of == said,
        (Some(_), None) => false,
        (None, said) => said != Some(TableLevel::Whole) || !title.contains("本级"),
    };
    same && of_level && TOTAL.is_match(name) && !name.contains(other)
}

/// Whether an amount has digits enough to be told from others.
pub(super) fn is_telling(figure: &ProseFigure) -> bool {
    let digits: String = figure.value_text.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').len() >= LEAST_DIGITS
}

/// The totals of the tables that add up what a report's amount is said of, of the same year.
pub(crate) fn headline_totals<'a>(figure: &ProseFigure, statements: &'a [Statement]) -> Vec<(&'a Statement, &'a Fact)> {
    let subject = fold(&figure.subject);
    if !HEADLINE.is_match(&subject) || !is_telling(figure) {
        return Vec::new();
    }
    let past = |period: Option<Period>| period.is_some_and(Period::is_past);
    let older = |f: &Fact| matches!(f.period, Some(Period::PriorYear2 | Period::Earlier));
    let fits = |s: &Statement, f: &Fact| {
        past(f.period) == past(figure.period) && !older(f) && f.value.is_some() && is_headline(&subject, s, f)
    };
    let own = statements.iter().filter(|s| !s.facts.iter().any(|f| f.row_level == 1 && has_any(&f.row_label, OTHERS)));
    own.flat_map(|s| s.facts.iter().filter(move |f| fits(s, f)).map(move |f| (s, f))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{fact, statement};
    use crate::model::vocabulary::TableType;

    #[test]
    fn subjects_of_whole_budgets() {
        let is = |subject: &str, title: &str, row: &str| {
            let mut table = statement(TableType::GovernmentRevenue, Vec::new());
            title.clone_into(&mut table.title);
            let mut total = fact(20, 4, "完成数", "103349");
            row.clone_into(&mut total.row_label);
            total.row_kind = RowKind::Total;
            is_headline(subject, &table, &total)
        };
        let income = "2025年某市一般公共预算收入执行情况表";
        assert!(is("市本级一般公共预算收入", income, "收入合计"));
        assert!(is("全市一般公共预算收入预算安排", income, "收入合计"));
        assert!(is("某市一般公共预算收入", income, "合计"));
        assert!(!is("市本级一般公共预算支出", income, "收入合计"));
        assert!(!is("市本级政府性基金收入", income, "收入合计"));
        assert!(!is("一般公共预算收入中税收收入", income, "收入合计"));
        assert!(is("全县政府性基金支出", "2024年某县政府性基金支出执行情况表", "支出合计"));
        assert_eq!(headline_level("全县一般公共预算支出预算安排"), Some(TableLevel::Whole));
        assert_eq!(headline_level("市级一般公共预算支出"), Some(TableLevel::Own));
    }
}
