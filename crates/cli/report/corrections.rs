//! The outcome of the corrections that a run was given.

use super::line::Line;
use crate::inputs::Corrections;

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
        .flat_map(|line| line.card.refused.iter().map(move |why| format!("更正未采用：{}：{why}", line.source)))
        .collect();
    let elsewhere = given.saturating_sub(applied + refused.len());
    let elsewhere = if elsewhere > 0 { format!("，{elsewhere} 条没有所属的文件") } else { String::new() };
    let mut said = vec![format!("更正 {given} 条：采用 {applied}，未采用 {}{elsewhere}", refused.len())];
    let more = refused.len().saturating_sub(SHOWN);
    said.extend(refused.into_iter().take(SHOWN));
    if more > 0 {
        said.push(format!("更正未采用：另有 {more} 处"));
    }
    said
}
