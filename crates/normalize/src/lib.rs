//! Raw tables of Chinese budget disclosures to typed, unit-correct, classified amounts.
//!
//! The crate reads [`yusuan_extract::Extraction`] values and builds [`NormalizedDocument`] values. It never prints and
//! never touches a file. Money is an exact [`rust_decimal::Decimal`] in yuan; the printed text and unit are kept.
#![deny(clippy::float_arithmetic)]

mod amount;
mod caption;
pub mod check;
mod classify;
mod code;
pub mod contents;
mod correction;
mod dimension;
pub mod disclosure;
mod document;
mod fact;
mod glued;
mod grid;
mod header;
mod headline;
mod hierarchy;
pub mod identity;
pub mod indicator;
mod kind;
mod label;
mod money;
mod money_form;
mod panel;
mod pipeline;
mod prose;
mod region;
mod repair;
mod restore;
mod role;
mod row;
mod rule;
pub mod rules;
mod state;
mod summable;
mod text;
mod title;
mod unit;
mod unit_proof;
mod vocabulary;

pub use check::{Check, CheckScope, CheckStatus};
pub use correction::Correction;
pub use document::{Identity, NormalizedDocument, Statement};
pub use fact::{Coded, Fact};
pub use headline::{FunctionShare, Headline, function_shares, headlines};
pub use indicator::{Indicator, IndicatorScope};
pub use kind::{
    ColumnKind, DocumentKind, EntityScope, FactFlag, HeadlineKind, Phase, RowKind, Side, TableState, TableType,
};
pub use money::{MoneyUnit, UnitSource};
pub use prose::ProseFigure;

use yusuan_extract::Extraction;

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

/// Normalizes one document.
pub fn normalize(extraction: Extraction, context: &Context) -> NormalizedDocument {
    if context.corrections.is_empty() {
        return pipeline::run(extraction, context);
    }
    correction::run(extraction, context, pipeline::run)
}
