//! Faint and dotted rulings: too light, too thin or too broken for the ink of their pixels to show them, but their whole length is
//! darker than the paper on both sides.

use super::ink::Ink;
use super::strokes::{Run, Stroke, Strokes, grouped, reach, spans};
use crate::model::Picture;

/// Length (points) over which a ruling's grey is averaged: some dots of a dotted one, half a character.
const BLOCK: f64 = 5.0;
/// Least length (points) of a faint ruling, and of one that meets no two others.
const LONG: f64 = 40.0;
const ALONE: f64 = 150.0;
/// How far aside (points) the paper is that it is compared with.
const ASIDE: f64 = 0.9;
/// What it is darker by in all, over its thickness: so many times the noise that is left in the means, and so many grey values.
const NOISE: f64 = 4.0;
const LEAST: f64 = 15.0;
/// Noise hides some of it: this share of that is enough where the rest of the ruling is as dark as that.
const WEAK: f64 = 0.5;
/// Shares of its length without ink close beside it that must be dark, and as dark as that: the feet of letters are dark under
/// letters only.
const DENSE: f64 = 0.85;
const CLEARLY: f64 = 0.4;
/// That length's least share of all of it, and its least blocks.
const QUIET: f64 = 0.3;
const LEAST_QUIET: usize = 5;
/// Dots of a ruling stand no further apart (points) than this.
const BREAK: f64 = 3.0;
/// Between its dots it is darker than paper by this share of that at least, on the whole.
const OPEN: f64 = 0.25;
/// Blocks that a seal, a figure or dirt may hide in a row.
const HIDDEN: usize = 3;
/// Share that may have ink on both sides: the rulings of a page's back shine through its text.
const CROSSING: f64 = 0.08;
/// How far (blocks) a ruling's end may be from the one that it ends on.
const ENDS: f64 = 2.0;
/// Rulings this near (points) are one, and meet.
const NEAR: f64 = 1.5;
/// Noise is measured at every so many means; middle difference of two normal values in their deviations.
const EVERY: usize = 7;
const MIDDLE: f64 = 0.954;

/// Adds the faint rulings of a page to those that were found by their ink.
pub(super) fn add(strokes: &mut Strokes, picture: &Picture, ink: &Ink, em: f64) {
    let scale = picture.scale;
    // Rulings that cross one are no text beside it.
    let mut bare = ink.clone();
    let clear = |bare: &mut Ink, strokes: &[Stroke]| {
        for s in strokes {
            bare.clear((s.x0.saturating_sub(1), s.y0.saturating_sub(1), s.x1 + 1, s.y1 + 1));
        }
    };
    clear(&mut bare, &strokes.across);
    clear(&mut bare, &strokes.down);
    let across = found(&Lines { picture, upright: false }, &strokes.across, &bare, scale);
    clear(&mut bare, &across);
    let known: Vec<Stroke> = strokes.down.iter().map(|s| s.transposed()).collect();
    let down = found(&Lines { picture, upright: true }, &known, &bare.transposed(), scale);
    let down: Vec<Stroke> = down.into_iter().map(Stroke::transposed).collect();
    let near = ((NEAR * scale) as usize).max(2);
    let new = |found: Vec<Stroke>, known: &[Stroke], wide: bool| -> Vec<Stroke> {
        found.into_iter().filter(|s| !known.iter().any(|other| lies_in(s, other, near, wide))).collect()
    };
    let (across, down) = (new(across, &strokes.across, true), new(down, &strokes.down, false));
    let all = |own: &[Stroke], more: &[Stroke]| -> Vec<Stroke> { own.iter().chain(more).copied().collect() };
    let (every_across, every_down) = (all(&strokes.across, &across), all(&strokes.down, &down));
    // Blocks tell the ends of a ruling roughly: it ends on those that it meets there.
    let most = (ENDS * BLOCK * scale) as usize;
    let across: Vec<Stroke> = across.iter().map(|s| ended(s, &every_down, most)).collect();
    let upright: Vec<Stroke> = all(&strokes.across, &across).into_iter().map(Stroke::transposed).collect();
    let down: Vec<Stroke> = down.iter().map(|s| ended(&s.transposed(), &upright, most).transposed()).collect();
    let (alone, least, block) = ((ALONE * scale) as usize, 2, (BLOCK * scale) as usize);
    let stays = |s: &Stroke, others: &[Stroke], wide: bool| {
        let length = if wide { s.x1 - s.x0 } else { s.y1 - s.y0 };
        let goes_on = |other: &&Stroke| meets(s, other, block) && (wide == (other.x1 - other.x0 > other.y1 - other.y0));
        let own = if wide { &strokes.across } else { &strokes.down };
        (wide && length >= alone)
            || own.iter().any(|other| goes_on(&other))
            || others.iter().filter(|other| meets(s, other, near)).count() >= least
    };
    // What goes on from a known one is judged before they are put together.
    let across: Vec<Stroke> = across.into_iter().filter(|s| stays(s, &every_down, true)).collect();
    let down: Vec<Stroke> = down.into_iter().filter(|s| stays(s, &every_across, false)).collect();
    let added = !(across.is_empty() && down.is_empty());
    for stroke in across {
        put(&mut strokes.across, stroke, near, block, true);
    }
    for stroke in down {
        put(&mut strokes.down, stroke, near, block, false);
    }
    if added {
        reach(strokes, (em * 0.4) as usize);
    }
}

/// A stroke across with its ends on those down that stand near them.
fn ended(s: &Stroke, down: &[Stroke], most: usize) -> Stroke {
    let meets = |other: &&Stroke| s.y0 <= other.y1 + most && other.y0 <= s.y1 + most;
    let nearest = |end: usize, edge: fn(&Stroke) -> usize| {
        let near = down.iter().filter(meets).map(edge).filter(|at| at.abs_diff(end) <= most);
        near.min_by_key(|at| at.abs_diff(end)).unwrap_or(end)
    };
    let (x0, x1) = (nearest(s.x0, |other| other.x0), nearest(s.x1, |other| other.x1));
    if x0 < x1 { Stroke { x0, x1, ..*s } } else { *s }
}

/// Puts a ruling in, together with those that lie along it or go on where it ends.
fn put(strokes: &mut Vec<Stroke>, mut stroke: Stroke, near: usize, most: usize, wide: bool) {
    let level = |a: (usize, usize), b: (usize, usize)| a.0 <= b.1 + near && b.0 <= a.1 + near;
    let follows = |a: (usize, usize), b: (usize, usize)| a.0 <= b.1 + most && b.0 <= a.1 + most;
    strokes.retain(|other| {
        let (across, down) = ((other.x0, other.x1), (other.y0, other.y1));
        let (own_across, own_down) = ((stroke.x0, stroke.x1), (stroke.y0, stroke.y1));
        let along = if wide {
            level(down, own_down) && follows(across, own_across)
        } else {
            level(across, own_across) && follows(down, own_down)
        };
        if along {
            let (x0, x1) = (stroke.x0.min(other.x0), stroke.x1.max(other.x1));
            let (y0, y1) = (stroke.y0.min(other.y0), stroke.y1.max(other.y1));
            stroke = Stroke { x0, y0, x1, y1 };
        }
        !along
    });
    strokes.push(stroke);
}

/// Whether a ruling lies along another one and is not longer.
fn lies_in(s: &Stroke, other: &Stroke, near: usize, wide: bool) -> bool {
    let within = |from: usize, to: usize, low: usize, high: usize| from + 2 * near >= low && to <= high + 2 * near;
    let level = |a: (usize, usize), b: (usize, usize)| a.0 <= b.1 + near && b.0 <= a.1 + near;
    if wide {
        within(s.x0, s.x1, other.x0, other.x1) && level((s.y0, s.y1), (other.y0, other.y1))
    } else {
        within(s.y0, s.y1, other.y0, other.y1) && level((s.x0, s.x1), (other.x0, other.x1))
    }
}

fn meets(s: &Stroke, other: &Stroke, near: usize) -> bool {
    s.x0 <= other.x1 + near && other.x0 <= s.x1 + near && s.y0 <= other.y1 + near && other.y0 <= s.y1 + near
}

/// The grey of a page averaged along one direction: rows of blocks.
struct Means {
    blocks: usize,
    block: usize,
    rows: usize,
    length: usize,
    grey: Vec<f32>,
}

impl Means {
    fn of(picture: &Picture, upright: bool, scale: f64) -> Self {
        let block = ((BLOCK * scale) as usize).max(4);
        let (width, height) = (picture.width, picture.height);
        let (rows, length) = if upright { (width, height) } else { (height, width) };
        let blocks = length / block;
        let mut grey = vec![0.0_f32; rows * blocks];
        for (y, line) in picture.grey.chunks(width.max(1)).enumerate().take(height) {
            if upright {
                if y / block < blocks {
                    for (x, value) in line.iter().enumerate() {
                        if let Some(sum) = grey.get_mut(x * blocks + y / block) {
                            *sum += f32::from(*value);
                        }
                    }
                }
            } else {
                for (at, values) in line.chunks_exact(block).enumerate() {
                    if let Some(sum) = grey.get_mut(y * blocks + at) {
                        *sum = values.iter().map(|v| f32::from(*v)).sum();
                    }
                }
            }
        }
        for sum in &mut grey {
            *sum /= block as f32;
        }
        Self { blocks, block, rows, length, grey }
    }

    fn at(&self, row: usize, block: usize) -> f64 {
        self.grey.get(row * self.blocks + block).map_or(255.0, |value| f64::from(*value))
    }

    /// The deviation of a mean on even paper.
    fn noise(&self) -> f64 {
        let steps = self.grey.iter().zip(self.grey.iter().skip(self.blocks)).step_by(EVERY);
        let mut steps: Vec<f32> = steps.map(|(a, b)| (a - b).abs()).collect();
        let middle = steps.len() / 2;
        if steps.is_empty() {
            return 0.0;
        }
        let (_, middle, _) = steps.select_nth_unstable_by(middle, f32::total_cmp);
        f64::from(*middle) / MIDDLE
    }
}

/// How dark a block is beside the paper on both sides of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shade {
    Paper,
    Weak,
    Dark,
}

/// The grey of a picture along its rows or its columns.
struct Lines<'a> {
    picture: &'a Picture,
    upright: bool,
}

impl Lines<'_> {
    fn at(&self, row: usize, along: usize) -> f64 {
        let (x, y) = if self.upright { (row, along) } else { (along, row) };
        self.picture.grey.get(y * self.picture.width + x).map_or(255.0, |value| f64::from(*value))
    }
}

/// The rulings along the lines of a picture, or the parts that the known ones lack.
fn found(lines: &Lines, known: &[Stroke], ink: &Ink, scale: f64) -> Vec<Stroke> {
    let means = &Means::of(lines.picture, lines.upright, scale);
    let aside = ((ASIDE * scale).round() as usize).max(2);
    let half = (aside / 2).max(1);
    let least = (NOISE * means.noise() * ((2 * half + 1) as f64).sqrt()).max(LEAST);
    let margin = aside + 1;
    let mut dark = vec![vec![Shade::Paper; means.blocks]; means.rows];
    for (row, line) in dark.iter_mut().enumerate().take(means.rows.saturating_sub(margin)).skip(margin) {
        for (block, dot) in line.iter_mut().enumerate() {
            let paper = |a: usize, b: usize| f64::midpoint(means.at(a, block), means.at(b, block));
            let paper = paper(row - aside, row - margin).min(paper(row + aside, row + margin));
            let own = means.at(row, block);
            if own + 1.0 < paper {
                let depth: f64 = (row - half..=row + half).map(|near| paper - means.at(near, block)).sum();
                let lowest = own <= means.at(row - 1, block).min(means.at(row + 1, block));
                *dot = match depth {
                    depth if lowest && depth >= least => Shade::Dark,
                    depth if lowest && depth >= WEAK * least => Shade::Weak,
                    _ => Shade::Paper,
                };
            }
        }
    }
    let long = ((LONG * scale) as usize / means.block).max(2);
    let mut runs = Vec::new();
    for y in 1..means.rows.saturating_sub(1) {
        let (above, here, below) = (&dark[y - 1], &dark[y], &dark[y + 1]);
        let row: Vec<bool> =
            here.iter().zip(above.iter().zip(below)).map(|(a, (b, c))| *a.max(b).max(c) > Shade::Paper).collect();
        let run = |(x0, x1): (usize, usize)| (x1 - x0 >= long).then_some(Run { x0, x1, y });
        runs.extend(spans(&row, HIDDEN).into_iter().filter_map(run));
    }
    let block = means.block;
    let pixels = |s: Stroke| Stroke {
        x0: s.x0 * block,
        x1: (s.x1 * block).min(means.length),
        y0: s.y0 + 1,
        y1: (s.y1 - 1).max(s.y0 + 2),
    };
    let near = ((NEAR * scale) as usize).max(2);
    let is_known = |s: &Stroke, at: usize| {
        let x = at * block + block / 2;
        known.iter().any(|k| (k.x0..k.x1).contains(&x) && s.y0 <= k.y1 + near && k.y0 <= s.y1 + near)
    };
    let sides = Sides { aside, half, margin, gap: (BREAK * scale) as usize, depth: OPEN * least };
    let mut found = Vec::new();
    for s in grouped(&runs, HIDDEN).into_iter().map(|s| trimmed(&dark, s)).filter(|s| s.y1 - s.y0 <= 2 * margin) {
        let blocks: Vec<(usize, bool)> = (s.x0..s.x1).map(|at| (at, is_known(&s, at))).collect();
        for part in blocks.chunk_by(|a, b| a.1 == b.1).filter(|part| part.first().is_some_and(|(_, known)| !known)) {
            let (from, to) = (part.first().map_or(s.x0, |p| p.0), part.last().map_or(s.x0, |p| p.0 + 1));
            let own = Stroke { x0: from, x1: to, ..s };
            let between = from > s.x0 && to < s.x1;
            let enough = between || to - from >= long;
            if enough && is_even(&dark, ink, &own, block, margin, between) && sides.goes_on(lines, means, ink, &own) {
                found.push(pixels(own));
            }
        }
    }
    found
}

/// Where a stroke and the paper beside it are looked at, in pixels aside of it, and what a break in its ink is.
struct Sides {
    aside: usize,
    half: usize,
    margin: usize,
    gap: usize,
    depth: f64,
}

impl Sides {
    /// Whether a stroke (in blocks) is darker than paper where it has no ink, too: letters one below the other with their edges in
    /// one line have paper between them.
    fn goes_on(&self, lines: &Lines, means: &Means, ink: &Ink, s: &Stroke) -> bool {
        let (mut depths, mut open) = (Vec::new(), Vec::new());
        for at in s.x0..s.x1 {
            let rows = s.y0.max(self.margin)..s.y1;
            let row =
                rows.min_by(|a, b| means.at(*a, at).total_cmp(&means.at(*b, at))).unwrap_or(s.y0.max(self.margin));
            for x in at * means.block..(at + 1) * means.block {
                let own = row.saturating_sub(self.half)..=row + self.half;
                let inked = |y: usize| ink.row(y.min(ink.height.saturating_sub(1))).get(x).is_some_and(|dot| *dot);
                if own.clone().any(inked) {
                    if open.len() >= self.gap {
                        depths.append(&mut open);
                    }
                    open.clear();
                    continue;
                }
                let paper = [row - self.margin, row - self.aside, row + self.aside, row + self.margin];
                let paper = paper.iter().map(|y| lines.at(*y, x)).sum::<f64>() / paper.len() as f64;
                open.push(own.map(|y| paper - lines.at(y, x)).sum::<f64>());
            }
        }
        if open.len() >= self.gap {
            depths.append(&mut open);
        }
        let count = depths.len();
        count < 2 * self.gap || depths.iter().sum::<f64>() >= self.depth * count as f64
    }
}

/// A stroke (in blocks) without single dark blocks at its ends: noise beyond a gap.
fn trimmed(dark: &[Vec<Shade>], s: Stroke) -> Stroke {
    let shade = |at: usize| (s.y0..s.y1).map(|y| dark[y][at]).max().unwrap_or(Shade::Paper);
    let holds = |at: &usize| {
        let (own, next) = (shade(*at), shade(*at + 1));
        own.min(next) > Shade::Paper && own.max(next) == Shade::Dark
    };
    let pairs = s.x0..s.x1 - 1;
    match (pairs.clone().find(holds), pairs.rev().find(holds)) {
        (Some(x0), Some(last)) => Stroke { x0, x1: last + 2, ..s },
        _ => Stroke { x1: s.x0, ..s },
    }
}

/// Whether a stroke (in blocks) is dark wherever no text stands close to it, and no text runs through it.
fn is_even(dark: &[Vec<Shade>], ink: &Ink, s: &Stroke, block: usize, margin: usize, between: bool) -> bool {
    let inked = |rows: std::ops::Range<usize>, at: usize| {
        rows.filter(|y| *y < ink.height)
            .any(|y| ink.row(y).get(at * block..(at + 1) * block).is_some_and(|dots| dots.contains(&true)))
    };
    let beside = |at: usize| {
        let above = inked((s.y0 + 1).saturating_sub(2 * margin)..(s.y0 + 1).saturating_sub(margin - 1), at);
        let below = inked(s.y1 + margin - 2..s.y1 + 2 * margin - 1, at);
        (above, below)
    };
    let sides: Vec<(bool, bool)> = (s.x0..s.x1).map(beside).collect();
    let crossed = sides.iter().filter(|(above, below)| *above && *below).count();
    // The blurred ends of letters reach into the next block.
    let free = |at: &usize| {
        let around = sides.iter().skip(at.saturating_sub(1)).take(3 - usize::from(*at == 0));
        around.into_iter().all(|(above, below)| !above && !below)
    };
    let (mut quiet, mut shown, mut clear) = (0, 0, 0);
    for at in (0..sides.len()).filter(free) {
        let shade = (s.y0..s.y1).map(|y| dark[y][s.x0 + at]).max().unwrap_or(Shade::Paper);
        quiet += 1;
        shown += usize::from(shade >= Shade::Weak);
        clear += usize::from(shade == Shade::Dark);
    }
    let length = (s.x1 - s.x0) as f64;
    (between || (quiet >= LEAST_QUIET && quiet as f64 >= QUIET * length))
        && shown as f64 >= DENSE * quiet as f64
        && clear as f64 >= CLEARLY * quiet as f64
        && crossed as f64 <= CROSSING * length
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(dark: impl Fn(usize, usize) -> Option<u8>) -> Picture {
        let (width, height) = (600_usize, 300_usize);
        // Even noise of some grey values, and paper that is not white.
        let grey = (0..width * height).map(|at| {
            let (x, y) = (at % width, at / width);
            let noise = u8::try_from((at * 7919 + at / 13 * 104_729) % 7).unwrap_or(0);
            dark(x, y).unwrap_or(225) + noise
        });
        Picture { width, height, grey: grey.collect(), scale: 2.8 }
    }

    fn all(picture: &Picture) -> Strokes {
        let mut strokes = Strokes::default();
        add(&mut strokes, picture, &Ink::of(picture), 28.0);
        strokes
    }

    #[test]
    fn light_and_dotted_rulings_are_found() {
        let grid = page(|x, y| {
            let light = [50, 100, 150].contains(&y) && (40..540).contains(&x);
            let dotted = y == 200 && (40..540).contains(&x) && x % 6 < 2;
            let down = [40, 290, 539].contains(&x) && (50..201).contains(&y);
            if light || down {
                Some(205)
            } else if dotted {
                Some(150)
            } else {
                None
            }
        });
        let found = all(&grid);
        assert_eq!((found.across.len(), found.down.len()), (4, 3), "{found:?}");
    }

    #[test]
    fn text_shades_and_what_shines_through_are_none() {
        let shaded = page(|_, y| (100..150).contains(&y).then_some(200));
        assert_eq!(all(&shaded), Strokes::default());
        let text = page(|x, y| {
            let bars = (100..128).contains(&y) && (y % 7 < 2 || x % 9 < 2) && (40..540).contains(&x) && x % 30 < 25;
            bars.then_some(40)
        });
        assert_eq!(all(&text), Strokes::default());
        let through = page(|x, y| {
            let letters = (100..128).contains(&y) && x % 9 < 3 && (40..540).contains(&x);
            if letters { Some(40) } else { (y == 114).then_some(205) }
        });
        assert_eq!(all(&through), Strokes::default());
    }

    #[test]
    fn aligned_letters_are_no_ruling_and_a_known_ruling_is_made_whole() {
        let frame = |x: usize, y: usize| {
            let across = (y == 20 || y == 280) && (40..540).contains(&x);
            across.then_some(40)
        };
        let brackets = page(|x, y| {
            frame(x, y).or(((100..102).contains(&x) && y % 37 < 22 && (30..270).contains(&y)).then_some(60))
        });
        assert!(all_of(&brackets).down.is_empty(), "{:?}", all_of(&brackets));
        // The lower half of the ruling at the left was printed fainter.
        let broken = page(|x, y| {
            let down = (100..102).contains(&x) && (20..281).contains(&y);
            frame(x, y).or(down.then_some(if y < 150 { 60 } else { 205 }))
        });
        let found = all_of(&broken);
        assert!(found.down.len() == 1 && found.down[0].y1 >= 270, "{found:?}");
    }

    /// The rulings found by their ink, and the faint ones.
    fn all_of(picture: &Picture) -> Strokes {
        let ink = Ink::of(picture);
        let mut strokes = crate::ocr::strokes::find(&ink, 28.0, picture.scale);
        add(&mut strokes, picture, &ink, 28.0);
        strokes
    }
}
