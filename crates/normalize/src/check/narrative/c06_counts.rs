//! C6: numbers of things that the narrative states, against what it lists and what the tables hold: the projects with performance goals,
//! the units below a department by their kinds, and whether all project spending has goals where that is said.
//!
//! 财政部《地方预决算公开操作规程》: the narrative tells the units covered and the goals made public. Which projects have goals is
//! decided locally, so a number of projects that no list has is told as a difference of scope.

use crate::check::checker::{Checker, Run};
use crate::check::narrative::said::{Outcome, on_page};
use crate::check::scene::Scene;
use crate::check::slip;
use crate::check::source::PROCEDURE;
use crate::model::check::{Check, CheckStatus};
use crate::model::fact::Fact;
use crate::model::measured::Measured;
use crate::model::prose_figure::ProseFigure;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{Cause, Nature, Period, RowKind, TableType};
use crate::reading::fold::{fold, has_any, pattern};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// 文字说明的个数.
pub(crate) const C6: Rule = Rule {
    id: "C6",
    title: "文字说明的个数",
    text: "编报绩效目标的项目个数等于某张项目表的项目个数；下属单位个数等于各类单位个数之和；写明项目支出均有绩效目标的，所涉金额等于项目支出合计，编报绩效目标的项目所涉金额与之只差一个数字的也报",
    source: PROCEDURE,
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[C6],
    runs: &[Run::Words(checks)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

// 开展绩效目标管理的项目15个; 编报绩效目标的项目共19个
pattern!(
    GOALS_OF,
    "(?:实行|开展|编制|编报|填报|设置|纳入)[^,;。:]{0,12}绩效目标(?:管理)?的[^,;。:0-9]{0,6}项目共?([0-9]{1,4})个"
);
// 共5个项目实行绩效目标管理
pattern!(
    GOALS_FOR,
    "([0-9]{1,4})个项目(?:支出)?(?:均|全部)?(?:实行|开展|编制|编报|填报|设置|设定|申报|纳入)了?[^,;。:0-9]{0,8}绩效目标"
);
pattern!(ALL_HAVE_GOALS, "项目支出(?:均|全部|全面)(?:实行|开展|编制|编报|实施|纳入)了?[^,;。:]{0,6}绩效目标");
// 下属预算单位1个,其中行政单位1个,参照公务员法管理的事业单位0个,其他事业单位1个
pattern!(
    UNITS,
    "(?:下属|所属|直属)[^,;。:0-9]{0,8}单位共?([0-9]{1,3})个[,:;(](?:其中[:,]?|包括[:,]?)((?:[^,;。:0-9]{2,20}[0-9]{1,3}(?:个|家)[,、;]?){2,})"
);
pattern!(PART, "([^,;。:、0-9]{2,20})([0-9]{1,3})(?:个|家)");

/// What lists of project spending are called.
const ALL_PROJECTS: &str = "项目支出表";

/// What is said, and what was found.
struct Counted {
    words: String,
    holds: bool,
    cause: Cause,
    reason: String,
}

/// Every count of the narrative that something of the document can prove or disprove.
fn checks(scene: &Scene<'_>) -> Vec<Check> {
    let Scene { tables, prose, paragraphs } = *scene;
    let statements = tables.statements;
    let projects = numbers_of_projects(statements);
    let mut checks = Vec::new();
    for paragraph in paragraphs {
        let text = fold(&paragraph.text);
        let counted = goals(&text, &projects).into_iter().chain(units(&text));
        checks.extend(counted.map(|counted| check(paragraph.page, counted)));
    }
    checks.extend(prose.iter().enumerate().filter_map(|(at, figure)| {
        let first =
            at.checked_sub(1).and_then(|before| prose.get(before)).is_none_or(|b| b.sentence != figure.sentence);
        let counted = all_projects(figure, statements).filter(|_| first)?;
        Some(check(figure.page, counted))
    }));
    checks
}

/// How many projects each kind of list has, with the list's name; empty where no list of projects is printed.
fn numbers_of_projects(statements: &[Statement]) -> Vec<(&'static str, usize)> {
    let spending = [TableType::ProjectExpenditure, TableType::GeneralPublicProjectExpenditure];
    let goals = [TableType::ProjectPerformance, TableType::ProjectPerformanceSummary];
    let listed: BTreeSet<&str> = statements
        .iter()
        .filter(|s| spending.contains(&s.table_type))
        .flat_map(|s| &s.facts)
        .map(|fact| name(&fact.project.code, &fact.project.name))
        .filter(|name| !name.is_empty())
        .collect();
    let described: BTreeSet<&str> = statements
        .iter()
        .filter(|s| goals.contains(&s.table_type))
        .flat_map(|s| &s.indicators)
        .map(|one| name(&one.project_code, &one.project_name))
        .filter(|name| !name.is_empty())
        .collect();
    let found = [(ALL_PROJECTS, listed.len()), ("项目绩效目标表", described.len())];
    found.into_iter().filter(|(_, count)| *count > 0).collect()
}

fn name<'a>(code: &'a str, name: &'a str) -> &'a str {
    if code.is_empty() { name } else { code }
}

fn goals(text: &str, projects: &[(&str, usize)]) -> Vec<Counted> {
    if projects.is_empty() {
        return Vec::new();
    }
    let found = GOALS_OF.captures_iter(text).chain(GOALS_FOR.captures_iter(text));
    let stated = found.filter_map(|captures| captures.get(1)?.as_str().parse::<usize>().ok());
    let lists: Vec<String> = projects.iter().map(|(list, count)| format!("{list}有 {count} 个项目")).collect();
    // Only some projects may have goals: fewer than all are no contradiction where no table of goals is printed.
    let some = |stated: &usize| projects.iter().all(|(list, count)| *list == ALL_PROJECTS && stated < count);
    let counted = stated.filter(|stated| !some(stated)).map(|stated| Counted {
        words: format!("编报绩效目标的项目 {stated} 个，{}", lists.join("，")),
        holds: projects.iter().any(|(_, count)| *count == stated),
        cause: Cause::Definition,
        reason: "个数与各表都不同：可能只有部分项目编报绩效目标，也可能说明有误".to_owned(),
    });
    counted.collect()
}

/// The units of a department by kind: the kinds add up to the number.
fn units(text: &str) -> Vec<Counted> {
    let counted = UNITS.captures_iter(text).filter_map(|captures| {
        let total: u32 = captures.get(1)?.as_str().parse().ok()?;
        let mut sum: u32 = 0;
        let mut parts = Vec::new();
        for part in PART.captures_iter(captures.get(2)?.as_str()) {
            let count: u32 = part.get(2)?.as_str().parse().ok()?;
            sum = sum.checked_add(count)?;
            parts.push(part.get(0)?.as_str().trim_start_matches("其中").to_owned());
        }
        Some(Counted {
            words: format!("单位 {total} 个 = {}", parts.join(" + ")),
            holds: sum == total,
            cause: Cause::Published,
            reason: format!("各类单位合计 {sum} 个"),
        })
    });
    counted.collect()
}

/// 项目支出均实行绩效目标管理, with an amount: that amount is all project spending. So it is where the projects with goals hold
/// nearly all of it.
fn all_projects(figure: &ProseFigure, statements: &[Statement]) -> Option<Counted> {
    let sentence = fold(&figure.sentence);
    let all = ALL_HAVE_GOALS.is_match(&sentence);
    // 编报绩效目标的项目49个，涉及项目预算资金8825.98万元: perhaps of some projects only.
    let some = (GOALS_OF.is_match(&sentence) || GOALS_FOR.is_match(&sentence)) && figure.sentence.contains("涉及");
    if !all && !some {
        return None;
    }
    let (statement, fact) = project_total(statements)?;
    let unit = figure.unit?;
    let printed = Measured::of(statement, fact)?;
    let said = Measured::said(figure)?;
    let difference = said.less(printed)?;
    let (total, off) = (printed.value, difference.value.abs());
    // 涉及预算拨款: the projects that the treasury pays, as another table prints them.
    let of_treasury = has_any(&sentence, &["拨款", "一般公共预算", "财政性资金", "财政资金", "政府性基金"]);
    let other = of_treasury && treasury_totals(statements).any(|total| said.agrees(total));
    let holds = difference.is_nothing() || other;
    // Some projects may have no goals, and other money no treasury: one digit that explains all is no chance.
    let is_near = |total: Decimal| slip::is_slip_of(&figure.value_text, figure.value, figure.unit, total);
    let sure = all && (!of_treasury || treasury_totals(statements).next().is_some());
    let of_budgets = treasury_totals(statements).map(|total| total.value).find(|total| of_treasury && is_near(*total));
    if !holds && !sure && !is_near(total) && of_budgets.is_none() {
        return None;
    }
    let (total, off) = of_budgets.filter(|_| !holds).map_or((total, off), |t| (t, (said.value - t).abs()));
    let words = if all { "项目支出均有绩效目标，涉及" } else { "编报绩效目标的项目涉及" };
    Some(Counted {
        words: format!("{words} {}{}，项目支出合计 {total} 元", figure.value_text, unit.as_str()),
        holds,
        cause: Cause::Definition,
        reason: format!("相差 {off} 元：有项目没有编报绩效目标，或两处口径不同"),
    })
}

/// All project spending as the table of all spending prints it; nothing where it prints several.
fn project_total(statements: &[Statement]) -> Option<(&Statement, &Fact)> {
    // Some bodies have no other money than the general public budget's, and print its table alone.
    let has = |wanted: TableType| statements.iter().any(|s| s.table_type == wanted);
    let wanted = if has(TableType::ExpenditureSummary) {
        TableType::ExpenditureSummary
    } else {
        TableType::GeneralPublicExpenditure
    };
    let tables = statements.iter().filter(|s| s.table_type == wanted);
    let facts = tables.flat_map(|s| s.facts.iter().map(move |fact| (s, fact)));
    let fits = |fact: &Fact| {
        fact.nature == Some(Nature::Project) && fact.row_kind == RowKind::Total && fact.period == Some(Period::Current)
    };
    let found: Vec<(&Statement, &Fact)> = facts.filter(|(_, fact)| fits(fact)).collect();
    let values: BTreeSet<Option<Decimal>> = found.iter().map(|(_, fact)| fact.value).collect();
    found.first().copied().filter(|_| values.len() == 1)
}

/// Project spending that the treasury pays, in the tables of its budgets.
fn treasury_totals(statements: &[Statement]) -> impl Iterator<Item = Measured> + '_ {
    let types = [TableType::GeneralPublicExpenditure, TableType::FiscalAppropriationExpenditure];
    let tables = statements.iter().filter(move |s| types.contains(&s.table_type));
    let total = |fact: &&Fact| fact.nature == Some(Nature::Project) && fact.row_kind == RowKind::Total;
    tables.flat_map(move |s| s.facts.iter().filter(total).filter_map(move |fact| Measured::of(s, fact)))
}

fn check(page: Option<u32>, counted: Counted) -> Check {
    let status = if counted.holds { CheckStatus::Passed } else { CheckStatus::Failed };
    let Counted { words, cause, reason, .. } = counted;
    on_page(page, Outcome { rule: &C6, status, words, reason, cause })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Example;
    use crate::narrative::paragraph::Paragraph;

    fn verdicts(counted: Vec<Counted>) -> Vec<(String, bool)> {
        counted.into_iter().map(|one| (one.words, one.holds)).collect()
    }

    pub(crate) fn example() -> Example {
        let text = "某局所属单位共3个，其中：行政单位1个，其他事业单位2个。".to_owned();
        Example { paragraphs: vec![Paragraph { text, ..Paragraph::default() }], ..Example::default() }
    }

    #[test]
    fn kinds_of_units_add_up_to_their_number() {
        let text =
            fold("某局下属预算单位1个，其中行政单位1个，参照公务员法管理的事业单位0个，其他事业单位1个。主要包括：");
        let found = verdicts(units(&text));
        assert_eq!(found.len(), 1);
        assert!(!found[0].1, "{}", found[0].0);
        let right = units(&fold("某局所属单位共3个，其中：行政单位1个，其他事业单位2个。"));
        assert_eq!(right.iter().map(|one| one.holds).collect::<Vec<_>>(), [true]);
        // One kind alone is no whole.
        assert!(units(&fold("某局下属单位5个，其中行政单位1个。")).is_empty());
    }

    #[test]
    fn projects_with_goals_are_as_many_as_a_list_has() {
        let lists = [("项目支出表", 34), ("项目绩效目标表", 12)];
        for (text, holds) in [
            ("2024年开展绩效目标管理的项目15个，从项目完成等方面设置了绩效指标", false),
            ("2024年度，本单位编报绩效目标的项目共12个，涉及项目预算资金6484.05万元。", true),
            ("2018年本部门共34个项目实行绩效目标管理，涉及财政性资金", true),
        ] {
            let found = verdicts(goals(&fold(text), &lists));
            assert_eq!(found.iter().map(|one| one.1).collect::<Vec<_>>(), [holds], "{text}");
        }
        assert!(goals(&fold("绩效评级为“优”的项目39个"), &lists).is_empty());
        assert!(goals(&fold("编报绩效目标的项目共12个"), &[]).is_empty());
        assert!(goals(&fold("编报绩效目标的项目共12个"), &lists[..1]).is_empty(), "some of 34");
        assert_eq!(verdicts(goals(&fold("编报绩效目标的项目共40个"), &lists[..1])).len(), 1, "more than there are");
    }
}
