//! `explain`: what a rule says and what it rests on, and what the codes and flags of the output mean.

use super::spelling::nearest;
use crate::exit::Exit;
use crate::language::{codes, in_both, list, said};
use crate::report::printer;
use yusuan_extract::DiagnosticCode;
use yusuan_normalize::{Doubt, FactFlag, Rule, rule, rules};

#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

/// Prints what a code means, or the list of all.
pub(super) fn run(args: &ExplainArgs) -> anyhow::Result<Exit> {
    let Some(code) = &args.code else {
        printer::data(every_meaning().as_bytes())?;
        return Ok(Exit::Done);
    };
    let meanings = meanings(code.trim());
    if meanings.is_empty() {
        printer::error(&unknown(code.trim()));
        return Ok(Exit::Usage);
    }
    printer::data(meanings.concat().as_bytes())?;
    Ok(Exit::Done)
}

/// What is said of a code that means nothing.
fn unknown(code: &str) -> String {
    let known = every_code();
    let meant = nearest(code, known.iter().map(String::as_str));
    let wrong = said::no_such_code(code);
    let wrong = meant.map_or_else(|| wrong.clone(), |meant| said::with_hint(&wrong, said::did_you_mean(meant)));
    let ids: Vec<&str> = rules().iter().map(|rule| rule.id).collect();
    let known = said::codes_known(list(&ids));
    format!("{}\n{known}\n{}", said::wrong_usage(wrong), said::see("yusuan explain"))
}

/// Everything that can be explained, by its code.
fn every_code() -> Vec<String> {
    let diagnostics = DiagnosticCode::ALL.iter().map(|code| code.as_str());
    let flags = FactFlag::ALL.iter().flat_map(|flag| [flag.as_str(), flag.label_zh()]);
    let doubts = Doubt::MEANINGS.iter().map(|(code, _)| *code);
    let words = LISTS.iter().flat_map(|list| list.all.iter().map(|(code, ..)| *code));
    let all = rules().into_iter().map(|rule| rule.id).chain(diagnostics).chain(flags).chain(doubts).chain(words);
    all.map(ToOwned::to_owned).collect()
}

/// A closed list of words: what its words are called, its heading in the list of all, and the words.
struct Words {
    called: fn(&str) -> String,
    heading: fn() -> String,
    all: &'static [(&'static str, &'static str, &'static str)],
}

const LISTS: [Words; 4] = [
    Words { called: |code| said::a_status(code), heading: said::statuses_heading, all: codes::STATUSES },
    Words { called: |code| said::a_verdict(code), heading: said::verdicts_heading, all: codes::VERDICTS },
    Words { called: |code| said::a_cause(code), heading: said::causes_heading, all: codes::CAUSES },
    Words { called: |code| said::a_state(code), heading: said::states_heading, all: codes::STATES },
];

/// Everything that goes by the code: a word may be a doubt of an amount and one of a table.
fn meanings(code: &str) -> Vec<String> {
    let is_it = |known: &str| known.eq_ignore_ascii_case(code);
    let diagnostics = DiagnosticCode::ALL.iter().filter(|known| is_it(known.as_str()));
    let flags = FactFlag::ALL.iter().filter(|flag| is_it(flag.as_str()) || flag.label_zh() == code);
    let doubts = Doubt::MEANINGS.iter().filter(|(known, _)| is_it(known));
    let doubt = |(known, zh): &(&str, &'static str)| {
        format!("{}\n  {}\n", said::a_doubt(known), in_both(*zh, codes::doubt_en(known)))
    };
    let words = LISTS.iter().flat_map(|list| list.all.iter().map(move |word| (list, word)));
    let words = words.filter(|(_, (known, ..))| is_it(known));
    rule(code)
        .map(text)
        .into_iter()
        .chain(diagnostics.map(|known| diagnostic(*known)))
        .chain(flags.map(|flag| flag_text(*flag)))
        .chain(doubts.map(doubt))
        .chain(words.map(|(list, (known, zh, en))| format!("{}\n  {}\n", (list.called)(known), in_both(zh, en))))
        .collect()
}

fn diagnostic(code: DiagnosticCode) -> String {
    let loss = if code.loses_content() { said::loses_content() } else { said::loses_nothing() };
    format!("{}\n  {}\n  {loss}\n", said::a_diagnostic(code.as_str()), meaning(code))
}

fn meaning(code: DiagnosticCode) -> &'static str {
    in_both(code.meaning(), codes::meaning_en(code.as_str()))
}

fn flag_text(flag: FactFlag) -> String {
    let name = format!("{} {}", flag.as_str(), flag.label_zh());
    let meaning = in_both(flag.meaning(), codes::meaning_en(flag.as_str()));
    format!("{}\n  {meaning}\n", said::a_flag(in_both(name.as_str(), flag.as_str())))
}

/// Every code in a line.
fn every_meaning() -> String {
    let rules: Vec<String> = rules().iter().map(|r| format!("{:<4} {}", r.id, title(r))).collect();
    let diagnostics = DiagnosticCode::ALL.iter().map(|code| format!("{} {}", code.as_str(), meaning(*code)));
    let flag = |flag: &FactFlag| in_both(flag.label_zh(), codes::meaning_en(flag.as_str()));
    let flags = FactFlag::ALL.iter().map(|one| format!("{} {}", one.as_str(), flag(one)));
    let doubts = Doubt::MEANINGS.iter().map(|(code, zh)| format!("{code} {}", in_both(*zh, codes::doubt_en(code))));
    let parts = [
        (said::rules_heading(), rules),
        (said::diagnostics_heading(), diagnostics.collect()),
        (said::flags_heading(), flags.collect()),
        (said::doubts_of_tables_heading(), doubts.collect()),
    ];
    let lists = LISTS.iter().map(|list| {
        let words = list.all.iter().map(|(code, zh, en)| format!("{code} {}", in_both(zh, en)));
        ((list.heading)(), words.collect::<Vec<String>>())
    });
    let parts = parts.into_iter().chain(lists).map(|(heading, lines)| format!("{heading}\n{}\n", lines.join("\n")));
    parts.collect::<Vec<String>>().join("\n")
}

/// A rule's title in the language of the program.
fn title(rule: &Rule) -> &'static str {
    codes::rule_titles(rule.id).map_or(rule.title, |(zh, en)| in_both(zh, en))
}

fn text(rule: &Rule) -> String {
    let tolerance = if rule.is_check() { format!("  {}\n", said::tolerance_text()) } else { String::new() };
    let source = said::rests_on(rule.source);
    format!("{} {}\n  {}\n  {source}\n{tolerance}", rule.id, title(rule), rule.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_found_in_any_case_and_named_when_not() {
        assert_eq!(rule("b10").map(|r| r.id), Some("B10"));
        assert!(rule("Z9").is_none());
        assert!(unknown("Z9").contains("A1、A2、") && unknown("Z9").contains("、E1、U01、"));
        assert!(unknown("unit_conflct").contains("是不是 unit_conflict？") && !unknown("Zzzzz").contains("是不是"));
        let tolerance = said::tolerance_text();
        assert!(text(rules()[0]).starts_with("A1 行内合计\n") && text(rules()[0]).contains(&tolerance));
        assert!(!rule("u05").is_some_and(|reading| text(reading).contains(&tolerance)));
    }

    #[test]
    fn every_code_of_the_output_is_known() {
        for code in every_code() {
            assert!(!meanings(&code).is_empty(), "{code} is not explained");
        }
        // An amount's flag and a table's doubt of one name are both told; a code is not taken for a rule like it.
        assert_eq!(meanings("unit_missing").len(), 2);
        assert!(meanings("e010")[0].starts_with("E010（读取情况）"));
        assert!(meanings("Z9").is_empty());
    }
}
