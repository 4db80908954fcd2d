//! Which lines may be a table, and is it one?

use super::column::{self, Column};
use super::line::{Kind, Line, Piece};
use crate::page::Ruling;

/// Blank space (in font sizes, between boxes) that no table leaves between two of its lines.
const WIDE_GAP: f64 = 3.0;
/// A line of so many words without a number is running text or a note.
const PROSE_WORDS: usize = 9;
/// Rows with numbers that a table has at least.
const LEAST_ROWS: usize = 3;

/// Runs of lines between running text, each with at least some numbers.
pub(super) fn runs(lines: Vec<Line>, rules: &[&Ruling]) -> Vec<Vec<Line>> {
    let width = lines.iter().map(|l| l.bbox.x1).fold(f64::NEG_INFINITY, f64::max)
        - lines.iter().map(|l| l.bbox.x0).fold(f64::INFINITY, f64::min);
    let mut out: Vec<Vec<Line>> = vec![Vec::new()];
    for line in lines {
        if is_prose(&line, width) {
            out.push(Vec::new());
            continue;
        }
        let far = out.last().and_then(|run| run.last()).is_some_and(|last| {
            let gap = line.bbox.y0 - last.bbox.y1;
            let between = |r: &&&Ruling| r.horizontal && r.bbox.y0 > last.bbox.y0 && r.bbox.y1 < line.bbox.y1;
            let ruled = rules.iter().filter(between).any(|r| r.bbox.width() > 0.5 * line.bbox.width());
            gap > WIDE_GAP * line.size * if ruled { 1.5 } else { 1.0 }
        });
        if far {
            out.push(Vec::new());
        }
        if let Some(run) = out.last_mut() {
            run.push(line);
        }
    }
    out.retain(|run| run.iter().filter(|l| l.is_strong()).count() >= 2);
    out
}

/// Running text, notes and headings of several lines: one text that fills the line.
fn is_prose(line: &Line, width: f64) -> bool {
    let long = |p: &Piece| {
        let words = p.text.split(' ').count();
        !p.leader && p.kind == Kind::Words && (words >= PROSE_WORDS || words >= 5 && p.bbox.width() > 0.75 * width)
    };
    // A label may be long; then numbers of the other columns stand beside it.
    let values = line.pieces.iter().filter(|p| p.is_value()).count();
    line.pieces.iter().any(long) && values < 2
}

/// Lines `head` to `body` are a head, `body` to `end` the rows.
pub(super) struct Extent {
    pub(super) head: usize,
    pub(super) body: usize,
    pub(super) end: usize,
}

/// Finds where in a run the table stands: the columns and the extent, if it is a table.
pub(super) fn extent(lines: &[Line], rules: &[&Ruling]) -> Option<(Vec<Column>, Extent)> {
    let strong = || lines.iter().filter(|l| l.is_strong());
    // Years of a head may stand between the columns that they name together.
    let mut rows: Vec<&Line> = strong().filter(|l| is_row(l)).collect();
    if rows.len() < LEAST_ROWS {
        rows = strong().collect();
    }
    let columns = column::find(&rows);
    let first_value = lines.iter().position(|l| l.is_strong() && is_row(l));
    let first_strong = lines.iter().position(Line::is_strong)?;
    let body = first_value.unwrap_or(first_strong + 1).min(lines.len());
    let end = lines.iter().rposition(Line::is_strong)? + 1;
    if columns.len() < 2 || end <= body {
        return None;
    }
    let head = head_start(lines, body, &columns, rules);
    let body = body_start(lines, head, body, &columns, rules);
    let extent = Extent { head: head.min(body), body, end };
    is_table(&lines[extent.head..end], &columns).then_some((columns, extent))
}

/// A row of the body: numbers are most of what stands behind its label. Units in brackets are no numbers of a row.
fn is_row(line: &Line) -> bool {
    let value = |p: &&Piece| matches!(p.kind, Kind::Value | Kind::Blank);
    let behind = &line.pieces[1..];
    let bracketed = |p: &Piece| p.text.starts_with('(') && p.text == line.pieces[line.pieces.len() - 1].text;
    if behind.len() >= 2 && behind.iter().all(bracketed) {
        return false;
    }
    line.has_value() && 2 * behind.iter().filter(value).count() >= behind.len()
}

/// The first line of the head that ends before `body`.
fn head_start(lines: &[Line], body: usize, columns: &[Column], rules: &[&Ruling]) -> usize {
    let size = lines[body].size;
    let xs = column::boundaries(columns, size);
    let (Some(&left), Some(&right)) = (xs.first(), xs.last()) else { return body };
    let full = |from: f64, to: f64| {
        let covers = |r: &&Ruling| r.bbox.x0 <= left + 3.0 * size && r.bbox.x1 >= right - 3.0 * size;
        let mut between = rules.iter().filter(|r| r.horizontal && r.bbox.y0 > from && r.bbox.y1 < to);
        between.any(covers)
    };
    let mut start = body;
    for at in (0..body).rev() {
        let (line, below) = (&lines[at], &lines[at + 1]);
        let named = lines[start..body].iter().any(|l| l.pieces.len() > 1);
        // A text alone on its line above the names is a title, unless it stands close to them.
        let reach = if line.pieces.len() == 1 && named { 1.0 } else { 2.2 };
        if line.bbox.y0 < lines[start].bbox.y0 - 12.0 * size || below.bbox.y0 - line.bbox.y1 > reach * size {
            break;
        }
        if named && full(line.bbox.center_y(), below.bbox.center_y()) {
            break;
        }
        match stand(line, columns, &xs) {
            Stand::Head => start = at,
            Stand::Label => {}
            Stand::Title => break,
        }
    }
    start
}

/// The first line of the body: labels of groups right above the first numbers belong to it, not to the head.
fn body_start(lines: &[Line], head: usize, values: usize, columns: &[Column], rules: &[&Ruling]) -> usize {
    let xs = column::boundaries(columns, lines[values].size);
    let mut start = values;
    for at in (head..values).rev() {
        let ruled = rules.iter().any(|r| {
            let y = r.bbox.center_y();
            r.horizontal && y > lines[at].bbox.center_y() && y < lines[at + 1].bbox.center_y()
        });
        if ruled || !matches!(stand(&lines[at], columns, &xs), Stand::Label) {
            break;
        }
        start = at;
    }
    start
}

/// What a line above the body looks like.
enum Stand {
    /// Names of columns.
    Head,
    /// A text over the first column: part of a head if more of the head stands above it.
    Label,
    /// A text that pays no heed to the columns.
    Title,
}

fn stand(line: &Line, columns: &[Column], xs: &[f64]) -> Stand {
    let placed: Vec<(usize, usize)> = line.pieces.iter().map(|p| column::place(p, columns, xs)).collect();
    let Some(&(first, last)) = placed.first() else { return Stand::Title };
    let from_label = first == 0 && last > 0 && line.pieces[0].bbox.x0 < columns[0].x1;
    if from_label && last > 0 {
        return Stand::Title;
    }
    if placed.len() >= 2 {
        return Stand::Head;
    }
    if last == 0 {
        return Stand::Label;
    }
    Stand::Head
}

/// Whether lines with numbers are a table: enough rows, columns that most texts keep to; no contents list, no list of
/// numbered points, no axes of a chart.
fn is_table(lines: &[Line], columns: &[Column]) -> bool {
    let rows: Vec<&Line> = lines.iter().filter(|l| l.is_strong()).collect();
    let full = columns.iter().filter(|c| c.texts >= 2).count();
    let wide = columns.len() >= 4 && rows.len() >= 2;
    if full < 2 || rows.len() < LEAST_ROWS && !wide || 3 * rows.len() < lines.len() {
        return false;
    }
    !is_contents(&rows) && !is_list(&rows, columns) && !are_axes(lines, columns)
}

/// A contents list: dots that lead to page numbers that do not fall.
fn is_contents(rows: &[&Line]) -> bool {
    let page = |l: &&&Line| match l.pieces.as_slice() {
        [.., label, number] if label.leader => number.text.parse::<u32>().ok(),
        _ => None,
    };
    let pages: Vec<u32> = rows.iter().filter_map(|l| page(&l)).collect();
    let rising = pages.windows(2).filter(|w| w[1] >= w[0]).count() + 1;
    2 * pages.len() > rows.len() && rising * 10 >= pages.len() * 9 && rows.iter().all(|l| l.pieces.len() <= 3)
}

/// Numbered points: the first column counts, the second is text.
fn is_list(rows: &[&Line], columns: &[Column]) -> bool {
    let point = |l: &&&Line| {
        l.pieces.len() == 2
            && l.pieces[0].text.chars().count() <= 5
            && l.pieces[0].is_value()
            && l.pieces[1].kind == Kind::Words
    };
    columns.len() <= 2 && 2 * rows.iter().filter(point).count() > rows.len()
}

/// The numbers along the axes of charts: lines that hold nothing but numbers, each column counting in even steps.
fn are_axes(lines: &[Line], columns: &[Column]) -> bool {
    let size = lines.first().map_or(10.0, |l| l.size);
    let xs = column::boundaries(columns, size);
    let bare: Vec<&Line> = lines.iter().filter(|l| l.pieces.iter().all(Piece::is_value)).collect();
    if bare.len() < 4 || 2 * bare.len() < lines.len() {
        return false;
    }
    (0..columns.len()).all(|col| {
        let of_column = |p: &&Piece| column::place(p, columns, &xs).0 == col;
        let texts: Vec<&str> = bare.iter().flat_map(|l| &l.pieces).filter(of_column).map(|p| p.text.as_str()).collect();
        texts.len() < 2 || even_steps(&texts)
    })
}

/// Whether numbers rise or fall by the same step, but for a few jumps (where the next chart begins).
pub(in crate::table) fn even_steps(texts: &[&str]) -> bool {
    let plain = |t: &str| t.replace([',', '%', '$', '€', ' '], "").replace(['−', '–'], "-");
    let numbers: Option<Vec<f64>> = texts.iter().map(|t| plain(t).parse::<f64>().ok()).collect();
    let Some(numbers) = numbers else { return false };
    let Some(step) = numbers.windows(2).map(|w| w[1] - w[0]).next() else { return false };
    let near = |w: &&[f64]| (w[1] - w[0] - step).abs() <= 1e-6 * (1.0 + step.abs());
    let even = numbers.windows(2).filter(near).count();
    numbers.len() >= 3 && step.abs() > 1e-9 && 10 * even >= 7 * (numbers.len() - 1)
}
