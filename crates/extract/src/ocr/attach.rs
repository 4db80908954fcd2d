//! What was read of lines, handed to the cells that hold them.

use super::paddle::FIGURES;
use crate::model::{Cell, Method, Page, RawTable, ReadCell, ReadLine, Rect};

/// Figures that make a column one of figures, and their share of its texts.
const LEAST: usize = 2;
const MOSTLY: f64 = 0.5;
/// Confidence in a figure that was read as something else first, or that dirt stands beside.
const UNSURE: f64 = 0.5;
/// Confidence in a figure of which a separator was changed.
const GUESSED: f64 = 0.25;
/// A letter or two read less surely than this is dirt: what is left of a seal, a fold.
const DIRT: f64 = 0.85;
/// Readings kept of a text of several lines.
const READINGS: usize = 8;

/// Marks the tables of pages that were read from pictures; `displayed` gives where a box of a page's lines is displayed.
pub(crate) fn attach(tables: &mut [RawTable], pages: &[Page], displayed: impl Fn(&Page, &Rect) -> Rect) {
    for page in pages.iter().filter(|page| page.trusted_layer) {
        for table in tables.iter_mut().filter(|table| table.pages.contains(&page.number)) {
            table.method = Method::Ocr;
        }
    }
    for page in pages.iter().filter(|page| !page.read.is_empty()) {
        let lines: Vec<(Rect, &ReadLine)> = page.read.iter().map(|line| (displayed(page, &line.bbox), line)).collect();
        for table in tables.iter_mut().filter(|table| table.pages.contains(&page.number)) {
            table.method = Method::Ocr;
            for cell in table.cells.iter_mut().filter(|cell| cell.place.page == Some(page.number)) {
                let Some(place) = cell.place.bbox.filter(|_| !cell.text.is_empty()) else { continue };
                let inside = lines.iter().filter(|(bbox, _)| place.contains(bbox.center_x(), bbox.center_y()));
                let inside: Vec<&ReadLine> = inside.map(|(_, line)| *line).collect();
                cell.read = Some(read_cell(&cell.text, &inside));
                without_dirt(cell, &inside);
            }
            columns_of_figures(table);
            columns_of_signs(table);
            signs(table);
            separators(table);
            lost_commas(table);
        }
    }
}

fn read_cell(text: &str, lines: &[&ReadLine]) -> ReadCell {
    let confidence = lines.iter().map(|line| line.confidence).fold(1.0, f64::min);
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let own = bare(text);
    let readings = match lines {
        [line] if line.text == own => line.readings.iter().map(|(text, _)| text.clone()).collect(),
        // Of a figure broken over lines it is not known which part would be another.
        _ if is_figure(&own) => Vec::new(),
        lines => {
            let once = |line: &&&ReadLine| own.matches(line.text.as_str()).count() == 1;
            let others = lines
                .iter()
                .filter(once)
                .flat_map(|line| line.readings.iter().map(|(other, _)| own.replacen(line.text.as_str(), other, 1)));
            others.take(READINGS).collect()
        }
    };
    ReadCell { confidence: if lines.is_empty() { 0.0 } else { confidence }, readings }
}

/// In a column of figures a cell's reading as a figure counts, and the other one stands beside it.
fn columns_of_figures(table: &mut RawTable) {
    for col in 0..table.cols {
        let own = |cell: &&Cell| cell.col == col && cell.col_span == 1 && !cell.text.is_empty();
        let all = table.cells.iter().filter(own).count();
        let figures = table.cells.iter().filter(own).filter(|cell| is_figure(&cell.text)).count();
        if figures < LEAST || (figures as f64) < MOSTLY * all as f64 {
            continue;
        }
        for cell in table.cells.iter_mut().filter(|cell| cell.col == col && cell.col_span == 1) {
            if !is_figure(&cell.text) {
                take(cell, is_figure);
            }
        }
    }
}

/// In a column of signs a letter is one, where it may be read so.
fn columns_of_signs(table: &mut RawTable) {
    for col in 0..table.cols {
        let own = |cell: &&Cell| cell.col == col && cell.col_span == 1 && !cell.text.is_empty();
        let all = table.cells.iter().filter(own).count();
        let signs = table.cells.iter().filter(own).filter(|cell| is_sign(&cell.text)).count();
        if signs < LEAST || (signs as f64) < MOSTLY * all as f64 {
            continue;
        }
        for cell in table.cells.iter_mut().filter(|cell| cell.col == col && cell.col_span == 1) {
            if cell.text.chars().count() <= 2 && cell.text.is_ascii() && !is_sign(&cell.text) {
                take(cell, is_sign);
            }
        }
    }
}

/// A figure with a sign where none can stand (37+.02) is read as one without.
fn signs(table: &mut RawTable) {
    for cell in &mut table.cells {
        if is_figure(&cell.text) && !is_signed(&cell.text) {
            take(cell, |other| is_figure(other) && is_signed(other) && is_grouped(other));
        }
    }
}

/// Whether signs stand only around the figure, and brackets in pairs.
fn is_signed(figure: &str) -> bool {
    let open = figure.starts_with('(');
    let inner = figure.strip_prefix(['(', '-', '+']).unwrap_or(figure);
    let inner = inner.strip_suffix(if open { ')' } else { '%' }).unwrap_or(inner);
    open == figure.ends_with(')') && !inner.contains(['(', ')', '-', '+', '%'])
}

/// In a column of whole numbers whose thousands stand apart, a point before three digits is a comma that was read badly; it
/// stays a doubt.
fn lost_commas(table: &mut RawTable) {
    for col in 0..table.cols {
        let own = table.cells.iter().filter(|cell| cell.col == col && cell.col_span == 1 && is_figure(&cell.text));
        let (odd, plain): (Vec<&Cell>, Vec<&Cell>) = own.partition(|cell| is_pointed_thousand(&cell.text));
        let grouped = plain.iter().filter(|cell| cell.text.contains(',')).count();
        if odd.is_empty() || grouped < LEAST || plain.iter().any(|cell| cell.text.contains('.')) {
            continue;
        }
        for cell in table.cells.iter_mut().filter(|cell| cell.col == col && cell.col_span == 1) {
            if let Some(read) = cell.read.as_mut().filter(|_| is_pointed_thousand(&cell.text)) {
                let commas = cell.text.replace('.', ",");
                read.readings.retain(|other| *other != commas);
                read.readings.insert(0, std::mem::replace(&mut cell.text, commas));
                read.confidence = read.confidence.min(GUESSED);
            }
        }
    }
}

/// 2.875, -1,002.875: a point before three digits that end a figure.
fn is_pointed_thousand(figure: &str) -> bool {
    let plain = figure.trim_start_matches(['-', '+']);
    let Some((whole, rest)) = plain.split_once('.') else { return false };
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    rest.len() == 3 && digits(rest) && is_figure(whole) && is_grouped(whole) && !whole.starts_with('0')
}

/// A figure whose separators can't stand so is read with those that can, where its digits stay the same.
fn separators(table: &mut RawTable) {
    for cell in &mut table.cells {
        if is_figure(&cell.text) && !is_grouped(&cell.text) {
            let digits = digits(&cell.text);
            take(cell, |other| is_figure(other) && is_grouped(other) && self::digits(other) == digits);
        }
    }
}

/// Takes the likeliest other reading that fits; the one before stands beside it.
fn take(cell: &mut Cell, fits: impl Fn(&str) -> bool) {
    let Some(read) = cell.read.as_mut() else { return };
    let Some(at) = read.readings.iter().position(|other| fits(other)) else { return };
    let other = read.readings.remove(at);
    read.readings.insert(0, std::mem::replace(&mut cell.text, other));
    read.confidence = read.confidence.min(UNSURE);
}

/// Whether a text is a sign of comparison and nothing else.
fn is_sign(text: &str) -> bool {
    matches!(text, "≤" | "≥" | "=" | "<" | ">" | "＝" | "＜" | "＞" | "≦" | "≧")
}

fn digits(figure: &str) -> String {
    figure.chars().filter(char::is_ascii_digit).collect()
}

/// Whether a figure has at most one point, and its commas part groups of three digits before it.
fn is_grouped(figure: &str) -> bool {
    let plain = figure.trim_matches(|c: char| !c.is_ascii_digit());
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let mut groups = whole.split(',').rev();
    let first = groups.next_back().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let long = rest.is_empty() || (1..=3).contains(&first.len());
    !fraction.contains(['.', ',']) && long && rest.iter().all(|group| group.len() == 3)
}

/// Takes dirt out of a cell: alone, or beside a figure, which is not sure then.
fn without_dirt(cell: &mut Cell, lines: &[&ReadLine]) {
    let (dirt, rest): (Vec<&ReadLine>, Vec<&ReadLine>) = lines.iter().copied().partition(|line| is_dirt(line));
    match rest.as_slice() {
        _ if dirt.is_empty() => {}
        [] => (cell.text, cell.read) = (String::new(), None),
        [figure] if is_figure(&figure.text) => {
            cell.text.clone_from(&figure.text);
            let readings = figure.readings.iter().map(|(text, _)| text.clone()).collect();
            cell.read = Some(ReadCell { confidence: figure.confidence.min(UNSURE), readings });
        }
        _ => {
            for scrap in dirt {
                let Some(bare) = cell.text.strip_prefix(&scrap.text).or_else(|| cell.text.strip_suffix(&scrap.text))
                else {
                    continue;
                };
                cell.text = bare.trim().to_owned();
                if let Some(read) = cell.read.as_mut() {
                    read.confidence = read.confidence.min(UNSURE);
                }
            }
        }
    }
}

/// Whether a line is no text: a Latin letter or two, not surely read, that no figure can be read as.
fn is_dirt(line: &ReadLine) -> bool {
    let letters = line.text.chars().all(|c| c.is_ascii_alphabetic());
    let figure = line.readings.iter().any(|(text, _)| is_figure(text));
    letters && !figure && line.text.len() <= 2 && line.confidence < DIRT
}

/// Whether a text is a number and nothing else.
fn is_figure(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit()) && text.chars().all(|c| FIGURES.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_stand_where_they_can() {
        for (figure, expected) in [("1,234.50", true), ("18,74", false), ("1.234.50", false), ("(12,345)", true)] {
            assert_eq!(is_grouped(figure), expected, "{figure}");
        }
        let cell = |text: &str, others: &[&str]| Cell {
            text: text.to_owned(),
            read: Some(ReadCell { confidence: 0.9, readings: others.iter().map(ToString::to_string).collect() }),
            ..Cell::default()
        };
        let cells = vec![cell("18,74", &["18,14", "18.74"]), cell("18,74", &["18.14"])];
        let mut table = RawTable { cells, ..RawTable::default() };
        separators(&mut table);
        assert_eq!(table.cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>(), ["18.74", "18,74"]);
    }

    #[test]
    fn signs_stand_around_figures_and_points_where_the_column_has_them() {
        for (figure, expected) in [("(12.5)", true), ("-3", true), ("37+.02", false), ("12)", false), ("5%", true)] {
            assert_eq!(is_signed(figure), expected, "{figure}");
        }
        let cell = |row: usize, text: &str| Cell {
            row,
            row_span: 1,
            col_span: 1,
            text: text.to_owned(),
            read: Some(ReadCell { confidence: 0.99, readings: Vec::new() }),
            ..Cell::default()
        };
        let read = |texts: &[&str]| {
            let cells = texts.iter().enumerate().map(|(row, text)| cell(row, text)).collect();
            let mut table = RawTable { rows: texts.len(), cols: 1, cells, ..RawTable::default() };
            lost_commas(&mut table);
            (table.cells[0].text.clone(), table.cells[0].read.as_ref().unwrap().confidence)
        };
        assert_eq!(read(&["2.875", "1,604", "104,885", "17"]), ("2,875".to_owned(), GUESSED));
        assert_eq!(read(&["2.875", "1,604.50", "104,885.25", "17.00"]).0, "2.875");
        assert_eq!(read(&["0.875", "1,604", "104,885"]).0, "0.875");
    }

    #[test]
    fn dirt_beside_a_figure_is_none_of_it() {
        let line = |text: &str, confidence: f64| ReadLine {
            bbox: Rect::new(0.0, 0.0, 1.0, 1.0),
            text: text.to_owned(),
            confidence,
            readings: Vec::new(),
        };
        let (dirt, letter, figure) = (line("A", 0.6), line("A", 0.99), line("91.60", 0.98));
        let cleaned = |text: &str, lines: &[&ReadLine]| {
            let mut cell = Cell { text: text.to_owned(), read: Some(read_cell(text, lines)), ..Cell::default() };
            without_dirt(&mut cell, lines);
            cell.text
        };
        assert_eq!(cleaned("A 91.60", &[&dirt, &figure]), "91.60");
        assert_eq!(cleaned("A 91.60", &[&letter, &figure]), "A 91.60");
        assert_eq!((cleaned("A", &[&dirt]), cleaned("A", &[&letter])), (String::new(), "A".to_owned()));
    }

    #[test]
    fn each_line_of_a_text_may_say_something_else() {
        let line = |text: &str, readings: &[&str]| ReadLine {
            bbox: Rect::new(0.0, 0.0, 1.0, 1.0),
            text: text.to_owned(),
            confidence: 0.7,
            readings: readings.iter().map(|other| ((*other).to_owned(), 0.2)).collect(),
        };
        let (first, second) = (line("甲乙么", &["甲乙公"]), line("丙丁", &[]));
        assert_eq!(read_cell("甲乙么 丙丁", &[&first, &second]).readings, ["甲乙公丙丁"]);
    }

    #[test]
    fn a_letter_in_a_column_of_figures_is_a_digit() {
        let cell = |row: usize, text: &str, other: &str| Cell {
            row,
            row_span: 1,
            col_span: 1,
            text: text.to_owned(),
            read: Some(ReadCell { confidence: 0.9, readings: vec![other.to_owned()] }),
            ..Cell::default()
        };
        let cells = vec![cell(0, "甲乙", ""), cell(1, "12.50", "12.5"), cell(2, "7.00", ""), cell(3, "B.20", "8.20")];
        let mut table = RawTable { rows: 4, cols: 1, cells, ..RawTable::default() };
        columns_of_figures(&mut table);
        let texts: Vec<&str> = table.cells.iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!(texts, ["甲乙", "12.50", "7.00", "8.20"]);
        assert_eq!(table.cells[3].read.as_ref().unwrap().readings, ["B.20"]);
    }
}
