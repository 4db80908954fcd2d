//! The documents of a batch against each other.

use crate::batch::{disclosure, neighbours};
use crate::model::document::NormalizedDocument;

/// Concludes what only several documents together can tell: which tables and amounts a sister file of the same disclosure
/// holds, and whether last year's document and those of the units agree. Each document comes with the name of its source,
/// which the outcome names; the order of the documents is kept.
pub fn compare_documents(documents: &mut [(&str, &mut NormalizedDocument)]) {
    disclosure::compare(documents);
    let sources: Vec<String> = documents.iter().map(|(source, _)| (*source).to_owned()).collect();
    let mut bare: Vec<&mut NormalizedDocument> = documents.iter_mut().map(|(_, document)| &mut **document).collect();
    neighbours::compare(&sources, &mut bare);
}
