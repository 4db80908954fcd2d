//! The lines of text above and below a table, which are handed on as its captions.

use crate::model::{Caption, CaptionSide, Place, Rect};
use crate::table::Fragment;
use crate::table::join::points_overleaf;
use crate::text::OpenLine;

/// Most lines of text above (below) a table that are handed on as its captions.
const MOST_CAPTIONS: usize = 10;

/// Lines of the page before that are captions of a table that begins a page.
const LEFT_BEHIND: usize = 3;
/// Tables side by side overlap by no more than this (points).
const OVERLAP: f64 = 1.0;
/// Lines of one title differ in size by less than this share.
const SAME_SIZE: f64 = 0.03;
/// Lines of one title have their middles this near (font sizes) to each other.
const SAME_MIDDLE: f64 = 0.5;
/// Lines of one title stand less than this (font sizes) apart.
const LEADING: f64 = 0.9;
/// Share of the table's width that a broken title's first line fills.
const WIDE: f64 = 0.55;

/// Gives each table the lines above and below it on its page. Where a table starts a page, the last lines of the page
/// before are its captions as well: a heading is often left behind.
pub(super) fn attach(fragments: &mut [Fragment], lines: &[OpenLine]) {
    let boxes: Vec<(u32, Rect)> = fragments.iter().map(|f| (f.first_page(), f.bbox)).collect();
    for (index, fragment) in fragments.iter_mut().enumerate() {
        let (page, bbox) = boxes[index];
        let on_page = |p: u32| boxes.iter().filter(move |(q, _)| *q == p).map(|(_, b)| *b);
        let ceiling = on_page(page).map(|b| b.y1).filter(|y| *y <= bbox.y0 + OVERLAP).fold(f64::NEG_INFINITY, f64::max);
        let floor = on_page(page).map(|b| b.y0).filter(|y| *y >= bbox.y1 - OVERLAP).fold(f64::INFINITY, f64::min);
        let here = || lines.iter().filter(move |l| l.page == page && !l.running);
        let middle = |l: &OpenLine| l.run.bbox.center_y();
        let mut above: Vec<&OpenLine> = here().filter(|l| middle(l) < bbox.y0 && middle(l) > ceiling).collect();
        let below: Vec<&OpenLine> = here().filter(|l| middle(l) > bbox.y1 && middle(l) < floor).collect();
        fragment.own_above = above.iter().map(|l| l.run.text.clone()).collect();
        fragment.text_below = below.iter().any(|l| !points_overleaf(&l.run.text));
        fragment.notes_below = are_notes(&below);
        if above.is_empty() && ceiling.is_infinite() && page > 1 {
            let last = on_page(page - 1).map(|b| b.y1).fold(f64::NEG_INFINITY, f64::max);
            let before: Vec<&OpenLine> =
                lines.iter().filter(|l| l.page == page - 1 && !l.running && middle(l) > last).collect();
            above = before[before.len().saturating_sub(LEFT_BEHIND)..].to_vec();
        }
        let above = &above[above.len().saturating_sub(MOST_CAPTIONS)..];
        let below = &below[..below.len().min(MOST_CAPTIONS)];
        let above = captions(above, CaptionSide::Above, bbox.width());
        fragment.table.captions = above.into_iter().chain(captions(below, CaptionSide::Below, bbox.width())).collect();
    }
}

/// Words before a note to a table.
const NOTE_WORDS: [&str; 4] = ["注：", "注:", "备注：", "说明："];

/// Whether the lines below a table are notes: the first begins as one, all are of one size, and none of the last ones may
/// be the heading of what follows overleaf.
fn are_notes(below: &[&OpenLine]) -> bool {
    let Some(first) = below.first() else { return false };
    let text = first.run.text.trim_start();
    // ¹ or ① before a note, as behind the word that it explains; (1) and 1. may number anything.
    let mark = text.chars().next().is_some_and(|c| "¹²³⁴⁵⁶⁷⁸⁹①②③④⑤⑥⑦⑧⑨*※".contains(c));
    let word =
        text.starts_with('注') && !text.starts_with("注册") || NOTE_WORDS.iter().any(|word| text.starts_with(word));
    // A small ¹ opens the first line.
    let size = below.last().map_or(first.run.size, |last| last.run.size);
    let alike = |line: &&OpenLine| (line.run.size - size).abs() <= SAME_SIZE * size;
    let heading = |line: &&OpenLine| line.run.text.trim_end().ends_with(['表', '：', ':']);
    let left_behind = below.iter().rev().take(LEFT_BEHIND).any(heading);
    (mark || word) && below.iter().skip(1).all(alike) && !left_behind
}

/// Makes captions of lines. A centred line that fills most of the table's width and the line centred right below it in
/// the same size are one title, broken for want of room.
fn captions(lines: &[&OpenLine], side: CaptionSide, width: f64) -> Vec<Caption> {
    let mut out: Vec<Caption> = Vec::new();
    let mut previous: Option<&OpenLine> = None;
    for line in lines {
        let wrapped = previous.is_some_and(|p| is_wrapped(p, line, width));
        match out.last_mut() {
            Some(last) if wrapped => {
                last.text.push_str(&line.run.text);
                last.place.bbox = last.place.bbox.map(|b| b.union(&line.run.bbox));
            }
            _ => {
                let place = Place { page: Some(line.page), bbox: Some(line.run.bbox), sheet_cell: None };
                out.push(Caption { text: line.run.text.clone(), place, side });
            }
        }
        previous = Some(line);
    }
    out
}

fn is_wrapped(line: &OpenLine, next: &OpenLine, width: f64) -> bool {
    let (a, b, size) = (&line.run.bbox, &next.run.bbox, line.run.size);
    line.page == next.page
        && (line.run.size - next.run.size).abs() < SAME_SIZE * size
        && (a.center_x() - b.center_x()).abs() < SAME_MIDDLE * size
        && b.y0 - a.y1 < LEADING * size
        && b.y0 > a.center_y()
        && a.width() > b.width()
        && a.width() > WIDE * width
}
