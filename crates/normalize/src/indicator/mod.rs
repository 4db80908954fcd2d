//! Performance indicators (绩效指标): from forms, long lists and wide roll-ups to one row per indicator.
//!
//! The four layouts in use differ in how the header's words are arranged, so the header's words are looked for wherever
//! they stand in the grid; the table's type only says whose indicators they are.

mod grid;
mod header;
mod project;
mod reader;
mod shifted;
mod target;

use crate::model::indicator::Indicator;
use crate::model::statement::Statement;
use grid::Grid;
use project::Project;
use reader::Reader;

/// Reads the indicators of every table, with a doubt where they seem to stand beside their headings.
pub(crate) fn read_all(mut tables: Vec<Statement>) -> Vec<Statement> {
    for table in &mut tables {
        table.indicators = indicators(table);
        table.doubts.extend(shifted::shifted(&table.indicators));
    }
    tables
}

/// All indicators of a table in reading order.
fn indicators(statement: &Statement) -> Vec<Indicator> {
    let grid = Grid::new(statement);
    let headers = header::find(&grid);
    let mut found = Vec::new();
    for (index, header) in headers.iter().enumerate() {
        let end = headers.get(index + 1).map_or(grid.rows(), |next| next.row);
        let mut reader =
            Reader { grid: &grid, header, project: Project::above(&grid, header.row), scope: statement.table_type };
        for row in header.body..end {
            reader.row(row, &mut found);
        }
    }
    found
}

#[cfg(test)]
mod tests;
