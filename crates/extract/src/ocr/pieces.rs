//! Pieces of ink that hang together.

use super::ink::Ink;

/// A piece's box in pixels, the far edges exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) x0: usize,
    pub(super) y0: usize,
    pub(super) x1: usize,
    pub(super) y1: usize,
    /// Pixels of ink.
    pub(super) dots: usize,
}

impl Piece {
    pub(super) fn width(&self) -> usize {
        self.x1 - self.x0
    }

    pub(super) fn height(&self) -> usize {
        self.y1 - self.y0
    }

    pub(super) fn union(&self, other: &Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
            dots: self.dots + other.dots,
        }
    }
}

/// All pieces of a page.
pub(super) fn find(ink: &Ink) -> Vec<Piece> {
    // Runs of the row above with the piece each belongs to; pieces point to the one that they were joined to.
    let (mut pieces, mut joined): (Vec<Piece>, Vec<usize>) = (Vec::new(), Vec::new());
    let mut above: Vec<(usize, usize, usize)> = Vec::new();
    for y in 0..ink.height {
        let mut here = Vec::new();
        let mut first = 0;
        for (x0, x1) in runs(ink.row(y)) {
            let own = Piece { x0, y0: y, x1, y1: y + 1, dots: x1 - x0 };
            while above.get(first).is_some_and(|(_, end, _)| *end < x0) {
                first += 1;
            }
            let touching = above.iter().skip(first).take_while(|(start, _, _)| *start <= x1);
            let mut home = None;
            for (_, _, piece) in touching {
                let root = root(&mut joined, *piece);
                match home {
                    None => home = Some(root),
                    Some(other) if other != root => {
                        pieces[other] = pieces[other].union(&pieces[root]);
                        joined[root] = other;
                    }
                    Some(_) => {}
                }
            }
            let home = home.unwrap_or_else(|| {
                pieces.push(Piece { dots: 0, ..own });
                joined.push(joined.len());
                joined.len() - 1
            });
            pieces[home] = pieces[home].union(&own);
            here.push((x0, x1, home));
        }
        above = here;
    }
    let alone = (0..pieces.len()).filter(|at| joined[*at] == *at);
    alone.map(|at| pieces[at]).collect()
}

fn root(joined: &mut [usize], mut at: usize) -> usize {
    while joined[at] != at {
        joined[at] = joined[joined[at]];
        at = joined[at];
    }
    at
}

fn runs(row: &[bool]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut x = 0;
    while let Some(start) = row.get(x..).and_then(|rest| rest.iter().position(|dot| *dot)).map(|at| x + at) {
        let end = row[start..].iter().position(|dot| !*dot).map_or(row.len(), |at| start + at);
        found.push((start, end));
        x = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_touches_is_one_piece() {
        let rows = ["#..#.##", "#..#...", "####..#"];
        let dots = rows.iter().flat_map(|row| row.chars().map(|c| c == '#')).collect();
        let found = find(&Ink { width: 7, height: 3, dots });
        let boxes: Vec<_> = found.iter().map(|p| (p.x0, p.y0, p.x1, p.y1, p.dots)).collect();
        assert_eq!(boxes, [(0, 0, 4, 3, 8), (5, 0, 7, 1, 2), (6, 2, 7, 3, 1)]);
    }
}
