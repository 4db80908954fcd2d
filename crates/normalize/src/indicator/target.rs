//! The grammar of targets: ≥95%, 不少于3次, 4场, 12月底前, 较优.

use crate::reading::words::{self, COMPARISONS};
use std::sync::LazyLock;

/// A target taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Goal {
    /// `≥ ≤ > < =` or `定性`.
    pub(crate) operator: &'static str,
    /// Number without grouping commas, or text as printed.
    pub(crate) value: String,
    /// Unit, as printed.
    pub(crate) unit: String,
}

/// Signs and words before a number, with the sign meant; the first that fits counts.
static BEFORE: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| words::typed(COMPARISONS, Some).collect());

/// Words behind a number. 以上, 以下 and 以内 include the number itself (民法典 第一千二百五十九条).
const BEHIND: &[(&str, &str)] =
    &[("及以上", "≥"), ("以上", "≥"), ("及以下", "≤"), ("以下", "≤"), ("以内", "≤"), ("之内", "≤")];

/// Reads a target with what the columns beside it say.
pub(crate) fn read(printed: &str, operator_cell: &str, unit_cell: &str) -> Goal {
    let declared = sign(operator_cell);
    // 定性 in the unit's column says of the target that it is no number.
    let qualitative = is_no_unit(operator_cell) || is_no_unit(unit_cell);
    let unit_cell = if is_no_unit(unit_cell) { "" } else { unit_cell };
    if let Some((operator, value, unit)) = quantity(printed, declared).filter(|_| !qualitative) {
        let unit = if unit_cell.is_empty() { unit } else { unit_cell };
        return Goal { operator, value, unit: unit.to_owned() };
    }
    Goal { operator: declared.unwrap_or("定性"), value: printed.to_owned(), unit: unit_cell.to_owned() }
}

/// Whether the cell of the unit or of the sign says that the target has none.
fn is_no_unit(cell: &str) -> bool {
    matches!(cell, "定性" | "定性指标")
}

/// Whether an operator's cell says what it is to say.
pub(crate) fn is_operator(cell: &str) -> bool {
    sign(cell).is_some() || is_no_unit(cell)
}

/// The sign that an operator's cell holds.
pub(crate) fn sign(cell: &str) -> Option<&'static str> {
    BEFORE.iter().find(|(word, _)| *word == cell).map(|(_, sign)| *sign)
}

/// Number with operator and unit; `None` for anything else (ranges, dates, texts).
fn quantity<'a>(printed: &'a str, declared: Option<&'static str>) -> Option<(&'static str, String, &'a str)> {
    let before = BEFORE.iter().find_map(|(word, sign)| Some((*sign, printed.strip_prefix(word)?)));
    let (own, rest) = before.map_or((None, printed), |(sign, rest)| (Some(sign), rest));
    let end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '，' | '-'))).unwrap_or(rest.len());
    let (digits, tail) = rest.split_at_checked(end)?;
    let value = number(digits)?;
    let behind = BEHIND.iter().find_map(|(word, sign)| Some((*sign, tail.strip_suffix(word)?)));
    let (suffix, unit) = behind.map_or((None, tail), |(sign, unit)| (Some(sign), unit));
    let operator = declared.or(own).or(suffix);
    let unit = in_brackets(unit).unwrap_or(unit);
    is_unit(unit, &value, operator.is_some()).then(|| (operator.unwrap_or("="), value, unit))
}

/// The unit of =100.00(%), which stands in brackets as a whole.
fn in_brackets(unit: &str) -> Option<&str> {
    let inner = unit.strip_prefix(['(', '（'])?.strip_suffix([')', '）'])?;
    (!inner.contains(['(', '（'])).then_some(inner)
}

/// A plain decimal number, its commas dropped.
fn number(digits: &str) -> Option<String> {
    let plain: String = digits.chars().filter(|c| !matches!(c, ',' | '，')).collect();
    let unsigned = plain.strip_prefix('-').unwrap_or(&plain);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    (all_digits(whole) && all_digits(fraction)).then_some(plain)
}

/// A unit is put together of so many measures at most: 元/平方米·年.
const MOST_PARTS: usize = 4;
/// Each of them is no longer than this (characters).
const LONGEST_PART: usize = 4;

fn letters(part: &str) -> usize {
    part.chars().filter(|c| !matches!(c, '（' | '）' | '(' | ')')).count()
}

/// m2, km3: the only digits that a unit holds.
fn without_powers(unit: &str) -> String {
    ["m2", "m3", "M2", "M3"].iter().fold(unit.to_owned(), |text, power| text.replace(power, "m"))
}

/// Whether what follows a number is a unit. A month, a day or a calendar year is a date (12月底前, 2024年), unless an
/// operator says that it is counted (≤12月).
fn is_unit(unit: &str, number: &str, compared: bool) -> bool {
    let unit = &without_powers(unit);
    let parts: Vec<&str> = unit.split(['/', '·', '•', '・', '*', '×']).collect();
    let short = parts.len() <= MOST_PARTS && parts.iter().all(|part| letters(part) <= LONGEST_PART);
    let plain = !unit.chars().any(|c| c.is_ascii_digit() || "，。；、：,;:~～－—-".contains(c));
    let date = match unit.chars().next() {
        Some('月' | '日' | '号') => !compared || unit.chars().count() > 1,
        Some('年') => number.len() == 4 && (number.starts_with("20") || number.starts_with("19")),
        _ => false,
    };
    let percent = unit.starts_with(['%', '％', '‰']) && unit.chars().count() > 1;
    plain && !date && !percent && short && !unit.ends_with(['前', '后', '内'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_taken_apart() {
        let cases: &[(&str, &str, &str, [&str; 3])] = &[
            ("≥95%", "", "", ["≥", "95", "%"]),
            ("≥8家", "", "", ["≥", "8", "家"]),
            ("≤53万元", "", "", ["≤", "53", "万元"]),
            ("4场", "", "", ["=", "4", "场"]),
            ("100%", "", "", ["=", "100", "%"]),
            ("≤0", "", "", ["≤", "0", ""]),
            ("95", "≥", "%", ["≥", "95", "%"]),
            ("7", "=", "个（套）", ["=", "7", "个（套）"]),
            ("较优", "定性", "", ["定性", "较优", ""]),
            ("较优", "", "定性", ["定性", "较优", ""]),
            ("提升", "", "", ["定性", "提升", ""]),
            ("12月底前", "", "", ["定性", "12月底前", ""]),
            ("年度1-5月", "定性", "", ["定性", "年度1-5月", ""]),
            ("12", "≤", "月", ["≤", "12", "月"]),
            ("95%以上", "", "", ["≥", "95", "%"]),
            ("不少于3次", "", "", ["≥", "3", "次"]),
            ("90%-95%", "", "", ["定性", "90%-95%", ""]),
            ("2024年12月31日前", "", "", ["定性", "2024年12月31日前", ""]),
            ("6,059,264.63", "=", "元", ["=", "6059264.63", "元"]),
            ("≥90", "", "%", ["≥", "90", "%"]),
            ("", "", "", ["定性", "", ""]),
            ("1期/年", "", "", ["=", "1", "期/年"]),
            ("≥13459.00(平方米)", "", "", ["≥", "13459.00", "平方米"]),
            ("≤11.8元/平方米·年", "", "", ["≤", "11.8", "元/平方米·年"]),
            ("≥12次/年·村", "", "", ["≥", "12", "次/年·村"]),
            ("＜2.5元/㎡", "", "", ["<", "2.5", "元/㎡"]),
            ("≤30元/m2", "", "", ["≤", "30", "元/m2"]),
            ("≤6.5万元/公里", "", "", ["≤", "6.5", "万元/公里"]),
            ("3次活动均按计划开展", "", "", ["定性", "3次活动均按计划开展", ""]),
            ("=100.00（%）", "", "", ["=", "100.00", "%"]),
        ];
        for (printed, operator, unit, expected) in cases {
            let goal = read(printed, operator, unit);
            assert_eq!([goal.operator, &goal.value, &goal.unit], *expected, "{printed}");
        }
    }
}
