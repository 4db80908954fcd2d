//! Where the money comes from, what it is spent as, which year and stage a figure belongs to: said by the column's
//! header and the row's label, never assumed.

use crate::model::rule::Rule;
use crate::model::vocabulary::{ColumnKind, Phase, TableType};
use crate::reading::fold::{ends_in, fold, has_any, pattern};
use crate::reading::{label, unit};

pattern!(YEAR, "20[0-9]{2}");

/// What the rules look at, folded.
#[derive(Debug, Default)]
pub(crate) struct Said {
    /// Header segments, top to bottom.
    pub(crate) segments: Vec<String>,
    /// The row's label.
    pub(crate) label: String,
}

impl Said {
    /// Folds a column's header and a row's label.
    pub(crate) fn new(path: &[String], label: &str) -> Self {
        Self { segments: path.iter().map(|t| unit::strip(&fold(t))).collect(), label: fold(label) }
    }

    fn leaf(&self) -> &str {
        self.segments.last().map_or("", String::as_str)
    }

    fn joined(&self) -> String {
        self.segments.join("/")
    }
}

/// Heads that name a stage or nothing: 合计/决算数 is the 合计 of its pair.
const STAGES: &[&str] = &[
    "预算数",
    "决算数",
    "执行数",
    "年初预算数",
    "全年预算数",
    "调整预算数",
    "年初预算",
    "支出决算",
    "金额",
    "本年预算数",
    "预算",
    "决算",
];

/// What a column is within its table. `shared` is the number of heads that all amount columns of the panel have in
/// common: 合计 below 支出预算 is the table's total where 支出预算 is the head of the whole table.
pub(crate) fn column_kind(said: &Said, shared: usize) -> ColumnKind {
    let own = said.segments.get(shared..).filter(|own| !own.is_empty()).unwrap_or(&said.segments);
    let meant = own.iter().rposition(|s| !STAGES.contains(&undated(s))).map_or(own, |last| &own[..=last]);
    let leaf = meant.last().map_or("", String::as_str);
    if meant.iter().any(|s| is_of_which(s)) {
        return ColumnKind::OfWhich;
    }
    let sum = ends_in(leaf, &["合计", "总计", "小计"]) || leaf == "资金总额";
    match (sum, meant.len()) {
        (true, 0 | 1) => ColumnKind::Total,
        // 合计 below a head sums that head only.
        (true, _) => ColumnKind::Subtotal,
        _ => ColumnKind::Item,
    }
}

/// 其中：财政拨款 is a part named beside its whole; a bare 其中 is the head over all parts.
fn is_of_which(head: &str) -> bool {
    head.strip_prefix("其中").is_some_and(|rest| !rest.trim_start_matches(':').is_empty())
}

/// Whether a total has nothing to sum: no column of the panel but itself and 其中 stands below its head. 小计 beside
/// 其中：财政拨款 alone is the amount of its head.
pub(crate) fn stands_alone(own: &[String], panel: &[&[String]]) -> bool {
    let staged = own.last().is_some_and(|t| STAGES.contains(&undated(&fold(t))));
    let heads = own.len().saturating_sub(if staged { 2 } else { 1 });
    let Some(above) = own.get(..heads) else { return false };
    panel.iter().all(|path| {
        let below = path.get(heads..).unwrap_or_default();
        !path.starts_with(above) || *path == own || below.iter().any(|t| is_of_which(&fold(t)))
    })
}

/// A head without the year in front: 2024年预算数.
fn undated(head: &str) -> &str {
    YEAR.find(head).filter(|m| m.start() == 0).map_or(head, |m| head[m.end()..].trim_start_matches(['年', '度']))
}

/// How many heads all columns of a panel share, the column's own last one never among them.
pub(crate) fn shared_heads<'a>(paths: impl Iterator<Item = &'a [String]>) -> usize {
    let mut common: Option<&[String]> = None;
    for path in paths {
        let above = path.get(..path.len().saturating_sub(1)).unwrap_or_default();
        common = Some(match common {
            None => above,
            Some(before) => {
                let length = before.iter().zip(above).take_while(|(a, b)| a == b).count();
                &before[..length]
            }
        });
    }
    common.map_or(0, <[String]>::len)
}

/// The id of `fund`, from the column, else from the row.
pub(crate) fn fund(said: &Said, table_type: TableType, kind: ColumnKind) -> &'static str {
    let by_column = said.segments.iter().rev().map(|s| fund_of(s)).find(|f| !f.is_empty()).unwrap_or_default();
    if by_column == "fiscal_appropriation" && said.segments.iter().any(|s| fund_of(s) == "general_public") {
        return "general_public.fiscal_appropriation";
    }
    if !by_column.is_empty() {
        return by_column;
    }
    let by_row = fund_of(&said.label);
    if !by_row.is_empty() && is_income_list(table_type) {
        return by_row;
    }
    let total = kind == ColumnKind::Total && table_type == TableType::RevenueSummary;
    if total { "total" } else { "" }
}

/// Lists whose rows are sources of money.
fn is_income_list(table_type: TableType) -> bool {
    matches!(
        table_type,
        TableType::RevenueExpenditureSummary | TableType::FiscalAppropriationSummary | TableType::RevenueSummary
    )
}

/// The source that one text names. Longer names first: 事业单位经营收入 is no 事业收入.
fn fund_of(text: &str) -> &'static str {
    const RULES: &[(&[&str], &str)] = &[
        (&["政府性基金"], "government_fund"),
        (&["国有资本"], "state_capital"),
        (&["财政专户"], "special_account"),
        (&["一般公共预算", "公共财政预算"], "general_public"),
        (&["财政拨款"], "fiscal_appropriation"),
        (&["经营收入"], "business"),
        (&["事业收入"], "operating"),
        (&["上级补助"], "superior_subsidy"),
        (&["附属单位上缴", "附属单位缴款", "附属上缴"], "subordinate_remittance"),
        (&["单位资金", "自有资金"], "unit_own"),
        (&["其他收入", "其他资金"], "other"),
    ];
    RULES.iter().find(|(words, _)| has_any(text, words)).map_or("", |(_, id)| id)
}

/// The id of `nature`, from the column, else from a row of 支出用途.
pub(crate) fn nature(said: &Said, table_type: TableType, kind: ColumnKind) -> &'static str {
    let joined = said.joined();
    let by_column = nature_of(&joined);
    if !by_column.is_empty() {
        return by_column;
    }
    let bare = label::bare(&said.label);
    if matches!(table_type, TableType::RevenueExpenditureSummary | TableType::FiscalAppropriationSummary) {
        return if has_any(bare, &["基本支出", "项目支出", "机动经费"]) { nature_of(bare) } else { "" };
    }
    let total = kind == ColumnKind::Total
        && matches!(table_type, TableType::ExpenditureSummary | TableType::GeneralPublicExpenditure);
    if total { "total" } else { "" }
}

fn nature_of(text: &str) -> &'static str {
    const RULES: &[(&[&str], &str)] = &[
        (&["对附属单位补助"], "to_subordinate"),
        (&["上缴上级"], "to_superior"),
        (&["机动经费"], "reserve"),
        (&["其他运转类"], "project.operating"),
        (&["特定目标类"], "project.targeted"),
        (&["项目支出"], "project"),
        (&["经营支出"], "operating"),
        (&["人员经费/工资福利", "人员支出/工资福利"], "basic.personnel.wages"),
        (&["人员经费/对个人和家庭", "人员支出/对个人和家庭"], "basic.personnel.household"),
        (&["公用经费/商品和服务", "公用支出/商品和服务"], "basic.public.goods_services"),
        (&["公用经费/资本性", "公用支出/资本性", "公用经费/其他资本性"], "basic.public.capital"),
        (&["人员经费", "人员支出", "人员类"], "basic.personnel"),
        (&["公用经费", "公用支出"], "basic.public"),
        (&["基本支出"], "basic"),
    ];
    // 国有资本经营支出 is a budget, no 经营支出.
    let text = text.replace("国有资本经营", "国有资本");
    RULES.iter().find(|(words, _)| has_any(&text, words)).map_or("", |(_, id)| id)
}

/// The id of `period`. `year` is the year the table is for, where known.
pub(crate) fn period(said: &Said, year: Option<&str>) -> &'static str {
    let joined = said.joined();
    let carried = |text: &str| {
        has_any(text, &["上年结转", "上年结余", "年初结转", "结转结余", "年初财政拨款结转", "以前年度结转"])
    };
    let onward = |text: &str| has_any(text, &["结转下年", "年末结转", "年终结转", "年终结余"]);
    let named = YEAR.find(&joined).map(|m| m.as_str());
    let prior = joined.contains("上年预算")
        || joined.contains("上年决算")
        || matches!((named, year), (Some(n), Some(y)) if n < y);
    if onward(&joined) || onward(&said.label) {
        return "carried_forward";
    }
    match (prior, carried(&joined) || carried(&said.label)) {
        (true, true) => "prior_year_carryover",
        (true, false) => "prior_year",
        (false, true) => "carryover",
        (false, false) => "current",
    }
}

/// The year that a title names.
pub(crate) fn year(title: &str) -> Option<String> {
    YEAR.find(&fold(title)).map(|m| m.as_str().to_owned())
}

/// The period of a column whose head names a year, in a table whose title names none: `year` is the document's, else the
/// latest that the table names. `None` where the period stands as it is.
pub(crate) fn dated(period: &str, path: &str, year: i32) -> Option<&'static str> {
    let folded = fold(path);
    let named: i32 = YEAR.find(&folded)?.as_str().parse().ok()?;
    match period {
        _ if named >= year => None,
        "current" => Some("prior_year"),
        "carryover" => Some("prior_year_carryover"),
        _ => None,
    }
}

/// The latest year that the heads of a table name.
pub(crate) fn latest_year<'a>(paths: impl Iterator<Item = &'a str>) -> Option<i32> {
    paths.filter_map(|p| YEAR.find(p)?.as_str().parse().ok()).max()
}

/// The stage of the budget cycle, from the column, else from the title.
pub(crate) fn phase(said: &Said, title: &str) -> Option<Phase> {
    let joined = said.joined();
    let leaf = said.leaf();
    let of = |text: &str| {
        if has_any(text, &["调整预算", "全年预算"]) {
            Some(Phase::Adjusted)
        } else if has_any(text, &["决算数", "执行数", "支出决算", "收入决算"]) {
            Some(Phase::Executed)
        } else if has_any(text, &["预算数", "年初预算"]) {
            Some(Phase::Approved)
        } else {
            None
        }
    };
    of(leaf).or_else(|| of(&joined)).or_else(|| {
        let title = fold(title);
        match (title.contains("决算"), title.contains("预算")) {
            (true, _) => Some(Phase::Executed),
            (false, true) => Some(Phase::Approved),
            _ => None,
        }
    })
}

/// The rules of this module.
pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "C01",
        title: "Totals below heads",
        text: "合计 is the table's total where its head covers all amount columns, else the subtotal of its head",
        source: "header trees of the forms: 本年支出 over 合计, 基本支出, 项目支出",
    },
    Rule {
        id: "C02",
        title: "Totals that stand alone",
        text: "小计 with nothing beside it but 其中：… is the amount of its head",
        source: "河南 forms: 一般公共预算 over 小计 and 其中：财政拨款",
    },
    Rule {
        id: "C03",
        title: "Stages",
        text: "预算数 and 决算数 below a head say the stage, not what is counted",
        source: "《部门决算公开》form 07: pairs of 预算数 and 决算数",
    },
    Rule {
        id: "C04",
        title: "Source of money",
        text: "`fund` is what the column's heads name, else in lists of income what the row names; never assumed",
        source: "《预算法》第五条: 一般公共预算, 政府性基金预算, 国有资本经营预算",
    },
    Rule {
        id: "C05",
        title: "Use of money",
        text: "`nature` is what the column's heads name: 基本支出 = 人员经费 + 公用经费, 项目支出",
        source: "heads of the forms of 部门预算",
    },
    Rule {
        id: "C06",
        title: "Years",
        text: "`period` is prior_year where a head names 上年 or a year before the title's, carryover for 上年结转, carried_forward for 结转下年",
        source: "heads of year comparisons",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    fn said(path: &[&str], label: &str) -> Said {
        Said::new(&path.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>(), label)
    }

    #[test]
    fn reads_columns() {
        let s = said(&["基本支出", "人员经费", "工资福利支出"], "培训支出");
        assert_eq!(nature(&s, TableType::ExpenditureSummary, column_kind(&s, 0)), "basic.personnel.wages");
        let s = said(&["一般公共预算", "其中：财政拨款"], "合计");
        assert_eq!(column_kind(&s, 0), ColumnKind::OfWhich);
        assert_eq!(fund(&s, TableType::RevenueSummary, ColumnKind::OfWhich), "general_public.fiscal_appropriation");
        let s = said(&["2023年预算数"], "合计");
        assert_eq!(period(&s, Some("2024")), "prior_year");
        assert_eq!(phase(&s, ""), Some(Phase::Approved));
        let s = said(&["事业单位经营收入"], "");
        assert_eq!(fund(&s, TableType::RevenueSummary, ColumnKind::Item), "business");
    }

    #[test]
    fn years_of_heads() {
        assert_eq!(dated("current", "2023年预算数/小计", 2024), Some("prior_year"));
        assert_eq!(dated("carryover", "2023年预算数", 2024), Some("prior_year_carryover"));
        assert_eq!(dated("current", "2024年预算数", 2024), None);
        assert_eq!(dated("current", "预算数", 2024), None);
        assert_eq!(latest_year(["2023年预算数", "2024年预算数", "增减"].into_iter()), Some(2024));
    }

    #[test]
    fn totals_below_heads() {
        let kind = |path: &[&str], shared| column_kind(&said(path, ""), shared);
        assert_eq!(kind(&["支出预算", "合计"], 1), ColumnKind::Total);
        assert_eq!(kind(&["本年支出", "合计"], 0), ColumnKind::Subtotal);
        assert_eq!(kind(&["“三公”经费", "合计", "决算数"], 1), ColumnKind::Total);
        assert_eq!(kind(&["“三公”经费", "公务接待费", "决算数"], 1), ColumnKind::Item);
        assert_eq!(kind(&["2024年预算数", "小计"], 0), ColumnKind::Subtotal);
        assert_eq!(kind(&["2024年预算数"], 0), ColumnKind::Item);
        let path = |texts: &[&str]| texts.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
        let paths = [path(&["支出预算", "合计"]), path(&["支出预算", "基本支出", "人员经费"])];
        assert_eq!(shared_heads(paths.iter().map(Vec::as_slice)), 1);
        assert_eq!(shared_heads(paths[..1].iter().map(Vec::as_slice)), 1);
        let panel = [path(&["一般公共预算", "小计"]), path(&["一般公共预算", "其中：财政拨款"]), path(&["政府性基金"])];
        let panel: Vec<&[String]> = panel.iter().map(Vec::as_slice).collect();
        assert!(stands_alone(panel[0], &panel));
        assert!(!stands_alone(&path(&["合计"]), &panel));
        assert_eq!(shared_heads(std::iter::once(&path(&["合计"])[..])), 0);
    }
}
