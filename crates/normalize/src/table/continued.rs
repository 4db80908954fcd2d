//! Tables that go on with the one before them.

use crate::model::statement::Statement;
use crate::reading::fold::fold;
use crate::reading::title;
use crate::table::caption::Captions;
use crate::table::grid::Grid;
use crate::table::header::{self, Header};
use yusuan_extract::RawTable;

/// Whether a table without a title goes on with the one before it: the same width, and either no header at all or the
/// same header again.
pub(crate) fn continues(before: &Statement, raw: &RawTable, captions: &Captions, header: &Header, grid: &Grid) -> bool {
    let gap = match (before.raw.pages.last(), raw.pages.first()) {
        (Some(last), Some(first)) => first.saturating_sub(*last) > 1,
        _ => before.raw.sheet != raw.sheet,
    };
    // …支出表（续） and 公开05表续表 are the table before.
    let title = fold(&captions.title);
    let bare = title::without_continuation(&title);
    let own = title::is_number(&bare) || bare == title::without_continuation(&fold(&before.title));
    let again = title.is_empty() || bare != title && own;
    if gap || !again || before.raw.cols != grid.cols() || before.header_rows == 0 {
        return false;
    }
    let same = || {
        let old = Grid::new(&before.raw);
        let rows = header.rows.min(before.header_rows);
        header.rows == before.header_rows
            && (0..rows).all(|r| {
                (0..grid.cols()).all(|c| grid.folded(header.start + r, c) == old.folded(before.header_start + r, c))
            })
    };
    header.rows == 0 || same()
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
