//! Text files with fields parted by commas, semicolons or tabs (RFC 4180 and what programs make of it): one worksheet.

use super::book::Workbook;
use super::filler::{Filler, Look, Value};
use crate::limits::Limits;
use crate::model::DiagnosticCode;
use std::collections::BTreeSet;

/// What the worksheet is called.
const NAME: &str = "csv";
/// Bytes that are looked at to tell whether a file is such a text.
const SAMPLE: usize = 1 << 16;
/// What parts fields; commas last, since figures have some of their own.
const DELIMITERS: [char; 4] = ['\t', ';', '|', ','];
/// Share (in percent) of the lines with several fields that have as many as most, or that have a figure among them.
const ALIKE: usize = 50;
const WITH_FIGURES: usize = 25;
/// Share (in percent) of the lines of a program that assign or call.
const PROGRAM: usize = 15;
/// So many lines with as many fields show how many a line of their table has.
const LEAST_EVEN: usize = 4;
/// Lines that may have more or fewer for all others to count: so many, or this share (in percent).
const MOST_UNEVEN: usize = 2;
const UNEVEN: usize = 5;
/// Lines that are named.
const MOST_NAMED: usize = 5;

/// Whether bytes are a text of fields: most lines part into as many, and numbers are among them.
pub(crate) fn is_csv(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let Some(text) = decoded(sample) else { return false };
    let opening = text.trim_start_matches('\u{feff}').trim_start();
    // Data and programs in other languages.
    if opening.starts_with(['{', '[', '<', '#', '/', '%', '-']) {
        return false;
    }
    !is_program(&text) && delimiter(&text).is_some()
}

/// Whether a text is a program: its lines assign, call and declare.
fn is_program(text: &str) -> bool {
    const SIGNS: [&str; 9] = [" = ", "==", "();", "):", "=> ", "def ", "import ", "function ", "return "];
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let code = lines.iter().filter(|line| SIGNS.iter().any(|sign| line.contains(sign))).count();
    code * 100 > lines.len() * PROGRAM
}

/// Reads the fields as a worksheet.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Workbook {
    let mut book = Workbook::default();
    let text = decoded(bytes).unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned());
    let noughts = text.matches('\0').count();
    let text = text.replace('\0', "");
    let text = text.trim_start_matches('\u{feff}');
    let delimiter = delimiter(&text[..floor(text, SAMPLE)]).unwrap_or(',');
    let mut lines: Vec<Vec<String>> = Vec::new();
    let unclosed = fields(text, delimiter, &mut |row, _, field| {
        if lines.len() <= row as usize {
            lines.resize_with(row as usize + 1, Vec::new);
        }
        if let Some(line) = lines.last_mut() {
            line.push(field.to_owned());
        }
    });
    let joined = if delimiter == ',' { join_amounts(&mut lines) } else { Vec::new() };
    if !joined.is_empty() {
        let message = format!("{}里金额的逗号没有加引号，已合并为一个数", named(&joined));
        book.say(DiagnosticCode::Repaired, NAME, message);
    }
    let uneven = uneven(&lines);
    if !uneven.is_empty() {
        let message = format!("{}的字段数与其他行不同，可能缺字段，或金额里的逗号没有加引号", named(&uneven));
        book.say(DiagnosticCode::CutOff, NAME, message);
    }
    let mut filler = Filler::new(NAME, limits);
    for (row, line) in lines.iter().enumerate() {
        for (col, field) in line.iter().enumerate() {
            let at = (u32::try_from(row).unwrap_or(u32::MAX), u32::try_from(col).unwrap_or(u32::MAX));
            filler.value(at, &Value::Text(field), &Look::default());
        }
    }
    let sheet = filler.finish();
    if noughts > 0 {
        book.say(DiagnosticCode::CutOff, NAME, "文件内部受损，有空字节，附近的内容可能缺失".to_owned());
    }
    if text.contains('\u{fffd}') {
        book.say(DiagnosticCode::UnknownGlyphs, NAME, "有字符无法解码".to_owned());
    }
    if unclosed {
        book.say(DiagnosticCode::CutOff, NAME, "文件末尾有没有结束的引号，内容可能不完整".to_owned());
    }
    book.sheets.push(sheet);
    book
}

/// Lines (from 1) by their names, the first of them.
fn named(lines: &[usize]) -> String {
    lines.iter().take(MOST_NAMED).map(|line| format!("第 {line} 行")).collect::<Vec<_>>().join("、")
}

fn is_figure(field: &str) -> bool {
    let field = super::text::trim(field);
    field.contains(|c: char| c.is_ascii_digit()) && super::text::looks_numeric(field)
}

/// How many fields a line has up to the last that is written.
fn written(line: &[String]) -> usize {
    line.iter().rposition(|field| !super::text::trim(field).is_empty()).map_or(0, |last| last + 1)
}

/// Whether a line stands between tables: it is blank, or holds a single field.
fn parts_tables(line: &[String]) -> bool {
    line.len() < 2 || written(line) == 0
}

/// Puts amounts together whose commas parted them (`1,234.50` without quotes), where a line has more fields than the header of
/// its table, and exactly as many once they are whole; the numbers of these lines.
fn join_amounts(lines: &mut [Vec<String>]) -> Vec<usize> {
    let (mut header, mut joined) = (0, Vec::new());
    for (index, line) in lines.iter_mut().enumerate() {
        if parts_tables(line) {
            header = 0;
        } else if !line.iter().any(|field| is_figure(field)) {
            header = written(line);
        } else if header > 1 && written(line) > header {
            let whole = whole_amounts(line);
            if whole.len() == header {
                *line = whole;
                joined.push(index + 1);
            }
        }
    }
    joined
}

/// A line's fields with groups of three digits put behind the one to three that begin an amount.
fn whole_amounts(line: &[String]) -> Vec<String> {
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let begins = |text: &str| all_digits(text.trim_start_matches('-')) && text.trim_start_matches('-').len() <= 3;
    let goes_on = |text: &str| {
        let (whole, rest) = text.split_once('.').unwrap_or((text, "0"));
        whole.len() == 3 && all_digits(whole) && all_digits(rest)
    };
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    for field in &line[..written(line)] {
        match out.last_mut() {
            Some(amount) if open && goes_on(field) => {
                amount.push_str(field);
                open = !field.contains('.');
            }
            _ => {
                open = begins(field);
                out.push(field.clone());
            }
        }
    }
    out
}

/// The lines (from 1) with figures that have fewer fields than nearly all others of their table, or more. Where many lines do,
/// the program that wrote them leaves out what is blank at their ends, and nothing is to be told.
fn uneven(lines: &[Vec<String>]) -> Vec<usize> {
    let numbered: Vec<(usize, &Vec<String>)> =
        lines.iter().enumerate().map(|(index, line)| (index + 1, line)).collect();
    let tables = || numbered.split(|(_, line)| parts_tables(line));
    let odd: Vec<(usize, &Vec<String>)> = tables().flat_map(uneven_of).collect();
    let all: usize = tables().map(<[_]>::len).sum();
    if odd.len() > MOST_UNEVEN.max(all * UNEVEN / 100) {
        return Vec::new();
    }
    odd.iter().filter(|(_, line)| line.iter().any(|field| is_figure(field))).map(|(number, _)| *number).collect()
}

/// The uneven lines of one table.
fn uneven_of<'a>(table: &[(usize, &'a Vec<String>)]) -> Vec<(usize, &'a Vec<String>)> {
    let mut widths: Vec<usize> = table.iter().map(|(_, line)| line.len()).collect();
    widths.sort_unstable();
    let most = widths.chunk_by(|a, b| a == b).map(|same| (same.len(), same[0])).max();
    let Some((_, width)) = most.filter(|(count, _)| *count >= LEAST_EVEN) else { return Vec::new() };
    table.iter().filter(|(_, line)| line.len() < width || written(line) > width).copied().collect()
}

/// The text, or nothing where the bytes are none.
fn decoded(bytes: &[u8]) -> Option<String> {
    if let Some((encoding, length)) = encoding_rs::Encoding::for_bom(bytes) {
        return Some(encoding.decode_without_bom_handling(&bytes[length..]).0.into_owned());
    }
    // UTF-16 without its mark: every second byte of ASCII is zero.
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    if bytes.len() >= 8 && bytes.contains(&0) {
        let (even, odd) = (zeros(0), zeros(1));
        let encoding = if odd > even { encoding_rs::UTF_16LE } else { encoding_rs::UTF_16BE };
        let text = encoding.decode_without_bom_handling(&bytes[..bytes.len() & !1]).0.into_owned();
        if is_text(&text) {
            return Some(text);
        }
        // A block of a text of single bytes that was lost.
        let kept: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
        return decoded(&kept).map(|text| text + "\0");
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // The sample may end within a character.
        Err(error) if error.error_len().is_none() => {
            String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned()
        }
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned(),
    };
    is_text(&text).then_some(text)
}

fn is_text(text: &str) -> bool {
    let odd = text.chars().filter(|c| c.is_control() && !c.is_whitespace() || *c == '\u{fffd}').count();
    !text.is_empty() && odd * 200 <= text.chars().count()
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// What parts the fields: the sign by which most lines part, alike or with figures; `None` where none does.
fn delimiter(text: &str) -> Option<char> {
    let parts_lines = |delimiter: &char| {
        let mut widths: Vec<usize> = Vec::new();
        let mut figured: BTreeSet<usize> = BTreeSet::new();
        fields(text, *delimiter, &mut |row, col, field| {
            let row = row as usize;
            if widths.len() <= row {
                widths.resize(row + 1, 0);
            }
            widths[row] = widths[row].max(if field.trim().is_empty() { 0 } else { col as usize + 1 });
            if super::text::looks_numeric(super::text::trim(field)) {
                figured.insert(row);
            }
        });
        let lines = widths.iter().filter(|width| **width > 0).count();
        let mut wide: Vec<usize> = widths.into_iter().filter(|width| *width > 1).collect();
        wide.sort_unstable();
        let most = wide.chunk_by(|a, b| a == b).map(|same| (same.len(), same[0])).max().unwrap_or((0, 0));
        let alike = most.0 * 100 >= wide.len() * ALIKE && !figured.is_empty();
        let with_figures = figured.len() * 100 >= wide.len() * WITH_FIGURES;
        wide.len() >= 2 && wide.len() * 2 >= lines && (alike || with_figures)
    };
    DELIMITERS.into_iter().find(parts_lines)
}

/// Gives every field with its row and column. Whether a quote is not closed at the end.
fn fields(text: &str, delimiter: char, give: &mut dyn FnMut(u32, u32, &str)) -> bool {
    let (mut row, mut col) = (0_u32, 0_u32);
    let mut field = String::new();
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if field.trim().is_empty() => {
                field.clear();
                quoted = true;
            }
            c if quoted => field.push(c),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' => {
                give(row, col, &field);
                field.clear();
                (row, col) = (row.saturating_add(1), 0);
            }
            c if c == delimiter => {
                give(row, col, &field);
                field.clear();
                col = col.saturating_add(1);
            }
            c => field.push(c),
        }
    }
    if !field.is_empty() || col > 0 {
        give(row, col, &field);
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(bytes: &[u8]) -> Vec<(u32, u32, String)> {
        let book = read(bytes, &Limits::default());
        book.sheets[0].cells.iter().map(|(at, cell)| (at.0, at.1, cell.text.clone())).collect()
    }

    #[test]
    fn fields_are_read_in_any_dress() {
        let expected = [(0, 0, "项目"), (0, 1, "数"), (1, 0, "甲,乙"), (1, 1, "1,234.5")];
        let expected: Vec<(u32, u32, String)> = expected.map(|(r, c, t)| (r, c, t.to_owned())).into();
        let comma = "项目,数\r\n\"甲,乙\",\"1,234.5\"\r\n";
        let tab = "项目\t数\n甲,乙\t1,234.5";
        let wide: Vec<u8> = tab.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let gbk = encoding_rs::GB18030.encode(comma).0.into_owned();
        for bytes in [comma.as_bytes(), tab.as_bytes(), &gbk, &[&[0xff, 0xfe], &wide[..]].concat()] {
            assert!(is_csv(bytes));
            assert_eq!(read_text(bytes), expected);
        }
    }

    fn said(text: &str) -> Vec<DiagnosticCode> {
        read(text.as_bytes(), &Limits::default()).diagnostics.iter().map(|said| said.code).collect()
    }

    #[test]
    fn commas_of_amounts_part_no_fields() {
        let text = "题,,\n项目,数,前数\n甲,1,234.50,1,100\n乙,2,000.0,300\n丙,5,6\n";
        let cells = read_text(text.as_bytes());
        let line = |row: u32| cells.iter().filter(|cell| cell.0 == row).map(|cell| cell.2.as_str()).collect::<Vec<_>>();
        assert_eq!([line(2), line(3), line(4)], [["甲", "1234.50", "1100"], ["乙", "2000.0", "300"], ["丙", "5", "6"]]);
        assert_eq!(said(text), [DiagnosticCode::Repaired]);
    }

    #[test]
    fn lost_fields_are_told() {
        let whole = (1..9).map(|n| format!("甲{n},{n}.5,{n}.6\n")).collect::<Vec<String>>().concat();
        assert_eq!(said(&format!("项目,数,前数\n{whole}")), []);
        assert_eq!(said(&format!("项目,数,前数\n{whole}乙,3")), [DiagnosticCode::CutOff]);
        assert_eq!(said(&format!("项目,数,前数\n{whole}\0\0\0\0乙,3,4\n")), [DiagnosticCode::CutOff]);
    }

    #[test]
    fn prose_and_programs_are_no_fields() {
        for text in ["一句话，没有表。\n又一句。\n", "{\"a\": 1, \"b\": 2}\n", "let a = 1;\nlet b = 2;\n", "a,b\nc,d\n"]
        {
            assert!(!is_csv(text.as_bytes()), "{text}");
        }
    }
}
