//! Sources that several checks rest on.

/// The forms that departments publish.
pub(crate) const FORMS: &str = "财政部部门预算、部门决算公开表样";

/// How budgets and final accounts are published, narratives included.
pub(crate) const PROCEDURE: &str = "财政部《地方预决算公开操作规程》";

/// The books of codes.
pub(crate) const BOOKS: &str = "《政府收支分类科目》";
