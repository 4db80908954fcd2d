//! Whose error is it? For each failed identity the cells that, changed alone, would make it and its neighbours hold, and what
//! kind of error that would be.
//!
//! A wrong cell takes part in several identities (its row's sum, its column's, its code's, another table's); the one change
//! that heals most of them and breaks none is the likeliest. Nothing is ever changed: the cells are named for people.

use crate::check::claim::{Cell, Figure, Relation, Tried};
use crate::check::{misread, slip};
use crate::model::check::{CheckScope, CheckStatus};
use crate::model::money::MoneyUnit;
use crate::model::vocabulary::Cause;
use crate::reading::fold::{fold, has_any};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Cells named per failed check.
const MOST_SUSPECTS: usize = 5;

/// A cell of an identity: which identity, and whether it stands on the left.
type Part = (usize, bool);

/// Fills suspects, cause and reason of all failed checks.
pub(crate) fn assign(tried: &mut [Tried<'_>]) {
    let mut parts: BTreeMap<Cell<'_>, Vec<Part>> = BTreeMap::new();
    for (at, one) in tried.iter().enumerate() {
        for (figure, left) in sided(one) {
            parts.entry(figure.cell()).or_default().push((at, left));
        }
    }
    let failed: Vec<usize> = (0..tried.len()).filter(|at| is_failed(&tried[*at])).collect();
    let mut found = Vec::new();
    for at in failed {
        let suspects = suspects(tried, &parts, at);
        let (cause, reason) = cause(tried, at, suspects.first());
        let names = suspects.iter().take(MOST_SUSPECTS).map(|s| s.figure.name()).collect::<Vec<_>>();
        found.push((at, names, cause, reason));
    }
    for (at, names, cause, reason) in found {
        let check = &mut tried[at].check;
        check.suspects = names;
        check.cause = Some(cause);
        check.reason = reason;
    }
}

fn is_failed(tried: &Tried<'_>) -> bool {
    tried.check.status == CheckStatus::Failed
}

/// All figures of an identity, with whether they stand on the left.
fn sided<'t, 'a>(tried: &'t Tried<'a>) -> impl Iterator<Item = (&'t Figure<'a>, bool)> {
    tried.claim.left.iter().map(|f| (f, true)).chain(tried.claim.right.iter().map(|f| (f, false)))
}

/// A cell that would heal a failed identity.
struct Suspect<'a> {
    figure: Figure<'a>,
    /// Identities healed less identities broken by the change.
    score: i32,
    /// How unlike a slip of the pen or a misread digit the change is.
    strangeness: u8,
    /// What the cell would have to be.
    wanted: Decimal,
    /// Identities healed.
    healed: i32,
}

/// The identity's cells, the likeliest first.
fn suspects<'a>(tried: &[Tried<'a>], parts: &BTreeMap<Cell<'_>, Vec<Part>>, at: usize) -> Vec<Suspect<'a>> {
    let Some(difference) = tried[at].check.difference else { return Vec::new() };
    let mut found: Vec<Suspect<'a>> = Vec::new();
    for (figure, left) in sided(&tried[at]) {
        let change = if left { -difference } else { difference };
        let Some(value) = figure.fact.value else { continue };
        let Some(wanted) = value.checked_add(change) else { continue };
        let others = parts.get(&figure.cell()).map(Vec::as_slice).unwrap_or_default();
        let (healed, broken) = outcome(tried, others, change);
        let strangeness = slip::strangeness(figure.fact, wanted);
        found.push(Suspect { figure: *figure, score: healed - broken, strangeness, wanted, healed });
    }
    found.sort_by_key(|s| (std::cmp::Reverse(s.score), s.strangeness, !s.figure.is_doubtful()));
    found
}

/// How many of a cell's identities a change would heal, and how many it would break.
fn outcome(tried: &[Tried<'_>], parts: &[Part], change: Decimal) -> (i32, i32) {
    let (mut healed, mut broken) = (0, 0);
    for (at, left) in parts {
        let one = &tried[*at];
        let (Some(difference), Some(tolerance)) = (one.check.difference, one.check.tolerance) else { continue };
        let moved = if *left { change } else { -change };
        let Some(after) = difference.checked_add(moved) else { continue };
        let enough = one.claim.relation == Relation::AtLeast && !after.is_sign_negative();
        match (is_failed(one), enough || after.abs() <= tolerance) {
            (true, true) => healed += 1,
            (false, false) => broken += 1,
            _ => {}
        }
    }
    (healed, broken)
}

/// The kind of error, and why it is thought to be so.
fn cause(tried: &[Tried<'_>], at: usize, best: Option<&Suspect<'_>>) -> (Cause, String) {
    let one = &tried[at];
    if let Some(times) = slip::unit_factor(one.check.left, one.check.right, one.check.tolerance) {
        return (Cause::Unit, format!("两边恰好相差 {times} 倍，多半是金额单位不同"));
    }
    if let Some(times) = best.and_then(|b| slip::unit_factor(b.figure.fact.value, Some(b.wanted), one.check.tolerance))
        && let Some(best) = best
    {
        return (Cause::Unit, format!("{} 恰好差 {times} 倍，多半是单位不同", best.figure.name()));
    }
    if sided(one).any(|(f, _)| f.is_of_two_units()) {
        return (Cause::Unit, "有的数的金额单位本身有矛盾".to_owned());
    }
    if sided(one).any(|(f, _)| f.is_doubtful()) {
        return (Cause::Extraction, "有的数出自识别把握不大的表或文字".to_owned());
    }
    if sided(one).any(|(f, _)| !f.statement.unread.is_empty()) {
        return (Cause::Extraction, "表中还有没能读出的数".to_owned());
    }
    if misread::is_likely(one.claim.figures()) {
        return (Cause::Extraction, "表中有像是断开的数或没有名称的行，可能是读表有误".to_owned());
    }
    if most_fail(tried, at) {
        return (Cause::Extraction, "同一张表的同类关系多数不符，可能是栏次识别有误".to_owned());
    }
    if one.claim.relation == Relation::AtLeast {
        return (Cause::Definition, "两张表的口径可能不同".to_owned());
    }
    match best {
        Some(best) if best.healed > 1 && best.score > 0 => {
            let reason = format!("只要 {} 改为 {}，{} 处不符都会消除", best.figure.name(), printed(best), best.healed);
            (Cause::Published, reason)
        }
        _ if is_noted(one) => (Cause::Definition, "表下的说明提到口径或差额".to_owned()),
        _ => (Cause::Published, "各数读取无疑，公开的数字本身不合".to_owned()),
    }
}

/// Words of a note that says why a sum does not close.
const SAYS_THE_GAP: &[&str] = &[
    "差额",
    "差异",
    "尾差",
    "合计数含",
    "合计含",
    "合计数包含",
    "各项之和",
    "分项之和",
    "不等于",
    "不宜公开",
    "涉密",
    "合计不含",
    "总计不含",
    "合计未含",
    "不计入合计",
    "不列入合计",
];
/// Words of a note that says what a table holds, by which it may differ from another.
const SAYS_THE_SCOPE: &[&str] = &[
    "不含",
    "不包含",
    "不包括",
    "未含",
    "未包括",
    "未包含",
    "仅含",
    "仅包括",
    "只含",
    "仅反映",
    "口径",
    "剔除",
    "扣除",
];

/// Whether a note below one of the tables says why both sides differ.
fn is_noted(one: &Tried<'_>) -> bool {
    let between = one.claim.scope == CheckScope::Document;
    let says = |text: &str| {
        let text = fold(text);
        has_any(&text, SAYS_THE_GAP) || between && has_any(&text, SAYS_THE_SCOPE)
    };
    sided(one).any(|(figure, _)| figure.statement.raw.captions.iter().any(|caption| says(&caption.text)))
}

/// Whether most identities of this rule in this table failed: then the table was read wrongly rather than printed so.
fn most_fail(tried: &[Tried<'_>], at: usize) -> bool {
    let check = &tried[at].check;
    let same = tried.iter().filter(|t| t.check.rule == check.rule && t.check.table_id == check.table_id);
    let (failed, all) = same.fold((0, 0), |(failed, all), t| (failed + usize::from(is_failed(t)), all + 1));
    failed >= 3 && failed * 2 > all
}

/// What the cell would have to be, in the unit that it is printed in.
fn printed(suspect: &Suspect<'_>) -> String {
    let unit = suspect.figure.fact.unit;
    let factor = unit.map_or(Decimal::ONE, MoneyUnit::factor);
    let value = suspect.wanted.checked_div(factor).unwrap_or(suspect.wanted).normalize();
    format!("{value}{}", unit.map_or("元", MoneyUnit::as_str))
}
