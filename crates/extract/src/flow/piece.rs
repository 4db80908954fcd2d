//! What is left when layout is taken away: lines and tables, one after the other.

use crate::model::RawTable;

/// A part of the document as it is handed on.
#[derive(Debug)]
pub(super) enum Piece {
    Line(Line),
    Table(RawTable),
    PageBreak,
}

/// A paragraph outside all tables, in one line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Line {
    /// Its text as one line.
    pub(super) text: String,
    /// The same in parts that stand far apart.
    pub(super) parts: Vec<String>,
}

/// So many blanks part two texts of one line; an ideographic blank counts as two.
const WIDE: usize = 4;

impl Line {
    /// A line of a text; `None` where nothing is written.
    pub(super) fn of(text: &str) -> Option<Self> {
        let mut parts: Vec<String> = vec![String::new()];
        let mut blanks = 0;
        for c in text.chars() {
            match c {
                '\t' => blanks += WIDE,
                '\u{3000}' => blanks += 2,
                c if c.is_whitespace() => blanks += 1,
                c if c.is_control() => {}
                c => {
                    let last = parts.len() - 1;
                    if blanks >= WIDE && !parts[last].is_empty() {
                        parts.push(String::new());
                    } else if blanks > 0 && !parts[last].is_empty() {
                        parts[last].push(' ');
                    }
                    blanks = 0;
                    if let Some(part) = parts.last_mut() {
                        part.push(c);
                    }
                }
            }
        }
        parts.retain(|part| !part.is_empty());
        (!parts.is_empty()).then(|| Self { text: parts.join(" "), parts })
    }
}

#[cfg(test)]
mod tests {
    use super::Line;

    #[test]
    fn wide_blanks_part_a_line() {
        let parts = |text: &str| Line::of(text).map(|line| line.parts).unwrap_or_default();
        assert_eq!(parts("编号：甲\t单位：元"), ["编号：甲", "单位：元"]);
        assert_eq!(parts("编号：甲　　　单位：元"), ["编号：甲", "单位：元"]);
        assert_eq!(parts("  目　录 "), ["目 录"]);
        assert!(parts(" \u{3000}\t").is_empty());
    }
}
