//! A line of text outside all grids, while its page is still being put together.

use super::run::TextRun;

/// One line of the open page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OpenLine {
    pub(crate) run: TextRun,
    /// The texts of the line that stand a word's gap or more apart.
    pub(crate) parts: Vec<TextRun>,
    pub(crate) page: u32,
    /// Running head, foot or page number.
    pub(crate) running: bool,
}

impl OpenLine {
    /// Takes the texts out that stand where `beside` says. Whether any text is left.
    pub(crate) fn take(&mut self, beside: impl Fn(&TextRun) -> bool, taken: &mut Vec<TextRun>) -> bool {
        let before = self.parts.len();
        self.parts.retain(|part| {
            let goes = beside(part);
            if goes {
                taken.push(part.clone());
            }
            !goes
        });
        if self.parts.len() < before
            && let Some(bbox) = self.parts.iter().map(|part| part.bbox).reduce(|a, b| a.union(&b))
        {
            let texts: Vec<&str> = self.parts.iter().map(|part| part.text.as_str()).collect();
            (self.run.text, self.run.bbox) = (texts.join(" "), bbox);
        }
        !self.parts.is_empty()
    }
}
