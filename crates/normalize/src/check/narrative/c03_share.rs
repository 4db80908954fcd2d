//! C3: a share fits its amount and the whole: 基本支出 472.34 万元，占 62.67%; 支出决算 95 万元，完成年初预算的 95%.
//!
//! Of what a bare 占 is a share the words rarely say. The whole is taken for sure where the listed amounts add up to an
//! amount stated before them or printed as a total, where the words name it, or where most shares of the list fit it.

use crate::check::checker::{Checker, Run};
use crate::check::claim::Figure;
use crate::check::narrative::c08_parts::C8;
use crate::check::narrative::said::{Outcome, behind, check, is_base, is_in_brackets, printed, subject};
use crate::check::percent::{Kind, Percent, Ratio, read};
use crate::check::scene::{Scene, Tables};
use crate::check::source::PROCEDURE;
use crate::check::table::a06_three_public::items;
use crate::check::tables::b01_totals::closings;
use crate::model::check::{Check, CheckStatus};
use crate::model::measured::Measured;
use crate::model::money::MoneyUnit;
use crate::model::prose_figure::ProseFigure;
use crate::model::rule::Rule;
use crate::model::vocabulary::{Cause, Period, Side, TableType};
use crate::reading::fold::{has_any, pattern};
use crate::reading::three_public::Item;
use rust_decimal::Decimal;

/// 占比和完成率.
pub(crate) const C3: Rule = Rule {
    id: "C3",
    title: "占比和完成率",
    text: "文字说明写明的占比、完成率，等于文中两个数之比；末位差 1 算四舍五入。占什么不明的不核",
    source: PROCEDURE,
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[C3, C8],
    runs: &[Run::Amounts(checks)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

pattern!(RESPECTIVELY, "分别(?:约)?占(?:到)?([^0-9,，;；。%]*?)的?((?:[0-9]+(?:[.][0-9]+)?[%％][、和,，]?){2,})");

/// Amounts without a share that may stand between two of the same list (a change, 其中).
const WIDEST_GAP: usize = 6;
/// How far above a list its whole is looked for.
const FARTHEST: usize = 4;
/// Fewer parts than this are the forms' own (基本支出 and 项目支出).
const LEAST_PARTS: usize = 3;

/// Every share and every rate of completion.
fn checks(scene: &Scene<'_>) -> Vec<Check> {
    let prose = scene.prose;
    let lists = lists(prose);
    let shares = lists.iter().flat_map(|list| of_list(&scene.tables, prose, list));
    let done = (1..prose.len()).filter_map(|at| done(prose, at).or_else(|| done_of(prose, at)));
    let wholes = lists.iter().flat_map(|list| by_sentence(prose, list)).filter_map(|list| complete(prose, list));
    let respective = (0..prose.len()).flat_map(|at| respectively(&scene.tables, prose, at));
    let rests = lists.windows(2).filter_map(|pair| rest(&scene.tables, prose, [&pair[0], &pair[1]]));
    shares.chain(rests).chain(done).chain(wholes).chain(respective).collect()
}

/// 甲100万元、乙200万元、丙50万元，分别占收入预算的28.57%、57.14%、14.29%: as many shares as amounts before them.
fn respectively(tables: &Tables<'_>, prose: &[ProseFigure], at: usize) -> Vec<Check> {
    let Some(found) = prose.get(at).and_then(|_| RESPECTIVELY.captures(behind(prose, at))) else { return Vec::new() };
    let of = found.get(1).map_or("", |m| m.as_str());
    let percents: Vec<&str> =
        found.get(2).map_or("", |m| m.as_str()).split(['、', '和', ',', '，']).filter(|p| !p.is_empty()).collect();
    let Some(places) = listed_up_to(prose, at, percents.len()).filter(|_| percents.len() > 1) else {
        return Vec::new();
    };
    let share = |(at, percent): (usize, &&str)| {
        let figure = prose.get(at).filter(|f| f.period != Some(Period::Change))?;
        let percent = read(&format!("占{of}的{percent}"))?;
        let printed = format!("占{}%", percent.value);
        Some(Share { at, amount: Measured::said(figure)?, percent, printed })
    };
    let list: Option<Vec<Share>> = places.into_iter().zip(&percents).map(share).collect();
    list.map_or_else(Vec::new, |list| of_list(tables, prose, &list))
}

/// The last amounts of the sentence, as many as there are shares. What stands in brackets (公务用车215元（购置126元，运行89元）) is
/// said of the amount before it and is none of the list, unless the list itself is in brackets.
fn listed_up_to(prose: &[ProseFigure], at: usize, count: usize) -> Option<Vec<usize>> {
    let sentence = prose.get(at).map(|f| f.sentence.as_str())?;
    let same = |place: &usize| prose.get(*place).is_some_and(|f| f.sentence == sentence);
    let own = |place: &usize| !is_in_brackets(prose, *place);
    let mut places: Vec<usize> = (0..=at).rev().take_while(same).filter(own).take(count).collect();
    if places.len() < count {
        places = (0..=at).rev().take(count).collect();
    }
    places.reverse();
    (places.len() == count).then_some(places)
}

/// A share: where it stands, how much it is of, what is printed.
struct Share {
    at: usize,
    amount: Measured,
    percent: Percent,
    printed: String,
}

/// The share behind an amount, also where its growth stands between: 28.78亿元，增长2.1%，占一般公共预算收入的52.7%.
fn share(prose: &[ProseFigure], at: usize) -> Option<(Percent, String)> {
    let figure = prose.get(at)?;
    let is_share = |percent: &Percent| percent.kind == Kind::Share;
    if let Some(percent) = read(&figure.percent) {
        let behind = behind(prose, at).split(['；', ';', '。', '（', '(']).next().unwrap_or("");
        let mut pieces = behind.split(['，', ',']).filter(|piece| !piece.contains("分别"));
        if is_share(&percent) {
            return Some((percent, figure.percent.clone()));
        }
        return pieces.find_map(|piece| Some((read(piece).filter(is_share)?, piece.to_owned())));
    }
    None
}

/// Shares that belong together: same section, same words, no name twice.
fn lists(prose: &[ProseFigure]) -> Vec<Vec<Share>> {
    let mut lists: Vec<Vec<Share>> = Vec::new();
    for (at, figure) in prose.iter().enumerate() {
        let Some((percent, printed)) = share(prose, at) else { continue };
        let years = [Some(Period::Current), Some(Period::PriorYear)];
        let Some(amount) = Measured::said(figure).filter(|_| years.contains(&figure.period)) else { continue };
        let goes_on = lists.last().is_some_and(|list| {
            let near = list.last().is_some_and(|l| at - l.at <= WIDEST_GAP && l.percent.of == percent.of);
            let of = |l: &Share| prose.get(l.at);
            // A new whole stands before a new list.
            let led =
                |at: usize| prose.get(at).is_some_and(|f| f.sentence == figure.sentence && f.period == figure.period);
            let same = list.last().and_then(of).is_some_and(|l| l.sentence == figure.sentence);
            let begins = !same && list.last().is_some_and(|l| (l.at + 1..at).any(led) || is_new_whole(prose, l.at, at));
            near && !begins
                && list
                    .iter()
                    .filter_map(of)
                    .all(|f| f.section == figure.section && f.period == figure.period && f.subject != figure.subject)
        });
        let share = Share { at, amount, percent, printed };
        match lists.last_mut().filter(|_| goes_on) {
            Some(list) => list.push(share),
            None => lists.push(vec![share]),
        }
    }
    lists
}

/// Whether a sentence of its own between two shares states another whole: 支出总计 147,226.08 万元。其中，基本支出….
fn is_new_whole(prose: &[ProseFigure], last: usize, at: usize) -> bool {
    let (Some(before), Some(figure), Some(list)) =
        (at.checked_sub(1).and_then(|b| prose.get(b)), prose.get(at), prose.get(last))
    else {
        return false;
    };
    let apart = at - last > 1 && before.sentence != figure.sentence && before.sentence != list.sentence;
    apart && before.percent.is_empty() && before.period == figure.period && before.value >= figure.value
}

/// What shares may be of.
struct Whole {
    amount: Measured,
    /// As told to people.
    name: String,
    /// Whether the words themselves name it.
    named: bool,
}

fn of_list(tables: &Tables<'_>, prose: &[ProseFigure], list: &[Share]) -> Vec<Check> {
    let wholes = wholes(tables, prose, list);
    let Some(whole) = surest(&wholes, list) else { return Vec::new() };
    list.iter().filter_map(|share| tried(prose.get(share.at)?, share, whole)).collect()
}

/// 税收收入A，占一般公共预算收入的85.9%；非税收入B，占14.1%: what a bare 占 is of nobody says, but both together are the whole that the first is of.
fn rest(tables: &Tables<'_>, prose: &[ProseFigure], [first, second]: [&[Share]; 2]) -> Option<Check> {
    let ([one], [other]) = (first, second) else { return None };
    let bare = !one.percent.of.is_empty() && other.percent.of.is_empty() && other.at - one.at <= WIDEST_GAP;
    if !bare || surest(&wholes(tables, prose, second), second).is_some() {
        return None;
    }
    let sum = one.amount.plus(other.amount)?;
    let wholes = wholes(tables, prose, first);
    let whole = wholes.iter().find(|w| w.named && w.amount.agrees(sum))?;
    tried(prose.get(other.at)?, other, whole)
}

/// The amounts that the list's shares may be of, the nearest first.
fn wholes(tables: &Tables<'_>, prose: &[ProseFigure], list: &[Share]) -> Vec<Whole> {
    let Some(first) = list.first() else { return Vec::new() };
    let of = first.percent.of.as_str();
    let period = prose.get(first.at).and_then(|f| f.period);
    let mut found = Vec::new();
    for figure in prose.get(first.at.saturating_sub(FARTHEST)..first.at).unwrap_or_default().iter().rev() {
        let Some(amount) = Measured::said(figure).filter(|_| figure.period == period) else { continue };
        let named = !of.is_empty() && figure.subject.ends_with(of);
        found.push(Whole { amount, name: printed(figure), named });
    }
    // The tables' totals are this year's.
    if period != Some(Period::Current) {
        return found;
    }
    let mut add = |figures: Vec<Figure<'_>>, words: &[&str]| {
        for figure in figures {
            let Some(amount) = figure.amount() else { continue };
            let unit = figure.fact.unit.map_or("", MoneyUnit::as_str);
            let name = format!("{}{unit}", figure.fact.value_text);
            found.push(Whole { amount, name, named: has_any(of, words) });
        }
    };
    if has_any(of, Item::Total.words()) {
        let total = tables.only(TableType::ThreePublic).and_then(|s| items(s).get(&Item::Total).copied());
        add(total.into_iter().collect(), Item::Total.words());
        return found;
    }
    if let Some(summary) = tables.only(TableType::RevenueExpenditureSummary) {
        add(closings(summary, Side::Expenditure), &["支出合计", "支出总计", "总支出", "本年支出"]);
        add(closings(summary, Side::Revenue), &["收入合计", "收入总计", "总收入", "本年收入"]);
    }
    if let Some(summary) = tables.only(TableType::FiscalAppropriationSummary) {
        add(closings(summary, Side::Expenditure), &["财政拨款支出合计"]);
    }
    found
}

/// The whole that the list is of beyond doubt.
fn surest<'w>(wholes: &'w [Whole], list: &[Share]) -> Option<&'w Whole> {
    let sum = list.iter().try_fold(Measured::default(), |sum, s| sum.plus(s.amount))?;
    let closes = |w: &&Whole| w.amount.less(sum).is_some_and(Measured::is_nothing);
    let fits = |s: &&Share, w: &Whole| verdict(s, w).is_some_and(|v| v != CheckStatus::Failed);
    let fitting = |w: &Whole| list.iter().filter(|s| fits(s, w)).count();
    let named = |w: &&Whole| w.named && (list.len() == 1 || fitting(w) > 0);
    // 占本年支出合计的99%: nothing but what is named will do.
    if list.iter().any(|s| !s.percent.of.is_empty()) {
        let held = |w: &&Whole| named(w) && fitting(w) == list.len();
        return wholes.iter().find(held).or_else(|| wholes.iter().find(named));
    }
    // What stands before the list and fits every share is what the shares are of.
    if let Some(whole) = wholes.iter().find(|w| list.len() > 1 && fitting(w) == list.len()) {
        return Some(whole);
    }
    // One amount alone is the sum of anything equal to it.
    if let Some(whole) = wholes.iter().find(|w| list.len() > 1 && closes(w)) {
        return Some(whole);
    }
    let most = wholes.iter().rev().max_by_key(|w| fitting(w)).filter(|w| fitting(w) >= 2 || list.len() == 1)?;
    let enough = if list.len() > 2 { fitting(most) * 2 > list.len() } else { fitting(most) == list.len() };
    enough.then_some(most)
}

/// A list's parts that stand in one sentence each.
fn by_sentence<'l>(prose: &[ProseFigure], list: &'l [Share]) -> Vec<&'l [Share]> {
    let sentence = |share: &Share| prose.get(share.at).map(|f| f.sentence.as_str());
    list.chunk_by(|a, b| sentence(a) == sentence(b)).collect()
}

/// C8: shares that add up to 100 % name all parts, so that their amounts add up to the amount stated before them.
fn complete(prose: &[ProseFigure], list: &[Share]) -> Option<Check> {
    let first = list.first().filter(|_| list.len() >= LEAST_PARTS)?;
    let percents = list.iter().try_fold(Decimal::ZERO, |sum, s| sum.checked_add(s.percent.value))?;
    let open = list.iter().try_fold(Decimal::ZERO, |sum, s| sum.checked_add(s.percent.digit))?;
    if percents.checked_sub(Decimal::ONE_HUNDRED)?.abs() > open {
        return None;
    }
    let before = prose.get(first.at.saturating_sub(FARTHEST)..first.at)?;
    let section = prose.get(first.at).map(|f| f.section.as_str());
    let period = prose.get(first.at).and_then(|f| f.period);
    let whole = |f: &&ProseFigure| f.period == period && f.percent.is_empty() && Some(f.section.as_str()) == section;
    let figure = before.iter().rfind(whole)?;
    let amount = Measured::said(figure)?;
    let sum = list.iter().try_fold(Measured::default(), |sum, s| sum.plus(s.amount))?;
    let fitting = |amount: Measured| {
        let whole = Whole { amount, name: String::new(), named: false };
        list.iter().filter(|s| verdict(s, &whole).is_some_and(|v| v != CheckStatus::Failed)).count()
    };
    // Shares of the sum itself, said in one breath with another amount, speak against that amount.
    let same = prose.get(first.at).is_some_and(|f| f.sentence == figure.sentence);
    if fitting(amount) * 2 <= list.len() && !(same && fitting(sum) == list.len()) {
        return None;
    }
    let parts: Vec<String> = list.iter().filter_map(|s| prose.get(s.at)).map(printed).collect();
    let words =
        format!("{}（占比合计 100%，各部分已列全）：{} = {}", subject(figure), printed(figure), parts.join(" + "));
    let reason = "文中的合计与其各部分之和不合".to_owned();
    let status = amount.less(sum)?.verdict();
    Some(check(figure, Outcome { rule: &C8, status, words, reason, cause: Cause::Published }))
}

fn verdict(share: &Share, whole: &Whole) -> Option<CheckStatus> {
    Some(Ratio::new(share.amount, whole.amount)?.verdict(&share.percent))
}

fn tried(figure: &ProseFigure, share: &Share, whole: &Whole) -> Option<Check> {
    let ratio = Ratio::new(share.amount, whole.amount)?;
    let status = ratio.verdict(&share.percent);
    let exact = ratio.text(&share.percent);
    let words = format!("{}：{} ÷ {} = {exact}，写作 {}", subject(figure), printed(figure), whole.name, share.printed);
    let reason = "占比与文中的数不合".to_owned();
    Some(check(figure, Outcome { rule: &C3, status, words, reason, cause: Cause::Published }))
}

/// 收入 A，完成预算 B 的 P%: one of the amounts before it, mostly the first, is what was done.
fn done_of(prose: &[ProseFigure], at: usize) -> Option<Check> {
    let base = prose.get(at).filter(|f| is_base(prose, at) && has_any(&f.subject, &["预算"]))?;
    let number = base.percent.trim_start_matches(|c: char| !c.is_ascii_digit());
    let percent = read(&format!("完成预算的{number}"))?;
    let whole = Measured::said(base)?;
    let same: Vec<&ProseFigure> = prose.get(..at)?.iter().filter(|f| f.sentence == base.sentence).collect();
    let tried = |figure: &&&ProseFigure| Some(Ratio::new(Measured::said(figure)?, whole)?.verdict(&percent));
    let held = same.iter().rev().find(|f| tried(f).is_some_and(|v| v != CheckStatus::Failed));
    let figure = held.or_else(|| same.first())?;
    let ratio = Ratio::new(Measured::said(figure)?, whole)?;
    let exact = ratio.text(&percent);
    let words = format!("{}：{} ÷ {} = {exact}，写作 {number}", subject(figure), printed(figure), printed(base));
    let reason = "完成率与文中两个数不合".to_owned();
    let status = ratio.verdict(&percent);
    Some(check(figure, Outcome { rule: &C3, status, words, reason, cause: Cause::Published }))
}

/// 年初预算为 A，支出决算为 B，完成年初预算的 P%.
fn done(prose: &[ProseFigure], at: usize) -> Option<Check> {
    let (before, figure) = (prose.get(at.checked_sub(1)?)?, prose.get(at)?);
    let percent = read(&figure.percent).filter(|p| p.kind == Kind::Done && p.of.contains("预算"))?;
    let same = before.sentence == figure.sentence
        && before.period == Some(Period::Current)
        && figure.period == Some(Period::Current);
    let named = before.subject.trim_end_matches("数").trim_end_matches("安排").trim_end_matches("总额");
    let budget = named.ends_with(percent.of.trim_end_matches("数")) && !figure.subject.contains(percent.of.as_str());
    let (part, whole) = (Measured::said(figure)?, Measured::said(before).filter(|_| same && budget)?);
    let (status, result) = match Ratio::new(part, whole) {
        Some(ratio) => (ratio.verdict(&percent), format!("= {}", ratio.text(&percent))),
        None if percent.value.is_zero() => return None,
        None => (CheckStatus::Failed, "没有完成率可算".to_owned()),
    };
    let words =
        format!("{}：{} ÷ {} {result}，写作 {}", subject(figure), printed(figure), printed(before), figure.percent);
    let reason = "完成率与文中两个数不合".to_owned();
    Some(check(figure, Outcome { rule: &C3, status, words, reason, cause: Cause::Published }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, said};

    fn found(figures: &[ProseFigure]) -> Vec<Check> {
        checks(&Scene::new(&[], figures, &[]))
    }

    /// Shares of 100% in all.
    fn shares_of_all(whole: &str) -> Vec<ProseFigure> {
        vec![
            said("支出", "current", whole, ""),
            said("教育支出", "current", "45.30", "占45.30%"),
            said("卫生健康支出", "current", "34.60", "占34.60%"),
            said("农林水支出", "current", "20.10", "占20.10%"),
        ]
    }

    pub(crate) fn example() -> Example {
        Example::prose(shares_of_all("100.00"))
    }

    fn status(figures: &[ProseFigure]) -> Vec<CheckStatus> {
        found(figures).iter().map(|c| c.status).collect()
    }

    #[test]
    fn amounts_that_add_up_to_the_whole_have_sure_shares() {
        let list = |last: &str| {
            vec![
                said("支出合计", "current", "708.06", ""),
                said("基本支出", "current", "477.56", "占67.45%"),
                said("项目支出", "current", "230.50", last),
            ]
        };
        assert_eq!(status(&list("占32.55%")), [CheckStatus::Passed; 2]);
        assert_eq!(status(&list("占33.55%")), [CheckStatus::Passed, CheckStatus::Failed]);
        assert_eq!(status(&list("占32.56%")), [CheckStatus::Passed, CheckStatus::Rounding]);
    }

    #[test]
    fn shares_of_last_years_amounts_are_of_last_years_whole() {
        let list = |percent: &str| {
            let mut figures = vec![
                said("全市一般公共预算收入", "prior_year", "708.06", ""),
                said("税收收入", "prior_year", "477.56", &format!("占一般公共预算收入的{percent}")),
            ];
            figures[1].sentence = "其中：税收收入477.56万元。".to_owned();
            figures
        };
        assert_eq!(status(&list("67.45%")), [CheckStatus::Passed]);
        assert_eq!(status(&list("41.70%")), [CheckStatus::Failed]);
        let mut other = list("41.70%");
        other[0].period = Some(Period::Current);
        assert!(status(&other).is_empty(), "this year's whole");
    }

    #[test]
    fn parts_that_make_up_all_add_up_to_the_whole() {
        let sums = |whole: &str| -> Vec<CheckStatus> {
            found(&shares_of_all(whole)).iter().filter(|c| c.rule == C8.id).map(|c| c.status).collect()
        };
        assert_eq!(sums("100.00"), [CheckStatus::Passed]);
        assert_eq!(sums("100.03"), [CheckStatus::Failed]);
        assert_eq!(sums("700.00"), [CheckStatus::Failed]);
        let mut other = shares_of_all("700.00");
        other[0].sentence = "another sentence".to_owned();
        assert!(found(&other).is_empty(), "shares of something else");
        let mut nothing = shares_of_all("100.00");
        nothing.insert(1, said("国有资本", "current", "0", ""));
        assert_eq!(status(&nothing)[..3], [CheckStatus::Passed; 3], "nothing is the whole of no share");
    }

    #[test]
    fn shares_told_respectively() {
        let told = |last: &str| {
            let mut figures = vec![
                said("收入预算", "current", "350.00", ""),
                said("甲", "current", "100.00", ""),
                said("乙", "current", "200.00", ""),
                said("丙", "current", "50.00", ""),
            ];
            for figure in &mut figures {
                figure.sentence = format!(
                    "收入预算350.00万元，其中甲100.00万元、乙200.00万元、丙50.00万元，分别占收入预算的28.57%、57.14%、{last}%。"
                );
            }
            let found = found(&figures);
            found.iter().filter(|c| c.status == CheckStatus::Failed).count()
        };
        assert_eq!(told("14.29"), 0);
        assert_eq!(told("19.29"), 1);
    }

    #[test]
    fn shares_behind_growth_and_of_what_is_left() {
        let told = |first: &str, second: &str| {
            let mut figures = vec![
                said("一般公共预算收入", "current", "250.00", "增长1.0%"),
                said("税收收入", "current", "200.00", "下降2.1%"),
                said("非税收入", "current", "50.00", &format!("占{second}%")),
            ];
            for figure in &mut figures {
                figure.sentence = format!(
                    "一般公共预算收入250.00万元，增长1.0%，其中税收收入200.00万元，下降2.1%，占一般公共预算收入的{first}%；非税收入50.00万元，占{second}%。"
                );
            }
            status(&figures)
        };
        assert_eq!(told("80.0", "20.0"), [CheckStatus::Passed; 2]);
        assert_eq!(told("30.0", "20.0"), [CheckStatus::Failed, CheckStatus::Passed]);
        assert_eq!(told("80.0", "70.0"), [CheckStatus::Passed, CheckStatus::Failed]);
    }

    #[test]
    fn what_stands_in_brackets_has_no_share_of_the_list() {
        let told = |last: &str| {
            let mut figures = vec![
                said("三公经费", "current", "237.30", ""),
                said("出国费", "current", "8.40", ""),
                said("用车费", "current", "215.00", ""),
                said("购置费", "current", "126.00", ""),
                said("运行费", "current", "89.00", ""),
                said("接待费", "current", "13.90", ""),
            ];
            for figure in &mut figures {
                figure.sentence = format!(
                    "三公经费237.30万元，其中：出国费8.40万元、用车费215.00万元（购置费126.00万元，运行费89.00万元）、接待费13.90万元（国内），分别占3.54%、90.60%、{last}%。"
                );
            }
            found(&figures).iter().filter(|c| c.status == CheckStatus::Failed).count()
        };
        assert_eq!(told("5.86"), 0);
        assert_eq!(told("9.86"), 1);
    }

    #[test]
    fn a_rate_of_an_amount_that_stands_behind() {
        let told = |percent: &str| {
            let mut figures = vec![
                said("一般公共预算收入", "current", "2305230", ""),
                said("税收收入", "current", "1513169", "占65.64%"),
                said("完成预算", "current", "2172984", &format!("{percent}%")),
            ];
            for figure in &mut figures {
                figure.sentence = format!(
                    "一般公共预算收入2305230万元（其中税收收入1513169万元，占65.64%），完成预算2172984万元的{percent}%。"
                );
            }
            status(&figures)
        };
        assert_eq!(told("106.09"), [CheckStatus::Passed; 2]);
        assert_eq!(told("166.09"), [CheckStatus::Passed, CheckStatus::Failed]);
    }

    #[test]
    fn a_share_of_nothing_known_is_not_tried() {
        let list = vec![said("收入", "current", "500.00", ""), said("培训费", "current", "3.00", "占41%")];
        assert!(status(&list).is_empty());
    }

    #[test]
    fn a_budget_and_what_became_of_it() {
        let both = |percent: &str| {
            vec![said("年初预算", "current", "10210.34", ""), said("支出决算", "current", "9746.50", percent)]
        };
        assert_eq!(status(&both("完成年初预算的95.46%")), [CheckStatus::Passed]);
        assert_eq!(status(&both("完成年初预算的98.46%")), [CheckStatus::Failed]);
        let nothing =
            [said("年初预算", "current", "0.00", ""), said("支出决算", "current", "3.00", "完成年初预算的9%")];
        assert_eq!(status(&nothing), [CheckStatus::Failed]);
    }
}
