//! Is there anything to read among what was named?

use crate::inputs::Input;
use crate::language::{said, told};
use anyhow::{Result, bail};

/// Files named in the refusal.
const SHOWN: usize = 20;

/// Refuses inputs of which none is there, each with the reason.
pub(super) fn require_one(inputs: &[Input]) -> Result<()> {
    if inputs.is_empty() || inputs.iter().any(|input| input.error.is_none()) {
        return Ok(());
    }
    let reason =
        |input: &Input| said::about_file(input.path.display(), told(input.error.as_deref().unwrap_or_default()));
    let reasons: Vec<String> = inputs.iter().take(SHOWN).map(reason).collect();
    bail!(said::nothing_readable(reasons.join("\n")));
}
