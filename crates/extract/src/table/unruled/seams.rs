//! Where a piece of text on a line is two cells' texts that stand closely side by side: an amount set flush right, and the
//! name that begins the next column.

use super::block::{self, Block};
use crate::model::{Glyph, Rect};
use crate::text::figures;

/// Two texts of two cells are at least this far apart (font sizes); figures and words of one text stand closer.
const APART: f64 = 0.3;
/// The same where the words of a column that begin there tell the place.
const APART_AT_EDGE: f64 = 0.12;
/// A name has at least so many characters …
const SHORTEST_NAME: usize = 2;
/// … and so many texts beside it, which share this height (font sizes) with it.
const BESIDE: usize = 2;
const LEVEL: f64 = 0.5;
/// Texts set flush begin, or end, within this share of the font size.
const FLUSH: f64 = 0.1;
/// So many lines that are parted at one place show two columns.
const LEAST_LINES: usize = 3;
/// Figures set flush right begin at places that differ by more than this (font sizes): 2024 年 below 2024 年 is a text.
const UNEVEN: f64 = 0.4;
/// A boundary that rules show needs this gap (font sizes) between the texts beside it.
const CLEAR: f64 = 0.2;

/// Where a piece may be parted: behind a figure that begins it.
struct Seam {
    piece: usize,
    /// Glyphs before it.
    at: usize,
    /// Where the figure begins and ends, and where the next text begins.
    starts: f64,
    ends: f64,
    next: f64,
    /// Room between the two (font sizes).
    gap: f64,
    /// Whether the figure is an amount: it has cents or separators of thousands.
    amount: bool,
    /// The text behind it.
    word: String,
}

impl Seam {
    fn is_below(&self, other: &Self, size: f64) -> bool {
        let same = |a: f64, b: f64| (a - b).abs() <= FLUSH * size;
        same(self.ends, other.ends) && same(self.next, other.next)
    }
}

/// The pieces of text that stand together on a line, in drawing order, those of two cells parted.
pub(super) fn pieces(glyphs: &[Glyph]) -> Vec<Block> {
    part_heads(&part(block::pieces(glyphs), glyphs), glyphs)
}

/// Parts the pieces in which several lines show the same two columns: figures that end at one place, words that begin at
/// one place behind them. Where words of several lines begin at that place by themselves, one line is enough.
fn part(pieces: Vec<Block>, glyphs: &[Glyph]) -> Vec<Block> {
    let pieces: Vec<Block> = pieces.into_iter().map(|piece| in_order(piece, glyphs)).collect();
    let mut seams: Vec<Seam> = pieces.iter().enumerate().filter_map(|(index, p)| seam(index, p, glyphs)).collect();
    seams.sort_by(|a, b| a.next.total_cmp(&b.next));
    let mut cuts: Vec<Option<usize>> = vec![None; pieces.len()];
    let words = word_edges(&pieces, glyphs);
    for (index, seam) in seams.iter().enumerate() {
        let size = pieces[seam.piece].size;
        if at_edge(seam, &seams, &words, size) {
            cuts[seam.piece] = Some(seam.at);
            continue;
        }
        let near = |other: &&Seam| other.gap > APART && other.is_below(seam, size);
        let before = seams[..index].iter().rev().take_while(|o| seam.next - o.next <= FLUSH * size).filter(near);
        let after = seams[index..].iter().take_while(|o| o.next - seam.next <= FLUSH * size).filter(near);
        let starts: Vec<f64> = before.chain(after).map(|o| o.starts).collect();
        let first = starts.iter().copied().fold(f64::INFINITY, f64::min);
        let last = starts.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if seam.gap > APART && starts.len() >= LEAST_LINES && last - first > UNEVEN * size {
            cuts[seam.piece] = Some(seam.at);
        }
    }
    let parted = pieces.into_iter().zip(cuts).flat_map(|(piece, cut)| match cut {
        Some(at) => block::split(&piece, at, glyphs),
        None => vec![piece],
    });
    parted.collect()
}

/// Parts the names of two columns that stand closely side by side: below each part there are numbers of its own.
fn part_heads(pieces: &[Block], glyphs: &[Glyph]) -> Vec<Block> {
    let numbers: Vec<Rect> = pieces.iter().filter(|p| p.number).map(|p| p.bbox).collect();
    let parted = pieces.iter().flat_map(|piece| {
        let mut parts = vec![piece.clone()];
        while let Some(at) = parts.last().and_then(|rest| head_seam(rest, pieces, &numbers, glyphs)) {
            let rest = parts.pop().unwrap_or_default();
            parts.extend(block::split(&rest, at, glyphs));
        }
        parts
    });
    parted.collect()
}

/// The first wide gap of a name that stands beside others, where the numbers below keep clear of it.
fn head_seam(piece: &Block, pieces: &[Block], numbers: &[Rect], glyphs: &[Glyph]) -> Option<usize> {
    let glyph = |at: usize| piece.glyphs.get(at).and_then(|&i| glyphs.get(i));
    let word = |at: usize| glyph(at).is_some_and(|g| is_word(&g.text));
    let wide = |at: &usize| word(at - 1) && word(*at) && gap(piece, *at, glyphs) > Some(APART * piece.size);
    let found = (SHORTEST_NAME..(piece.glyphs.len() + 1).saturating_sub(SHORTEST_NAME)).find(wide)?;
    let (left, right) = (glyph(found - 1)?.bbox.x1, glyph(found)?.bbox.x0);
    let level = |p: &&Block| p.bbox.overlap_y(&piece.bbox) > LEVEL * piece.size && p.bbox.overlap_x(&piece.bbox) <= 0.0;
    let below = || numbers.iter().filter(|n| n.y0 >= piece.bbox.y1 && n.overlap_x(&piece.bbox) > 0.0);
    let before = below().filter(|n| n.x1 <= right).count();
    let behind = below().filter(|n| n.x0 >= left).count();
    let clear = below().count() == before + behind;
    let named = pieces.iter().filter(level).count() >= BESIDE;
    (named && clear && before >= LEAST_LINES && behind >= LEAST_LINES).then_some(found)
}

/// Parts pieces where a boundary that rules show runs between their texts.
pub(super) fn part_at(pieces: Vec<Block>, boundaries: &[f64], glyphs: &[Glyph]) -> Vec<Block> {
    let mut parted = Vec::new();
    for piece in pieces {
        let mut rest = in_order(piece, glyphs);
        let inside = |piece: &Block, x: f64| piece.bbox.x0 < x && piece.bbox.x1 > x;
        for &x in boundaries {
            let Some(at) = Some(&rest).filter(|piece| inside(piece, x)).and_then(|piece| clear_at(piece, x, glyphs))
            else {
                continue;
            };
            let mut parts = block::split(&rest, at, glyphs).into_iter();
            if let (Some(left), Some(right)) = (parts.next(), parts.next()) {
                parted.push(left);
                rest = right;
            }
        }
        parted.push(rest);
    }
    parted
}

/// How many glyphs stand left of a boundary that runs through a clear gap.
fn clear_at(piece: &Block, x: f64, glyphs: &[Glyph]) -> Option<usize> {
    let middle = |i: usize| glyphs.get(piece.glyphs[i]).map_or(0.0, |g| g.bbox.center_x());
    let at = (1..piece.glyphs.len()).find(|&i| middle(i) > x).filter(|&i| middle(i - 1) <= x)?;
    (gap(piece, at, glyphs)? > CLEAR * piece.size).then_some(at)
}

/// The gap before a glyph of a piece.
fn gap(piece: &Block, at: usize, glyphs: &[Glyph]) -> Option<f64> {
    let (before, after) = (glyphs.get(*piece.glyphs.get(at.checked_sub(1)?)?)?, glyphs.get(*piece.glyphs.get(at)?)?);
    Some(after.bbox.x0 - before.bbox.x1)
}

/// Whether words of other lines begin where a seam's do: by themselves, or behind other figures that end where the seam's
/// does. Behind an amount one other line is enough.
fn at_edge(seam: &Seam, seams: &[Seam], words: &[f64], size: f64) -> bool {
    let near = |x: f64| (x - seam.next).abs() <= FLUSH * size;
    let alone =
        words[words.partition_point(|x| *x < seam.next - FLUSH * size)..].iter().take_while(|x| near(**x)).count();
    let behind = |other: &&Seam| other.is_below(seam, size) && other.word != seam.word;
    let mut names: Vec<&str> = seams.iter().filter(behind).map(|other| other.word.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let enough = if seam.amount { 1 } else { LEAST_LINES };
    // The same word behind all figures is their measure.
    alone >= enough || names.len() + 1 >= LEAST_LINES
}

/// Where pieces begin that are words, in order.
fn word_edges(pieces: &[Block], glyphs: &[Glyph]) -> Vec<f64> {
    let first = |p: &&Block| p.glyphs.first().and_then(|&i| glyphs.get(i)).is_some_and(|g| is_word(&g.text));
    let mut edges: Vec<f64> = pieces.iter().filter(first).map(|p| p.bbox.x0).collect();
    edges.sort_by(f64::total_cmp);
    edges
}

fn is_word(text: &str) -> bool {
    text.chars().next().is_some_and(|c| !c.is_ascii())
}

/// The seam behind the figure that begins a piece.
fn seam(index: usize, piece: &Block, glyphs: &[Glyph]) -> Option<Seam> {
    let wide = |at: &usize| gap(piece, *at, glyphs).is_some_and(|gap| gap > APART_AT_EDGE * piece.size);
    let at = (1..piece.glyphs.len()).find(wide)?;
    let text: String = piece.glyphs[..at].iter().filter_map(|&i| glyphs.get(i)).map(|g| g.text.as_str()).collect();
    let next = glyphs.get(piece.glyphs[at])?;
    let before = glyphs.get(piece.glyphs[at - 1])?;
    (figures::is_whole(&text) && is_word(&next.text)).then_some(Seam {
        piece: index,
        at,
        starts: piece.bbox.x0,
        ends: before.bbox.x1,
        next: next.bbox.x0,
        gap: (next.bbox.x0 - before.bbox.x1) / piece.size,
        amount: figures::is_amount(&text),
        word: piece.glyphs[at..].iter().filter_map(|&i| glyphs.get(i)).map(|g| g.text.as_str()).collect(),
    })
}

/// A piece with its glyphs from left to right.
fn in_order(mut piece: Block, glyphs: &[Glyph]) -> Block {
    let left = |i: &usize| glyphs.get(*i).map_or(0.0, |g| g.bbox.x0);
    if !piece.glyphs.is_sorted_by(|a, b| left(a) <= left(b)) {
        piece.glyphs.sort_by(|a, b| left(a).total_cmp(&left(b)));
    }
    piece
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::unruled::tests::Sheet;

    /// Lines of a figure that ends at 100 and a word `gap` behind it.
    fn lines(texts: &[(&str, &str)], gap: f64) -> Vec<Glyph> {
        let mut sheet = Sheet::new(1);
        for (row, (figure, word)) in texts.iter().enumerate() {
            let y = 20.0 * row as f64;
            sheet.right(100.0, y, figure).left(100.0 + gap, y, word);
        }
        sheet.0.glyphs
    }

    fn count(texts: &[(&str, &str)], gap: f64) -> usize {
        let glyphs = lines(texts, gap);
        pieces(&glyphs).len()
    }

    #[test]
    fn figures_set_flush_and_names_behind_them_are_two_columns() {
        let table = [("222890", "支出"), ("54876", "上解"), ("5246", "还本")];
        assert_eq!(count(&table, 6.0), 6);
        assert_eq!(count(&table, 1.0), 3, "hardly a gap");
        assert_eq!(count(&table[..2], 6.0), 2, "two lines show no column");
        assert_eq!(count(&[("2024", "年"), ("2023", "年"), ("2022", "年")], 6.0), 3, "a text");
    }

    #[test]
    fn a_name_that_begins_where_others_do_is_a_column() {
        let mut sheet = Sheet::new(1);
        sheet.right(100.0, 0.0, "711.08").left(101.4, 0.0, "服务");
        for row in 1..4 {
            sheet.left(101.4, 20.0 * f64::from(row), "外交");
        }
        assert_eq!(pieces(&sheet.0.glyphs).len(), 5);
        sheet.0.glyphs.truncate(10);
        assert_eq!(pieces(&sheet.0.glyphs).len(), 3, "behind an amount");
        sheet.0.glyphs.truncate(8);
        assert_eq!(pieces(&sheet.0.glyphs).len(), 1);
        let mut sheet = Sheet::new(1);
        for (row, (figure, word)) in [("682", "企业"), ("1329", "其他"), ("37", "调出")].iter().enumerate() {
            sheet.right(100.0, 20.0 * row as f64, figure).left(101.4, 20.0 * row as f64, word);
        }
        assert_eq!(pieces(&sheet.0.glyphs).len(), 6);
        let mut sheet = Sheet::new(1);
        for (row, figure) in ["682", "1329", "37", "8"].iter().enumerate() {
            sheet.right(100.0, 20.0 * row as f64, figure).left(101.4, 20.0 * row as f64, "个");
        }
        assert_eq!(pieces(&sheet.0.glyphs).len(), 4, "a measure");
    }

    #[test]
    fn names_that_touch_are_parted_above_their_numbers() {
        let read = |end: f64| {
            let mut sheet = Sheet::new(1);
            sheet.left(0.0, 0.0, "项目").left(60.0, 0.0, "合计").left(100.0, 0.0, "转移支付").left(
                145.0,
                0.0,
                "结算补助",
            );
            for row in 1..4 {
                let y = 20.0 * f64::from(row);
                sheet.left(0.0, y, "某县").right(end, y, "5,568").right(185.0, y, "3,451");
            }
            let glyphs = &sheet.0.glyphs;
            super::pieces(glyphs).iter().filter(|p| p.bbox.y0 < 15.0).count()
        };
        assert_eq!(read(140.0), 4);
        assert_eq!(read(152.0), 3, "a number below the gap");
    }

    #[test]
    fn a_boundary_that_rules_show_parts_texts() {
        let glyphs = lines(&[("222890", "支出")], 6.0);
        let pieces = block::pieces(&glyphs);
        assert_eq!(part_at(pieces.clone(), &[103.0], &glyphs).len(), 2);
        assert_eq!(part_at(pieces, &[90.0], &glyphs).len(), 1, "no gap");
    }
}
