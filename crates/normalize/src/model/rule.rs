//! A rule of reading or of checking, as the file that applies it documents it.

/// One rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// Stable id; never given to another rule.
    pub id: &'static str,
    /// In a few words.
    pub title: &'static str,
    /// What is done, or what must hold and when it is tried.
    pub text: &'static str,
    /// What it rests on.
    pub source: &'static str,
}
