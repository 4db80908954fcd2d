//! One XML file of a package as a tree of elements.

use crate::sheet::xml::{Piece, walk};

/// Most bytes of one file, and most elements in it: a page full of single characters has some ten thousand.
const MOST_BYTES: usize = 128 << 20;
const MOST_ELEMENTS: usize = 1_000_000;

/// An element, its name and those of its attributes without prefix.
#[derive(Debug, Default, Clone)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    pub(super) children: Vec<Element>,
    /// All text right inside it.
    pub(super) text: String,
}

impl Element {
    /// An attribute's value. Some producers write names in small letters.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Whether an attribute says true; `usual` where there is none.
    pub(super) fn is_set(&self, name: &str, usual: bool) -> bool {
        match self.attribute(name).map(|value| value.trim().to_ascii_lowercase()).as_deref() {
            Some("true" | "1") => true,
            Some("false" | "0") => false,
            _ => usual,
        }
    }

    /// The first child of a name.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// All children of a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of the first child of a name.
    pub(super) fn text_of(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.trim()).filter(|text| !text.is_empty())
    }

    /// Whether an element of a name is anywhere inside.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.children.iter().any(|child| child.name == name || child.holds(name))
    }
}

/// A file's root as far as it can be read, and what is wrong with the file.
pub(super) struct Tree {
    pub(super) root: Option<Element>,
    pub(super) fault: Option<String>,
}

/// Reads a file.
pub(super) fn parse(bytes: &[u8]) -> Tree {
    if bytes.len() > MOST_BYTES {
        return Tree { root: None, fault: Some("内容异常庞大".to_owned()) };
    }
    let (mut open, mut root, mut count) = (Vec::<Element>::new(), None, 0_usize);
    let mut attributes_fail = false;
    let walked = walk(bytes, |piece| match piece {
        Piece::Open(start) => {
            count += 1;
            if count > MOST_ELEMENTS {
                return;
            }
            let mut element = Element { name: start.local_name().as_ref().to_owned(), ..Element::default() };
            for attribute in start.attributes().with_checks(false) {
                let Ok(attribute) = attribute else {
                    attributes_fail = true;
                    continue;
                };
                let key = attribute.key.local_name().as_ref().to_owned();
                attributes_fail |= !key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
                match attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0) {
                    Ok(value) => element.attributes.push((key, value.into_owned())),
                    Err(_) => attributes_fail = true,
                }
            }
            open.push(element);
        }
        Piece::Close(_) if count <= MOST_ELEMENTS => close(&mut open, &mut root),
        Piece::Text(text) => {
            if let Some(element) = open.last_mut() {
                element.text.push_str(&text);
            }
        }
        Piece::Close(_) => {}
    });
    // What a file that breaks off still holds is kept.
    while !open.is_empty() {
        close(&mut open, &mut root);
    }
    let fault = match walked {
        _ if count > MOST_ELEMENTS => Some("内容异常庞大".to_owned()),
        Ok(()) if attributes_fail => Some("XML 属性有误".to_owned()),
        walked => walked.err(),
    };
    Tree { root, fault }
}

fn close(open: &mut Vec<Element>, root: &mut Option<Element>) {
    let Some(element) = open.pop() else { return };
    match open.last_mut() {
        Some(parent) => parent.children.push(element),
        None if root.is_none() => *root = Some(element),
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_do_not_matter_and_what_breaks_off_is_kept() {
        let tree = parse(b"<o:A xmlns:o=\"x\"><o:B C=\"1\">t</o:B><B>u</B></o:A>");
        let root = tree.root.unwrap();
        assert_eq!((tree.fault, root.all("B").count()), (None, 2));
        assert_eq!(root.child("B").and_then(|b| b.attribute("C")), Some("1"));
        let cut = parse(b"<A><B>text</B><C");
        assert!(cut.fault.is_some());
        assert_eq!(cut.root.unwrap().text_of("B"), Some("text"));
        assert!(parse(b"<A B=\"1\"$C=\"2\"/>").fault.is_some());
    }
}
