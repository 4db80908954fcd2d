//! What a table is, from its title and its header together: titles are copied from other tables and forgotten, headers
//! are shared by many tables, both together decide.

use crate::model::rule::Rule;
use crate::model::vocabulary::TableType as T;
use crate::reading::fold::{fold, has_any, pattern};
use crate::reading::listed::REVENUE;
use crate::reading::title::strip_brackets;
use crate::reading::words::{DEPARTMENT_FORM, OTHER_TABLES};
use regex::Regex;

// 全市预算收支, 市本级收支: the budget of a level of government.
pattern!(GOVERNMENT_LEVEL, "全[省市州县区旗]|[省市州县区旗]本?级");
pattern!(AFTER_YEAR, "^.*20[0-9]{2}年度?(.*表.*)$");
// 2024年政府性基金收入执行及2025年预算表: what is told of stands before the second year.
pattern!(AFTER_FIRST_YEAR, "^.*?20[0-9]{2}年度?(.*表.*)$");
pattern!(STAGE_ALONE, "^(?:预算|决算|草案|执行|预计|安排|情况|数|表)+$");
// 各县区收入, 分地区: of the places inside the own one.
pattern!(PLACES, "[各分](?:地区|[县区市州旗])|[县区市]{2}");

/// What the classifier looks at, all folded.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    /// Title without white space, year and quotes; brackets kept.
    pub(crate) title: String,
    /// All header texts joined by `/`, each column's path once.
    pub(crate) header: String,
    /// Texts of the first column's cells and of the first rows, joined: forms have no header.
    pub(crate) body: String,
    /// Whether 收入 and 支出 stand side by side.
    pub(crate) two_sided: bool,
    /// Whether any column holds economic codes.
    pub(crate) economic: bool,
    /// Number of columns.
    pub(crate) cols: usize,
}

/// Normalizes a title for the rules below: 情况表 says nothing, 收入支出 is 收支.
///
/// What stands before the year is whose table it is; a department's name (国有资产监督管理委员会, 政府采购中心) must not
/// decide what its table is.
pub(crate) fn title_key(title: &str) -> String {
    let folded = fold(title);
    let behind =
        |pattern: &Regex| pattern.captures(&folded).and_then(|c| c.get(1)).map_or(folded.as_str(), |m| m.as_str());
    let own = Some(behind(&AFTER_YEAR)).filter(|own| !STAGE_ALONE.is_match(&own.replace(['(', ')'], "")));
    let own = own.unwrap_or_else(|| behind(&AFTER_FIRST_YEAR));
    own.replace("收入、支出", "收支")
        .replace("收入支出", "收支")
        .replace("收入和支出", "收支")
        .replace("公共财政预算", "一般公共预算")
        .replace("公共预算财政拨款", "公共预算")
        .replace("基金预算财政拨款", "基金预算")
        .replace("经营预算财政拨款", "经营预算")
}

/// Decides what the table is.
pub(crate) fn classify(evidence: &Evidence) -> T {
    let by_title = by_title(evidence);
    let by_header = by_header(evidence);
    match (by_title, by_header) {
        (Some(title), Some(header)) if contradicts(title, header) => header,
        (Some(title), _) => title,
        (None, Some(header)) => header,
        (None, None) => T::Other,
    }
}

/// Headers that one kind of table alone has; a title that says otherwise was left over from another table.
fn contradicts(title: T, header: T) -> bool {
    let performance =
        |t: T| matches!(t, T::DepartmentPerformance | T::ProjectPerformance | T::ProjectPerformanceSummary);
    let three = |t: T| matches!(t, T::ThreePublic | T::GovernmentFundThreePublic);
    match header {
        T::ThreePublic => !three(title) && !matches!(title, T::OperatingExpenses | T::Other) && !performance(title),
        T::RevenueExpenditureSummary | T::FiscalAppropriationSummary => {
            matches!(title, T::RevenueSummary | T::ExpenditureSummary | T::AgencyList | T::TableOfContents)
        }
        _ if performance(header) => {
            matches!(title, T::ProjectExpenditure | T::GeneralPublicProjectExpenditure) && !header_has_money(header)
        }
        _ => false,
    }
}

/// A roll-up of projects with their goals may be called 项目支出表; a pure form may not.
fn header_has_money(header: T) -> bool {
    header == T::ProjectPerformanceSummary
}

fn by_title(e: &Evidence) -> Option<T> {
    let title = e.title.as_str();
    if title.is_empty() {
        return None;
    }
    let has = |words: &[&str]| has_any(title, words);
    // 专项资金管理清单目录 with a column of amounts lists money, not tables.
    if has(&["目录"]) && !has_any(&e.header, &["金额", "资金总额", "合计", "预算数"]) {
        return Some(T::TableOfContents);
    }
    if has(&["绩效"]) {
        return Some(performance(e));
    }
    if has(&["三公"]) {
        // 财政拨款（含一般公共预算和政府性基金预算）“三公”经费: all that the treasury pays.
        let fund_alone = has(&["政府性基金"]) && !has(&["一般公共", "公共预算"]);
        return Some(if fund_alone { T::GovernmentFundThreePublic } else { T::ThreePublic });
    }
    if has(&["采购"]) {
        return Some(T::GovernmentProcurement);
    }
    if has(&["运行经费", "机关运转经费"]) {
        return Some(T::OperatingExpenses);
    }
    if has(&["构成", "单位名单", "单位名录", "单位一览", "单位范围", "预算单位表", "单位情况表"])
        && !has(&["支出", "收入", "收支"])
    {
        return Some(T::AgencyList);
    }
    if let Some(kind) = by_government(e) {
        return Some(kind);
    }
    // 支出明细表（不含上级专项转移支付资金）: a bracket behind the name says what is left out, not what the table is.
    if OTHER_TABLES.is_in(&strip_brackets(title)) && !has(&["项目支出"]) {
        return Some(T::Other);
    }
    by_fund(e)
}

/// Tables that a whole government publishes. What a bracket behind the name leaves out is not what the table is.
fn by_government(e: &Evidence) -> Option<T> {
    let bare = strip_brackets(&e.title);
    let has = |words: &[&str]| has_any(&bare, words);
    if has(&["购买服务"]) {
        return Some(T::ServicePurchase);
    }
    // 社会保险基金 and each of its kinds: 城乡居民基本养老保险基金, 失业保险基金.
    if has(&["保险基金"]) {
        return Some(T::SocialInsuranceFund);
    }
    if has(&["政府债务", "政府一般债务", "政府专项债务", "债务限额", "债务余额", "政府债券", "专项债券", "一般债券"])
    {
        return Some(T::GovernmentDebt);
    }
    if has(&["转移支付", "税收返还"]) && !has(&["绩效"]) {
        return Some(T::TransferPayments);
    }
    // 政府投资重点项目安排表, 重点建设项目投资计划表.
    let invests = has(&["投资"]) && has(&["政府", "重点", "重大", "建设"]) && has(&["计划", "项目"]);
    if invests && !has(&["绩效"]) || has(&["重大项目计划", "重大投资"]) {
        return Some(T::MajorProject);
    }
    by_balance(e, &bare)
}

/// Income and balances of the three budgets of a government.
fn by_balance(e: &Evidence, bare: &str) -> Option<T> {
    let has = |words: &[&str]| has_any(bare, words);
    let (general, fund) = (has(&["一般公共", "公共预算"]), has(&["政府性基金"]));
    let income = has(&["收入"]) && !has(&["支出", "收支"]);
    // 收支平衡表: what a government balances; a department's 收支总表 says so in no words.
    let taxed = || holds_income(e, &["101"]);
    let balance = has(&["平衡"])
        || has(&["收支"]) && !has(&["部门", "单位"]) && (GOVERNMENT_LEVEL.is_match(bare) || general && taxed());
    // 政府性基金收支表, 国有资本经营收支表: with the items of a government's income, where a department has its own.
    let both = has(&["收支"]);
    if fund && !general {
        let balance = balance || both && holds_income(e, &["10301"]);
        return if income { Some(T::GovernmentFundRevenue) } else { balance.then_some(T::GovernmentFundBalance) };
    }
    if has(&["国有资本"]) && !general {
        let income = income || both && holds_income(e, &["10306"]);
        return income.then_some(T::StateCapitalRevenue);
    }
    if balance {
        return Some(T::GovernmentBalance);
    }
    // Taxes are a government's income; no department has them. What a department collects may be called 非税收入.
    let taxes =
        e.body.split('|').any(|text| text.ends_with("增值税") || text.ends_with("税收收入") && !text.contains("非税"));
    // 分县（市、区）收入完成情况表: only a government tells its income by places.
    let places = (general || has(&["完成情况", "执行情况"])) && PLACES.is_match(bare);
    (income && (taxes || places) && !has(&["财政拨款"])).then_some(T::GovernmentRevenue)
}

/// Whether a row is an item of income below one of these codes.
fn holds_income(e: &Evidence, classes: &[&str]) -> bool {
    let below = |text: &str| REVENUE.code(text, classes, None).is_some_and(|code| code.len() > classes[0].len());
    e.body.split('|').any(below)
}

/// Titles that name a budget: 政府性基金, 国有资本经营, 一般公共预算, 财政拨款.
fn by_fund(e: &Evidence) -> Option<T> {
    let title = e.title.as_str();
    let has = |words: &[&str]| has_any(title, words);
    let general = has(&["一般公共", "公共预算"]);
    if !general && has(&["政府性基金"]) && !has(&["国有资本"]) {
        return Some(if has(&["支"]) || !has(&["收入"]) { T::GovernmentFundExpenditure } else { T::Other });
    }
    if !general && has(&["国有资本"]) && !has(&["政府性基金"]) {
        return Some(if has(&["支"]) || !has(&["收入"]) { T::StateCapitalExpenditure } else { T::Other });
    }
    // 一般公共预算、政府性基金预算、国有资本经营预算…: all three are what the treasury pays.
    if has(&["政府性基金"]) && has(&["国有资本"]) && has(&["支出"]) && !has(&["收支", "收入"]) {
        return Some(T::FiscalAppropriationExpenditure);
    }
    if has(&["财政专户"]) {
        return Some(T::Other);
    }
    if has(&["基本支出", "人员经费", "公用经费"]) && !has(&["项目支出"]) {
        return Some(basic(e, general));
    }
    if has(&["项目支出", "专项业务", "专项资金", "项目经费", "项目预算", "项目明细", "专项支出"]) && !has(&["基本支出"])
    {
        return Some(if general { T::GeneralPublicProjectExpenditure } else { T::ProjectExpenditure });
    }
    // Tables of one economic class: 工资福利支出预算表, 商品和服务支出表.
    if has(&["工资福利支出", "商品和服务支出", "对个人和家庭的补助"]) {
        return Some(T::GeneralPublicBasicDetail);
    }
    by_direction(e, general)
}

fn basic(e: &Evidence, general: bool) -> T {
    let title = e.title.as_str();
    // 明细 in a final account is the plain list by economic code; in a budget it is the list by pay item and project.
    let by_project = has_any(&e.header, &["项目名称", "类型", "项目单位"]);
    if by_project || title.contains("明细") && !title.contains("决算") {
        return T::GeneralPublicBasicDetail;
    }
    if !general && title.contains("财政拨款") {
        return T::FiscalAppropriationExpenditure;
    }
    T::GeneralPublicBasicExpenditure
}

/// Titles that name only a direction: 收支, 收入, 支出.
fn by_direction(e: &Evidence, general: bool) -> Option<T> {
    let title = e.title.as_str();
    let has = |words: &[&str]| has_any(title, words);
    let fiscal = has(&["财政拨款"]);
    if has(&["收支"]) {
        // 一般公共预算财政拨款收入支出决算表: codes down the side, 本年收入 and 本年支出 across, is the list by function.
        let by_code = has_any(&e.header, &["科目编码", "科目代码", "功能分类", "类/款"]);
        if general && by_code && !e.two_sided {
            return Some(T::GeneralPublicExpenditure);
        }
        // 财务收支总表 is the whole; 财政拨款收支, 一般公共预算收支 are what the treasury pays.
        return Some(if fiscal || general { T::FiscalAppropriationSummary } else { T::RevenueExpenditureSummary });
    }
    let bare = strip_brackets(title);
    if bare.contains("收入") && !bare.contains("支出") {
        return Some(if general || fiscal { T::Other } else { T::RevenueSummary });
    }
    if !has(&["支出", "预算总表", "经济分类"]) {
        return None;
    }
    if general {
        return Some(T::GeneralPublicExpenditure);
    }
    if fiscal {
        return Some(T::FiscalAppropriationExpenditure);
    }
    if has(&["经济分类", "经济科目"]) {
        return Some(T::EconomicClassificationSummary);
    }
    Some(T::ExpenditureSummary)
}

/// Performance tables: the department's own form, one project's form, the roll-up of projects.
fn performance(e: &Evidence) -> T {
    let title = e.title.as_str();
    if title.contains("整体") {
        return T::DepartmentPerformance;
    }
    if title.contains("汇总") || is_roll_up(&e.header) {
        return T::ProjectPerformanceSummary;
    }
    if has_any(title, &["项目", "专项"]) {
        return T::ProjectPerformance;
    }
    if is_department_form(&e.body) { T::DepartmentPerformance } else { T::ProjectPerformance }
}

/// A list of projects has a column for their names beside those for goals or indicators. 项目名称 over 一级指标 in one column is
/// a form's field above its list.
fn is_roll_up(header: &str) -> bool {
    let named = |column: &str| {
        has_any(column, &["项目名称", "项目编码", "项目代码", "专项名称"])
            && !has_any(column, &["一级", "二级", "三级", "指标值"])
    };
    header.split('|').any(named) && has_any(header, &["三级指标", "指标值", "绩效目标", "年度目标", "绩效指标"])
}

fn is_department_form(body: &str) -> bool {
    DEPARTMENT_FORM.is_in(body) && !has_any(body, &["项目名称", "专项名称", "专项资金名称", "项目概况"])
}

fn by_header(e: &Evidence) -> Option<T> {
    let header = e.header.as_str();
    let has = |words: &[&str]| has_any(header, words);
    if has(&["因公出国"]) && has(&["接待"]) {
        return Some(T::ThreePublic);
    }
    if is_roll_up(header) {
        return Some(T::ProjectPerformanceSummary);
    }
    if has_any(&e.body, &["三级指标"]) && has_any(&e.body, &["一级指标", "绩效指标", "二级指标"]) {
        return Some(if is_department_form(&e.body) { T::DepartmentPerformance } else { T::ProjectPerformance });
    }
    if e.two_sided {
        let budgets = has(&["政府性基金"]) && has(&["国有资本"]);
        return Some(if budgets || has(&["财政拨款收入", "财政拨款支出"]) {
            T::FiscalAppropriationSummary
        } else {
            T::RevenueExpenditureSummary
        });
    }
    // 目 and 录 with white space between them come as two cells.
    if has(&["页码", "工作表名", "表名"]) || e.body.starts_with("目|录|") {
        return Some(T::TableOfContents);
    }
    if has(&["采购"]) && has(&["品目", "货物", "采购项目", "数量"]) {
        return Some(T::GovernmentProcurement);
    }
    by_columns(e)
}

/// Tables that only their columns tell apart.
fn by_columns(e: &Evidence) -> Option<T> {
    let header = e.header.as_str();
    let has = |words: &[&str]| has_any(header, words);
    let coded = has(&["科目编码", "科目代码", "功能分类", "功能科目", "类/款", "科目名称"]);
    if has(&["运行经费"]) {
        return Some(T::OperatingExpenses);
    }
    if has(&["政府性基金预算支出", "政府性基金支出"]) && coded {
        return Some(T::GovernmentFundExpenditure);
    }
    if has(&["国有资本经营预算支出", "国有资本经营支出"]) && coded {
        return Some(T::StateCapitalExpenditure);
    }
    if has(&["一般公共预算基本支出"]) || e.economic && has(&["人员经费"]) && has(&["公用经费"]) {
        return Some(T::GeneralPublicBasicExpenditure);
    }
    if has(&["一般公共预算支出", "一般公共预算财政拨款支出"]) && coded {
        return Some(T::GeneralPublicExpenditure);
    }
    if has(&["项目名称"]) && has(&["项目单位", "项目类型", "类型", "本年拨款", "项目类别"]) {
        return Some(T::ProjectExpenditure);
    }
    if has(&["事业收入"]) && has(&["其他收入", "上级补助"]) {
        return Some(T::RevenueSummary);
    }
    if coded && has(&["基本支出"]) && has(&["项目支出"]) {
        return Some(T::ExpenditureSummary);
    }
    if has(&["单位名称", "单位构成"]) && e.cols <= 4 && !has(&["金额", "合计", "预算数", "支出", "收入"])
    {
        return Some(T::AgencyList);
    }
    None
}

/// The rules of this module.
pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "T01",
        title: "Title and header together",
        text: "the title decides, except where the header is one that a single kind of table has (三公 items, income and spending side by side, indicators)",
        source: "titles are copied from other tables; contents and headings differ within one file",
    },
    Rule {
        id: "T02",
        title: "Three budgets",
        text: "财政拨款 without 一般公共预算 in the title means all three budgets",
        source: "《预算法》第五条",
    },
    Rule {
        id: "T03",
        title: "Whose table",
        text: "what stands before the year is a body's name and decides nothing",
        source: "国有资产监督管理委员会 publishes no 国有资本 table by that",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn income_and_spending_of_a_government_in_one_table() {
        let with = |title: &str, body: &str| {
            let evidence = Evidence { title: title_key(title), body: body.to_owned(), ..Evidence::default() };
            classify(&evidence)
        };
        let land = "项目|一、国有土地使用权出让收入|城乡社区支出";
        assert_eq!(with("2024年某市政府性基金收支决算表", land), T::GovernmentFundBalance);
        assert_eq!(with("政府性基金预算收入支出决算表", "合计|城乡社区支出"), T::GovernmentFundExpenditure);
        assert_eq!(with("2025年国有资本经营预算收支表", "利润收入|资本金注入"), T::StateCapitalRevenue);
        assert_eq!(with("国有资本经营预算财政拨款收支表", "合计"), T::StateCapitalExpenditure);
        assert_eq!(with("2025年上半年各县区一般公共预算收入完成情况表", "某某区"), T::GovernmentRevenue);
        assert_eq!(with("2024年全州政府性基金收入执行及2025年预算表", ""), T::GovernmentFundRevenue);
    }

    fn by(title: &str) -> T {
        classify(&Evidence { title: title_key(title), ..Evidence::default() })
    }

    #[test]
    fn titles_of_many_regions() {
        let cases = [
            ("2024年部门收支总体情况表", T::RevenueExpenditureSummary),
            ("收入支出决算总表", T::RevenueExpenditureSummary),
            ("2025年部门财务收支预算总表", T::RevenueExpenditureSummary),
            ("部门收支总表", T::RevenueExpenditureSummary),
            ("收入决算表", T::RevenueSummary),
            ("部门收入总体情况表", T::RevenueSummary),
            ("支出预算总表", T::ExpenditureSummary),
            ("支出决算表", T::ExpenditureSummary),
            ("财政拨款收入支出决算总表", T::FiscalAppropriationSummary),
            ("财政拨款收支总体情况表", T::FiscalAppropriationSummary),
            ("财政拨款支出预算表（部门经济分类科目）", T::FiscalAppropriationExpenditure),
            ("财政拨款基本支出预算表", T::FiscalAppropriationExpenditure),
            ("一般公共预算财政拨款支出决算表", T::GeneralPublicExpenditure),
            ("一般公共预算支出预算表（功能科目）", T::GeneralPublicExpenditure),
            ("一般公共预算财政拨款基本支出决算明细表", T::GeneralPublicBasicExpenditure),
            ("一般公共预算基本支出明细表", T::GeneralPublicBasicDetail),
            ("一般公共预算项目支出预算表", T::GeneralPublicProjectExpenditure),
            ("支出经济分类汇总表", T::EconomicClassificationSummary),
            ("财政拨款“三公”经费支出决算表", T::ThreePublic),
            ("“三公”经费和机关运行经费预算表", T::ThreePublic),
            ("政府性基金预算“三公”经费支出预算表", T::GovernmentFundThreePublic),
            ("财政拨款（含一般公共预算和政府性基金预算）“三公”经费支出表", T::ThreePublic),
            ("一般公共预算支出明细表（按功能分类科目-不含上级专项转移支付资金）", T::GeneralPublicExpenditure),
            ("税收返还和转移支付表", T::TransferPayments),
            ("2023年市本级一般公共预算专项转移支付决算表", T::TransferPayments),
            ("2023年地方政府债务限额及余额决算情况表", T::GovernmentDebt),
            ("地方政府一般债券发行及还本付息情况表", T::GovernmentDebt),
            ("2024年社会保险基金收支结余表", T::SocialInsuranceFund),
            ("2024年政府性基金预算收入草案表（代编）", T::GovernmentFundRevenue),
            ("2024年市级政府性基金收支平衡表", T::GovernmentFundBalance),
            ("2024年国有资本经营预算收入表", T::StateCapitalRevenue),
            ("2024年市本级一般公共预算收支平衡表", T::GovernmentBalance),
            ("全市预算收支决算情况表", T::GovernmentBalance),
            ("2024年市级部门收支预算总表", T::RevenueExpenditureSummary),
            ("2024年重大政府投资计划表", T::MajorProject),
            ("2026年某区政府投资重点项目安排表", T::MajorProject),
            ("2025年上半年某市分县（市、区）收入完成情况表", T::GovernmentRevenue),
            ("2024年政府购买服务表", T::ServicePurchase),
            ("政府性基金预算财政拨款收入支出决算表", T::GovernmentFundExpenditure),
            ("国有资本经营预算支出表", T::StateCapitalExpenditure),
            ("项目支出明细表", T::ProjectExpenditure),
            ("机关（机构）运行经费", T::OperatingExpenses),
            ("政府采购预算明细表", T::GovernmentProcurement),
            ("部门整体支出绩效目标表", T::DepartmentPerformance),
            ("项目绩效目标汇总表", T::ProjectPerformanceSummary),
            ("一般项目绩效目标表", T::ProjectPerformance),
            ("部门预算单位构成", T::AgencyList),
            ("部门预算公开表（目录）", T::TableOfContents),
            ("国有资产占用情况表", T::Other),
            ("某市国有资产监督管理委员会2024年度收入支出决算总表", T::RevenueExpenditureSummary),
        ];
        for (title, expected) in cases {
            assert_eq!(by(title), expected, "{title}");
        }
    }

    #[test]
    fn the_header_tells_lists_by_function_and_lists_of_money() {
        let with = |title: &str, header: &str| {
            classify(&Evidence { title: title_key(title), header: header.to_owned(), ..Evidence::default() })
        };
        let title = "一般公共预算财政拨款收入支出决算表";
        assert_eq!(with(title, "科目编码|科目名称|本年收入/合计|本年支出/合计"), T::GeneralPublicExpenditure);
        assert_eq!(with(title, ""), T::FiscalAppropriationSummary);
        assert_eq!(with("部门专项资金管理清单目录", "序号|专项资金名称|资金总额"), T::ProjectExpenditure);
        assert_eq!(with("部门预算公开表目录", "序号|表名"), T::TableOfContents);
    }

    #[test]
    fn a_header_of_its_own_overrules_a_title_left_over() {
        let evidence = Evidence {
            title: title_key("一般公共预算支出表"),
            header: "合计/因公出国(境)费/公务接待费".to_owned(),
            ..Evidence::default()
        };
        assert_eq!(classify(&evidence), T::ThreePublic);
    }
}
