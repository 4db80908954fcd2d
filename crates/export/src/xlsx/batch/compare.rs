//! 比较: a row for each body and year with its key figures in 万元, each linked to the row that it was taken from.

use super::comparison::{Comparison, Figure, Line};
use crate::dataset::{Dataset, Documents, Facts};
use crate::words::{heading, sheet};
use crate::xlsx::amount::{Number, ten_thousand_yuan};
use crate::xlsx::paper::Paper;
use crate::xlsx::sheet::cell_text;
use crate::xlsx::style::{Role, Style, Styles};
use rust_xlsxwriter::{Url, Worksheet, XlsxError};
use yusuan_normalize::HeadlineKind;

/// Links that a worksheet may hold are limited by Excel to 65,530.
const MOST_LINKS: usize = 65_000;

/// Widths of the columns before the figures in characters, in the order of their [`headings`].
const WIDTHS: [f64; 5] = [18.0, 30.0, 7.0, 7.0, 7.0];
/// Width of a figure's column.
const FIGURE_WIDTH: f64 = 13.5;
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
    write_head(sheet, styles)?;
    let mut body = Body { sheet, styles, links: 0 };
    for (row, line) in (HEAD + 1..).zip(&comparison.lines) {
        body.line(row, line)?;
    }
    let last = HEAD + comparison.lines.len() as u32;
    sheet.autofilter(HEAD, 0, last, last_col())?;
    sheet.set_freeze_panes(HEAD + 1, LABELS as u16)?;
    sheet.set_repeat_rows(HEAD, HEAD)?;
    let mut widths: Vec<f64> =
        WIDTHS.into_iter().chain(HeadlineKind::ALL.iter().map(|_| FIGURE_WIDTH)).chain(BEHIND).collect();
    // A figure that nobody prints has no column to be seen.
    for (col, kind) in (FIRST_FIGURE..).zip(HeadlineKind::ALL) {
        let has = |line: &Line| line.figure(*kind).is_some() || line.differing().any(|differing| differing == *kind);
        if !comparison.lines.is_empty() && !comparison.lines.iter().any(has) {
            sheet.set_column_hidden(col)?;
            widths[usize::from(col)] = 0.0;
        }
    }
    Paper::of(&widths, LABELS).set_up(sheet)
}

/// The title, what the sheet is, and the headings.
fn write_head(sheet: &mut Worksheet, styles: &mut Styles) -> Result<(), XlsxError> {
    for (col, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(col, width)?;
    }
    sheet.set_column_range_width(FIRST_FIGURE, source_col() - 1, FIGURE_WIDTH)?;
    for (col, width) in (source_col()..).zip(BEHIND) {
        sheet.set_column_width(col, width)?;
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
