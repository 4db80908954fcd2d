//! The amounts of one table whose layout is known: each printed figure of a value column with all that says what it is.

use crate::model::fact::{Coded, Fact};
use crate::model::money::{MoneyUnit, UnitSource};
use crate::model::vocabulary::{ColumnKind, FactFlag, RowKind, TableType};
use crate::reading::amount::{self, Reading};
use crate::reading::code::Family;
use crate::reading::fold::fold;
use crate::reading::words::{MONEY_WORDS, SHARE_ENDS};
use crate::reading::{currency, label, unit, year};
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
use yusuan_extract::{Cell, CellDoubt, Content, Method, RawTable};

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
    /// Columns whose head declares money of another country, with that unit as printed.
    pub(crate) foreign: BTreeMap<usize, String>,
    /// The last codes of the table that this one goes on with.
    pub(crate) above: &'a [String],
    /// Amount columns of one list that the heads call by the same name: one of the heads was lost.
    pub(crate) alike: BTreeSet<usize>,
}

/// Amount columns that stand beside the same labels under the same heads.
pub(crate) fn alike(header: &Header, columns: &[Column]) -> BTreeSet<usize> {
    let values = || (0..columns.len()).filter(|c| columns[*c].role == Role::Value && !header.path(*c).is_empty());
    let same = |one: usize, other: usize| {
        one != other
            && header.path(one) == header.path(other)
            && panel::lane(columns, one) == panel::lane(columns, other)
    };
    values().filter(|one| values().any(|other| same(*one, other))).collect()
}

/// The amounts of a table, and the codes that hold for one that goes on with it.
#[derive(Default)]
pub(crate) struct Read {
    pub(crate) facts: Vec<Fact>,
    pub(crate) last_codes: Vec<String>,
    /// Cells whose numbers count people or things, as their rows say.
    pub(crate) counts: BTreeSet<usize>,
}

/// The table's amounts in reading order.
pub(crate) fn read(layout: &Layout, raw: &RawTable) -> Read {
    let body = Body { grid: layout.grid, header: layout.header, columns: layout.columns, above: layout.above };
    let mut lanes: BTreeMap<Lane, Vec<Row>> = BTreeMap::new();
    let values: Vec<(usize, Lane)> = (0..layout.columns.len())
        .filter(|c| matches!(layout.columns[*c].role, Role::Value | Role::Undecided))
        .map(|c| (c, panel::lane(layout.columns, c)))
        .collect();
    for (_, lane) in &values {
        lanes.entry(lane.clone()).or_insert_with(|| rows::build(&body, lane));
    }
    let first = layout.header.body();
    let repairs = repairs(layout, &lanes, &values);
    let mut heads: Vec<Head> = values.iter().map(|(col, _)| Head::of(layout, *col)).collect();
    let year = year_of(layout.captions);
    let (mut facts, mut counts) = (Vec::new(), BTreeSet::new());
    for at in first..layout.grid.rows() {
        if repeats_header(layout, at) || header::is_number_row(layout.grid, at) {
            continue;
        }
        let mut names: Vec<(&Lane, Name)> = Vec::new();
        for ((col, lane), head) in values.iter().zip(&mut heads) {
            let Some(row) = lanes.get(lane).and_then(|rows| rows.get(at - first)) else { continue };
            let printed = match repairs.get(&(at, *col)) {
                Some(Some(repaired)) => Printed::repaired(layout, (at, *col), repaired),
                Some(None) => None,
                None => Printed::read(layout, (at, *col)),
            };
            let Some(printed) = printed else { continue };
            if names.last().is_none_or(|(of, _)| *of != lane) {
                names.push((lane, Name::of(row)));
            }
            let Some((_, name)) = names.last() else { continue };
            if printed.is_count(name) {
                counts.extend(layout.grid.origin(at, printed.from));
            } else {
                head.said.label.clone_from(&name.folded);
                facts.extend(fact(layout, raw, &printed, &Stand { row, name, head, year }));
            }
        }
    }
    Read { facts, last_codes: lanes.values().next().map(|rows| last_codes(rows)).unwrap_or_default(), counts }
}

/// The codes of the last row that prints any; none where they are not known.
fn last_codes(rows: &[Row]) -> Vec<String> {
    let last = rows.iter().rev().find(|row| row.unsure.is_some() || !row.codes.is_empty());
    last.into_iter().flat_map(|row| row.codes.values()).map(|coded| coded.code.clone()).collect()
}

/// Doubtful figures that the table's own sums settle.
fn repairs(layout: &Layout, lanes: &BTreeMap<Lane, Vec<Row>>, values: &[(usize, Lane)]) -> Repairs {
    let path = |col: usize| layout.header.paths.get(col).map_or(&[][..], Vec::as_slice);
    let amounts = values.iter().filter(|(col, _)| layout.columns[*col].role == Role::Value);
    let columns = amounts.filter_map(|(col, lane)| {
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

/// What the label of a row says, the same for each of its figures.
struct Name {
    folded: String,
    /// Whether the row counts people or things.
    counts: bool,
    /// Whether it is part of a row that does and names no money itself: 机要通信用车 below 车辆数合计（辆）.
    part_of_count: bool,
    /// Money of another country that it declares.
    foreign: Option<String>,
}

impl Name {
    fn of(row: &Row) -> Self {
        let folded = fold(&row.label);
        let below = || row.path.rsplit(" / ").skip(1).any(|label| label::is_count(&fold(label)));
        let (counts, part_of_count) = (label::is_count(&folded), below() && !MONEY_WORDS.is_in(&folded));
        Self { counts, part_of_count, foreign: currency::declared(&folded), folded }
    }
}

/// What the head of a column says, the same for each of its figures; the label is that of the row at hand.
struct Head {
    said: Said,
    kind: ColumnKind,
}

impl Head {
    fn of(layout: &Layout, col: usize) -> Self {
        let said = Said::new(layout.header.paths.get(col).map_or(&[][..], Vec::as_slice), "");
        Self { kind: column_kind(layout, col, &said), said }
    }
}

/// The year that a table's title is about: 收入执行及2025年预算表 is of 2025, whatever year it begins with.
fn year_of(captions: &Captions) -> Option<i32> {
    let title = fold(&captions.title);
    year::of_title(&title).max(year::first(&title))
}

/// Where a figure stands: its row, and what row and column are called.
struct Stand<'a> {
    row: &'a Row,
    name: &'a Name,
    head: &'a Head,
    year: Option<i32>,
}

/// A figure with the cell that prints it.
struct Printed {
    at: usize,
    col: usize,
    /// Grid column of the cell that prints it.
    from: usize,
    /// None where the text cannot be read as one amount.
    figure: Option<Decimal>,
    own_unit: Option<MoneyUnit>,
    /// The unit as printed in the cell where it is money of another country.
    foreign: Option<String>,
    text: String,
    doubts: Vec<FactFlag>,
}

impl Printed {
    /// The amount that a cell prints as it stands, or digits that cannot be read; nothing for words, shares and counts.
    fn read(layout: &Layout, (at, col): (usize, usize)) -> Option<Self> {
        layout.grid.origin(at, col)?;
        let cell = layout.grid.cell(at, col)?;
        let stale = cell.doubts.contains(&CellDoubt::StaleFormula);
        let (reading, foreign) = (layout.grid.reading(at, col), amount::foreign(&cell.text));
        let mut doubts = Vec::new();
        let (mut figure, mut own_unit) = (None, None);
        match reading {
            Reading::Amount(value, unit) => (figure, own_unit) = (Some(value), unit),
            Reading::Several => doubts.push(FactFlag::MergedFigures),
            Reading::Other if foreign.is_some() => {}
            Reading::Other if is_unread(cell) && !is_wide(layout, at, col) => doubts.push(FactFlag::LowConfidence),
            Reading::Other if is_lone_share(layout, at, col) => doubts.push(FactFlag::LowConfidence),
            Reading::Blank if stale => {}
            Reading::Blank | Reading::Other => return None,
        }
        if stale {
            doubts.push(FactFlag::StaleFormula);
        }
        if cell.doubts.contains(&CellDoubt::Chosen) {
            doubts.push(FactFlag::Repaired);
        }
        let text = cell.text.trim().to_owned();
        Some(Self { at, col, from: col, figure, own_unit, foreign, text, doubts })
    }

    fn repaired(layout: &Layout, (at, col): (usize, usize), repaired: &Repaired) -> Option<Self> {
        let Repaired { figure, from, text } = repaired.clone();
        layout.grid.origin(at, from)?;
        let doubts = vec![FactFlag::Repaired];
        Some(Self { at, col, from, figure: Some(figure), own_unit: None, foreign: None, text, doubts })
    }

    /// Whether it counts people or things, as its row does.
    fn is_count(&self, name: &Name) -> bool {
        let whole = self.figure.is_some_and(|figure| figure.scale() == 0);
        (name.counts || whole && name.part_of_count) && self.own_unit.is_none() && self.foreign.is_none()
    }

    /// The column to tell: a worksheet's own column, moved by as much as the figure was.
    fn told_col(&self, sheet: Option<(u32, u32)>) -> u32 {
        let Some((_, col)) = sheet else { return one_based(self.col) };
        let moved = u32::try_from(self.col.abs_diff(self.from)).unwrap_or_default();
        if self.col < self.from { col.saturating_sub(moved) } else { col.saturating_add(moved) }
    }
}

/// Whether a cell holds digits that somebody may take for an amount, though it is none.
fn is_unread(cell: &Cell) -> bool {
    match cell.content {
        Content::Text | Content::Number => {
            amount::is_unread(&cell.text) || cell.doubts.contains(&CellDoubt::Overlaid) && !cell.text.trim().is_empty()
        }
        // 83.17 shown as a date.
        Content::Date => true,
        Content::Boolean | Content::Error => false,
    }
}

/// Whether a percentage stands alone among a column's amounts, in a row that names no share: a figure shown in the wrong
/// form.
fn is_lone_share(layout: &Layout, at: usize, col: usize) -> bool {
    let is_share = |row| layout.grid.folded(row, col).ends_with('%');
    if !is_share(at) {
        return false;
    }
    let named = (0..col).any(|c| SHARE_ENDS.ends(&unit::strip(layout.grid.folded(at, c))));
    let begins = |row: usize| layout.grid.origin(row, col).is_some();
    let mut rows = (layout.header.body()..layout.grid.rows()).filter(|row| *row != at && begins(*row));
    let shares = rows.any(is_share);
    !named && !shares
}

/// Whether a cell reaches over most of the table: a note or a heading.
fn is_wide(layout: &Layout, at: usize, col: usize) -> bool {
    let width = layout.grid.width(at, col);
    width > 1 && width * 2 > layout.grid.cols()
}

/// A header row printed again on a later page, column numbers included.
fn repeats_header(layout: &Layout, row: usize) -> bool {
    (layout.header.start..layout.header.body()).any(|h| layout.grid.same_row(h, row))
}

fn fact(layout: &Layout, raw: &RawTable, printed: &Printed, stand: &Stand<'_>) -> Option<Fact> {
    let Stand { row, name, head: Head { said, kind }, year } = *stand;
    let Printed { at, col, from, .. } = *printed;
    let cell_index = layout.grid.origin(at, from)?;
    let cell = raw.cells.get(cell_index)?;
    // 栏次: numbers of columns in a row that was not seen as part of the header.
    if header::is_number_word(&name.folded) {
        return None;
    }
    let Worth { unit, unit_source, foreign, value, alternative, doubts } = worth(layout, printed, name)?;
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
        column_kind: *kind,
        column_path: layout.header.path(col),
        fund: dimension::fund(said, layout.table_type, *kind),
        nature: dimension::nature(said, layout.table_type, *kind),
        period: Some(row.path.split(" / ").fold(dimension::period(said, year), dimension::below)),
        phase: dimension::phase(said, &layout.captions.title),
        value_text: printed.text.clone(),
        unit,
        foreign_unit: foreign,
        unit_source,
        value,
        alternative,
        flags: flags(raw, &doubts, row),
        revenue: coded(Family::Revenue),
        concept: None,
        row_region: Coded::default(),
    })
}

/// What a figure is worth.
struct Worth {
    unit: Option<MoneyUnit>,
    unit_source: Option<UnitSource>,
    foreign: Option<String>,
    value: Option<Decimal>,
    alternative: Option<Decimal>,
    doubts: Vec<FactFlag>,
}

/// What a printed figure is worth; none where nothing says that it is money.
fn worth(layout: &Layout, printed: &Printed, name: &Name) -> Option<Worth> {
    let Printed { at, col, .. } = *printed;
    let Unit { own: unit, source, other, foreign } = unit_of(layout, printed, name);
    // Figures of an unknown table without any unit may be anything: years, counts, shares.
    let named = layout.columns.get(col).is_some_and(|c| c.role == Role::Value);
    let said = unit.is_some() || foreign.is_some() && named;
    if !said && layout.table_type == TableType::Other && !layout.money.contains(&col) {
        return None;
    }
    // 人均(元) names money where the column's head names none.
    let decided = named || matches!(source, Some(UnitSource::Cell | UnitSource::Column));
    let figure = printed.figure.filter(|_| decided && foreign.is_none());
    let yuan = |unit: MoneyUnit| figure.and_then(|f| f.checked_mul(unit.factor())).map(|v: Decimal| v.normalize());
    let (value, alternative) = (unit.and_then(yuan), other.and_then(yuan));
    let mut doubts = printed.doubts.clone();
    let mut doubt = |is: bool, flag| doubts.extend(is.then_some(flag));
    doubt(!decided || layout.alike.contains(&col), FactFlag::LowConfidence);
    // Money of another country in a table of yuan is as much a conflict as two units of yuan.
    doubt(alternative.is_some() || foreign.is_some(), FactFlag::UnitConflict);
    doubt(!said && figure.is_some(), FactFlag::UnitMissing);
    // Too large to be calculated.
    doubt(said && figure.is_some() && value.is_none(), FactFlag::Implausible);
    doubt(layout.restored.contains(&col) || layout.parted.contains(&(at, col)), FactFlag::Repaired);
    let (unit, unit_source) = if decided { (unit, source) } else { (None, None) };
    Some(Worth { unit, unit_source, foreign, value, alternative, doubts })
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

/// The unit of one figure.
struct Unit {
    own: Option<MoneyUnit>,
    source: Option<UnitSource>,
    /// Another unit that is declared for it just as well.
    other: Option<MoneyUnit>,
    /// Its unit as printed where it is money of another country.
    foreign: Option<String>,
}

/// The unit of one figure: its own cell, its row's label, its column, its table.
fn unit_of(layout: &Layout, printed: &Printed, name: &Name) -> Unit {
    let known = |unit, source| Unit { own: Some(unit), source: Some(source), other: None, foreign: None };
    let foreign = |unit: &String| Unit { own: None, source: None, other: None, foreign: Some(unit.clone()) };
    if let Some(unit) = &printed.foreign {
        return foreign(unit);
    }
    if let Some(unit) = printed.own_unit {
        return known(unit, UnitSource::Cell);
    }
    if let Some(unit) = name.foreign.as_ref().or_else(|| layout.foreign.get(&printed.col)) {
        return foreign(unit);
    }
    let column = layout.columns.get(printed.col).and_then(|c| c.unit);
    if let Some(unit) = unit::at_end(&name.folded) {
        let above = column.or(layout.unit).filter(|above| *above != unit);
        return Unit { other: above, ..known(unit, UnitSource::Cell) };
    }
    if let Some(unit) = column {
        return known(unit, UnitSource::Column);
    }
    if let Some(unit) = &layout.captions.foreign {
        return foreign(unit);
    }
    let other = layout.captions.other_unit.filter(|_| layout.unit_source == Some(UnitSource::Table));
    Unit { own: layout.unit, source: layout.unit_source, other, foreign: None }
}

/// The flags in the contract's order, once each.
fn flags(raw: &RawTable, doubts: &[FactFlag], row: &Row) -> Vec<FactFlag> {
    let mut flags = doubts.to_vec();
    // The amount is as printed, what it is for is not known.
    flags.extend(row.unsure.is_some().then_some(FactFlag::LowConfidence));
    if raw.method == Method::Ocr {
        flags.push(FactFlag::Ocr);
    }
    if raw.confidence < LOW_CONFIDENCE {
        flags.push(FactFlag::LowConfidence);
    }
    flags.sort();
    flags.dedup();
    flags
}

fn one_based(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::vocabulary::Period;
    use crate::table::statement::{self, Surroundings};
    use yusuan_extract::{Caption, CaptionSide, Place};

    fn cell(row: usize, col: usize, text: &str) -> Cell {
        Cell { row, col, row_span: 1, col_span: 1, text: text.to_owned(), ..Cell::default() }
    }

    /// The facts of a table of projects with these captions, this head and these amounts.
    fn facts(captions: &[&str], head: &str, amounts: Vec<Cell>) -> Vec<Fact> {
        let mut raw = RawTable { rows: amounts.len() + 1, cols: 2, confidence: 1.0, ..RawTable::default() };
        let caption =
            |text: &&str| Caption { text: (*text).to_owned(), side: CaptionSide::Above, place: Place::default() };
        raw.captions = captions.iter().map(caption).collect();
        raw.cells = vec![cell(0, 0, "项目名称"), cell(0, 1, head)];
        for (row, amount) in (1..).zip(amounts) {
            raw.cells.push(cell(row, 0, "某项目"));
            raw.cells.push(Cell { row, col: 1, ..amount });
        }
        let around = Surroundings { lines: &[], index: 0, whole: None, previous: None };
        statement::read(raw, &around).facts
    }

    const CAPTIONS: &[&str] = &["2024年项目支出表", "单位：万元"];

    /// Value and flags of one amount among plain ones.
    fn read_one(amount: Cell) -> Option<(Option<String>, Vec<FactFlag>)> {
        let amounts = vec![amount, cell(0, 1, "61.66"), cell(0, 1, "80.60")];
        let facts = facts(CAPTIONS, "金额", amounts);
        let first = facts.into_iter().find(|f| f.row == 2)?;
        assert_eq!(first.unit, Some(MoneyUnit::TenThousandYuan));
        Some((first.value.map(|v| v.to_string()), first.flags))
    }

    #[test]
    fn the_year_of_a_column_is_told_by_the_later_year_of_a_title() {
        let period = |head: &str| {
            let amounts = vec![cell(0, 1, "120"), cell(0, 1, "61.66"), cell(0, 1, "80.60")];
            facts(&["2024年项目支出执行及2025年项目支出预算表", "单位：万元"], head, amounts)[0].period
        };
        assert_eq!(period("2024年执行数"), Some(Period::PriorYear));
        assert_eq!(period("2025年预算数"), Some(Period::Current));
    }

    #[test]
    fn a_name_of_the_books_broken_over_two_rows_is_one() {
        let mut raw = RawTable { rows: 5, cols: 2, confidence: 1.0, ..RawTable::default() };
        let caption =
            |text: &&str| Caption { text: (*text).to_owned(), side: CaptionSide::Above, place: Place::default() };
        raw.captions = ["2024年一般公共预算支出表", "单位：万元"].iter().map(caption).collect();
        let rows = [
            ("功能科目", "预算数"),
            ("行政单位医疗（项）", "12.50"),
            ("机关事业单位基本养老保险缴费支", ""),
            ("出（项）", "45.50"),
            ("住房公积金（项）", "33.10"),
        ];
        for (row, (name, amount)) in rows.into_iter().enumerate() {
            raw.cells.push(cell(row, 0, name));
            raw.cells.push(cell(row, 1, amount));
        }
        let around = Surroundings { lines: &[], index: 0, whole: None, previous: None };
        let labels: Vec<String> = statement::read(raw, &around).facts.into_iter().map(|f| f.row_label).collect();
        assert_eq!(labels, ["行政单位医疗（项）", "机关事业单位基本养老保险缴费支出（项）", "住房公积金（项）"]);
    }

    #[test]
    fn doubts_of_a_cell_become_flags() {
        let doubted = |text: &str, doubt| read_one(Cell { doubts: vec![doubt], ..cell(0, 1, text) });
        let value = |yuan: &str| Some(yuan.to_owned());
        assert_eq!(doubted("120 80", CellDoubt::SeveralFigures), Some((None, vec![FactFlag::MergedFigures])));
        assert_eq!(doubted("12080", CellDoubt::SeveralFigures), Some((None, vec![FactFlag::MergedFigures])));
        assert_eq!(doubted("83.17", CellDoubt::Overlaid), Some((None, vec![FactFlag::LowConfidence])));
        assert_eq!(doubted("83.17", CellDoubt::StaleFormula), Some((value("831700"), vec![FactFlag::StaleFormula])));
        assert_eq!(doubted("", CellDoubt::StaleFormula), Some((None, vec![FactFlag::StaleFormula])));
    }

    #[test]
    fn what_cannot_be_read_keeps_its_text() {
        for text in ["约83.17", "8O.17", "=80+3.17", "1.2.3", "####", "83.1\u{fffd}"] {
            assert_eq!(read_one(cell(0, 1, text)), Some((None, vec![FactFlag::LowConfidence])), "{text}");
        }
        let date = Cell { content: Content::Date, ..cell(0, 1, "1900-03-23") };
        assert_eq!(read_one(date), Some((None, vec![FactFlag::LowConfidence])));
        assert_eq!(read_one(cell(0, 1, "120\n80")), Some((None, vec![FactFlag::MergedFigures])));
        // A percentage alone among amounts is a figure shown in the wrong form.
        assert_eq!(read_one(cell(0, 1, "12.5%")), Some((None, vec![FactFlag::LowConfidence])));
        for text in ["3人", "见附件", "—"] {
            assert_eq!(read_one(cell(0, 1, text)), None, "{text}");
        }
        let error = Cell { content: Content::Error, ..cell(0, 1, "#DIV/0!") };
        assert_eq!(read_one(error), None);
    }

    #[test]
    fn an_undecided_column_gives_texts_without_values() {
        let amounts = || vec![cell(0, 1, "1203"), cell(0, 1, "882")];
        let undecided = facts(CAPTIONS, "某某", amounts());
        assert!(undecided.iter().all(|f| f.value.is_none() && f.flags == [FactFlag::LowConfidence]));
        assert_eq!(undecided.len(), 2);
        assert_eq!(facts(CAPTIONS, "人数", amounts()).len(), 0);
    }

    #[test]
    fn units_that_contradict_or_are_no_yuan() {
        let one = |captions: &[&str], head: &str| {
            let mut facts = facts(captions, head, vec![cell(0, 1, "83.17"), cell(0, 1, "61.66")]);
            let first = facts.remove(0);
            (first.value.map(|v| v.to_string()), first.alternative.is_some(), first.unit_text().to_owned(), first.flags)
        };
        let titled = one(&["2024年项目支出表（单位：元）", "单位：万元"], "金额");
        assert_eq!((titled.1, titled.3), (true, vec![FactFlag::UnitConflict]));
        let (value, _, unit, flags) = one(&["2024年项目支出表", "单位：万元（美元）"], "金额");
        assert_eq!((value, unit.as_str(), flags), (None, "万元(美元)", vec![FactFlag::UnitConflict]));
        let (value, _, unit, _) = one(CAPTIONS, "金额（万美元）");
        assert_eq!((value, unit.as_str()), (None, "万美元"));
        let (value, ..) = one(CAPTIONS, "金额（元）");
        assert_eq!(value.as_deref(), Some("83.17"));
    }
}
