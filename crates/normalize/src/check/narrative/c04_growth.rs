//! C4: a change and the percentage that goes with it fit the amount that changed: 本年 3,666 万元，比上年增加 21.8 万元，增长 0.60%.
//!
//! Growth is counted on last year's amount. Where last year was nothing there is no growth rate, whatever the model text
//! leaves room for; a document that writes 100% there is told so once.

use crate::check::checker::{Checker, Run};
use crate::check::narrative::agreement::piece;
use crate::check::narrative::change::{is_down, signed, what_changed};
use crate::check::narrative::said::{Outcome, behind, check, is_base, printed, subject};
use crate::check::percent::{Kind, Percent, Ratio, read};
use crate::check::scene::Scene;
use crate::check::source::PROCEDURE;
use crate::model::check::{Check, CheckStatus};
use crate::model::measured::Measured;
use crate::model::prose_figure::ProseFigure;
use crate::model::rule::Rule;
use crate::model::vocabulary::{Cause, Period};
use crate::reading::fold::{fold, pattern};
use rust_decimal::Decimal;

/// 增减额和增减幅.
pub(crate) const C4: Rule = Rule {
    id: "C4",
    title: "增减额和增减幅",
    text: "文字说明写明的增长、下降幅度，以上年数为基数，与文中的数和增减额相合；同一个数只有一个增减额，合计的增减额等于各部分增减额之和，两处只差一个数字的增减额也报；上年为 0 时没有增长率，每份文件报一次",
    source: PROCEDURE,
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[C4],
    runs: &[Run::Amounts(checks)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

// Nothing but the word of the change between both amounts, or 相比，收入支出各增加.
pattern!(
    COMPARED,
    "^(?:相比|比较|对比)?[,、]?(?:(?:总?收入?|总?支出?|收支)(?:总计|总额|合计|总数)?[、和及,]?){0,2}(?:各|均|共|净)?(?:增加|减少|增长|下降|增支|减支|调增|调减)(?:了|额|数)?(?:为|约|共)?$"
);
// 较2023年度的2126.03万元, 比上年L万元: what stands before an amount that another is compared with.
pattern!(AGAINST, "(?:^|[,、])(?:较|比|与)(?:20[0-9]{2}年度?|上年度?|去年)(?:同期)?(?:决算数|预算数|执行数)?的?$");
pattern!(RATE, "(?:统一|一律|均)压减([0-9]{1,2})%");

/// Every percentage of growth whose base the narrative states.
fn checks(scene: &Scene<'_>) -> Vec<Check> {
    let prose = scene.prose;
    let mut checks = Vec::new();
    let mut baseless: Vec<&ProseFigure> = Vec::new();
    for (at, figure) in prose.iter().enumerate() {
        checks.extend(differs(prose, at));
        let Some(growth) = growth(prose, at) else {
            checks.extend(by_rate(prose, at));
            continue;
        };
        if growth.base.is_nothing() {
            baseless.extend((!growth.percent.value.is_zero()).then_some(figure));
            continue;
        }
        checks.extend(tried(figure, &growth));
    }
    checks.extend(told_once(&baseless));
    checks
}

/// A change with the base that it is counted on.
struct Growth {
    percent: Percent,
    change: Measured,
    base: Measured,
    /// This year's amount.
    now: Measured,
    /// In words: 21.8万元 ÷ (3,666万元 − 21.8万元).
    words: String,
}

/// The growth that the percentage behind figure `at` states, if two amounts say of what.
fn growth(prose: &[ProseFigure], at: usize) -> Option<Growth> {
    let figure = prose.get(at)?;
    let percent = read(&figure.percent).filter(|p| matches!(p.kind, Kind::Up | Kind::Down | Kind::Either))?;
    let own = Measured::said(figure)?;
    if figure.period == Some(Period::Change) {
        return of_change(prose, at, percent);
    }
    let before = prose.get(at.checked_sub(1)?).filter(|b| b.sentence == figure.sentence)?;
    // 收入A万元，完成预算B万元的106%，比上年C万元增长3%: what grew is what the sentence began with.
    let before =
        if is_base(prose, at.checked_sub(1)?) { prose.iter().find(|f| f.sentence == figure.sentence)? } else { before };
    let before = of_same_name(prose, at).unwrap_or(before);
    // 全市收入完成A亿元，其中市本级B亿元；全市收入预期C亿元，增长3%: B is a part, and no base of C.
    if before.subject != figure.subject && piece(before).contains("其中") && !piece(figure).contains("其中") {
        return None;
    }
    let other = Measured::said(before)?;
    let (now, base, names) = match (before.period, figure.period) {
        (Some(Period::PriorYear), Some(Period::Current)) => (own, other, (figure, before)),
        (Some(Period::Current), Some(Period::PriorYear)) => (other, own, (before, figure)),
        _ => return None,
    };
    let words = format!("（{} − {}）÷ {}", printed(names.0), printed(names.1), printed(names.1));
    Some(Growth { percent, change: now.less(base)?, base, now, words })
}

/// Last year's amount of just the same thing, earlier in the sentence.
fn of_same_name(prose: &[ProseFigure], at: usize) -> Option<&ProseFigure> {
    let figure = prose.get(at).filter(|f| f.period == Some(Period::Current) && !f.subject.is_empty())?;
    let earlier = prose.get(..at)?.iter().rev().take_while(|f| f.sentence == figure.sentence);
    earlier.into_iter().find(|f| f.period == Some(Period::PriorYear) && f.subject == figure.subject)
}

/// A stated change: the amount that changed stands before it.
fn of_change(prose: &[ProseFigure], at: usize, percent: Percent) -> Option<Growth> {
    let figure = prose.get(at)?;
    let change = signed(figure)?;
    let base = based(prose, at);
    let what = base.or_else(|| what_changed(prose, at))?;
    let amount = Measured::said(what)?;
    if base.is_some() || what.period == Some(Period::PriorYear) {
        let words = format!("{} ÷ {}", printed(figure), printed(what));
        return Some(Growth { percent, change, base: amount, now: amount.plus(change)?, words });
    }
    let base = amount.less(change)?;
    let sign = if is_down(figure) { '+' } else { '−' };
    let words = format!("{} ÷（{} {sign} {}）", printed(figure), printed(what), printed(figure));
    Some(Growth { percent, change, base, now: amount, words })
}

/// 较2024年87.66万元增加1.89万元: the amount compared with stands in the comparison itself.
fn based(prose: &[ProseFigure], at: usize) -> Option<&ProseFigure> {
    let (before, figure) = (prose.get(at.checked_sub(1)?)?, prose.get(at)?);
    let compared = || AGAINST.is_match(&piece(before));
    let same = before.sentence == figure.sentence && (before.period == Some(Period::PriorYear) || compared());
    (same && COMPARED.is_match(&fold(behind(prose, at.checked_sub(1)?)))).then_some(before)
}

/// 安排89.55万元，较2024年87.66万元增加1.89万元: what is now, less what was, is the change.
fn differs(prose: &[ProseFigure], at: usize) -> Option<Check> {
    let (figure, base) = (prose.get(at)?, based(prose, at)?);
    // 收入A，完成调整预算B的94.8%，比上年决算数C减少D: B is what A is a part of.
    let last = (0..at.checked_sub(1)?).rev().find(|before| !is_base(prose, *before))?;
    let now = prose.get(last).filter(|f| f.sentence == figure.sentence && f.period == Some(Period::Current))?;
    let of = |now: &ProseFigure| Measured::said(now)?.less(Measured::said(base)?)?.less(signed(figure)?);
    // 决算数A，全年预算数B，决算数较上年C减少D: B stands between.
    let earlier = prose.get(..last)?.iter().rev().take_while(|f| f.sentence == figure.sentence);
    let closes = |f: &&ProseFigure| of(f).is_some_and(|d| d.verdict() == CheckStatus::Passed);
    let now = earlier.into_iter().find(closes).unwrap_or(now);
    let difference = of(now)?;
    let words = format!("{}：{} − {} = {}", subject(now), printed(now), printed(base), printed(figure));
    let reason = "增减额与文中两个数不合".to_owned();
    let status = difference.verdict();
    Some(check(figure, Outcome { rule: &C4, status, words, reason, cause: Cause::Published }))
}

/// 统一压减10%: a cut by a rate that holds for all, stated as the reason. Other changes may stand beside it, so only a cut that
/// fits the rate is told, and whether to the last digit or by rounding.
fn by_rate(prose: &[ProseFigure], at: usize) -> Option<Check> {
    let figure = prose.get(at).filter(|f| f.period == Some(Period::Change) && is_down(f))?;
    let sentence = fold(&figure.sentence);
    let rate = RATE.captures(&sentence)?.get(1)?.as_str();
    let what = what_changed(prose, at).filter(|w| w.period == Some(Period::Current))?;
    let cut = Measured::said(figure)?;
    let base = Measured::said(what)?.plus(cut)?;
    let percent = read(&format!("下降{rate}%"))?;
    let ratio = Ratio::new(cut.negated(), base)?;
    let wanted = base.value.checked_mul(percent.value)?.checked_div(Decimal::ONE_HUNDRED)?;
    let exact = cut.value.checked_sub(wanted)?.abs() <= cut.half.checked_add(base.half)?;
    let status = match ratio.verdict(&percent) {
        CheckStatus::Failed => return None,
        _ if exact => CheckStatus::Passed,
        _ => CheckStatus::Rounding,
    };
    let words = format!(
        "{}：{} ÷（{} + {}） = {}，写作压减{rate}%",
        subject(figure),
        printed(figure),
        printed(what),
        printed(figure),
        ratio.text(&Percent { digit: Decimal::new(1, 2), ..percent })
    );
    Some(check(figure, Outcome { rule: &C4, status, words, reason: String::new(), cause: Cause::Published }))
}

fn tried(figure: &ProseFigure, growth: &Growth) -> Option<Check> {
    let Growth { percent, change, base, now, words } = growth;
    let ratio = Ratio::new(*change, *base)?;
    let status = ratio.verdict(percent);
    let this_year = Ratio::new(*change, *now).is_some_and(|r| r.verdict(percent) == CheckStatus::Passed);
    let reason = if this_year {
        "百分比是以本年数为基数算的，应以上年数为基数"
    } else if points_the_other_way(percent, *change) {
        "增减方向与两个数不合"
    } else {
        "百分比与文中两个数不合"
    };
    let way = if change.value.is_sign_negative() { "下降" } else { "增长" };
    let words = format!("{}：{words} = {way} {}，写作 {}", subject(figure), ratio.text(percent), figure.percent);
    Some(check(figure, Outcome { rule: &C4, status, words, reason: reason.to_owned(), cause: Cause::Published }))
}

fn points_the_other_way(percent: &Percent, change: Measured) -> bool {
    let down = change.value.is_sign_negative();
    !change.is_nothing() && (percent.kind == Kind::Up && down || percent.kind == Kind::Down && !down)
}

/// Growth on nothing, all of a document in one.
fn told_once(baseless: &[&ProseFigure]) -> Option<Check> {
    let first = baseless.first()?;
    let names: Vec<String> = baseless.iter().take(4).map(|f| format!("{}（{}）", subject(f), f.percent)).collect();
    let more = if baseless.len() > names.len() { format!(" 等 {} 处", baseless.len()) } else { String::new() };
    let words = format!("{}{more}：上年数为 0，没有增长率可算", names.join("、"));
    let reason = "上年为 0 时增长率没有意义，不应写作 100%".to_owned();
    Some(check(first, Outcome { rule: &C4, status: CheckStatus::Failed, words, reason, cause: Cause::Definition }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, said};

    fn found(figures: &[ProseFigure]) -> Vec<Check> {
        checks(&Scene::new(&[], figures, &[]))
    }

    fn status(figures: &[ProseFigure]) -> Vec<CheckStatus> {
        found(figures).iter().map(|c| c.status).collect()
    }

    pub(crate) fn example() -> Example {
        let (what, change) = ("行政运行(项)支出", "行政运行(项)支出与上年相比增加");
        Example::prose(vec![said(what, "current", "3666", ""), said(change, "change", "21.8", "增长0.60%")])
    }

    #[test]
    fn growth_is_counted_on_last_years_amount() {
        let item = |percent: &str| {
            vec![
                said("行政运行(项)支出", "current", "3666", ""),
                said("行政运行(项)支出与上年相比增加", "change", "21.8", percent),
            ]
        };
        assert_eq!(status(&item("增长0.60%")), [CheckStatus::Passed]);
        assert_eq!(status(&item("增长0.06%")), [CheckStatus::Failed]);
        assert_eq!(status(&item("下降0.60%")), [CheckStatus::Failed]);
        let wrong = found(&item("增长0.59465%"));
        assert!(wrong[0].reason.contains("本年数"), "{wrong:?}");
    }

    #[test]
    fn the_amount_compared_with_may_stand_in_the_comparison() {
        let told = |now: &str, base: &str, change: &str, percent: &str| {
            let mut figures = vec![
                said("安排", "current", now, ""),
                said("较", "prior_year", base, ""),
                said("较增加", "change", change, percent),
            ];
            for figure in &mut figures {
                figure.sentence = format!("事业运行安排{now}万元，较2024年{base}万元增加{change}万元（{percent}）。");
            }
            status(&figures)
        };
        assert_eq!(told("89.55", "87.66", "1.89", "增长2.16%"), [CheckStatus::Passed; 2]);
        assert_eq!(told("89.55", "87.66", "1.79", "增长2.16%"), [CheckStatus::Failed; 2]);
        assert_eq!(told("89.75", "87.66", "1.89", "增长2.16%"), [CheckStatus::Failed, CheckStatus::Passed]);
        assert_eq!(told("89.55", "87.66", "1.89", "增长7.16%"), [CheckStatus::Passed, CheckStatus::Failed]);
    }

    #[test]
    fn a_budget_that_was_met_in_part_is_not_what_changed() {
        let told = |change: &str| {
            let mut figures = vec![
                said("收入", "current", "13886", ""),
                said("完成调整预算", "current", "14655", "94.8%"),
                said("比上年决算数", "prior_year", "14770", ""),
                said("比上年决算数减少", "change", change, "下降6.0%"),
            ];
            for figure in &mut figures {
                figure.sentence = format!(
                    "收入13886万元，完成调整预算14655万元的94.8%，比上年决算数14770万元减少{change}万元，下降6.0%。"
                );
            }
            status(&figures)
        };
        assert_eq!(told("884"), [CheckStatus::Passed; 2]);
        assert_eq!(told("984"), [CheckStatus::Failed; 2]);
    }

    #[test]
    fn both_sums_compared_with_last_years() {
        let told = |percent: &str| {
            let mut figures = vec![
                said("上年决算数", "prior_year", "2673.50", ""),
                said("收入支出各增加", "change", "252.52", &format!("增长{percent}")),
            ];
            for figure in &mut figures {
                figure.sentence =
                    format!("与上年决算数2673.50万元相比，收入支出各增加252.52万元，增长{percent}，主要是人员增加。");
            }
            status(&figures)
        };
        assert_eq!(told("9.45%"), [CheckStatus::Passed]);
        assert_eq!(told("11.65%"), [CheckStatus::Failed]);
    }

    #[test]
    fn a_cut_by_one_rate_for_all() {
        let cut = |amount: &str, by: &str| {
            let mut figures =
                vec![said("出国费", "current", amount, ""), said("出国费比上年减少", "change", by, "10%")];
            for figure in &mut figures {
                "出国费比上年减少，主要原因按规定统一压减10%。".clone_into(&mut figure.sentence);
            }
            status(&figures)
        };
        assert_eq!(cut("384.75", "42.75"), [CheckStatus::Passed]);
        assert_eq!(cut("199.25", "23.25"), [CheckStatus::Rounding], "10.45 %");
        assert!(cut("199.25", "60.00").is_empty(), "cut for other reasons too");
    }

    #[test]
    fn two_years_side_by_side() {
        let both = |percent: &str| {
            vec![said("预算执行数", "prior_year", "1690.69", ""), said("预算安排", "current", "1434.89", percent)]
        };
        assert_eq!(status(&both("减少15.13%")), [CheckStatus::Passed]);
        assert_eq!(status(&both("减少1.10%")), [CheckStatus::Failed]);
    }

    #[test]
    fn growth_is_on_the_same_thing_of_last_year() {
        let told = |percent: &str| {
            let mut figures = vec![
                said("全市收入", "prior_year", "201.02", ""),
                said("市本级", "prior_year", "61.25", ""),
                said("全市收入", "current", "205.72", percent),
            ];
            for figure in &mut figures {
                "2025年，全市收入完成201.02万元，其中市本级61.25万元；2026年全市收入预期205.72万元，增长2.3%。"
                    .clone_into(&mut figure.sentence);
            }
            let named = status(&figures);
            "全市预期收入".clone_into(&mut figures[2].subject);
            (named, status(&figures))
        };
        assert_eq!(told("增长2.3%"), (vec![CheckStatus::Passed], Vec::new()));
        assert_eq!(told("增长3.2%"), (vec![CheckStatus::Failed], Vec::new()));
    }

    #[test]
    fn growth_on_nothing_is_told_once() {
        let figures = vec![
            said("甲", "current", "25", ""),
            said("甲较2023年增加", "change", "25", "增长100%"),
            said("乙", "current", "30", ""),
            said("乙较2023年增加", "change", "30", "增长100%"),
            said("丙", "current", "0", ""),
            said("丙较2023年增加", "change", "0", "增长0%"),
        ];
        let found = found(&figures);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].status, found[0].cause), (CheckStatus::Failed, Some(Cause::Definition)));
        assert!(found[0].claim_text.contains('甲') && found[0].claim_text.contains('乙'));
    }

    #[test]
    fn a_change_of_something_else_is_not_tried() {
        let figures = vec![said("收入总计", "current", "100", ""), said("培训费减少", "change", "5", "下降50%")];
        assert!(found(&figures).is_empty());
    }
}
