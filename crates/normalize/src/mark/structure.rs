//! Where a table read from a picture may be laid out otherwise than it was read: a ruling was missed or stands too many, and
//! figures have another row's or column's name, however well they add up.

use crate::model::doubt::Doubt;
use crate::model::fact::Fact;
use crate::model::statement::Statement;
use crate::near_names::Names;
use crate::reading::fold::fold;
use std::collections::{BTreeMap, BTreeSet};
use yusuan_extract::{Cell, RawTable, Rect};

/// Heads side by side keep at least this share of their height apart: nearer, one text was cut in two.
const APART: f64 = 0.2;
/// A table with so many unread figures, and this share of all of them, was not understood.
const UNREAD: usize = 2;
const UNREAD_SHARE: (usize, usize) = (1, 20);

/// Numerals that a list mark has, and the characters of a figure's point and what stands around it.
const NUMERALS: &str = "一二三四五六七八九十";
const CENTS: usize = 4;

/// Rows and columns of a table in whose names no trust is to be put, and whether that is so of the whole table.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Doubted {
    whole: bool,
    rows: BTreeSet<usize>,
    cols: BTreeSet<usize>,
}

impl Doubted {
    /// The doubts of a table.
    pub(super) fn of(statement: &Statement, names: &Names) -> Self {
        let raw = &statement.raw;
        let head = statement.header_start..statement.header_start + statement.header_rows;
        let whole = is_fragment(statement) || lacks_heads(&statement.facts);
        let mut found = Self { whole, ..Self::default() };
        if whole {
            return found;
        }
        let is_head = |cell: &&Cell| head.contains(&cell.row) && is_text(&cell.text);
        for cell in raw.cells.iter().filter(is_head) {
            let end = cell.row + cell.row_span;
            if end > head.end {
                found.rows.extend(head.end..end);
            }
            if names.nearly(&cell.text) || names.cuts(&cell.text) {
                found.cols.extend(cell.col..cell.col + cell.col_span);
            }
        }
        found.cols.extend(cut_heads(raw, head.start, head.end));
        found.rows.extend(shared_labels(raw, &statement.facts));
        found
    }

    /// Whether it is in doubt what an amount is for.
    pub(super) fn holds(&self, cell: &Cell, fact: &Fact, names: &Names) -> bool {
        self.whole
            || self.rows.contains(&cell.row)
            || self.cols.contains(&cell.col)
            || is_joined(&fact.row_label)
            || names.cuts(&fact.row_label)
    }
}

/// Whether a table is what was left of one: it has figures that nothing is known of, or no title and no sums.
fn is_fragment(statement: &Statement) -> bool {
    let (unread, all) = (statement.figures_unread(), statement.figures);
    let lost = unread >= UNREAD && UNREAD_SHARE.1 * unread >= UNREAD_SHARE.0 * all;
    lost || statement.doubts.iter().any(|doubt| matches!(doubt, Doubt::TitleMissing))
}

/// Whether some columns of amounts have heads and others none.
fn lacks_heads(facts: &[Fact]) -> bool {
    let named = facts.iter().filter(|fact| !fact.column_path.is_empty()).count();
    named > 0 && named < facts.len()
}

/// The columns under heads that one ruling too many cut in pieces: two texts meet at it, or one piece has no text over columns
/// that have their own.
fn cut_heads(raw: &RawTable, from: usize, to: usize) -> BTreeSet<usize> {
    let cover = raw.cover();
    let at = |row: usize, col: usize| cover.get(row)?.get(col).copied().flatten().and_then(|at| raw.cells.get(at));
    let mut found = BTreeSet::new();
    for row in from..to.min(raw.rows) {
        for col in 1..raw.cols {
            let (Some(left), Some(right)) = (at(row, col - 1), at(row, col)) else { continue };
            if std::ptr::eq(left, right) {
                continue;
            }
            let (named, other) = (is_text(&left.text), is_text(&right.text));
            let has_own = |cell: &Cell| {
                let below = cell.row + cell.row_span;
                cell.text.is_empty()
                    && (below..to).any(|row| {
                        (cell.col..cell.col + cell.col_span).any(|col| at(row, col).is_some_and(|c| is_text(&c.text)))
                    })
            };
            let meet = named && other && boxes(left, right).is_some_and(|(a, b)| meets(&a, &b));
            if meet || (named && has_own(right)) || (other && has_own(left)) {
                found.extend(left.col..left.col + left.col_span);
                found.extend(right.col..right.col + right.col_span);
            }
        }
    }
    found
}

fn boxes(a: &Cell, b: &Cell) -> Option<(Rect, Rect)> {
    (a.place.page == b.place.page).then_some(())?;
    Some((a.place.bbox?, b.place.bbox?))
}

/// Whether the second text goes on where the first one ends.
#[expect(clippy::float_arithmetic, reason = "geometry in points; no money is touched here")]
fn meets(a: &Rect, b: &Rect) -> bool {
    let height = (a.y1 - a.y0).min(b.y1 - b.y0);
    let level = (a.y0 + a.y1 - b.y0 - b.y1).abs() < height;
    level && (b.x0 - a.x1) < APART * height && b.x0 > a.x0
}

/// The rows of a label that stands beside several amounts of one column, with no other text to tell them apart.
fn shared_labels(raw: &RawTable, facts: &[Fact]) -> BTreeSet<usize> {
    let mut rows: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    let tall = |cell: &&Cell| cell.row_span > 1 && is_text(&cell.text);
    for (at, label) in raw.cells.iter().enumerate().filter(|(_, cell)| tall(cell)) {
        let text: String = label.text.chars().filter(|c| !c.is_whitespace()).collect();
        let reach = label.row..label.row + label.row_span;
        let beside = facts.iter().filter(|fact| fact.row_label == text);
        let beside =
            beside.filter_map(|fact| raw.cells.get(fact.cell)).map(|cell| cell.row).filter(|row| reach.contains(row));
        rows.entry(at).or_default().extend(beside);
    }
    let told = |row: &usize, own: usize| {
        let others = raw.cells.iter().enumerate().filter(|(at, _)| *at != own).map(|(_, cell)| cell);
        others.filter(|cell| cell.row == *row && cell.row_span == 1).any(|cell| is_text(&cell.text))
    };
    let several = rows.into_iter().filter(|(_, rows)| rows.len() > 1);
    several.flat_map(|(own, rows)| rows.into_iter().filter(move |row| !told(row, own))).collect()
}

/// Whether a label has the mark of another one at its end, or a figure in it.
fn is_joined(label: &str) -> bool {
    let folded = fold(label);
    let last = folded.trim_end_matches(')');
    let marked = last.strip_suffix(|c: char| c.is_ascii_digit() || NUMERALS.contains(c));
    let mark = marked.is_some_and(|rest| folded.ends_with(')') && rest.ends_with('(') && rest.chars().any(is_chinese));
    let open = folded.ends_with(['(', '、']);
    let digits: Vec<char> = folded.chars().collect();
    let is_cents = |four: &[char]| matches!(four, [a, '.', b, c] if [a, b, c].iter().all(|c| c.is_ascii_digit()));
    let cents = digits.windows(CENTS).filter(|four| is_cents(four)).count();
    mark || open || (cents > 0 && is_text(&folded)) || cents > 1
}

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..'\u{a000}').contains(&c)
}

fn is_text(text: &str) -> bool {
    text.chars().any(is_chinese)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::{fact, statement};
    use crate::model::vocabulary::TableType;

    fn cell(row: usize, col: usize, spans: (usize, usize), text: &str) -> Cell {
        Cell { row, col, row_span: spans.0, col_span: spans.1, text: text.to_owned(), ..Cell::default() }
    }

    /// A table with two rows of heads over two columns of amounts, and what is doubted of it.
    fn doubted(heads: Vec<Cell>, labels: Vec<Cell>) -> Doubted {
        let figures = [(2, 1), (2, 2), (3, 1), (3, 2)].map(|(row, col)| cell(row, col, (1, 1), "1.00"));
        let names: Vec<String> =
            (0..4).map(|at| labels.get(at / 2).or(labels.first()).map(|l| l.text.clone()).unwrap()).collect();
        let cells: Vec<Cell> = figures.into_iter().chain(heads).chain(labels).collect();
        let one = |(at, name): (usize, &String)| Fact {
            row_label: name.clone(),
            cell: at,
            column_path: "甲".to_owned(),
            ..fact(u32::try_from(3 + at / 2).unwrap(), u32::try_from(2 + at % 2).unwrap(), "", "1")
        };
        let mut table = statement(TableType::ExpenditureSummary, names.iter().enumerate().map(one).collect());
        table.raw = RawTable { rows: 4, cols: 3, cells, ..RawTable::default() };
        Doubted::of(&table, &Names::of(std::iter::empty()))
    }

    fn labels() -> Vec<Cell> {
        vec![cell(2, 0, (1, 1), "教育支出"), cell(3, 0, (1, 1), "农林水支出")]
    }

    fn columns() -> [Cell; 3] {
        [cell(0, 0, (2, 1), "科目名称"), cell(1, 1, (1, 1), "人员经费"), cell(1, 2, (1, 1), "公用经费")]
    }

    #[test]
    fn a_head_over_all_its_columns_is_whole_and_one_over_some_was_cut() {
        let [name, first, second] = columns();
        let whole = vec![name.clone(), first.clone(), second.clone(), cell(0, 1, (1, 2), "基本支出")];
        assert_eq!(doubted(whole, labels()), Doubted::default());
        let cut = vec![name, first, second, cell(0, 1, (1, 1), "基本支出"), cell(0, 2, (1, 1), "")];
        assert_eq!(doubted(cut, labels()).cols, BTreeSet::from([1, 2]));
    }

    #[test]
    fn heads_that_meet_are_one_text() {
        let at = |mut head: Cell, x0: f64, x1: f64| {
            head.place.page = Some(1);
            head.place.bbox = Some(Rect::new(x0, 10.0, x1, 20.0));
            head
        };
        let heads = |gap: f64| {
            let (left, right) = (cell(1, 1, (1, 1), "基本"), cell(1, 2, (1, 1), "支出"));
            vec![cell(0, 1, (1, 2), "本年支出"), at(left, 100.0, 120.0), at(right, 120.0 + gap, 140.0 + gap)]
        };
        assert_eq!(doubted(heads(1.0), labels()).cols, BTreeSet::from([1, 2]));
        assert_eq!(doubted(heads(6.0), labels()), Doubted::default());
    }

    #[test]
    fn a_label_of_several_rows_and_one_from_the_heads_are_doubted() {
        let [name, first, second] = columns();
        let heads = vec![cell(0, 1, (1, 2), "基本支出"), first, second];
        let shared = doubted([heads.clone(), vec![name]].concat(), vec![cell(2, 0, (2, 1), "教育支出农林水支出")]);
        assert_eq!(shared.rows, BTreeSet::from([2, 3]));
        let through = doubted([heads, vec![cell(1, 0, (2, 1), "科目名称教育支出")]].concat(), labels());
        assert_eq!(through.rows, BTreeSet::from([2]));
    }

    #[test]
    fn a_label_with_the_mark_of_another_or_a_figure_is_two() {
        for label in ["2、资金结构(1)", "其他收入（二）", "教育支出627.23", "627.23627.23", "上年结转二、"]
        {
            assert!(is_joined(label), "{label}");
        }
        for label in ["一、教育支出", "（一）一般公共预算拨款", "因公出国（境）费", "2.1项目支出", "2080505"]
        {
            assert!(!is_joined(label), "{label}");
        }
    }
}
