//! Formulas as texts: `SUM(B4:B9)-B7`, as xlsx stores them, and `of:=SUM([.B4:.B9])`, as ods does.

use super::sum::{Operand, Sum};
use crate::sheet::book::{Area, Position};
use std::iter::Peekable;
use std::str::Chars;

/// Longest formula that is looked at (characters): sums that people write are far shorter.
const LONGEST: usize = 4096;
/// Most brackets inside each other.
const DEEPEST: usize = 32;

/// The sum that a formula states on the sheet `sheet`; `None` when it is anything else.
pub(crate) fn parse(formula: &str, sheet: &str) -> Option<Sum> {
    if formula.len() > LONGEST {
        return None;
    }
    let plain = plain(formula, sheet)?;
    let mut parser = Parser { chars: plain.chars().peekable(), depth: 0 };
    let sum = parser.sum()?;
    parser.chars.next().is_none().then_some(sum)
}

/// The formula in one writing: no blanks, no `$`, no brackets of ods around references, no name of its own sheet.
fn plain(formula: &str, sheet: &str) -> Option<String> {
    let mut text: String = formula.chars().filter(|c| !c.is_whitespace() && *c != '$').collect();
    for space in ["of:", "oooc:", "msoxl:"] {
        if let Some(rest) = text.strip_prefix(space) {
            text = rest.to_owned();
        }
    }
    text = text.trim_start_matches('=').to_uppercase();
    let name: String = sheet.chars().filter(|c| !c.is_whitespace() && *c != '$').collect::<String>().to_uppercase();
    if !name.is_empty() {
        for own in [format!("'{name}'!"), format!("{name}!"), format!("'{name}'."), format!("[{name}.")] {
            text = text.replace(&own, if own.starts_with('[') { "[" } else { "" });
        }
    }
    let text = text.replace("[.", "").replace(":.", ":").replace(['[', ']'], "");
    // What is left of another sheet's name is no sum of this sheet's cells.
    (!text.contains(['!', '\'', '"'])).then_some(text)
}

struct Parser<'a> {
    chars: Peekable<Chars<'a>>,
    depth: usize,
}

impl Parser<'_> {
    fn sum(&mut self) -> Option<Sum> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut sum = Sum::default();
        let mut minus = self.sign().unwrap_or(false);
        loop {
            sum = sum.and(self.term()?, minus);
            match self.sign() {
                Some(sign) => minus = sign,
                None => break,
            }
        }
        self.depth -= 1;
        Some(sum)
    }

    /// Whether a sign that stands here is a minus; `None` where none stands.
    fn sign(&mut self) -> Option<bool> {
        self.chars.next_if(|c| matches!(c, '+' | '-')).map(|c| c == '-')
    }

    fn term(&mut self) -> Option<Sum> {
        if self.chars.next_if_eq(&'(').is_some() {
            let inner = self.sum()?;
            return self.chars.next_if_eq(&')').map(|_| inner);
        }
        let letters = self.take(|c| c.is_ascii_alphabetic());
        if letters == "SUM" && self.chars.next_if_eq(&'(').is_some() {
            return self.arguments();
        }
        let cell = self.cell(&letters)?;
        (self.chars.peek() != Some(&':')).then(|| Sum::of(Operand::Cell(cell)))
    }

    fn arguments(&mut self) -> Option<Sum> {
        let mut sum = Sum::default();
        loop {
            let argument = self.argument()?;
            sum = sum.and(argument, false);
            match self.chars.next()? {
                ',' | ';' => {}
                ')' => return Some(sum),
                _ => return None,
            }
        }
    }

    /// An area or a cell, else a sum.
    fn argument(&mut self) -> Option<Sum> {
        let before = self.chars.clone();
        if let Some(area) = self.area()
            && matches!(self.chars.peek(), Some(',' | ';' | ')'))
        {
            return Some(Sum::of(Operand::Area(area)));
        }
        self.chars = before;
        self.sum()
    }

    fn area(&mut self) -> Option<Area> {
        let letters = self.take(|c| c.is_ascii_alphabetic());
        let (r1, c1) = self.cell(&letters)?;
        if self.chars.next_if_eq(&':').is_none() {
            return Some(Area { top: r1, left: c1, bottom: r1, right: c1 });
        }
        let letters = self.take(|c| c.is_ascii_alphabetic());
        let (r2, c2) = self.cell(&letters)?;
        Some(Area { top: r1.min(r2), left: c1.min(c2), bottom: r1.max(r2), right: c1.max(c2) })
    }

    /// The cell that the letters of a column and the digits that follow name.
    fn cell(&mut self, letters: &str) -> Option<Position> {
        let digits = self.take(|c| c.is_ascii_digit());
        Some((digits.parse::<u32>().ok()?.checked_sub(1)?, column(letters)?))
    }

    fn take(&mut self, wanted: impl Fn(char) -> bool) -> String {
        let mut text = String::new();
        while let Some(c) = self.chars.next_if(|c| wanted(*c)) {
            text.push(c);
        }
        text
    }
}

/// The number of a column, from 0.
fn column(letters: &str) -> Option<u32> {
    // XFD is the last one there is.
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let number = letters.bytes().fold(0, |sum, letter| 26 * sum + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    Some(number - 1)
}

fn letters(mut column: u32) -> String {
    let mut name = vec![];
    loop {
        name.push(char::from(b'A' + (column % 26) as u8));
        match (column / 26).checked_sub(1) {
            Some(next) => column = next,
            None => return name.into_iter().rev().collect(),
        }
    }
}

/// A shared formula as it reads at another cell: references without `$` move along (ECMA-376 part 1, §18.3.1.40).
pub(crate) fn shifted(formula: &str, from: Position, to: Position) -> Option<String> {
    if formula.len() > LONGEST || formula.contains(['"', '\'']) {
        return None;
    }
    let (mut text, mut rest) = (String::new(), formula);
    while let Some(first) = rest.chars().next() {
        let word = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '$')).unwrap_or(rest.len());
        if word == 0 {
            text.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        text.push_str(&reference_shifted(&rest[..word], from, to).unwrap_or_else(|| rest[..word].to_owned()));
        rest = &rest[word..];
    }
    Some(text)
}

fn reference_shifted(word: &str, from: Position, to: Position) -> Option<String> {
    let (fixed_col, word) = word.strip_prefix('$').map_or((false, word), |rest| (true, rest));
    let split = word.find(|c: char| !c.is_ascii_alphabetic())?;
    let (col, row) = (column(&word[..split])?, &word[split..]);
    let (fixed_row, row) = row.strip_prefix('$').map_or((false, row), |rest| (true, rest));
    let row = row.parse::<u32>().ok()?.checked_sub(1)?;
    let moved = |at: u32, fixed: bool, from: u32, to: u32| {
        if fixed { Some(at) } else { u32::try_from(i64::from(at) + i64::from(to) - i64::from(from)).ok() }
    };
    let (row, col) = (moved(row, fixed_row, from.0, to.0)?, moved(col, fixed_col, from.1, to.1)?);
    Some(format!("{}{}", letters(col), row + 1))
}

#[cfg(test)]
mod tests {
    use super::super::sum::Term;
    use super::*;

    fn area(top: u32, left: u32, bottom: u32, right: u32) -> Operand {
        Operand::Area(Area { top, left, bottom, right })
    }

    #[test]
    fn sums_are_read_in_both_writings() {
        let plus = |operand| Term { minus: false, operand };
        let minus = |operand| Term { minus: true, operand };
        for formula in ["SUM(B4:B9)-C$7", "=sum($B$4:$B$9) - C7", "of:=SUM([.B4:.B9])-[.C7]", "SUM(表!B4:B9)-'表'!C7"]
        {
            let found = parse(formula, "表").unwrap().0;
            assert_eq!(found, [plus(area(3, 1, 8, 1)), minus(Operand::Cell((6, 2)))], "{formula}");
        }
        let found = parse("-(B4+C4)-SUM(D4,E4:F4)", "表").unwrap().0;
        let cells = [(3, 1), (3, 2)].map(|at| minus(Operand::Cell(at)));
        assert_eq!(found, [cells[0], cells[1], minus(area(3, 3, 3, 3)), minus(area(3, 4, 3, 5))]);
    }

    #[test]
    fn nothing_else_is_reckoned() {
        for formula in [
            "B4*2",
            "ROUND(B4,2)",
            "SUM(B:B)",
            "80+3.17",
            "B4:B9",
            "SUM(Sheet2!B4:B9)",
            "IF(A1,B4,C4)",
            "SUM(B4:B9",
            "",
            "B4+\"1\"",
        ] {
            assert_eq!(parse(formula, "表"), None, "{formula}");
        }
        assert_eq!(parse(&"(".repeat(500), "表"), None);
    }

    #[test]
    fn shared_formulas_move_along() {
        let moved = |formula| shifted(formula, (8, 2), (9, 3));
        assert_eq!(moved("C4+C8").as_deref(), Some("D5+D9"));
        assert_eq!(moved("SUM($C$4:C8)-C$7").as_deref(), Some("SUM(C4:D9)-D7"));
        assert_eq!(shifted("A1", (1, 1), (0, 0)).as_deref(), Some("A1"));
        assert_eq!(letters(26), "AA");
    }
}
