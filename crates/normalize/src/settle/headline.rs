//! Which few figures say what a disclosure amounts to, and where do they stand? For comparing bodies and years.
//!
//! Each figure is one printed amount, never a sum made here, and each kind is only taken from tables in which it means the
//! same everywhere: 本年收入合计 is never taken for 收入总计, nor the 基本支出 of one budget for that of the whole body. Where
//! the best table gives two different readings the figure is left out.

use crate::model::document::NormalizedDocument;
use crate::model::fact::Fact;
use crate::model::measured::Measured;
use crate::model::statement::Statement;
use crate::model::vocabulary::{ColumnKind, DocumentKind, Fund, HeadlineKind, Nature, Phase, RowKind, Side, TableType};
use crate::reading::code::class_name;
use crate::reading::fold::{fold, has_any};
use crate::reading::label::bare;
use crate::reading::three_public::{self, Item};
use crate::reading::words::PLAIN_PARTS;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// A figure that says what a disclosure amounts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headline {
    /// Which figure.
    pub kind: HeadlineKind,
    /// Index of its statement in the document.
    pub statement: usize,
    /// Index of its fact in the statement.
    pub fact: usize,
    /// The amount in yuan.
    pub value: Decimal,
}

/// The document's key figures, at most one of each kind, in the order of [`HeadlineKind::ALL`].
pub fn headlines(document: &NormalizedDocument) -> Vec<Headline> {
    HeadlineKind::ALL.iter().filter_map(|kind| headline(document, *kind)).collect()
}

/// A reading of a figure: which tables to look in, and which of their facts it may be. A lower rank is the better fit.
struct Reading {
    table: TableType,
    rank: fn(&Statement, &Fact) -> Option<u8>,
}

const fn reading(table: TableType, rank: fn(&Statement, &Fact) -> Option<u8>) -> Reading {
    Reading { table, rank }
}

fn headline(document: &NormalizedDocument, kind: HeadlineKind) -> Option<Headline> {
    let executed = is_executed(document);
    readings(kind).iter().find_map(|reading| best(document, kind, reading, executed)).and_then(Result::ok)
}

/// The figure by one reading: nothing where no fact fits, an error where facts that fit equally well differ.
fn best(
    document: &NormalizedDocument,
    kind: HeadlineKind,
    reading: &Reading,
    executed: bool,
) -> Option<Result<Headline, ()>> {
    let mut fitting: Vec<(u8, Headline)> = Vec::new();
    for (statement, s) in document.statements.iter().enumerate().filter(|(_, s)| s.table_type == reading.table) {
        for (fact, f) in s.facts.iter().enumerate().filter(|(_, f)| is_of_the_year(f, executed)) {
            if let (Some(rank), Some(value)) = ((reading.rank)(s, f), f.value) {
                fitting.push((rank, Headline { kind, statement, fact, value }));
            }
        }
    }
    let rank = fitting.iter().map(|(rank, _)| *rank).min()?;
    let mut best = fitting.into_iter().filter(|(found, _)| *found == rank).map(|(_, headline)| headline);
    let first = best.next()?;
    Some(if best.all(|other| other.value == first.value) { Ok(first) } else { Err(()) })
}

/// Whether the figure is the disclosure's own: this year's, and of the stage that the disclosure is about.
fn is_of_the_year(fact: &Fact, executed: bool) -> bool {
    let stage = match fact.phase {
        None => true,
        Some(phase) => (phase == Phase::Executed) == executed && phase != Phase::Adjusted,
    };
    let compares = has_any(&fold(&fact.column_path), &["增减", "增长", "比上年", "比例", "完成", "变动"]);
    stage && !compares && fact.may_be_current()
}

/// One function class's expenditure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionShare {
    /// Code of the class (类), 3 digits.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its expenditure in yuan.
    pub value: Decimal,
}

/// The body's expenditure by function class, from the rows of 支出总表 that have none below them. Empty unless the sum is
/// the table's own total but for rounding: a row without a code or read twice would give wrong shares.
pub fn function_shares(document: &NormalizedDocument) -> Vec<FunctionShare> {
    let executed = is_executed(document);
    let totals = reading(TableType::ExpenditureSummary, all);
    let Some(Ok(total)) = best(document, HeadlineKind::ExpenditureTotal, &totals, executed) else { return Vec::new() };
    let Some(statement) = document.statements.get(total.statement) else { return Vec::new() };
    let Some(total) = statement.facts.get(total.fact) else { return Vec::new() };
    let leaves = statement.facts.iter().filter(|f| f.additive && f.col == total.col && is_of_the_year(f, executed));
    let mut classes: BTreeMap<&str, Decimal> = BTreeMap::new();
    let mut sum = Measured::default();
    for leaf in leaves {
        let (Some(amount), Some(class)) = (Measured::of(statement, leaf), leaf.function.code.get(..3)) else {
            return Vec::new();
        };
        let Some(more) = sum.plus(amount) else { return Vec::new() };
        *classes.entry(class).or_default() += amount.value;
        sum = more;
    }
    if !Measured::of(statement, total).is_some_and(|total| total.agrees(sum)) {
        return Vec::new();
    }
    let share = |(code, value): (&str, Decimal)| FunctionShare {
        code: code.to_owned(),
        name: class_name(code).unwrap_or_default().to_owned(),
        value,
    };
    classes.into_iter().map(share).collect()
}

fn is_executed(document: &NormalizedDocument) -> bool {
    matches!(document.identity.kind, Some(DocumentKind::FinalAccounts | DocumentKind::GovernmentFinalAccounts))
}

fn readings(kind: HeadlineKind) -> &'static [Reading] {
    use HeadlineKind as Kind;
    use TableType as Table;
    match kind {
        Kind::RevenueTotal => {
            const { &[reading(Table::RevenueExpenditureSummary, revenue_total), reading(Table::RevenueSummary, all)] }
        }
        Kind::ExpenditureTotal => {
            const { &[reading(Table::RevenueExpenditureSummary, expenditure_total), reading(Table::ExpenditureSummary, all)] }
        }
        Kind::FiscalAppropriation => const { &[reading(Table::FiscalAppropriationSummary, revenue_total)] },
        Kind::Basic => const { &[reading(Table::ExpenditureSummary, |_, f| total_of(f, Nature::Basic))] },
        Kind::Project => const { &[reading(Table::ExpenditureSummary, |_, f| total_of(f, Nature::Project))] },
        Kind::Personnel => {
            const { &[reading(Table::GeneralPublicBasicExpenditure, |_, f| total_of(f, Nature::Personnel))] }
        }
        Kind::Public => const { &[reading(Table::GeneralPublicBasicExpenditure, |_, f| total_of(f, Nature::Public))] },
        Kind::ThreePublic => const { &[reading(Table::ThreePublic, |s, f| item(s, f, Kind::ThreePublic))] },
        Kind::Abroad => const { &[reading(Table::ThreePublic, |s, f| item(s, f, Kind::Abroad))] },
        Kind::Vehicles => const { &[reading(Table::ThreePublic, |s, f| item(s, f, Kind::Vehicles))] },
        Kind::VehiclePurchase => const { &[reading(Table::ThreePublic, |s, f| item(s, f, Kind::VehiclePurchase))] },
        Kind::VehicleRunning => const { &[reading(Table::ThreePublic, |s, f| item(s, f, Kind::VehicleRunning))] },
        Kind::Reception => const { &[reading(Table::ThreePublic, |s, f| item(s, f, Kind::Reception))] },
        Kind::OperatingExpenses => {
            const {
                &[
                    reading(Table::OperatingExpenses, all),
                    reading(Table::ThreePublic, |s, f| item(s, f, Kind::OperatingExpenses)),
                ]
            }
        }
        Kind::Procurement => const { &[reading(Table::GovernmentProcurement, all)] },
    }
}

fn revenue_total(_: &Statement, fact: &Fact) -> Option<u8> {
    balanced(fact, Side::Revenue, &["收入总计", "收入合计"])
}

fn expenditure_total(_: &Statement, fact: &Fact) -> Option<u8> {
    balanced(fact, Side::Expenditure, &["支出总计", "支出合计"])
}

/// The last line of one side: 总计 is it wherever printed, a plain 合计 only where no 总计 is; 本年…合计 lacks the carry-over.
fn balanced(fact: &Fact, side: Side, names: &[&str; 2]) -> Option<u8> {
    if fact.side != Some(side) || fact.row_kind != RowKind::Total {
        return None;
    }
    let label = fold(&fact.row_label);
    let label = bare(&label).trim_end_matches(':');
    let columns = match fact.column_kind {
        ColumnKind::Total => 0,
        ColumnKind::Item | ColumnKind::Subtotal if is_plain(&fact.column_path) => 1,
        _ => return None,
    };
    if label == names[0] || label == "总计" {
        return Some(columns);
    }
    (label == names[1] || label == "合计").then_some(10 + columns)
}

/// The table's grand total.
fn all(_: &Statement, fact: &Fact) -> Option<u8> {
    if fact.row_kind != RowKind::Total || fact.side.is_some() {
        return None;
    }
    match fact.column_kind {
        ColumnKind::Total => Some(0),
        ColumnKind::Item | ColumnKind::Subtotal if is_plain(&fact.column_path) => Some(1),
        // The only column of amounts need not be called a total.
        ColumnKind::Item if fact.fund.is_none() && fact.nature.is_none() => Some(2),
        _ => None,
    }
}

/// A kind of expenditure in the table's total row, whatever it is paid from.
fn total_of(fact: &Fact, nature: Nature) -> Option<u8> {
    let whole = matches!(fact.fund, None | Some(Fund::Total | Fund::GeneralPublic));
    let own = fact.row_kind == RowKind::Total && fact.nature == Some(nature) && fact.column_kind != ColumnKind::OfWhich;
    (own && whole).then_some(0)
}

/// An item of the “三公” table, whose items stand in columns or in rows.
fn item(statement: &Statement, fact: &Fact, wanted: HeadlineKind) -> Option<u8> {
    if let Some(kind) = subject(&fact.column_path) {
        // In columns: the total row, where there are several.
        return (kind == wanted).then_some(u8::from(fact.row_kind != RowKind::Total));
    }
    if let Some(kind) = subject(&fact.row_label) {
        return (kind == wanted).then_some(u8::from(fact.column_kind != ColumnKind::Total));
    }
    let total = fact.row_kind == RowKind::Total || fact.column_kind != ColumnKind::Item;
    if wanted != HeadlineKind::ThreePublic || !total || counts_more(statement) {
        return None;
    }
    Some(if fact.row_kind == RowKind::Total { 2 } else { 3 })
}

/// Whether the table has more than the “三公” items in one total: 会议费 and 培训费 often stand beside them.
fn counts_more(statement: &Statement) -> bool {
    statement.facts.iter().any(|fact| {
        [&fact.column_path, &fact.row_label]
            .into_iter()
            .any(|text| has_any(&fold(text), &["会议费", "培训费", "机关运行"]))
    })
}

/// What a header path or a label is about: its last part that says more than 合计 or 预算数.
fn subject(path: &str) -> Option<HeadlineKind> {
    let folded = fold(path);
    let part = folded.split('/').rev().find(|part| !is_plain_part(part))?;
    if has_any(part, &["机关运行", "机构运行"]) {
        return Some(HeadlineKind::OperatingExpenses);
    }
    let kind = match three_public::of_cell(part)? {
        Item::Total => HeadlineKind::ThreePublic,
        Item::Abroad => HeadlineKind::Abroad,
        Item::Vehicles => HeadlineKind::Vehicles,
        Item::Purchase => HeadlineKind::VehiclePurchase,
        Item::Running => HeadlineKind::VehicleRunning,
        Item::Reception => HeadlineKind::Reception,
    };
    Some(kind)
}

fn is_plain(path: &str) -> bool {
    fold(path).split('/').all(|part| is_plain_part(part) || matches!(part, "收入" | "支出" | "本年收入" | "本年支出"))
}

/// Words of a header that don't say what is counted.
fn is_plain_part(part: &str) -> bool {
    let part = part.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches('年');
    let plain = |part: &str| PLAIN_PARTS.has(part);
    part.is_empty() || plain(part) || part.split_once('(').is_some_and(|(head, _)| plain(head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_and_labels_name_the_items() {
        use HeadlineKind as Kind;
        let cases = [
            ("“三公”经费/小计", Some(Kind::ThreePublic)),
            ("2024年“三公”经费预算数/合计", Some(Kind::ThreePublic)),
            ("当年财政拨款预算安排/公务用车购置及运行费/小计", Some(Kind::Vehicles)),
            ("公务用车购置及运行费/购置费", Some(Kind::VehiclePurchase)),
            ("（2）公务用车运行维护费", Some(Kind::VehicleRunning)),
            ("财政拨款“三公”经费/因公出国（境）费/决算数", Some(Kind::Abroad)),
            ("2、公务接待费", Some(Kind::Reception)),
            ("2024年机关运行经费预算数", Some(Kind::OperatingExpenses)),
            ("2024年预算数/合计", None),
            ("会议费", None),
        ];
        for (path, expected) in cases {
            assert_eq!(subject(path), expected, "{path}");
        }
    }

    #[test]
    fn plain_headers_say_nothing_of_their_own() {
        for path in ["收入/金额", "支出/预算数", "合计", "2024年预算数/小计", "本年收入/合计"] {
            assert!(is_plain(path), "{path}");
        }
        assert!(!is_plain("收入/其中：财政拨款"));
    }
}
