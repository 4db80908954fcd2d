//! One table, from its raw grid to its typed amounts.

use crate::model::doubt::Doubt;
use crate::model::fact::Fact;
use crate::model::measured::printed_decimals;
use crate::model::money::{MoneyUnit, UnitSource};
use crate::model::statement::Statement;
use crate::model::vocabulary::{FactFlag, TableState, TableType};
use crate::reading::amount::{self, Reading};
use crate::reading::fold::fold;
use crate::reading::{currency, title, unit};
use crate::table::caption::{self, Captions};
use crate::table::classify::{self, Evidence};
use crate::table::column::{self, Column, Role};
use crate::table::evidence::{self, Ground};
use crate::table::facts::{self, Layout, Read};
use crate::table::grid::Grid;
use crate::table::header::{self, Header};
use crate::table::repair::{glued, restore};
use crate::table::{continued, form, kinds, level, money_form, panel, state};
use std::collections::{BTreeMap, BTreeSet};
use yusuan_extract::{RawTable, TextLine};

/// What a table may draw on besides itself.
pub(crate) struct Surroundings<'a> {
    /// The document's lines.
    pub(crate) lines: &'a [TextLine],
    /// The table's position in the document.
    pub(crate) index: usize,
    /// The unit that a sentence states for all tables.
    pub(crate) whole: Option<MoneyUnit>,
    /// The table before, which this one may go on with.
    pub(crate) previous: Option<&'a Statement>,
}

/// Reads one table.
pub(crate) fn read(mut raw: RawTable, around: &Surroundings) -> Statement {
    let parted = glued::part(&mut raw);
    let grid = Grid::new(&raw);
    let mut captions = caption::read(&raw, &grid, around.lines, around.index);
    let mut header = header::of(&raw, &grid, captions.first_row);
    let continued = around.previous.filter(|p| continued::continues(p, &raw, &captions, &header, &grid));
    if let Some(before) = continued {
        continued::inherit(before, &mut captions, &mut header);
    }
    let table_type = continued.map_or_else(|| table_type(&raw, &grid, &captions, &header), |before| before.table_type);
    let form = table_type.is_form();
    if form {
        header = Header::none(captions.first_row, grid.cols());
    }
    let restored = restore::restore(&grid, &mut header);
    let columns = columns(&grid, &header, (table_type, captions.unit.or(around.whole)));
    let (unit, unit_source) = table_unit(&captions, &columns, around.whole);
    let layout = Layout {
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
        foreign: foreign_columns(&header),
        above: continued.map_or(&[], |before| before.last_codes.as_slice()),
        alike: facts::alike(&header, &columns),
    };
    let Read { facts, last_codes, counts } = amounts(&layout, &raw, form);
    let balance = kinds::balance(&layout, &raw, &facts, &counts);
    let stated = if form && captions.unit.is_none() { form::common_unit(&facts) } else { None };
    let (unit, unit_source) = stated.map_or((unit, unit_source), |stated| (Some(stated), Some(UnitSource::Column)));
    let found = state(&layout, &facts, form);
    let (header_start, header_rows) = (header.start, header.rows);
    drop(grid);
    Statement {
        owner: None,
        doubts: doubts(&captions, &facts, form),
        most_decimals: most_decimals(&facts),
        id: format!("t{:02}", around.index + 1),
        raw,
        table_type,
        level: level::of_title(&captions.title),
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
        figures: balance.figures,
        unread: balance.unread,
        last_codes,
    }
}

/// The amounts of a table, or of a form.
fn amounts(layout: &Layout, raw: &RawTable, form: bool) -> Read {
    if form { Read { facts: form::read(layout, raw), ..Read::default() } } else { facts::read(layout, raw) }
}

/// The most decimals that an amount is printed with.
fn most_decimals(facts: &[Fact]) -> u32 {
    let read = facts.iter().filter(|f| matches!(amount::read(&f.value_text), Reading::Amount(..)));
    read.map(|f| printed_decimals(&f.value_text)).max().unwrap_or_default()
}

fn state(layout: &Layout, facts: &[Fact], form: bool) -> state::Finding {
    state::find(&state::Evidence {
        grid: layout.grid,
        header: layout.header,
        columns: layout.columns,
        notes: &layout.captions.notes,
        facts,
        is_form: form,
    })
}

fn money_columns(grid: &Grid, header: &Header, table_type: TableType) -> BTreeSet<usize> {
    let cols = if table_type == TableType::Other { grid.cols() } else { 0 };
    (0..cols).filter(|c| money_form::is_money(grid, header, *c)).collect()
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

/// Columns whose head declares money of another country.
fn foreign_columns(header: &Header) -> BTreeMap<usize, String> {
    let declared = |path: &Vec<String>| path.iter().rev().find_map(|t| currency::declared(&fold(t)));
    header.paths.iter().enumerate().filter_map(|(col, path)| Some((col, declared(path)?))).collect()
}

fn columns(grid: &Grid, header: &Header, (table_type, unit): (TableType, Option<MoneyUnit>)) -> Vec<Column> {
    let mut columns = column::assign(grid, header, table_type);
    let sided = matches!(table_type, TableType::RevenueExpenditureSummary | TableType::FiscalAppropriationSummary);
    if sided || panel::is_two_sided(grid, header) {
        panel::set_sides(grid, header, &mut columns);
    }
    let ground = Ground {
        unit: unit.is_some() || columns.iter().any(|c| c.unit.is_some()),
        form: table_type != TableType::Other,
    };
    evidence::settle(grid, header, &mut columns, ground);
    if matches!(table_type, TableType::TableOfContents | TableType::AgencyList) {
        for column in columns.iter_mut().filter(|c| matches!(c.role, Role::Value | Role::Undecided)) {
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

fn doubts(captions: &Captions, facts: &[Fact], form: bool) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    if captions.title.is_empty() {
        doubts.push(Doubt::TitleMissing);
    }
    let count = facts.iter().filter(|f| f.flags.contains(&FactFlag::UnitMissing)).count();
    if count > 0 {
        doubts.push(Doubt::UnitMissing { count });
    }
    let unclear =
        |f: &&Fact| f.flags.iter().any(|flag| matches!(flag, FactFlag::LowConfidence | FactFlag::MergedFigures));
    let count = facts.iter().filter(|f| f.value.is_none()).filter(unclear).count();
    if form && count > 0 {
        doubts.push(Doubt::AmountsUnclear { count });
    }
    doubts
}
