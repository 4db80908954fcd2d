//! C1, C2, C5: what the narrative says of a total, of a 类/款/项 by its full name or of a “三公” item is what the tables print.
//!
//! 财政部《地方预决算公开操作规程》: the narrative explains the tables' figures. Only amounts whose subject is beyond doubt are held
//! against the tables: a total in the words of the form, or an item named with its levels that exactly one code of the
//! tables bears. Narratives truncate as well as round, so one unit of the last printed digit is rounding.

use crate::check::checker::{Checker, Run};
use crate::check::claim::Figure;
use crate::check::narrative::{agreement, listed};
use crate::check::scene::{Scene, Tables};
use crate::check::slip;
use crate::check::source::PROCEDURE;
use crate::check::tables::b01_totals::{closings, subtotals};
use crate::check::tables::b04_basic::basic_totals;
use crate::check::tables::b11_revenue::of_budget;
use crate::check::tables::pick::{grand_total, name};
use crate::model::check::{Check, CheckScope, CheckStatus};
use crate::model::fact::Fact;
use crate::model::measured::Measured;
use crate::model::money::MoneyUnit;
use crate::model::prose_figure::ProseFigure;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{Cause, ColumnKind, Period, Phase, Side, TableType};
use crate::narrative::{self, PrintedFigures};
use crate::reading::fold::{fold, has_any, pattern};
use crate::reading::{label, three_public, year};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// 文字说明的合计与表一致.
pub(crate) const C1: Rule = Rule {
    id: "C1",
    title: "文字说明的合计与表一致",
    text: "文字说明里的收入总计、支出总计、一般公共预算基本支出、各本预算的收入，等于表中的数；与表中某项同名的数，等于该项的数，同一句里其余各数都在表的同一栏的也是；末位差 1 算四舍五入",
    source: PROCEDURE,
};

/// 文字说明与表中科目一致.
pub(crate) const C2: Rule = Rule {
    id: "C2",
    title: "文字说明与表中科目一致",
    text: "文字说明写明 类、款、项 的支出数，等于表中该科目的某一个数",
    source: PROCEDURE,
};

/// 文字说明的“三公”经费与表一致.
pub(crate) const C5: Rule = Rule {
    id: "C5",
    title: "文字说明的“三公”经费与表一致",
    text: "文字说明写明的“三公”各项，等于“三公”经费表中该项的数",
    source: PROCEDURE,
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[C1, C2, C5],
    runs: &[Run::Amounts(checks)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

// …(款)…(项), perhaps with words behind that say which of its figures is meant.
pattern!(ITEM, "(?:([^()、,;:]+)[(](?:[0-9]{2})?款[)])([^()、,;:]+)[(](?:[0-9]{2})?项[)](.{0,6})$");

/// Tables that list spending by function.
const BY_FUNCTION: &[TableType] = &[
    TableType::ExpenditureSummary,
    TableType::GeneralPublicExpenditure,
    TableType::FiscalAppropriationExpenditure,
    TableType::GovernmentFundExpenditure,
    TableType::StateCapitalExpenditure,
];

/// Amounts with fewer digits are another one of another size by chance.
const TELLING_DIGITS: usize = 3;

/// Every amount of the narrative that can be held against a table.
fn checks(scene: &Scene<'_>) -> Vec<Check> {
    let Scene { tables, prose, .. } = scene;
    let printed = PrintedFigures::of(tables.statements);
    let current = |p: &&ProseFigure| p.period == Some(Period::Current) && p.unit.is_some() && p.value.is_some();
    let said =
        |p| item(tables, p).or_else(|| three(tables, p)).or_else(|| total(tables, p).filter(|_| !is_of_projects(p)));
    let before = |at: usize| at.checked_sub(1).and_then(|b| prose.get(b));
    let comparable = |(at, p): (usize, &ProseFigure)| {
        !agreement::is_of_another_body(p)
            && !agreement::is_part_of_another(p, before(at))
            && !agreement::is_of_one_of_several(p, prose)
    };
    let own = prose.iter().enumerate().filter(|one| comparable(*one)).map(|(_, p)| p);
    let told: Vec<(&ProseFigure, Option<Check>)> =
        own.filter(current).map(|p| (p, said(p).filter(|check| stands(&printed, p, check)))).collect();
    let open = |(p, check): &(&ProseFigure, Option<Check>)| check.is_none() && p.matched_table_id.is_empty();
    let unmatched: Vec<&ProseFigure> = told.iter().filter(|t| open(t)).map(|(p, _)| *p).collect();
    let named = narrative::named(&unmatched, &printed);
    let mut checks: Vec<Check> = told.into_iter().filter_map(|(_, check)| check).collect();
    checks.extend(prose.iter().filter_map(|p| carried(tables, p)));
    let levels = agreement::tells_levels(tables.statements);
    let own = |p: &ProseFigure, (s, f): &(&Statement, &Fact)| {
        agreement::same_bodies(p, s, levels) && agreement::same_budget(p, s, f)
    };
    checks.extend(unmatched.iter().zip(&named).filter_map(|(p, figures)| {
        let own: Vec<(&Statement, &Fact)> = figures.iter().copied().filter(|figure| own(p, figure)).collect();
        by_name(p, &own).filter(|check| stands(&printed, p, check))
    }));
    if agreement::is_of_government(tables.statements) {
        checks.extend(miswritten(scene, &printed, levels, &checks));
        checks.extend(headlines(scene, &printed, levels, &checks));
    }
    checks.extend(of_another_size(&printed, &unmatched, &checks));
    let astray = listed::astray(scene).into_iter().filter_map(|(p, figure)| compare(&C1, p, &[figure], &p.subject));
    let astray: Vec<Check> = astray.filter(|check| !tells(&checks, check)).collect();
    checks.extend(astray);
    checks
}

/// Whether nothing else that is printed explains a failed check. A 项 said with its levels is one row of the books and no other.
fn stands(printed: &PrintedFigures<'_>, prose: &ProseFigure, check: &Check) -> bool {
    check.status != CheckStatus::Failed || check.rule == C2.id || !is_printed(printed, prose)
}

/// Whether a table prints an amount under a name that the words hold: there it is right, whatever other tables say. Last year's figure
/// counts where the sentence names no year.
fn is_printed(printed: &PrintedFigures<'_>, prose: &ProseFigure) -> bool {
    let digits = prose.value_text.chars().filter(char::is_ascii_digit).count();
    let Some(said) = Measured::said(prose).filter(|_| digits >= TELLING_DIGITS) else { return false };
    let subject = fold(&prose.subject);
    let dated = year::first(&prose.sentence).is_some() || has_any(&prose.sentence, &["今年", "本年"]);
    let is_it = |fact: &Fact| {
        let label = fold(&fact.row_label);
        let name = label::bare(&label);
        let whole = ["合计", "总计"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
        let named = [name, whole].iter().any(|n| n.chars().count() >= 2 && subject.contains(n));
        let past = |period: Option<Period>| period.is_some_and(Period::is_past);
        let same_year = past(fact.period) == past(prose.period);
        named && (!dated || same_year)
    };
    printed.repeating(said).any(is_it)
}

/// Whether a check is told already, in these or other words: of one sentence's amount and one figure.
fn tells(told: &[Check], check: &Check) -> bool {
    let is = |t: &Check| t.left == check.left && (t.cells == check.cells || t.claim_text == check.claim_text);
    told.iter().any(is)
}

/// Amounts of a report that agree with nothing, though one digit makes them a figure of that very name: of last year, or of a
/// level that the sentence leaves to the one before; and what became of a whole budget, whose name says which total it is.
fn miswritten(scene: &Scene<'_>, printed: &PrintedFigures<'_>, levels: bool, told: &[Check]) -> Vec<Check> {
    let years = [Some(Period::Current), Some(Period::PriorYear)];
    let open = |p: &&ProseFigure| p.matched_table_id.is_empty() && years.contains(&p.period) && p.unit.is_some();
    let open: Vec<&ProseFigure> = scene.prose.iter().filter(open).collect();
    let named = narrative::named(&open, printed);
    let mut checks = Vec::new();
    for (p, figures) in open.iter().zip(named) {
        // 2024年全市一般公共预算收入完成A亿元 is beyond doubt the total of the table of that name, however far off.
        let whole = |s: &Statement, f: &Fact| {
            let outcome = agreement::is_of_outcome(p);
            let stage = match f.phase {
                Some(Phase::Executed) => outcome,
                Some(Phase::Approved) => !outcome && p.period == Some(Period::Current),
                _ => false,
            };
            stage && narrative::is_whole_budget(&p.subject, s, f) && agreement::same_bodies(p, s, levels)
        };
        let may = |(s, f): &(&Statement, &Fact)| {
            let slip = || f.value.is_some_and(|v| slip::is_slip_of(&p.value_text, p.value, p.unit, v));
            agreement::may_be_of_one_body(p, s, levels) && agreement::same_budget(p, s, f) && (slip() || whole(s, f))
        };
        let near: Vec<(&Statement, &Fact)> = figures.into_iter().filter(may).collect();
        let check = by_name(p, &near).filter(|check| check.status == CheckStatus::Failed);
        let check = check.filter(|check| stands(printed, p, check));
        checks.extend(check.filter(|check| told.iter().all(|t| t.claim_text != check.claim_text)));
    }
    checks
}

/// What a report says of a whole budget's side, against the total of the one table of it: where neither tells levels apart.
fn headlines(scene: &Scene<'_>, printed: &PrintedFigures<'_>, levels: bool, told: &[Check]) -> Vec<Check> {
    let statements = scene.tables.statements;
    let said: BTreeSet<_> = scene.prose.iter().filter_map(|p| narrative::headline_level(&p.subject)).collect();
    if levels || said.len() > 1 {
        return Vec::new();
    }
    let years = [Some(Period::Current), Some(Period::PriorYear)];
    let open = |p: &&ProseFigure| p.matched_table_id.is_empty() && years.contains(&p.period) && p.unit.is_some();
    let mut checks = Vec::new();
    for p in scene.prose.iter().filter(open) {
        let stage = |f: &Fact| match f.phase {
            Some(Phase::Executed) => agreement::is_of_outcome(p),
            Some(Phase::Approved) => !agreement::is_of_outcome(p) && p.period == Some(Period::Current),
            _ => false,
        };
        let totals = narrative::headline_totals(p, statements).into_iter().filter(|(_, f)| stage(f));
        let figures: Vec<Figure<'_>> = totals.map(|(statement, fact)| Figure { statement, fact }).collect();
        let check = compare(&C1, p, &figures, &p.subject).filter(|c| c.status == CheckStatus::Failed);
        let check = check.filter(|check| stands(printed, p, check) && !tells(told, check));
        checks.extend(check.filter(|check| told.iter().all(|t| t.claim_text != check.claim_text)));
    }
    checks
}

/// 退休费12.85元 beside 退休费 of 128,500 元: at no other size does any table print an amount of the name.
fn of_another_size(printed: &PrintedFigures<'_>, unmatched: &[&ProseFigure], told: &[Check]) -> Vec<Check> {
    let digits = |p: &ProseFigure| p.value_text.chars().filter(char::is_ascii_digit).count();
    let telling = unmatched.iter().filter(|p| digits(p) >= TELLING_DIGITS && !says_nothing(&p.subject));
    let check = |p: &&ProseFigure| {
        let named = narrative::of_another_size(p, printed);
        let figures: Vec<Figure<'_>> = named.into_iter().map(|(statement, fact)| Figure { statement, fact }).collect();
        let check = compare(&C1, p, figures.get(..1)?, &p.subject)?;
        let new = told.iter().all(|t| t.left != check.left || !t.claim_text.contains(p.subject.as_str()));
        (check.status == CheckStatus::Failed && new && stands(printed, p, &check)).then_some(check)
    };
    telling.filter_map(check).collect()
}

/// An amount that agrees with nothing, though the tables print one of its very name.
fn by_name(prose: &ProseFigure, named: &[(&Statement, &Fact)]) -> Option<Check> {
    if says_nothing(&prose.subject) {
        return None;
    }
    // 一般公共预算基本支出…，其中：公用经费…: the tables of all money tell another figure.
    let sentence = fold(&prose.sentence);
    let of_treasury = has_any(&sentence, &["一般公共预算", "财政拨款", "政府性基金", "国有资本"]);
    let all_money = [TableType::RevenueExpenditureSummary, TableType::RevenueSummary, TableType::ExpenditureSummary];
    // 上半年完成55.83亿元: what became of a budget is not the budget.
    let done = agreement::is_of_outcome(prose);
    let comparable = |(statement, fact): &&(&Statement, &Fact)| {
        let wider = of_treasury && all_money.contains(&statement.table_type);
        !(wider || done && fact.phase == Some(Phase::Approved))
    };
    let figures: Vec<Figure<'_>> =
        named.iter().filter(comparable).map(|(statement, fact)| Figure { statement, fact }).collect();
    compare(&C1, prose, &figures, &prose.subject).or_else(|| of_another_unit(prose, named))
}

/// 事业收入51.40元 beside a table's 51.40万元: whatever table prints it, no two amounts of one name are so far apart by chance.
fn of_another_unit(prose: &ProseFigure, named: &[(&Statement, &Fact)]) -> Option<Check> {
    let digits = prose.value_text.chars().filter(char::is_ascii_digit).count();
    let said = Measured::said(prose).filter(|_| digits >= TELLING_DIGITS)?;
    let times = |fact: &Fact| slip::unit_factor(Some(said.value), fact.value, Some(said.half));
    let (statement, fact) = named.iter().find(|(_, fact)| times(fact).is_some())?;
    compare(&C1, prose, &[Figure { statement, fact }], &prose.subject)
}

/// C1: what is carried over from last year, or into the next, said in one breath with the whole budget.
fn carried(tables: &Tables<'_>, prose: &ProseFigure) -> Option<Check> {
    let side = match prose.period? {
        Period::Carryover => Side::Revenue,
        Period::CarriedForward => Side::Expenditure,
        _ => return None,
    };
    let sentence = fold(&prose.sentence);
    let whole =
        has_any(&sentence, &["总预算", "收入总计", "支出总计", "收支总计", "收、支总计", "本年收入", "本年支出"]);
    let narrower = ["财政拨款", "一般公共", "政府性基金", "国有资本"];
    let part = has_any(&sentence, &narrower) || has_any(&fold(&prose.section), &narrower);
    let table = tables.only(TableType::RevenueExpenditureSummary).filter(|_| whole && !part)?;
    let rows = table.facts.iter().filter(|f| f.side == Some(side) && f.period == prose.period && f.row_level == 1);
    let figures: Vec<Figure<'_>> = rows.map(|fact| Figure { statement: table, fact }).collect();
    // Carried over as several kinds of money: which of them is meant the words don't say.
    if figures.len() == 1 { compare(&C1, prose, &figures, &prose.subject) } else { None }
}

/// C5: an amount said of a 三公 item. Budget and final account of one item stand side by side in final accounts.
fn three(tables: &Tables<'_>, prose: &ProseFigure) -> Option<Check> {
    let subject = fold(&prose.subject);
    let other =
        ["国内", "外宾", "外事", "会议", "培训", "机关运行", "基金", "国有", "人均", "车均", "平均", "批", "占"];
    let item = three_public::of_subject(&subject).filter(|_| !has_any(&subject, &other))?;
    let table = tables.only(TableType::ThreePublic)?;
    let phase = |fact: &Fact| match (subject.contains("决算"), subject.contains("预算")) {
        (true, false) => fact.phase.is_none_or(|p| p == Phase::Executed),
        (false, true) if table.is_final() => fact.phase.is_none_or(|p| p != Phase::Executed),
        _ => true,
    };
    let fits = |f: &&Fact| three_public::of_column(&f.column_path) == Some(item) && phase(f);
    let current = table.facts.iter().filter(|f| f.may_be_current()).filter(fits);
    let figures: Vec<Figure<'_>> = current.map(|fact| Figure { statement: table, fact }).collect();
    compare(&C5, prose, &figures, &prose.subject)
}

/// 支出总额, 支出决算, 预算数: words of any amount. In final accounts the tables print no budgets beside those of 三公.
fn says_nothing(subject: &str) -> bool {
    let mut text = fold(subject);
    // 机关运行经费：2024年财政拨款57.33万元: a fund is the money of anything.
    let fund = matches!(text.as_str(), "财政拨款" | "财政资金" | "一般公共预算财政拨款");
    if fund || text.ends_with("预算") && text.contains('(') {
        return true;
    }
    for word in
        ["支出", "收入", "总额", "总计", "合计", "预算", "决算", "年初", "本年", "安排", "资金", "数", "总", "、"]
    {
        text = text.replace(word, "");
    }
    text.is_empty()
}

/// An amount said of a 项.
fn item(tables: &Tables<'_>, prose: &ProseFigure) -> Option<Check> {
    let subject = without_rooms(&fold(&prose.subject));
    let found = ITEM.captures(&subject)?;
    let (section, name, rest) = (found.get(1)?.as_str(), found.get(2)?.as_str(), found.get(3)?.as_str());
    // In final accounts the budget of an item stands in no table.
    if tables.is_final && rest.contains("预算") {
        return None;
    }
    let (wanted, above) = (bare_name(name), bare_name(section));
    let rows: Vec<Figure<'_>> = tables
        .statements
        .iter()
        .filter(|s| BY_FUNCTION.contains(&s.table_type))
        .flat_map(|statement| statement.facts.iter().map(move |fact| Figure { statement, fact }))
        .filter(|f| f.fact.period == Some(Period::Current) && is_named(f.fact, &above, &wanted))
        .collect();
    let codes: BTreeSet<&str> = rows.iter().map(|f| f.fact.function.code.as_str()).collect();
    // A unit's rows repeat the code: which of them is meant, or their sum, the words don't say.
    let columns: BTreeSet<_> = rows.iter().map(|f| (&f.statement.id, f.fact.col)).collect();
    if codes.len() != 1 || columns.len() != rows.len() {
        return None;
    }
    compare(&C2, prose, &rows, &format!("{section}（款）{name}（项）"))
}

/// 政府办公厅(室)及相关机构事务: the books' own brackets would end a name before its (款).
fn without_rooms(folded: &str) -> String {
    folded.replace("(室)", "").replace("(境)", "")
}

/// A name of the books as sentences and tables write it.
fn bare_name(text: &str) -> String {
    label::bare(&without_rooms(&fold(text))).trim_end_matches("支出").to_owned()
}

/// Whether a figure is of a 项 by that name below that 款.
fn is_named(fact: &Fact, section: &str, name: &str) -> bool {
    if fact.function.code.len() != 7 || bare_name(&fact.row_label) != name {
        return false;
    }
    let above = fact.row_path.rsplit(" / ").nth(1).map(bare_name);
    above.is_none_or(|a| a == section)
}

/// 编报绩效目标的项目…，涉及一般公共预算拨款…: an amount of those projects, no total.
fn is_of_projects(prose: &ProseFigure) -> bool {
    has_any(&fold(&prose.sentence), &["绩效目标", "绩效管理"]) && prose.sentence.contains("涉及")
}

/// An amount said of a total in the words of the forms.
fn total(tables: &Tables<'_>, prose: &ProseFigure) -> Option<Check> {
    let subject = fold(&prose.subject).replace(['、', ','], "").replace("收支", "收入支出");
    // 支出, 支出决算 alone may be anything; 支出预算 is what the whole budget is called.
    if matches!(subject.as_str(), "收入" | "支出" | "收入决算" | "支出决算" | "年初预算") {
        return None;
    }
    // The tables of final accounts don't print what was planned.
    if tables.is_final && subject.contains("年初") {
        return None;
    }
    let subject = subject.replace("预算", "").replace("决算", "").replace("年初", "").replace("本年", "");
    let other = ["基金", "国有资本", "财政拨款", "专户", "三公", "采购", "项目", "绩效", "上年"];
    let of_side = |wanted, side| tables.only(wanted).map(|s| closings(s, side)).unwrap_or_default();
    // 收入合计 may be this year's alone, which some forms call 小计.
    let year = |wanted, side| tables.only(wanted).map(|s| subtotals(s, side)).unwrap_or_default();
    let all = TableType::RevenueExpenditureSummary;
    let fiscal = TableType::FiscalAppropriationSummary;
    let whole = !has_any(&fold(&prose.section), &other);
    let candidates = match subject.as_str() {
        "收入合计" if whole => [of_side(all, Side::Revenue), year(all, Side::Revenue)].concat(),
        "支出合计" if whole => [of_side(all, Side::Expenditure), year(all, Side::Expenditure)].concat(),
        "收入总计" | "收入总额" | "收入" | "总收入" | "收入支出总计" | "收入支出总" if whole => {
            of_side(all, Side::Revenue)
        }
        "支出总计" | "支出总额" | "支出" | "总支出" if whole => of_side(all, Side::Expenditure),
        "财政拨款收入支出总计" | "财政拨款收入支出总" => of_side(fiscal, Side::Revenue),
        "一般公共收入" | "一般公共拨款收入" | "一般公共财政拨款收入" => {
            of_budget(tables, &["一般公共预算"])
        }
        "一般公共收入支出" | "一般公共当年拨款" | "一般公共拨款" => {
            [of_budget(tables, &["一般公共预算"]), of_general(tables)].concat()
        }
        "一般公共支出" | "一般公共拨款支出" | "一般公共财政拨款支出" => of_general(tables),
        "财政拨款收入" => {
            let rows = of_budget(tables, &["财政拨款"]);
            [rows, of_side(fiscal, Side::Revenue), year(fiscal, Side::Revenue)].concat()
        }
        "财政拨款支出" => [of_side(fiscal, Side::Expenditure), year(fiscal, Side::Expenditure)].concat(),
        "政府性基金收入" | "政府性基金拨款收入" | "政府性基金财政拨款收入" => {
            of_budget(tables, &["政府性基金"])
        }
        "国有资本经营收入" | "国有资本经营拨款收入" | "国有资本经营财政拨款收入" => {
            of_budget(tables, &["国有资本经营"])
        }
        "一般公共基本支出" | "一般公共财政拨款基本支出" => basic_totals(tables),
        _ => return None,
    };
    let levels = agreement::tells_levels(tables.statements);
    let own: Vec<Figure<'_>> =
        candidates.into_iter().filter(|f| agreement::same_bodies(prose, f.statement, levels)).collect();
    compare(&C1, prose, &own, &prose.subject)
}

/// All that the general public budget spends, as its own table prints it.
fn of_general<'a>(tables: &Tables<'a>) -> Vec<Figure<'a>> {
    tables.only(TableType::GeneralPublicExpenditure).and_then(grand_total).into_iter().collect()
}

/// Holds the amount against the figures that it may be; any of them will do.
fn compare(rule: &'static Rule, prose: &ProseFigure, figures: &[Figure<'_>], named: &str) -> Option<Check> {
    let said = Measured::said(prose)?;
    let distance = |f: &Figure<'_>| f.fact.value.and_then(|v| said.value.checked_sub(v)).map(|d| d.abs());
    let total = |f: &&Figure<'_>| f.fact.column_kind != ColumnKind::Total;
    let shown = figures.iter().filter(|f| distance(f).is_some()).min_by_key(|f| (distance(f), total(f)))?;
    let printed = shown.amount()?;
    let difference = said.less(printed)?;
    // Narratives truncate as well as round.
    let truncated = difference.half.checked_add(said.half)?;
    let status = match difference.value.abs() {
        d if d <= said.half => CheckStatus::Passed,
        d if d <= truncated => CheckStatus::Rounding,
        _ => CheckStatus::Failed,
    };
    let page = prose.page.map_or(String::new(), |page| format!("（第{page}页）"));
    let unit_name = prose.unit.map_or("", MoneyUnit::as_str);
    let claim_text = format!(
        "文字说明{page}{named} {}{unit_name} = 《{}》第{}行",
        prose.value_text,
        name(shown.statement),
        shown.fact.row
    );
    let wrong = (status == CheckStatus::Failed).then(|| cause(shown, difference, said.value));
    Some(Check {
        rule: rule.id.to_owned(),
        scope: CheckScope::Prose,
        table_id: shown.statement.id.clone(),
        place: shown.fact.place,
        row: shown.fact.row,
        col: shown.fact.col,
        claim_text,
        left: Some(said.value),
        right: Some(printed.value),
        difference: Some(difference.value),
        tolerance: Some(difference.half),
        status,
        cells: vec![shown.name()],
        cause: wrong.as_ref().map(|(cause, _)| *cause),
        suspects: wrong.iter().map(|_| shown.name()).collect(),
        reason: wrong.map_or(String::new(), |(_, reason)| reason),
    })
}

/// The kind of error where the sentence and the table differ.
fn cause(shown: &Figure<'_>, difference: Measured, said: Decimal) -> (Cause, String) {
    if let Some(times) = slip::unit_factor(Some(said), shown.fact.value, Some(difference.half)) {
        return (Cause::Unit, format!("文字与表恰好相差 {times} 倍，多半是金额单位不同"));
    }
    if shown.is_doubtful() {
        return (Cause::Extraction, "表中的数出自识别把握不大的表或文字".to_owned());
    }
    (Cause::Published, "文字说明与表中的数不一致，两处之一有误".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{Example, fact, said, spending, statement, summary, verdicts};

    fn with(total: &str, item: &str, reception: &str) -> Example {
        let mut by_function = spending(TableType::ExpenditureSummary);
        for fact in by_function.facts.iter_mut().filter(|f| f.function.code.len() == 7) {
            fact.row_path = format!("科学技术支出 / 科学技术普及 / {}", fact.row_label);
        }
        let items = statement(TableType::ThreePublic, vec![fact(4, 2, "公务接待费", "1.50")]);
        let tables = vec![summary(TableType::RevenueExpenditureSummary), by_function, items];
        let prose = vec![
            said("支出总计", "current", total, ""),
            said("科学技术支出(类)科学技术普及(款)科普活动(项)", "current", item, ""),
            said("公务接待费", "current", reception, ""),
        ];
        Example { prose, ..Example::tables(tables) }
    }

    pub(crate) fn example() -> Example {
        with("360.50", "120.00", "1.50")
    }

    #[test]
    fn totals_items_and_receptions_are_those_of_the_tables() {
        assert_eq!(verdicts(&CHECKER, &example()), [CheckStatus::Passed; 3]);
        assert_eq!(verdicts(&CHECKER, &with("360.51", "120.01", "1.51")), [CheckStatus::Rounding; 3], "truncated");
        assert_eq!(verdicts(&CHECKER, &with("460.50", "130.00", "2.50")), [CheckStatus::Failed; 3]);
    }
}
