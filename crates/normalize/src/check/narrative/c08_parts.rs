//! C8: a sum stated in the narrative is that of the parts stated with it: 政府采购 = 货物 + 工程 + 服务, 基本支出 = 人员经费 + 公用经费,
//! 支出合计 = 基本支出 + 项目支出, “三公” = 出国 + 车辆 + 接待; of a government, revenue = 税收 + 非税, debt = 一般 + 专项.
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
    text: "文字说明里的合计等于紧接其后的各部分之和：政府采购 = 货物 + 工程 + 服务，基本支出 = 人员经费 + 公用经费，支出合计 = 基本支出 + 项目支出，一般公共预算收入 = 税收收入 + 非税收入，政府债务 = 一般债务 + 专项债务等；占比合计 100% 的各项之和等于其前的数；各项的年初预算、支出决算之和等于其上的合计；“其中”所列只差一个数字的也报；同一句里收入总计 = 支出总计",
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
    /// Words of parts that some count in and others don't: added where the sum holds with them alone.
    extra: &'static [&'static [&'static str]],
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
        extra: &[],
        needed: 2,
        words: "政府采购 = 货物 + 工程 + 服务",
    },
    Form {
        is_sum: |s| s.trim_end_matches("预算").trim_end_matches("年初").ends_with("基本支出"),
        parts: &[&["人员经费", "人员支出"], &["公用经费", "公用支出"]],
        between: &[],
        extra: &[],
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
        extra: &[],
        needed: 2,
        words: "支出合计 = 基本支出 + 项目支出等",
    },
    Form {
        is_sum: |s| s.ends_with("一般公共预算收入") || s.ends_with("地方一般公共预算收入合计"),
        parts: &[&["税收收入"], &["非税收入"]],
        between: &[],
        extra: &[],
        needed: 2,
        words: "一般公共预算收入 = 税收收入 + 非税收入",
    },
    Form {
        is_sum: |s| has_any(s, &["债务余额", "债务限额"]) && !has_any(s, &["一般债务", "专项债务", "新增"]),
        parts: &[&["一般债务"], &["专项债务"]],
        between: &[],
        extra: &[],
        needed: 2,
        words: "政府债务 = 一般债务 + 专项债务",
    },
    Form {
        is_sum: |s| s.contains("绩效管理的支出"),
        parts: &[&["人员经费"], &["公用经费"], &["项目支出", "支出总额"]],
        between: &[],
        extra: &[],
        needed: 3,
        words: "纳入绩效管理的支出 = 人员经费 + 公用经费 + 项目支出",
    },
    Form {
        is_sum: |s| has_any(s, Item::Total.words()) && has_any(s, &["会议费", "培训费"]),
        parts: &[Item::Total.words(), &["会议费"], &["培训费"]],
        between: &["出国", "用车", "接待", "购置", "运行"],
        extra: &[],
        needed: 3,
        words: "“三公”经费、会议费、培训费 = “三公”经费 + 会议费 + 培训费",
    },
    Form {
        is_sum: |s| has_any(s, Item::Total.words()) && !has_any(s, &["出国", "用车", "接待", "决算"]),
        parts: &[Item::Abroad.words(), Item::Vehicles.words(), Item::Reception.words()],
        between: &["购置费", "运行费", "运行维护费", "购置"],
        extra: &[&["会议费"], &["培训费"]],
        needed: 3,
        words: "“三公”经费 = 因公出国（境）费 + 公务用车购置及运行费 + 公务接待费",
    },
];

/// Every sum with its parts.
fn checks(scene: &Scene<'_>) -> Vec<Check> {
    let prose = scene.prose;
    let mut checks = Vec::new();
    for (at, figure) in prose.iter().enumerate().filter(|(_, f)| is_of_a_year(f)) {
        checks.extend(forms(figure).find_map(|form| tried(prose, at, form)).map(|(check, _)| check));
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
    let sum = |(at, figure)| {
        let (check, parts) = forms(figure).find_map(|form| tried(prose, at, form))?;
        (figure.period == Some(Period::Current) && check.status != CheckStatus::Failed).then_some(Sum { figure, parts })
    };
    prose.iter().enumerate().filter_map(sum).collect()
}

/// The forms that an amount may be the sum of.
fn forms(figure: &ProseFigure) -> impl Iterator<Item = &'static Form> {
    FORMS.iter().filter(|form| (form.is_sum)(&figure.subject))
}

fn is_of_a_year(figure: &ProseFigure) -> bool {
    matches!(figure.period, Some(Period::Current | Period::PriorYear))
}

/// The sum with the parts that it holds with: those that the form defines, or those that some count in too.
fn tried<'p>(prose: &'p [ProseFigure], at: usize, form: &Form) -> Option<(Check, Vec<&'p ProseFigure>)> {
    let figure = prose.get(at)?;
    let all = parts(prose, at, form);
    let own: Vec<&ProseFigure> = all.iter().take(form.parts.len()).copied().flatten().collect();
    if own.len() < form.needed {
        return None;
    }
    let more: Vec<&ProseFigure> = all.into_iter().flatten().collect();
    let first = sum_of(figure, &own, form)?;
    if first.status != CheckStatus::Failed || more.len() == own.len() {
        return Some((first, own));
    }
    let second = sum_of(figure, &more, form)?;
    let named =
        form.extra.iter().flat_map(|words| *words).any(|w| figure.section.contains(w) || figure.subject.contains(w));
    if second.status != CheckStatus::Failed || named { Some((second, more)) } else { Some((first, own)) }
}

fn sum_of(figure: &ProseFigure, parts: &[&ProseFigure], form: &Form) -> Option<Check> {
    let mut sum = Measured::default();
    for part in parts {
        sum = sum.plus(Measured::said(part)?)?;
    }
    let difference = Measured::said(figure)?.less(sum)?;
    let status = difference.verdict();
    let list: Vec<String> = parts.iter().map(|p| printed(p)).collect();
    let words = format!("{}（{}）：{} = {}", subject(figure), form.words, printed(figure), list.join(" + "));
    let reason = "文中的合计与其各部分之和不合".to_owned();
    Some(check(figure, Outcome { rule: &C8, status, words, reason, cause: Cause::Published }))
}

/// The parts that follow a sum, up to the first amount that is neither part nor change; those that only some count in last.
fn parts<'p>(prose: &'p [ProseFigure], at: usize, form: &Form) -> Vec<Option<&'p ProseFigure>> {
    let wanted: Vec<&[&str]> = form.parts.iter().chain(form.extra).copied().collect();
    let mut found: Vec<Option<&ProseFigure>> = vec![None; wanted.len()];
    let period = prose.get(at).and_then(|sum| sum.period);
    for figure in prose.get(at + 1..).unwrap_or_default().iter().take(FARTHEST) {
        if figure.period != period || Measured::said(figure).is_none() {
            continue;
        }
        let part = wanted.iter().position(|words| has_any(&figure.subject, words));
        match part.and_then(|p| found.get_mut(p)) {
            Some(free @ None) if !(form.is_sum)(&figure.subject) || form.needed == 3 => *free = Some(figure),
            _ if has_any(&figure.subject, form.between) => {}
            _ => break,
        }
    }
    found
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
    fn three_public_spending_with_meetings_and_training() {
        let list = |whole: &str, name: &'static str| {
            status(&[
                (name, whole),
                ("因公出国(境)费", "5.00"),
                ("公务用车购置及运行费", "10.00"),
                ("公务接待费", "5.00"),
                ("会议费", "6.00"),
                ("培训费", "4.00"),
            ])
        };
        assert_eq!(list("20.00", "三公经费预算"), [CheckStatus::Passed]);
        assert_eq!(list("30.00", "三公经费预算"), [CheckStatus::Passed]);
        assert_eq!(list("25.00", "三公经费预算"), [CheckStatus::Failed]);
        assert_eq!(list("30.00", "三公经费、会议费、培训费预算"), [CheckStatus::Passed]);
        let parts = [("三公经费", "20.00"), ("公务接待费", "20.00"), ("会议费", "6.00"), ("培训费", "4.00")];
        let whole = |amount| [&[("三公经费、会议费和培训费", amount)], parts.as_slice()].concat();
        assert_eq!(status(&whole("30.00")), [CheckStatus::Passed]);
        assert_eq!(status(&whole("33.00")), [CheckStatus::Failed]);
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
