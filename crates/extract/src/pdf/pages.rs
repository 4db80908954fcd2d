//! The wanted pages of a file, and what could not be had of them.

use super::reader::{HayroReader, PageState, ReadPage};
use super::file;
use crate::canvas;
use crate::error::ExtractError;
use crate::limits::Limits;
use crate::model::{Diagnostic, DiagnosticCode, Page};
use crate::options::LayoutOptions;

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
    canvas::of_document(&mut pages, vanished, &mut diagnostics);
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
    out.extend(canvas::of_page(page, &read.remarks));
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
