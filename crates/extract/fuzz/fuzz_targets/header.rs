//! Any texts as a table, normalized: header, roles, numbers, units and checks.

#![no_main]

use libfuzzer_sys::fuzz_target;
use yusuan_extract::{Cell, Extraction, RawTable};
use yusuan_normalize::{Context, normalize};

/// Wider and longer tables say nothing new.
const MOST: (usize, usize) = (40, 12);

fuzz_target!(|input: (u8, Vec<(&str, u8)>)| {
    let cols = usize::from(input.0) % MOST.1 + 1;
    let cell = |(index, (text, span)): (usize, &(&str, u8))| Cell {
        row: index / cols,
        col: index % cols,
        row_span: usize::from(span >> 4) % 3 + 1,
        col_span: usize::from(span & 15) % 3 + 1,
        text: (*text).to_owned(),
        ..Cell::default()
    };
    let cells: Vec<Cell> = input.1.iter().take(MOST.0 * cols).enumerate().map(cell).collect();
    let rows = cells.len().div_ceil(cols);
    let table = RawTable { pages: vec![1], rows, cols, cells, ..RawTable::default() };
    let extraction = Extraction { tables: vec![table], ..Extraction::default() };
    let _normalized = normalize(extraction, &Context::for_source("a.pdf"));
});
