//! C7: a sentence that names last year but states this year's total was copied from last year's text: 2023年支出预算753.70万元
//! in the document of 2024, whose tables print 753.70 for 2024.
//!
//! The narrative and the tables of a document are of one year (财政部《地方预决算公开操作规程》). Sentences that compare two years
//! name last year rightly, and so does one whose figure the tables print for last year.

use crate::check::checker::{Checker, Run};
use crate::check::narrative::said::{Outcome, check, printed, subject};
use crate::check::scene::Scene;
use crate::check::source::PROCEDURE;
use crate::check::tables::pick::name;
use crate::model::cell_ref::CellRef;
use crate::model::check::{Check, CheckStatus};
use crate::model::fact::Fact;
use crate::model::prose_figure::ProseFigure;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{Cause, Period, RowKind};
use crate::reading::fold::{fold, has_any};
use crate::reading::year;

/// 文字说明的年份.
pub(crate) const C7: Rule = Rule {
    id: "C7",
    title: "文字说明的年份",
    text: "文字说明写作上年的数，不是表中本年的合计；比较两年的句子不核",
    source: PROCEDURE,
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[C7],
    runs: &[Run::Amounts(checks)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

/// Words of sentences that look back.
const LOOKS_BACK: &[&str] = &[
    "比",
    "较",
    "上年",
    "上一年",
    "同期",
    "去年",
    "结转",
    "结余",
    "执行",
    "决算",
    "以来",
    "底",
    "末",
    "至",
    "起",
    "完成",
];
/// Amounts with fewer digits are equal by chance.
const TELLING_DIGITS: usize = 4;

/// Every sentence with this year's total under last year's name, told once.
fn checks(scene: &Scene<'_>) -> Vec<Check> {
    let mut checks = Vec::new();
    let mut last = "";
    for figure in scene.prose.iter().filter(|f| f.period == Some(Period::PriorYear)) {
        let Some((statement, fact)) = total(scene.tables.statements, figure).filter(|_| figure.sentence != last) else {
            continue;
        };
        last = &figure.sentence;
        checks.push(misdated(figure, statement, fact));
    }
    checks
}

/// An amount of last year's name that is this year's.
fn misdated(figure: &ProseFigure, statement: &Statement, fact: &Fact) -> Check {
    let table = name(statement);
    let words = format!("{} {} 写作上年的数，却是《{table}》本年的合计", subject(figure), printed(figure));
    let reason = "年份可能没有从上年的说明改过来".to_owned();
    let mut told =
        check(figure, Outcome { rule: &C7, status: CheckStatus::Failed, words, reason, cause: Cause::Published });
    told.cells = vec![CellRef::of(statement, fact)];
    told
}

/// The total of this year that the figure repeats, if it is none of last year's.
fn total<'a>(statements: &'a [Statement], figure: &ProseFigure) -> Option<(&'a Statement, &'a Fact)> {
    let digits = figure.value_text.chars().filter(char::is_ascii_digit).count();
    let sentence = fold(&figure.sentence);
    // A year that only the heading names is that of the whole section.
    let dated = year::spoken(&sentence).next().is_some();
    if !dated || digits < TELLING_DIGITS || has_any(&sentence, LOOKS_BACK) || !has_any(&sentence, &["预算"]) {
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
    use crate::check::fixture::{Example, fact, said, statement};
    use crate::model::vocabulary::TableType;

    fn with(sentence: &str, value: &str) -> Example {
        let mut total = fact(9, 2, "合计", "753.70");
        total.row_kind = RowKind::Total;
        total.period = Some(Period::Current);
        let mut figure = said("支出预算", "prior_year", value, "");
        sentence.clone_into(&mut figure.sentence);
        let statements = vec![statement(TableType::ExpenditureSummary, vec![total])];
        Example { statements, prose: vec![figure.clone(), figure], ..Example::default() }
    }

    pub(crate) fn example() -> Example {
        with("2023年支出预算753.70万元，其中：", "753.70")
    }

    #[test]
    fn this_years_total_under_last_years_name() {
        let found = |sentence: &str, value: &str| checks(&with(sentence, value).scene()).len();
        assert_eq!(checks(&example().scene()).len(), 1, "told once");
        assert_eq!(found("2023年支出预算614.51万元", "614.51"), 0);
        assert_eq!(found("比2023年支出预算753.70万元没有增减", "753.70"), 0, "a comparison");
    }
}
