//! C3, C4, C8: what the narrative's own figures promise each other.
//!
//! A sentence that states two amounts and a percentage of them, or a sum and its parts, proves itself: no table is needed, and
//! a narrative published apart from its tables is checked too. 财政部《地方预决算公开操作规程》 asks for increases with their reasons.

pub(crate) mod c01_tables;
pub(crate) mod c03_share;
pub(crate) mod c04_changes;
pub(crate) mod c04_growth;
pub(crate) mod c06_counts;
pub(crate) mod c07_year_words;
pub(crate) mod c08_items;
pub(crate) mod c08_listed;
pub(crate) mod c08_parts;
pub(crate) mod c09_blank_amounts;
pub(crate) mod percent;
pub(crate) mod said;

use crate::model::check::Check;
use crate::model::prose_figure::ProseFigure;
use crate::model::statement::Statement;

/// Every identity between figures of the narrative; totals of the tables may serve as the whole of a share.
pub(crate) fn checks(statements: &[Statement], prose: &[ProseFigure]) -> Vec<Check> {
    let mut checks = c04_growth::checks(prose);
    checks.extend(c03_share::checks(statements, prose));
    checks.extend(c08_parts::checks(prose));
    checks.extend(c08_items::checks(prose));
    checks.extend(c08_listed::checks(prose));
    checks.extend(c04_changes::checks(prose));
    checks
}
