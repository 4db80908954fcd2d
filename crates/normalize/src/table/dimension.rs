//! Where the money comes from, what it is spent as, which year and stage a figure belongs to: said by the column's
//! header and the row's label, never assumed.

use crate::model::rule::Rule;
use crate::model::vocabulary::{ColumnKind, Fund, Nature, Period, Phase, TableType};
use crate::reading::fold::{ends_in, fold, has_any, pattern};
use crate::reading::title::strip_brackets;
use crate::reading::words::{self, FUNDS, NATURES, STAGES};
use crate::reading::{label, unit, year};
use std::sync::LazyLock;

// 预算, 人大批准预算, 全年任务: what was planned, and no fund of its own.
pattern!(
    PLANNED,
    "^(?:全年|年初|年度|本年|当年|年)?(?:人大|人代会|上级)?(?:批准|批复|通过|安排|下达)?的?(?:预算|任务|计划|预算草案|草案)$"
);
// 1-6月执行, 上半年完成, 实绩: what became of it.
pattern!(
    DONE,
    "^(?:[0-9]{1,2}[-―—~至])?(?:[0-9]{1,2}月(?:份|底|末)?)?(?:上半年|前?[一二三四]季度|全年|本年|当年|累计|实际|预计)*(?:执行|完成|实绩|决算)$"
);

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

/// What a column is within its table. `shared` is the number of heads that all amount columns of the panel have in
/// common: 合计 below 支出预算 is the table's total where 支出预算 is the head of the whole table.
pub(crate) fn column_kind(said: &Said, shared: usize) -> ColumnKind {
    let own = said.segments.get(shared..).filter(|own| !own.is_empty()).unwrap_or(&said.segments);
    let meant = own.iter().rposition(|s| !STAGES.has(year::undated(s))).map_or(own, |last| &own[..=last]);
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
    let staged = own.last().is_some_and(|t| STAGES.has(year::undated(&fold(t))));
    let heads = own.len().saturating_sub(if staged { 2 } else { 1 });
    let Some(above) = own.get(..heads) else { return false };
    panel.iter().all(|path| {
        let below = path.get(heads..).unwrap_or_default();
        !path.starts_with(above) || *path == own || below.iter().any(|t| is_of_which(&fold(t)))
    })
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

/// The source of money that the column names, else the row.
pub(crate) fn fund(said: &Said, table_type: TableType, kind: ColumnKind) -> Option<Fund> {
    let by_column = said.segments.iter().rev().find_map(|s| fund_of(s));
    let general = || said.segments.iter().any(|s| fund_of(s) == Some(Fund::GeneralPublic));
    if by_column == Some(Fund::FiscalAppropriation) && general() {
        return Some(Fund::GeneralPublicAppropriation);
    }
    let by_row = || fund_of(&said.label).filter(|_| is_income_list(table_type));
    let total = kind == ColumnKind::Total && table_type == TableType::RevenueSummary;
    by_column.or_else(by_row).or_else(|| total.then_some(Fund::Total))
}

/// The source of money that a form's head names, else its label.
pub(crate) fn fund_in_form(said: &Said) -> Option<Fund> {
    said.segments.iter().rev().find_map(|s| fund_of(s)).or_else(|| fund_of(&said.label))
}

/// The use of money that a form's head names, else its label.
pub(crate) fn nature_in_form(said: &Said) -> Option<Nature> {
    nature_of(&said.joined()).or_else(|| nature_of(&said.label))
}

/// The stage that a form's head names, else its label, else the title.
pub(crate) fn phase_in_form(said: &Said, title: &str) -> Option<Phase> {
    let label = Said { segments: vec![unit::strip(&said.label)], label: String::new() };
    phase(said, "").or_else(|| phase(&label, title))
}

/// Lists whose rows are sources of money.
fn is_income_list(table_type: TableType) -> bool {
    matches!(
        table_type,
        TableType::RevenueExpenditureSummary | TableType::FiscalAppropriationSummary | TableType::RevenueSummary
    )
}

/// The source that one text names. Longer names first: 事业单位经营收入 is no 事业收入.
fn fund_of(text: &str) -> Option<Fund> {
    static NAMES: LazyLock<Vec<(&str, Fund)>> = LazyLock::new(|| {
        let of_id = |id| Fund::ALL.iter().copied().find(|fund| fund.as_str() == id);
        words::typed(FUNDS, of_id).collect()
    });
    NAMES.iter().find(|(word, _)| text.contains(word)).map(|(_, fund)| *fund)
}

/// The use of money that the column names, else a row of 支出用途.
pub(crate) fn nature(said: &Said, table_type: TableType, kind: ColumnKind) -> Option<Nature> {
    if let Some(by_column) = nature_of(&said.joined()) {
        return Some(by_column);
    }
    let bare = label::bare(&said.label);
    if matches!(table_type, TableType::RevenueExpenditureSummary | TableType::FiscalAppropriationSummary) {
        return has_any(bare, &["基本支出", "项目支出", "机动经费"]).then(|| nature_of(bare)).flatten();
    }
    let total = kind == ColumnKind::Total
        && matches!(table_type, TableType::ExpenditureSummary | TableType::GeneralPublicExpenditure);
    total.then_some(Nature::Total)
}

/// The use that one text names. Longer names first.
fn nature_of(text: &str) -> Option<Nature> {
    static NAMES: LazyLock<Vec<(&str, Nature)>> = LazyLock::new(|| {
        let of_id = |id| Nature::ALL.iter().copied().find(|nature| nature.as_str() == id);
        words::typed(NATURES, of_id).collect()
    });
    // 国有资本经营支出 is a budget, no 经营支出.
    let text = text.replace("国有资本经营", "国有资本");
    NAMES.iter().find(|(word, _)| text.contains(word)).map(|(_, nature)| *nature)
}

/// Whether a text names money carried over from the year before.
fn carried(text: &str) -> bool {
    has_any(text, &["上年结转", "上年结余", "年初结转", "结转结余", "年初财政拨款结转", "以前年度结转"])
}

/// Whether a text names money carried over to the next year.
fn onward(text: &str) -> bool {
    has_any(text, &["结转下年", "年末结转", "年终结转", "年终结余"])
}

/// The period of a row that stands below this label: 一般公共预算拨款 below 二、上年结转 is carried over as well.
pub(crate) fn below(period: Period, label: &str) -> Period {
    let label = fold(label);
    match period {
        Period::Current if onward(&label) => Period::CarriedForward,
        Period::Current if carried(&label) => Period::Carryover,
        Period::PriorYear if carried(&label) => Period::PriorYearCarryover,
        other => other,
    }
}

/// Which year's figure it is. `year` is the year the table is for, where known.
pub(crate) fn period(said: &Said, year: Option<i32>) -> Period {
    let joined = said.joined();
    if onward(&joined) || onward(&said.label) {
        return Period::CarriedForward;
    }
    // A row may be a year: 2023年 below 年度.
    let named = || year::first(&joined).or_else(|| year::of_label(&said.label));
    let earlier = || named().zip(year).is_some_and(|(named, year)| named < year);
    let prior =
        has_any(&joined, &["上年预算", "上年决算"]) || said.segments.iter().any(|s| of_last_year(s)) || earlier();
    match (prior, carried(&joined) || carried(&said.label)) {
        (true, true) => Period::PriorYearCarryover,
        (true, false) => Period::PriorYear,
        (false, true) => Period::Carryover,
        (false, false) => Period::Current,
    }
}

/// 上年同期完成数, 去年执行数: a head that begins with last year. 上年结转 is this year's money.
fn of_last_year(head: &str) -> bool {
    let rest = ["上年", "上一年", "去年"].iter().find_map(|word| head.strip_prefix(word));
    rest.is_some_and(|rest| !["结转", "结余", "累计", "滚存", "末", "年末"].iter().any(|word| rest.starts_with(word)))
}

/// Whether a column's folded path names last year.
pub(crate) fn names_last_year(path: &str) -> bool {
    path.split('/').any(of_last_year)
}

/// The same for an amount of a form: 前年度安排 and 上年度安排 stand beside 本年度预算.
pub(crate) fn period_in_form(said: &Said, year: Option<i32>) -> Period {
    match period(said, year) {
        Period::Current if has_any(&said.joined(), &["前年", "上年", "去年"]) => Period::PriorYear,
        found => found,
    }
}

/// The period of a column whose head names a year, in a table whose title names none: `year` is the document's, else the
/// latest that the table names. `None` where the period stands as it is.
pub(crate) fn dated(period: Option<Period>, path: &str, label: &str, year: i32) -> Option<Period> {
    let named = year::first(&fold(path)).or_else(|| year::of_label(&fold(label)))?;
    match period? {
        _ if named >= year => None,
        Period::Current => Some(Period::PriorYear),
        Period::Carryover => Some(Period::PriorYearCarryover),
        _ => None,
    }
}

/// The stage of the budget cycle, from the column, else from the title.
pub(crate) fn phase(said: &Said, title: &str) -> Option<Phase> {
    let joined = said.joined();
    let leaf = said.leaf();
    let part_of_a_year = has_any(title, &["半年", "季度", "月"]);
    let of = |text: &str| {
        // In a table of half a year the year's budget is as it was approved.
        let adjusted =
            has_any(text, &["调整预算", "调整后", "变动预算"]) || text.contains("全年预算") && !part_of_a_year;
        if adjusted {
            Some(Phase::Adjusted)
        } else if has_any(text, &["决算数", "执行数", "完成数", "快报数", "支出决算", "收入决算"]) {
            Some(Phase::Executed)
        } else if has_any(text, &["预算数", "年初预算"]) {
            Some(Phase::Approved)
        } else {
            stage_alone(text.rsplit('/').next().unwrap_or(text))
        }
    };
    // 2024年决算 as a row.
    let of_row = || year::of_label(&said.label).and_then(|_| stage_alone(&said.label));
    of(leaf).or_else(|| of(&joined)).or_else(of_row).or_else(|| {
        let title = fold(title);
        let years = title.matches("20").count();
        match (has_any(&title, &["决算", "执行", "完成情况"]), title.contains("预算")) {
            // 2024年收入执行及2025年预算表: only the columns say which is which.
            (true, true) if years > 1 => None,
            (true, _) => Some(Phase::Executed),
            (false, true) => Some(Phase::Approved),
            _ => None,
        }
    })
}

/// The stage of a head that is nothing but its word: 2024年预算, 全年任务, 1-6月完成.
fn stage_alone(head: &str) -> Option<Phase> {
    let head = strip_brackets(year::undated(head));
    match head.as_str() {
        head if PLANNED.is_match(head) => Some(Phase::Approved),
        head if DONE.is_match(head) => Some(Phase::Executed),
        _ => None,
    }
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
        source: "部门收入总表: 一般公共预算 over 小计 and 其中：财政拨款",
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
        assert_eq!(nature(&s, TableType::ExpenditureSummary, column_kind(&s, 0)), Some(Nature::Wages));
        let s = said(&["一般公共预算", "其中：财政拨款"], "合计");
        assert_eq!(column_kind(&s, 0), ColumnKind::OfWhich);
        assert_eq!(fund(&s, TableType::RevenueSummary, ColumnKind::OfWhich), Some(Fund::GeneralPublicAppropriation));
        let s = said(&["2023年预算数"], "合计");
        assert_eq!(period(&s, Some(2024)), Period::PriorYear);
        assert_eq!(phase(&s, ""), Some(Phase::Approved));
        for (head, period_of) in [
            ("上年同期完成数", Period::PriorYear),
            ("去年执行数", Period::PriorYear),
            ("上年结转", Period::Carryover),
            ("上年末结余", Period::Current),
            ("比上年增减额", Period::Current),
        ] {
            assert_eq!(period(&said(&[head], "合计"), Some(2024)), period_of, "{head}");
        }
        let s = said(&["事业单位经营收入"], "");
        assert_eq!(fund(&s, TableType::RevenueSummary, ColumnKind::Item), Some(Fund::Business));
    }

    #[test]
    fn a_plan_is_approved_in_a_table_of_what_became_of_it() {
        let title = "2025年上半年一般公共预算收入执行情况表";
        for head in ["2025年预算", "预算", "年预算", "人大批准预算", "全年任务", "全年预算"] {
            assert_eq!(phase(&said(&[head], ""), title), Some(Phase::Approved), "{head}");
        }
        for head in ["1-6月执行", "上半年完成", "2025年实绩", "完成数", "金额"] {
            assert_eq!(phase(&said(&[head], ""), title), Some(Phase::Executed), "{head}");
        }
        assert_eq!(phase(&said(&["全年预算数"], ""), "项目支出绩效自评表"), Some(Phase::Adjusted));
        assert_eq!(phase(&said(&["一般公共预算"], ""), title), Some(Phase::Executed), "a fund is no stage");
    }

    #[test]
    fn rows_may_be_years() {
        assert_eq!(period(&said(&["合计"], "2023年"), Some(2024)), Period::PriorYear);
        assert_eq!(period(&said(&["合计"], "2024年预算数"), Some(2024)), Period::Current);
        assert_eq!(period(&said(&["金额"], "2023年农村公路项目"), Some(2024)), Period::Current);
    }

    #[test]
    fn what_stands_below_carried_over_money_is_carried_over() {
        assert_eq!(below(Period::Current, "二、上年结转"), Period::Carryover);
        assert_eq!(below(Period::PriorYear, "上年结转"), Period::PriorYearCarryover);
        assert_eq!(below(Period::Current, "二、结转下年"), Period::CarriedForward);
        assert_eq!(below(Period::Current, "一、本年收入"), Period::Current);
    }

    #[test]
    fn years_of_heads() {
        let (current, carried) = (Some(Period::Current), Some(Period::Carryover));
        assert_eq!(dated(current, "2023年预算数/小计", "", 2024), Some(Period::PriorYear));
        assert_eq!(dated(carried, "2023年预算数", "", 2024), Some(Period::PriorYearCarryover));
        assert_eq!(dated(current, "2024年预算数", "", 2024), None);
        assert_eq!(dated(current, "预算数", "", 2024), None);
        assert_eq!(dated(current, "合计", "2023年", 2024), Some(Period::PriorYear));
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
