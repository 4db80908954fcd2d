//! Text that a line strikes out.

use super::drawn::Drawn;
use crate::model::Ruling;

/// A line strikes text out that it crosses within this share of the box's height from its middle …
const MIDDLE: f64 = 0.16;
/// … along at least this share of the character's width.
const ALONG: f64 = 0.6;
/// Such a line reaches no farther (font sizes) than the text that it strikes out; a border does …
const BEYOND: f64 = 0.8;
/// … and there is text along at least this share of it.
const FILLED: f64 = 0.5;
/// It is thinner than this share of the font size.
const THIN: f64 = 0.2;
/// Greatest height (points) of characters that are looked for around a line.
const TALLEST: f64 = 40.0;

/// Marks the text that horizontal lines strike out, and takes these lines away: they are no borders.
pub(super) fn mark(drawn: &mut [Drawn], rulings: &mut Vec<Ruling>) {
    let mut order: Vec<usize> = (0..drawn.len()).filter(|index| drawn[*index].is_written()).collect();
    let middle = |drawn: &[Drawn], index: usize| drawn[index].glyph.bbox.center_y();
    order.sort_by(|a, b| middle(drawn, *a).total_cmp(&middle(drawn, *b)));
    rulings.retain(|ruling| {
        if !ruling.horizontal {
            return true;
        }
        let y = ruling.bbox.center_y();
        let first = order.partition_point(|index| middle(drawn, *index) < y - MIDDLE * TALLEST);
        let near = order[first..].iter().copied().take_while(|index| middle(drawn, *index) <= y + MIDDLE * TALLEST);
        let crossed: Vec<usize> = near.filter(|index| is_crossed(&drawn[*index], ruling)).collect();
        if !is_full(&crossed, drawn, ruling) {
            return true;
        }
        for index in crossed {
            drawn[index].struck = true;
        }
        false
    });
}

fn is_crossed(glyph: &Drawn, line: &Ruling) -> bool {
    let b = &glyph.glyph.bbox;
    (b.center_y() - line.bbox.center_y()).abs() <= MIDDLE * b.height()
        && b.overlap_x(&line.bbox) >= ALONG * b.width()
        && line.bbox.height() <= THIN * glyph.glyph.size
}

/// Whether a line lies on text all along, and ends with it.
fn is_full(crossed: &[usize], drawn: &[Drawn], line: &Ruling) -> bool {
    let boxes = || crossed.iter().map(|index| &drawn[*index].glyph);
    let Some(all) = boxes().map(|g| g.bbox).reduce(|a, b| a.union(&b)) else { return false };
    let reach = BEYOND * boxes().map(|g| g.size).fold(0.0, f64::max);
    let filled: f64 = boxes().map(|g| g.bbox.overlap_x(&line.bbox)).sum();
    line.bbox.x0 >= all.x0 - reach && line.bbox.x1 <= all.x1 + reach && filled >= FILLED * line.bbox.width()
}
