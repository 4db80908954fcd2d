//! C8: a sum stated in the narrative is that of the parts stated with it: 政府采购 = 货物 + 工程 + 服务, 基本支出 = 人员经费 + 公用经费,
//! 支出合计 = 基本支出 + 项目支出, “三公” = 出国 + 车辆 + 接待.
//!
//! Only lists whose parts the forms define are added: 其中 before anything else names a few of many.

use crate::check::checker::{Checker, Run};
use crate::check::narrative::said::{Outcome, check, printed, subject};
use crate::check::scene::Scene;
use crate::check::source::PROCEDURE;
use crate::model::check::{Check, CheckStatus};
use crate::model::measured::Measured;
use crate::model::prose_figure::ProseFigure;
use crate::model::rule::Rule;
use crate::model::vocabulary::{Cause, Period};
use crate::reading::fold::has_any;
use crate::reading::three_public::Item;

/// 文字说明内的合计与分项.
pub(crate) const C8: Rule = Rule {
    id: "C8",
    title: "文字说明内的合计与分项",
    text: "文字说明里的合计等于紧接其后的各部分之和：政府采购 = 货物 + 工程 + 服务，基本支出 = 人员经费 + 公用经费，支出合计 = 基本支出 + 项目支出等；占比合计 100% 的各项之和等于其前的数；各项的年初预算、支出决算之和等于其上的合计；“其中”所列只差一个数字的也报；同一句里收入总计 = 支出总计",
    source: PROCEDURE,
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[C8],
    runs: &[Run::Amounts(checks)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

/// How far below a sum its parts are looked for.
const FARTHEST: usize = 14;

/// A sum and its parts as the forms define them.
struct Form {
    /// Whether an amount is the sum.
    is_sum: fn(&str) -> bool,
    /// Words of the parts: each part's name holds one of its words.
    parts: &'static [&'static [&'static str]],
    /// Words of amounts that may stand between (parts of parts).
    between: &'static [&'static str],
    /// Parts without which nothing is said.
    needed: usize,
    /// In words.
    words: &'static str,
}

const FORMS: &[Form] = &[
    Form {
        is_sum: |s| s.contains("采购") && !has_any(s, &["货物", "工程", "服务", "中小", "预留", "小微"]),
        parts: &[&["货物"], &["工程"], &["服务"]],
        between: &[],
        needed: 2,
        words: "政府采购 = 货物 + 工程 + 服务",
    },
    Form {
        is_sum: |s| s.trim_end_matches("预算").trim_end_matches("年初").ends_with("基本支出"),
        parts: &[&["人员经费", "人员支出"], &["公用经费", "公用支出"]],
        between: &[],
        needed: 2,
        words: "基本支出 = 人员经费 + 公用经费",
    },
    Form {
        is_sum: |s| {
            let whole = ["支出合计", "支出总计", "总支出", "支出预算", "支出预算合计", "支出预算总计"];
            whole.iter().any(|w| s.ends_with(w)) && !has_any(s, &["基本", "项目", "基金", "国有", "三公", "采购"])
        },
        parts: &[&["基本支出"], &["项目支出"], &["机动经费"], &["经营支出"], &["上缴上级"], &["附属单位补助"]],
        between: &["人员经费", "公用经费", "人员支出", "公用支出"],
        needed: 2,
        words: "支出合计 = 基本支出 + 项目支出等",
    },
    Form {
        is_sum: |s| s.contains("绩效管理的支出"),
        parts: &[&["人员经费"], &["公用经费"], &["项目支出", "支出总额"]],
        between: &[],
        needed: 3,
        words: "纳入绩效管理的支出 = 人员经费 + 公用经费 + 项目支出",
    },
    Form {
        is_sum: |s| has_any(s, Item::Total.words()) && !has_any(s, &["出国", "用车", "接待", "决算"]),
        parts: &[Item::Abroad.words(), Item::Vehicles.words(), Item::Reception.words()],
        between: &["购置费", "运行费", "运行维护费", "购置"],
        needed: 3,
        words: "“三公”经费 = 因公出国（境）费 + 公务用车购置及运行费 + 公务接待费",
    },
];

/// Every sum with its parts.
fn checks(scene: &Scene<'_>) -> Vec<Check> {
    let prose = scene.prose;
    let mut checks = Vec::new();
    for (at, figure) in prose.iter().enumerate().filter(|(_, f)| f.period == Some(Period::Current)) {
        let form = FORMS.iter().find(|f| (f.is_sum)(&figure.subject));
        checks.extend(form.and_then(|form| tried(prose, at, form)));
    }
    checks
}

/// A sum with its parts, as far as a form defines them.
pub(crate) struct Sum<'p> {
    pub(crate) figure: &'p ProseFigure,
    pub(crate) parts: Vec<&'p ProseFigure>,
}

/// Every sum that holds (within rounding), with its parts.
pub(crate) fn sums(prose: &[ProseFigure]) -> Vec<Sum<'_>> {
    let sum = |(at, figure): (usize, &ProseFigure)| {
        let form = FORMS.iter().find(|f| figure.period == Some(Period::Current) && (f.is_sum)(&figure.subject))?;
        let holds = tried(prose, at, form)?.status != CheckStatus::Failed;
        holds.then(|| parts(prose, at, form)).map(|parts| (at, parts))
    };
    let found = prose.iter().enumerate().filter_map(sum);
    found.filter_map(|(at, parts)| Some(Sum { figure: prose.get(at)?, parts })).collect()
}

fn tried(prose: &[ProseFigure], at: usize, form: &Form) -> Option<Check> {
    let figure = prose.get(at)?;
    let parts = parts(prose, at, form);
    if parts.len() < form.needed {
        return None;
    }
    let mut sum = Measured::default();
    for part in &parts {
        sum = sum.plus(Measured::said(part)?)?;
    }
    let difference = Measured::said(figure)?.less(sum)?;
    let status = difference.verdict();
    let list: Vec<String> = parts.iter().map(|p| printed(p)).collect();
    let words = format!("{}（{}）：{} = {}", subject(figure), form.words, printed(figure), list.join(" + "));
    let reason = "文中的合计与其各部分之和不合".to_owned();
    Some(check(figure, Outcome { rule: &C8, status, words, reason, cause: Cause::Published }))
}

/// The parts that follow a sum, up to the first amount that is neither part nor change.
fn parts<'p>(prose: &'p [ProseFigure], at: usize, form: &Form) -> Vec<&'p ProseFigure> {
    let mut found: Vec<Option<&ProseFigure>> = vec![None; form.parts.len()];
    for figure in prose.get(at + 1..).unwrap_or_default().iter().take(FARTHEST) {
        if figure.period != Some(Period::Current) || Measured::said(figure).is_none() {
            continue;
        }
        let part = form.parts.iter().position(|words| has_any(&figure.subject, words));
        match part.and_then(|p| found.get_mut(p)) {
            Some(free @ None) if !(form.is_sum)(&figure.subject) || form.needed == 3 => *free = Some(figure),
            _ if has_any(&figure.subject, form.between) => {}
            _ => break,
        }
    }
    found.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, said};

    fn status(figures: &[(&str, &str)]) -> Vec<CheckStatus> {
        let figures: Vec<ProseFigure> = figures.iter().map(|(s, v)| said(s, "current", v, "")).collect();
        checks(&Scene::new(&[], &figures, &[])).iter().map(|c| c.status).collect()
    }

    pub(crate) fn example() -> Example {
        let figures = [("支出合计", "708.06"), ("基本支出", "477.56"), ("项目支出", "230.50")];
        Example::prose(figures.map(|(subject, value)| said(subject, "current", value, "")).to_vec())
    }

    #[test]
    fn purchases_are_goods_works_and_services() {
        let parts = [("政府采购货物预算", "0.75"), ("政府采购服务预算", "40.00")];
        let with = |sum| [("政府采购预算安排", sum), parts[0], parts[1]];
        assert_eq!(status(&with("40.75")), [CheckStatus::Passed]);
        assert_eq!(status(&with("40.76")), [CheckStatus::Rounding]);
        assert_eq!(status(&with("41.75")), [CheckStatus::Failed]);
        assert!(status(&[("政府采购预算", "5.00"), ("货物", "5.00")]).is_empty());
    }

    #[test]
    fn spending_with_parts_of_parts_between() {
        let figures = [
            ("支出合计", "708.06"),
            ("基本支出", "477.56"),
            ("人员经费", "444.49"),
            ("公用经费", "33.07"),
            ("项目支出", "230.50"),
        ];
        assert_eq!(status(&figures), [CheckStatus::Passed; 2]);
    }

    #[test]
    fn the_sum_of_all_goals_holds_projects_too() {
        let figures = [
            ("我部门纳入预算绩效管理的支出", "324.6"),
            ("人员经费支出", "313.8"),
            ("公用经费支出", "10.8"),
            ("支出总额", "53"),
        ];
        assert_eq!(status(&figures), [CheckStatus::Failed]);
    }
}
