//! Texts of cells: runs with fonts of their own, and the table of those that are shared (ECMA-376 part 1, §18.4).

use super::palette::{AUTOMATIC, Palette};
use crate::sheet::filler::{Font, Run};
use crate::sheet::text;
use crate::sheet::xml::{self, Piece, attribute};
use quick_xml::events::BytesStart;

/// A text that is being put together from the elements inside `si` or `is`.
#[derive(Debug, Default)]
pub(super) struct OpenText {
    runs: Vec<Run>,
    /// The font of the open run, once it is told.
    font: Option<Font>,
    height: Height,
    in_text: bool,
    /// Depth inside a reading aid above the text.
    phonetic: usize,
}

/// Where a run's characters stand on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Height {
    #[default]
    On,
    Raised,
    Lowered,
}

impl OpenText {
    pub(super) fn open(&mut self, element: &BytesStart<'_>, palette: &Palette) {
        match element.local_name().as_ref() {
            "rPh" => self.phonetic += 1,
            "r" => (self.font, self.height) = (None, Height::On),
            // What a run doesn't say of its font is not the cell's, but the plain one's.
            "rPr" => self.font = Some(AUTOMATIC),
            "t" => {
                self.in_text = self.phonetic == 0;
                if self.in_text {
                    self.runs.push(Run { text: String::new(), font: self.font });
                }
            }
            "strike" | "color" => {
                if let Some(font) = &mut self.font {
                    palette.font_element(font, element);
                }
            }
            "vertAlign" => {
                self.height = match attribute(element, "val").as_deref() {
                    Some("superscript") => Height::Raised,
                    Some("subscript") => Height::Lowered,
                    _ => Height::On,
                }
            }
            _ => {}
        }
    }

    pub(super) fn close(&mut self, name: &str) {
        match name {
            "rPh" => self.phonetic = self.phonetic.saturating_sub(1),
            "t" => self.close_text(),
            "r" => (self.font, self.height) = (None, Height::On),
            _ => {}
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        if let Some(run) = self.runs.last_mut().filter(|_| self.in_text) {
            run.text.push_str(text);
        }
    }

    fn close_text(&mut self) {
        if !std::mem::take(&mut self.in_text) {
            return;
        }
        let Some(run) = self.runs.last_mut() else { return };
        run.text = match self.height {
            Height::On => unescaped(&run.text),
            Height::Raised => text::raised(&unescaped(&run.text)),
            Height::Lowered => text::lowered(&unescaped(&run.text)),
        };
    }

    pub(super) fn finish(self) -> Vec<Run> {
        self.runs
    }
}

/// Reads the shared texts, as far as the part goes.
///
/// # Errors
/// Where the part stops being readable.
pub(super) fn shared(part: &[u8], palette: &Palette) -> Result<Vec<Vec<Run>>, String> {
    let mut texts = vec![];
    let mut open: Option<OpenText> = None;
    xml::walk(part, |piece| match piece {
        Piece::Open(element) if element.local_name().as_ref() == "si" => open = Some(OpenText::default()),
        Piece::Close(name) if name == "si" => texts.push(open.take().unwrap_or_default().finish()),
        piece => {
            let Some(text) = &mut open else { return };
            match piece {
                Piece::Open(element) => text.open(&element, palette),
                Piece::Close(name) => text.close(&name),
                Piece::Text(part) => text.text(&part),
            }
        }
    })?;
    Ok(texts)
}

/// `_x000D_` stands for the character that XML can't hold (§22.9.2.19), and `_x005F_` for the line before such a one.
pub(super) fn unescaped(text: &str) -> String {
    let (mut plain, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 7).and_then(|code| code.strip_suffix('_'));
        let code = code.filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit()));
        let (kept, skipped) = match code.and_then(|code| u32::from_str_radix(code, 16).ok()) {
            Some(code) => (at, char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER).to_string()),
            None => (at + 2, String::new()),
        };
        plain.push_str(&rest[..kept]);
        plain.push_str(&skipped);
        rest = &rest[if code.is_some() { at + 7 } else { kept }..];
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::colour::Colour;

    fn texts(xml: &str) -> Vec<Vec<Run>> {
        shared(format!("<sst>{xml}</sst>").as_bytes(), &Palette::default()).unwrap()
    }

    fn plain(xml: &str) -> Vec<String> {
        texts(xml).iter().map(|runs| runs.iter().map(|run| run.text.as_str()).collect()).collect()
    }

    #[test]
    fn a_text_is_all_its_nodes_and_no_reading_aid() {
        assert_eq!(plain("<si><t>8&#51;.<!-- x -->1<![CDATA[7]]></t></si>"), ["83.17"]);
        assert_eq!(plain("<si><t>合计</t><rPh sb='0' eb='1'><t>hj</t></rPh></si><si/>"), ["合计", ""]);
        assert_eq!(plain("<si><t>a_x000D_b_x005F_x000D__x</t></si>"), ["a\rb_x000D__x"]);
    }

    #[test]
    fn runs_have_fonts_of_their_own() {
        let found = texts("<si><r><rPr><strike/></rPr><t>450</t></r><r><t>500</t></r></si>");
        assert!(found[0][0].font.is_some_and(|font| font.struck));
        assert_eq!(found[0][1].font, None);
        let found = texts("<si><r><rPr><strike val='0'/><color rgb='FFFFFFFF'/></rPr><t>1</t></r></si>");
        assert_eq!(found[0][0].font, Some(Font { struck: false, colour: Some(Colour::WHITE) }));
    }

    #[test]
    fn raised_digits_are_marks() {
        let raised = "<si><r><t>83.17</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r></si>";
        assert_eq!(plain(raised), ["83.17¹"]);
    }
}
