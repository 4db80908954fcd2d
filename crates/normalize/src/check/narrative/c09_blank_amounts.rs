//! C9: a unit without a figure before it is a blank of the model text that nobody filled in: 政府性基金支出预算支出万元。
//!
//! The narratives are written into the model texts of 财政部《地方预决算公开操作规程》, whose blanks stand between the words and
//! the unit.

use crate::check::checker::{Checker, Run};
use crate::check::narrative::said::{Outcome, on_page};
use crate::check::scene::Scene;
use crate::check::source::PROCEDURE;
use crate::model::check::{Check, CheckStatus};
use crate::model::rule::Rule;
use crate::model::vocabulary::Cause;
use crate::narrative::paragraph::Paragraph;
use crate::reading::fold::{fold, pattern};

/// 文字说明缺数.
pub(crate) const C9: Rule = Rule {
    id: "C9",
    title: "文字说明缺数",
    text: "文字说明里单位前面有数：“支出预算万元”“增长%”是没有填写的空格",
    source: PROCEDURE,
};

/// The check.
pub(crate) const CHECKER: Checker = Checker {
    rules: &[C9],
    runs: &[Run::Words(checks)],
    ties: &[],
    #[cfg(test)]
    example: tests::example,
};

pattern!(
    BLANK,
    "(?:支出|收入|预算|决算|预算数|决算数|合计|总计|总额|经费|费|共|共计|为|增加|减少)(?:万元|亿元)|(?:增长|下降|增加|减少|占比|占比为)%"
);

// 金额单位均为万元; 除特别注明外，金额均为万元: the unit of the whole text is told, nothing is left out.
pattern!(
    TELLS_THE_UNIT,
    "单位(?:[:]|统一|一律|一般|全部|均|皆|都|以|用|采用|按|是|为|表示)*$|(?:金额|数据|数字|数值|数额|款项)(?:[^,;。0-9]{0,4})(?:均|皆|都|统一|一律|全部)(?:以|按|为|是)+$|(?:除|另有|注明|说明)[^。;0-9]{0,16}(?:均|皆|都|统一|一律)(?:以|按|为|是)+$"
);
pattern!(UNIT, "(?:万元|亿元)$");

/// Characters before a blank that are shown.
const SHOWN_BEFORE: usize = 24;

/// Every blank of the narrative.
fn checks(scene: &Scene<'_>) -> Vec<Check> {
    scene.paragraphs.iter().flat_map(blanks).collect()
}

/// Sentences only: heads of columns name units too.
fn blanks(paragraph: &Paragraph) -> Vec<Check> {
    let text = fold(&paragraph.text);
    if !text.contains(['。', ',']) || text.contains("单位:") {
        return Vec::new();
    }
    let shown = |end: usize| -> String {
        let before: Vec<char> = text.get(..end).unwrap_or_default().chars().rev().take(SHOWN_BEFORE).collect();
        before.into_iter().rev().collect()
    };
    let blanks = BLANK.find_iter(&text).filter(|found| !tells_the_unit(text.get(..found.end()).unwrap_or_default()));
    blanks.map(|found| check(paragraph.page, &shown(found.end()))).collect()
}

/// Whether the unit at the end of a text is told, and not said of an amount.
fn tells_the_unit(text: &str) -> bool {
    UNIT.find(text).is_some_and(|unit| TELLS_THE_UNIT.is_match(text.get(..unit.start()).unwrap_or_default()))
}

fn check(page: Option<u32>, shown: &str) -> Check {
    let words = format!("“…{shown}”：单位前没有数");
    let reason = "说明文字里的数没有填写".to_owned();
    on_page(page, Outcome { rule: &C9, status: CheckStatus::Failed, words, reason, cause: Cause::Published })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Example;

    fn with(text: &str) -> Example {
        let paragraph = Paragraph { page: Some(16), text: text.to_owned(), ..Paragraph::default() };
        Example { paragraphs: vec![paragraph], ..Example::default() }
    }

    pub(crate) fn example() -> Example {
        with("支出12万元，比上年增长%。")
    }

    #[test]
    fn units_without_figures_are_blanks() {
        let found = |text: &str| checks(&with(text).scene());
        let blank = found("某厅2019年政府性基金支出预算支出万元。与上年相比增加（减少）0万元，增长（减少）0%。");
        assert_eq!(blank.len(), 1);
        assert!(blank[0].claim_text.contains("支出预算支出万元"), "{}", blank[0].claim_text);
        assert_eq!(found("支出12万元，比上年增长%。").len(), 1);
        assert!(found("支出12万元，比上年增长3%，减少2.5亿元。").is_empty());
        assert!(found("单位：万元，支出预算万元").is_empty(), "a unit line");
        for told in [
            "除特别注明外，金额单位均为万元。",
            "本说明中除另有注明外，金额均为万元，因四舍五入存在尾差。",
            "以下数据均为万元，保留两位小数。",
            "本表金额单位统一为亿元。",
        ] {
            assert!(found(told).is_empty(), "{told}");
        }
        assert_eq!(found("我单位收入预算为万元，比上年增加。").len(), 1);
        assert_eq!(found("除上述支出外，项目支出为万元。").len(), 1);
        assert!(found("支出预算万元").is_empty(), "the head of a column");
    }
}
