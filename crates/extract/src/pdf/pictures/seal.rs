//! Red and blue seals: what is printed under one is darker than its plain colour.

/// Red outweighs the other colours by at least this.
const RED: u8 = 38;
/// So much is enough at the edges of a seal's strokes.
const REDDISH: u8 = 10;
/// Side of the squares (points) in which red is looked for.
const SQUARE: f64 = 5.0;
/// A square is red when so many of its pixels are.
const MOSTLY: f64 = 0.03;
/// A seal is at least so large in both directions (points): 14 mm. Red figures are smaller.
const SMALLEST: f64 = 40.0;
/// What stands inside one belongs to it from this size on (points): its star.
const INNER: f64 = 18.0;
/// Shares of a seal's plain lightness from which on a pixel is paper, and up to which it is text. A seal that a program laid
/// over the page hides most of what is under it: its text is hardly darker than the seal.
const PAPER: f64 = 0.92;
const TEXT: f64 = 0.6;
/// A pixel as red as this share of a seal's plain red is paper however dark: thick ink is dark red, and text under it is not red.
const AS_RED: f64 = 0.98;
/// Share of a seal's red pixels that are darker than its plain red, by which it is known.
const UNDER_TEXT: f64 = 0.35;

/// A pixel at the edge of a seal's stroke has lost its colour in the picture's coding but not its lightness: it is paper where
/// it is at least this share as light as the seal's plain red and clear red stands no further away than this (points).
const AS_LIGHT: f64 = 0.85;
const FADED: f64 = 0.75;

/// A blue seal is no larger than this (points): 6 cm. Blue print of a page or of a table is.
const LARGEST: f64 = 180.0;
/// Its outline hangs together over this size (points), as no blue text does; cells (points) in which that is looked for.
const OUTLINE: f64 = 36.0;
const CELL: f64 = 0.6;

/// The red of a pixel where it outweighs the other colours, else 0; odd where it does so clearly.
pub(super) fn redness([r, g, b]: [u8; 3]) -> u8 {
    tint(r, g.max(b))
}

/// The same of blue.
pub(super) fn blueness([r, g, b]: [u8; 3]) -> u8 {
    tint(b, r.max(g))
}

fn tint(own: u8, others: u8) -> u8 {
    match own.saturating_sub(others) {
        over if over >= RED => own | 1,
        over if over >= REDDISH => (own & !1).max(2),
        _ => 0,
    }
}

fn is_red(value: u8) -> bool {
    value & 1 == 1
}

/// Levels the seals of a page, those of its tinted areas that are some: their plain colour becomes paper, what is darker stays.
pub(super) fn level(
    grey: &mut [u8],
    red: &[u8],
    (width, height): (usize, usize),
    scale: f64,
    is_seal: impl Fn(&Shape) -> bool,
) {
    let side = ((SQUARE * scale).round() as usize).max(1);
    let (cols, rows) = (width.div_ceil(side), height.div_ceil(side));
    let mut counts = vec![0_usize; cols * rows];
    for (y, line) in red.chunks(width).enumerate() {
        for (x, value) in line.iter().enumerate() {
            counts[y / side * cols + x / side] += usize::from(is_red(*value));
        }
    }
    let least = MOSTLY * (side * side) as f64;
    let mut open: Vec<bool> = counts.iter().map(|count| *count as f64 >= least).collect();
    let mut areas: Vec<Area> = Vec::new();
    for start in 0..open.len() {
        if open[start] {
            // Over a gap of one square too: the letters of a seal stand apart.
            areas.push(Area::of(connected(&mut open, start, (cols, rows), 2), cols));
        }
    }
    let measure = |squares: usize| squares as f64 * side as f64 / scale;
    let is_as_large = |area: &Area, least: f64| {
        let (across, down) = area.size();
        measure(across) >= least && measure(down) >= least
    };
    let faded = ((FADED * scale).round() as usize).max(1);
    let shape = |area| Shape { area, side, width, scale };
    let seals: Vec<&Area> = areas.iter().filter(|area| is_as_large(area, SMALLEST) && is_seal(&shape(area))).collect();
    for area in &seals {
        level_squares(grey, red, &with_edges(&area.squares, (cols, rows)), (width, side, cols, faded), false);
    }
    let smaller = areas.iter().filter(|area| !is_as_large(area, SMALLEST) && is_as_large(area, INNER));
    for area in smaller.filter(|area| seals.iter().any(|seal| seal.surrounds(area))) {
        level_squares(grey, red, &with_edges(&area.squares, (cols, rows)), (width, side, cols, faded), true);
    }
}

/// A tinted area of a picture.
pub(super) struct Shape<'a> {
    area: &'a Area,
    side: usize,
    width: usize,
    scale: f64,
}

impl Shape<'_> {
    /// Whether the area is as large as a seal, and its outline is one stroke: a ring, or a frame.
    pub(super) fn is_drawn_in_one(&self, tints: &[u8]) -> bool {
        let (across, down) = self.area.size();
        let measure = |squares: usize| (squares * self.side) as f64 / self.scale;
        if measure(across) > LARGEST || measure(down) > LARGEST {
            return false;
        }
        let cell = ((CELL * self.scale).round() as usize).max(1);
        let (cols, rows) = ((across * self.side).div_ceil(cell), (down * self.side).div_ceil(cell));
        let (x0, y0) = (self.area.xs.0 * self.side, self.area.ys.0 * self.side);
        let tinted = |at: usize| {
            let (left, top) = (x0 + at % cols * cell, y0 + at / cols * cell);
            (top..top + cell).any(|y| {
                (left..(left + cell).min(self.width)).any(|x| tints.get(y * self.width + x).is_some_and(|t| is_red(*t)))
            })
        };
        let mut open: Vec<bool> = (0..cols * rows).map(tinted).collect();
        let least = (OUTLINE * self.scale) as usize / cell;
        (0..open.len()).any(|start| {
            let stroke = if open[start] { connected(&mut open, start, (cols, rows), 1) } else { Vec::new() };
            let (across, down) = Area::of(stroke, cols).size();
            across >= least && down >= least
        })
    }
}

/// Red squares that hang together, and the first and last of their columns and rows.
struct Area {
    squares: Vec<usize>,
    xs: (usize, usize),
    ys: (usize, usize),
}

impl Area {
    fn of(squares: Vec<usize>, cols: usize) -> Self {
        let extent = |of: fn(usize, usize) -> usize| {
            let all = squares.iter().map(|square| of(*square, cols));
            (all.clone().min().unwrap_or(0), all.max().unwrap_or(0))
        };
        let (xs, ys) = (extent(|square, cols| square % cols), extent(|square, cols| square / cols));
        Self { squares, xs, ys }
    }

    /// Squares across and down.
    fn size(&self) -> (usize, usize) {
        (self.xs.1 + 1 - self.xs.0, self.ys.1 + 1 - self.ys.0)
    }

    fn surrounds(&self, other: &Self) -> bool {
        let holds = |own: (usize, usize), its: (usize, usize)| own.0 <= its.0 && its.1 <= own.1;
        holds(self.xs, other.xs) && holds(self.ys, other.ys)
    }
}

/// The red squares that hang together with one of them, up to so many apart, taken out of the open ones.
fn connected(open: &mut [bool], start: usize, (cols, rows): (usize, usize), reach: usize) -> Vec<usize> {
    let (mut found, mut next) = (Vec::new(), vec![start]);
    open[start] = false;
    while let Some(square) = next.pop() {
        found.push(square);
        let (x, y) = (square % cols, square / cols);
        for near_y in y.saturating_sub(reach)..=(y + reach).min(rows - 1) {
            for near_x in x.saturating_sub(reach)..=(x + reach).min(cols - 1) {
                let near = near_y * cols + near_x;
                if std::mem::replace(&mut open[near], false) {
                    next.push(near);
                }
            }
        }
    }
    found
}

/// Squares with those around them, where the seal's edges fade.
fn with_edges(squares: &[usize], (cols, rows): (usize, usize)) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    for square in squares {
        let (x, y) = (square % cols, square / cols);
        for near_y in y.saturating_sub(1)..=(y + 1).min(rows - 1) {
            found.extend((x.saturating_sub(1)..=(x + 1).min(cols - 1)).map(|near_x| near_y * cols + near_x));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Levels an area of a seal by how light it is beside its plain colour; where it is solid, its red tells nothing, since text on
/// a solid ground takes on the colour of the ground in the picture's coding.
fn level_squares(
    grey: &mut [u8],
    red: &[u8],
    squares: &[usize],
    (width, side, cols, faded): (usize, usize, usize, usize),
    solid: bool,
) {
    let height = grey.len() / width.max(1);
    let places = |square: &usize| {
        let (x0, y0) = (square % cols * side, square / cols * side);
        (y0..(y0 + side).min(height)).flat_map(move |y| (x0..(x0 + side).min(width)).map(move |x| y * width + x))
    };
    let (mut reds, mut greys) = ([0_usize; 256], [0_usize; 256]);
    for at in squares.iter().flat_map(places).filter(|at| is_red(red[*at])) {
        reds[usize::from(red[at])] += 1;
        greys[usize::from(grey[at])] += 1;
    }
    let ground = plain(&greys);
    let light = AS_LIGHT * ground;
    let (paper, text, as_red) = (PAPER * ground, TEXT * ground, AS_RED * plain(&reds));
    let beside_red = |at: usize| {
        let (x, y) = (at % width, at / width);
        let rows = y.saturating_sub(faded)..=(y + faded).min(height - 1);
        rows.flat_map(|y| &red[y * width + x.saturating_sub(faded)..=y * width + (x + faded).min(width - 1)])
            .any(|value| is_red(*value))
    };
    for at in squares.iter().flat_map(places) {
        if !is_red(red[at]) && f64::from(grey[at]) >= light && beside_red(at) {
            grey[at] = u8::MAX;
        } else if red[at] > 0 || (solid && beside_red(at)) {
            let thick = !solid && f64::from(red[at]) >= as_red;
            let shade = (f64::from(grey[at]) - text) / (paper - text) * 255.0;
            grey[at] = if thick { u8::MAX } else { shade.clamp(0.0, 255.0) as u8 };
        }
    }
}

/// The value of a seal's plain colour: most of its pixels are as light or lighter.
fn plain(counts: &[usize; 256]) -> f64 {
    let total: usize = counts.iter().sum();
    let mut below = 0;
    let found = (1..256).find(|value| {
        below += counts[*value];
        below as f64 >= UNDER_TEXT * total as f64
    });
    found.unwrap_or(255) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_star_inside_a_seal_is_levelled_and_a_red_figure_inside_is_not() {
        let (width, height) = (300, 300);
        let (mut grey, mut red) = (vec![255; width * height], vec![0; width * height]);
        let mut paint = |x: usize, y: usize| (grey[y * width + x], red[y * width + x]) = (120, 215);
        for at in 20..280 {
            for thick in 0..6 {
                for (x, y) in [(at, 20 + thick), (at, 274 + thick), (20 + thick, at), (274 + thick, at)] {
                    paint(x, y);
                }
            }
        }
        (130..170).for_each(|y| (130..170).for_each(|x| paint(x, y)));
        (205..213).for_each(|y| (205..225).for_each(|x| paint(x, y)));
        level(&mut grey, &red, (width, height), 1.0, |_| true);
        assert_eq!((grey[22 * width + 150], grey[150 * width + 150], grey[208 * width + 210]), (255, 255, 120));
    }

    #[test]
    fn the_faded_edge_of_a_seal_is_paper_and_text_on_it_is_not() {
        let (width, height) = (120, 120);
        let (mut grey, mut red) = (vec![245; width * height], vec![0; width * height]);
        for at in (20..100).flat_map(|y| (20..100).map(move |x| y * width + x)) {
            (grey[at], red[at]) = (130, 221);
        }
        let (edge, text, outside) = (50 * width + 100, 60 * width + 60, 110 * width + 110);
        grey[edge] = 128;
        (grey[text], red[text]) = (50, 0);
        grey[outside] = 128;
        level(&mut grey, &red, (width, height), 2.0, |_| true);
        assert_eq!((grey[edge], grey[text], grey[outside]), (255, 50, 128));
    }

    #[test]
    fn a_seal_becomes_paper_and_a_red_figure_stays() {
        let (width, height) = (200, 200);
        let (mut grey, mut red) = (vec![255; width * height], vec![0; width * height]);
        let mut paint = |x0: usize, y0: usize, side: usize, of: (u8, u8)| {
            for y in y0..y0 + side {
                for x in x0..x0 + side {
                    (grey[y * width + x], red[y * width + x]) = of;
                }
            }
        };
        paint(20, 20, 60, (90, 215));
        paint(40, 40, 6, (60, 101));
        paint(150, 150, 8, (90, 215));
        level(&mut grey, &red, (width, height), 1.0, |_| true);
        assert_eq!(grey[25 * width + 25], 255);
        assert!(grey[42 * width + 42] < 160);
        assert_eq!(grey[154 * width + 154], 90, "a red figure");
    }

    #[test]
    fn a_ring_is_a_seal_and_lines_of_blue_text_are_none() {
        let (width, height) = (200, 200);
        let levelled = |is_blue: &dyn Fn(usize, usize) -> bool| {
            let blue: Vec<u8> =
                (0..width * height).map(|at| if is_blue(at % width, at / width) { 191 } else { 0 }).collect();
            let mut grey: Vec<u8> = blue.iter().map(|tint| if *tint > 0 { 90 } else { 255 }).collect();
            level(&mut grey, &blue, (width, height), 1.0, |shape| shape.is_drawn_in_one(&blue));
            grey.iter().all(|value| *value == 255)
        };
        let ring = |x: usize, y: usize| (1_300..1_700).contains(&(x.abs_diff(100).pow(2) + y.abs_diff(100).pow(2)));
        let text = |x: usize, y: usize| (60..140).contains(&x) && (60..140).contains(&y) && x % 9 < 7 && y % 14 < 9;
        assert!(levelled(&ring) && !levelled(&text));
    }
}
