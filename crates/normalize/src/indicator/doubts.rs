//! Doubts about a table's indicators: written beside each that is doubtful, and told of the table.

use crate::indicator::reader::{NO_GOAL, noted};
use crate::model::doubt::Doubt;
use crate::model::indicator::Indicator;
use crate::reading::words::INDICATOR_KINDS;

/// Said of an indicator whose cells seem to stand beside their headings.
const SHIFTED: &str = "存疑：各列可能错位";

/// Writes the table's doubts beside the indicators that they are about, and gives them.
pub(crate) fn write(found: &mut [Indicator]) -> Vec<Doubt> {
    let shifted = shifted(found);
    if shifted.is_some() {
        for indicator in found.iter_mut().filter(|i| is_shifted(i)) {
            indicator.note = noted(std::mem::take(&mut indicator.note), Some(SHIFTED));
        }
    }
    let count = found.iter().filter(|i| i.note.contains(NO_GOAL)).count();
    let missing = (count > 0).then_some(Doubt::TargetsMissing { count });
    shifted.into_iter().chain(missing).collect()
}

/// A doubt about a table whose cells seem to stand a column beside their headings.
pub(crate) fn shifted(found: &[Indicator]) -> Option<Doubt> {
    let count = found.iter().filter(|i| is_shifted(i)).count();
    (count * 4 > found.len()).then_some(Doubt::IndicatorsShifted { count })
}

/// Weights that are no numbers, units that are, first levels that name no kind of indicator.
fn is_shifted(i: &Indicator) -> bool {
    let number = |text: &str| text.trim_end_matches(['%', '分', '％']).parse::<rust_decimal::Decimal>().is_ok();
    !i.weight.is_empty() && !number(&i.weight)
        || number(&i.target_unit)
        || !i.level1.is_empty() && !INDICATOR_KINDS.is_in(&i.level1)
}
