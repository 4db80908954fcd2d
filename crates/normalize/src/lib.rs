//! Raw tables of Chinese budget disclosures to typed, unit-correct, classified amounts.
//!
//! The crate reads [`yusuan_extract::Extraction`] values and builds [`NormalizedDocument`] values. It never prints and
//! never touches a file. Money is an exact [`rust_decimal::Decimal`] in yuan; the printed text and unit are kept.
#![deny(clippy::float_arithmetic)]

mod batch;
mod check;
mod context;
mod correction;
mod identity;
mod indicator;
mod model;
mod narrative;
mod pipeline;
mod reading;
mod rules;
mod settle;
mod table;

pub use batch::compare::compare_documents;
pub use batch::disclosure::{Part, part, together};
pub use batch::second_reading::{compare_reading, pages_in_doubt};
pub use check::registry::{RULES, Rule, rule};
pub use context::{Context, Given};
pub use identity::is_same_body;
pub use model::check::{Check, CheckScope, CheckStatus};
pub use model::correction::Correction;
pub use model::document::NormalizedDocument;
pub use model::doubt::{Doubt, Witness};
pub use model::fact::{Coded, Fact};
pub use model::identity::Identity;
pub use model::indicator::{Indicator, IndicatorScope};
pub use model::money::{MoneyUnit, UnitSource};
pub use model::prose_figure::ProseFigure;
pub use model::statement::Statement;
pub use model::vocabulary::{
    ColumnKind, DocumentKind, EntityScope, FactFlag, Fund, HeadlineKind, Nature, Period, Phase, RowKind, Side,
    TableState, TableType,
};
pub use rules::markdown;
pub use settle::headline::{FunctionShare, Headline, function_shares, headlines};

use yusuan_extract::Extraction;

/// Normalizes one document.
pub fn normalize(extraction: Extraction, context: &Context) -> NormalizedDocument {
    if context.corrections.is_empty() {
        return pipeline::run(extraction, context);
    }
    correction::run(extraction, context, pipeline::run)
}
