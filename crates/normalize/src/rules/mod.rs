//! All rules in one place, whoever applies them: for `yusuan explain`, for the titles beside a check, for docs/rules.md.

pub(crate) mod list;

#[cfg(test)]
mod document;

pub use list::{rule, rules};
