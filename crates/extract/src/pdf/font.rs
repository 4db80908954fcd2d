//! The character that a glyph stands for.
//!
//! First what the font says (ToUnicode, glyph names). A font without these may still be read: by the name of its
//! encoding where that is one of the predefined Chinese ones (ISO 32000-1 §9.7.5.2), or by the character map inside
//! the embedded font program. What stays unknown is U+FFFD, never a guess.

use super::digits::DigitGlyph;
use crate::canvas::{fold_radicals, is_private, without_marks};
use hayro_interpret::font::{Glyph, OutlineGlyph, PositionedGlyph};
use hayro_interpret::hayro_cmap::{BfString, CMap, CMapName, load_embedded};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object};
use hayro_interpret::kurbo::Shape;
use skrifa::{FontRef, MetadataProvider};
use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

/// Width and height (thousandths of the font size) of a mark that is more than the speck that some fonts have in their
/// blank.
const LEAST_INK: f64 = 25.0;

/// Fonts of a file by their PostScript names.
#[derive(Debug, Default)]
pub(super) struct FontNames {
    /// Those whose map of characters fails its checksum: what it says is not to be believed.
    pub(super) distrusted: BTreeSet<String>,
    /// Those whose glyphs the file holds.
    pub(super) held: BTreeSet<String>,
}

/// What is known of a document's fonts beyond what its glyphs say. Filled only when a glyph asks.
pub(super) struct FontBook<'a> {
    pdf: &'a Pdf,
    /// Adobe-GB1 CMaps by PostScript name; `None` where two fonts of one name differ.
    encodings: OnceCell<BTreeMap<String, Option<Encoding>>>,
    /// Glyph id to character for each embedded font program.
    programs: RefCell<BTreeMap<u128, BTreeMap<u32, char>>>,
    /// Predefined CMaps in use.
    cmaps: RefCell<BTreeMap<Vec<u8>, Option<CMap>>>,
    /// Adobe-GB1 character id to Unicode.
    gb1: OnceCell<Option<CMap>>,
    /// What the file's streams say of its fonts.
    words: &'a FontNames,
    /// Whether each glyph that was asked for has an outline.
    ink: RefCell<BTreeMap<u128, bool>>,
    /// Glyphs that were met as digits.
    digits: RefCell<BTreeSet<u128>>,
    /// Those of them that nobody has asked for yet.
    new_digits: RefCell<Vec<DigitGlyph>>,
}

/// How a font without ToUnicode numbers its characters.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Encoding {
    /// Codes are Adobe-GB1 character ids.
    Gb1,
    /// Codes are those of a predefined CMap that leads to Adobe-GB1.
    Named(Vec<u8>),
}

impl<'a> FontBook<'a> {
    pub(super) fn new(pdf: &'a Pdf, words: &'a FontNames) -> Self {
        Self {
            pdf,
            words,
            ink: RefCell::default(),
            digits: RefCell::default(),
            new_digits: RefCell::default(),
            encodings: OnceCell::new(),
            programs: RefCell::default(),
            cmaps: RefCell::default(),
            gb1: OnceCell::new(),
        }
    }

    /// The text of a glyph as a reader sees it; U+FFFD where nothing says.
    pub(super) fn text_of(&self, glyph: &PositionedGlyph<'_>) -> String {
        let said = match &**glyph {
            Glyph::Outline(outline) => outline.as_unicode(),
            Glyph::Type3(type3) => type3.as_unicode(),
        };
        let text = match said {
            Some(_) if self.is_distrusted(glyph) => String::new(),
            Some(BfString::Char(c)) => String::from(c),
            Some(BfString::String(s)) => s,
            None => String::new(),
        };
        let useless = text.is_empty() || text.chars().any(|c| c == '\0' || c == '\u{FFFD}' || is_private(c));
        if !useless {
            self.note_digit(glyph, &text);
            return without_marks(fold_radicals(&text));
        }
        let found = match &**glyph {
            Glyph::Outline(outline) => self.by_encoding(outline).or_else(|| self.by_program(outline)),
            Glyph::Type3(_) => None,
        };
        if found.is_none() && draws_nothing(glyph) {
            return String::new();
        }
        found.map_or_else(|| "\u{FFFD}".to_owned(), |c| fold_radicals(&String::from(c)))
    }

    /// Notes which glyph of a font shows which digit.
    fn note_digit(&self, glyph: &PositionedGlyph<'_>, text: &str) {
        let &[digit @ b'0'..=b'9'] = text.as_bytes() else { return };
        let Glyph::Outline(outline) = &**glyph else { return };
        let key = outline.identifier().cache_key();
        if !self.digits.borrow_mut().insert(key) {
            return;
        }
        let Some(font) = outline.font_data() else { return };
        let path = outline.outline();
        let shape = (path.area().abs(), path.perimeter(1.0));
        self.new_digits.borrow_mut().push(DigitGlyph { glyph: key, font: font.cache_key, digit, shape });
    }

    /// The glyphs of digits that were met since this was asked last.
    pub(super) fn new_digits(&self) -> Vec<DigitGlyph> {
        self.new_digits.take()
    }

    /// Whether a glyph belongs to a font whose map of characters is damaged.
    fn is_distrusted(&self, glyph: &PositionedGlyph<'_>) -> bool {
        if self.words.distrusted.is_empty() {
            return false;
        }
        match &**glyph {
            Glyph::Outline(outline) => {
                let name = outline.font_data().and_then(|font| font.postscript_name);
                name.is_none_or(|name| self.words.distrusted.contains(&name))
            }
            Glyph::Type3(_) => true,
        }
    }

    /// Whether a glyph leaves a mark on the page. Of a font that the file does not hold nobody knows: the glyphs of
    /// another one stand in for its own.
    pub(super) fn has_ink(&self, glyph: &PositionedGlyph<'_>) -> bool {
        let Glyph::Outline(outline) = &**glyph else { return false };
        let mut ink = self.ink.borrow_mut();
        *ink.entry(outline.identifier().cache_key()).or_insert_with(|| {
            let name = outline.font_data().and_then(|font| font.postscript_name);
            let held = name.is_none_or(|name| self.words.held.contains(&name));
            let bounds = outline.outline().bounding_box();
            held && outline.glyph_id().to_u32() != 0 && bounds.width().min(bounds.height()) >= LEAST_INK
        })
    }

    /// By the font's predefined encoding.
    fn by_encoding(&self, glyph: &OutlineGlyph) -> Option<char> {
        let name = glyph.font_data()?.postscript_name?;
        let encodings = self.encodings.get_or_init(|| composite_encodings(self.pdf));
        let code = glyph.char_code();
        let cid = match encodings.get(&name)?.as_ref()? {
            Encoding::Gb1 => code,
            Encoding::Named(name) => self.character_id(name, code)?,
        };
        let gb1 =
            self.gb1.get_or_init(|| CMap::parse(load_embedded(CMapName::AdobeGb1Ucs2)?, load_embedded)).as_ref()?;
        match gb1.lookup_bf_string(cid)? {
            BfString::Char(c) => Some(c),
            BfString::String(s) => s.chars().next(),
        }
    }

    /// The Adobe-GB1 character id of a code in a predefined CMap. The same code may be one or two bytes long (ASCII in
    /// UCS-2 and in GBK); a CMap knows only one of the two.
    fn character_id(&self, cmap: &[u8], code: u32) -> Option<u32> {
        let mut cmaps = self.cmaps.borrow_mut();
        let parse = || CMap::parse(load_embedded(CMapName::from_bytes(cmap))?, load_embedded);
        let cmap = cmaps.entry(cmap.to_vec()).or_insert_with(parse).as_ref()?;
        let lengths: &[u8] = if code > 0xFFFF { &[4, 3] } else { &[2, 1] };
        lengths.iter().find_map(|bytes| cmap.lookup_cid_code(code, *bytes)).filter(|cid| *cid > 0)
    }

    /// By the character map inside the embedded font program, read backwards.
    fn by_program(&self, glyph: &OutlineGlyph) -> Option<char> {
        let font = glyph.font_data()?;
        let mut programs = self.programs.borrow_mut();
        let characters = programs.entry(font.cache_key).or_insert_with(|| {
            let bytes: &[u8] = (*font.data).as_ref();
            let Ok(program) = FontRef::new(bytes) else { return BTreeMap::new() };
            let mut characters = BTreeMap::new();
            for (code, id) in program.charmap().mappings() {
                if let Some(c) = char::from_u32(code).filter(|c| !is_private(*c) && !c.is_control()) {
                    // Several characters may share a glyph; the first (lowest) is the plain one.
                    characters.entry(id.to_u32()).or_insert(c);
                }
            }
            characters
        });
        characters.get(&glyph.glyph_id().to_u32()).copied()
    }
}

/// A control character that the font has no glyph for leaves no mark on the page: nothing is lost with it.
fn draws_nothing(glyph: &PositionedGlyph<'_>) -> bool {
    match &**glyph {
        Glyph::Outline(outline) => outline.char_code() < 0x20 && outline.glyph_id().to_u32() == 0,
        Glyph::Type3(_) => false,
    }
}

/// The encodings of all composite fonts of the Adobe-GB1 collection, by PostScript name.
fn composite_encodings(pdf: &Pdf) -> BTreeMap<String, Option<Encoding>> {
    let mut found: BTreeMap<String, Option<Encoding>> = BTreeMap::new();
    for object in pdf.objects() {
        let Object::Dict(dict) = object else { continue };
        let Some((name, encoding)) = composite_encoding(&dict) else { continue };
        found.entry(name).and_modify(|e| *e = e.take().filter(|known| *known == encoding)).or_insert(Some(encoding));
    }
    found
}

fn composite_encoding(font: &Dict<'_>) -> Option<(String, Encoding)> {
    if font.get::<Name<'_>>(b"Subtype".as_slice())?.as_ref() != b"Type0" {
        return None;
    }
    let base = font.get::<Name<'_>>(b"BaseFont".as_slice())?.as_str().to_owned();
    let name = match base.split_once('+') {
        Some((prefix, rest)) if prefix.len() == 6 => rest.to_owned(),
        _ => base,
    };
    let encoding = font.get::<Name<'_>>(b"Encoding".as_slice())?;
    if !encoding.as_ref().starts_with(b"Identity") {
        return Some((name, Encoding::Named(encoding.as_ref().to_vec())));
    }
    let descendants = font.get::<Array<'_>>(b"DescendantFonts".as_slice())?;
    let descendant = descendants.iter::<Dict<'_>>().next()?;
    let system = descendant.get::<Dict<'_>>(b"CIDSystemInfo".as_slice())?;
    let ordering = system.get::<hayro_interpret::hayro_syntax::object::String<'_>>(b"Ordering".as_slice())?;
    (ordering.as_bytes() == b"GB1").then_some((name, Encoding::Gb1))
}
