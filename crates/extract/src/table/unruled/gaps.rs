//! Gaps that run down between the texts of all rows: they show the columns.

use super::block::Block;
use super::column::{Columns, typical_size};
use super::row;
use std::collections::BTreeMap;

/// Texts closer than this (font sizes) stand over each other.
const HAIR: f64 = 0.02;
/// Texts this near (font sizes) to another's end are beside it.
const TOUCH: f64 = 0.2;
/// Texts stand over each other when they share more than this (font sizes).
const SHARED: f64 = 0.1;
/// Widest room (font sizes) between the outer columns' texts and the table's edge, for both sides together.
const WIDEST_PADDING: f64 = 2.0;
/// Texts of a row that fills all columns.
const FULL: usize = 4;
/// So many lone texts of one row name columns.
const NAMES: usize = 3;
/// Texts that cross a gap are exceptions when there are this many times more on either side of it.
const FEW: usize = 6;
/// Texts that are looked at for columns. A page of 60 rows and 30 columns has 1,800; a table of a thousand pages shows
/// its columns on the first, and comparing all its texts with each other would take for ever.
const MOST_TEXTS: usize = 2_000;

/// The first rows, as many as hold no more than [`MOST_TEXTS`].
fn head(rows: &[Vec<Block>]) -> &[Vec<Block>] {
    let mut texts = 0;
    let fits = |row: &&Vec<Block>| {
        texts += row.len();
        texts <= MOST_TEXTS
    };
    &rows[..rows.iter().take_while(fits).count()]
}

/// Finds the columns of rows of blocks.
pub(super) fn find(rows: &[Vec<Block>]) -> Columns {
    let rows = head(rows);
    let size = typical_size(rows);
    let mut groups = groups(rows, size);
    let fullest = fullest_rows(rows);
    if !fullest.is_empty() {
        let own = self::groups(&fullest, size);
        if own.len() > groups.len() {
            groups = own;
        }
    }
    let edge = |group: &Vec<Text>| {
        let left = group.iter().map(|t| t.x0).fold(f64::INFINITY, f64::min);
        (left, group.iter().map(|t| t.x1).fold(f64::NEG_INFINITY, f64::max))
    };
    let content: Vec<(f64, f64)> = groups.iter().map(edge).collect();
    let mut columns = Columns { xs: boundaries(&content, size), content, edges: Vec::new(), exact: false };
    columns.note_edges(rows);
    columns
}

/// The texts of each column.
fn groups(rows: &[Vec<Block>], size: f64) -> Vec<Vec<Text>> {
    let header = row::leading_rows(rows);
    let most = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut texts: Vec<Text> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let full = most >= FULL && row.len() == most;
        for block in row.iter().filter(|b| !is_spanning(b, rows)) {
            let b = block.bbox;
            texts.push(Text { x0: b.x0, x1: b.x1, number: block.number, header: index < header, row: index, full });
        }
    }
    drop_bridges(&mut texts, size);
    let mut groups = cluster(&texts, size);
    join_headers(&mut groups);
    if groups.len() > 2 && header > 0 {
        drop_lone_texts(&mut groups);
    }
    groups
}

/// A lone text of the body that stands between the columns is set in the middle of several; several of one row are
/// names of columns that hold nothing else.
fn drop_lone_texts(groups: &mut Vec<Vec<Text>>) {
    let mut lone: BTreeMap<usize, usize> = BTreeMap::new();
    for group in groups.iter() {
        if let [only] = group.as_slice() {
            *lone.entry(only.row).or_default() += 1;
        }
    }
    groups.retain(|group| match group.as_slice() {
        [only] => only.number || only.header || lone.get(&only.row).is_some_and(|n| *n >= NAMES),
        _ => true,
    });
}

/// The rows that hold the most texts, or one less, where they make a good part of the table. In a form only some rows
/// divide the width into all columns; the values of the others, set anywhere, close the gaps between those.
fn fullest_rows(rows: &[Vec<Block>]) -> Vec<Vec<Block>> {
    let most = rows.iter().map(Vec::len).max().unwrap_or(0);
    let full: Vec<Vec<Block>> = rows.iter().filter(|row| row.len() + 1 >= most).cloned().collect();
    let enough = most >= FULL && full.len() >= 3 && 4 * full.len() >= rows.len() && full.len() < rows.len();
    if enough { full } else { Vec::new() }
}

/// A text as the columns see it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Text {
    x0: f64,
    x1: f64,
    number: bool,
    header: bool,
    row: usize,
    /// Stands in a row that holds as many texts as any: each of those has a column of its own.
    full: bool,
}

/// Groups texts that stand over each other.
fn cluster(texts: &[Text], size: f64) -> Vec<Vec<Text>> {
    let mut sorted = texts.to_vec();
    sorted.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let mut out: Vec<Vec<Text>> = Vec::new();
    let mut end = f64::NEG_INFINITY;
    for text in sorted {
        match out.last_mut() {
            Some(group) if text.x0 < end + HAIR * size => group.push(text),
            _ => out.push(vec![text]),
        }
        end = end.max(text.x1);
    }
    out
}

/// In a wide column a centred header and numbers set flush right need not stand over each other: a group of header
/// texts alone and one of body texts alone beside it are one column. Where the body is one number, it must stand right of
/// the header: numbers are set flush right.
fn join_headers(groups: &mut Vec<Vec<Text>>) {
    let header_only = |g: &Vec<Text>| g.iter().all(|t| t.header);
    let body_only = |g: &Vec<Text>| g.len() >= 2 && g.iter().all(|t| !t.header);
    let numbers_only = |g: &Vec<Text>| g.iter().all(|t| !t.header && t.number);
    let mut joined: Vec<Vec<Text>> = Vec::new();
    for group in std::mem::take(groups) {
        match joined.last_mut() {
            Some(last)
                if header_only(last) && (body_only(&group) || numbers_only(&group))
                    || body_only(last) && header_only(&group) =>
            {
                last.extend(group);
            }
            _ => joined.push(group),
        }
    }
    *groups = joined;
}

/// Takes out texts that alone join what stands left and right of a gap: they are set in the middle of several columns.
fn drop_bridges(texts: &mut Vec<Text>, size: f64) {
    let touch = TOUCH * size;
    let covering = |all: &[Text], a: f64, b: f64| all.iter().filter(|t| t.x0 <= a && t.x1 >= b).count();
    let mut edges: Vec<f64> = texts.iter().flat_map(|t| [t.x0, t.x1]).collect();
    edges.sort_by(f64::total_cmp);
    edges.dedup();
    let counts: Vec<usize> = edges.windows(2).map(|w| covering(texts, w[0], w[1])).collect();
    let all = texts.clone();
    texts.retain(|text| {
        let first = edges.partition_point(|e| *e < text.x0);
        let last = edges.partition_point(|e| *e < text.x1);
        let Some(own) = counts.get(first..last) else { return true };
        let Some(&fewest) = own.iter().min() else { return true };
        let is_gap = |at: usize| {
            // Texts of several rows must stand on both sides, clear of the gap.
            let gap = (edges[first + at], edges[first + at + 1]);
            // What a heading stands over is below it.
            let counts = |t: &&Text| !text.header || t.row > text.row;
            let left = all.iter().filter(counts).filter(|t| t.x1 <= gap.0 && t.x1 > text.x0 - touch).count();
            let right = all.iter().filter(counts).filter(|t| t.x0 >= gap.1 && t.x0 < text.x1 + touch).count();
            let sides = left.min(right);
            // One name below is enough beside a header's text when the other side is full.
            let enough = sides >= 2 || text.header && sides == 1 && left.max(right) >= 4;
            enough && fewest <= (sides / FEW).max(1)
        };
        text.number || text.full || !own.iter().enumerate().any(|(at, &n)| n == fewest && is_gap(at))
    });
}

/// Boundaries in the middle of the gaps.
fn boundaries(content: &[(f64, f64)], size: f64) -> Vec<f64> {
    let gaps = content.windows(2).map(|w| w[1].0 - w[0].1);
    let padding = gaps.fold(WIDEST_PADDING * size, f64::min) / 2.0;
    let mut xs: Vec<f64> = content.first().map(|c| c.0 - padding).into_iter().collect();
    xs.extend(content.windows(2).map(|w| f64::midpoint(w[0].1, w[1].0)));
    xs.extend(content.last().map(|c| c.1 + padding));
    xs
}

/// Whether a block stands over several texts of another row, so that it says nothing about the gaps.
fn is_spanning(block: &Block, rows: &[Vec<Block>]) -> bool {
    let stands_over = |other: &&Block| block.bbox.overlap_x(&other.bbox) > SHARED * block.size;
    rows.iter().any(|row| row.iter().filter(stands_over).count() >= 2)
}
