//! What each printed number of a table is: the balance of the ledger. A number that is no amount must be a code, an
//! ordinal, a share, a count, a part of a text; what is none of these is unread.

use crate::model::fact::Fact;
use crate::model::rule::Rule;
use crate::model::unread::Unread;
use crate::model::vocabulary::TableType;
use crate::reading::amount::Reading;
use crate::reading::code;
use crate::reading::fold::{fold, pattern};
use crate::reading::label;
use crate::table::column::Role;
use crate::table::facts::Layout;
use crate::table::header;
use std::collections::BTreeSet;
use yusuan_extract::{Cell, RawTable, figures_in};

// Money by its form: two decimals, or groups of three digits.
pattern!(MONEY_FORM, r"^[-(△]?\d{1,3}(?:(?:,\d{3})+(?:\.\d+)?|\d*\.\d\d)\)?$");

/// The printed numbers of one table, settled.
pub(crate) struct Balance {
    /// Numbers printed in the table's area.
    pub(crate) figures: usize,
    /// Those that are nothing known, amounts without a value left aside.
    pub(crate) unread: Vec<Unread>,
}

/// Settles every number of a table whose amounts and `counts` are read.
pub(crate) fn balance(layout: &Layout, raw: &RawTable, facts: &[Fact], counts: &BTreeSet<usize>) -> Balance {
    let settled: BTreeSet<usize> = facts.iter().map(|fact| fact.cell).chain(counts.iter().copied()).collect();
    let mut balance = Balance { figures: raw.strays.len(), unread: Vec::new() };
    for (index, cell) in raw.cells.iter().enumerate() {
        let figures = figures_in(&cell.text).count();
        balance.figures += figures;
        if figures > 0 && !settled.contains(&index) && !is_known(layout, cell) {
            balance.unread.push(Unread {
                text: cell.text.clone(),
                place: cell.place,
                position: Some((cell.row, cell.col)),
            });
        }
    }
    balance.unread.extend(raw.strays.iter().cloned().map(Unread::from));
    balance
}

/// Whether a cell that holds no amount says something known all the same.
fn is_known(layout: &Layout, cell: &Cell) -> bool {
    if cell.row < layout.header.body() || is_text_table(layout.table_type) {
        return true;
    }
    let Some(column) = layout.columns.get(cell.col) else { return false };
    let text = fold(&cell.text);
    // 3010 above 2 in a narrow column is 30102.
    let code = matches!(column.role, Role::Code(_) | Role::Part(..)) && code::is_whole(&text);
    if is_stack(&cell.text) && !code {
        return false;
    }
    match column.role {
        Role::Value => is_no_amount(layout, cell, &text),
        // Amounts or not: nobody knows.
        Role::Undecided => !matches!(layout.grid.reading(cell.row, cell.col), Reading::Amount(..)),
        // Shares and counts print figures of any form.
        Role::Percent | Role::Count => true,
        // A figure with cents under 编码 or 名称 stands in the wrong column.
        _ => !MONEY_FORM.is_match(&text),
    }
}

/// Several numbers and nothing else: rows of a table whose lines were not seen.
fn is_stack(text: &str) -> bool {
    let words = text.split_whitespace().count();
    words > 1 && figures_in(text).count() >= words && !text.chars().any(char::is_alphabetic)
}

/// Forms and lists: their numbers are goals, weights, page numbers, parts of sentences.
fn is_text_table(table_type: TableType) -> bool {
    matches!(
        table_type,
        TableType::DepartmentPerformance
            | TableType::ProjectPerformance
            | TableType::ProjectPerformanceSummary
            | TableType::TableOfContents
            | TableType::AgencyList
    )
}

/// Whether a number under an amount's head is none: words with a number in them, a share, a count, a head printed again.
fn is_no_amount(layout: &Layout, cell: &Cell, text: &str) -> bool {
    let label = fold(&label_of(layout, cell.row));
    let worded = text.chars().any(char::is_alphabetic);
    let counted = label::is_count(&label) || header::is_number_word(&label);
    let amount = matches!(layout.grid.reading(cell.row, cell.col), Reading::Amount(..));
    counted || !amount && (worded || text.ends_with('%')) || is_head_again(layout, cell.row)
}

/// The first text of a row.
fn label_of(layout: &Layout, row: usize) -> String {
    let cols = 0..layout.grid.cols();
    let texts = cols.filter(|col| layout.columns.get(*col).is_some_and(|c| c.role.is_label()));
    texts.map(|col| layout.grid.printed(row, col)).find(|text| !text.is_empty()).unwrap_or_default().to_owned()
}

fn is_head_again(layout: &Layout, row: usize) -> bool {
    (layout.header.start..layout.header.body()).any(|head| layout.grid.same_row(head, row))
}

/// The rules of this module.
pub(crate) const RULES: &[Rule] = &[Rule {
    id: "L01",
    title: "No number is lost",
    text: "every number printed in a table's area is an amount, a code, an ordinal, a share, a count or part of a text; what is none of these is unread, counted and shown, and the document is partial",
    source: "the balance of printed and read figures",
}];
