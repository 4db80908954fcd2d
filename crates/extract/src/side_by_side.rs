//! The same work on many things, on as many threads as a caller grants.

use rayon::ThreadPoolBuilder;
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

/// Stack of each thread: a page may nest forms and fonts as deeply as where the caller reads it alone.
const STACK: usize = 64 << 20;

/// More threads than this gain little on one file, and each of them takes room for its stack from what a worker may use.
const MOST: usize = 4;

/// Things that a thread takes at once at least, so that what it prepares serves for several.
const FEWEST: usize = 4;

/// Does `work` on each of the items; the results stand in the items' order whatever the number of threads. `prepare` makes
/// what a thread keeps between its items.
pub fn side_by_side<T, S, R>(
    threads: usize,
    items: Vec<T>,
    prepare: impl Fn() -> S + Send + Sync,
    work: impl Fn(&mut S, T) -> R + Send + Sync,
) -> Vec<R>
where
    T: Send,
    R: Send,
{
    let threads = threads.min(MOST).min(items.len() / FEWEST);
    // A system without room for another thread has the work done here.
    let pool = (threads > 1).then(|| ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build().ok());
    if let Some(pool) = pool.flatten() {
        return pool.install(|| items.into_par_iter().with_min_len(FEWEST).map_init(prepare, work).collect());
    }
    let mut kept = prepare();
    items.into_iter().map(|item| work(&mut kept, item)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_order_on_any_number_of_threads() {
        let items: Vec<u32> = (0..100).collect();
        let doubled: Vec<u32> = items.iter().map(|item| item * 2).collect();
        for threads in [0, 1, 2, 3, 16] {
            assert_eq!(side_by_side(threads, items.clone(), || 2, |two, item| item * *two), doubled, "{threads}");
        }
        assert!(side_by_side(2, Vec::new(), || (), |(), item: u32| item).is_empty());
    }
}
