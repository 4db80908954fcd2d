//! The table engine on pages built by hand.

use crate::model::Extraction;
use crate::model::Rect;
use crate::model::{Direction, Glyph, Page, Ruling};
use crate::options::LayoutOptions;
use crate::page::assemble;

const SIZE: f64 = 10.0;
const ROW: f64 = 20.0;

/// A page under construction.
struct Sketch(Page);

impl Sketch {
    fn new(number: u32) -> Self {
        Self(Page { number, width: 600.0, height: 800.0, ..Page::default() })
    }

    /// Writes a line of full-width characters.
    fn text(mut self, text: &str, x: f64, y: f64) -> Self {
        for (index, c) in text.chars().enumerate() {
            let x0 = x + index as f64 * SIZE;
            let bbox = Rect::new(x0, y, x0 + SIZE, y + SIZE);
            let direction = Direction::Right;
            self.0.glyphs.push(Glyph { text: c.to_string(), bbox, size: SIZE, direction, hidden: false });
        }
        self
    }

    fn line(&mut self, x0: f64, y0: f64, x1: f64, y1: f64) {
        let bbox = Rect::new(x0, y0, x1, y1);
        self.0.rulings.push(Ruling { bbox, horizontal: bbox.width() > bbox.height() });
    }

    /// Draws a grid at (50, y) with columns of 100 points. `^` continues the cell above (no line between), `|` in a text
    /// breaks the line.
    fn grid(mut self, y: f64, rows: &[&[&str]]) -> Self {
        let cols = rows[0].len();
        let right = 50.0 + 100.0 * cols as f64;
        let bottom = y + ROW * rows.len() as f64;
        for col in 0..=cols {
            let x = 50.0 + 100.0 * col as f64;
            self.line(x, y, x, bottom);
        }
        self.line(50.0, y, right, y);
        self.line(50.0, bottom, right, bottom);
        for (index, row) in rows.iter().enumerate() {
            let top = y + ROW * index as f64;
            for (col, text) in row.iter().enumerate() {
                let x = 50.0 + 100.0 * col as f64;
                if *text == "^" {
                    continue;
                }
                self.line(x, top, x + 100.0, top);
                let lines: Vec<&str> = text.split('|').collect();
                for (at, line) in lines.iter().enumerate() {
                    let y = if lines.len() > 1 { top - 1.0 + at as f64 * SIZE } else { top + 5.0 };
                    self = self.text(line, x + 2.0, y);
                }
            }
        }
        self
    }
}

fn read(pages: Vec<Sketch>) -> Extraction {
    let pages: Vec<Page> = pages.into_iter().map(|s| s.0).collect();
    assemble(&pages, &LayoutOptions::default(), Vec::new())
}

/// A table's rows with `^` for covered positions.
fn rows(extraction: &Extraction, table: usize) -> Vec<String> {
    let grid = extraction.tables[table].grid();
    grid.iter().map(|r| r.iter().map(|c| c.map_or("^", |c| c.text.as_str())).collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn cells_spans_and_captions_of_one_page() {
    let page = Sketch::new(1)
        .text("收支总表", 200.0, 60.0)
        .text("单位万元", 400.0, 80.0)
        .grid(100.0, &[&["项目", "金额"], &["甲", "１２"], &["^", "３４"]]);
    let read = read(vec![page.text("注甲", 50.0, 200.0)]);
    assert_eq!(read.tables.len(), 1);
    assert_eq!(rows(&read, 0), ["项目 金额", "甲 １２", "^ ３４"]);
    assert_eq!(read.tables[0].cells.len(), 5);
    let captions: Vec<&str> = read.tables[0].captions.iter().map(|c| c.text.as_str()).collect();
    assert_eq!(captions, ["收支总表", "单位万元", "注甲"]);
    let before: Vec<usize> = read.lines.iter().map(|l| l.tables_before).collect();
    assert_eq!(before, [0, 0, 1]);
    let place = read.tables[0].cells[0].place;
    assert_eq!(place.page, Some(1));
    assert_eq!(place.bbox, Some(Rect::new(52.0, 105.0, 72.0, 115.0)));
}

#[test]
fn lines_above_a_table_over_pages_stand_before_it_wherever_it_goes_on() {
    let first = Sketch::new(1).text("某市预算报告", 200.0, 60.0).grid(100.0, &[&["项目", "金额"], &["甲", "１"]]);
    let second = Sketch::new(2).grid(50.0, &[&["项目", "金额"], &["乙", "２"]]);
    let read = read(vec![first, second]);
    assert_eq!((read.tables.len(), read.lines[0].tables_before), (1, 0));
}

#[test]
fn a_continuation_drops_its_repeated_header() {
    let first = Sketch::new(1).text("表一", 200.0, 60.0).grid(100.0, &[&["项目", "金额"], &["甲", "１"]]);
    let second = Sketch::new(2).grid(50.0, &[&["项目", "金额"], &["乙", "２"], &["丙", "３"]]);
    let read = read(vec![first, second]);
    assert_eq!(read.tables.len(), 1);
    assert_eq!(rows(&read, 0), ["项目 金额", "甲 １", "乙 ２", "丙 ３"]);
    assert_eq!(read.tables[0].pages, [1, 2]);
    assert_eq!(read.tables[0].cells[6].place.page, Some(2));
}

#[test]
fn tables_with_titles_of_their_own_stay_apart() {
    let first = Sketch::new(1).text("表一", 200.0, 60.0).grid(100.0, &[&["项目", "金额"], &["甲", "１"]]);
    let second = Sketch::new(2).text("表二", 200.0, 30.0).grid(50.0, &[&["项目", "金额"], &["乙", "２"]]);
    assert_eq!(read(vec![first, second]).tables.len(), 2);
}

#[test]
fn forms_under_one_title_with_other_contents_stay_apart() {
    let form = |page: u32, name: &str| {
        Sketch::new(page).text("绩效表", 200.0, 60.0).grid(100.0, &[&["名称", name], &["金额", "１"]])
    };
    assert_eq!(read(vec![form(1, "甲"), form(2, "乙")]).tables.len(), 2);
}

#[test]
fn a_merged_cell_goes_on_over_the_page() {
    let first = Sketch::new(1).grid(100.0, &[&["单位", "项目"], &["甲局", "一"], &["^", "二"]]);
    let second = Sketch::new(2).grid(50.0, &[&["", "三"], &["^", "四"]]);
    let read = read(vec![first, second]);
    assert_eq!(rows(&read, 0), ["单位 项目", "甲局 一", "^ 二", "^ 三", "^ 四"]);
    assert_eq!(read.tables[0].cells[2].row_span, 4);
}

#[test]
fn a_row_cut_by_the_page_is_whole_again() {
    let first = Sketch::new(1).grid(100.0, &[&["项目名称", "金额"], &["自然资源海洋气象支", ""]]);
    let second = Sketch::new(2).grid(50.0, &[&["出", ""], &["合计", "２"]]);
    let joined = read(vec![first, second]);
    assert_eq!(rows(&joined, 0), ["项目名称 金额", "自然资源海洋气象支出 ", "合计 ２"]);
}

#[test]
fn two_labels_are_two_rows() {
    let first = Sketch::new(1).grid(100.0, &[&["项目名称", "金额"], &["十三农林水事务支出", ""]]);
    let second = Sketch::new(2).grid(50.0, &[&["十四、交通运输", ""], &["合计", "２"]]);
    assert_eq!(read(vec![first, second]).tables[0].rows, 4);
}

#[test]
fn a_frame_round_a_text_is_no_table_and_no_text_is_lost() {
    let page = Sketch::new(1).grid(100.0, &[&["只有一格"]]).text("正文一行", 50.0, 300.0);
    let read = read(vec![page]);
    assert_eq!(read.tables.len(), 0);
    let texts: Vec<&str> = read.lines.iter().map(|l| l.text.as_str()).collect();
    assert_eq!(texts, ["只有一格", "正文一行"]);
}

#[test]
fn a_table_set_sideways_is_read_sideways_and_placed_as_displayed() {
    let plain = Sketch::new(1).grid(100.0, &[&["项目名称", "金额合计"], &["教育支出", "１２３"]]).0;
    let expected = read(vec![Sketch(plain.clone())]);
    // The same page turned counter-clockwise: text runs up.
    let (width, height) = (plain.width, plain.height);
    let turn = |b: &Rect| Rect::new(b.y0, width - b.x1, b.y1, width - b.x0);
    let mut page = Page { width: height, height: width, ..plain };
    for glyph in &mut page.glyphs {
        (glyph.bbox, glyph.direction) = (turn(&glyph.bbox), Direction::Up);
    }
    for ruling in &mut page.rulings {
        (ruling.bbox, ruling.horizontal) = (turn(&ruling.bbox), !ruling.horizontal);
    }
    let sideways = read(vec![Sketch(page)]);
    assert_eq!(rows(&sideways, 0), rows(&expected, 0));
    let place = |e: &Extraction| e.tables[0].cells[3].place.bbox.unwrap();
    let (found, wanted) = (place(&sideways), turn(&place(&expected)));
    assert!((found.x0 - wanted.x0).abs() < 1e-9 && (found.y1 - wanted.y1).abs() < 1e-9, "{found:?} {wanted:?}");
}

#[test]
fn a_blank_page_does_not_end_a_table_and_a_written_one_does() {
    let part = |page: u32, name: &str| Sketch::new(page).grid(50.0, &[&["项目", "金额"], &[name, "２"]]);
    let joined = read(vec![part(1, "甲"), Sketch::new(2), part(3, "乙")]);
    assert_eq!(joined.tables.len(), 1);
    assert_eq!(rows(&joined, 0), ["项目 金额", "甲 ２", "乙 ２"]);
    assert_eq!(joined.tables[0].pages, [1, 3]);
    let apart = read(vec![part(1, "甲"), Sketch::new(2).text("正文一行", 50.0, 400.0), part(3, "乙")]);
    assert_eq!(apart.tables.len(), 2);
}

#[test]
fn pages_can_be_had_as_they_stand() {
    let page = |n: u32| Sketch::new(n).grid(50.0, &[&["项目", "金额"], &["乙", "２"]]).0;
    let options = LayoutOptions::default().with_join_pages(false);
    let read = assemble(&[page(1), page(2)], &options, Vec::new());
    assert_eq!(read.tables.len(), 2);
}

#[test]
fn a_page_too_full_to_be_searched_is_named() {
    let full = |lines: usize, text: &str| {
        let mut page = Sketch::new(3).text(text, 50.0, 700.0);
        for index in 0..lines {
            let x = 10.0 + (index % 500) as f64;
            page.line(x, 10.0, x, 14.0);
        }
        read(vec![page])
    };
    assert_eq!(full(100, "办公费 12.00 14.00").diagnostics, []);
    assert_eq!(full(10_001, "正文一行").diagnostics, [], "no figures, no table");
    let found = full(10_001, "办公费 12.00 14.00");
    assert_eq!(found.diagnostics.len(), 1);
    assert!(found.diagnostics[0].code.loses_content());
    assert_eq!(found.diagnostics[0].place.as_deref(), Some("第 3 页"));
    assert_eq!(found.lines.len(), 1);
}

/// Two groups of rows on a page, and a third of which the page break leaves one row on each side.
fn parted(before: [&str; 3], behind: [&str; 3]) -> Vec<String> {
    let groups = [["甲项目名称", "1", "数量指标"], ["^", "^", "质量指标"]];
    let more: Vec<[&str; 3]> = (0..3).flat_map(|_| groups).chain([before]).collect();
    let more: Vec<&[&str]> = more.iter().map(<[&str; 3]>::as_slice).collect();
    let first = Sketch::new(1).grid(100.0, &more);
    let second = Sketch::new(2).grid(40.0, &[&behind, &["丙项目名称", "3", "数量指标"]]);
    let read = read(vec![first, second]);
    assert_eq!(read.tables.len(), 1);
    rows(&read, 0)[6..].to_vec()
}

#[test]
fn a_group_parted_into_one_row_and_one_is_whole_again() {
    // The amount stays before the break, the name has no room there.
    let taken_along = parted(["", "2", "数量指标"], ["乙项目名称", "", "质量指标"]);
    assert_eq!(taken_along[..2], ["乙项目名称 2 数量指标", "^ ^ 质量指标"]);
    // All texts of the group are set in its middle, which is behind the break.
    let middle = parted(["", "", "数量指标"], ["乙项目名称", "2", "质量指标"]);
    assert_eq!(middle[..2], ["乙项目名称 2 数量指标", "^ ^ 质量指标"]);
}

#[test]
fn groups_of_one_row_stay_apart() {
    let apart = parted(["乙项目", "2", "数量指标"], ["丁项目", "4", "数量指标"]);
    assert_eq!(apart[..2], ["乙项目 2 数量指标", "丁项目 4 数量指标"]);
}

#[test]
fn a_blank_merged_cell_does_not_take_the_next_rows_name() {
    let first = Sketch::new(1).grid(100.0, &[&["科目", "品名"], &["设备", "合计"], &["", "电脑"], &["^", "交换机"]]);
    let second = Sketch::new(2).grid(40.0, &[&["购置", ""], &["", "仪器"]]);
    let read = read(vec![first, second]);
    assert_eq!(rows(&read, 0)[2..], [" 电脑", "^ 交换机", "购置 ", " 仪器"]);
}

#[test]
fn notes_below_the_first_part_do_not_end_a_table_whose_head_comes_again() {
    let first = |notes: &[&str]| {
        let mut page = Sketch::new(1).text("收支总表", 100.0, 560.0).grid(600.0, &[&["项目", "金额"], &["甲", "２"]]);
        for (at, note) in (0_u32..).zip(notes) {
            page = page.text(note, 50.0, 660.0 + f64::from(at) * 14.0);
        }
        page
    };
    let next = || Sketch::new(2).grid(50.0, &[&["项目", "金额"], &["乙", "３"]]);
    let joined = |notes: &[&str]| read(vec![first(notes), next()]);
    let one = joined(&["注：甲按旧口径。", "乙按新口径。"]);
    assert_eq!((one.tables.len(), rows(&one, 0).len()), (1, 3));
    assert_eq!(joined(&["¹甲其中：", "一和二。", "三。", "四。"]).tables.len(), 1);
    assert_eq!(
        joined(&["注：甲按旧口径。", "另一张表", "单位万元"]).tables.len(),
        2,
        "a title left behind at the foot"
    );
    assert_eq!(joined(&["以上各项见下文。"]).tables.len(), 2, "a paragraph ends the table");
}
