//! Raw tables of Chinese budget disclosures to typed, unit-correct, classified amounts.
//!
//! An [`Extraction`] goes in, a [`NormalizedDocument`] comes out: whose disclosure it is ([`Identity`]), each table with its
//! type, unit and amounts in yuan ([`Statement`], [`Fact`]), performance indicators, the amounts that the narrative states
//! ([`ProseFigure`]) and every arithmetic identity tried ([`Check`]). What only several documents together can tell is
//! [`compare_documents`]. Money is an exact [`rust_decimal::Decimal`]; the printed text, the unit and the place stay beside it.
//!
//! ```
//! use yusuan_normalize::{Context, TableType, normalize};
//!
//! # let mut workbook = rust_xlsxwriter::Workbook::new();
//! # let sheet = workbook.add_worksheet();
//! # sheet.write(0, 0, "2024年部门支出总表")?.write(1, 1, "单位：万元")?;
//! # sheet.write(2, 0, "科目名称")?.write(2, 1, "合计")?.write(3, 0, "科普活动")?.write(3, 1, 12.5)?;
//! # let bytes = workbook.save_to_buffer()?;
//! // `bytes` is a workbook with 2024年部门支出总表 in 万元, and in it a row 科普活动 with the amount 12.5.
//! let extraction = yusuan_extract::from_bytes(&bytes, &yusuan_extract::Limits::default())?;
//! let document = normalize(extraction, &Context::for_source("a.xlsx"));
//! let table = &document.statements[0];
//! assert_eq!(table.table_type, TableType::ExpenditureSummary);
//! assert_eq!(table.facts[0].value, Some(125_000.into()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Limits
//!
//! Where nothing says in which unit a figure is printed it has no value; nothing is guessed, and no printed figure is
//! changed. A doubt is a flag or a sentence beside the figure, never an error. Places are known down to the county
//! (GB/T 2260), functions and economic classes by the codes of 《政府收支分类科目》; other languages than Chinese are not
//! read. The crate never prints, never touches a file and never asks for the time.
#![deny(clippy::float_arithmetic)]

mod balance;
mod batch;
mod check;
mod choice;
mod context;
mod correction;
mod identity;
mod indicator;
mod mark;
mod model;
mod narrative;
mod near_names;
mod pipeline;
mod reading;
mod rules;
mod settle;
#[cfg(feature = "stages")]
pub mod stages;
mod table;

pub use batch::compare::compare_documents;
pub use batch::disclosure::{Part, part};
pub use batch::related::{Profile, find_related, unit_names};
pub use batch::second_reading::{compare_reading, pages_in_doubt, pages_with_figures};
pub use batch::versions::{Contents, Version, contents, superseded, versions};
pub use context::{Context, Given};
pub use identity::bodies::{Alias, Bodies};
pub use model::cell_ref::CellRef;
pub use model::check::{Check, CheckScope, CheckStatus};
pub use model::correction::Correction;
pub use model::document::NormalizedDocument;
pub use model::doubt::{Doubt, Witness};
pub use model::fact::{Coded, Fact};
pub use model::identity::{Identity, Owner};
pub use model::indicator::{Indicator, IndicatorScope};
pub use model::money::{MoneyUnit, UnitSource};
pub use model::prose_figure::ProseFigure;
pub use model::rule::Rule;
pub use model::statement::Statement;
pub use model::unread::Unread;
pub use model::vocabulary::{
    Cause, ColumnKind, Concept, DocumentKind, EntityScope, FactFlag, Fund, HeadlineKind, Nature, Period, Phase,
    RowKind, Side, TableLevel, TableState, TableType,
};
pub use rules::{rule, rules};
pub use settle::concept::{Stated, stated};
pub use settle::headline::{FunctionShare, Headline, function_shares, headlines};
pub use table::own_lines::{OwnLines, own_lines};

use yusuan_extract::Extraction;

/// Normalizes one document.
pub fn normalize(extraction: Extraction, context: &Context) -> NormalizedDocument {
    let extraction = table::apart::part(extraction);
    if context.corrections.is_empty() {
        return choice::run(extraction, context, pipeline::run);
    }
    let printed = choice::run(extraction.clone(), context, pipeline::run);
    corrected(extraction, &printed, context)
}

/// Normalizes a document once more with the context's corrections, where it was normalized without them before (`printed`):
/// the same as [`normalize`] gives, in half the time.
pub fn normalize_again(extraction: Extraction, printed: NormalizedDocument, context: &Context) -> NormalizedDocument {
    if context.corrections.is_empty() {
        return printed;
    }
    corrected(table::apart::part(extraction), &printed, context)
}

fn corrected(extraction: Extraction, printed: &NormalizedDocument, context: &Context) -> NormalizedDocument {
    correction::run(extraction, printed, context, |extraction, context| choice::run(extraction, context, pipeline::run))
}
