//! C4: a change and the percentage that goes with it fit the amount that changed: 本年 3,666 万元，比上年增加 21.8 万元，增长 0.60%.
//!
//! Growth is counted on last year's amount. Where last year was nothing there is no growth rate, whatever the model text
//! leaves room for; a document that writes 100% there is told so once.

use crate::check::narrative::c04_changes::Change;
use crate::check::narrative::percent::{Kind, Percent, Ratio, Stated, read};
use crate::check::narrative::said::{Outcome, check, printed, subject};
use crate::model::check::{Check, CheckStatus};
use crate::model::prose_figure::ProseFigure;
use crate::model::vocabulary::Period;
use crate::reading::fold::{fold, has_any, pattern};
use rust_decimal::Decimal;

pattern!(RATE, "(?:统一|一律|均)压减([0-9]{1,2})%");

/// Amounts that may stand between a change and what changed.
const FARTHEST: usize = 4;

/// Every percentage of growth whose base the narrative states.
pub(crate) fn checks(prose: &[ProseFigure]) -> Vec<Check> {
    let mut checks = Vec::new();
    let mut baseless: Vec<&ProseFigure> = Vec::new();
    for (at, figure) in prose.iter().enumerate() {
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
    change: Stated,
    base: Stated,
    /// This year's amount.
    now: Stated,
    /// In words: 21.8万元 ÷ (3,666万元 − 21.8万元).
    words: String,
}

/// The growth that the percentage behind figure `at` states, if two amounts say of what.
fn growth(prose: &[ProseFigure], at: usize) -> Option<Growth> {
    let figure = prose.get(at)?;
    let percent = read(&figure.percent).filter(|p| matches!(p.kind, Kind::Up | Kind::Down | Kind::Either))?;
    let own = Stated::of(figure)?;
    if figure.period == Some(Period::Change) {
        return of_change(prose, at, percent);
    }
    let before = prose.get(at.checked_sub(1)?).filter(|b| b.sentence == figure.sentence)?;
    let other = Stated::of(before)?;
    let (now, base, names) = match (before.period, figure.period) {
        (Some(Period::PriorYear), Some(Period::Current)) => (own, other, (figure, before)),
        (Some(Period::Current), Some(Period::PriorYear)) => (other, own, (before, figure)),
        _ => return None,
    };
    let words = format!("（{} − {}）÷ {}", printed(names.0), printed(names.1), printed(names.1));
    Some(Growth { percent, change: now.less(base)?, base, now, words })
}

/// A stated change: the amount that changed stands before it.
fn of_change(prose: &[ProseFigure], at: usize, percent: Percent) -> Option<Growth> {
    let figure = prose.get(at)?;
    let size = Stated::of(figure)?;
    let what = what_changed(prose, at)?;
    let amount = Stated::of(what)?;
    let down = is_down(figure);
    if what.period == Some(Period::PriorYear) {
        let change = if down { Stated { value: -size.value, ..size } } else { size };
        let words = format!("{} ÷ {}", printed(figure), printed(what));
        return Some(Growth { percent, change, base: amount, now: amount.plus(change)?, words });
    }
    let (change, base, sign) = if down {
        (Stated { value: -size.value, ..size }, amount.plus(size)?, '+')
    } else {
        (size, amount.less(size)?, '−')
    };
    let words = format!("{} ÷（{} {sign} {}）", printed(figure), printed(what), printed(figure));
    Some(Growth { percent, change, base, now: amount, words })
}

/// 统一压减10%: a cut by a rate that holds for all, stated as the reason. Other changes may stand beside it, so only a cut that
/// fits the rate is told, and whether to the last digit or by rounding.
fn by_rate(prose: &[ProseFigure], at: usize) -> Option<Check> {
    let figure = prose.get(at).filter(|f| f.period == Some(Period::Change) && is_down(f))?;
    let sentence = fold(&figure.sentence);
    let rate = RATE.captures(&sentence)?.get(1)?.as_str();
    let what = what_changed(prose, at).filter(|w| w.period == Some(Period::Current))?;
    let cut = Stated::of(figure)?;
    let base = Stated::of(what)?.plus(cut)?;
    let percent = read(&format!("下降{rate}%"))?;
    let ratio = Ratio::new(Stated { value: -cut.value, ..cut }, base)?;
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
    Some(check(figure, Outcome { rule: "C4", status, words, reason: String::new(), cause: "published" }))
}

/// The amounts of this year that a change is stated for, with last year's amount.
pub(crate) fn bases(prose: &[ProseFigure]) -> Vec<(&ProseFigure, Stated)> {
    let base = |change: Change<'_>| Stated::of(change.what)?.less(change.size);
    changes(prose).into_iter().filter_map(|change| Some((change.what, base(change)?))).collect()
}

/// Every stated change of an amount of this year.
pub(crate) fn changes(prose: &[ProseFigure]) -> Vec<Change<'_>> {
    let change = |(at, figure): (usize, &'_ ProseFigure)| {
        let at_change = figure.period == Some(Period::Change);
        let what = what_changed(prose, at).filter(|w| at_change && w.period == Some(Period::Current))?;
        let size = Stated::of(figure)?;
        let size = if is_down(figure) { Stated { value: -size.value, ..size } } else { size };
        Some((at, what, size))
    };
    let found = prose.iter().enumerate().filter_map(change);
    found.filter_map(|(at, what, size)| Some(Change { what, figure: prose.get(at)?, size })).collect()
}

/// The amount that a change is said of.
fn what_changed(prose: &[ProseFigure], at: usize) -> Option<&ProseFigure> {
    let figure = prose.get(at)?;
    prose.get(..at)?.iter().rev().take(FARTHEST).find(|f| f.period != Some(Period::Change) && changed(f, figure))
}

/// Whether two changes are said of the same thing, in the same direction.
pub(crate) fn is_of_the_same(first: &ProseFigure, second: &ProseFigure) -> bool {
    let name = |f: &ProseFigure| plain(head(&f.subject));
    !name(first).is_empty() && name(first) == name(second) && is_down(first) == is_down(second)
}

fn is_down(change: &ProseFigure) -> bool {
    has_any(&change.subject, &["减", "下降", "降低", "小于", "低于", "少于"])
}

/// Whether a change is said of an amount: its subject goes on with the amount's, or names the same in other words.
fn changed(amount: &ProseFigure, change: &ProseFigure) -> bool {
    if !matches!(amount.period, Some(Period::Current | Period::PriorYear)) {
        return false;
    }
    let (own, head) = (amount.subject.as_str(), head(&change.subject));
    if own.is_empty() || head.is_empty() {
        return false;
    }
    own == head || change.subject.starts_with(own) || plain(own) == plain(head)
}

/// What a change is said of: its subject without the words that compare.
fn head(subject: &str) -> &str {
    let words = ["较", "比", "与上", "与20", "同比", "各增", "各减", "增加", "减少", "增长", "下降", "降低"];
    let end = words.iter().filter_map(|w| subject.find(w)).min().unwrap_or(subject.len());
    subject.get(..end).unwrap_or("")
}

/// A subject without the words that forms put in or leave out.
fn plain(subject: &str) -> String {
    let mut text = subject.replace(['、', ','], "");
    for word in ["预算", "决算", "总计", "合计", "年初", "本年", "总", "数", "各", "安排"] {
        text = text.replace(word, "");
    }
    text
}

fn tried(figure: &ProseFigure, growth: &Growth) -> Option<Check> {
    let Growth { percent, change, base, now, words } = growth;
    let ratio = Ratio::new(*change, *base)?;
    let status = ratio.verdict(percent);
    let this_year = Ratio::new(*change, *now).is_some_and(|r| r.verdict(percent) == CheckStatus::Passed);
    let reason = match () {
        () if this_year => "百分比是以本年数为基数算的，应以上年数为基数",
        () if points_the_other_way(percent, *change) => "增减方向与两个数不合",
        () => "百分比与文中两个数不合",
    };
    let way = if change.value.is_sign_negative() { "下降" } else { "增长" };
    let words = format!("{}：{words} = {way} {}，写作 {}", subject(figure), ratio.text(percent), figure.percent);
    Some(check(figure, Outcome { rule: "C4", status, words, reason: reason.to_owned(), cause: "published" }))
}

fn points_the_other_way(percent: &Percent, change: Stated) -> bool {
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
    Some(check(first, Outcome { rule: "C4", status: CheckStatus::Failed, words, reason, cause: "definition" }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::said;

    fn status(figures: &[ProseFigure]) -> Vec<CheckStatus> {
        checks(figures).iter().map(|c| c.status).collect()
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
        let wrong = checks(&item("增长0.59465%"));
        assert!(wrong[0].reason.contains("本年数"), "{wrong:?}");
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
    fn growth_on_nothing_is_told_once() {
        let figures = vec![
            said("甲", "current", "25", ""),
            said("甲较2023年增加", "change", "25", "增长100%"),
            said("乙", "current", "30", ""),
            said("乙较2023年增加", "change", "30", "增长100%"),
            said("丙", "current", "0", ""),
            said("丙较2023年增加", "change", "0", "增长0%"),
        ];
        let found = checks(&figures);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].status, found[0].cause.as_str()), (CheckStatus::Failed, "definition"));
        assert!(found[0].statement.contains('甲') && found[0].statement.contains('乙'));
    }

    #[test]
    fn a_change_of_something_else_is_not_tried() {
        let figures = vec![said("收入总计", "current", "100", ""), said("培训费减少", "change", "5", "下降50%")];
        assert!(checks(&figures).is_empty());
    }
}
