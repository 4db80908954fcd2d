//! Which corrections does a run apply, and what became of them?

use crate::reading;
use anyhow::anyhow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use yusuan_export::{DocumentRecord, DocumentStatus};
use yusuan_normalize::Correction;

/// Refusals shown; the review page has them all.
const SHOWN: usize = 5;

/// Corrections by `doc_id`.
pub(crate) type Corrections = BTreeMap<String, Vec<Correction>>;

/// Reads the file of corrections.
pub(crate) fn read(path: &Path) -> anyhow::Result<Corrections> {
    let fail = |reason: String| anyhow!("无法使用更正文件 {}：{reason}", path.display());
    let bytes = std::fs::read(path).map_err(|error| fail(reading::reason(&error)))?;
    yusuan_export::read_corrections(&bytes).map_err(|error| fail(error.to_string()))
}

/// What became of the corrections.
pub(crate) struct Outcome {
    /// In words for the user, line by line; empty when there were none.
    pub(crate) lines: Vec<String>,
    /// Whether one of a file of this run was refused.
    pub(crate) refused: bool,
}

/// Counts the corrections that were applied and tells which were not, and why.
pub(crate) fn outcome(records: &[DocumentRecord], corrections: &Corrections) -> Outcome {
    let given: usize = corrections.values().map(Vec::len).sum();
    if given == 0 {
        return Outcome { lines: Vec::new(), refused: false };
    }
    let mut refusals = Vec::new();
    let mut known = BTreeSet::new();
    // A copy of a file is not read again: its corrections were applied to the first one.
    for record in records.iter().filter(|record| record.status != DocumentStatus::Duplicate) {
        let mine = corrections.get(&record.doc_id).map_or(0, Vec::len);
        known.insert(record.doc_id.as_str());
        match &record.document {
            None if mine > 0 => refusals.push(format!("{}：文件没有读出，{mine} 条更正未采用", record.source)),
            None => {}
            Some(document) => {
                refusals.extend(document.corrections.iter().filter(|c| !c.is_applied()).map(|c| {
                    format!("{}：{} 第 {} 行第 {} 列，{}", record.source, c.table_id, c.row, c.col, c.refusal)
                }))
            }
        }
    }
    let all = || records.iter().filter_map(|record| record.document.as_ref()).flat_map(|d| &d.corrections);
    let applied = all().filter(|correction| correction.is_applied()).count();
    let elsewhere: usize =
        corrections.iter().filter(|(id, _)| !known.contains(id.as_str())).map(|(_, c)| c.len()).sum();
    let elsewhere =
        if elsewhere > 0 { format!("，{elsewhere} 条属于这次没有转换的文件") } else { String::new() };
    let mut lines = vec![format!("更正 {given} 条：采用 {applied}，未采用 {}{elsewhere}", given - applied)];
    lines.extend(refusals.iter().take(SHOWN).map(|refusal| format!("更正未采用：{refusal}")));
    if refusals.len() > SHOWN {
        lines.push(format!("更正未采用：另有 {} 处", refusals.len() - SHOWN));
    }
    Outcome { lines, refused: !refusals.is_empty() }
}
