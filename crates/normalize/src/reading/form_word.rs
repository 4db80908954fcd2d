//! Labels of performance forms: which begin a form, which are its other fields, which close its list of indicators.

use crate::reading::fold::fold;
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

/// The project that a text names with its label: 项目名称：河道整治. A department's own form names none.
pub(crate) fn named_project(text: &str) -> Option<&str> {
    let (label, name) = text.split_once([':', '：'])?;
    let label: String = label.split_whitespace().collect();
    let name = name.trim();
    let project = is_start(&fold(&label)) && !label.contains("部门");
    (project && !name.is_empty() && !name.contains(['：', ':'])).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_known_with_their_marks() {
        assert!(is_start("项目名称:") && is_field("项目名称") && is_field("计划开始日期") && is_field("主管部门"));
        assert!(!is_field("产出指标") && !is_start("主管部门") && is_total("总分") && !is_total("总体目标"));
        assert_eq!(named_project("项目名称：河道整治"), Some("河道整治"));
        assert_eq!(named_project("部门名称：某局").or(named_project("项目名称：")), None);
    }
}
