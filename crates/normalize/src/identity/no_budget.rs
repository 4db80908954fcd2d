//! Papers that lie among the disclosures and are none: rules, statistics, tenders, blank templates.
//!
//! A paper that prints amounts in the tables of a budget is one, whatever stands above it; only statistics print the same
//! tables under another name.

use crate::identity::material::cover_lines;
use crate::model::prose_figure::ProseFigure;
use crate::model::rule::Rule;
use crate::model::statement::Statement;
use crate::model::vocabulary::{TableState, TableType};
use crate::reading::fold::{fold, fold_letters};
use crate::reading::title::strip_brackets;
use crate::reading::words::{AUDIT_ENDS, BUDGET_WORDS, PLACEHOLDERS, RULES_ENDS, STATISTICS, TENDER_ENDS, TENDERS};
use std::collections::BTreeSet;
use yusuan_extract::{CaptionSide, Extraction};

/// A disclosure under such a head prints at least so many kinds of the budget's tables.
const LEAST_TYPES: usize = 2;
/// Fewer characters say nothing: a scan, a cover alone.
const LEAST_TEXT: usize = 100;

/// What a paper is instead, in words; none where it may be a disclosure. `told`: the amounts of its narrative.
pub(crate) fn reason(extraction: &Extraction, tables: &[Statement], told: &[ProseFigure]) -> Option<&'static str> {
    let heads = head_lines(extraction);
    let named = |is: &dyn Fn(&str) -> bool| heads.iter().any(|line| is(line));
    let types = types_with_amounts(tables);
    if named(&|line| STATISTICS.is_in(line) && !BUDGET_WORDS.is_in(line)) {
        return Some("统计资料");
    }
    // A single table that looks like one of the budget's may be a list of prices, a rate of allowances.
    if types.len() < LEAST_TYPES {
        let papers =
            [("招标、采购文件", named(&is_tender)), ("审计报告", named(&is_audit)), ("制度、通知", named(&is_rule))];
        if let Some((what, _)) = papers.into_iter().find(|(_, named)| *named) {
            return Some(what);
        }
    }
    if !types.is_empty() {
        return None;
    }
    if named(&is_notice) {
        return Some("制度、通知");
    }
    // Pages that could not be read may hold what is missing.
    if extraction.diagnostics.iter().any(|d| d.code.loses_content()) {
        return None;
    }
    if is_blank(tables) && !told.iter().any(is_told) {
        return Some("空白样表");
    }
    is_foreign(extraction, tables).then_some("全文没有预算、决算的内容")
}

/// The kinds of the budget's tables in which amounts stand.
fn types_with_amounts(tables: &[Statement]) -> BTreeSet<TableType> {
    let filled = |s: &&Statement| s.facts.iter().any(|f| f.value.is_some_and(|v| !v.is_zero()));
    let types = tables.iter().filter(filled).map(|s| s.table_type);
    types.filter(|t| *t != TableType::Other).collect()
}

/// The lines of the cover, or those above everything else, and what stands above the first table.
fn head_lines(extraction: &Extraction) -> Vec<String> {
    let lines: Vec<String> = extraction.lines.iter().map(|line| fold_letters(&line.text)).collect();
    let mut heads = cover_lines(extraction, &lines);
    let captions = extraction.tables.first().into_iter().flat_map(|t| &t.captions);
    heads.extend(captions.filter(|c| c.side == CaptionSide::Above).map(|c| c.text.clone()));
    let heads: Vec<String> = heads.iter().map(|line| fold(line)).collect();
    // A long title goes on on the next line.
    let pairs = heads.windows(2).map(<[std::string::String]>::concat);
    heads.iter().cloned().chain(pairs).collect()
}

/// 某某项目公开招标公告, 竞争性磋商文件.
fn is_tender(line: &str) -> bool {
    let bare = strip_brackets(line);
    TENDERS.is_in(&bare) && TENDER_ENDS.ends(&bare) && !BUDGET_WORDS.is_in(&bare)
}

/// 某某市市级部门预算管理办法（试行）.
fn is_rule(line: &str) -> bool {
    let bare = strip_brackets(line);
    let title = bare.trim_matches(['《', '》', '<', '>']);
    let short = title.chars().count() <= 60 && !title.contains(['。', ';', ':']);
    short && RULES_ENDS.ends(title)
}

/// 关于编制2025年部门预算的通知. One that makes a budget public, or answers with it, is a disclosure.
fn is_notice(line: &str) -> bool {
    line.contains("关于") && line.ends_with("通知") && !["公开", "批复", "公布"].iter().any(|word| line.contains(word))
}

/// 关于2023年度市级预算执行和其他财政收支的审计工作报告: it quotes a budget.
fn is_audit(line: &str) -> bool {
    AUDIT_ENDS.ends(&strip_brackets(line))
}

/// The tables of a budget without a single figure, most of which don't say that they are empty: a form to be filled in.
fn is_blank(tables: &[Statement]) -> bool {
    let in_state = |state| tables.iter().filter(|s| s.table_type != TableType::Other && s.state == state).count();
    let filled = tables.iter().any(|s| !s.facts.is_empty() || !s.indicators.is_empty() || !s.unread.is_empty());
    !filled && in_state(TableState::EmptyGrid) > in_state(TableState::DeclaredEmpty)
}

/// Whether an amount is told, and does not stand in a sentence that is still to be filled in: 单价100万元以上设备XX台.
fn is_told(figure: &ProseFigure) -> bool {
    !PLACEHOLDERS.is_in(&figure.sentence)
}

/// Whether no word of a budget stands anywhere in a text that is long enough to say so.
fn is_foreign(extraction: &Extraction, tables: &[Statement]) -> bool {
    let cells = extraction.tables.iter().flat_map(|t| &t.cells).map(|c| c.text.as_str());
    let captions = extraction.tables.iter().flat_map(|t| &t.captions).map(|c| c.text.as_str());
    let texts = || extraction.lines.iter().map(|l| l.text.as_str()).chain(cells.clone()).chain(captions.clone());
    let long = texts().map(|t| t.chars().count()).sum::<usize>() >= LEAST_TEXT;
    let han = texts().any(|t| t.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)));
    let typed = tables.iter().any(|s| s.table_type != TableType::Other);
    long && han && !typed && !texts().any(|t| BUDGET_WORDS.is_in(&fold(t)))
}

/// The rules of this module.
pub(crate) const RULES: &[Rule] = &[Rule {
    id: "I02",
    title: "Papers that are no disclosures",
    text: "a paper is `other` where its head calls it a yearbook or a statistical bulletin; a tender, a contract, an audit report or a rule (and it prints amounts in no more than one kind of budget table); a notice (and it prints none there, nor makes a budget public); where its budget tables are a form without figures, and the sentences around them too; or where its text names no budget at all. Its amounts stay in `facts`; the overview and the panel leave it out",
    source: "《预算法》第十四条: what is disclosed is the budget and the final accounts with their tables and explanations",
}];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_tenders_and_rules() {
        for line in ["某县中学教学楼项目公开招标公告", "竞争性磋商文件", "政府采购合同（服务类）"]
        {
            assert!(is_tender(&fold(line)), "{line}");
        }
        for line in ["某市招标投标办公室2024年部门预算公开", "2024年政府采购预算表", "某市公共资源交易中心"]
        {
            assert!(!is_tender(&fold(line)), "{line}");
        }
        for line in ["某市市级部门预算管理办法（试行）", "《行政单位财务规则》"] {
            assert!(is_rule(&fold(line)), "{line}");
        }
        assert!(is_notice("关于编制2025年部门预算的通知"));
        assert!(!is_notice("关于公开2025年部门预算的通知") && !is_notice("关于批复2025年部门预算的通知"));
        for line in ["某市财政局2024年部门预算", "一、预算编制依据：按照预算管理办法", "关于2024年预算执行情况的报告"]
        {
            assert!(!is_rule(&fold(line)), "{line}");
        }
    }
}
