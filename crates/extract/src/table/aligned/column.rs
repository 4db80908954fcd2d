//! The columns: where are they? Numbers of a column end (or begin, or have their middle) under each other; labels begin so.

use super::line::Line;
use super::piece::Piece;

/// A column: left and right end of its texts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Column {
    pub(super) x0: f64,
    pub(super) x1: f64,
    /// Whether its texts are numbers.
    pub(super) value: bool,
    /// Number of texts.
    pub(super) texts: usize,
}

impl Column {
    pub(super) fn center(&self) -> f64 {
        f64::midpoint(self.x0, self.x1)
    }

    fn overlap(&self, piece: &Piece) -> f64 {
        self.x1.min(piece.bbox.x1) - self.x0.max(piece.bbox.x0)
    }
}

/// A text as the columns see it, with the number of its line.
#[derive(Debug, Clone, Copy)]
struct Text {
    x0: f64,
    x1: f64,
    line: usize,
}

impl Text {
    fn of(piece: &Piece, line: usize) -> Self {
        Self { x0: piece.bbox.x0, x1: piece.bbox.x1, line }
    }

    /// How far two texts are from being set flush or centred under each other.
    fn off(&self, other: &Self) -> f64 {
        let middle = (f64::midpoint(self.x0, self.x1) - f64::midpoint(other.x0, other.x1)).abs();
        (self.x0 - other.x0).abs().min((self.x1 - other.x1).abs()).min(middle)
    }
}

/// Share of the narrower width from which on a text stands over a column.
const OVER: f64 = 0.25;
/// Room (font sizes) between a column's texts and its boundary where nothing stands on the other side.
const PADDING: f64 = 0.3;
/// A text that runs on into the next column ends this (points) before it.
const CLIPPED: f64 = 0.1;
/// Least width (points) of a column.
const NARROWEST: f64 = 0.1;
/// A text names all columns of numbers when it is off their middle by no more than this share of their width …
const OFF_MIDDLE: f64 = 0.12;
/// … or this (font sizes).
const LEAST_OFF_MIDDLE: f64 = 2.0;
/// Share of lines with two texts in one column up to which those are one text with a wide blank.
const SLIPS: usize = 12;

/// Finds the columns of lines that hold numbers, left to right.
pub(super) fn find(lines: &[&Line]) -> Vec<Column> {
    let mut values: Vec<Text> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        values.extend(line.pieces.iter().filter(|p| p.is_value()).map(|p| Text::of(p, at)));
    }
    let mut columns: Vec<Column> = clusters(values).iter().filter_map(|c| column(c, true)).collect();
    let mut words: Vec<Text> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        for (place, piece) in line.pieces.iter().enumerate().filter(|(_, p)| !p.is_value()) {
            let over: Vec<usize> = (0..columns.len()).filter(|&c| stands_over(&columns[c], piece)).collect();
            match over.as_slice() {
                [] => words.push(Text::of(piece, at)),
                // A long label may reach into a column that its line leaves blank.
                [first, ..] if place == 0 && piece.bbox.x0 < columns[*first].x0 - piece.size => {
                    words.push(Text { x1: columns[*first].x0 - PADDING * piece.size, ..Text::of(piece, at) });
                }
                [only] => columns[*only].texts += 1,
                _ => {}
            }
        }
    }
    columns.extend(clusters(words).iter().filter_map(|c| column(c, false)));
    columns.sort_by(|a, b| a.center().total_cmp(&b.center()));
    columns
}

fn stands_over(column: &Column, piece: &Piece) -> bool {
    let narrower = piece.bbox.width().min(column.x1 - column.x0);
    column.overlap(piece) > OVER * narrower
}

fn column(texts: &[Text], value: bool) -> Option<Column> {
    let x0 = texts.iter().map(|t| t.x0).reduce(f64::min)?;
    let x1 = texts.iter().map(|t| t.x1).reduce(f64::max)?;
    Some(Column { x0, x1, value, texts: texts.len() })
}

/// Groups texts that stand under each other; two texts of one line are never one column's, except by a slip.
fn clusters(mut texts: Vec<Text>) -> Vec<Vec<Text>> {
    texts.sort_by(|a, b| a.x0.total_cmp(&b.x0).then(a.line.cmp(&b.line)));
    let mut joined: Vec<Vec<Text>> = Vec::new();
    let mut end = f64::NEG_INFINITY;
    for text in texts {
        match joined.last_mut() {
            Some(group) if text.x0 < end => group.push(text),
            _ => joined.push(vec![text]),
        }
        end = end.max(text.x1);
    }
    joined.into_iter().flat_map(part).collect()
}

/// Parts a group in which lines have several texts: the fullest line shows the columns.
fn part(group: Vec<Text>) -> Vec<Vec<Text>> {
    let mut per_line: Vec<(usize, usize)> = Vec::new();
    for text in &group {
        match per_line.iter_mut().find(|(line, _)| *line == text.line) {
            Some((_, count)) => *count += 1,
            None => per_line.push((text.line, 1)),
        }
    }
    let several = per_line.iter().filter(|(_, count)| *count > 1).count();
    let Some(&(fullest, most)) = per_line.iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0))) else {
        return vec![group];
    };
    if most == 1 || several * SLIPS < per_line.len() {
        return vec![group];
    }
    let seeds: Vec<Text> = group.iter().filter(|t| t.line == fullest).copied().collect();
    let mut parts: Vec<Vec<Text>> = vec![Vec::new(); seeds.len()];
    for text in group {
        let nearest = (0..seeds.len()).min_by(|&a, &b| text.off(&seeds[a]).total_cmp(&text.off(&seeds[b])));
        if let Some(list) = nearest.and_then(|n| parts.get_mut(n)) {
            list.push(text);
        }
    }
    parts.retain(|p| !p.is_empty());
    clip(&mut parts);
    parts
}

/// A text that runs on into the next column says nothing about where its own ends.
fn clip(parts: &mut [Vec<Text>]) {
    let median = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(0.0)
    };
    let starts: Vec<f64> = parts.iter().map(|p| median(p.iter().map(|t| t.x0).collect())).collect();
    let ends: Vec<f64> = parts.iter().map(|p| median(p.iter().map(|t| t.x1).collect())).collect();
    for (at, part) in parts.iter_mut().enumerate() {
        let next = starts.get(at + 1).copied().unwrap_or(f64::INFINITY);
        let before = at.checked_sub(1).map_or(f64::NEG_INFINITY, |i| ends[i]);
        for text in part.iter_mut() {
            text.x1 = if text.x1 > next && text.x0 < next { next - CLIPPED } else { text.x1 };
            text.x0 = if text.x0 < before && text.x1 > before { before + CLIPPED } else { text.x0 };
        }
    }
}

/// The boundaries between columns, outer ones included.
pub(super) fn boundaries(columns: &[Column], size: f64) -> Vec<f64> {
    let mut xs: Vec<f64> = columns.first().map(|c| c.x0 - PADDING * size).into_iter().collect();
    for pair in columns.windows(2) {
        let floor = xs.last().copied().unwrap_or(f64::NEG_INFINITY) + NARROWEST;
        xs.push(f64::midpoint(pair[0].x1, pair[1].x0).max(floor));
    }
    let floor = xs.last().copied().unwrap_or(0.0) + NARROWEST;
    xs.extend(columns.last().map(|c| (c.x1 + PADDING * size).max(floor)));
    xs
}

/// The columns that a piece of the body stands in, first and last.
pub(super) fn place(piece: &Piece, columns: &[Column], xs: &[f64]) -> (usize, usize) {
    let over: Vec<usize> = (0..columns.len()).filter(|&c| stands_over(&columns[c], piece)).collect();
    match over.as_slice() {
        [] => {
            let at = slot(xs, piece.bbox.center_x());
            (at, at)
        }
        [only] => (*only, *only),
        [first, .., last] if piece.is_value() => {
            // A number stands in one column: the one whose edge or middle it keeps to best.
            let text = Text::of(piece, 0);
            let off = |c: &Column| text.off(&Text { x0: c.x0, x1: c.x1, line: 0 });
            let best = (*first..=*last).min_by(|&a, &b| off(&columns[a]).total_cmp(&off(&columns[b])));
            let best = best.unwrap_or(*first);
            (best, best)
        }
        [first, .., last] => (*first, *last),
    }
}

/// All columns of numbers, if a piece stands in the middle of them: a text alone on its line names them all.
pub(super) fn all_values(piece: &Piece, columns: &[Column]) -> Option<(usize, usize)> {
    let values = || columns.iter().enumerate().skip(1).filter(|(_, c)| c.value);
    let (first, from) = values().next()?;
    let (last, to) = values().next_back()?;
    let slack = (OFF_MIDDLE * (to.x1 - from.x0)).max(LEAST_OFF_MIDDLE * piece.size);
    let off = (piece.bbox.center_x() - f64::midpoint(from.x0, to.x1)).abs();
    (off <= slack && last > first).then_some((first, last))
}

/// Index of the interval that an x lies in.
pub(super) fn slot(xs: &[f64], x: f64) -> usize {
    xs.partition_point(|&b| b <= x).clamp(1, xs.len().saturating_sub(1).max(1)) - 1
}
