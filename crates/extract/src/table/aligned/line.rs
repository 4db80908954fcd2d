//! Pieces of text on lines, as printed tables in alphabetic scripts set them: words parted by blanks, cells by more.

use crate::geometry::Rect;
use crate::page::{Direction, Glyph};

/// Gap (in font sizes) between two glyphs that is a blank between words. A space is a quarter em or a little less.
const BLANK: f64 = 0.15;
/// Gap that parts two texts. Justified text rarely opens its blanks further.
const TEXT_GAP: f64 = 0.95;
/// Gap that parts a number from what stands beside it: dense tables leave hardly more than a blank.
const VALUE_GAP: f64 = 0.42;
/// Dots this far apart still are one leader.
const LEADER_GAP: f64 = 1.6;
/// Glyphs are on one line when they overlap by this share of the smaller one's height.
const LEVEL: f64 = 0.6;
/// Dots in a row that lead the eye; fewer are an ellipsis.
const LEADER: usize = 4;

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Words.
    Words,
    /// A number.
    Value,
    /// A number that may be a year, in a head as well as in the body.
    Year,
    /// What is printed where there is no number: a dash, dots, (NA).
    Blank,
}

/// Text of one cell on one line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// Indices of its glyphs, left to right.
    pub(super) glyphs: Vec<usize>,
    pub(super) bbox: Rect,
    pub(super) size: f64,
    pub(super) text: String,
    pub(super) kind: Kind,
    /// Whether it ends in dots that lead the eye to the right.
    pub(super) leader: bool,
    /// Blanks between its words: index of the glyph behind, left and right end.
    pub(super) blanks: Vec<(usize, f64, f64)>,
}

impl Piece {
    /// Whether it stands where tables print numbers.
    pub(super) fn is_value(&self) -> bool {
        self.kind != Kind::Words
    }

    /// Takes in a piece to its right.
    pub(super) fn absorb(&mut self, other: &Self) {
        let before = self.glyphs.len();
        if other.bbox.x0 - self.bbox.x1 > BLANK * other.size {
            self.blanks.push((before, self.bbox.x1, other.bbox.x0));
            self.text.push(' ');
        }
        self.blanks.extend(other.blanks.iter().map(|&(at, a, b)| (before + at, a, b)));
        self.glyphs.extend(&other.glyphs);
        self.bbox = self.bbox.union(&other.bbox);
        self.size = self.size.max(other.size);
        self.text.push_str(&other.text);
        self.kind = kind_of(&self.text);
        self.leader = other.leader;
    }
}

/// A word behind a blank.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) x0: f64,
    pub(super) x1: f64,
    /// Width of the blank before it.
    pub(super) blank: f64,
    pub(super) number: bool,
    /// Whether the blank is inside a piece.
    pub(super) inner: bool,
}

impl Piece {
    /// Its words other than the first.
    pub(super) fn words(&self) -> Vec<Word> {
        let texts: Vec<&str> = self.text.split(' ').skip(1).collect();
        let ends = self.blanks.iter().skip(1).map(|b| b.1).chain([self.bbox.x1]);
        let word = |((blank, x1), text): ((&(usize, f64, f64), f64), &&str)| {
            let number = matches!(kind_of(text), Kind::Value | Kind::Year);
            Word { x0: blank.2, x1, blank: blank.2 - blank.1, number, inner: true }
        };
        self.blanks.iter().zip(ends).zip(&texts).map(word).collect()
    }

    /// Cuts before the words that `at` names.
    pub(super) fn cut(self, at: impl Fn(&Word) -> bool) -> Vec<Self> {
        let words = self.words();
        let cuts: Vec<(usize, f64, f64)> =
            self.blanks.iter().zip(&words).filter(|(_, w)| at(w)).map(|(b, _)| *b).collect();
        if cuts.is_empty() || self.leader || words.len() != self.blanks.len() {
            return vec![self];
        }
        let texts: Vec<&str> = self.text.split(' ').collect();
        let ends = cuts.iter().copied().chain([(self.glyphs.len(), self.bbox.x1, f64::INFINITY)]);
        let mut out = Vec::new();
        let (mut from, mut left) = (0, self.bbox.x0);
        for (to, right, next) in ends {
            let inner: Vec<(usize, f64, f64)> =
                self.blanks.iter().filter(|b| b.0 > from && b.0 < to).copied().collect();
            let skipped = self.blanks.iter().filter(|b| b.0 <= from).count();
            let text = texts.iter().skip(skipped).take(inner.len() + 1).copied().collect::<Vec<&str>>().join(" ");
            out.push(Self {
                glyphs: self.glyphs[from..to].to_vec(),
                bbox: Rect::new(left, self.bbox.y0, right, self.bbox.y1),
                size: self.size,
                kind: kind_of(&text),
                text,
                leader: false,
                blanks: inner.iter().map(|b| (b.0 - from, b.1, b.2)).collect(),
            });
            (from, left) = (to, next);
        }
        out
    }
}

/// Pieces on one line, left to right.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) pieces: Vec<Piece>,
    pub(super) bbox: Rect,
    /// Font size of most of its text.
    pub(super) size: f64,
}

impl Line {
    /// Whether it holds a number beside something else.
    pub(super) fn is_strong(&self) -> bool {
        self.pieces.len() >= 2 && self.pieces.iter().any(Piece::is_value)
    }

    /// Whether it holds a number that is no year, or what stands for a number.
    pub(super) fn has_value(&self) -> bool {
        self.pieces.iter().any(|p| matches!(p.kind, Kind::Value | Kind::Blank))
    }
}

/// The lines that the glyphs of `chosen` make, top to bottom.
pub(super) fn lines(glyphs: &[Glyph], chosen: &[usize]) -> Vec<Line> {
    levels(glyphs, chosen).into_iter().filter_map(|level| line(glyphs, &level)).collect()
}

/// Rows of dashes and the like that printers draw for rules; these are no text.
pub(super) fn is_drawn_rule(piece: &Piece) -> bool {
    let mut marks = piece.text.chars().filter(|c| *c != ' ').peekable();
    marks.peek().is_some() && piece.text.len() >= 5 && marks.all(|c| "-_=—–―─═".contains(c))
}

/// Glyphs that stand for vertical rules: colons or bars at one place of many lines, with a blank at least on one side.
pub(super) fn drawn_uprights(glyphs: &[Glyph], chosen: &[usize]) -> Vec<usize> {
    const LEAST: usize = 5;
    let mut marks: Vec<usize> = Vec::new();
    for level in levels(glyphs, chosen) {
        for (at, &index) in level.iter().enumerate() {
            let glyph = &glyphs[index];
            if !matches!(glyph.text.as_str(), ":" | "|" | "!" | "│" | "¦") {
                continue;
            }
            let blank = 0.3 * glyph.size;
            let left = at.checked_sub(1).is_none_or(|i| glyph.bbox.x0 - glyphs[level[i]].bbox.x1 > blank);
            let right = level.get(at + 1).is_none_or(|&i| glyphs[i].bbox.x0 - glyph.bbox.x1 > blank);
            // A colon behind a label has a blank behind it as well; a rule has blanks before it on most lines.
            if left || right {
                marks.push(index);
            }
        }
    }
    let x = |i: usize| glyphs[i].bbox.center_x();
    let near = |a: usize, b: usize| (x(a) - x(b)).abs() < 0.1 * glyphs[a].size && glyphs[a].text == glyphs[b].text;
    let column = |a: usize| marks.iter().filter(|&&b| near(a, b)).count();
    marks.iter().copied().filter(|&i| column(i) >= LEAST).collect()
}

/// Whether a glyph stands upright and has a place.
pub(super) fn is_upright(glyph: &Glyph) -> bool {
    let b = &glyph.bbox;
    glyph.direction == Direction::Right && [b.x0, b.y0, b.x1, b.y1, glyph.size].iter().all(|v| v.is_finite())
}

/// Groups glyphs by level, each level from left to right.
fn levels(glyphs: &[Glyph], chosen: &[usize]) -> Vec<Vec<usize>> {
    let mut order = chosen.to_vec();
    // The largest come first, so that raised marks join the line that they were raised from.
    let middle = |i: &usize| glyphs[*i].bbox.center_y();
    order.sort_by(|a, b| middle(a).total_cmp(&middle(b)).then(a.cmp(b)));
    let mut out: Vec<(Rect, Vec<usize>)> = Vec::new();
    for index in order {
        let own = glyphs[index].bbox;
        let fits = |band: &Rect| band.overlap_y(&own) > LEVEL * band.height().min(own.height());
        match out.iter_mut().rev().take(3).find(|(band, _)| fits(band)) {
            Some((band, list)) => {
                if own.height() > 1.2 * band.height() {
                    *band = own;
                }
                list.push(index);
            }
            None => out.push((own, vec![index])),
        }
    }
    out.sort_by(|a, b| a.0.center_y().total_cmp(&b.0.center_y()));
    let left = |i: &usize| glyphs[*i].bbox.x0;
    let mut levels: Vec<Vec<usize>> = out.into_iter().map(|(_, list)| list).collect();
    for level in &mut levels {
        level.sort_by(|a, b| left(a).total_cmp(&left(b)).then(a.cmp(b)));
    }
    levels
}

/// Cuts a level into pieces.
fn line(glyphs: &[Glyph], level: &[usize]) -> Option<Line> {
    let mut pieces: Vec<Piece> = Vec::new();
    for word in words(glyphs, level) {
        match pieces.last_mut() {
            Some(last) if belongs(last, &word) => {
                last.absorb(&word);
            }
            _ => pieces.push(word),
        }
    }
    join_signs(&mut pieces);
    let bbox = pieces.iter().map(|p| p.bbox).reduce(|a, b| a.union(&b))?;
    let mut sizes: Vec<f64> = level.iter().map(|&i| glyphs[i].size).collect();
    sizes.sort_by(f64::total_cmp);
    Some(Line { pieces, bbox, size: sizes.get(sizes.len() / 2).copied().unwrap_or(1.0).max(1.0) })
}

/// The words of a level: glyphs without a blank between them; dots of a leader apart from a number behind them.
fn words(glyphs: &[Glyph], level: &[usize]) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for (at, &index) in level.iter().enumerate() {
        let glyph = &glyphs[index];
        let size = glyph.size.max(1.0);
        // The point of .5 is the number's, not the leader's before it.
        let next = level.get(at + 1).map(|&i| &glyphs[i]);
        let point = next.is_some_and(|n| is_digit(&n.text) && n.bbox.x0 - glyph.bbox.x1 <= BLANK * size);
        let goes_on = out.last().is_some_and(|last: &Piece| {
            let gap = (glyph.bbox.x0 - last.bbox.x1) / last.size.max(size);
            let dots = ends_in_dots(&last.text, 1) && is_dot(&glyph.text) && gap <= LEADER_GAP && !point;
            // Dots that touch a digit may be its point: then the two stay together, and no number is read.
            let ends =
                ends_in_dots(&last.text, LEADER) && !is_dot(&glyph.text) && (gap > 0.05 || !is_digit(&glyph.text));
            (dots || gap <= BLANK) && !ends
        });
        let word = Piece {
            glyphs: vec![index],
            bbox: glyph.bbox,
            size,
            text: glyph.text.clone(),
            kind: kind_of(&glyph.text),
            leader: false,
            blanks: Vec::new(),
        };
        match out.last_mut() {
            Some(last) if goes_on => {
                last.absorb(&word);
                last.leader = ends_in_dots(&last.text, LEADER);
            }
            _ => out.push(word),
        }
    }
    out
}

/// Whether a word goes on with the piece to its left.
fn belongs(last: &Piece, word: &Piece) -> bool {
    let gap = (word.bbox.x0 - last.bbox.x1) / last.size.max(word.size);
    if last.leader {
        return false;
    }
    if word.leader || is_dot(&word.text) {
        return gap <= LEADER_GAP && last.kind == Kind::Words;
    }
    let value = |p: &Piece| matches!(p.kind, Kind::Value | Kind::Year);
    // The last word of the piece so far decides, not the piece: 2010 after March belongs to the date.
    let before = last.text.rsplit(' ').next().unwrap_or("");
    let two_numbers = value(word) && (matches!(kind_of(before), Kind::Value | Kind::Year) || last.is_value());
    let both_decimal = before.contains('.') && word.text.contains('.');
    let limit = match (two_numbers, both_decimal) {
        (true, true) => BLANK,
        (true, false) => VALUE_GAP,
        _ => TEXT_GAP,
    };
    gap <= limit
}

/// Signs set in a column of their own belong to their number: $ to the one at its right, % to the one at its left.
pub(super) fn join_signs(pieces: &mut Vec<Piece>) {
    let mut index = 0;
    while index + 1 < pieces.len() {
        let (a, b) = (&pieces[index], &pieces[index + 1]);
        let gap = (b.bbox.x0 - a.bbox.x1) / b.size;
        let currency = !a.text.is_empty() && a.text.chars().all(|c| "$€£¥￥".contains(c));
        let percent = b.text.chars().all(|c| "%)".contains(c)) && gap <= 2.0;
        let joins = currency && b.is_value() && gap <= 8.0 || percent && a.is_value() && a.kind != Kind::Blank;
        if joins {
            let next = pieces.remove(index + 1);
            pieces[index].absorb(&next);
        } else {
            index += 1;
        }
    }
}

fn is_digit(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit())
}

fn is_dot(text: &str) -> bool {
    matches!(text, "." | "…" | "·" | "．" | "‥" | "∙")
}

/// Whether a text ends in at least so many dots (an ellipsis counts three).
fn ends_in_dots(text: &str, least: usize) -> bool {
    let mut dots = 0;
    for c in text.chars().rev().filter(|c| *c != ' ') {
        match c {
            '.' | '·' | '．' | '∙' => dots += 1,
            '…' => dots += 3,
            '‥' => dots += 2,
            _ => break,
        }
    }
    dots >= least
}

/// Tells numbers, years and what stands for a number from words.
pub(super) fn kind_of(text: &str) -> Kind {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let letters = compact.chars().filter(|c| c.is_alphabetic()).count();
    let digits = compact.chars().filter(char::is_ascii_digit).count();
    if digits == 0 {
        return if is_placeholder(&compact, letters) { Kind::Blank } else { Kind::Words };
    }
    let marks = ".,%+-−–—()[]*†‡$€£¥/:<>≤≥±~’'";
    let plain = compact.chars().all(|c| c.is_ascii_digit() || c.is_alphabetic() || marks.contains(c) || is_raised(c));
    // One or two letters beside the digits mark a note (r for revised, e for estimated).
    // Before the digits only one may stand: FY 2010 and Q1 2010 name columns.
    let leading = compact.chars().take_while(|c| c.is_alphabetic()).count();
    let named = leading > 1 || leading == 1 && text.trim().contains(' ');
    if !plain || named || letters > 2 || letters > 0 && letters >= digits {
        return Kind::Words;
    }
    if is_year(&compact) { Kind::Year } else { Kind::Value }
}

fn is_raised(c: char) -> bool {
    matches!(c, '⁰' | '¹' | '²' | '³' | '⁴'..='⁹')
}

/// A dash or dots alone, or what statistics print for "not available".
fn is_placeholder(compact: &str, letters: usize) -> bool {
    let dashes = !compact.is_empty() && compact.chars().all(|c| "-–—−.…*".contains(c));
    let bracketed = compact.starts_with('(') && compact.ends_with(')') && letters <= 2;
    let named = ["n.a.", "na", "n/a", "n.a", "nil", "n.d."].contains(&compact.to_lowercase().as_str());
    dashes && compact.chars().count() <= 6 || bracketed && letters > 0 || named
}

/// 1990, 2010-11, 1999–2003, 2008p.
fn is_year(compact: &str) -> bool {
    let head: String = compact.chars().take_while(char::is_ascii_digit).collect();
    let year = |s: &str| s.len() == 4 && s.parse::<u32>().is_ok_and(|y| (1800..2100).contains(&y));
    let rest = compact[head.len()..].trim_start_matches(['-', '–', '/', '—']);
    let tail_year = year(rest) || rest.len() == 2 && rest.chars().all(|c| c.is_ascii_digit());
    let marked = rest.chars().count() <= 1 && !rest.contains('%') && !rest.contains(',') && !rest.contains('.');
    year(&head) && (rest.is_empty() || tail_year || marked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_years_and_placeholders() {
        for text in ["1,234", "12.5%", "(3)", "-4", "1,234r", "$12", "0", "+2.5", "16-19"] {
            assert_eq!(kind_of(text), Kind::Value, "{text}");
        }
        for text in ["1990", "2011-2015", "1999–00", "2010p"] {
            assert_eq!(kind_of(text), Kind::Year, "{text}");
        }
        for text in ["-", "–", "...", "(NA)", "(X)", "n.a.", "*"] {
            assert_eq!(kind_of(text), Kind::Blank, "{text}");
        }
        for text in ["March 2011", "Total", "PG-13x", "14 to 17 years old", "$", "FY 2010", "Q1 2010"] {
            assert_eq!(kind_of(text), Kind::Words, "{text}");
        }
    }
}
