//! Losses of a document in words: one sentence per kind, since a scan of 300 pages is one loss and not 300.

use crate::language::kept;
use yusuan_extract::{Diagnostic, DiagnosticCode};

/// Places named per kind.
const SHOWN: usize = 5;

/// The sentences; empty where nothing was lost.
pub(crate) fn losses(diagnostics: &[Diagnostic]) -> String {
    let mut kinds: Vec<(DiagnosticCode, Vec<&Diagnostic>)> = Vec::new();
    for diagnostic in diagnostics.iter().filter(|diagnostic| diagnostic.code.loses_content()) {
        match kinds.iter_mut().find(|(code, _)| *code == diagnostic.code) {
            Some((_, same)) => same.push(diagnostic),
            None => kinds.push((diagnostic.code, vec![diagnostic])),
        }
    }
    let losses = kinds.iter().map(|(_, same)| one_loss(same));
    losses.reduce(kept::both_losses).unwrap_or_default()
}

fn one_loss(same: &[&Diagnostic]) -> String {
    let message = same.first().map_or("", |first| &first.message);
    let places = same.iter().filter_map(|diagnostic| diagnostic.place.clone()).take(SHOWN);
    let places = places.reduce(kept::both_places).unwrap_or_default();
    match (places.is_empty(), same.len()) {
        (true, 0 | 1) => message.to_owned(),
        (true, count) => kept::loss_counted(message, count),
        (false, count) if count > SHOWN => kept::loss_at_some(message, places, count),
        (false, _) => kept::loss_at(message, places),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lost_page(page: u32) -> Diagnostic {
        Diagnostic {
            code: DiagnosticCode::PageLost,
            place: Some(format!("第{page}页")),
            message: "页面损坏".to_owned(),
        }
    }

    #[test]
    fn losses_of_one_kind_are_one_sentence() {
        assert_eq!(losses(&[lost_page(3)]), "页面损坏（第3页）");
        let many: Vec<_> = (1..=300).map(lost_page).collect();
        assert_eq!(losses(&many), "页面损坏（第1页、第2页、第3页、第4页、第5页 等 300 处）");
        let harmless = Diagnostic { code: DiagnosticCode::Repaired, ..lost_page(1) };
        assert_eq!(losses(&[harmless]), "");
    }
}
