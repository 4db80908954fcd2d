//! A grey canvas that pictures are painted on, with the red and the blue of each pixel beside it, so that a seal can be levelled.

use super::seal;
use crate::model::Picture;
use hayro_interpret::kurbo::{Affine, Point, Rect};

/// Pictures at most this much finer than the canvas are taken pixel by pixel; finer ones are averaged.
const AS_FINE: f64 = 1.25;
/// Most samples along each side of a pixel of the canvas.
const MOST_SAMPLES: usize = 4;

/// The canvas.
pub(super) struct Canvas {
    width: usize,
    height: usize,
    grey: Vec<u8>,
    /// Red where red outweighs the other colours, else 0.
    red: Vec<u8>,
    /// The same of blue.
    blue: Vec<u8>,
}

impl Canvas {
    pub(super) fn new(width: usize, height: usize) -> Self {
        Self { width, height, grey: vec![u8::MAX; width * height], red: Vec::new(), blue: Vec::new() }
    }

    /// The picture, with seals levelled.
    pub(super) fn finish(self, scale: f64) -> Picture {
        let Self { width, height, mut grey, red, blue } = self;
        if !red.is_empty() {
            seal::level(&mut grey, &red, (width, height), scale, |_| true);
        }
        drop(red);
        if !blue.is_empty() {
            seal::level(&mut grey, &blue, (width, height), scale, |area| area.is_drawn_in_one(&blue));
        }
        Picture { width, height, grey, scale }
    }

    /// Paints a picture of a size in pixels; `colour` gives red, green, blue and opacity of a pixel of it, `transform` maps
    /// its pixels to the canvas.
    pub(super) fn paint(
        &mut self,
        size: (usize, usize),
        transform: Affine,
        colour: impl Fn(usize, usize) -> ([u8; 3], u8),
    ) {
        let shown = transform.transform_rect_bbox(Rect::new(0.0, 0.0, size.0 as f64, size.1 as f64));
        let determinant = transform.determinant();
        if determinant == 0.0 || !determinant.is_finite() || size.0 == 0 || size.1 == 0 {
            return;
        }
        let back = transform.inverse();
        let finer = (1.0 / determinant.abs()).sqrt();
        let samples = if finer <= AS_FINE { 1 } else { (finer.ceil() as usize).min(MOST_SAMPLES) };
        let range = |from: f64, to: f64, most: usize| {
            let clamp = |v: f64| v.clamp(0.0, most as f64) as usize;
            clamp(from.floor())..clamp(to.ceil())
        };
        for y in range(shown.y0, shown.y1, self.height) {
            for x in range(shown.x0, shown.x1, self.width) {
                let Some((rgb, alpha)) = sampled((x, y), samples, back, size, &colour) else { continue };
                self.put(y * self.width + x, rgb, alpha);
            }
        }
    }

    fn put(&mut self, at: usize, rgb: [u8; 3], alpha: u8) {
        let Some(slot) = self.grey.get_mut(at) else { return };
        let (grey, red, blue) = (luma(rgb), seal::redness(rgb), seal::blueness(rgb));
        let share = u32::from(alpha);
        *slot = ((u32::from(*slot) * (255 - share) + u32::from(grey) * share + 127) / 255) as u8;
        for (tint, tints) in [(red, &mut self.red), (blue, &mut self.blue)] {
            if tint > 0 && tints.is_empty() {
                *tints = vec![0; self.width * self.height];
            }
            if let Some(slot) = tints.get_mut(at) {
                *slot = if alpha > 127 { tint } else { *slot };
            }
        }
    }
}

fn luma([r, g, b]: [u8; 3]) -> u8 {
    ((299 * u32::from(r) + 587 * u32::from(g) + 114 * u32::from(b) + 500) / 1000) as u8
}

/// What a pixel of the canvas shows of a picture: nothing outside it.
fn sampled(
    (x, y): (usize, usize),
    samples: usize,
    back: Affine,
    size: (usize, usize),
    colour: &impl Fn(usize, usize) -> ([u8; 3], u8),
) -> Option<([u8; 3], u8)> {
    let at = |dx: f64, dy: f64| {
        let p = back * Point::new(x as f64 + dx, y as f64 + dy);
        let inside = p.x >= 0.0 && p.y >= 0.0 && p.x < size.0 as f64 && p.y < size.1 as f64;
        inside.then(|| colour(p.x as usize, p.y as usize))
    };
    if samples == 1 {
        return at(0.5, 0.5);
    }
    let (mut sum, mut count) = ([0_u32; 4], 0);
    for j in 0..samples {
        for i in 0..samples {
            let share = |k: usize| (k as f64 + 0.5) / samples as f64;
            let Some((rgb, alpha)) = at(share(i), share(j)) else { continue };
            count += 1;
            for (total, part) in sum.iter_mut().zip(rgb.into_iter().chain([alpha])) {
                *total += u32::from(part);
            }
        }
    }
    if count == 0 {
        return None;
    }
    let [r, g, b, a] = sum.map(|total| ((total + count / 2) / count) as u8);
    Some(([r, g, b], a))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_turned_and_flipped_as_placed() {
        // Two pixels, black and white, flipped upside down and turned.
        let colour = |_: usize, y: usize| ([if y == 0 { 0 } else { 255 }; 3], 255);
        let mut canvas = Canvas::new(1, 2);
        canvas.paint((1, 2), Affine::new([1.0, 0.0, 0.0, -1.0, 0.0, 2.0]), colour);
        assert_eq!(canvas.finish(1.0).grey, [255, 0]);
        let mut canvas = Canvas::new(2, 1);
        canvas.paint((1, 2), Affine::new([0.0, 1.0, 1.0, 0.0, 0.0, 0.0]), colour);
        assert_eq!(canvas.finish(1.0).grey, [0, 255]);
    }

    #[test]
    fn what_a_mask_leaves_open_shows_the_ground() {
        let mut canvas = Canvas::new(2, 1);
        canvas.paint((2, 1), Affine::IDENTITY, |x, _| ([0; 3], if x == 0 { 255 } else { 0 }));
        assert_eq!(canvas.finish(1.0).grey, [0, 255]);
    }
}
