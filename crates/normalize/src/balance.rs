//! The balance of a document's numbers, told: where some ended in nothing known.

use crate::model::fact::Fact;
use crate::model::identity::Identity;
use crate::model::statement::Statement;
use crate::model::unread::Unread;
use crate::model::vocabulary::{DocumentKind, FactFlag, TableType};
use yusuan_extract::{Diagnostic, DiagnosticCode};

/// Numbers quoted in a sentence at most.
const QUOTED: usize = 3;

/// Whether a document holds anything that this crate reads: a table of a known kind or with a unit of money, or a title
/// that says what it is. Of statistics, rules and lists of prices nobody asks that their numbers be amounts.
pub(crate) fn is_of_money(statements: &[Statement], identity: &Identity) -> bool {
    let of_money = |s: &Statement| s.table_type != TableType::Other || s.unit.is_some();
    if identity.kind == Some(DocumentKind::Other) {
        return false;
    }
    identity.kind.is_some() || statements.iter().any(of_money)
}

/// Leaves the numbers of a document without money alone, and says how many there were: it may be a budget that nothing in
/// print names as one.
pub(crate) fn close(statements: &mut [Statement], strays: &mut Vec<Unread>) -> Option<String> {
    let in_tables = statements.iter().flat_map(|s| &s.unread);
    let figures: usize = in_tables.chain(strays.iter()).map(Unread::figures).sum();
    for statement in statements {
        statement.unread.clear();
    }
    strays.clear();
    (figures > 0).then(|| format!("没有认出预算、决算的内容，{figures} 个数未读"))
}

/// What is to be said of the numbers that were not read: a sentence for each table, and one for those outside.
pub(crate) fn findings(statements: &[Statement], strays: &[Unread]) -> Vec<Diagnostic> {
    let open = statements.iter().filter(|s| !s.unread.is_empty());
    let mut findings: Vec<Diagnostic> = open.map(|s| finding(Some(&s.id), &s.unread)).collect();
    if !strays.is_empty() {
        findings.push(finding(None, strays));
    }
    findings
}

/// What is to be said of the tables whose amounts have no value because nothing says their unit.
pub(crate) fn without_units(statements: &[Statement]) -> Vec<Diagnostic> {
    statements.iter().filter_map(without_unit).collect()
}

/// Amounts that have no value because nothing says their unit: they are in the output as printed, and worth nothing there.
fn without_unit(statement: &Statement) -> Option<Diagnostic> {
    let missing = |fact: &&Fact| fact.value.is_none() && fact.flags.contains(&FactFlag::UnitMissing);
    let figures = statement.facts.iter().filter(missing).count();
    let page = statement.facts.iter().find(missing)?.place.page;
    let message = format!("表 {} 没有印金额单位，{figures} 个金额没有折算", statement.id);
    Some(Diagnostic { code: DiagnosticCode::FiguresUnread, place: page.map(|page| format!("第 {page} 页")), message })
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
    use crate::check::fixture::statement;

    #[test]
    fn statistics_are_no_money() {
        let mut unknown = [statement(TableType::Other, Vec::new())];
        unknown[0].unit = None;
        assert!(!is_of_money(&unknown, &Identity::default()));
        let place = Place::default();
        unknown[0].unread = vec![Unread { text: "1 2".to_owned(), place, position: None }];
        let said = close(&mut unknown, &mut Vec::new());
        assert_eq!(said.as_deref(), Some("没有认出预算、决算的内容，2 个数未读"));
        assert!(unknown[0].unread.is_empty() && close(&mut unknown, &mut Vec::new()).is_none());
        let budget = Identity { kind: Some(DocumentKind::Budget), ..Identity::default() };
        assert!(is_of_money(&unknown, &budget));
        assert!(is_of_money(&[statement(TableType::Other, Vec::new())], &Identity::default()), "a unit");
    }
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
