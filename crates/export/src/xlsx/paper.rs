//! A sheet on paper: A4 across, as wide as the page where that stays readable, else in blocks of columns.

use rust_xlsxwriter::{Worksheet, XlsxError};

/// A4 in Excel's list of paper sizes.
const A4: u8 = 9;

/// Pixels (96 to an inch) of A4 across between its margins, a little less for what a system's font is wider.
const PAGE: f64 = (11.69 - 0.8) * 96.0 * 0.98;

/// Pixels of a character of the default font, and of a column's margins.
const CHARACTER: f64 = 7.0;
const MARGINS: f64 = 5.0;

/// Smallest print: what is smaller can't be read.
const LEAST_PERCENT: u16 = 60;
/// Steps between scales, in percent.
const STEP: usize = 5;

/// The columns of a sheet as they are printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Paper {
    /// In percent; `None` where the whole width fits on a page.
    scale: Option<u16>,
    /// Columns on the first page.
    pub(super) first: usize,
    /// Leading columns that every page repeats.
    repeated: usize,
}

impl Paper {
    /// For columns of these widths in characters, hidden ones being 0; the first `labels` of them say what a row is.
    pub(super) fn of(widths: &[f64], labels: usize) -> Self {
        let pixels: Vec<f64> =
            widths.iter().map(|width| if *width > 0.0 { width * CHARACTER + MARGINS } else { 0.0 }).collect();
        let room = |percent: u16| PAGE * 100.0 / f64::from(percent);
        if pixels.iter().sum::<f64>() <= room(LEAST_PERCENT) {
            return Self { scale: None, first: widths.len(), repeated: 0 };
        }
        let labels_wide: f64 = pixels.iter().take(labels).sum();
        // Labels that would fill half of every page are not repeated.
        let repeated = if labels_wide * 2.0 <= room(LEAST_PERCENT) { labels } else { 0 };
        let blocks = |percent: u16| blocks(&pixels, repeated, room(percent));
        let fewest = blocks(LEAST_PERCENT).len();
        let scales = (LEAST_PERCENT..=100).step_by(STEP).rev();
        let scale = scales.into_iter().find(|percent| blocks(*percent).len() == fewest).unwrap_or(LEAST_PERCENT);
        let first = blocks(scale).first().copied().unwrap_or(widths.len());
        Self { scale: Some(scale), first, repeated }
    }

    /// Sets the sheet up so.
    pub(super) fn set_up(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_paper_size(A4);
        sheet.set_landscape();
        sheet.set_margins(0.4, 0.4, 0.5, 0.5, 0.25, 0.25);
        sheet.set_footer("&C&P / &N");
        match self.scale {
            None => {
                sheet.set_print_fit_to_pages(1, 0);
            }
            Some(scale) => {
                sheet.set_print_scale(scale);
                sheet.set_page_order(true);
                if self.repeated > 0 {
                    sheet.set_repeat_columns(0, self.repeated as u16 - 1)?;
                }
            }
        }
        Ok(())
    }
}

/// How many columns stand on each page, the repeated ones counted on the first alone.
fn blocks(pixels: &[f64], repeated: usize, room: f64) -> Vec<usize> {
    let repeated_wide: f64 = pixels.iter().take(repeated).sum();
    let (mut blocks, mut count, mut wide) = (Vec::new(), 0, 0.0);
    for (col, width) in pixels.iter().enumerate() {
        if count > 0 && wide + width > room && col >= repeated {
            blocks.push(count);
            (count, wide) = (0, repeated_wide);
        }
        count += 1;
        wide += width;
    }
    blocks.push(count);
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_too_small_is_printed_in_blocks() {
        assert_eq!(Paper::of(&[20.0; 6], 1), Paper { scale: None, first: 6, repeated: 0 });
        let wide = Paper::of(&[20.0; 30], 2);
        assert!(wide.scale.is_some_and(|scale| scale >= LEAST_PERCENT), "{wide:?}");
        assert!(wide.first < 30 && wide.repeated == 2, "{wide:?}");
        // The same number of pages at a larger scale.
        let little_more = Paper::of(&[20.0; 14], 1);
        assert!(little_more.scale.is_some_and(|scale| scale > LEAST_PERCENT), "{little_more:?}");
        assert_eq!(Paper::of(&[0.0; 300], 1).scale, None, "hidden columns take no room");
        assert_eq!(Paper::of(&[200.0, 20.0], 1).repeated, 0, "labels as wide as the page");
    }

    #[test]
    fn every_column_stands_in_one_block() {
        let pixels = [100.0, 300.0, 300.0, 900.0, 50.0];
        assert_eq!(blocks(&pixels, 1, 700.0), [3, 1, 1]);
        assert_eq!(blocks(&pixels, 0, 10_000.0), [5]);
    }
}
