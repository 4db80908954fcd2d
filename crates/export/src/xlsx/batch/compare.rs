//! 比较: a row for each body and year with its key figures in 万元, each linked to the row that it was taken from.

use super::comparison::{Comparison, Figure, Line};
use crate::dataset::{Dataset, Documents, Facts};
use crate::text_width::printed_width;
use crate::words::{heading, sheet};
use crate::xlsx::amount::{Number, ten_thousand_yuan};
use crate::xlsx::paper::Paper;
use crate::xlsx::sheet::cell_text;
use crate::xlsx::style::{Role, Style, Styles};
use rust_decimal::Decimal;
use rust_xlsxwriter::{Url, Worksheet, XlsxError};
use yusuan_normalize::HeadlineKind;

/// Links that a worksheet may hold are limited by Excel to 65,530.
const MOST_LINKS: usize = 65_000;

/// Widest columns before the figures in characters, in the order of their [`headings`].
const WIDTHS: [f64; 5] = [18.0, 30.0, 7.0, 7.0, 7.0];
/// Narrowest such column.
const LEAST_WIDTH: f64 = 6.0;
/// Width of a figure's column: no narrower than its heading in three lines needs, no wider than any budget.
const FIGURE_WIDTHS: (f64, f64) = (9.5, 16.0);
/// Room beside a text or a number, in characters.
const AIR: f64 = 1.8;
/// Widths of the columns behind the figures: the files, what is to be said besides.
const BEHIND: [f64; 2] = [36.0, 30.0];
/// Columns that stay in sight: where and who.
const LABELS: usize = 2;
/// The column of the first figure.
const FIRST_FIGURE: u16 = WIDTHS.len() as u16;
/// The row of the headings.
const HEAD: u32 = 2;

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, comparison: &Comparison, styles: &mut Styles) -> Result<(), XlsxError> {
    sheet.set_name(sheet::COMPARISON)?;
    let widths = widths(comparison);
    write_head(sheet, &widths, styles)?;
    let mut body = Body { sheet, styles, links: 0 };
    for (row, line) in (HEAD + 1..).zip(&comparison.lines) {
        body.line(row, line)?;
    }
    let last = HEAD + comparison.lines.len() as u32;
    sheet.autofilter(HEAD, 0, last, last_col())?;
    sheet.set_freeze_panes(HEAD + 1, LABELS as u16)?;
    sheet.set_repeat_rows(HEAD, HEAD)?;
    // Files and notes are for the screen, where they can be followed.
    let printed = &widths[..usize::from(source_col())];
    sheet.set_print_area(0, 0, last, source_col() - 1)?;
    Paper::of(printed, LABELS).set_up(sheet)
}

/// The columns' widths, as wide as what stands in them; 0 for a figure that nobody prints, which has no column to be seen.
fn widths(comparison: &Comparison) -> Vec<f64> {
    let lines = &comparison.lines;
    let widest =
        |text: &dyn Fn(&Line) -> String| lines.iter().map(|line| printed_width(&text(line))).max().unwrap_or(0);
    let mut widths = WIDTHS.to_vec();
    let [region, body, ..] = widths.as_mut_slice() else { return widths };
    *region = (widest(&|line| line.identity.region.clone()) as f64 + AIR).clamp(LEAST_WIDTH, *region);
    *body = (widest(&|line| line.body().to_owned()) as f64 + AIR).clamp(LEAST_WIDTH, *body);
    for kind in HeadlineKind::ALL {
        let has = |line: &Line| line.figure(*kind).is_some() || line.differing().any(|differing| differing == *kind);
        let shown = |line: &Line| line.figure(*kind).map_or_else(String::new, |figure| in_print(figure.value));
        let (least, most) = FIGURE_WIDTHS;
        let width = (widest(&shown) as f64 + AIR).clamp(least, most);
        widths.push(if lines.is_empty() || lines.iter().any(has) { width } else { 0.0 });
    }
    widths.extend(BEHIND);
    widths
}

/// An amount as its cell shows it: in 万元 with two decimals, its digits in groups of three.
fn in_print(yuan: Decimal) -> String {
    let Some(Number { value, .. }) = ten_thousand_yuan(yuan) else { return String::new() };
    let text = format!("{value:.2}");
    let digits = text.find('.').unwrap_or(text.len());
    text + &",".repeat(digits.saturating_sub(1) / 3)
}

/// The title, what the sheet is, and the headings.
fn write_head(sheet: &mut Worksheet, widths: &[f64], styles: &mut Styles) -> Result<(), XlsxError> {
    for (col, width) in (0..).zip(widths) {
        if *width > 0.0 {
            sheet.set_column_width(col, *width)?;
        } else {
            sheet.set_column_hidden(col)?;
        }
    }
    sheet.write_string_with_format(0, 0, "各部门、各年度关键数字比较", styles.of(Role::Heading))?;
    sheet.set_row_height(0, 34.0)?;
    let words = "单位：万元。点数字看它出自哪一行；浅黄底色为存疑的数；空格为没有找到或读法不一，绝不推算。部门数已含下属单位，不可与单位数相加。";
    sheet.write_string_with_format(1, 0, words, styles.of(Role::Remark))?;
    for (col, text) in (0..).zip(headings()) {
        sheet.write_string_with_format(HEAD, col, text, styles.of(Role::Header))?;
    }
    sheet.set_row_height(HEAD, 48.0)?;
    Ok(())
}

/// The column of the files, after the figures.
fn source_col() -> u16 {
    FIRST_FIGURE + HeadlineKind::ALL.len() as u16
}

/// The column of the note.
fn last_col() -> u16 {
    source_col() + BEHIND.len() as u16 - 1
}

/// The headings: who, the figures, where they are from, and what is to be said of them.
fn headings() -> Vec<String> {
    let who: [&str; WIDTHS.len()] = [
        Documents::label("region"),
        heading::BODY,
        Facts::label("entity_scope"),
        Documents::label("year"),
        heading::KIND,
    ];
    let figures = HeadlineKind::ALL.iter().map(|kind| kind.label_zh().to_owned());
    who.iter()
        .map(|text| (*text).to_owned())
        .chain(figures)
        .chain([heading::SOURCE_FILE.to_owned(), heading::NOTE.to_owned()])
        .collect()
}

struct Body<'a> {
    sheet: &'a mut Worksheet,
    styles: &'a mut Styles,
    links: usize,
}

impl Body<'_> {
    fn line(&mut self, row: u32, line: &Line) -> Result<(), XlsxError> {
        let identity = &line.identity;
        let year = identity.year.map_or(String::new(), |year| year.to_string());
        let who = [
            (identity.region.as_str(), Role::Text),
            (line.body(), Role::Text),
            (identity.scope.label_zh(), Role::Centered),
            (&year, Role::Centered),
            (identity.kind.map_or("", |kind| kind.label_zh()), Role::Centered),
        ];
        for (col, (text, role)) in (0..).zip(who) {
            self.sheet.write_string_with_format(row, col, cell_text(text), self.styles.of(role))?;
        }
        for (col, kind) in (FIRST_FIGURE..).zip(HeadlineKind::ALL) {
            self.figure(row, col, line.figure(*kind))?;
        }
        let differing: Vec<&str> = line.differing().map(HeadlineKind::label_zh).collect();
        let note = if differing.is_empty() {
            String::new()
        } else {
            format!("同一公开的几份文件不一致，未列：{}", differing.join("、"))
        };
        for (col, text) in (source_col()..).zip([line.sources.join("、"), note]) {
            self.sheet.write_string_with_format(row, col, cell_text(&text), self.styles.of(Role::Text))?;
        }
        Ok(())
    }

    fn figure(&mut self, row: u32, col: u16, figure: Option<&Figure>) -> Result<(), XlsxError> {
        let Some(figure) = figure else {
            self.sheet.write_blank(row, col, self.styles.of(Role::Text))?;
            return Ok(());
        };
        let link = figure.link.as_ref().filter(|_| self.links < MOST_LINKS);
        let role = if link.is_some() { Role::LinkedAmount } else { Role::Amount };
        let Some(Number { value, shown, .. }) = ten_thousand_yuan(figure.value) else {
            self.sheet.write_blank(row, col, self.styles.of(Role::Text))?;
            return Ok(());
        };
        let style = Style { shown, doubtful: figure.doubtful, ..Style::of(role) };
        let format = self.styles.get(style);
        if let Some(link) = link {
            self.sheet.write_url_with_format(row, col, Url::new(link), format)?;
            self.links += 1;
        }
        // The number takes the place of the link's text; the link stays.
        self.sheet.write_number_with_format(row, col, value, format)?;
        Ok(())
    }
}
