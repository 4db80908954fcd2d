//! Paragraph styles that number their paragraphs, and styles whose text is hidden.

use crate::sheet::xml::{self, Piece, attribute, number};
use std::collections::{BTreeMap, BTreeSet};

/// Styles are based on each other no deeper than this.
const DEEPEST: usize = 16;

/// What the styles say of numbering and of hidden text.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, Style>,
    /// The paragraph style of paragraphs that name none.
    usual: Option<String>,
}

#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    list: Option<u32>,
    level: Option<usize>,
    hidden: bool,
}

impl Styles {
    /// Reads the part that defines styles; what can't be read says nothing.
    pub(super) fn parse(bytes: &[u8]) -> Self {
        let mut styles = Self::default();
        let (mut id, mut style) = (String::new(), Style::default());
        let _incomplete = xml::walk(bytes, |piece| match piece {
            Piece::Open(element) => match element.local_name().as_ref() {
                "style" => {
                    id = attribute(&element, "styleId").unwrap_or_default();
                    style = Style::default();
                    let paragraphs = attribute(&element, "type").is_some_and(|kind| kind == "paragraph");
                    if paragraphs && xml::is_true(&element, "default") {
                        styles.usual = Some(id.clone());
                    }
                }
                "basedOn" => style.based_on = attribute(&element, "val"),
                "numId" => style.list = number(&element, "val"),
                "ilvl" => style.level = number(&element, "val"),
                "vanish" => style.hidden = !is_off(attribute(&element, "val").as_deref()),
                _ => {}
            },
            Piece::Close(name) if name == "style" => {
                styles.styles.insert(std::mem::take(&mut id), std::mem::take(&mut style));
            }
            _ => {}
        });
        styles
    }

    /// List and level of the paragraphs of a style.
    pub(super) fn list(&self, style: Option<&str>) -> (Option<u32>, Option<usize>) {
        let (mut list, mut level) = (None, None);
        for style in self.chain(style.or(self.usual.as_deref())) {
            list = list.or(style.list);
            level = level.or(style.level);
        }
        (list, level)
    }

    /// Whether the text of a style is hidden.
    pub(super) fn is_hidden(&self, style: &str) -> bool {
        self.chain(Some(style)).any(|style| style.hidden)
    }

    /// A style and those that it is based on.
    fn chain(&self, style: Option<&str>) -> impl Iterator<Item = &Style> {
        let mut seen = BTreeSet::new();
        let mut next = style.and_then(|id| self.styles.get(id));
        std::iter::from_fn(move || {
            let style = next?;
            next =
                style.based_on.as_deref().filter(|id| seen.insert((*id).to_owned())).and_then(|id| self.styles.get(id));
            Some(style)
        })
        .take(DEEPEST)
    }
}

/// Whether a switch is turned off ([ECMA-376] 17.17.4).
pub(super) fn is_off(value: Option<&str>) -> bool {
    matches!(value, Some("0" | "false" | "off"))
}
