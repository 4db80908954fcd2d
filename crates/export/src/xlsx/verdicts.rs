//! 核对: the arithmetic identities that don't hold or hold only within rounding, each with its page, a sentence and links to the
//! cells; then all of them counted by rule.

use super::amount::{Number, yuan};
use super::layout::{HIGHEST_ROW, text_height};
use super::paper::Paper;
use super::places::Places;
use super::sheet::{cell_text, write_back};
use super::style::{Role, Style, Styles};
use super::summary::{page_of, sentence, table_of, verdicts};
use crate::dataset::{Checks, Dataset, Tables};
use crate::words::{self, heading, sheet};
use rust_decimal::Decimal;
use rust_xlsxwriter::{Url, Worksheet, XlsxError};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use yusuan_normalize::{CellRef, Check, CheckStatus, NormalizedDocument, rule};

/// The sheet's columns in their order.
#[derive(Clone, Copy)]
enum Col {
    Status,
    Page,
    Table,
    Sentence,
    Left,
    Right,
    Difference,
    Rule,
    Place,
    Suspect,
    Reason,
}

impl Col {
    /// Every column with its width in characters.
    const WIDTHS: [(Self, f64); 11] = [
        (Self::Status, 11.0),
        (Self::Page, 7.0),
        (Self::Table, 24.0),
        (Self::Sentence, 52.0),
        (Self::Left, 17.0),
        (Self::Right, 17.0),
        (Self::Difference, 15.0),
        (Self::Rule, 20.0),
        (Self::Place, 12.0),
        (Self::Suspect, 12.0),
        (Self::Reason, 28.0),
    ];

    fn heading(self) -> &'static str {
        match self {
            Self::Status => Checks::label("status"),
            Self::Page => Checks::label("page"),
            Self::Table => Tables::TITLE,
            Self::Sentence => Checks::label("statement"),
            Self::Left => Checks::label("left"),
            Self::Right => Checks::label("right"),
            Self::Difference => Checks::label("difference"),
            Self::Rule => Checks::label("rule"),
            Self::Place => heading::PLACE,
            Self::Suspect => Checks::label("suspects"),
            Self::Reason => heading::CAUSE,
        }
    }

    fn width(self) -> f64 {
        Self::WIDTHS[self as usize].1
    }
}

/// The row of the headings, below the way back and the counts.
const HEAD: u32 = 2;

/// Writes the sheet: what failed first, then what is within rounding, then what could not be tried, then the counts by rule.
pub(super) fn write(
    sheet: &mut Worksheet,
    document: &NormalizedDocument,
    places: &Places,
    styles: &mut Styles,
) -> Result<(), XlsxError> {
    sheet.set_name(sheet::VERDICTS)?;
    write_back(sheet, sheet::OVERVIEW, "", styles)?;
    sheet.write_string_with_format(1, 0, verdicts(document), styles.of(Role::Remark))?;
    for (col, width) in Col::WIDTHS {
        sheet.set_column_width(col as u16, width)?;
        sheet.write_string_with_format(HEAD, col as u16, col.heading(), styles.of(Role::Header))?;
    }
    sheet.set_row_height(HEAD, 20.0)?;
    let of = |status| document.checks.iter().filter(move |c| c.status == status);
    let found = of(CheckStatus::Failed).chain(of(CheckStatus::Rounding));
    let told: Vec<&Check> = found.chain(of(CheckStatus::Skipped)).collect();
    for (row, check) in (HEAD + 1..).zip(&told) {
        Line { sheet, row, document, places, styles }.check(check)?;
    }
    let after = HEAD + 1 + told.len() as u32;
    write_counts(sheet, after + 1, document, styles)?;
    sheet.set_freeze_panes(HEAD + 1, 0)?;
    sheet.set_repeat_rows(HEAD, HEAD)?;
    Paper::of(&Col::WIDTHS.map(|(_, width)| width), 0).set_up(sheet)
}

/// How often each rule was tried, and how it came out; the rules that fail most come first.
fn write_counts(
    sheet: &mut Worksheet,
    top: u32,
    document: &NormalizedDocument,
    styles: &mut Styles,
) -> Result<(), XlsxError> {
    const SHOWN: [CheckStatus; 4] =
        [CheckStatus::Failed, CheckStatus::Rounding, CheckStatus::Passed, CheckStatus::Skipped];
    let mut counts: BTreeMap<&str, [u32; SHOWN.len()]> = BTreeMap::new();
    for check in &document.checks {
        let of_rule = counts.entry(&check.rule).or_default();
        for (count, status) in of_rule.iter_mut().zip(SHOWN) {
            *count += u32::from(check.status == status);
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(rule, [failed, rounding, ..])| (Reverse(*failed), Reverse(*rounding), *rule));
    sheet.write_string_with_format(top, Col::Sentence as u16, heading::BY_RULE, styles.of(Role::Header))?;
    for (col, status) in (Col::Left as u16..).zip(SHOWN) {
        sheet.write_string_with_format(top, col, words::check_status(status), styles.of(Role::Header))?;
    }
    for (row, (id, of_rule)) in (top + 1..).zip(counts) {
        let title = rule(id).map_or("", |rule| rule.title);
        let named = format!("{id} {title}");
        sheet.write_string_with_format(row, Col::Sentence as u16, named.trim_end(), styles.of(Role::Text))?;
        for (col, count) in (Col::Left as u16..).zip(of_rule) {
            sheet.write_number_with_format(row, col, count, styles.of(Role::Amount))?;
        }
    }
    Ok(())
}

/// Where a check stands: its cell, else the cell that the sentence repeats.
fn place(check: &Check) -> Option<CellRef> {
    let own = (check.row > 0).then(|| CellRef::new(&check.table_id, check.row, check.col));
    own.or_else(|| check.cells.first().cloned())
}

/// One check's row.
struct Line<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    document: &'a NormalizedDocument,
    places: &'a Places,
    styles: &'a mut Styles,
}

impl Line<'_> {
    fn check(&mut self, check: &Check) -> Result<(), XlsxError> {
        let status = Style { doubtful: check.status == CheckStatus::Failed, ..Style::of(Role::Centered) };
        let title = rule(&check.rule).map_or("", |r| r.title);
        let named = format!("{} {title}", check.rule);
        self.styled(Col::Status, words::check_status(check.status), status)?;
        match page_of(self.document, check) {
            Some(page) => {
                let format = self.styles.of(Role::Centered);
                self.sheet.write_number_with_format(self.row, Col::Page as u16, page, format)?;
            }
            None => self.text(Col::Page, "")?,
        }
        let table = table_of(self.document, check).unwrap_or_default();
        self.text(Col::Table, &table)?;
        let said = sentence(check);
        self.text(Col::Sentence, &said)?;
        self.amount(Col::Left, check.left)?;
        self.amount(Col::Right, check.right)?;
        self.amount(Col::Difference, check.difference)?;
        self.text(Col::Rule, named.trim_end())?;
        match place(check) {
            Some(cell) => self.link(Col::Place, &cell)?,
            None => self.text(Col::Place, "")?,
        }
        match check.suspects.first() {
            Some(cell) => self.link(Col::Suspect, cell)?,
            None => self.text(Col::Suspect, "")?,
        }
        self.text(Col::Reason, &check.reason)?;
        let texts = [(Col::Table, &table), (Col::Rule, &named), (Col::Sentence, &said), (Col::Reason, &check.reason)];
        let height = texts.iter().map(|(col, text)| text_height(text, col.width())).fold(0.0, f64::max);
        self.sheet.set_row_height(self.row, height.min(HIGHEST_ROW))?;
        Ok(())
    }

    fn text(&mut self, col: Col, text: &str) -> Result<(), XlsxError> {
        self.styled(col, &cell_text(text), Style::of(Role::Text))
    }

    fn styled(&mut self, col: Col, text: &str, style: Style) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, col as u16, text, self.styles.get(style))?;
        Ok(())
    }

    fn amount(&mut self, col: Col, value: Option<Decimal>) -> Result<(), XlsxError> {
        let Some(exact) = value else {
            self.sheet.write_blank(self.row, col as u16, self.styles.of(Role::Text))?;
            return Ok(());
        };
        let Some(Number { value, shown, .. }) = yuan(exact) else {
            return self.styled(col, &exact.to_string(), Style::of(Role::Amount));
        };
        let format = self.styles.get(Style::number(shown));
        self.sheet.write_number_with_format(self.row, col as u16, value, format)?;
        Ok(())
    }

    /// A cell's name, linked to the cell where it is in the workbook.
    fn link(&mut self, col: Col, cell: &CellRef) -> Result<(), XlsxError> {
        let name = cell.to_string();
        let Some(target) = self.places.of(cell) else {
            return self.styled(col, &name, Style::of(Role::Text));
        };
        let link = Url::new(target).set_text(name);
        self.sheet.write_url_with_format(self.row, col as u16, link, self.styles.of(Role::Link))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_stands_in_its_place_and_has_a_heading() {
        for (index, (col, _)) in Col::WIDTHS.iter().enumerate() {
            assert_eq!(*col as usize, index);
            assert!(!col.heading().is_empty(), "{index}");
        }
    }
}
