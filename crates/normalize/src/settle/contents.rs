//! Which tables does the document list in its own contents and not hold?
//!
//! Titles in the contents and above the tables differ in the same file (项目支出预算表 / 项目支出表), so both are reduced to
//! what tells tables apart; a title is called missing only when no table comes near it.

use crate::model::statement::Statement;
use crate::model::vocabulary::TableType;
use crate::reading::fold::{character_pairs, fold_letters, pattern};
use crate::reading::title::is_contents_head;
use crate::reading::words::COMMON_TITLE_WORDS;
use crate::reading::year;
use crate::table::level;
use std::collections::BTreeSet;
use yusuan_extract::Extraction;

// 表01 2024年…, 1 2024年…: the number in front of a title that begins with its year, white space gone.
pattern!(NUMBER_AND_YEAR, "^[（(附]{0,2}表?(?:[0-9]{1,3}?|[一二三四五六七八九十]{1,3})[、.．：:）)]?(20[0-9]{2}年.+)$");

// 01-2部门收入预算表, 03部门支出预算表, 表1部门收支总表: the number of a form in front of its name, white space gone; 1-6月收入表 begins with months.
pattern!(
    NUMBER_OF_FORM,
    r"^(?:[（(]?(?:表?(?:[0-9]{1,2}[-—－][0-9]{1,2}|0[0-9])表?|表[0-9]{1,2})[）)]?)((?:[^\p{Han}0-9]{0,2})[\p{Han}--[月年季日]].+)$"
);

/// A contents list has no more lines than this.
const LONGEST_LIST: usize = 120;
/// From this share of common character pairs on, two titles may well mean the same table.
const ALIKE_PERCENT: usize = 75;

/// Titles listed in the document's own contents that no table was found for, as printed.
pub(crate) fn missing(extraction: &Extraction, statements: &[Statement]) -> Vec<String> {
    let mut found: BTreeSet<String> = BTreeSet::new();
    for statement in statements.iter().filter(|s| s.table_type != TableType::TableOfContents) {
        found.insert(entry(&fold_letters(&statement.title)));
        let captions = statement.raw.captions.iter().map(|c| fold_letters(&c.text)).filter(|t| is_table_title(t));
        found.extend(captions.map(|t| entry(&t)));
    }
    let listed = listed(extraction, statements);
    let mut missing: Vec<String> = Vec::new();
    for title in &listed {
        // A table that the list names in the very words is not the one that another year's or level's line means.
        let other = |f: &String| f != title && listed.contains(f) && tells_apart(f, title);
        let near = found.iter().any(|f| alike(&reduce(f), &reduce(title)) && !other(f));
        if !near && !missing.contains(title) {
            missing.push(title.clone());
        }
    }
    missing
}

/// Whether two titles that are alike mean different tables of a government's book: of another year, of the whole region and
/// of its own level, of what was planned and of how it was carried out.
fn tells_apart(a: &str, b: &str) -> bool {
    let (x, y) = (year::first(a), year::first(b));
    let (upper, lower) = (level::of_title(a), level::of_title(b));
    x.is_some() && y.is_some() && x != y
        || upper.is_some() && lower.is_some() && upper != lower
        || a.contains("执行") != b.contains("执行")
}

/// Whether a listed title is that of one of the tables.
pub(crate) fn is_among(listed: &str, statements: &[Statement]) -> bool {
    let key = reduce(&fold_letters(listed));
    let tables = statements.iter().filter(|s| s.table_type != TableType::TableOfContents);
    tables.map(|s| reduce(&s.title)).any(|title| alike(&title, &key))
}

/// The tables' titles that the contents list, from lines below 目录 and from contents laid out as tables.
fn listed(extraction: &Extraction, statements: &[Statement]) -> Vec<String> {
    let mut titles = Vec::new();
    let lines: Vec<String> = extraction.lines.iter().map(|l| fold_letters(&l.text)).collect();
    if let Some(at) = lines.iter().position(|l| is_contents_head(l)) {
        titles.extend(list_titles(lines.get(at + 1..).unwrap_or(&[])));
    }
    for statement in statements.iter().filter(|s| s.table_type == TableType::TableOfContents) {
        let cells = statement.raw.cells.iter().map(|c| entry(&fold_letters(&c.text)));
        titles.extend(cells.filter(|t| is_table_title(t)));
    }
    titles
}

/// Entries of a contents list given as lines: it ends at the first sentence, or where a chapter's heading comes again.
fn list_titles(lines: &[String]) -> Vec<String> {
    let mut chapters: BTreeSet<String> = BTreeSet::new();
    let mut titles = Vec::new();
    for line in lines.iter().take(LONGEST_LIST) {
        let text = entry(line);
        let chapter = text.starts_with('第') && text.contains("部分");
        let over = line.ends_with('。')
            || line.chars().count() > 80 && !line.contains("…")
            || (chapter && !chapters.insert(text.clone()));
        if over {
            break;
        }
        if is_table_title(&text) {
            titles.push(text);
        }
    }
    titles
}

/// A list entry without number, page leaders and page number.
fn entry(line: &str) -> String {
    let leaders = ['.', '…', '·', '．', '-', '—', '_', ' '];
    let text = line
        .trim_end_matches(|c: char| c.is_ascii_digit() && line.contains(['.', '…', '·', '．']) || leaders.contains(&c));
    if let Some(dated) = NUMBER_AND_YEAR.captures(text).and_then(|found| found.get(1)) {
        return dated.as_str().to_owned();
    }
    if let Some(named) = NUMBER_OF_FORM.captures(text).and_then(|found| found.get(1)) {
        return named.as_str().trim_start_matches(['、', '.', '．', ':', '：', '_']).to_owned();
    }
    let numbers = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let rest = text.trim_start_matches(['（', '(', '附', '表']).trim_start_matches(numbers);
    let rest = match rest.strip_prefix(['、', '.', '．', '：', ':', '）', ')']) {
        Some(rest) => rest,
        None => text,
    };
    rest.trim_start_matches(['、', '.', '．']).to_owned()
}

/// Whether a text is a table's title: it ends in 表, a bracket behind it aside, and is no heading for all tables.
fn is_table_title(text: &str) -> bool {
    let core = without_brackets(text);
    let chapter = text.starts_with('第') && text.contains("部分") || text.contains("附件");
    let all =
        ["预算表", "决算表", "部门预算表", "部门决算表", "单位预算表", "公开表", "预算公开表"].contains(&core.as_str());
    core.ends_with('表')
        && core.chars().count() >= 4
        && core.chars().count() <= 50
        && !chapter
        && !all
        && !core.ends_with("年预算表")
}

/// The text without bracketed parts and quotes.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_i32;
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth -= 1,
            '“' | '”' | '"' | '‘' | '’' => {}
            _ if depth <= 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// What tells a table apart: the title without year, brackets, quotes and common words.
fn reduce(title: &str) -> String {
    let mut text = without_brackets(&entry(&fold_letters(title)));
    if let Some(at) = text.find("20").filter(|&at| text.get(at + 4..).is_some_and(|t| t.starts_with('年'))) {
        let rest = text.get(at + 4..).unwrap_or("").trim_start_matches('年').to_owned();
        text = format!("{}{rest}", if at == 0 { "" } else { text.get(..at).unwrap_or("") });
    }
    for word in COMMON_TITLE_WORDS.iter() {
        text = text.replace(word, "");
    }
    // 项目绩效目标表 and 项目支出绩效目标表 are the same form: goals are set for spending only.
    if text.contains("绩效") {
        text = text.replace("支出", "");
    }
    text
}

/// Whether two reduced titles may mean the same table: equal, one within the other without adding a word that tells
/// tables apart, or nearly all character pairs in common.
fn alike(a: &str, b: &str) -> bool {
    if a == b || (a.len().min(b.len()) >= 15 && (a.ends_with(b) || b.ends_with(a))) {
        return true;
    }
    let (x, y) = (character_pairs(a), character_pairs(b));
    let common = x.intersection(&y).count();
    let all = x.union(&y).count();
    all > 0 && common * 100 >= all * ALIKE_PERCENT
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::statement;
    use yusuan_extract::{Place, TextLine};

    fn document(lines: &[&str]) -> Extraction {
        let line = |text: &&str| TextLine {
            text: (*text).to_owned(),
            sheet: None,
            place: Place::default(),
            size: 0.0,
            tables_before: 0,
            running: false,
        };
        Extraction { lines: lines.iter().map(line).collect(), ..Extraction::default() }
    }

    fn tables(titles: &[&str]) -> Vec<Statement> {
        let one = |title: &&str| {
            let mut table = statement(TableType::Other, Vec::new());
            (*title).clone_into(&mut table.title);
            table
        };
        titles.iter().map(one).collect()
    }

    #[test]
    fn listed_tables_without_a_table_are_named() {
        let list = [
            "某某局2024年部门预算公开目录",
            "第一部分 概况",
            "第二部分 部门预算表",
            "一、部门收支总体情况表............3",
            "二、部门收入总体情况表…………4",
            "十、项目支出预算表",
            "十二、部门预算项目绩效目标表",
            "十一、国有资本经营支出预算表",
            "第一部分 概况",
            "一、不再是目录的说明表",
        ];
        let found = tables(&[
            "2024年部门收支总体情况表",
            "2024年部门收入总体情况表",
            "2024年项目支出表",
            "部门项目支出绩效目标表",
        ]);
        assert_eq!(missing(&document(&list), &found), ["国有资本经营支出预算表"]);
    }

    #[test]
    fn income_is_not_income_and_spending() {
        let list = ["目录", "一、部门收支预算表", "二、部门收入预算表", "三、部门支出预算表"];
        let found = tables(&["2023年部门收支预算表", "2023年部门支出预算表"]);
        assert_eq!(missing(&document(&list), &found), ["部门收入预算表"]);
    }

    #[test]
    fn numbers_stand_before_years() {
        assert_eq!(entry("表12024年全市收入表"), "2024年全市收入表");
        assert_eq!(entry("表012024年全市收入表"), "2024年全市收入表");
        assert_eq!(entry("2024年全市收入表"), "2024年全市收入表");
        assert_eq!(entry("01-2部门收入预算表"), "部门收入预算表");
        assert_eq!(entry("03部门支出预算表"), "部门支出预算表");
        assert_eq!(entry("1-6月收入表"), "1-6月收入表");
        assert_eq!(entry("附表三：2024年全市收入表……12"), "2024年全市收入表");
    }

    #[test]
    fn years_and_levels_tell_tables_of_a_book_apart() {
        let list = [
            "目录",
            "表1 2024年全市一般公共预算收入执行情况表",
            "表2 2025年全市一般公共预算收入预算表",
            "表3 2025年市本级一般公共预算收入预算表",
            "表4 2025年市对下税收返还和转移支付预算表",
        ];
        let found = tables(&[
            "2024年全市一般公共预算收入执行情况表",
            "2025年全市一般公共预算收入预算表",
            "2025年市对下税收返还和转移支付表",
        ]);
        assert_eq!(missing(&document(&list), &found), ["2025年市本级一般公共预算收入预算表"]);
    }

    #[test]
    fn without_contents_nothing_is_missing() {
        assert!(missing(&document(&["一、部门收支预算表"]), &[]).is_empty());
    }
}
