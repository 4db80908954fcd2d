//! Small documents for the tests of neighbours.

use crate::batch::neighbours::compare;
use crate::check::fixture::{fact, statement};
use crate::model::check::CheckStatus;
use crate::model::document::NormalizedDocument;
use crate::model::fact::Fact;
use crate::model::identity::Identity;
use crate::model::statement::Statement;
use crate::model::vocabulary::{DocumentKind, EntityScope, RowKind, Side, TableType};

fn total(side: Side, value: &str) -> Fact {
    let mut one = fact(9, 4, "预算数", value);
    one.side = Some(side);
    "支出总计".clone_into(&mut one.row_label);
    one.row_path.clone_from(&one.row_label);
    one.row_kind = RowKind::Total;
    one
}

pub(crate) fn document(year: i32, scope: EntityScope, tables: Vec<Statement>) -> NormalizedDocument {
    NormalizedDocument {
        format: yusuan_extract::Format::Pdf,
        pages: Vec::new(),
        identity: Identity {
            department: "清河县水务局".to_owned(),
            year: Some(year),
            kind: Some(DocumentKind::Budget),
            scope,
            ..Identity::default()
        },
        statements: tables,
        prose: Vec::new(),
        checks: Vec::new(),
        tables_missing: Vec::new(),
        strays: Vec::new(),
        diagnostics: Vec::new(),
        corrections: Vec::new(),
    }
}

pub(crate) fn summary(value: &str) -> Statement {
    statement(TableType::RevenueExpenditureSummary, vec![total(Side::Expenditure, value)])
}

pub(crate) fn tried(mut now: NormalizedDocument, mut other: NormalizedDocument) -> Vec<(String, CheckStatus)> {
    let sources = ["a.pdf".to_owned(), "b.pdf".to_owned()];
    compare(&sources, &mut [&mut now, &mut other]);
    assert!(other.checks.is_empty());
    now.checks.into_iter().map(|c| (c.rule, c.status)).collect()
}
