//! Body rows as one lane of label columns sees them: label, codes, place in the hierarchy.

use crate::model::fact::Coded;
use crate::model::vocabulary::RowKind;
use crate::reading::amount::Reading;
use crate::reading::books;
use crate::reading::code::{self, Family};
use crate::reading::fold::{fold, squash};
use crate::reading::label;
use crate::table::codes::{self, Lines, RowCode};
use crate::table::column::{Column, Role};
use crate::table::grid::Grid;
use crate::table::header::Header;
use crate::table::panel::Lane;
use crate::table::row::Row;
use crate::table::{hierarchy, income};

/// A code has at most these parts: 类, 款, 项, and 目 in the books of income.
const PARTS: u8 = 4;

/// The table as the row builder needs it.
pub(crate) struct Body<'a> {
    pub(crate) grid: &'a Grid<'a>,
    pub(crate) header: &'a Header,
    pub(crate) columns: &'a [Column],
    /// The last codes of the table that this one goes on with.
    pub(crate) above: &'a [String],
}

/// Builds every body row of a lane, top to bottom.
pub(crate) fn build(body: &Body, lane: &Lane) -> Vec<Row> {
    let first = body.header.body().min(body.grid.rows());
    let lines = Lines { grid: body.grid, columns: body.columns, first, labels: &lane.labels };
    let above = |family| body.above.iter().map(String::as_str).find(|code| Family::of_code(code) == Some(family));
    let codes: Vec<(Family, Vec<RowCode>)> =
        Family::ALL.into_iter().map(|family| (family, codes::read(&lines, family, above(family)))).collect();
    let read = |row: usize| {
        let own = codes.iter().filter_map(|(family, codes)| Some((*family, codes.get(row - first)?)));
        Reader { body, lane, row }.read(own)
    };
    let mut rows: Vec<Row> = (first..body.grid.rows()).map(read).collect();
    for (row, line) in (first..).zip(&mut rows) {
        if line.label.is_empty() && line.codes.is_empty() && line.unsure.is_none() {
            line.label = total_before(body, lane, row);
        }
    }
    join_wrapped(body, first, &mut rows);
    income::adopt(&mut rows);
    let labelled = lane.labels.iter().any(|c| body.columns[*c].role != Role::Seq);
    hierarchy::place(&mut rows, labelled);
    for (row, line) in (first..).zip(&mut rows) {
        if let Some(group) = group_beside(body, lane, row, &line.label) {
            line.path = format!("{group} / {}", line.path);
            line.level += 1;
        }
    }
    rows
}

/// The head of a group that stands merged downwards beside its items: 财政拨款 | 小计, 一般公共预算, 政府性基金预算.
fn group_beside<'a>(body: &Body<'a>, lane: &Lane, row: usize, label: &str) -> Option<&'a str> {
    let items = || lane.labels.iter().copied().filter(|c| body.columns[*c].role == Role::Item);
    let own = items().find(|c| body.grid.printed(row, *c) == label)?;
    let left = items().filter(|c| *c < own).max()?;
    let tall = body.grid.cell(row, left).is_some_and(|cell| cell.row_span > 1 && cell.col + cell.col_span <= own);
    Some(body.grid.printed(row, left)).filter(|group| tall && !group.is_empty() && *group != label)
}

/// 合计 in the column of names is the row's label and nobody's name.
fn clear_total(coded: &mut Coded) {
    if matches!(label::kind(&fold(&coded.name)), RowKind::Total | RowKind::Subtotal) {
        coded.name.clear();
    }
}

/// 机关事业单位基本养老保险缴费支 over 出（项）: a row without figures whose text and the next row's make one name of the books, which the
/// second half alone does not, is the first line of that row's label.
fn join_wrapped(body: &Body, first: usize, rows: &mut [Row]) {
    let figures = |row: usize| {
        let amounts = (0..body.grid.cols()).filter(|c| body.columns[*c].role == Role::Value);
        amounts.into_iter().any(|c| !matches!(body.grid.reading(row, c), Reading::Blank))
    };
    for at in 1..rows.len() {
        let [.., above, own] = &mut rows[..=at] else { continue };
        let bare = !above.label.is_empty() && !own.label.is_empty() && above.codes.is_empty() && own.codes.is_empty();
        if !bare || figures(first + at - 1) || !figures(first + at) {
            continue;
        }
        let joined = format!("{}{}", above.label, own.label);
        let named = !books::named(&joined).is_empty() && books::named(&own.label).is_empty();
        // …(含专用结 over 余), …财政拨 over 款: what cannot stand alone.
        let (head, tail) = (fold(&above.label), fold(&own.label));
        let open = |text: &str, bracket: char| text.contains(bracket);
        let bracket = open(&head, '(') && !open(&head, ')') && open(&tail, ')') && !open(&tail, '(');
        if named || bracket || tail.chars().count() == 1 {
            own.label = joined;
            above.label.clear();
        }
    }
}

/// 公用经费合计 in the middle of several lists, its amount below the last one, nothing between them: the total's label; nothing else
/// reaches so far.
fn total_before(body: &Body, lane: &Lane, row: usize) -> String {
    let Some(nearest) = lane.labels.first() else { return String::new() };
    let text = (0..*nearest).rev().map(|col| body.grid.printed(row, col)).find(|text| !text.is_empty());
    text.filter(|text| label::kind(&fold(text)) == RowKind::Total).unwrap_or_default().to_owned()
}

struct Reader<'a> {
    body: &'a Body<'a>,
    lane: &'a Lane,
    row: usize,
}

impl Reader<'_> {
    fn read<'c>(&self, codes: impl Iterator<Item = (Family, &'c RowCode)>) -> Row {
        let mut row = Row::default();
        let mut stray = String::new();
        for (family, code) in codes {
            match code {
                RowCode::Unsure(length) => row.unsure = Some(*length),
                RowCode::Whole(text) | RowCode::Other(text) if code::is_digits(text) => {
                    let name = self.get(Role::Name(family));
                    row.codes.insert(family, Coded { code: text.clone(), name });
                }
                // 合计 merged over the code columns is the row's label.
                RowCode::Whole(_) | RowCode::Other(_) if stray.is_empty() => stray = self.family_text(family),
                RowCode::Nothing | RowCode::Whole(_) | RowCode::Other(_) => {}
            }
        }
        row.agency = Coded { code: fold(&self.get(Role::AgencyCode)), name: self.get(Role::AgencyName) };
        row.project = Coded { code: fold(&self.get(Role::ProjectCode)), name: self.get(Role::ProjectName) };
        row.project_type = self.get(Role::ProjectType);
        row.label = self.label(&stray);
        sort_identifiers(&mut row, self.project_column_holds_agencies());
        sort_families(&mut row);
        clear_total(&mut row.agency);
        clear_total(&mut row.project);
        row
    }

    /// The nearest text printed in a column of this role.
    fn get(&self, role: Role) -> String {
        let columns = self.lane.labels.iter().filter(|c| self.body.columns[**c].role == role);
        let mut texts = columns.map(|c| self.body.grid.printed(self.row, *c)).filter(|t| !t.is_empty());
        texts.next().unwrap_or_default().to_owned()
    }

    /// What is printed in the code columns of a family, for a label.
    fn family_text(&self, family: Family) -> String {
        let whole = self.get(Role::Code(family));
        if !whole.is_empty() {
            return whole;
        }
        (0..PARTS).map(|level| self.get(Role::Part(family, level))).find(|t| !t.is_empty()).unwrap_or_default()
    }

    /// The most specific name printed: a project before a classification before the agency.
    fn label(&self, stray: &str) -> String {
        let order = [
            Role::Item,
            Role::ProjectName,
            Role::Name(Family::DepartmentEconomic),
            Role::Name(Family::GovernmentEconomic),
            Role::Name(Family::Function),
            Role::AgencyName,
        ];
        let named = order.into_iter().map(|role| self.get(role)).find(|t| !t.is_empty());
        if let Some(named) = named {
            return named;
        }
        if !stray.is_empty() {
            return stray.to_owned();
        }
        for role in [Role::AgencyCode, Role::ProjectCode] {
            let text = self.get(role);
            if !text.is_empty() && !code::is_identifier(&fold(&text)) {
                return text;
            }
        }
        let rest = [Role::Text, Role::ProjectType, Role::Seq, Role::AgencyCode, Role::ProjectCode];
        let running = |role: Role, text: &str| role == Role::Seq && code::is_digits(&fold(text));
        rest.into_iter()
            .map(|role| (role, self.get(role)))
            .find(|(r, t)| !t.is_empty() && !running(*r, t))
            .map(|(_, t)| t)
            .unwrap_or_default()
    }

    /// 单位编码（项目编码）: one column for the numbers of agencies and of projects.
    fn project_column_holds_agencies(&self) -> bool {
        let column = self.lane.labels.iter().find(|c| self.body.columns[**c].role == Role::ProjectCode);
        column.is_some_and(|c| fold(&self.body.header.path(*c)).contains("单位"))
    }
}

/// Sorts out agencies' and projects' numbers: wrapped digits joined, agencies' numbers found in columns of another kind.
fn sort_identifiers(row: &mut Row, mixed: bool) {
    // 20-digit project numbers against agencies' numbers of three to nine digits.
    let short = code::is_digits(&row.project.code) && row.project.code.len() <= 9;
    if mixed && short && row.agency.code.is_empty() {
        row.agency = Coded { code: std::mem::take(&mut row.project.code), name: std::mem::take(&mut row.project.name) };
    }
    if !code::is_identifier(&row.agency.code) {
        row.agency.code.clear();
    }
    if !code::is_identifier(&row.project.code) {
        row.project.code.clear();
        if let Some((number, name)) = code::split_project(&row.label).map(owned) {
            row.project = Coded { code: number, name };
        }
    }
    if (3..=9).contains(&row.project_type.len()) && code::is_digits(&fold(&row.project_type)) {
        row.agency.code = fold(&std::mem::take(&mut row.project_type));
    }
    if let Some((number, name)) = code::split_name(&row.project.name).map(owned)
        && row.project.code.is_empty()
        && number.len() > 9
    {
        row.project = Coded { code: number, name };
    }
    if let Some((number, name)) = code::split_name(&row.agency.name).map(owned)
        && row.agency.code.is_empty()
    {
        row.agency = Coded { code: number, name };
    }
}

fn owned(pair: (&str, &str)) -> (String, String) {
    (pair.0.to_owned(), pair.1.to_owned())
}

/// Moves codes to the family that their digits say, agencies' numbers to the agency, and takes fused cells apart.
fn sort_families(row: &mut Row) {
    let printed = std::mem::take(&mut row.codes);
    for (family, mut coded) in printed {
        if coded.name.is_empty() {
            coded.name = squash(&row.label);
        }
        if code::is_agency(&coded.code, &coded.name) && !is_item(&coded.name) {
            row.agency.code = coded.code;
            continue;
        }
        if !code::is_whole(&coded.code) {
            row.unsure = Some(codes::meant(coded.code.len()));
            continue;
        }
        let family = Family::of_code(&coded.code).filter(|_| coded.code.len() >= 5).unwrap_or(family);
        row.codes.insert(family, coded);
    }
    if row.codes.is_empty()
        && let Some((number, name)) = code::split_fused(&row.label)
        && let Some(family) = Family::of_code(&number)
        && !code::is_agency(&number, &name)
    {
        row.codes.insert(family, Coded { code: number, name });
    }
    if row.codes.is_empty() && !row.agency.code.is_empty() && row.agency.name.is_empty() {
        row.agency.name.clone_from(&row.label);
    }
}

/// Whether a row is called as a 款 or 项 of the books is, which no agency is.
fn is_item(name: &str) -> bool {
    !code::is_organisation(name) && !books::named(name).is_empty()
}
