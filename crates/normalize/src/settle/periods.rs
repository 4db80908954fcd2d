//! Which of two years a column is about, where only the document's own year tells.

use crate::model::statement::Statement;
use crate::table::dimension;

/// Dates the columns of every table: 2023年预算数 beside 2024年预算数 in a table without a year in its title: the document's year says which is last year's.
pub(crate) fn date(mut statements: Vec<Statement>, year: Option<i32>) -> Vec<Statement> {
    for statement in statements.iter_mut().filter(|s| dimension::year(&s.title).is_none()) {
        let paths = statement.facts.iter().map(|f| f.column_path.as_str());
        let Some(year) = year.or_else(|| dimension::latest_year(paths)) else { continue };
        for fact in &mut statement.facts {
            if let Some(period) = dimension::dated(&fact.period, &fact.column_path, year) {
                period.clone_into(&mut fact.period);
            }
        }
    }
    statements
}
