//! The documents of a package: their pages in order, templates, resources.

use super::package::{Part, Parts};
use super::resources::Resources;
use super::tree::Element;
use super::values::rectangle;
use crate::error::ExtractError;
use hayro_interpret::kurbo::Rect as KurboRect;
use std::collections::BTreeMap;

/// A document.
pub(super) struct Document {
    /// The path of the part that describes it.
    pub(super) path: String,
    /// The size of a page that says nothing of its own.
    pub(super) area: Option<KurboRect>,
    pub(super) pages: Vec<PageEntry>,
    pub(super) templates: BTreeMap<String, Template>,
    pub(super) resources: Resources,
    /// What lists the marks on its pages, its signatures, its attached files.
    pub(super) annotations: Option<String>,
    pub(super) signatures: Option<String>,
    pub(super) attachments: Option<String>,
    /// Whether the part that describes it breaks off.
    pub(super) is_cut: bool,
}

/// A page in a document's list.
pub(super) struct PageEntry {
    pub(super) id: String,
    pub(super) location: String,
}

/// A template in a document's list.
pub(super) struct Template {
    pub(super) location: String,
    /// Whether it lies over what uses it, where that does not say.
    pub(super) in_front: bool,
}

/// All documents of a package.
///
/// # Errors
/// [`ExtractError`] when there is none that can be read.
pub(super) fn documents(parts: &Parts) -> Result<Vec<Document>, ExtractError> {
    let damaged = |detail: String| {
        if parts.is_encrypted() { ExtractError::Encrypted } else { ExtractError::Damaged { detail } }
    };
    let entrance = parts.entrance().map_err(damaged)?;
    let root = entrance.tree.root.as_ref();
    let root = root.ok_or_else(|| damaged("OFD.xml 无法读取".to_owned()))?;
    let mut found = Vec::new();
    let mut reason = None;
    for body in root.all("DocBody") {
        match document(parts, &entrance.path, body) {
            Ok(mut document) => {
                document.is_cut |= entrance.tree.fault.is_some();
                found.push(document);
            }
            Err(why) => reason = reason.or(Some(why)),
        }
    }
    if found.is_empty() {
        return Err(damaged(reason.unwrap_or_else(|| "OFD.xml 没有列出文档".to_owned())));
    }
    if let Some(cut) = found.first_mut().filter(|_| reason.is_some()) {
        cut.is_cut = true;
    }
    Ok(found)
}

fn document(parts: &Parts, entrance: &str, body: &Element) -> Result<Document, String> {
    let part = current_version(parts, entrance, body).unwrap_or_else(|| {
        let root = body.text_of("DocRoot").ok_or("OFD.xml 没有写明文档的位置")?;
        parts.read(entrance, root)
    })?;
    let Part { path, tree } = part;
    let root = tree.root.ok_or_else(|| format!("{path} 无法读取"))?;
    let common = root.child("CommonData");
    let area = common.and_then(|common| common.child("PageArea")).and_then(area_of);
    let mut resources = Resources::default();
    for list in common.iter().flat_map(|common| common.children.iter()) {
        if matches!(list.name.as_str(), "PublicRes" | "DocumentRes") {
            resources.add(parts, &path, &list.text);
        }
    }
    let signatures = body.text_of("Signatures").map(str::to_owned);
    Ok(Document {
        area,
        pages: pages(parts, &path, &root),
        templates: common.map(templates).unwrap_or_default(),
        resources,
        annotations: root.text_of("Annotations").map(str::to_owned),
        signatures,
        attachments: root.text_of("Attachments").map(str::to_owned),
        is_cut: tree.fault.is_some(),
        path,
    })
}

/// The version of a document that is in force, where it has several.
fn current_version(parts: &Parts, entrance: &str, body: &Element) -> Option<Result<Part, String>> {
    let version = body.child("Versions")?.all("Version").find(|version| version.is_set("Current", false))?;
    let list = parts.read(entrance, version.attribute("BaseLoc")?).ok()?;
    let root = list.tree.root.as_ref()?.text_of("DocRoot")?;
    Some(parts.read(&list.path, root))
}

/// A page's size as its area says: what is printed on, else what is written on.
pub(super) fn area_of(element: &Element) -> Option<KurboRect> {
    let named = |name: &str| element.text_of(name).and_then(rectangle).filter(|area| area.area() > 0.0);
    named("PhysicalBox").or_else(|| named("ApplicationBox")).or_else(|| named("ContentBox"))
}

fn pages(parts: &Parts, path: &str, root: &Element) -> Vec<PageEntry> {
    let Some(list) = root.child("Pages") else { return Vec::new() };
    let entries = |list: &Element| -> Vec<PageEntry> {
        let text = |page: &Element, name: &str| page.attribute(name).unwrap_or_default().trim().to_owned();
        list.all("Page").map(|page| PageEntry { id: text(page, "ID"), location: text(page, "BaseLoc") }).collect()
    };
    let found = entries(list);
    let elsewhere = list.attribute("BaseLoc").filter(|_| found.is_empty());
    let elsewhere = elsewhere.and_then(|location| parts.read(path, location).ok()?.tree.root);
    elsewhere.map_or(found, |list| entries(&list))
}

fn templates(common: &Element) -> BTreeMap<String, Template> {
    let entry = |page: &Element| {
        let location = page.attribute("BaseLoc").unwrap_or_default().to_owned();
        let id = page.attribute("ID").unwrap_or_default().trim().to_owned();
        (id, Template { location, in_front: page.attribute("ZOrder").is_some_and(is_front) })
    };
    common.all("TemplatePage").map(entry).collect()
}

/// Whether an order among layers is the foremost.
pub(super) fn is_front(order: &str) -> bool {
    order.trim().eq_ignore_ascii_case("Foreground")
}
