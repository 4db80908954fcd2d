//! Which project do the indicators belong to?

use crate::indicator::grid::Grid;
use crate::indicator::header::Header;
use crate::reading::fold::{fold, fold_letters};
use crate::reading::form_word;
use yusuan_extract::Caption;

/// The project whose rows are being read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Project {
    /// Code, digits joined.
    pub(crate) code: String,
    /// Name as printed.
    pub(crate) name: String,
}

/// Header or form words for a project's name.
fn is_name_word(word: &str) -> bool {
    let word = word.trim_end_matches([':', '：']);
    matches!(
        word,
        "项目名称"
            | "专项资金名称"
            | "专项名称"
            | "项目"
            | "政策名称"
            | "项目（政策）名称"
            | "政策（项目）名称"
            | "专项（项目）名称"
    ) || (word.contains("项目名称") && word.chars().count() <= 12)
}

/// Header or form words for a project's code.
fn is_code_word(word: &str) -> bool {
    ["项目编码", "项目代码", "项目编号"].iter().any(|w| word.contains(w)) && word.chars().count() <= 14
}

/// 51340022T000000278902-学术交流业务经费: code and name in one cell.
fn split_code(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (code, rest) = text.split_at_checked(end)?;
    let name = rest.trim_start_matches(['-', '－', '—', '_', ' ']);
    (code.len() >= 8 && name.len() < rest.len() && !name.is_empty()).then_some((code, name))
}

impl Project {
    /// Whether nothing names a project.
    pub(crate) fn is_empty(&self) -> bool {
        self.code.is_empty() && self.name.is_empty()
    }

    /// The project that a form names above its indicator grid: label and value side by side, the nearest one counts.
    pub(crate) fn above(grid: &Grid<'_>, header: usize, captions: &[Caption]) -> Self {
        let mut project = Self::default();
        if let Some(name) = captions.iter().find_map(|caption| form_word::named_project(&caption.text)) {
            project.set_name(&fold_letters(name));
        }
        for row in 0..header {
            for col in 0..grid.cols {
                let word = grid.text(row, col);
                if let Some(name) = form_word::named_project(word).filter(|_| starts(grid, row, col)) {
                    project.set_name(name);
                }
                let value = beside(grid, row, col);
                if is_name_word(word) && !value.is_empty() && !is_name_word(value) && !is_code_word(value) {
                    project.set_name(value);
                } else if is_code_word(word) && value.bytes().any(|b| b.is_ascii_digit()) {
                    value.clone_into(&mut project.code);
                }
            }
        }
        project
    }

    /// Follows the project columns of a list downwards: what is printed replaces, what is blank is inherited.
    pub(crate) fn follow(&mut self, grid: &Grid<'_>, header: &Header, row: usize) {
        let first = header.row.saturating_sub(4);
        for col in 0..grid.cols {
            let words = || (first..=header.row).map(|r| grid.text(r, col));
            let value = grid.text(row, col);
            let begins = grid.cell(row, col).is_some_and(|c| c.row == row && c.col == col);
            if value.is_empty() || !begins {
                continue;
            }
            if words().any(is_code_word) {
                value.clone_into(&mut self.code);
            } else if words().any(is_name_word) && is_column(grid, header, col) {
                self.set_name(value);
            }
        }
    }

    /// Writes a name down, with its code where both stand in one cell.
    fn set_name(&mut self, text: &str) {
        if let Some((code, name)) = split_code(text) {
            code.clone_into(&mut self.code);
            name.clone_into(&mut self.name);
        } else {
            text.clone_into(&mut self.name);
        }
    }
}

/// Whether a name word over a column is a column's header, not a form's label: it must reach down to the header row.
fn is_column(grid: &Grid<'_>, header: &Header, col: usize) -> bool {
    is_name_word(grid.text(header.row, col))
}

fn starts(grid: &Grid<'_>, row: usize, col: usize) -> bool {
    grid.cell(row, col).is_some_and(|c| c.row == row && c.col == col)
}

/// The first text right of a cell, unless it is the next field's label.
fn beside<'a>(grid: &'a Grid<'_>, row: usize, col: usize) -> &'a str {
    let Some(cell) = grid.cell(row, col).filter(|c| c.row == row && c.col == col) else { return "" };
    let next = (col + cell.col_span..grid.cols).map(|c| grid.text(row, c)).find(|text| !text.is_empty());
    next.filter(|text| !form_word::is_field(&fold(text))).unwrap_or("")
}
