//! `explain`: what an arithmetic rule says and what it rests on.

use crate::args::ExplainArgs;
use crate::exit::Exit;
use crate::printer;
use yusuan_normalize::{RULES, Rule, rule};

const TOLERANCE: &str = "容差：参与的每个数按印出的末位各算半个单位；在此之内是四舍五入，超出才算不符";

/// Prints one rule, or the list of all.
pub(crate) fn run(args: &ExplainArgs) -> anyhow::Result<Exit> {
    let Some(id) = &args.rule else {
        let list: Vec<String> = RULES.iter().map(|r| format!("{:<4} {}\n", r.id, r.title)).collect();
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
    RULES.iter().map(|r| r.id).collect::<Vec<_>>().join("、")
}

fn text(rule: &Rule) -> String {
    format!("{} {}\n  {}\n  依据：{}\n  {TOLERANCE}\n", rule.id, rule.title, rule.statement, rule.source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_found_in_any_case_and_named_when_not() {
        assert_eq!(rule("b10").map(|r| r.id), Some("B10"));
        assert!(rule("Z9").is_none());
        assert!(RULES.len() > 15 && ids().starts_with("A1、A2"));
        assert!(text(&RULES[0]).starts_with("A1 行内合计\n"));
    }
}
