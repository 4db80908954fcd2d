//! What the interpreter draws on: text, lines and areas of one colour become greys; at anything else it stops.

use super::paper::{Ink, Paper};
use super::stamps::{Printed, Stamps};
use hayro::hayro_interpret::font::{Glyph, GlyphRun};
use hayro::hayro_interpret::hayro_cmap::WritingMode;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, FillRule, Image, ImageDrawProps, Paint, SoftMask, StrokeProps,
};
use hayro::kurbo::{Affine, BezPath, Cap, PathEl, Rect, Shape, Stroke, StrokeOpts, stroke};

/// Thinnest line in pixels: what is printed as a line is to be seen as one.
const THINNEST: f64 = 1.0;
/// The same of the outline of a letter, which would look bold.
const THINNEST_OF_TEXT: f64 = 0.25;

/// How far an outline of a line may be from the line's true edge, in pixels.
const TOLERANCE: f64 = 0.1;

/// Prints one page.
pub(super) struct Press<'s> {
    paper: Paper,
    stamps: &'s mut Stamps,
    /// Whether something was asked for that is none of its work.
    beyond: bool,
}

impl<'s> Press<'s> {
    pub(super) fn new(paper: Paper, stamps: &'s mut Stamps) -> Self {
        Self { paper, stamps, beyond: false }
    }

    /// The page; `None` where it has something else than text, lines and areas of one colour.
    pub(super) fn finish(self) -> Option<Paper> {
        Some(self.paper).filter(|_| !self.beyond)
    }

    /// What is printed with; `None` where nothing more is.
    fn ink(&mut self, props: &DrawProps<'_>) -> Option<Ink> {
        let color = match &props.paint {
            Paint::Color(color) if props.blend_mode == BlendMode::Normal && props.soft_mask.is_none() => color,
            _ => {
                self.beyond = true;
                return None;
            }
        };
        let ink = Ink::of(color.to_rgba().to_rgba8());
        Some(ink).filter(|_| !self.beyond)
    }

    fn stroke(&mut self, path: &BezPath, to_page: Affine, props: &StrokeProps, (ink, thinnest): (Ink, f64)) {
        let [a, b, c, d, ..] = to_page.as_coeffs();
        let scale = a.hypot(b).max(c.hypot(d));
        if !(scale.is_finite() && scale > 0.0) {
            return;
        }
        let width = f64::from(props.line_width).max(thinnest / scale);
        if let Some(rule) = straight(path, width, props) {
            return self.paper.fill(&(to_page * rule), FillRule::NonZero, ink);
        }
        let style = Stroke {
            width,
            join: props.line_join,
            miter_limit: props.miter_limit.into(),
            start_cap: props.line_cap,
            end_cap: props.line_cap,
            dash_pattern: props.dash_array.iter().map(|length| f64::from(*length)).collect(),
            dash_offset: props.dash_offset.into(),
        };
        let outline = stroke(path.iter(), &style, &StrokeOpts::default(), TOLERANCE / scale);
        self.paper.fill(&(to_page * outline), FillRule::NonZero, ink);
    }
}

impl<'a> Device<'a> for Press<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        let Some(ink) = self.ink(&props) else { return };
        if let DrawMode::Fill(rule) | DrawMode::FillAndStroke(rule, _) = mode {
            self.paper.fill(&(props.transform * path), *rule, ink);
        }
        if let DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke) = mode {
            self.stroke(path, props.transform, stroke, (ink, THINNEST));
        }
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        if matches!(mode, DrawMode::Invisible) {
            return;
        }
        let Some(ink) = self.ink(&props) else { return };
        let level = run.writing_mode() == WritingMode::Horizontal;
        for glyph in run.glyphs() {
            let to_page = props.transform * glyph.transform();
            let outline = match &**glyph {
                Glyph::Outline(outline) => outline,
                Glyph::Type3(drawn) => {
                    drawn.interpret(self, props.transform, glyph.transform(), &props.paint);
                    continue;
                }
            };
            if let DrawMode::Fill(_) | DrawMode::FillAndStroke(..) = mode {
                match self.stamps.placed(outline, to_page, level) {
                    Some(Printed::Stamp(stamp, at)) => self.paper.stamp(&stamp, at, ink),
                    Some(Printed::Outline(path)) => self.paper.fill(&path, FillRule::NonZero, ink),
                    None => {}
                }
            }
            if let DrawMode::Stroke(stroke) | DrawMode::FillAndStroke(_, stroke) = mode
                && let Some(path) = self.stamps.outline(outline.identifier().cache_key(), outline)
            {
                // The width of the line is told in the text's space, not in the glyph's.
                let path = glyph.transform() * path.as_ref();
                self.stroke(&path, props.transform, stroke, (ink, THINNEST_OF_TEXT));
            }
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.beyond = true;
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        // Forms bring their box as an outline.
        self.beyond |= !is_box(&clip.path);
        self.paper.push_clip(clip.path.bounding_box());
    }

    fn push_clip_rect(&mut self, bounds: &Rect) {
        self.paper.push_clip(*bounds);
    }

    fn pop_clip(&mut self) {
        self.paper.pop_clip();
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'a>>, blend: BlendMode) {
        // A group that hides what is below it as its parts do is no more than its parts.
        self.beyond |= opacity < 1.0 || mask.is_some() || blend != BlendMode::Normal;
    }

    fn pop_transparency_group(&mut self) {}
}

/// The outline of a straight line from one point to another: rules of tables are nothing else.
fn straight(path: &BezPath, width: f64, props: &StrokeProps) -> Option<BezPath> {
    let [PathEl::MoveTo(from), PathEl::LineTo(to)] = *path.elements() else { return None };
    let length = from.distance(to);
    let beyond = match props.line_cap {
        Cap::Butt => 0.0,
        Cap::Square => width / 2.0,
        Cap::Round => return None,
    };
    let is_whole = props.dash_array.is_empty() && length > 0.0 && length.is_finite();
    if !is_whole {
        return None;
    }
    let lying = Rect::new(-beyond, -width / 2.0, length + beyond, width / 2.0);
    let turned = Affine::translate(from.to_vec2()) * Affine::rotate((to - from).atan2());
    Some(turned * lying.to_path(TOLERANCE))
}

/// Whether an outline is that of an upright box: straight, and as large as the box around it.
fn is_box(path: &BezPath) -> bool {
    let straight = |element: &PathEl| !matches!(element, PathEl::QuadTo(..) | PathEl::CurveTo(..));
    let (bounds, area) = (path.bounding_box(), path.area().abs());
    path.elements().iter().all(straight) && (bounds.area() - area).abs() <= bounds.area() * 1e-6
}
