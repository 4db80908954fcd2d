//! What a person says of the grids of a file without pages.

use crate::model::{Cell, Extraction, Hint, Place, RawTable, TextLine};
use crate::page::unmet;
use std::collections::BTreeMap;
use std::ops::Range;

/// A part of a grid, in its rows and columns.
#[derive(Debug, Clone)]
struct Part {
    rows: Range<usize>,
    cols: Range<usize>,
    header_rows: Option<usize>,
    /// Whether a person named it.
    named: bool,
}

/// Applies the hints to an extraction whose tables have no pages; the others are told of.
pub(crate) fn apply(mut extraction: Extraction, hints: &[Hint]) -> Extraction {
    let mut parts: BTreeMap<usize, Vec<Part>> = BTreeMap::new();
    let mut none: Vec<usize> = Vec::new();
    for (index, hint) in hints.iter().enumerate() {
        if let Err(why) = note(hint, &mut extraction.tables, (&mut parts, &mut none)) {
            extraction.diagnostics.push(unmet(index, &why));
        }
    }
    if parts.is_empty() && none.is_empty() {
        return extraction;
    }
    let (mut tables, mut starts, mut lines): (Vec<RawTable>, Vec<usize>, Vec<TextLine>) = Default::default();
    for (index, table) in extraction.tables.into_iter().enumerate() {
        starts.push(tables.len());
        if none.contains(&index) {
            lines.extend(table.cells.iter().filter_map(|cell| line(&table, cell, tables.len())));
        } else if let Some(named) = parts.get(&index) {
            tables.extend(divided(&table, named, (tables.len(), &mut lines)));
        } else {
            tables.push(table);
        }
    }
    for line in &mut extraction.lines {
        line.tables_before = starts.get(line.tables_before).copied().unwrap_or(tables.len());
    }
    extraction.lines.extend(lines);
    // Stable: the lines between two tables keep their order.
    extraction.lines.sort_by_key(|line| line.tables_before);
    Extraction { tables, ..extraction }
}

/// Notes what a hint says; the error is why it meets nothing.
fn note(
    hint: &Hint,
    tables: &mut [RawTable],
    (parts, none): (&mut BTreeMap<usize, Vec<Part>>, &mut Vec<usize>),
) -> Result<(), String> {
    let table = match hint {
        Hint::Cells { table, .. } | Hint::NoTable { table } | Hint::HeaderOf { table, .. } => *table,
        Hint::Table { .. } | Hint::NotATable { .. } | Hint::Header { .. } => {
            return Err("这份文件没有页，请用第几张表、第几行、第几列写明位置".to_owned());
        }
    };
    let index = table.saturating_sub(1);
    let found = tables.get_mut(index).ok_or_else(|| format!("没有第 {table} 张表"))?;
    match hint {
        Hint::Cells { cells: [top, left, bottom, right], header_rows, .. } => {
            let (rows, cols) = (top.saturating_sub(1)..*bottom, left.saturating_sub(1)..*right);
            if rows.end > found.rows || cols.end > found.cols {
                return Err(format!("第 {table} 张表只有 {} 行 {} 列", found.rows, found.cols));
            }
            parts.entry(index).or_default().push(Part { rows, cols, header_rows: *header_rows, named: true });
        }
        Hint::HeaderOf { header_rows, .. } => found.header_rows = Some(*header_rows),
        _ => none.push(index),
    }
    Ok(())
}

/// The parts of a grid: those that were named, and what stands above, between and below them. Texts beside a named part are
/// lines, so that none is lost without a word.
fn divided(table: &RawTable, named: &[Part], (before, lines): (usize, &mut Vec<TextLine>)) -> Vec<RawTable> {
    let mut named = named.to_vec();
    named.sort_by_key(|part| (part.rows.start, part.cols.start));
    let mut parts: Vec<Part> = Vec::new();
    let mut row = 0;
    let between = |rows: Range<usize>| Part { rows, cols: 0..table.cols, header_rows: None, named: false };
    for part in named {
        if row < part.rows.start {
            parts.push(between(row..part.rows.start));
        }
        row = row.max(part.rows.end);
        parts.push(part);
    }
    if row < table.rows {
        parts.push(between(row..table.rows));
    }
    let mut taken = vec![false; table.cells.len()];
    let mut out: Vec<RawTable> = Vec::new();
    for part in parts {
        let cells = cut(table, &part, &mut taken);
        if part.named || cells.iter().any(|cell| !cell.text.is_empty()) {
            let (rows, cols) = (part.rows.len(), part.cols.len());
            let captions = if out.is_empty() { table.captions.clone() } else { Vec::new() };
            let strays = if out.is_empty() { table.strays.clone() } else { Vec::new() };
            let header_rows = part.header_rows;
            out.push(RawTable { rows, cols, cells, captions, strays, header_rows, ..table.clone() });
        }
    }
    let left = table.cells.iter().zip(taken).filter(|(_, taken)| !taken).map(|(cell, _)| cell);
    lines.extend(left.filter_map(|cell| line(table, cell, before + out.len())));
    out
}

/// The cells of a part, which begin at its own first row and column; merged cells end where it does.
fn cut(table: &RawTable, part: &Part, taken: &mut [bool]) -> Vec<Cell> {
    let mut cells = Vec::new();
    for (cell, taken) in table.cells.iter().zip(taken) {
        if *taken || !part.rows.contains(&cell.row) || !part.cols.contains(&cell.col) {
            continue;
        }
        *taken = true;
        let (row_span, col_span) = (cell.row_span.max(1), cell.col_span.max(1));
        cells.push(Cell {
            row: cell.row - part.rows.start,
            col: cell.col - part.cols.start,
            row_span: row_span.min(part.rows.end - cell.row),
            col_span: col_span.min(part.cols.end - cell.col),
            ..cell.clone()
        });
    }
    cells
}

/// A cell's text as a line of its own.
fn line(table: &RawTable, cell: &Cell, tables_before: usize) -> Option<TextLine> {
    let place = Place { ..cell.place };
    let (text, sheet) = (cell.text.clone(), table.sheet.clone());
    (!text.is_empty()).then_some(TextLine { text, sheet, place, size: 0.0, tables_before, running: false })
}
