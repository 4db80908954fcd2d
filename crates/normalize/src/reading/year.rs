//! Years as titles, heads, sentences and file names print them. All texts are folded.

use crate::reading::fold::pattern;
use std::borrow::Cow;
use std::ops::Range;

pattern!(NUMBER, "20[0-9]{2}");
pattern!(ALONE, "^(?:19|20)[0-9]{2}$");
pattern!(FISCAL, r"(?:^|\D)(20\d{2})(?:年度?|财年|财政年度)");
pattern!(CHINESE, "二[〇○零Oo0]([〇○零Oo0一二三四五六七八九]{2})年");
// 收入执行及2025年预算表; not 执行情况(2025年2月).
pattern!(AND_NEXT, "执行[^,。;]*?[和与及暨、][^0-9]*(20[0-9]{2})年(?:度|[^0-9底末初]|$)");
pattern!(
    LEADING,
    "^(?:[一二三四五六七八九十]+、|[(][一二三四五六七八九十0-9]+[)]|[0-9]+[.、])?(?:截至|截止)?(20[0-9]{2})年"
);
pattern!(SPOKEN, "20[0-9]{2}年(?:度|初)?");

/// The first year that a text prints, whatever stands behind it: 2024年预算数, 2024预算.
pub(crate) fn first(text: &str) -> Option<i32> {
    NUMBER.find(text)?.as_str().parse().ok()
}

/// The year that a row is of where its label says nothing else: 2023年, 2024年预算数.
pub(crate) fn of_label(label: &str) -> Option<i32> {
    let stages =
        ["", "年初", "预算", "决算", "执行", "预算数", "决算数", "执行数", "年初预算数", "支出预算", "支出决算"];
    first(label).filter(|_| label.starts_with("20") && stages.contains(&undated(label)) && !is_year(label))
}

/// The year that a row's label begins with, behind its list number: 一、2023年末地方政府债务余额, (二)2024年发行额.
pub(crate) fn leading(label: &str) -> Option<i32> {
    LEADING.captures(label)?.get(1)?.as_str().parse().ok()
}

/// The latest of the years that texts print first.
pub(crate) fn latest<'a>(texts: impl Iterator<Item = &'a str>) -> Option<i32> {
    texts.filter_map(first).max()
}

/// Whether a text is a year and nothing else.
pub(crate) fn is_year(text: &str) -> bool {
    ALONE.is_match(text)
}

/// A head without the year in front: 预算数 of 2024年预算数 and of 2024年度预算数.
pub(crate) fn undated(head: &str) -> &str {
    let year = NUMBER.find(head).filter(|m| m.start() == 0);
    year.map_or(head, |m| head[m.end()..].trim_start_matches(['年', '度']))
}

/// The first fiscal year that a text prints: 年 stands behind it, and Chinese digits count too (二〇二四年).
pub(crate) fn fiscal(text: &str) -> Option<i32> {
    if let Some(found) = FISCAL.captures(text) {
        return found.get(1)?.as_str().parse().ok();
    }
    let digits: String = CHINESE.captures(text)?.get(1)?.as_str().chars().filter_map(chinese_digit).collect();
    format!("20{digits}").parse().ok()
}

/// The year that a title is of. A report of how one year's budget was carried out and of the next year's draft is the draft's.
pub(crate) fn of_title(text: &str) -> Option<i32> {
    let first = fiscal(text)?;
    // The words 预算草案 may stand on the next line of a cover.
    let next = AND_NEXT.captures(text).and_then(|c| c.get(1)?.as_str().parse().ok());
    if let Some(next) = next.filter(|next| *next > first) {
        return Some(next);
    }
    let both = text.contains("执行") && text.contains("草案");
    let years = NUMBER.find_iter(text).filter_map(|year| year.as_str().parse().ok());
    if both { years.max().or(Some(first)) } else { Some(first) }
}

/// One Chinese digit as ASCII; any sign for nought is 0.
fn chinese_digit(c: char) -> Option<char> {
    let value = "一二三四五六七八九".chars().position(|d| d == c).map_or(0, |p| p + 1);
    char::from_digit(u32::try_from(value).ok()?, 10)
}

/// A text without the words of its first fiscal year.
pub(crate) fn without_fiscal(text: &str) -> Cow<'_, str> {
    let cut = |range: Range<usize>, words: &[&str]| {
        let tail = text.get(range.end..).unwrap_or("");
        let rest = words.iter().find_map(|w| tail.strip_prefix(w)).unwrap_or(tail);
        format!("{}{rest}", text.get(..range.start).unwrap_or(""))
    };
    if let Some(year) = FISCAL.captures(text).and_then(|c| c.get(1)) {
        return cut(year.range(), &["财政年度", "财年", "年度", "年"]).into();
    }
    CHINESE.find(text).map_or(Cow::Borrowed(text), |year| cut(year.range(), &["度"]).into())
}

/// The year in a file's name: a fiscal year, four digits alone, or two digits before 年 (25年预算).
pub(crate) fn in_file_name(name: &str) -> Option<i32> {
    fiscal(name).or_else(|| {
        let runs: Vec<&str> = name.split(|c: char| !c.is_ascii_digit()).collect();
        let four = runs.iter().find(|r| r.len() == 4 && r.starts_with("20"));
        let two = || runs.iter().find(|r| r.len() == 2 && name.contains(&format!("{r}年")));
        let year: i32 = four.or_else(two)?.parse().ok()?;
        Some(if year < 100 { 2000 + year } else { year })
    })
}

/// Where a sentence names years: 2024年, 2024年度, 2024年初.
pub(crate) fn spoken(text: &str) -> impl Iterator<Item = Range<usize>> {
    SPOKEN.find_iter(text).map(|m| m.range())
}

/// A name without the first year that stands in it.
pub(crate) fn without_spoken(text: &str) -> Cow<'_, str> {
    SPOKEN.replace(text, "")
}

/// A name without any year.
pub(crate) fn without_all_spoken(text: &str) -> Cow<'_, str> {
    SPOKEN.replace_all(text, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_of_heads() {
        assert_eq!(first("2023年预算数/小计"), Some(2023));
        assert_eq!(first("预算数"), None);
        assert_eq!(latest(["2023年预算数", "2024年预算数", "增减"].into_iter()), Some(2024));
        assert!(is_year("1998") && is_year("2024") && !is_year("2024年") && !is_year("3024"));
        for (head, rest) in
            [("2024年预算数", "预算数"), ("2024年度指标值", "指标值"), ("预算数", "预算数"), ("上2024年", "上2024年")]
        {
            assert_eq!(undated(head), rest, "{head}");
        }
    }

    #[test]
    fn a_report_is_of_the_year_of_its_draft() {
        assert_eq!(of_title("2024年预算执行情况和2025年预算草案的报告"), Some(2025));
        assert_eq!(of_title("2024年预算执行情况表"), Some(2024));
        assert_eq!(of_title("2024年全州预算执行情况与2025年全州和州本"), Some(2025), "a cover of two lines");
        assert_eq!(of_title("2024年基金收入执行及2025年预算表"), Some(2025));
        assert_eq!(of_title("2024年预算执行情况及说明(2025年2月)"), Some(2024));
        assert_eq!(of_title("预算草案"), None);
    }

    #[test]
    fn fiscal_years_of_titles() {
        let cases = [
            ("某某局2024年度部门预算", Some(2024), "某某局部门预算"),
            ("2025财政年度某某局预算", Some(2025), "某某局预算"),
            ("二〇二四年度某某局预算", Some(2024), "某某局预算"),
            ("二○二五年某某局预算", Some(2025), "某某局预算"),
            ("某某局部门预算", None, "某某局部门预算"),
            ("项目120240年", None, "项目120240年"),
        ];
        for (title, year, rest) in cases {
            assert_eq!(of_title(title), year, "{title}");
            assert_eq!((fiscal(title), without_fiscal(title).as_ref()), (year, rest), "{title}");
        }
    }

    #[test]
    fn years_of_file_names_and_sentences() {
        assert_eq!(in_file_name("25年预算公开"), Some(2025));
        assert_eq!(in_file_name("预算公开2024"), Some(2024));
        assert_eq!(in_file_name("预算公开12"), None);
        let text = "2024年初为3元,2023年度2元";
        let found: Vec<&str> = spoken(text).filter_map(|range| text.get(range)).collect();
        assert_eq!(found, ["2024年初", "2023年度"]);
        assert_eq!(without_spoken("2024年和2023年"), "和2023年");
        assert_eq!(without_all_spoken("2024年和2023年"), "和");
    }
}
