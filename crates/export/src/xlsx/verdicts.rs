//! 核对: the arithmetic identities that don't hold or hold only within rounding, with links to the cells.

use super::amount::{Number, yuan};
use super::layout::{HIGHEST_ROW, text_height};
use super::places::Places;
use super::sheet::{cell_text, set_up_page};
use super::style::{Role, Style, Styles};
use crate::dataset::{Checks, Dataset};
use crate::words::{self, heading, sheet};
use rust_decimal::Decimal;
use rust_xlsxwriter::{Url, Worksheet, XlsxError};
use yusuan_normalize::{CellRef, Check, CheckStatus, NormalizedDocument, rule};

/// The sheet's columns in their order.
#[derive(Clone, Copy)]
enum Col {
    Status,
    Rule,
    Statement,
    Left,
    Right,
    Difference,
    Tolerance,
    Place,
    Suspect,
    Reason,
}

impl Col {
    /// Every column with its width in characters.
    const WIDTHS: [(Self, f64); 10] = [
        (Self::Status, 10.0),
        (Self::Rule, 22.0),
        (Self::Statement, 52.0),
        (Self::Left, 20.0),
        (Self::Right, 20.0),
        (Self::Difference, 18.0),
        (Self::Tolerance, 14.0),
        (Self::Place, 14.0),
        (Self::Suspect, 14.0),
        (Self::Reason, 44.0),
    ];

    fn heading(self) -> &'static str {
        match self {
            Self::Status => Checks::label("status"),
            Self::Rule => Checks::label("rule"),
            Self::Statement => Checks::label("statement"),
            Self::Left => Checks::label("left"),
            Self::Right => Checks::label("right"),
            Self::Difference => Checks::label("difference"),
            Self::Tolerance => Checks::label("tolerance"),
            Self::Place => heading::PLACE,
            Self::Suspect => Checks::label("suspects"),
            Self::Reason => heading::CAUSE,
        }
    }

    fn width(self) -> f64 {
        Self::WIDTHS[self as usize].1
    }
}

/// Writes the sheet: failed checks first, then those within rounding.
pub(super) fn write(
    sheet: &mut Worksheet,
    document: &NormalizedDocument,
    places: &Places,
    styles: &mut Styles,
) -> Result<(), XlsxError> {
    sheet.set_name(sheet::VERDICTS)?;
    for (col, width) in Col::WIDTHS {
        sheet.set_column_width(col as u16, width)?;
        sheet.write_string_with_format(0, col as u16, col.heading(), styles.of(Role::Header))?;
    }
    sheet.set_row_height(0, 20.0)?;
    let of = |status| document.checks.iter().filter(move |c| c.status == status);
    let found = of(CheckStatus::Failed).chain(of(CheckStatus::Rounding));
    let told: Vec<&Check> = found.chain(of(CheckStatus::Skipped)).collect();
    for (row, check) in (1..).zip(&told) {
        Line { sheet, row, places, styles }.check(check)?;
    }
    let passed = of(CheckStatus::Passed).count();
    let last = told.len() as u32 + 1;
    let held = told.iter().all(|c| c.status == CheckStatus::Skipped);
    let words = if held {
        format!("其余 {passed} 处勾稽关系全部相符")
    } else {
        format!("另有 {passed} 处勾稽关系相符；各规则的含义见 yusuan explain")
    };
    sheet.merge_range(last, 0, last, Col::Reason as u16, &words, styles.of(Role::Note))?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    set_up_page(sheet);
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
    places: &'a Places,
    styles: &'a mut Styles,
}

impl Line<'_> {
    fn check(&mut self, check: &Check) -> Result<(), XlsxError> {
        let status = Style { doubtful: check.status == CheckStatus::Failed, ..Style::of(Role::Centered) };
        let title = rule(&check.rule).map_or("", |r| r.title);
        let named = format!("{} {title}", check.rule);
        self.styled(Col::Status, words::check_status(check.status), status)?;
        self.text(Col::Rule, named.trim_end())?;
        self.text(Col::Statement, &check.claim_text)?;
        self.amount(Col::Left, check.left)?;
        self.amount(Col::Right, check.right)?;
        self.amount(Col::Difference, check.difference)?;
        self.amount(Col::Tolerance, check.tolerance)?;
        match (place(check), check.place.page) {
            (Some(cell), _) => self.link(Col::Place, &cell)?,
            (None, Some(page)) => self.text(Col::Place, &format!("第{page}页"))?,
            (None, None) => self.text(Col::Place, "")?,
        }
        match check.suspects.first() {
            Some(cell) => self.link(Col::Suspect, cell)?,
            None => self.text(Col::Suspect, "")?,
        }
        self.text(Col::Reason, &check.reason)?;
        let texts = [(Col::Rule, &named), (Col::Statement, &check.claim_text), (Col::Reason, &check.reason)];
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
