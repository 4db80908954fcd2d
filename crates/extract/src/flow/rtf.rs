//! Rich Text Format 1.9.1: control words in nested groups.

use super::block::Block;
use super::found::{Found, is_large, noughts};
use super::levels::{CellForm, Levels, RowForm};
use super::written::Written;
use crate::error::ExtractError;
use crate::sheet::{lowered, raised};
use encoding_rs::Encoding;
use std::collections::BTreeMap;

/// Groups inside each other at most.
const DEEPEST: usize = 1000;
/// Twips to the point.
const POINT: f64 = 20.0;
/// Destinations that hold no text of the document.
const NO_TEXT: [&str; 37] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "fldinst",
    "datafield",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "themedata",
    "colorschememapping",
    "latentstyles",
    "datastore",
    "xmlnstbl",
    "annotation",
    "atnid",
    "atnauthor",
    "nonesttables",
    "bkmkstart",
    "bkmkend",
    "filetbl",
    "revtbl",
    "shppict",
    "nonshppict",
    "sp",
    "shprslt",
];

/// Reads a document as it is shown.
///
/// # Errors
/// [`ExtractError`] when its groups are nested too deep.
pub(super) fn read(bytes: &[u8]) -> Result<Written, ExtractError> {
    let mut reader = Reader::default();
    reader.look.uc = 1;
    reader.read(bytes)?;
    let cut_off = !reader.groups.is_empty();
    reader.flush();
    if !reader.text.trim().is_empty() {
        reader.end_paragraph();
    }
    let (blocks, mut found) = reader.levels.finish();
    found.add(reader.found);
    found.noughts = noughts(bytes);
    if cut_off {
        found.damage.push("文档不完整，结尾缺失".to_owned());
    }
    let mut written = Written { blocks, ..Written::default() };
    found.report(&mut written);
    Ok(written)
}

/// How text looks, as far as it matters; a group's end takes back what the group changed.
#[expect(clippy::struct_excessive_bools, reason = "each is a property of its own in the file")]
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    /// Nothing of this group is text.
    skipped: bool,
    /// The group is the table of fonts.
    in_fonts: bool,
    /// The group is a picture; it stands in for one that older programs can't show.
    in_picture: bool,
    in_stand_in: bool,
    hidden: bool,
    raised: bool,
    lowered: bool,
    font: i32,
    /// The number of a list, as it is printed.
    in_number: bool,
    in_table: bool,
    /// Tables around the paragraph.
    depth: usize,
    /// The group says what a row of a table inside a cell looks like.
    in_inner_row: bool,
    /// Characters that stand in for one in Unicode.
    uc: usize,
}

/// A picture, as far as it has been read.
#[derive(Debug, Default)]
struct OpenPicture {
    /// Its file in hexadecimal digits.
    digits: Vec<u8>,
    /// Width and height (twips) in which it is shown, and their scales in percent.
    goal: (f64, f64),
    scale: (f64, f64),
}

#[derive(Debug, Default)]
struct Reader {
    levels: Levels,
    groups: Vec<Look>,
    look: Look,
    /// Code pages by font; the one of the document.
    fonts: BTreeMap<i32, u16>,
    code_page: u16,
    text: String,
    /// Bytes of a text in a code page.
    pending: Vec<u8>,
    /// Stand-ins still to be skipped.
    skip: usize,
    surrogate: Option<u16>,
    picture: OpenPicture,
    /// The form of the open row, and that of the open row of a table inside a cell.
    form: RowForm,
    inner_form: RowForm,
    cell: CellForm,
    found: Found,
    ignorable: bool,
}

impl Reader {
    fn read(&mut self, bytes: &[u8]) -> Result<(), ExtractError> {
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            at += 1;
            match byte {
                b'{' => self.open_group()?,
                b'}' => {
                    self.flush();
                    let was_picture = self.look.in_picture;
                    self.look = self.groups.pop().unwrap_or_default();
                    if was_picture && !self.look.in_picture {
                        self.end_picture();
                    }
                }
                b'\\' => at = self.control(bytes, at),
                b'\r' | b'\n' | 0 => {}
                byte => self.byte(*byte),
            }
        }
        Ok(())
    }

    fn open_group(&mut self) -> Result<(), ExtractError> {
        self.flush();
        if self.groups.len() >= DEEPEST {
            let value = self.groups.len() as u64;
            return Err(ExtractError::LimitExceeded { what: "RTF 嵌套层数", value, limit: DEEPEST as u64 });
        }
        self.groups.push(self.look);
        self.ignorable = false;
        self.skip = 0;
        Ok(())
    }

    /// Reads what stands behind a backslash; gives the place behind it.
    fn control(&mut self, bytes: &[u8], at: usize) -> usize {
        let Some(first) = bytes.get(at) else { return at };
        if !first.is_ascii_alphabetic() {
            return self.symbol(*first, bytes, at + 1);
        }
        let rest = &bytes[at..];
        let length = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let word = String::from_utf8_lossy(&rest[..length.min(40)]).into_owned();
        let mut end = at + length;
        let negative = bytes.get(end) == Some(&b'-');
        let digits_at = end + usize::from(negative);
        let digits = bytes.get(digits_at..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count();
        let mut number = None;
        if digits > 0 {
            let text = String::from_utf8_lossy(&bytes[digits_at..digits_at + digits.min(10)]).into_owned();
            let value = text.parse::<i64>().unwrap_or(0);
            number = i32::try_from(if negative { -value } else { value }).ok();
            end = digits_at + digits;
        }
        if bytes.get(end) == Some(&b' ') {
            end += 1;
        }
        if word == "bin" {
            return end.saturating_add(usize::try_from(number.unwrap_or(0)).unwrap_or(0));
        }
        self.word(&word, number);
        end
    }

    fn symbol(&mut self, sign: u8, bytes: &[u8], at: usize) -> usize {
        match sign {
            b'\'' => {
                let hex = bytes.get(at..at + 2).and_then(|hex| std::str::from_utf8(hex).ok());
                if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                    self.byte(byte);
                    return at + 2;
                }
            }
            b'*' => self.ignorable = true,
            b'~' => self.add("\u{a0}"),
            b'_' => self.add("-"),
            b'\\' | b'{' | b'}' => self.byte(sign),
            b'\r' | b'\n' => self.end_paragraph(),
            _ => {}
        }
        at
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        // A code page's characters belong together; a control word ends them.
        self.flush();
        let on = number != Some(0);
        let count = number.and_then(|number| usize::try_from(number).ok()).unwrap_or(0);
        if NO_TEXT.contains(&word) || self.ignorable && !matches!(word, "nesttableprops" | "shptxt" | "shpinst") {
            self.found.objects += usize::from(word == "object" && !self.look.skipped);
            self.look.skipped = true;
            self.look.in_fonts |= word == "fonttbl";
            self.look.in_stand_in |= word == "nonshppict";
            self.look.in_picture = word == "pict" && !self.look.in_stand_in;
            if self.look.in_picture {
                self.picture = OpenPicture { scale: (100.0, 100.0), ..OpenPicture::default() };
            }
            self.ignorable = false;
            return;
        }
        self.ignorable = false;
        self.look.in_inner_row |= word == "nesttableprops";
        match word {
            "ansicpg" => self.code_page = u16::try_from(count).unwrap_or(0),
            "f" => self.look.font = number.unwrap_or(0),
            "fcharset" if self.look.in_fonts => {
                self.fonts.insert(self.look.font, code_page(count));
            }
            _ if self.look.in_picture => self.picture_form(word, count),
            _ if self.look.skipped => {}
            "uc" => self.look.uc = count.min(8),
            "u" => self.unicode(number.unwrap_or(0)),
            "par" | "sect" => self.end_paragraph(),
            "page" => {
                self.end_paragraph();
                self.levels.add(self.here(), Block::PageBreak);
            }
            "line" => self.add("\n"),
            "listtext" | "pntext" => self.look.in_number = true,
            "tab" if self.look.in_number => {}
            "tab" => self.add("\t"),
            "emdash" => self.add("—"),
            "endash" => self.add("–"),
            "lquote" => self.add("‘"),
            "rquote" => self.add("’"),
            "ldblquote" => self.add("“"),
            "rdblquote" => self.add("”"),
            "bullet" => self.add("•"),
            "v" | "strike" | "striked" | "deleted" => self.look.hidden = on,
            "super" => self.look.raised = on,
            "sub" => self.look.lowered = on,
            "nosupersub" => (self.look.raised, self.look.lowered) = (false, false),
            "plain" => (self.look.hidden, self.look.raised, self.look.lowered) = (false, false, false),
            "pard" => (self.look.in_table, self.look.depth) = (false, 0),
            "intbl" => self.look.in_table = true,
            "itap" => self.look.depth = count,
            "cell" => self.end_cell(1),
            "nestcell" => self.end_cell(self.here().max(2)),
            "row" => self.end_row(1),
            "nestrow" => self.end_row(self.here().max(2)),
            _ => self.table_form(word, number),
        }
    }

    fn picture_form(&mut self, word: &str, count: usize) {
        let number = count as f64;
        match word {
            "picwgoal" => self.picture.goal.0 = number,
            "pichgoal" => self.picture.goal.1 = number,
            "picscalex" => self.picture.scale.0 = number,
            "picscaley" => self.picture.scale.1 = number,
            _ => {}
        }
    }

    fn end_picture(&mut self) {
        let OpenPicture { digits, goal, scale } = std::mem::take(&mut self.picture);
        let size = (goal.0 * scale.0 / 100.0 / POINT, goal.1 * scale.1 / 100.0 / POINT);
        if is_large(size) {
            let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
            let digits: Vec<u8> = digits.iter().filter_map(digit).collect();
            let file: Vec<u8> = digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect();
            self.found.picture(Some(&file), size);
        }
    }

    fn table_form(&mut self, word: &str, number: Option<i32>) {
        let form = if self.look.in_inner_row { &mut self.inner_form } else { &mut self.form };
        match word {
            "trowd" => (*form, self.cell) = (RowForm::default(), CellForm::default()),
            "trleft" => form.left = number.unwrap_or(0),
            "clmrg" => self.cell.joins_left = true,
            "clvmrg" => self.cell.joins_above = true,
            "cellx" => {
                self.cell.right = number.unwrap_or(0);
                if form.cells.len() < super::grid::MOST_COLS {
                    form.cells.push(self.cell);
                }
                self.cell = CellForm::default();
            }
            _ => {}
        }
    }

    /// The depth of the open paragraph.
    fn here(&self) -> usize {
        let Look { in_table, depth, .. } = self.look;
        if in_table || depth > 0 { depth.max(1) } else { 0 }
    }

    fn byte(&mut self, byte: u8) {
        if self.look.in_picture {
            self.picture.digits.push(byte);
        } else if self.skip > 0 {
            self.skip -= 1;
        } else if !self.look.skipped {
            self.pending.push(byte);
        }
    }

    /// Decodes the bytes that stand together.
    fn flush(&mut self) {
        self.skip = 0;
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        let page = self.fonts.get(&self.look.font).copied().filter(|page| *page > 0).unwrap_or(self.code_page);
        // A text typed in a Latin font may still be Chinese: the document's own code page tells.
        let page = if page == 1252 && matches!(self.code_page, 936 | 950) { self.code_page } else { page };
        let text = encoding(page).decode_without_bom_handling(&bytes).0.into_owned();
        self.add(&text);
    }

    fn unicode(&mut self, number: i32) {
        let unit = (number & 0xffff) as u16;
        let decoded = match self.surrogate.take() {
            Some(high) => char::decode_utf16([high, unit]).find_map(Result::ok),
            None if (0xd800..0xdc00).contains(&unit) => {
                self.surrogate = Some(unit);
                None
            }
            None => char::from_u32(u32::from(unit)),
        };
        if let Some(c) = decoded {
            self.add(&c.to_string());
        }
        self.skip = self.look.uc;
    }

    fn add(&mut self, text: &str) {
        match self.look {
            Look { skipped: true, .. } => {}
            Look { hidden: true, .. } => self.found.unseen += text.chars().filter(|c| !c.is_whitespace()).count(),
            Look { raised: true, .. } => self.text.push_str(&raised(text)),
            Look { lowered: true, .. } => self.text.push_str(&lowered(text)),
            Look { .. } => self.text.push_str(text),
        }
    }

    fn end_paragraph(&mut self) {
        self.flush();
        let text = std::mem::take(&mut self.text);
        self.levels.add(self.here(), Block::Paragraph(text));
    }

    fn end_cell(&mut self, depth: usize) {
        self.flush();
        let text = std::mem::take(&mut self.text);
        self.levels.add(depth, Block::Paragraph(text));
        self.levels.end_cell(depth);
    }

    fn end_row(&mut self, depth: usize) {
        self.flush();
        let form = if self.look.in_inner_row { &self.inner_form } else { &self.form };
        self.levels.end_row(depth, form);
    }
}

/// The code page of a font's character set; 0 where the document's counts.
fn code_page(charset: usize) -> u16 {
    match charset {
        0 => 1252,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        204 => 1251,
        238 => 1250,
        _ => 0,
    }
}

fn encoding(code_page: u16) -> &'static Encoding {
    match code_page {
        932 => encoding_rs::SHIFT_JIS,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1252 => encoding_rs::WINDOWS_1252,
        65001 => encoding_rs::UTF_8,
        // Most documents of this kind are Chinese.
        _ => encoding_rs::GB18030,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::assemble_for_tests;

    fn shown(text: &[u8]) -> String {
        assemble_for_tests(read(text).map(|written| written.blocks).unwrap_or_default())
    }

    #[test]
    fn text_and_tables_are_read() {
        let rtf = br"{\rtf1\ansi\ansicpg936\uc1{\fonttbl{\f0\fcharset134 X;}}\f0 \'d7\'dc\u35745?{\v 9}\par
\trowd\trleft0\cellx1000\cellx2000\pard\intbl A\cell 1.5\cell\row
\trowd\trleft0\clvmgf\cellx1000\cellx2000\pard\intbl B\cell 2\cell\row
\trowd\trleft0\clvmrg\cellx1000\cellx2000\pard\intbl \cell 3\cell\row\pard end\par}";
        assert_eq!(shown(rtf), "总计\n[A|1.5 / B|2 / ^|3]\nend");
    }

    #[test]
    fn broken_texts_end() {
        let rtf = br"{\rtf1 a\par \trowd\cellx10\pard\intbl x\cell";
        for length in 0..rtf.len() {
            let _ = shown(&rtf[..length]);
        }
        assert!(read(&b"{".repeat(5000)).is_err());
    }
}
