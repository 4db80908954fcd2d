//! Where are the indicator columns? By the header's words, wherever they stand in the grid.

use crate::indicator::grid::Grid;
use crate::indicator::target;
use crate::reading::fold::fold;
use crate::reading::indicator_head::{self, Role, Term, core, role};
use crate::reading::words::WHOLE_TERMS;
use crate::reading::{form_word, year};
use std::ops::Range;

/// A header is no deeper than this (rows): 指标值 over 近两年指标值 over 前年.
const DEEPEST: usize = 3;
/// So many signs in a column show what it holds.
const LEAST_SIGNS: usize = 2;
/// So many rows above a list its whole may be named: 中期目标 over the goals, the goals over the heads.
const ROWS_ABOVE: usize = 6;

/// One set of indicator columns; a wide roll-up has several side by side.
#[derive(Debug, Clone, Default)]
pub(crate) struct Block {
    /// Columns with their roles, left to right; of values only those that are this year's goal.
    columns: Vec<(Role, usize)>,
    /// Columns behind the first one of the goal that its head reaches over: ≥ | 95 | % below one 指标值.
    pub(crate) target_width: usize,
    /// Values of indicators in the set with the time that they are of.
    values: Vec<(Term, Option<i32>, usize, usize)>,
    /// The header above the set where it has no 一级 column: 产出指标.
    pub(crate) group: String,
    /// The 一级 column of the set before, which this one shares.
    pub(crate) shared_level1: Option<usize>,
    /// What says that these goals are not the year's: 中期目标.
    pub(crate) whole: String,
}

/// A header row with the blocks below it.
#[derive(Debug, Clone)]
pub(crate) struct Header {
    /// The row of the header's words.
    pub(crate) row: usize,
    /// The first row below it.
    pub(crate) body: usize,
    /// The first row below the same header printed before, on an earlier page; else `body`.
    pub(crate) from: usize,
    /// Sets of indicator columns, left to right.
    pub(crate) blocks: Vec<Block>,
}

impl Block {
    /// The column with a role.
    pub(crate) fn column(&self, role: Role) -> Option<usize> {
        self.columns.iter().find(|(r, _)| *r == role).map(|(_, c)| *c)
    }

    /// Whether the set names indicators and their values.
    fn complete(&self) -> bool {
        let named = self.column(Role::Name).is_some();
        (named || self.column(Role::Level1).is_some() && self.column(Role::Level2).is_some()) && !self.values.is_empty()
    }

    /// Whether a column of this role opens the next set.
    fn is_full_for(&self, role: Role) -> bool {
        role.is_level() && self.column(role).is_some() && !self.values.is_empty()
    }

    /// Settles which of the values is this year's goal; without one the set has no goals.
    fn settle(&mut self) {
        let latest = self.values.iter().filter_map(|(_, year, ..)| *year).max();
        let now = |year: &Option<i32>| year.is_none() || *year == latest;
        let goals = self.values.iter().filter(|(term, year, ..)| *term != Term::Earlier && now(year));
        // Of several of one time the first counts.
        let best = goals.rev().max_by_key(|(term, ..)| *term).copied();
        if let Some((_, _, col, width)) = best {
            self.columns.push((Role::Target, col));
            self.target_width = width;
        }
        if self.column(Role::Name).is_none()
            && let Some(deepest) = self.column(Role::Level2)
        {
            self.columns.push((Role::Name, deepest));
        }
    }
}

/// Whether a text is a header's word for an indicator's name (a header repeated inside the body).
pub(crate) fn is_header_word(text: &str) -> bool {
    matches!(role(text), Some(Role::Name | Role::Target | Role::Level1))
}

/// All header rows of a grid, top to bottom. `now` is the year of the goals, where known.
pub(crate) fn find(grid: &Grid<'_>, now: Option<i32>) -> Vec<Header> {
    let mut found: Vec<Header> = Vec::new();
    let mut row = 0;
    while row < grid.rows() {
        let Some(mut header) = read(grid, row, now) else {
            row += 1;
            continue;
        };
        if let Some(before) = found.last().filter(|before| is_again(grid, before, &header)) {
            header.from = before.from;
        }
        row = header.body.max(row + 1);
        found.push(header);
    }
    for at in 0..found.len() {
        let end = found.get(at + 1).map_or(grid.rows(), |next| next.row);
        let body = found[at].body..end;
        for block in &mut found[at].blocks {
            block.columns.extend(signs(grid, block, body.clone()).map(|col| (Role::Operator, col)));
        }
    }
    found
}

/// The column beside a set's goals that holds signs of comparison and nothing else, whatever its head says.
fn signs(grid: &Grid<'_>, block: &Block, body: Range<usize>) -> Option<usize> {
    let goal = block.column(Role::Target).filter(|_| block.column(Role::Operator).is_none())?;
    let is_free = |col: usize| block.columns.iter().all(|(_, taken)| *taken != col);
    let beside = [goal.checked_sub(1), Some(goal + block.target_width.max(1))];
    beside.into_iter().flatten().filter(|col| *col < grid.cols && is_free(*col)).find(|&col| {
        let texts = || {
            body.clone().filter(|row| starts(grid, *row, col)).map(|row| grid.text(row, col)).filter(|t| !t.is_empty())
        };
        texts().filter(|text| target::sign(text).is_some()).count() >= LEAST_SIGNS && texts().all(target::is_operator)
    })
}

/// Whether a header is the one before printed again, with nothing but its list between.
fn is_again(grid: &Grid<'_>, before: &Header, again: &Header) -> bool {
    let same = (0..grid.cols).all(|c| grid.text(before.row, c) == grid.text(again.row, c));
    same && (before.body..again.row).all(|row| !is_field_row(grid, row))
}

/// Whether a row is a field of the form (主管部门 | 某局), which ends a list of indicators.
pub(crate) fn is_field_row(grid: &Grid<'_>, row: usize) -> bool {
    first_label(grid, row).is_some_and(|text| form_word::is_field(&fold(text)))
}

/// The first text that begins in a row.
pub(crate) fn first_label<'a>(grid: &'a Grid<'_>, row: usize) -> Option<&'a str> {
    (0..grid.cols).filter(|&c| starts(grid, row, c)).map(|c| grid.text(row, c)).find(|t| !t.is_empty())
}

/// Reads a row as a header: it must hold at least one name with a value.
fn read(grid: &Grid<'_>, row: usize, now: Option<i32>) -> Option<Header> {
    let begins = |c: usize| starts(grid, row, c) && role(grid.text(row, c)).is_some();
    let named = (0..grid.cols).any(|c| starts(grid, row, c) && is_name(grid, row, c));
    if !named {
        return None;
    }
    let ends = (0..grid.cols).filter(|&c| begins(c)).filter_map(|c| grid.cell(row, c)).map(|c| c.row + c.row_span);
    let mut body = ends.max().unwrap_or(row + 1).min(row + DEEPEST).min(grid.rows());
    if (row + 1..row + DEEPEST).contains(&body) && is_lower_head(grid, body) {
        body += 1;
    }
    let mut blocks = split(&columns(grid, (row, body), now));
    blocks.retain(Block::complete);
    for block in &mut blocks {
        block.settle();
        block.group = group_above(grid, row, block);
    }
    share(grid, row, &mut blocks);
    (!blocks.is_empty()).then_some(Header { row, body, from: body, blocks })
}

/// Whether a cell's text is the head of a column of names.
fn is_name(grid: &Grid<'_>, row: usize, col: usize) -> bool {
    role(grid.text(row, col)).is_some_and(Role::is_level) || is_spare_name(grid, row, col)
}

/// 绩效指标 over one column, or right of 二级指标, names indicators where nothing else does; over several it is the head of the
/// whole list, and beside many rows its label.
fn is_spare_name(grid: &Grid<'_>, row: usize, col: usize) -> bool {
    let Some(cell) = grid.cell(row, col).filter(|cell| cell.row_span <= DEEPEST) else { return false };
    let is_level2 = |c: usize| {
        grid.cell(row, c).is_some_and(|c| c.row == cell.row) && role(grid.text(row, c)) == Some(Role::Level2)
    };
    let one_column = cell.col_span == 1 || (0..cell.col).any(is_level2);
    one_column && matches!(core(grid.text(row, col)).as_str(), "绩效指标" | "年度绩效指标" | "具体绩效指标")
}

/// Whether a row below the names holds heads of values alone: 前年 | 上年 | 预期当年实现值, set without merging.
fn is_lower_head(grid: &Grid<'_>, row: usize) -> bool {
    let texts: Vec<&str> =
        (0..grid.cols).filter(|&c| starts(grid, row, c)).map(|c| grid.text(row, c)).filter(|t| !t.is_empty()).collect();
    let lower = |text: &&str| {
        indicator_head::is_value(text, true) || matches!(role(text), Some(Role::Operator | Role::Unit | Role::Target))
    };
    texts.len() >= 2 && texts.iter().all(lower)
}

/// A column below the header's words.
struct Column {
    role: Role,
    col: usize,
    width: usize,
    term: Term,
    year: Option<i32>,
}

/// The columns with a role, left to right.
fn columns(grid: &Grid<'_>, (row, body): (usize, usize), now: Option<i32>) -> Vec<Column> {
    let heads = (row..body).flat_map(|r| (0..grid.cols).map(move |c| (r, c)));
    let spare = !heads.into_iter().any(|(r, c)| starts(grid, r, c) && role(grid.text(r, c)) == Some(Role::Name));
    let mut found: Vec<Column> = Vec::new();
    let mut last = None;
    for col in 0..grid.cols {
        let path = path(grid, (row, body), col);
        let Some(&leaf) = path.last() else { continue };
        if Some(leaf) == last {
            if let Some(before) = found.last_mut().filter(|before| before.col + before.width == col) {
                before.width += 1;
            }
            continue;
        }
        last = Some(leaf);
        let text = |index: &usize| grid.texts_at(*index);
        let words: Vec<&str> = path.iter().map(text).filter(|t| !t.is_empty()).collect();
        let Some((word, above)) = words.split_last() else { continue };
        let below_value = above.iter().any(|w| indicator_head::is_value(w, false));
        let own = grid.cells.get(leaf).is_some_and(|cell| cell.row + cell.row_span > row);
        let role = if indicator_head::is_value(word, below_value) {
            Some(Role::Target)
        } else {
            role(word).or_else(|| (spare && is_spare_name(grid, row, col)).then_some(Role::Name))
        };
        let Some(role) = role.filter(|r| own || !r.is_level()) else { continue };
        let term = indicator_head::term(words.iter().copied(), now);
        let year = words.iter().rev().find_map(|w| year::first(&fold(w)));
        found.push(Column { role, col, width: 1, term, year });
    }
    found
}

/// Indexes of the head cells over a column, top to bottom: those of the header's rows, and heads of values above them.
fn path(grid: &Grid<'_>, (row, body): (usize, usize), col: usize) -> Vec<usize> {
    let mut path: Vec<usize> = Vec::new();
    for r in row.saturating_sub(1)..body {
        let Some(index) = grid.index(r, col).filter(|index| !path.contains(index)) else { continue };
        let text = grid.texts_at(index);
        if text.is_empty() || r < row && !indicator_head::is_value(text, false) && role(text).is_none() {
            continue;
        }
        // A label beside many rows (绩效指标) is no head.
        if grid.cells.get(index).is_some_and(|cell| cell.row + cell.row_span > body) {
            continue;
        }
        path.push(index);
    }
    path
}

/// Whether a cell begins at a position.
fn starts(grid: &Grid<'_>, row: usize, col: usize) -> bool {
    grid.cell(row, col).is_some_and(|c| c.row == row && c.col == col)
}

/// Cuts the columns into sets: a level that the set already has opens the next one once values stood in it.
fn split(columns: &[Column]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for column in columns {
        if blocks.last().is_none_or(|b| b.is_full_for(column.role)) {
            blocks.push(Block::default());
        }
        let Some(block) = blocks.last_mut() else { continue };
        if column.role == Role::Target {
            block.values.push((column.term, column.year, column.col, column.width));
        } else if block.column(column.role).is_none() {
            block.columns.push((column.role, column.col));
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

/// Lists of goals of several years and of the year side by side share their 一级 column.
fn share(grid: &Grid<'_>, row: usize, blocks: &mut [Block]) {
    for at in 1..blocks.len() {
        let (before, rest) = blocks.split_at_mut(at);
        let (Some(before), Some(block)) = (before.last_mut(), rest.first_mut()) else { continue };
        if !block.group.is_empty() || block.column(Role::Level1).is_some() {
            continue;
        }
        block.shared_level1 = before.column(Role::Level1).or(before.shared_level1);
        if let Some(col) = before.column(Role::Name) {
            let above = (row.saturating_sub(ROWS_ABOVE)..row).rev().map(|r| grid.text(r, col));
            let whole = above.into_iter().find(|t| WHOLE_TERMS.begins(&fold(t))).unwrap_or_default();
            whole.clone_into(&mut before.whole);
        }
    }
}
