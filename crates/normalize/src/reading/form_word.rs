//! Labels of performance forms: which begin a form, which are its other fields, which close its list of indicators.

use crate::reading::label;
use crate::reading::words::{FORM_FIELDS, FORM_STARTS, FORM_TOTALS};

fn name(folded: &str) -> &str {
    label::bare(folded).trim_end_matches(':')
}

/// Whether a label (folded) is the first field of a form: 项目名称.
pub(crate) fn is_start(folded: &str) -> bool {
    FORM_STARTS.has(name(folded))
}

/// Whether a label (folded) is a field of a form, its first one or another.
pub(crate) fn is_field(folded: &str) -> bool {
    is_start(folded) || FORM_FIELDS.has(name(folded))
}

/// Whether a label (folded) sums or scores the list above it: 总分, 合计.
pub(crate) fn is_total(folded: &str) -> bool {
    FORM_TOTALS.has(name(folded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_known_with_their_marks() {
        assert!(is_start("项目名称:") && is_field("项目名称") && is_field("计划开始日期") && is_field("主管部门"));
        assert!(!is_field("产出指标") && !is_start("主管部门") && is_total("总分") && !is_total("总体目标"));
    }
}
