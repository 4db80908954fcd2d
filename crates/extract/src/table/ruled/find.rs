//! The ruled tables of a page, and what they leave.

use super::home::Home;
use super::homes;
use super::lines::Line;
use super::{lattice, lines, open_cells, outer_labels};
use crate::model::{Glyph, Page};
use crate::table::grid::Grid;
use crate::table::page_table::{PageTable, page_table};

/// Finds the ruled tables of a page. Returns them top to bottom, and the glyphs that no table took.
pub(crate) fn find(page: &Page) -> (Vec<PageTable>, Vec<Glyph>) {
    let (horizontal, vertical) = lines::whole_lines(&page.rulings);
    let grids = lattice::find_grids(&horizontal, &vertical);
    let (accepted, homes) = keep_tables(grids, &page.glyphs);
    let mut contents: Vec<Vec<Vec<&Glyph>>> = accepted.iter().map(|g| vec![Vec::new(); g.cells.len()]).collect();
    let mut rest: Vec<&Glyph> = Vec::new();
    for (glyph, home) in page.glyphs.iter().zip(&homes) {
        match home {
            Some((grid, cell)) => contents[*grid][*cell].push(glyph),
            None => rest.push(glyph),
        }
    }
    let mut tables = Vec::new();
    for (grid, cells) in accepted.into_iter().zip(contents) {
        let (grid, cells) = outer_labels::take_in(grid, cells, &mut rest);
        let (grid, cells) = open_cells::divide(grid, cells);
        tables.push(page_table(page.number, &grid, &cells));
    }
    (tables, rest.into_iter().cloned().collect())
}

/// The table of given lines, and whether each glyph is part of it. `open`: rows that no line parts are parted by their figures.
pub(in crate::table) fn in_lines(
    page: u32,
    horizontal: &[Line],
    vertical: &[Line],
    glyphs: &[Glyph],
    open: bool,
) -> Option<(PageTable, Vec<bool>)> {
    let grid = lattice::find_grids(horizontal, vertical).into_iter().max_by_key(|grid| grid.cells.len())?;
    let grids = [grid];
    let homes = homes::assign(&grids, glyphs);
    let [grid] = grids;
    let mut cells: Vec<Vec<&Glyph>> = vec![Vec::new(); grid.cells.len()];
    for (glyph, home) in glyphs.iter().zip(&homes) {
        if let Some(slot) = home.and_then(|(_, cell)| cells.get_mut(cell)) {
            slot.push(glyph);
        }
    }
    if cells.iter().all(Vec::is_empty) {
        return None;
    }
    let (grid, cells) = if open { open_cells::divide(grid, cells) } else { (grid, cells) };
    Some((page_table(page, &grid, &cells), homes.iter().map(Option::is_some).collect()))
}

/// Texts that a table has at least: a frame round one is none.
const FEWEST_TEXTS: usize = 2;
/// Numbers that lines tear apart at their point before they are no table's lines …
const TORN: usize = 2;
/// … where they are more than one in so many numbers with a point. Figures may be too long for their column.
const TORN_SHARE: usize = 8;

/// Keeps the grids that are tables and gives every glyph its home.
fn keep_tables(mut grids: Vec<Grid>, glyphs: &[Glyph]) -> (Vec<Grid>, Vec<Home>) {
    loop {
        let homes = homes::assign(&grids, glyphs);
        let mut filled: Vec<Vec<bool>> = grids.iter().map(|g| vec![false; g.cells.len()]).collect();
        for (grid, cell) in homes.iter().flatten() {
            filled[*grid][*cell] = true;
        }
        // A frame round one text is no table, nor is a grid without text (a drawing, squared paper), nor lines that pay
        // no heed to the numbers between them (a chart).
        let torn = torn_numbers(grids.len(), glyphs, &homes::by_centre(&grids, glyphs));
        let keep: Vec<bool> = filled
            .iter()
            .zip(torn)
            .map(|(cells, torn)| cells.iter().filter(|f| **f).count() >= FEWEST_TEXTS && !torn)
            .collect();
        if keep.iter().all(|k| *k) {
            return (grids, homes);
        }
        let mut keep = keep.into_iter();
        grids.retain(|_| keep.next() == Some(true));
    }
}

/// For each grid whether its lines part numbers at their point more than a table's do.
fn torn_numbers(grids: usize, glyphs: &[Glyph], homes: &[Home]) -> Vec<bool> {
    let mut torn = vec![0; grids];
    let mut points = vec![0; grids];
    let digit = |g: &Glyph| g.text.chars().all(|c| c.is_ascii_digit());
    for (pair, home) in glyphs.windows(2).zip(homes.windows(2)) {
        let before_point = digit(&pair[0]) && pair[1].text == ".";
        let point = before_point || pair[0].text == "." && digit(&pair[1]);
        let (Some((a, from)), Some((b, to))) = (home[0], home[1]) else { continue };
        if point && a == b && homes::follows(&pair[0], &pair[1]) {
            points[a] += usize::from(before_point);
            torn[a] += usize::from(from != to);
        }
    }
    torn.into_iter().zip(points).map(|(torn, points)| torn >= TORN && TORN_SHARE * torn > points).collect()
}
