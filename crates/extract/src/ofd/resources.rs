//! What pages refer to: fonts, drawing parameters, colour spaces, pictures, drawings that are used again.

use super::colour::{self, Space};
use super::font::Face;
use super::package::Parts;
use super::tree::Element;
use super::values::number;
use crate::canvas::Shade;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Drawing parameters that go back to others are followed so far.
const MOST_RELATIVES: usize = 16;
/// Formats of pictures that hide what is under them; others may be see-through.
const OPAQUE: [&str; 4] = ["jpg", "jpeg", "jpe", "bmp"];

/// Resources by their identifiers.
#[derive(Default)]
pub(super) struct Resources {
    fonts: BTreeMap<String, Font>,
    params: BTreeMap<String, Param>,
    spaces: BTreeMap<String, Space>,
    pictures: BTreeMap<String, Picture>,
    drawings: BTreeMap<String, Rc<Element>>,
    /// Files of resources that are not there, or only in part.
    pub(super) lost: Vec<String>,
}

/// A picture.
pub(super) struct Picture {
    /// Whether it hides what is under it.
    pub(super) hides: bool,
    /// The part that names its file, and what it calls it.
    pub(super) from: String,
    pub(super) file: String,
}

/// A font; its program is read when the first character asks.
struct Font {
    program: Option<(String, String)>,
    face: OnceCell<Option<Face>>,
}

/// Drawing parameters as their element says; what it leaves open is another's.
#[derive(Default, Clone)]
struct Param {
    relative: Option<String>,
    line_width: Option<f64>,
    fill: Option<Shade>,
    stroke: Option<Shade>,
}

/// What is drawn with where an object says nothing of its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    /// Width of lines in millimetres.
    pub(super) line_width: f64,
    pub(super) fill: Option<Shade>,
    pub(super) stroke: Option<Shade>,
}

/// The standard's own width of a line (millimetres).
const LINE_WIDTH: f64 = 0.353;

impl Default for Style {
    fn default() -> Self {
        Self { line_width: LINE_WIDTH, fill: None, stroke: None }
    }
}

impl Resources {
    /// Adds the resources of the file that the part at `from` names.
    pub(super) fn add(&mut self, parts: &Parts, from: &str, location: &str) {
        let part = match parts.read(from, location) {
            Ok(part) => part,
            Err(reason) => return self.lost.push(reason),
        };
        self.lost.extend(part.tree.fault.map(|fault| format!("{}：{fault}", part.path)));
        let Some(root) = part.tree.root else { return };
        let base = root.attribute("BaseLoc").unwrap_or_default().trim().trim_end_matches(['/', '\\']).to_owned();
        let within = |file: &str| if base.is_empty() { file.to_owned() } else { format!("{base}/{file}") };
        // Colour spaces first: the colours of drawing parameters are written in them.
        let children = || root.children.iter().flat_map(|group| group.children.iter());
        for element in children().filter(|element| element.name == "ColorSpace") {
            self.spaces.insert(id(element), Space::of(element));
        }
        for element in children() {
            match element.name.as_str() {
                "Font" => {
                    let file = element.text_of("FontFile").map(within);
                    let program = file.map(|file| (part.path.clone(), file));
                    self.fonts.insert(id(element), Font { program, face: OnceCell::new() });
                }
                "DrawParam" => {
                    let param = self.param(element);
                    self.params.insert(id(element), param);
                }
                "MultiMedia" => {
                    let file = within(element.text_of("MediaFile").unwrap_or_default());
                    let picture = Picture { hides: hides(element), from: part.path.clone(), file };
                    self.pictures.insert(id(element), picture);
                }
                "CompositeGraphicUnit" | "VectorG" => {
                    self.drawings.insert(id(element), Rc::new(element.clone()));
                }
                _ => {}
            }
        }
    }

    fn param(&self, element: &Element) -> Param {
        let shade = |name: &str| Some(colour::shade(element.child(name)?, |id| self.spaces.get(id)));
        Param {
            relative: element.attribute("Relative").map(|id| id.trim().to_owned()),
            line_width: element.attribute("LineWidth").and_then(number),
            fill: shade("FillColor"),
            stroke: shade("StrokeColor"),
        }
    }
}

fn id(element: &Element) -> String {
    element.attribute("ID").unwrap_or_default().trim().to_owned()
}

fn hides(element: &Element) -> bool {
    let file = element.text_of("MediaFile").unwrap_or_default();
    let ending = file.rsplit_once('.').map(|(_, ending)| ending);
    let format = element.attribute("Format").or(ending).unwrap_or_default().trim().to_ascii_lowercase();
    OPAQUE.contains(&format.as_str())
}

/// The resources of a page: its own, then its document's.
pub(super) struct Lookup<'a> {
    pub(super) own: Resources,
    pub(super) shared: &'a Resources,
    pub(super) parts: &'a Parts,
}

impl Lookup<'_> {
    fn get<'s, T>(&'s self, of: impl Fn(&'s Resources) -> Option<&'s T>) -> Option<&'s T> {
        of(&self.own).or_else(|| of(self.shared))
    }

    /// The program of a font, where the package holds it.
    pub(super) fn face(&self, font: &str) -> Option<&Face> {
        let font = self.get(|resources| resources.fonts.get(font.trim()))?;
        let read = || {
            let (from, file) = font.program.as_ref()?;
            Face::read(self.parts.bytes(from, file).ok()?.1)
        };
        font.face.get_or_init(read).as_ref()
    }

    /// The shade that a colour element asks for.
    pub(super) fn shade(&self, element: &Element) -> Shade {
        colour::shade(element, |id| self.get(|resources| resources.spaces.get(id)))
    }

    /// A picture; `None` where there is no such one.
    pub(super) fn picture(&self, id: &str) -> Option<&Picture> {
        self.get(|resources| resources.pictures.get(id.trim()))
    }

    /// A drawing that is used again.
    pub(super) fn drawing(&self, id: &str) -> Option<Rc<Element>> {
        self.get(|resources| resources.drawings.get(id.trim())).cloned()
    }

    /// A style with what an element's drawing parameters change; `None` where the package does not hold them.
    pub(super) fn styled(&self, element: &Element, around: Style) -> Option<Style> {
        let Some(id) = element.attribute("DrawParam") else { return Some(around) };
        let mut chain = vec![self.get(|resources| resources.params.get(id.trim()))?];
        while let Some(relative) = chain.last().and_then(|param| param.relative.as_ref())
            && chain.len() < MOST_RELATIVES
        {
            chain.push(self.get(|resources| resources.params.get(relative))?);
        }
        // The farthest relative first: each nearer one has the last word.
        Some(chain.iter().rev().fold(around, |style, param| Style {
            line_width: param.line_width.unwrap_or(style.line_width),
            fill: param.fill.or(style.fill),
            stroke: param.stroke.or(style.stroke),
        }))
    }
}
