//! Choices of how pages are read and put together.

use crate::model::Hint;

/// How pages are put together.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct LayoutOptions {
    /// Join tables that run on over pages (default). Off: tables page by page as they stand.
    pub join_pages: bool,
    /// Pages to read as inclusive 1-based ranges; empty for all.
    pub pages: Vec<(u32, u32)>,
    /// What a person says of the tables: read instead of guessing where it speaks.
    pub hints: Vec<Hint>,
    /// Threads that the pages of a file are read on; what is read is the same on any number.
    pub threads: usize,
}

impl Default for LayoutOptions {
    fn default() -> Self {
        Self { join_pages: true, pages: Vec::new(), hints: Vec::new(), threads: 1 }
    }
}

impl LayoutOptions {
    /// Sets whether tables are joined over pages.
    #[must_use]
    pub fn with_join_pages(mut self, join: bool) -> Self {
        self.join_pages = join;
        self
    }

    /// Restricts reading to inclusive 1-based page ranges.
    #[must_use]
    pub fn with_pages(mut self, pages: Vec<(u32, u32)>) -> Self {
        self.pages = pages;
        self
    }

    /// Gives what a person says of the tables.
    #[must_use]
    pub fn with_hints(mut self, hints: Vec<Hint>) -> Self {
        self.hints = hints;
        self
    }

    /// Sets on how many threads the pages of a file are read.
    #[must_use]
    pub fn with_threads(mut self, threads: usize) -> Self {
        self.threads = threads;
        self
    }

    /// Whether a 1-based page is to be read.
    pub(crate) fn wants_page(&self, number: u32) -> bool {
        self.pages.is_empty() || self.pages.iter().any(|(a, b)| (*a..=*b).contains(&number))
    }
}
