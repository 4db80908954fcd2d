//! The walk through a page's tree, in the order in which it is shown.

use super::aside::Asides;
use super::open::{Flow, Group, Table};
use super::shown::{Hidden, Shown};
use super::tree::{Node, Tree};
use crate::flow::block::Block;
use crate::flow::found;
use crate::sheet::{lowered, raised};

/// Tables inside each other; those further in are read as text.
const DEEPEST: usize = 24;
/// Elements that begin a line of their own.
const BLOCKS: [&str; 36] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "figcaption",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "ul",
    "caption",
    "legend",
];
/// Endings of files that a page may offer for download.
const FILES: [&str; 14] =
    ["pdf", "xls", "xlsx", "et", "doc", "docx", "wps", "ofd", "zip", "rar", "7z", "ods", "odt", "csv"];

/// What the walk found beside blocks.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) losses: found::Found,
    /// Files that the page offers.
    pub(super) files: Vec<String>,
    pub(super) images: usize,
    /// Pages that are shown in this one.
    pub(super) frames: Vec<String>,
    /// Tables that the page holds once more.
    pub(super) repeated: usize,
}

/// The walk.
pub(super) struct Walk<'a> {
    tree: &'a Tree,
    hidden: Hidden,
    /// Parts to leave out; `None` where all is read.
    asides: Option<Asides>,
    flows: Vec<Flow>,
    tables: Vec<Table>,
    /// How many links are open, and elements that keep their blanks, that raise and that lower their text.
    links: usize,
    kept: usize,
    raised: usize,
    lowered: usize,
    found: Found,
}

/// A step of the walk.
enum Step {
    Enter(usize),
    Leave(usize),
}

/// The blocks of a page. With `asides` what is beside the matter is left out.
pub(super) fn blocks(tree: &Tree, without_asides: bool) -> (Vec<Block>, Found) {
    let asides = without_asides.then(|| Asides::of(tree));
    let mut walk = Walk {
        tree,
        hidden: Hidden::of(tree),
        asides,
        flows: vec![Flow::default()],
        tables: Vec::new(),
        links: 0,
        kept: 0,
        raised: 0,
        lowered: 0,
        found: Found::default(),
    };
    walk.all();
    let mut flow = walk.flows.pop().unwrap_or_default();
    flow.end_paragraph(walk.asides.is_none());
    (flow.blocks, walk.found)
}

impl Walk<'_> {
    fn all(&mut self) {
        let mut steps = vec![Step::Enter(Tree::ROOT)];
        while let Some(step) = steps.pop() {
            match step {
                Step::Enter(id) => {
                    if self.enter(id) {
                        steps.push(Step::Leave(id));
                        steps.extend(self.tree.node(id).children.iter().rev().map(|child| Step::Enter(*child)));
                    }
                }
                Step::Leave(id) => self.leave(id),
            }
        }
    }

    /// Enters a node; `false` where nothing in it is read.
    fn enter(&mut self, id: usize) -> bool {
        let tree = self.tree;
        let node = tree.node(id);
        if node.name.is_empty() {
            self.text(&node.text);
            return id == Tree::ROOT;
        }
        match self.hidden.shown(node) {
            Shown::NoText => {
                let source = node.attribute("src").filter(|_| matches!(node.name.as_str(), "frame" | "iframe"));
                self.found.frames.extend(source.filter(|source| !source.trim().is_empty()).map(str::to_owned));
                return false;
            }
            Shown::Hidden => {
                self.found.losses.unseen += text_length(tree, id);
                return false;
            }
            Shown::Yes => {}
        }
        if self.asides.as_ref().is_some_and(|asides| asides.contains(id)) {
            return false;
        }
        self.begin(node);
        true
    }

    fn begin(&mut self, node: &Node) {
        let name = node.name.as_str();
        if BLOCKS.contains(&name) {
            self.end_paragraph();
        }
        match name {
            "br" => self.flow().break_line(),
            "table" if self.tables.len() < DEEPEST => {
                self.end_paragraph();
                self.tables.push(Table::default());
                // What stands between cells is nothing.
                self.flows.push(Flow::default());
            }
            "thead" => self.group(Group::Head),
            "tfoot" => self.group(Group::Foot),
            "td" | "th" if self.flows.len() < 2 * DEEPEST + 2 => {
                if let Some(table) = self.tables.last_mut() {
                    table.begin_cell(node.attribute("rowspan"), node.attribute("colspan"));
                    self.flows.push(Flow::default());
                }
            }
            "a" => {
                self.links += 1;
                self.file(node);
            }
            "pre" => self.kept += 1,
            "sup" => self.raised += 1,
            "sub" => self.lowered += 1,
            "img" => self.found.images += 1,
            _ => {}
        }
    }

    fn leave(&mut self, id: usize) {
        let tree = self.tree;
        let name = tree.node(id).name.as_str();
        match name {
            "caption" => self.end_caption(),
            _ if BLOCKS.contains(&name) => self.end_paragraph(),
            "thead" | "tfoot" => self.group(Group::Body),
            "td" | "th" => self.end_cell(),
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_row();
                }
            }
            "table" => self.end_table(),
            "a" => self.links = self.links.saturating_sub(1),
            "sup" => self.raised = self.raised.saturating_sub(1),
            "sub" => self.lowered = self.lowered.saturating_sub(1),
            _ => {}
        }
        if name == "pre" {
            self.kept = self.kept.saturating_sub(1);
        }
    }

    fn flow(&mut self) -> &mut Flow {
        if self.flows.is_empty() {
            self.flows.push(Flow::default());
        }
        let last = self.flows.len() - 1;
        &mut self.flows[last]
    }

    fn text(&mut self, text: &str) {
        let (kept, linked) = (self.kept > 0, self.links > 0);
        let text = match (self.raised > 0, self.lowered > 0) {
            (true, _) => raised(text),
            (_, true) => lowered(text),
            _ => text.to_owned(),
        };
        self.flow().add(&text, kept, linked);
    }

    fn end_paragraph(&mut self) {
        // In a cell a link is data; a whole table of links is a menu, which is seen at its end.
        let kept = !self.tables.is_empty() || self.asides.is_none();
        self.flow().end_paragraph(kept);
    }

    fn end_caption(&mut self) {
        self.end_paragraph();
        let blocks = std::mem::take(&mut self.flow().blocks);
        let Some(table) = self.tables.last_mut() else { return };
        for block in blocks {
            if let Block::Paragraph(text) = block {
                table.caption.push_str(&text);
            }
        }
    }

    fn group(&mut self, group: Group) {
        if let Some(table) = self.tables.last_mut() {
            table.group = group;
        }
    }

    fn end_cell(&mut self) {
        // A cell that was too deep to be opened ends nothing.
        if self.flows.len() <= 2 * self.tables.len() || self.tables.is_empty() {
            return;
        }
        self.end_paragraph();
        let flow = self.flows.pop().unwrap_or_default();
        if let Some(table) = self.tables.last_mut() {
            table.end_cell(flow);
        }
    }

    fn end_table(&mut self) {
        // Each open table has a flow of its own, and none of its cells is open any more.
        if self.flows.len() != 2 * self.tables.len() {
            return;
        }
        self.flows.pop();
        let Some(table) = self.tables.pop() else { return };
        if self.asides.is_some() && table.is_menu() {
            return;
        }
        let (grid, left_out) = table.finish();
        self.found.losses.left_out += left_out;
        self.flow().blocks.push(Block::Grid(grid));
    }

    /// A file that the page offers.
    fn file(&mut self, node: &Node) {
        let Some(target) = node.attribute("href") else { return };
        let path = target.split(['?', '#']).next().unwrap_or_default();
        let name = path.rsplit('/').next().unwrap_or_default();
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        if ending.is_some_and(|ending| FILES.contains(&ending.as_str())) {
            self.found.files.push(name.to_owned());
        }
    }
}

/// Characters in a part of the tree.
fn text_length(tree: &Tree, id: usize) -> usize {
    let mut open = vec![id];
    let mut length = 0;
    while let Some(id) = open.pop() {
        let node = tree.node(id);
        if matches!(node.name.as_str(), "script" | "style") {
            continue;
        }
        length += node.text.chars().filter(|c| !c.is_whitespace()).count();
        open.extend(&node.children);
    }
    length
}
