//! Side-by-side tables taken apart: which side a column is on, and which label columns describe a value column.

use crate::model::vocabulary::Side;
use crate::reading::fold::{ends_in, fold, has_any};
use crate::reading::title;
use crate::table::column::{Column, Role};
use crate::table::grid::Grid;
use crate::table::header::Header;

/// Whether a head stands over a list's labels: 项目(按功能分类), 支出功能分科目; 项目支出 stands over amounts.
fn is_list_head(folded: &str) -> bool {
    ends_in(&title::strip_brackets(folded), &["项目", "科目", "名称", "分类"])
}

/// The side that a panel's head (folded) names.
fn side_of(head: &str) -> Option<Side> {
    let short = head.chars().count() <= 14;
    if !short {
        return None;
    }
    if head.contains("支出用途") {
        return Some(Side::ExpenditureByUse);
    }
    let income = has_any(head, &["收入", "资金来源", "来源"]);
    let spending = has_any(head, &["支出", "资金运用", "用途"]);
    match (income, spending) {
        (true, false) => Some(Side::Revenue),
        (false, true) => Some(Side::Expenditure),
        _ => None,
    }
}

/// Whether revenue and expenditure stand side by side, by the header's first row alone.
pub(crate) fn is_two_sided(grid: &Grid, header: &Header) -> bool {
    let sides = head_sides(grid, header);
    let first = sides.iter().flatten().next().copied();
    let last = sides.iter().flatten().last().copied();
    let heads: Vec<&str> = header.paths.iter().filter_map(|p| p.first()).map(String::as_str).collect();
    // Columns 财政拨款收入, 事业收入 … are no panels: in panels each side has a label column of its own.
    let labelled = |side: Side| {
        (0..header.paths.len()).any(|c| {
            // 本年支出[基本支出 | 项目支出] beside 本年收入 in a fund's table names amounts, no labels.
            let lower = header.paths[c].iter().skip(1).any(|t| is_list_head(&fold(t)));
            sides[c] == Some(side) && lower
        })
    };
    !heads.is_empty()
        && first == Some(Side::Revenue)
        && matches!(last, Some(Side::Expenditure | Side::ExpenditureByUse))
        && (labelled(Side::Revenue) || labelled(Side::Expenditure) || label_pair(grid, header))
}

/// 收入 | 金额 | 支出 | 金额 in a single header row: the label columns are called by their side.
fn label_pair(grid: &Grid, header: &Header) -> bool {
    let exact = |name: &str| {
        header.paths.iter().any(|p| p.last().is_some_and(|t| matches!(strip_side(&fold(t)), Some(n) if n == name)))
    };
    header.rows >= 1 && grid.cols() >= 4 && exact("收入") && exact("支出")
}

fn strip_side(folded: &str) -> Option<&'static str> {
    match folded {
        "收入" | "收入项目" | "本年收入" | "项目(收入)" | "收入项" => Some("收入"),
        "支出" | "支出项目" | "本年支出" | "项目(支出)" | "支出项" => Some("支出"),
        _ => None,
    }
}

/// For every column the side that its head names; heads reach over the columns that follow until the next head.
fn head_sides(grid: &Grid, header: &Header) -> Vec<Option<Side>> {
    let mut sides = vec![None; header.paths.len()];
    let mut current = None;
    let mut by_use = false;
    for (col, path) in header.paths.iter().enumerate() {
        let head = path.first().map(|t| fold(t)).unwrap_or_default();
        if let Some(side) = side_of(&head) {
            current = Some(side);
        } else if !head.is_empty() && grid.rows() > 0 && header.rows > 1 && path.len() > 1 {
            current = None;
        }
        // 项目(按支出用途) | 预算数 below 支出: the list's own head reaches over the amounts beside it.
        let lower: Vec<String> = path.iter().skip(1).map(|t| fold(t)).collect();
        if lower.iter().any(|t| is_list_head(t)) || current != Some(Side::Expenditure) {
            by_use = lower.iter().any(|t| t.contains("支出用途"));
        }
        let uses = (by_use || lower.iter().any(|t| t.contains("支出用途"))) && current == Some(Side::Expenditure);
        sides[col] = if uses { Some(Side::ExpenditureByUse) } else { current };
    }
    sides
}

/// Sets the side of every column of a two-sided table.
pub(crate) fn set_sides(grid: &Grid, header: &Header, columns: &mut [Column]) {
    let mut sides = head_sides(grid, header);
    if sides.iter().all(Option::is_none) {
        sides = sides_by_rows(grid, header, columns);
    }
    for (column, side) in columns.iter_mut().zip(sides) {
        column.side = side;
    }
}

/// 项目 | 金额 | 项目 | 金额 without 收入 and 支出 above: the lists themselves say which side they are.
fn sides_by_rows(grid: &Grid, header: &Header, columns: &[Column]) -> Vec<Option<Side>> {
    let blocks = blocks(columns);
    let says = |block: usize, words: &[&str]| {
        let items = (0..columns.len()).filter(|c| blocks[*c] == block && columns[*c].role == Role::Item);
        items
            .flat_map(|c| (header.body()..grid.rows()).map(move |r| (r, c)))
            .any(|(r, c)| has_any(grid.folded(r, c), words))
    };
    let last = blocks.last().copied().unwrap_or_default();
    if last == 0 || !says(0, &["收入", "拨款"]) || says(0, &["支出"]) || !says(1, &["支出"]) {
        return vec![None; columns.len()];
    }
    blocks.iter().map(|block| Some(if *block == 0 { Side::Revenue } else { Side::Expenditure })).collect()
}

/// The label columns that describe one value column, nearest first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Lane {
    /// Column indexes, nearest first.
    pub(crate) labels: Vec<usize>,
}

/// Finds the label columns of the value column `value`.
pub(crate) fn lane(columns: &[Column], value: usize) -> Lane {
    let candidates = candidates(columns, columns[value].side);
    let left: Vec<usize> = candidates.iter().copied().filter(|c| *c < value).collect();
    let blocks = blocks(columns);
    let nearest = left.iter().filter(|c| columns[**c].role.is_name()).map(|c| blocks[*c]).max();
    let mut labels: Vec<usize> = match nearest {
        None => candidates.clone(),
        Some(near) => left
            .iter()
            .copied()
            .filter(|c| blocks[*c] == near || columns[*c].role.is_whole_row() || nameless(columns, &blocks, blocks[*c]))
            .collect(),
    };
    if nearest.is_some() {
        let behind = candidates.iter().copied().filter(|c| *c > value && is_missing(columns, &labels, *c));
        let behind: Vec<usize> = behind.collect();
        labels.extend(behind);
    }
    labels.sort_by_key(|c| (*c > value, c.abs_diff(value)));
    Lane { labels }
}

/// Label columns of the same side; agency and project columns describe the whole row.
fn candidates(columns: &[Column], side: Option<Side>) -> Vec<usize> {
    let labels = || (0..columns.len()).filter(|c| columns[*c].role.is_label());
    let own: Vec<usize> = labels().filter(|c| columns[*c].side == side).collect();
    if side.is_none() {
        return if own.is_empty() { labels().collect() } else { own };
    }
    let named = own.iter().any(|c| columns[*c].role.is_name());
    let free = labels().filter(|c| columns[*c].side.is_none() && (!named || columns[*c].role.is_whole_row()));
    own.iter().copied().chain(free).collect()
}

/// Runs of label columns between value columns, numbered from the left.
fn blocks(columns: &[Column]) -> Vec<usize> {
    let mut block = 0;
    let mut was_value = false;
    let mut out = Vec::with_capacity(columns.len());
    for column in columns {
        let label = column.role.is_label();
        if label && was_value {
            block += 1;
        }
        // Dates and marks stand among the labels as often as among the figures.
        was_value = column.role.is_figure() || was_value && !label;
        out.push(block);
    }
    out
}

/// Whether a block has no name column: codes that stand apart from their names.
fn nameless(columns: &[Column], blocks: &[usize], block: usize) -> bool {
    !(0..columns.len()).any(|c| blocks[c] == block && columns[c].role.is_name())
}

/// An agency or project column behind the value, of a kind that the labels do not have yet.
fn is_missing(columns: &[Column], labels: &[usize], col: usize) -> bool {
    let role = columns[col].role;
    let whole = matches!(role, Role::AgencyCode | Role::AgencyName | Role::ProjectCode | Role::ProjectName);
    whole && !labels.iter().any(|l| columns[*l].role == role)
}
