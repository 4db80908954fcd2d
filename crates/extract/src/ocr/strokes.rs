//! Rulings in a picture: long straight runs of ink with nothing beside them.

use super::ink::Ink;

/// Least length of a horizontal and of a vertical ruling (heights of a character).
const LEAST_ACROSS: f64 = 2.4;
const LEAST_DOWN: f64 = 1.5;
/// A ruling of this length (points) is one whatever it meets: no letter is as large.
const LONG: f64 = 40.0;
/// A shorter one ends no further (points) from those that it runs between: letters keep more away.
const TOUCHING: f64 = 1.2;
/// A ruling goes on above or below others no further aside (heights of a character) …
const ASIDE: f64 = 0.15;
/// … and has no bar of this length (heights of a character) at its side, as the upright of a letter has, between its ends (a
/// share of its length).
const BAR: f64 = 0.22;
const ENDS: f64 = 0.2;
/// Thickest ruling (heights of a character).
const THICKEST: f64 = 0.28;
/// Gaps in a ruling (points) that are worn places.
const WORN: f64 = 1.1;
/// Share of a run that may have ink beside it: more is a filled area or a row of letters.
const BESIDE: f64 = 0.45;
/// Share of a ruling's box that is ink at least.
const DENSE: f64 = 0.3;
/// Letters set closely have feet in a row, with gaps between them of more than this share of their length, and their own ink on
/// more than this share of it close beside; a worn ruling has the gaps, one that text stands on has the ink.
const GAPS: f64 = 0.08;
const STANDING: f64 = 0.15;

/// A stroke whose middle lies aside of its ends by so many pixels and this share of its length is part of a circle: paper is never
/// bent so.
const BENT: f64 = 1.2;
const BENT_SHARE: f64 = 0.01;

/// A ruling: its box in pixels, the far edges exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stroke {
    pub(super) x0: usize,
    pub(super) y0: usize,
    pub(super) x1: usize,
    pub(super) y1: usize,
}

impl Stroke {
    pub(super) fn transposed(self) -> Self {
        Self { x0: self.y0, y0: self.x0, x1: self.y1, y1: self.x1 }
    }
}

/// The rulings of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Strokes {
    pub(super) across: Vec<Stroke>,
    pub(super) down: Vec<Stroke>,
}

/// Finds the rulings; `em` is the height of a character in pixels.
pub(super) fn find(ink: &Ink, em: f64, scale: f64) -> Strokes {
    let thickest = ((THICKEST * em).round() as usize).max(3);
    let worn = ((WORN * scale).round() as usize).max(1);
    let across = horizontal(ink, (LEAST_ACROSS * em) as usize, thickest, worn);
    let down = horizontal(&ink.transposed(), (LEAST_DOWN * em) as usize, thickest, worn);
    let mut found = Strokes { across, down: down.into_iter().map(Stroke::transposed).collect() };
    without_letters(&mut found, (LONG * scale) as usize, ((TOUCHING * scale) as usize).max(2));
    without_uprights(&mut found, ink, em, (LONG * scale) as usize);
    reach(&mut found, (em * 0.4) as usize);
    found
}

/// Leaves out uprights of large letters that fill their row from ruling to ruling: they stand alone and have bars.
fn without_uprights(strokes: &mut Strokes, ink: &Ink, em: f64, long: usize) {
    let near = ((ASIDE * em) as usize).max(2);
    let goes_on = |s: &Stroke, other: &Stroke| {
        let beside = other.x0 <= s.x1 + near && s.x0 <= other.x1 + near;
        beside && other != s && other.y0 <= s.y1 + near && s.y0 <= other.y1 + near
    };
    let (all, across) = (strokes.down.clone(), &strokes.across);
    let stands =
        |s: &Stroke| s.y1 - s.y0 >= long || all.iter().any(|other| goes_on(s, other)) || !is_barred(ink, s, across, em);
    strokes.down.retain(stands);
}

/// Whether a bar of ink goes out from a stroke's side that is no ruling itself.
fn is_barred(ink: &Ink, s: &Stroke, across: &[Stroke], em: f64) -> bool {
    let bar = ((BAR * em) as usize).max(3);
    let margin = (ENDS * (s.y1 - s.y0) as f64) as usize;
    let inked =
        |row: &[bool], from: usize, to: usize| row.get(from..to).is_some_and(|dots| dots.iter().all(|dot| *dot));
    let is_ruling = |y: usize| {
        let meets = |h: &&Stroke| h.x0 <= s.x1 + bar && s.x0 <= h.x1 + bar;
        across.iter().filter(meets).any(|h| y + 2 >= h.y0 && y <= h.y1 + 2)
    };
    (s.y0 + margin..s.y1.saturating_sub(margin)).filter(|y| !is_ruling(*y)).any(|y| {
        let row = ink.row(y);
        s.x0.checked_sub(bar).is_some_and(|from| inked(row, from, s.x0)) || inked(row, s.x1, s.x1 + bar)
    })
}

/// Leaves out short strokes that do not run from one long ruling to another: they are parts of large letters.
fn without_letters(strokes: &mut Strokes, long: usize, near: usize) {
    let length = |s: &Stroke| (s.x1 - s.x0).max(s.y1 - s.y0);
    let keep = |own: &[Stroke], others: &[Stroke], across: bool| -> Vec<Stroke> {
        let ends = |s: &Stroke, at: usize| {
            others.iter().filter(|o| length(o) >= long).any(|o| {
                let (from, to, line, low, high) = if across {
                    (o.y0, o.y1, usize::midpoint(s.y0, s.y1), o.x0, o.x1)
                } else {
                    (o.x0, o.x1, usize::midpoint(s.x0, s.x1), o.y0, o.y1)
                };
                line + near >= from && line <= to + near && at + near >= low && at <= high + near
            })
        };
        let stays = |s: &&Stroke| {
            let (start, end) = if across { (s.x0, s.x1) } else { (s.y0, s.y1) };
            length(s) >= long || (ends(s, start) && ends(s, end))
        };
        own.iter().filter(stays).copied().collect()
    };
    let (across, down) = (keep(&strokes.across, &strokes.down, true), keep(&strokes.down, &strokes.across, false));
    (strokes.across, strokes.down) = (across, down);
}

/// A run of ink in one row.
#[derive(Clone, Copy)]
pub(super) struct Run {
    pub(super) x0: usize,
    pub(super) x1: usize,
    pub(super) y: usize,
}

fn horizontal(ink: &Ink, least: usize, thickest: usize, worn: usize) -> Vec<Stroke> {
    let mut runs = Vec::new();
    let mut row = vec![false; ink.width];
    for y in 0..ink.height {
        // A slanting ruling steps from row to row.
        let (above, below) = (y.checked_sub(1), Some(y + 1).filter(|y| *y < ink.height));
        row.copy_from_slice(ink.row(y));
        for near in above.into_iter().chain(below) {
            row.iter_mut().zip(ink.row(near)).for_each(|(dot, other)| *dot |= *other);
        }
        let long = |(x0, x1): (usize, usize)| (x1 - x0 >= least).then_some(Run { x0, x1, y });
        runs.extend(spans(&row, worn).into_iter().filter_map(long).filter(|run| is_alone(ink, *run, thickest)));
    }
    let is_ruling = |s: &Stroke| {
        s.x1 - s.x0 >= least && is_dense(ink, s, thickest) && !are_feet(ink, s, thickest) && !is_bent(ink, s)
    };
    grouped(&runs, worn).into_iter().filter(is_ruling).collect()
}

/// Stretches of ink of a row; gaps up to `worn` are bridged.
pub(super) fn spans(row: &[bool], worn: usize) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut x = 0;
    while x < row.len() {
        let Some(start) = row[x..].iter().position(|dot| *dot).map(|at| x + at) else { break };
        let end = row[start..].iter().position(|dot| !*dot).map_or(row.len(), |at| start + at);
        match found.last_mut() {
            Some(last) if start - last.1 <= worn => last.1 = end,
            _ => found.push((start, end)),
        }
        x = end;
    }
    found
}

/// Whether there is little ink on both sides of a run, as there is beside a ruling.
fn is_alone(ink: &Ink, run: Run, thickest: usize) -> bool {
    let filled = |y: Option<usize>| {
        let row = y.filter(|y| *y < ink.height).map_or(&[][..], |y| ink.row(y));
        row.get(run.x0..run.x1).map_or(0, |dots| dots.iter().filter(|dot| **dot).count()) as f64
    };
    let most = BESIDE * (run.x1 - run.x0) as f64;
    filled(run.y.checked_sub(thickest)) <= most && filled(Some(run.y + thickest)) <= most
}

/// Runs that touch, put together.
pub(super) fn grouped(runs: &[Run], worn: usize) -> Vec<Stroke> {
    // Open strokes with their lowest run.
    let mut open: Vec<(Stroke, Run)> = Vec::new();
    let mut done = Vec::new();
    for run in runs {
        let (still, closed): (Vec<_>, Vec<_>) = open.into_iter().partition(|(_, last)| run.y - last.y <= 2);
        done.extend(closed.into_iter().map(|(stroke, _)| stroke));
        open = still;
        let touches = |s: &Stroke| run.x0 <= s.x1 + worn && s.x0 <= run.x1 + worn;
        let mut own = Stroke { x0: run.x0, x1: run.x1, y0: run.y, y1: run.y + 1 };
        open.retain(|(stroke, _)| {
            let joins = touches(stroke);
            if joins {
                own = Stroke {
                    x0: own.x0.min(stroke.x0),
                    x1: own.x1.max(stroke.x1),
                    y0: own.y0.min(stroke.y0),
                    y1: own.y1.max(stroke.y1),
                };
            }
            !joins
        });
        open.push((own, *run));
    }
    done.extend(open.into_iter().map(|(stroke, _)| stroke));
    done
}

/// Whether a stroke is thin for its length, and mostly ink along it.
fn is_dense(ink: &Ink, s: &Stroke, thickest: usize) -> bool {
    let (length, thick) = (s.x1 - s.x0, s.y1 - s.y0);
    // The run above and below the ink belongs to it; a slanting or wavy one is thicker.
    let allowed = thickest + 2 + length / 60;
    let inked = (s.y0..s.y1).map(|y| ink.row(y)[s.x0..s.x1].iter().filter(|dot| **dot).count()).sum::<usize>();
    thick <= allowed && inked as f64 >= DENSE * length as f64
}

/// Whether a stroke is a row of the feet, heads or sides of letters.
fn are_feet(ink: &Ink, s: &Stroke, thickest: usize) -> bool {
    let length = (s.x1 - s.x0) as f64;
    let inked = |x: &usize| (s.y0..s.y1).any(|y| ink.row(y).get(*x).is_some_and(|dot| *dot));
    let gaps = (s.x0..s.x1).filter(|x| !inked(x)).count() as f64;
    let beside = |y: Option<usize>| {
        let row = y.filter(|y| *y < ink.height).and_then(|y| ink.row(y).get(s.x0..s.x1)).unwrap_or(&[]);
        row.iter().filter(|dot| **dot).count() as f64
    };
    let near = thickest / 2;
    gaps > GAPS * length && beside(s.y0.checked_sub(near)).max(beside(Some(s.y1 + near))) > STANDING * length
}

/// Whether a stroke is bent, as a part of a seal's rim is: the middle half of it lies aside of its ends.
fn is_bent(ink: &Ink, s: &Stroke) -> bool {
    let height = |from: usize, to: usize| {
        let column = |x: usize| {
            let inked = (s.y0..s.y1).filter(|y| ink.row(*y).get(x).is_some_and(|dot| *dot));
            let (count, sum) = inked.fold((0, 0), |(count, sum), y| (count + 1, sum + y - s.y0));
            (count > 0).then(|| sum as f64 / f64::from(count))
        };
        let found: Vec<f64> = (from..to).filter_map(column).collect();
        (!found.is_empty()).then(|| found.iter().sum::<f64>() / found.len() as f64)
    };
    let (length, part) = (s.x1 - s.x0, (s.x1 - s.x0) / 4);
    let ends = height(s.x0, s.x0 + part).zip(height(s.x1 - part, s.x1));
    let aside = ends.zip(height(s.x0 + part, s.x1 - part)).map_or(0.0, |((a, b), middle)| middle - f64::midpoint(a, b));
    aside.abs() >= BENT && aside.abs() >= BENT_SHARE * length as f64
}

/// Lets rulings end on those that they meet.
pub(super) fn reach(strokes: &mut Strokes, most: usize) {
    let meets = |at: usize, from: usize, to: usize| at + most >= from && at <= to + most;
    for h in &mut strokes.across {
        let y = usize::midpoint(h.y0, h.y1);
        for v in strokes.down.iter().filter(|v| meets(y, v.y0, v.y1)) {
            if h.x0 > v.x0 && h.x0 <= v.x1 + most {
                h.x0 = v.x0;
            }
            if h.x1 < v.x1 && v.x0 <= h.x1 + most {
                h.x1 = v.x1;
            }
        }
    }
    for v in &mut strokes.down {
        let x = usize::midpoint(v.x0, v.x1);
        for h in strokes.across.iter().filter(|h| meets(x, h.x0, h.x1)) {
            if v.y0 > h.y0 && v.y0 <= h.y1 + most {
                v.y0 = h.y0;
            }
            if v.y1 < h.y1 && h.y0 <= v.y1 + most {
                v.y1 = h.y1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_that_fills_its_row_is_no_ruling() {
        let (width, height) = (300_usize, 200_usize);
        let dots = (0..width * height).map(|at| {
            let (x, y) = (at % width, at / width);
            let rows = y % 50 < 2 && y >= 50;
            let column = (100..102).contains(&x) && (50..152).contains(&y);
            let upright = (200..203).contains(&x) && (50..100).contains(&y);
            let bar = (190..214).contains(&x) && (70..73).contains(&y);
            // One over two rows, the ruling between them on one side only.
            let divider = (250..252).contains(&x) && (100..150).contains(&y);
            let between = (y == 124 || y == 125) && (100..250).contains(&x);
            rows || column || upright || bar || divider || between
        });
        let ink = Ink { width, height, dots: dots.collect() };
        let found = find(&ink, 20.0, 2.0);
        let places: Vec<usize> = found.down.iter().map(|s| s.x0.div_ceil(10) * 10).collect();
        assert_eq!(places, [100, 250], "{found:?}");
    }

    #[test]
    fn rulings_are_found_and_letters_are_not() {
        let (width, height) = (300_usize, 200_usize);
        let dots = (0..width * height).map(|at| {
            let (x, y) = (at % width, at / width);
            // Steps down by a pixel in the middle, as a scanned ruling does; a worn gap.
            let across =
                (20..280).contains(&x) && (100..102).contains(&y.saturating_sub(usize::from(x > 150))) && x != 90;
            let down = (20..22).contains(&x) && (40..160).contains(&y);
            let letters = (60..80).contains(&y) && (40..200).contains(&x) && x % 6 < 3;
            let block = (130..170).contains(&y) && (60..200).contains(&x);
            across || down || letters || block
        });
        let ink = Ink { width, height, dots: dots.collect() };
        let found = find(&ink, 20.0, 2.0);
        assert_eq!((found.across.len(), found.down.len()), (1, 1), "{found:?}");
        let (h, v) = (found.across[0], found.down[0]);
        assert!(h.x0 <= 20 && h.x1 >= 280 && h.y0 >= 98 && h.y1 <= 105, "{h:?}");
        assert!(v.y0 <= 41 && v.y1 >= 159 && v.x1 - v.x0 <= 5, "{v:?}");
    }

    #[test]
    fn feet_of_letters_and_the_rim_of_a_seal_are_no_rulings() {
        let (width, height) = (400_usize, 400_usize);
        let page = |dark: &dyn Fn(usize, usize) -> bool| Ink {
            width,
            height,
            dots: (0..width * height).map(|at| dark(at % width, at / width)).collect(),
        };
        let count = |ink: &Ink| {
            let found = find(ink, 20.0, 2.0);
            found.across.len() + found.down.len()
        };
        // Digits such as 2, set closely: a bar below each, two pixels to the next one.
        let digits = |x: usize, y: usize| {
            let at = x % 13;
            (40..250).contains(&x) && at < 11 && ((98..100).contains(&y) || ((80..98).contains(&y) && at < 4))
        };
        assert_eq!(count(&page(&digits)), 0);
        // A worn ruling has such gaps and nothing that stands on it.
        let worn = |x: usize, y: usize| (40..250).contains(&x) && x % 13 < 11 && (98..100).contains(&y);
        assert_eq!(count(&page(&worn)), 1);
        let rim = |x: usize, y: usize| {
            let square = x.abs_diff(200).pow(2) + y.abs_diff(200).pow(2);
            (150 * 150..154 * 154).contains(&square)
        };
        assert_eq!(count(&page(&rim)), 0);
    }
}
