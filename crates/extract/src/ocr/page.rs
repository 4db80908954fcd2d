//! The page that a picture shows.

use super::axis::{self, Axis};
use super::ink::Ink;
use super::paddle::{FIGURES, LOOK_ALIKES};
use super::pieces::{self, Piece};
use super::recognizer::{GreyLine, LineReading, Reading, TextRecognizer};
use super::strokes::{self, Stroke, Strokes};
use super::{crop, faint, flat, lines, paper, rows, skew, touching};
use crate::model::{Direction, Glyph, Page, Picture, Plane, ReadLine, Rect, Ruling};

/// Lines by which it is told which way up a page is.
const SAMPLE: usize = 8;
/// A sample read with this confidence (middle of its lines) stands upright.
const UPRIGHT: f64 = 0.8;
/// A number at least as likely as this is one.
const EVEN: f64 = 0.5;
/// Lines that a page of text has at least, and the share of it that is ink at most.
const WRITTEN: usize = 6;
const INKED: f64 = 0.25;
/// Pieces of ink no larger than this (points) are dirt.
const SPECK: f64 = 0.5;
/// Most pieces of a page: a dense one has a fifth of that.
const MOST_PIECES: usize = 40_000;
/// Most lines read of a page.
const MOST_LINES: usize = 4_000;
/// A character is so high, as a share of its font's size: Chinese ones, digits and letters.
const FULL: f64 = 0.9;
const DIGIT: f64 = 0.72;
/// A line's font is no smaller than this share of the page's.
const SMALLEST: f64 = 0.7;
/// Characters that are low by their nature; others no lower than this (heights of the page's characters), and what is left of
/// them below a cell's edge is no wider than this.
const LOW: &str = "-—–−一_~～·.,、，。…=“”‘’\"'";
const CLIPPED: f64 = 0.3;
const CLIPPED_WIDTH: f64 = 1.3;
/// Room around a ruling (pixels) that is cleared with it.
const FRINGE: usize = 1;

/// A line ends so near a ruling (heights of a character) with so many pixels of ink at it: it was cut off there,
/// and is read no more surely than this.
const RUN_OUT: f64 = 0.5;
const TOUCHING: usize = 2;
const CUT_OFF: f64 = 0.5;

/// A page straightened, with its rulings and lines.
struct Layout {
    picture: Picture,
    /// What is no ruling.
    ink: Ink,
    strokes: Strokes,
    lines: Vec<Piece>,
    em: f64,
    /// How its lines run.
    axis: Option<Axis>,
}

/// Reads a page from its picture: its characters and rulings take the place of what the page had.
///
/// `false` where it has more dots than any page of text; it is left as it was then.
pub(crate) fn read_page(page: &mut Page, picture: &Picture, recognizer: &dyn TextRecognizer) -> bool {
    let ink = Ink::of(picture);
    let (straight, way) = straightened(picture, &ink);
    drop(ink);
    let Some((turns, layout, sample)) = upright(&straight, recognizer) else { return false };
    let found = read_lines(&layout, &sample, recognizer);
    let lines: Vec<Piece> = found.iter().map(|(line, _, _)| *line).collect();
    let turned = Turned { turns, scale: layout.picture.scale, page: (page.width, page.height) };
    match way {
        Way::Turned(degrees) => page.skew = degrees,
        Way::Seen(plane) => page.plane = Some(plane.in_units_of(picture.scale)),
    }
    page.shapes.clear();
    page.glyphs.retain(|glyph| !glyph.hidden);
    page.rulings = rulings(&layout.strokes, &turned);
    for (at, middle) in rows::in_order(&lines, layout.em) {
        let (line, edges, reading) = &found[at];
        let (glyphs, read) = placed((line, middle), *edges, reading, layout.em, &turned);
        page.glyphs.extend(glyphs);
        page.read.extend(read);
    }
    true
}

/// How a page lies in its picture: turned by some degrees, or seen from aside.
enum Way {
    Turned(f64),
    Seen(Plane),
}

/// The picture with its lines level, and how they were not.
fn straightened(picture: &Picture, ink: &Ink) -> (Picture, Way) {
    let degrees = skew::angle(ink);
    if let Some(plane) = flat::plane(ink, degrees) {
        return (flat::laid_flat(picture, &plane), Way::Seen(plane));
    }
    let straight = if degrees == 0.0 { picture.clone() } else { skew::turned_back(picture, degrees) };
    (straight, Way::Turned(degrees))
}

/// Whether a picture shows lines of text, as a page does and a painting does not.
pub(crate) fn is_written(picture: &Picture) -> bool {
    let ink = Ink::of(picture);
    let (straight, _) = straightened(picture, &ink);
    let Some(layout) = Layout::of(straight) else { return false };
    let text = layout.lines.iter().filter(|line| line.width() > 2 * line.height()).count();
    let inked = ink.dots.iter().filter(|dot| **dot).count() as f64;
    text >= WRITTEN && inked <= INKED * ink.dots.len() as f64
}

/// The lines of a sample with what was read of them.
type Sample = Vec<(usize, Option<LineReading>)>;

/// The layout of the page the right way up, by how many quarters it was turned, and the lines read to find out.
fn upright(straight: &Picture, recognizer: &dyn TextRecognizer) -> Option<(u8, Layout, Sample)> {
    let layout = |turns: u8| {
        let picture = if turns == 0 { straight.clone() } else { skew::quarters(straight, turns) };
        let layout = Layout::of(picture)?;
        let sample = sample(&layout, recognizer);
        let (sure, read) = (middle(&sample), told(&sample));
        Some((turns, layout, sample, sure, read))
    };
    let first = layout(0)?;
    // Scanners turn pages to either side, and rarely upside down.
    let turns: [u8; 3] = if first.1.axis == Some(Axis::Down) { [3, 1, 2] } else { [2, 3, 1] };
    let fits = |layout: &Layout| layout.axis != Some(Axis::Down);
    let mut best = first;
    for turns in turns {
        if (best.3 >= UPRIGHT && fits(&best.1)) || best.1.lines.is_empty() {
            break;
        }
        let Some(other) = layout(turns) else { continue };
        if (fits(&other.1), other.4) > (fits(&best.1), best.4) {
            best = other;
        }
    }
    Some((best.0, best.1, best.2))
}

impl Layout {
    /// `None` where there are more pieces than any page of text has.
    fn of(picture: Picture) -> Option<Self> {
        let mut ink = Ink::of(&picture);
        let em = lines::em(&pieces::find(&ink), picture.scale);
        let mut strokes = strokes::find(&ink, em, picture.scale);
        faint::add(&mut strokes, &picture, &ink, em);
        for s in strokes.across.iter().chain(&strokes.down) {
            ink.clear((s.x0.saturating_sub(FRINGE), s.y0.saturating_sub(FRINGE), s.x1 + FRINGE, s.y1 + FRINGE));
        }
        strokes.across.retain(|s| !paper::is_edge(&picture, s, true));
        strokes.down.retain(|s| !paper::is_edge(&picture, s, false));
        let pieces = pieces::find(&ink);
        let speck = (SPECK * picture.scale) as usize;
        let pieces: Vec<Piece> = pieces.into_iter().filter(|p| p.width().max(p.height()) > speck).collect();
        if pieces.len() > MOST_PIECES {
            return None;
        }
        let em = lines::em(&pieces, picture.scale);
        let axis = axis::of(&pieces, em);
        let pieces = touching::apart(pieces, &ink, &strokes, em);
        let mut lines = lines::find(&pieces, &strokes, em);
        lines.truncate(MOST_LINES);
        Some(Self { picture, ink, strokes, lines, em, axis })
    }

    fn cut(&self, line: &Piece) -> (GreyLine, (f64, f64)) {
        crop::cut(&self.picture, line, &self.strokes, self.em)
    }

    /// Whether a line's ink runs into a ruling at its left or right: a text too long for its cell is printed so far and no further.
    fn runs_out(&self, line: &Piece) -> bool {
        let (near, middle) = ((RUN_OUT * self.em) as usize, usize::midpoint(line.y0, line.y1));
        let touches = |x: usize| {
            let inked = |y: &usize| self.ink.row(*y).get(x).is_some_and(|dot| *dot);
            (line.y0..line.y1).filter(inked).count() >= TOUCHING
        };
        self.strokes.down.iter().filter(|s| (s.y0..s.y1).contains(&middle)).any(|s| {
            let (left, right) = (s.x1 + FRINGE, s.x0.saturating_sub(FRINGE));
            (line.x0 <= left + near && line.x0 + near >= left && touches(left))
                || (line.x1 + near >= right && line.x1 <= right + near && touches(right.saturating_sub(1)))
        })
    }
}

/// Reads the longest lines of usual height.
fn sample(layout: &Layout, recognizer: &dyn TextRecognizer) -> Sample {
    let mut order: Vec<usize> = (0..layout.lines.len()).collect();
    let usual = |line: &Piece| line.height() as f64 <= 1.5 * layout.em;
    order.sort_by_key(|at| {
        let line = &layout.lines[*at];
        let width = if usual(line) { line.width().min((12.0 * layout.em) as usize) } else { 0 };
        (std::cmp::Reverse(width), *at)
    });
    order.into_iter().take(SAMPLE).map(|at| (at, recognizer.read(&layout.cut(&layout.lines[at]).0))).collect()
}

/// The middle of the confidences of a sample; short texts tell little.
fn middle(sample: &Sample) -> f64 {
    let told = |reading: &Option<LineReading>| {
        reading.as_ref().filter(|r| r.text.text.chars().count() > 1).map_or(0.0, |r| r.text.confidence)
    };
    let mut all: Vec<f64> = sample.iter().map(|(_, reading)| told(reading)).collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(0.0)
}

/// How much a sample says: its characters, each line's by how sure it is. A page on its side gives scraps of a character or two,
/// which may be surer than a line of forty.
fn told(sample: &Sample) -> f64 {
    let readings = sample.iter().filter_map(|(_, reading)| reading.as_ref());
    readings.map(|r| r.text.text.chars().count() as f64 * r.text.confidence).sum()
}

/// All lines, with the edges of their cuts and what they say.
fn read_lines(
    layout: &Layout,
    sample: &Sample,
    recognizer: &dyn TextRecognizer,
) -> Vec<(Piece, (f64, f64), LineReading)> {
    let known = |at: usize| sample.iter().find(|(line, _)| *line == at).and_then(|(_, reading)| reading.clone());
    let read = |(at, line): (usize, &Piece)| {
        let (cut, edges) = layout.cut(line);
        let mut reading = known(at).or_else(|| recognizer.read(&cut))?;
        if layout.runs_out(line) {
            reading.text.confidence = reading.text.confidence.min(CUT_OFF);
        }
        Some((*line, edges, reading))
    };
    layout.lines.iter().enumerate().filter_map(read).collect()
}

/// From the pixels of the picture the right way up to the points of the page as displayed.
struct Turned {
    turns: u8,
    scale: f64,
    page: (f64, f64),
}

impl Turned {
    fn rect(&self, x0: f64, y0: f64, x1: f64, y1: f64) -> Rect {
        let [x0, y0, x1, y1] = [x0, y0, x1, y1].map(|v| v / self.scale);
        let (w, h) = self.page;
        match self.turns % 4 {
            0 => Rect::new(x0, y0, x1, y1),
            1 => Rect::new(y0, h - x0, y1, h - x1),
            2 => Rect::new(w - x0, h - y0, w - x1, h - y1),
            _ => Rect::new(w - y0, x0, w - y1, x1),
        }
    }

    fn direction(&self) -> Direction {
        match self.turns % 4 {
            0 => Direction::Right,
            1 => Direction::Up,
            2 => Direction::Left,
            _ => Direction::Down,
        }
    }
}

fn rulings(strokes: &Strokes, turned: &Turned) -> Vec<Ruling> {
    let sideways = turned.turns % 2 == 1;
    let ruling = |s: &Stroke, horizontal: bool| {
        let [x0, y0, x1, y1] = [s.x0, s.y0, s.x1, s.y1].map(|v| v as f64);
        Ruling { bbox: turned.rect(x0, y0, x1, y1), horizontal: horizontal != sideways }
    };
    let across = strokes.across.iter().map(|s| ruling(s, true));
    across.chain(strokes.down.iter().map(|s| ruling(s, false))).collect()
}

/// The reading to take: as a number where it is one with some likelihood, or where only look-alikes stand against it.
fn best(reading: &LineReading) -> &Reading {
    let like = |c: char| c.is_whitespace() || FIGURES.contains(c) || LOOK_ALIKES.contains(c);
    let figure = reading.figures.first();
    figure.filter(|f| f.confidence > EVEN || reading.text.text.chars().all(like)).unwrap_or(&reading.text)
}

/// The characters of a line in their places, and the line with its readings.
fn placed(
    (line, middle): (&Piece, f64),
    edges: (f64, f64),
    reading: &LineReading,
    em: f64,
    turned: &Turned,
) -> (Vec<Glyph>, Option<ReadLine>) {
    let best = best(reading);
    let text: String = best.text.chars().filter(|c| !c.is_whitespace()).collect();
    if text.is_empty() || is_clipped(line, &text, em) {
        return (Vec::new(), None);
    }
    let chinese = text.chars().any(|c| c >= '\u{2e80}');
    let size = (line.height() as f64 / if chinese { FULL } else { DIGIT }).max(SMALLEST * em);
    let (y0, y1) = (middle - size / 2.0, middle + size / 2.0);
    let spots = spots(best, edges, size, (line.x0 as f64, line.x1 as f64));
    let glyphs = spots.into_iter().map(|(c, x0, x1)| Glyph {
        text: c.to_string(),
        bbox: turned.rect(x0, y0, x1, y1),
        size: size / turned.scale,
        direction: turned.direction(),
        hidden: false,
    });
    let all = reading.figures.iter().chain([&reading.text]).chain(&reading.others);
    let bare = |r: &Reading| (r.text.chars().filter(|c| !c.is_whitespace()).collect::<String>(), r.confidence);
    let readings = all.map(bare).filter(|(other, _)| *other != text && !other.is_empty()).collect();
    let bbox = turned.rect(line.x0 as f64, y0, line.x1 as f64, y1);
    (glyphs.collect(), Some(ReadLine { bbox, text, confidence: best.confidence, readings }))
}

/// Whether a line is the rest of one that a cell's edge cut off: too low for what is read of it, which nobody could.
fn is_clipped(line: &Piece, text: &str, em: f64) -> bool {
    let small = (line.height() as f64) < CLIPPED * em && (line.width() as f64) < CLIPPED_WIDTH * em;
    small && !text.chars().all(|c| LOW.contains(c))
}

/// Each character with its left and right edge in pixels.
fn spots(reading: &Reading, edges: (f64, f64), size: f64, ink: (f64, f64)) -> Vec<(char, f64, f64)> {
    let width = |c: char| if c.is_ascii() { 0.5 * size } else { size };
    let shown = reading.text.chars().zip(&reading.places).filter(|(c, _)| !c.is_whitespace());
    let middles: Vec<(char, f64)> = shown.map(|(c, at)| (c, edges.0 + at * (edges.1 - edges.0))).collect();
    let last = middles.len().saturating_sub(1);
    let spot = |(at, (c, x)): (usize, &(char, f64))| {
        let between = |other: Option<&(char, f64)>| other.map(|(_, o)| f64::midpoint(*o, *x));
        let left = between(at.checked_sub(1).and_then(|before| middles.get(before)));
        let right = between(middles.get(at + 1));
        let half = width(*c) / 2.0;
        let x0 = left.map_or(ink.0, |edge| edge.max(x - half)).min(*x);
        let x1 = if at == last { ink.1 } else { right.map_or(ink.1, |edge| edge.min(x + half)) }.max(*x);
        (*c, x0, x1)
    };
    middles.iter().enumerate().map(spot).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_say_more_than_surer_scraps() {
        let line = |text: &str, confidence: f64| {
            let text = Reading { text: text.to_owned(), confidence, ..Reading::default() };
            (0, Some(LineReading { text, ..LineReading::default() }))
        };
        let upright: Sample = (0..8).map(|_| line("切实增强科协组织的政治性先进性群众性", 0.4)).collect();
        let aside: Sample = (0..8).map(|_| line("渝北", 0.9)).collect();
        assert!(middle(&aside) > middle(&upright) && told(&upright) > told(&aside));
    }

    #[test]
    fn a_painting_is_no_page_of_text() {
        let (width, height) = (300, 300);
        let grey = (0..width * height).map(|at| if (at / 7 + at / width / 5) % 2 == 0 { 30 } else { 220 }).collect();
        assert!(!is_written(&Picture { width, height, grey, scale: 1.0 }));
        assert!(!is_written(&Picture { width, height, grey: vec![200; width * height], scale: 1.0 }));
    }

    #[test]
    fn a_text_that_runs_into_a_ruling_was_cut_off() {
        let (width, height) = (300_usize, 100_usize);
        let mut ink = Ink { width, height, dots: vec![false; width * height] };
        for y in 42..58 {
            ink.dots[y * width + 100..y * width + 197].fill(true);
        }
        let ruling = Stroke { x0: 198, y0: 0, x1: 200, y1: 100 };
        let strokes = Strokes { across: Vec::new(), down: vec![ruling] };
        let picture = Picture { width, height, grey: vec![255; width * height], scale: 2.0 };
        let line = |x1: usize| Piece { x0: 100, y0: 40, x1, y1: 60, dots: 900 };
        let mut layout = Layout { picture, ink, strokes, lines: Vec::new(), em: 20.0, axis: None };
        assert!(layout.runs_out(&line(190)));
        layout.ink.clear((190, 0, 198, 100));
        assert!(!layout.runs_out(&line(190)));
    }
}
