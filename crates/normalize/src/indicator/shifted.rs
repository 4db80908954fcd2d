//! Tables of indicators whose cells stand beside their headings.

use crate::model::indicator::Indicator;

/// A doubt about a table whose cells seem to stand a column beside their headings: weights that are no numbers, units that
/// are, first levels that name no kind of indicator.
pub(crate) fn shifted(found: &[Indicator]) -> Option<String> {
    let number = |text: &str| text.trim_end_matches(['%', '分', '％']).parse::<rust_decimal::Decimal>().is_ok();
    let kinds = ["指标", "产出", "效益", "满意", "成本", "绩效", "效果", "影响", "管理", "履职", "目标"];
    let wrong = |i: &&Indicator| {
        !i.weight.is_empty() && !number(&i.weight)
            || number(&i.target_unit)
            || !i.level1.is_empty() && !kinds.iter().any(|k| i.level1.contains(k))
    };
    let count = found.iter().filter(wrong).count();
    (count * 4 > found.len()).then(|| format!("{count} 个绩效指标的列可能错位，请对照原表"))
}
