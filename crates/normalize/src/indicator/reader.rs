//! The rows below one header, each to its indicators.

use crate::indicator::grid::Grid;
use crate::indicator::header::{self, Block, Header};
use crate::indicator::project::Project;
use crate::indicator::target;
use crate::model::indicator::{Indicator, IndicatorScope};
use crate::model::vocabulary::TableType;
use crate::reading::fold::fold;
use crate::reading::form_word;
use crate::reading::indicator_head::{self, Role};
use yusuan_extract::CellDoubt;

/// Said of an indicator whose list prints no goal of this year.
pub(crate) const NO_GOAL: &str = "存疑：没有印出本年目标值";
/// Said of a goal whose text may not be what a person sees.
const UNSURE: &str = "存疑：目标值的文字可能读错";

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
        if header::first_label(self.grid, row).is_some_and(|text| form_word::is_total(&fold(text))) {
            return;
        }
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
        let name_cell = grid.index(row, self.col(row, block.column(Role::Name)?))?;
        // Without a goal of this year the indicator stands where its name does.
        let target_cell =
            block.column(Role::Target).map_or(Some(name_cell), |col| grid.index(row, self.col(row, col)))?;
        let begins = [name_cell, target_cell].iter().any(|&i| grid.cells.get(i).is_some_and(|c| c.row == row));
        let goal_less = block.column(Role::Target).is_none();
        if name_cell == target_cell && !goal_less || !begins {
            return None;
        }
        let (level1, level2) = self.levels(row, block);
        let same =
            |role: Role| block.column(role).is_some_and(|c| grid.index(row, self.col(row, c)) == Some(name_cell));
        let level3 = if same(Role::Level1) || same(Role::Level2) { "" } else { grid.texts_at(name_cell) };
        let at = |role: Role| block.column(role).map_or("", |c| self.text(row, c));
        let printed = self.printed(row, block);
        if level3.is_empty() && (printed.is_empty() || level2.is_empty())
            || header::is_header_word(level3)
            || is_placeholder(level3) && !printed.contains(char::is_alphanumeric)
        {
            return None;
        }
        let goal = target::read(&printed, at(Role::Operator), at(Role::Unit));
        let note = self.note(row, block);
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
            note: noted(note, goal_less.then_some(NO_GOAL).or_else(|| self.doubt(target_cell))),
        })
    }

    /// The text of a row below a head.
    fn text(&self, row: usize, col: usize) -> &str {
        self.grid.text(row, self.col(row, col))
    }

    /// The column of a row that stands below a head: the head's own, or where a page sets its columns at other places the
    /// one of the same number.
    fn col(&self, row: usize, head: usize) -> usize {
        self.ordinal(row).and_then(|pairs| pairs.into_iter().find(|(h, _)| *h == head)).map_or(head, |(_, col)| col)
    }

    /// Columns of the heads with those of a row that keeps none of their edges but has as many cells.
    fn ordinal(&self, row: usize) -> Option<Vec<(usize, usize)>> {
        let heads = self.cells_of(self.header.row);
        let cells = self.cells_of(row);
        if heads.len() != cells.len() || heads.len() < 2 {
            return None;
        }
        let kept = |(start, _): &(usize, usize)| heads.iter().any(|(head, _)| head == start);
        let moved = cells.iter().filter(|cell| !kept(cell)).count();
        (moved > 0).then(|| heads.iter().zip(&cells).map(|(head, cell)| (head.0, cell.0)).collect())
    }

    /// First columns of the cells over a row, with their indexes.
    fn cells_of(&self, row: usize) -> Vec<(usize, usize)> {
        let mut cells: Vec<(usize, usize)> = Vec::new();
        for col in 0..self.grid.cols {
            let Some(index) = self.grid.index(row, col) else { continue };
            if cells.last().is_none_or(|(_, last)| *last != index) {
                cells.push((col, index));
            }
        }
        cells
    }

    /// The goal as printed: all cells below its head, where 指标值 reaches over sign, number and unit.
    fn printed(&self, row: usize, block: &Block) -> String {
        let Some(first) = block.column(Role::Target) else { return String::new() };
        let end = if self.ordinal(row).is_some() { first + 1 } else { first + block.target_width.max(1) };
        let mut cells: Vec<usize> = (first..end).filter_map(|c| self.grid.index(row, self.col(row, c))).collect();
        cells.dedup();
        cells.into_iter().map(|cell| self.grid.texts_at(cell)).collect()
    }

    /// Why a goal's text may not be what a person sees.
    fn doubt(&self, cell: usize) -> Option<&'static str> {
        let cell = self.grid.cells.get(cell)?;
        let bare = !cell.text.contains(char::is_alphabetic);
        let doubtful = |doubt: &CellDoubt| match doubt {
            CellDoubt::Overlaid | CellDoubt::StaleFormula | CellDoubt::Chosen => true,
            CellDoubt::SeveralFigures => bare,
        };
        cell.doubts.iter().any(doubtful).then_some(UNSURE)
    }

    /// 一级 and 二级 of a row. Merged cells are followed; a blank cell below a printed one repeats it, 二级 only as long
    /// as no new 一级 has begun. One cell over both columns is 一级 alone.
    fn levels(&self, row: usize, block: &Block) -> (String, String) {
        let Some(first) = block.column(Role::Level1).or(block.shared_level1) else {
            let level2 = block.column(Role::Level2).map_or("", |c| self.text_or_above(row, c, None));
            return (block.group.clone(), level2.to_owned());
        };
        let level1 = self.text_or_above(row, first, None).to_owned();
        let Some(second) = block.column(Role::Level2) else { return (level1, String::new()) };
        if self.grid.index(row, self.col(row, first)) == self.grid.index(row, self.col(row, second)) {
            return (level1, String::new());
        }
        (level1, self.text_or_above(row, second, Some(first)).to_owned())
    }

    /// The text at a position, or the nearest one above it that is not blank. `guard` is the column whose printed text
    /// ends the search.
    fn text_or_above(&self, row: usize, col: usize, guard: Option<usize>) -> &str {
        for r in (self.header.from..=row).rev() {
            let text = self.text(r, col);
            // The header printed again on a new page parts nothing.
            if indicator_head::role(text).is_some_and(Role::is_level) {
                continue;
            }
            if !text.is_empty() {
                return text;
            }
            let ends = guard.is_some_and(|g| {
                let cell = self.grid.cell(r, self.col(r, g));
                cell.is_some_and(|c| c.row == r && !c.text.trim().is_empty())
            });
            if ends {
                break;
            }
        }
        ""
    }

    /// The explanation; a column that asks yes or no is quoted with its question.
    fn note(&self, row: usize, block: &Block) -> String {
        let explained = block.column(Role::Note).map_or("", |c| self.text(row, c));
        let core = block.column(Role::Core).map_or("", |c| self.text(row, c));
        let asked = if core.is_empty() { String::new() } else { format!("是否核心指标：{core}") };
        let parts = [block.whole.as_str(), explained, &asked];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("；")
    }
}

/// Whether a name is what the form prints where nothing was filled in: ……, 指标2：.
fn is_placeholder(name: &str) -> bool {
    let rest = name.trim_start_matches("指标").trim_matches(|c: char| c.is_ascii_digit() || "：:.…·—-".contains(c));
    !name.is_empty() && rest.is_empty()
}

/// A note with a doubt behind it.
pub(crate) fn noted(note: String, doubt: Option<&str>) -> String {
    match doubt {
        None => note,
        Some(doubt) if note.is_empty() => doubt.to_owned(),
        Some(doubt) => format!("{note}；{doubt}"),
    }
}

/// Tables whose indicators belong to projects.
fn is_project_table(kind: TableType) -> bool {
    matches!(kind, TableType::ProjectPerformance | TableType::ProjectPerformanceSummary)
}
