//! A printed percentage: what it compares, and whether two amounts bear it out.

use crate::model::check::CheckStatus;
use crate::model::measured::{Measured, last_digit, printed_decimals};
use crate::reading::fold::{fold, has_any, pattern};
use rust_decimal::Decimal;

pattern!(NUMBER, "-?[0-9]+(?:[.][0-9]+)?%$");

/// What a percentage compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// 增长, 增加, 上升.
    Up,
    /// 下降, 减少.
    Down,
    /// 下降（增长）: the model text's choice left standing.
    Either,
    /// 占: a share of something.
    Share,
    /// 完成: what became of a budget.
    Done,
}

/// A percentage as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Percent {
    pub(crate) kind: Kind,
    pub(crate) value: Decimal,
    /// One unit of its last printed digit.
    pub(crate) digit: Decimal,
    /// The words between 占 or 完成 and the figure: 本年支出合计的.
    pub(crate) of: String,
}

/// Reads what stands behind an amount; `None` where the words don't say what is compared.
pub(crate) fn read(text: &str) -> Option<Percent> {
    let text = fold(text);
    let number = NUMBER.find(&text)?;
    let words = text.get(..number.start())?;
    let printed = number.as_str().trim_end_matches('%');
    let value: Decimal = printed.parse().ok()?;
    let up = has_any(words, &["增", "上升", "提高"]);
    let down = has_any(words, &["下降", "减少", "降", "压减"]);
    let (kind, of) = if words.starts_with('占') {
        (Kind::Share, words.trim_start_matches('占'))
    } else if words.starts_with("完成") || words.starts_with('为') && words.contains("预算") {
        (Kind::Done, words.trim_start_matches("完成").trim_start_matches(['了', '为', '全']))
    } else {
        (direction(up, down)?, "")
    };
    let digit = last_digit(printed_decimals(printed));
    let of = of.trim_end_matches(['为', '约', '的']).trim_end_matches("比例").trim_end_matches("比重");
    Some(Percent { kind, value, digit, of: of.trim_end_matches('的').to_owned() })
}

/// Which way an amount is said to have changed.
fn direction(up: bool, down: bool) -> Option<Kind> {
    match (up, down) {
        (true, true) => Some(Kind::Either),
        (true, false) => Some(Kind::Up),
        (false, true) => Some(Kind::Down),
        (false, false) => None,
    }
}

/// A share or growth in per cent, with what the rounding of its amounts leaves open.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ratio {
    pub(crate) exact: Decimal,
    slack: Decimal,
}

impl Ratio {
    /// `part` of `whole` in per cent; `None` where the whole is nothing.
    pub(crate) fn new(part: Measured, whole: Measured) -> Option<Self> {
        let firm = whole.value.abs().checked_sub(whole.half).filter(|f| f.is_sign_positive() && !f.is_zero())?;
        let share = part.value.checked_div(whole.value)?;
        let open = share.abs().checked_mul(whole.half)?.checked_add(part.half)?;
        let per_cent = |v: Decimal| v.checked_mul(Decimal::ONE_HUNDRED);
        Some(Self { exact: per_cent(share)?, slack: per_cent(open.checked_div(firm)?)? })
    }

    /// How a printed percentage stands to it. Publishers truncate and round twice as well as once, so one unit of the last
    /// digit beside the ratio as it would be printed is rounding.
    pub(crate) fn verdict(self, percent: &Percent) -> CheckStatus {
        let exact = match percent.kind {
            Kind::Down => -self.exact,
            _ => self.exact,
        };
        let printed = percent.value;
        let off = |v: Decimal| v.checked_sub(exact).map_or(Decimal::MAX, |d| d.abs());
        // 下降-3.2% says the fall twice; 下降（增长） leaves the direction open.
        let twice = percent.kind == Kind::Down && printed.is_sign_negative() || percent.kind == Kind::Either;
        let off = if twice { off(printed).min(off(-printed)) } else { off(printed) };
        let within = |digits: Decimal| off <= digits.checked_add(self.slack).unwrap_or(digits);
        let half = percent.digit / Decimal::TWO;
        if within(half) {
            CheckStatus::Passed
        } else if within(percent.digit.checked_add(half).unwrap_or(half)) {
            CheckStatus::Rounding
        } else {
            CheckStatus::Failed
        }
    }

    /// The ratio for people, two digits finer than the printed one.
    pub(crate) fn text(self, percent: &Percent) -> String {
        let shown = self.exact.abs().round_dp(percent.digit.scale().saturating_add(2));
        format!("{}%", shown.normalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(part: &str, whole: &str, printed: &str) -> CheckStatus {
        let stated = |text: &str| Measured { value: text.parse().unwrap(), half: Decimal::new(5, 3) };
        Ratio::new(stated(part), stated(whole)).unwrap().verdict(&read(printed).unwrap())
    }

    #[test]
    fn percentages_are_read_with_what_they_compare() {
        let kind = |text: &str| read(text).map(|p| (p.kind, p.value.to_string(), p.of));
        assert_eq!(kind("增长13.11%"), Some((Kind::Up, "13.11".to_owned(), String::new())));
        assert_eq!(kind("占本年支出合计的99.86%"), Some((Kind::Share, "99.86".to_owned(), "本年支出合计".to_owned())));
        assert_eq!(kind("完成年初预算的95%").map(|k| k.2).as_deref(), Some("年初预算"));
        assert_eq!(kind("为年初预算的102.3%").map(|k| k.0), Some(Kind::Done));
        assert_eq!(kind("下降（增长）27.78%").map(|k| k.0), Some(Kind::Either));
        assert_eq!(kind("5%"), None);
    }

    #[test]
    fn truncated_and_twice_rounded_figures_are_rounding() {
        assert_eq!(verdict("3958.67", "17996.68", "增长22.00%"), CheckStatus::Passed);
        assert_eq!(verdict("3958.67", "17996.68", "增长21.95%"), CheckStatus::Failed);
        assert_eq!(verdict("9746.50", "9759.38", "占99.86%"), CheckStatus::Rounding);
        assert_eq!(verdict("13994.31", "21955.35", "占63.75%"), CheckStatus::Rounding, "63.74 when printed");
        assert_eq!(verdict("13994.31", "21955.35", "占63.76%"), CheckStatus::Failed);
        assert_eq!(verdict("-30.00", "100.00", "下降30%"), CheckStatus::Passed);
        assert_eq!(verdict("-30.00", "100.00", "增长30%"), CheckStatus::Failed);
    }
}
