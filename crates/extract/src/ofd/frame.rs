//! Where an object is drawn and what of it is seen: transforms, clips, opacity, all from the page down.

use super::colour;
use super::outline::outline;
use super::resources::{Lookup, Style};
use super::tree::Element;
use super::values::{rectangle, transform};
use crate::canvas::fills_its_box;
use hayro_interpret::kurbo::{Affine, BezPath, Rect as KurboRect, Shape};

/// A box whose side is shorter than this (millimetres) cuts nothing along it: lines are given such boxes.
const NO_EXTENT: f64 = 1e-6;

/// What is in force for an object and all that is inside it.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    /// From its own coordinates to the page's points.
    pub(super) transform: Affine,
    /// What of the page can be drawn on.
    pub(super) clip: KurboRect,
    /// Whether all of that can be: no clip is anything but a rectangle.
    pub(super) exact: bool,
    /// What the file's own clips leave of it, whatever box an object is given: text that hangs out of it is cut.
    pub(super) window: KurboRect,
    pub(super) opacity: f32,
    pub(super) visible: bool,
    pub(super) style: Style,
}

/// An object's frame, and whether all that describes it made sense.
pub(super) struct Framed {
    pub(super) frame: Frame,
    pub(super) is_sound: bool,
    /// Whether all that it refers to is there.
    pub(super) is_whole: bool,
}

impl Frame {
    /// The frame of a layer or block, which only passes on what surrounds it.
    pub(super) fn block(&self, element: &Element, resources: &Lookup<'_>) -> (Self, bool) {
        let style = resources.styled(element, self.style);
        let frame = Self {
            visible: self.visible && element.is_set("Visible", true),
            style: style.unwrap_or(self.style),
            ..self.clone()
        };
        (frame, style.is_some())
    }

    /// The frame inside a box that stands somewhere in this one.
    pub(super) fn within(&self, boundary: KurboRect) -> Self {
        Self {
            transform: self.transform * Affine::translate((boundary.x0, boundary.y0)),
            clip: self.clip.intersect(self.clip_of(boundary)),
            ..self.clone()
        }
    }

    /// The frame of an object.
    pub(super) fn object(&self, element: &Element, resources: &Lookup<'_>) -> Framed {
        let (block, is_whole) = self.block(element, resources);
        let boundary = element.attribute("Boundary").and_then(rectangle);
        let own = element.attribute("CTM").map(transform);
        let mut frame = block.within(boundary.unwrap_or(KurboRect::ZERO));
        if boundary.is_none() {
            frame.clip = self.clip;
        }
        let outer = frame.transform;
        frame.transform = outer * own.flatten().unwrap_or(Affine::IDENTITY);
        frame.opacity *= colour::opacity(element);
        let mut is_sound = boundary.is_some() && own.is_none_or(|own| own.is_some());
        for clips in element.all("Clips") {
            let base = if clips.is_set("TransFlag", true) { frame.transform } else { outer };
            for clip in clips.all("Clip") {
                is_sound &= frame.cut(clip, base);
            }
        }
        Framed { frame, is_sound, is_whole }
    }

    /// Cuts away what is outside all areas of a clip; false where an area makes no sense.
    fn cut(&mut self, clip: &Element, base: Affine) -> bool {
        let (mut all, mut exact, mut sound) = (None::<KurboRect>, true, true);
        for area in clip.all("Area") {
            let within = base * area.attribute("CTM").and_then(transform).unwrap_or(Affine::IDENTITY);
            // An area in the form of a text is too fine to be looked at: nothing is cut away.
            let Some(path) = area.child("Path") else { return true };
            let boundary = path.attribute("Boundary").and_then(rectangle).unwrap_or(KurboRect::ZERO);
            let own = path.attribute("CTM").and_then(transform).unwrap_or(Affine::IDENTITY);
            let (drawn, whole) = outline(path.text_of("AbbreviatedData").unwrap_or_default());
            sound &= whole;
            let drawn: BezPath = within * Affine::translate((boundary.x0, boundary.y0)) * own * drawn;
            if drawn.elements().is_empty() {
                continue;
            }
            exact &= all.is_none() && fills_its_box(&drawn);
            let bounds = drawn.bounding_box();
            all = Some(all.map_or(bounds, |all| all.union(bounds)));
        }
        if let Some(bounds) = all {
            self.clip = self.clip.intersect(bounds);
            self.window = self.window.intersect(bounds);
            self.exact &= exact;
        }
        sound
    }

    /// A box of this frame as a clip of the page.
    fn clip_of(&self, boundary: KurboRect) -> KurboRect {
        let far = |side: f64| if side < NO_EXTENT { 1e6 } else { 0.0 };
        let (dx, dy) = (far(boundary.width()), far(boundary.height()));
        self.transform.transform_rect_bbox(boundary.inflate(dx, dy))
    }
}
