//! Rows of numbers outside every table: a table that was not found.

use super::run::is_figure;
use crate::model::{Figure, TextLine};

/// Numbers that a line holds to look like a row of a table.
const LEAST_FIGURES: usize = 2;
/// Rows one below the other, so that a line of a letterhead or a formula is none.
const LEAST_ROWS: usize = 2;
/// Letters beside the numbers of a row at most: its label.
const LONGEST_LABEL: usize = 40;
/// Marks of a sentence: such a line is no row.
const SENTENCE: [char; 4] = ['，', '。', '；', '：'];

/// The numbers that stand in rows outside all tables.
pub(crate) fn outside(lines: &[TextLine]) -> Vec<Figure> {
    let rows = rows(lines);
    let mut found = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let mut end = at;
        while end < rows.len() && rows[end].same_sheet(&rows[at]) && rows[end].figures.len() >= LEAST_FIGURES {
            end += 1;
        }
        if end - at >= LEAST_ROWS {
            found.extend(rows[at..end].iter().flat_map(|row| row.figures.clone()));
        }
        at = end.max(at + 1);
    }
    found
}

/// What stands on one line.
struct Row<'a> {
    first: &'a TextLine,
    figures: Vec<Figure>,
}

impl Row<'_> {
    fn same_sheet(&self, other: &Self) -> bool {
        self.first.sheet == other.first.sheet && self.first.place.page == other.first.place.page
    }
}

/// The lines of text with the numbers of those that could be rows of a table. The texts of one worksheet row are one.
fn rows(lines: &[TextLine]) -> Vec<Row<'_>> {
    let mut rows: Vec<(Row, usize)> = Vec::new();
    for line in lines.iter().filter(|line| !line.running) {
        let (figures, letters) = read(line);
        match rows.last_mut().filter(|(row, _)| same_row(row.first, line)) {
            Some((row, all)) => {
                row.figures.extend(figures);
                *all = all.saturating_add(letters);
            }
            None => rows.push((Row { first: line, figures }, letters)),
        }
    }
    for (row, _) in rows.iter_mut().filter(|(_, letters)| *letters > LONGEST_LABEL) {
        row.figures.clear();
    }
    rows.into_iter().map(|(row, _)| row).collect()
}

fn same_row(a: &TextLine, b: &TextLine) -> bool {
    let row = |line: &TextLine| line.place.sheet_cell.map(|(row, _)| row);
    a.sheet.is_some() && a.sheet == b.sheet && row(a) == row(b)
}

/// The numbers of a line, and how many letters stand beside them.
fn read(line: &TextLine) -> (Vec<Figure>, usize) {
    let (figures, words): (Vec<&str>, Vec<&str>) = line.text.split_whitespace().partition(|word| is_figure(word));
    let sentence = words.iter().any(|word| word.contains(SENTENCE));
    let letters = if sentence { usize::MAX } else { words.iter().map(|word| word.chars().count()).sum() };
    let figure = |text: &str| Figure { text: text.to_owned(), place: line.place };
    (figures.into_iter().map(figure).collect(), letters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Place;

    fn line(text: &str, sheet_cell: Option<(u32, u32)>) -> TextLine {
        let page = if sheet_cell.is_some() { None } else { Some(1) };
        TextLine {
            text: text.to_owned(),
            sheet: sheet_cell.map(|_| "表".to_owned()),
            place: Place { page, bbox: None, sheet_cell },
            size: 10.0,
            tables_before: 0,
            running: false,
        }
    }

    fn found(texts: &[&str]) -> Vec<String> {
        let lines: Vec<TextLine> = texts.iter().map(|t| line(t, None)).collect();
        outside(&lines).into_iter().map(|f| f.text).collect()
    }

    #[test]
    fn rows_of_numbers_outside_tables_are_found() {
        assert_eq!(found(&["项目 金额", "甲 1.50 2.50", "乙 3.00 4"]), ["1.50", "2.50", "3.00", "4"]);
        assert!(found(&["甲 1.50 2.50", "乙 无"]).is_empty(), "one row is no table");
        let sentence = "本年收入 377.60 万元，比上年增加 20.10 万元，主要原因是人员增加";
        assert!(found(&[sentence, sentence]).is_empty());
    }

    #[test]
    fn the_cells_of_a_worksheet_row_are_one_row() {
        let cell = |text, row, col| line(text, Some((row, col)));
        let lines = [cell("甲", 1, 1), cell("1", 1, 2), cell("2", 1, 3), cell("3", 2, 2), cell("4", 2, 3)];
        assert_eq!(outside(&lines).len(), 4);
        assert!(outside(&lines[..3]).is_empty());
    }
}
