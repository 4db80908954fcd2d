//! Grids of lines: which lines make one, and which of its positions are one cell?

use super::lines::Line;
use super::sets::DisjointSets;
use crate::table::grid::{Grid, GridCell};

/// Lines within this distance (points) touch or stand for the same grid line: double borders, and the offsets that
/// office programs leave between the rows of one table.
const TOUCH: f64 = 2.6;
/// Share of a cell's side that must be drawn for the side to separate.
const DRAWN: f64 = 0.6;
/// A stub shorter than this (points) beyond the last line is a border's thickness; more is a missing border.
const ROOM: f64 = 8.0;

/// Positions that a grid has at most; with more it is a drawing.
const MOST_POSITIONS: usize = 2_000_000;
/// Lines that end this near (points) behind a boundary do not reach into the interval behind it.
const HARDLY: f64 = 0.01;

/// Finds the grids that a page's lines make, top to bottom.
pub(crate) fn find_grids(horizontal: &[Line], vertical: &[Line]) -> Vec<Grid> {
    let mut grids: Vec<Grid> = connected(horizontal, vertical).into_iter().filter_map(|(h, v)| build(&h, &v)).collect();
    grids.sort_by(|a, b| {
        let (a, b) = (a.bbox(), b.bbox());
        a.y0.total_cmp(&b.y0).then(a.x0.total_cmp(&b.x0))
    });
    grids
}

/// Groups lines that touch each other.
fn connected(horizontal: &[Line], vertical: &[Line]) -> Vec<(Vec<Line>, Vec<Line>)> {
    let mut order: Vec<usize> = (0..vertical.len()).collect();
    order.sort_by(|&a, &b| vertical[a].at.total_cmp(&vertical[b].at));
    let mut sets = DisjointSets::new(horizontal.len() + vertical.len());
    for (i, h) in horizontal.iter().enumerate() {
        let start = order.partition_point(|&k| vertical[k].at < h.from - TOUCH);
        for &k in &order[start..] {
            let v = &vertical[k];
            if v.at > h.to + TOUCH {
                break;
            }
            if h.at >= v.from - TOUCH && h.at <= v.to + TOUCH {
                sets.join(i, horizontal.len() + k);
            }
        }
    }
    let mut groups: std::collections::BTreeMap<usize, (Vec<Line>, Vec<Line>)> = std::collections::BTreeMap::new();
    for (i, h) in horizontal.iter().enumerate() {
        groups.entry(sets.find(i)).or_default().0.push(*h);
    }
    for (k, v) in vertical.iter().enumerate() {
        groups.entry(sets.find(horizontal.len() + k)).or_default().1.push(*v);
    }
    groups.into_values().filter(|(h, v)| !h.is_empty() && !v.is_empty()).collect()
}

/// Builds a grid from one group of lines. Outer borders may be missing: the grid reaches as far as any line.
fn build(horizontal: &[Line], vertical: &[Line]) -> Option<Grid> {
    let xs = boundaries(vertical, horizontal);
    let ys = boundaries(horizontal, vertical);
    let (rows, cols) = (ys.len().checked_sub(1)?, xs.len().checked_sub(1)?);
    if rows * cols < 2 || rows.saturating_mul(cols) > MOST_POSITIONS {
        return None;
    }
    let walls_right = walls(vertical, &xs, &ys);
    let walls_below = walls(horizontal, &ys, &xs);
    let mut sets = DisjointSets::new(rows * cols);
    for row in 0..rows {
        for col in 0..cols {
            let at = row * cols + col;
            if col + 1 < cols && !walls_right[(col + 1) * rows + row] {
                sets.join(at, at + 1);
            }
            if row + 1 < rows && !walls_below[(row + 1) * cols + col] {
                sets.join(at, at + cols);
            }
        }
    }
    let area: Vec<usize> = (0..rows * cols).map(|i| sets.find(i)).collect();
    Some(cut_rectangles(xs, ys, &area))
}

/// The grid lines across one direction: the levels of its lines, and the far ends of the lines that cross them.
fn boundaries(lines: &[Line], crossing: &[Line]) -> Vec<f64> {
    let mut levels: Vec<f64> = lines.iter().map(|l| l.at).collect();
    levels.sort_by(f64::total_cmp);
    let mut out: Vec<f64> = Vec::new();
    let mut group: Vec<f64> = Vec::new();
    for level in levels {
        if group.last().is_some_and(|last| level - last > TOUCH) {
            out.push(mean(&group));
            group.clear();
        }
        group.push(level);
    }
    if !group.is_empty() {
        out.push(mean(&group));
    }
    let low = crossing.iter().map(|l| l.from).fold(f64::INFINITY, f64::min);
    let high = crossing.iter().map(|l| l.to).fold(f64::NEG_INFINITY, f64::max);
    if out.first().is_some_and(|first| first - low > ROOM) {
        out.insert(0, low);
    }
    if out.last().is_some_and(|last| high - last > ROOM) {
        out.push(high);
    }
    out
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// For every boundary and every interval between the crossing boundaries: is a line drawn there?
/// Index: boundary × number of intervals + interval.
fn walls(lines: &[Line], at: &[f64], along: &[f64]) -> Vec<bool> {
    let intervals = along.len() - 1;
    let mut drawn = vec![0.0_f64; at.len() * intervals];
    for line in lines {
        let boundary = nearest(at, line.at);
        let first = along.partition_point(|&b| b <= line.from + HARDLY).max(1) - 1;
        for interval in first..intervals {
            let (start, end) = (along[interval], along[interval + 1]);
            if start >= line.to {
                break;
            }
            let share = (line.to.min(end) - line.from.max(start)) / (end - start).max(HARDLY);
            drawn[boundary * intervals + interval] += share.max(0.0);
        }
    }
    drawn.into_iter().map(|share| share >= DRAWN).collect()
}

fn nearest(sorted: &[f64], value: f64) -> usize {
    let next = sorted.partition_point(|&b| b < value);
    if next == 0 {
        return 0;
    }
    if next == sorted.len() || value - sorted[next - 1] <= sorted[next] - value { next - 1 } else { next }
}

/// Turns areas of joined positions into rectangular cells; an area that is no rectangle is cut into several.
fn cut_rectangles(xs: Vec<f64>, ys: Vec<f64>, area: &[usize]) -> Grid {
    let (rows, cols) = (ys.len() - 1, xs.len() - 1);
    let mut owner = vec![usize::MAX; rows * cols];
    let mut cells: Vec<GridCell> = Vec::new();
    let mut pieces = vec![0_usize; rows * cols];
    for at in 0..rows * cols {
        if owner[at] != usize::MAX {
            continue;
        }
        let (row, col) = (at / cols, at % cols);
        let fits =
            |r: usize, c: usize, owner: &[usize]| area[r * cols + c] == area[at] && owner[r * cols + c] == usize::MAX;
        let mut col_span = 1;
        while col + col_span < cols && fits(row, col + col_span, &owner) {
            col_span += 1;
        }
        let mut row_span = 1;
        while row + row_span < rows && (col..col + col_span).all(|c| fits(row + row_span, c, &owner)) {
            row_span += 1;
        }
        for r in row..row + row_span {
            owner[r * cols + col..r * cols + col + col_span].fill(cells.len());
        }
        pieces[area[at]] += 1;
        cells.push(GridCell { row, col, row_span, col_span });
    }
    let irregular = pieces.iter().filter(|&&p| p > 1).count();
    Grid { xs, ys, cells, owner, irregular }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(at: f64, from: f64, to: f64) -> Line {
        Line { at, from, to }
    }

    #[test]
    fn missing_inner_edges_are_spans() {
        // 2 × 3 grid; the first row's first two positions are one cell.
        let h = [line(0.0, 0.0, 300.0), line(20.0, 0.0, 300.0), line(40.0, 0.0, 300.0)];
        let v = [line(0.0, 0.0, 40.0), line(100.0, 20.0, 40.0), line(200.0, 0.0, 40.0), line(300.0, 0.0, 40.0)];
        let grids = find_grids(&h, &v);
        assert_eq!(grids.len(), 1);
        let grid = &grids[0];
        assert_eq!((grid.rows(), grid.cols(), grid.cells.len()), (2, 3, 5));
        assert_eq!(grid.cells[0], GridCell { row: 0, col: 0, row_span: 1, col_span: 2 });
        assert_eq!(grid.irregular, 0);
    }

    #[test]
    fn missing_outer_borders_are_added() {
        let h = [line(0.0, 0.0, 300.0), line(20.0, 0.0, 300.0)];
        let v = [line(100.0, 0.0, 40.0), line(200.0, 0.0, 40.0)];
        let grids = find_grids(&h, &v);
        assert_eq!((grids[0].rows(), grids[0].cols()), (2, 3));
    }

    #[test]
    fn separate_tables_stay_apart() {
        let h = [line(0.0, 0.0, 100.0), line(20.0, 0.0, 100.0), line(60.0, 0.0, 100.0), line(80.0, 0.0, 100.0)];
        let mut v = Vec::new();
        for x in [0.0, 50.0, 100.0] {
            v.push(line(x, 0.0, 20.0));
            v.push(line(x, 60.0, 80.0));
        }
        assert_eq!(find_grids(&h, &v).len(), 2);
    }
}
