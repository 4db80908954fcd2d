//! Does a wanted value look like the printed one with a slip: one digit wrong, two swapped, the point moved?

use crate::check::claim::{Cell, Claim, Figure, Relation, difference, holds};
use crate::model::fact::Fact;
use crate::model::measured::{last_digit, printed_decimals};
use crate::model::money::MoneyUnit;
use rust_decimal::Decimal;

/// 0: one digit wrong, two neighbours swapped, a digit missing or too many, or the point moved; 1: anything else; 2: the
/// sign would have to change, which amounts of money hardly do.
pub(crate) fn strangeness(fact: &Fact, wanted: Decimal) -> u8 {
    let Some(value) = fact.value else { return 1 };
    if value.is_sign_negative() != wanted.is_sign_negative() {
        return 2;
    }
    let factor = fact.unit.map_or(Decimal::ONE, MoneyUnit::factor);
    let (Some(a), Some(b)) = (value.checked_div(factor), wanted.checked_div(factor)) else { return 1 };
    let decimals = printed_decimals(&fact.value_text);
    if b.is_zero() {
        return 1;
    }
    u8::from(!alike(&digits(a, decimals), &digits(b, decimals)))
}

/// The digits of an amount with a fixed number of decimals.
fn digits(value: Decimal, decimals: u32) -> Vec<u8> {
    let text = format!("{:.*}", decimals as usize, value.abs());
    text.bytes().filter(u8::is_ascii_digit).collect()
}

pub(crate) fn alike(a: &[u8], b: &[u8]) -> bool {
    let differing: Vec<usize> = (0..a.len().min(b.len())).filter(|i| a[*i] != b[*i]).collect();
    if a.len() == b.len() {
        return match differing.as_slice() {
            [_] => true,
            [x, y] => y - x == 1 && a[*x] == b[*y] && a[*y] == b[*x],
            _ => false,
        };
    }
    let (long, short) = if a.len() > b.len() { (a, b) } else { (b, a) };
    let same = long.iter().zip(short).take_while(|(x, y)| x == y).count();
    let one_more = long.len() == short.len() + 1 && long[same + 1..] == short[same..];
    let bare = |text: &[u8]| -> Vec<u8> {
        let end = text.iter().rposition(|d| *d != b'0').map_or(0, |at| at + 1);
        text.iter().take(end).copied().skip_while(|d| *d == b'0').collect()
    };
    one_more || bare(a) == bare(b)
}

/// Whether one digit (or two swapped) of one figure is all that keeps these identities from holding. A structure that was only
/// guessed hardly ever misses its sums by so little, so that such a miss speaks for the structure and against the figure.
/// A sum that misses by the amount of one of its own rows rather holds a row too many, or lacks one.
pub(crate) fn is_all(claims: &[&Claim<'_>]) -> bool {
    let failed: Vec<&Claim<'_>> = claims.iter().copied().filter(|c| !holds(c)).collect();
    let Some(first) = failed.first() else { return false };
    first.left.iter().chain(&first.right).any(|figure| {
        let within = |claim: &&Claim<'_>| parts(claim).any(|(f, _)| f.cell() == figure.cell());
        claims.iter().filter(|c| within(c)).count() == failed.len()
            && failed.iter().all(within)
            && heals(&failed, figure.cell())
    })
}

/// Whether one and the same slip in this cell heals all of the claims.
fn heals(failed: &[&Claim<'_>], cell: Cell<'_>) -> bool {
    failed.iter().all(|claim| {
        let Some((figure, left)) = parts(claim).find(|(f, _)| f.cell() == cell) else { return false };
        let (Some(difference), Some(value)) = (difference(claim), figure.fact.value) else { return false };
        let change = if left { -difference.value } else { difference.value };
        let is_row =
            |f: &Figure<'_>| f.fact.value.is_some_and(|v| (v.abs() - difference.value.abs()).abs() <= difference.half);
        let explained = parts(claim).any(|(f, _)| is_row(f));
        // The sum may have been off by a last digit before the slip.
        let last = last_digit(printed_decimals(&figure.fact.value_text));
        let last = figure.fact.unit.map_or(last, |u| last.checked_mul(u.factor()).unwrap_or(last));
        let near = [Decimal::ZERO, last, -last].into_iter().filter(|d| d.abs() <= difference.half);
        let mut wanted = near.filter_map(|d| value.checked_add(change)?.checked_add(d));
        claim.relation == Relation::Equal && !explained && wanted.any(|w| is_slip(figure.fact, w))
    })
}

fn parts<'c, 'a>(claim: &'c Claim<'a>) -> impl Iterator<Item = (&'c Figure<'a>, bool)> {
    claim.left.iter().map(|f| (f, true)).chain(claim.right.iter().map(|f| (f, false)))
}

/// One digit wrong, or two neighbours swapped: as many digits as printed.
pub(crate) fn is_slip(fact: &Fact, wanted: Decimal) -> bool {
    is_slip_of(&fact.value_text, fact.value, fact.unit, wanted)
}

/// The same for an amount with its printed text and unit.
pub(crate) fn is_slip_of(text: &str, value: Option<Decimal>, unit: Option<MoneyUnit>, wanted: Decimal) -> bool {
    let Some(value) = value.filter(|v| v.is_sign_negative() == wanted.is_sign_negative()) else { return false };
    let factor = unit.map_or(Decimal::ONE, MoneyUnit::factor);
    let decimals = printed_decimals(text);
    let printed = |v: Decimal| v.checked_div(factor).map(|v| digits(v, decimals));
    let (Some(a), Some(b)) = (printed(value), printed(wanted)) else { return false };
    // Figures of one or two digits are always close to something.
    if b.len() < 3 && a.len() < 3 {
        return false;
    }
    // A leading digit may have become nothing: 0 before the point is printed, further zeros are not.
    let width = a.len().max(b.len());
    let wide = |d: &[u8]| [vec![b'0'; width - d.len()], d.to_vec()].concat();
    a != b && alike(&wide(&a), &wide(&b))
}

/// How many times one amount is the other, where that is a thousand, ten thousand or a hundred million: the distances
/// between 元, 千元, 万元 and 亿元.
pub(crate) fn unit_factor(a: Option<Decimal>, b: Option<Decimal>, tolerance: Option<Decimal>) -> Option<u32> {
    let (a, b, tolerance) = (a?.abs(), b?.abs(), tolerance?);
    let (large, small) = if a > b { (a, b) } else { (b, a) };
    if small.is_zero() {
        return None;
    }
    [1_000_u32, 10_000, 100_000_000].into_iter().find(|times| {
        let scaled = small.checked_mul(Decimal::from(*times));
        let difference = scaled.and_then(|s| s.checked_sub(large)).map(|d| d.abs());
        // The coarser of both figures counts: its half unit grows with the factor when it is the small one.
        let room = tolerance.checked_mul(Decimal::from(*times)).unwrap_or(tolerance);
        difference.is_some_and(|d| d <= room.min(large / Decimal::from(200)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_pen() {
        let same = |a: &str, b: &str| alike(a.as_bytes(), b.as_bytes());
        assert!(same("37760", "37860"), "one digit");
        assert!(same("37760", "73760"), "two swapped");
        assert!(same("37760", "3776"), "the point moved");
        assert!(same("37760", "377760"), "one digit too many");
        assert!(!same("37760", "37999"));
        assert!(!same("37760", "12345678"));
    }

    #[test]
    fn units_are_told_by_their_distance() {
        let factor =
            |a: i64, b: i64| unit_factor(Some(Decimal::from(a)), Some(Decimal::from(b)), Some(Decimal::from(51)));
        assert_eq!(factor(37_760_000, 3_776), Some(10_000));
        assert_eq!(factor(3_776, 3_776_000), Some(1_000));
        assert_eq!(factor(3_776, 37_760), None);
        assert_eq!(factor(0, 37_760), None);
    }
}
