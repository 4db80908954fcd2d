//! The normalized document: what the next phase reads and nothing else.

use crate::check::Check;
use crate::correction::Correction;
use crate::fact::Fact;
use crate::indicator::Indicator;
use crate::kind::{DocumentKind, EntityScope, TableState, TableType};
use crate::money::{MoneyUnit, UnitSource};
use crate::prose::ProseFigure;
use serde::{Deserialize, Serialize};
use yusuan_extract::{Diagnostic, Format, PageSummary, RawTable};

/// One disclosure file, normalized.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NormalizedDocument {
    /// The file's format.
    pub format: Format,
    /// Pages of the file (empty for spreadsheets).
    pub pages: Vec<PageSummary>,
    /// Who, where, when.
    pub identity: Identity,
    /// One statement per table, in order of appearance.
    pub statements: Vec<Statement>,
    /// Amounts stated in the narrative.
    pub prose: Vec<ProseFigure>,
    /// Identities tried.
    pub checks: Vec<Check>,
    /// Titles listed in the document's own contents that no table was found for.
    pub tables_missing: Vec<String>,
    /// What the reader had to say.
    pub diagnostics: Vec<Diagnostic>,
    /// What a reviewer corrected, and which of it was refused.
    #[serde(default)]
    pub corrections: Vec<Correction>,
}

/// Whose disclosure it is. Empty text where not known: never guessed silently.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Identity {
    /// GB/T 2260 code, 6 digits.
    pub region_code: String,
    /// Full name: 河南省三门峡市.
    pub region: String,
    /// Department (部门) or unit (单位) in full.
    pub department: String,
    /// Fiscal year.
    pub year: Option<i32>,
    /// Budget, final accounts …; `None` when nothing says.
    pub kind: Option<DocumentKind>,
    /// Department (consolidated) or one agency alone.
    pub scope: EntityScope,
    /// Conflicts found between sources, in words.
    pub flags: Vec<String>,
}

/// One table, typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// `t01`, `t02`, … in order of appearance.
    pub id: String,
    /// The table as found.
    pub raw: RawTable,
    /// What the table is.
    pub table_type: TableType,
    /// Title as printed, white space removed.
    pub title: String,
    /// 预算01表, 公开表1-1; empty when none is printed.
    pub table_no: String,
    /// The table's unit, where one is known.
    pub unit: Option<MoneyUnit>,
    /// Where the unit was found.
    pub unit_source: Option<UnitSource>,
    /// First grid row of the header (rows before it are captions inside the grid).
    pub header_start: usize,
    /// Number of header rows from `header_start`.
    pub header_rows: usize,
    /// Whether it holds data.
    pub state: TableState,
    /// The sentence that declares it empty, as printed.
    pub empty_note: String,
    /// Its amounts in reading order.
    pub facts: Vec<Fact>,
    /// Its performance indicators in reading order.
    pub indicators: Vec<Indicator>,
    /// Doubts about this table, in words for the user.
    pub doubts: Vec<String>,
    /// The most digits behind the point that one of its amounts prints: a worksheet drops zeros at the end.
    #[serde(default)]
    pub most_decimals: u32,
}
