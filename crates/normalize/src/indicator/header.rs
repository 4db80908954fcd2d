//! Where are the indicator columns? By the header's words, wherever they stand in the grid.

use crate::indicator::grid::Grid;
use crate::reading::words::{self, INDICATOR_HEADS};
use crate::reading::year;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a column of an indicator table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// 一级指标.
    Level1,
    /// 二级指标.
    Level2,
    /// 三级指标, 指标名称: the indicator itself.
    Name,
    /// 指标性质: the operator in a column of its own.
    Operator,
    /// 指标值.
    Target,
    /// 度量单位.
    Unit,
    /// 权重, 分值.
    Weight,
    /// 指标方向性.
    Direction,
    /// 指标解释.
    Note,
    /// 是否核心指标.
    Core,
}

impl Role {
    /// The role by the name that `indicator_heads.tsv` gives it.
    fn of_id(id: &str) -> Option<Self> {
        Some(match id {
            "level1" => Self::Level1,
            "level2" => Self::Level2,
            "name" => Self::Name,
            "operator" => Self::Operator,
            "target" => Self::Target,
            "unit" => Self::Unit,
            "weight" => Self::Weight,
            "direction" => Self::Direction,
            "note" => Self::Note,
            "core" => Self::Core,
            _ => return None,
        })
    }
}

/// One set of indicator columns; a wide roll-up has several side by side.
#[derive(Debug, Clone, Default)]
pub(crate) struct Block {
    /// Columns with their roles, left to right.
    columns: Vec<(Role, usize)>,
    /// The header above the set where it has no 一级 column: 产出指标.
    pub(crate) group: String,
}

/// A header row with the blocks below it.
#[derive(Debug, Clone)]
pub(crate) struct Header {
    /// The row of the header's words.
    pub(crate) row: usize,
    /// The first row below it.
    pub(crate) body: usize,
    /// Sets of indicator columns, left to right.
    pub(crate) blocks: Vec<Block>,
}

impl Block {
    /// The column with a role.
    pub(crate) fn column(&self, role: Role) -> Option<usize> {
        self.columns.iter().find(|(r, _)| *r == role).map(|(_, c)| *c)
    }

    /// Whether the set names indicators and their targets.
    fn complete(&self) -> bool {
        self.column(Role::Name).is_some() && self.column(Role::Target).is_some()
    }
}

/// The header word without brackets and the words 绩效, 年度 … that change nothing.
fn core(word: &str) -> String {
    let mut depth = 0_i32;
    let mut out = String::new();
    for c in word.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth -= 1,
            _ if depth <= 0 && !matches!(c, ':' | '：') => out.push(c),
            _ => {}
        }
    }
    out
}

/// The role that a header word gives its column.
fn role(word: &str) -> Option<Role> {
    static HEADS: LazyLock<BTreeMap<&str, Role>> =
        LazyLock::new(|| words::typed(INDICATOR_HEADS, Role::of_id).collect());
    // 2024年度指标值 and 年度指标值 are the same head.
    HEADS.get(year::undated(&core(word))).copied()
}

/// Whether a text is a header's word for an indicator's name (a header repeated inside the body).
pub(crate) fn is_header_word(text: &str) -> bool {
    matches!(role(text), Some(Role::Name | Role::Target | Role::Level1))
}

/// All header rows of a grid, top to bottom.
pub(crate) fn find(grid: &Grid<'_>) -> Vec<Header> {
    (0..grid.rows()).filter_map(|row| read(grid, row)).collect()
}

/// Reads a row as a header: it must hold at least one name with a target.
fn read(grid: &Grid<'_>, row: usize) -> Option<Header> {
    let mut words = row_roles(grid, row);
    if !words.iter().any(|(r, _)| *r == Role::Name) {
        let spare = (0..grid.cols).find(|&c| starts(grid, row, c) && core(grid.text(row, c)) == "绩效指标");
        let at = spare.filter(|&c| grid.cell(row, c).is_some_and(|cell| cell.col_span == 1))?;
        words.push((Role::Name, at));
        words.sort_by_key(|(_, c)| *c);
    }
    let mut blocks = split(&words);
    blocks.retain(Block::complete);
    for block in &mut blocks {
        block.group = group_above(grid, row, block);
    }
    let body = (0..grid.cols)
        .filter_map(|c| grid.cell(row, c))
        .filter(|c| c.row == row && role_of(grid, c.row, c.col))
        .map(|c| c.row + c.row_span)
        .max();
    (!blocks.is_empty()).then(|| Header { row, body: body.unwrap_or(row + 1), blocks })
}

/// Whether the cell at a position has a role.
fn role_of(grid: &Grid<'_>, row: usize, col: usize) -> bool {
    role(grid.text(row, col)).is_some()
}

/// Whether a cell begins at a position.
fn starts(grid: &Grid<'_>, row: usize, col: usize) -> bool {
    grid.cell(row, col).is_some_and(|c| c.row == row && c.col == col)
}

/// The roles of the cells that begin in a row, left to right.
fn row_roles(grid: &Grid<'_>, row: usize) -> Vec<(Role, usize)> {
    (0..grid.cols).filter(|&c| starts(grid, row, c)).filter_map(|c| Some((role(grid.text(row, c))?, c))).collect()
}

/// Cuts the columns into sets: a role that the set already has opens the next one.
fn split(words: &[(Role, usize)]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for &(role, col) in words {
        let full = blocks.last().is_none_or(|b| b.column(role).is_some());
        if full {
            blocks.push(Block::default());
        }
        if let Some(block) = blocks.last_mut() {
            block.columns.push((role, col));
        }
    }
    blocks
}

/// The header cell above a set that has no 一级 column: the nearest one that names a kind of indicators.
fn group_above(grid: &Grid<'_>, row: usize, block: &Block) -> String {
    let Some(col) = block.column(Role::Name).filter(|_| block.column(Role::Level1).is_none()) else {
        return String::new();
    };
    let above = (0..row).rev().map(|r| grid.text(r, col));
    above.take(4).find(|t| t.ends_with("指标") && role(t).is_none() && core(t) != "绩效指标").unwrap_or("").to_owned()
}
