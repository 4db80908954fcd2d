//! Whether a table holds data, and the sentence that says it does not.

use crate::model::fact::Fact;
use crate::model::rule::Rule;
use crate::model::vocabulary::TableState;
use crate::reading::amount::Reading;
use crate::reading::fold::{fold, has_any, pattern};
use crate::reading::title;
use crate::table::column::{Column, Role};
use crate::table::grid::Grid;
use crate::table::header::Header;

// 本表无数据, 此表为空, 故本表为空表, 空表列示.
pattern!(
    ABOUT_TABLE,
    "(?:本表|此表|该表|本套表|表格|本页).{0,8}(?:无数据|为空|空表|没有数据|无内容|为零|无金额|空白)|(?:故|因此|所以|现).{0,6}(?:无数据|空表|为空)|^(?:无数据|空表|此表无数据|以空表列示|无此项|无相关数据|无内容)[。.]?$|空表(?:列示|公开)|无数据[,。]?$"
);
// 本部门无该项目, 我单位没有政府性基金预算支出, 未安排三公经费.
pattern!(
    ABOUT_BODY,
    "(?:本|我|该)?(?:部门|单位|局|委|办|院|校|中心|街道|机关|年度|级|会|.{2,20}(?:局|委|办|院|会|中心|街道办事处))[^。;]{0,12}(?:无|没有|未安排|不涉及|未发生|不存在|未使用|未编制|暂无)[^。;]{0,40}(?:收支|支出|收入|预算|项目|绩效|采购|资金|数据|拨款|安排|经费|内容|情况|业务)"
);

/// The state of a table with its note.
pub(crate) struct Finding {
    /// The state.
    pub(crate) state: TableState,
    /// The sentence printed, empty if the table holds data.
    pub(crate) note: String,
}

/// What the state is decided from.
pub(crate) struct Evidence<'a> {
    pub(crate) grid: &'a Grid<'a>,
    pub(crate) header: &'a Header,
    pub(crate) columns: &'a [Column],
    pub(crate) notes: &'a [String],
    pub(crate) facts: &'a [Fact],
    pub(crate) is_form: bool,
}

/// Finds the state.
pub(crate) fn find(e: &Evidence) -> Finding {
    let nothing = |state| Finding { state, note: String::new() };
    let is_zero = |f: &Fact| f.value.is_some_and(|v| v.is_zero()) || f.value.is_none() && is_zero_text(&f.value_text);
    if e.facts.iter().any(|f| !is_zero(f)) {
        return nothing(TableState::Data);
    }
    if let Some(note) = declared(e) {
        return Finding { state: TableState::DeclaredEmpty, note };
    }
    if !e.facts.is_empty() {
        return nothing(TableState::AllZero);
    }
    let amounts = e.columns.iter().any(|c| c.role == Role::Value) && !e.is_form;
    let body = (e.header.body()..e.grid.rows()).any(|r| !e.grid.starts(r).is_empty());
    let filled = has_text_data(e) || has_figures(e);
    nothing(if amounts && !filled || !body { TableState::EmptyGrid } else { TableState::Data })
}

/// Figures that became no facts (those of an unknown table without any unit) are data all the same.
fn has_figures(e: &Evidence) -> bool {
    let values = || {
        e.columns.iter().enumerate().filter(|(_, c)| matches!(c.role, Role::Value | Role::Undecided)).map(|(at, _)| at)
    };
    let is_figure = |row, col| matches!(e.grid.reading(row, col), Reading::Amount(v, _) if !v.is_zero());
    (e.header.body()..e.grid.rows()).any(|row| values().any(|col| is_figure(row, col)))
}

fn is_zero_text(text: &str) -> bool {
    matches!(crate::reading::amount::read(text), Reading::Amount(v, _) if v.is_zero())
}

/// A table of goals or names may say something although its amount columns are blank.
fn has_text_data(e: &Evidence) -> bool {
    let text: Vec<usize> = (0..e.columns.len())
        .filter(|c| {
            matches!(
                e.columns[*c].role,
                Role::Text | Role::Percent | Role::Count | Role::Date | Role::Score | Role::Identifier
            )
        })
        .collect();
    (e.header.body()..e.grid.rows())
        .any(|r| text.iter().any(|c| !e.grid.folded(r, *c).is_empty() && !is_declaration(e.grid.folded(r, *c))))
}

/// The first sentence that declares the table empty: in a note, or in a cell of the body.
fn declared(e: &Evidence) -> Option<String> {
    let in_notes = e.notes.iter().find(|n| {
        let folded = fold(n);
        is_declaration(&folded) && (!e.is_form || title::is_note(&folded)) && folded.chars().count() <= 200
    });
    if let Some(note) = in_notes {
        return Some(note.clone());
    }
    if e.is_form {
        return None;
    }
    let body = e.header.body()..e.grid.rows();
    let cells = body.flat_map(|r| e.grid.starts(r).into_iter().map(move |c| (r, c)));
    cells
        .map(|(r, c)| (e.grid.folded(r, c), e.grid.printed(r, c)))
        .find(|(f, _)| ABOUT_TABLE.is_match(f))
        .map(|(_, p)| p.to_owned())
}

/// Whether a text (folded) says of the table itself that it is empty.
pub(crate) fn is_about_table(folded: &str) -> bool {
    folded.chars().count() <= 80 && ABOUT_TABLE.is_match(folded)
}

/// Whether a text (folded) says that there is nothing to print.
fn is_declaration(folded: &str) -> bool {
    // 本表反映…情况 explains what the table is for; it is printed under empty and full tables alike.
    if has_any(folded, &["本表反映"]) && !has_any(folded, &["无数据", "为空", "空表"]) {
        return false;
    }
    ABOUT_TABLE.is_match(folded) || ABOUT_BODY.is_match(folded)
}

/// The rules of this module.
pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "E01",
        title: "Declared empty",
        text: "a sentence that says so (本表无数据, 我单位没有…) with no amount other than 0",
        source: "《地方预决算公开操作规程》: empty tables are published with a note",
    },
    Rule {
        id: "E02",
        title: "Explanations",
        text: "本表反映… explains a table and says nothing about its being empty",
        source: "notes below the forms of 部门决算",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_that_declare_a_table_empty() {
        let empty = [
            "我单位无三公经费预算支出，因此本表为空",
            "备注：本部门无政府性基金收支，故此表无数据。",
            "此表无数据",
            "说明：本部门无相关收支项目。",
            "注：本部门无该项目",
            "备注:本部门无重点项目绩效。",
            "注:本部门2025年无政府性基金预算财政拨款安排的预算，故本表为空表。",
            "说明：某市某局本年度没有国有资本经营预算财政拨款收入和支出，故本表无数据。",
        ];
        for text in empty {
            assert!(is_declaration(&fold(text)), "{text}");
        }
        let not =
            ["注：本表反映部门本年度的总收支和年末结转结余情况。", "备注：本表仅含当年财政拨款安排的支出", "合计"];
        for text in not {
            assert!(!is_declaration(&fold(text)), "{text}");
        }
    }
}
