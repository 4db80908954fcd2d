//! Tables of indicators whose cells stand beside their headings.

use crate::model::doubt::Doubt;
use crate::model::indicator::Indicator;
use crate::reading::words::INDICATOR_KINDS;

/// A doubt about a table whose cells seem to stand a column beside their headings: weights that are no numbers, units that
/// are, first levels that name no kind of indicator.
pub(crate) fn shifted(found: &[Indicator]) -> Option<Doubt> {
    let number = |text: &str| text.trim_end_matches(['%', '分', '％']).parse::<rust_decimal::Decimal>().is_ok();
    let wrong = |i: &&Indicator| {
        !i.weight.is_empty() && !number(&i.weight)
            || number(&i.target_unit)
            || !i.level1.is_empty() && !INDICATOR_KINDS.is_in(&i.level1)
    };
    let count = found.iter().filter(wrong).count();
    (count * 4 > found.len()).then_some(Doubt::IndicatorsShifted { count })
}
