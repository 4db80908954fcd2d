//! What is the amount said of, and of which year?

use crate::label;
use crate::text::{has_any, pattern};

pattern!(YEAR, "20[0-9]{2}年(?:度|初)?");
pattern!(
    CHANGE,
    "^(.*?)((?:(?:较|比|与|同比|相比|相较)[^,;]*?)?(?:各|均|共|同比|净)?(?:增加|减少|增长|下降|增支|减支|压减|压缩|核减|核增|调增|调减|提高|上升|降低)(?:了|额|数)?)(?:为|约|共|共计)?$"
);
pattern!(
    LEADING,
    "^(?:[和与及并、,;:的]|以及|其中|包括|具体为|主要是|主要原因是?|主要为|一是|二是|三是|四是|五是|占[^,;、]*?%|本年度|全年|今年)+"
);
pattern!(TRAILING, "(?:为|是|达到?|约|近|共计|共|各|均|即|分别|预计|计划|安排了|总额为|[:：])+$");

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
}

/// What was found.
pub(crate) struct Said {
    /// What the amount is said of.
    pub(crate) subject: String,
    /// The contract's id of the period.
    pub(crate) period: &'static str,
}

/// Reads subject and period. `last` is the subject of the amount before, which a bare comparison goes on with.
pub(crate) fn read(clause: &Clause, last: &str, section: &str) -> Said {
    let (mut start, mut raw) = back(clause, clause.at);
    let mut subject = trim(raw);
    // 政府采购预算:40万元; a clause that only leads over to the amount says it of what stands before.
    if subject.is_empty() && start > clause.floor {
        let comma = clause.sentence.get(..start).map_or(0, |s| s.trim_end_matches([',', ':', '(']).len());
        (start, raw) = back(clause, comma.max(clause.floor));
        subject = trim(raw);
    }
    let printed = clause.sentence.get(start..clause.at).unwrap_or(raw);
    if let Some(change) = CHANGE.captures(printed.trim_end_matches(':')) {
        let own = trim(change.get(1).map_or("", |m| m.as_str()));
        let head = if own.is_empty() { if last.is_empty() { bare_section(section) } else { last } } else { own };
        let how = change.get(2).map_or("", |m| m.as_str());
        return Said { subject: format!("{head}{how}"), period: "change" };
    }
    let subject = if subject.is_empty() { if last.is_empty() { bare_section(section) } else { last } } else { subject };
    Said { subject: subject.to_owned(), period: period(clause, printed) }
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

/// The subject without list numbers, years and the words that lead to the amount.
fn trim(raw: &str) -> &str {
    let mut text = raw;
    loop {
        let before = text.len();
        text = label::bare(text);
        for pattern in [&*LEADING, &*YEAR] {
            if let Some(found) = pattern.find(text).filter(|m| m.start() == 0) {
                text = text.get(found.end()..).unwrap_or("");
            }
        }
        for pattern in [&*TRAILING, &*YEAR] {
            if let Some(found) = pattern.find_iter(text).last().filter(|m| m.end() == text.len()) {
                text = text.get(..found.start()).unwrap_or("");
            }
        }
        text = text.trim_start_matches(')').trim_end_matches([',', '、', '(']);
        if text.len() == before {
            return text;
        }
    }
}

/// Which year's figure: by the clause's own words, else by the year that the sentence named last, comparisons aside.
fn period(clause: &Clause, own: &str) -> &'static str {
    if has_any(own, &["结转下年", "年末结转", "年终结转", "年终结余"]) {
        return "carried_forward";
    }
    let carried = has_any(own, &["上年结转", "上年结余", "年初结转", "年初财政拨款结转", "以前年度结转"]);
    let past = ["上年", "去年", "上一年"].iter().any(|w| own.replace("上年结", "").contains(w));
    let named = year_of(own).or_else(|| year_of(clause.sentence.get(..clause.at).unwrap_or("")));
    let by_year = match (named, clause.year) {
        (Some(named), Some(year)) if named < year => "prior_year",
        (Some(named), Some(year)) if named > year => "",
        (Some(_), None) => "",
        _ => "current",
    };
    match (by_year, past, carried) {
        ("prior_year", _, true) => "prior_year_carryover",
        (_, _, true) => "carryover",
        (_, true, _) => "prior_year",
        (other, ..) => other,
    }
}

/// The last year named that is not the one compared with.
fn year_of(text: &str) -> Option<i32> {
    let free = |m: &regex::Match<'_>| !text.get(..m.start()).unwrap_or("").ends_with(['较', '比', '与', '同']);
    let found = YEAR.find_iter(text).filter(free).last()?;
    found.as_str().get(..4)?.parse().ok()
}
