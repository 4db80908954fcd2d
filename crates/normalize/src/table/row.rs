//! One body row: label, codes, place in the hierarchy.

use crate::model::fact::Coded;
use crate::model::vocabulary::RowKind;
use crate::reading::code::Family;
use std::collections::BTreeMap;

/// One body row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    pub(crate) label: String,
    pub(crate) path: String,
    pub(crate) level: u32,
    pub(crate) kind: Option<RowKind>,
    pub(crate) additive: bool,
    pub(crate) codes: BTreeMap<Family, Coded>,
    /// The row prints digits that make no code: the length that a code of its level has.
    pub(crate) unsure: Option<usize>,
    pub(crate) agency: Coded,
    pub(crate) project: Coded,
    pub(crate) project_type: String,
}
