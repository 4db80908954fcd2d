//! 核对: the arithmetic identities that don't hold or hold only within rounding, with links to the cells.

use super::amount::{Number, yuan};
use super::layout::text_height;
use super::style::{Role, Style, Styles};
use super::{cell_text, set_up_page};
use rust_decimal::Decimal;
use rust_xlsxwriter::{Url, Worksheet, XlsxError};
use std::collections::BTreeMap;
use yusuan_normalize::rule;
use yusuan_normalize::{Check, CheckStatus, Headline, NormalizedDocument, Statement};

/// Name of the sheet.
const NAME: &str = "核对";

const COLUMNS: &[(&str, f64)] = &[
    ("结果", 10.0),
    ("规则", 22.0),
    ("关系式", 52.0),
    ("左边（元）", 20.0),
    ("右边（元）", 20.0),
    ("差额（元）", 18.0),
    ("容差（元）", 14.0),
    ("位置", 14.0),
    ("可疑单元格", 14.0),
    ("原因", 44.0),
];

/// Where the cells of the document's tables stand in the workbook.
#[derive(Default)]
pub(super) struct Places {
    /// For each cell `t03!R5C6` the link to it.
    links: BTreeMap<String, String>,
}

impl Places {
    /// The link to a key figure's cell.
    pub(super) fn link(&self, document: &NormalizedDocument, headline: &Headline) -> Option<&str> {
        let statement = document.statements.get(headline.statement)?;
        let fact = statement.facts.get(headline.fact)?;
        self.links.get(&format!("{}!R{}C{}", statement.id, fact.row, fact.col)).map(String::as_str)
    }

    /// Notes where the figures of a statement were written: its sheet and the sheet's row of the first grid row.
    pub(super) fn add(&mut self, statement: &Statement, sheet: &str, first: u32) {
        for fact in &statement.facts {
            let Some((row, col)) = position(statement, fact.cell, first) else { continue };
            let name = format!("{}!R{}C{}", statement.id, fact.row, fact.col);
            self.links
                .insert(name, format!("internal:'{sheet}'!{}", rust_xlsxwriter::utility::row_col_to_cell(row, col)));
        }
    }
}

/// The sheet's row and column of a raw cell.
pub(super) fn position(statement: &Statement, cell: usize, first: u32) -> Option<(u32, u16)> {
    let raw = statement.raw.cells.get(cell)?;
    let row = raw.row.checked_sub(statement.header_start)?;
    Some((first.checked_add(u32::try_from(row).ok()?)?, u16::try_from(raw.col).ok()?))
}

/// For each cell of a statement that took part in failed checks the note on it.
pub(super) fn notes(statement: &Statement, checks: &[Check]) -> BTreeMap<usize, String> {
    let mut notes: BTreeMap<usize, String> = BTreeMap::new();
    let prefix = format!("{}!", statement.id);
    let failed: Vec<&Check> = checks
        .iter()
        .filter(|c| c.status == CheckStatus::Failed && c.cells.iter().any(|cell| cell.starts_with(&prefix)))
        .collect();
    if failed.is_empty() {
        return notes;
    }
    for fact in &statement.facts {
        let name = format!("{prefix}R{}C{}", fact.row, fact.col);
        for check in failed.iter().filter(|c| c.cells.contains(&name)) {
            let suspect = if check.suspects.first() == Some(&name) { "（最可疑）" } else { "" };
            let line = format!("{}不符{suspect}：{}，差 {} 元", check.rule, check.statement, amount(check.difference));
            let note = notes.entry(fact.cell).or_default();
            note.push_str(if note.is_empty() { "" } else { "\n" });
            note.push_str(&line);
        }
    }
    notes
}

fn amount(value: Option<Decimal>) -> String {
    value.map_or("—".to_owned(), |v| v.normalize().to_string())
}

/// Writes the sheet: failed checks first, then those within rounding.
pub(super) fn write(
    sheet: &mut Worksheet,
    document: &NormalizedDocument,
    places: &Places,
    styles: &mut Styles,
) -> Result<(), XlsxError> {
    sheet.set_name(NAME)?;
    for (col, (heading, width)) in COLUMNS.iter().enumerate() {
        sheet.set_column_width(col as u16, *width)?;
        sheet.write_string_with_format(0, col as u16, *heading, styles.of(Role::Header))?;
    }
    sheet.set_row_height(0, 20.0)?;
    let of = |status| document.checks.iter().filter(move |c| c.status == status);
    let found = of(CheckStatus::Failed).chain(of(CheckStatus::Rounding));
    let told: Vec<&Check> = found.chain(of(CheckStatus::Skipped)).collect();
    let mut line = Line { sheet, row: 1, places, styles };
    for check in &told {
        line.check(check)?;
    }
    let passed = of(CheckStatus::Passed).count();
    let last = line.row;
    let held = told.iter().all(|c| c.status == CheckStatus::Skipped);
    let words = if held {
        format!("其余 {passed} 处勾稽关系全部相符")
    } else {
        format!("另有 {passed} 处勾稽关系相符；各规则的含义见 yusuan explain")
    };
    let width = COLUMNS.len() as u16 - 1;
    sheet.merge_range(last, 0, last, width, &words, styles.of(Role::Note))?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    set_up_page(sheet);
    Ok(())
}

/// Where a check stands: its cell, else the cell that the sentence repeats, else the page.
fn place(check: &Check) -> String {
    if check.row > 0 {
        return format!("{}!R{}C{}", check.table_id, check.row, check.col);
    }
    let page = || check.place.page.map_or(String::new(), |page| format!("第{page}页"));
    check.cells.first().cloned().unwrap_or_else(page)
}

struct Line<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    places: &'a Places,
    styles: &'a mut Styles,
}

impl Line<'_> {
    fn check(&mut self, check: &Check) -> Result<(), XlsxError> {
        let failed = check.status == CheckStatus::Failed;
        let verdict = match check.status {
            CheckStatus::Failed => "不符",
            CheckStatus::Skipped => "未核",
            CheckStatus::Rounding | CheckStatus::Passed => "四舍五入差",
        };
        let status = Style { doubtful: failed, ..Style::of(Role::Centered) };
        self.sheet.write_string_with_format(self.row, 0, verdict, self.styles.get(status))?;
        let title = rule(&check.rule).map_or("", |r| r.title);
        let named = format!("{} {title}", check.rule);
        self.sheet.write_string_with_format(self.row, 1, named.trim_end(), self.styles.of(Role::Text))?;
        self.sheet.write_string_with_format(self.row, 2, cell_text(&check.statement), self.styles.of(Role::Text))?;
        for (col, value) in [check.left, check.right, check.difference, check.tolerance].into_iter().enumerate() {
            self.amount(col as u16 + 3, value)?;
        }
        self.link(7, &place(check))?;
        self.link(8, check.suspects.first().map_or("", String::as_str))?;
        self.sheet.write_string_with_format(self.row, 9, cell_text(&check.reason), self.styles.of(Role::Text))?;
        let texts = [(named.as_str(), 1), (&check.statement, 2), (&check.reason, 9)];
        let height = texts.iter().map(|(text, col)| text_height(text, COLUMNS[*col].1)).fold(0.0, f64::max);
        self.sheet.set_row_height(self.row, height.min(409.0))?;
        self.row += 1;
        Ok(())
    }

    fn amount(&mut self, col: u16, value: Option<Decimal>) -> Result<(), XlsxError> {
        match value.map(|exact| (exact, yuan(exact))) {
            None => self.sheet.write_blank(self.row, col, self.styles.of(Role::Text))?,
            Some((_, Some(Number { value, shown, .. }))) => {
                self.sheet.write_number_with_format(self.row, col, value, self.styles.get(Style::number(shown)))?
            }
            Some((exact, None)) => {
                let format = self.styles.of(Role::Amount);
                self.sheet.write_string_with_format(self.row, col, exact.to_string(), format)?
            }
        };
        Ok(())
    }

    /// A cell's name, linked to the cell where it is in the workbook.
    fn link(&mut self, col: u16, name: &str) -> Result<(), XlsxError> {
        match self.places.links.get(name) {
            Some(target) => {
                let link = Url::new(target).set_text(name);
                self.sheet.write_url_with_format(self.row, col, link, self.styles.of(Role::Link))?
            }
            None => self.sheet.write_string_with_format(self.row, col, name, self.styles.of(Role::Text))?,
        };
        Ok(())
    }
}
