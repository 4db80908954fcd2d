//! Whether an amount of the narrative and a printed figure can be one quantity: of the same level (全市 or 市本级), of the same
//! bodies (a department or its own office alone) and of the same budget. Words that are missing on one side decide nothing, except
//! where the tables of a document are told apart by just these words.
//!
//! 《预算法》第五条: the four budgets are drawn up apart; 第四条: that of a whole place holds those of its levels.

use crate::model::fact::Fact;
use crate::model::prose_figure::ProseFigure;
use crate::model::statement::Statement;
use crate::model::vocabulary::{Fund, TableType};
use crate::reading::fold::{fold, has_any, pattern};

pattern!(WHOLE, "全(?:市|县|区|省|州|国|盟|旗|自治区|师)");
pattern!(OWN, "(?:市|县|区|省|州|盟|旗|师|自治区|兵团)(?:本级|直|级)|中央本级|(?:^|[^部局委办关位院会厅门心])本级");
pattern!(OFFICE, "(?:部门|局|委|办|机关|单位|院|会|厅|中心|部)本级|(?:下属|所属|直属|二级)(?:各|预算|事业|行政)*单位");
pattern!(TOGETHER, "本级(?:及|和|与|、|以及)|所属[^,;。]{0,8}(?:在内|汇总)|(?:汇总|包括|包含)[^;。]{0,20}本级");

// 市公路段基本支出, 县水文站收入: a body's name right before what is said of it; 本单位 and 我中心 are the document's own.
pattern!(
    BODY_OWN,
    r"(?:^|[,;、:。])[^,;、:。本我]{2,24}(?:站|段|中心|大队|支队|总队|队|学校|小学|中学|学院|幼儿园|医院|卫生院|馆|所|分局|协会|公司|局|办公室|委员会)(?:本级)?(?:20[0-9]{2}年度?)?(?:的)?(?:本年|全年)?(?:部门|单位)?(?:预算)?(?:总)?(?:收入|支出|基本支出|项目支出|人员经费|公用经费|财政拨款|三公|“三公”)"
);

/// Whose money is spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    /// 全市: a place with all its levels.
    Whole,
    /// 市本级: the level alone.
    Own,
}

/// Which of the budgets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Budget {
    General,
    GovernmentFund,
    StateCapital,
    Insurance,
    Account,
    /// All that the treasury gives.
    Treasury,
}

/// Whether the tables of a document are told apart by level.
pub(crate) fn tells_levels(statements: &[Statement]) -> bool {
    statements.iter().any(|s| level(&fold(&s.title)).is_some())
}

/// 会议费3.74万元（其中基本支出2.59万元）: a part of something else than all spending, in brackets behind it.
pub(crate) fn is_part_of_another(prose: &ProseFigure, before: Option<&ProseFigure>) -> bool {
    let whole = [
        "本年",
        "总",
        "一般公共",
        "一般公共预算",
        "财政拨款",
        "政府性基金",
        "国有资本经营",
        "部门",
        "单位",
        "收",
        "收、",
    ];
    let own = piece(prose);
    let bracketed = ["(其中", "(含", "(包括", "(包含"].iter().any(|open| own.trim_start().starts_with(open));
    let is_whole = |subject: &str| {
        let mut name = subject;
        for end in ["数", "安排", "总额", "总计", "合计", "决算", "预算", "支出", "收入", "支"] {
            name = name.strip_suffix(end).unwrap_or(name);
        }
        name.is_empty() || whole.iter().any(|w| name.ends_with(w))
    };
    bracketed && before.is_some_and(|b| b.sentence == prose.sentence && !is_whole(&b.subject))
}

/// 某局部门收支总预算8652.31万元，本单位预算纳入其中: another body's figure.
pub(crate) fn is_of_another_body(prose: &ProseFigure) -> bool {
    let (own, sentence) = (piece(prose), fold(&prose.sentence));
    let above = has_any(&own, &["主管部门", "上级部门", "上级主管"]) || sentence.contains("纳入其中");
    above
        || own.contains("部门")
            && !has_any(&own, &["本部门", "我部门", "各部门"])
            && has_any(&sentence, &["本单位", "我单位"])
}

/// 市公路段基本支出600.04万元，项目支出1140.06万元: what is said of a body by its name in a second sentence, where another one says the
/// same of the whole and agrees with a table.
pub(crate) fn is_of_one_of_several(prose: &ProseFigure, all: &[ProseFigure]) -> bool {
    let before = prose.sentence.split(prose.value_text.as_str()).next().unwrap_or_default();
    let whole = |other: &ProseFigure| {
        !other.matched_table_id.is_empty() && other.subject == prose.subject && other.sentence != prose.sentence
    };
    BODY_OWN.is_match(&fold(before)) && all.iter().any(whole)
}

/// 全市一般公共预算收入完成55.83亿元: an amount that became of a budget.
pub(crate) fn is_of_outcome(prose: &ProseFigure) -> bool {
    has_any(&piece(prose), &["完成", "执行", "决算", "实现"])
}

/// Whether the tables are a whole government's.
pub(crate) fn is_of_government(statements: &[Statement]) -> bool {
    let types = [
        TableType::GovernmentRevenue,
        TableType::GovernmentBalance,
        TableType::GovernmentFundRevenue,
        TableType::StateCapitalRevenue,
        TableType::SocialInsuranceFund,
        TableType::GovernmentDebt,
    ];
    statements.iter().any(|s| types.contains(&s.table_type))
}

/// As [`same_bodies`], where a level that the narrative leaves out may be any.
pub(crate) fn may_be_of_one_body(prose: &ProseFigure, statement: &Statement, levels: bool) -> bool {
    said_level(prose).is_none() && level(&fold(&statement.title)).is_some() || same_bodies(prose, statement, levels)
}

fn said_level(prose: &ProseFigure) -> Option<Level> {
    level(&piece(prose)).or_else(|| level(&fold(&prose.sentence))).or_else(|| level(&fold(&prose.section)))
}

/// Whether both may be of one level and of the same bodies.
pub(crate) fn same_bodies(prose: &ProseFigure, statement: &Statement, levels: bool) -> bool {
    let title = fold(&statement.title);
    let piece = piece(prose);
    if OFFICE.is_match(&piece) && !TOGETHER.is_match(&fold(&prose.sentence)) && !title.contains("本级") {
        return false;
    }
    match (said_level(prose), level(&title)) {
        (Some(said), Some(printed)) => said == printed,
        (None, Some(_)) => false,
        (Some(_), None) => !levels,
        (None, None) => true,
    }
}

/// Whether both may be of one budget: what the words name, the table, the column or the row must be of.
pub(crate) fn same_budget(prose: &ProseFigure, statement: &Statement, fact: &Fact) -> bool {
    // 政府性基金支出A，用于养老服务B、儿童福利C: all of the sentence is of the fund.
    let apart = |found: &Budget| matches!(found, Budget::GovernmentFund | Budget::StateCapital | Budget::Insurance);
    let said = budget(&fold(&prose.subject))
        .or_else(|| budget(&piece(prose)))
        .or_else(|| budget(&fold(&prose.sentence)).filter(apart))
        .or_else(|| budget(&fold(&prose.section)));
    let Some(said) = said else { return true };
    let named = || budget(&fold(&format!("{}{}", fact.row_path, fact.column_path)));
    let printed = of_fund(fact.fund).or_else(|| of_table(statement.table_type)).or_else(named);
    let printed = printed.or_else(|| budget(&fold(&statement.title)));
    match (said, printed) {
        (Budget::Treasury, Some(Budget::General)) => true,
        (said, printed) => printed == Some(said),
    }
}

/// The sentence from the amount before up to this one.
pub(crate) fn piece(prose: &ProseFigure) -> String {
    let before = prose.sentence.split(prose.value_text.as_str()).next().unwrap_or_default();
    let own = before.rsplit(['元', ';', '；', '。']).next().unwrap_or(before);
    fold(own)
}

/// The level that a text names; nothing where it names both.
fn level(text: &str) -> Option<Level> {
    match (WHOLE.is_match(text), OWN.is_match(text) && !TOGETHER.is_match(text)) {
        (true, false) => Some(Level::Whole),
        (false, true) => Some(Level::Own),
        _ => None,
    }
}

/// The budget that a text names; nothing where it names several.
fn budget(text: &str) -> Option<Budget> {
    let words: [(&[&str], Budget); 5] = [
        (&["一般公共预算", "一般预算"], Budget::General),
        (&["政府性基金", "基金预算"], Budget::GovernmentFund),
        (&["国有资本经营"], Budget::StateCapital),
        (&["社会保险基金", "社保基金"], Budget::Insurance),
        (&["财政专户"], Budget::Account),
    ];
    let mut named = words.iter().filter(|(words, _)| has_any(text, words)).map(|(_, budget)| *budget);
    match (named.next(), named.next()) {
        (Some(one), None) => Some(one),
        (None, _) if text.contains("财政拨款") => Some(Budget::Treasury),
        _ => None,
    }
}

fn of_fund(fund: Option<Fund>) -> Option<Budget> {
    match fund? {
        Fund::GeneralPublic | Fund::GeneralPublicAppropriation => Some(Budget::General),
        Fund::GovernmentFund => Some(Budget::GovernmentFund),
        Fund::StateCapital => Some(Budget::StateCapital),
        Fund::SpecialAccount => Some(Budget::Account),
        Fund::FiscalAppropriation => Some(Budget::Treasury),
        _ => None,
    }
}

fn of_table(kind: TableType) -> Option<Budget> {
    match kind {
        TableType::GeneralPublicExpenditure
        | TableType::GeneralPublicBasicExpenditure
        | TableType::GeneralPublicBasicDetail
        | TableType::GeneralPublicProjectExpenditure
        | TableType::GovernmentRevenue
        | TableType::ThreePublic
        | TableType::OperatingExpenses => Some(Budget::General),
        TableType::GovernmentFundExpenditure
        | TableType::GovernmentFundThreePublic
        | TableType::GovernmentFundRevenue
        | TableType::GovernmentFundBalance => Some(Budget::GovernmentFund),
        TableType::StateCapitalExpenditure | TableType::StateCapitalRevenue => Some(Budget::StateCapital),
        TableType::SocialInsuranceFund => Some(Budget::Insurance),
        TableType::FiscalAppropriationSummary | TableType::FiscalAppropriationExpenditure => Some(Budget::Treasury),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{fact, said, statement};

    fn prose(sentence: &str, value: &str, section: &str) -> ProseFigure {
        let mut one = said("教育支出", "current", value, "");
        sentence.clone_into(&mut one.sentence);
        section.clone_into(&mut one.section);
        one
    }

    #[test]
    fn levels_are_told_apart_where_the_tables_tell_them() {
        let agree = |sentence: &str, section: &str, title: &str, levels: bool| {
            let mut table = statement(TableType::GeneralPublicExpenditure, Vec::new());
            title.clone_into(&mut table.title);
            same_bodies(&prose(sentence, "12.50", section), &table, levels)
        };
        assert!(agree("全市教育支出12.50亿元。", "", "2025年全市一般公共预算支出表", true));
        assert!(!agree("全市教育支出12.50亿元。", "", "2025年市本级一般公共预算支出表", true));
        assert!(!agree("教育支出12.50亿元。", "", "2025年市本级一般公共预算支出表", true), "which level nobody says");
        assert!(agree("教育支出12.50亿元。", "（二）市级支出", "2025年市本级一般公共预算支出表", true));
        assert!(!agree("全市支出30亿元，市本级教育支出12.50亿元。", "", "全市一般公共预算支出表", true));
        assert!(agree("教育支出12.50万元。", "", "一般公共预算支出表", false));
        assert!(!agree("局本级教育支出12.50万元。", "", "一般公共预算支出表", false), "the office alone");
        assert!(!agree("所属单位教育支出12.50万元。", "", "一般公共预算支出表", false));
        assert!(agree("包括局本级及所属单位，教育支出12.50万元。", "", "一般公共预算支出表", false));
    }

    #[test]
    fn parts_in_brackets_are_of_what_stands_before_them() {
        let part = |owner: &str| {
            let sentence = format!("{owner}3.74万元（其中基本支出2.59万元）。");
            let mut before = said(owner, "current", "3.74", "");
            before.sentence.clone_from(&sentence);
            is_part_of_another(&prose(&sentence, "2.59", ""), Some(&before))
        };
        assert!(part("会议费支出"));
        assert!(part("教育支出"));
        assert!(!part("支出总计"));
        assert!(!part("一般公共预算支出"));
    }

    #[test]
    fn budgets_are_told_by_words_and_by_tables() {
        let agree = |sentence: &str, section: &str, kind: TableType| {
            same_budget(&prose(sentence, "12.50", section), &statement(kind, Vec::new()), &fact(3, 2, "合计", "12.50"))
        };
        let general = TableType::GeneralPublicExpenditure;
        assert!(agree("教育支出12.50万元。", "", TableType::ExpenditureSummary));
        assert!(!agree("政府性基金教育支出12.50万元。", "", general));
        assert!(!agree("本年支出12.50万元。", "八、政府性基金预算支出说明", TableType::ExpenditureSummary));
        assert!(agree("一般公共预算教育支出12.50万元。", "", general));
        assert!(agree("财政拨款教育支出12.50万元。", "", general));
    }
}
