//! The balance of a document's numbers, told: where some ended in nothing known.

use crate::model::statement::Statement;
use crate::model::unread::Unread;
use yusuan_extract::{Diagnostic, DiagnosticCode};

/// Numbers quoted in a sentence at most.
const QUOTED: usize = 3;

/// What is to be said of the numbers that were not read: a sentence for each table, and one for those outside.
pub(crate) fn findings(statements: &[Statement], strays: &[Unread]) -> Vec<Diagnostic> {
    let open = statements.iter().filter(|s| !s.unread.is_empty());
    let mut findings: Vec<Diagnostic> = open.map(|s| finding(Some(&s.id), &s.unread)).collect();
    if !strays.is_empty() {
        findings.push(finding(None, strays));
    }
    findings
}

fn finding(table: Option<&str>, unread: &[Unread]) -> Diagnostic {
    let texts: Vec<&str> = unread.iter().take(QUOTED).map(|u| u.text.as_str()).collect();
    let figures: usize = unread.iter().map(Unread::figures).sum();
    let more = if unread.len() > QUOTED { "等" } else { "" };
    let quoted = format!("{figures} 个数没有读成任何内容：{}{more}", texts.join("、"));
    let message = match table {
        Some(id) => format!("表 {id} 有 {quoted}"),
        None => format!("表格之外成行的数里有 {quoted}"),
    };
    let page = unread.first().and_then(|u| u.place.page);
    Diagnostic { code: DiagnosticCode::FiguresUnread, place: page.map(|page| format!("第 {page} 页")), message }
}

#[cfg(test)]
mod tests {
    use super::*;
    use yusuan_extract::Place;

    #[test]
    fn numbers_are_quoted_and_counted() {
        let unread = |text: &str| Unread {
            text: text.to_owned(),
            place: Place { page: Some(3), ..Place::default() },
            position: None,
        };
        assert!(findings(&[], &[]).is_empty());
        let said = findings(&[], &["1", "2", "3", "4"].map(unread));
        assert_eq!(said.len(), 1);
        assert_eq!(said[0].message, "表格之外成行的数里有 4 个数没有读成任何内容：1、2、3等");
        assert_eq!(said[0].place.as_deref(), Some("第 3 页"));
    }
}
