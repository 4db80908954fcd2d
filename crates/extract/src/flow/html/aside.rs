//! Parts of a page that are not what it is about: menus, the way to the page, the foot.

use super::tree::{Node, Tree};

/// Elements that are such parts.
const ELEMENTS: [&str; 4] = ["nav", "footer", "aside", "menu"];
/// Words of class names and ids by which makers of pages call such parts.
const NAMES: [&str; 26] = [
    "nav",
    "navbar",
    "navigation",
    "menu",
    "submenu",
    "crumb",
    "crumbs",
    "breadcrumb",
    "breadcrumbs",
    "footer",
    "foot",
    "copyright",
    "sidebar",
    "aside",
    "share",
    "toolbar",
    "pagination",
    "pager",
    "banner",
    "topbar",
    "login",
    "search",
    "position",
    "location",
    "related",
    "qrcode",
];
/// A part with more than this share (in percent) of the page's text is what the page is about, whatever it is called.
const LARGE: usize = 30;
/// So many figures in tables make a part of the page one with data.
const DATA: usize = 4;

/// For each node whether it is beside the matter.
#[derive(Debug, Default)]
pub(super) struct Asides {
    aside: Vec<bool>,
}

impl Asides {
    /// Finds the parts of a page that are beside the matter.
    pub(super) fn of(tree: &Tree) -> Self {
        let order = order(tree);
        let mut length = vec![0_usize; tree.len()];
        let mut figures = vec![0_usize; tree.len()];
        let mut in_table = vec![false; tree.len()];
        for id in &order {
            let parent = tree.parent(*id);
            in_table[*id] = tree.node(*id).name == "table" || parent.is_some_and(|parent| in_table[parent]);
        }
        // Children stand behind their parents, so that sums are ready when they are needed.
        for id in order.iter().rev() {
            let node = tree.node(*id);
            if matches!(node.name.as_str(), "script" | "style" | "head" | "noscript") {
                length[*id] = 0;
                continue;
            }
            let text = node.text.trim();
            length[*id] += text.chars().filter(|c| !c.is_whitespace()).count();
            figures[*id] += usize::from(in_table[*id] && crate::sheet::looks_numeric(text) && text.contains(is_digit));
            if let Some(parent) = tree.parent(*id) {
                length[parent] += length[*id];
                figures[parent] += figures[*id];
            }
        }
        let whole = length[Tree::ROOT];
        let mut aside = vec![false; tree.len()];
        for id in order {
            aside[id] = is_called_aside(tree.node(id)) && figures[id] < DATA && length[id] * 100 <= whole * LARGE;
        }
        Self { aside }
    }

    /// Whether a node is beside the matter.
    pub(super) fn contains(&self, id: usize) -> bool {
        self.aside.get(id).is_some_and(|aside| *aside)
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// The nodes of the tree, parents before children.
fn order(tree: &Tree) -> Vec<usize> {
    let mut order = Vec::with_capacity(tree.len());
    let mut open = vec![Tree::ROOT];
    while let Some(id) = open.pop() {
        order.push(id);
        open.extend(&tree.node(id).children);
    }
    order
}

fn is_called_aside(node: &Node) -> bool {
    let names = [node.attribute("class"), node.attribute("id")];
    ELEMENTS.contains(&node.name.as_str()) || names.iter().flatten().any(|name| words(name).any(|w| is_name(&w)))
}

fn is_name(word: &str) -> bool {
    NAMES.contains(&word.trim_end_matches(is_digit))
}

/// The words in `top-nav`, `topNav`, `top_nav`.
fn words(name: &str) -> impl Iterator<Item = String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for c in name.chars() {
        if !c.is_ascii_alphanumeric() || c.is_ascii_uppercase() && was_lower {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_ascii_alphanumeric()) {
            word.push(c.to_ascii_lowercase());
        }
        was_lower = c.is_ascii_lowercase();
    }
    words.into_iter().filter(|word| !word.is_empty())
}
