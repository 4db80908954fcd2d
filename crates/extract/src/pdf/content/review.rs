//! The instructions of a page and of the forms that it draws, gone through one by one.

use super::operators;
use super::scan::{Garbled, Instruction, Scanner};
use crate::pdf::guard;
use hayro_interpret::hayro_syntax::object::{Dict, Name, Object, Stream};
use hayro_interpret::hayro_syntax::page::Page;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What is wrong with a content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Bytes or instructions that mean nothing.
    Garbled,
    /// Text in a font, or a form, that the file does not hold.
    Missing,
}

impl From<Garbled> for Fault {
    fn from(_: Garbled) -> Self {
        Self::Garbled
    }
}

/// Forms inside each other that are followed; the page reader has limits of its own.
const MOST_NESTED: usize = 12;

/// The first fault in a page's content and in the forms that it draws.
pub(crate) fn fault(page: &Page<'_>) -> Option<Fault> {
    let resources = Resources { fonts: page.resources().fonts.clone(), forms: page.resources().x_objects.clone() };
    let mut review = Review { seen: BTreeSet::new() };
    match page.page_stream() {
        Some(data) => review.stream(data, &resources, Font::Unset, 0).err(),
        None => match page.raw().get::<Object<'_>>(b"Contents".as_slice()) {
            // An entry that is null is none (§7.3.9).
            Some(Object::Null(_)) => None,
            None if !page.raw().contains_key(b"Contents".as_slice()) => None,
            _ => Some(Fault::Garbled),
        },
    }
}

/// Where names lead.
struct Resources<'a> {
    fonts: Dict<'a>,
    forms: Dict<'a>,
}

/// The font in force.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Font {
    /// None was chosen here.
    Unset,
    Known,
    Missing,
}

struct Review {
    /// Forms gone through, by object number: each is looked at once.
    seen: BTreeSet<(u32, i32)>,
}

impl Review {
    fn stream(&mut self, data: &[u8], resources: &Resources<'_>, font: Font, depth: usize) -> Result<(), Fault> {
        let mut scanner = Scanner::new(data);
        let mut state = State { font, saved: Vec::new(), known: BTreeMap::new(), lenient: 0 };
        while let Some(instruction) = scanner.next()? {
            state.follow(&instruction, &resources.fonts)?;
            if instruction.operator == b"Do" {
                self.form(&unescaped(instruction.name), resources, state.font, depth)?;
            }
        }
        Ok(())
    }

    fn form(&mut self, name: &[u8], resources: &Resources<'_>, font: Font, depth: usize) -> Result<(), Fault> {
        let Some(stream) = resources.forms.get::<Stream<'_>>(name) else { return Err(Fault::Missing) };
        let dict = stream.dict();
        let is_form = dict.get::<Name<'_>>(b"Subtype".as_slice()).is_some_and(|kind| kind.as_ref() == b"Form");
        let id = stream.obj_id();
        if !is_form || depth >= MOST_NESTED || !self.seen.insert((id.obj_number, id.gen_number)) {
            return Ok(());
        }
        match guard::look_at(&stream) {
            guard::Content::Damaged => return Err(Fault::Garbled),
            guard::Content::Bomb => return Ok(()),
            guard::Content::Sound => {}
        }
        let inner = match dict.get::<Dict<'_>>(b"Resources".as_slice()) {
            Some(own) => Resources {
                fonts: own.get::<Dict<'_>>(b"Font".as_slice()).unwrap_or_default(),
                forms: own.get::<Dict<'_>>(b"XObject".as_slice()).unwrap_or_default(),
            },
            None => Resources { fonts: resources.fonts.clone(), forms: resources.forms.clone() },
        };
        let data = stream.decoded().map_err(|_| Fault::Garbled)?;
        self.stream(&data, &inner, font, depth + 1)
    }
}

/// What earlier instructions of a stream mean for the later ones.
struct State<'a> {
    font: Font,
    /// Fonts in force before each `q`.
    saved: Vec<Font>,
    /// Names of fonts met so far, and whether the file holds them: a page changes its font with every other text.
    known: BTreeMap<&'a [u8], bool>,
    /// Compatibility sections open (`BX` … `EX`): unknown operators mean nothing there, by their author's will.
    lenient: usize,
}

impl<'a> State<'a> {
    fn follow(&mut self, instruction: &Instruction<'_, 'a>, fonts: &Dict<'_>) -> Result<(), Fault> {
        match operators::makes_sense(instruction) {
            Some(true) => {}
            None if self.lenient > 0 => return Ok(()),
            Some(false) | None => return Err(Fault::Garbled),
        }
        match instruction.operator {
            b"BX" => self.lenient += 1,
            b"EX" => self.lenient = self.lenient.saturating_sub(1),
            b"q" => self.saved.push(self.font),
            // Streams with one `Q` too many are common and lose nothing.
            b"Q" => self.font = self.saved.pop().unwrap_or(self.font),
            b"Tf" => {
                let look_up = || fonts.get::<Dict<'_>>(&*unescaped(instruction.name)).is_some();
                let is_known = *self.known.entry(instruction.name).or_insert_with(look_up);
                self.font = if is_known { Font::Known } else { Font::Missing };
            }
            // A graphics state may set a font too.
            b"gs" if self.font == Font::Unset => self.font = Font::Known,
            b"Tj" | b"TJ" | b"'" | b"\"" if self.font != Font::Known => return Err(Fault::Missing),
            _ => {}
        }
        Ok(())
    }
}

/// A name with its `#20`s read (§7.3.5).
fn unescaped(name: &[u8]) -> Cow<'_, [u8]> {
    if !name.contains(&b'#') {
        return Cow::Borrowed(name);
    }
    let digit = |byte: Option<&u8>| byte.and_then(|b| char::from(*b).to_digit(16));
    let mut out = Vec::with_capacity(name.len());
    let mut at = 0;
    while let Some(byte) = name.get(at) {
        if let (b'#', Some(high), Some(low)) = (byte, digit(name.get(at + 1)), digit(name.get(at + 2))) {
            out.push((high * 16 + low) as u8);
            at += 3;
        } else {
            out.push(*byte);
            at += 1;
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The fault of a stream drawn without any resources.
    fn fault_of(content: &str) -> Option<Fault> {
        let nothing = Resources { fonts: Dict::empty(), forms: Dict::empty() };
        Review { seen: BTreeSet::new() }.stream(content.as_bytes(), &nothing, Font::Unset, 0).err()
    }

    #[test]
    fn instructions_that_mean_nothing_are_found() {
        let sound = [
            "q 0.5 w 50 760 m 450 760 l S Q Q",
            "/Cs cs /P scn 1 0 0 sc 0 0 0 1 K [] 0 d /G gs /Perceptual ri",
            "/P <</MCID 0>> BDC EMC /Artifact BMC EMC /Oc /MC0 BDC EMC",
            "BX (x) 1 unheard EX n",
        ];
        for content in sound {
            assert_eq!(fault_of(content), None, "{content}");
        }
        let garbled = [
            "50 640 o",
            "380 /X Td",
            "380 746 true (1) Tj",
            "(1) 1 0 R ET",
            "BT - Tj",
            "50 m",
            "1 50 620 m",
            "(1) Tf",
            "BX EX 1 unheard",
        ];
        for content in garbled {
            assert_eq!(fault_of(content), Some(Fault::Garbled), "{content}");
        }
    }

    #[test]
    fn text_needs_a_font_and_a_form_must_be_there() {
        assert_eq!(fault_of("BT /F 10 Tf ET"), None);
        assert_eq!(fault_of("BT /F 10 Tf (1) Tj ET"), Some(Fault::Missing));
        assert_eq!(fault_of("BT (1) Tj ET"), Some(Fault::Missing));
        assert_eq!(fault_of("/Fm Do"), Some(Fault::Missing));
    }

    #[test]
    fn names_are_read_with_their_escapes() {
        assert_eq!(&*unescaped(b"A#42#x"), b"AB#x");
    }
}
