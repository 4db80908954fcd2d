//! Which text says what unit the figures are printed in.
//!
//! 单位 means a money unit, an organisation (编制单位：某局) and a measure (计量单位：人次): only a money word right behind
//! `单位：` or `金额：` counts, so that 单位价值50万元以上 is prose and no unit.

use crate::model::money::MoneyUnit;
use crate::model::rule::Rule;
use crate::reading::fold::pattern;

const MONEY: &str = "(百万元|千万元|万元|千元|亿元|元)";

// 单位：人、万元 over 人数 and 金额.
const MEASURE: &str = "(?:人次|人|台[(]套[)]|辆[(]台[)]|台|套|辆|个|批次|批|次|户|家|件|项|平方米|亩|公里|%)";

pattern!(
    DECLARED,
    &format!(
        "(?:单位|金额|货币|币种|人民币)(?:为)?[:：]?(?:人民币)?[(:：]*(?:{MEASURE}[、,/])*{MONEY}(?:人民币)?(?:$|[^\\p{{Han}}]|列至|保留|人民币|币种|货币|部门|单位|编制|填报|公开|预算|日期|附表|表)"
    )
);
pattern!(BRACKETED, &format!("^[(\\[](?:金额)?(?:单位)?:?(?:人民币)?{MONEY}[)\\]]$"));
pattern!(IN_HEADER, &format!("[(\\[](?:金额)?(?:单位)?:?(?:人民币)?{MONEY}(?:人民币)?[)\\]]"));
pattern!(ALTERNATIVE, &format!("^[/、或]{MONEY}(?:$|[^\\p{{Han}}])"));
pattern!(AT_END, &format!("[(\\[](?:金额)?(?:单位)?:?(?:人民币)?{MONEY}(?:人民币)?[)\\]]$"));
pattern!(WHOLE_LINE, &format!("^[(]?(?:金额|(?:金额)?单位):(?:人民币)?{MONEY}[)]?$"));
pattern!(BARE, &format!("^(?:人民币)?{MONEY}$"));
pattern!(
    WHOLE_DOCUMENT,
    &format!(
        "(?:报表|表格|各表|本套|以下|下列|公开表|附表|数据|如无特殊说明|除特殊说明).{{0,20}}单位(?:均|统一|都)?(?:为|是|:)(?:人民币)?{MONEY}"
    )
);

/// A line is never broken into more pieces: 单 位 ： 百 万 元 one below the other.
const MAX_PIECES: usize = 8;

fn money(word: &str) -> Option<MoneyUnit> {
    MoneyUnit::ALL.iter().copied().find(|u| u.as_str() == word)
}

/// The unit that a caption (folded) declares: `单位:万元`, `金额单位：元（列至角分）`, `（单位：万元）`.
pub(crate) fn in_caption(folded: &str) -> Option<MoneyUnit> {
    // A bare 元 is no declaration: it may be the last piece of 单位：万元 (see `in_pieces`).
    let found = DECLARED.captures(folded).or_else(|| BRACKETED.captures(folded));
    money(found?.get(1)?.as_str())
}

/// Every unit that a caption (folded) declares, in its order: 单位:元 单位:万元; 单位:元/万元.
pub(crate) fn all_in_caption(folded: &str) -> Vec<MoneyUnit> {
    let mut found = Vec::new();
    let mut rest = folded;
    while let Some(unit) = DECLARED.captures(rest).or_else(|| IN_HEADER.captures(rest)).and_then(|c| c.get(1)) {
        found.extend(money(unit.as_str()));
        rest = &rest[unit.end()..];
        if let Some(next) = ALTERNATIVE.captures(rest).and_then(|c| c.get(1)) {
            found.extend(money(next.as_str()));
        }
    }
    found
}

/// The piece of a broken unit line that a caption (folded) ends in: all of `位:万`, the last sign of `部门:某某局单`.
pub(crate) fn piece(folded: &str) -> &str {
    let kept = folded.trim_end_matches(|c: char| "金额单位:人民币百千万亿元()".contains(c)).len();
    &folded[kept..]
}

/// The unit that the pieces (folded) of a wrapped or vertical line declare together: `金额单` `位:万` `元`.
pub(crate) fn in_pieces(pieces: &[String]) -> Option<MoneyUnit> {
    for first in 0..pieces.len() {
        let mut line = String::new();
        let mut declared = None;
        for piece in pieces[first..].iter().take(MAX_PIECES) {
            line.push_str(piece);
            // The longest run counts: 单位:万 + 元.
            let whole = WHOLE_LINE.captures(&line).and_then(|c| money(c.get(1)?.as_str()));
            declared = whole.or(declared);
        }
        if declared.is_some() {
            return declared;
        }
    }
    None
}

/// The unit that stands alone on a line, where no other line (folded) holds a piece of a unit line.
pub(crate) fn alone(lines: &[String]) -> Option<MoneyUnit> {
    // A title in brackets ends as a piece of (单位:万元) does.
    let mut found = lines.iter().filter(|l| !piece(l).trim_matches(['(', ')']).is_empty());
    let (only, None) = (found.next()?, found.next()) else { return None };
    money(BARE.captures(only)?.get(1)?.as_str())
}

/// The unit that a header cell (folded) declares: `预算数(万元)`, `金额(单位:元)`.
pub(crate) fn in_header(folded: &str) -> Option<MoneyUnit> {
    let found = IN_HEADER.captures(folded).or_else(|| BARE.captures(folded)).or_else(|| DECLARED.captures(folded));
    money(found?.get(1)?.as_str())
}

/// The unit that a sentence (folded) states for all tables: 以下各表金额单位均为万元.
pub(crate) fn in_statement(folded: &str) -> Option<MoneyUnit> {
    money(WHOLE_DOCUMENT.captures(folded)?.get(1)?.as_str())
}

/// The unit in brackets at the end of a row's label or of a title (folded): 车均运行费(元), 项目支出表(单位:万元).
pub(crate) fn at_end(folded: &str) -> Option<MoneyUnit> {
    money(AT_END.captures(folded)?.get(1)?.as_str())
}

/// A text (folded) without the unit in brackets at its end.
pub(crate) fn without_end(folded: &str) -> &str {
    AT_END.find(folded).map_or(folded, |found| &folded[..found.start()])
}

/// A header text without the unit in brackets, for comparison with known headings.
pub(crate) fn strip(folded: &str) -> String {
    IN_HEADER.replace_all(folded, "").into_owned()
}

/// The rules of this module.
pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "U01",
        title: "Money units only",
        text: "单位： or 金额： declares a unit only with 元, 千元, 万元, 百万元 or 亿元 right behind it; 单位 as organisation (编制单位) or measure (计量单位) declares none",
        source: "use of 单位 in the forms of 部门预算 and 部门决算",
    },
    Rule {
        id: "U02",
        title: "Nearest declaration",
        text: "cell beats column beats table beats the previous page of the same table beats a statement for all tables",
        source: "forms print 单位：万元 right above the grid; column heads such as 预算数（万元） restate it for one column",
    },
    Rule {
        id: "U03",
        title: "Wrapped unit lines",
        text: "pieces of a unit line that was broken or set vertically are put together before it is read",
        source: "published tables with 单位 / ：万 / 元 one below the other",
    },
    Rule {
        id: "U04",
        title: "A unit alone",
        text: "元 or 万元 alone on a line counts only where no other line holds a piece of a unit line",
        source: "it may be the last piece of a broken 单位：万元",
    },
    Rule {
        id: "U05",
        title: "No unit, no value",
        text: "an amount without any unit keeps its printed text and gets no value; an unknown table without a unit gives no amounts",
        source: "a wrong number is worse than a missing one",
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::fold::fold;

    #[test]
    fn tells_money_from_organisation_and_measure() {
        let wan = Some(MoneyUnit::TenThousandYuan);
        let yuan = Some(MoneyUnit::Yuan);
        let cases = [
            ("单位：万元", wan),
            ("单位 ：万 元", wan),
            ("金额单位：万元", wan),
            ("金额：万元", wan),
            ("单位:元", yuan),
            ("金额单位：元（列至角分）", yuan),
            ("部门：某局　　单位：万元", wan),
            ("（单位：万元）", wan),
            ("单位：万元  部门：某局", wan),
            ("单位：人民币万元", wan),
            ("单位：人、万元", wan),
            ("单位：台（套）、万元", wan),
            ("人民币：万元", wan),
            ("单位：万元、%", wan),
            ("单位：万元 币种：人民币", wan),
            ("编制单位：某某局", None),
            ("单位价值50万元以上", None),
            ("计量单位：人次", None),
            ("单位：元旦办公室", None),
            ("单位名称：万元户合作社", None),
        ];
        for (text, unit) in cases {
            assert_eq!(in_caption(&fold(text)), unit, "{text}");
        }
    }

    #[test]
    fn captions_that_declare_two_units() {
        let (yuan, wan) = (MoneyUnit::Yuan, MoneyUnit::TenThousandYuan);
        let all = |text: &str| all_in_caption(&fold(text));
        assert_eq!(all("单位：元      单位：万元"), [yuan, wan]);
        assert_eq!(all("项目支出表（单位：万元）"), [wan]);
        assert_eq!(all("单位：元/万元"), [yuan, wan]);
        assert_eq!(all("部门：某局　单位：万元、%"), [wan]);
        assert_eq!(all("编制单位：某局"), []);
        assert_eq!((at_end(&fold("车均运行费（元）")), without_end("运行费(元)")), (Some(yuan), "运行费"));
        assert_eq!(at_end(&fold("设备（台）")), None);
    }

    #[test]
    fn wrapped_unit_lines() {
        let pieces = |parts: &[&str]| in_pieces(&parts.iter().map(|p| piece(&fold(p)).to_owned()).collect::<Vec<_>>());
        assert_eq!(pieces(&["金额单", "位：万", "元"]), Some(MoneyUnit::TenThousandYuan));
        assert_eq!(pieces(&["某局", "单位", "：", "元"]), Some(MoneyUnit::Yuan));
        assert_eq!(pieces(&["部门：某市某局 单", "协会", "位：", "元"]), Some(MoneyUnit::Yuan));
        assert_eq!(pieces(&["金额：", "万元"]), Some(MoneyUnit::TenThousandYuan));
        assert_eq!(pieces(&["下属事业单位", "元"]), None);
        assert_eq!(pieces(&["万", "元"]), None);
        assert_eq!(in_caption("元"), None);
        let lines = |texts: &[&str]| alone(&texts.iter().map(|t| fold(t)).collect::<Vec<_>>());
        assert_eq!(lines(&["部门收支总表", "元"]), Some(MoneyUnit::Yuan));
        assert_eq!(lines(&["项目支出明细表（二十一）", "万元"]), Some(MoneyUnit::TenThousandYuan));
        assert_eq!(lines(&["部门收支总表", "万", "元"]), None);
        assert_eq!(lines(&["下属事业单位", "元"]), None);
    }

    #[test]
    fn header_units() {
        assert_eq!(in_header(&fold("预算数（万元）")), Some(MoneyUnit::TenThousandYuan));
        assert_eq!(in_header(&fold("预算资金(元)")), Some(MoneyUnit::Yuan));
        assert_eq!(in_header(&fold("数量（台）")), None);
        assert_eq!(strip(&fold("项目金额（万元）")), "项目金额");
    }

    #[test]
    fn document_statement() {
        assert_eq!(in_statement("以下各表金额单位均为万元"), Some(MoneyUnit::TenThousandYuan));
        assert_eq!(in_statement("我单位收入100万元"), None);
    }
}
