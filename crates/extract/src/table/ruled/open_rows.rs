//! Rows of a grid that hold several rows of text without lines between them: each baseline is a row, but for the further
//! lines of a text that was broken for want of room.

use super::cell_lines::{Text, has_lines, lines_of};
use super::sets::DisjointSets;
use crate::model::{Glyph, Rect};
use crate::table::grid::{Grid, GridCell};
use crate::text::figures;

/// Lines on one level are at most this far (in font sizes) from each other.
const LEVEL: f64 = 0.3;
/// A broken text goes on at a pitch of at most so many font sizes …
const TIGHT_PITCH: f64 = 1.4;
/// … or this share of the pitch of the rows.
const TIGHTER: f64 = 0.8;
/// No text is set wider than this (font sizes, from line to line).
const MOST_PITCH: f64 = 1.7;
/// Lines of one text stand equally far apart, give or take this share.
const SAME_STEP: f64 = 1.1;
/// A line is full when it leaves less than this (font sizes) of its cell …
const FULL: f64 = 1.6;
/// … and a figure's line less than this.
const FULL_FIGURE: f64 = 1.2;
/// The two lines of one figure stand at most so many font sizes apart.
const FIGURE_PITCH: f64 = 2.2;
/// Characters of a figure that may be too long for its cell.
const LONG_FIGURE: usize = 6;
/// Padding (points) of both sides of a cell together.
const PADDING: f64 = 4.0;
/// Rows overlap by no more than this (font sizes).
const OVERLAP: f64 = 0.3;
/// Rows of a list of words.
const FEWEST_WORDS: usize = 3;
/// Share (in tenths) of such a list's rows in which every column holds a text.
const TENTHS_WORDS: usize = 8;
/// A text stands in the middle of the rows that it spans to this share of their pitch.
const MIDDLE: f64 = 0.35;
/// Lines that are compared with each other; more are no table's row.
const MOST_LINES: usize = 2_000;

/// Divides the rows of a grid; `contents` holds the glyphs of each cell and is divided with them.
pub(super) fn divide(grid: Grid, contents: Vec<Vec<&Glyph>>) -> (Grid, Vec<Vec<&Glyph>>) {
    let plans: Vec<Option<Plan>> = (0..grid.rows()).map(|row| plan(&grid, &contents, row)).collect();
    if plans.iter().all(Option::is_none) {
        return (grid, contents);
    }
    let mut ys: Vec<f64> = Vec::new();
    let mut starts: Vec<usize> = Vec::new();
    for (row, plan) in plans.iter().enumerate() {
        starts.push(ys.len());
        ys.push(grid.ys[row]);
        ys.extend(plan.iter().flat_map(|plan| &plan.cuts));
    }
    starts.push(ys.len());
    ys.extend(grid.ys.last());
    let mut cells: Vec<(GridCell, Vec<&Glyph>)> = Vec::new();
    for (index, (cell, glyphs)) in grid.cells.iter().zip(contents).enumerate() {
        let (row, end) = (starts[cell.row], starts[cell.row + cell.row_span]);
        let ranges = plans[cell.row].as_ref().and_then(|plan| Some((plan, plan.ranges_of(index)?)));
        let Some((plan, ranges)) = ranges else {
            cells.push((GridCell { row, row_span: end - row, ..*cell }, glyphs));
            continue;
        };
        let mut parts: Vec<Vec<&Glyph>> = vec![Vec::new(); ranges.len()];
        for glyph in glyphs {
            let band = plan.cuts.partition_point(|y| *y <= glyph.bbox.center_y());
            let at = ranges.iter().position(|(first, span)| (*first..first + span).contains(&band)).unwrap_or(0);
            parts[at].push(glyph);
        }
        for ((first, span), part) in ranges.iter().zip(parts) {
            cells.push((GridCell { row: row + first, row_span: *span, ..*cell }, part));
        }
    }
    let (divided, contents) = Grid::of_cells(grid.xs, ys, cells);
    (Grid { irregular: grid.irregular, ..divided }, contents)
}

/// How a row of the grid is divided.
struct Plan {
    /// y of the boundaries between the new rows.
    cuts: Vec<f64>,
    /// For each divided cell of the grid the first row and the number of rows of its parts.
    ranges: Vec<(usize, Vec<(usize, usize)>)>,
}

impl Plan {
    fn ranges_of(&self, cell: usize) -> Option<&Vec<(usize, usize)>> {
        self.ranges.iter().find(|(at, _)| *at == cell).map(|(_, ranges)| ranges)
    }
}

/// A line of a cell.
struct Line {
    /// Place of its cell in the row.
    cell: usize,
    bbox: Rect,
    figure: bool,
    size: f64,
    text: String,
}

impl Line {
    fn new(cell: usize, texts: &[Text]) -> Option<Self> {
        let bbox = texts.iter().map(|t| t.bbox).reduce(|a, b| a.union(&b))?;
        Some(Self {
            cell,
            bbox,
            figure: texts.iter().all(|t| figures::is_whole(&t.letters)),
            size: texts.iter().map(|t| t.size).fold(Glyph::SMALLEST, f64::max),
            text: texts.iter().map(|t| t.letters.as_str()).collect(),
        })
    }

    fn middle(&self) -> f64 {
        self.bbox.center_y()
    }

    fn is_level(&self, other: &Self) -> bool {
        (self.middle() - other.middle()).abs() <= LEVEL * self.size.min(other.size)
    }
}

/// A row found: its lines and their extent.
struct Band {
    lines: Vec<usize>,
    y0: f64,
    y1: f64,
}

impl Band {
    fn middle(&self) -> f64 {
        f64::midpoint(self.y0, self.y1)
    }
}

/// The plan for a row of the grid; `None` where it is one row.
fn plan(grid: &Grid, contents: &[Vec<&Glyph>], row: usize) -> Option<Plan> {
    let from = grid.cells.partition_point(|cell| cell.row < row);
    let cells = (from..grid.cells.len()).take_while(|&i| grid.cells[i].row == row);
    let here: Vec<usize> = cells.filter(|&i| grid.cells[i].row_span == 1).collect();
    if here.len() < 2 || here.iter().filter(|&&i| has_lines(&contents[i])).count() < 2 {
        return None;
    }
    let mut lines: Vec<Line> = Vec::new();
    for (at, &index) in here.iter().enumerate() {
        lines.extend(lines_of(&contents[index]).iter().filter_map(|texts| Line::new(at, texts)));
    }
    if lines.len() > MOST_LINES {
        return None;
    }
    let widths: Vec<f64> = here.iter().map(|&i| grid.cell_box(&grid.cells[i]).width()).collect();
    let row = OpenRow::new(lines, widths);
    let bands = match row.bands(true) {
        Found::Rows(bands) => bands,
        // Texts that fill their cells by chance were taken for broken ones.
        Found::Conflict => match row.bands(false) {
            Found::Rows(bands) => bands,
            _ => return None,
        },
        Found::Nothing => return None,
    };
    let cuts = bands.windows(2).map(|w| f64::midpoint(w[0].y1, w[1].y0)).collect();
    let ranges = (0..here.len()).map(|at| (here[at], row.ranges(at, &bands))).collect();
    Some(Plan { cuts, ranges })
}

/// What the lines of a row show.
enum Found {
    Rows(Vec<Band>),
    /// Two figures of one cell stand in one row.
    Conflict,
    Nothing,
}

/// The lines of a row of the grid, and the widths of its cells.
struct OpenRow {
    lines: Vec<Line>,
    widths: Vec<f64>,
    /// Lines that are parts of one figure with the next.
    torn: Vec<usize>,
}

impl OpenRow {
    /// The parts of a figure are figures.
    fn new(mut lines: Vec<Line>, widths: Vec<f64>) -> Self {
        let torn = torn_lines(&lines);
        for &at in &torn {
            lines[at].figure = true;
            lines[at + 1].figure = true;
        }
        Self { lines, widths, torn }
    }

    /// The rows that the lines make; `broken`: whether a full line goes on in the next.
    fn bands(&self, broken: bool) -> Found {
        let linked = self.links(broken);
        let mut sets = DisjointSets::new(self.lines.len());
        let mut order: Vec<usize> = (0..self.lines.len()).collect();
        order.sort_by(|&a, &b| self.lines[a].middle().total_cmp(&self.lines[b].middle()));
        for (at, &a) in order.iter().enumerate() {
            let near = order[at + 1..]
                .iter()
                .take_while(|&&b| self.lines[b].middle() - self.lines[a].middle() <= self.lines[a].size);
            for &b in
                near.filter(|&&b| self.lines[a].cell != self.lines[b].cell && self.lines[a].is_level(&self.lines[b]))
            {
                sets.join(a, b);
            }
        }
        for &(a, b) in &linked {
            sets.join(a, b);
        }
        self.join_beside_broken(&linked, &mut sets);
        self.join_centred(&mut sets);
        let mut bands: Vec<(usize, Band)> = Vec::new();
        for (index, line) in self.lines.iter().enumerate() {
            let root = sets.find(index);
            let (y0, y1) = (line.bbox.y0, line.bbox.y1);
            match bands.iter_mut().find(|(r, _)| *r == root) {
                Some((_, band)) => {
                    band.lines.push(index);
                    (band.y0, band.y1) = (band.y0.min(y0), band.y1.max(y1));
                }
                None => bands.push((root, Band { lines: vec![index], y0, y1 })),
            }
        }
        let mut bands: Vec<Band> = bands.into_iter().map(|(_, band)| band).collect();
        bands.sort_by(|a, b| a.middle().total_cmp(&b.middle()));
        self.release_spanning(&mut bands);
        let size = self.lines.iter().map(|l| l.size).fold(f64::INFINITY, f64::min);
        let apart = bands.windows(2).all(|w| w[0].y1 - w[1].y0 <= OVERLAP * size);
        if bands.iter().any(|band| self.conflicts(band, &linked)) {
            return Found::Conflict;
        }
        if apart && (self.has_figures(&bands) || self.is_list(&bands)) { Found::Rows(bands) } else { Found::Nothing }
    }

    /// Pairs of lines, one below the other in a cell, the first of which was broken: for want of room (where `broken`), or
    /// since rows would stand further apart.
    fn links(&self, broken: bool) -> Vec<(usize, usize)> {
        let pitch = self.row_pitch();
        let is_broken = |a: &Line, b: &Line| {
            let left = self.widths[a.cell] - PADDING - a.bbox.width();
            let step = b.middle() - a.middle();
            let both = a.figure && b.figure;
            let level = |line: &Line| self.lines.iter().any(|l| l.figure && l.cell != line.cell && l.is_level(line));
            // Rows stand further apart than the lines of one text.
            let tight = self.is_tight(a, step, pitch) && !(level(a) && level(b)) && !both;
            let most = if both { FULL_FIGURE } else { FULL };
            let full = left < most * a.size;
            // A long figure is no number of a row, nor two of them.
            let long = both && a.text.chars().count() >= LONG_FIGURE;
            let close = step <= TIGHT_PITCH * a.size || self.is_tight(a, step, pitch);
            let close = close || long && step <= MOST_PITCH * a.size;
            let parts = !both || figures::may_be_parts(&a.text, &b.text) && !self.has_longer(a);
            a.figure == b.figure && parts && (broken && full && close || tight)
        };
        let below = |i: &usize| self.lines[i - 1].cell == self.lines[*i].cell;
        let pairs = (1..self.lines.len()).filter(below).map(|i| (i - 1, i));
        let parts = |a: usize, b: usize| self.torn.contains(&a) || self.is_beside_torn(a, b) || self.is_nameless(a, b);
        pairs.filter(|&(a, b)| parts(a, b) || is_broken(&self.lines[a], &self.lines[b])).collect()
    }

    /// Whether two figures of a cell, that may be one, stand level with the two parts of another.
    fn is_beside_torn(&self, a: usize, b: usize) -> bool {
        let (above, below) = (&self.lines[a], &self.lines[b]);
        let level = |&t: &usize| self.lines[t].is_level(above) && self.lines[t + 1].is_level(below);
        above.figure && figures::may_be_parts(&above.text, &below.text) && self.torn.iter().any(level)
    }

    /// Whether two figures of a cell may be one amount with its cents on two lines, and nothing names the second: a label
    /// stands in the middle beside both, and level with the second there are only such rests.
    fn is_nameless(&self, a: usize, b: usize) -> bool {
        let parted = |a: usize| {
            let (above, below) = (&self.lines[a], &self.lines[a + 1]);
            above.cell == below.cell
                && below.middle() - above.middle() <= MOST_PITCH * above.size
                && figures::are_parted_cents(&above.text, &below.text)
        };
        let middle = f64::midpoint(self.lines[a].middle(), self.lines[b].middle());
        let names =
            |l: &Line| !l.figure && (l.middle() - middle).abs() <= LEVEL * l.size && !l.is_level(&self.lines[a]);
        let mut level = (0..self.lines.len()).filter(|&at| self.lines[at].is_level(&self.lines[b]));
        parted(a) && self.lines.iter().any(names) && level.all(|at| at.checked_sub(1).is_some_and(parted))
    }

    /// Whether a line and the next stand together as closely as any of their cell do, and closer than rows.
    fn is_tight(&self, line: &Line, step: f64, pitch: f64) -> bool {
        let own = self.lines.windows(2).filter(|w| w[0].cell == line.cell && w[1].cell == line.cell);
        let steps = || own.clone().map(|w| w[1].middle() - w[0].middle());
        let (least, most) = (steps().fold(f64::INFINITY, f64::min), steps().fold(0.0, f64::max));
        // Where all lines of the cell are equally far apart, nothing tells which are of one text.
        let uneven = most * TIGHTER > least || steps().count() == 1;
        uneven && step <= TIGHTER * pitch && step <= SAME_STEP * least && step <= MOST_PITCH * line.size
    }

    /// Whether another line of a figure's cell is longer by a digit: then there was room for more.
    fn has_longer(&self, line: &Line) -> bool {
        let digit = line.bbox.width() / line.text.chars().count().max(1) as f64;
        let others = self.lines.iter().filter(|l| l.cell == line.cell && l.bbox.width() < self.widths[l.cell]);
        others.map(|l| l.bbox.width()).fold(0.0, f64::max) - line.bbox.width() >= digit
    }

    /// The distance in the middle of those between levels that hold figures.
    fn row_pitch(&self) -> f64 {
        let mut levels: Vec<f64> = self.lines.iter().filter(|l| l.figure).map(Line::middle).collect();
        levels.sort_by(f64::total_cmp);
        let size = self.lines.iter().map(|l| l.size).fold(f64::INFINITY, f64::min);
        let steps = levels.windows(2).map(|w| w[1] - w[0]);
        let mut steps: Vec<f64> = steps.filter(|step| *step > LEVEL * size).collect();
        steps.sort_by(f64::total_cmp);
        steps.get(steps.len() / 2).copied().unwrap_or(0.0)
    }

    /// What stands in the middle beside the two lines of a broken figure is of its row.
    fn join_beside_broken(&self, linked: &[(usize, usize)], sets: &mut DisjointSets) {
        for &(a, b) in linked.iter().filter(|(a, b)| self.lines[*a].figure && self.lines[*b].figure) {
            let (above, below) = (&self.lines[a], &self.lines[b]);
            let middle = f64::midpoint(above.middle(), below.middle());
            for (index, line) in self.lines.iter().enumerate().filter(|(_, line)| line.cell != above.cell) {
                let centred = (line.middle() - middle).abs() <= LEVEL * line.size;
                if centred && !line.is_level(above) && !line.is_level(below) {
                    sets.join(a, index);
                }
            }
        }
    }

    /// Two lines of a text with a figure in the middle beside them are one text.
    fn join_centred(&self, sets: &mut DisjointSets) {
        let pitch = self.row_pitch();
        for b in 1..self.lines.len() {
            let (above, below) = (&self.lines[b - 1], &self.lines[b]);
            let step = below.middle() - above.middle();
            let tight = step <= TIGHT_PITCH * above.size || self.is_tight(above, step, pitch);
            if above.cell != below.cell || above.figure || below.figure || !tight {
                continue;
            }
            let middle = f64::midpoint(above.middle(), below.middle());
            let beside = |l: &Line| l.figure && (l.middle() - middle).abs() <= LEVEL * l.size && !l.is_level(above);
            if let Some(figure) = self.lines.iter().position(beside) {
                sets.join(b - 1, b);
                sets.join(b, figure);
            }
        }
    }

    /// Takes away texts that span rows: one that stands between two rows, over both, and those of cells that hold far
    /// fewer texts than there are rows of figures, on no row's level.
    fn release_spanning(&self, bands: &mut Vec<Band>) {
        let over = |a: &Band, b: &Band, size: f64| a.y1.min(b.y1) - a.y0.max(b.y0) > OVERLAP * size;
        let holds_figure = |band: &Band| band.lines.iter().any(|&i| self.lines[i].figure);
        let rows = bands.iter().filter(|band| holds_figure(band)).count();
        let texts_of =
            |cell: usize| bands.iter().filter(|b| b.lines.iter().any(|&i| self.lines[i].cell == cell)).count();
        let spanning = |at: usize| {
            let band = &bands[at];
            let size = band.lines.first().map_or(1.0, |&i| self.lines[i].size);
            let before = at.checked_sub(1).is_some_and(|i| over(&bands[i], band, size));
            let after = bands.get(at + 1).is_some_and(|next| over(band, next, size));
            let lone = band.lines.windows(2).all(|w| self.lines[w[0]].cell == self.lines[w[1]].cell);
            let sparse = band.lines.iter().all(|&i| 2 * texts_of(self.lines[i].cell) <= rows);
            let inside = at > 0 && at + 1 < bands.len();
            lone && before && after || inside && sparse && !holds_figure(band)
        };
        let mut released = (0..bands.len()).map(spanning).collect::<Vec<bool>>().into_iter();
        bands.retain(|_| released.next() == Some(false));
    }

    /// Whether a cell has two figures in one row that are not parts of one.
    fn conflicts(&self, band: &Band, linked: &[(usize, usize)]) -> bool {
        band.lines.iter().any(|&b| {
            let figure = self.lines[b].figure;
            let above = |a: &&usize| **a < b && self.lines[**a].cell == self.lines[b].cell && self.lines[**a].figure;
            figure && band.lines.iter().filter(above).any(|&a| !(a..b).all(|i| linked.contains(&(i, i + 1))))
        })
    }

    /// Whether a column of figures has one in at least two rows, and another cell texts beside them.
    fn has_figures(&self, bands: &[Band]) -> bool {
        let holds = |band: &Band, cell: usize, figure: bool| {
            band.lines.iter().any(|&i| self.lines[i].cell == cell && (self.lines[i].figure || !figure))
        };
        (0..self.widths.len()).any(|cell| {
            let own = || self.lines.iter().filter(|l| l.cell == cell);
            let of_figures = 2 * own().filter(|l| l.figure).count() >= own().count();
            let rows: Vec<&Band> = bands.iter().filter(|band| holds(band, cell, true)).collect();
            let beside =
                |other: &usize| *other != cell && rows.iter().filter(|band| holds(band, *other, false)).count() >= 2;
            of_figures && rows.len() >= 2 && (0..self.widths.len()).any(|other| beside(&other))
        })
    }

    /// Whether the rows are a list of words: several short texts in every cell, level with each other, none of which
    /// reads on in the next.
    fn is_list(&self, bands: &[Band]) -> bool {
        let filled: Vec<usize> =
            (0..self.widths.len()).filter(|&cell| self.lines.iter().any(|l| l.cell == cell)).collect();
        let rows_of =
            |cell: usize| bands.iter().filter(|b| b.lines.iter().any(|&i| self.lines[i].cell == cell)).count();
        let lines_of = |cell: usize| self.lines.iter().filter(|l| l.cell == cell).count();
        let reads_on = self.lines.iter().any(|l| l.text.ends_with(['，', '、', '；', '。', '：', ',', ';', '-']));
        let words = |c: char| c.is_ascii_alphabetic();
        let latin = self.lines.iter().any(|l| l.text.chars().all(|c| words(c) || c == '-'));
        let even = filled
            .iter()
            .all(|&cell| 10 * rows_of(cell) >= TENTHS_WORDS * bands.len() && lines_of(cell) <= bands.len());
        bands.len() >= FEWEST_WORDS && filled.len() >= 2 && even && !reads_on && !latin
    }

    /// The rows that the parts of a cell stand for.
    fn ranges(&self, cell: usize, bands: &[Band]) -> Vec<(usize, usize)> {
        let single = || (0..bands.len()).map(|at| (at, 1)).collect();
        let rows_of =
            |cell: usize| bands.iter().filter(|b| b.lines.iter().any(|&i| self.lines[i].cell == cell)).count();
        let dense = (0..self.widths.len()).find(|&c| 2 * rows_of(c) > bands.len());
        let texts: Vec<&Line> = self.lines.iter().filter(|l| l.cell == cell).collect();
        let level =
            |l: &&Line| bands.iter().any(|b| b.lines.iter().any(|&i| std::ptr::eq(*l, &raw const self.lines[i])));
        let leads = dense.is_some_and(|dense| cell < dense);
        if texts.is_empty() || texts.iter().any(|l| l.figure) || !leads && texts.iter().any(level) {
            return single();
        }
        tiles(&texts, bands).unwrap_or_else(single)
    }
}

/// The lines of cells that are parts of one figure with the next: by themselves they are none.
fn torn_lines(lines: &[Line]) -> Vec<usize> {
    let mut torn = Vec::new();
    let mut start = 0;
    while start < lines.len() {
        let next = |w: &[Line]| {
            w[0].cell == w[1].cell && w[1].middle() - w[0].middle() <= FIGURE_PITCH * w[0].size.max(w[1].size)
        };
        let length = lines[start..].windows(2).take_while(|w| next(w)).count();
        let mut text = lines[start].text.clone();
        let whole = (start + 1..=start + length).find(|&at| {
            let whole = figures::are_parts(&text, &lines[at].text);
            text.push_str(&lines[at].text);
            whole
        });
        if let Some(end) = whole {
            torn.extend(start..end);
        }
        start = whole.unwrap_or(start) + 1;
    }
    torn
}

/// The names of groups, left of their rows, each in the middle of its own; `None` unless they take all rows.
fn tiles(texts: &[&Line], bands: &[Band]) -> Option<Vec<(usize, usize)>> {
    let (first, last) = (bands.first()?, bands.last()?);
    let pitch = (last.middle() - first.middle()) / (bands.len() - 1).max(1) as f64;
    let mut names: Vec<(f64, f64, f64)> = Vec::new();
    for line in texts {
        match names.last_mut() {
            Some((_, y1, size)) if line.bbox.y0 - *y1 <= (TIGHT_PITCH - 1.0) * *size => *y1 = line.bbox.y1,
            _ => names.push((line.bbox.y0, line.bbox.y1, line.size)),
        }
    }
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    for (y0, y1, _) in names {
        let middle = f64::midpoint(y0, y1);
        let off = |end: usize| (f64::midpoint(bands[start].middle(), bands[end].middle()) - middle).abs();
        let end = (start..bands.len()).min_by(|a, b| off(*a).total_cmp(&off(*b)))?;
        if off(end) > MIDDLE * pitch {
            return None;
        }
        out.push((start, end + 1 - start));
        start = end + 1;
    }
    (start == bands.len() && out.iter().any(|(_, span)| *span > 1)).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::ruled::fixture::write;

    /// Reads one row of three cells, each 100 wide, that hold texts at (y, text).
    fn read(cells: [&[(f64, &str)]; 3]) -> Vec<Vec<String>> {
        let glyphs: Vec<Vec<Glyph>> = cells
            .iter()
            .enumerate()
            .map(|(col, texts)| texts.iter().flat_map(|(y, t)| write(100.0 * col as f64 + 5.0, *y, t)).collect())
            .collect();
        let cell = |col: usize| GridCell { row: 0, col, row_span: 1, col_span: 1 };
        let grid = Grid {
            xs: vec![0.0, 100.0, 200.0, 300.0],
            ys: vec![0.0, 200.0],
            cells: (0..3).map(cell).collect(),
            owner: vec![0, 1, 2],
            irregular: 0,
        };
        let (grid, contents) = divide(grid, glyphs.iter().map(|g| g.iter().collect()).collect());
        let mut out = vec![vec!["^".to_owned(); 3]; grid.rows()];
        for (cell, glyphs) in grid.cells.iter().zip(contents) {
            out[cell.row][cell.col] = glyphs.iter().map(|g| g.text.as_str()).collect();
        }
        out
    }

    #[test]
    fn two_rows_with_blank_amounts_are_two() {
        let read = read([&[(5.0, "wages"), (25.0, "total")], &[(5.0, "100"), (25.0, "80")], &[(25.0, "9.00")]]);
        assert_eq!(read, [["wages", "100", ""], ["total", "80", "9.00"]]);
    }

    #[test]
    fn labels_without_figures_are_rows_and_broken_labels_are_not() {
        let labels: &[(f64, &str)] = &[(5.0, "first"), (25.0, "second"), (45.0, "third"), (65.0, "fourth")];
        let plain = read([labels, &[(25.0, "7"), (65.0, "8")], &[(65.0, "9")]]);
        assert_eq!(plain[0], ["first", "", ""]);
        assert_eq!(plain[3], ["fourth", "8", "9"]);
        // The first label fills its cell, and its second line follows close.
        let broken: &[(f64, &str)] =
            &[(5.0, "a label of 19 chars"), (17.0, "and rest"), (37.0, "next"), (57.0, "last")];
        let read = read([broken, &[(11.0, "1.00"), (37.0, "2.00"), (57.0, "3.00")], &[]]);
        assert_eq!(read.len(), 3);
        assert_eq!(read[0], ["a label of 19 charsand rest", "1.00", ""]);
    }

    #[test]
    fn a_label_over_three_lines_beside_one_figure_is_one_row() {
        let label: &[(f64, &str)] = &[(5.0, "Bulgaria"), (17.0, "Cyprus"), (29.0, "Malta")];
        assert_eq!(read([label, &[(17.0, "8.8")], &[(17.0, "9.9")]]).len(), 1);
        // A figure broken for want of room is one, beside a label broken so.
        let full: &[(f64, &str)] = &[(5.0, "a label of 19 chars"), (17.0, "and rest")];
        let figure: &[(f64, &str)] = &[(5.0, "12,345,678,901,234,"), (17.0, "567.89")];
        assert_eq!(read([full, figure, &[]]).len(), 1);
    }

    #[test]
    fn a_figure_over_two_lines_has_its_name_in_the_middle_beside_it() {
        let names: &[(f64, &str)] = &[(11.0, "total"), (31.0, "wages")];
        let broken: &[(f64, &str)] = &[(5.0, "1,234,567,890,123.8"), (17.0, "9"), (31.0, "80.00")];
        let read = read([names, broken, &[(11.0, "4.00"), (31.0, "5.00")]]);
        assert_eq!(read, [["total", "1,234,567,890,123.89", "4.00"], ["wages", "80.00", "5.00"]]);
    }

    #[test]
    fn figures_that_are_too_long_for_their_cells_make_no_rows() {
        let two = |a: &'static str, b: &'static str| vec![(5.0, a), (17.0, b)];
        // The cents of one figure are parted, those of another stand on the second line; the cells have much room.
        let row = read([&[(11.0, "total")], &two("7762472.8", "7"), &two("7,762,472.", "87")]);
        assert_eq!(row, [["total", "7762472.87", "7,762,472.87"]]);
        let row = read([&two("pensions of", "all"), &two("12,345,67", "8.90"), &two("12,345,678.9", "0")]);
        assert_eq!(row, [["pensions ofall", "12,345,678.90", "12,345,678.90"]]);
        assert_eq!(read([&[(11.0, "total")], &two("1776.8", "7"), &two("1,776.9", "1")]).len(), 1);
        // A rest with a name of its own is a figure.
        assert_eq!(read([&two("total", "one"), &two("1776.8", "7"), &two("1,776.9", "1")]).len(), 2);
        // Two broken figures in each cell are two rows.
        let four = |a, b, c, d| vec![(5.0, a), (17.0, b), (35.0, c), (47.0, d)];
        let names: &[(f64, &str)] = &[(11.0, "wages"), (41.0, "total")];
        let row = read([names, &four("12,3", "45", "77.", "50"), &four("1.", "5", "12,345.", "5")]);
        assert_eq!(row, [["wages", "12,345", "1.5"], ["total", "77.50", "12,345.5"]]);
    }

    #[test]
    fn names_of_groups_span_their_rows() {
        let rows: &[(f64, &str)] = &[(5.0, "a"), (25.0, "b"), (45.0, "c"), (65.0, "d"), (85.0, "e")];
        let figures: &[(f64, &str)] = &[(5.0, "1"), (25.0, "2"), (45.0, "3"), (65.0, "4"), (85.0, "5")];
        let read = read([&[(15.0, "one"), (65.0, "two")], rows, figures]);
        assert_eq!(read.iter().map(|r| r[0].as_str()).collect::<Vec<_>>(), ["one", "^", "two", "^", "^"]);
        // A day and a kind in the middle of two rows of figures, on no row's level.
        let read = self::read([&[(25.0, "day")], &[(5.0, "7"), (45.0, "30")], &[(5.0, "2.93"), (45.0, "3.33")]]);
        assert_eq!(read, [["day", "7", "2.93"], ["^", "30", "3.33"]]);
    }
}
