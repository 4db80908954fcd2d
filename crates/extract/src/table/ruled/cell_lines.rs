//! The lines of text in a cell, and the texts that stand apart on each.

use crate::model::{Direction, Glyph, Rect};
use crate::table::numbers::is_part;

/// Texts that stand at least this far apart (in font sizes) on a line are two.
const APART: f64 = 0.9;
/// Share of the smaller height by which glyphs of one line overlap.
const SAME_LINE: f64 = 0.5;

/// A text on a line of a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Text {
    pub(super) bbox: Rect,
    /// Whether it is nothing but a number.
    pub(super) number: bool,
    pub(super) size: f64,
    pub(super) letters: String,
}

/// The texts of a cell line by line, each line from left to right.
pub(super) fn lines_of(glyphs: &[&Glyph]) -> Vec<Vec<Text>> {
    let mut sorted: Vec<&Glyph> = glyphs.iter().copied().filter(|g| g.direction == Direction::Right).collect();
    sorted.sort_by(|a, b| a.bbox.center_y().total_cmp(&b.bbox.center_y()));
    let mut levels: Vec<(Rect, Vec<&Glyph>)> = Vec::new();
    for glyph in sorted {
        match levels.last_mut() {
            Some((band, list)) if band.overlap_y(&glyph.bbox) > SAME_LINE * band.height().min(glyph.bbox.height()) => {
                list.push(glyph);
            }
            _ => levels.push((glyph.bbox, vec![glyph])),
        }
    }
    levels.into_iter().map(|(_, list)| texts_of(list)).collect()
}

/// Whether a cell's glyphs stand on more than one line.
pub(super) fn has_lines(glyphs: &[&Glyph]) -> bool {
    let Some(first) = glyphs.first() else { return false };
    let apart = |g: &&Glyph| g.bbox.overlap_y(&first.bbox) <= SAME_LINE * first.bbox.height().min(g.bbox.height());
    glyphs.iter().any(apart)
}

/// Whether texts of a cell stand apart on a line.
pub(super) fn has_gaps(glyphs: &[&Glyph]) -> bool {
    let apart = |pair: &[&Glyph]| {
        let gap = -pair[0].bbox.overlap_x(&pair[1].bbox);
        gap > APART * pair[0].size && pair[0].bbox.overlap_y(&pair[1].bbox) > 0.0
    };
    glyphs.windows(2).any(apart)
}

fn texts_of(mut level: Vec<&Glyph>) -> Vec<Text> {
    level.sort_by(|a, b| a.bbox.x0.total_cmp(&b.bbox.x0));
    let mut out: Vec<Text> = Vec::new();
    for glyph in level {
        let number = glyph.text.chars().all(is_part);
        match out.last_mut() {
            Some(last) if glyph.bbox.x0 - last.bbox.x1 <= APART * glyph.size => {
                last.bbox = last.bbox.union(&glyph.bbox);
                last.number &= number;
                last.size = last.size.max(glyph.size);
                last.letters.push_str(&glyph.text);
            }
            _ => out.push(Text {
                bbox: glyph.bbox,
                number,
                size: glyph.size.max(Glyph::SMALLEST),
                letters: glyph.text.clone(),
            }),
        }
    }
    for text in &mut out {
        text.number &= text.letters.chars().any(|c| c.is_ascii_digit());
    }
    out
}
