//! A format code's characters, put together to sections.

use super::section::{Condition, Operator, Section};
use crate::sheet::colour::Colour;
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
    /// The same letter so far in a row.
    run: (char, usize),
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
                self.section.ink.push(c);
            }
            ' ' => {}
            _ => {
                self.calendar(c);
                self.literal(c.encode_utf8(&mut [0; 4]));
            }
        }
    }

    /// Letters that are dates where no number stands: `m`, `aaa` (weekday), `e` and `ggg` (era).
    fn calendar(&mut self, c: char) {
        let letter = c.to_ascii_lowercase();
        self.run = if self.run.0 == letter { (letter, self.run.1 + 1) } else { (letter, 1) };
        self.section.calendar_letters |= matches!(self.run, ('m' | 'e', _) | ('a' | 'g', 3..));
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
            self.section.drawn_decimals += 1;
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
        self.section.ink.push_str(text.trim());
        let speaks = |c: char| c.is_alphabetic() || c.is_ascii_digit() || is_currency(c) || c == '‰';
        if text.chars().any(speaks) {
            self.literal.push_str(text.trim());
        }
    }

    /// `[$US$-409]`: the sign of a currency and a language; this one's own signs say nothing that isn't known.
    fn currency(&mut self, inner: &str) {
        let sign = inner.split_once('-').map_or(inner, |(sign, _)| sign).trim();
        if matches!(sign, "" | "¥" | "￥" | "CNY" | "RMB") {
            self.section.ink.push_str(sign);
            return;
        }
        self.section.ink.push_str(sign);
        self.literal.push_str(sign);
    }

    /// Locales say nothing; a comparison chooses the section.
    fn bracket(&mut self, inner: &str) {
        if let Some(currency) = inner.strip_prefix('$') {
            return self.currency(currency);
        }
        if !inner.is_empty() && inner.chars().all(|c| matches!(c, 'h' | 'H' | 'm' | 'M' | 's' | 'S')) {
            self.section.date_letters = true;
            self.section.elapsed = true;
            return;
        }
        if let Some(colour) = named_colour(inner) {
            self.section.colour = Some(colour);
            return;
        }
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
        self.section.prefix = std::mem::take(&mut self.literal);
    }

    fn finish(mut self) -> Section {
        let words = std::mem::take(&mut self.literal);
        if self.section.has_placeholders() || self.section.general {
            self.section.suffix = words;
        }
        self.section.scale = 3 * self.commas + i32::try_from(self.section.drawn_decimals).unwrap_or(i32::MAX);
        self.section
    }
}

/// Signs of currencies other than ￥, which stands before any amount.
pub(crate) fn is_currency(c: char) -> bool {
    matches!(c, '$' | '＄' | '€' | '£' | '￡' | '¢' | '₩' | '￦' | '\u{20a0}'..='\u{20c0}' | '฿' | '៛' | '﷼')
}

/// A colour that a section names, `[White]` or `[Color 2]`, in the languages that programs here write.
fn named_colour(name: &str) -> Option<Colour> {
    let name = name.trim().to_lowercase();
    let named = ["black", "white", "red", "green", "blue", "yellow", "magenta", "cyan"];
    let here = ["黑色", "白色", "红色", "绿色", "蓝色", "黄色", "洋红", "青色"];
    let place = named.iter().position(|n| *n == name).or_else(|| here.iter().position(|n| *n == name));
    let number = || name.strip_prefix("color").or_else(|| name.strip_prefix("颜色"))?.trim().parse::<usize>().ok();
    Colour::indexed(place.or_else(|| number()?.checked_sub(1))? + 8)
}
