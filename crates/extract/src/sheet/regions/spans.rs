//! Rows that are one table, from top to bottom.

use super::row::{Form, Row};

/// Most blank rows inside one table: a spacer under the header or above the total.
const MOST_SPACERS: usize = 2;

/// Most rows in a row that hold nothing but a heading of those below.
const MOST_HEADINGS: usize = 2;

/// Rows that are a table, both ends included.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) top: usize,
    pub(super) bottom: usize,
    /// Found by its borders.
    pub(super) boxed: bool,
}

/// The first and the last column that rows take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Width {
    left: usize,
    right: usize,
}

impl Width {
    /// Whether texts from one column to another stand within.
    fn holds(self, left: usize, right: usize) -> bool {
        left >= self.left && right <= self.right
    }
}

/// The table that begins with the boxed row `top`.
pub(super) fn boxed_span(rows: &[Row], top: usize) -> Span {
    let mut bottom = boxed_end(rows, top);
    let own = width(&rows[top..=bottom]);
    // Between two boxes of the same width a blank row is a spacer, and a lone text a heading of the rows below it, when
    // amounts go on there; a header there would begin another table.
    while let Some(next) = next_box(&rows[top..=bottom], &rows[bottom + 1..], own).map(|skipped| bottom + 1 + skipped) {
        let end = boxed_end(rows, next);
        let (theirs, between) = (width(&rows[next..=end]), &rows[bottom + 1..next]);
        // Names below names go on with the table although the outermost cells lack a line.
        let goes_on = !between.is_empty() && between.iter().all(|row| are_labels_of(&rows[top..=bottom], row));
        if rows[next].form != Form::Amounts || own != theirs && !(goes_on && own.holds(theirs.left, theirs.right)) {
            break;
        }
        bottom = end;
    }
    let has_body = rows[top..=bottom].iter().any(|row| row.form == Form::Amounts);
    let reach = Width { left: own.left.saturating_sub(2), right: own.right + 1 };
    Span { top, bottom: go_on(rows, top, bottom, reach, has_body), boxed: true }
}

/// How many rows without boxes lie between a table and the boxed row below it, if they may be a part of it.
fn next_box(table: &[Row], below: &[Row], width: Width) -> Option<usize> {
    let skipped = below.iter().position(|row| row.boxed > 0)?;
    let blank = |row: &&Row| row.form == Form::Blank;
    let heading = |row: &&Row| row.form == Form::Lone && row.lone.is_some_and(|(left, right)| width.holds(left, right));
    let between = &below[..skipped];
    let (blanks, headings) = (between.iter().filter(blank).count(), between.iter().filter(heading).count());
    let labels = between.iter().filter(|row| !heading(row) && are_labels_of(table, row)).count();
    (blanks + headings + labels == skipped && blanks <= MOST_SPACERS && headings <= MOST_HEADINGS).then_some(skipped)
}

fn boxed_end(rows: &[Row], from: usize) -> usize {
    from + rows[from..].iter().take_while(|row| row.boxed > 0).count().max(1) - 1
}

fn width(rows: &[Row]) -> Width {
    let boxed = || rows.iter().filter(|row| row.boxed > 0);
    Width {
        left: boxed().map(|row| row.left).min().unwrap_or(0),
        right: boxed().map(|row| row.right).max().unwrap_or(0),
    }
}

/// Follows a table downwards over rows without boxes. With `strict`, as under a table whose body is boxed, only rows
/// of amounts that follow at once belong to it; without, also blank rows and labels that amounts follow, and the row
/// with the closing line.
fn go_on(rows: &[Row], top: usize, mut bottom: usize, width: Width, strict: bool) -> usize {
    let fits = |row: &Row| row.form == Form::Amounts && width.holds(row.text_left, row.text_right);
    loop {
        let below = &rows[bottom + 1..];
        let closes = |row: &Row| row.boxed > 0 && width.holds(row.left, row.right);
        let table = &rows[top..=bottom];
        let skipped = if strict { 0 } else { below.iter().take_while(|row| is_skipped(table, row)).count() };
        let spacers = below[..skipped].iter().filter(|row| row.form == Form::Blank).count();
        match below.get(skipped) {
            Some(row) if row.boxed == 0 && fits(row) && spacers <= MOST_SPACERS => bottom += skipped + 1,
            Some(row)
                if !strict
                    && skipped == 0
                    && closes(row)
                    && (row.form == Form::Blank || fits(row) || are_labels_of(table, row)) =>
            {
                bottom += 1;
            }
            _ => return bottom,
        }
    }
}

/// Whether a row without boxes may stand inside a table although it holds no amount: a blank one, a label, a heading
/// over several columns.
fn is_skipped(table: &[Row], row: &Row) -> bool {
    row.boxed == 0
        && (row.form == Form::Blank || row.bare_label || are_labels_of(table, row) || is_heading_of(table, row))
}

/// Whether the row's only text stands in a column in which the table has words: of two panels side by side one may end
/// before the other.
fn is_label_of(table: &[Row], row: &Row) -> bool {
    row.lone.is_some() && are_labels_of(table, row)
}

/// Whether all that stands in a row are words below words: the names of a row whose amounts are blank. A header has words
/// above amounts too.
fn are_labels_of(table: &[Row], row: &Row) -> bool {
    const MOST_ROWS: usize = 64;
    const LEAST: usize = 2;
    let above = || table.iter().rev().take(MOST_ROWS).filter(|above| above.form == Form::Amounts);
    let is_below_words = |col: &usize| above().filter(|above| above.words.contains(col)).take(LEAST).count() == LEAST;
    let is_narrow = row.lone.is_none_or(|(left, right)| left == right);
    row.form != Form::Amounts && is_narrow && !row.words.is_empty() && row.words.iter().all(is_below_words)
}

/// Whether the row's only text is merged over columns of the table, from its first one on.
fn is_heading_of(table: &[Row], row: &Row) -> bool {
    let Some((left, right)) = row.lone else { return false };
    let first = table.iter().map(|row| row.text_left).min().unwrap_or(usize::MAX);
    let last = table.iter().map(|row| row.text_right).max().unwrap_or(0);
    right > left && left <= first && right <= last
}

/// A header may be without lines over a boxed body: rows of several texts right above amounts, or one row that fills
/// the table's whole width (its texts may be bare years).
pub(super) fn with_header(rows: &[Row], top: usize, above: usize) -> usize {
    if rows[top].form != Form::Amounts {
        return top;
    }
    let candidates = &rows[above.min(top)..top];
    let texts = candidates.iter().rev().take(3).take_while(|row| row.form == Form::Texts).count();
    let fills =
        |row: &Row| row.form == Form::Amounts && row.text_left <= rows[top].left && row.text_right >= rows[top].right;
    top - texts.max(usize::from(candidates.last().is_some_and(fills)))
}

/// The table without boxes that begins with the row `top`, if one does.
pub(super) fn loose_span(rows: &[Row], top: usize) -> Option<Span> {
    if !matches!(rows[top].form, Form::Texts | Form::Amounts) {
        return None;
    }
    let mut bottom = top;
    loop {
        let wide = |row: &Row| row.boxed == 0 && matches!(row.form, Form::Texts | Form::Amounts);
        bottom += rows[bottom + 1..].iter().take_while(|row| wide(row)).count();
        let extended = go_on(rows, top, bottom, Width { left: 0, right: usize::MAX }, false);
        if extended == bottom {
            break;
        }
        bottom = extended;
    }
    // Labels at the end are items without an amount, unless a header follows: then they are its title.
    let is_label = |row: &&Row| row.boxed == 0 && (row.bare_label || is_label_of(&rows[top..=bottom], row));
    let labels = rows[bottom + 1..].iter().take_while(is_label).count();
    if rows.get(bottom + 1 + labels).is_none_or(|row| row.boxed == 0 && row.form == Form::Blank) {
        bottom += labels;
    }
    let table = &rows[top..=bottom];
    let wide = table.iter().filter(|row| matches!(row.form, Form::Texts | Form::Amounts)).count();
    let amounts = table.iter().any(|row| row.form == Form::Amounts);
    // Two rows of two texts can be anything, an address on a cover page for one.
    (wide >= 3 || wide >= 2 && amounts).then_some(Span { top, bottom, boxed: false })
}
