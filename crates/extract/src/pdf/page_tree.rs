//! The page tree as the file states it: are all pages there that it counts and lists?

use crate::model::{Diagnostic, DiagnosticCode};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Array, Dict, MaybeRef, Name, Number, Object, ObjectIdentifier};
use std::collections::BTreeSet;

/// What the tree says of the file's pages.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct PageTree {
    /// Pages that the root counts; `None` where there is no root or no sound count.
    counted: Option<usize>,
    /// Numbers that pages listed but not there would have.
    lost: Vec<usize>,
    /// Numbers of the pages that are listed a second time.
    repeated: Vec<usize>,
    /// Pages that the reader gave.
    read: usize,
}

/// Most entries that are followed.
const MOST_ENTRIES: usize = 200_000;

impl PageTree {
    pub(super) fn of(pdf: &Pdf) -> Self {
        let mut tree = Self { read: pdf.pages().len(), ..Self::default() };
        let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
        let Some(pages) = root.and_then(|root| root.get::<Dict<'_>>(b"Pages".as_slice())) else { return tree };
        let count = pages.get::<Number>(b"Count".as_slice()).map(|n| n.as_i64());
        tree.counted = count.and_then(|n| usize::try_from(n).ok());
        tree.follow(pdf, &pages);
        tree
    }

    /// Whether every page that the file counts and lists was read.
    pub(super) fn is_whole(&self) -> bool {
        self.counted == Some(self.read) && self.lost.is_empty()
    }

    /// Goes through the tree as the page reader does.
    fn follow(&mut self, pdf: &Pdf, root: &Dict<'_>) {
        let Some(kids) = kids(root) else { return };
        let mut seen: BTreeSet<(u32, i32)> =
            root.obj_id().map(|id| (id.obj_number, id.gen_number)).into_iter().collect();
        let mut stack = vec![kids.raw_iter()];
        let (mut number, mut entries) = (0, 0);
        while let Some(level) = stack.last_mut() {
            let Some(kid) = level.next() else {
                stack.pop();
                continue;
            };
            entries += 1;
            if entries > MOST_ENTRIES {
                return;
            }
            let node = match kid {
                MaybeRef::Ref(id) if !seen.insert((id.obj_number, id.gen_number)) => {
                    self.repeated.push(number + 1);
                    continue;
                }
                MaybeRef::Ref(id) => pdf.xref().get::<Dict<'_>>(ObjectIdentifier::from(id)),
                MaybeRef::NotRef(Object::Dict(dict)) => Some(dict),
                MaybeRef::NotRef(_) => None,
            };
            let Some(node) = node.filter(is_node) else {
                number += 1;
                self.lost.push(number);
                continue;
            };
            let is_branch = node.get::<Name<'_>>(b"Type".as_slice()).is_some_and(|t| t.as_ref() == b"Pages");
            match kids_of_branch(&node, is_branch) {
                Some(kids) => stack.push(kids.raw_iter()),
                None if is_branch => self.lost.push(number + 1),
                None => number += 1,
            }
        }
    }

    /// What is to be said of it.
    pub(super) fn findings(&self) -> Vec<Diagnostic> {
        let say = |code: DiagnosticCode, message: String| Diagnostic { code, place: None, message };
        let mut out = Vec::new();
        if !self.lost.is_empty() {
            let message = format!("页面清单里有 {} 页读不出（第 {} 页）", self.lost.len(), listed(&self.lost));
            out.push(say(DiagnosticCode::PageLost, message));
        }
        let gap = self.counted.unwrap_or(self.read).saturating_sub(self.read + self.lost.len() + self.repeated.len());
        if gap > 0 {
            let (counted, read) = (self.counted.unwrap_or_default(), self.read);
            out.push(say(DiagnosticCode::PageLost, format!("文件注明有 {counted} 页，只读出 {read} 页")));
        }
        if !self.repeated.is_empty() {
            let message = format!("页面清单里有 {} 处重复列出同一页，重复的未读", self.repeated.len());
            out.push(say(DiagnosticCode::BoundTwice, message));
        }
        out
    }
}

/// Whether a dictionary may be a node of the page tree: its type says so, or where it names none, what it holds does.
fn is_node(dict: &Dict<'_>) -> bool {
    match dict.get::<Name<'_>>(b"Type".as_slice()) {
        Some(name) => matches!(name.as_ref(), b"Page" | b"Pages" | b"Template"),
        None => {
            ["Contents", "Kids", "MediaBox", "Parent", "Resources"].iter().any(|key| dict.contains_key(key.as_bytes()))
        }
    }
}

fn kids<'a>(node: &Dict<'a>) -> Option<Array<'a>> {
    node.get::<Array<'a>>(b"Kids".as_slice())
}

fn kids_of_branch<'a>(node: &Dict<'a>, is_branch: bool) -> Option<Array<'a>> {
    if is_branch { kids(node) } else { None }
}

/// Numbers for a message: the first few of them.
fn listed(numbers: &[usize]) -> String {
    const MOST: usize = 8;
    let mut text: Vec<String> = numbers.iter().take(MOST).map(ToString::to_string).collect();
    if numbers.len() > MOST {
        text.push("…".to_owned());
    }
    text.join("、")
}
