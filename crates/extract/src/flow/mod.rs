//! Flowing documents: word-processor files and web pages, which have no pages until somebody prints them.
//!
//! Every reader gives the same: blocks in reading order (`block`), paragraphs and grids of cells that hold blocks again.
//! Then all go one way: `unfold` (tables for layout and tables inside tables taken apart) → `join` (tables that were split) →
//! `captions` (the paragraphs around a table) → `assemble` (tables and lines). A cell's place is its row and column in its
//! table, since nothing else of it is the same wherever the document is opened.

mod assemble;
mod block;
mod captions;
mod doc;
mod docx;
mod found;
mod grid;
mod html;
mod join;
mod levels;
mod mhtml;
mod numbering;
mod numerals;
mod odt;
mod piece;
mod read;
mod rtf;
mod unfold;
mod written;

pub(crate) use read::read;

/// A document's lines and tables as text: `[a|b / c|d]`, `^` where a cell from above or from the left reaches.
#[cfg(test)]
fn assemble_for_tests(blocks: Vec<block::Block>) -> String {
    let document = assemble::assemble(blocks, &crate::options::LayoutOptions::default());
    let table = |table: &crate::model::RawTable| {
        let row = |row: &Vec<Option<&crate::model::Cell>>| {
            row.iter().map(|cell| cell.map_or("^", |cell| cell.text.as_str())).collect::<Vec<_>>().join("|")
        };
        format!("[{}]", table.grid().iter().map(row).collect::<Vec<_>>().join(" / "))
    };
    let mut parts: Vec<String> = Vec::new();
    let mut shown = 0;
    for line in &document.lines {
        while shown < line.tables_before {
            parts.push(table(&document.tables[shown]));
            shown += 1;
        }
        parts.push(line.text.clone());
    }
    parts.extend(document.tables[shown..].iter().map(table));
    parts.join("\n")
}
