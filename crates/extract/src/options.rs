//! Choices of how pages are read and put together.

use crate::model::Hint;
use std::fmt;
use std::sync::Arc;

/// Who is told which page is being read now, and of how many. It changes nothing of what is read.
#[derive(Clone, Default)]
pub struct OnPage(Option<Arc<dyn Fn(u32, u32) + Send + Sync>>);

impl OnPage {
    /// Tells `told` of every page: its number from 1, and how many there are. It is called often, and has to be quick.
    pub fn new(told: impl Fn(u32, u32) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(told)))
    }

    /// This page is being read now, of so many.
    pub(crate) fn tell(&self, page: u32, pages: usize) {
        if let Some(told) = &self.0 {
            told(page, u32::try_from(pages).unwrap_or(u32::MAX));
        }
    }
}

impl fmt::Debug for OnPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "OnPage(told)" } else { "OnPage(nobody)" })
    }
}

/// Options that read the same are the same, whoever listens.
impl PartialEq for OnPage {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

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
    /// Who is told of the pages as they are read.
    pub on_page: OnPage,
}

impl Default for LayoutOptions {
    fn default() -> Self {
        Self { join_pages: true, pages: Vec::new(), hints: Vec::new(), threads: 1, on_page: OnPage::default() }
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

    /// Has somebody told of the pages as they are read.
    #[must_use]
    pub fn with_on_page(mut self, on_page: OnPage) -> Self {
        self.on_page = on_page;
        self
    }

    /// Whether a 1-based page is to be read.
    pub(crate) fn wants_page(&self, number: u32) -> bool {
        self.pages.is_empty() || self.pages.iter().any(|(a, b)| (*a..=*b).contains(&number))
    }
}
