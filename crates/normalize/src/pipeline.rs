//! From an extraction to a normalized document, table by table.

use crate::check::{engine, mark};
use crate::model::document::NormalizedDocument;
use crate::model::doubt::Doubt;
use crate::model::fact::{Coded, Fact};
use crate::model::measured::printed_decimals;
use crate::model::money::{MoneyUnit, UnitSource};
use crate::model::statement::Statement;
use crate::model::vocabulary::{ColumnKind, FactFlag, RowKind, TableState, TableType};
use crate::reading::code::Family;
use crate::reading::fold::fold;
use crate::reading::{amount, label, title, unit, year};
use crate::settle::{additive, contents, units};
use crate::table::caption::{self, Captions};
use crate::table::classify::{self, Evidence};
use crate::table::column::{self, Column, Role};
use crate::table::dimension::{self, Said};
use crate::table::grid::Grid;
use crate::table::header::{self, Header};
use crate::table::panel::{self, Lane};
use crate::table::repair::{self, glued, restore};
use crate::table::row::{self, Body, Row};
use crate::table::{money_form, state};
use crate::{Context, identity, indicator, narrative};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use yusuan_extract::{Extraction, RawTable, TextLine};

/// A finder's confidence below which a table's figures are marked.
const LOW_CONFIDENCE: f64 = 0.5;

/// Normalizes one document.
pub(crate) fn run(extraction: Extraction, context: &Context) -> NormalizedDocument {
    let whole = document_unit(&extraction.lines);
    let mut statements: Vec<Statement> = Vec::with_capacity(extraction.tables.len());
    for (index, raw) in extraction.tables.iter().enumerate() {
        let surroundings = Surroundings { lines: &extraction.lines, index, whole };
        let statement = statement(raw.clone(), &surroundings, statements.last());
        statements.push(statement);
    }
    settle_basic(&mut statements);
    units::settle(&mut statements);
    for statement in &mut statements {
        additive::settle(statement);
        statement.indicators = indicator::indicators(statement);
        statement.doubts.extend(indicator::shifted(&statement.indicators));
    }
    let titles: Vec<String> = statements.iter().map(|s| s.title.clone()).collect();
    let identity = identity::identify(&extraction, &titles, context);
    settle_periods(&mut statements, identity.year);
    let tables_missing = contents::missing(&extraction, &statements);
    let paragraphs = narrative::paragraph::build(&extraction.lines);
    let prose = narrative::read(&paragraphs, &mut statements, identity.year);
    let checks = engine::run(&engine::Scene { statements: &statements, prose: &prose, paragraphs: &paragraphs });
    mark::failed(&mut statements, &checks);
    let Extraction { format, pages, diagnostics, .. } = extraction;
    let corrections = Vec::new();
    NormalizedDocument { format, pages, identity, statements, prose, checks, tables_missing, diagnostics, corrections }
}

/// 2023年预算数 beside 2024年预算数 in a table without a year in its title: the document's year says which is last year's.
fn settle_periods(statements: &mut [Statement], year: Option<i32>) {
    for statement in statements.iter_mut().filter(|s| year::first(&fold(&s.title)).is_none()) {
        let paths = statement.facts.iter().map(|f| f.column_path.as_str());
        let Some(year) = year.or_else(|| year::latest(paths)) else { continue };
        for fact in &mut statement.facts {
            if let Some(period) = dimension::dated(fact.period, &fact.column_path, year) {
                fact.period = Some(period);
            }
        }
    }
}

/// What a table may draw on besides itself.
struct Surroundings<'a> {
    lines: &'a [TextLine],
    index: usize,
    whole: Option<MoneyUnit>,
}

/// A unit that a sentence states for all tables; none if two sentences state different ones.
fn document_unit(lines: &[TextLine]) -> Option<MoneyUnit> {
    let mut units = lines.iter().filter_map(|l| unit::in_statement(&fold(&l.text)));
    let first = units.next()?;
    units.all(|u| u == first).then_some(first)
}

/// A 基本支出明细表 that lists codes, not pay items or projects, is the basic expenditure table itself where the
/// document has no other one (基本支出明细表（按功能科目分类）).
fn settle_basic(statements: &mut [Statement]) {
    if statements.iter().any(|s| s.table_type == TableType::GeneralPublicBasicExpenditure) {
        return;
    }
    let by_code = |f: &Fact| f.project.name.is_empty() && f.project_type.is_empty();
    for statement in statements.iter_mut().filter(|s| s.table_type == TableType::GeneralPublicBasicDetail) {
        let coded = statement.facts.iter().any(|f| {
            !f.function.code.is_empty()
                || !f.department_economic.code.is_empty()
                || !f.government_economic.code.is_empty()
        });
        if coded && statement.title.contains("基本支出") && statement.facts.iter().all(by_code) {
            statement.table_type = TableType::GeneralPublicBasicExpenditure;
        }
    }
}

fn statement(mut raw: RawTable, around: &Surroundings, previous: Option<&Statement>) -> Statement {
    let parted = glued::part(&mut raw);
    let grid = Grid::new(&raw);
    let mut captions = caption::read(&raw, &grid, around.lines, around.index);
    let mut header = header::find(&grid, captions.first_row);
    let continued = previous.filter(|p| continues(p, &raw, &captions, (&grid, &header)));
    if let Some(before) = continued {
        inherit(before, &mut captions, &mut header);
    }
    let table_type = match continued {
        Some(before) => before.table_type,
        None => table_type(&raw, &grid, &captions, &header),
    };
    let is_form = is_form(table_type);
    if is_form {
        header = Header::none(captions.first_row, grid.cols());
    }
    let restored = restore::restore(&grid, &mut header);
    let columns = columns(&grid, &header, table_type);
    let (unit, unit_source) = table_unit(&captions, &columns, around.whole);
    let scene = Scene {
        grid: &grid,
        header: &header,
        columns: &columns,
        table_type,
        captions: &captions,
        unit,
        unit_source,
        restored: &restored,
        parted: &parted,
        money: money_columns(&grid, &header, table_type),
    };
    let facts = if is_form { Vec::new() } else { facts(&scene, &raw) };
    let found = state(&scene, &facts, is_form);
    let doubts = doubts(&captions, &facts);
    let most_decimals = facts.iter().map(|f| printed_decimals(&f.value_text)).max().unwrap_or_default();
    let (header_start, header_rows) = (header.start, header.rows);
    drop(grid);
    Statement {
        id: format!("t{:02}", around.index + 1),
        raw,
        table_type,
        title: captions.title,
        table_no: captions.number,
        unit,
        unit_source,
        header_start,
        header_rows,
        state: found.state,
        empty_note: if found.state == TableState::DeclaredEmpty { found.note } else { String::new() },
        facts,
        indicators: Vec::new(),
        doubts,
        most_decimals,
    }
}

fn state(scene: &Scene<'_>, facts: &[Fact], is_form: bool) -> state::Finding {
    state::find(&state::Evidence {
        grid: scene.grid,
        header: scene.header,
        columns: scene.columns,
        notes: &scene.captions.notes,
        facts,
        is_form,
    })
}

fn money_columns(grid: &Grid, header: &Header, table_type: TableType) -> BTreeSet<usize> {
    let cols = if table_type == TableType::Other { grid.cols() } else { 0 };
    (0..cols).filter(|c| money_form::is_money(grid, header, *c)).collect()
}

/// Whether a table without a title goes on with the one before it: the same width, and either no header at all or the
/// same header again.
fn continues(before: &Statement, raw: &RawTable, captions: &Captions, (grid, header): (&Grid, &Header)) -> bool {
    let gap = match (before.raw.pages.last(), raw.pages.first()) {
        (Some(last), Some(first)) => first.saturating_sub(*last) > 1,
        _ => before.raw.sheet != raw.sheet,
    };
    if gap || !captions.title.is_empty() || before.raw.cols != grid.cols() || before.header_rows == 0 {
        return false;
    }
    let same = || {
        let old = Grid::new(&before.raw);
        let rows = header.rows.min(before.header_rows);
        header.rows == before.header_rows
            && (0..rows).all(|r| {
                (0..grid.cols()).all(|c| grid.folded(header.start + r, c) == old.folded(before.header_start + r, c))
            })
    };
    header.rows == 0 || same()
}

fn inherit(before: &Statement, captions: &mut Captions, header: &mut Header) {
    captions.title.clone_from(&before.title);
    captions.number.clone_from(&before.table_no);
    captions.unit = captions.unit.or(before.unit);
    if header.rows == 0 {
        let old = Grid::new(&before.raw);
        header.paths = header::paths(&old, before.header_start, before.header_rows);
    }
}

fn table_type(raw: &RawTable, grid: &Grid, captions: &Captions, header: &Header) -> TableType {
    let paths: Vec<String> = (0..grid.cols()).map(|c| unit::strip(&fold(&header.path(c)))).collect();
    let mut body = String::new();
    for (row, col) in (0..grid.rows().min(40)).flat_map(|r| grid.starts(r).into_iter().map(move |c| (r, c))) {
        let text = grid.folded(row, col);
        if text.chars().count() <= 20 {
            body.push_str(text);
            body.push('|');
        }
    }
    // A worksheet without a title is called what its tab says.
    let tab = raw.sheet.as_deref().filter(|s| title::form(s) == title::Form::Strong).unwrap_or_default();
    let named = if captions.title.is_empty() { tab } else { &captions.title };
    classify::classify(&Evidence {
        title: classify::title_key(named),
        header: paths.join("|"),
        body,
        two_sided: panel::is_two_sided(grid, header),
        economic: paths.iter().any(|p| p.contains("经济")),
        cols: grid.cols(),
    })
}

/// Forms are laid out key by key; the amounts in them are no table of amounts.
fn is_form(table_type: TableType) -> bool {
    matches!(table_type, TableType::DepartmentPerformance | TableType::ProjectPerformance)
}

fn columns(grid: &Grid, header: &Header, table_type: TableType) -> Vec<Column> {
    let mut columns = column::assign(grid, header, table_type);
    let sided = matches!(table_type, TableType::RevenueExpenditureSummary | TableType::FiscalAppropriationSummary);
    if sided || panel::is_two_sided(grid, header) {
        panel::set_sides(grid, header, &mut columns);
    }
    if matches!(table_type, TableType::TableOfContents | TableType::AgencyList) {
        for column in columns.iter_mut().filter(|c| c.role == Role::Value) {
            column.role = Role::Text;
        }
    }
    columns
}

/// The table's unit: its captions, else the one that all its amount columns declare, else the document's statement.
fn table_unit(
    captions: &Captions,
    columns: &[Column],
    whole: Option<MoneyUnit>,
) -> (Option<MoneyUnit>, Option<UnitSource>) {
    if let Some(unit) = captions.unit {
        return (Some(unit), Some(UnitSource::Table));
    }
    let mut units = columns.iter().filter(|c| c.role == Role::Value).map(|c| c.unit);
    if let Some(Some(first)) = units.next()
        && units.all(|u| u == Some(first))
    {
        return (Some(first), Some(UnitSource::Column));
    }
    match whole {
        Some(unit) => (Some(unit), Some(UnitSource::Document)),
        None => (None, None),
    }
}

fn doubts(captions: &Captions, facts: &[Fact]) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    if captions.title.is_empty() {
        doubts.push(Doubt::TitleMissing);
    }
    let count = facts.iter().filter(|f| f.value.is_none()).count();
    if count > 0 {
        doubts.push(Doubt::UnitMissing { count });
    }
    doubts
}

/// One table ready to be read.
struct Scene<'a> {
    grid: &'a Grid<'a>,
    header: &'a Header,
    columns: &'a [Column],
    table_type: TableType,
    captions: &'a Captions,
    unit: Option<MoneyUnit>,
    unit_source: Option<UnitSource>,
    /// Columns whose name the figures proved.
    restored: &'a [usize],
    /// Positions of amounts that were printed in one cell with a label.
    parted: &'a BTreeSet<(usize, usize)>,
    /// Amount columns of an unknown table that print money by their form.
    money: BTreeSet<usize>,
}

fn facts(scene: &Scene, raw: &RawTable) -> Vec<Fact> {
    let body = Body { grid: scene.grid, header: scene.header, columns: scene.columns };
    let mut lanes: BTreeMap<Lane, Vec<Row>> = BTreeMap::new();
    let values: Vec<(usize, Lane)> = (0..scene.columns.len())
        .filter(|c| scene.columns[*c].role == Role::Value)
        .map(|c| (c, panel::lane(scene.columns, c)))
        .collect();
    for (_, lane) in &values {
        lanes.entry(lane.clone()).or_insert_with(|| row::build(&body, lane));
    }
    let first = scene.header.body();
    let repairs = repairs(scene, &lanes, &values);
    let mut facts = Vec::new();
    for at in first..scene.grid.rows() {
        if repeats_header(scene, at) {
            continue;
        }
        for (col, lane) in &values {
            let Some(row) = lanes.get(lane).and_then(|rows| rows.get(at - first)) else { continue };
            let printed = match repairs.get(&(at, *col)) {
                Some(repaired) => repaired.as_ref().and_then(|r| Printed::repaired(scene, (at, *col), r)),
                None => Printed::read(scene, (at, *col)),
            };
            facts.extend(printed.and_then(|printed| fact(scene, raw, &printed, row)));
        }
    }
    facts
}

/// Doubtful figures that the table's own sums settle.
fn repairs(scene: &Scene, lanes: &BTreeMap<Lane, Vec<Row>>, values: &[(usize, Lane)]) -> repair::Repairs {
    let path = |col: usize| scene.header.paths.get(col).map_or(&[][..], Vec::as_slice);
    let columns = values.iter().filter_map(|(col, lane)| {
        Some(repair::Figures {
            at: *col,
            kind: column_kind(scene, *col, &Said::new(path(*col), "")),
            side: scene.columns.get(*col)?.side,
            path: path(*col),
            rows: lanes.get(lane)?,
        })
    });
    repair::settle(&repair::Field { grid: scene.grid, first: scene.header.body(), columns: columns.collect() })
}

/// An amount with the cell that prints it.
struct Printed {
    at: usize,
    col: usize,
    /// Grid column of the cell that prints it.
    from: usize,
    figure: Decimal,
    own_unit: Option<MoneyUnit>,
    text: String,
    repaired: bool,
}

impl Printed {
    /// The amount that a cell prints as it stands.
    fn read(scene: &Scene, (at, col): (usize, usize)) -> Option<Self> {
        scene.grid.origin(at, col)?;
        let amount::Reading::Amount(figure, own_unit) = scene.grid.reading(at, col) else { return None };
        let text = scene.grid.cell(at, col)?.text.trim().to_owned();
        Some(Self { at, col, from: col, figure, own_unit, text, repaired: false })
    }

    fn repaired(scene: &Scene, (at, col): (usize, usize), repaired: &repair::Repaired) -> Option<Self> {
        let repair::Repaired { figure, from, text } = repaired.clone();
        scene.grid.origin(at, from)?;
        Some(Self { at, col, from, figure, own_unit: None, text, repaired: true })
    }

    /// The column to tell: a worksheet's own column, moved by as much as the figure was.
    fn told_col(&self, sheet: Option<(u32, u32)>) -> u32 {
        let Some((_, col)) = sheet else { return one_based(self.col) };
        let moved = u32::try_from(self.col.abs_diff(self.from)).unwrap_or_default();
        if self.col < self.from { col.saturating_sub(moved) } else { col.saturating_add(moved) }
    }
}

/// A header row printed again on a later page, column numbers included.
fn repeats_header(scene: &Scene, row: usize) -> bool {
    (scene.header.start..scene.header.body()).any(|h| scene.grid.same_row(h, row))
}

fn fact(scene: &Scene, raw: &RawTable, printed: &Printed, row: &Row) -> Option<Fact> {
    let Printed { at, col, from, figure, own_unit, .. } = *printed;
    let cell_index = scene.grid.origin(at, from)?;
    let cell = raw.cells.get(cell_index)?;
    let label = fold(&row.label);
    // 栏次: numbers of columns in a row that was not seen as part of the header.
    if header::is_number_word(&label) || own_unit.is_none() && label::is_count(&label) {
        return None;
    }
    let (unit, unit_source) = unit_of(scene, col, own_unit);
    // Figures of an unknown table without any unit may be anything: years, counts, shares.
    if unit.is_none() && scene.table_type == TableType::Other && !scene.money.contains(&col) {
        return None;
    }
    let value = unit.and_then(|u| figure.checked_mul(u.factor())).map(|v: Decimal| v.normalize());
    let said = Said::new(scene.header.paths.get(col).map_or(&[][..], Vec::as_slice), &row.label);
    let year = year::first(&fold(&scene.captions.title));
    let column_kind = column_kind(scene, col, &said);
    let sheet = cell.place.sheet_cell;
    let coded = |family| row.codes.get(&family).cloned().unwrap_or_default();
    Some(Fact {
        place: cell.place,
        row: sheet.map_or_else(|| one_based(at), |s| s.0),
        col: printed.told_col(sheet),
        cell: cell_index,
        side: scene.columns.get(col).and_then(|c| c.side),
        row_label: row.label.clone(),
        row_path: row.path.clone(),
        row_level: row.level,
        additive: row.additive,
        row_kind: row.kind.unwrap_or(RowKind::Item),
        function: coded(Family::Function),
        department_economic: coded(Family::DepartmentEconomic),
        government_economic: coded(Family::GovernmentEconomic),
        agency: row.agency.clone(),
        project: Coded { code: row.project.code.clone(), name: row.project.name.clone() },
        project_type: row.project_type.clone(),
        column_kind,
        column_path: scene.header.path(col),
        fund: dimension::fund(&said, scene.table_type, column_kind),
        nature: dimension::nature(&said, scene.table_type, column_kind),
        period: Some(dimension::period(&said, year)),
        phase: dimension::phase(&said, &scene.captions.title),
        value_text: printed.text.clone(),
        unit,
        unit_source,
        value,
        alternative: None,
        flags: flags(
            raw,
            value,
            printed.repaired || scene.restored.contains(&col) || scene.parted.contains(&(at, col)),
        ),
    })
}

/// What a column is among the amount columns of its panel.
fn column_kind(scene: &Scene, col: usize, said: &Said) -> ColumnKind {
    let side = scene.columns.get(col).and_then(|c| c.side);
    let panel = scene.columns.iter().enumerate().filter(|(_, c)| c.role == Role::Value && c.side == side);
    let paths: Vec<&[String]> = panel.filter_map(|(at, _)| scene.header.paths.get(at)).map(Vec::as_slice).collect();
    let kind = dimension::column_kind(said, dimension::shared_heads(paths.iter().copied()));
    let own = scene.header.paths.get(col).map_or(&[][..], Vec::as_slice);
    let sums = matches!(kind, ColumnKind::Total | ColumnKind::Subtotal);
    if sums && dimension::stands_alone(own, &paths) { ColumnKind::Item } else { kind }
}

/// The unit of one figure: its own cell, its column, its table.
fn unit_of(scene: &Scene, col: usize, own: Option<MoneyUnit>) -> (Option<MoneyUnit>, Option<UnitSource>) {
    if let Some(unit) = own {
        return (Some(unit), Some(UnitSource::Cell));
    }
    if let Some(unit) = scene.columns.get(col).and_then(|c| c.unit) {
        return (Some(unit), Some(UnitSource::Column));
    }
    (scene.unit, scene.unit_source)
}

fn flags(raw: &RawTable, value: Option<Decimal>, repaired: bool) -> Vec<FactFlag> {
    let mut flags = Vec::new();
    if repaired {
        flags.push(FactFlag::Repaired);
    }
    if raw.method == yusuan_extract::Method::Ocr {
        flags.push(FactFlag::Ocr);
    }
    if raw.confidence < LOW_CONFIDENCE {
        flags.push(FactFlag::LowConfidence);
    }
    if value.is_none() {
        flags.push(FactFlag::UnitMissing);
    }
    flags
}

fn one_based(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}
