//! How many threads a document is read on.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Threads for each of so many documents that are read side by side: one, and for the last of them those that will have
/// nothing else to begin.
pub(crate) struct Share {
    threads: usize,
    /// Documents not begun yet.
    waiting: AtomicUsize,
}

impl Share {
    /// So many documents for the threads of this pool.
    pub(crate) fn among(documents: usize) -> Self {
        Self { threads: rayon::current_num_threads(), waiting: AtomicUsize::new(documents) }
    }

    /// The threads of the next document.
    pub(crate) fn next(&self) -> usize {
        let waiting = self.waiting.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| n.checked_sub(1));
        (self.threads / waiting.unwrap_or(1).max(1)).max(1)
    }
}

/// Threads for the one document that somebody waits for.
pub(crate) fn all_cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_documents_get_the_threads_that_have_nothing_else_to_begin() {
        let share = Share { threads: 4, waiting: AtomicUsize::new(5) };
        assert_eq!([(); 6].map(|()| share.next()), [1, 1, 1, 2, 4, 4]);
    }
}
