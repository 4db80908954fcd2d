//! 概览: who, which year, which tables, and what is doubtful.

use super::amount::{Number, ten_thousand_yuan};
use super::layout::{HIGHEST_ROW, text_height};
use super::places::Places;
use super::sheet::{cell_text, set_up_page};
use super::style::{Role, Style, Styles};
use super::summary::{facts, failed_check, title};
use crate::dataset::{Dataset, Documents, Tables, page_ranges};
use crate::doubt::is_doubtful;
use crate::record::DocumentRecord;
use crate::text_width::printed_width;
use crate::words::{heading, sheet};
use rust_xlsxwriter::{IgnoreError, Url, Worksheet, XlsxError};
use yusuan_normalize::{Check, CheckStatus, Doubt, Headline, NormalizedDocument, Statement, headlines};

/// The list's column of titles: they are links, which do not wrap everywhere, so the column is as wide as the longest.
const TITLES: usize = 1;
/// Widest column of titles, in characters.
const WIDEST_TITLES: f64 = 90.0;

/// The list's column of pages or worksheet names.
const PLACES: usize = 4;
/// Widest column of pages or worksheet names, in characters.
const WIDEST_PLACES: f64 = 34.0;

/// Widths of the list of tables in characters, in the order of its [`headings`].
const WIDTHS: [f64; 9] = [11.0, 44.0, 24.0, 9.0, 12.0, 10.0, 9.0, 9.0, 40.0];

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
    lines.title(&title(of.record, of.document))?;
    for (label, text) in facts(of.record, of.document) {
        lines.pair(label, &text)?;
    }
    lines.row += 1;
    lines.figures(of)?;
    lines.headings()?;
    for (index, (statement, name)) in of.document.statements.iter().zip(of.names).enumerate() {
        lines.table(index + 1, statement, name)?;
    }
    lines.failed_checks(of.document)?;
    let last = lines.row;
    sheet.ignore_error_range(0, 0, last, last_col(), IgnoreError::NumberStoredAsText)?;
    set_up_page(sheet);
    Ok(())
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
    fn title(&mut self, text: &str) -> Result<(), XlsxError> {
        let format = self.styles.of(Role::Title);
        self.sheet.merge_range(self.row, 0, self.row, last_col(), &cell_text(text), format)?;
        self.sheet.set_row_height(self.row, 30.0)?;
        self.row += 1;
        Ok(())
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

    /// The key figures in 万元, each linked to its cell.
    fn figures(&mut self, of: &Overview<'_>) -> Result<(), XlsxError> {
        let figures: Vec<(Headline, Number)> = headlines(of.document)
            .into_iter()
            .filter_map(|headline| ten_thousand_yuan(headline.value).map(|number| (headline, number)))
            .collect();
        if figures.is_empty() {
            return Ok(());
        }
        self.wide("关键数字（万元），点数字看原处", Role::Header)?;
        for (headline, number) in figures {
            self.figure(of, &headline, &number)?;
        }
        self.row += 1;
        Ok(())
    }

    fn figure(&mut self, of: &Overview<'_>, headline: &Headline, number: &Number) -> Result<(), XlsxError> {
        let statement = of.document.statements.get(headline.statement);
        let Some(fact) = statement.and_then(|statement| statement.facts.get(headline.fact)) else { return Ok(()) };
        let (label, value) = (TITLES as u16, TITLES as u16 + 1);
        self.sheet.write_string_with_format(self.row, label, headline.kind.label_zh(), self.styles.of(Role::Text))?;
        let link = of.places.link(of.document, headline);
        let role = if link.is_some() { Role::LinkedAmount } else { Role::Amount };
        let doubtful = is_doubtful(&fact.flags);
        let format = self.styles.get(Style { shown: number.shown, doubtful, ..Style::of(role) });
        if let Some(link) = link {
            self.sheet.write_url_with_format(self.row, value, Url::new(link), format)?;
        }
        // The number takes the place of the link's text; the link stays.
        self.sheet.write_number_with_format(self.row, value, number.value, format)?;
        self.end_row(20.0)
    }

    fn headings(&mut self) -> Result<(), XlsxError> {
        for (col, text) in (0..).zip(headings()) {
            self.sheet.write_string_with_format(self.row, col, text, self.styles.of(Role::Header))?;
        }
        self.end_row(20.0)
    }

    /// The checks that fail, below the list.
    fn failed_checks(&mut self, document: &NormalizedDocument) -> Result<(), XlsxError> {
        let failed: Vec<&Check> = document.checks.iter().filter(|c| c.status == CheckStatus::Failed).collect();
        if failed.is_empty() {
            return Ok(());
        }
        self.row += 1;
        self.wide(Documents::label("checks_failed"), Role::Header)?;
        failed.into_iter().try_for_each(|check| self.wide(&failed_check(check), Role::Text))
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
