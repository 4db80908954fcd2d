//! What is to be said of the pages of a document once they are drawn, whatever format they came in.

use super::repeated;
use super::settle::Remarks;
use crate::model::{Diagnostic, DiagnosticCode, Page, Rect};

/// A page without text is a scan when its pictures cover more than this share of it.
const SCANNED: f64 = 0.3;
/// What is to be said of one.
pub(crate) const NEEDS_OCR: &str = "本页是图片，没有文字，需要文字识别";
/// One with no more characters than this, as programs that scan leave beside the picture, may be one …
const FEW: usize = 40;
/// … when its pictures cover more than this share.
const COVERED: f64 = 0.6;
/// Outlines of characters are this wide and high (points) …
const CHARACTER: std::ops::RangeInclusive<f64> = 4.0..=40.0;
/// … and a page of text has so many at least.
const FEWEST_OUTLINES: usize = 50;

/// How much of a page was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PageState {
    /// All of it.
    Whole,
    /// As much as the limits allow.
    Truncated,
    /// What a damaged content still gives; something may be missing.
    Damaged,
    /// All but the instructions that mean nothing, as after damage; something may be missing.
    Garbled,
    /// All but what is written in fonts, or drawn by forms, that the file does not hold or that can't be read.
    Incomplete,
    /// Nothing: its content is not in the file, or can't be unpacked.
    Absent,
    /// Nothing: its content is larger than any page's.
    TooLarge,
    /// What came before the reader failed.
    Lost,
}

/// What is to be said of a page.
pub(crate) fn of_page(page: &Page, state: PageState, found: &Remarks) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let mut say = |code: DiagnosticCode, message: String| {
        out.push(Diagnostic { code, place: Some(format!("第 {} 页", page.number)), message });
    };
    if let Some((code, message)) = shortfall(state) {
        say(code, message.to_owned());
    }
    if page.unknown_glyphs > 0 {
        let message = format!("有 {} 个字符无法识别（字体未给出编码）", page.unknown_glyphs);
        say(DiagnosticCode::UnknownGlyphs, message);
    }
    if needs_ocr(page) {
        say(DiagnosticCode::NeedsOcr, NEEDS_OCR.to_owned());
    } else if is_outlined(page) {
        say(DiagnosticCode::NeedsOcr, "本页的文字画成了图形，没有文字，需要文字识别".to_owned());
    }
    let mut count = |count: u32, code: DiagnosticCode, before: &str, behind: &str| {
        if count > 0 {
            say(code, format!("{before} {count} {behind}"));
        }
    };
    let hidden = DiagnosticCode::HiddenLeftOut;
    count(found.unseen, hidden, "本页有", "个字看不见（被遮盖、划去、透明或与底色相同），未读入");
    count(found.stamped, hidden, "本页有", "个字斜排或盖在别的字上（像水印、印章），未读入");
    count(found.cut, DiagnosticCode::TextOverlaid, "本页有", "个数被遮住一部分，没有收入");
    count(found.overlaid, DiagnosticCode::TextOverlaid, "本页有", "处不同的文字画在同一位置，没有收入");
    count(found.ink_without_text, DiagnosticCode::InkWithoutText, "本页有", "个字形印在页面上，它的文字却是空白");
    out
}

/// What a page of which not all was read is called.
fn shortfall(state: PageState) -> Option<(DiagnosticCode, &'static str)> {
    match state {
        PageState::Whole => None,
        PageState::Truncated => Some((DiagnosticCode::Truncated, "本页内容过多，超过上限的部分未读")),
        PageState::Damaged => Some((DiagnosticCode::PageLost, "本页内容数据损坏，可能不全")),
        PageState::Garbled => Some((DiagnosticCode::PageLost, "本页内容里有读不懂的指令，像是文件受损，可能缺字缺数")),
        PageState::Incomplete => {
            Some((DiagnosticCode::PageLost, "本页用到的字体或图形在文件里找不到或读不出，可能缺字缺数"))
        }
        PageState::Absent => Some((DiagnosticCode::PageLost, "本页的内容在文件里找不到，或已损坏，未读")),
        PageState::TooLarge => Some((DiagnosticCode::PageLost, "本页内容解压后异常庞大，未读")),
        PageState::Lost => Some((DiagnosticCode::PageLost, "本页内部结构自相矛盾，读取中断")),
    }
}

/// A page without text that is seen, whose pictures cover most of it, is a scan; text under a picture is what another
/// program made of it.
pub(crate) fn is_scan(page: &Page) -> bool {
    page.glyphs.iter().all(|glyph| glyph.hidden) && page.image_share() > SCANNED
}

/// A page with a few characters beside its picture may be a scan with a stamped number, or a cover with a painting.
pub(crate) fn may_be_scan(page: &Page) -> bool {
    let seen = page.glyphs.iter().filter(|glyph| !glyph.hidden).count();
    (1..=FEW).contains(&seen) && page.image_share() > COVERED
}

/// A scan without any text.
fn needs_ocr(page: &Page) -> bool {
    is_scan(page) && page.glyphs.is_empty()
}

/// A page without text on which as many shapes are drawn as a text has, each as large as a character, shows its text as
/// outlines.
fn is_outlined(page: &Page) -> bool {
    let like_text = |r: &&Rect| CHARACTER.contains(&r.width()) && CHARACTER.contains(&r.height());
    page.glyphs.is_empty() && page.shapes.iter().filter(like_text).count() >= FEWEST_OUTLINES
}

/// Says what is to be said of all pages together, of which `vanished` characters are not seen, and empties those that
/// stand twice.
pub(crate) fn of_document(pages: &mut [Page], vanished: u32, diagnostics: &mut Vec<Diagnostic>) {
    // Nobody publishes a document whose text can't be seen: what hides it is more likely not understood.
    if vanished > 0 && pages.iter().all(|p| p.glyphs.is_empty()) {
        let message = "各页的文字都看不见（被遮盖、透明或与底色相同），没有内容可读".to_owned();
        diagnostics.push(Diagnostic { code: DiagnosticCode::PageLost, place: None, message });
    }
    // A file whose pages show nothing at all lost its content somewhere; nobody publishes blank paper.
    let shows_nothing = |p: &Page| p.glyphs.is_empty() && p.images.is_empty() && p.shapes.is_empty();
    if !pages.is_empty() && pages.iter().all(shows_nothing) && diagnostics.iter().all(|d| !d.code.loses_content()) {
        let message = "各页都没有任何文字或图片，内容可能已丢失".to_owned();
        diagnostics.push(Diagnostic { code: DiagnosticCode::PageLost, place: None, message });
    }
    let is_silent = diagnostics.iter().all(|d| !d.code.loses_content());
    if !pages.is_empty() && pages.iter().all(|p| p.glyphs.is_empty()) && is_silent {
        let message = "各页都没有文字，只有图片或图形；上面若有文字，需要文字识别".to_owned();
        diagnostics.push(Diagnostic { code: DiagnosticCode::NeedsOcr, place: None, message });
    }
    diagnostics.extend(repeated::leave_out(pages));
}
