//! `explain`: what a rule says and what it rests on, and what the codes and flags of the output mean.

use crate::exit::Exit;
use crate::report::printer;
use yusuan_extract::DiagnosticCode;
use yusuan_normalize::{Doubt, FactFlag, Rule, rule, rules};

const TOLERANCE: &str = "容差：参与的每个数按印出的末位各算半个单位；在此之内是四舍五入，超出才算不符";

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct ExplainArgs {
    /// 规则编号（如 A1）、读取情况的代码（如 E010），或 facts.csv、tables.csv 里的标记（如 unit_conflict、单位矛盾）
    #[arg(value_name = "编号", help_heading = "参数")]
    code: Option<String>,
}

/// Prints what a code means, or the list of all.
pub(super) fn run(args: &ExplainArgs) -> anyhow::Result<Exit> {
    let Some(code) = &args.code else {
        printer::data(list().as_bytes())?;
        return Ok(Exit::Done);
    };
    let meanings = meanings(code.trim());
    if meanings.is_empty() {
        printer::error(&format!(
            "用法错误：没有规则 {code}，也没有这个代码或标记\n可用：{}\n详见 yusuan explain",
            ids()
        ));
        return Ok(Exit::Usage);
    }
    printer::data(meanings.concat().as_bytes())?;
    Ok(Exit::Done)
}

/// Everything that goes by the code: a word may be a doubt of an amount and one of a table.
fn meanings(code: &str) -> Vec<String> {
    let is_it = |known: &str| known.eq_ignore_ascii_case(code);
    let diagnostics = DiagnosticCode::ALL.iter().filter(|known| is_it(known.as_str()));
    let flags = FactFlag::ALL.iter().filter(|flag| is_it(flag.as_str()) || flag.label_zh() == code);
    let doubts = Doubt::MEANINGS.iter().filter(|(known, _)| is_it(known));
    rule(code)
        .map(text)
        .into_iter()
        .chain(diagnostics.map(|known| diagnostic(*known)))
        .chain(flags.map(|flag| flag_text(*flag)))
        .chain(doubts.map(|(known, meaning)| format!("{known}（表的疑点）\n  {meaning}\n")))
        .collect()
}

fn diagnostic(code: DiagnosticCode) -> String {
    let loss = if code.loses_content() {
        "文件里有内容可能没有读到：文件记为不完整"
    } else {
        "只是说明：文件仍记为完整"
    };
    format!("{}（读取情况）\n  {}\n  {loss}\n", code.as_str(), code.meaning())
}

fn flag_text(flag: FactFlag) -> String {
    format!("{} {}（金额的标记）\n  {}\n", flag.as_str(), flag.label_zh(), flag.meaning())
}

/// Every code in a line.
fn list() -> String {
    let rules: Vec<String> = rules().iter().map(|r| format!("{:<4} {}", r.id, r.title)).collect();
    let codes = DiagnosticCode::ALL.iter().map(|code| format!("{} {}", code.as_str(), code.meaning()));
    let flags = FactFlag::ALL.iter().map(|flag| format!("{} {}", flag.as_str(), flag.label_zh()));
    let doubts = Doubt::MEANINGS.iter().map(|(code, meaning)| format!("{code} {meaning}"));
    let parts = [
        ("规则：", rules),
        ("读取情况：", codes.collect()),
        ("金额的标记：", flags.collect()),
        ("表的疑点：", doubts.collect()),
    ];
    parts.map(|(heading, lines)| format!("{heading}\n{}\n", lines.join("\n"))).join("\n")
}

fn ids() -> String {
    rules().iter().map(|r| r.id).collect::<Vec<_>>().join("、")
}

fn text(rule: &Rule) -> String {
    let tolerance = if rule.is_check() { format!("  {TOLERANCE}\n") } else { String::new() };
    format!("{} {}\n  {}\n  依据：{}\n{tolerance}", rule.id, rule.title, rule.text, rule.source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_found_in_any_case_and_named_when_not() {
        assert_eq!(rule("b10").map(|r| r.id), Some("B10"));
        assert!(rule("Z9").is_none());
        assert!(ids().starts_with("A1、A2") && ids().contains("、E1、U01、"));
        assert!(text(rules()[0]).starts_with("A1 行内合计\n") && text(rules()[0]).contains(TOLERANCE));
        assert!(!rule("u05").is_some_and(|reading| text(reading).contains(TOLERANCE)));
    }

    #[test]
    fn every_code_of_the_output_is_known() {
        let codes = DiagnosticCode::ALL.iter().map(|code| code.as_str());
        let flags = FactFlag::ALL.iter().flat_map(|flag| [flag.as_str(), flag.label_zh()]);
        let doubts = Doubt::MEANINGS.iter().map(|(code, _)| *code);
        for code in codes.chain(flags).chain(doubts).chain(rules().iter().map(|rule| rule.id)) {
            assert!(!meanings(code).is_empty(), "{code} is not explained");
        }
        // An amount's flag and a table's doubt of one name are both told; a code is not taken for a rule like it.
        assert_eq!(meanings("unit_missing").len(), 2);
        assert!(meanings("e010")[0].starts_with("E010（读取情况）"));
        assert!(meanings("Z9").is_empty());
    }
}
