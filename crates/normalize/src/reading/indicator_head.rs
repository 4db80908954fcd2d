//! What the heads of a list of performance indicators say of their columns.

use crate::reading::fold::{fold, has_any};
use crate::reading::words::{self, EARLIER_TERMS, INDICATOR_HEADS, WHOLE_TERMS, YEAR_TERMS};
use crate::reading::year;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a column of an indicator table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// 一级指标.
    Level1,
    /// 二级指标.
    Level2,
    /// 三级指标, 指标名称: the indicator itself.
    Name,
    /// 指标性质: the operator in a column of its own.
    Operator,
    /// 指标值.
    Target,
    /// 度量单位.
    Unit,
    /// 权重, 分值.
    Weight,
    /// 指标方向性.
    Direction,
    /// 指标解释.
    Note,
    /// 是否核心指标.
    Core,
}

impl Role {
    /// The role by the name that `indicator_heads.tsv` gives it.
    fn of_id(id: &str) -> Option<Self> {
        Some(match id {
            "level1" => Self::Level1,
            "level2" => Self::Level2,
            "name" => Self::Name,
            "operator" => Self::Operator,
            "target" => Self::Target,
            "unit" => Self::Unit,
            "weight" => Self::Weight,
            "direction" => Self::Direction,
            "note" => Self::Note,
            "core" => Self::Core,
            _ => return None,
        })
    }

    /// Whether the column names indicators: 一级指标, 二级指标, 三级指标.
    pub(crate) fn is_level(self) -> bool {
        matches!(self, Self::Level1 | Self::Level2 | Self::Name)
    }
}

/// Of which time the values below a head are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Term {
    /// 前年, 上年, 实际完成值: no goal.
    Earlier,
    /// 实施周期, 中期: goals of several years.
    Whole,
    /// Not said.
    Open,
    /// 年度, 当年, or the year itself.
    Year,
}

/// Longest head of a list (characters); what is longer is a text.
const LONGEST: usize = 20;

/// The header word without brackets, which change nothing: 年度（/项目）指标值.
pub(crate) fn core(word: &str) -> String {
    let mut depth = 0_i32;
    let mut out = String::new();
    for c in word.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth -= 1,
            _ if depth <= 0 && !matches!(c, ':' | '：') => out.push(c),
            _ => {}
        }
    }
    out
}

/// The role that a header word gives its column.
pub(crate) fn role(word: &str) -> Option<Role> {
    static HEADS: LazyLock<BTreeMap<&str, Role>> =
        LazyLock::new(|| words::typed(INDICATOR_HEADS, Role::of_id).collect());
    let core = core(word);
    // 2024年度指标值 and 年度指标值 are the same head.
    HEADS.get(year::undated(&core)).or_else(|| HEADS.get(core.as_str())).copied()
}

/// Whether a head stands over values of an indicator, of whatever time: 指标值, 上年指标值, 2023年实际值; below a head that says
/// so, 前年 and 2024年 do too.
pub(crate) fn is_value(word: &str, below_value: bool) -> bool {
    if word.is_empty() || word.chars().count() > LONGEST {
        return false;
    }
    if let Some(role) = role(word) {
        return role == Role::Target;
    }
    let core = core(word);
    let mut rest = year::undated(&core).to_owned();
    let dated = rest != core;
    let lists = [&*EARLIER_TERMS, &*WHOLE_TERMS, &*YEAR_TERMS];
    let mut timed = dated;
    for said in lists.iter().flat_map(|list| list.iter()) {
        if rest.contains(said) {
            rest = rest.replacen(said, "", 1);
            timed = true;
        }
    }
    let rest = rest.trim_matches(['度', '末', '底', '的', '/', '完', '成', '预', '计', '期']);
    if below_value && (rest.is_empty() && timed || matches!(rest, "值" | "数值" | "数" | "目标" | "指标")) {
        return true;
    }
    timed && (rest == "值" || role(rest) == Some(Role::Target))
}

/// The time that heads, one above the other, say of the values below them. `now` is the year of the goals, where known.
pub(crate) fn term<'a>(path: impl Iterator<Item = &'a str>, now: Option<i32>) -> Term {
    let joined: String = path.map(|text| fold(text) + "/").collect();
    let dated = year::first(&joined);
    // 全年完成值 is what was reached, 预期完成值 what is to be.
    let reached = joined.contains("完成") && !has_any(&joined, &["预", "计划", "应完成", "目标"]);
    if reached || EARLIER_TERMS.is_in(&joined) || dated.zip(now).is_some_and(|(year, now)| year < now) {
        return Term::Earlier;
    }
    if WHOLE_TERMS.is_in(&joined) {
        return Term::Whole;
    }
    if dated.is_some() || YEAR_TERMS.is_in(&joined) { Term::Year } else { Term::Open }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_every_time_and_which_of_them_are_this_years() {
        for word in ["指标值", "年度（/项目）指标值", "上年指标值", "2023年实际值", "2024年目标值", "实施周期指标值"]
        {
            assert!(is_value(word, false), "{word}");
        }
        for word in ["前年", "2024年", "预期当年实现值", "数值", "近两年指标值"] {
            assert!(is_value(word, true), "{word}");
        }
        for word in ["前年", "三级指标", "分值", "度量单位", "实际完成情况说明", "指标值确定依据"]
        {
            assert!(!is_value(word, false), "{word}");
        }
        let term = |path: &[&str]| term(path.iter().copied(), Some(2024));
        assert_eq!(term(&["指标值", "近两年指标值", "前年"]), Term::Earlier);
        assert_eq!(term(&["指标值", "预期当年实现值"]), Term::Year);
        assert_eq!(term(&["2023年"]), Term::Earlier);
        assert_eq!(term(&["2024年"]), Term::Year);
        assert_eq!(term(&["实施周期指标值"]), Term::Whole);
        assert_eq!(term(&["指标值"]), Term::Open);
        assert_eq!((term(&["全年完成值"]), term(&["预期完成值"])), (Term::Earlier, Term::Open));
    }
}
