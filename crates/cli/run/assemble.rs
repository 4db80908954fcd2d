//! The second half of a run, from results to a finished folder; the same for a conversion and for a merge.

use super::before::Before;
use super::planned::Planned;
use super::shared::Run;
use super::{parts, related, versions, write};
use crate::store::Layout;
use anyhow::Result;

/// Compares related documents and writes everything. `dropped` are sources whose files are to go.
pub(super) fn assemble(run: &Run<'_>, planned: &mut [Planned], before: &Before, dropped: &[String]) -> Result<()> {
    versions::name_bodies(planned.iter_mut().map(|one| &mut one.entry), &run.bodies);
    related::compare(run, planned)?;
    versions::compare_versions(&mut planned.iter_mut().map(|one| &mut one.entry).collect::<Vec<_>>());
    match run.layout {
        Layout::Single => write::all(run, planned, before, dropped),
        Layout::Parts => parts::all(run, planned, before),
    }
}
