//! What a file holds besides its pages and never shows on them: attached files, values of form fields that a viewer
//! draws, a second document.

use crate::model::{Diagnostic, DiagnosticCode};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream, String as PdfString};
use std::collections::BTreeSet;

/// Nodes of a name tree or of a tree of fields inside each other that are followed.
const MOST_NESTED: usize = 16;
/// Attachments or fields that are named.
const MOST_NAMED: usize = 8;
/// Attachments or fields that are looked at.
const MOST: usize = 10_000;
/// Annotation flags (§12.5.3): hidden, not viewed.
const UNSEEN: i64 = 1 << 1 | 1 << 5;

/// What is to be said of it.
pub(super) fn findings(pdf: &Pdf, bytes: &[u8]) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let say = |code: DiagnosticCode, message: String| Diagnostic { code, place: None, message };
    if holds_second_document(bytes) {
        let message = "文件结尾之后还有另一份 PDF 文件，两份连在一起，只读了其中一份".to_owned();
        out.push(say(DiagnosticCode::BoundTwice, message));
    }
    let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).unwrap_or_default();
    let attached = attachments(pdf, &root);
    if !attached.is_empty() {
        let message = format!("文件带有 {} 个附件，未读入：{}", attached.len(), listed(&attached));
        out.push(say(DiagnosticCode::AttachmentLeftOut, message));
    }
    let fields = undrawn_fields(pdf, &root);
    if !fields.is_empty() {
        let message = format!("有 {} 个表单域的值由阅读器显示，未读入：{}", fields.len(), listed(&fields));
        out.push(say(DiagnosticCode::FormFieldsUnread, message));
    } else if root.get::<bool>(b"NeedsRendering".as_slice()) == Some(true) {
        let message = "文件是动态表单（XFA），页面内容由阅读器生成，未读入".to_owned();
        out.push(say(DiagnosticCode::FormFieldsUnread, message));
    }
    out
}

/// Whether another file begins behind this one's end. An update, appended to a file, begins with objects and no header;
/// a file inside a stream stands behind its object's head.
fn holds_second_document(bytes: &[u8]) -> bool {
    let (end, header, object) = (b"%%EOF".as_slice(), b"%PDF-".as_slice(), b" obj".as_slice());
    let mut ended = None;
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|b| *b == b'%').map(|i| at + i) {
        let rest = &bytes[found..];
        if rest.starts_with(end) {
            ended = Some(found + end.len());
        } else if rest.starts_with(header)
            && ended.is_some_and(|ended| !bytes[ended..found].windows(object.len()).any(|w| w == object))
        {
            return true;
        }
        at = found + 1;
    }
    false
}

/// The names of all attached files: in the document's list, at its root and pages, behind pins on its pages.
fn attachments(pdf: &Pdf, root: &Dict<'_>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let names = root.get::<Dict<'_>>(b"Names".as_slice());
    if let Some(tree) = names.and_then(|names| names.get::<Dict<'_>>(b"EmbeddedFiles".as_slice())) {
        named_files(&tree, 0, &mut found);
    }
    associated_files(root, &mut found);
    for page in pdf.pages().iter() {
        associated_files(page.raw(), &mut found);
        let Some(annotations) = page.raw().get::<Array<'_>>(b"Annots".as_slice()) else { continue };
        for annotation in annotations.iter::<Dict<'_>>().take(MOST) {
            let pinned = annotation.get::<Dict<'_>>(b"FS".as_slice());
            found.extend(pinned.and_then(|file| file_name(&file)));
        }
    }
    found
}

fn named_files(node: &Dict<'_>, depth: usize, found: &mut BTreeSet<String>) {
    if let Some(names) = node.get::<Array<'_>>(b"Names".as_slice()) {
        found.extend(names.iter::<Object<'_>>().take(MOST).filter_map(Object::into_dict).filter_map(|f| file_name(&f)));
    }
    let kids = node.get::<Array<'_>>(b"Kids".as_slice());
    if let (Some(kids), true) = (kids, depth < MOST_NESTED && found.len() < MOST) {
        kids.iter::<Dict<'_>>().take(MOST).for_each(|kid| named_files(&kid, depth + 1, found));
    }
}

fn associated_files(owner: &Dict<'_>, found: &mut BTreeSet<String>) {
    if let Some(files) = owner.get::<Array<'_>>(b"AF".as_slice()) {
        found.extend(files.iter::<Dict<'_>>().take(MOST).filter_map(|file| file_name(&file)));
    }
}

/// The name of a file that is held, not only pointed at.
fn file_name(file: &Dict<'_>) -> Option<String> {
    file.get::<Dict<'_>>(b"EF".as_slice())?;
    let name = [b"UF".as_slice(), b"F", b"Desc"].into_iter().find_map(|key| file.get::<PdfString<'_>>(key));
    Some(name.map_or_else(|| "（无名）".to_owned(), |name| text(name.as_bytes())))
}

/// The values of the fields that nothing on a page draws.
fn undrawn_fields(pdf: &Pdf, root: &Dict<'_>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let Some(form) = root.get::<Dict<'_>>(b"AcroForm".as_slice()) else { return found };
    let redrawn = form.get::<bool>(b"NeedAppearances".as_slice()) == Some(true);
    for page in pdf.pages().iter() {
        let Some(annotations) = page.raw().get::<Array<'_>>(b"Annots".as_slice()) else { continue };
        for widget in annotations.iter::<Dict<'_>>().take(MOST) {
            if let Some(value) = value_shown(&widget)
                && !is_drawn(&widget, &value, redrawn)
            {
                found.insert(value);
            }
        }
    }
    found
}

/// The value of a text or choice field that a viewer shows in a widget.
fn value_shown(widget: &Dict<'_>) -> Option<String> {
    let is_widget = widget.get::<Name<'_>>(b"Subtype".as_slice())?.as_ref() == b"Widget";
    let flags = widget.get::<Number>(b"F".as_slice()).map_or(0, |n| n.as_i64());
    let kind = inherited::<Name<'_>>(widget, b"FT")?;
    if !is_widget || flags & UNSEEN != 0 || !matches!(kind.as_ref(), b"Tx" | b"Ch") {
        return None;
    }
    let value = text(inherited::<PdfString<'_>>(widget, b"V")?.as_bytes());
    (!value.trim().is_empty()).then_some(value)
}

/// An entry of a field or of the fields above it.
fn inherited<'a, T>(field: &Dict<'a>, key: &[u8]) -> Option<T>
where
    Object<'a>: TryInto<T>,
{
    let mut field = field.clone();
    for _ in 0..MOST_NESTED {
        if let Some(found) = field.get::<Object<'a>>(key) {
            return found.try_into().ok();
        }
        field = field.get::<Dict<'a>>(b"Parent".as_slice())?;
    }
    None
}

/// Whether a widget has an appearance that shows its value. Where the file asks for its fields to be drawn anew, a
/// stored appearance counts only if it holds the value.
fn is_drawn(widget: &Dict<'_>, value: &str, redrawn: bool) -> bool {
    let appearance = widget.get::<Dict<'_>>(b"AP".as_slice()).and_then(|ap| ap.get::<Stream<'_>>(b"N".as_slice()));
    let Some(appearance) = appearance else { return false };
    if !redrawn || !value.is_ascii() {
        return true;
    }
    appearance.decoded_data().is_ok_and(|data| data.windows(value.len()).any(|w| w == value.as_bytes()))
}

/// A text of the document's own strings (§7.9.2.2): UTF-16 or UTF-8 with a mark, else bytes.
fn text(bytes: &[u8]) -> String {
    let units =
        |rest: &[u8], of: fn([u8; 2]) -> u16| -> Vec<u16> { rest.as_chunks::<2>().0.iter().map(|c| of(*c)).collect() };
    match bytes {
        [0xFE, 0xFF, rest @ ..] => String::from_utf16_lossy(&units(rest, u16::from_be_bytes)),
        [0xFF, 0xFE, rest @ ..] => String::from_utf16_lossy(&units(rest, u16::from_le_bytes)),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().map(|b| char::from(*b)).collect(), str::to_owned),
    }
}

fn listed(names: &BTreeSet<String>) -> String {
    let mut text: Vec<&str> = names.iter().take(MOST_NAMED).map(String::as_str).collect();
    if names.len() > MOST_NAMED {
        text.push("…");
    }
    text.join("、")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_file_is_told_from_an_update_and_from_an_attachment() {
        assert!(holds_second_document(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n%PDF-1.4\n1 0 obj"));
        assert!(!holds_second_document(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n1 0 obj\n<<>>\nendobj\n%%EOF\n"));
        assert!(!holds_second_document(b"%PDF-1.4\n%%EOF\n7 0 obj\n<<>>\nstream\n%PDF-1.4\n%%EOF\nendstream\n%%EOF\n"));
    }

    #[test]
    fn texts_say_how_they_are_written() {
        assert_eq!(text(b"\xFE\xFF\x98\x84\x7B\x97"), "预算");
        assert_eq!(text("预算.xlsx".as_bytes()), "预算.xlsx");
        assert_eq!(text(b"a\xE9"), "aé");
    }
}
