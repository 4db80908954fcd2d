//! Lines of text put together from glyphs, inside a cell or on the open page.

use super::blanks::needs_space;
use super::run::TextRun;
use super::spacing::{Spaced, parts_figures};
use crate::model::{Direction, Glyph};

/// A glyph in reading coordinates: `along` runs with the text, `across` from line to line.
struct Reading<'a> {
    glyph: &'a Glyph,
    along: (f64, f64),
    across: (f64, f64),
}

/// Turns page coordinates into reading coordinates.
fn reading(glyph: &Glyph) -> Reading<'_> {
    let b = glyph.bbox;
    let (along, across) = match glyph.direction {
        Direction::Right => ((b.x0, b.x1), (b.y0, b.y1)),
        Direction::Left => ((-b.x1, -b.x0), (-b.y1, -b.y0)),
        Direction::Down => ((b.y0, b.y1), (-b.x1, -b.x0)),
        Direction::Up => ((-b.y1, -b.y0), (b.x0, b.x1)),
    };
    Reading { glyph, along, across }
}

/// Share of the smaller one's height by which two glyphs of one line overlap.
const SAME_LINE: f64 = 0.5;
/// Lines, counted from the last, that the next glyph can still be on, since glyphs come sorted across the text.
const OPEN: usize = 3;

/// Groups glyphs into lines in reading order. Where `split` is given, a line is cut at gaps wider than that many
/// font sizes.
pub(crate) fn lines<'a>(glyphs: impl IntoIterator<Item = &'a Glyph>, split: Option<f64>) -> Vec<TextRun> {
    let mut by_direction: Vec<(Direction, Vec<Reading<'a>>)> = Vec::new();
    for glyph in glyphs {
        let entry = by_direction.iter_mut().find(|(d, _)| *d == glyph.direction);
        match entry {
            Some((_, list)) => list.push(reading(glyph)),
            None => by_direction.push((glyph.direction, vec![reading(glyph)])),
        }
    }
    let mut out = Vec::new();
    for (direction, list) in by_direction {
        for line in cluster(list) {
            out.extend(cut(&line, direction, split));
        }
    }
    out
}

/// Puts glyphs that overlap across the text by more than half of the smaller one on one line.
fn cluster(mut glyphs: Vec<Reading<'_>>) -> Vec<Vec<Reading<'_>>> {
    glyphs.sort_by(|a, b| middle(a.across).total_cmp(&middle(b.across)).then(a.along.0.total_cmp(&b.along.0)));
    let mut lines: Vec<(f64, f64, Vec<Reading<'_>>)> = Vec::new();
    for glyph in glyphs {
        let (top, bottom) = glyph.across;
        let fitting = lines.iter_mut().rev().take(OPEN).find(|(t, b, _)| {
            let overlap = b.min(bottom) - t.max(top);
            overlap > SAME_LINE * (bottom - top).min(*b - *t)
        });
        match fitting {
            Some(line) => {
                // The tallest glyphs set the line's band; a superscript must not shift it.
                if bottom - top > line.1 - line.0 {
                    (line.0, line.1) = (top, bottom);
                }
                line.2.push(glyph);
            }
            None => lines.push((top, bottom, vec![glyph])),
        }
    }
    lines.sort_by(|a, b| middle((a.0, a.1)).total_cmp(&middle((b.0, b.1))));
    let mut out = Vec::new();
    for (_, _, mut line) in lines {
        line.sort_by(|a, b| a.along.0.total_cmp(&b.along.0));
        out.push(line);
    }
    out
}

fn middle(span: (f64, f64)) -> f64 {
    f64::midpoint(span.0, span.1)
}

/// Writes a line's text, cutting it at wide gaps.
fn cut(line: &[Reading<'_>], direction: Direction, split: Option<f64>) -> Vec<TextRun> {
    let mut runs: Vec<TextRun> = Vec::new();
    let mut end = f64::NEG_INFINITY;
    let spaced: Vec<Spaced<'_>> = line.iter().map(spaced).collect();
    for (index, item) in line.iter().enumerate() {
        let size = item.glyph.size.max(Glyph::SMALLEST);
        let gap = item.along.0 - end;
        let starts_new = runs.is_empty() || split.is_some_and(|s| gap > s * size);
        if starts_new {
            runs.push(TextRun { text: String::new(), bbox: item.glyph.bbox, size, direction });
        }
        let Some(run) = runs.last_mut() else { continue };
        let blank = parts_figures(&spaced, index);
        if !starts_new && blank.unwrap_or_else(|| needs_space(&run.text, &item.glyph.text, gap / size)) {
            run.text.push(' ');
        }
        match raised(line, index) {
            Some(mark) => run.text.push(mark),
            None => run.text.push_str(&item.glyph.text),
        }
        run.bbox = run.bbox.union(&item.glyph.bbox);
        run.size = run.size.max(size);
        end = if starts_new { item.along.1 } else { end.max(item.along.1) };
    }
    runs
}

/// A glyph as the gaps between the digits of its line see it.
fn spaced<'a>(item: &Reading<'a>) -> Spaced<'a> {
    Spaced { text: &item.glyph.text, from: item.along.0, to: item.along.1, size: item.glyph.size.max(Glyph::SMALLEST) }
}

/// A raised digit is this much smaller than the text that it stands beside …
const RAISED_SIZE: f64 = 0.8;
/// … and stands this much (of that text's size) above its baseline.
const RAISED_BY: f64 = 0.15;
/// Glyphs between a raised digit and the text that it stands beside, at most.
const RAISED_WITHIN: usize = 4;
/// A raised digit stands at most this far (of that text's size) from it.
const RAISED_NEAR: f64 = 1.5;

/// The superscript form of a small raised digit or bracket beside text of full size: the number of a note (or a square metre's
/// 2), which must not become a digit of the number that it stands behind: 123⁴ is not 1234.
fn raised(line: &[Reading<'_>], index: usize) -> Option<char> {
    let own = line.get(index)?;
    let mark = match own.glyph.text.as_str() {
        "0" => '⁰',
        "1" => '¹',
        "2" => '²',
        "3" => '³',
        "4" => '⁴',
        "5" => '⁵',
        "6" => '⁶',
        "7" => '⁷',
        "8" => '⁸',
        "9" => '⁹',
        "(" | "[" | "（" | "［" | "〔" => '⁽',
        ")" | "]" | "）" | "］" | "〕" => '⁾',
        _ => return None,
    };
    let full = |r: &&Reading<'_>| own.glyph.size <= RAISED_SIZE * r.glyph.size;
    let before = line[..index].iter().rev().take(RAISED_WITHIN).find(full);
    let beside = before.or_else(|| line[index + 1..].iter().take(RAISED_WITHIN).find(full))?;
    let near = if before.is_some() { own.along.0 - beside.along.1 } else { beside.along.0 - own.along.1 };
    let baseline = |r: &Reading<'_>| r.across.1 - Glyph::DESCENT * r.glyph.size;
    let lifted = baseline(beside) - baseline(own) >= RAISED_BY * beside.glyph.size;
    (lifted && near <= RAISED_NEAR * beside.glyph.size).then_some(mark)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Rect;

    fn glyph(text: &str, x: f64, y: f64, width: f64) -> Glyph {
        Glyph {
            text: text.to_owned(),
            bbox: Rect::new(x, y, x + width, y + 10.0),
            size: 10.0,
            direction: Direction::Right,
            hidden: false,
        }
    }

    #[test]
    fn letter_spacing_of_digits_is_no_blank() {
        let glyphs = [glyph("3", 0.0, 0.0, 5.0), glyph(",", 5.0, 0.0, 2.5), glyph("2", 12.0, 0.0, 5.0)];
        let lines = lines(&glyphs, None);
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].text, "3,2");
    }

    #[test]
    fn a_raised_note_is_no_digit_of_the_number() {
        let small = |text: &str, x: f64, y: f64| Glyph {
            size: 6.0,
            bbox: Rect::new(x, y, x + 3.0, y + 6.0),
            ..glyph(text, x, y, 3.0)
        };
        let number = ["1", "2", "3"].into_iter().enumerate().map(|(i, t)| glyph(t, 5.0 * i as f64, 0.0, 5.0));
        let read = |mark: Glyph| lines(&number.clone().chain([mark]).collect::<Vec<_>>(), None)[0].text.clone();
        assert_eq!(read(small("4", 15.0, 0.0)), "123⁴");
        assert_eq!(read(small("]", 15.0, 0.0)), "123⁾");
        // Small digits on the same baseline are part of it.
        assert_eq!(read(small("4", 15.0, 3.5)), "1234");
    }

    #[test]
    fn far_apart_parts_are_cut() {
        let glyphs = [glyph("部", 0.0, 0.0, 10.0), glyph("门", 10.0, 0.0, 10.0), glyph("元", 200.0, 0.0, 10.0)];
        let texts: Vec<String> = lines(&glyphs, Some(2.5)).into_iter().map(|l| l.text).collect();
        assert_eq!(texts, ["部门", "元"]);
    }

    #[test]
    fn vertical_writing_reads_down_and_leftwards() {
        let down = |text: &str, x: f64, y: f64| Glyph { direction: Direction::Down, ..glyph(text, x, y, 10.0) };
        let glyphs = [down("万", 0.0, 0.0), down("单", 20.0, 0.0), down("位", 20.0, 10.0), down("元", 0.0, 10.0)];
        let texts: Vec<String> = lines(&glyphs, None).into_iter().map(|l| l.text).collect();
        assert_eq!(texts, ["单位", "万元"]);
    }
}
