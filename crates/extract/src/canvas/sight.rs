//! Text that a person does not see: covered, struck out, of the colour of its ground. It is left out; a number of which
//! only a part is seen is not read at all.

use super::drawn::{Drawn, Sight};
use super::figures::words;

/// What the text of a character is that can't be read.
pub(super) const UNREADABLE: &str = "\u{FFFD}";

/// Characters left out, and numbers that can't be read.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct LeftOut {
    pub(super) gone: u32,
    pub(super) cut: u32,
}

/// Leaves out what is not seen.
pub(super) fn leave_out(drawn: &mut Vec<Drawn>) -> LeftOut {
    let mut found = LeftOut::default();
    if drawn.iter().all(|d| d.sight() == Sight::Whole) {
        return found;
    }
    let mut keep = vec![true; drawn.len()];
    for word in words(drawn) {
        let is_figure = drawn[word.start].is_figure();
        let sights = sights(&drawn[word.clone()]);
        let count = |wanted: Sight| sights.iter().filter(|s| **s == wanted).count();
        if 2 * count(Sight::Gone) >= sights.len() && (count(Sight::Whole) == 0 || !is_figure) {
            found.gone += word.len() as u32;
            keep[word].fill(false);
        } else if count(Sight::Whole) < sights.len() && is_figure {
            found.cut += 1;
            for glyph in &mut drawn[word] {
                UNREADABLE.clone_into(&mut glyph.glyph.text);
                (glyph.covered, glyph.struck) = (0, false);
            }
        }
    }
    let mut keep = keep.into_iter();
    drawn.retain(|_| keep.next() == Some(true));
    found
}

/// What is seen of a word's characters; of a number's digits only, whose points are small and low.
fn sights(word: &[Drawn]) -> Vec<Sight> {
    let digits: Vec<Sight> = word.iter().filter(|d| d.is_written()).map(Drawn::sight).collect();
    if digits.is_empty() { word.iter().map(Drawn::sight).collect() } else { digits }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Direction, Glyph, Rect};

    fn figure(covered: [u16; 3]) -> Vec<Drawn> {
        let glyph = |index: usize| Glyph {
            text: "7".to_owned(),
            bbox: Rect::new(5.0 * index as f64, 0.0, 5.0 * index as f64 + 5.0, 10.0),
            size: 10.0,
            direction: Direction::Right,
            hidden: false,
        };
        let drawn = |(index, covered): (usize, u16)| Drawn {
            glyph: glyph(index),
            angle: 0.0,
            colour: [0.0; 3],
            run: 0,
            covered,
            struck: false,
        };
        covered.into_iter().enumerate().map(drawn).collect()
    }

    #[test]
    fn a_figure_is_seen_as_a_whole_or_not_at_all() {
        let texts = |covered: [u16; 3]| -> (LeftOut, String) {
            let mut drawn = figure(covered);
            let found = leave_out(&mut drawn);
            (found, drawn.into_iter().map(|d| d.glyph.text).collect())
        };
        assert_eq!(texts([0; 3]), (LeftOut::default(), "777".to_owned()));
        assert_eq!(texts([u16::MAX; 3]), (LeftOut { gone: 3, cut: 0 }, String::new()));
        assert_eq!(texts([u16::MAX, 0, 0]), (LeftOut { gone: 0, cut: 1 }, UNREADABLE.repeat(3)));
        assert_eq!(texts([0xFF; 3]), (LeftOut { gone: 0, cut: 1 }, UNREADABLE.repeat(3)));
    }
}
