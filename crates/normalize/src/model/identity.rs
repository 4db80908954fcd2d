//! Whose disclosure a document is.

use crate::model::vocabulary::{DocumentKind, EntityScope};
use serde::{Deserialize, Serialize};

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
    /// The body over all its names, years and documents; empty where the body is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub body_id: String,
    /// The body's one name over all its spellings; empty where the body is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub body: String,
    /// The latest date that is printed for itself, as 2024-02-05; empty where none is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub dated: String,
}

/// The unit that a department's file prints a table for, where the table is the unit's own.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Owner {
    /// The unit's name as printed.
    pub department: String,
    /// One agency alone.
    pub scope: EntityScope,
    /// As in [`Identity`].
    pub body_id: String,
    /// As in [`Identity`].
    pub body: String,
}
