//! What is known about a file besides its content.

use crate::model::correction::Correction;

/// What is known about a file besides its content.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Context {
    /// File name or path as given: the last source for region, department and year (crawlers put them there).
    pub source: String,
    /// What a reviewer corrected in this file.
    pub corrections: Vec<Correction>,
    /// What somebody who knows the file said of it.
    pub given: Given,
}

/// What a list that came with the files says of one: it wins over what the file's own text seems to say. Empty where
/// nothing is said.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Given {
    /// A region's name, short or full, or its code of six digits.
    pub region: String,
    /// The department or unit.
    pub department: String,
    /// The fiscal year.
    pub year: Option<i32>,
    /// Where the file was published. It decides nothing of what is read, so it takes no part where this is compared or sent.
    #[serde(skip)]
    pub url: String,
}

impl Context {
    /// A context that knows the path a file was found under.
    pub fn for_source(source: impl Into<String>) -> Self {
        Self { source: source.into(), ..Self::default() }
    }

    /// The same with what a reviewer corrected.
    #[must_use]
    pub fn with_corrections(mut self, corrections: Vec<Correction>) -> Self {
        self.corrections = corrections;
        self
    }

    /// The same with what a list says of the file.
    #[must_use]
    pub fn with_given(mut self, given: Given) -> Self {
        self.given = given;
        self
    }
}
