//! Ink and paper: each pixel is one or the other, by what is around it.

use crate::model::Picture;

/// Side of the neighbourhood (points) that a pixel is compared with.
const AROUND: f64 = 10.0;
/// Ink is darker than this share of its neighbourhood's mean …
const DARKER: f64 = 0.84;
/// … and by at least this many grey values: noise is not.
const LEAST: f64 = 18.0;

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
            for (x, (dot, value)) in row.iter_mut().zip(line(y)).enumerate() {
                total += sums.get(x + reach).map_or(0, |sum| u64::from(*sum));
                total -= x.checked_sub(reach + 1).and_then(|gone| sums.get(gone)).map_or(0, |sum| u64::from(*sum));
                let cols = (x + reach).min(width - 1) + 1 - x.saturating_sub(reach);
                let mean = total as f64 / (rows * cols) as f64;
                *dot = f64::from(*value) < (mean * DARKER).min(mean - LEAST);
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

#[cfg(test)]
mod tests {
    use super::*;

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
