//! Sentences and the amounts in them.

use crate::model::money::MoneyUnit;
use crate::model::prose_figure::ProseFigure;
use crate::model::vocabulary::Period;
use crate::narrative::paragraph::{Paragraph, is_heading};
use crate::narrative::subject::{self, Clause};
use crate::reading::fold::{fold, pattern};
use rust_decimal::Decimal;
use std::ops::Range;
use std::str::FromStr;

pattern!(AMOUNT, "[0-9](?:[0-9,]*[0-9])?(?:[.][0-9]+)?[余多]?(百万元|千万元|万元|千元|亿元|元)");
// 增长7.8%, 占本年支出合计的99.86%, 完成年初预算的95%; a bare figure with % counts too.
pattern!(
    PERCENT,
    "(?:(?:同比)?(?:增长|下降|增加|减少|上升|降低|提高|降幅|增幅|增长率|占|完成|为)[^,;:。0-9%]{0,24})?-?[0-9]+(?:[.][0-9]+)?%"
);

/// A sentence folded, with the way back to the printed text.
struct Folded {
    text: String,
    /// For every byte of the folded text the byte of the printed one.
    origin: Vec<usize>,
}

impl Folded {
    fn new(printed: &str) -> Self {
        let (mut text, mut origin) = (String::with_capacity(printed.len()), Vec::new());
        let mut buffer = [0; 4];
        for (at, c) in printed.char_indices() {
            text.push_str(&fold(c.encode_utf8(&mut buffer)));
            origin.resize(text.len(), at);
        }
        origin.push(printed.len());
        Self { text, origin }
    }

    /// The printed text of a folded range.
    fn printed<'a>(&self, printed: &'a str, range: Range<usize>) -> &'a str {
        let start = self.origin.get(range.start).copied().unwrap_or(0);
        let end = self.origin.get(range.end).copied().unwrap_or(printed.len());
        printed.get(start..end).unwrap_or("")
    }
}

/// An amount within a sentence.
struct Amount {
    /// The figure without its unit.
    figure: Range<usize>,
    /// End of the unit.
    end: usize,
    value: Option<Decimal>,
    unit: Option<MoneyUnit>,
}

/// Reads all amounts of a paragraph.
pub(crate) fn read(paragraph: &Paragraph, year: Option<i32>, figures: &mut Vec<ProseFigure>) {
    let mut last = String::new();
    let heading = inline_heading(&paragraph.text).unwrap_or(&paragraph.section);
    let section = fold(heading);
    let dated = if heading == paragraph.section {
        fold(&paragraph.dated)
    } else {
        format!("{}{section}", fold(&paragraph.dated))
    };
    let mut before = String::new();
    // What a list behind 其中 is of: a comparison that begins a sentence below the list goes on with it.
    let mut whole = String::new();
    for sentence in sentences(&paragraph.text) {
        let folded = Folded::new(sentence);
        let amounts = amounts(&folded.text);
        for (index, amount) in amounts.iter().enumerate() {
            let floor = index.checked_sub(1).and_then(|i| amounts.get(i)).map_or(0, |a| a.end);
            let (at, sentence_text, section) = (amount.figure.start, folded.text.as_str(), section.as_str());
            let clause = Clause { sentence: sentence_text, floor, at, year, before: &before, section, dated: &dated };
            let listed = sentence_text.get(floor..at).is_some_and(|lead| lead.contains("其中"));
            if listed {
                whole.clone_from(&last);
            }
            let goes_on = index == 0 && !listed && !whole.is_empty();
            let said = subject::read(&clause, if goes_on { &whole } else { &last });
            if index == 0 && !listed && said.period != Some(Period::Change) {
                whole.clear();
            }
            if said.period != Some(Period::Change) {
                last.clone_from(&said.subject);
            }
            figures.push(ProseFigure {
                page: paragraph.page,
                section: heading.to_owned(),
                sentence: sentence.to_owned(),
                subject: said.subject,
                period: said.period,
                value_text: folded.printed(sentence, amount.figure.clone()).to_owned(),
                unit: amount.unit,
                value: amount.value,
                percent: percent(&folded.text, &amounts, index).to_owned(),
                matched_table_id: String::new(),
                matched_row: None,
                matched_col: None,
                matched_source: String::new(),
            });
        }
        before.push_str(&folded.text);
    }
}

/// How headings of the model texts end.
const HEADS: &[&str] = &["说明", "情况", "概况", "结构"];

/// A heading that the paragraph goes on behind: 八、政府性基金预算支出情况说明。本年收入….
fn inline_heading(text: &str) -> Option<&str> {
    let (first, rest) = text.split_once('。')?;
    (!rest.is_empty() && is_heading(first) && HEADS.iter().any(|end| first.ends_with(end))).then_some(first)
}

/// Sentences with their final stops. A stop inside brackets or between two amounts of a list ends one all the same.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['。', '！', '？', '!', '?'])
}

/// All amounts of a folded sentence. 元 must not be the beginning of another word (元旦, 元件).
fn amounts(text: &str) -> Vec<Amount> {
    AMOUNT
        .captures_iter(text)
        .filter_map(|found| {
            let (whole, unit) = (found.get(0)?, found.get(1)?);
            let other = text.get(whole.end()..).unwrap_or("").starts_with(['旦', '件', '素', '宵', '老', '首', '月']);
            (!other).then_some((whole.range(), unit.range()))
        })
        .map(|(whole, unit)| {
            let minus = has_minus(text.get(..whole.start).unwrap_or(""));
            let figure = if minus { whole.start - 1 } else { whole.start }..unit.start;
            let word = text.get(unit.clone()).unwrap_or("");
            let money = MoneyUnit::ALL.iter().copied().find(|u| u.as_str() == word);
            let digits = text.get(figure.clone()).unwrap_or("").replace([',', '余', '多'], "");
            let value = Decimal::from_str(&digits).ok();
            let value = value.zip(money).and_then(|(v, u)| v.checked_mul(u.factor())).map(|v| v.normalize());
            Amount { figure, end: unit.end, value, unit: money }
        })
        .collect()
}

/// A minus right before a figure, unless it joins two figures (2021-2023, 10-20万元).
fn has_minus(before: &str) -> bool {
    let mut back = before.chars().rev();
    back.next() == Some('-')
        && back.next().is_none_or(|c| !c.is_ascii_alphanumeric() && !matches!(c, '年' | '月' | '元'))
}

/// Whether a bracket that holds an amount is open at the end of the text.
fn is_in_brackets(before: &str) -> bool {
    before.rfind('(').is_some_and(|open| !before[open..].contains(')'))
}

/// The first percentage behind an amount, before the next amount and within the same part of the sentence. What stands behind a
/// bracket is said of the amount before it: 54.17万元(购置费18万元,运行费36.17万元),占89.86%.
fn percent<'t>(text: &'t str, amounts: &[Amount], index: usize) -> &'t str {
    let Some(own) = amounts.get(index) else { return "" };
    let starts = || amounts.iter().skip(index + 1).map(|amount| amount.figure.start);
    let behind = text.get(own.end..).filter(|rest| rest.starts_with('(')).and_then(|rest| rest.find(')'));
    let bracket = behind.map(|close| own.end + close).filter(|close| starts().any(|start| start < *close));
    let from = bracket.map_or(own.end, |close| close + 1);
    let until = starts().find(|start| *start >= from).unwrap_or(text.len());
    let rest = text.get(from..until).unwrap_or("");
    let part = rest.split([';', '。']).next().unwrap_or("");
    let inside = bracket.is_none() && is_in_brackets(text.get(..own.end).unwrap_or(""));
    let part = if inside { part.split(')').next().unwrap_or("") } else { part };
    // 分别占…的81.0%、19.0%: the first is not this amount's.
    if part.contains("分别") {
        return "";
    }
    PERCENT.find(part).map_or("", |m| m.as_str())
}
