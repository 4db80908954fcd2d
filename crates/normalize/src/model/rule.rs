//! A rule of reading as the module that applies it documents it.

/// One rule.
pub(crate) struct Rule {
    /// Stable id; never given to another rule.
    pub(crate) id: &'static str,
    /// In a few words.
    pub(crate) title: &'static str,
    /// What is done.
    pub(crate) statement: &'static str,
    /// What it rests on.
    pub(crate) source: &'static str,
}
