//! The names of the tables' sheets, a running number and the title: valid, unique, and no longer than Excel allows.

use yusuan_normalize::Statement;

/// Excel's limit, counted in UTF-16 units.
const LONGEST_NAME: usize = 31;

/// One name per statement. The number alone makes each unique, and different from 概览 and 明细.
pub(super) fn sheet_names(statements: &[Statement]) -> Vec<String> {
    statements.iter().enumerate().map(|(index, statement)| sheet_name(index + 1, statement)).collect()
}

fn sheet_name(number: usize, statement: &Statement) -> String {
    let title = if statement.title.is_empty() { statement.table_type.label_zh() } else { &statement.title };
    let mut name = format!("{number:02} ");
    let mut room = LONGEST_NAME - name.len();
    for c in title.chars().filter(|c| is_allowed(*c)) {
        if c.len_utf16() > room {
            break;
        }
        room -= c.len_utf16();
        name.push(c);
    }
    name.trim_end().to_owned()
}

/// Excel forbids `[]:*?/\` in sheet names; an apostrophe would need quoting in every reference to the sheet.
fn is_allowed(c: char) -> bool {
    !c.is_control() && !"[]:*?/\\'".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xlsx::fixtures::statement;

    #[test]
    fn names_are_valid_unique_and_short() {
        let mut long = statement();
        long.title = "一般公共预算基本支出预算表（部门预算支出经济分类科目）[公开表3/1]".to_owned();
        let mut untitled = statement();
        untitled.title = String::new();
        let names = sheet_names(&[long.clone(), long, untitled]);
        assert_eq!(names.len(), 3);
        assert_ne!(names[0], names[1]);
        assert!(names.iter().all(|n| n.encode_utf16().count() <= 31 && !n.contains(['[', ']', '/'])), "{names:?}");
        assert_eq!(names[2], "03 收支总表");
    }
}
