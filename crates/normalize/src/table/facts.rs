//! The amounts of one table whose layout is known: each printed figure of a value column with all that says what it is.

use crate::model::fact::{Coded, Fact};
use crate::model::money::{MoneyUnit, UnitSource};
use crate::model::vocabulary::{ColumnKind, FactFlag, RowKind, TableType};
use crate::reading::code::Family;
use crate::reading::fold::fold;
use crate::reading::{amount, label, year};
use crate::table::caption::Captions;
use crate::table::column::{Column, Role};
use crate::table::dimension::{self, Said};
use crate::table::grid::Grid;
use crate::table::header::{self, Header};
use crate::table::panel::{self, Lane};
use crate::table::repair::field::{Field, Figures, Repaired, Repairs};
use crate::table::repair::repair;
use crate::table::row::Row;
use crate::table::rows::{self, Body};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use yusuan_extract::{Method, RawTable};

/// A finder's confidence below which a table's figures are marked.
const LOW_CONFIDENCE: f64 = 0.5;

/// One table whose layout is known.
pub(crate) struct Layout<'a> {
    pub(crate) grid: &'a Grid<'a>,
    pub(crate) header: &'a Header,
    pub(crate) columns: &'a [Column],
    pub(crate) table_type: TableType,
    pub(crate) captions: &'a Captions,
    pub(crate) unit: Option<MoneyUnit>,
    pub(crate) unit_source: Option<UnitSource>,
    /// Columns whose name the figures proved.
    pub(crate) restored: &'a [usize],
    /// Positions of amounts that were printed in one cell with a label.
    pub(crate) parted: &'a BTreeSet<(usize, usize)>,
    /// Amount columns of an unknown table that print money by their form.
    pub(crate) money: BTreeSet<usize>,
}

/// The table's amounts in reading order.
pub(crate) fn read(layout: &Layout, raw: &RawTable) -> Vec<Fact> {
    let body = Body { grid: layout.grid, header: layout.header, columns: layout.columns };
    let mut lanes: BTreeMap<Lane, Vec<Row>> = BTreeMap::new();
    let values: Vec<(usize, Lane)> = (0..layout.columns.len())
        .filter(|c| layout.columns[*c].role == Role::Value)
        .map(|c| (c, panel::lane(layout.columns, c)))
        .collect();
    for (_, lane) in &values {
        lanes.entry(lane.clone()).or_insert_with(|| rows::build(&body, lane));
    }
    let first = layout.header.body();
    let repairs = repairs(layout, &lanes, &values);
    let mut facts = Vec::new();
    for at in first..layout.grid.rows() {
        if repeats_header(layout, at) {
            continue;
        }
        for (col, lane) in &values {
            let Some(row) = lanes.get(lane).and_then(|rows| rows.get(at - first)) else { continue };
            let printed = match repairs.get(&(at, *col)) {
                Some(repaired) => repaired.as_ref().and_then(|r| Printed::repaired(layout, (at, *col), r)),
                None => Printed::read(layout, (at, *col)),
            };
            facts.extend(printed.and_then(|printed| fact(layout, raw, &printed, row)));
        }
    }
    facts
}

/// Doubtful figures that the table's own sums settle.
fn repairs(layout: &Layout, lanes: &BTreeMap<Lane, Vec<Row>>, values: &[(usize, Lane)]) -> Repairs {
    let path = |col: usize| layout.header.paths.get(col).map_or(&[][..], Vec::as_slice);
    let columns = values.iter().filter_map(|(col, lane)| {
        Some(Figures {
            at: *col,
            kind: column_kind(layout, *col, &Said::new(path(*col), "")),
            side: layout.columns.get(*col)?.side,
            path: path(*col),
            rows: lanes.get(lane)?,
        })
    });
    repair(&Field { grid: layout.grid, first: layout.header.body(), columns: columns.collect() })
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
    fn read(layout: &Layout, (at, col): (usize, usize)) -> Option<Self> {
        layout.grid.origin(at, col)?;
        let amount::Reading::Amount(figure, own_unit) = layout.grid.reading(at, col) else { return None };
        let text = layout.grid.cell(at, col)?.text.trim().to_owned();
        Some(Self { at, col, from: col, figure, own_unit, text, repaired: false })
    }

    fn repaired(layout: &Layout, (at, col): (usize, usize), repaired: &Repaired) -> Option<Self> {
        let Repaired { figure, from, text } = repaired.clone();
        layout.grid.origin(at, from)?;
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
fn repeats_header(layout: &Layout, row: usize) -> bool {
    (layout.header.start..layout.header.body()).any(|h| layout.grid.same_row(h, row))
}

fn fact(layout: &Layout, raw: &RawTable, printed: &Printed, row: &Row) -> Option<Fact> {
    let Printed { at, col, from, figure, own_unit, .. } = *printed;
    let cell_index = layout.grid.origin(at, from)?;
    let cell = raw.cells.get(cell_index)?;
    let label = fold(&row.label);
    // 栏次: numbers of columns in a row that was not seen as part of the header.
    if header::is_number_word(&label) || own_unit.is_none() && label::is_count(&label) {
        return None;
    }
    let (unit, unit_source) = unit_of(layout, col, own_unit);
    // Figures of an unknown table without any unit may be anything: years, counts, shares.
    if unit.is_none() && layout.table_type == TableType::Other && !layout.money.contains(&col) {
        return None;
    }
    let value = unit.and_then(|u| figure.checked_mul(u.factor())).map(|v: Decimal| v.normalize());
    let said = Said::new(layout.header.paths.get(col).map_or(&[][..], Vec::as_slice), &row.label);
    let year = year::first(&fold(&layout.captions.title));
    let column_kind = column_kind(layout, col, &said);
    let sheet = cell.place.sheet_cell;
    let coded = |family| row.codes.get(&family).cloned().unwrap_or_default();
    Some(Fact {
        place: cell.place,
        row: sheet.map_or_else(|| one_based(at), |s| s.0),
        col: printed.told_col(sheet),
        cell: cell_index,
        side: layout.columns.get(col).and_then(|c| c.side),
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
        column_path: layout.header.path(col),
        fund: dimension::fund(&said, layout.table_type, column_kind),
        nature: dimension::nature(&said, layout.table_type, column_kind),
        period: Some(dimension::period(&said, year)),
        phase: dimension::phase(&said, &layout.captions.title),
        value_text: printed.text.clone(),
        unit,
        unit_source,
        value,
        alternative: None,
        flags: flags(
            raw,
            value,
            printed.repaired || layout.restored.contains(&col) || layout.parted.contains(&(at, col)),
        ),
    })
}

/// What a column is among the amount columns of its panel.
fn column_kind(layout: &Layout, col: usize, said: &Said) -> ColumnKind {
    let side = layout.columns.get(col).and_then(|c| c.side);
    let panel = layout.columns.iter().enumerate().filter(|(_, c)| c.role == Role::Value && c.side == side);
    let paths: Vec<&[String]> = panel.filter_map(|(at, _)| layout.header.paths.get(at)).map(Vec::as_slice).collect();
    let kind = dimension::column_kind(said, dimension::shared_heads(paths.iter().copied()));
    let own = layout.header.paths.get(col).map_or(&[][..], Vec::as_slice);
    let sums = matches!(kind, ColumnKind::Total | ColumnKind::Subtotal);
    if sums && dimension::stands_alone(own, &paths) { ColumnKind::Item } else { kind }
}

/// The unit of one figure: its own cell, its column, its table.
fn unit_of(layout: &Layout, col: usize, own: Option<MoneyUnit>) -> (Option<MoneyUnit>, Option<UnitSource>) {
    if let Some(unit) = own {
        return (Some(unit), Some(UnitSource::Cell));
    }
    if let Some(unit) = layout.columns.get(col).and_then(|c| c.unit) {
        return (Some(unit), Some(UnitSource::Column));
    }
    (layout.unit, layout.unit_source)
}

fn flags(raw: &RawTable, value: Option<Decimal>, repaired: bool) -> Vec<FactFlag> {
    let mut flags = Vec::new();
    if repaired {
        flags.push(FactFlag::Repaired);
    }
    if raw.method == Method::Ocr {
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
