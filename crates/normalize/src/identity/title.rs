//! The grammar of disclosure titles: who, which year, what kind.
//!
//! 三门峡市科学技术协会2024年度部门预算公开 · 2024年度三门峡市科学技术协会预算公开 · 上海市普陀区2025年区级部门预算 ·
//! 第一部分 某某局概况 · 部门：某某局.

use crate::model::vocabulary::{DocumentKind, EntityScope};
use crate::reading::words::{BEHIND_NAMES, BODY_ENDS, GOVERNMENT_WORDS, NO_NAMES, PLACEHOLDERS};
use crate::reading::{region, year};
use regex::Regex;
use std::sync::LazyLock;

/// What a title says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Title {
    /// The body or the place named, as printed; empty when none is.
    pub(crate) who: String,
    /// Fiscal year.
    pub(crate) year: Option<i32>,
    /// Kind, where the words say it.
    pub(crate) kind: Option<DocumentKind>,
    /// 单位 or 部门, where the words say it.
    pub(crate) scope: Option<EntityScope>,
}

/// A labelled name: 部门名称：市科学技术协会.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Labelled {
    /// The name printed after the label.
    pub(crate) name: String,
    /// Whether the label means the superior department (主管部门), not the body itself.
    pub(crate) superior: bool,
}

static NUMBERING: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?:附件?[一二三四五六七八九十\d]*[:：.、]?|第[一二三四五六七八九十]+部分[:：、]?|[一二三四五六七八九十]+、|\d{1,2}[.、．]|表[一二三四五六七八九十\d]+[:：.、]?|关于|目录)",
    )
});
static LEADER: LazyLock<Regex> = LazyLock::new(|| regex(r"[.…·．。]{2,}\d*$"));
/// Where the name ends and the title's own words begin.
static SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:(?:区|县|市|省|镇|乡|州|本)级|汇总|全口径)?(?:[（(]?(?:部门|单位)[）)]?(?:[（(]单位[）)])?|预算单位|财政|政府)?(?:收支|综合|整体|项目|财务|年初|收入|支出|一般|公共|政府性|社会保险|基金|国有资本|经营|地方政府|重点|公开)*(?:预算|决算|债务|债券|转移支付|税收返还|绩效|概况|基本情况|收支总|收入总|支出总|收入支出|财政拨款|财务收支)",
    )
});
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?P<label>(?:预算)?主管部门|业务主管部门|主管单位|(?:部门|单位)(?:[（(](?:单位|部门)[）)])?(?:名称|全称)?|预算(?:部门|单位)(?:名称)?|(?:编制|编报|填报|公开|填表|申报|项目)(?:部门|单位)(?:名称)?|机构名称)(?:[（(][^（()）]{0,8}[）)])?[:：](?P<name>.+)$",
    )
});
/// 县对乡镇, 市对区县: from one level of government to the next, no name.
static DOWNWARDS: LazyLock<Regex> = LazyLock::new(|| {
    regex("[省市州盟县区旗](?:本级|级)?对(?:下|乡|镇|县|市|区|旗|州|各|街道|园区|开发区|省直|所属|地方|基层)")
});
static CODE_BEFORE: LazyLock<Regex> = LazyLock::new(|| regex(r"^[\[【(（]?\d{3,12}[\]】)）]?[-_—－:：]?"));
// 2025年上半年某市一般公共预算收入执行情况表, 某县2025年1-6月预算执行情况.
static PART_OF_YEAR: LazyLock<Regex> =
    LazyLock::new(|| regex("[上下]半年|[前第]?[一二三四1-4]季度|(?:[0-9]{1,2}[-—~至到])?[0-9]{1,2}月份?|截至"));
static LABEL_END: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:金额)?单位[:：]|金额[:：]|[（(](?:盖章|公章|签章)[）)]|(?:填报|编制|制表|填表)?(?:日期|时间|人)[:：]|20\d{2}年|公开\d+表|预算\d+表|预算年度|年度[:：]",
    )
});

/// A regular expression written in this file.
fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant covered by the tests")
}

/// Reads a folded line as a title; `None` for sentences and lines without a title's words.
pub(crate) fn parse(line: &str) -> Option<Title> {
    if line.chars().count() > 70 || line.contains(['。', '，', '；', ',']) {
        return None;
    }
    let line = LEADER.replace(line, "");
    let bare = strip_numbering(&line);
    let words = SUBJECT.find(bare)?;
    let start = name_end(bare, words.start());
    let before = bare.get(..start)?;
    let after = bare.get(start..)?;
    let who = clean_name(&PART_OF_YEAR.replace(&year::without_fiscal(before), ""));
    let named = |who: &String| is_body(who) || whole_region(who);
    // 某州2024年全州和州本级预算执行情况与2025年…草案: the place stands before the year, and what is told behind it.
    let place = || before.split_once("20").map(|(place, _)| clean_name(place)).filter(|place| whole_region(place));
    let who = Some(who).filter(named).or_else(place).unwrap_or_default();
    Some(Title { who, year: year::of_title(bare), kind: kind_in(after), scope: scope_in(after) })
}

/// 政府预算 is a whole government's, but in 某镇人民政府预算 the word belongs to the name.
fn name_end(title: &str, at: usize) -> usize {
    let (before, after) = title.split_at_checked(at).unwrap_or((title, ""));
    if before.ends_with("人民") && after.starts_with("政府") { at + "政府".len() } else { at }
}

/// Drops list numbers, 附件, 第一部分 … from the start.
fn strip_numbering(line: &str) -> &str {
    let mut rest = line;
    while let Some(found) = NUMBERING.find(rest).filter(|m| m.end() > 0 && m.end() < rest.len()) {
        rest = rest.get(found.end()..).unwrap_or("");
    }
    rest
}

/// Which kind of document the title's own words name. 决算 is looked for first: a final account's titles name the budgets
/// (一般公共预算) too, a budget's never name 决算. A government's own papers are 政府预算, 预算草案, 预算执行情况.
pub(crate) fn kind_in(words: &str) -> Option<DocumentKind> {
    let government = GOVERNMENT_WORDS.is_in(words) && !words.contains("部门");
    if government {
        let last = words.contains("决算") && !words.contains("草案");
        return Some(if last { DocumentKind::GovernmentFinalAccounts } else { DocumentKind::GovernmentBudget });
    }
    if words.contains("决算") {
        return Some(DocumentKind::FinalAccounts);
    }
    let budget_first = ["部门预算", "单位预算"].iter().any(|w| words.find(w).is_some_and(|at| at == 0))
        && ["公开", "及", "和", "、", "与"].iter().any(|w| words.contains(w));
    if words.contains("绩效") && !budget_first {
        return Some(DocumentKind::Performance);
    }
    words.contains("预算").then_some(DocumentKind::Budget)
}

/// 单位预算 and 单位决算 speak of one unit, 部门预算 and 部门决算 of the whole department.
fn scope_in(words: &str) -> Option<EntityScope> {
    let unit = ["单位预算", "单位决算", "单位综合预算", "预算单位财务"].iter().any(|w| words.contains(w));
    let department = words.contains("部门");
    match (unit, department) {
        (true, false) => Some(EntityScope::Agency),
        (_, true) => Some(EntityScope::Department),
        _ => None,
    }
}

/// Reads a folded text as label and name.
pub(crate) fn labelled(text: &str) -> Option<Labelled> {
    let found = LABEL.captures(text)?;
    let label = found.name("label")?.as_str();
    let name = found.name("name")?.as_str();
    let end = LABEL_END.find(name).map_or(name.len(), |m| m.start());
    let name = clean_name(name.get(..end)?);
    let plausible =
        (2..=40).contains(&name.chars().count()) && !is_currency(&name) && !name.contains(['。', '，', '：', ':']);
    plausible.then(|| Labelled { name, superior: label.contains("主管") })
}

/// 单位：万元 declares money, not a body.
fn is_currency(name: &str) -> bool {
    let core = name.trim_start_matches("人民币");
    ["元", "千元", "万元", "百万元", "亿元"].iter().any(|u| core.starts_with(u)) || core.starts_with("万")
}

/// Drops codes before and the words 部门, （盖章）, … after a body's name.
pub(crate) fn clean_name(text: &str) -> String {
    let text = CODE_BEFORE.replace(text.trim_matches(['《', '》', ':', '：', '_', '-', '—', '、', '“', '”', '*']), "");
    let mut name: &str = &text;
    while let Some(shorter) = BEHIND_NAMES.strip_end(name) {
        name = shorter;
    }
    match name.strip_suffix("部门") {
        Some(shorter) if is_body(shorter) => shorter.to_owned(),
        _ => name.to_owned(),
    }
}

/// Whether a text reads like the name of a body: nothing but name characters, and it ends as bodies' names end.
pub(crate) fn is_body(name: &str) -> bool {
    let core = name.trim_end_matches(['）', ')']);
    let core =
        if core.len() == name.len() { name } else { core.rsplit_once(['（', '(']).map_or(name, |(head, _)| head) };
    let count = core.chars().count();
    let clean = !core.contains(['、', '：', ':', '/', '“', '”', '《', '%', '=']) && !core.contains("单位：");
    let generic = PLACEHOLDERS.is_in(core) || NO_NAMES.has(core);
    (3..=40).contains(&count) && clean && !generic && BODY_ENDS.ends(core) && !DOWNWARDS.is_match(core)
}

/// Whether a text is a place name and nothing else.
pub(crate) fn whole_region(name: &str) -> bool {
    region::read_prefix(name).is_some_and(|r| r.length == name.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::fold::fold_letters;

    fn who(line: &str) -> (String, Option<i32>, Option<DocumentKind>) {
        let title = parse(&fold_letters(line)).expect(line);
        (title.who, title.year, title.kind)
    }

    #[test]
    fn titles_name_body_year_and_kind() {
        let budget = Some(DocumentKind::Budget);
        let cases: &[(&str, &str, Option<i32>, Option<DocumentKind>)] = &[
            ("焦作市科学技术协会 2023 年度部门预算", "焦作市科学技术协会", Some(2023), budget),
            ("2024年度三门峡市科学技术协会预算公开", "三门峡市科学技术协会", Some(2024), budget),
            ("上海市普陀区2025年区级部门预算", "上海市普陀区", Some(2025), budget),
            ("附件：焦作市科学技术协会部门2023年度预算表", "焦作市科学技术协会", Some(2023), budget),
            ("第一部分 上海市普陀区规划和自然资源局概况", "上海市普陀区规划和自然资源局", None, None),
            (
                "六盘水市科学技术协会２０２４年预算绩效目标表",
                "六盘水市科学技术协会",
                Some(2024),
                Some(DocumentKind::Performance),
            ),
            ("2024年渝北区部门收支预算总表", "渝北区", Some(2024), budget),
            ("2024年一般公共预算支出情况表", "", Some(2024), budget),
            ("收入支出决算总表", "", None, Some(DocumentKind::FinalAccounts)),
            ("二〇二四年度渑池县教育局部门预算", "渑池县教育局", Some(2024), budget),
            ("汉寿县2025年县对乡镇转移支付分项目预算表", "汉寿县", Some(2025), budget),
            ("2024年渝北区一般公共预算收入预算表", "渝北区", Some(2024), budget),
            ("某某市2023年预算执行情况和2024年预算草案的报告", "", Some(2024), Some(DocumentKind::GovernmentBudget)),
        ];
        for (line, name, year, kind) in cases {
            assert_eq!(who(line), ((*name).to_owned(), *year, *kind), "{line}");
        }
        assert!(parse("按照综合预算的原则，所有收入和支出均纳入部门预算管理。").is_none());
    }

    #[test]
    fn labels_name_bodies_and_never_money() {
        let name = |text: &str| labelled(&fold_letters(text)).map(|l| l.name);
        assert_eq!(name("部门名称：市科学技术协会").as_deref(), Some("市科学技术协会"));
        assert_eq!(name("部 门：江苏省政协办公厅   单位：万元").as_deref(), Some("江苏省政协办公厅"));
        assert_eq!(name("编制单位(盖章): 六盘水市科学技术协会").as_deref(), Some("六盘水市科学技术协会"));
        assert_eq!(name("单位名称：229-凉山州科学技术协会部门").as_deref(), Some("凉山州科学技术协会"));
        assert_eq!(name("单位：万元"), None);
        assert_eq!(name("编制单位："), None);
        assert_eq!(name("金额单位：元"), None);
        assert!(labelled("预算主管部门：某区财政局").expect("a label").superior);
    }

    #[test]
    fn unit_budgets_are_told_from_department_budgets() {
        let scope = |line: &str| parse(&fold_letters(line)).and_then(|t| t.scope);
        assert_eq!(scope("上海市普陀区2026年区级单位预算"), Some(EntityScope::Agency));
        assert_eq!(scope("上海市普陀区2026年区级部门预算"), Some(EntityScope::Department));
        assert_eq!(scope("焦作市财政局2024年预算公开"), None);
    }
}
