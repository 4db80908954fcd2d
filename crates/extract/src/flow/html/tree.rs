//! The tree of a page, as browsers build it.

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, ExpandedName, ParseOpts, QualName};
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

/// A page's nodes; the first is the document.
#[derive(Debug, Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
}

/// An element or a text.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// Name of an element; empty for a text, a comment, the document.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    pub(super) text: String,
    pub(super) children: Vec<usize>,
    parent: Option<usize>,
}

impl Node {
    /// An attribute's value.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

impl Tree {
    /// Takes a page apart.
    pub(super) fn parse(page: &str) -> Self {
        let sink = Sink { nodes: RefCell::new(vec![Node::default()]), document: handle(0, no_name()) };
        html5ever::parse_document(sink, ParseOpts::default()).one(StrTendril::from(page))
    }

    pub(super) const ROOT: usize = 0;

    /// A node; an empty one where there is none.
    pub(super) fn node(&self, id: usize) -> &Node {
        &self.nodes[id]
    }

    /// All nodes with their numbers; those that were taken out of the tree are among them.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn parent(&self, id: usize) -> Option<usize> {
        self.nodes[id].parent
    }
}

struct Sink {
    nodes: RefCell<Vec<Node>>,
    document: Handle,
}

/// A node's number, with its name for the parser.
#[derive(Debug, Clone)]
struct Handle {
    id: usize,
    name: Rc<QualName>,
}

fn handle(id: usize, name: QualName) -> Handle {
    Handle { id, name: Rc::new(name) }
}

fn no_name() -> QualName {
    QualName::new(None, html5ever::ns!(), html5ever::LocalName::from(""))
}

impl Sink {
    fn add(&self, node: Node, name: QualName) -> Handle {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(node);
        handle(nodes.len() - 1, name)
    }

    fn detach(&self, id: usize) {
        let mut nodes = self.nodes.borrow_mut();
        let Some(parent) = nodes[id].parent.take() else { return };
        // What is moved was mostly added last.
        if let Some(at) = nodes[parent].children.iter().rposition(|child| *child == id) {
            nodes[parent].children.remove(at);
        }
    }

    /// Puts a child among those of `parent`, at `at` counted from the end.
    fn insert(&self, parent: usize, from_end: usize, child: NodeOrText<Handle>) {
        let id = match child {
            NodeOrText::AppendNode(node) => {
                self.detach(node.id);
                node.id
            }
            NodeOrText::AppendText(text) => {
                let mut nodes = self.nodes.borrow_mut();
                let children = &nodes[parent].children;
                let before = children.len().checked_sub(from_end + 1).map(|at| children[at]);
                // Texts beside each other are one.
                if let Some(before) = before.filter(|id| nodes[*id].name.is_empty() && !nodes[*id].text.is_empty()) {
                    nodes[before].text.push_str(&text);
                    return;
                }
                nodes.push(Node { text: text.to_string(), ..Node::default() });
                nodes.len() - 1
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        nodes[id].parent = Some(parent);
        let at = nodes[parent].children.len().saturating_sub(from_end);
        nodes[parent].children.insert(at, id);
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Tree {
        Tree { nodes: self.nodes.into_inner() }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        self.document.clone()
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Handle {
        let attribute = |a: Attribute| (a.name.local.to_string(), a.value.to_string());
        let attributes = attributes.into_iter().map(attribute).collect();
        self.add(Node { name: name.local.to_string(), attributes, ..Node::default() }, name)
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.add(Node::default(), no_name())
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.add(Node::default(), no_name())
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.insert(parent.id, 0, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, before: &Handle, child: NodeOrText<Handle>) {
        let has_parent = self.nodes.borrow()[element.id].parent.is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(before, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, a: &Handle, b: &Handle) -> bool {
        a.id == b.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        if let NodeOrText::AppendNode(node) = &child {
            self.detach(node.id);
        }
        let place = {
            let nodes = self.nodes.borrow();
            let Some(parent) = nodes[sibling.id].parent else { return };
            let children = &nodes[parent].children;
            children.iter().rposition(|id| *id == sibling.id).map(|at| (parent, children.len() - at))
        };
        if let Some((parent, from_end)) = place {
            self.insert(parent, from_end, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Attribute>) {
        let mut nodes = self.nodes.borrow_mut();
        let node = &mut nodes[target.id];
        for attribute in attributes {
            let name = attribute.name.local.to_string();
            if node.attribute(&name).is_none() {
                node.attributes.push((name, attribute.value.to_string()));
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let mut nodes = self.nodes.borrow_mut();
        let children = std::mem::take(&mut nodes[node.id].children);
        for child in &children {
            nodes[*child].parent = Some(new_parent.id);
        }
        nodes[new_parent.id].children.extend(children);
    }
}
