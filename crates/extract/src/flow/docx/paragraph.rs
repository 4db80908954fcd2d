//! A paragraph while its runs are read.

use crate::sheet::{lowered, raised};

/// A paragraph, as far as it has been read.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) text: String,
    pub(super) style: Option<String>,
    /// List and level that the paragraph names itself.
    pub(super) list: Option<u32>,
    pub(super) level: Option<usize>,
    /// How the open run looks.
    pub(super) run: Run,
    /// For every field that is open, whether its instruction is being read.
    fields: Vec<bool>,
    /// Characters left out because nobody sees them: hidden, struck out.
    pub(super) unseen: usize,
    pub(super) breaks_page: bool,
}

/// How a run of text looks.
#[expect(clippy::struct_excessive_bools, reason = "each is a property of its own in the file")]
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Run {
    pub(super) hidden: bool,
    pub(super) struck: bool,
    pub(super) raised: bool,
    pub(super) lowered: bool,
}

impl Paragraph {
    /// Adds a text of the open run.
    pub(super) fn add(&mut self, text: &str) {
        if self.fields.contains(&true) {
            return;
        }
        if self.run.hidden || self.run.struck {
            self.unseen += text.chars().filter(|c| !c.is_whitespace()).count();
            return;
        }
        match self.run {
            Run { raised: true, .. } => self.text.push_str(&raised(text)),
            Run { lowered: true, .. } => self.text.push_str(&lowered(text)),
            _ => self.text.push_str(text),
        }
    }

    /// A field begins, goes over to its result, ends.
    pub(super) fn field(&mut self, kind: &str) {
        match kind {
            "begin" => self.fields.push(true),
            "separate" => {
                if let Some(open) = self.fields.last_mut() {
                    *open = false;
                }
            }
            _ => {
                self.fields.pop();
            }
        }
    }
}
