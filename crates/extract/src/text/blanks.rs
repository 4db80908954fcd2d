//! Blanks: where do they belong, between the glyphs of a line and between the lines of a cell?

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
        return gap > if a == ',' || a == '.' { BEHIND_SEPARATOR } else { BETWEEN_DIGITS };
    }
    if a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric() {
        return gap > BETWEEN_LETTERS;
    }
    if a.is_ascii() && b.is_ascii() {
        return gap > BETWEEN_SIGNS;
    }
    gap > BESIDE_IDEOGRAPH
}

fn is_number_part(c: char) -> bool {
    c.is_ascii_digit() || c == ',' || c == '.'
}

/// Joins the lines of one cell. `width` is the room a line has, in points along the text.
///
/// No blank between Chinese characters. A number or code is put together again where the first line had no room for
/// more; where it had, the break was the author's and becomes a blank.
pub(crate) fn join_lines(lines: &[TextRun], width: f64) -> String {
    let mut out = String::new();
    let mut previous: Option<&TextRun> = None;
    for line in lines {
        if let Some(last) = previous {
            let room = width - extent(last);
            if separates(&out, &line.text, room > ROOM * last.size) {
                out.push(' ');
            }
        }
        out.push_str(&line.text);
        previous = Some(line);
    }
    out
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
        return had_room;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Rect;

    #[test]
    fn broken_numbers_are_whole_again_only_when_the_line_was_full() {
        let run = |text: &str, width: f64| TextRun {
            text: text.to_owned(),
            bbox: Rect::new(0.0, 0.0, width, 10.0),
            size: 10.0,
            direction: Direction::Right,
        };
        assert_eq!(join_lines(&[run("377.", 18.0), run("6", 5.0)], 20.0), "377.6");
        assert_eq!(join_lines(&[run("2023", 20.0), run("2024", 20.0)], 80.0), "2023 2024");
        assert_eq!(join_lines(&[run("机关事业", 40.0), run("单位", 20.0)], 42.0), "机关事业单位");
        assert_eq!(join_lines(&[run("51340022T0000", 60.0), run("00278902", 40.0)], 62.0), "51340022T000000278902");
    }
}
