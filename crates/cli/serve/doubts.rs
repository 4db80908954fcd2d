//! The doubts of a whole project as one list to work through: files of which something is lost, identities that don't hold,
//! figures that may be wrong.

use super::dataset::each_row;
use super::looked::{Where, looked};
use super::project::Project;
use super::stamp::Stamp;
use crate::language::{codes, kept, stated_in_english, told_in_english};
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};
use yusuan_export::{DocumentStatus, is_doubtful};
use yusuan_normalize::{CheckStatus, FactFlag};

/// Doubts held and shown; more than these are counted.
const MOST: usize = 5000;

/// Something to look at.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Doubt {
    pub(super) doc_id: String,
    pub(super) source: String,
    /// What it is in the list of what was looked at.
    pub(super) place: String,
    /// `file`, `check` or `figure`.
    pub(super) kind: &'static str,
    /// Whether there is a page to look at.
    pub(super) opens: bool,
    /// The cell to open.
    pub(super) cell: String,
    pub(super) page: String,
    pub(super) title: String,
    pub(super) printed: String,
    pub(super) why: String,
    /// Title and reason for those who read English, where they are others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title_en: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) why_en: Option<String>,
}

/// The doubts of a project.
#[derive(Debug, Default)]
pub(super) struct Doubts {
    pub(super) all: Vec<Doubt>,
    /// Those that are not held.
    pub(super) more: usize,
}

/// The doubts found last, with what they were found in.
#[derive(Default)]
pub(super) struct Held(Mutex<Option<(Stamp, Arc<Doubts>)>>);

impl Held {
    /// The doubts of the last finished run.
    pub(super) fn of(&self, project: &Project) -> Arc<Doubts> {
        let Some(stamp) = Stamp::of(&project.out.join("documents.csv")) else { return Arc::default() };
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, doubts)) = held.as_ref()
            && *known == stamp
        {
            return Arc::clone(doubts);
        }
        let doubts = Arc::new(found(project));
        *held = Some((stamp, Arc::clone(&doubts)));
        doubts
    }
}

/// How many of the doubts were looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(super) struct Progress {
    pub(super) looked: usize,
    pub(super) all: usize,
}

/// How far people are with the doubts, in all and by document.
pub(super) fn progress(project: &Project, doubts: &Doubts) -> (Progress, BTreeMap<String, Progress>) {
    let looked = looked(project);
    let mut by_document: BTreeMap<String, Progress> = BTreeMap::new();
    let mut all = Progress { looked: 0, all: doubts.more };
    for doubt in &doubts.all {
        let place: Where = (doubt.doc_id.clone(), doubt.place.clone());
        let was = usize::from(looked.contains_key(&place));
        for one in [&mut all, by_document.entry(doubt.doc_id.clone()).or_default()] {
            one.looked += was;
            one.all += 1;
        }
    }
    (all, by_document)
}

fn found(project: &Project) -> Doubts {
    let mut doubts = Doubts::default();
    of_files(project, &mut doubts);
    // A file that can't be read has no rows; the run tells of that.
    let _ = of_checks(project, &mut doubts);
    let _ = of_figures(project, &mut doubts);
    let order: BTreeMap<&str, usize> = BTreeMap::from([("file", 0), ("check", 1), ("figure", 2)]);
    doubts.all.sort_by(|a, b| (&a.source, order.get(a.kind)).cmp(&(&b.source, order.get(b.kind))));
    doubts
}

impl Doubts {
    fn add(&mut self, doubt: Doubt) {
        if self.all.len() < MOST { self.all.push(doubt) } else { self.more += 1 }
    }
}

fn of_files(project: &Project, doubts: &mut Doubts) {
    let Some(manifest) = project.manifest() else { return };
    for entry in &manifest.entries {
        let card = entry.card();
        let doc_id = entry.content.as_ref().map(crate::inputs::Fingerprint::doc_id).unwrap_or_default();
        let mut why: Vec<String> = Vec::new();
        if matches!(card.status, DocumentStatus::Partial | DocumentStatus::Failed) {
            why.push(card.error.clone());
        }
        if card.missing > 0 {
            why.push(kept::tables_of_contents_missing(card.missing));
        }
        why.extend(card.refused.iter().cloned());
        if why.is_empty() {
            continue;
        }
        doubts.add(Doubt {
            doc_id,
            source: entry.source.clone(),
            place: "file".to_owned(),
            kind: "file",
            opens: card.was_read(),
            cell: String::new(),
            page: String::new(),
            title: String::new(),
            printed: String::new(),
            why_en: Some(
                why.iter()
                    .map(|one| told_in_english(one).unwrap_or_else(|| one.clone()))
                    .collect::<Vec<_>>()
                    .join("\n"),
            ),
            why: why.join("\n"),
            title_en: None,
        });
    }
}

fn of_checks(project: &Project, doubts: &mut Doubts) -> csv::Result<()> {
    let columns = [
        "doc_id",
        "source",
        "rule",
        "table_id",
        "page",
        "row",
        "col",
        "statement",
        "difference",
        "status",
        "where",
        "suspects",
        "reason",
    ];
    each_row(&project.out, "checks", &columns, |row| {
        if row.get(9) != CheckStatus::Failed.as_str() {
            return ControlFlow::Continue(());
        }
        let cells = if row.get(11).is_empty() { row.get(10) } else { row.get(11) };
        let cell = cells.split(';').next().unwrap_or_default();
        let titles = codes::rule_titles(row.get(2)).unwrap_or_default();
        doubts.add(Doubt {
            doc_id: row.get(0).to_owned(),
            source: row.text(1).to_owned(),
            place: format!("{}@{}!R{}C{}", row.get(2), row.get(3), row.get(5), row.get(6)),
            kind: "check",
            cell: cell.trim().to_owned(),
            page: row.get(4).to_owned(),
            title: format!("{} {}", row.get(2), titles.0),
            title_en: Some(format!("{} {}", row.get(2), titles.1)),
            printed: row.get(8).to_owned(),
            why_en: stated_in_english(row.text(7)),
            why: row.text(7).to_owned(),
            opens: true,
        });
        ControlFlow::Continue(())
    })
}

fn of_figures(project: &Project, doubts: &mut Doubts) -> csv::Result<()> {
    let columns = [
        "doc_id",
        "source",
        "table_id",
        "page",
        "row",
        "col",
        "row_label",
        "column_path",
        "value_text",
        "unit",
        "flags",
    ];
    each_row(&project.out, "facts", &columns, |row| {
        let codes: Vec<&str> = row.get(10).split(';').map(str::trim).filter(|code| !code.is_empty()).collect();
        if codes.is_empty() {
            return ControlFlow::Continue(());
        }
        // The identity that fails is in the list itself.
        let flag = |code: &&str| FactFlag::ALL.iter().copied().find(|flag| flag.as_str() == *code);
        let flags: Vec<FactFlag> =
            codes.iter().filter_map(flag).filter(|flag| *flag != FactFlag::CheckFailed).collect();
        if !is_doubtful(&flags) {
            return ControlFlow::Continue(());
        }
        let telling: Vec<FactFlag> = flags.into_iter().filter(|flag| is_doubtful(&[*flag])).collect();
        let why = |meaning: fn(&FactFlag) -> &'static str| telling.iter().map(meaning).collect::<Vec<_>>().join("\n");
        let cell = format!("{}!R{}C{}", row.get(2), row.get(4), row.get(5));
        doubts.add(Doubt {
            doc_id: row.get(0).to_owned(),
            source: row.text(1).to_owned(),
            place: cell.clone(),
            kind: "figure",
            opens: true,
            cell,
            page: row.get(3).to_owned(),
            title: [row.text(6), row.text(7)]
                .iter()
                .filter(|text| !text.is_empty())
                .copied()
                .collect::<Vec<_>>()
                .join(" · "),
            title_en: None,
            printed: [row.text(8), row.get(9)].join(" "),
            why: why(|flag| flag.meaning()),
            why_en: Some(why(|flag| codes::meaning_en(flag.as_str()))),
        });
        ControlFlow::Continue(())
    })
}
