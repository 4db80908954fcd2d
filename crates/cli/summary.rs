//! What does the user hear at the end? Counts, what failed and why, and where the results are.

use std::path::Path;
use yusuan_export::{DocumentRecord, DocumentStatus};
use yusuan_normalize::CheckStatus;

/// Sources shown per reason; documents.csv has them all.
const SHOWN: usize = 5;

/// The closing lines of a run.
pub(crate) fn of_run(records: &[DocumentRecord], out: &Path) -> String {
    let mut lines = Vec::new();
    if records.len() > 1 || records.iter().any(|record| record.document.is_some()) {
        lines.push(counts(records));
    }
    for (status, label) in [(DocumentStatus::Failed, "失败："), (DocumentStatus::Partial, "不完整：")] {
        lines.extend(reasons(records, status).into_iter().map(|reason| format!("{label}{reason}")));
    }
    // The reason itself begins with "unsupported".
    lines.extend(reasons(records, DocumentStatus::Unsupported));
    // Many disclosures are narrative alone, so this is no failure; but a table that was not seen must not go unsaid.
    let bare: Vec<&str> = without_tables(records).map(|record| record.source.as_str()).collect();
    if !bare.is_empty() {
        lines.push(format!("请核对：{}", group("没有找到表格", &bare)));
    }
    lines.push(format!("结果在 {}，每个文件的情况见其中的 documents.csv", out.display()));
    lines.join("\n")
}

fn without_tables(records: &[DocumentRecord]) -> impl Iterator<Item = &DocumentRecord> {
    let is_bare = |record: &&DocumentRecord| record.document.as_ref().is_some_and(|d| d.statements.is_empty());
    records.iter().filter(|record| record.status == DocumentStatus::Ok).filter(is_bare)
}

/// One file in one line.
pub(crate) fn one_line(record: &DocumentRecord) -> String {
    let result = match &record.document {
        None => String::new(),
        Some(document) => {
            let facts: usize = document.statements.iter().map(|statement| statement.facts.len()).sum();
            format!(" {} 张表 {facts} 个金额", document.statements.len())
        }
    };
    let error = if record.error.is_empty() { String::new() } else { format!("（{}）", record.error) };
    format!("{} {}{result}{error}", label(record.status), record.source)
}

fn label(status: DocumentStatus) -> &'static str {
    match status {
        DocumentStatus::Ok => "完成",
        DocumentStatus::Partial => "不完整",
        DocumentStatus::Failed => "失败",
        DocumentStatus::Unsupported => "不支持",
        DocumentStatus::Duplicate => "重复",
    }
}

fn counts(records: &[DocumentRecord]) -> String {
    let statuses = [
        DocumentStatus::Ok,
        DocumentStatus::Partial,
        DocumentStatus::Failed,
        DocumentStatus::Unsupported,
        DocumentStatus::Duplicate,
    ];
    let counted = statuses.map(|status| (status, records.iter().filter(|record| record.status == status).count()));
    let shown = counted.iter().filter(|(status, count)| *status == DocumentStatus::Ok || *count > 0);
    let files: Vec<String> = shown.map(|(status, count)| format!("{} {count}", label(*status))).collect();
    let documents: Vec<_> = records.iter().filter_map(|record| record.document.as_ref()).collect();
    let statements = || documents.iter().flat_map(|document| &document.statements);
    let facts: usize = statements().map(|statement| statement.facts.len()).sum();
    let checks = |status| documents.iter().flat_map(|d| &d.checks).filter(|check| check.status == status).count();
    format!(
        "文件 {}（{}）；表 {}，金额 {facts}；勾稽关系相符 {}，不符 {}",
        records.len(),
        files.join("，"),
        statements().count(),
        checks(CheckStatus::Passed),
        checks(CheckStatus::Failed)
    )
}

/// The files of one status, grouped by reason, in the order in which the reasons first come up.
fn reasons(records: &[DocumentRecord], status: DocumentStatus) -> Vec<String> {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for record in records.iter().filter(|record| record.status == status) {
        match groups.iter_mut().find(|(reason, _)| *reason == record.error) {
            Some((_, sources)) => sources.push(&record.source),
            None => groups.push((&record.error, vec![&record.source])),
        }
    }
    groups.iter().map(|(reason, sources)| group(reason, sources)).collect()
}

fn group(reason: &str, sources: &[&str]) -> String {
    let shown = sources.iter().take(SHOWN).copied().collect::<Vec<_>>().join("、");
    let rest = if sources.len() > SHOWN { format!(" 等 {} 个", sources.len()) } else { String::new() };
    format!("{shown}{rest}：{reason}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::unreadable;

    #[test]
    fn a_single_failing_file_is_two_lines() {
        let text = of_run(&[unreadable("a.pdf", "文件已加密".to_owned())], Path::new("out"));
        assert_eq!(text, "失败：a.pdf：文件已加密\n结果在 out，每个文件的情况见其中的 documents.csv");
    }

    #[test]
    fn failures_are_grouped_by_reason_and_counted() {
        let records: Vec<_> = (1..=9).map(|n| unreadable(&format!("{n}.pdf"), "文件已加密".to_owned())).collect();
        let text = of_run(&records, Path::new("out"));
        assert!(text.contains("文件 9（完成 0，失败 9）"), "{text}");
        assert!(text.contains("失败：1.pdf、2.pdf、3.pdf、4.pdf、5.pdf 等 9 个：文件已加密"), "{text}");
        assert_eq!(text.lines().count(), 3);
    }
}
