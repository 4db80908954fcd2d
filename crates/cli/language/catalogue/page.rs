//! What the pages of `yusuan serve` say: both languages at once, since each browser chooses its own.

use crate::language::Language;
use std::collections::BTreeMap;
use yusuan_export::{DocumentStatus, document_status_label};
use yusuan_normalize::DocumentKind;

/// By name, Chinese and English; `{n}` and the like stand for what the page puts in.
const WORDS: &[(&str, &str, &str)] = &[
    ("app", "预算公开文件", "Budget disclosures"),
    ("skip", "跳到正文", "Skip to content"),
    ("home", "全部项目", "All projects"),
    ("other_language", "English", "中文"),
    ("switch_language", "切换语言", "Change the language"),
    ("help", "帮助", "Help"),
    (
        "lost",
        "服务已停止或连接中断；重新启动后，请打开终端里给出的新地址。",
        "The server stopped, or the connection broke. After a restart open the new address that the terminal shows.",
    ),
    // The first page.
    ("new_project", "新建项目", "New project"),
    ("project_name", "项目名称", "Name of the project"),
    ("project_hint", "例如：2024 年各区科协部门预算", "For example: budgets of the districts, 2024"),
    ("make", "建立", "Make it"),
    ("projects", "项目", "Projects"),
    (
        "no_projects",
        "还没有项目。给它取个名字，然后把文件拖进去。",
        "No projects yet. Give one a name, then drop files into it.",
    ),
    ("files_count", "{n} 个文件", "{n} files"),
    ("at_work", "正在识别", "at work"),
    // A project.
    ("sections", "项目的各部分", "Parts of the project"),
    ("section.files", "文件", "Files"),
    ("section.doubts", "存疑", "Doubts"),
    ("section.search", "查找", "Search"),
    ("section.compare", "两年比较", "Compare years"),
    ("section.downloads", "下载", "Downloads"),
    (
        "drop",
        "把 PDF、Excel、Word、网页、图片、文件夹或 zip 拖到这里",
        "Drop PDF, Excel, Word, web pages, pictures, folders or zips here",
    ),
    ("choose_files", "选择文件", "Choose files"),
    ("choose_folder", "选择文件夹", "Choose a folder"),
    ("paste", "粘贴这台电脑上的路径", "Paste paths of this computer"),
    ("paths", "文件或文件夹的路径，一行一个", "Paths of files or folders, one a line"),
    ("take", "加入项目", "Add to the project"),
    (
        "stays_here",
        "文件只复制到这台电脑上的项目文件夹，不会上传到任何别处。",
        "Files are copied to the project's folder on this computer and go nowhere else.",
    ),
    ("filter", "筛选", "Filter"),
    ("filter_hint", "文件名、部门、年度", "name, body, year"),
    ("column.file", "文件", "File"),
    ("column.whose", "部门", "Body"),
    ("column.year", "年度", "Year"),
    ("column.kind", "类型", "Kind"),
    ("column.state", "状态", "State"),
    ("column.tables", "表", "Tables"),
    ("column.facts", "金额数", "Figures"),
    ("column.checks", "不符", "Failing"),
    ("column.doubts", "已看 / 存疑", "Looked at / doubts"),
    ("column.workbook", "工作簿", "Workbook"),
    ("unknown", "未识别", "not known"),
    ("open_file", "打开 {name}", "Open {name}"),
    ("get_workbook", "下载 {name} 的工作簿", "Download the workbook of {name}"),
    ("no_files", "还没有文件。", "No files yet."),
    ("shown", "共 {all} 个文件，显示 {n} 个", "{all} files, {n} shown"),
    ("all_shown", "共 {all} 个文件", "{all} files"),
    ("now.waiting", "等待", "waiting"),
    ("now.nothing", "没有找到表格", "no tables found"),
    ("now.reading", "正在识别，{n} 秒", "reading, {n} s"),
    ("now.reading_page", "正在识别第 {page} 页，共 {pages} 页，{n} 秒", "reading page {page} of {pages}, {n} s"),
    ("now.uploading", "正在上传 {n}%", "uploading {n} %"),
    ("now.refused", "没有收下：{why}", "not taken: {why}"),
    ("now.known", "已在项目里", "already in the project"),
    ("too_large", "文件超过 {n} MiB", "the file has more than {n} MiB"),
    ("now.locked", "需要密码", "needs a password"),
    ("unlock", "输入密码", "Give the password"),
    ("unlock_file", "输入 {name} 的密码", "Give the password of {name}"),
    ("unlock_label", "这个文件的密码", "Password of this file"),
    (
        "unlock_note",
        "密码只用来打开这个文件，存在项目文件夹的 passwords.json 里，只有运行本程序的用户能读；不会发到任何别处。",
        "It serves to open this file alone. It is kept in the file passwords.json of the project's folder, which only the user who runs this program can read, and goes nowhere else.",
    ),
    ("unlock_it", "打开", "Open it"),
    ("unlock_trying", "正在试这个密码…", "Trying the password…"),
    ("cancel", "取消", "Cancel"),
    ("run.idle", "全部就绪。", "All is up to date."),
    ("run.waiting", "马上开始……", "About to begin …"),
    ("run.running", "正在查看文件……", "Looking at the files …"),
    ("run.reading", "正在识别：{done} / {total}", "Reading: {done} of {total}"),
    ("run.writing", "正在写出结果，关闭网页也会继续……", "Writing the results; closing this page stops nothing …"),
    (
        "run.taken",
        "另一次运行（例如命令行）正在用这个文件夹，稍后自动继续。",
        "Another run, as of the command line, is at work in this folder; this one follows.",
    ),
    ("run.failed", "没有完成：{why}", "Not done: {why}"),
    ("again", "再试一次", "Try again"),
    (
        "finished_folder",
        "这是一个已经转换好的输出文件夹：可以阅读、更正、下载，不能加入文件。",
        "This is a finished output folder: read, correct and download; files can't be added.",
    ),
    ("column.remove", "移除", "Remove"),
    ("remove", "移除", "Remove"),
    ("remove_file", "移除 {name}", "Remove {name}"),
    ("remove_question", "从项目里移除 {name}？", "Remove {name} from the project?"),
    ("remove_archive", "这个压缩包里的 {n} 个文件一起移除。", "The {n} documents of this archive go with it."),
    (
        "remove_note",
        "结果里不再有它。文件留在项目的 removed 文件夹里，随时可以放回，更正和画的表也会回来。",
        "It leaves the results. The file is kept in the project's folder “removed” and can be put back at any time, with its corrections and drawn tables.",
    ),
    ("keep_it", "不移除", "Keep it"),
    ("removed_said", "已移除 {name}。", "Removed {name}."),
    ("undo", "撤销", "Undo"),
    ("removed_files", "已移除的文件（{n}）", "Removed files ({n})"),
    (
        "removed_note",
        "它们在项目的 removed 文件夹里；不再需要时，可以在那里删除。",
        "They are in the project's folder “removed”; delete them there when nobody needs them any more.",
    ),
    ("put_back", "放回", "Put back"),
    ("put_back_file", "放回 {name}", "Put back {name}"),
    // Who is let in.
    ("sessions", "已登录的浏览器", "Browsers that were let in"),
    (
        "sessions_note",
        "结束以后，那个浏览器要重新打开终端里的地址（或输入密码）才能再进来。",
        "One that is ended has to open the terminal's address (or give the password) again.",
    ),
    ("some_browser", "未知的浏览器", "Some browser"),
    ("session_times", "{began} 进入，最近 {seen}", "since {began}, last seen {seen}"),
    ("this_browser", "这个浏览器", "this browser"),
    ("end_session", "结束", "End"),
    ("end_session_of", "结束 {name}", "End {name}"),
    // Where there is no page.
    ("refusal.title", "打不开这一页", "This page can't be opened"),
    (
        "refusal.unknown",
        "这个浏览器还没有进入，或者程序重新启动过、登录已被结束。请回到运行 yusuan serve 的终端，打开那里给出的完整地址（带 token）。",
        "This browser was not let in yet, or the program was started again, or the session was ended. Go to the terminal that runs yusuan serve and open the whole address that it shows, with its token.",
    ),
    (
        "refusal.name",
        "这个地址的名称不对。请打开运行 yusuan serve 的终端里给出的地址。",
        "The address has another name than the server's. Open the address that the terminal shows where yusuan serve runs.",
    ),
    (
        "refusal.nothing",
        "没有这个项目、文件或页面，可能已被移除。",
        "There is no such project, document or page; perhaps it was removed.",
    ),
    ("refusal.failed", "程序这里出了问题，请稍后再试。", "Something went wrong here; please try again in a moment."),
    // Doubts.
    ("looked_at", "已看 {n} / {all}", "{n} of {all} looked at"),
    ("unseen_only", "只看没看过的", "Only those not looked at"),
    ("all_kinds", "全部种类", "All kinds"),
    ("doubt_kind", "种类", "Kind"),
    ("doubt.file", "缺失", "Missing"),
    ("doubt.check", "勾稽", "Sums"),
    ("doubt.figure", "数字", "Figures"),
    ("your_name", "你的名字（记下谁看过、谁改的）", "Your name, kept with what you look at and change"),
    ("looked", "看过了", "Looked at"),
    ("looked_by", "{name}看过", "looked at by {name}"),
    ("look", "打开原文", "Open the page"),
    ("no_doubts", "没有存疑的地方。", "Nothing is doubtful."),
    ("none_left", "都看过了。", "All were looked at."),
    ("more", "再显示 {n} 条", "Show {n} more"),
    ("beyond", "另有 {n} 条没有列出。", "{n} more are not listed."),
    ("on_page", "第 {n} 页", "page {n}"),
    ("difference", "相差 {n} 元", "off by {n} yuan"),
    // Search.
    ("search_for", "查什么", "Search for"),
    (
        "search_hint",
        "数字（1,234.5、12345000 元、1.2亿）、词语、部门",
        "a number (1,234.5, 12345000, 1.2亿), a word, a body",
    ),
    ("find", "查找", "Search"),
    ("found", "找到 {n} 处", "{n} found"),
    ("found_most", "找到 {all} 处，显示前 {n} 处", "{all} found, the first {n} shown"),
    ("nothing_found", "没有找到。", "Nothing was found."),
    ("in_sentence", "文字", "text"),
    ("in_row", "表", "table"),
    // Comparison.
    ("body", "部门", "Body"),
    ("left", "前", "Before"),
    ("right", "后", "After"),
    ("without_amounts", "没有可比的数：{name}里没有找到金额。", "Nothing to compare: no amounts were found in {name}."),
    ("compare_now", "比较", "Compare"),
    (
        "nothing_to_compare",
        "要有同一部门的两份文件（例如 2023 年和 2024 年预算）才能比较。",
        "Comparing takes two documents of one body, such as its budgets of 2023 and 2024.",
    ),
    ("line", "项目", "Line"),
    ("change", "变化（万元）", "Change (10,000 yuan)"),
    ("percent", "变化", "Change"),
    ("in_wan", "{name}（万元）", "{name} (10,000 yuan)"),
    (
        "changed_lines",
        "{n} 行有变化，{same} 行相同；变化大的在前",
        "{n} lines changed, {same} are the same; the largest changes first",
    ),
    ("absent", "无", "none"),
    // Downloads.
    ("download_note", "下载时现做：更正过的数都在里面。", "Made when you ask: what was corrected is in them."),
    (
        "get.overview",
        "总览工作簿：每个部门每一年一行，图表，每类表一页",
        "Overview workbook: a row for each body and year, charts, a sheet for each kind of table",
    ),
    ("get.panel", "面板数据：每个机构、年度、指标一行", "Panel: a row for each body, year and indicator"),
    ("get.all", "全部结果：工作簿、表、数据文件、审阅网页", "Everything: workbooks, tables, data files, review pages"),
    (
        "get.one",
        "单份文件的工作簿在“文件”一栏每行的右端。",
        "The workbook of one file is at the right end of its row under Files.",
    ),
    // Help.
    ("help_title", "怎么用", "How it works"),
    (
        "help.files",
        "把文件拖进来，每一行会自己变成“完成”。点文件名打开审阅页：左边是原文，右边是表，点一个数就看到它在原文的位置。关掉网页不影响识别，再次启动会接着做。",
        "Drop files; each row becomes done by itself. A click on a name opens its review page: the original on the left, the tables on the right, and for each number its place. Closing the page stops nothing, and a restart goes on.",
    ),
    (
        "help.doubts",
        "这里列出整个项目里值得看一眼的地方：没读全的文件、加不起来的合计、可能读错的数。看过的打勾，进度会保存；在审阅页更正的数会从这里消失。",
        "Everything in the project worth a look: files read in part, totals that don't add up, figures that may be wrong. Tick what you looked at; it is kept. What you correct on the review page goes from here.",
    ),
    (
        "help.search",
        "可以查印出来的数字（带不带逗号都行）、以元计的数、词语或部门名。点结果就打开那一页那一行。",
        "Search for a number as it is printed, with or without commas, for an amount in yuan, for a word or a body. A result opens its page and row.",
    ),
    (
        "help.compare",
        "选一个部门和它的两份文件，同一张表同一行的数放在一起，变化大的在前。",
        "Choose a body and two of its documents: the same line of the same table side by side, the largest changes first.",
    ),
    (
        "help.downloads",
        "工作簿可以直接转发；每个数都带着出处的页码。",
        "Workbooks can be passed on as they are; every number has its page.",
    ),
    (
        "help.safe",
        "只有这台电脑上的这个浏览器能打开这些网页，文件不离开这台电脑。",
        "Only this browser on this computer can open these pages, and files never leave it.",
    ),
    // Login.
    ("password", "密码", "Password"),
    ("enter", "进入", "Enter"),
    ("wrong_password", "密码不对，请稍等两秒再试。", "The password is wrong; wait two seconds and try again."),
    (
        "plain_http",
        "这个连接没有加密：同一网络里的人可能看到内容和密码。",
        "This connection is not encrypted: others on the network may see what you see, and the password.",
    ),
];

/// English of what the results' own lists say in Chinese.
const LISTED: &[(&str, &str)] = &[
    ("state.ok", "done"),
    ("state.partial", "in part"),
    ("state.failed", "failed"),
    ("state.unsupported", "no document"),
    ("state.duplicate", "copy"),
    ("kind.budget", "Budget"),
    ("kind.final_accounts", "Final accounts"),
    ("kind.performance", "Performance"),
    ("kind.government_budget", "Government budget"),
    ("kind.government_final_accounts", "Government final accounts"),
    ("kind.other", "No disclosure"),
];

/// All words in a language.
pub(crate) fn page_words(language: Language) -> BTreeMap<&'static str, &'static str> {
    let is_english = language == Language::En;
    let own = WORDS.iter().map(|(name, zh, en)| (*name, if is_english { *en } else { *zh }));
    let listed = LISTED.iter().filter_map(|(name, en)| Some((*name, if is_english { *en } else { chinese(name)? })));
    own.chain(listed).collect()
}

/// What the results say.
fn chinese(name: &str) -> Option<&'static str> {
    let (group, id) = name.split_once('.')?;
    if group == "kind" {
        return DocumentKind::ALL.iter().find(|kind| kind.as_str() == id).map(|kind| kind.label_zh());
    }
    let all = [
        DocumentStatus::Ok,
        DocumentStatus::Partial,
        DocumentStatus::Failed,
        DocumentStatus::Unsupported,
        DocumentStatus::Duplicate,
    ];
    all.into_iter().find(|status| status.as_str() == id).map(document_status_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_the_same() {
        let (zh, en) = (page_words(Language::Zh), page_words(Language::En));
        assert!(zh.keys().eq(en.keys()));
        assert_eq!(zh.len(), WORDS.len() + LISTED.len());
        let places = |text: &str| {
            let mut names: Vec<String> =
                text.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0.to_owned())).collect();
            names.sort();
            names
        };
        for (name, words) in &zh {
            assert_eq!(places(words), places(en[name]), "{name}");
            assert!(!words.contains('<') && !en[name].contains('<'), "{name}");
        }
    }
}
