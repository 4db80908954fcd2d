//! What each column of a table holds, from its header first and its content second.

use crate::model::money::MoneyUnit;
use crate::model::vocabulary::{Side, TableType};
use crate::reading::amount::{self, Reading};
use crate::reading::code::{self, Family};
use crate::reading::fold::{ends_in, fold, has_any};
use crate::reading::head::{self, Said};
use crate::reading::words::{
    AGENCY_ENDS, AGENCY_HEADS, AMOUNT_ENDS, COUNT_WORDS, LABEL_HEADS, PROJECT_TYPE_HEADS, SHARE_ENDS, TEXT_WORDS,
};
use crate::reading::{label, title, unit, year};
use crate::table::grid::Grid;
use crate::table::header::Header;
use rust_decimal::Decimal;

/// No share is printed as large as this in most rows.
const NO_SHARE: i64 = 1_000;

/// Words of heads over what is bought, as a list of purchases calls it.
const CATALOGUES: &[&str] = &["品目", "目录"];

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The row's label: 项目.
    Item,
    /// Amounts.
    Value,
    /// 增幅%, 占比, 完成率.
    Percent,
    /// 人数, 台数.
    Count,
    /// Years, months, dates.
    Date,
    /// Marks, ranks, weights.
    Score,
    /// Numbers that call something: postcodes, telephones, accounts.
    Identifier,
    /// Figures that may be money or another number: nothing proves either.
    Undecided,
    /// Other text: 备注.
    Text,
    /// 序号, 行次.
    Seq,
    /// 类 (0), 款 (1), 项 (2), 目 (3) in columns of their own.
    Part(Family, u8),
    /// The joined code.
    Code(Family),
    /// The name of a code.
    Name(Family),
    /// 单位代码.
    AgencyCode,
    /// 单位名称.
    AgencyName,
    /// 项目编码.
    ProjectCode,
    /// 项目名称.
    ProjectName,
    /// 类型.
    ProjectType,
}

impl Role {
    /// Whether the column says what a row is, not how much.
    pub(crate) fn is_label(self) -> bool {
        !self.is_figure() && !matches!(self, Self::Date | Self::Score | Self::Identifier)
    }

    /// Whether the column says how much.
    pub(crate) fn is_figure(self) -> bool {
        matches!(self, Self::Value | Self::Percent | Self::Count | Self::Undecided)
    }

    /// Whether the column names the row.
    pub(crate) fn is_name(self) -> bool {
        matches!(self, Self::Item | Self::Name(_) | Self::AgencyName | Self::ProjectName)
    }

    /// Columns that hold for the whole row, whatever the panel.
    pub(crate) fn is_whole_row(self) -> bool {
        matches!(self, Self::AgencyCode | Self::AgencyName | Self::ProjectCode | Self::ProjectName | Self::ProjectType)
    }

    fn has_family(self) -> bool {
        matches!(self, Self::Part(..) | Self::Code(_) | Self::Name(_))
    }

    fn with_family(self, family: Family) -> Self {
        match self {
            Self::Part(_, level) => Self::Part(family, level),
            Self::Code(_) => Self::Code(family),
            Self::Name(_) => Self::Name(family),
            other => other,
        }
    }
}

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    /// What it holds.
    pub(crate) role: Role,
    /// Panel of a side-by-side table.
    pub(crate) side: Option<Side>,
    /// Unit declared in its header.
    pub(crate) unit: Option<MoneyUnit>,
}

/// Counts over a column's body cells.
#[derive(Debug, Default, Clone)]
struct Content {
    amounts: usize,
    /// Figures that are years of these centuries.
    years: usize,
    /// Amounts that can be no code or running number: with a decimal point, a separator, zero or a sign.
    sure_amounts: usize,
    percents: usize,
    /// Amounts that are no shares: a thousand or more.
    large: usize,
    /// Amounts with decimals: no numbers of people and things.
    broken: usize,
    texts: usize,
    /// Texts that hold a figure nobody can read, or money of another country.
    unread: usize,
    codes: Vec<String>,
}

/// Everything that the rules for one column look at.
struct Heading<'a> {
    leaf: &'a str,
    path: &'a str,
    content: &'a Content,
    table_type: TableType,
    /// What the head says of the figures.
    said: Option<Said>,
    /// A column of words stands right beside.
    beside_words: bool,
}

/// Finds the role of every column.
pub(crate) fn assign(grid: &Grid, header: &Header, table_type: TableType) -> Vec<Column> {
    let contents: Vec<Content> = (0..grid.cols()).map(|c| content(grid, header, c)).collect();
    let mut columns: Vec<Column> = Vec::with_capacity(grid.cols());
    for (col, content) in contents.iter().enumerate() {
        let path = fold(&header.path(col));
        let leaf = header.paths.get(col).and_then(|p| p.last()).map(|t| unit::strip(&fold(t))).unwrap_or_default();
        let segments: Vec<String> = header.paths.get(col).into_iter().flatten().map(|t| fold(t)).collect();
        let said = head::column(&segments);
        let words = |c: Option<usize>| c.and_then(|c| contents.get(c)).is_some_and(|c| c.texts > c.amounts);
        let beside_words = words(col.checked_sub(1)) || words(Some(col + 1));
        let heading = Heading { leaf: &leaf, path: &path, content, table_type, said, beside_words };
        let named = from_heading(&heading);
        let coded = columns.iter().any(|c| matches!(c.role, Role::Code(_) | Role::Part(..)));
        let role = proved(reconcile(named, &heading, columns.last().map(|c| c.role)), &heading, coded);
        let unit = header.paths.get(col).and_then(|p| p.iter().rev().find_map(|t| unit::in_header(&fold(t))));
        columns.push(Column { role, side: None, unit });
    }
    set_purchases_aside(&mut columns, header);
    part_codes(&mut columns, &contents, header);
    resolve_families(&mut columns, &contents, header, table_type);
    name_agencies(&mut columns);
    columns
}

fn content(grid: &Grid, header: &Header, col: usize) -> Content {
    let mut content = Content::default();
    for row in header.body()..grid.rows() {
        // A note over the whole width belongs to no column.
        if grid.origin(row, col).is_none() || is_note_row(grid, row) {
            continue;
        }
        let folded = grid.folded(row, col);
        match grid.reading(row, col) {
            Reading::Blank => {}
            Reading::Amount(value, unit) => {
                content.amounts += 1;
                let plain = folded.bytes().all(|b| b.is_ascii_digit());
                content.sure_amounts += usize::from(!plain || value.is_zero() || unit.is_some());
                content.years += usize::from(year::is_year(folded));
                content.large += usize::from(value.abs() >= Decimal::from(NO_SHARE));
                content.broken += usize::from(!value.fract().is_zero());
                if plain {
                    content.codes.push(folded.to_owned());
                }
            }
            Reading::Several => {
                content.amounts += 1;
                content.sure_amounts += 1;
            }
            Reading::Other if folded.ends_with('%') || folded.starts_with('#') => content.percents += 1,
            Reading::Other => {
                if let Some(digits) = code::undotted(folded) {
                    content.codes.push(digits);
                    continue;
                }
                content.texts += 1;
                let printed = grid.cell(row, col).map_or("", |cell| cell.text.as_str());
                content.unread += usize::from(amount::is_unread(printed) || amount::foreign(printed).is_some());
            }
        }
    }
    content
}

fn is_note_row(grid: &Grid, row: usize) -> bool {
    match grid.starts(row)[..] {
        [col] => {
            let wide = grid.width(row, col) > 1 && grid.width(row, col) * 2 > grid.cols();
            wide || title::is_note(grid.folded(row, col))
        }
        _ => false,
    }
}

/// The role that the header names, if it names one.
fn from_heading(h: &Heading) -> Option<Role> {
    let leaf = h.leaf;
    if leaf.is_empty() {
        return None;
    }
    if matches!(leaf, "序号" | "行次" | "栏次" | "序" | "顺序号") || leaf == "编号" && h.content.texts == 0
    {
        return Some(Role::Seq);
    }
    match leaf {
        "类" => return Some(Role::Part(Family::Function, 0)),
        "款" => return Some(Role::Part(Family::Function, 1)),
        "项" => return Some(Role::Part(Family::Function, 2)),
        "目" => return Some(Role::Part(Family::Function, 3)),
        _ => {}
    }
    if is_goal_column(h) {
        return Some(Role::Text);
    }
    if is_percent(h) {
        return Some(Role::Percent);
    }
    // 期限（年）, 里程（公里）: what is counted stands in brackets.
    if label::is_count(leaf) && h.content.texts == 0 {
        return Some(Role::Count);
    }
    // 邮政编码 and 统一社会信用代码 are no codes of the books.
    if h.said == Some(Said::Identifier) {
        return Some(if h.content.texts > h.content.amounts { Role::Text } else { Role::Identifier });
    }
    from_code_or_name(h).or_else(|| from_words(h))
}

/// Goals, indicators and their weights are text even where they print figures.
fn is_goal_column(h: &Heading) -> bool {
    has_any(h.leaf, &["指标", "权重", "分值", "得分", "度量单位", "计量单位"])
        || h.path.contains("指标") && !has_any(h.leaf, &["金额", "资金总额", "预算数"])
        || ends_in(h.leaf, &["年度目标", "绩效目标", "总体目标", "目标值"])
}

/// 增幅%, 占比: a share is no amount. 费率 and 利率 words are not used in these tables.
fn is_percent(h: &Heading) -> bool {
    // 增幅% may be the head over two years' columns.
    let amount = matches!(h.leaf, "金额" | "数额" | "绝对额" | "增减额" | "总额");
    let share = || h.path.contains('%') || h.path.split('/').any(|segment| SHARE_ENDS.ends(&unit::strip(segment)));
    !amount && share() || h.content.percents > 0 && h.content.amounts == 0 && h.content.texts == 0
}

fn from_code_or_name(h: &Heading) -> Option<Role> {
    let leaf = h.leaf;
    // 类款项, 类/款/项: the whole code in one column.
    if matches!(leaf.replace(['、', '/', ',', '·', '-', '.'], "").as_str(), "类款项" | "类款" | "类款项目") {
        return Some(Role::Code(Family::Function));
    }
    let code = has_any(leaf, &["编码", "代码", "编号"]);
    let book = has_any(leaf, &["科目", "经济分类", "功能分类", "经济科目"]);
    if code && has_any(leaf, &["项目编", "项目代", "项目(编码)", "专项编"]) && !book {
        return Some(Role::ProjectCode);
    }
    if code && !book && has_any(leaf, &["单位", "部门", "机构"]) {
        return Some(Role::AgencyCode);
    }
    // 品目编码 and 目录代码 number what is bought, by lists of their own.
    if code && !book && has_any(leaf, CATALOGUES) {
        return Some(Role::Text);
    }
    if code {
        return Some(Role::Code(Family::Function));
    }
    // A column that mixes agencies and functions (单位（科目名称）) names functions.
    if book && (leaf.contains("名称") || ends_in(leaf, &["科目", "分类", "类科目"])) {
        return Some(Role::Name(Family::Function));
    }
    if leaf == "预算项目" && is_of_purchases(h.table_type) {
        return Some(Role::ProjectName);
    }
    if has_any(leaf, &["项目名称", "专项名称", "专项资金名称", "采购项目", "项目(名称)", "资金项目"])
        && !is_list_table(h.table_type)
    {
        return Some(Role::ProjectName);
    }
    let agency = AGENCY_ENDS.ends(leaf) || AGENCY_HEADS.has(leaf);
    agency.then_some(Role::AgencyName)
}

/// Tables of what is bought, each line for a project of the budget.
fn is_of_purchases(table_type: TableType) -> bool {
    matches!(table_type, TableType::GovernmentProcurement | TableType::ServicePurchase | TableType::ProjectExpenditure)
}

/// 采购品目 and 采购项目 beside 项目名称 or 预算项目: what is bought for a project names no row, the project does.
fn set_purchases_aside(columns: &mut [Column], header: &Header) {
    let path = |col: usize| fold(&header.path(col));
    let projects: Vec<usize> = (0..columns.len()).filter(|c| columns[*c].role == Role::ProjectName).collect();
    if projects.is_empty() {
        return;
    }
    let budgeted = projects.iter().any(|c| !path(*c).contains("采购"));
    for (col, column) in columns.iter_mut().enumerate() {
        let bought = match column.role {
            Role::ProjectName => budgeted && path(col).contains("采购"),
            Role::Item | Role::Name(_) => has_any(&path(col), CATALOGUES),
            _ => false,
        };
        if bought {
            column.role = Role::Text;
        }
    }
}

/// Lists whose 项目名称 names a line of the summary, not a project.
fn is_list_table(table_type: TableType) -> bool {
    matches!(
        table_type,
        TableType::RevenueExpenditureSummary
            | TableType::FiscalAppropriationSummary
            | TableType::RevenueSummary
            | TableType::ThreePublic
            | TableType::OperatingExpenses
    )
}

fn from_words(h: &Heading) -> Option<Role> {
    let leaf = h.leaf;
    if PROJECT_TYPE_HEADS.has(leaf) {
        return Some(Role::ProjectType);
    }
    // 公式 (A=B+C) beside 项目 says how a row is calculated.
    if has_any(leaf, &["公式", "勾稽关系"]) && h.content.texts > h.content.amounts {
        return Some(Role::Text);
    }
    // 电话 and 采购方式 are words, 电话费 is money.
    let charge = leaf.ends_with(['费', '款', '额']) && h.content.amounts > h.content.texts;
    if TEXT_WORDS.is_in(leaf) && !charge {
        return Some(Role::Text);
    }
    let counted = COUNT_WORDS.is_in(leaf);
    if counted && !has_any(leaf, &["金额", "经费"]) {
        return Some(Role::Count);
    }
    let amount =
        AMOUNT_ENDS.ends(leaf) || matches!(leaf, "货物" | "工程" | "服务" | "货物类" | "工程类" | "服务类" | "单价");
    if amount {
        return Some(Role::Value);
    }
    let label = LABEL_HEADS.has(leaf) || has_any(leaf, &["品目", "物品", "货物名称", "功能分类", "资金来源"]);
    label.then_some(Role::Item)
}

/// Puts the header's word to the test of the column's content.
fn reconcile(named: Option<Role>, h: &Heading, before: Option<Role>) -> Role {
    let c = h.content;
    let figures = c.sure_amounts > 0 && c.amounts > c.texts;
    let words = c.texts > c.amounts && c.texts > 0;
    match named {
        // 约83.17 below 金额 is a figure that cannot be read, no word.
        Some(Role::Value) if words && c.texts > c.amounts + c.unread => Role::Item,
        Some(Role::Item | Role::ProjectName | Role::AgencyName) if figures => figures_below(h),
        Some(Role::Name(family)) if figures => {
            if c.texts == 0 {
                figures_below(h)
            } else {
                Role::Name(family)
            }
        }
        Some(Role::Name(family)) if c.texts == 0 && c.codes.len() > 1 && all_codes(c) => Role::Code(family),
        Some(Role::Code(family)) if c.texts > 2 && c.codes.is_empty() => Role::Name(family),
        Some(Role::Item) if all_codes(c) && c.texts * 4 <= c.codes.len() => Role::Code(Family::Function),
        Some(role) => role,
        None if words => unnamed_text(before),
        None if h.leaf.is_empty() && is_running(c) => Role::Seq,
        // Among goals only a column that says so holds money.
        None if h.table_type == TableType::ProjectPerformanceSummary && !(h.leaf.is_empty() && figures) => Role::Text,
        None => figures_below(h),
    }
}

/// What a column of figures holds by its head alone.
fn figures_below(h: &Heading) -> Role {
    match h.said {
        Some(Said::Money) => Role::Value,
        Some(Said::Share) => Role::Percent,
        Some(Said::Count) => Role::Count,
        Some(Said::Date) => Role::Date,
        Some(Said::Score) => Role::Score,
        Some(Said::Identifier) => Role::Identifier,
        Some(Said::Either) | None => Role::Undecided,
    }
}

/// Puts a column of amounts to the test: a head above the amounts may name another kind of number, and what nothing names is
/// told by what it holds. `coded`: a column of codes stands on the left.
fn proved(role: Role, h: &Heading, coded: bool) -> Role {
    let c = h.content;
    match role {
        // Shares of 208,485 and counts of 1,234.56 are none, whatever the head was taken for.
        Role::Percent if c.percents == 0 && c.large * 2 > c.amounts => Role::Undecided,
        Role::Count if c.large > 0 && c.broken * 2 > c.amounts && h.said != Some(Said::Count) => Role::Undecided,
        // 合计 below 人数 counts.
        Role::Value if h.said.is_some_and(|said| !matches!(said, Said::Money | Said::Either)) => figures_below(h),
        // 定额 ends as 金额 does.
        Role::Value if h.said == Some(Said::Either) => Role::Undecided,
        // A date is no 83.17.
        Role::Date if c.sure_amounts > 0 => Role::Undecided,
        Role::Undecided if c.years > 0 && c.years == c.amounts => Role::Date,
        Role::Undecided if h.beside_words && !coded && is_code_column(c) => Role::Code(Family::Function),
        // A blank column has nothing to decide.
        Role::Undecided if c.amounts + c.texts + c.percents == 0 => Role::Value,
        other => other,
    }
}

/// Whether a column's numbers are codes of the books, agencies' numbers among them.
fn is_code_column(c: &Content) -> bool {
    let class = |t: &str| t.get(..3).and_then(code::class_name).is_some();
    let fits = |t: &&String| matches!(t.len(), 3 | 5 | 7) && class(t);
    let all = c.codes.len();
    all > 1 && c.sure_amounts == 0 && c.texts * 4 <= all && c.codes.iter().filter(fits).count() * 4 >= all * 3
}

/// Running numbers 1, 2, 3 … in a column without a heading.
fn is_running(c: &Content) -> bool {
    c.texts == 0
        && c.codes.len() >= 3
        && c.codes.len() == c.amounts
        && c.codes.iter().enumerate().all(|(i, t)| t.parse() == Ok(i + 1))
}

/// A text column without a known heading: beside codes it holds their names, beside a label it is a finer label.
fn unnamed_text(before: Option<Role>) -> Role {
    match before {
        Some(Role::Code(family) | Role::Part(family, _)) => Role::Name(family),
        None
        | Some(
            Role::Item
            | Role::Seq
            | Role::AgencyCode
            | Role::Value
            | Role::Undecided
            | Role::Date
            | Role::Score
            | Role::Identifier,
        ) => Role::Item,
        Some(_) => Role::Text,
    }
}

/// Whether a column's numbers are all codes of the books (three, five or seven digits in the right ranges).
fn all_codes(c: &Content) -> bool {
    !c.codes.is_empty()
        && c.sure_amounts == 0
        && c.codes.iter().all(|t| matches!(t.len(), 3 | 5 | 7) && Family::of_code(t).is_some())
}

/// Two or three columns below one head 科目编码, a class in the first and short digits behind it: 类, 款 and 项 without their names.
fn part_codes(columns: &mut [Column], contents: &[Content], header: &Header) {
    let class = |c: &Content| c.codes.iter().any(|code| code.len() == 3) && c.codes.iter().all(|c| c.len() >= 3);
    let short = |c: &Content| c.codes.iter().any(|code| code.len() <= 2) && c.codes.iter().all(|c| c.len() <= 2);
    for first in 0..columns.len() {
        let alike = |col: &usize| {
            matches!(columns[*col].role, Role::Code(_) | Role::Undecided | Role::Seq)
                && header.path(*col) == header.path(first)
        };
        if !matches!(columns[first].role, Role::Code(_)) || !class(&contents[first]) {
            continue;
        }
        let behind: Vec<usize> =
            (first + 1..columns.len().min(first + 3)).take_while(alike).take_while(|c| short(&contents[*c])).collect();
        for (level, col) in (0..).zip(std::iter::once(first).chain(behind.iter().copied())) {
            if !behind.is_empty() {
                columns[col].role = Role::Part(Family::Function, level);
            }
        }
    }
}

/// Sets the family of every code and name column: what the codes themselves say, else the header, else the table.
fn resolve_families(columns: &mut [Column], contents: &[Content], header: &Header, table_type: TableType) {
    let mut last: Option<(Family, usize)> = None;
    for col in 0..columns.len() {
        let role = columns[col].role;
        if !role.has_family() {
            if role == Role::Value {
                last = None;
            }
            continue;
        }
        let path = fold(&header.path(col));
        let family = match role {
            // 款 and 项 belong to the 类 on their left; a name to its code.
            Role::Part(_, 1..) | Role::Name(_) if last.is_some() && !restarts(&path, last, role) => last.map(|l| l.0),
            _ => by_codes(&contents[col]),
        };
        let family = family.or_else(|| by_words(&path)).unwrap_or_else(|| by_table(table_type));
        columns[col].role = role.with_family(family);
        last = Some((family, col));
    }
}

/// Whether a name column belongs to another classification than the code on its left: its header says so.
fn restarts(path: &str, last: Option<(Family, usize)>, role: Role) -> bool {
    matches!(role, Role::Name(_)) && by_words(path).is_some_and(|f| Some(f) != last.map(|l| l.0))
}

/// The family that most of a column's codes belong to. Codes of five and seven digits decide alone where there are
/// any: agencies' numbers of three digits (311, 229, 254) look like classes.
fn by_codes(content: &Content) -> Option<Family> {
    let long: Vec<&String> = content.codes.iter().filter(|c| matches!(c.len(), 5 | 7)).collect();
    let short: Vec<&String> = content.codes.iter().filter(|c| c.len() == 3).collect();
    let codes = if long.is_empty() { short } else { long };
    let count = |family| codes.iter().filter(|c| Family::of_code(c) == Some(family)).count();
    let best = Family::ALL.into_iter().max_by_key(|f| (count(*f), std::cmp::Reverse(*f)))?;
    (count(best) * 2 > codes.len()).then_some(best)
}

fn by_words(path: &str) -> Option<Family> {
    if path.contains("经济") {
        return Some(if has_any(path, &["政府预算", "政府支出", "政府经济"]) {
            Family::GovernmentEconomic
        } else {
            Family::DepartmentEconomic
        });
    }
    path.contains("功能").then_some(Family::Function)
}

fn by_table(table_type: TableType) -> Family {
    match table_type {
        TableType::GeneralPublicBasicExpenditure
        | TableType::GeneralPublicBasicDetail
        | TableType::EconomicClassificationSummary
        | TableType::OperatingExpenses => Family::DepartmentEconomic,
        _ => Family::Function,
    }
}

/// 单位名称（科目） beside 单位代码 in a table without any code of the books names agencies.
fn name_agencies(columns: &mut [Column]) {
    let coded = columns.iter().any(|c| matches!(c.role, Role::Code(_) | Role::Part(..)));
    let agencies = columns.iter().any(|c| c.role == Role::AgencyCode);
    if agencies && !coded {
        for column in columns.iter_mut().filter(|c| matches!(c.role, Role::Name(_))) {
            column.role = Role::AgencyName;
        }
    }
}
