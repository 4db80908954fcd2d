//! What lies over the pages of a document: annotations with an appearance, and the seals of signatures.

use super::document::Document;
use super::frame::Frame;
use super::package::{Part, Parts};
use super::painter::Painter;
use super::text;
use super::tree::Element;
use super::values::rectangle;
use hayro_interpret::kurbo::Rect as KurboRect;
use std::collections::BTreeMap;

/// Signatures of a document that are looked at.
const MOST_SIGNATURES: usize = 1_000;

/// The marks on each page of a document, by the page's identifier.
#[derive(Default)]
pub(super) struct Stamps {
    /// Files of annotations.
    annotations: BTreeMap<String, Vec<Part>>,
    /// Boxes of seals.
    seals: BTreeMap<String, Vec<KurboRect>>,
    /// Pages whose annotations are not there, or only in part.
    lost: Vec<String>,
}

impl Stamps {
    pub(super) fn of(parts: &Parts, document: &Document) -> Self {
        let mut stamps = Self::default();
        stamps.add_annotations(parts, document);
        stamps.add_seals(parts, document);
        stamps
    }

    fn add_annotations(&mut self, parts: &Parts, document: &Document) {
        let Some(list) = document.annotations.as_deref() else { return };
        let Ok(Part { path, tree }) = parts.read(&document.path, list) else { return };
        let Some(root) = tree.root else { return };
        for page in root.all("Page") {
            let id = page.attribute("PageID").unwrap_or_default().trim().to_owned();
            for location in page.all("FileLoc") {
                match parts.read(&path, &location.text) {
                    Ok(part) => {
                        if part.tree.fault.is_some() {
                            self.lost.push(id.clone());
                        }
                        self.annotations.entry(id.clone()).or_default().push(part);
                    }
                    Err(_) => self.lost.push(id.clone()),
                }
            }
        }
    }

    fn add_seals(&mut self, parts: &Parts, document: &Document) {
        let Some(list) = document.signatures.as_deref() else { return };
        let Ok(Part { path, tree }) = parts.read("", list) else { return };
        let Some(root) = tree.root else { return };
        for signature in root.all("Signature").take(MOST_SIGNATURES) {
            let part = signature.attribute("BaseLoc").and_then(|location| parts.read(&path, location).ok());
            let Some(root) = part.and_then(|part| part.tree.root) else { continue };
            for seal in root.child("SignedInfo").into_iter().flat_map(|info| info.all("StampAnnot")) {
                let page = seal.attribute("PageRef").unwrap_or_default().trim().to_owned();
                self.seals.entry(page).or_default().extend(seal.attribute("Boundary").and_then(rectangle));
            }
        }
    }

    /// Draws the marks on a page.
    pub(super) fn draw(&self, page: &str, painter: &mut Painter<'_>, frame: &Frame) {
        let parts = self.annotations.get(page).into_iter().flatten();
        for root in parts.filter_map(|part| part.tree.root.as_ref()) {
            for annotation in root.all("Annot").filter(|annotation| annotation.is_set("Visible", true)) {
                draw(annotation, painter, frame);
            }
        }
        for seal in self.seals.get(page).into_iter().flatten() {
            painter.canvas.picture(frame.transform.transform_rect_bbox(*seal), None);
        }
        painter.faults.missing |= self.lost.iter().any(|lost| lost == page);
    }
}

fn draw(annotation: &Element, painter: &mut Painter<'_>, frame: &Frame) {
    let is_watermark = annotation.attribute("Type").is_some_and(|kind| kind.eq_ignore_ascii_case("Watermark"));
    for appearance in annotation.all("Appearance") {
        if is_watermark {
            painter.canvas.leave_out(0, letters(appearance));
            continue;
        }
        let Some(boundary) = appearance.attribute("Boundary").and_then(rectangle) else { continue };
        painter.children(appearance, &frame.within(boundary), 0);
    }
}

/// Number of characters in all text objects inside.
fn letters(element: &Element) -> u32 {
    let own = if element.name == "TextObject" { text::length(element) } else { 0 };
    element.children.iter().map(letters).fold(own, u32::saturating_add)
}
