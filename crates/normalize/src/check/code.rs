//! The code of the books that a row is about.

use crate::model::fact::Fact;
use crate::reading::code::Family;

/// A row with a function and an economic code is about neither alone; of both economic codes the department's leads.
pub(crate) fn row_code(fact: &Fact) -> Option<(Family, &str)> {
    let codes = [&fact.function.code, &fact.department_economic.code, &fact.government_economic.code];
    let [function, department, government] = codes.map(String::as_str);
    let project = !fact.project.code.is_empty() || !fact.project.name.is_empty();
    match (function.is_empty(), department.is_empty(), government.is_empty()) {
        _ if project => None,
        (false, true, true) => Some((Family::Function, function)),
        (true, false, _) => Some((Family::DepartmentEconomic, department)),
        (true, true, false) => Some((Family::GovernmentEconomic, government)),
        _ => None,
    }
}
