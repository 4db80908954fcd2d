//! Tables from ruling lines: grid first, then the text into its cells.

mod find;
mod homes;
mod lattice;
mod lines;
mod open_cells;
mod sets;

pub(crate) use find::find;
pub(super) use lattice::find_grids;
pub(super) use lines::{Line, whole_lines};
