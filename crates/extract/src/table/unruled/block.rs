//! Pieces of text on a line, and the blocks that the lines of one cell make.

use crate::model::{Direction, Glyph, Rect};
use crate::table::numbers::is_number;
use crate::text::figures;

/// A gap wider than this many font sizes parts two texts on a line. Blanks between words reach about 0.5 in justified
/// text; cells keep at least a character's width apart.
const WORD_GAP: f64 = 0.8;
/// A gap wider than this many font sizes parts a number from a word; a blank inside a text is a quarter.
const AMOUNT_GAP: f64 = 0.4;
/// Lines of one cell stand at most this many font sizes apart (from box to box): a line height of 1.6.
const LEADING: f64 = 0.6;
/// Lines of a code broken for want of room stand closer (font sizes) than two numbers …
const CODE_LEADING: f64 = 0.4;
/// … and a code has at least so many characters.
const CODE: usize = 8;
/// Numbers of one line that were drawn apart from each other are two where they stand further apart than this (font sizes):
/// the digits of one touch. So are words.
const DRAWN_APART: f64 = 0.15;
/// Texts on one line, or below each other, overlap by at most this (font sizes).
const OVERLAP: f64 = 0.5;
/// Share of the smaller height that texts of one line have in common.
const SAME_LINE: f64 = 0.6;
/// Lines of one cell differ in size by less than this share.
const SAME_SIZE: f64 = 0.1;
/// Share of the narrower width that lines of one cell have in common.
const STACKED: f64 = 0.5;
/// A character at least so wide (font sizes) …
const WIDE: f64 = 0.8;
/// … goes on behind a blank of its own width, give or take.
const WIDE_BLANK: f64 = 1.15;
/// Digits of a page number, with the number of pages.
const FOLIO: usize = 6;
/// Dots that lead the eye; fewer are an ellipsis.
const LEADER: usize = 4;

/// Text of one cell: one or more lines.
#[allow(clippy::struct_excessive_bools, reason = "each says one thing that its text is")]
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Block {
    /// Indices of its glyphs.
    pub(super) glyphs: Vec<usize>,
    /// Box of all its text.
    pub(super) bbox: Rect,
    /// Box of its last line.
    pub(super) last: Rect,
    /// Largest font size.
    pub(super) size: f64,
    /// Whether it is nothing but a number.
    pub(super) number: bool,
    /// The letters of a number.
    pub(super) figure: String,
    /// Number of lines.
    pub(super) lines: usize,
    /// Whether it holds a colon: a caption says 编号：…, a cell seldom does.
    pub(super) colon: bool,
    /// Whether it is a row of dots or dashes that leads the eye to a page number.
    pub(super) leader: bool,
    /// Whether it is a number as pages have one: 12, —12—, 第 12 页.
    pub(super) folio: bool,
    /// Marks between clauses in it: a cell's text seldom holds any, and hardly two cells of one row.
    pub(super) clauses: usize,
}

impl Block {
    /// Whether its text stands inside a box.
    pub(super) fn is_inside(&self, frame: &Rect) -> bool {
        frame.contains(self.bbox.center_x(), self.bbox.center_y())
    }

    /// Takes another block's text in.
    pub(super) fn absorb(&mut self, other: &Self) {
        let below = other.last.y0 > self.last.center_y();
        self.lines += if below { other.lines } else { 0 };
        self.last = if below { other.last } else { self.last.union(&other.last) };
        self.glyphs.extend(&other.glyphs);
        self.bbox = self.bbox.union(&other.bbox);
        self.size = self.size.max(other.size);
        self.number &= other.number;
        self.figure.push_str(&other.figure);
        self.colon |= other.colon;
        self.leader |= other.leader;
        self.folio &= other.folio;
        self.clauses += other.clauses;
    }
}

/// The pieces of text that stand together on a line, in drawing order.
pub(super) fn pieces(glyphs: &[Glyph]) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let upright = |g: &Glyph| g.direction == Direction::Right && is_finite(&g.bbox) && g.size.is_finite();
    for (index, glyph) in glyphs.iter().enumerate().filter(|(_, g)| upright(g)) {
        let piece = Block {
            glyphs: vec![index],
            bbox: glyph.bbox,
            last: glyph.bbox,
            size: glyph.size.max(Glyph::SMALLEST),
            lines: 1,
            ..Block::default()
        };
        match out.last_mut() {
            Some(last) if goes_on(last, &piece) && !parts_amount(last, &piece, glyphs) => last.absorb(&piece),
            _ => out.push(piece),
        }
    }
    let mut out = join_drawn_apart(&join_spaced(&out), glyphs);
    for piece in &mut out {
        describe(piece, glyphs);
    }
    out
}

/// A piece in two: its first `at` glyphs, and the others.
pub(super) fn split(piece: &Block, at: usize, glyphs: &[Glyph]) -> Vec<Block> {
    let (left, right) = piece.glyphs.split_at(at.min(piece.glyphs.len()));
    [left, right].into_iter().filter_map(|part| piece_of(part, glyphs)).collect()
}

fn piece_of(part: &[usize], glyphs: &[Glyph]) -> Option<Block> {
    let own = || part.iter().filter_map(|&i| glyphs.get(i));
    let bbox = own().map(|g| g.bbox).reduce(|a, b| a.union(&b))?;
    let size = own().map(|g| g.size).fold(Glyph::SMALLEST, f64::max);
    let mut piece = Block { glyphs: part.to_vec(), bbox, last: bbox, size, lines: 1, ..Block::default() };
    describe(&mut piece, glyphs);
    Some(piece)
}

/// Whether a box has numbers for all its edges (a broken file's may not).
fn is_finite(b: &Rect) -> bool {
    [b.x0, b.y0, b.x1, b.y1].iter().all(|v| v.is_finite())
}

/// Whether glyphs make more than `most` pieces, seen in drawing order.
pub(super) fn is_crowded(glyphs: &[Glyph], most: usize) -> bool {
    let apart = |pair: &&[Glyph]| {
        let gap = pair[1].bbox.x0 - pair[0].bbox.x1;
        let size = pair[0].size.max(pair[1].size).max(Glyph::SMALLEST);
        pair[0].bbox.overlap_y(&pair[1].bbox) <= 0.0 || !(-OVERLAP..=WORD_GAP).contains(&(gap / size))
    };
    glyphs.windows(2).filter(apart).count() > most
}

/// Whether a piece goes on on the same line.
fn goes_on(before: &Block, after: &Block) -> bool {
    let size = before.size.max(after.size);
    let gap = after.bbox.x0 - before.bbox.x1;
    is_level(before, after) && gap > -OVERLAP * size && gap <= WORD_GAP * size
}

fn is_level(a: &Block, b: &Block) -> bool {
    a.bbox.overlap_y(&b.bbox) > SAME_LINE * a.bbox.height().min(b.bbox.height())
}

/// Whether what follows an amount closely is the next cell's: 1,654.48 or 1,654 set flush right, and a name that
/// starts the next column or that column's amount. Words of one text stand closer.
fn parts_amount(before: &Block, after: &Block, glyphs: &[Glyph]) -> bool {
    let gap = after.bbox.x0 - before.bbox.x1;
    if gap <= AMOUNT_GAP * before.size.max(after.size) {
        return false;
    }
    let cents = |text: &str| text.len() >= 4 && text.rfind('.') == Some(text.len() - 3);
    let grouped = |text: &str| text.contains(',') && figures::is_whole(text);
    let is_amount = |text: &str| is_number(text) && (cents(text) || grouped(text));
    let begins = after.glyphs.first().and_then(|&i| glyphs.get(i)).and_then(|g| g.text.chars().next());
    let text: String = before.glyphs.iter().filter_map(|&i| glyphs.get(i)).map(|g| g.text.as_str()).collect();
    begins.is_some_and(|c| !c.is_ascii() || c.is_ascii_digit() || c == '-') && text.is_ascii() && is_amount(&text)
}

/// Puts pieces together that stand together but were drawn apart (one font after the other).
fn join_drawn_apart(pieces: &[Block], glyphs: &[Glyph]) -> Vec<Block> {
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    order.sort_by(|&a, &b| pieces[a].bbox.x0.total_cmp(&pieces[b].bbox.x0).then(a.cmp(&b)));
    let mut joined: Vec<(usize, Block)> = Vec::new();
    for index in order {
        let piece = &pieces[index];
        let fits = |block: &Block| {
            goes_on(block, piece) && !parts_amount(block, piece, glyphs) && !are_two_cells(block, piece, glyphs)
        };
        match joined.iter_mut().find(|(_, block)| fits(block)) {
            Some((first, block)) => {
                block.absorb(piece);
                *first = (*first).min(index);
            }
            None => joined.push((index, piece.clone())),
        }
    }
    joined.sort_by_key(|(first, _)| *first);
    joined.into_iter().map(|(_, block)| block).collect()
}

/// Puts two lone characters together that one wide blank parts: 合　计. Three are the heads of narrow columns.
fn join_spaced(pieces: &[Block]) -> Vec<Block> {
    let spaced = |a: &Block, b: &Block| {
        let gap = (b.bbox.x0 - a.bbox.x1) / a.size.max(b.size);
        let lone = |b: &Block| b.glyphs.len() == 1 && b.bbox.width() > WIDE * b.size;
        lone(a) && lone(b) && is_level(a, b) && (WORD_GAP..=WIDE_BLANK).contains(&gap)
    };
    let mut out: Vec<Block> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        let pair = index.checked_sub(1).is_some_and(|before| spaced(&pieces[before], piece));
        let before = index.checked_sub(2).is_some_and(|at| spaced(&pieces[at], &pieces[at + 1]));
        let after = pieces.get(index + 1).is_some_and(|next| spaced(piece, next));
        match out.last_mut() {
            Some(last) if pair && !before && !after => last.absorb(piece),
            _ => out.push(piece.clone()),
        }
    }
    out
}

/// Whether two texts that were drawn apart are two cells', that nearly fill their cells: numbers, or words of one script. A
/// text whose fonts were drawn one after the other has its parts where the script changes.
fn are_two_cells(before: &Block, after: &Block, glyphs: &[Glyph]) -> bool {
    let number = |b: &Block| b.glyphs.iter().filter_map(|&i| glyphs.get(i)).all(|g| is_number_part(&g.text));
    let letter = |at: Option<&usize>| at.and_then(|&i| glyphs.get(i)).is_some_and(|g| is_ideograph(&g.text));
    let words = letter(before.glyphs.last()) && letter(after.glyphs.first());
    let apart = after.bbox.x0 - before.bbox.x1 > DRAWN_APART * before.size.max(after.size);
    apart && (words || number(before) && number(after))
}

fn is_ideograph(text: &str) -> bool {
    text.chars().all(|c| c.is_alphabetic() && !c.is_ascii())
}

fn is_number_part(text: &str) -> bool {
    text.chars().all(figures::is_number_part)
}

/// Notes what kind of text a piece is.
fn describe(piece: &mut Block, glyphs: &[Glyph]) {
    let text: String = piece.glyphs.iter().filter_map(|&i| glyphs.get(i)).map(|g| g.text.as_str()).collect();
    piece.number = is_number(&text);
    piece.figure = if piece.number { text.clone() } else { String::new() };
    piece.colon = text.contains(['：', ':']);
    let dots = text.chars().filter(|c| matches!(c, '.' | '…' | '·' | '．' | '⋯')).count();
    piece.clauses = text.chars().filter(|c| matches!(c, '，' | '；' | '。')).count();
    piece.folio = is_folio(&text);
    piece.leader = dots >= LEADER || text.contains("……");
}

/// Whether a text is a page number between dashes or with its words.
fn is_folio(text: &str) -> bool {
    let around = |c: char| c.is_whitespace() || "-—–―−·~第共页/／".contains(c);
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (1..=FOLIO).contains(&digits) && text.chars().all(|c| c.is_ascii_digit() || around(c))
}

/// Joins lines that were drawn one behind the other and stand below each other closely: the lines of one cell.
pub(super) fn blocks(pieces: Vec<Block>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    for piece in pieces {
        match out.last_mut() {
            Some(last) if is_next_line(last, &piece) => last.absorb(&piece),
            _ => out.push(piece),
        }
    }
    out
}

/// Whether a piece is the next line of a block.
fn is_next_line(block: &Block, piece: &Block) -> bool {
    let size = block.size.max(piece.size);
    let gap = piece.bbox.y0 - block.last.y1;
    let narrower = block.bbox.width().min(piece.bbox.width());
    // Numbers below each other are two; a code broken for want of room is one.
    let code = block.glyphs.len() >= CODE && gap <= CODE_LEADING * size;
    (!(block.number && piece.number) || code || are_parts(block, piece))
        && (block.size - piece.size).abs() < SAME_SIZE * size
        && gap > -OVERLAP * size
        && gap <= LEADING * size
        && piece.bbox.y0 > block.last.y0
        && block.bbox.overlap_x(&piece.bbox) > STACKED * narrower
}

/// Whether two numbers below each other are one that was too long for its column.
fn are_parts(block: &Block, piece: &Block) -> bool {
    figures::are_parts(&block.figure, &piece.figure) || figures::are_parted_cents(&block.figure, &piece.figure)
}
