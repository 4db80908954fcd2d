//! What a caption is: a table's title, its number, the department line, a note.

use crate::reading::fold::{ends_in, fold, pattern, squash};
use crate::reading::unit;
use crate::reading::words::{
    CUT_ENDS, NOTE_STARTS, SENTENCE_WORDS, TITLE_PAIRS, TITLE_STARTS, TITLE_TAILS, WEAK_TITLE_ENDS,
};

// 预算01表, 公开表1-1, 附表3, 表一, 公开01表, 附件2, 财决公开01表: an origin, 表, a number, in either order.
pattern!(
    NUMBER,
    "^\\(?(?:(?:[附公开预决批复财部门单位样格政府县区市省本级]|预算|决算){0,8}(?:表|附件|件)(?:之|第)?[0-9一二三四五六七八九十]{1,3}(?:[-—.之][0-9]{1,2}){0,2}|(?:[附公开预决批复财部门单位样]|预算|决算){1,8}[0-9]{1,3}(?:-[0-9]{1,2})?表)\\)?[:、.]?$"
);
// The same in front of a title, cut off by a space or a colon.
pattern!(
    NUMBER_FIRST,
    "^\\s*([(（]?(?:[附公开预决批复财部门单位样]{0,8}(?:表|附件)[0-9０-９一二三四五六七八九十]{1,3}(?:[-—－.][0-9０-９]{1,2}){0,2}|[附公开预决批复财部门单位样算]{1,8}\\s?[0-9０-９]{1,3}(?:[-－][0-9]{1,2})?\\s?表)[)）]?)[\\s:：、.]+(\\S.*)$"
);
pattern!(
    NUMBER_INSIDE,
    "[(\\[]((?:公开|预算|决算|附)?(?:表|附件)[0-9]{1,2}(?:-[0-9]{1,2})?|(?:公开|预算|决算|附)[0-9]{1,2}(?:-[0-9]{1,2})?表)[)\\]]"
);
// 收支总表02-1, 收支总表1; 基本支出表--人员经费: the number or the part of a table behind its name.
pattern!(TAIL_NUMBER, "表(?:[0-9]{1,2}(?:-[0-9]{1,2})?|[-—]{1,2}.{2,30})$");
pattern!(
    CONTINUATION,
    r"^[(\[]?(?:续|续表|表续|续上表|续前表|接上表|接前表|接上页|续上页|续页|上接表|承上表)[0-9一二三四五六七八九十]{0,2}[)\]]?$"
);
pattern!(CONTINUED, "[-—]*[(\\[]?(?:续表?|接上[页表]|续上[页表])[0-9一二三四五]{0,2}[)\\]]?$");
pattern!(WHOSE, "^.{0,12}(?:部门|单位|机构)[^:,。;]{0,10}:");
pattern!(
    NUMBERING,
    "^(?:[(]?[一二三四五六七八九十]{1,3}[)、.]|[(]?[0-9]{1,2}[)、.]|第[一二三四五六七八九十]{1,3}[部章节])"
);

/// How surely a caption is a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// No title.
    None,
    /// Ends as some titles do (… 经费, … 构成): a title if nothing better is near.
    Weak,
    /// Ends in 表, 表（…）or 目录.
    Strong,
}

/// Judges a caption by its form alone.
pub(crate) fn form(text: &str) -> Form {
    let folded = fold(text);
    // A unit in brackets behind the name is no part of it: 项目支出表(单位:万元).
    let folded = unit::without_end(&folded).to_owned();
    if is_continuation(&folded) {
        return Form::None;
    }
    let length = folded.chars().count();
    if !(2..=70).contains(&length) || is_number(&folded) || is_note(&folded) || is_whose(&folded) {
        return Form::None;
    }
    let prose = SENTENCE_WORDS.is_in(&folded)
        || folded.starts_with("关于")
        || folded.ends_with(':')
        || folded.matches(',').count() > 1;
    if prose {
        return Form::None;
    }
    let bare = strip_brackets(&folded);
    // …情况表(按政府预算支出经: a bracket that the page's edge cut off is no part of the name either.
    let bare = match bare.split_once("表(") {
        Some((name, rest)) if !rest.contains(')') => format!("{name}表"),
        _ => bare,
    };
    let bare = TAIL_NUMBER.replace(&bare, "表").into_owned();
    // A list number in front belongs to a heading of the narrative as often as to a title; the form decides.
    if ends_in(&bare, &["表", "目录", "一览"]) && !matches!(bare.as_str(), "报表" | "附表" | "公开表" | "图表")
    {
        return Form::Strong;
    }
    if WEAK_TITLE_ENDS.ends(&bare) && length <= 40 {
        return Form::Weak;
    }
    Form::None
}

/// Whether a caption (folded) may be a name, where its place says that it is one: short, no sentence, no unit, note or number.
pub(crate) fn is_name(folded: &str) -> bool {
    (4..=50).contains(&folded.chars().count())
        && !SENTENCE_WORDS.is_in(folded)
        && !folded.ends_with([':', ',', ';'])
        && folded.matches(',').count() <= 1
        && unit::in_caption(folded).is_none()
        && !(is_number(folded) || is_note(folded) || is_whose(folded) || is_continuation(folded))
}

/// Whether a caption (folded) says only that the table before goes on: 续表, 续上表, 接上表, (续).
pub(crate) fn is_continuation(folded: &str) -> bool {
    CONTINUATION.is_match(folded)
}

/// A title (folded) without the mark that it goes on: …支出表(续), …支出表续表.
pub(crate) fn without_continuation(folded: &str) -> String {
    CONTINUED.replace(folded, "").into_owned()
}

/// The text without trailing brackets: （2024年度）, （续）, （按功能分类）.
pub(crate) fn strip_brackets(folded: &str) -> String {
    let mut text = folded;
    while let Some(open) = text.rfind(['(', '[']) {
        if open == 0 || !text.ends_with([')', ']']) {
            break;
        }
        text = &text[..open];
    }
    text.to_owned()
}

/// Whether the caption (folded) is a table number alone.
pub(crate) fn is_number(folded: &str) -> bool {
    NUMBER.is_match(folded)
}

/// Whether the caption (folded) names whose table it is: 部门：…, 编制单位（盖章）：….
pub(crate) fn is_whose(folded: &str) -> bool {
    WHOSE.is_match(folded)
}

/// Whether the caption (folded) is a note.
pub(crate) fn is_note(folded: &str) -> bool {
    let folded = folded.trim_start_matches(['*', '(', '[']);
    NOTE_STARTS.begins(folded) || folded == "注"
}

/// Whether the caption (folded) begins with a list number.
pub(crate) fn is_numbered(folded: &str) -> bool {
    NUMBERING.is_match(folded)
}

/// A table number printed in front of the title on the same line: (`表1`, rest).
pub(crate) fn split_number(text: &str) -> Option<(String, String)> {
    let found = NUMBER_FIRST.captures(text)?;
    let number = squash(found.get(1)?.as_str());
    let rest = squash(found.get(2)?.as_str());
    (form(&rest) != Form::None).then_some((number, rest))
}

/// Whether a line is a table number with the beginning of a name that doesn't end as titles do: it was cut.
pub(crate) fn is_numbered_name(text: &str) -> bool {
    let rest = NUMBER_FIRST.captures(text.trim()).and_then(|c| c.get(2)).map(|m| m.as_str());
    rest.is_some_and(|rest| form(rest) != Form::Strong && !is_whose(&fold(rest)) && !fold(rest).contains("单位"))
}

/// A table number in brackets inside the title: 部门收支总表（公开表1）.
pub(crate) fn number_inside(text: &str) -> Option<String> {
    Some(NUMBER_INSIDE.captures(&fold(text))?.get(1)?.as_str().to_owned())
}

/// Whether a line (folded) was cut in the middle of a title: what it ends in asks for a noun.
pub(crate) fn is_cut(folded: &str) -> bool {
    CUT_ENDS.ends(folded)
}

/// Whether a line break cuts one of the words that titles are made of.
pub(crate) fn cuts_word(head: &str, tail: &str) -> bool {
    let (Some(last), Some(first)) = (head.chars().next_back(), tail.chars().next()) else { return false };
    let across: String = [last, first].iter().collect();
    TITLE_PAIRS.has(&across)
}

/// Whether a title line cannot stand alone: it is the tail of a title that was wrapped.
pub(crate) fn is_tail(folded: &str) -> bool {
    let bare = strip_brackets(folded);
    let begins_like_title = TITLE_STARTS.begins(&bare) || is_numbered(&bare);
    bare.ends_with('表') && bare.chars().count() <= 9 && !begins_like_title || TITLE_TAILS.has(&bare)
}

/// 目录, also with page leaders or a title before it.
pub(crate) fn is_contents_head(text: &str) -> bool {
    let head = text.trim_end_matches([':', '：', '）', ')', '】']);
    matches!(head, "目录" | "目次" | "目　录") || (head.ends_with("目录") && head.chars().count() <= 40)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_by_form() {
        let strong = [
            "2024年部门收支总体情况表",
            "财政拨款支出预算表（功能科目）",
            "部门整体支出绩效目标表(2024年度)",
            "目录",
            "一般公共预算基本支出情况表（按政府预算支出经",
            "财政拨款收支预算总表02-1",
            "一般公共预算基本支出表--人员经费",
            "2024年项目支出表（单位：万元）",
            "部门收支总表(元)",
        ];
        for text in strong {
            assert_eq!(form(text), Form::Strong, "{text}");
        }
        for text in ["机关（机构）运行经费", "部门预算单位构成"] {
            assert_eq!(form(text), Form::Weak, "{text}");
        }
        let none = [
            "单位：万元",
            "部门名称：某局",
            "公开01表",
            "注：本表反映收支总表",
            "详见下表",
            "本部门收入100万元。",
            "第二部分 2024年部门预算情况说明",
            "续表",
            "（续）",
            "续上表",
            "接上表",
            "续表1",
        ];
        for text in none {
            assert_eq!(form(text), Form::None, "{text}");
        }
    }

    #[test]
    fn table_numbers() {
        for text in [
            "预算01表",
            "公开表1-1",
            "附表3",
            "表一",
            "公开01表",
            "附件2",
            "财决公开01表",
            "表1",
            "部门公开表1",
            "附表1-2",
        ] {
            assert!(is_number(&fold(text)), "{text}");
        }
        for text in ["收支总表", "2024年表", "项目支出表"] {
            assert!(!is_number(&fold(text)), "{text}");
        }
        let split = split_number("表1　部门收支总表");
        assert_eq!(split, Some(("表1".to_owned(), "部门收支总表".to_owned())));
        assert_eq!(split_number("公开01表：收入总表"), Some(("公开01表".to_owned(), "收入总表".to_owned())));
    }

    #[test]
    fn titles_that_go_on() {
        for text in
            ["一般公共预算支出表（续）", "一般公共预算支出表续表", "一般公共预算支出表(续表1)", "一般公共预算支出表"]
        {
            assert_eq!(without_continuation(&fold(text)), "一般公共预算支出表", "{text}");
        }
        assert!(!is_continuation(&fold("后续支出表")) && !is_continuation(&fold("手续费")));
    }

    #[test]
    fn tails_of_wrapped_titles() {
        assert!(is_tail("算表(政府预算支出经济分类科目)"));
        assert!(is_tail("出预算表"));
        assert!(is_tail("表"));
        assert!(is_tail("预算表"));
        assert!(!is_tail("支出总表"));
        assert!(!is_tail("收支预算总表"));
    }
}
