//! 概览: who, which year, which tables, and what is doubtful.

use super::amount::{Number, ten_thousand_yuan};
use super::layout::text_height;
use super::style::{Role, Style, Styles};
use super::verdicts::Places;
use super::{cell_text, set_up_page};
use crate::dataset::tables::page_ranges;
use crate::record::DocumentRecord;
use crate::text_width::printed_width;
use rust_xlsxwriter::{IgnoreError, Url, Worksheet, XlsxError};
use yusuan_normalize::{headlines, Check, CheckStatus, Doubt, Headline, NormalizedDocument, Statement};

/// The list's column of titles: they are links, which do not wrap everywhere, so the column is as wide as the longest.
const TITLES: usize = 1;
/// Widest column of titles, in characters.
const WIDEST_TITLES: f64 = 90.0;

/// The list's column of pages or worksheet names.
const PLACES: usize = 4;
/// Widest column of pages or worksheet names, in characters.
const WIDEST_PLACES: f64 = 34.0;

/// Name of the sheet.
const NAME: &str = "概览";

/// Headings and widths of the list of tables.
const COLUMNS: &[(&str, f64)] = &[
    ("序号", 11.0),
    ("表名", 44.0),
    ("表类型", 24.0),
    ("单位", 9.0),
    ("页码", 12.0),
    ("数据", 10.0),
    ("金额数", 9.0),
    ("指标数", 9.0),
    ("存疑", 40.0),
];

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
    sheet.set_name(NAME)?;
    let mut widths: Vec<f64> = COLUMNS.iter().map(|(_, width)| *width).collect();
    for statement in &of.document.statements {
        let wanted = printed_width(&list_title(statement, "")) as f64 + 4.0;
        widths[TITLES] = widths[TITLES].max(wanted.min(WIDEST_TITLES));
        let wanted = printed_width(&place(statement)) as f64 + 3.0;
        widths[PLACES] = widths[PLACES].max(wanted.min(WIDEST_PLACES));
    }
    for (col, width) in widths.iter().enumerate() {
        sheet.set_column_width(col as u16, *width)?;
    }
    let mut lines = Lines { sheet, row: 0, styles, widths };
    lines.title(&title(of))?;
    for (label, text) in facts(of) {
        lines.pair(label, &text)?;
    }
    lines.row += 1;
    lines.figures(of)?;
    lines.headings()?;
    for (index, (statement, name)) in of.document.statements.iter().zip(of.names).enumerate() {
        lines.table(index + 1, statement, name)?;
    }
    let failed: Vec<&Check> = of.document.checks.iter().filter(|c| c.status == CheckStatus::Failed).collect();
    if !failed.is_empty() {
        lines.row += 1;
        lines.wide("勾稽不符", Role::Header)?;
        for check in failed {
            lines.wide(&failed_check(check), Role::Text)?;
        }
    }
    let last = lines.row;
    sheet.ignore_error_range(0, 0, last, COLUMNS.len() as u16 - 1, IgnoreError::NumberStoredAsText)?;
    set_up_page(sheet);
    Ok(())
}

fn title(of: &Overview<'_>) -> String {
    let identity = &of.document.identity;
    let year = identity.year.map_or(String::new(), |year| format!("{year}年"));
    let kind = identity.kind.map_or("", |kind| kind.label_zh());
    let title = format!("{}{year}{kind}", identity.department);
    if title.is_empty() { of.record.source.clone() } else { title }
}

fn facts(of: &Overview<'_>) -> Vec<(&'static str, String)> {
    let (record, document) = (of.record, of.document);
    let identity = &document.identity;
    let unknown = |text: &str| if text.is_empty() { "未识别".to_owned() } else { text.to_owned() };
    let kind =
        identity.kind.map_or("未识别".to_owned(), |k| format!("{}（{}）", k.label_zh(), identity.scope.label_zh()));
    let count = |status| document.checks.iter().filter(|check| check.status == status).count();
    let checks = format!(
        "相符 {}，四舍五入差 {}，不符 {}",
        count(CheckStatus::Passed),
        count(CheckStatus::Rounding),
        count(CheckStatus::Failed)
    );
    let mut facts = vec![
        ("部门", unknown(&identity.department)),
        ("地区", unknown([&identity.region, &identity.region_code].map(String::as_str).join(" ").trim())),
        ("年度", identity.year.map_or("未识别".to_owned(), |year| year.to_string())),
        ("类型", kind),
        ("来源文件", record.source.clone()),
        ("文件编号", record.doc_id.clone()),
        ("勾稽关系", checks),
    ];
    let losses = [&record.error, &identity.flags.join("；"), &document.tables_missing.join("、")].map(String::from);
    let labels = ["未能完整读取", "识别存疑", "目录有、正文未见"];
    facts.extend(labels.into_iter().zip(losses).filter(|(_, text)| !text.is_empty()));
    let remarks = document.diagnostics.iter().filter(|d| !d.code.loses_content());
    facts.extend(remarks.map(|d| ("读取说明", format!("{} {}", d.code.as_str(), d.message))));
    facts
}

fn failed_check(check: &Check) -> String {
    let amount = |value: Option<rust_decimal::Decimal>| value.map_or("—".to_owned(), |v| v.normalize().to_string());
    let place = if check.cells.is_empty() { String::new() } else { format!("（{}）", check.cells.join("、")) };
    let [left, right, difference] = [check.left, check.right, check.difference].map(amount);
    // Weights are no money: their sums stand in the statement.
    let figures = if check.difference.is_none() {
        String::new()
    } else {
        format!("：左 {left} 元，右 {right} 元，差 {difference} 元")
    };
    format!("{} {}{figures}{place}", check.rule, check.statement)
}

struct Lines<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    styles: &'a mut Styles,
    widths: Vec<f64>,
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
        let width = self.widths.iter().skip(1).sum();
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
            let Some(fact) = of.document.statements.get(headline.statement).and_then(|s| s.facts.get(headline.fact))
            else {
                continue;
            };
            let label = self.styles.of(Role::Text);
            self.sheet.write_string_with_format(self.row, TITLES as u16, headline.kind.label_zh(), label)?;
            let link = of.places.link(of.document, &headline);
            let role = if link.is_some() { Role::LinkedAmount } else { Role::Amount };
            let doubtful = super::statement::is_doubtful(&fact.flags);
            let format = self.styles.get(Style { shown: number.shown, doubtful, ..Style::of(role) });
            if let Some(link) = link {
                self.sheet.write_url_with_format(self.row, TITLES as u16 + 1, Url::new(link), format)?;
            }
            // The number takes the place of the link's text; the link stays.
            self.sheet.write_number_with_format(self.row, TITLES as u16 + 1, number.value, format)?;
            self.end_row(20.0)?;
        }
        self.row += 1;
        Ok(())
    }

    fn headings(&mut self) -> Result<(), XlsxError> {
        for (col, (heading, _)) in COLUMNS.iter().enumerate() {
            self.sheet.write_string_with_format(self.row, col as u16, *heading, self.styles.of(Role::Header))?;
        }
        self.end_row(20.0)
    }

    fn table(&mut self, number: usize, statement: &Statement, name: &str) -> Result<(), XlsxError> {
        let text = |style: Style, text: String| (style, text);
        let title = list_title(statement, name);
        let unit = statement.unit.map_or("", |unit| unit.as_str()).to_owned();
        let doubtful = statement.facts.iter().filter(|fact| super::statement::is_doubtful(&fact.flags)).count();
        let doubts = doubts(statement, doubtful);
        let (centred, left) = (Style::of(Role::Centered), Style::of(Role::Text));
        let cells = [
            text(centred, number.to_string()),
            text(Style::of(Role::Link), title),
            text(left, statement.table_type.label_zh().to_owned()),
            text(centred, unit),
            text(centred, place(statement)),
            text(centred, statement.state.label_zh().to_owned()),
            text(Style::of(Role::Amount), statement.facts.len().to_string()),
            text(Style::of(Role::Amount), statement.indicators.len().to_string()),
            text(left, doubts),
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
        self.sheet.set_row_height(self.row, height.min(409.0))?;
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
    COLUMNS.len() as u16 - 1
}

fn doubts(statement: &Statement, doubtful: usize) -> String {
    let mut doubts: Vec<String> = statement.doubts.iter().map(Doubt::sentence_zh).collect();
    if doubtful > 0 {
        doubts.push(format!("{doubtful} 个数存疑"));
    }
    doubts.join("；")
}
