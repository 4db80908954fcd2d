//! What a row's label says about its place: list numbers, totals, 其中.

use crate::model::vocabulary::RowKind;
use crate::reading::fold::{ends_in, pattern};
use crate::reading::words::LIST_HEADS;

pattern!(
    MARK,
    "^(?:其中[:：]?|[㈠-㈩]|[(][一二三四五六七八九十0-9]{1,3}[)][、.]?|[一二三四五六七八九十]{1,3}[、.]|[0-9]{1,2}[、.)]|[①-⒛])"
);
pattern!(FIRST, "^[一二三四五六七八九十]{1,3}[、.]");
pattern!(SECOND, "^(?:[(][一二三四五六七八九十]{1,3}[)]|[㈠-㈩])");
pattern!(THIRD, "^(?:[0-9]{1,2}[、.](?:[^0-9]|$)|[⒈-⒛])");
pattern!(FOURTH, "^(?:[(][0-9]{1,2}[)]|[0-9]{1,2}[)]|[⑴-⒇])");
pattern!(FIFTH, "^[①-⑳]");

/// Rank of the list number in front of a label (folded): 一、 is 1, （一）is 2, 1. is 3, (1) is 4, ① is 5; 0 is none.
pub(crate) fn rank(folded: &str) -> usize {
    [&*FIRST, &*SECOND, &*THIRD, &*FOURTH, &*FIFTH].iter().position(|p| p.is_match(folded)).map_or(0, |i| i + 1)
}

/// The label (folded) without its list numbers.
pub(crate) fn bare(folded: &str) -> &str {
    let mut text = folded;
    while let Some(mark) = MARK.find(text) {
        if mark.end() == text.len() {
            break;
        }
        text = &text[mark.end()..];
    }
    text
}

/// What a label alone says of the row.
pub(crate) fn kind(folded: &str) -> RowKind {
    let text = bare(folded);
    if folded.starts_with("其中") || text.starts_with("其中") {
        return RowKind::OfWhich;
    }
    if text == "小计" || ends_in(text, &["小计"]) {
        return RowKind::Subtotal;
    }
    let total = ends_in(text, &["合计", "总计", "共计", "合计:", "总额"])
        || matches!(text, "合计数" | "总计数" | "合计(元)" | "合计(万元)");
    if total { RowKind::Total } else { RowKind::Item }
}

pattern!(
    MEASURE,
    "[(](?:个|人|人次|次|批|批次|辆|台|套|户|间|家|场|期|天|年|月|公里|千米|吨|件|处|平方米|平米|亩|%|台[(、,/]?套[)]?|个[、,/]项|辆[、,/]台)[)]$"
);

/// Whether a label (folded) says that its row counts people or things: 公务接待批次（个）, 公务用车保有量（辆）.
pub(crate) fn is_count(folded: &str) -> bool {
    MEASURE.is_match(folded)
}

/// Whether a line stands beside the others even without a number: 上年结转, 结转下年, 本年收入.
pub(crate) fn stands_apart(folded: &str) -> bool {
    folded.contains("结转") || folded.starts_with("本年") || folded.starts_with("年")
}

/// Whether a numbered label is the head of unnumbered lines below it: 一、本年收入 / 一般公共预算拨款收入 / ….
pub(crate) fn is_head(folded: &str) -> bool {
    LIST_HEADS.ends(bare(folded))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::fold::fold;

    #[test]
    fn rows_that_count() {
        for text in
            ["1.因公出国（境）团组数（个）", "公务用车保有量（辆）", "国内公务接待人次（人次）", "设备（台、套）"]
        {
            assert!(is_count(&fold(text)), "{text}");
        }
        // （款） and （项） behind a name are its level in the books.
        for text in [
            "国有企业政策性补贴（项）",
            "维修（护）费",
            "因公出国（境）费",
            "预算数（万元）",
            "对个人和家庭的补助（项目）",
        ] {
            assert!(!is_count(&fold(text)), "{text}");
        }
    }

    #[test]
    fn ranks_and_kinds() {
        let cases = [
            ("一、一般公共预算", 1, RowKind::Item),
            ("（二）政府性基金", 2, RowKind::Item),
            ("1. 一般公共预算资金", 3, RowKind::Item),
            ("(1)办公费", 4, RowKind::Item),
            ("其中：财政拨款", 0, RowKind::OfWhich),
            ("合 计", 0, RowKind::Total),
            ("本年收入合计", 0, RowKind::Total),
            ("一、本年收入合计", 1, RowKind::Total),
            ("①办公费", 5, RowKind::Item),
            ("⑴办公费", 4, RowKind::Item),
            ("⒈办公费", 3, RowKind::Item),
            ("㈡办公费", 2, RowKind::Item),
            ("小计", 0, RowKind::Subtotal),
            ("2080505", 0, RowKind::Item),
        ];
        for (text, expected, what) in cases {
            let folded = fold(text);
            assert_eq!((rank(&folded), kind(&folded)), (expected, what), "{text}");
        }
    }
}
