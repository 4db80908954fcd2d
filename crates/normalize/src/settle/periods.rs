//! Which of two years a column is about, where only the document's own year tells.

use crate::model::statement::Statement;
use crate::model::vocabulary::Period;
use crate::reading::fold::fold;
use crate::reading::year;
use crate::table::dimension;

/// Whether a table tells how the budget of a year before the document's was carried out: 2024年预算执行情况表 in a budget of 2025.
fn executed_before(statement: &Statement, year: Option<i32>) -> bool {
    let title = fold(&statement.title);
    title.contains("执行") && year::of_title(&title).zip(year).is_some_and(|(own, year)| own < year)
}

/// Dates the columns of every table: where 2023年预算数 stands beside 2024年预算数 below a title without a year, the document's
/// year says which is last year's.
pub(crate) fn date(mut statements: Vec<Statement>, year: Option<i32>) -> Vec<Statement> {
    for statement in statements.iter_mut().filter(|s| executed_before(s, year)) {
        for fact in statement.facts.iter_mut().filter(|f| f.period == Some(Period::Current)) {
            fact.period = Some(Period::PriorYear);
        }
    }
    for statement in statements.iter_mut().filter(|s| year::first(&fold(&s.title)).is_none()) {
        let paths = statement.facts.iter().map(|f| f.column_path.as_str());
        let Some(year) = year.or_else(|| year::latest(paths)) else { continue };
        for fact in &mut statement.facts {
            if let Some(period) = dimension::dated(fact.period, &fact.column_path, year) {
                fact.period = Some(period);
            }
        }
    }
    statements
}
