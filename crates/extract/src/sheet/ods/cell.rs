//! The cell that is being read: its elements, and what they say.

use super::shown::amount;
use crate::model::Content;
use crate::sheet::text;
use crate::sheet::xml::{attribute, number};
use quick_xml::events::BytesStart;

/// The cell that is being read.
pub(super) struct OpenCell {
    pub(super) repeated: u32,
    pub(super) covered: bool,
    pub(super) spans: (u32, u32),
    pub(super) style: Option<String>,
    pub(super) kind: String,
    pub(super) value: String,
    /// Paragraphs of the text shown; `None` where the file has none.
    pub(super) shown: Option<String>,
    /// Depth of elements whose text is not the cell's own: comments, drawings, ruby.
    pub(super) aside: usize,
    pub(super) error: bool,
}

impl OpenCell {
    pub(super) fn new(element: &BytesStart<'_>, covered: bool) -> Self {
        let typed = ["value", "date-value", "time-value", "boolean-value", "string-value"];
        let value = typed.into_iter().find_map(|name| office(element, name));
        Self {
            repeated: number(element, "number-columns-repeated").unwrap_or(1_u32).max(1),
            covered,
            spans: (
                number(element, "number-rows-spanned").unwrap_or(1_u32).max(1),
                number(element, "number-columns-spanned").unwrap_or(1_u32).max(1),
            ),
            style: attribute(element, "style-name"),
            kind: office(element, "value-type").unwrap_or_default(),
            value: value.unwrap_or_default(),
            shown: None,
            aside: 0,
            error: element
                .attributes()
                .with_checks(false)
                .flatten()
                .any(|a| a.key.as_ref() == "calcext:value-type" && a.value.as_ref() == "error"),
        }
    }

    pub(super) fn open(&mut self, name: &str, element: &BytesStart<'_>) {
        if self.aside > 0 || matches!(name, "annotation" | "shapes" | "frame" | "custom-shape" | "ruby-text") {
            self.aside += 1;
            return;
        }
        let blank = match name {
            "p" | "h" => {
                if let Some(shown) = &mut self.shown {
                    shown.push('\n');
                } else {
                    self.shown = Some(String::new());
                }
                return;
            }
            "s" => " ".repeat(number::<usize>(element, "c").unwrap_or(1).min(1024)),
            "tab" => "\t".to_owned(),
            "line-break" => "\n".to_owned(),
            _ => return,
        };
        if let Some(shown) = &mut self.shown {
            shown.push_str(&blank);
        }
    }

    pub(super) fn close(&mut self, _name: &str) {
        self.aside = self.aside.saturating_sub(1);
    }

    /// The cell's text and what it holds.
    pub(super) fn reading(&self) -> (String, Content) {
        let shown = self.shown.as_deref().map(text::join_lines);
        if self.error {
            return (shown.unwrap_or_default(), Content::Error);
        }
        match self.kind.as_str() {
            "float" | "currency" | "percentage" => amount(&self.value, self.kind == "percentage", shown),
            "date" => (self.value.trim_end_matches("T00:00:00").to_owned(), Content::Date),
            "time" => (shown.unwrap_or_else(|| self.value.clone()), Content::Date),
            "boolean" => (self.value.to_ascii_uppercase(), Content::Boolean),
            "string" if !self.value.is_empty() && shown.is_none() => (text::join_lines(&self.value), Content::Text),
            _ => (shown.unwrap_or_default(), Content::Text),
        }
    }
}

/// An attribute of the office namespace; `calcext` repeats some of them under the same local name.
fn office(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element.attributes().with_checks(false).flatten().find_map(|attribute| {
        let wanted = attribute.key.as_ref().strip_prefix("office:") == Some(name);
        wanted
            .then(|| attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok())?
            .map(std::borrow::Cow::into_owned)
    })
}
