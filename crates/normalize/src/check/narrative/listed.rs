//! A list of the narrative whose other amounts are those of one column of one table: what it says of one more row of that very
//! name is of that column too, even where neither the sentence nor the title says which level or budget is meant.

use crate::check::claim::Figure;
use crate::check::scene::Scene;
use crate::model::prose_figure::ProseFigure;
use crate::model::statement::Statement;
use crate::model::vocabulary::Period;
use crate::reading::fold::fold;
use crate::reading::label;
use std::collections::BTreeMap;

/// Amounts of a list that are found in one column, before that column tells of another.
const LEAST_FOUND: usize = 3;

/// Every amount that is found nowhere, with the figure of its name in the column that its list is of.
pub(crate) fn astray<'a>(scene: &Scene<'a>) -> Vec<(&'a ProseFigure, Figure<'a>)> {
    let sentences = scene.prose.chunk_by(|one, next| one.sentence == next.sentence && one.page == next.page);
    let of_sentence = |list: &'a [ProseFigure]| {
        let column = column_of(list);
        let open = list.iter().filter(|p| is_open(p));
        open.filter_map(move |p| Some((p, figure(scene.tables.statements, column?, p)?))).collect::<Vec<_>>()
    };
    sentences.flat_map(of_sentence).collect()
}

fn is_open(prose: &ProseFigure) -> bool {
    let of_a_year = matches!(prose.period, Some(Period::Current | Period::PriorYear));
    prose.matched_table_id.is_empty() && of_a_year && prose.unit.is_some()
}

/// The column in which most of the list's amounts are found, each in a row of its own.
fn column_of(list: &[ProseFigure]) -> Option<(&str, u32)> {
    let mut found: BTreeMap<(&str, u32), Vec<u32>> = BTreeMap::new();
    for p in list {
        if let (Some(row), Some(col), true) = (p.matched_row, p.matched_col, p.matched_source.is_empty()) {
            found.entry((p.matched_table_id.as_str(), col)).or_default().push(row);
        }
    }
    let distinct = |rows: &mut Vec<u32>| {
        rows.sort_unstable();
        rows.dedup();
        rows.len()
    };
    let (column, rows) =
        found.iter_mut().map(|(column, rows)| (*column, distinct(rows))).max_by_key(|found| found.1)?;
    let open = list.iter().filter(|p| is_open(p)).count();
    (rows >= LEAST_FOUND && rows > open).then_some(column)
}

/// The only row of the column that bears the amount's name and no more.
fn figure<'a>(statements: &'a [Statement], (table, col): (&str, u32), prose: &ProseFigure) -> Option<Figure<'a>> {
    let statement = statements.iter().find(|s| s.id == table)?;
    let name = bare(&prose.subject);
    let mut named = statement.facts.iter().filter(|f| f.col == col && bare(&f.row_label) == name);
    let fact = named.next().filter(|_| named.next().is_none() && !name.is_empty())?;
    Some(Figure { statement, fact })
}

fn bare(name: &str) -> String {
    label::bare(&fold(name)).trim_end_matches("支出").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{fact, said, statement};
    use crate::model::vocabulary::TableType;

    fn row(row: u32, label: &str, text: &str) -> crate::model::fact::Fact {
        let mut fact = fact(row, 2, "预算数", text);
        label.clone_into(&mut fact.row_label);
        fact
    }

    #[test]
    fn a_list_tells_the_column_of_the_amount_that_is_found_nowhere() {
        let names = ["教育支出", "科学技术支出", "卫生健康支出", "公共安全支出"];
        let facts = (3_u32..).zip(names).map(|(at, name)| row(at, name, "8.00")).collect();
        let tables = [statement(TableType::GeneralPublicExpenditure, facts)];
        let mut prose: Vec<ProseFigure> = names.map(|name| said(name, "current", "8.00", "")).to_vec();
        for (p, at) in prose.iter_mut().take(3).zip(3..) {
            (p.matched_row, p.matched_col) = (Some(at), Some(2));
            p.matched_table_id.clone_from(&tables[0].id);
        }
        let found = |prose: &[ProseFigure]| {
            astray(&Scene::new(&tables, prose, &[])).iter().map(|(_, f)| f.fact.row).collect::<Vec<u32>>()
        };
        assert_eq!(found(&prose), [6]);
        prose[3].subject = "新增公共安全支出".to_owned();
        assert!(found(&prose).is_empty(), "another quantity");
        prose[3].subject = names[3].to_owned();
        prose[2].matched_table_id.clear();
        assert!(found(&prose).is_empty(), "two found, two not");
    }
}
