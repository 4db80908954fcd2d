//! What of a page is shown at all.

use super::tree::{Node, Tree};
use std::collections::BTreeSet;

/// Elements whose content is no text of the page.
const NO_TEXT: [&str; 20] = [
    "script", "style", "noscript", "template", "iframe", "frame", "object", "embed", "select", "option", "textarea",
    "button", "svg", "canvas", "audio", "video", "head", "map", "datalist", "rt",
];

/// Classes and ids that a page's own styles hide.
#[derive(Debug, Default)]
pub(super) struct Hidden {
    classes: BTreeSet<String>,
    ids: BTreeSet<String>,
}

/// How an element's content is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    Yes,
    /// No text of the page: scripts, forms.
    NoText,
    /// Hidden, or struck out.
    Hidden,
}

impl Hidden {
    /// Reads the rules that hide something by a class or an id alone. What a program of the page does later is not known.
    pub(super) fn of(tree: &Tree) -> Self {
        let mut hidden = Self::default();
        for id in 0..tree.len() {
            let node = tree.node(id);
            if node.name == "style" {
                let text: String = node.children.iter().map(|child| tree.node(*child).text.as_str()).collect();
                hidden.read(&text);
            }
        }
        hidden
    }

    fn read(&mut self, styles: &str) {
        for rule in styles.split('}') {
            let Some((selectors, rules)) = rule.rsplit_once('{') else { continue };
            // Rules inside @media are for print or narrow screens.
            if !hides(rules) || selectors.contains(['@', '{']) {
                continue;
            }
            for selector in selectors.split(',') {
                let selector = selector.trim().trim_start_matches("<!--").trim();
                let is_name = |name: &str| name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
                match (selector.find('.'), selector.find('#')) {
                    (Some(at), None) if is_name(&selector[..at]) && is_name(&selector[at + 1..]) => {
                        self.classes.insert(selector[at + 1..].to_owned());
                    }
                    (None, Some(at)) if is_name(&selector[..at]) && is_name(&selector[at + 1..]) => {
                        self.ids.insert(selector[at + 1..].to_owned());
                    }
                    _ => {}
                }
            }
        }
    }

    /// Whether an element is shown.
    pub(super) fn shown(&self, node: &Node) -> Shown {
        let style = node.attribute("style").unwrap_or_default();
        let classed = node
            .attribute("class")
            .is_some_and(|classes| classes.split_whitespace().any(|class| self.classes.contains(class)));
        let named = node.attribute("id").is_some_and(|id| self.ids.contains(id));
        if NO_TEXT.contains(&node.name.as_str()) {
            return Shown::NoText;
        }
        let struck = matches!(node.name.as_str(), "del" | "s" | "strike");
        let hidden = node.attribute("hidden").is_some() || hides(style) || classed || named;
        if hidden || struck || plain(style).contains("line-through") { Shown::Hidden } else { Shown::Yes }
    }
}

fn hides(rules: &str) -> bool {
    let rules = plain(rules);
    ["display:none", "visibility:hidden", "mso-hide:all"].iter().any(|hide| rules.contains(hide))
}

fn plain(rules: &str) -> String {
    rules.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase()
}
