//! C10: in a government's report the rates that go with an amount are those of the amount's own row in the tables: 教育支出 5.77亿元，
//! 完成预算的 92.8%，下降 4.4%, beside 2024年预算数 and 2023年决算数.
//!
//! 《预算法》第四十八条、第七十九条: the report is held against the tables that go with it. Governments also count growth on
//! comparable bases, so a rate is told only where the row has one base for it and no cell that prints the rate itself.

use crate::check::checker::{Checker, Run};
use crate::check::narrative::agreement;
use crate::check::narrative::said::{Outcome, behind, check, printed, subject};
use crate::check::percent::{Kind, Percent, Ratio, read};
use crate::check::scene::Scene;
use crate::model::cell_ref::CellRef;
use crate::model::check::{Check, CheckStatus};
use crate::model::fact::Fact;
use crate::model::measured::Measured;
use crate::model::money::MoneyUnit;
use crate::model::prose_figure::ProseFigure;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{Cause, Phase};
use crate::reading::fold::{fold, has_any};
use crate::reading::year;
use crate::table::dimension;
use rust_decimal::Decimal;

/// 报告中的执行率和增幅.
pub(crate) const C10: Rule = Rule {
    id: "C10",
    title: "报告中的执行率和增幅",
    text: "政府预算报告写明的完成预算的百分比、增减幅度，等于表中同一行两个数之比；按可比口径计算的不核",
    source: "《预算法》第四十八条、第七十九条",
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[C10],
    runs: &[Run::Amounts(checks)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

/// Words of rates that are counted on another base than the tables print.
const OTHER_BASE: &[&str] = &["可比", "口径", "剔除", "还原", "扣除", "年均", "以上", "左右", "超过"];
/// A budget as it was adjusted within the year.
const ADJUSTED: &[&str] = &["调整预算", "调整后", "变动预算", "预算调整"];

/// Every rate of a report's amounts.
fn checks(scene: &Scene<'_>) -> Vec<Check> {
    let statements = scene.tables.statements;
    if !agreement::is_of_government(statements) {
        return Vec::new();
    }
    let levels = agreement::tells_levels(statements);
    let mut checks = Vec::new();
    for (at, figure) in scene.prose.iter().enumerate() {
        let own = figure.matched_source.is_empty() && !has_any(&fold(&figure.sentence), OTHER_BASE);
        let Some(printed) = matched(statements, figure).filter(|_| own) else { continue };
        let same: Vec<(&Statement, &Fact)> = repeated(statements, printed)
            .filter(|(s, f)| agreement::may_be_of_one_body(figure, s, levels) && agreement::same_budget(figure, s, f))
            .collect();
        checks.extend(rates(behind(scene.prose, at)).filter_map(|rate| tried(figure, &rate, &same)));
    }
    checks
}

/// The printed figure that an amount repeats.
fn matched<'a>(statements: &'a [Statement], figure: &ProseFigure) -> Option<(&'a Statement, &'a Fact)> {
    let statement = statements.iter().find(|s| s.id == figure.matched_table_id)?;
    let is = |f: &&Fact| Some(f.row) == figure.matched_row && Some(f.col) == figure.matched_col;
    Some((statement, statement.facts.iter().find(is)?))
}

/// The figure in all tables that print it under the same name.
fn repeated<'a>(
    statements: &'a [Statement],
    (_, printed): (&'a Statement, &'a Fact),
) -> impl Iterator<Item = (&'a Statement, &'a Fact)> {
    let same = move |f: &&Fact| f.value == printed.value && f.row_label == printed.row_label;
    statements.iter().flat_map(move |s| s.facts.iter().filter(same).map(move |f| (s, f)))
}

/// The percentages behind an amount, each with its own words.
fn rates(text: &str) -> impl Iterator<Item = Percent> {
    let pieces = text.split(['，', ',', '；', ';', '。', '（', '）', '(', ')']);
    pieces.filter(|piece| !piece.contains("分别")).filter_map(read)
}

/// A rate against the row's own figures.
fn tried(figure: &ProseFigure, rate: &Percent, same: &[(&Statement, &Fact)]) -> Option<Check> {
    let mut bases: Vec<(Ratio, &Fact, CellRef)> = Vec::new();
    for (statement, fact) in same {
        if prints(statement, fact.row, rate) {
            return None;
        }
        let now = Measured::of(statement, fact)?;
        for base in row(statement, fact).filter(|base| is_base(statement, fact, base, rate)) {
            let whole = Measured::of(statement, base)?;
            let part = if rate.kind == Kind::Done { now } else { now.less(whole)? };
            bases.extend(Ratio::new(part, whole).map(|ratio| (ratio, base, CellRef::of(statement, base))));
        }
    }
    if bases.is_empty() {
        return same.iter().find_map(|(statement, fact)| against_column(figure, rate, statement, fact));
    }
    let verdict = |b: &(Ratio, &Fact, CellRef)| b.0.verdict(rate);
    let held = bases.iter().find(|b| verdict(b) != CheckStatus::Failed);
    let one = bases.first().filter(|first| bases.iter().all(|b| b.1.value == first.1.value));
    let (ratio, base, cell) = held.or(one)?;
    let status = ratio.verdict(rate);
    let unit = base.unit.map_or("", MoneyUnit::as_str);
    let words = format!(
        "{} {}：与表中 {}{unit} 相比为 {}{}，写作 {}{}%",
        subject(figure),
        printed(figure),
        base.value_text,
        way(rate.kind, ratio.exact.is_sign_negative()),
        ratio.text(rate),
        way(rate.kind, rate.kind == Kind::Down),
        rate.value
    );
    let reason = "百分比与表中两个数不合".to_owned();
    let mut told = check(figure, Outcome { rule: &C10, status, words, reason, cause: Cause::Published });
    told.cells.push(cell.clone());
    Some(told)
}

/// 增长, 下降: which way an amount changed.
fn way(kind: Kind, down: bool) -> &'static str {
    match (kind, down) {
        (Kind::Up | Kind::Down, true) => "下降",
        (Kind::Up | Kind::Down, false) => "增长",
        _ => "",
    }
}

/// The rate against the one that the row prints in a column of such rates, where the table prints no amount that it is counted on.
fn against_column(figure: &ProseFigure, rate: &Percent, statement: &Statement, fact: &Fact) -> Option<Check> {
    let cell = statement.raw.cells.get(fact.cell)?;
    let rates = statement.raw.cells.iter().filter(|c| c.row == cell.row && c.col > cell.col);
    let mut own = rates.filter_map(|c| Some((c, of_column(statement, c, rate.kind)?)));
    let (_, value) = own.next()?;
    // Last year's rate may stand beside this year's.
    let other = row(statement, fact).any(|f| f.phase == Some(Phase::Executed));
    let said = if rate.kind == Kind::Down { -rate.value.abs() } else { rate.value };
    if own.next().is_some() || other || (value - said).abs() <= rate.digit {
        return None;
    }
    let words = format!(
        "{} {}：表中为 {}%，写作 {}{}%",
        subject(figure),
        printed(figure),
        value.normalize(),
        way(rate.kind, rate.kind == Kind::Down),
        rate.value
    );
    let status = CheckStatus::Failed;
    let reason = "百分比与表中该行所列的百分比不同".to_owned();
    Some(check(figure, Outcome { rule: &C10, status, words, reason, cause: Cause::Published }))
}

/// The rate in a cell whose column is headed as one of the kind: 完成预算%, 比上年增长%.
fn of_column(statement: &Statement, cell: &yusuan_extract::Cell, kind: Kind) -> Option<Decimal> {
    let heads = statement.raw.cells.iter().filter(|c| c.col == cell.col && c.row < cell.row);
    let text: String = heads.map(|c| fold(&c.text)).filter(|t| t.parse::<Decimal>().is_err()).collect();
    let percent = has_any(&text, &["%", "率", "幅"]) && !has_any(&text, OTHER_BASE);
    let named = match kind {
        Kind::Done => has_any(&text, &["完成", "执行", "为预算", "占预算"]) && !has_any(&text, ADJUSTED),
        Kind::Up | Kind::Down => has_any(&text, &["增长", "增减", "同比"]),
        Kind::Share | Kind::Either => false,
    };
    let value = fold(&cell.text).trim_end_matches('%').parse::<Decimal>().ok();
    value.filter(|_| percent && named)
}

/// The other figures of a figure's row.
fn row<'a>(statement: &'a Statement, fact: &'a Fact) -> impl Iterator<Item = &'a Fact> {
    let same = move |f: &&Fact| f.row == fact.row && f.side == fact.side && f.row_label == fact.row_label;
    statement.facts.iter().filter(same).filter(move |f| f.col != fact.col)
}

/// Whether a figure is what a rate of another is counted on: the same year's budget, or what became of the year before.
fn is_base(statement: &Statement, fact: &Fact, base: &Fact, rate: &Percent) -> bool {
    let titled = || year::of_title(&fold(&statement.title));
    // 上年执行数 beside 预算数 below a title of 2026 is of 2025.
    let before = |f: &Fact| i32::from(dimension::names_last_year(&fold(&f.column_path)));
    let year = |f: &Fact| year::fiscal(&fold(&f.column_path)).or_else(|| Some(titled()? - before(f)));
    let (Some(own), Some(other)) = (year(fact), year(base)) else { return false };
    let budget = base.phase == Some(Phase::Approved);
    // 完成调整预算的98.5%: of the budget that the words name.
    let of = if has_any(&rate.of, ADJUSTED) { Phase::Adjusted } else { Phase::Approved };
    match rate.kind {
        Kind::Done => own == other && base.phase == Some(of) && fact.phase == Some(Phase::Executed),
        Kind::Up | Kind::Down => {
            own == other + 1 && base.phase != Some(Phase::Adjusted) && (!budget || fact.phase == Some(Phase::Approved))
        }
        Kind::Share | Kind::Either => false,
    }
}

/// Whether the row prints the rate in a column of its own.
fn prints(statement: &Statement, row: u32, rate: &Percent) -> bool {
    let index = |at: usize| u32::try_from(at).unwrap_or(u32::MAX).saturating_add(1);
    let at = |cell: &&yusuan_extract::Cell| cell.place.sheet_cell.map_or(index(cell.row), |(row, _)| row) == row;
    let value = |text: &str| fold(text).trim_end_matches('%').parse::<Decimal>().ok();
    // 增长10.0% beside a printed -10.0 is not what the row says.
    let way = |v: Decimal| !(v.is_sign_negative() && rate.kind == Kind::Up && rate.value.is_sign_positive());
    let near = |v: Decimal| way(v) && (v.abs() - rate.value.abs()).abs() <= rate.digit;
    statement
        .raw
        .cells
        .iter()
        .filter(at)
        .any(|cell| cell.text.contains(['%', '％', '.']) && value(&cell.text).is_some_and(near))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, fact, said, statement};
    use crate::model::vocabulary::{Period, TableType};

    fn with(sentence: &str) -> Example {
        let columns = [("2023年决算数", "100.00"), ("2024年预算数", "120.00"), ("2024年执行数", "110.00")];
        let make = |((path, value), col): ((&str, &str), u32)| {
            let mut one = fact(5, col, path, value);
            "教育支出".clone_into(&mut one.row_label);
            one.period = Some(Period::PriorYear);
            one.phase = Some(if path.contains("预算") { Phase::Approved } else { Phase::Executed });
            one
        };
        let mut table = statement(TableType::GovernmentRevenue, columns.into_iter().zip(2..).map(make).collect());
        "2024年全市一般公共预算表".clone_into(&mut table.title);
        let mut figure = said("教育支出", "prior_year", "110.00", "");
        sentence.clone_into(&mut figure.sentence);
        "t01".clone_into(&mut figure.matched_table_id);
        (figure.matched_row, figure.matched_col) = (Some(5), Some(4));
        Example { statements: vec![table], prose: vec![figure], ..Example::default() }
    }

    pub(crate) fn example() -> Example {
        with("全市教育支出110.00万元，完成预算的91.7%，增长10.0%。")
    }

    #[test]
    fn last_years_column_may_be_named_by_a_word() {
        let status = |rate: &str| {
            let mut example = with(&format!("全市教育支出安排120.00万元，比上年执行数增长{rate}。"));
            let table = &mut example.statements[0];
            table.facts.truncate(2);
            for (fact, path) in table.facts.iter_mut().zip(["上年执行数", "预算数"]) {
                path.clone_into(&mut fact.column_path);
            }
            example.prose[0].value_text = "120.00".to_owned();
            example.prose[0].value = example.statements[0].facts[1].value;
            example.prose[0].matched_col = Some(3);
            checks(&example.scene()).iter().map(|c| c.status).collect::<Vec<_>>()
        };
        assert_eq!(status("20.0%"), [CheckStatus::Passed]);
        assert_eq!(status("26.0%"), [CheckStatus::Failed]);
    }

    #[test]
    fn rates_are_those_of_the_row() {
        let status = |text: &str| checks(&with(text).scene()).iter().map(|c| c.status).collect::<Vec<_>>();
        assert_eq!(checks(&example().scene()).iter().map(|c| c.status).collect::<Vec<_>>(), [CheckStatus::Passed; 2]);
        let failed = [CheckStatus::Failed, CheckStatus::Passed];
        assert_eq!(status("全市教育支出110.00万元，为预算的97.1%，比上年增长10.0%。"), failed);
        assert_eq!(status("全市教育支出110.00万元，完成预算的91.7%，下降10.0%。")[1], CheckStatus::Failed);
        assert!(status("全市教育支出110.00万元，按可比口径增长17.0%。").is_empty());
    }
}
