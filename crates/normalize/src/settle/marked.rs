//! Functions by name: 教育支出（类）, 普通教育（款）, 小学教育（项） where no codes are printed.
//!
//! The level that stands behind a name and the names above it tell the item; a name that the list does not know, or whose
//! upper one it does not know, has no code.

use crate::model::fact::Coded;
use crate::model::statement::Statement;
use crate::model::vocabulary::Side;
use crate::reading::code;
use crate::reading::fold::squash;
use crate::reading::listed::{self, FUNCTIONS};
use std::collections::BTreeMap;
use yusuan_extract::Cell;

/// A code has one of these lengths: 类, 款, 项.
const LEVELS: [usize; 3] = [3, 5, 7];

/// Gives rows that are marked with their level the codes of their names.
pub(crate) fn name(statement: &mut Statement) {
    let mut lists: BTreeMap<usize, Vec<&Cell>> = BTreeMap::new();
    for cell in statement.raw.cells.iter().filter(|cell| listed::marked_level(&cell.text).is_some()) {
        lists.entry(cell.col).or_default().push(cell);
    }
    let mut codes: BTreeMap<(usize, String), String> = BTreeMap::new();
    for list in lists.values_mut() {
        list.sort_by_key(|cell| cell.row);
        let mut above: [Option<&'static str>; 3] = [None; 3];
        for cell in list {
            let found = find(&cell.text, &mut above);
            codes.extend(found.map(|code| ((cell.row, squash(&cell.text)), code.to_owned())));
        }
    }
    for fact in &mut statement.facts {
        let row = statement.raw.cells.get(fact.cell).map_or(0, |cell| cell.row);
        let bare = fact.function.code.is_empty() && fact.revenue.code.is_empty() && fact.side != Some(Side::Revenue);
        if let Some(code) = codes.get(&(row, fact.row_label.clone())).filter(|_| bare) {
            fact.function = Coded { code: code.clone(), name: fact.row_label.clone() };
        }
    }
}

/// The code of a marked name below the codes above it, which it ends and begins.
fn find(text: &str, above: &mut [Option<&'static str>; 3]) -> Option<&'static str> {
    let level = LEVELS.iter().position(|digits| listed::marked_level(text) == Some(*digits))?;
    let found = if level == 0 {
        FUNCTIONS.code(text, &["2"], None).filter(|code| code.len() == LEVELS[0]).or_else(|| class(text))
    } else {
        let upper = above[level - 1];
        upper.and_then(|upper| FUNCTIONS.code(text, &[upper], Some(upper))).filter(|c| c.len() == LEVELS[level])
    };
    above[level] = found;
    for lower in above.iter_mut().skip(level + 1) {
        *lower = None;
    }
    found
}

/// A class by any of the names that it had.
fn class(text: &str) -> Option<&'static str> {
    let name = squash(text);
    code::class_named(name.trim_end_matches(['）', ')']).trim_end_matches(['类', '（', '(']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{fact, statement};
    use crate::model::vocabulary::TableType;

    fn named(labels: &[&str]) -> Vec<String> {
        let mut table = statement(TableType::GeneralPublicExpenditure, Vec::new());
        for (row, label) in labels.iter().enumerate() {
            table.raw.cells.push(Cell {
                row,
                col: 0,
                row_span: 1,
                col_span: 1,
                text: (*label).to_owned(),
                ..Cell::default()
            });
            // A row without amount gives no fact, but stands above the next ones.
            if !label.starts_with('空') {
                let mut fact = fact(u32::try_from(row).expect("few rows"), 2, "预算数", "1");
                (fact.cell, fact.row_label) = (row, (*label).to_owned());
                table.facts.push(fact);
            }
        }
        name(&mut table);
        table.facts.into_iter().map(|f| f.function.code).collect()
    }

    #[test]
    fn marked_names_have_the_codes_of_their_place() {
        let labels = ["教育支出（类）", "普通教育（款）", "小学教育（项）", "教育管理事务（款）", "小学教育（项）"];
        assert_eq!(named(&labels), ["205", "20502", "2050202", "20501", ""]);
        assert_eq!(named(&["一般公共服务支出（类）", "某某事务（款）", "行政运行（项）"]), ["201", "", ""]);
        assert_eq!(named(&["一般公共服务支出", "行政运行"]), ["", ""]);
    }
}
