//! The outcome of the corrections that a run was given.

use super::line::Line;
use crate::inputs::Corrections;
use crate::language::{said, told};

/// Refusals shown; the review page has them all.
const SHOWN: usize = 5;

/// What became of the corrections, line by line; nothing when there were none.
pub(crate) fn tell_corrections(lines: &[Line], corrections: &Corrections) -> Vec<String> {
    let given: usize = corrections.values().map(Vec::len).sum();
    if given == 0 {
        return Vec::new();
    }
    let applied: usize = lines.iter().map(|line| line.card.corrected).sum();
    let refused: Vec<String> = lines
        .iter()
        .flat_map(|line| line.card.refused.iter().map(move |why| said::correction_refused(&line.source, told(why))))
        .collect();
    let elsewhere = given.saturating_sub(applied + refused.len());
    let elsewhere = if elsewhere > 0 { said::corrections_elsewhere(elsewhere) } else { String::new() };
    let mut words = vec![said::corrections_counted(given, applied, refused.len()) + &elsewhere];
    let more = refused.len().saturating_sub(SHOWN);
    words.extend(refused.into_iter().take(SHOWN));
    if more > 0 {
        words.push(said::more_refused(more));
    }
    words
}
