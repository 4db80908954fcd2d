//! White paper that takes greys.

use super::coverage::{Pixels, WHOLE, cover};
use hayro::hayro_interpret::FillRule;
use hayro::kurbo::{BezPath, Rect};
use std::ops::Range;

/// What is printed with: how light it is, and how much it hides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ink {
    pub(super) grey: u8,
    pub(super) opacity: u8,
}

impl Ink {
    /// A colour as it looks without its hue (Rec. 601 weights).
    pub(super) fn of([red, green, blue, opacity]: [u8; 4]) -> Self {
        let lightness = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
        Self { grey: (lightness / 1000) as u8, opacity }
    }
}

/// A shape that is printed again and again: how much of each pixel it covers.
#[derive(Debug)]
pub(super) struct Stamp {
    bounds: Pixels,
    shares: Vec<u8>,
}

impl Stamp {
    /// The stamp of an outline, with the page's origin where the outline has its own.
    pub(super) fn of(path: &BezPath) -> Self {
        let bounds = Pixels::touched_by(path);
        let (columns, rows) = (length(bounds.columns), length(bounds.rows));
        let mut shares = vec![0; columns * rows];
        cover(path, FillRule::NonZero, bounds, |row, covered, share| {
            let line = (row - bounds.rows.0) as usize * columns;
            let at = |column: i32| line + (column - bounds.columns.0) as usize;
            shares[at(covered.start)..at(covered.end)].fill(share);
        });
        Self { bounds, shares }
    }
}

fn length((from, to): (i32, i32)) -> usize {
    (to - from).max(0) as usize
}

/// Where on the page things are seen: a box whose edges may lie within pixels.
struct Clip {
    seen: Rect,
    /// The pixels that it touches.
    touched: Pixels,
    /// The pixels that lie wholly in it.
    whole: Pixels,
}

impl Clip {
    fn of(seen: Rect) -> Self {
        let inner = |from: f64, to: f64| (from.ceil() as i32, to.floor() as i32);
        let whole = Pixels { columns: inner(seen.x0, seen.x1), rows: inner(seen.y0, seen.y1) };
        // What is empty may lie beside the page.
        let touched = if seen.is_zero_area() { Pixels::NONE } else { Pixels::touched_by(&seen) };
        Self { seen, touched, whole }
    }

    /// How much of a share is seen at a pixel.
    fn seen(&self, row: i32, column: i32, share: u8) -> u8 {
        let overlap = |at: i32, from: f64, to: f64| (f64::from(at + 1).min(to) - f64::from(at).max(from)).max(0.0);
        let part = overlap(row, self.seen.y0, self.seen.y1) * overlap(column, self.seen.x0, self.seen.x1);
        (f64::from(share) * part).round() as u8
    }
}

/// The paper of one page.
pub(super) struct Paper {
    width: usize,
    greys: Vec<u8>,
    /// The page, and below it what was asked for one within the other.
    clips: Vec<Clip>,
}

impl Paper {
    pub(super) fn new(width: u16, height: u16) -> Self {
        let page = Rect::new(0.0, 0.0, width.into(), height.into());
        let size = usize::from(width) * usize::from(height);
        Self { width: width.into(), greys: vec![u8::MAX; size], clips: vec![Clip::of(page)] }
    }

    /// The greys, row by row.
    pub(super) fn into_greys(self) -> Vec<u8> {
        self.greys
    }

    /// From here on only what lies in this box too is seen.
    pub(super) fn push_clip(&mut self, bounds: Rect) {
        let seen = self.clip().seen.intersect(bounds);
        self.clips.push(Clip::of(seen));
    }

    /// The box before is in force again.
    pub(super) fn pop_clip(&mut self) {
        if self.clips.len() > 1 {
            self.clips.pop();
        }
    }

    fn clip(&self) -> &Clip {
        &self.clips[self.clips.len() - 1]
    }

    /// Fills an outline.
    pub(super) fn fill(&mut self, path: &BezPath, rule: FillRule, ink: Ink) {
        let mut bounds = self.clip().touched;
        let own = Pixels::touched_by(path);
        let narrow = |bounds: &mut (i32, i32), own: (i32, i32)| *bounds = (bounds.0.max(own.0), bounds.1.min(own.1));
        narrow(&mut bounds.columns, own.columns);
        narrow(&mut bounds.rows, own.rows);
        cover(path, rule, bounds, |row, columns, share| self.print_row(row, columns, share, ink));
    }

    /// Prints a stamp with its origin at a pixel.
    pub(super) fn stamp(&mut self, stamp: &Stamp, (column, row): (i32, i32), ink: Ink) {
        let move_by = |(from, to): (i32, i32), by: i32| (from.saturating_add(by), to.saturating_add(by));
        let at = Pixels { columns: move_by(stamp.bounds.columns, column), rows: move_by(stamp.bounds.rows, row) };
        let lines = stamp.shares.chunks_exact(length(at.columns).max(1));
        let is_whole = self.clip().whole.holds(at);
        for (row, shares) in (at.rows.0..).zip(lines) {
            if is_whole {
                let start = row as usize * self.width + at.columns.0 as usize;
                let under = &mut self.greys[start..start + shares.len()];
                under.iter_mut().zip(shares).for_each(|(under, share)| *under = printed(*under, *share, ink));
            } else {
                let pixels = (at.columns.0..).zip(shares).filter(|(_, share)| **share > 0);
                pixels.for_each(|(column, share)| self.print_row(row, column..column + 1, *share, ink));
            }
        }
    }

    /// Prints neighbouring pixels of a row, as far as they are seen.
    fn print_row(&mut self, row: i32, columns: Range<i32>, share: u8, ink: Ink) {
        let Self { width, greys, clips } = self;
        let clip = &clips[clips.len() - 1];
        let (rows, ends) = (clip.touched.rows, clip.touched.columns);
        let columns = columns.start.max(ends.0)..columns.end.min(ends.1);
        if row < rows.0 || row >= rows.1 || columns.is_empty() {
            return;
        }
        let line = row as usize * *width;
        let under = &mut greys[line + columns.start as usize..line + columns.end as usize];
        let is_whole = clip.whole.holds(Pixels { columns: (columns.start, columns.end), rows: (row, row + 1) });
        if is_whole && share == WHOLE && ink.opacity == WHOLE {
            under.fill(ink.grey);
        } else if is_whole {
            for under in under {
                *under = printed(*under, share, ink);
            }
        } else {
            under.iter_mut().zip(columns).for_each(|(under, column)| {
                *under = printed(*under, clip.seen(row, column, share), ink);
            });
        }
    }
}

/// What a pixel is after a share of it was printed over.
fn printed(under: u8, share: u8, ink: Ink) -> u8 {
    const ALL: u32 = WHOLE as u32 * WHOLE as u32;
    let share = u32::from(share) * u32::from(ink.opacity);
    ((u32::from(under) * (ALL - share) + u32::from(ink.grey) * share + ALL / 2) / ALL) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use hayro::kurbo::Shape;

    const BLACK: Ink = Ink { grey: 0, opacity: 255 };

    fn rows(paper: Paper) -> Vec<Vec<u8>> {
        let width = paper.width;
        paper.into_greys().chunks(width).map(<[u8]>::to_vec).collect()
    }

    #[test]
    fn ink_that_hides_half_leaves_half_of_what_was_there() {
        let mut paper = Paper::new(3, 1);
        paper.fill(&Rect::new(0.0, 0.0, 2.0, 1.0).to_path(0.1), FillRule::NonZero, BLACK);
        paper.fill(&Rect::new(1.0, 0.0, 3.0, 1.0).to_path(0.1), FillRule::NonZero, Ink { grey: 255, opacity: 128 });
        assert_eq!(rows(paper), [[0, 128, 255]]);
    }

    #[test]
    fn nothing_is_seen_beside_a_clip_and_the_one_before_comes_back() {
        let all = Rect::new(-9.0, -9.0, 99.0, 99.0).to_path(0.1);
        let mut paper = Paper::new(4, 3);
        paper.push_clip(Rect::new(1.0, 1.0, 2.5, 9.0));
        paper.push_clip(Rect::new(0.0, 0.0, 9.0, 2.0));
        paper.fill(&all, FillRule::NonZero, BLACK);
        assert_eq!(rows(paper), [[255; 4], [255, 0, 127, 255], [255; 4]]);
        let mut paper = Paper::new(2, 1);
        paper.push_clip(Rect::new(5.5, 5.5, 6.0, 6.0));
        paper.fill(&all, FillRule::NonZero, BLACK);
        paper.pop_clip();
        paper.fill(&Rect::new(1.0, 0.0, 2.0, 1.0).to_path(0.1), FillRule::NonZero, BLACK);
        paper.pop_clip();
        assert_eq!(rows(paper), [[255, 0]]);
    }

    #[test]
    fn a_stamp_prints_the_same_anywhere_and_is_cut_at_the_edge() {
        let stamp = Stamp::of(&Rect::new(-1.0, -1.0, 1.0, 0.5).to_path(0.1));
        let mut paper = Paper::new(4, 3);
        paper.stamp(&stamp, (1, 1), BLACK);
        paper.stamp(&stamp, (4, 3), BLACK);
        assert_eq!(rows(paper), [[0, 0, 255, 255], [127, 127, 255, 255], [255, 255, 255, 0]]);
        let mut paper = Paper::new(2, 2);
        paper.stamp(&stamp, (i32::MAX, i32::MIN), BLACK);
        assert_eq!(rows(paper), [[255; 2]; 2]);
    }
}
