//! The closing words of a run: counts, what failed and why, and where the results are.

use super::line::{Counts, Line, status_label};
use crate::document::Card;
use crate::language::{list, said, told};
use std::collections::BTreeSet;
use std::path::Path;
use yusuan_export::{DocumentRecord, DocumentStatus};

/// Sources shown per reason; documents.csv has them all.
const SHOWN: usize = 5;

/// Reasons shown per status, the most frequent ones.
const REASONS: usize = 10;

/// A run that ended.
pub(crate) struct Outcome<'a> {
    pub(crate) lines: &'a [Line],
    pub(crate) out: &'a Path,
    pub(crate) read: usize,
    pub(crate) unchanged: usize,
    pub(crate) kept: usize,
    pub(crate) dropped: usize,
}

/// The closing lines of a run.
pub(crate) fn of_run(outcome: &Outcome<'_>) -> String {
    let all = outcome.lines;
    let mut words = Vec::new();
    if all.len() > 1 || all.iter().any(|line| line.card.was_read()) {
        words.push(said::read_now(outcome.read, outcome.unchanged, counts(all)));
    }
    words.extend(problems(all));
    words.extend(versions(all));
    if outcome.kept > 0 {
        words.push(said::kept_from_before(outcome.kept));
    }
    if outcome.dropped > 0 {
        words.push(said::dropped(outcome.dropped));
    }
    words.push(said::results_in(outcome.out.display()));
    words.join("\n")
}

/// What failed and why, grouped by reason.
pub(crate) fn problems(all: &[Line]) -> Vec<String> {
    let mut words = Vec::new();
    words.extend(reasons(all, DocumentStatus::Failed).into_iter().map(said::failed_files));
    words.extend(reasons(all, DocumentStatus::Partial).into_iter().map(said::partial_files));
    // The reason itself begins with "unsupported".
    words.extend(reasons(all, DocumentStatus::Unsupported));
    words.extend(passed_over(all));
    let foreign = |line: &&Line| line.card.is_no_disclosure();
    let foreign: Vec<&str> = all.iter().filter(foreign).map(|line| line.source.as_str()).collect();
    if !foreign.is_empty() {
        words.push(said::no_disclosures(group_of(&foreign)));
    }
    words.extend(unrecognised(all));
    // Many disclosures are narrative alone, so this is no failure; but a table that was not seen must not go unsaid.
    let bare = |line: &&Line| {
        line.card.status == DocumentStatus::Ok
            && line.card.was_read()
            && line.card.tables == 0
            && !line.card.is_no_disclosure()
    };
    let bare: Vec<&str> = all.iter().filter(bare).map(|line| line.source.as_str()).collect();
    if !bare.is_empty() {
        words.push(said::to_check(group(&said::no_tables(), &bare)));
    }
    words
}

/// What lies in a folder beside disclosures and is no document: counted, and no news.
fn passed_over(all: &[Line]) -> Option<String> {
    let endings: Vec<String> = all.iter().filter_map(Line::ending_of_no_document).collect();
    let different: BTreeSet<&str> = endings.iter().map(String::as_str).collect();
    let shown: Vec<String> = different.iter().take(SHOWN).map(|ending| format!(".{ending}")).collect();
    (!endings.is_empty()).then(|| said::no_documents(endings.len(), list(&shown)))
}

/// Disclosures of which it could not be told whose they are, of which year, or of what kind.
fn unrecognised(all: &[Line]) -> Option<String> {
    let named = |line: &Line| Some(one_word(&line.source) + &said::in_brackets(unknown(&line.card)?));
    let files: Vec<String> = all.iter().filter_map(named).collect();
    let shown: Vec<&str> = files.iter().take(SHOWN).map(String::as_str).collect();
    (!files.is_empty()).then(|| said::not_recognised(files.len(), list(&shown) + &others(files.len())))
}

/// What is not known of a document that was read. The budget of a government has no department.
fn unknown(card: &Card) -> Option<String> {
    let identity = card.identity.as_ref().filter(|_| !card.is_no_disclosure())?;
    let has_body = !identity.department.is_empty() || !identity.region.is_empty();
    let known = [
        (said::no_department(), has_body),
        (said::no_year_known(), identity.year.is_some()),
        (said::no_kind(), identity.kind.is_some()),
    ];
    let unknown: Vec<&str> = known.iter().filter(|(_, is_known)| !is_known).map(|(word, _)| word.as_str()).collect();
    (!unknown.is_empty()).then(|| list(&unknown))
}

/// Which documents others of the same body, year and kind replace.
fn versions(all: &[Line]) -> Option<String> {
    let replaced: Vec<(&str, &str)> =
        all.iter().filter_map(|line| Some((line.source.as_str(), line.instead.as_deref()?))).collect();
    if replaced.is_empty() {
        return None;
    }
    let shown = replaced.iter().take(SHOWN).map(|(old, new)| said::replaced_by(one_word(old), one_word(new)));
    let shown = list(&shown.collect::<Vec<_>>()) + &others(replaced.len());
    Some(said::superseded(replaced.len(), shown))
}

/// What is said behind a list of which only the first are shown.
fn others(all: usize) -> String {
    if all > SHOWN { said::and_others() } else { String::new() }
}

/// One file of a run in one line.
pub(crate) fn of_line(line: &Line) -> String {
    sentence(&line.source, &line.card)
}

/// One file in one line.
pub(crate) fn of_record(record: &DocumentRecord) -> String {
    sentence(&record.source, &Card::of(record))
}

fn sentence(source: &str, card: &Card) -> String {
    let result = if card.was_read() { said::yield_of(card.tables, card.facts) } else { String::new() };
    let error = if card.error.is_empty() { String::new() } else { said::in_brackets(told(&card.error)) };
    format!("{} {}{result}{error}", status_label(card.status), one_word(source))
}

/// How many of each there are; what is no document is none of them.
pub(crate) fn counts(all: &[Line]) -> String {
    let documents: Vec<&Line> = all.iter().filter(|line| !line.is_no_document()).collect();
    let counts = Counts::of(documents);
    said::counts(counts.all, counts.shown(), counts.tables, counts.facts, counts.checks_passed, counts.checks_failed)
}

/// The files of one status, grouped by reason, the most frequent reasons first.
fn reasons(all: &[Line], status: DocumentStatus) -> Vec<String> {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in all.iter().filter(|line| line.card.status == status && !line.is_no_document()) {
        match groups.iter_mut().find(|(reason, _)| *reason == line.card.error) {
            Some((_, sources)) => sources.push(&line.source),
            None => groups.push((&line.card.error, vec![&line.source])),
        }
    }
    groups.sort_by_key(|(_, sources)| std::cmp::Reverse(sources.len()));
    let rest = groups.get(REASONS..).unwrap_or_default();
    let files: usize = rest.iter().map(|(_, sources)| sources.len()).sum();
    let more = said::more_reasons(files, rest.len());
    let shown = groups.iter().take(REASONS).map(|(reason, sources)| group(&told(reason), sources));
    let mut words: Vec<String> = shown.collect();
    words.extend((!rest.is_empty()).then_some(more));
    words
}

fn group(reason: &str, sources: &[&str]) -> String {
    said::about_file(group_of(sources), reason)
}

fn group_of(sources: &[&str]) -> String {
    let shown = sources.iter().take(SHOWN).map(|source| one_word(source)).collect::<Vec<_>>();
    let rest = if sources.len() > SHOWN { said::and_others_in_all(sources.len()) } else { String::new() };
    list(&shown) + &rest
}

/// A file name may hold line breaks; a line of the summary is one line.
fn one_word(source: &str) -> String {
    source.replace('\n', "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::unreadable;

    fn failed(source: &str) -> Line {
        let card = Card::of(&unreadable(source, "文件已加密".to_owned()));
        Line { source: source.to_owned(), card: card.into(), named: true, kept: false, instead: None }
    }

    fn said(lines: &[Line]) -> String {
        of_run(&Outcome { lines, out: Path::new("out"), read: lines.len(), unchanged: 0, kept: 0, dropped: 0 })
    }

    #[test]
    fn a_single_failing_file_is_two_lines() {
        let text = said(&[failed("a.pdf")]);
        assert_eq!(text, "失败：a.pdf：文件已加密\n结果在 out，每个文件的情况见其中的 documents.csv");
    }

    #[test]
    fn failures_are_grouped_by_reason_and_counted() {
        let lines: Vec<_> = (1..=9).map(|n| failed(&format!("{n}.pdf"))).collect();
        let text = said(&lines);
        assert!(text.contains("文件 9（完整 0，失败 9）"), "{text}");
        assert!(text.contains("失败：1.pdf、2.pdf、3.pdf、4.pdf、5.pdf 等 9 个：文件已加密"), "{text}");
        assert_eq!(text.lines().count(), 3);
    }

    #[test]
    fn many_reasons_are_not_all_told() {
        let line = |n: usize| {
            let mut line = failed(&format!("{n}.pdf"));
            std::sync::Arc::make_mut(&mut line.card).error = format!("原因{}", n.min(40));
            line
        };
        let lines: Vec<_> = (1..=42).map(line).collect();
        let text = said(&lines);
        assert!(text.contains("失败：40.pdf、41.pdf、42.pdf：原因40"), "{text}");
        assert!(text.contains("另有 30 个文件，30 种原因"), "{text}");
    }

    #[test]
    fn a_name_with_a_line_break_is_one_line() {
        assert_eq!(said(&[failed("a\nb.pdf")]).lines().count(), 2);
    }
}
