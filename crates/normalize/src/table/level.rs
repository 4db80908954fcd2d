//! What part of a region's money a table is about, as its title says: all levels together, the own one, the lower ones.

use crate::model::rule::Rule;
use crate::model::vocabulary::TableLevel;
use crate::reading::fold::{fold, pattern};
use crate::reading::title::strip_brackets;

// 全市, 全省, 全自治区; 安全 and 健全 end in 全.
pattern!(WHOLE, "(?:^|[^安健])全(?:[省市县区州旗盟国辖]|自治[区州县旗])");
pattern!(OWN, "本级|(?:^|[^下各])[省市区州盟县旗镇乡]级|自治[区州县旗]级");
// 市对区县, 对下, 中央对地方: from the own level to the lower ones.
pattern!(SEVERAL, "[及和与、][省市区州盟县旗]?(?:本级|级)");
pattern!(DOWN, "对(?:下|地方|各?[区县市旗州]|各?地)|下级|补助下");
pattern!(LOWER, "区县|县区|县市区|县[(]市|[市区]、县|分地区|分区县|各[区县市]");

/// The level that a title names; none where it names none or several.
pub(crate) fn of_title(title: &str) -> Option<TableLevel> {
    let title = strip_brackets(&fold(title));
    // 全市及市本级, 杭州市及市本级: two at once.
    if SEVERAL.is_match(&title) {
        return None;
    }
    if DOWN.is_match(&title) {
        return Some(TableLevel::Lower);
    }
    match (WHOLE.is_match(&title), OWN.is_match(&title), LOWER.is_match(&title)) {
        (true, false, false) => Some(TableLevel::Whole),
        (false, true, false) => Some(TableLevel::Own),
        (false, false, true) => Some(TableLevel::Lower),
        _ => None,
    }
}

/// The rules of this module.
pub(crate) const RULES: &[Rule] = &[Rule {
    id: "T10",
    title: "Levels",
    text: "`level` is what the title says: 全市 whole, 本级 and 市级 own, 对下 and 区县 lower; nothing where it says none or several",
    source: "《预算法》第三条: each level of government has a budget of its own; 第四条: 本级 and 汇总",
}];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_of_titles() {
        for (title, level) in [
            ("2023年全市一般公共预算支出决算草案表", Some(TableLevel::Whole)),
            ("2024年杭州市本级一般公共预算收支平衡预算表", Some(TableLevel::Own)),
            ("2023年市级政府性基金预算支出决算功能分类明细表", Some(TableLevel::Own)),
            ("2023年市对下税收返还决算草案表（含省对下转移支付）", Some(TableLevel::Lower)),
            ("2021年市对各区县一般性转移支付项目情况表", Some(TableLevel::Lower)),
            ("2023年全市及市级政府债务限额余额情况表", None),
            ("2024年杭州市一般公共预算收入预算表", None),
            ("2024年杭州市及市本级社会保险基金收支结余表", None),
            ("公共安全市场监管支出表", None),
            ("2024年中央对地方转移支付预算表", Some(TableLevel::Lower)),
        ] {
            assert_eq!(of_title(title), level, "{title}");
        }
    }
}
