//! Where are the indicator columns? By the header's words, wherever they stand in the grid.

use crate::indicator::grid::Grid;

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

/// The role that a header word gives its column. The synonyms are those of the provinces' forms.
fn role(word: &str) -> Option<Role> {
    let core = core(word);
    // 2024年度指标值 and 年度指标值 are the same head.
    let undated = match core.get(..4).filter(|year| year.starts_with("20") && year.bytes().all(|b| b.is_ascii_digit()))
    {
        Some(_) => core.get(4..).unwrap_or_default().trim_start_matches(['年', '度']),
        None => core.as_str(),
    };
    Some(match undated {
        "一级" | "一级指标" | "一级绩效指标" => Role::Level1,
        "二级" | "二级指标" | "二级绩效指标" | "指标类型" | "指标类别" => Role::Level2,
        "三级" | "三级指标" | "三级绩效指标" | "指标名称" | "绩效指标名称" | "指标内容" | "具体指标" | "指标" => {
            Role::Name
        }
        "指标性质" | "绩效指标性质" | "性质" | "计算符号" | "符号" | "运算符号" | "比较符号" | "指标符号"
        | "运算符" | "目标值符号" => Role::Operator,
        word if is_target(word) => Role::Target,
        "度量单位" | "计量单位" | "绩效度量单位" | "指标单位" | "指标值单位" | "单位" => {
            Role::Unit
        }
        "权重" | "指标权重" | "分值" | "分值权重" | "绩效指标权重" | "指标分值" | "权重分值" | "分数" => {
            Role::Weight
        }
        "指标方向性" | "方向性" | "指标方向" | "方向" => Role::Direction,
        "指标值说明"
        | "指标说明"
        | "指标解释"
        | "指标解释及计算公式"
        | "指标解释和计算公式"
        | "说明"
        | "备注"
        | "评分标准"
        | "计算公式"
        | "指标值内容"
        | "指标内涵"
        | "评扣分标准"
        | "指标值设定依据"
        | "绩效指标说明" => Role::Note,
        "是否核心指标" | "是否核心" | "核心指标" => Role::Core,
        _ => return None,
    })
}

/// Whether a header word (without its year) stands over targets.
fn is_target(word: &str) -> bool {
    matches!(
        word,
        "指标值"
            | "目标值"
            | "年度指标值"
            | "绩效指标值"
            | "绩效目标值"
            | "年度目标值"
            | "预期指标值"
            | "计划指标值"
            | "指标目标值"
            | "全年指标值"
            | "年初目标值"
            | "预期目标值"
            | "预期值"
            | "指标值及单位"
            | "指标值及计量单位"
            | "指标值及度量单位"
            | "指标性质及指标值"
            | "指标性质和指标值"
            | "全年目标值"
            | "预期完成值"
            | "计划值"
            | "年度绩效指标值"
            | "本年度指标值"
            | "预期当年实现值"
            | "年初指标值"
            | "目标指标值"
    )
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
