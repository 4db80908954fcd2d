//! Which of the lines around a table are its own: what stands between two tables is handed on with both, and a paragraph of the
//! text belongs to neither.

use super::state;
use crate::model::statement::Statement;
use crate::reading::fold::{fold, has_any, squash};
use crate::reading::title::{self, Form};
use crate::reading::unit;
use yusuan_extract::{Caption, CaptionSide};

/// A line with at least so many characters and a comma is a piece of a sentence.
const SENTENCE_LEAST: usize = 16;

/// Longest line below a table that people sign on (制表人：  审核：  日期：), in characters.
const SIGNATURE_MOST: usize = 48;

/// The lines around a table that are its own, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnLines<'a> {
    /// Number, title, whose it is, its unit.
    pub above: Vec<&'a str>,
    /// Notes, what it says of being empty, who signed it.
    pub below: Vec<&'a str>,
}

/// The own lines of one of the tables of a document.
pub fn own_lines(statements: &[Statement], index: usize) -> OwnLines<'_> {
    let Some(statement) = statements.get(index) else { return OwnLines::default() };
    let others = |side| {
        let others = statements.iter().enumerate().filter(move |(at, _)| *at != index);
        others.flat_map(move |(_, other)| captions(other, side))
    };
    let above: Vec<&Caption> = captions(statement, CaptionSide::Above).collect();
    // A paragraph may end in the middle of them: what stands before its last line is of the text.
    let first = above.iter().rposition(|caption| is_sentence(&caption.text)).map_or(0, |at| at + 1);
    let of_other = |caption: &Caption, side| others(side).any(|other| is_same(other, caption));
    let is_note = |caption: &Caption| title::is_note(&fold(&caption.text));
    let above = above.into_iter().skip(first).filter(|c| !(is_note(c) && of_other(c, CaptionSide::Below)));
    let mut below = Vec::new();
    for caption in captions(statement, CaptionSide::Below) {
        let open = below.last().map(|text: &&str| (is_open(text), title::is_note(&fold(text))));
        if is_note(caption) || says_of_itself(&caption.text) || continues(&caption.text, open) {
            below.push(caption.text.as_str());
        } else if !is_signature(&caption.text)
            || (of_other(caption, CaptionSide::Above) && !names_signers(&caption.text))
        {
            break;
        } else {
            below.push(caption.text.as_str());
        }
    }
    OwnLines { above: above.map(|caption| caption.text.as_str()).collect(), below }
}

fn captions(statement: &Statement, side: CaptionSide) -> impl Iterator<Item = &Caption> {
    statement.raw.captions.iter().filter(move |caption| caption.side == side)
}

fn is_same(a: &Caption, b: &Caption) -> bool {
    a.place == b.place && squash(&a.text) == squash(&b.text)
}

/// Whether a line is a piece of a paragraph.
fn is_sentence(text: &str) -> bool {
    let folded = fold(text);
    if title::is_note(&folded) || title::is_whose(&folded) || title::form(&folded) != Form::None {
        return false;
    }
    let text = squash(text);
    text.ends_with(['。', '；', ';'])
        || text.contains('。')
        || (text.contains(['，', '、', '；']) && text.chars().count() >= SENTENCE_LEAST)
}

/// Whether a line says that the table is empty, or for what it is there.
fn says_of_itself(text: &str) -> bool {
    let folded = fold(text);
    !is_heading(&folded) && state::is_about_table(&folded)
}

/// Whether a line goes on with the note before it: with its sentence, or with its next point.
fn continues(text: &str, note: Option<(bool, bool)>) -> bool {
    let Some((is_open, _)) = note else { return false };
    let folded = fold(text);
    let is_point =
        folded.trim_start_matches('(').starts_with(|c: char| c.is_ascii_digit()) && title::is_numbered(&folded);
    let is_other =
        is_heading(&folded) || title::form(&folded) == Form::Strong || title::split_number(text.trim()).is_some();
    !is_other && !title::is_number(&folded) && !title::is_whose(&folded) && (is_open || is_point)
}

/// Whether a note does not end with this line.
fn is_open(text: &str) -> bool {
    !squash(text).ends_with(['。', '！', '）', ')'])
}

/// A heading of the text: 一、… , 第三部分 …
fn is_heading(folded: &str) -> bool {
    let rest = folded.trim_start_matches(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']);
    let numbered = rest.len() < folded.len() && rest.starts_with(['、', ',']);
    let part = folded.starts_with('第')
        && ["部分", "章", "篇"].iter().any(|word| folded.chars().take(6).collect::<String>().contains(word));
    numbered || part
}

/// Whether people sign on the line: 单位负责人：  填表人：  日期：
fn is_signature(text: &str) -> bool {
    let folded = fold(text);
    let titled = folded.rsplit(':').next().is_some_and(|rest| title::form(rest) == Form::Strong);
    let other = is_heading(&folded)
        || title::is_whose(&folded)
        || title::is_number(&folded)
        || unit::in_caption(&folded).is_some();
    folded.contains(':') && folded.chars().count() <= SIGNATURE_MOST && !titled && !other && !is_sentence(text)
}

/// Whether a line has the places of those who sign: such a line stands below a table, never above the next one.
fn names_signers(text: &str) -> bool {
    has_any(&fold(text), &["人:", "电话:", "审核:", "制表:", "复核:"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use yusuan_extract::{Extraction, Place, RawTable};

    fn caption(text: &str, side: CaptionSide, page: u32) -> Caption {
        Caption { text: text.to_owned(), place: Place { page: Some(page), ..Place::default() }, side }
    }

    /// Two tables, the lines between them handed on with both.
    fn statements(above: &[&str], between: &[&str]) -> Vec<Statement> {
        let of = |texts: &[&str], side, page| texts.iter().map(|text| caption(text, side, page)).collect::<Vec<_>>();
        let table = |captions| RawTable { captions, pages: vec![1], rows: 1, cols: 1, ..RawTable::default() };
        let one = [of(above, CaptionSide::Above, 1), of(between, CaptionSide::Below, 1)].concat();
        let tables = vec![table(one), table(of(between, CaptionSide::Above, 1))];
        let extraction = Extraction { tables, ..Extraction::default() };
        crate::normalize(extraction, &crate::Context::default()).statements
    }

    #[test]
    fn the_next_tables_title_is_not_this_tables_note() {
        let between = ["注：本表反映各项收入。", "公开02表：支出预算总表", "部门：", "某某局", "单位：万元"];
        let statements = statements(&["收入预算总表"], &between);
        assert_eq!(own_lines(&statements, 0).below, ["注：本表反映各项收入。"]);
        assert_eq!(own_lines(&statements, 1).above, &between[1..]);
    }

    #[test]
    fn paragraphs_belong_to_no_table() {
        let above = ["坚持把权力关进制度的笼子。严格执行违法违", "纪案件分级查办，重点查处", "收支预算总表"];
        let below =
            ["第三部分 2018年度部门预算情况说明", "一、收支预算总体情况说明", "某某局2018年度收入、支出预算总计"];
        let statements = statements(&above, &below);
        let own = own_lines(&statements, 0);
        assert_eq!((own.above.last().copied(), own.above.len()), (Some("收支预算总表"), 2));
        assert_eq!(own.below, Vec::<&str>::new());
    }

    #[test]
    fn a_note_of_several_lines_stays_whole_and_so_do_signatures() {
        let below = [
            "说明：1.本表的数含",
            "上年结转。",
            "2.不含专户资金。",
            "填报人：张某  联系电话：123",
            "一般公共预算支出表",
        ];
        let own = statements(&[], &below);
        assert_eq!(own_lines(&own, 0).below, &below[..4]);
        let empty = statements(&[], &["本部门无政府性基金，故本表无数据。", "二、收入说明"]);
        assert_eq!(own_lines(&empty, 0).below, ["本部门无政府性基金，故本表无数据。"]);
    }
}
