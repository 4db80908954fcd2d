//! Tables from ruling lines: grid first, then the text into its cells.

mod apart;
mod cell_lines;
mod find;
#[cfg(test)]
mod fixture;
mod home;
mod homes;
mod joined_columns;
mod joined_rows;
mod lattice;
mod lines;
mod open_cells;
mod open_columns;
mod open_rows;
mod outer_labels;
mod sets;
mod whole_figures;

pub(crate) use find::find;
pub(super) use find::in_lines;
pub(super) use lattice::find_grids;
pub(super) use lines::{Line, whole_lines};
