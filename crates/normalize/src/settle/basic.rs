//! Tables of basic expenditure under the name of its details.

use crate::model::fact::Fact;
use crate::model::statement::Statement;
use crate::model::vocabulary::TableType;

/// A 基本支出明细表 that lists codes, not pay items or projects, is the basic expenditure table itself where the
/// document has no other one (基本支出明细表（按功能科目分类）).
pub(crate) fn adopt_detail(statements: &mut [Statement]) {
    if statements.iter().any(|s| s.table_type == TableType::GeneralPublicBasicExpenditure) {
        return;
    }
    let by_code = |f: &Fact| f.project.name.is_empty() && f.project_type.is_empty();
    for statement in statements.iter_mut().filter(|s| s.table_type == TableType::GeneralPublicBasicDetail) {
        let coded = statement.facts.iter().any(|f| {
            !f.function.code.is_empty()
                || !f.department_economic.code.is_empty()
                || !f.government_economic.code.is_empty()
        });
        if coded && statement.title.contains("基本支出") && statement.facts.iter().all(by_code) {
            statement.table_type = TableType::GeneralPublicBasicExpenditure;
        }
    }
}
