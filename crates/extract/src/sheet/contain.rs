//! A net under libraries that panic on hostile files.

use crate::error::ExtractError;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs a call into a reading library; a panic in it says that the file is broken, not that this program is.
///
/// The value it worked on must not be used again unless it was only read.
///
/// # Errors
/// [`ExtractError::Damaged`] when the call panics.
pub(crate) fn contained<T>(call: impl FnOnce() -> T) -> Result<T, ExtractError> {
    catch_unwind(AssertUnwindSafe(call))
        .map_err(|_| ExtractError::Damaged { detail: "内部结构自相矛盾，读取中断".to_owned() })
}
