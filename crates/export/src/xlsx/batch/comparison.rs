//! The key figures of every body and year, gathered document by document.

use crate::dataset::disclosure_id;
use crate::doubt::is_doubtful;
use crate::record::DocumentRecord;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use yusuan_normalize::{
    DocumentKind, FunctionShare, Headline, HeadlineKind, Identity, NormalizedDocument, function_shares,
};

/// A figure with its doubts and where it stands.
#[derive(Clone)]
pub(super) struct Figure {
    pub(super) value: Decimal,
    pub(super) doubtful: bool,
    pub(super) link: Option<String>,
}

/// One body's one year.
pub(super) struct Line {
    pub(super) identity: Identity,
    pub(super) sources: Vec<String>,
    /// By kind; files of one disclosure that differ leave nothing.
    figures: BTreeMap<HeadlineKind, Option<Figure>>,
    /// Expenditure by function class.
    pub(super) functions: Vec<FunctionShare>,
}

impl Line {
    /// The figure, where there is one that all files agree on.
    pub(super) fn figure(&self, kind: HeadlineKind) -> Option<&Figure> {
        self.figures.get(&kind).and_then(Option::as_ref)
    }

    /// The kinds of figures that the files of the disclosure don't agree on.
    pub(super) fn differing(&self) -> impl Iterator<Item = HeadlineKind> {
        self.figures.iter().filter(|(_, figure)| figure.is_none()).map(|(kind, _)| *kind)
    }

    /// Who, in a few words.
    pub(super) fn body(&self) -> &str {
        let identity = &self.identity;
        let names = [identity.body.as_str(), &identity.department, self.sources.first().map_or("", String::as_str)];
        names.into_iter().find(|name| !name.is_empty()).unwrap_or_default()
    }
}

/// All bodies and years.
#[derive(Default)]
pub(super) struct Comparison {
    pub(super) lines: Vec<Line>,
    /// Lines by disclosure: the files of one disclosure share a line.
    by_disclosure: BTreeMap<String, usize>,
}

impl Comparison {
    /// Adds a document's figures. A document without any is only listed where it should have them.
    pub(super) fn add<'h>(
        &mut self,
        record: &DocumentRecord,
        document: &NormalizedDocument,
        figures: impl ExactSizeIterator<Item = (&'h Headline, Option<String>)>,
    ) {
        let kind = document.identity.kind;
        if kind.is_none() {
            return;
        }
        if figures.len() == 0 && !matches!(kind, Some(DocumentKind::Budget | DocumentKind::FinalAccounts)) {
            return;
        }
        let line = self.line(record, document);
        line.sources.push(record.source.clone());
        for (headline, link) in figures {
            let fact = document.statements.get(headline.statement).and_then(|s| s.facts.get(headline.fact));
            let doubtful = fact.is_some_and(|fact| is_doubtful(&fact.flags));
            let figure = Figure { value: headline.value, doubtful, link };
            let known = line.figures.entry(headline.kind).or_insert_with(|| Some(figure));
            if known.as_ref().is_some_and(|known| known.value != headline.value) {
                *known = None;
            }
        }
        if line.functions.is_empty() {
            line.functions = function_shares(document);
        }
    }

    fn line(&mut self, record: &DocumentRecord, document: &NormalizedDocument) -> &mut Line {
        let id = disclosure_id(&document.identity);
        let known = if id.is_empty() { None } else { self.by_disclosure.get(&id).copied() };
        let index = known.unwrap_or(self.lines.len());
        if index == self.lines.len() {
            self.lines.push(Line {
                identity: document.identity.clone(),
                sources: Vec::new(),
                figures: BTreeMap::new(),
                functions: Vec::new(),
            });
            let key = if id.is_empty() { format!("{}\n", record.source) } else { id };
            self.by_disclosure.insert(key, index);
        }
        &mut self.lines[index]
    }

    /// Bodies of one region together, the years of one body below each other.
    pub(super) fn sort(&mut self) {
        self.lines.sort_by(|a, b| {
            let key = |line: &Line| {
                let identity = &line.identity;
                let scope = identity.scope as u8;
                (
                    identity.region_code.clone(),
                    identity.region.clone(),
                    line.body().to_owned(),
                    scope,
                    identity.kind,
                    identity.year,
                )
            };
            key(a).cmp(&key(b))
        });
    }
}
