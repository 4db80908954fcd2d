//! Which of two years a column is about, where only the document's own year tells.

use crate::model::statement::Statement;
use crate::reading::fold::fold;
use crate::reading::year;
use crate::table::dimension;

/// Dates the columns of every table: where 2023年预算数 stands beside 2024年预算数 below a title without a year, the document's
/// year says which is last year's.
pub(crate) fn date(mut statements: Vec<Statement>, year: Option<i32>) -> Vec<Statement> {
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
