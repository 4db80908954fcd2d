//! Ink and paper: each pixel is one or the other, by what is around it.

use crate::model::Picture;

/// Side of the neighbourhood (points) that a pixel is compared with.
const AROUND: f64 = 10.0;
/// Ink is darker than this share of its neighbourhood's mean …
const DARKER: f64 = 0.84;
/// … and by at least this many grey values: noise is not.
const LEAST: f64 = 18.0;
/// Where the print is faint, this share of what the darkest of it differs from the paper is enough …
const FAINT: f64 = 0.2;
/// … but no less than so many times the paper's own noise, and so many grey values: coding leaves steps in even shades.
const NOISE: f64 = 4.5;
const STEPS: f64 = 14.0;
/// Where nothing is so many times darker than that, there is no print.
const PRINT: f64 = 2.0;
/// Side of the squares (points) in which print and paper are compared: some letters of a table's row, and paper around them.
const SQUARE: f64 = 40.0;
/// Share of a square's pixels that are its darkest print; a few letters have so much.
const DARKEST: f64 = 0.02;
/// Quarters of a normal distribution stand so many deviations from its middle.
const QUARTER: f64 = 0.6745;

/// Which pixels of a page are ink.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ink {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) dots: Vec<bool>,
}

impl Ink {
    /// The ink of a picture.
    pub(super) fn of(picture: &Picture) -> Self {
        let (width, height) = (picture.width, picture.height);
        let reach = ((AROUND * picture.scale / 2.0).round() as usize).max(2);
        let mut dots = vec![false; width * height];
        let squares = Squares::of(picture);
        let line = |y: usize| picture.grey.get(y * width..(y + 1) * width).unwrap_or(&[]);
        // Sums of the columns between the upper and the lower edge of the neighbourhood.
        let mut sums = vec![0_u32; width];
        let add = |sums: &mut [u32], y: usize| {
            for (sum, value) in sums.iter_mut().zip(line(y)) {
                *sum += u32::from(*value);
            }
        };
        (0..reach.min(height)).for_each(|y| add(&mut sums, y));
        for y in 0..height {
            if y + reach < height {
                add(&mut sums, y + reach);
            }
            if let Some(gone) = y.checked_sub(reach + 1) {
                for (sum, value) in sums.iter_mut().zip(line(gone)) {
                    *sum -= u32::from(*value);
                }
            }
            let rows = (y + reach).min(height - 1) + 1 - y.saturating_sub(reach);
            let mut total: u64 = sums.iter().take(reach).map(|sum| u64::from(*sum)).sum();
            let row = dots.get_mut(y * width..(y + 1) * width).unwrap_or_default();
            let faint = squares.row(y);
            for (x, (dot, value)) in row.iter_mut().zip(line(y)).enumerate() {
                total += sums.get(x + reach).map_or(0, |sum| u64::from(*sum));
                total -= x.checked_sub(reach + 1).and_then(|gone| sums.get(gone)).map_or(0, |sum| u64::from(*sum));
                let cols = (x + reach).min(width - 1) + 1 - x.saturating_sub(reach);
                let mean = total as f64 / (rows * cols) as f64;
                let least =
                    (mean * (1.0 - DARKER)).max(LEAST).min(faint.get(x / squares.side).copied().unwrap_or(LEAST));
                *dot = f64::from(*value) < mean - least;
            }
        }
        Self { width, height, dots }
    }

    /// The ink with columns for rows.
    pub(super) fn transposed(&self) -> Self {
        let mut dots = vec![false; self.dots.len()];
        for (y, line) in self.dots.chunks(self.width.max(1)).enumerate() {
            for (x, dot) in line.iter().enumerate() {
                if *dot && let Some(slot) = dots.get_mut(x * self.height + y) {
                    *slot = true;
                }
            }
        }
        Self { width: self.height, height: self.width, dots }
    }

    /// A row's pixels.
    pub(super) fn row(&self, y: usize) -> &[bool] {
        self.dots.get(y * self.width..(y + 1) * self.width).unwrap_or(&[])
    }

    /// Makes paper of a box of pixels.
    pub(super) fn clear(&mut self, (x0, y0, x1, y1): (usize, usize, usize, usize)) {
        for y in y0..y1.min(self.height) {
            let (from, to) = (y * self.width + x0.min(self.width), y * self.width + x1.min(self.width));
            if let Some(row) = self.dots.get_mut(from..to) {
                row.fill(false);
            }
        }
    }
}

/// How much darker than paper ink is at least where that is less than usual, square by square.
struct Squares {
    side: usize,
    across: usize,
    least: Vec<f64>,
}

impl Squares {
    fn of(picture: &Picture) -> Self {
        let side = ((SQUARE * picture.scale) as usize).max(8);
        let (across, down) = (picture.width.div_ceil(side).max(1), picture.height.div_ceil(side));
        let own: Vec<(f64, f64)> =
            (0..across * down).map(|at| contrast(picture, (at % across * side, at / across * side), side)).collect();
        let mut noises: Vec<f64> = own.iter().map(|(_, noise)| *noise).collect();
        noises.sort_by(f64::total_cmp);
        let usual = noises.get(noises.len() / 2).copied().unwrap_or(0.0);
        let least = |at: usize| {
            // A square of paper alone is measured by the print beside it.
            let (x, y) = (at % across, at / across);
            let rows = y.saturating_sub(1)..(y + 2).min(down);
            let near = rows.flat_map(|y| (x.saturating_sub(1)..(x + 2).min(across)).map(move |x| y * across + x));
            let print = near.filter_map(|at| own.get(at)).map(|(print, _)| *print).fold(0.0, f64::max);
            let noise = own.get(at).map_or(usual, |(_, noise)| noise.max(usual));
            let clear = (NOISE * noise).max(STEPS);
            if print < PRINT * clear { f64::INFINITY } else { clear.max(FAINT * print) }
        };
        let least = (0..across * down).map(least).collect();
        Self { side, across, least }
    }

    fn row(&self, y: usize) -> &[f64] {
        let from = y / self.side * self.across;
        self.least.get(from..from + self.across).unwrap_or(&[])
    }
}

/// How much darker a square's darkest print is than its paper, and the deviation of the paper.
fn contrast(picture: &Picture, (x0, y0): (usize, usize), side: usize) -> (f64, f64) {
    let mut counts = [0_usize; 256];
    for y in y0..(y0 + side).min(picture.height) {
        let row = picture.grey.get(y * picture.width + x0..y * picture.width + (x0 + side).min(picture.width));
        row.unwrap_or(&[]).iter().for_each(|value| counts[usize::from(*value)] += 1);
    }
    let total: usize = counts.iter().sum();
    let quantile = |share: f64| {
        let mut below = 0;
        let found = counts.iter().position(|count| {
            below += count;
            below as f64 >= share * total as f64
        });
        found.unwrap_or(255) as f64
    };
    // The upper half of the values is paper; ink and shade lie below it.
    let paper = quantile(0.5);
    (paper - quantile(DARKEST), (quantile(0.75) - paper) / QUARTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faint_print_is_ink_and_noise_is_not() {
        let (width, height) = (160, 160);
        let noise = |at: usize| (at.wrapping_mul(2_654_435_761) >> 7) % 13;
        let grey = (0..width * height).map(|at| {
            let (x, y) = (at % width, at / width);
            let is_print = (40..120).contains(&x) && (60..100).contains(&y) && x % 8 < 3;
            (if is_print { 190 } else { 226 } + noise(at) / 2) as u8
        });
        let ink = Ink::of(&Picture { width, height, grey: grey.collect(), scale: 2.0 });
        let print = (60..100).map(|y| (40..120).filter(|x| ink.row(y)[*x] == (x % 8 < 3)).count()).sum::<usize>();
        let noise = ink.dots.iter().filter(|dot| **dot).count();
        assert!(print >= 3_040 && noise <= 1_250, "{print} {noise}");
    }

    #[test]
    fn ink_is_darker_than_what_is_around_it() {
        let (width, height) = (60, 60);
        // A shadow to the right, a letter in both halves.
        let grey = (0..width * height).map(|at| {
            let (x, y) = (at % width, at / width);
            let paper = 240 - (2 * x) as u8;
            if (10..14).contains(&(x % 30)) && (20..26).contains(&y) { paper / 3 } else { paper }
        });
        let picture = Picture { width, height, grey: grey.collect(), scale: 2.0 };
        let ink = Ink::of(&picture);
        assert_eq!(ink.dots.iter().filter(|dot| **dot).count(), 48);
        assert!(ink.row(22)[11] && ink.row(22)[41] && ink.transposed().row(41)[22]);
    }
}
