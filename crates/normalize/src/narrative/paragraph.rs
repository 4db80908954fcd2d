//! Lines broken by the page's width put together again.
//!
//! A line goes on with the next one unless something says that a paragraph ended: a list number or an indentation on the
//! next line, or room left on this line that the next line's first word would have fitted into.
#![allow(clippy::float_arithmetic, reason = "geometry in points; no money is touched here")]

use crate::reading::fold::{fold, pattern, squash};
use crate::reading::year;
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use yusuan_extract::{Rect, TextLine};

// 一、 （一） 1. (1) 第一部分; 21.95 is a figure, 1.2024年 a list number before a year.
pattern!(
    MARK,
    "^(?:[(]?[一二三四五六七八九十]{1,3}[)、.]|[(][0-9]{1,2}[)]|[0-9]{1,2}(?:[、)]|[.](?:[^0-9]|20[0-9]{2}年))|第[一二三四五六七八九十]{1,3}[部章节])"
);
pattern!(PART, "^第[一二三四五六七八九十]{1,3}[部章节]");
pattern!(FIRST, "^[一二三四五六七八九十]{1,3}[、.]");
pattern!(SECOND, "^[(][一二三四五六七八九十]{1,3}[)]");
pattern!(THIRD, "^[0-9]{1,2}[、.]");
pattern!(PAGE_NUMBER, "^[-—第]{0,2}[0-9]{1,3}[-—页]{0,2}$");
pattern!(MONEY, "[0-9][万亿千百]*元");

/// The headings' marks from high to low.
static RANKS: [&LazyLock<Regex>; 4] = [&PART, &FIRST, &SECOND, &THIRD];

/// Lines of at least so many characters tell where the text's margins are.
const LONG_LINE: usize = 15;
/// Headings are no longer than this.
const HEADING_CHARS: usize = 60;

/// A paragraph with the heading above it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Paragraph {
    /// 1-based page on which it begins.
    pub(crate) page: Option<u32>,
    /// The nearest heading above, as printed.
    pub(crate) section: String,
    /// The heading above that names the year of all below it: the nearest, or one of a higher rank.
    pub(crate) dated: String,
    /// White space removed.
    pub(crate) text: String,
}

/// Left and right margin of a page's text.
type Margins = BTreeMap<Option<u32>, (f64, f64)>;

/// Puts the lines outside grids together; running heads and page numbers are left out.
pub(crate) fn build(lines: &[TextLine]) -> Vec<Paragraph> {
    let lines: Vec<&TextLine> = lines
        .iter()
        .filter(|l| !l.running && !PAGE_NUMBER.is_match(&fold(&l.text)) && !l.text.trim().is_empty())
        .collect();
    let margins = margins(&lines);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut section = String::new();
    let mut dated: Option<(usize, String)> = None;
    let mut before: Option<&TextLine> = None;
    for line in lines {
        let goes_on = before.is_some_and(|b| !ends(b, line, &margins));
        match paragraphs.last_mut() {
            Some(open) if goes_on => open.text.push_str(&squash(&line.text)),
            _ => {
                if let Some(heading) = paragraphs.last().filter(|p| is_heading(&p.text)) {
                    section.clone_from(&heading.text);
                    dated = dated_by(dated, &heading.text);
                }
                let text = squash(&line.text);
                let year = dated.as_ref().map_or_else(String::new, |(_, heading)| heading.clone());
                paragraphs.push(Paragraph { page: line.place.page, section: section.clone(), dated: year, text });
            }
        }
        before = Some(line);
    }
    paragraphs
}

/// The dated heading that stands once this one has come: its own year, or that of a heading of higher rank.
fn dated_by(dated: Option<(usize, String)>, heading: &str) -> Option<(usize, String)> {
    let folded = fold(heading);
    let rank = RANKS.iter().position(|rank| rank.is_match(&folded)).unwrap_or(RANKS.len());
    if year::spoken(&folded).next().is_some() {
        return Some((rank, folded));
    }
    dated.filter(|(above, _)| *above < rank)
}

/// A numbered line that is no sentence and states no amount.
pub(crate) fn is_heading(text: &str) -> bool {
    let folded = fold(text);
    MARK.is_match(&folded)
        && folded.chars().count() <= HEADING_CHARS
        && !folded.ends_with(['。', ';', ','])
        && !MONEY.is_match(&folded)
}

/// Whether the paragraph ends before `next`.
fn ends(line: &TextLine, next: &TextLine, margins: &Margins) -> bool {
    if line.sheet != next.sheet || line.tables_before != next.tables_before {
        return true;
    }
    // A text without pages has no lines, only paragraphs.
    if line.sheet.is_none() && line.place.page.is_none() {
        return true;
    }
    let marked = MARK.is_match(&fold(&next.text));
    let (Some(a), Some(b)) = (line.place.bbox, next.place.bbox) else {
        return marked || fold(&line.text).ends_with(['。', ':', ';']) || line.text.chars().count() < LONG_LINE;
    };
    let same_page = line.place.page == next.place.page;
    if same_page && a.overlap_y(&b) > a.height().min(b.height()) / 2.0 && b.x0 >= a.x1 - 1.0 {
        return false;
    }
    marked || is_indented(next, b, margins) || has_room(line, a, (next, margins))
}

fn is_indented(next: &TextLine, bbox: Rect, margins: &Margins) -> bool {
    margins.get(&next.place.page).is_some_and(|(left, _)| bbox.x0 > left + 1.3 * em(next))
}

/// Whether the first word of the next line would have fitted on this one.
fn has_room(line: &TextLine, bbox: Rect, (next, margins): (&TextLine, &Margins)) -> bool {
    let Some((_, right)) = margins.get(&line.place.page) else { return false };
    bbox.x1 + first_word(&next.text) * em(line) + 0.8 * em(line) < *right
}

/// Width in ems of what a line break would not have torn: a figure as a whole, else one character with its punctuation.
fn first_word(text: &str) -> f64 {
    let narrow = text.trim_start().chars().take_while(char::is_ascii_graphic).count();
    if narrow > 0 { narrow as f64 * 0.55 } else { 2.0 }
}

fn em(line: &TextLine) -> f64 {
    line.size.max(6.0)
}

/// The margins of every page: its own where several long lines show them, else those of the whole document.
fn margins(lines: &[&TextLine]) -> Margins {
    let mut boxes: BTreeMap<Option<u32>, Vec<Rect>> = BTreeMap::new();
    for line in lines {
        let long = line.text.chars().filter(|c| !c.is_whitespace()).count() >= LONG_LINE;
        let page = boxes.entry(line.place.page).or_default();
        page.extend(line.place.bbox.filter(|_| long));
    }
    let edges = |boxes: &[Rect]| {
        let left = boxes.iter().map(|b| b.x0).fold(f64::INFINITY, f64::min);
        let right = boxes.iter().map(|b| b.x1).fold(f64::NEG_INFINITY, f64::max);
        (left, right)
    };
    let sure: Vec<(f64, f64)> = boxes.values().filter(|b| b.len() >= 3).map(|b| edges(b)).collect();
    let (mut lefts, mut rights): (Vec<f64>, Vec<f64>) = sure.into_iter().unzip();
    lefts.sort_by(f64::total_cmp);
    rights.sort_by(f64::total_cmp);
    let whole = lefts.get(lefts.len() / 2).copied().zip(rights.get(rights.len() / 2).copied());
    let own = |boxes: &[Rect]| if boxes.len() >= 3 { Some(edges(boxes)) } else { whole };
    boxes.iter().filter_map(|(page, boxes)| Some((*page, own(boxes)?))).collect()
}
