//! Forms, boxed headers and pages that go on, made by hand.

use super::tests::{Sheet, budget, read, texts};

/// Columns 50–150, 150–250, 250–350, 350–450: names and four rows below them.
fn indicators(sheet: &mut Sheet, y: f64) {
    for (x, name) in [(100.0, "指标"), (200.0, "权重"), (300.0, "单位"), (400.0, "是否核心指标")] {
        sheet.center(x, y, name);
    }
    for row in 1..5 {
        let y = y + 18.0 * f64::from(row);
        sheet.center(100.0, y, "科普活动").center(200.0, y, "20").center(300.0, y, "场次").center(400.0, y, "是");
    }
}

#[test]
fn labels_and_values_above_the_names_share_the_width() {
    let mut sheet = Sheet::new(1);
    // The amount is flush right in a cell over two columns.
    sheet.center(100.0, 100.0, "部门").center(200.0, 100.0, "预算").right(445.0, 100.0, "6,059.63");
    sheet.center(100.0, 118.0, "目标").left(155.0, 118.0, "提高公民科学素质保障群众满意度的年度工作");
    indicators(&mut sheet, 136.0);
    let read = read(&[sheet]);
    assert_eq!(read.tables.len(), 1);
    let rows = texts(&read.tables[0]);
    assert_eq!(rows.len(), 7);
    assert_eq!(rows[0], ["部门", "预算", "6,059.63", "^"]);
    assert_eq!(rows[1][1..], ["提高公民科学素质保障群众满意度的年度工作", "^", "^"]);
    assert_eq!(rows[2], ["指标", "权重", "单位", "是否核心指标"]);
}

#[test]
fn a_number_keeps_its_column_where_no_row_names_the_columns() {
    let mut sheet = Sheet::new(1);
    for (row, (a, b)) in [("1.50", ""), ("", "2.75"), ("3.25", ""), ("", "4.10")].into_iter().enumerate() {
        let y = 100.0 + 18.0 * row as f64;
        sheet.left(55.0, y, "支出项目").right(200.0, y, "8.00").right(300.0, y, a).right(400.0, y, b);
    }
    let read = read(&[sheet]);
    assert_eq!(read.tables.len(), 1);
    let amounts: Vec<Vec<String>> = texts(&read.tables[0]).iter().map(|row| row[2..].to_vec()).collect();
    assert_eq!(amounts, [["1.50", ""], ["", "2.75"], ["3.25", ""], ["", "4.10"]]);
}

#[test]
fn a_value_below_blank_ones_stands_in_the_same_merged_cell() {
    let mut sheet = Sheet::new(1);
    sheet.center(100.0, 100.0, "总额").right(445.0, 100.0, "7.08");
    sheet.center(100.0, 118.0, "财政").center(100.0, 136.0, "专户");
    sheet.center(100.0, 154.0, "基本").right(445.0, 154.0, "4.77");
    indicators(&mut sheet, 172.0);
    let read = read(&[sheet]);
    let rows = texts(&read.tables[0]);
    assert_eq!(rows.len(), 9);
    assert_eq!(rows[0], ["总额", "7.08", "^", "^"]);
    assert_eq!(rows[3], ["基本", "4.77", "^", "^"]);
}

#[test]
fn a_form_goes_on_with_a_section_of_other_columns() {
    let mut first = Sheet::new(1);
    first.left(50.0, 60.0, "绩效目标表");
    first.center(100.0, 100.0, "部门名称").center(300.0, 100.0, "某某市科学技术协会机关本级");
    for (row, label) in ["职责", "目标", "任务"].into_iter().enumerate() {
        let y = 118.0 + 18.0 * row as f64;
        first.center(100.0, y, label).left(155.0, y, "开展学术交流促进科技创新推广先进技术科普活动普及知识二级");
    }
    let mut second = Sheet::new(2);
    second.center(100.0, 45.0, "指标").center(200.0, 45.0, "权重").center(300.0, 45.0, "单位").center(
        400.0,
        45.0,
        "是否核心指标说明",
    );
    for row in 1..5 {
        let y = 45.0 + 18.0 * f64::from(row);
        second.center(100.0, y, "科普活动完成").center(200.0, y, "20").center(300.0, y, "场次").center(400.0, y, "是");
    }
    let read = read(&[first, second]);
    assert_eq!(read.tables.len(), 1);
    let rows = texts(&read.tables[0]);
    assert_eq!((rows.len(), rows[0].len()), (9, 4));
    assert_eq!(rows[4], ["指标", "权重", "单位", "是否核心指标说明"]);
}

#[test]
fn a_total_alone_on_the_last_page_belongs_to_its_table() {
    let mut first = Sheet::new(1);
    budget(&mut first);
    let mut second = Sheet::new(2);
    second.center(140.0, 60.0, "合计").right(295.0, 60.0, "15.75").right(395.0, 60.0, "1,205.10");
    let read = read(&[first, second]);
    assert_eq!(read.tables.len(), 1);
    let rows = texts(&read.tables[0]);
    assert_eq!(rows.len(), 6);
    assert_eq!(rows[5], ["合计", "15.75", "1,205.10"]);
}

#[test]
fn a_page_with_a_title_of_its_own_is_another_table() {
    let mut first = Sheet::new(1);
    budget(&mut first);
    let mut second = Sheet::new(2);
    second.center(225.0, 60.0, "基金预算支出表");
    for glyph in &mut second.0.glyphs {
        glyph.size = 16.0;
    }
    budget(&mut second);
    let read = read(&[first, second]);
    assert_eq!(read.tables.len(), 2);
    assert_eq!(read.tables.iter().map(|t| t.rows).collect::<Vec<_>>(), [5, 5]);
}

#[test]
fn an_amount_is_not_glued_to_the_name_that_follows_it() {
    let mut sheet = Sheet::new(1);
    sheet
        .center(100.0, 100.0, "收入")
        .center(175.0, 100.0, "金额")
        .center(260.0, 100.0, "支出")
        .center(380.0, 100.0, "金额");
    for (row, name) in ["教育支出", "卫生健康支出", "住房保障支出", "农林水支出"].into_iter().enumerate()
    {
        let y = 118.0 + 18.0 * row as f64;
        // Seven tenths of a character between the amount and the next name.
        sheet.left(55.0, y, "财政拨款").right(195.0, y, "1,654.48").left(202.0, y, name).right(400.0, y, "12.00");
    }
    let read = read(&[sheet]);
    assert_eq!(read.tables.len(), 1);
    let rows = texts(&read.tables[0]);
    assert_eq!((rows.len(), rows[0].len()), (5, 4));
    assert_eq!(rows[2], ["财政拨款", "1,654.48", "卫生健康支出", "12.00"]);
}

#[test]
fn rows_without_rules_of_their_own_stay_apart() {
    let mut sheet = Sheet::new(1);
    for y in [100.0, 120.0, 200.0] {
        for w in [50.0, 200.0, 300.0, 400.0].windows(2) {
            sheet.rule(w[0], w[1], y);
        }
    }
    sheet.left(55.0, 105.0, "项目").right(295.0, 105.0, "基本支出").right(395.0, 105.0, "项目支出");
    for row in 0..4 {
        let y = 124.0 + 18.0 * f64::from(row);
        sheet.left(55.0, y, "公务接待费").right(295.0, y, "8.00").right(395.0, y, "6.60");
    }
    let read = read(&[sheet]);
    assert_eq!(read.tables.len(), 1);
    assert_eq!((read.tables[0].rows, read.tables[0].cols, read.tables[0].cells.len()), (5, 3, 15));
}

#[test]
fn a_boxed_header_names_the_rows_below_it() {
    let mut sheet = Sheet::new(1);
    for y in [80.0, 100.0] {
        sheet.rule(50.0, 400.0, y);
    }
    for x in [50.0, 200.0, 300.0, 400.0] {
        sheet.upright(x, 80.0, 100.0);
    }
    sheet.center(125.0, 85.0, "项目").center(250.0, 85.0, "基本支出").center(350.0, 85.0, "项目支出");
    for (row, (a, b)) in [("1.50", ""), ("", "2.75"), ("3.25", "")].into_iter().enumerate() {
        let y = 105.0 + 18.0 * row as f64;
        sheet.left(55.0, y, "公务接待费").right(295.0, y, a).right(395.0, y, b);
    }
    let read = read(&[sheet]);
    assert_eq!(read.tables.len(), 1);
    let rows = texts(&read.tables[0]);
    assert_eq!(rows[0], ["项目", "基本支出", "项目支出"]);
    assert_eq!(rows[2], ["公务接待费", "", "2.75"]);
    assert_eq!(rows.len(), 4);
}
