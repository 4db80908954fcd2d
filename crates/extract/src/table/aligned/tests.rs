//! Statistics pages in little.

use crate::model::Extraction;
use crate::model::Rect;
use crate::model::{Direction, Glyph, Page, Ruling};
use crate::options::LayoutOptions;
use crate::page::assemble;

const SIZE: f64 = 10.0;

/// A page that texts are set on; each character is half an em wide.
struct Sheet(Page);

impl Sheet {
    fn new() -> Self {
        Self(Page { number: 1, width: 612.0, height: 792.0, ..Page::default() })
    }

    fn left(&mut self, x: f64, y: f64, text: &str) -> &mut Self {
        for (index, c) in text.chars().enumerate().filter(|(_, c)| *c != ' ') {
            let at = x + 0.5 * SIZE * index as f64;
            let bbox = Rect::new(at, y, at + 0.5 * SIZE, y + SIZE);
            self.0.glyphs.push(Glyph {
                text: c.to_string(),
                bbox,
                size: SIZE,
                direction: Direction::Right,
                hidden: false,
            });
        }
        self
    }

    fn right(&mut self, x: f64, y: f64, text: &str) -> &mut Self {
        self.left(x - 0.5 * SIZE * text.chars().count() as f64, y, text)
    }

    fn center(&mut self, x: f64, y: f64, text: &str) -> &mut Self {
        self.left(x - 0.25 * SIZE * text.chars().count() as f64, y, text)
    }

    fn rule(&mut self, x0: f64, x1: f64, y: f64) -> &mut Self {
        self.0.rulings.push(Ruling { bbox: Rect::new(x0, y, x1, y + 0.5), horizontal: true });
        self
    }

    fn read(&self) -> Extraction {
        assemble(std::slice::from_ref(&self.0), &LayoutOptions::default(), Vec::new())
    }

    /// The rows of the only table, `^` where a span covers the position.
    fn rows(&self) -> Vec<Vec<String>> {
        let read = self.read();
        assert_eq!(read.tables.len(), 1, "{:?}", read.lines);
        let text = |cell: Option<&crate::model::Cell>| cell.map_or("^".to_owned(), |c| c.text.clone());
        read.tables[0].grid().into_iter().map(|row| row.into_iter().map(text).collect()).collect()
    }
}

#[test]
fn leaders_signs_groups_and_notes() {
    let mut sheet = Sheet::new();
    sheet.left(80.0, 60.0, "Table 1. Outlays by function in recent years and in the budget of the president");
    sheet.left(80.0, 90.0, "Function").right(350.0, 90.0, "2009").right(450.0, 90.0, "2010");
    sheet.left(80.0, 110.0, "Mandatory:");
    sheet.left(90.0, 122.0, "Social Security.................").left(310.0, 122.0, "$").right(350.0, 122.0, "12.5");
    sheet.left(410.0, 122.0, "$").right(450.0, 122.0, "1,300.5");
    sheet.left(90.0, 134.0, "Medicare........................").right(350.0, 134.0, "3.0").right(450.0, 134.0, "(4.1)");
    sheet.left(90.0, 146.0, "Payments to states under laws");
    sheet.left(95.0, 158.0, "that have ended...............").right(350.0, 158.0, "-").right(450.0, 158.0, "17");
    sheet.left(80.0, 185.0, "Note: numbers may not add up to totals because of rounding of the parts");
    let rows = sheet.rows();
    assert_eq!(rows[0], ["Function", "2009", "2010"]);
    assert_eq!(rows[1], ["Mandatory:", "", ""]);
    let squashed: Vec<String> = rows[2].iter().map(|t| t.replace(' ', "")).collect();
    assert_eq!(squashed, ["SocialSecurity.................", "$12.5", "$1,300.5"]);
    assert_eq!(rows[3][1..], ["3.0", "(4.1)"]);
    assert_eq!(rows[4], ["Payments to states under laws that have ended...............", "-", "17"]);
    assert_eq!(rows.len(), 5);
    assert_eq!(sheet.read().lines.len(), 2);
}

#[test]
fn names_over_several_columns_and_names_of_two_lines() {
    let mut sheet = Sheet::new();
    sheet.center(300.0, 60.0, "Public").center(500.0, 60.0, "Private");
    sheet.rule(240.0, 360.0, 72.0).rule(440.0, 560.0, 72.0);
    for (x, name) in [(270.0, "Schools"), (340.0, "Staff"), (470.0, "Schools"), (540.0, "Staff")] {
        sheet.right(x, 76.0, name);
    }
    sheet.right(340.0, 87.0, "(1,000)").right(540.0, 87.0, "(1,000)").left(60.0, 87.0, "State");
    for (row, state) in ["Alabama", "Alaska", "Arizona", "Arkansas"].into_iter().enumerate() {
        let y = 105.0 + 12.0 * row as f64;
        sheet.left(60.0, y, state);
        for x in [270.0, 340.0, 470.0, 540.0] {
            sheet.right(x, y, "1,234");
        }
    }
    let rows = sheet.rows();
    assert_eq!(rows[0], ["", "Public", "^", "Private", "^"]);
    assert_eq!(rows[1], ["State", "Schools", "Staff (1,000)", "Schools", "Staff (1,000)"]);
    assert_eq!((rows.len(), rows[2][0].as_str()), (6, "Alabama"));
}

#[test]
fn a_table_in_one_of_two_columns_of_text() {
    let mut sheet = Sheet::new();
    let prose = "agencies reported that spending rose";
    for row in 0..16 {
        let y = 60.0 + 12.0 * f64::from(row);
        sheet.left(330.0, y, prose);
        if !(5..10).contains(&row) {
            sheet.left(60.0, y, prose);
        }
    }
    for (row, state) in ["Iowa", "Ohio", "Utah", "Texas"].into_iter().enumerate() {
        let y = 126.0 + 12.0 * row as f64;
        sheet.left(60.0, y, state).right(160.0, y, "1,234").right(220.0, y, "56.7");
    }
    let rows = sheet.rows();
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[3], ["Texas", "1,234", "56.7"]);
    assert_eq!(sheet.read().lines.len(), 27);
}

#[test]
fn contents_lists_points_and_axes_are_no_tables() {
    let mut contents = Sheet::new();
    for row in 0..6 {
        let y = 60.0 + 14.0 * f64::from(row);
        contents.left(60.0, y, "Results by region........................").right(500.0, y, &(3 + 5 * row).to_string());
    }
    assert_eq!(contents.read().tables.len(), 0);
    let mut points = Sheet::new();
    for (row, point) in ["Send the form", "Review it", "A note to all", "Wait for the answer"].into_iter().enumerate() {
        let y = 60.0 + 14.0 * row as f64;
        points.left(60.0, y, &(row + 1).to_string()).left(90.0, y, point);
    }
    assert_eq!(points.read().tables.len(), 0);
    let mut axes = Sheet::new();
    for row in 0..6 {
        let (y, mark) = (60.0 + 20.0 * f64::from(row), (500 - 100 * row).to_string());
        axes.right(80.0, y, &mark).right(330.0, y, &mark);
    }
    axes.left(100.0, 180.0, "Jan").left(150.0, 180.0, "Jul");
    assert_eq!(axes.read().tables.len(), 0);
}

#[test]
fn rules_drawn_with_characters_are_rules() {
    let mut sheet = Sheet::new();
    sheet.left(60.0, 60.0, "State   :   Acres:  Yield").left(60.0, 72.0, "---------------------------");
    for (row, state) in ["Iowa", "Ohio", "Utah", "Iowa", "Ohio"].into_iter().enumerate() {
        sheet.left(60.0, 84.0 + 12.0 * row as f64, &format!("{state}....:     123:    45.6"));
    }
    let rows = sheet.rows();
    assert_eq!(rows[0], ["State", "Acres", "Yield"]);
    assert_eq!(rows[1], ["Iowa....", "123", "45.6"]);
    assert_eq!(rows.len(), 6);
}
