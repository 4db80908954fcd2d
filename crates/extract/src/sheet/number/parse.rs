//! A format code's characters, put together to sections.

use super::section::{Condition, Operator, Section};
use std::iter::Peekable;
use std::str::Chars;

pub(super) fn parse_section(chars: &mut Peekable<Chars<'_>>) -> (Section, bool) {
    let mut progress = Progress::default();
    while let Some(c) = chars.next() {
        match c {
            ';' => return (progress.finish(), true),
            '"' => {
                let quoted: String = chars.by_ref().take_while(|c| *c != '"').collect();
                progress.literal(&quoted);
            }
            '\\' | '!' => {
                if let Some(escaped) = chars.next() {
                    progress.literal(escaped.encode_utf8(&mut [0; 4]));
                }
            }
            '_' | '*' => {
                chars.next();
            }
            '[' => {
                let inner: String = chars.by_ref().take_while(|c| *c != ']').collect();
                progress.bracket(&inner);
            }
            'G' | 'g' => progress.general(chars),
            _ => progress.plain(c, chars.peek().copied()),
        }
    }
    (progress.finish(), false)
}

/// What has been seen of a section while it is read.
#[derive(Default)]
struct Progress {
    section: Section,
    in_fraction: bool,
    exponent: bool,
    /// A point that is only drawn, `0!.0`: digits after it belong to the whole part.
    drawn_point: bool,
    drawn_decimals: i32,
    /// Commas after the last digit so far: each divides by a thousand unless another digit follows.
    commas: i32,
    literal: String,
}

impl Progress {
    fn plain(&mut self, c: char, next: Option<char>) {
        match c {
            '0' | '#' | '?' => self.digit(c),
            '.' => self.in_fraction = true,
            ',' => self.commas += 1,
            '%' => self.section.percents = self.section.percents.saturating_add(1),
            'E' | 'e' if matches!(next, Some('+' | '-')) => {
                self.exponent = true;
                self.section.other_placeholders = true;
            }
            '@' => {
                self.section.general = true;
                self.section.text = true;
            }
            'y' | 'Y' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => {
                self.section.date_letters = true;
                self.section.ink = true;
            }
            ' ' => {}
            _ => self.literal(c.encode_utf8(&mut [0; 4])),
        }
    }

    fn digit(&mut self, placeholder: char) {
        if self.commas > 0 {
            self.section.other_placeholders = true;
            self.commas = 0;
        }
        if !self.literal.is_empty() {
            let words = std::mem::take(&mut self.literal);
            if !self.section.has_placeholders() {
                self.section.prefix = words;
            }
        }
        if self.exponent {
            return;
        }
        if self.drawn_point {
            self.drawn_decimals += 1;
            self.section.other_placeholders = true;
        } else if self.in_fraction {
            self.section.decimals += 1;
        } else if placeholder == '0' {
            self.section.whole_zeros += 1;
        } else {
            self.section.other_placeholders = true;
        }
    }

    fn literal(&mut self, text: &str) {
        if matches!(text, "." | "．" | "·") && self.section.has_placeholders() && !self.in_fraction {
            self.drawn_point = true;
            return;
        }
        self.section.ink |= !text.trim().is_empty();
        if text.chars().any(char::is_alphabetic) {
            self.literal.push_str(text.trim());
        }
    }

    /// Colours and locales say nothing; a comparison chooses the section.
    fn bracket(&mut self, inner: &str) {
        let operators = [
            ("<>", Operator::NotEqual),
            ("<=", Operator::LessOrEqual),
            (">=", Operator::GreaterOrEqual),
            ("<", Operator::Less),
            (">", Operator::Greater),
            ("=", Operator::Equal),
        ];
        let found = operators.into_iter().find_map(|(sign, operator)| Some((inner.strip_prefix(sign)?, operator)));
        if let Some((limit, operator)) = found
            && let Ok(limit) = limit.trim().parse()
        {
            self.section.condition = Some(Condition { operator, limit });
        }
    }

    /// `General`, which Chinese versions also write as `G/通用格式`.
    fn general(&mut self, chars: &mut Peekable<Chars<'_>>) {
        let rest: String = chars.clone().take(6).collect();
        let length = if rest.eq_ignore_ascii_case("eneral") {
            6
        } else if rest.starts_with("/通用格式") {
            5
        } else {
            0
        };
        if length == 0 {
            return self.literal("G");
        }
        for _ in 0..length {
            chars.next();
        }
        self.section.general = true;
    }

    fn finish(mut self) -> Section {
        self.section.suffix = std::mem::take(&mut self.literal);
        self.section.scale = 3 * self.commas + self.drawn_decimals;
        self.section
    }
}
