//! Performance indicators (绩效指标): from forms, long lists and wide roll-ups to one row per indicator.
//!
//! The four layouts in use differ in how the header's words are arranged, so the header's words are looked for wherever
//! they stand in the grid; the table's type only says whose indicators they are.

mod doubts;
mod grid;
mod header;
mod project;
mod reader;
mod target;

use crate::model::indicator::Indicator;
use crate::model::statement::Statement;
use crate::reading::fold::fold;
use crate::reading::year;
use grid::Grid;
use project::Project;
use reader::Reader;

/// Reads the indicators of every table, with a doubt where they seem to stand beside their headings or have no goals.
pub(crate) fn read_all(mut tables: Vec<Statement>) -> Vec<Statement> {
    for table in &mut tables {
        table.indicators = indicators(table);
        let found = doubts::write(&mut table.indicators);
        table.doubts.extend(found);
    }
    tables
}

/// All indicators of a table in reading order.
fn indicators(statement: &Statement) -> Vec<Indicator> {
    let grid = Grid::new(statement);
    let headers = header::find(&grid, year_of(statement));
    let mut found = Vec::new();
    for (index, header) in headers.iter().enumerate() {
        let next = headers.get(index + 1).map_or(grid.rows(), |next| next.row);
        let end = (header.body..next).find(|row| header::is_field_row(&grid, *row)).unwrap_or(next);
        let project = Project::above(&grid, header.row, &statement.raw.captions);
        let mut reader = Reader { grid: &grid, header, project, scope: statement.table_type };
        for row in header.body..end {
            reader.row(row, &mut found);
        }
    }
    found
}

/// So many first rows of a grid may hold its title and year.
const TITLE_ROWS: usize = 3;

/// The year that a table's title or captions name.
fn year_of(statement: &Statement) -> Option<i32> {
    let captions = statement.raw.captions.iter().map(|c| &c.text);
    let first = statement.raw.cells.iter().filter(|c| c.row < TITLE_ROWS && c.col_span == statement.raw.cols);
    let texts = std::iter::once(&statement.title).chain(captions).chain(first.map(|c| &c.text));
    texts.map(|text| fold(text)).find_map(|text| year::fiscal(&text))
}

#[cfg(test)]
mod tests;
