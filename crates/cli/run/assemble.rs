//! The second half of a run, from results to a finished folder; the same for a conversion and for a merge.

use super::before::Before;
use super::planned::Planned;
use super::shared::Run;
use super::{parts, related, write};
use crate::store::Layout;
use anyhow::Result;

/// Compares related documents and writes everything. `dropped` are sources whose files are to go.
pub(super) fn assemble(run: &Run<'_>, planned: &mut [Planned], before: &Before, dropped: &[String]) -> Result<()> {
    related::compare(run, planned)?;
    match run.layout {
        Layout::Single => write::all(run, planned, before, dropped),
        Layout::Parts => parts::all(run, planned, before),
    }
}
