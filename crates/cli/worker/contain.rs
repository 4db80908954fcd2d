//! A net in this process around code that may panic: what one file brings about must not end the others.

use crate::language::kept;
use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static CONTAINED: Cell<bool> = const { Cell::new(false) };
}

/// Runs the readers on one file. A panic in them is a bug of ours or of a library, and that file's failure only.
pub(crate) fn contain<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    let outer = CONTAINED.replace(true);
    // Nothing that the closure touches is used after a panic.
    let outcome = catch_unwind(AssertUnwindSafe(work));
    CONTAINED.set(outer);
    outcome.map_err(|panic| sentence(panic.as_ref()))
}

/// Whether a panic on this thread would be caught and told as a file's failure.
pub(crate) fn is_contained() -> bool {
    CONTAINED.get()
}

fn sentence(panic: &(dyn Any + Send)) -> String {
    let words = panic.downcast_ref::<&str>().map(ToString::to_string);
    let words = words.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
    let first: String = words.lines().next().unwrap_or_default().chars().take(120).collect();
    // What the standard library says of a collection that can't be that large.
    if first.contains("capacity overflow") {
        return kept::declared_too_large();
    }
    kept::own_error(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_one_files_failure() {
        let error = contain(|| panic!("index out of bounds\nbacktrace")).unwrap_err();
        assert_eq!(error, "程序内部错误（index out of bounds），请报告这个文件");
        assert_eq!(contain(|| 1), Ok(1));
    }

    #[test]
    fn a_thread_is_contained_as_long_as_the_outermost_net_holds() {
        assert!(!is_contained());
        let inside = contain(|| {
            let failed = contain(|| panic!("a library's")).is_err();
            (failed, is_contained())
        });
        assert_eq!(inside, Ok((true, true)));
        assert!(!is_contained());
    }
}
