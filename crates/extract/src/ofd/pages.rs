//! The wanted pages of a file, and what could not be had of them.

use super::document::{Document, PageEntry, area_of, documents, is_front};
use super::package::{Part, Parts};
use super::painter::{Faults, Painter, Shown};
use super::resources::{Lookup, Resources};
use super::stamps::Stamps;
use super::tree::Element;
use super::values::{POINTS, rectangle};
use crate::canvas::{self, Canvas, PageState, Remarks};
use crate::error::ExtractError;
use crate::limits::Limits;
use crate::model::{Diagnostic, DiagnosticCode, Page, Rect};
use crate::options::LayoutOptions;
use hayro_interpret::kurbo::Rect as KurboRect;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Templates that use templates are followed so far.
const MOST_TEMPLATES: usize = 4;
/// Layers of a page and of all its templates.
const MOST_LAYERS: usize = 10_000;
/// The size of a page that nothing is said of (millimetres).
const A4: KurboRect = KurboRect::new(0.0, 0.0, 210.0, 297.0);
/// Longest side (millimetres) of a page.
const LONGEST: f64 = 20_000.0;
/// Attached files or parts that are named.
const MOST_NAMED: usize = 8;

/// Reads all wanted pages, and says what could not be had.
///
/// # Errors
/// [`ExtractError`] when nothing could be read.
pub(crate) fn read_pages(
    bytes: &[u8],
    options: &LayoutOptions,
    limits: &Limits,
) -> Result<(Vec<Page>, Vec<Diagnostic>), ExtractError> {
    let parts = Parts::open(bytes, limits)?;
    let mut pages = Vec::new();
    let (mut diagnostics, vanished) = each_page(&parts, options, limits, &mut |read| pages.push(read.page))?;
    canvas::of_document(&mut pages, vanished, &mut diagnostics);
    Ok((pages, diagnostics))
}

/// Gives each page with the pictures drawn on it, their boxes and bytes, to `sink`.
///
/// # Errors
/// [`ExtractError`] when nothing could be read.
pub(crate) fn pictured_pages(
    bytes: &[u8],
    limits: &Limits,
    mut sink: impl FnMut(&Page, &[(Rect, &[u8])]),
) -> Result<(), ExtractError> {
    let parts = Parts::open_whole(bytes, limits)?;
    each_page(&parts, &LayoutOptions::default(), limits, &mut |read| {
        let bytes = |shown: &Shown| parts.bytes(&shown.from, &shown.file).ok().map(|(_, bytes)| (shown.bbox, bytes));
        let pictures: Vec<(Rect, &[u8])> = read.shown.iter().filter_map(bytes).collect();
        sink(&read.page, &pictures);
    })?;
    Ok(())
}

/// What was had of a page.
struct ReadPage {
    page: Page,
    state: PageState,
    remarks: Remarks,
    shown: Vec<Shown>,
}

/// Gives all wanted pages to `sink`, one after the other; what is to be said of them, and the number of characters that
/// are not seen.
fn each_page(
    parts: &Parts,
    options: &LayoutOptions,
    limits: &Limits,
    sink: &mut dyn FnMut(ReadPage),
) -> Result<(Vec<Diagnostic>, u32), ExtractError> {
    let documents = documents(parts)?;
    let count: usize = documents.iter().map(|document| document.pages.len()).sum();
    if count == 0 {
        let detail = "找不到可读的页面".to_owned();
        return Err(if parts.is_encrypted() { ExtractError::Encrypted } else { ExtractError::Damaged { detail } });
    }
    let mut diagnostics = of_package(parts, &documents);
    if count > limits.pages {
        let message = format!("文件有 {count} 页，超过上限 {}，其余各页未读", limits.pages);
        diagnostics.push(Diagnostic { code: DiagnosticCode::Truncated, place: None, message });
    }
    let (mut vanished, mut number) = (0, 0);
    let mut is_closed = parts.is_encrypted();
    for document in &documents {
        let reader = Reader { parts, document, stamps: Stamps::of(parts, document), limits };
        for entry in &document.pages {
            number += 1;
            if number as usize > limits.pages || !options.wants_page(number) {
                continue;
            }
            options.on_page.tell(number, count);
            let read = reader.read(entry, number);
            vanished += read.remarks.unseen;
            is_closed &= read.state == PageState::Absent;
            diagnostics.extend(canvas::of_page(&read.page, read.state, &read.remarks));
            sink(read);
        }
    }
    if is_closed { Err(ExtractError::Encrypted) } else { Ok((diagnostics, vanished)) }
}

/// What is to be said of the file as a whole.
fn of_package(parts: &Parts, documents: &[Document]) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let mut say = |code: DiagnosticCode, message: String| out.push(Diagnostic { code, place: None, message });
    if documents.iter().any(|document| document.is_cut) {
        say(DiagnosticCode::CutOff, "文件的目录不完整，后面的页面可能已丢失，请重新下载".to_owned());
    }
    let lost: Vec<&str> = documents.iter().flat_map(|document| &document.resources.lost).map(String::as_str).collect();
    let broken: Vec<String> = parts.broken().map(|(name, reason)| format!("{name}（{reason}）")).collect();
    if !broken.is_empty() {
        let named = listed(broken.iter().map(String::as_str));
        say(DiagnosticCode::ChecksumWrong, format!("文件里有部件损坏，未读入：{named}"));
    } else if lost.iter().any(|reason| !reason.starts_with(super::package::ABSENT)) {
        say(DiagnosticCode::PageLost, format!("文件的资源读不全，可能缺字缺图：{}", listed(lost.into_iter())));
    }
    let attached: Vec<String> = documents.iter().flat_map(|document| attachments(parts, document)).collect();
    if !attached.is_empty() {
        let named = listed(attached.iter().map(String::as_str));
        let message = format!("文件带有 {} 个附件，未读入：{named}", attached.len());
        say(DiagnosticCode::AttachmentLeftOut, message);
    }
    out
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut names: Vec<&str> = names.take(MOST_NAMED + 1).collect();
    if names.len() > MOST_NAMED {
        names[MOST_NAMED] = "…";
    }
    names.join("、")
}

/// Names of the attached files that a viewer shows; others are data for programs.
fn attachments(parts: &Parts, document: &Document) -> Vec<String> {
    let list = document.attachments.as_deref().and_then(|list| parts.read(&document.path, list).ok());
    let Some(root) = list.and_then(|list| list.tree.root) else { return Vec::new() };
    let shown = root.all("Attachment").filter(|attachment| attachment.is_set("Visible", true));
    shown.map(|attachment| attachment.attribute("Name").unwrap_or("（无名）").to_owned()).collect()
}

struct Reader<'a> {
    parts: &'a Parts,
    document: &'a Document,
    stamps: Stamps,
    limits: &'a Limits,
}

/// A layer with its rank: what is drawn first has the lowest.
struct Ranked<'t> {
    rank: u8,
    layer: &'t Element,
}

impl Reader<'_> {
    fn read(&self, entry: &PageEntry, number: u32) -> ReadPage {
        let area = self.document.area;
        let part = self.parts.read(&self.document.path, &entry.location);
        let Some((root, cut, path)) = part.ok().and_then(|part| {
            let cut = part.tree.fault.is_some();
            Some((part.tree.root?, cut, part.path))
        }) else {
            let bounds = bounds_of(area.unwrap_or(A4));
            let (page, remarks, _) = Canvas::new(bounds, self.limits).finish(number, bounds.width(), bounds.height());
            return ReadPage { page, state: PageState::Absent, remarks, shown: Vec::new() };
        };
        let mut own = Resources::default();
        root.all("PageRes").for_each(|resources| own.add(self.parts, &path, &resources.text));
        let mut missing = false;
        let templates = self.templates(&root, &mut own, &mut missing);
        missing |= own.lost.iter().any(|reason| !reason.is_empty());
        let layers = layers(&root, &templates);
        let stated = own_area(&root).or(area);
        let bounds = bounds_of(stated.unwrap_or_else(|| extent(&layers)));
        let has_pictures = layers.iter().any(|ranked| ranked.layer.holds("ImageObject"));
        let resources = Lookup { own, shared: &self.document.resources, parts: self.parts };
        let mut painter = Painter::new(bounds, &resources, has_pictures, self.limits);
        let done = catch_unwind(AssertUnwindSafe(|| {
            let frame = Painter::page(bounds);
            for ranked in &layers {
                painter.block(ranked.layer, &frame, 0);
            }
            self.stamps.draw(&entry.id, &mut painter, &frame);
        }));
        let sizeless = painter.canvas.has_sizeless_text();
        let shown = std::mem::take(&mut painter.shown);
        let Faults { garbled, missing: absent, truncated } = painter.faults;
        let (page, mut remarks, over) = painter.canvas.finish(number, bounds.width(), bounds.height());
        remarks.unseen += remarks.layer;
        let state = match done {
            Err(_) => PageState::Lost,
            Ok(()) if over || truncated || layers.len() >= MOST_LAYERS => PageState::Truncated,
            Ok(()) if cut => PageState::Damaged,
            Ok(()) if garbled || sizeless => PageState::Garbled,
            Ok(()) if missing || absent => PageState::Incomplete,
            Ok(()) => PageState::Whole,
        };
        ReadPage { page, state, remarks, shown }
    }

    /// The templates of a page and their templates, each with whether it lies in front.
    fn templates(&self, page: &Element, own: &mut Resources, missing: &mut bool) -> Vec<(bool, Element)> {
        let mut out = Vec::new();
        let mut names: Vec<(Option<bool>, String, usize)> = uses(page, 0);
        let mut used: Vec<String> = Vec::new();
        while let Some((in_front, id, depth)) = names.pop() {
            let template = self.document.templates.get(&id).filter(|_| depth < MOST_TEMPLATES);
            let part = template.and_then(|template| self.parts.read(&self.document.path, &template.location).ok());
            let (Some(template), Some(Part { path, tree })) = (template, part) else {
                *missing = true;
                continue;
            };
            *missing |= tree.fault.is_some();
            let Some(root) = tree.root else { continue };
            root.all("PageRes").for_each(|resources| own.add(self.parts, &path, &resources.text));
            if !used.contains(&id) {
                names.extend(uses(&root, depth + 1));
            }
            out.push((in_front.unwrap_or(template.in_front), root));
            used.push(id);
        }
        // They were taken from the end of the list.
        out.reverse();
        out
    }
}

/// The templates that a page names.
fn uses(page: &Element, depth: usize) -> Vec<(Option<bool>, String, usize)> {
    let entry = |used: &Element| {
        let id = used.attribute("TemplateID").unwrap_or_default().trim().to_owned();
        (used.attribute("ZOrder").map(is_front), id, depth)
    };
    page.all("Template").map(entry).collect()
}

/// All layers in the order in which they are drawn.
fn layers<'t>(page: &'t Element, templates: &'t [(bool, Element)]) -> Vec<Ranked<'t>> {
    let of = |root: &'t Element| root.all("Content").flat_map(|content| content.children.iter());
    let mut out = Vec::new();
    for (in_front, root) in templates {
        let rank = if *in_front { 4 } else { 0 };
        out.extend(of(root).map(|layer| Ranked { rank, layer }));
    }
    out.extend(of(page).map(|layer| Ranked { rank: rank(layer), layer }));
    out.sort_by_key(|ranked| ranked.rank);
    out.truncate(MOST_LAYERS);
    out
}

/// A page's size as it says itself. Some producers write it among the content.
fn own_area(page: &Element) -> Option<KurboRect> {
    let beside = || page.child("Content").and_then(|content| content.child("PageArea"));
    page.child("Area").or_else(beside).and_then(area_of)
}

/// The size of a page that nothing is said of: A4, and more where objects stand beyond it.
fn extent(layers: &[Ranked<'_>]) -> KurboRect {
    fn boxes(element: &Element, all: &mut KurboRect) {
        match element.attribute("Boundary").and_then(rectangle) {
            Some(boundary) => *all = all.union(boundary),
            None => element.children.iter().for_each(|child| boxes(child, all)),
        }
    }
    let mut all = A4;
    for ranked in layers {
        boxes(ranked.layer, &mut all);
    }
    KurboRect::new(0.0, 0.0, all.x1, all.y1)
}

fn rank(layer: &Element) -> u8 {
    match layer.attribute("Type").unwrap_or_default() {
        "Background" => 1,
        "Foreground" => 3,
        _ => 2,
    }
}

/// A page's size in points.
fn bounds_of(area: KurboRect) -> KurboRect {
    let side = |length: f64| length.clamp(0.0, LONGEST) * POINTS;
    KurboRect::new(0.0, 0.0, side(area.width()), side(area.height()))
}
