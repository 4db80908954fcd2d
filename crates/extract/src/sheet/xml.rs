//! The little that is needed of XML: elements in order, their attributes, their text.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Most elements inside each other. Spreadsheets nest about a dozen deep.
const MAX_DEPTH: usize = 256;

/// What a document consists of, as far as spreadsheets go.
#[derive(Debug)]
pub(crate) enum Piece<'a> {
    /// An element begins; the second value is its name without prefix.
    Open(BytesStart<'a>),
    /// An element ends: its name without prefix.
    Close(String),
    /// Text, references resolved.
    Text(String),
}

/// Walks a document and hands every piece to `visit`.
///
/// # Errors
/// Where the document stops being XML, or holds what XML can't (then all of it was visited), in Chinese.
pub(crate) fn walk(bytes: &[u8], mut visit: impl FnMut(Piece<'_>)) -> Result<(), String> {
    let mut reader = Reader::from_reader(bytes);
    reader.config_mut().expand_empty_elements = true;
    let (mut buffer, mut depth) = (vec![], 0_usize);
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|e| format!("XML 有误：{e}"))?;
        match event {
            Event::Start(start) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err("XML 嵌套过深".to_owned());
                }
                visit(Piece::Open(start));
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                visit(Piece::Close(end.local_name().as_ref().to_owned()));
            }
            Event::Text(text) => visit(Piece::Text(text.xml10_content().into_owned())),
            Event::CData(text) => visit(Piece::Text(text.xml10_content().into_owned())),
            Event::GeneralRef(name) => visit(Piece::Text(resolve(&name))),
            // A byte of nought is no character of XML: the mark of a block that was lost.
            Event::Eof if depth == 0 && bytes.contains(&0) => return Err("XML 里有空字节".to_owned()),
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err("XML 不完整".to_owned()),
            _ => {}
        }
    }
}

/// Only the references that XML itself defines: entities that a file declares are not followed.
fn resolve(reference: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    let name: &str = reference;
    quick_xml::escape::resolve_predefined_entity(name).unwrap_or_default().to_owned()
}

/// An attribute's value by its name without prefix.
pub(crate) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element.attributes().with_checks(false).flatten().find_map(|attribute| {
        let found = attribute.key.local_name().as_ref() == name;
        found
            .then(|| attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok())?
            .map(std::borrow::Cow::into_owned)
    })
}

/// An attribute that holds a number.
pub(crate) fn number<T: std::str::FromStr>(element: &BytesStart<'_>, name: &str) -> Option<T> {
    attribute(element, name)?.trim().parse().ok()
}

/// An attribute that holds a truth value; absent is false.
pub(crate) fn is_true(element: &BytesStart<'_>, name: &str) -> bool {
    matches!(attribute(element, name).as_deref(), Some("1" | "true"))
}
