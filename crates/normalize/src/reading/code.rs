//! Codes of the books' classifications as printed: joined, split over columns, mixed up with agencies' numbers.

use crate::model::rule::Rule;
use crate::reading::fold::{character_pairs, fold, pattern};
use crate::reading::words::{self, FORMER_CLASSES, ORGANISATION_ENDS};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The classes (类) of the three classifications with their names, joined by `|`: 《政府收支分类科目》, published each year by
/// the Ministry of Finance; former names are kept because documents go on printing them.
static CLASSES: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
    let lines = include_str!("data/classes.tsv").lines().skip(1);
    lines.filter_map(|line| line.split_once('\t')).collect()
});

/// Names that function classes had in earlier years, without 支出 and 事务.
static FORMER_NAMES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| words::typed(FORMER_CLASSES, Some).collect());

/// One of the classifications of the government's books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Family {
    /// 支出功能分类: 201–234.
    Function,
    /// 部门预算支出经济分类: 301–399.
    DepartmentEconomic,
    /// 政府预算支出经济分类: 501–599.
    GovernmentEconomic,
    /// 政府收入分类: 101–110. Agencies' numbers look alike, so a code is one only beside its name.
    Revenue,
}

impl Family {
    /// Every family, in the order in which a row's most specific code is looked for.
    pub(crate) const ALL: [Self; 4] =
        [Self::Function, Self::DepartmentEconomic, Self::GovernmentEconomic, Self::Revenue];

    /// The family of spending that a code's first digit says: the three ranges never overlap.
    pub(crate) fn of_code(code: &str) -> Option<Self> {
        match code.as_bytes().first() {
            Some(b'2') => Some(Self::Function),
            Some(b'3') => Some(Self::DepartmentEconomic),
            Some(b'5') => Some(Self::GovernmentEconomic),
            _ => None,
        }
    }
}

/// Joins 类, 款 and 项: a part that already begins with what stands before it (20607 in the 款 column) is the whole.
pub(crate) fn join(parts: &[String]) -> String {
    let mut joined = String::new();
    for part in parts.iter().filter(|p| !p.is_empty()) {
        if !joined.is_empty() && part.len() > joined.len() && part.starts_with(&joined) {
            joined.clone_from(part);
        } else {
            joined.push_str(part);
        }
    }
    joined
}

pattern!(DOTTED, "^[235][0-9]{2}(?:[.·-][0-9]{2}){1,2}$");

/// The digits of a code printed with marks between its parts: 206.07.02, 301-01.
pub(crate) fn undotted(folded: &str) -> Option<String> {
    DOTTED.is_match(folded).then(|| folded.chars().filter(char::is_ascii_digit).collect())
}

/// Whether the text is digits only.
pub(crate) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether the text looks like the number of an agency or a project.
pub(crate) fn is_identifier(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
}

/// Splits `51340022T000000278902-某项目` and `229001-某单位` into code and name.
pub(crate) fn split_name(printed: &str) -> Option<(&str, &str)> {
    let at = printed.find(['-', '－', '_', '—'])?;
    let (code, rest) = printed.split_at(at);
    let name = rest.trim_start_matches(['-', '－', '_', '—']);
    let digits = code.bytes().filter(u8::is_ascii_digit).count();
    let known = is_identifier(code) && digits >= 3 && digits * 3 >= code.len() * 2;
    (known && !name.is_empty() && !is_digits(name)).then_some((code, name))
}

/// Splits a project's number from a name printed right behind it: two cells run into one.
pub(crate) fn split_project(printed: &str) -> Option<(&str, &str)> {
    let at = printed.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (number, name) = printed.split_at(at);
    let name = name.trim_start_matches(['-', '－', '_', '—']);
    // Numbers of projects have 15 to 25 digits, letters among them.
    let fits = (15..=25).contains(&number.len()) && number.bytes().filter(u8::is_ascii_digit).count() >= 12;
    (fits && !name.is_ascii()).then_some((number, name))
}

/// Splits `[2080505]机关事业单位…`, `2080505机关…` and `2080505 机关…` into code and name.
pub(crate) fn split_fused(printed: &str) -> Option<(String, String)> {
    let folded = fold(printed);
    let open = folded.trim_start_matches(['[', '(']);
    let digits = open.bytes().take_while(u8::is_ascii_digit).count();
    let (code, rest) = open.split_at(digits);
    let name = rest.trim_start_matches([']', ')', '-', ':', '、', '.']);
    let fits = matches!(digits, 3 | 5 | 7) && Family::of_code(code).is_some();
    let lettered = name.chars().next().is_some_and(|c| !c.is_ascii());
    let unit = name.starts_with(['年', '元', '万', '个', '人', '台', '期', '次', '号', '%']);
    (fits && lettered && !unit).then(|| (code.to_owned(), name.to_owned()))
}

/// Whether a number in a code column is an agency's: it has the length of no code of the books (3, 5, 7; local
/// economic codes 9), or it is a bare class whose printed name is another one. Agencies numbered 311, 229 or 254 stand
/// in the same column as classes 311 对企业补助 and 229 其他支出.
pub(crate) fn is_agency(code: &str, name: &str) -> bool {
    match code.len() {
        3 => !name.is_empty() && (is_organisation(name) || !is_class(code, name)),
        5 | 7 | 9 => Family::of_code(code).is_none(),
        6 => true,
        _ => false,
    }
}

/// Whether a name is that of a public body; no class of the books ends so.
pub(crate) fn is_organisation(name: &str) -> bool {
    ORGANISATION_ENDS.ends(name.trim_end_matches("部门"))
}

/// Whether a class code and a printed name belong together: they share two neighbouring characters besides 支出.
pub(crate) fn is_class(code: &str, name: &str) -> bool {
    let Some(names) = CLASSES.get(code) else { return false };
    let pairs = |text: &str| character_pairs(&fold(text).replace("支出", ""));
    let printed = pairs(name);
    names.split('|').any(|known| !printed.is_disjoint(&pairs(known)))
}

/// The name of a class today.
pub(crate) fn class_name(code: &str) -> Option<&'static str> {
    CLASSES.get(code)?.split('|').next()
}

/// The function class that a printed name is, if it is exactly one of the names of one class. Names that became another
/// class's over the years name none.
pub(crate) fn class_named(name: &str) -> Option<&'static str> {
    let bare = |text: &str| fold(text).trim_end_matches("支出").trim_end_matches("事务").to_owned();
    let wanted = bare(name);
    if let Some((_, code)) = FORMER_NAMES.iter().find(|(former, _)| *former == wanted) {
        return Some(code);
    }
    let has = |names: &str| names.split('|').any(|n| bare(n) == wanted);
    let mut found = CLASSES.iter().filter(|(code, names)| code.starts_with('2') && has(names)).map(|(code, _)| *code);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The rules of this module.
pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "K01",
        title: "Joined codes",
        text: "类, 款 and 项 in columns of their own, joined or with dots are one code; blanks repeat the class above",
        source: "《政府收支分类科目》: 3, 5 and 7 digits",
    },
    Rule {
        id: "K02",
        title: "Families",
        text: "2xx is 支出功能分类, 3xx 部门预算支出经济分类, 5xx 政府预算支出经济分类",
        source: "《政府收支分类科目》, 《支出经济分类科目改革方案》(财预〔2017〕98号)",
    },
    Rule {
        id: "K03",
        title: "Agencies' numbers",
        text: "a number whose name is that of a public body, or another name than the class's, is an agency's",
        source: "预算单位代码 have 3, 6 or 9 digits and collide with classes",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_parts() {
        let join = |parts: &[&str]| super::join(&parts.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>());
        assert_eq!(join(&["206", "07", "02"]), "2060702");
        assert_eq!(undotted("206.07.02").as_deref(), Some("2060702"));
        assert_eq!(undotted("301-01").as_deref(), Some("30101"));
        assert_eq!(undotted("206.7"), None);
        assert_eq!(undotted("1,206.07"), None);
        assert_eq!(join(&["206", "", ""]), "206");
        assert_eq!(join(&["206", "20607", "2060702"]), "2060702");
    }

    #[test]
    fn tells_agencies_from_classes() {
        assert!(is_agency("311", "市科学技术协会"));
        assert!(!is_agency("311", "对企业补助"));
        assert!(is_agency("254", "某某局"));
        assert!(is_agency("229001", "某单位"));
        assert!(!is_agency("201", "一般公共服务"));
        assert!(!is_agency("20805", "行政事业单位养老支出"));
        assert!(!is_agency("206", ""));
    }

    #[test]
    fn splits_fused_cells() {
        assert_eq!(split_fused("[2080505]机关养老"), Some(("2080505".to_owned(), "机关养老".to_owned())));
        assert_eq!(split_fused("208社会保障"), Some(("208".to_owned(), "社会保障".to_owned())));
        assert_eq!(split_fused("2024年收入"), None);
        assert_eq!(split_fused("300元"), None);
        assert_eq!(split_name("51340022T000000278902-学术交流"), Some(("51340022T000000278902", "学术交流")));
        assert_eq!(split_name("其中-项目"), None);
    }
}
