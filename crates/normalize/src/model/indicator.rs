//! One performance indicator.

use crate::model::vocabulary::vocabulary;
use serde::{Deserialize, Serialize};
use yusuan_extract::Place;

/// One performance indicator, as the `indicators` table of the output contract has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Indicator {
    /// Where its target is printed.
    pub place: Place,
    /// Index into the statement's raw cells of the target's cell.
    pub cell: usize,
    /// `department` or `project`.
    pub scope: IndicatorScope,
    /// Code of the project it belongs to.
    pub project_code: String,
    /// Name of the project it belongs to.
    pub project_name: String,
    /// 一级指标.
    pub level1: String,
    /// 二级指标.
    pub level2: String,
    /// 三级指标, the indicator itself.
    pub level3: String,
    /// `≥ ≤ > < =`, or `定性` where no number is printed as target.
    pub operator: String,
    /// Target: a number or a text.
    pub target: String,
    /// Unit of the target.
    pub target_unit: String,
    /// Weight as printed.
    pub weight: String,
    /// 正向指标 / 反向指标 as printed.
    pub direction: String,
    /// Explanation as printed.
    pub note: String,
}

vocabulary! {
    /// Whose target an indicator is.
    IndicatorScope {
        Department = "department", "部门整体";
        Project = "project", "项目";
    }
}
