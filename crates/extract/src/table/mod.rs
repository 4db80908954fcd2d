//! The tables of positioned pages: grids of cells found from rulings, or from the alignment of text where rulings are
//! missing, and joined over page breaks.
//!
//! Files further down use those above: `numbers`, `steps`, `grid`, `cuts`, `page_table`, then `ruled`, `unruled`, `aligned`,
//! `figure`, `hinted`, `join` and `merged_figures`.

pub(crate) mod aligned;
mod cuts;
pub(crate) mod figure;
mod grid;
pub(crate) mod hinted;
pub(crate) mod join;
pub(crate) mod merged_figures;
mod numbers;
mod page_table;
pub(crate) mod ruled;
mod steps;
pub(crate) mod unruled;

pub(crate) use join::{Drawn, Fragment};
pub(crate) use page_table::PageTable;
