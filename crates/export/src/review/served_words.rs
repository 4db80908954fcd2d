//! The words that only a served page says, Chinese and English beside each other.

use super::script;
use std::collections::BTreeMap;

/// Each by its name on the page; `{0}`, `{1}` are what the page says in it.
const WORDS: [(&str, &str, &str); 69] = [
    ("project", "返回项目", "Back to the project"),
    ("failed", "没有成功（{0}），请稍后再试", "It did not work ({0}); please try again"),
    // Corrections.
    ("undo", "撤销", "Undo"),
    ("undoCount", "撤销（{0}）", "Undo ({0})"),
    ("undone", "已撤销。", "Undone."),
    ("corrected", "已更正。", "Corrected."),
    ("takenBack", "已取消更正。", "Correction taken back."),
    ("applied", "（已采用）", " (applied)"),
    ("refused", "（未采用：{0}）", " (not applied: {0})"),
    ("checksMoved", "勾稽：相符 {0}，不符 {1}。", "Checks: passed {0}, failed {1}."),
    ("checksStay", "勾稽结果未变。", "The checks came out as before."),
    (
        "took",
        "用时 {0} 毫秒；跨文件的核对和总表随后更新。",
        "{0} ms; comparisons with other files and the panel follow.",
    ),
    ("looked", "看过了", "Looked at"),
    ("lookedSaid", "已记下：看过了。", "Noted: looked at."),
    ("notLookedSaid", "已记下：还没有看。", "Noted: not looked at."),
    // Who.
    ("whoTitle", "您的姓名？", "Your name?"),
    (
        "whoWhy",
        "记在每一处更正旁边，只问这一次；可以不填。",
        "It is noted with each change and asked once; you need not give one.",
    ),
    ("name", "姓名", "Name"),
    ("keepName", "好", "OK"),
    ("log", "谁改了什么", "Who changed what"),
    ("logEmpty", "还没有人改过。", "Nobody changed anything yet."),
    ("nobody", "未署名", "Unnamed"),
    ("blank", "（空白）", "(blank)"),
    ("nothing", "（无）", "(none)"),
    ("table", "表", "table"),
    ("page", "第 {0} 页", "page {0}"),
    ("tableNumber", "第 {0} 张表", "table {0}"),
    // Drawing.
    ("draw", "画表", "Draw a table"),
    ("drawOn", "在第 {0} 页上画", "Drawing on page {0}"),
    ("kind", "画的是", "This is"),
    ("kind_table", "一张表", "a table"),
    ("kind_not_a_table", "不是表", "not a table"),
    ("kind_header", "这张表的表头", "a table's header"),
    ("kind_cells", "工作表里的一张表", "a table within the sheet"),
    ("kind_no_table", "不是表", "not a table"),
    ("kind_header_of", "这张表的表头", "a table's header"),
    (
        "how_table",
        "在页面上拖出表的外框，在框内点击画列线（或行线）；线和边都可拖动，拖到框外即删除。Tab 选线，方向键移动，Delete 删除。",
        "Drag the table's outline on the page and click inside it for each line between columns (or rows). Lines and edges can be dragged; out of the outline a line is gone. Tab picks a line, arrow keys move it, Delete removes it.",
    ),
    ("how_not_a_table", "在页面上拖出不是表的地方。", "Drag a box over what is no table."),
    ("how_header", "在表上拖一个框，再填表头有几行。", "Drag a box on the table and say how many rows its header has."),
    (
        "how_cells",
        "写明第几张表里的哪一块：首行，首列，末行，末列。",
        "Say which part of which table: first row, first column, last row, last column.",
    ),
    ("how_no_table", "写明第几张表不是表。", "Say which table is none."),
    ("how_header_of", "写明第几张表，表头有几行。", "Say which table, and how many rows its header has."),
    ("pageNumber", "页码", "Page"),
    ("box", "外框：左，上，右，下（点）", "Outline: left, top, right, bottom (points)"),
    ("lines", "点击画", "A click draws"),
    ("lines_columns", "列线", "a line between columns"),
    ("lines_rows", "行线", "a line between rows"),
    ("line_columns", "列线 {0}", "Line {0} between columns"),
    ("line_rows", "行线 {0}", "Line {0} between rows"),
    ("columns", "列线", "Lines between columns"),
    ("rows", "行线（可不画）", "Lines between rows (need not be drawn)"),
    ("header_rows", "表头行数", "Rows of the header"),
    ("runs_on", "续到第几页", "Runs on over pages"),
    ("continues", "接着前一页画的表", "Goes on with the table drawn on a page before"),
    ("cells", "首行，首列，末行，末列", "First row, first column, last row, last column"),
    ("found", "从识别的表开始", "Begin with the table as found"),
    ("noneFound", "右边没有选中这份文件里有位置的表。", "No table with a place on a page is shown."),
    ("save", "保存并重读", "Save and read again"),
    ("cancel", "关闭", "Close"),
    ("kept", "已保存的提示", "Hints that are kept"),
    ("edit", "修改", "Edit"),
    ("remove", "删除", "Remove"),
    ("needsBox", "请先在页面上拖出外框。", "Please drag an outline on the page first."),
    ("needsHeader", "请填表头有几行。", "Please say how many rows the header has."),
    ("needsTable", "请填第几张表。", "Please say which table."),
    (
        "needsCells",
        "请填四个数：首行，首列，末行，末列。",
        "Please give four numbers: first row, first column, last row, last column.",
    ),
    (
        "notTaken",
        "有 {0} 处别人刚刚改过，保留了别人的，请再看一遍。",
        "Somebody else changed {0} of these cells a moment ago; theirs stay. Please look again.",
    ),
    ("savedHint", "已保存，文件按提示重读。", "Saved; the file was read again."),
    ("removedHint", "已删除，文件已重读。", "Removed; the file was read again."),
];

/// The words as a script.
pub(super) fn served_words() -> String {
    let of = |word: fn(&(&'static str, &'static str, &'static str)) -> &'static str| {
        WORDS.iter().map(|all| (all.0, word(all))).collect::<BTreeMap<_, _>>()
    };
    script::call("openServedWords", &BTreeMap::from([("zh", of(|all| all.1)), ("en", of(|all| all.2))]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_its_parameters_in_both_languages_and_is_said_once() {
        let mut names: Vec<&str> = WORDS.iter().map(|(name, ..)| *name).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
        for (name, zh, en) in WORDS {
            for parameter in ["{0}", "{1}"] {
                assert_eq!(zh.contains(parameter), en.contains(parameter), "{name}");
            }
        }
    }
}
