//! The clips in force while a page is drawn.

use hayro_interpret::kurbo::Rect as KurboRect;

/// Clips allowed for each path allowed: many programs clip each cell and each word of it.
const CLIPS_TO_PATHS: usize = 2;

/// Bounding boxes of the clips in force; each is the intersection with all before it.
pub(super) struct Clips {
    stack: Vec<(KurboRect, bool)>,
    /// Clips set so far; a form that draws itself in ever more copies sets one for each.
    set: usize,
    most: usize,
}

impl Clips {
    pub(super) fn new(page: KurboRect, paths: usize) -> Self {
        Self { stack: vec![(page, true)], set: 0, most: CLIPS_TO_PATHS * paths }
    }

    /// What of the page can be drawn on.
    pub(super) fn current(&self) -> KurboRect {
        self.stack.last().map_or(KurboRect::ZERO, |(bounds, _)| *bounds)
    }

    /// Whether all of it can be drawn on: no clip is anything but a rectangle.
    pub(super) fn is_exact(&self) -> bool {
        self.stack.last().is_none_or(|(_, exact)| *exact)
    }

    /// Sets another clip; false once the page has too many.
    pub(super) fn push(&mut self, bounds: KurboRect, exact: bool) -> bool {
        self.set += 1;
        if self.set > self.most {
            return false;
        }
        self.stack.push((self.current().intersect(bounds), exact && self.is_exact()));
        true
    }

    /// Goes back to the clip before; the page's own stays.
    pub(super) fn pop(&mut self) {
        if self.stack.len() > 1 {
            self.stack.pop();
        }
    }
}
