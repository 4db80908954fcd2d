//! Knowing what was written below an output folder, so that what somebody changed there is kept.

use super::explain::explain;
use super::own_files::own_files;
use crate::store::{Look, Manifest, Seals};
use anyhow::Result;
use std::path::Path;
use std::sync::Arc;
use yusuan_export::{Keeper, combined_files, vouch_document};

/// The keeper of an output folder. Where none was at work before (an earlier version wrote the folder), the seals of the last run
/// tell what nobody changed.
pub(crate) fn keeper(out: &Path) -> Result<Arc<Keeper>> {
    let keeper = Keeper::open(out);
    let manifest = if keeper.is_new() { Manifest::read(out).ok() } else { None };
    for entry in manifest.iter().flat_map(|manifest| &manifest.entries) {
        let look = entry.sealed.as_ref().map(|seal| seal.look(out, &own_files(out, entry), false));
        if matches!(look, Some(Look::Same | Look::Moved(_))) {
            vouch_document(&keeper, &entry.source).map_err(|error| explain(&error))?;
        }
    }
    if manifest.is_some() {
        let seals = Seals::read(out);
        let name = |file: &Path| file.strip_prefix(out).unwrap_or(file).to_string_lossy().into_owned();
        let files = combined_files(out);
        let sound = files.iter().filter(|file| seals.look(out, &name(file), false) != Look::Changed);
        sound.into_iter().try_for_each(|file| keeper.vouch(file))?;
    }
    Ok(Arc::new(keeper))
}
