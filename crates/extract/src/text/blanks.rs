//! Blanks: where do they belong, between the glyphs of a line and between the lines of a cell?

use super::figures::{
    are_parted_cents, is_digit, is_figure_part, is_number_part, is_separator, is_whole, may_be_parts,
};
use super::run::TextRun;
use crate::model::Direction;

/// Gaps (in font sizes) from which on they are blanks: behind a separator of a number, whose font draws it narrow …
const BEHIND_SEPARATOR: f64 = 1.0;
/// … between digits …
const BETWEEN_DIGITS: f64 = 0.35;
/// … between letters or digits …
const BETWEEN_LETTERS: f64 = 0.18;
/// … between other characters of ASCII …
const BETWEEN_SIGNS: f64 = 0.3;
/// … and beside a Chinese character.
const BESIDE_IDEOGRAPH: f64 = 0.8;
/// Lines of one figure stand at most this far (font sizes) apart, from box to box …
const LEADING: f64 = 0.9;
/// … and differ in size by no more than this share.
const SAME_SIZE: f64 = 0.1;
/// … or, where a comma hangs below the one and not the other, by this: a picture tells sizes by their ink.
const HANGING: f64 = 0.25;
/// Paddings on both sides of a cell differ by no more than this (points).
const ASIDE: f64 = 0.1;
/// The last digit of an amount with cents is missed sooner than so many digits' room is.
const CENT_ROOM: f64 = 2.0;
/// A line that had room for more than this (font sizes) was broken by its author.
const ROOM: f64 = 1.2;

/// Whether a gap of so many font sizes between two glyphs of a line is a blank. Blanks of the page itself are not
/// kept, since producers put them anywhere (between digits, behind every Chinese character).
pub(super) fn needs_space(before: &str, after: &str, gap: f64) -> bool {
    let (Some(a), Some(b)) = (before.chars().next_back(), after.chars().next()) else {
        return false;
    };
    if is_number_part(a) && is_number_part(b) {
        // 3, 296, 600: the gap after a separator is the font's, not a blank.
        return gap > if is_separator(a) { BEHIND_SEPARATOR } else { BETWEEN_DIGITS };
    }
    if a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric() {
        return gap > BETWEEN_LETTERS;
    }
    if a.is_ascii() && b.is_ascii() {
        return gap > BETWEEN_SIGNS;
    }
    gap > BESIDE_IDEOGRAPH
}

/// The room that a cell's lines have.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Room {
    /// Points along the text.
    pub(crate) width: f64,
    /// Left and right edge of the cell, where it is known.
    pub(crate) edges: Option<(f64, f64)>,
    /// Length of the longest line in the cells of its column.
    pub(crate) longest: f64,
}

/// Joins the lines of one cell.
///
/// No blank between Chinese characters. A number or code is put together again where the first line had no room for
/// more; where it had, the break was the author's and becomes a blank.
pub(crate) fn join_lines(lines: &[TextRun], room: &Room) -> String {
    let mut out = String::new();
    let mut previous: Option<&TextRun> = None;
    for line in lines {
        if let Some(last) = previous {
            let had_room = figure_had_room(last, line, room)
                || !is_cut(last, line) && room.width - extent(last) > ROOM * last.size;
            if separates(&out, &line.text, had_room) {
                out.push(' ');
            }
        }
        out.push_str(&line.text);
        previous = Some(line);
    }
    out
}

/// Whether two lines are figures that cannot be proven to be one: a figure breaks only where its column has no room for
/// more, and goes on at the pitch of a line in the same size.
fn figure_had_room(line: &TextRun, next: &TextRun, room: &Room) -> bool {
    let figure = |run: &TextRun| run.text.chars().all(is_figure_part) && run.text.chars().any(is_digit);
    let along = matches!(line.direction, Direction::Right | Direction::Left);
    if !(along && figure(line) && figure(next)) {
        return false;
    }
    // A separator is half as wide as a digit.
    let halves: usize = line.text.chars().map(|c| if is_separator(c) { 1 } else { 2 }).sum();
    let digit = 2.0 * extent(line) / halves.max(1) as f64;
    let group = next.text.chars().take_while(|c| is_digit(*c)).count().max(1);
    let piece = digit * if line.text.ends_with(is_separator) { group as f64 } else { 1.0 };
    let most = if are_parted_cents(&line.text, &next.text) { CENT_ROOM * piece } else { piece };
    // The padding is the same on both sides, so that what is left on one side alone is room.
    let aside = room.edges.map_or(0.0, |(x0, x1)| ((line.bbox.x0 - x0) - (x1 - line.bbox.x1)).abs());
    let apart = next.bbox.y0 - line.bbox.y1 > LEADING * line.size;
    let hanging = line.text.contains(',') != next.text.contains(',') && line.size > next.size;
    let other_size = (line.size - next.size).abs() > if hanging { HANGING } else { SAME_SIZE } * line.size;
    apart || other_size || !is_cut(line, next) && (room.longest - extent(line) >= piece || aside > most + ASIDE)
}

/// Whether a line is no figure alone and one with the next: 1,054,31 goes on, whatever room was left.
fn is_cut(line: &TextRun, next: &TextRun) -> bool {
    let figure = |run: &TextRun| run.text.chars().all(is_figure_part) && run.text.chars().any(is_digit);
    figure(line) && figure(next) && !is_whole(&line.text) && may_be_parts(&line.text, &next.text)
}

/// Length of a run along its direction.
fn extent(run: &TextRun) -> f64 {
    match run.direction {
        Direction::Right | Direction::Left => run.bbox.width(),
        Direction::Down | Direction::Up => run.bbox.height(),
    }
}

/// Whether a blank belongs between two joined lines.
pub(crate) fn separates(before: &str, after: &str, had_room: bool) -> bool {
    let (Some(a), Some(b)) = (before.chars().next_back(), after.chars().next()) else {
        return false;
    };
    let wordy = |c: char| c.is_ascii_alphanumeric();
    if is_number_part(a) && is_number_part(b) {
        return had_room || !reads_as_one(before, after);
    }
    if wordy(a) && wordy(b) {
        // Codes such as 51340022T000000278902 break anywhere, words only between words.
        let code = |s: &str| s.chars().any(|c| c.is_ascii_digit());
        let last_word = before.rsplit(|c: char| !wordy(c)).next().unwrap_or("");
        let first_word = after.split(|c: char| !wordy(c)).next().unwrap_or("");
        return had_room || !(code(last_word) && code(first_word));
    }
    if a == '-' && wordy(b) {
        return false;
    }
    a.is_ascii() && b.is_ascii() && (wordy(a) || wordy(b)) && had_room
}

/// Whether figures on both sides of a break may be one. Only what is nothing but figures is held to their form: a date
/// or a code with points has other rules.
fn reads_as_one(before: &str, after: &str) -> bool {
    let figure = |text: &str| text.chars().all(is_figure_part);
    let word = before.rsplit(char::is_whitespace).next().unwrap_or(before);
    let bare = |text: &str| text.chars().all(|c| is_figure_part(c) || c.is_whitespace());
    !(bare(before) && figure(after)) || may_be_parts(word, after) || is_date(&format!("{word}{after}"))
}

/// Digits of a year.
const YEAR: usize = 4;

/// 2024.12.31
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    let digits = |part: &str| part.chars().all(is_digit) && !part.is_empty();
    let [year, month, ..] = parts.as_slice() else { return false };
    parts.len() <= 3 && parts.iter().all(|part| digits(part)) && year.len() == YEAR && month.len() <= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Rect;

    #[test]
    fn figures_that_cannot_be_one_stay_apart_though_the_cell_is_narrow() {
        for (above, below) in [("83", "61.66"), ("100.00", "90.00"), ("12.00", "0"), ("1,234", "56")] {
            let joined = separates(above, below, false);
            assert_eq!(joined, above != "83", "{above} {below}");
        }
        assert!(!separates("1,234,5", "67.89", false));
        assert!(!separates("2024.1", "2.31", false));
    }

    #[test]
    fn broken_numbers_are_whole_again_only_when_the_line_was_full() {
        let run = |text: &str, width: f64| TextRun {
            text: text.to_owned(),
            bbox: Rect::new(0.0, 0.0, width, 10.0),
            size: 10.0,
            direction: Direction::Right,
        };
        let join =
            |lines: &[TextRun], width: f64, longest: f64| join_lines(lines, &Room { width, edges: None, longest });
        assert_eq!(join(&[run("377.", 18.0), run("6", 5.0)], 20.0, 18.0), "377.6");
        assert_eq!(join(&[run("2023", 20.0), run("2024", 20.0)], 80.0, 20.0), "2023 2024");
        assert_eq!(join(&[run("1,054,31", 40.0), run("5.71", 20.0)], 80.0, 60.0), "1,054,315.71", "no figure alone");
        assert_eq!(join(&[run("机关事业", 40.0), run("单位", 20.0)], 42.0, 40.0), "机关事业单位");
        assert_eq!(join(&[run("51340022T0000", 60.0), run("00278902", 40.0)], 62.0, 60.0), "51340022T000000278902");
        // Another cell of the column has room for more, or the figure leaves it on one side.
        assert_eq!(join(&[run("120", 15.0), run("80", 10.0)], 22.0, 20.0), "120 80");
        let edges = Some((-2.0, 24.0));
        assert_eq!(
            join_lines(&[run("120", 15.0), run("80", 10.0)], &Room { width: 22.0, edges, longest: 15.0 }),
            "120 80"
        );
    }
}
