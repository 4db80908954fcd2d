//! Which printed figure does an amount of the narrative repeat?
//!
//! A match needs both: the same amount within what the printed digits allow, and words that fit. Equal amounts alone say
//! nothing (a department with one project has the same figure in ten places), so without fitting words nothing is matched.

use crate::model::fact::Fact;
use crate::model::measured::Measured;
use crate::model::money::MoneyUnit;
use crate::model::prose_figure::ProseFigure;
use crate::model::statement::Statement;
use crate::model::vocabulary::{ColumnKind, Period, Phase, RowKind, Side, TableLevel, TableType};
use crate::narrative::headline::{is_headline, is_telling};
use crate::narrative::printed::{ByAmount, Names, Printed, PrintedFigures};
use crate::reading::fold::{character_pairs, fold, has_any, pattern};
use crate::reading::words::{AMOUNT_HEADS, NAME_ENDS, NAME_STARTS};
use crate::reading::{label, three_public, year};
use crate::table::classify;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

pattern!(LEVEL, "([^()、,;:]+)[(](类|款|项)[)]");

// 1-6月执行数, 上半年完成数: what became of a budget within a time.
pattern!(OF_A_TIME, "^(?:1-[0-9]{1,2}月|上半年|全年|年度)?(?:累计)?(?:实际)?(?:执行|完成|决算)(?:数|额|情况)?$");

// 2025年1-6月一般公共预算支出完成情况表, 全市政府性基金收入决算表: the budget's side without place, time and stage.
pattern!(
    OF_A_BUDGET,
    "((?:全[市县区省州盟旗]|[市县区省州盟旗](?:本级|级|直))?)(一般公共预算|政府性基金预算|政府性基金|国有资本经营预算)(收入|支出)(?:完成|执行|决算|预算|预计|安排|草案|[()])*(?:情况)?(?:表|总表)?$"
);

// 全市, 市本级, 市级, 市直: the level before a budget's name.
pattern!(OF_LEVEL, "^(?:(全[市县区省州盟旗]|全自治[区州县])|(?:[市县区省州盟旗]|自治[区州县])?(?:本级|级|直))(.+)$");
pattern!(BUDGET_SIDE, "^(?:一般公共预算|政府性基金预算|政府性基金|国有资本经营预算|国有资本经营)(?:收入|支出)$");

// 2023年政府性基金收支决算表: both sides of a budget in one table.
pattern!(OF_BOTH_SIDES, "(一般公共预算|政府性基金预算|政府性基金|国有资本经营预算|国有资本经营)收支");
pattern!(OF_THE_YEAR, "^(?:本年|当年)(收入|支出)(?:合计|小计)$");

/// Figures of a table that the narrative must contradict before its unit is doubted.
const LEAST_CONTRADICTED: usize = 2;
/// Significant digits below which agreement at another size is chance.
const LEAST_DIGITS: usize = 4;

/// Fills the matches of all figures. Gives the tables (by index) none of whose figures is matched, while several are at
/// ten thousand or a thousand times the size, with that factor.
pub(crate) fn link(figures: &mut [ProseFigure], statements: &[Statement]) -> Vec<(usize, Decimal)> {
    let printed = PrintedFigures::of(statements);
    link_to(figures, &printed, "");
    contradicted(figures, statements, &printed)
}

/// Fills the matches of figures that have none yet from the tables of the file `source` (empty for the figures' own).
pub(crate) fn link_free(figures: &mut [ProseFigure], statements: &[Statement], source: &str) {
    link_to(figures, &PrintedFigures::of(statements), source);
}

fn link_to(figures: &mut [ProseFigure], printed: &PrintedFigures<'_>, source: &str) {
    let free = |f: &&mut ProseFigure| f.matched_table_id.is_empty() && is_of_a_year(f);
    for figure in figures.iter_mut().filter(free) {
        let best = best(figure, printed);
        if let Some(found) = best {
            figure.matched_table_id.clone_from(&found.statement.id);
            figure.matched_row = Some(found.fact.row);
            figure.matched_col = Some(found.fact.col);
            source.clone_into(&mut figure.matched_source);
        }
    }
}

/// Whether an amount is the figure of a year that the tables print: no difference, no year that is not known.
fn is_of_a_year(figure: &ProseFigure) -> bool {
    !matches!(figure.period, None | Some(Period::Change))
}

/// For each of the figures the printed ones that its words name, whatever their amounts: what it should repeat.
pub(crate) fn named<'a>(figures: &[&ProseFigure], printed: &PrintedFigures<'a>) -> Vec<Vec<(&'a Statement, &'a Fact)>> {
    if figures.is_empty() {
        return Vec::new();
    }
    // Names are compared before anything slower: few figures share a word with a subject.
    let mut names = Names::default();
    let mut sides: BTreeMap<*const Statement, Option<String>> = BTreeMap::new();
    for (at, p) in printed.all().iter().enumerate() {
        names.add(&key(label::bare(&fold(&p.fact.row_label))), at);
        names.add(&last_name(p.fact), at);
        if p.fact.row_kind == RowKind::Total {
            let side = sides.entry(p.statement).or_insert_with(|| budget_side(p.statement).map(|(_, side)| side));
            if let Some(side) = side {
                names.add(side, at);
            }
        }
    }
    let of = |figure: &&ProseFigure| {
        let subject = fold(&figure.subject);
        let sharing = names.occurring(&subject);
        let sharing = sharing.into_iter().filter_map(|at| printed.all().get(at));
        let named = sharing.filter(|p| {
            same_period(figure, p.fact)
                && !matches!(p.fact.period, Some(Period::PriorYear2 | Period::Earlier))
                && in_scope(&subject, p)
                && fits(&subject, p).is_some()
        });
        named.map(|p| (p.statement, p.fact)).collect()
    };
    figures.iter().map(of).collect()
}

/// The printed figures of an amount's very name that are a thousand or ten thousand times as large, or as small.
pub(crate) fn of_another_size<'a>(
    figure: &ProseFigure,
    printed: &PrintedFigures<'a>,
) -> Vec<(&'a Statement, &'a Fact)> {
    let Some(own) = Measured::said(figure).filter(|m| !m.value.is_zero()) else { return Vec::new() };
    let subject = key(&fold(&figure.subject));
    if subject.chars().count() < 2 {
        return Vec::new();
    }
    let amounts: Vec<Measured> = factors().into_iter().filter_map(|factor| own.times(factor)).collect();
    let is = |p: &&Printed<'_>| same_period(figure, p.fact) && key(label::bare(&fold(&p.fact.row_label))) == subject;
    printed.agreeing(&amounts).into_iter().filter(is).map(|p| (p.statement, p.fact)).collect()
}

/// How many times too large or too small an amount is under a wrong unit.
fn factors() -> [Decimal; 4] {
    let tens = [Decimal::from(10_000), Decimal::from(1_000)];
    [tens[0], Decimal::ONE / tens[0], tens[1], Decimal::ONE / tens[1]]
}

fn contradicted(
    figures: &[ProseFigure],
    statements: &[Statement],
    printed: &PrintedFigures<'_>,
) -> Vec<(usize, Decimal)> {
    let free: Vec<&ProseFigure> = figures
        .iter()
        .filter(|f| f.matched_table_id.is_empty() && is_of_a_year(f))
        .filter(|f| {
            f.value_text.chars().filter(char::is_ascii_digit).collect::<String>().trim_matches('0').len()
                >= LEAST_DIGITS
        })
        .collect();
    let repeated: BTreeSet<&str> = figures.iter().map(|f| f.matched_table_id.as_str()).collect();
    let mut found = Vec::new();
    for (index, statement) in statements.iter().enumerate() {
        let marked = statement.facts.iter().any(|f| f.alternative.is_some());
        if repeated.contains(statement.id.as_str()) || marked || statement.unit.is_none() {
            continue;
        }
        let own = printed.of_table(statement);
        let count = |factor: &Decimal| {
            let scaled = ByAmount::of(own.iter().map(|p| p.amount.times(*factor)));
            free.iter().filter(|f| agrees_at(f, own, &scaled)).count()
        };
        found.extend(factors().iter().find(|f| count(f) >= LEAST_CONTRADICTED).map(|f| (index, *f)));
    }
    found
}

/// Whether a figure repeats one of a table's at another size, its words fitting.
fn agrees_at(figure: &ProseFigure, table: &[Printed<'_>], scaled: &ByAmount) -> bool {
    let said = Measured::said(figure).filter(|own| figure.unit.is_some() && !own.value.is_zero());
    let Some(own) = said else { return false };
    let mut agreeing = scaled.agreeing(own).filter_map(|at| table.get(at)).peekable();
    if agreeing.peek().is_none() {
        return false;
    }
    let subject = fold(&figure.subject);
    let fits = |p: &Printed<'_>| same_period(figure, p.fact) && in_scope(&subject, p) && fits(&subject, p).is_some();
    agreeing.any(fits)
}

/// The figure whose words fit best; of equally good ones the table whose title shares most with the section, then the
/// first in the document.
fn best<'p, 'a>(figure: &ProseFigure, printed: &'p PrintedFigures<'a>) -> Option<&'p Printed<'a>> {
    let own = Measured::said(figure).filter(|_| figure.unit.is_some())?;
    // Tables in 亿元 aside, no figure is printed coarser than this.
    let widest = MoneyUnit::TenThousandYuan.factor();
    let subject = fold(&figure.subject);
    let telling = is_telling(figure);
    let context = character_pairs(&fold(&format!("{}{}", figure.section, figure.subject)));
    let near = printed.within(own.value, own.half + widest);
    let agreeing = near.filter(|p| p.amount.agrees(own) && same_period(figure, p.fact) && in_scope(&subject, p));
    let ranked = agreeing.filter_map(|p| {
        let whole = || is_side_of_both(&subject, p) || telling && is_headline(&subject, p.statement, p.fact);
        let fit = fits(&subject, p).or_else(|| whole().then_some(1))?;
        let shared = character_pairs(&fold(&p.statement.title)).intersection(&context).count();
        Some((fit, shared, std::cmp::Reverse((&p.statement.id, p.fact.row, p.fact.col)), p))
    });
    ranked.max_by_key(|(fit, shared, place, _)| (*fit, *shared, *place)).map(|(.., p)| p)
}

fn same_period(figure: &ProseFigure, fact: &Fact) -> bool {
    let past = |period: Option<Period>| period.is_some_and(Period::is_past);
    past(figure.period) == past(fact.period)
}

/// 三公 items also occur as economic codes, which count only the part paid from basic expenditure; 年初预算 and 决算 of a
/// final account are two figures.
fn in_scope(subject: &str, printed: &Printed<'_>) -> bool {
    let three = matches!(printed.statement.table_type, TableType::ThreePublic | TableType::GovernmentFundThreePublic);
    let operating = printed.statement.table_type == TableType::OperatingExpenses;
    if three_public::names_any(subject) && !three {
        return false;
    }
    if has_any(subject, &["机关运行经费", "机构运行经费"]) && !three && !operating {
        return false;
    }
    let (income, spending) = (subject.contains("收"), subject.contains('支'));
    let revenue = printed.fact.side == Some(Side::Revenue) || printed.statement.table_type == TableType::RevenueSummary;
    let expenditure = matches!(printed.fact.side, Some(Side::Expenditure | Side::ExpenditureByUse));
    if spending && !income && revenue || income && !spending && expenditure {
        return false;
    }
    let phase = printed.fact.phase;
    match (subject.contains("决算"), has_any(subject, &["年初预算", "全年预算", "调整预算"])) {
        (true, false) => phase.is_none_or(|p| p == Phase::Executed),
        (false, true) => phase.is_none_or(|p| p != Phase::Executed),
        // Where a table prints 预算数 and 决算数 side by side, a bare 支出 means what was spent.
        _ => subject.contains("预算") || phase == Some(Phase::Executed) || !is_paired(printed),
    }
}

/// Whether the same year's figures executed stand in the table too.
fn is_paired(printed: &Printed<'_>) -> bool {
    let same = |f: &&Fact| f.period == printed.fact.period;
    printed.statement.facts.iter().filter(same).any(|f| f.phase == Some(Phase::Executed))
}

/// How well the subject's words fit a figure's row and column: 3 the row's very name, 2 its name without the words that
/// change nothing, 1 a column or the table as a whole; `None` where they don't.
fn fits(subject: &str, printed: &Printed<'_>) -> Option<u8> {
    let fact = printed.fact;
    let row = label::bare(&fold(&fact.row_label)).to_owned();
    let column = last_name(fact);
    let whole_row = column.is_empty() || fact.column_kind == ColumnKind::Total;
    if let Some(fit) = by_levels(subject, fact, &row) {
        return (fit && whole_row).then_some(3);
    }
    if whole_row && !row.is_empty() && row == subject {
        return Some(3);
    }
    let key = key(subject);
    if key.is_empty() {
        return None;
    }
    let name = self::key(&row);
    if whole_row && fact.row_kind != RowKind::Total && !name.is_empty() && same(&key, &name, printed) {
        return Some(2);
    }
    if fact.row_kind != RowKind::Total && !only_row(printed) {
        return None;
    }
    if column.is_empty() || column == "合计" {
        let own_name = name == key && !name.is_empty() || is_side_of_level(&key, printed.statement, fact);
        let totals = whole_row && (own_name || table_names(printed.statement).contains(&key));
        return totals.then_some(1);
    }
    (column == key || qualified(&key, &column, printed)).then_some(1)
}

/// 一般公共服务支出(类)群众团体事务(款)行政运行(项), or the same joined by dashes: the last name is the row's, those before
/// it its ancestors'. `None` where the subject has no such form.
fn by_levels(subject: &str, fact: &Fact, row: &str) -> Option<bool> {
    let mut names: Vec<String> =
        LEVEL.captures_iter(subject).filter_map(|c| c.get(1)).map(|m| key(label::bare(m.as_str()))).collect();
    if names.is_empty() && subject.contains(['-', '—']) {
        names = subject.trim_end_matches("科目").split(['-', '—']).filter(|n| !n.is_empty()).map(key).collect();
        names = if names.len() > 1 { names } else { Vec::new() };
    }
    let (last, above) = names.split_last()?;
    let path = fold(&fact.row_path);
    let levels = path.split('/').count();
    let ancestors = above.iter().rev().take(levels.saturating_sub(1)).all(|name| path.contains(name.as_str()));
    Some(key(row) == *last && ancestors)
}

/// Whether the subject means the row: by name, with words before it that the table says too, or as income (一般公共预算收入
/// is 一般公共预算 in a list of income).
fn same(key: &str, name: &str, printed: &Printed<'_>) -> bool {
    let income = printed.fact.side == Some(Side::Revenue) || printed.statement.table_type == TableType::RevenueSummary;
    let source = |text: &str| self::key(text.strip_suffix("收入").unwrap_or(text));
    name == key || qualified(key, name, printed) || income && key.ends_with("收入") && source(name) == source(key)
}

/// Whether the subject is the name with words before it that the table's title or the figure's own paths print too:
/// 一般公共预算基本支出 is 基本支出 in a table of 一般公共预算.
fn qualified(key: &str, name: &str, printed: &Printed<'_>) -> bool {
    // 财政拨款的机关运行经费: tables of it have no other money.
    if matches!(name, "机关运行" | "机构运行") && key.ends_with(name) {
        return true;
    }
    let Some(words) = key.strip_suffix(name).map(self::key).filter(|w| !w.is_empty() && name.chars().count() >= 2)
    else {
        return false;
    };
    let said = |text: &str| fold(text).contains(&words);
    said(&printed.statement.title) || said(&printed.fact.row_path) || said(&printed.fact.column_path)
}

/// Tables such as 三公 print one line without a label.
fn only_row(printed: &Printed<'_>) -> bool {
    let three = matches!(printed.statement.table_type, TableType::ThreePublic | TableType::GovernmentFundThreePublic);
    three && printed.statement.facts.iter().all(|f| f.row == printed.fact.row)
}

/// The last header cell that says more than "the amount", reduced. The heads of panels say which list a column is in.
fn last_name(fact: &Fact) -> String {
    let folded = fold(&fact.column_path);
    let segments = folded.split('/').skip(usize::from(fact.side.is_some()));
    let bare =
        segments.map(|s| crate::reading::unit::strip(&year::without_spoken(s))).map(|s| label::bare(&s).to_owned());
    let named = bare.filter(|s| !AMOUNT_HEADS.has(s) && !OF_A_TIME.is_match(s) && !has_any(s, &["分类", "用途"]));
    named.last().map(|s| key(&s)).unwrap_or_default()
}

/// What the grand total of a table may be called.
fn table_names(statement: &Statement) -> Vec<String> {
    let mut names = match statement.table_type {
        TableType::ThreePublic => vec![key("三公经费")],
        TableType::OperatingExpenses => vec![key("机关运行经费"), key("机构运行经费"), key("机关(机构)运行经费")],
        TableType::GovernmentProcurement => vec![key("政府采购")],
        _ => Vec::new(),
    };
    let title = classify::title_key(&statement.title);
    let bare = crate::reading::title::strip_brackets(&title);
    names.push(key(["总表", "情况表", "明细表", "表"].iter().find_map(|e| bare.strip_suffix(e)).unwrap_or(&bare)));
    names.extend(
        budget_side(statement).into_iter().flat_map(|(level, side)| [key(&side), key(&format!("{level}{side}"))]),
    );
    names
}

/// Whether a figure is the total of the budget's side that a subject ends in: 全市一般公共预算收入.
pub(crate) fn is_whole_budget(subject: &str, statement: &Statement, fact: &Fact) -> bool {
    let side = Some(fact).filter(|f| f.row_kind == RowKind::Total).and_then(|_| budget_side(statement));
    let subject = fold(subject);
    let titled = side.is_some_and(|(level, side)| subject == side || subject == format!("{level}{side}"));
    titled || is_side_of_level(&key(&subject), statement, fact)
}

/// Whether a total's own name is the budget's side that the subject names with its level: 市级一般公共预算收入 is
/// 一般公共预算收入合计 of a table of 市本级, 全市… that of one whose title names no level of its own.
fn is_side_of_level(subject: &str, statement: &Statement, fact: &Fact) -> bool {
    let Some(said) = OF_LEVEL.captures(subject) else { return false };
    let name = key(label::bare(&fold(&fact.row_label)));
    let side = said.get(2).map_or("", |side| side.as_str());
    let bare = |side: &str| side.replace("预算", "");
    let same = BUDGET_SIDE.is_match(side) && bare(&name) == bare(side);
    let of_level = match statement.level {
        Some(level) => level == if said.get(1).is_some() { TableLevel::Whole } else { TableLevel::Own },
        // Of two levels at once nothing follows.
        None => said.get(1).is_some() && !statement.title.contains("本级"),
    };
    same && of_level && fact.row_kind == RowKind::Total
}

/// Whether a subject is what the year brought in or spent of the budget whose both sides the table prints: 全区政府性基金收入 is
/// 本年收入合计 there.
fn is_side_of_both(subject: &str, printed: &Printed<'_>) -> bool {
    let (title, row) = (fold(&printed.statement.title), fold(&printed.fact.row_label));
    let (Some(budget), Some(side)) = (OF_BOTH_SIDES.captures(&title), OF_THE_YEAR.captures(label::bare(&row))) else {
        return false;
    };
    let bare = |name: &str| name.replace("预算", "");
    let said = OF_LEVEL.captures(subject);
    let named = said.as_ref().and_then(|s| s.get(2)).map_or(subject, |name| name.as_str());
    let of_level = match (printed.statement.level, &said) {
        (Some(level), Some(said)) => level == if said.get(1).is_some() { TableLevel::Whole } else { TableLevel::Own },
        (None, Some(said)) => said.get(1).is_some() && !title.contains("本级"),
        (_, None) => true,
    };
    of_level && bare(named) == bare(&format!("{}{}", &budget[1], &side[1]))
}

/// The side of a budget that the whole table adds up, with the level named before it: 全市, 一般公共预算收入. What was given by others or left over from last year is
/// no part of it, so that a table with such rows has another total.
fn budget_side(statement: &Statement) -> Option<(String, String)> {
    let title = fold(&statement.title);
    let found = OF_A_BUDGET.captures(&title)?;
    let others = ["转移性", "补助", "上解", "结转", "结余", "转贷", "调入", "调出", "债务", "债券"];
    // 农林水支出 may be called 补助 below, but no row of the first rank is.
    let wide = |f: &Fact| f.row_level == 1 && f.function.code.is_empty() && has_any(&f.row_label, &others);
    (!statement.facts.iter().any(wide)).then(|| (found[1].to_owned(), format!("{}{}", &found[2], &found[3])))
}

/// A name reduced to what tells it apart. 收入 and 收支 are kept, so that income never meets spending.
fn key(name: &str) -> String {
    let name = year::without_all_spoken(name)
        .replace("预算财政拨款", "预算")
        .replace("运行维护费", "运行费")
        .replace(['(', ')', '“', '”'], "");
    let mut text = name.as_str();
    loop {
        let before = text.len();
        let cut = NAME_ENDS.strip_end(text).filter(|t| t.chars().count() >= 2);
        text = cut.unwrap_or(text);
        let cut = NAME_STARTS.strip_begin(text).filter(|t| t.chars().count() >= 2);
        text = cut.unwrap_or(text);
        if text.len() == before {
            return text.to_owned();
        }
    }
}
