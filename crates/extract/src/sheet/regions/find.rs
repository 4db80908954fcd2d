//! The tables of a worksheet, found from the forms of its rows.

use super::columns::{Region, split_columns};
use super::row::{Row, describe};
use super::spans::{Span, boxed_span, loose_span, with_header};
use crate::sheet::view::View;

/// Finds the tables of a sheet, top to bottom, then left to right.
pub(crate) fn find(view: &View) -> Vec<Region> {
    let rows: Vec<Row> = (0..view.rows.len()).map(|row| describe(view, row)).collect();
    let mut spans: Vec<Span> = vec![];
    let mut next = 0;
    while next < rows.len() {
        let span = if rows[next].boxed > 0 { Some(boxed_span(&rows, next)) } else { loose_span(&rows, next) };
        match span {
            Some(span) => {
                let above = spans.last().map_or(0, |before| before.bottom + 1);
                let top = if span.boxed { with_header(&rows, span.top, above) } else { span.top };
                spans.push(Span { top, ..span });
                next = span.bottom + 1;
            }
            None => next += 1,
        }
    }
    spans.into_iter().flat_map(|span| split_columns(view, &rows, span)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::book::Edges;
    use crate::sheet::view::tests::{merge, sheet};

    /// The regions found, as (top, bottom, left, right).
    fn found(rows: &[&str]) -> Vec<(usize, usize, usize, usize)> {
        regions(&View::of(&sheet(rows)))
    }

    fn regions(view: &View) -> Vec<(usize, usize, usize, usize)> {
        find(view).iter().map(|r| (r.top, r.bottom, r.left, r.right)).collect()
    }

    #[test]
    fn a_boxed_grid_is_parted_from_title_and_notes() {
        let rows =
            ["收支总表", "部门：甲|.|单位：万元", "#项目|#金额|#备注", "#合计|#1|#", "#|#|#", "注：一", "注：二"];
        assert_eq!(found(&rows), [(2, 4, 0, 2)]);
    }

    #[test]
    fn stacked_tables_are_two() {
        let one = ["表一", "#项目|#金额", "#甲|#1", "表二", "单位：元", "#项目|#金额", "#乙|#2"];
        assert_eq!(found(&one), [(1, 2, 0, 1), (5, 6, 0, 1)]);
        let untitled = ["#项目|#金额", "#甲|#1", ".", "#项目|#金额", "#乙|#2"];
        assert_eq!(found(&untitled), [(0, 1, 0, 1), (3, 4, 0, 1)]);
    }

    #[test]
    fn a_row_of_names_whose_amounts_are_blank_does_not_part_a_table() {
        let rows = ["省|#项目|#金额", "甲|#一|#1", "甲|#二|#2", "甲|三", "甲|#四|#4", "甲|#五|#5"];
        assert_eq!(found(&rows), [(0, 5, 0, 2)]);
        let lacking = ["省|#项目|#金额", "甲|#一|#1", "甲|#二|#2", "甲|三", "甲|四|#4", "甲|五|#5"];
        assert_eq!(found(&lacking), [(0, 5, 0, 2)]);
        let unboxed = ["省|项目|金额", "甲|#一|#1", "甲|#二|#2", "甲|#三|#", "甲|#四|#4", "甲|#五|#5"];
        assert_eq!(found(&unboxed), [(0, 5, 0, 2)]);
        let another = ["省|#项目|#金额", "甲|#一|#1", "甲|#二|#2", "省|项目|金额", "甲|#四|#4", "甲|#五|#5"];
        assert_eq!(found(&another).len(), 2);
    }

    #[test]
    fn a_spacer_does_not_part_a_table() {
        let rows = ["#项目|#金额", "#甲|#1", ".", "#合计|#1"];
        assert_eq!(found(&rows), [(0, 3, 0, 1)]);
        let loose = ["项目|一|二", "甲|1|2", ".", "合计|1|2"];
        assert_eq!(found(&loose), [(0, 3, 0, 2)]);
    }

    #[test]
    fn tables_side_by_side_are_two_but_a_blank_column_inside_one_is_not() {
        let two = ["#项目|#金额|.|#项目|#金额", "#甲|#1|.|#乙|#2"];
        assert_eq!(found(&two), [(0, 1, 0, 1), (0, 1, 3, 4)]);
        let one = ["#项目|#金额|.|#备注", "#甲|#1|.|#"];
        assert_eq!(found(&one), [(0, 1, 0, 3)]);
    }

    #[test]
    fn a_blank_column_before_figures_without_labels_is_a_spacer() {
        let one = ["#编码|#名称|.|#合计|#基本", "#201|#甲|.|#1|#2", "#205|#乙|.|#3|#4", "#合计|#|.|#4|#6"];
        assert_eq!(found(&one), [(0, 3, 0, 4)]);
        let middle = ["#名称|#合计|.|#基本|#项目", "#甲|#1|.|#1|#0", "#乙|#3|.|#1|#2"];
        assert_eq!(found(&middle), [(0, 2, 0, 4)]);
        let before_words = ["#编码|#名称|.|#处室|#金额", "#201|#甲|.|#一处|#2", "#205|#乙|.|#二处|#4"];
        assert_eq!(found(&before_words), [(0, 2, 0, 4)]);
    }

    #[test]
    fn headings_without_lines_do_not_part_a_table() {
        let mut boxed = sheet(&["#项目|#金额", "#甲|#1", "二、其他", "#乙|#2", "#丙|#3"]);
        merge(&mut boxed, (2, 0), (2, 1));
        assert_eq!(regions(&View::of(&boxed)), [(0, 4, 0, 1)]);
        let mut loose = sheet(&["项目|预算|决算", "甲|1|2", "二、其他", "乙|3|4", "丙|3|4"]);
        merge(&mut loose, (2, 0), (2, 2));
        assert_eq!(regions(&View::of(&loose)), [(0, 4, 0, 2)]);
        let mut two = sheet(&["#项目|#金额", "#甲|#1", "表二", "#项目|#金额", "#乙|#2"]);
        merge(&mut two, (2, 0), (2, 1));
        assert_eq!(regions(&View::of(&two)), [(0, 1, 0, 1), (3, 4, 0, 1)]);
    }

    #[test]
    fn a_panel_may_end_before_the_one_beside_it() {
        let rows = ["项目|数|项目|数", "甲|1|子|", "乙|2|丑|5", ".|.|寅", ".|.|卯|6", ".|.|辰", "合计|3|合计|11"];
        assert_eq!(found(&rows), [(0, 6, 0, 3)]);
    }

    #[test]
    fn a_cell_far_away_leaves_the_table_alone() {
        let mut sheet = sheet(&["#项目|#金额", "#甲|#1"]);
        let stray = crate::sheet::book::Stored { text: "x".to_owned(), ..crate::sheet::book::Stored::default() };
        sheet.cells.insert((65_535, 200), stray);
        assert_eq!(regions(&View::of(&sheet)), [(0, 1, 0, 1)]);
    }

    #[test]
    fn rows_without_lines_go_on_with_the_table() {
        let total = ["#项目|#金额", "#甲|#1", "合计|1", "注：单位自行填列"];
        assert_eq!(found(&total), [(0, 2, 0, 1)]);
        let header_alone = ["#项目|#金额", "甲|1", "其他", "乙|2", "数据来源：某局"];
        assert_eq!(found(&header_alone), [(0, 3, 0, 1)]);
        let body_alone = ["项目|金额", "#甲|#1", "#乙|#2"];
        assert_eq!(found(&body_alone), [(0, 2, 0, 1)]);
    }

    #[test]
    fn a_remark_beside_the_table_is_not_its_column() {
        let rows = ["#项目|#金额", "#甲|#1|核对", "#乙|#2", "#丙|#3"];
        assert_eq!(found(&rows), [(0, 3, 0, 1)]);
    }

    #[test]
    fn without_lines_several_rows_of_several_cells_make_a_table() {
        let rows = ["2024年收支表", "编制：某局|.|单位：元", "项目|预算|决算", "甲|1|2", "乙|3|4"];
        assert_eq!(found(&rows), [(2, 4, 0, 2)]);
        assert_eq!(found(&["单位名称|某局", "地址|某路"]), []);
        assert_eq!(found(&["一段话", "又一段话"]), []);
        assert_eq!(found(&[]), []);
    }

    #[test]
    fn stacked_tables_without_lines_are_parted_by_the_title() {
        let rows = ["项目|预算", "甲|1", "乙|3", "表二", "项目|预算", "丙|1", "丁|3"];
        assert_eq!(found(&rows), [(0, 2, 0, 1), (4, 6, 0, 1)]);
    }

    #[test]
    fn open_sides_belong_to_the_table() {
        let mut sheet = sheet(&["科目|数", "甲|1", "乙|2", "丙|3"]);
        for row in 0..4 {
            for (col, sides) in [(0, [false, true, row == 0, row == 3]), (1, [true, false, row == 0, row == 3])] {
                let cell = sheet.cells.get_mut(&(row, col)).unwrap();
                cell.edges = Edges::new(sides);
            }
        }
        assert_eq!(regions(&View::of(&sheet)), [(0, 3, 0, 1)]);
    }

    #[test]
    fn a_boxed_paragraph_is_no_table() {
        let mut sheet = sheet(&["#职能|#|#", "#|#|#"]);
        merge(&mut sheet, (0, 0), (1, 2));
        assert_eq!(regions(&View::of(&sheet)), []);
    }
}
