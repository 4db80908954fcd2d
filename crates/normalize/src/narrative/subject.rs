//! What is the amount said of, and of which year?

use crate::model::vocabulary::Period;
use crate::reading::fold::{has_any, pattern};
use crate::reading::words::UNNAMED_SUBJECTS;
use crate::reading::{label, year};
use std::ops::Range;

pattern!(
    CHANGE,
    "^(.*?)((?:(?:较|比|与|同比|相比|相较)[^,;]*?)?(?:各|均|共|同比|净)?(?:增加|减少|增长|下降|增支|减支|压减|压缩|核减|核增|调增|调减|提高|上升|降低)(?:了|额|数)?)(?:为|约|共|共计)?$"
);
pattern!(
    LEADING,
    "^(?:[和与及并、,;:的]|以及|其中|包括|具体为|主要是|主要原因是?|主要为|一是|二是|三是|四是|五是|占[^,;、]*?%|本年度|全年|今年)+"
);
// 本年数小于上年预算数, 较上年减少部门支出: a difference with words behind it.
pattern!(
    CHANGE_OF,
    "^((?:.*?[^,;]*?)?)((?:(?:较|比|与)[^,;]*?(?:增加|减少|新增)|^(?:相应)?(?:增加|减少|新增)|(?:小于|大于|低于|高于|少于|多于)(?:上年|去年|年初|预算))[^,;]{1,14})$"
);
// The name of a class, section or item as the narrative prints it: …(类)…(款)…(项).
pattern!(LEVELS, "[^,;:。!?]*[(](?:类|款|项)[)]");
// A body's name in front of what is said of it.
pattern!(
    BODY,
    "^[^()]{2,40}?(?:局|院|会|委|厅|办公室|办事处|办|中心|街道|部门|单位|机关|学校|大学|学院|医院)的?((?:本年|年初|收入|支出|收支|收、支|财政拨款|一般公共预算|政府性基金|国有资本|三公|基本支出|项目支出|总收入|总支出).*)$"
);
pattern!(TRAILING, "(?:为|是|达到?|约|近|共计|共|各|均|即|分别|预计|预期|计划|完成|实现|安排了|总额为|[:：])+$");

// 2024年全市一般公共预算收入…; not 2024年12月, 2024年底, 2024年以来.
pattern!(LEADING_YEAR, "(?:^|[。;:)、.])(20[0-9]{2})年度?(?:[^0-9底末初起以前后度]|$)");

/// An amount's surroundings.
pub(crate) struct Clause<'a> {
    /// The folded sentence.
    pub(crate) sentence: &'a str,
    /// End of the amount before.
    pub(crate) floor: usize,
    /// Begin of the amount.
    pub(crate) at: usize,
    /// The document's year.
    pub(crate) year: Option<i32>,
    /// The folded text of the paragraph before the sentence.
    pub(crate) before: &'a str,
    /// The folded heading above.
    pub(crate) section: &'a str,
    /// The folded heading that tells the year.
    pub(crate) dated: &'a str,
}

/// What was found.
pub(crate) struct Said {
    /// What the amount is said of.
    pub(crate) subject: String,
    /// Which year's figure it is; `None` where nothing says.
    pub(crate) period: Option<Period>,
}

/// Reads subject and period. `last` is the subject of the amount before, which a bare comparison goes on with.
pub(crate) fn read(clause: &Clause, last: &str) -> Said {
    let (mut start, mut raw) = back(clause, clause.at);
    let mut subject = trim(raw);
    // 政府采购预算:40万元; a clause that only leads over to the amount says it of what stands before.
    if subject.is_empty() && start > clause.floor {
        let comma = clause.sentence.get(..start).map_or(0, |s| s.trim_end_matches([',', ':', '(']).len());
        (start, raw) = back(clause, comma.max(clause.floor));
        subject = trim(raw);
    }
    let printed = clause.sentence.get(start..clause.at).unwrap_or(raw);
    let inherited = if last.is_empty() { bare_section(clause.section) } else { last };
    if let Some((own, how)) = change(printed.trim_end_matches(':')) {
        let head = if trim(own).is_empty() { inherited } else { trim(own) };
        return Said { subject: format!("{head}{how}"), period: Some(Period::Change) };
    }
    let period = period(clause, printed);
    if subject.is_empty() {
        return Said { subject: inherited.to_owned(), period };
    }
    Said { subject: with_name(clause, start, subject), period }
}

/// A difference between two figures: what it is of, and the words that say so.
fn change(text: &str) -> Option<(&str, &str)> {
    let found = CHANGE.captures(text).or_else(|| CHANGE_OF.captures(text))?;
    Some((found.get(1)?.as_str(), found.get(2)?.as_str()))
}

/// 支出决算, 年初预算, 支出 alone say nothing: they are said of the class, section or item named last in the paragraph.
fn with_name(clause: &Clause, start: usize, subject: &str) -> String {
    if !UNNAMED_SUBJECTS.has(subject) {
        return subject.to_owned();
    }
    let own = clause.sentence.get(..start).unwrap_or("");
    let name = [own, clause.before].into_iter().find_map(|text| LEVELS.find_iter(text).last());
    let name = name.map_or("", |m| trim(m.as_str()));
    format!("{name}{subject}")
}

fn bare_section(section: &str) -> &str {
    let bare = label::bare(section);
    ["情况说明", "说明", "情况"].iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(bare)
}

/// The clause that ends at `end`: back to a comma, a stop, a colon or an opening bracket; closed brackets (（类）) are
/// jumped over. 、 separates only behind a percentage: 收、支总计 is one thing.
fn back<'a>(clause: &Clause<'a>, end: usize) -> (usize, &'a str) {
    let text = clause.sentence.get(clause.floor..end).unwrap_or("");
    let mut depth = 0_u32;
    let mut start = 0;
    let mut after: Option<(usize, char)> = None;
    for (at, c) in text.char_indices().rev() {
        let cut = match c {
            ')' => {
                depth += 1;
                false
            }
            '(' if depth == 0 => true,
            '(' => {
                depth -= 1;
                false
            }
            ',' | ';' | ':' | '。' => depth == 0 && at + c.len_utf8() < text.len(),
            '%' | '元' => depth == 0 && matches!(after, Some((_, '、'))),
            _ => false,
        };
        if cut {
            start = at + c.len_utf8();
            break;
        }
        after = Some((at, c));
    }
    (clause.floor + start, text.get(start..).unwrap_or(""))
}

/// The subject without list numbers, years, the body's name and the words that lead to the amount.
fn trim(raw: &str) -> &str {
    let mut text = raw;
    loop {
        let before = text.len();
        text = after_year(label::bare(text));
        for (pattern, first) in [(&*LEADING, true), (&*TRAILING, false)] {
            let found = if first { pattern.find(text) } else { pattern.find_iter(text).last() };
            text = match found {
                Some(m) if first && m.start() == 0 => text.get(m.end()..).unwrap_or(""),
                Some(m) if !first && m.end() == text.len() => text.get(..m.start()).unwrap_or(""),
                _ => text,
            };
        }
        if let Some(rest) = BODY.captures(text).and_then(|c| c.get(1)) {
            text = rest.as_str();
        }
        text = text.trim_start_matches(')').trim_end_matches([',', '、', '(']);
        if text.len() == before {
            return text;
        }
    }
}

/// What stands behind the year is the subject, except where a name of the books stands before it:
/// 行政运行(项)2024年预算数.
fn after_year(text: &str) -> &str {
    let Some(year) = year::spoken(text).last() else { return text };
    let (head, tail) = (text.get(..year.start).unwrap_or(""), text.get(year.end..).unwrap_or(""));
    if head.ends_with(')') || tail.is_empty() { head } else { tail }
}

/// Which year's figure: by the clause's own words, else by the year that the sentence named last, comparisons aside; else by
/// the past year that the paragraph or its heading is of (2024年预算执行情况).
fn period(clause: &Clause, own: &str) -> Option<Period> {
    if has_any(own, &["结转下年", "年末结转", "年终结转", "年终结余"]) {
        return Some(Period::CarriedForward);
    }
    let carried = has_any(own, &["上年结转", "上年结余", "年初结转", "年初财政拨款结转", "以前年度结转"]);
    let past = ["上年", "去年", "上一年"].iter().any(|w| own.replace("上年结", "").contains(w));
    let spoken = || year_of(clause.sentence.get(..clause.at).unwrap_or(""));
    let above = || leading_year(clause.before).or_else(|| year_of(clause.dated)).filter(|y| Some(*y) < clause.year);
    let named = compared_year(own).or_else(|| year_of(own)).or_else(spoken).or_else(above);
    let by_year = match (named, clause.year) {
        (Some(named), Some(year)) if named < year => Some(Period::PriorYear),
        (Some(named), Some(year)) if named > year => None,
        (Some(_), None) => None,
        _ => Some(Period::Current),
    };
    match (by_year, past, carried) {
        (Some(Period::PriorYear), _, true) => Some(Period::PriorYearCarryover),
        (_, _, true) => Some(Period::Carryover),
        (_, true, _) => Some(Period::PriorYear),
        (other, ..) => other,
    }
}

/// 比2024年执行数100万元: the amount is the one compared with.
fn compared_year(own: &str) -> Option<i32> {
    own.starts_with(['较', '比', '与', '同'])
        .then(|| year::spoken(own).next())
        .flatten()
        .and_then(|at| year::first(own.get(at)?))
}

/// The year that a sentence of the text begins with, the last of several.
fn leading_year(text: &str) -> Option<i32> {
    LEADING_YEAR.captures_iter(text).last()?.get(1)?.as_str().parse().ok()
}

/// The last year named that is not the one compared with.
fn year_of(text: &str) -> Option<i32> {
    let free = |at: &Range<usize>| !text.get(..at.start).unwrap_or("").ends_with(['较', '比', '与', '同']);
    let found = year::spoken(text).filter(free).last()?;
    year::first(text.get(found)?)
}
