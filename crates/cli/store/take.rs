//! An output folder elsewhere is taken: its state is fetched, and what its manifest names is known to be there.

use super::away::Away;
use super::manifest::Manifest;
use anyhow::Result;
use std::sync::Arc;

/// Takes the output folder at an address and fetches its state; `None` where another run has it.
pub(crate) fn take(address: &str) -> Result<Option<Arc<Away>>> {
    let Some(away) = Away::take(address)? else { return Ok(None) };
    let manifest = Manifest::read(away.work()).ok();
    for entry in manifest.iter().flat_map(|manifest| &manifest.entries) {
        // The key of a comparison comes without its size.
        away.note_all(entry.compared.iter().map(|key| (key.as_str().to_owned(), None)));
        away.note_all(entry.read.iter().map(|key| (key.as_str().to_owned(), Some(entry.packed))));
    }
    Ok(Some(away))
}
