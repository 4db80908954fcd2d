//! Pages made by hand: what must be a table, with how many cells, and what must not.

use crate::model::Extraction;
use crate::model::Rect;
use crate::model::{Direction, Glyph, Page, Ruling};
use crate::model::{Method, RawTable};
use crate::options::LayoutOptions;
use crate::page::assemble;

const SIZE: f64 = 10.0;

/// A page that text is written on.
pub(super) struct Sheet(pub(super) Page);

impl Sheet {
    pub(super) fn new(number: u32) -> Self {
        Self(Page { number, width: 600.0, height: 800.0, ..Page::default() })
    }

    fn width(text: &str) -> f64 {
        text.chars().map(|c| if c.is_ascii() { 0.5 * SIZE } else { SIZE }).sum()
    }

    /// Writes a line that starts at `x`, its box's top at `y`.
    pub(super) fn left(&mut self, x: f64, y: f64, text: &str) -> &mut Self {
        let mut at = x;
        for c in text.chars() {
            let width = Self::width(&c.to_string());
            self.0.glyphs.push(Glyph {
                text: c.to_string(),
                bbox: Rect::new(at, y, at + width, y + SIZE),
                size: SIZE,
                direction: Direction::Right,
                hidden: false,
            });
            at += width;
        }
        self
    }

    pub(super) fn right(&mut self, x: f64, y: f64, text: &str) -> &mut Self {
        self.left(x - Self::width(text), y, text)
    }

    pub(super) fn center(&mut self, x: f64, y: f64, text: &str) -> &mut Self {
        self.left(x - Self::width(text) / 2.0, y, text)
    }

    pub(super) fn rule(&mut self, x0: f64, x1: f64, y: f64) -> &mut Self {
        self.0.rulings.push(Ruling { bbox: Rect::new(x0, y, x1, y + 0.5), horizontal: true });
        self
    }

    pub(super) fn upright(&mut self, x: f64, y0: f64, y1: f64) -> &mut Self {
        self.0.rulings.push(Ruling { bbox: Rect::new(x, y0, x + 0.5, y1), horizontal: false });
        self
    }
}

pub(super) fn read(sheets: &[Sheet]) -> Extraction {
    let pages: Vec<Page> = sheets.iter().map(|s| s.0.clone()).collect();
    assemble(&pages, &LayoutOptions::default(), Vec::new())
}

/// Rows of texts, `^` where a span covers the position.
pub(super) fn texts(table: &RawTable) -> Vec<Vec<String>> {
    let text = |cell: Option<&crate::model::Cell>| cell.map_or("^".to_owned(), |c| c.text.clone());
    table.grid().into_iter().map(|row| row.into_iter().map(text).collect()).collect()
}

/// Columns 50–200 (labels), 200–300 and 300–400 (numbers); a header of two levels.
pub(super) fn budget(sheet: &mut Sheet) {
    sheet.center(125.0, 109.0, "项目").center(300.0, 100.0, "支出");
    sheet.center(250.0, 118.0, "基本支出").center(350.0, 118.0, "项目支出");
    for (row, (label, a, b)) in
        [("教育", "12.50", "1.00"), ("卫生健康支出", "3.25", ""), ("住房", "", "1,204.10")].into_iter().enumerate()
    {
        let y = 136.0 + 18.0 * row as f64;
        sheet.left(55.0, y, label).right(295.0, y, a).right(395.0, y, b);
    }
}

#[test]
fn columns_from_gaps_and_spans_from_centres() {
    let mut sheet = Sheet::new(1);
    sheet.left(50.0, 80.0, "部门：某单位").right(400.0, 80.0, "单位：万元");
    budget(&mut sheet);
    let read = read(&[sheet]);
    assert_eq!(read.tables.len(), 1);
    let table = &read.tables[0];
    assert_eq!((table.rows, table.cols, table.method), (5, 3, Method::Unruled));
    // 15 positions less one under each of the two merged header cells.
    assert_eq!(table.cells.len(), 13);
    assert_eq!(texts(table)[0], ["项目", "支出", "^"]);
    assert_eq!(texts(table)[1], ["^", "基本支出", "项目支出"]);
    assert_eq!(texts(table)[3], ["卫生健康支出", "3.25", ""]);
    assert_eq!(texts(table)[4], ["住房", "", "1,204.10"]);
    assert_eq!(table.captions.len(), 2);
    assert!(table.confidence < 0.9);
}

#[test]
fn lines_of_one_cell_are_one_row() {
    let mut sheet = Sheet::new(1);
    sheet.center(125.0, 100.0, "项目").center(250.0, 100.0, "金额").center(350.0, 100.0, "备注");
    sheet.left(55.0, 118.0, "机关事业单位基本养老").left(55.0, 130.0, "保险缴费").right(295.0, 124.0, "8.40");
    sheet.left(55.0, 148.0, "培训").right(295.0, 148.0, "1.20").left(305.0, 148.0, "见说明");
    let read = read(&[sheet]);
    assert_eq!(read.tables.len(), 1);
    assert_eq!((read.tables[0].rows, read.tables[0].cells.len()), (3, 9));
    assert_eq!(texts(&read.tables[0])[1], ["机关事业单位基本养老保险缴费", "8.40", ""]);
}

#[test]
fn a_table_goes_on_without_header_on_the_next_page() {
    let mut first = Sheet::new(1);
    budget(&mut first);
    let mut second = Sheet::new(2);
    second.left(55.0, 60.0, "农林水支出").right(295.0, 60.0, "7.00");
    second.left(55.0, 78.0, "交通运输支出").right(395.0, 78.0, "9.00");
    let read = read(&[first, second]);
    assert_eq!(read.tables.len(), 1);
    assert_eq!((read.tables[0].rows, read.tables[0].pages.clone()), (7, vec![1, 2]));
    assert_eq!(texts(&read.tables[0])[6], ["交通运输支出", "", "9.00"]);
}

#[test]
fn running_text_and_contents_are_no_tables() {
    let mut prose = Sheet::new(1);
    for row in 0..12 {
        let y = 100.0 + 16.0 * f64::from(row);
        // A blank of one and a half characters in another place of each line.
        let cut = 10 + usize::try_from(row).unwrap_or(0);
        prose.left(50.0, y, &"文".repeat(cut)).left(65.0 + SIZE * cut as f64, y, &"字".repeat(38 - cut));
    }
    let mut contents = Sheet::new(2);
    for row in 0..8 {
        let y = 100.0 + 16.0 * f64::from(row);
        contents.left(50.0, y, "第一部分……………………").right(500.0, y, "12");
    }
    let read = read(&[prose, contents]);
    assert_eq!(read.tables.len(), 0);
    assert_eq!(read.lines.len(), 12 + 16);
}

#[test]
fn rules_drawn_by_cells_show_columns_and_merged_cells() {
    let mut sheet = Sheet::new(1);
    let xs = [50.0, 150.0, 250.0, 350.0];
    for (level, y) in [100.0, 120.0, 140.0, 160.0].into_iter().enumerate() {
        for (col, w) in xs.windows(2).enumerate() {
            // The first column's cell of the header reaches over two rows: no rule below its first.
            if (level, col) != (1, 0) {
                sheet.rule(w[0], w[1], y);
            }
        }
    }
    sheet.center(100.0, 115.0, "项目").center(250.0, 105.0, "收入");
    sheet.center(200.0, 125.0, "本年").center(300.0, 125.0, "上年");
    sheet.left(54.0, 145.0, "合计").right(246.0, 145.0, "5.00").right(346.0, 145.0, "6.00");
    let read = read(&[sheet]);
    assert_eq!(read.tables.len(), 1);
    assert_eq!((read.tables[0].rows, read.tables[0].cols, read.tables[0].cells.len()), (3, 3, 7));
    assert_eq!(texts(&read.tables[0]), [["项目", "收入", "^"], ["^", "本年", "上年"], ["合计", "5.00", "6.00"]]);
}

#[test]
fn a_frame_round_columns_is_read_from_its_texts() {
    let mut sheet = Sheet::new(1);
    for y in [100.0, 120.0, 200.0] {
        sheet.rule(50.0, 400.0, y);
    }
    for x in [50.0, 400.0] {
        sheet.upright(x, 100.0, 200.0);
    }
    sheet.left(55.0, 105.0, "名称").right(250.0, 105.0, "数量").right(380.0, 105.0, "金额");
    for row in 0..4 {
        let y = 125.0 + 18.0 * f64::from(row);
        sheet.left(55.0, y, "物品").right(250.0, y, "3").right(380.0, y, "12.00");
    }
    let read = read(&[sheet]);
    assert_eq!(read.tables.len(), 1);
    assert_eq!((read.tables[0].rows, read.tables[0].cols, read.tables[0].cells.len()), (5, 3, 15));
}
