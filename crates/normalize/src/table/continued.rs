//! Tables that go on with the one before them.

use crate::model::statement::Statement;
use crate::model::vocabulary::RowKind;
use crate::reading::fold::fold;
use crate::reading::{label, title};
use crate::table::caption::Captions;
use crate::table::grid::Grid;
use crate::table::header::{self, Header};
use yusuan_extract::RawTable;

/// Whether a table without a title goes on with the one before it: the same width, and either no header at all or the
/// same header again. On a worksheet of its own it says so (续表, in the grid or on the tab), or it goes on below the same header
/// without a total of its own.
pub(crate) fn continues(before: &Statement, raw: &RawTable, captions: &Captions, header: &Header, grid: &Grid) -> bool {
    let parted = match (before.raw.pages.last(), raw.pages.first()) {
        (Some(last), Some(first)) => first.saturating_sub(*last) > 1,
        _ => false,
    };
    // …支出表（续） and 公开05表续表 are the table before.
    let title = fold(&captions.title);
    let bare = title::without_continuation(&title);
    let own = title::is_number(&bare) || bare == title::without_continuation(&fold(&before.title));
    let again = title.is_empty() || bare != title && own;
    // A header that a person named is the table's own.
    let named = raw.header_rows.is_some();
    if parted || named || !again || before.raw.cols != grid.cols() {
        return false;
    }
    if before.header_rows == 0 {
        return raw.sheet.is_none() && header.rows > 0 && has_taken(before, header);
    }
    let same = || {
        let old = Grid::new(&before.raw);
        let rows = header.rows.min(before.header_rows);
        header.rows == before.header_rows
            && (0..rows).all(|r| {
                (0..grid.cols()).all(|c| grid.folded(header.start + r, c) == old.folded(before.header_start + r, c))
            })
    };
    if before.raw.sheet != raw.sheet && bare == title && !says_so(raw, grid, captions.first_row) {
        return !is_named(raw) && header.rows > 0 && same() && goes_on(grid, header);
    }
    header.rows == 0 || same()
}

/// Whether the table before, which prints no header, has taken just this one from the table before it.
fn has_taken(before: &Statement, header: &Header) -> bool {
    let path = |col: u32| usize::try_from(col).ok().and_then(|col| col.checked_sub(1)).map(|col| header.path(col));
    !before.facts.is_empty() && before.facts.iter().all(|f| path(f.col).is_some_and(|path| path == f.column_path))
}

/// Whether the tab or a line above the grid says that a table goes on.
fn says_so(raw: &RawTable, grid: &Grid, first_row: usize) -> bool {
    let tab = fold(raw.sheet.as_deref().unwrap_or_default());
    let marked = |text: &str| title::is_continuation(text) || title::without_continuation(text) != text;
    let rows = (0..first_row).flat_map(|row| grid.starts(row).into_iter().map(move |col| (row, col)));
    marked(&tab)
        || rows.into_iter().any(|(row, col)| title::is_continuation(grid.folded(row, col)))
        || raw.captions.iter().any(|caption| title::is_continuation(&fold(&caption.text)))
}

/// Whether the tab is a title: the table is that one, not the one before.
fn is_named(raw: &RawTable) -> bool {
    raw.sheet.as_deref().is_some_and(|tab| title::form(tab) != title::Form::None)
}

/// Whether the first row of the body is none of a table's own beginning: 合计 stands above a list of its own.
fn goes_on(grid: &Grid, header: &Header) -> bool {
    let Some(first) = (header.body()..grid.rows()).find(|row| !grid.starts(*row).is_empty()) else { return false };
    let totals = (first..grid.rows()).filter(|row| {
        grid.starts(*row).first().is_some_and(|col| label::kind(grid.folded(*row, *col)) == RowKind::Total)
    });
    // A total at the end may be that of both; one at the top is the beginning of another table.
    totals.into_iter().all(|row| row > first)
}

/// Takes title, number, unit and, where it prints none, the header from the table before.
pub(crate) fn inherit(before: &Statement, captions: &mut Captions, header: &mut Header) {
    captions.title.clone_from(&before.title);
    captions.number.clone_from(&before.table_no);
    captions.unit = captions.unit.or(before.unit);
    if header.rows == 0 {
        let old = Grid::new(&before.raw);
        header.paths = header::paths(&old, before.header_start, before.header_rows);
    }
}
