//! The cell that is being read: its elements, and what they say.

use super::shown::{Shown, amount};
use super::span::{Height, SpanLook};
use super::styles::Styles;
use crate::model::{CellDoubt, Content};
use crate::sheet::filler::Run;
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
    has_value: bool,
    /// Paragraphs of the text shown; `None` where the file has none.
    pub(super) shown: Option<Vec<Run>>,
    /// The formula as it is written.
    pub(super) formula: Option<String>,
    /// Styles of the spans that are open.
    spans_open: Vec<Option<SpanLook>>,
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
            has_value: value.is_some(),
            value: value.unwrap_or_default(),
            shown: None,
            formula: attribute(element, "formula"),
            spans_open: vec![],
            aside: 0,
            error: element
                .attributes()
                .with_checks(false)
                .flatten()
                .any(|a| a.key.as_ref() == "calcext:value-type" && a.value.as_ref() == "error"),
        }
    }

    pub(super) fn open(&mut self, name: &str, element: &BytesStart<'_>, styles: &Styles) {
        if self.aside > 0 || matches!(name, "annotation" | "shapes" | "frame" | "custom-shape" | "ruby-text") {
            self.aside += 1;
            return;
        }
        match name {
            "p" | "h" if self.shown.is_some() => self.push("\n"),
            "p" | "h" => self.shown = Some(vec![]),
            "span" => self.spans_open.push(attribute(element, "style-name").map(|name| styles.span(&name))),
            "s" => self.push(&" ".repeat(number::<usize>(element, "c").unwrap_or(1).min(1024))),
            "tab" => self.push("\t"),
            "line-break" => self.push("\n"),
            _ => {}
        }
    }

    pub(super) fn close(&mut self, name: &str) {
        if self.aside > 0 {
            self.aside -= 1;
        } else if name == "span" {
            self.spans_open.pop();
        }
    }

    /// Adds to the text shown.
    pub(super) fn push(&mut self, text: &str) {
        if self.aside > 0 {
            return;
        }
        let Some(shown) = &mut self.shown else { return };
        let look = self.spans_open.iter().rev().flatten().next();
        let text = match look.map(|look| look.height) {
            Some(Height::Raised) => text::raised(text),
            Some(Height::Lowered) => text::lowered(text),
            _ => text.to_owned(),
        };
        shown.push(Run { text, font: look.map(|look| look.font) });
    }

    /// Whether a formula stands here without a result.
    pub(super) fn is_without_result(&self) -> bool {
        self.formula.is_some() && !self.has_value && !self.error && (self.kind.is_empty() || self.kind == "float")
    }

    /// The number that is stored.
    pub(super) fn stored_number(&self) -> Option<f64> {
        matches!(self.kind.as_str(), "float" | "currency" | "percentage").then(|| self.value.trim().parse().ok())?
    }

    /// What the cell holds, `shown` being the text beside its value.
    pub(super) fn reading(&self, shown: Option<&str>) -> Shown {
        let lines = shown.map(text::read_lines);
        let (joined, several) = lines.clone().unwrap_or_default();
        let doubts = if several { vec![CellDoubt::SeveralFigures] } else { vec![] };
        let plain = |text, content| Shown { text, content, ..Shown::default() };
        if self.error {
            return plain(joined, Content::Error);
        }
        match self.kind.as_str() {
            "float" | "currency" | "percentage" => {
                amount(&self.value, self.kind == "percentage", lines.map(|(text, _)| text))
            }
            "date" => plain(self.value.trim_end_matches("T00:00:00").to_owned(), Content::Date),
            "time" => plain(if lines.is_some() { joined } else { self.value.clone() }, Content::Date),
            "boolean" => plain(self.value.to_ascii_uppercase(), Content::Boolean),
            "string" if !self.value.is_empty() && lines.is_none() => {
                let (text, several) = text::read_lines(&self.value);
                let doubts = if several { vec![CellDoubt::SeveralFigures] } else { vec![] };
                Shown { text, doubts, ..Shown::default() }
            }
            _ => Shown { text: joined, doubts, ..Shown::default() },
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
