//! The objects of a page, drawn one over the other.

use super::colour::{self, BLACK};
use super::frame::{Frame, Framed};
use super::outline::outline;
use super::resources::Lookup;
use super::text::{self, Setting};
use super::tree::Element;
use super::values::{POINTS, number};
use crate::canvas::{Canvas, FAINT, Look, Placed, SOLID, Shade, visible_part};
use crate::limits::Limits;
use crate::model::Rect;
use hayro_interpret::FillRule;
use hayro_interpret::kurbo::{Affine, Point, Rect as KurboRect, Shape};

/// Blocks and drawings inside each other that are followed.
const MOST_NESTED: usize = 24;
/// Text is cut away whose middle is farther (font sizes) than this outside the area that it is given: producers differ
/// in how tightly they measure it.
const OVER_BOUNDARY: f64 = 0.5;
/// Nothing is placed farther (points) from a page's corner than this: the place comes from a damaged number.
const FARTHEST: f64 = 50_000.0;
/// An area thinner than this (points) is a line.
const THIN: f64 = 3.0;
/// The box that a picture's transform starts from.
const UNIT: KurboRect = KurboRect::new(0.0, 0.0, 1.0, 1.0);

/// What went wrong on a page.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Faults {
    /// Something was written so that it makes no sense.
    pub(super) garbled: bool,
    /// Something that is referred to is not there.
    pub(super) missing: bool,
    /// There was more than the limits allow.
    pub(super) truncated: bool,
}

/// A picture drawn on a page.
pub(super) struct Shown {
    /// Where it stands, in points.
    pub(super) bbox: Rect,
    /// The part that names its file, and what it calls it.
    pub(super) from: String,
    pub(super) file: String,
}

/// Draws objects on a canvas.
pub(super) struct Painter<'a> {
    pub(super) canvas: Canvas,
    pub(super) faults: Faults,
    /// The pictures drawn, as many as the page's model keeps.
    pub(super) shown: Vec<Shown>,
    /// Whether pictures are on the page, which text that is not seen may belong to.
    has_pictures: bool,
    /// Objects that may still be drawn.
    left: usize,
    page: KurboRect,
    resources: &'a Lookup<'a>,
}

impl<'a> Painter<'a> {
    pub(super) fn new(bounds: KurboRect, resources: &'a Lookup<'a>, has_pictures: bool, limits: &Limits) -> Self {
        Self {
            canvas: Canvas::new(bounds, limits),
            faults: Faults::default(),
            shown: Vec::new(),
            has_pictures,
            page: bounds,
            left: limits.paths_per_page.saturating_add(limits.glyphs_per_page),
            resources,
        }
    }

    /// The frame of a whole page.
    pub(super) fn page(bounds: KurboRect) -> Frame {
        Frame {
            transform: Affine::scale(POINTS),
            clip: bounds,
            exact: true,
            window: bounds,
            opacity: 1.0,
            visible: true,
            style: super::resources::Style::default(),
        }
    }

    /// Draws all that is inside a block.
    pub(super) fn block(&mut self, block: &Element, around: &Frame, depth: usize) {
        let (frame, whole) = around.block(block, self.resources);
        self.faults.missing |= !whole;
        self.children(block, &frame, depth);
    }

    /// Draws an element's objects.
    pub(super) fn children(&mut self, block: &Element, frame: &Frame, depth: usize) {
        if depth > MOST_NESTED {
            self.faults.missing = true;
            return;
        }
        for child in &block.children {
            if self.left == 0 || self.canvas.is_stopped() {
                self.faults.truncated = true;
                return;
            }
            self.left -= 1;
            match child.name.as_str() {
                "Layer" | "PageBlock" | "Content" => self.block(child, frame, depth + 1),
                "TextObject" => self.object(child, frame, Self::text),
                "PathObject" => self.object(child, frame, Self::path),
                "ImageObject" => self.object(child, frame, Self::picture),
                "CompositeObject" | "CompositeGraphicUnit" => self.composite(child, frame, depth),
                name => self.faults.garbled |= name.ends_with("Object") && name != "VideoObject",
            }
        }
    }

    fn framed(&mut self, object: &Element, around: &Frame) -> Frame {
        let Framed { frame, is_sound, is_whole } = around.object(object, self.resources);
        self.faults.garbled |= !is_sound;
        self.faults.missing |= !is_whole;
        frame
    }

    fn object(&mut self, object: &Element, around: &Frame, draw: fn(&mut Self, &Element, &Frame)) {
        let frame = self.framed(object, around);
        draw(self, object, &frame);
    }

    fn composite(&mut self, object: &Element, around: &Frame, depth: usize) {
        let frame = self.framed(object, around);
        match object.attribute("ResourceID").and_then(|id| self.resources.drawing(id)) {
            Some(drawing) => self.children(&drawing, &frame, depth + 1),
            None => self.faults.missing = true,
        }
    }

    /// The shade of an object's fill or stroke, with the opacity around it.
    fn shade(&mut self, object: &Element, name: &str, usual: Option<Shade>, frame: &Frame) -> Option<Shade> {
        let own = object.child(name);
        self.faults.garbled |= own.is_some_and(|colour| !colour::is_sound(colour));
        let own = own.map(|colour| self.resources.shade(colour));
        own.or(usual).map(|shade| Shade { opacity: shade.opacity * frame.opacity, ..shade })
    }

    fn text(&mut self, object: &Element, frame: &Frame) {
        let Some(setting) = Setting::of(object) else {
            self.faults.garbled = true;
            return;
        };
        let fill = object.is_set("Fill", true).then(|| frame.style.fill.unwrap_or(BLACK));
        let fill = fill.and_then(|usual| self.shade(object, "FillColor", Some(usual), frame));
        let stroke = object.is_set("Stroke", false).then(|| frame.style.stroke.unwrap_or(BLACK));
        let stroke = stroke.and_then(|usual| self.shade(object, "StrokeColor", Some(usual), frame));
        let seen = fill.filter(|shade| shade.opacity >= FAINT).or(stroke).filter(|shade| shade.opacity >= FAINT);
        let hidden = !frame.visible || seen.is_none();
        if hidden && !self.has_pictures {
            self.canvas.leave_out(text::length(object), 0);
            return;
        }
        let face = object.attribute("Font").and_then(|font| self.resources.face(font));
        let (runs, sound) = text::runs(object, setting, face);
        self.faults.garbled |= !sound;
        for signs in runs {
            self.canvas.begin_run();
            let places = text::places(&signs, setting, frame.transform, face);
            for (sign, mut placed) in signs.iter().zip(places) {
                if !self.canvas.admits_glyph() {
                    return;
                }
                let middle = middle(&placed);
                if !self.page.contains(middle) {
                    self.faults.garbled |= middle.to_vec2().hypot() > FARTHEST;
                    self.canvas.leave_out(u32::from(!sign.is_blank()), 0);
                    continue;
                }
                let over = OVER_BOUNDARY * placed.size;
                let cut_away = !frame.clip.inflate(over, over).contains(middle);
                if !cut_away {
                    placed.bbox = visible_part(placed.bbox, frame.window).unwrap_or(placed.bbox);
                }
                let look = Look { shade: seen.unwrap_or(BLACK), hidden, masked: false, cut_away };
                self.canvas.write(&placed, look, || text::text_of(sign, face), || false);
            }
        }
    }

    fn path(&mut self, object: &Element, frame: &Frame) {
        if !frame.visible {
            return;
        }
        let (path, sound) = outline(object.text_of("AbbreviatedData").unwrap_or_default());
        self.faults.garbled |= !sound;
        let path = frame.transform * path;
        let scale = frame.transform.determinant().abs().sqrt();
        let width = object.attribute("LineWidth").and_then(number).unwrap_or(frame.style.line_width).abs() * scale;
        // A line on the edge of its box is seen as a whole.
        if path.elements().is_empty() || !self.canvas.push_clip(frame.clip.inflate(width, width), frame.exact) {
            return;
        }
        let rule = match object.attribute("Rule") {
            Some("Even-Odd") => FillRule::EvenOdd,
            _ => FillRule::NonZero,
        };
        let drawn = |set: bool, shade: Option<Shade>| shade.filter(|shade| set && shade.opacity >= FAINT);
        let (fills, strokes) = (object.is_set("Fill", false), object.is_set("Stroke", true));
        // An area without a colour is not seen, but nobody draws lines that are not.
        let bounds = path.bounding_box();
        let usual = frame.style.fill.or((!strokes && bounds.width().min(bounds.height()) <= THIN).then_some(BLACK));
        if let Some(shade) = drawn(fills, self.shade(object, "FillColor", usual, frame)) {
            self.canvas.fill(&path, rule, shade, false);
        }
        let stroke = self.shade(object, "StrokeColor", Some(frame.style.stroke.unwrap_or(BLACK)), frame);
        if let Some(shade) = drawn(strokes, stroke) {
            self.canvas.stroke(&path, width, shade, false);
        }
        self.canvas.pop_clip();
    }

    fn picture(&mut self, object: &Element, frame: &Frame) {
        if !frame.visible || frame.opacity < FAINT || !self.canvas.push_clip(frame.clip, frame.exact) {
            return;
        }
        let picture = object.attribute("ResourceID").and_then(|id| self.resources.picture(id));
        let hides = picture.is_some_and(|picture| picture.hides);
        let see_through = object.attribute("ImageMask").is_some() || frame.opacity < SOLID;
        // Without a transform a picture fills its box.
        let (bounds, transform) = match object.attribute("CTM") {
            Some(_) => (frame.transform.transform_rect_bbox(UNIT), frame.transform),
            None => (frame.clip, Affine::IDENTITY),
        };
        if let Some(picture) = picture {
            let bbox = Rect::new(bounds.x0, bounds.y0, bounds.x1, bounds.y1);
            self.shown.push(Shown { bbox, from: picture.from.clone(), file: picture.file.clone() });
        }
        if hides && !see_through && transform.determinant() != 0.0 {
            let back = transform.inverse();
            let within = if object.attribute("CTM").is_some() { UNIT } else { bounds };
            self.canvas.picture(bounds, Some(&|p: Point| within.contains(back * p)));
        } else {
            self.canvas.picture(bounds, None);
        }
        self.canvas.pop_clip();
    }
}

fn middle(placed: &Placed) -> Point {
    Point::new(placed.bbox.center_x(), placed.bbox.center_y())
}
