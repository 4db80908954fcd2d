//! The checks apart from what comes before them, for benchmarks.

use crate::check::engine;
use crate::check::scene::Scene;
use crate::context::Context;
use crate::model::check::Check;
use crate::pipeline::{self, Unchecked};
use yusuan_extract::Extraction;

/// A document as the checks find it.
pub struct Document(Unchecked);

/// Normalizes a document up to its checks.
pub fn before_checks(extraction: &Extraction, context: &Context) -> Document {
    Document(pipeline::before_checks(extraction, context))
}

/// Tries every check on a document.
pub fn checks(document: &Document) -> Vec<Check> {
    let Document(Unchecked { tables, narrative, .. }) = document;
    engine::run(&Scene::new(tables, &narrative.figures, &narrative.paragraphs))
}
