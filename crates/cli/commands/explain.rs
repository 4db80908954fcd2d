//! `explain`: what a rule says and what it rests on.

use crate::exit::Exit;
use crate::report::printer;
use yusuan_normalize::{Rule, rule, rules};

const TOLERANCE: &str = "容差：参与的每个数按印出的末位各算半个单位；在此之内是四舍五入，超出才算不符";

#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// 规则编号，如 A1
    #[arg(value_name = "规则", help_heading = "参数")]
    rule: Option<String>,
}

/// Prints one rule, or the list of all.
pub(super) fn run(args: &ExplainArgs) -> anyhow::Result<Exit> {
    let Some(id) = &args.rule else {
        let list: Vec<String> = rules().iter().map(|r| format!("{:<4} {}\n", r.id, r.title)).collect();
        printer::data(list.concat().as_bytes())?;
        return Ok(Exit::Done);
    };
    let Some(found) = rule(id) else {
        printer::error(&format!("用法错误：没有规则 {id}\n可用：{}", ids()));
        return Ok(Exit::Usage);
    };
    printer::data(text(found).as_bytes())?;
    Ok(Exit::Done)
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
}
