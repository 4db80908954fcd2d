//! The rows below one header, each to its indicators.

use crate::indicator::grid::Grid;
use crate::indicator::header::{self, Block, Header, Role};
use crate::indicator::project::Project;
use crate::indicator::target;
use crate::model::indicator::{Indicator, IndicatorScope};
use crate::model::vocabulary::TableType;

/// Reads the rows below one header.
pub(crate) struct Reader<'a> {
    pub(crate) grid: &'a Grid<'a>,
    pub(crate) header: &'a Header,
    pub(crate) project: Project,
    pub(crate) scope: TableType,
}

impl Reader<'_> {
    /// Reads one row: the project first, then every block of indicator columns.
    pub(crate) fn row(&mut self, row: usize, found: &mut Vec<Indicator>) {
        self.project.follow(self.grid, self.header, row);
        for block in &self.header.blocks {
            if let Some(indicator) = self.indicator(row, block) {
                found.push(indicator);
            }
        }
    }

    /// The indicator that a block of columns holds in a row. A cell merged over several rows counts once for itself and
    /// serves every indicator beside it.
    fn indicator(&self, row: usize, block: &Block) -> Option<Indicator> {
        let grid = self.grid;
        let (name_col, target_col) = (block.column(Role::Name)?, block.column(Role::Target)?);
        let (name_cell, target_cell) = (grid.index(row, name_col)?, grid.index(row, target_col)?);
        let begins = [name_cell, target_cell].iter().any(|&i| grid.cells.get(i).is_some_and(|c| c.row == row));
        if name_cell == target_cell || !begins {
            return None;
        }
        let (level1, level2) = self.levels(row, block);
        let same = |role: Role| block.column(role).is_some_and(|c| grid.index(row, c) == Some(name_cell));
        let level3 = if same(Role::Level1) || same(Role::Level2) { "" } else { grid.text(row, name_col) };
        let at = |role: Role| block.column(role).map_or("", |c| grid.text(row, c));
        let printed = grid.text(row, target_col);
        if level3.is_empty() && (printed.is_empty() || level2.is_empty()) || header::is_header_word(level3) {
            return None;
        }
        let goal = target::read(printed, at(Role::Operator), at(Role::Unit));
        let department =
            self.scope == TableType::DepartmentPerformance || self.project.is_empty() && !is_project_table(self.scope);
        Some(Indicator {
            place: grid.cells.get(target_cell)?.place,
            cell: target_cell,
            scope: if department { IndicatorScope::Department } else { IndicatorScope::Project },
            project_code: if department { String::new() } else { self.project.code.clone() },
            project_name: if department { String::new() } else { self.project.name.clone() },
            level1,
            level2,
            level3: level3.to_owned(),
            operator: goal.operator.to_owned(),
            target: goal.value,
            target_unit: goal.unit,
            weight: at(Role::Weight).to_owned(),
            direction: at(Role::Direction).to_owned(),
            note: self.note(row, block),
        })
    }

    /// 一级 and 二级 of a row. Merged cells are followed; a blank cell below a printed one repeats it, 二级 only as long
    /// as no new 一级 has begun. One cell over both columns is 一级 alone.
    fn levels(&self, row: usize, block: &Block) -> (String, String) {
        let Some(first) = block.column(Role::Level1) else {
            let level2 = block.column(Role::Level2).map_or("", |c| self.text_or_above(row, c, None));
            return (block.group.clone(), level2.to_owned());
        };
        let level1 = self.text_or_above(row, first, None).to_owned();
        let Some(second) = block.column(Role::Level2) else { return (level1, String::new()) };
        if self.grid.index(row, first) == self.grid.index(row, second) {
            return (level1, String::new());
        }
        (level1, self.text_or_above(row, second, Some(first)).to_owned())
    }

    /// The text at a position, or the nearest one above it that is not blank. `guard` is the column whose printed text
    /// ends the search.
    fn text_or_above(&self, row: usize, col: usize, guard: Option<usize>) -> &str {
        for r in (self.header.body..=row).rev() {
            let text = self.grid.text(r, col);
            if !text.is_empty() {
                return text;
            }
            let ends =
                guard.is_some_and(|g| self.grid.cell(r, g).is_some_and(|c| c.row == r && !c.text.trim().is_empty()));
            if ends {
                break;
            }
        }
        ""
    }

    /// The explanation; a column that asks yes or no is quoted with its question.
    fn note(&self, row: usize, block: &Block) -> String {
        let explained = block.column(Role::Note).map_or("", |c| self.grid.text(row, c));
        let core = block.column(Role::Core).map_or("", |c| self.grid.text(row, c));
        match (explained.is_empty(), core.is_empty()) {
            (_, true) => explained.to_owned(),
            (true, false) => format!("是否核心指标：{core}"),
            (false, false) => format!("{explained}；是否核心指标：{core}"),
        }
    }
}

/// Tables whose indicators belong to projects.
fn is_project_table(kind: TableType) -> bool {
    matches!(kind, TableType::ProjectPerformance | TableType::ProjectPerformanceSummary)
}
