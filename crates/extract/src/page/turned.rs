//! Pages whose text runs up, down or upside down: a broad table set sideways on an upright page. They are read as a
//! reader would turn them, and the places are given on the page as displayed.

use crate::model::{Direction, Extraction, Fill, Glyph, Page, Place, Plane, Rect, Ruling};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Share of a page's glyphs that must run one way for the page to be turned.
const MOST: f64 = 0.6;
/// A page with fewer glyphs is a picture or a divider.
const LEAST: usize = 10;

/// How a page is turned for reading.
#[derive(Debug, Clone, Copy)]
pub(super) struct Turn {
    direction: Direction,
    width: f64,
    height: f64,
}

impl Turn {
    /// From the displayed page to the page as read.
    pub(super) fn to_read(self, b: &Rect) -> Rect {
        let (w, h) = (self.width, self.height);
        match self.direction {
            Direction::Right => *b,
            Direction::Up => Rect::new(h - b.y1, b.x0, h - b.y0, b.x1),
            Direction::Down => Rect::new(b.y0, w - b.x1, b.y1, w - b.x0),
            Direction::Left => Rect::new(w - b.x1, h - b.y1, w - b.x0, h - b.y0),
        }
    }

    /// From the page as read back to the displayed one.
    fn to_displayed(self, b: &Rect) -> Rect {
        let (w, h) = (self.width, self.height);
        match self.direction {
            Direction::Right => *b,
            Direction::Up => Rect::new(b.y0, h - b.x1, b.y1, h - b.x0),
            Direction::Down => Rect::new(w - b.y1, b.x0, w - b.y0, b.x1),
            Direction::Left => Rect::new(w - b.x1, h - b.y1, w - b.x0, h - b.y0),
        }
    }

    fn glyph(self, glyph: &Glyph) -> Glyph {
        let order = [Direction::Right, Direction::Down, Direction::Left, Direction::Up];
        let place = |d: Direction| order.iter().position(|o| *o == d).unwrap_or(0);
        let direction = order[(place(glyph.direction) + 4 - place(self.direction)) % 4];
        Glyph { bbox: self.to_read(&glyph.bbox), direction, ..glyph.clone() }
    }

    fn page(self, page: &Page) -> Page {
        let sideways = matches!(self.direction, Direction::Up | Direction::Down);
        let (width, height) = if sideways { (page.height, page.width) } else { (page.width, page.height) };
        let turn = |b: &Rect| self.to_read(b);
        Page {
            number: page.number,
            width,
            height,
            glyphs: page.glyphs.iter().map(|g| self.glyph(g)).collect(),
            rulings: page
                .rulings
                .iter()
                .map(|r| Ruling { bbox: turn(&r.bbox), horizontal: r.horizontal != sideways })
                .collect(),
            fills: page.fills.iter().map(|f| Fill { bbox: turn(&f.bbox), ..*f }).collect(),
            shapes: page.shapes.iter().map(turn).collect(),
            images: page.images.iter().map(turn).collect(),
            unknown_glyphs: page.unknown_glyphs,
            read: Vec::new(),
            trusted_layer: page.trusted_layer,
            skew: page.skew,
            plane: page.plane,
        }
    }
}

/// The pages as they are to be read, and how each that had to be was turned.
pub(super) fn upright(pages: &[Page]) -> (Cow<'_, [Page]>, BTreeMap<u32, Turn>) {
    let turns: BTreeMap<u32, Turn> = pages.iter().filter_map(|p| turn_of(p).map(|t| (p.number, t))).collect();
    if turns.is_empty() {
        return (Cow::Borrowed(pages), turns);
    }
    let read = |page: &Page| turns.get(&page.number).map_or_else(|| page.clone(), |turn| turn.page(page));
    (Cow::Owned(pages.iter().map(read).collect()), turns)
}

fn turn_of(page: &Page) -> Option<Turn> {
    let all = page.glyphs.len();
    let running = |d: Direction| page.glyphs.iter().filter(|g| g.direction == d).count();
    let turned = [Direction::Up, Direction::Down, Direction::Left];
    let direction = turned.into_iter().find(|d| running(*d) as f64 >= MOST * all as f64)?;
    (all >= LEAST).then_some(Turn { direction, width: page.width, height: page.height })
}

/// Gives the places of what was found on turned and on skewed pages as they are displayed.
pub(super) fn restore(found: &mut Extraction, turns: &BTreeMap<u32, Turn>, pages: &[Page]) {
    let skewed: BTreeMap<u32, &Page> =
        pages.iter().filter(|p| p.skew != 0.0 || p.plane.is_some()).map(|p| (p.number, p)).collect();
    if turns.is_empty() && skewed.is_empty() {
        return;
    }
    let displayed = |number: u32, bbox: &Rect| {
        let bbox = turns.get(&number).map_or(*bbox, |turn| turn.to_displayed(bbox));
        skewed.get(&number).map_or(bbox, |page| self::displayed(page, &bbox))
    };
    let restore = |place: &mut Place| {
        if let (Some(number), Some(bbox)) = (place.page, place.bbox.as_mut()) {
            *bbox = displayed(number, bbox);
        }
    };
    for table in &mut found.tables {
        if let Some(number) = table.pages.first() {
            table.bbox = displayed(*number, &table.bbox);
        }
        table.cells.iter_mut().for_each(|c| restore(&mut c.place));
        table.captions.iter_mut().for_each(|c| restore(&mut c.place));
        table.strays.iter_mut().for_each(|f| restore(&mut f.place));
    }
    found.lines.iter_mut().for_each(|l| restore(&mut l.place));
}

/// Where a box of a page that may have been straightened is displayed.
pub(super) fn displayed(page: &Page, bbox: &Rect) -> Rect {
    match &page.plane {
        Some(plane) => seen(bbox, plane),
        None if page.skew == 0.0 => *bbox,
        None => skew_back(bbox, page),
    }
}

/// The box around a box of a flat page as it is seen.
fn seen(bbox: &Rect, plane: &Plane) -> Rect {
    let corners = [(bbox.x0, bbox.y0), (bbox.x1, bbox.y0), (bbox.x1, bbox.y1), (bbox.x0, bbox.y1)];
    let [a, b, c, d] = corners.map(|(x, y)| plane.at(x, y));
    // Between the corners, so that neighbouring boxes do not lie over each other.
    let middle = |a: f64, b: f64| f64::midpoint(a, b);
    Rect::new(middle(a.0, d.0), middle(a.1, b.1), middle(b.0, c.0), middle(c.1, d.1))
}

/// Where a box of a straightened page stands on the page as displayed: its middle is turned about the page's.
fn skew_back(bbox: &Rect, page: &Page) -> Rect {
    let (sin, cos) = page.skew.to_radians().sin_cos();
    let (x, y) = (bbox.center_x() - page.width / 2.0, bbox.center_y() - page.height / 2.0);
    let (dx, dy) = (x * cos - y * sin - x, x * sin + y * cos - y);
    Rect::new(bbox.x0 + dx, bbox.y0 + dy, bbox.x1 + dx, bbox.y1 + dy)
}

/// Where a box of the displayed page stands on the page as it was straightened.
pub(super) fn straightened(page: &Page, bbox: &Rect) -> Rect {
    if page.skew == 0.0 {
        return *bbox;
    }
    let (sin, cos) = page.skew.to_radians().sin_cos();
    let (x, y) = (bbox.center_x() - page.width / 2.0, bbox.center_y() - page.height / 2.0);
    let (dx, dy) = (x * cos + y * sin - x, y * cos - x * sin - y);
    Rect::new(bbox.x0 + dx, bbox.y0 + dy, bbox.x1 + dx, bbox.y1 + dy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_of_a_straightened_page_are_put_back() {
        let page = Page { width: 200.0, height: 200.0, skew: 90.0, ..Page::default() };
        let back = skew_back(&Rect::new(190.0, 95.0, 200.0, 105.0), &page);
        assert!((back.center_x() - 100.0).abs() < 1e-9 && (back.center_y() - 195.0).abs() < 1e-9, "{back:?}");
    }

    #[test]
    fn turning_and_restoring_is_nothing() {
        let bbox = Rect::new(10.0, 20.0, 30.0, 25.0);
        for direction in [Direction::Right, Direction::Up, Direction::Down, Direction::Left] {
            let turn = Turn { direction, width: 600.0, height: 800.0 };
            assert_eq!(turn.to_displayed(&turn.to_read(&bbox)), bbox, "{direction:?}");
            let glyph = Glyph { text: "1".to_owned(), bbox, size: 10.0, direction, hidden: false };
            assert_eq!(turn.glyph(&glyph).direction, Direction::Right);
        }
    }
}
