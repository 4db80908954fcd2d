//! Text objects: characters with a place each.

use super::font::{self, Face};
use super::tree::Element;
use super::values::{deltas, number, numbers};
use crate::canvas::{Placed, UNKNOWN, direction_of, fold_radicals, is_private, without_marks};
use hayro_interpret::kurbo::{Affine, Point, Vec2};

/// What stands in a text for a character that only its glyph tells.
const STAND_INS: [char; 3] = ['\0', '\u{FFFD}', '¤'];
/// A line runs at an angle of its own where the tangent between its steps and its characters is between these.
const ASLANT: (f64, f64) = (0.06, 16.0);

/// One character, or several that share a glyph.
#[derive(Debug, Clone)]
pub(super) struct Sign {
    text: String,
    glyph: Option<u32>,
    /// Where it begins, in the object's coordinates.
    at: Point,
}

impl Sign {
    /// Whether it leaves no mark.
    pub(super) fn is_blank(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }
}

/// What a text object says of all its characters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    size: f64,
    stretch: f64,
    /// Degrees, clockwise: in which the text runs, and by which each character is turned.
    reading: f64,
    turned: f64,
}

impl Setting {
    /// `None` where the size makes no sense.
    pub(super) fn of(element: &Element) -> Option<Self> {
        let value = |name: &str, usual: f64| element.attribute(name).map_or(Some(usual), number);
        let size = element.attribute("Size").and_then(number)?;
        Some(Self {
            size: size.abs(),
            stretch: value("HScale", 1.0)?,
            reading: value("ReadDirection", 0.0)?,
            turned: value("CharDirection", 0.0)?,
        })
    }
}

/// The characters of a text object, one list for each run, and whether all of it made sense.
pub(super) fn runs(element: &Element, setting: Setting, face: Option<&Face>) -> (Vec<Vec<Sign>>, bool) {
    let (mut out, mut sound, mut last) = (Vec::new(), true, Point::ZERO);
    let codes: Vec<usize> =
        element.children.iter().enumerate().filter(|(_, child)| child.name == "TextCode").map(|(at, _)| at).collect();
    for (index, at) in codes.iter().enumerate() {
        let begin = if index == 0 { 0 } else { codes[index - 1] + 1 };
        // Transforms stand before the text that they are for; behind it only where there is one text alone.
        let end = if codes.len() == 1 { element.children.len() } else { *at };
        let transforms: Vec<&Element> =
            element.children[begin..end].iter().filter(|child| child.name == "CGTransform").collect();
        let code = &element.children[*at];
        let coordinate = |name: &str, before: f64| code.attribute(name).map_or(Some(before), number);
        let (Some(x), Some(y)) = (coordinate("X", last.x), coordinate("Y", last.y)) else {
            sound = false;
            continue;
        };
        last = Point::new(x, y);
        match run(code, &transforms, last, setting, face) {
            Some(signs) => out.push(signs),
            None => sound = false,
        }
    }
    (out, sound)
}

/// The characters of one run; `None` where the distances between them make no sense.
fn run(code: &Element, transforms: &[&Element], at: Point, setting: Setting, face: Option<&Face>) -> Option<Vec<Sign>> {
    let ids = transforms.iter().filter_map(|transform| transform.text_of("Glyphs")).map(str::len);
    let most = code.text.len() + ids.sum::<usize>();
    let list = |name: &str| code.attribute(name).map_or(Some(Vec::new()), |text| deltas(text, most.max(1)));
    let (dx, dy) = (list("DeltaX")?, list("DeltaY")?);
    let characters = characters(&code.text, dx.len().max(dy.len()));
    let mut signs = glyphs(&characters, transforms)?;
    let along = Vec2::from_angle(setting.reading.to_radians());
    let mut at = at;
    for (index, sign) in signs.iter_mut().enumerate() {
        sign.at = at;
        at += match (dx.get(index), dy.get(index)) {
            (None, None) => {
                let c = sign.text.chars().next().unwrap_or(' ');
                along * (font::width(c, sign.glyph, face, None) * setting.size * setting.stretch)
            }
            (x, y) => Vec2::new(x.copied().unwrap_or(0.0), y.copied().unwrap_or(0.0)),
        };
    }
    Some(signs)
}

/// The characters of a text. Line breaks around it come from the layout of the XML, unless the distances count them.
fn characters(text: &str, distances: usize) -> Vec<char> {
    let all: Vec<char> = text.chars().collect();
    if !text.contains(['\n', '\r']) || all.len() == distances + 1 {
        return all;
    }
    let edge = |c: char| c.is_whitespace() && c != '\u{3000}';
    text.trim_matches(edge).chars().filter(|c| !matches!(c, '\n' | '\r')).collect()
}

/// The signs that are drawn for characters: one each, but for those that transforms give other glyphs.
fn glyphs(characters: &[char], transforms: &[&Element]) -> Option<Vec<Sign>> {
    let sign = |text: String, glyph| Sign { text, glyph, at: Point::ZERO };
    let mut groups = Vec::new();
    for transform in transforms {
        let count = |name: &str, usual: f64| transform.attribute(name).map_or(Some(usual), number);
        let first = count("CodePosition", 0.0)?.max(0.0) as usize;
        let ids = numbers(transform.text_of("Glyphs").unwrap_or_default())?;
        let glyphs = count("GlyphCount", ids.len() as f64)?.max(0.0) as usize;
        groups.push((first, count("CodeCount", 1.0)?.max(0.0) as usize, glyphs.min(ids.len()), ids));
    }
    groups.sort_by_key(|(first, ..)| *first);
    let (mut out, mut next) = (Vec::new(), 0);
    for (first, codes, glyphs, ids) in groups {
        let first = first.clamp(next, characters.len().max(next));
        out.extend(characters.get(next..first).unwrap_or_default().iter().map(|c| sign(c.to_string(), None)));
        let end = first.saturating_add(codes).min(characters.len()).max(first);
        let covered = characters.get(first..end).unwrap_or_default();
        for (index, id) in ids.iter().take(glyphs).enumerate() {
            let glyph = Some(*id as u32);
            // As many glyphs as characters are one for each; else all characters are the first glyph's.
            let text = match covered.len() {
                0 => UNKNOWN.to_owned(),
                count if count == glyphs => covered[index].to_string(),
                _ if index == 0 => covered.iter().collect(),
                _ => String::new(),
            };
            out.push(sign(text, glyph));
        }
        if glyphs == 0 {
            out.extend(covered.iter().map(|c| sign(c.to_string(), None)));
        }
        next = end;
    }
    out.extend(characters.get(next..).unwrap_or_default().iter().map(|c| sign(c.to_string(), None)));
    Some(out)
}

/// The places of a run's characters on the page.
pub(super) fn places(signs: &[Sign], setting: Setting, page: Affine, face: Option<&Face>) -> Vec<Placed> {
    let linear = |v: Vec2| page * v.to_point() - page * Point::ZERO;
    let axis = Vec2::from_angle(setting.turned.to_radians());
    let right = linear(axis);
    let up = linear(Vec2::new(axis.y, -axis.x) * setting.size);
    let em = linear(axis * (setting.size * setting.stretch)).hypot();
    let steps: Vec<Vec2> = signs.windows(2).map(|pair| linear(pair[1].at - pair[0].at)).collect();
    let line = Line::of(&steps, right);
    let place = |(index, sign): (usize, &Sign)| {
        let step = steps.get(index).map(|step| step.hypot() / em.max(f64::MIN_POSITIVE));
        let step = step.filter(|_| line.direction.is_none());
        let c = sign.text.chars().next().unwrap_or(' ');
        let width = font::width(c, sign.glyph, face, step) * em;
        let mut placed = Placed::new(page * sign.at, right, up, width, line.direction);
        if let Some(angle) = line.angle {
            placed.angle = angle;
        }
        placed
    };
    signs.iter().enumerate().map(place).collect()
}

/// How the characters of a run follow each other.
struct Line {
    /// Where the run goes, if not on along its characters.
    direction: Option<crate::model::Direction>,
    /// The angle that it runs at, if upright characters are set aslant.
    angle: Option<f64>,
}

impl Line {
    fn of(steps: &[Vec2], right: Vec2) -> Self {
        let tangent = |step: &Vec2| step.cross(right).abs() / step.dot(right).abs();
        let moves = || steps.iter().filter(|step| step.hypot() > 0.0);
        let count = moves().count();
        let across: Vec<&Vec2> = moves().filter(|step| tangent(step) > 1.0).collect();
        let down = 2 * across.len() > count;
        let aslant = moves().filter(|step| tangent(step) > ASLANT.0 && tangent(step) < ASLANT.1);
        let mut angles: Vec<f64> = aslant.map(|step| step.atan2().to_degrees()).collect();
        angles.sort_by(f64::total_cmp);
        let angle = (count >= 2 && 4 * angles.len() > 3 * count).then(|| angles[angles.len() / 2]);
        let sum = across.into_iter().fold(Vec2::ZERO, |sum, step| sum + *step);
        Self { direction: down.then(|| direction_of(sum)), angle }
    }
}

/// The text of a sign as a reader sees it; U+FFFD where nothing says.
pub(super) fn text_of(sign: &Sign, face: Option<&Face>) -> String {
    let mut characters = sign.text.chars();
    let (first, single) = (characters.next(), characters.next().is_none());
    let Some(c) = first else { return String::new() };
    let drawn = || {
        let face = face?;
        face.character(sign.glyph.or_else(|| face.glyph(c))?)
    };
    if sign.text.chars().any(is_private) || STAND_INS.contains(&c) && (sign.glyph.is_some() || c != '¤') {
        return drawn().map_or_else(|| UNKNOWN.to_owned(), |c| fold_radicals(&c.to_string()));
    }
    // A font that draws another digit than the text says: one of the two is wrong.
    let other = |drawn: char| drawn.is_ascii_digit() && drawn != c;
    if single && c.is_ascii_digit() && sign.glyph.is_some() && drawn().is_some_and(other) {
        return UNKNOWN.to_owned();
    }
    without_marks(fold_radicals(&sign.text))
}

/// Number of characters in a text object that leave a mark.
pub(super) fn length(element: &Element) -> u32 {
    element.all("TextCode").map(|code| code.text.chars().filter(|c| !c.is_whitespace()).count() as u32).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Direction;
    use crate::ofd::tree::parse;

    const PLAIN: Setting = Setting { size: 10.0, stretch: 1.0, reading: 0.0, turned: 0.0 };

    fn signs(xml: &str) -> Vec<(String, f64, f64)> {
        let element = parse(xml.as_bytes()).root.unwrap();
        let (runs, sound) = runs(&element, PLAIN, None);
        assert!(sound);
        runs.into_iter().flatten().map(|sign| (sign.text, sign.at.x, sign.at.y)).collect()
    }

    #[test]
    fn characters_follow_at_their_distances() {
        let found =
            signs("<T><TextCode X=\"1\" Y=\"2\" DeltaX=\"g 2 5\">123</TextCode><TextCode Y=\"9\">ab</TextCode></T>");
        let expected = [("1", 1.0, 2.0), ("2", 6.0, 2.0), ("3", 11.0, 2.0), ("a", 1.0, 9.0), ("b", 6.0, 9.0)];
        assert_eq!(found, expected.map(|(text, x, y)| (text.to_owned(), x, y)));
    }

    #[test]
    fn several_characters_may_share_a_glyph() {
        let transform =
            "<CGTransform CodePosition=\"1\" CodeCount=\"2\" GlyphCount=\"1\"><Glyphs>7</Glyphs></CGTransform>";
        let found = signs(&format!("<T>{transform}<TextCode X=\"0\" Y=\"0\" DeltaX=\"5 6\">\nafib\n</TextCode></T>"));
        let expected = [("a", 0.0), ("fi", 5.0), ("b", 11.0)];
        assert_eq!(found, expected.map(|(text, x)| (text.to_owned(), x, 0.0)));
    }

    #[test]
    fn a_line_knows_where_it_goes() {
        let run = |xml: &str| {
            let element = parse(xml.as_bytes()).root.unwrap();
            let (runs, _) = runs(&element, PLAIN, None);
            places(&runs[0], PLAIN, Affine::IDENTITY, None)
        };
        let down = run("<T><TextCode X=\"0\" Y=\"0\" DeltaY=\"g 2 10\">甲乙丙</TextCode></T>");
        assert_eq!((down[0].direction, down[0].bbox.width()), (Direction::Down, 10.0));
        let aslant = run("<T><TextCode X=\"0\" Y=\"0\" DeltaX=\"g 2 10\" DeltaY=\"g 2 10\">甲乙丙</TextCode></T>");
        assert!((aslant[1].angle - 45.0).abs() < 1e-9);
        let digits = run("<T><TextCode X=\"0\" Y=\"0\" DeltaX=\"5.5 30\">123</TextCode></T>");
        let widths: Vec<f64> = digits.iter().map(|placed| placed.bbox.width()).collect();
        assert_eq!(widths, [5.5, 5.0, 5.0]);
    }
}
