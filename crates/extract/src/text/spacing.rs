//! The gaps between the digits of a line: two figures with a blank between them, or one that is set wide?

use super::figures::{self, is_digit, is_number_part, is_whole};

/// Number characters further apart than this (font sizes) are two figures whatever stands beside them.
const WIDEST: f64 = 0.8;
/// A gap between digits this much (of a digit's width) wider than those beside it is a blank.
const BLANK: f64 = 0.4;
/// A gap this much (font sizes) wider than those beside it parts what is two figures by its form.
const SEAM: f64 = 0.06;
/// Characters of a figure that is set wide, at least: two or three single digits with blanks look the same.
const FEWEST_WIDE: usize = 4;

/// Characters on either side that are looked at.
const REACH: usize = 40;

/// A glyph of a line, along it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spaced<'a> {
    pub(super) text: &'a str,
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) size: f64,
}

impl Spaced<'_> {
    fn holds(&self, wanted: fn(char) -> bool) -> bool {
        !self.text.is_empty() && self.text.chars().all(wanted)
    }
}

/// Whether the gap between two digits, the second of which is `line[index]`, parts two figures. `None` where no two
/// digits meet.
pub(super) fn parts_figures(line: &[Spaced<'_>], index: usize) -> Option<bool> {
    let (before, after) = (line.get(index.checked_sub(1)?)?, line.get(index)?);
    if !(before.holds(is_digit) && after.holds(is_digit)) {
        return None;
    }
    let gap = after.from - before.to;
    let width = (before.to - before.from).min(after.to - after.from).max(0.0);
    let stretch = stretch(line, index);
    let beyond = gap - usual_gap(&line[stretch.clone()]);
    if gap > WIDEST * after.size || beyond > BLANK * width {
        return Some(true);
    }
    let texts: Vec<&str> = line[stretch.clone()].iter().map(|s| s.text).collect();
    let seam = stretch.start + figures::seam(&texts).unwrap_or(0) == index;
    Some(seam || beyond > SEAM * after.size && is_seam(&line[stretch.start..index], &line[index..stretch.end]))
}

/// The number characters around a position that stand together.
fn stretch(line: &[Spaced<'_>], index: usize) -> std::ops::Range<usize> {
    let joined = |a: &Spaced<'_>, b: &Spaced<'_>| {
        a.holds(is_number_part) && b.holds(is_number_part) && b.from - a.to <= WIDEST * b.size
    };
    let start =
        (1..=index).rev().take(REACH).take_while(|&i| joined(&line[i - 1], &line[i])).last().map_or(index, |i| i - 1);
    let end =
        (index + 1..line.len()).take(REACH).take_while(|&i| joined(&line[i - 1], &line[i])).last().map_or(index, |i| i);
    start..end + 1
}

/// The gap that the digits of a stretch keep among themselves; none is told by one gap alone.
fn usual_gap(stretch: &[Spaced<'_>]) -> f64 {
    let digits = stretch.windows(2).filter(|w| w[0].holds(is_digit) && w[1].holds(is_digit));
    let mut gaps: Vec<f64> = digits.map(|w| w[1].from - w[0].to).collect();
    gaps.sort_by(f64::total_cmp);
    if stretch.len() < FEWEST_WIDE || gaps.len() < 2 {
        return gaps.first().copied().unwrap_or(0.0).min(0.0);
    }
    gaps[(gaps.len() - 1) / 2]
}

/// Whether two parts are a figure each and none together.
fn is_seam(before: &[Spaced<'_>], after: &[Spaced<'_>]) -> bool {
    let text = |part: &[Spaced<'_>]| -> String { part.iter().map(|s| s.text).collect() };
    let (before, after) = (text(before), text(after));
    is_whole(&before) && is_whole(&after) && !is_whole(&format!("{before}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Digits 5 wide, other characters 2.5, at a size of 10, with a gap before each.
    fn read(glyphs: &[(&'static str, f64)]) -> String {
        let mut at = 0.0;
        let mut line = Vec::new();
        for (text, gap) in glyphs {
            let width = if text.chars().all(is_digit) { 5.0 } else { 2.5 };
            line.push(Spaced { text, from: at + gap, to: at + gap + width, size: 10.0 });
            at += gap + width;
        }
        let mut out = String::new();
        for (index, glyph) in line.iter().enumerate() {
            if parts_figures(&line, index) == Some(true) {
                out.push(' ');
            }
            out.push_str(glyph.text);
        }
        out
    }

    #[test]
    fn a_blank_parts_figures_and_wide_setting_does_not() {
        let blank = [("1", 0.0), ("2", 0.0), ("0", 0.0), ("8", 2.4), ("0", 0.0)];
        assert_eq!(read(&blank), "120 80");
        let wide = [("1", 0.0), ("2", 3.0), ("3", 3.0), ("4", 3.0), (".", 3.0), ("5", 3.0), ("6", 3.0)];
        assert_eq!(read(&wide), "1234.56");
        assert_eq!(read(&[("8", 0.0), ("5", 2.8)]), "8 5");
    }

    #[test]
    fn a_seam_shows_where_two_amounts_touch() {
        let touching = [("9", 0.0), (".", 0.0), ("5", 0.0), ("0", 0.0), ("8", 0.0), (".", 0.0), ("2", 0.0), ("5", 0.0)];
        assert_eq!(read(&touching), "9.50 8.25");
        let close = [("9", 0.0), (".", 0.0), ("5", 0.0), ("0", 0.0), ("8", 1.0), (".", 0.0), ("2", 0.0), ("5", 0.0)];
        assert_eq!(read(&close), "9.50 8.25");
        // Kerning inside one figure is no seam.
        assert_eq!(read(&close[..5]), "9.508");
    }
}
