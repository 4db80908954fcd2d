//! Codes of 政府收入分类 among the rows of a table.
//!
//! 101 税收收入 and 103 非税收入 look like agencies' numbers, so the rows decide together: where one row prints a code of the
//! list beside its name, the other numbers of its form are codes too.

use crate::model::fact::Coded;
use crate::reading::code::{self, Family};
use crate::reading::fold::{fold, squash};
use crate::reading::listed::REVENUE;
use crate::table::row::Row;

/// The classes of the list.
const CLASSES: &[&str] = &["101", "102", "103", "105", "110"];

/// Makes codes of income of what was taken for agencies' numbers, or stands in one cell with the name.
pub(crate) fn adopt(rows: &mut [Row]) {
    let fused: Vec<Option<(String, String)>> = rows.iter().map(|row| fused(&row.label)).collect();
    let number = |row: &Row, fused: &Option<(String, String)>| match fused {
        Some(pair) => pair.clone(),
        None => (row.agency.code.clone(), row.label.clone()),
    };
    let proved = rows.iter().zip(&fused).any(|(row, fused)| {
        let (code, name) = number(row, fused);
        row.codes.is_empty() && is_code(&code) && REVENUE.agree(&code, &name)
    });
    if !proved {
        return;
    }
    for (row, fused) in rows.iter_mut().zip(&fused) {
        let (code, name) = number(row, fused);
        if row.codes.is_empty() && is_code(&code) {
            row.agency = Coded::default();
            row.codes.insert(Family::Revenue, Coded { code, name: squash(&name) });
        }
    }
}

/// Whether digits have the form of a code of income.
fn is_code(digits: &str) -> bool {
    code::is_digits(digits)
        && matches!(digits.len(), 3 | 5 | 7 | 9)
        && CLASSES.iter().any(|class| digits.starts_with(class))
}

/// Code and name printed in one cell: 10101增值税, [101]税收收入, 101 税收收入.
fn fused(label: &str) -> Option<(String, String)> {
    let folded = fold(label);
    let open = folded.trim_start_matches(['[', '(']);
    let digits = open.bytes().take_while(u8::is_ascii_digit).count();
    let (code, rest) = open.split_at(digits);
    let name = rest.trim_start_matches([']', ')', '-', ':']);
    let lettered = name.chars().next().is_some_and(|c| !c.is_ascii());
    (is_code(code) && lettered).then(|| (code.to_owned(), name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn adopted(rows: &[(&str, &str)]) -> Vec<String> {
        let row = |(code, label): &(&str, &str)| Row {
            label: (*label).to_owned(),
            agency: Coded { code: (*code).to_owned(), name: String::new() },
            ..Row::default()
        };
        let mut rows: Vec<Row> = rows.iter().map(row).collect();
        adopt(&mut rows);
        rows.iter().map(|row| row.codes.get(&Family::Revenue).map_or(String::new(), |c| c.code.clone())).collect()
    }

    #[test]
    fn numbers_beside_names_of_the_list_are_codes() {
        let codes =
            adopted(&[("", "合计"), ("101", "税收收入"), ("10101", "增值税"), ("1010105", "另一税收"), ("2", "教育")]);
        assert_eq!(codes, ["", "101", "10101", "1010105", ""]);
        assert_eq!(adopted(&[("", "10301 政府性基金收入"), ("", "1030146国有土地收益基金收入")]), ["10301", "1030146"]);
    }

    #[test]
    fn agencies_numbers_stay_agencies_numbers() {
        assert_eq!(adopted(&[("101", "某某局"), ("101001", "某某局本级"), ("103", "某某办公室")]), ["", "", ""]);
    }
}
