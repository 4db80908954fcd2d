//! One table as printed: title, unit, header and body with their merged cells, real numbers, notes below.

use super::layout::{Block, Layout, lay_out, text_height};
use super::style::{Role, Style, Styles};
use super::{cell_text, set_up_page};
use crate::xlsx::grid::{Grid, Piece, conversion};
use rust_xlsxwriter::{IgnoreError, Worksheet, XlsxError};
use yusuan_extract::CaptionSide;
use yusuan_normalize::{FactFlag, MoneyUnit, Statement, UnitSource};

/// Rows repeated on every printed page and kept in sight take at most this height in points: about half a screen.
const HIGHEST_HEADER: f64 = 300.0;

/// Writes the sheet of one statement; returns the sheet's row of the first grid row.
pub(super) fn write(
    sheet: &mut Worksheet,
    statement: &Statement,
    unit: Option<MoneyUnit>,
    styles: &mut Styles,
) -> Result<u32, XlsxError> {
    let grid = Grid::new(statement, unit);
    let cols = grid.cols.max(1);
    let blocks: Vec<Block> = grid.pieces.iter().map(Piece::block).collect();
    let layout = lay_out(grid.rows, cols, &blocks);
    for (col, width) in layout.widths.iter().enumerate() {
        sheet.set_column_width(col as u16, *width)?;
    }
    let mut lines = Lines { sheet, row: 0, cols, width: layout.widths.iter().sum() };
    lines.write(&title(statement), Role::Title, styles)?;
    for caption in captions(statement) {
        lines.write(&caption, Role::Caption, styles)?;
    }
    if let Some(unit) = unit_line(statement, unit) {
        lines.write(&unit, Role::Unit, styles)?;
    }
    let first = lines.row;
    write_grid(sheet, &Placed { grid: &grid, layout: &layout, first }, styles)?;
    let mut lines = Lines { sheet, row: first + grid.rows as u32, cols, width: layout.widths.iter().sum() };
    for note in notes(statement, &grid) {
        lines.write(&note, Role::Note, styles)?;
    }
    let last = lines.row;
    finish(sheet, &Placed { grid: &grid, layout: &layout, first }, last)?;
    Ok(first)
}

/// The grid with the place that it takes on the sheet.
struct Placed<'a> {
    grid: &'a Grid,
    layout: &'a Layout,
    first: u32,
}

fn write_grid(sheet: &mut Worksheet, placed: &Placed<'_>, styles: &mut Styles) -> Result<(), XlsxError> {
    for (index, height) in placed.layout.heights.iter().enumerate() {
        sheet.set_row_height(placed.first + index as u32, *height)?;
    }
    for piece in &placed.grid.pieces {
        let (row, col) = (placed.first + piece.row as u32, piece.col as u16);
        let format = styles.get(piece.style);
        if piece.rows > 1 || piece.cols > 1 {
            let (last_row, last_col) = (row + piece.rows as u32 - 1, col + piece.cols as u16 - 1);
            sheet.merge_range(row, col, last_row, last_col, "", format)?;
        }
        match &piece.number {
            Some(number) => sheet.write_number_with_format(row, col, number.value, format)?,
            None if piece.text.is_empty() => sheet.write_blank(row, col, format)?,
            None => sheet.write_string_with_format(row, col, cell_text(&piece.text), format)?,
        };
    }
    Ok(())
}

fn finish(sheet: &mut Worksheet, placed: &Placed<'_>, last: u32) -> Result<(), XlsxError> {
    set_up_page(sheet);
    let body = placed.first + placed.grid.header_rows as u32;
    let height: f64 = placed.layout.heights.iter().take(placed.grid.header_rows).sum();
    if placed.grid.header_rows > 0 && height <= HIGHEST_HEADER {
        sheet.set_freeze_panes(body, 0)?;
        sheet.set_repeat_rows(placed.first, body - 1)?;
    }
    // Codes are texts of digits on purpose; the green corners would only ask the reader to "repair" them.
    sheet.ignore_error_range(0, 0, last, placed.grid.cols.max(1) as u16 - 1, IgnoreError::NumberStoredAsText)?;
    Ok(())
}

/// Lines over the whole width of the sheet, above and below the grid.
struct Lines<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    cols: usize,
    width: f64,
}

impl Lines<'_> {
    fn write(&mut self, text: &str, role: Role, styles: &mut Styles) -> Result<(), XlsxError> {
        let text = cell_text(text);
        // The title's letters are larger than those that the widths count.
        let scale = if role == Role::Title { 1.5 } else { 1.0 };
        let height = (text_height(&text, self.width / scale) * scale).min(409.0);
        let format = styles.of(role);
        if self.cols > 1 {
            self.sheet.merge_range(self.row, 0, self.row, self.cols as u16 - 1, &text, format)?;
        } else {
            self.sheet.write_string_with_format(self.row, 0, text, format)?;
        }
        self.sheet.set_row_height(self.row, height)?;
        self.row += 1;
        Ok(())
    }
}

fn title(statement: &Statement) -> String {
    if statement.title.is_empty() { statement.table_type.label_zh().to_owned() } else { statement.title.clone() }
}

/// The printed lines above the grid, those of the grid before its header too. The title and the unit have their own
/// lines.
fn captions(statement: &Statement) -> Vec<String> {
    let raw = &statement.raw;
    let above = raw.captions.iter().filter(|caption| caption.side == CaptionSide::Above).map(|caption| &caption.text);
    let inside = raw.cells.iter().filter(|cell| cell.row < statement.header_start).map(|cell| &cell.text);
    let mut kept: Vec<&str> = Vec::new();
    for text in above.chain(inside) {
        let bare = without_space(text);
        if !bare.is_empty() && bare != statement.title && !is_unit(&bare, statement) && !kept.contains(&text.as_str()) {
            kept.push(text);
        }
    }
    if kept.is_empty() { Vec::new() } else { vec![kept.join("    ")] }
}

fn is_unit(bare: &str, statement: &Statement) -> bool {
    let Some(unit) = statement.unit else { return false };
    let rest = bare.trim_start_matches("金额").trim_start_matches("单位").trim_start_matches([':', '：']);
    rest == unit.as_str()
}

fn unit_line(statement: &Statement, unit: Option<MoneyUnit>) -> Option<String> {
    if let Some((from, to)) = conversion(statement, unit) {
        return Some(format!("单位：{}（原表：{}）", to.as_str(), from.as_str()));
    }
    match (statement.unit, statement.unit_source) {
        (Some(unit), Some(UnitSource::Inferred)) => Some(format!("单位：{}（由数据推断）", unit.as_str())),
        (Some(unit), _) => Some(format!("单位：{}", unit.as_str())),
        (None, _) if statement.facts.is_empty() => None,
        (None, _) if statement.facts.iter().all(|fact| fact.unit.is_some()) => Some("单位：见表头".to_owned()),
        (None, _) => Some("单位：未注明".to_owned()),
    }
}

/// The printed lines below the grid, the sentence that declares the table empty, and what is doubtful.
fn notes(statement: &Statement, grid: &Grid) -> Vec<String> {
    let raw = &statement.raw;
    let below = raw.captions.iter().filter(|caption| caption.side == CaptionSide::Below);
    let mut notes: Vec<String> = below.map(|caption| caption.text.clone()).collect();
    let empty_note = without_space(&statement.empty_note);
    let printed = raw.cells.iter().map(|cell| &cell.text).chain(raw.captions.iter().map(|caption| &caption.text));
    if !empty_note.is_empty() && !printed.into_iter().any(|text| without_space(text).contains(&empty_note)) {
        notes.push(statement.empty_note.clone());
    }
    notes.extend(grid.displaced.iter().map(|text| format!("版面重叠、放不进表格的内容：{text}")));
    notes.extend(statement.doubts.iter().map(|doubt| format!("存疑：{}", doubt.sentence_zh())));
    if statement.facts.iter().any(|fact| is_doubtful(&fact.flags)) {
        notes.push("浅黄底色：存疑的数，见“明细”表的“标记”列".to_owned());
    }
    notes
}

/// Whether a reader should look at the figure again. Rounding is no doubt, and a correction settles one.
pub(super) fn is_doubtful(flags: &[FactFlag]) -> bool {
    flags.iter().any(|flag| !matches!(flag, FactFlag::Rounded | FactFlag::Corrected))
}

/// The style of a grid cell that is no number.
pub(super) fn text_style(header: bool, short: bool) -> Style {
    Style::of(match (header, short) {
        (true, _) => Role::Header,
        (false, true) => Role::Centered,
        (false, false) => Role::Text,
    })
}

fn without_space(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use rust_decimal::Decimal;
    use yusuan_extract::{Caption, Cell, Place, RawTable};
    use yusuan_normalize::{Coded, ColumnKind, Fact, RowKind, TableState, TableType};

    pub(crate) fn cell(row: usize, col: usize, text: &str) -> Cell {
        Cell { row, col, row_span: 1, col_span: 1, text: text.to_owned(), ..Cell::default() }
    }

    pub(crate) fn fact(cell: usize, text: &str, unit: Option<MoneyUnit>) -> Fact {
        let printed: Option<Decimal> = text.replace(',', "").parse().ok();
        Fact {
            place: Place::default(),
            row: 1,
            col: 1,
            cell,
            side: None,
            row_label: String::new(),
            row_path: String::new(),
            row_level: 1,
            additive: true,
            row_kind: RowKind::Item,
            function: Coded::default(),
            department_economic: Coded::default(),
            government_economic: Coded::default(),
            agency: Coded::default(),
            project: Coded::default(),
            project_type: String::new(),
            column_kind: ColumnKind::Item,
            column_path: String::new(),
            fund: None,
            nature: None,
            period: None,
            phase: None,
            value_text: text.to_owned(),
            unit,
            unit_source: unit.map(|_| UnitSource::Table),
            value: unit.and_then(|unit| printed.map(|p| p * unit.factor())),
            alternative: None,
            flags: Vec::new(),
        }
    }

    pub(crate) fn statement() -> Statement {
        let texts = [["科目编码", "项目", "预算数"], ["2060702", "科普活动", "1,234.50"], ["01", "其他", "0"]];
        let cells =
            texts.iter().enumerate().flat_map(|(r, row)| row.iter().enumerate().map(move |(c, t)| cell(r, c, t)));
        Statement {
            id: "t01".to_owned(),
            raw: RawTable { rows: 3, cols: 3, cells: cells.collect(), pages: vec![1], ..RawTable::default() },
            table_type: TableType::RevenueExpenditureSummary,
            title: "部门收支总表".to_owned(),
            table_no: String::new(),
            unit: Some(MoneyUnit::TenThousandYuan),
            unit_source: Some(UnitSource::Table),
            header_start: 0,
            header_rows: 1,
            state: TableState::Data,
            empty_note: String::new(),
            facts: vec![
                fact(5, "1,234.50", Some(MoneyUnit::TenThousandYuan)),
                fact(8, "0", Some(MoneyUnit::TenThousandYuan)),
            ],
            indicators: Vec::new(),
            doubts: Vec::new(),
            most_decimals: 0,
        }
    }

    fn caption(text: &str, side: CaptionSide) -> Caption {
        Caption { text: text.to_owned(), place: Place::default(), side }
    }

    #[test]
    fn printed_lines_are_kept_once_each() {
        let mut table = statement();
        table.raw.captions = vec![
            caption("部门 收支总表", CaptionSide::Above),
            caption("部门：某某局", CaptionSide::Above),
            caption("金额单位：万元", CaptionSide::Above),
            caption("注：本表无数据", CaptionSide::Below),
        ];
        table.empty_note = "本表无数据".to_owned();
        assert_eq!(captions(&table), ["部门：某某局"]);
        assert_eq!(notes(&table, &Grid::new(&table, None)), ["注：本表无数据"]);
    }

    #[test]
    fn an_unknown_unit_is_said() {
        let mut table = statement();
        assert_eq!(unit_line(&table, None).as_deref(), Some("单位：万元"));
        assert_eq!(unit_line(&table, Some(MoneyUnit::Yuan)).as_deref(), Some("单位：元（原表：万元）"));
        table.unit = None;
        assert_eq!(unit_line(&table, None).as_deref(), Some("单位：见表头"));
        table.facts[0].unit = None;
        assert_eq!(unit_line(&table, None).as_deref(), Some("单位：未注明"));
        table.facts.clear();
        assert_eq!(unit_line(&table, None), None);
    }
}
