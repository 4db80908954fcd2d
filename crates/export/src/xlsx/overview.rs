//! 概览: who, which year, which tables, and what is doubtful.

use super::amount::{Number, ten_thousand_yuan};
use super::layout::{HIGHEST_ROW, text_height};
use super::paper::Paper;
use super::places::Places;
use super::sheet::cell_text;
use super::style::{Role, Style, Styles};
use super::summary::{facts, failed_check, subtitle, title, verdicts};
use crate::dataset::{Checks, Dataset, Documents, Tables, page_ranges};
use crate::doubt::is_doubtful;
use crate::record::DocumentRecord;
use crate::text_width::printed_width;
use crate::words::{heading, sheet};
use rust_xlsxwriter::{IgnoreError, Url, Worksheet, XlsxError};
use yusuan_normalize::{CheckStatus, Doubt, Headline, NormalizedDocument, Statement, headlines};

/// The list's column of titles: they are links, which do not wrap everywhere, so the column is as wide as the longest.
const TITLES: usize = 1;
/// Widest column of titles, in characters.
const WIDEST_TITLES: f64 = 70.0;

/// The list's column of pages or worksheet names.
const PLACES: usize = 4;
/// Widest column of pages or worksheet names, in characters.
const WIDEST_PLACES: f64 = 34.0;

/// Widths of the list of tables in characters, in the order of its [`headings`].
const WIDTHS: [f64; 9] = [14.0, 40.0, 26.0, 9.0, 12.0, 11.0, 9.0, 9.0, 32.0];

/// The large figures side by side: first and last column of each.
const TILES: [(u16, u16); 4] = [(0, 1), (2, 2), (3, 5), (6, 8)];
/// Rows of large figures; the others are listed small.
const TILE_ROWS: usize = 2;
/// Columns of a small figure: its label, its number.
const SMALL: (u16, u16) = (1, 2);

/// Headings of the list of tables.
fn headings() -> [&'static str; WIDTHS.len()] {
    [
        heading::NUMBER,
        Tables::label("table_title"),
        Tables::label("table_type"),
        Tables::label("unit"),
        Tables::label("pages"),
        heading::STATE,
        Tables::label("facts"),
        Documents::label("indicators"),
        heading::DOUBTS,
    ]
}

/// Failed checks that are told here; 核对 has them all.
const MOST_FAILED: usize = 8;

/// What the sheet is about.
pub(super) struct Overview<'a> {
    pub(super) record: &'a DocumentRecord,
    pub(super) document: &'a NormalizedDocument,
    /// Sheet names, one per statement.
    pub(super) names: &'a [String],
    /// Where the tables' figures will stand.
    pub(super) places: &'a Places,
}

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, of: &Overview<'_>, styles: &mut Styles) -> Result<(), XlsxError> {
    sheet.set_name(sheet::OVERVIEW)?;
    let widths = widths(of.document);
    for (col, width) in (0..).zip(widths) {
        sheet.set_column_width(col, width)?;
    }
    let mut lines = Lines { sheet, row: 0, styles, widths };
    lines.head(&title(of.record, of.document), &subtitle(of.document))?;
    lines.figures(&shown_figures(of))?;
    lines.failed_checks(of.document)?;
    lines.section(Tables::TITLE)?;
    lines.headings()?;
    for (index, (statement, name)) in of.document.statements.iter().zip(of.names).enumerate() {
        lines.table(index + 1, statement, name)?;
    }
    lines.row += 1;
    lines.section(heading::ABOUT)?;
    for (label, text) in facts(of.record, of.document) {
        lines.pair(label, &text)?;
    }
    let last = lines.row;
    sheet.ignore_error_range(0, 0, last, last_col(), IgnoreError::NumberStoredAsText)?;
    sheet.set_screen_gridlines(false);
    Paper::of(&widths, 0).set_up(sheet)
}

/// A key figure as it is shown.
struct Figure {
    label: &'static str,
    number: Number,
    doubtful: bool,
    /// The cell that it was taken from.
    link: Option<String>,
}

/// The key figures in 万元, each with the link to its cell.
fn shown_figures(of: &Overview<'_>) -> Vec<Figure> {
    let figure = |headline: Headline| {
        let fact = of.document.statements.get(headline.statement)?.facts.get(headline.fact)?;
        let number = ten_thousand_yuan(headline.value)?;
        let link = of.places.link(of.document, &headline);
        Some(Figure { label: headline.kind.label_zh(), number, doubtful: is_doubtful(&fact.flags), link })
    };
    headlines(of.document).into_iter().filter_map(figure).collect()
}

/// The widths that these titles and places need.
fn widths(document: &NormalizedDocument) -> [f64; WIDTHS.len()] {
    let mut widths = WIDTHS;
    for statement in &document.statements {
        let wanted = printed_width(&list_title(statement, "")) as f64 + 4.0;
        widths[TITLES] = widths[TITLES].max(wanted.min(WIDEST_TITLES));
        let wanted = printed_width(&place(statement)) as f64 + 3.0;
        widths[PLACES] = widths[PLACES].max(wanted.min(WIDEST_PLACES));
    }
    widths
}

struct Lines<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    styles: &'a mut Styles,
    widths: [f64; WIDTHS.len()],
}

impl Lines<'_> {
    /// Whose document it is, large, and what it is below.
    fn head(&mut self, title: &str, subtitle: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, 0, cell_text(title), self.styles.of(Role::Heading))?;
        self.end_row(36.0)?;
        self.sheet.write_string_with_format(self.row, 0, cell_text(subtitle), self.styles.of(Role::Remark))?;
        self.end_row(20.0)?;
        self.row += 1;
        Ok(())
    }

    /// The heading of a part, ruled over the whole width.
    fn section(&mut self, text: &str) -> Result<(), XlsxError> {
        for col in 0..=last_col() {
            self.sheet.write_blank(self.row, col, self.styles.of(Role::Section))?;
        }
        self.sheet.write_string_with_format(self.row, 0, text, self.styles.of(Role::Section))?;
        self.end_row(24.0)
    }

    /// A label and its text over the rest of the width.
    fn pair(&mut self, label: &str, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, 0, label, self.styles.of(Role::Header))?;
        let format = self.styles.of(Role::Text);
        self.sheet.merge_range(self.row, 1, self.row, last_col(), &cell_text(text), format)?;
        let width = self.widths[1..].iter().sum();
        self.end_row(text_height(text, width).max(text_height(label, self.widths[0])))
    }

    /// A text over the whole width.
    fn wide(&mut self, text: &str, role: Role) -> Result<(), XlsxError> {
        let format = self.styles.of(role);
        self.sheet.merge_range(self.row, 0, self.row, last_col(), &cell_text(text), format)?;
        self.end_row(text_height(text, self.widths.iter().sum()))
    }

    /// The key figures: the first ones large, side by side, the others small below.
    fn figures(&mut self, figures: &[Figure]) -> Result<(), XlsxError> {
        if figures.is_empty() {
            return Ok(());
        }
        self.section(heading::FIGURES)?;
        let (large, small) = figures.split_at(figures.len().min(TILES.len() * TILE_ROWS));
        for row in large.chunks(TILES.len()) {
            for (figure, columns) in row.iter().zip(TILES) {
                self.tile(figure, columns)?;
            }
            self.end_row(20.0)?;
            self.end_row(30.0)?;
        }
        for figure in small {
            self.sheet.write_string_with_format(self.row, SMALL.0, figure.label, self.styles.of(Role::Text))?;
            let role = if figure.link.is_some() { Role::LinkedAmount } else { Role::Amount };
            self.number(figure, (self.row, SMALL.1), role)?;
            self.end_row(20.0)?;
        }
        self.row += 1;
        Ok(())
    }

    /// A large figure below what it is.
    fn tile(&mut self, figure: &Figure, (first, last): (u16, u16)) -> Result<(), XlsxError> {
        let (above, below) = (self.row, self.row + 1);
        let label = self.styles.of(Role::FigureLabel);
        self.sheet.write_string_with_format(above, first, figure.label, label)?;
        if last > first {
            let style = Style { shown: figure.number.shown, doubtful: figure.doubtful, ..Style::of(Role::Figure) };
            self.sheet.merge_range(below, first, below, last, "", self.styles.get(style))?;
        }
        self.number(figure, (below, first), Role::Figure)
    }

    fn number(&mut self, figure: &Figure, (row, col): (u32, u16), role: Role) -> Result<(), XlsxError> {
        let style = Style { shown: figure.number.shown, doubtful: figure.doubtful, ..Style::of(role) };
        let format = self.styles.get(style);
        if let Some(link) = &figure.link {
            self.sheet.write_url_with_format(row, col, Url::new(link), format)?;
        }
        // The number takes the place of the link's text; the link stays.
        self.sheet.write_number_with_format(row, col, figure.number.value, format)?;
        Ok(())
    }

    fn headings(&mut self) -> Result<(), XlsxError> {
        for (col, text) in (0..).zip(headings()) {
            self.sheet.write_string_with_format(self.row, col, text, self.styles.of(Role::Header))?;
        }
        self.end_row(20.0)
    }

    /// How the checks came out, and those that fail, each with its page.
    fn failed_checks(&mut self, document: &NormalizedDocument) -> Result<(), XlsxError> {
        self.section(Checks::TITLE)?;
        self.wide(&verdicts(document), Role::Caption)?;
        let failed = document.checks.iter().filter(|check| check.status == CheckStatus::Failed);
        failed.take(MOST_FAILED).try_for_each(|check| self.wide(&failed_check(document, check), Role::Text))?;
        self.row += 1;
        Ok(())
    }

    fn table(&mut self, number: usize, statement: &Statement, name: &str) -> Result<(), XlsxError> {
        let title = list_title(statement, name);
        let unit = statement.unit.map_or("", |unit| unit.as_str()).to_owned();
        let doubtful = statement.facts.iter().filter(|fact| is_doubtful(&fact.flags)).count();
        let doubts = doubts(statement, doubtful);
        let (centred, left) = (Style::of(Role::Centered), Style::of(Role::Text));
        let cells = [
            (centred, number.to_string()),
            (Style::of(Role::Link), title),
            (left, statement.table_type.label_zh().to_owned()),
            (centred, unit),
            (centred, place(statement)),
            (centred, statement.state.label_zh().to_owned()),
            (Style::of(Role::Amount), statement.facts.len().to_string()),
            (Style::of(Role::Amount), statement.indicators.len().to_string()),
            (left, doubts),
        ];
        let mut height = 0.0_f64;
        for (col, (style, text)) in cells.iter().enumerate() {
            self.cell(col as u16, *style, text, name)?;
            height = height.max(text_height(text, self.widths[col]));
        }
        self.end_row(height)
    }

    fn cell(&mut self, col: u16, style: Style, text: &str, name: &str) -> Result<(), XlsxError> {
        let format = self.styles.get(style);
        if style.role == Role::Link {
            let link = Url::new(format!("internal:'{name}'!A1")).set_text(cell_text(text));
            self.sheet.write_url_with_format(self.row, col, link, format)?;
        } else if let (Role::Amount, Ok(count)) = (style.role, text.parse::<u32>()) {
            self.sheet.write_number_with_format(self.row, col, count, format)?;
        } else {
            self.sheet.write_string_with_format(self.row, col, cell_text(text), format)?;
        }
        Ok(())
    }

    fn end_row(&mut self, height: f64) -> Result<(), XlsxError> {
        self.sheet.set_row_height(self.row, height.min(HIGHEST_ROW))?;
        self.row += 1;
        Ok(())
    }
}

/// Where the table stands: its worksheet, or its pages.
fn place(statement: &Statement) -> String {
    statement.raw.sheet.clone().unwrap_or_else(|| page_ranges(&statement.raw.pages))
}

/// Number and title as printed; the sheet's name where the table has no title.
fn list_title(statement: &Statement, name: &str) -> String {
    let title = if statement.title.is_empty() { name } else { &statement.title };
    [statement.table_no.as_str(), title].join(" ").trim().to_owned()
}

fn last_col() -> u16 {
    WIDTHS.len() as u16 - 1
}

fn doubts(statement: &Statement, doubtful: usize) -> String {
    let mut doubts: Vec<String> = statement.doubts.iter().map(Doubt::sentence_zh).collect();
    if doubtful > 0 {
        doubts.push(format!("{doubtful} 个数存疑"));
    }
    doubts.join("；")
}
