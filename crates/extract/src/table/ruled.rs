//! Tables from ruling lines: grid first, then the text into its cells.

use super::grid::{self, Grid, GridCell};
use super::open_cells;
use super::page_break::Cuts;
use super::rulings;
use super::{Cell, Content, Method, Place, RawTable};
use crate::geometry::Rect;
use crate::page::{Direction, Glyph, Page};
use crate::text::{self, TextRun};

/// A table on one page, before pages are joined.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PageTable {
    /// The table; its captions are not yet attached.
    pub(crate) table: RawTable,
    /// x of the column boundaries.
    pub(crate) xs: Vec<f64>,
    /// Box of the whole grid.
    pub(crate) bbox: Rect,
    /// Cells whose text may be cut by a page break.
    pub(crate) cuts: Cuts,
}

/// Finds the ruled tables of a page. Returns them top to bottom, and the glyphs that no table took.
pub(crate) fn find(page: &Page) -> (Vec<PageTable>, Vec<Glyph>) {
    let (horizontal, vertical) = rulings::whole_lines(&page.rulings);
    let grids = grid::find_grids(&horizontal, &vertical);
    let (accepted, homes) = settle(grids, &page.glyphs);
    let mut contents: Vec<Vec<Vec<&Glyph>>> = accepted.iter().map(|g| vec![Vec::new(); g.cells.len()]).collect();
    let mut rest = Vec::new();
    for (glyph, home) in page.glyphs.iter().zip(&homes) {
        match home {
            Some((grid, cell)) => contents[*grid][*cell].push(glyph),
            None => rest.push(glyph.clone()),
        }
    }
    let divided = accepted.into_iter().zip(contents).map(|(grid, cells)| open_cells::divide(grid, cells));
    let tables = divided.map(|(grid, cells)| page_table(page.number, &grid, &cells)).collect();
    (tables, rest)
}

/// Which grid and which of its cells a glyph belongs to.
type Home = Option<(usize, usize)>;

/// Keeps the grids that are tables and gives every glyph its home.
fn settle(mut grids: Vec<Grid>, glyphs: &[Glyph]) -> (Vec<Grid>, Vec<Home>) {
    loop {
        let homes = assign(&grids, glyphs);
        let mut filled: Vec<Vec<bool>> = grids.iter().map(|g| vec![false; g.cells.len()]).collect();
        for (grid, cell) in homes.iter().flatten() {
            filled[*grid][*cell] = true;
        }
        // A frame round one text is no table, nor is a grid without text (a drawing, squared paper), nor lines that pay
        // no heed to the numbers between them (a chart).
        let torn = torn_numbers(grids.len(), glyphs, &homes);
        let keep: Vec<bool> = filled
            .iter()
            .zip(torn)
            .map(|(cells, torn)| cells.iter().filter(|f| **f).count() >= 2 && torn < 2)
            .collect();
        if keep.iter().all(|k| *k) {
            return (grids, homes);
        }
        let mut index = 0;
        grids.retain(|_| {
            index += 1;
            keep[index - 1]
        });
    }
}

/// Counts for each grid the numbers that a line parts at their point.
fn torn_numbers(grids: usize, glyphs: &[Glyph], homes: &[Home]) -> Vec<usize> {
    let mut out = vec![0; grids];
    let digit = |g: &Glyph| g.text.chars().all(|c| c.is_ascii_digit());
    for (pair, home) in glyphs.windows(2).zip(homes.windows(2)) {
        let point = digit(&pair[0]) && pair[1].text == "." || pair[0].text == "." && digit(&pair[1]);
        let (Some((a, from)), Some((b, to))) = (home[0], home[1]) else { continue };
        if point && a == b && from != to && follows(&pair[0], &pair[1]) {
            out[a] += 1;
        }
    }
    out
}

/// Assigns each glyph by its centre, then mends runs of text that overflow their cell.
fn assign(grids: &[Grid], glyphs: &[Glyph]) -> Vec<Home> {
    let mut homes: Vec<Home> = glyphs
        .iter()
        .map(|glyph| {
            let (x, y) = (glyph.bbox.center_x(), glyph.bbox.center_y());
            let area = |g: &Grid| g.bbox().width() * g.bbox().height();
            let innermost = grids
                .iter()
                .enumerate()
                .filter(|(_, g)| g.bbox().contains(x, y))
                .min_by(|(_, a), (_, b)| area(a).total_cmp(&area(b)));
            innermost.and_then(|(i, g)| g.cell_at(x, y).map(|cell| (i, cell)))
        })
        .collect();
    mend_overflow(grids, glyphs, &mut homes);
    homes
}

/// Text that overflows its cell goes to the cell where it starts; a number that overflows is set flush right and goes
/// to the cell where it ends. Only a run with a glyph that stands across the edge overflows.
fn mend_overflow(grids: &[Grid], glyphs: &[Glyph], homes: &mut [Home]) {
    let mut start = 0;
    while start < glyphs.len() {
        let mut end = start + 1;
        while end < glyphs.len() && follows(&glyphs[end - 1], &glyphs[end]) {
            end += 1;
        }
        // A code that overflows into the next cell ends where that cell's own words begin.
        let word = |g: &Glyph| g.text.chars().all(|c| c.is_ascii_alphanumeric());
        if word(&glyphs[start])
            && let Some(cut) = (start + 1..end).find(|i| !word(&glyphs[*i]) && homes[*i] != homes[start])
            && glyphs[cut].text.chars().all(char::is_alphabetic)
        {
            end = cut;
        }
        let run = start..end;
        if overflows(grids, &glyphs[run.clone()], &homes[run.clone()]) {
            let number = glyphs[run.clone()].iter().all(|g| g.text.chars().all(|c| "0123456789.,-%".contains(c)));
            let at_right = number && is_flush_right(grids, &glyphs[run.clone()], homes[start], homes[end - 1]);
            let home = if at_right { homes[end - 1] } else { homes[start] };
            homes[run].fill(home);
        }
        start = end;
    }
}

/// Whether a run that reaches over several cells keeps closer to the right edge of its last than to the left edge of
/// its first.
fn is_flush_right(grids: &[Grid], glyphs: &[Glyph], first: Home, last: Home) -> bool {
    let frame = |home: Home| home.map(|(g, c)| grids[g].cell_box(&grids[g].cells[c]));
    match (frame(first), frame(last), glyphs.first(), glyphs.last()) {
        (Some(first), Some(last), Some(a), Some(b)) => (last.x1 - b.bbox.x1).abs() < (a.bbox.x0 - first.x0).abs(),
        _ => false,
    }
}

/// Whether a glyph was drawn right behind another on the same line.
fn follows(a: &Glyph, b: &Glyph) -> bool {
    let size = a.size.max(1.0);
    let gap = b.bbox.x0 - a.bbox.x1;
    a.direction == Direction::Right
        && b.direction == Direction::Right
        && (a.bbox.y1 - b.bbox.y1).abs() < 0.25 * size
        && gap > -0.3 * size
        && gap < 0.3 * size
}

/// Whether a run of glyphs crosses from one cell into a neighbour in the same grid row, through a glyph.
fn overflows(grids: &[Grid], glyphs: &[Glyph], homes: &[Home]) -> bool {
    homes.windows(2).enumerate().any(|(i, pair)| {
        let (Some((g, a)), Some((h, b))) = (pair[0], pair[1]) else {
            return false;
        };
        if g != h || a == b {
            return false;
        }
        let edge = grids[g].cell_box(&grids[g].cells[a]).x1;
        let crosses = |glyph: &Glyph| {
            let margin = 0.2 * glyph.bbox.width();
            glyph.bbox.x0 < edge - margin && glyph.bbox.x1 > edge + margin
        };
        crosses(&glyphs[i]) || crosses(&glyphs[i + 1])
    })
}

/// Writes the texts of a grid's cells.
pub(super) fn page_table(page: u32, grid: &Grid, contents: &[Vec<&Glyph>]) -> PageTable {
    let mut cuts = Cuts::default();
    let mut cells = Vec::with_capacity(grid.cells.len());
    for (cell, glyphs) in grid.cells.iter().zip(contents) {
        let lines = text::lines(glyphs.iter().copied(), None);
        note_cuts(&mut cuts, grid, cell, &lines);
        cells.push(write_cell(page, grid, cell, &lines));
    }
    let table = RawTable {
        pages: vec![page],
        sheet: None,
        bbox: grid.bbox(),
        method: Method::Ruled,
        confidence: confidence(grid, contents),
        rows: grid.rows(),
        cols: grid.cols(),
        cells,
        captions: Vec::new(),
    };
    PageTable { table, xs: grid.xs.clone(), bbox: grid.bbox(), cuts }
}

/// Notes whether a cell's text fills its last line down to the lower edge, and whether it starts at the upper edge.
fn note_cuts(cuts: &mut Cuts, grid: &Grid, cell: &GridCell, lines: &[TextRun]) {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
    let frame = grid.cell_box(cell);
    // A paragraph ends its lines where its words and punctuation allow, and leaves room for less than a line below. Where
    // the lines are set wide, that is their pitch.
    let paragraph = lines.len() >= 4;
    let pitch = lines.get(1).map_or(0.0, |second| second.bbox.y0 - first.bbox.y0) / last.size;
    let (slack, below) = if paragraph { (3.2, 2.2) } else { (1.6, (pitch + 0.4).clamp(1.6, 2.2)) };
    let full = frame.width() - last.bbox.width() < slack * last.size + 4.0;
    // A punctuation mark that may not begin a line takes the character before it along.
    if frame.width() - last.bbox.width() < 3.2 * last.size + 4.0 {
        cuts.ends_full.insert((cell.row, cell.col));
    }
    if full && frame.y1 - last.bbox.y1 < below * last.size {
        cuts.ends_open.insert((cell.row, cell.col));
    }
    if first.bbox.y0 - frame.y0 < 1.2 * first.size {
        cuts.starts_high.insert((cell.row, cell.col));
    }
}

fn write_cell(page: u32, grid: &Grid, cell: &GridCell, lines: &[TextRun]) -> Cell {
    let frame = grid.cell_box(cell);
    let box_of_text = lines.iter().map(|l| l.bbox).reduce(|a, b| a.union(&b));
    Cell {
        row: cell.row,
        col: cell.col,
        row_span: cell.row_span,
        col_span: cell.col_span,
        text: text::join_lines(lines, room(&frame, lines)),
        place: Place { page: Some(page), bbox: Some(box_of_text.unwrap_or(frame)), sheet_cell: None },
        content: Content::Text,
    }
}

/// The length that a line of text has in a cell: its frame less the usual padding.
fn room(frame: &Rect, lines: &[TextRun]) -> f64 {
    const PADDING: f64 = 4.0;
    let upright = lines.first().is_none_or(|l| matches!(l.direction, Direction::Right | Direction::Left));
    (if upright { frame.width() } else { frame.height() }) - PADDING
}

/// How sure the grid is: cut-up areas and glyphs that stand across a cell's edge are signs of a grid misread.
fn confidence(grid: &Grid, contents: &[Vec<&Glyph>]) -> f64 {
    let mut glyphs = 0_usize;
    let mut across = 0_usize;
    for (cell, list) in grid.cells.iter().zip(contents) {
        let frame = grid.cell_box(cell);
        glyphs += list.len();
        across += list
            .iter()
            .filter(|g| {
                let slack = 0.35 * g.size;
                g.bbox.x0 < frame.x0 - slack || g.bbox.x1 > frame.x1 + slack
            })
            .count();
    }
    let share = across as f64 / glyphs.max(1) as f64;
    let irregular = if grid.irregular > 0 { 0.2 } else { 0.0 };
    (0.98 - irregular - (4.0 * share).min(0.5)).clamp(0.05, 1.0)
}
