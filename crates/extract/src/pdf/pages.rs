//! The wanted pages of a file, and what could not be had of them.

use super::device::Remarks;
use super::reader::{HayroReader, PageState, ReadPage};
use super::{file, repeated};
use crate::error::ExtractError;
use crate::limits::Limits;
use crate::model::{Diagnostic, DiagnosticCode, Page};
use crate::options::LayoutOptions;

/// A page without text is a scan when its pictures cover more than this share of it.
const SCANNED: f64 = 0.3;
/// What is to be said of one.
pub(crate) const NEEDS_OCR: &str = "本页是图片，没有文字，需要文字识别";
/// One with no more characters than this, as programs that scan leave beside the picture, may be one …
const FEW: usize = 40;
/// … when its pictures cover more than this share.
const COVERED: f64 = 0.6;

/// Reads all wanted pages, and says what could not be had.
///
/// # Errors
/// [`ExtractError`] when nothing could be read.
pub(crate) fn read_pages(
    bytes: &[u8],
    options: &LayoutOptions,
    limits: &Limits,
) -> Result<(Vec<Page>, Vec<Diagnostic>), ExtractError> {
    let (reader, mut diagnostics) = file::open(bytes)?;
    let indices = wanted(&reader, options, limits, &mut diagnostics);
    let mut pages = Vec::new();
    let mut vanished = 0;
    let mistaken = reader.read_pages(&indices, limits, |read| {
        vanished += read.remarks.unseen;
        diagnostics.extend(trouble(&read));
        pages.push(read.page);
    });
    if !mistaken.is_empty() {
        let digits: Vec<String> = mistaken.iter().map(char::to_string).collect();
        let message = format!("同一字体里有两种字形都读作 {}，又缺别的数字，必有误读", digits.join("、"));
        diagnostics.push(Diagnostic { code: DiagnosticCode::DigitsUnlike, place: None, message });
    }
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
    diagnostics.extend(repeated::leave_out(&mut pages));
    Ok((pages, diagnostics))
}

/// The 0-based indices of the pages to read.
fn wanted(
    reader: &HayroReader,
    options: &LayoutOptions,
    limits: &Limits,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<usize> {
    let count = reader.page_count();
    if count > limits.pages {
        diagnostics.push(Diagnostic {
            code: DiagnosticCode::Truncated,
            place: None,
            message: format!("文件有 {count} 页，超过上限 {}，其余各页未读", limits.pages),
        });
    }
    (0..count.min(limits.pages)).filter(|i| options.wants_page(*i as u32 + 1)).collect()
}

/// What is to be said of a page.
fn trouble(read: &ReadPage) -> Vec<Diagnostic> {
    let page = &read.page;
    let say = |code: DiagnosticCode, message: String| Diagnostic {
        code,
        place: Some(format!("第 {} 页", page.number)),
        message,
    };
    let mut out = Vec::new();
    if let Some((code, message)) = shortfall(read.state) {
        out.push(say(code, message.to_owned()));
    }
    if page.unknown_glyphs > 0 {
        let message = format!("有 {} 个字符无法识别（字体未给出编码）", page.unknown_glyphs);
        out.push(say(DiagnosticCode::UnknownGlyphs, message));
    }
    if needs_ocr(page) {
        out.push(say(DiagnosticCode::NeedsOcr, NEEDS_OCR.to_owned()));
    }
    out.extend(remarks(&read.remarks).into_iter().map(|(code, message)| say(code, message)));
    out
}

/// What is to be said of a page's text.
fn remarks(found: &Remarks) -> Vec<(DiagnosticCode, String)> {
    let mut out = Vec::new();
    let mut say = |count: u32, code: DiagnosticCode, before: &str, behind: &str| {
        if count > 0 {
            out.push((code, format!("{before} {count} {behind}")));
        }
    };
    let hidden = DiagnosticCode::HiddenLeftOut;
    say(found.unseen, hidden, "本页有", "个字看不见（被遮盖、划去、透明或与底色相同），未读入");
    say(found.stamped, hidden, "本页有", "个字斜排或盖在别的字上（像水印、印章），未读入");
    say(found.cut, DiagnosticCode::TextOverlaid, "本页有", "个数被遮住一部分，没有收入");
    say(found.overlaid, DiagnosticCode::TextOverlaid, "本页有", "处不同的文字画在同一位置，没有收入");
    say(found.ink_without_text, DiagnosticCode::InkWithoutText, "本页有", "个字形印在页面上，它的文字却是空白");
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
