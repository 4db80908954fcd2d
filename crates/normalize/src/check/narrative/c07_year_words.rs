//! C7: a sentence that names last year but states this year's total was copied from last year's text: 2023年支出预算753.70万元
//! in the document of 2024, whose tables print 753.70 for 2024.
//!
//! The narrative and the tables of a document are of one year (财政部《地方预决算公开操作规程》). Sentences that compare two years
//! name last year rightly, and so does one whose figure the tables print for last year.

use crate::check::narrative::said;
use crate::model::check::Check;
use crate::model::fact::Fact;
use crate::model::prose_figure::ProseFigure;
use crate::model::statement::Statement;
use crate::model::vocabulary::{Period, RowKind};
use crate::reading::fold::{fold, has_any};

/// Words of sentences that look back.
const LOOKS_BACK: &[&str] =
    &["比", "较", "上年", "上一年", "同期", "去年", "结转", "结余", "执行", "决算", "以来", "底", "末", "至", "起"];
/// Amounts with fewer digits are equal by chance.
const TELLING_DIGITS: usize = 4;

/// Every sentence with this year's total under last year's name, told once.
pub(crate) fn checks(statements: &[Statement], prose: &[ProseFigure]) -> Vec<Check> {
    let mut checks = Vec::new();
    let mut last = "";
    for figure in prose.iter().filter(|f| f.period == Some(Period::PriorYear)) {
        let Some((statement, fact)) = total(statements, figure).filter(|_| figure.sentence != last) else { continue };
        last = &figure.sentence;
        checks.push(said::misdated(figure, statement, fact));
    }
    checks
}

/// The total of this year that the figure repeats, if it is none of last year's.
fn total<'a>(statements: &'a [Statement], figure: &ProseFigure) -> Option<(&'a Statement, &'a Fact)> {
    let digits = figure.value_text.chars().filter(char::is_ascii_digit).count();
    let sentence = fold(&figure.sentence);
    if digits < TELLING_DIGITS || has_any(&sentence, LOOKS_BACK) || !has_any(&sentence, &["预算"]) {
        return None;
    }
    let value = figure.value?;
    let all = || statements.iter().flat_map(|s| s.facts.iter().map(move |f| (s, f)));
    let same = |f: &Fact| f.value == Some(value);
    if all().any(|(_, f)| same(f) && f.period == Some(Period::PriorYear)) {
        return None;
    }
    all().find(|(_, f)| same(f) && f.row_kind == RowKind::Total && f.period == Some(Period::Current))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{fact, said, statement};
    use crate::model::vocabulary::TableType;

    #[test]
    fn this_years_total_under_last_years_name() {
        let mut total = fact(9, 2, "合计", "753.70");
        total.row_kind = RowKind::Total;
        total.period = Some(Period::Current);
        let table = statement(TableType::ExpenditureSummary, vec![total]);
        let found = |sentence: &str, value: &str| {
            let mut figure = said("支出预算", "prior_year", value, "");
            sentence.clone_into(&mut figure.sentence);
            checks(std::slice::from_ref(&table), &[figure.clone(), figure]).len()
        };
        assert_eq!(found("2023年支出预算753.70万元，其中：", "753.70"), 1, "told once");
        assert_eq!(found("2023年支出预算614.51万元", "614.51"), 0);
        assert_eq!(found("比2023年支出预算753.70万元没有增减", "753.70"), 0, "a comparison");
    }
}
