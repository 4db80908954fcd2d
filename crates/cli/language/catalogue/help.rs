//! What the program's help says: of the program and its commands, of their arguments, and the names of their values.

use crate::language::{Language, language};
use clap::builder::StyledStr;
use clap::{Arg, Command};

/// What may be written by those commands that bring a whole folder up to date.
const OUTPUT_FORMATS: (&str, &str) = (
    "输出格式，可用逗号列出多个，默认 xlsx,csv,parquet；sqlite 是一个数据库文件，review 是逐页对照原文的网页；汇总 CSV 总是写出，以前写出过的格式一并更新",
    "Output formats, several with commas, by default xlsx,csv,parquet; sqlite is one database file, review are pages beside the original; the combined CSV files are always written, and formats written before are brought up to date",
);

/// Texts by command, or by `command.argument`; `.argument` is that of all commands that have no text of their own.
const TEXTS: &[(&str, &str, &str)] = &[
    (
        "yusuan",
        "把政府预算、决算公开文件（PDF、OFD、扫描件、电子表格、Word 文档、网页）转换成干净的 Excel 和 CSV，每个数都注明单位和出处",
        "Turns budget disclosures of Chinese governments (PDF, OFD, scans, spreadsheets, Word documents, web pages) into clean Excel and CSV; every number has its unit and its place",
    ),
    (
        "serve",
        "在浏览器里用：拖入文件、对照原文、更正、查找、下载",
        "Work in a browser: drop files, read them beside the original, correct, search, download",
    ),
    ("convert", "转换文件、文件夹，写出 Excel 和 CSV", "Convert files and folders to Excel and CSV"),
    ("tables", "原样取出一个文件里的表格", "Take the tables out of one file as they stand"),
    (
        "inspect",
        "看一个文件里有哪些表、什么单位、有何疑点",
        "See which tables a file has, in which units, and what is doubtful",
    ),
    (
        "check",
        "核对文件的勾稽关系，像编译器一样列出不符之处",
        "Check the arithmetic of files and list what fails, as a compiler does",
    ),
    (
        "explain",
        "说明一个编号：规则（A1）、读取情况（E010）、标记（unit_conflict）；不给则列出全部",
        "Say what a code means: a rule (A1), a diagnostic (E010), a flag (unit_conflict); without one, list all",
    ),
    (
        "schema",
        "数据字典：每个数据文件有哪些列、什么类型、什么单位、什么含义",
        "The data dictionary: the columns of every data file, their types, units and meanings (in Chinese)",
    ),
    (
        "export",
        "由转换好的文件夹再写出各种格式，不重读原文件",
        "Write other formats from a converted folder, without reading the files again",
    ),
    ("merge", "把分片转换的几个输出文件夹合为一个", "Join the output folders of several shards to one"),
    (
        "status",
        "一个输出文件夹的状态：转换到哪里、有哪些失败",
        "The state of an output folder: how far it got, and what failed",
    ),
    (
        "verify",
        "核对一个输出文件夹：保存的结果和写出的文件是否完好，可以修复",
        "Check that the stored results and the files of an output folder are intact, and repair them",
    ),
    (
        "completions",
        "写出命令行补全脚本（bash、zsh、fish、powershell、elvish）",
        "Write a completion script (bash, zsh, fish, powershell, elvish)",
    ),
    ("man", "写出手册页（roff）", "Write a manual page (roff)"),
    ("help", "显示一个命令的帮助", "Show the help of a command"),
    (".quiet", "不显示进度和总结", "Show neither progress nor summary"),
    (".verbose", "逐个文件说明结果", "Say what became of each file"),
    (".help", "显示帮助", "Show this help"),
    (".version", "显示版本", "Show the version"),
    (
        ".lang",
        "提示用什么语言：zh 或 en；默认按 LC_ALL、LC_MESSAGES、LANG，英语环境用英语，其他（含 C、POSIX、未设）用中文",
        "Language of messages: zh or en; by default that of LC_ALL, LC_MESSAGES, LANG: English where they say English, else Chinese (C, POSIX and none too)",
    ),
    (
        "convert.paths",
        "文件、文件夹（含子文件夹）、zip 压缩包或通配符；- 表示从标准输入读清单，一行一个",
        "Files, folders (with those in them), zip archives or patterns; - reads a list from standard input, one per line",
    ),
    (
        "check.paths",
        "文件、文件夹（含子文件夹）、通配符，或 yusuan 写出的文件夹；- 表示从标准输入读清单，一行一个",
        "Files, folders (with those in them), patterns, or a folder that yusuan wrote; - reads a list from standard input, one per line",
    ),
    (
        ".file",
        "PDF、OFD、图片、电子表格、Word 文档或网页",
        "A PDF, an OFD file, a picture, a spreadsheet, a Word document or a web page",
    ),
    (
        ".models",
        "识别扫描页的模型所在的文件夹（make ocr 取得）；不写则依次找环境变量 YUSUAN_MODELS、程序旁的 models、用户数据文件夹",
        "Folder of the models that read scanned pages (make ocr fetches them); by default YUSUAN_MODELS, models beside the program, the user's data folder",
    ),
    (
        ".ocr_quick",
        "扫描页先用快的模型读，没有把握的再用准的（要有快的模型）",
        "Read scanned pages with the quick model first, and doubtful lines with the better one (needs the quick model)",
    ),
    (
        "explain.code",
        "规则编号（如 A1）、读取情况的代码（如 E010），或 facts.csv、tables.csv 里的标记（如 unit_conflict、单位矛盾）",
        "Id of a rule (A1), code of a diagnostic (E010), or a flag or status of the data files (unit_conflict, partial)",
    ),
    ("export.folder", "convert 写出的文件夹", "A folder that convert wrote"),
    ("verify.output", "convert 写出的文件夹", "A folder that convert wrote"),
    (
        "serve.folder",
        "放项目的文件夹，默认 yusuan-projects；给一个转换好的输出文件夹则打开它",
        "The folder that holds the projects, by default yusuan-projects; a finished output folder is opened itself",
    ),
    ("serve.port", "端口，默认 8765；0 为任一空闲端口", "The port, by default 8765; 0 for any that is free"),
    ("serve.open", "启动后打开浏览器", "Open a browser at the start"),
    (
        "serve.host",
        "在哪个地址上等待，默认 127.0.0.1（只有这台电脑能连）；别的地址要有 --password-file，连接不加密",
        "The address to listen on, by default 127.0.0.1 (this computer alone); any other needs --password-file, and the connection is not encrypted",
    ),
    (
        "serve.password_file",
        "密码文件：第一行是密码，至少 12 个字符",
        "A file whose first line is the password, 12 characters or more",
    ),
    ("serve.upload_limit", "每个文件最多多少 MiB，默认 512", "MiB of the largest file that is taken, by default 512"),
    ("status.output", "输出文件夹", "An output folder"),
    ("merge.parts", "已完成转换的输出文件夹", "Output folders whose conversion has ended"),
    (
        "completions.shell",
        "哪种 shell：bash、zsh、fish、powershell、elvish",
        "Which shell: bash, zsh, fish, powershell, elvish",
    ),
    ("man.command", "哪个命令；不给则是整个程序", "Which command; without one, the whole program"),
    ("help.command", "哪个命令；不给则列出全部", "Which command; without one, list all"),
    (
        ".output",
        "输出文件夹；再次运行只转换新增和有变化的文件",
        "Output folder; another run converts only what is new or changed",
    ),
    ("export.output", "写到另一个文件夹，默认写回原处", "Write to another folder; by default to the same one"),
    (
        "tables.output",
        "写到文件夹里，一张表一个文件：t01.csv、t02.csv……；CSV 带 BOM，Excel 可直接打开；不覆盖内容不同的文件",
        "Write to a folder, one file per table: t01.csv, t02.csv …; CSV has a BOM, for Excel; a file with other content is not replaced",
    ),
    (".format", "输出格式：text（默认）或 json", "Output format: text (default) or json"),
    ("convert.format", OUTPUT_FORMATS.0, OUTPUT_FORMATS.1),
    ("merge.format", OUTPUT_FORMATS.0, OUTPUT_FORMATS.1),
    (
        "export.format",
        "写出哪些格式，可用逗号列出多个：xlsx、csv、parquet、sqlite、review",
        "Which formats to write, several with commas: xlsx, csv, parquet, sqlite, review",
    ),
    ("schema.format", "输出格式：text（默认）、json 或 md", "Output format: text (default), json or md"),
    (
        "tables.format",
        "输出格式：json、csv、md 或 text；默认：在终端上是 text，写入文件夹时是 csv，其他是 json",
        "Output format: json, csv, md or text; by default text on a terminal, csv in a folder, json elsewhere",
    ),
    (
        ".layout",
        "输出布局：single（默认）或 parts，后者把数据写成按年度、省份分开的 Parquet 分片，适合很大的归档",
        "Layout of the output: single (default) or parts, which writes Parquet files by year and province, for very large archives",
    ),
    (
        ".jobs",
        "同时转换的文件数，默认按处理器核数",
        "Files converted at a time, by default one for each processor core",
    ),
    (
        "check.jobs",
        "同时读取的文件数，默认按处理器核数",
        "Files read at a time, by default one for each processor core",
    ),
    (
        ".unit",
        "工作簿里各张表用什么单位：printed 同原表（默认）、yuan 或 元、wan 或 万元",
        "Unit of the tables in workbooks: printed as in the original (default), yuan, or wan (10,000 yuan)",
    ),
    (
        ".no_bom",
        "CSV 开头不写 BOM（Excel 需要它才能正确显示中文）",
        "Write CSV without BOM (Excel needs it to show Chinese)",
    ),
    (".force", "输出文件夹里有其他文件时也写入", "Write to the folder even if it holds other files"),
    (
        ".bodies",
        "机构名称表（CSV，列：alias,name,id），优先于识别规则；以后再次运行和 export 都沿用，给一份空表则不再用",
        "List of bodies (CSV with alias,name,id), which wins over the rules; later runs and export go on using it, an empty one ends that",
    ),
    (
        "export.bodies",
        "机构名称表（CSV，列：alias,name,id），只用于这一次；不给则沿用转换时的",
        "List of bodies (CSV with alias,name,id), for this time; without it, that of the conversion",
    ),
    (
        ".fail_on",
        "勾稽关系不符（failed）或只差四舍五入（rounding）时退出码为 3",
        "Exit with 3 if an identity fails (failed) or is off by rounding (rounding)",
    ),
    (
        "check.fail_on",
        "勾稽关系不符（failed）或只差四舍五入（rounding）时退出码为 3；rounding 时也列出四舍五入差",
        "Exit with 3 if an identity fails (failed) or is off by rounding (rounding), which then is listed too",
    ),
    (
        ".message_format",
        "进度和结果在标准输出的写法：text（默认）或 json，后者一行一个事件",
        "How progress and results are told on standard output: text (default) or json, one event per line",
    ),
    (
        ".metrics",
        "结束时写出 OpenMetrics 文本格式的运行指标（供 node_exporter 的 textfile 收集）",
        "Write the run's metrics as OpenMetrics text (for node_exporter's textfile collector)",
    ),
    (".files_from", "从文件读清单，一行一个路径", "Read a list of paths from a file, one per line"),
    (
        ".manifest",
        "从 CSV 读清单（列：path,url,region,department,year）；其中的地区、部门、年度优先于识别结果",
        "Read a list from CSV (path,url,region,department,year); what it says of region, department and year wins",
    ),
    (
        ".corrections",
        "采用审阅网页导出的更正（corrections.csv），代替以前采用的；原文对不上的不采用。不写则以前采用的更正继续有效",
        "Use the corrections of a review page (corrections.csv) in place of earlier ones; those whose printed text differs are refused. Without it earlier ones stay",
    ),
    (
        ".hints",
        "按提示读表（hints.json，格式见 docs/hints.md），代替以前采用的：提示说到的地方不再猜测。不写则以前采用的提示继续有效",
        "Read tables as a file of hints says (hints.json, see docs/hints.md) in place of earlier ones: where it speaks nothing is guessed. Without it earlier ones stay",
    ),
    (
        ".dry_run",
        "只列出要转换的文件和输出位置，说明哪些新增、有变化、未变、无法读取，不写任何文件",
        "Only list the files and where they would go: which are new, changed, unchanged or unreadable; write nothing",
    ),
    (
        ".prune",
        "删去确已不存在的文件以前的结果（默认保留）；文件夹空了、读不到，或不见了三分之一以上时须用 --prune=force",
        "Remove earlier results of files that are gone (kept by default); --prune=force where a folder is empty, out of reach, or a third is missing",
    ),
    (
        ".rehash",
        "重新读取每个文件和写出的输出来判断是否有变化，不依据大小和时间",
        "Read every file and output to tell what changed, whatever sizes and times say",
    ),
    (
        ".shard",
        "只转换第 K 片，共 N 片；分法只取决于文件名，各片可在不同机器上转换，再用 merge 合并",
        "Convert part K of N; a file's name decides its part, so machines can share the work; merge joins the parts",
    ),
    (
        ".worker_memory",
        "读取一个文件最多用多少内存（MiB），默认 1536",
        "Most memory for reading one file (MiB), 1536 by default",
    ),
    (
        ".worker_timeout",
        "读取一个文件最多用多少秒，默认按文件大小，45 秒起",
        "Most seconds for reading one file, by default by its size, 45 or more",
    ),
    (
        ".worker_cpu",
        "读取一个文件最多用多少秒处理器时间，默认按文件大小，15 秒起",
        "Most seconds of processor time for one file, by default by its size, 15 or more",
    ),
    (".worker_pages", "一个文件最多读多少页，默认 5000", "Most pages read of one file, 5000 by default"),
    (
        ".second_reading",
        "所有有数的 PDF 页都由另一个程序再读一遍文字，两次读法不同的数加标记；默认只读勾稽不符的页",
        "Read the text of all PDF pages with numbers again with another library, and flag what differs; by default only pages where an identity fails",
    ),
    (
        ".all_pictures",
        "审阅网页（--format review）里每一页都有图；默认只画有表格、金额或图片的页",
        "A picture of every page for the review page (--format review); by default only of pages with tables, amounts or pictures",
    ),
    (
        ".password",
        "打开加密文件的密码；只用来打开，不会保存",
        "Password of encrypted files; used to open them, never stored",
    ),
    (
        ".passwords",
        "密码文件（JSON，格式见 docs/serve.md）：各个加密文件自己的密码，优先于 --password",
        "A file with the passwords of single encrypted files (JSON, see docs/serve.md); they go before --password",
    ),
    (
        ".no_isolation",
        "不用单独的进程读取文件：略快，但一个恶意文件可能使整批中断",
        "Read files in this process: a little faster, but a hostile file may end the whole run",
    ),
    (".pages", "只读这些页，如 3 或 1-3,7", "Read these pages alone, as 3 or 1-3,7"),
    (".no_join", "跨页的表不连接，逐页取出", "Don't join tables over pages"),
    (
        ".svg",
        "把一页画成 SVG 输出：线条、文字和找到的单元格，用来查看为何这样识别（须同时给出 --page）",
        "Draw a page as SVG: lines, texts and the cells that were found, to see why (needs --page)",
    ),
    (".page", "与 --svg 一起使用：哪一页", "With --svg: which page"),
    (
        ".repair",
        "修复：重新读取结果已损坏的原文件，重新写出被改动的输出",
        "Read files whose results are damaged again, and write changed outputs anew",
    ),
];

/// How each command is written.
const USAGES: &[(&str, &str, &str)] = &[
    ("yusuan", "yusuan <命令> [选项]", "yusuan <COMMAND> [OPTIONS]"),
    ("convert", "yusuan convert <路径>... -o <文件夹> [选项]", "yusuan convert <PATH>... -o <FOLDER> [OPTIONS]"),
    ("tables", "yusuan tables <文件> [选项]", "yusuan tables <FILE> [OPTIONS]"),
    ("inspect", "yusuan inspect <文件> [选项]", "yusuan inspect <FILE> [OPTIONS]"),
    ("check", "yusuan check <路径>... [选项]", "yusuan check <PATH>... [OPTIONS]"),
    ("explain", "yusuan explain [编号]", "yusuan explain [CODE]"),
    ("schema", "yusuan schema [选项]", "yusuan schema [OPTIONS]"),
    ("export", "yusuan export <文件夹> --format <格式> [选项]", "yusuan export <FOLDER> --format <FORMAT> [OPTIONS]"),
    ("merge", "yusuan merge <文件夹>... -o <文件夹> [选项]", "yusuan merge <FOLDER>... -o <FOLDER> [OPTIONS]"),
    ("serve", "yusuan serve [文件夹] [选项]", "yusuan serve [FOLDER] [OPTIONS]"),
    ("status", "yusuan status <文件夹> [选项]", "yusuan status <FOLDER> [OPTIONS]"),
    ("verify", "yusuan verify <文件夹> [选项]", "yusuan verify <FOLDER> [OPTIONS]"),
    ("completions", "yusuan completions <SHELL>", "yusuan completions <SHELL>"),
    ("man", "yusuan man [命令]", "yusuan man [COMMAND]"),
    ("help", "yusuan help [命令]", "yusuan help [COMMAND]"),
];

/// Names of values, as the definition has them (English), in Chinese.
const VALUES: &[(&str, &str)] = &[
    ("PATH", "路径"),
    ("FILE", "文件"),
    ("FOLDER", "文件夹"),
    ("DIR", "文件夹"),
    ("FORMAT", "格式"),
    ("LAYOUT", "布局"),
    ("NUMBER", "数量"),
    ("ADDRESS", "地址"),
    ("UNIT", "单位"),
    ("LEVEL", "程度"),
    ("SECONDS", "秒"),
    ("COUNT", "页数"),
    ("PAGES", "页码"),
    ("PAGE", "页码"),
    ("PASSWORD", "密码"),
    ("CODE", "编号"),
    ("COMMAND", "命令"),
    ("LANGUAGE", "语言"),
    ("K/N", "K/N"),
    ("MIB", "MIB"),
    ("SHELL", "SHELL"),
];

/// Shown below the commands. Each line with `yusuan` must parse; a test sees to it.
const EXAMPLES_ZH: &str = "\
示例：
  yusuan serve --open                                 在浏览器里用：拖入文件、对照、更正、下载
  yusuan convert samples/ -o out/                     转换文件夹里的全部文件
  yusuan convert 预算.pdf 决算.xlsx -o out/ -f xlsx   只要 Excel 工作簿
  yusuan convert 'data/2024/**/*.pdf' -o out/ -j 4    通配符，4 个文件同时转换
  yusuan convert samples/ -o out/ -f xlsx,csv,review  另做审阅网页 out/review/index.html
  find data -name '*.pdf' | yusuan convert - -o out/  从标准输入读文件清单
  yusuan inspect 预算.pdf                             一个文件里有哪些表
  yusuan tables 预算.pdf --format md                  原样取出表格，不作任何解读
  yusuan check 预算.pdf                               核对勾稽关系，列出不符之处
  yusuan explain A1                                   一条规则、一个代码或标记是什么意思、依据什么
  yusuan export out/ -f xlsx --unit 万元              由转换结果再写出工作簿，以万元计
  yusuan schema                                       数据文件每一列的含义

退出码：0 全部完成；1 无法进行；2 用法错误；3 有文件失败或不完整（见 documents.csv）；11 输出文件夹正被另一次运行使用；
130、143、129 被信号中断（再次运行会从中断处继续）";

const EXAMPLES_EN: &str = "\
Examples:
  yusuan serve --open                                 in a browser: drop files, review, correct, download
  yusuan convert samples/ -o out/                     all files of a folder
  yusuan convert 预算.pdf 决算.xlsx -o out/ -f xlsx   Excel workbooks alone
  yusuan convert 'data/2024/**/*.pdf' -o out/ -j 4    a pattern, 4 files at a time
  yusuan convert samples/ -o out/ -f xlsx,csv,review  with review pages: out/review/index.html
  find data -name '*.pdf' | yusuan convert - -o out/  a list from standard input
  yusuan inspect 预算.pdf                             which tables a file has
  yusuan tables 预算.pdf --format md                  its tables as they stand, not interpreted
  yusuan check 预算.pdf                               which of its sums fail
  yusuan explain A1                                   what a rule, a code or a flag means
  yusuan export out/ -f xlsx --unit wan               workbooks in 10,000 yuan
  yusuan schema                                       what every column of the data files means

Exit status: 0 all done; 1 nothing could be done; 2 wrong usage; 3 files failed or are partial (see
documents.csv); 11 another run is at work in the folder; 130, 143, 129 ended by a signal (the next
run goes on from there)";

const PROGRAM_ZH: &str = "{about}\n\n用法：{usage}\n\n{all-args}{after-help}\n";
const PROGRAM_EN: &str = "{about}\n\nUsage: {usage}\n\n{all-args}{after-help}\n";
const COMMAND_ZH: &str = "{about}\n\n用法：{usage}\n\n{all-args}\n";
const COMMAND_EN: &str = "{about}\n\nUsage: {usage}\n\n{all-args}\n";

/// The definition with its texts in the language of the program.
pub(crate) fn spoken(program: Command) -> Command {
    let commands: Vec<String> = program.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    let program = worded(program, "yusuan")
        .help_template(either((PROGRAM_ZH, PROGRAM_EN)))
        .after_help(either((EXAMPLES_ZH, EXAMPLES_EN)))
        .subcommand_help_heading(either(("命令", "Commands")))
        .subcommand_value_name(either(("命令", "COMMAND")));
    commands.iter().filter(|name| text(name).is_some()).fold(program, |program, name| {
        program.mut_subcommand(name, |command| worded(command, name).help_template(either((COMMAND_ZH, COMMAND_EN))))
    })
}

fn worded(command: Command, name: &str) -> Command {
    let usage = USAGES.iter().find(|(known, ..)| *known == name).map(|(_, zh, en)| either((*zh, *en)));
    let command = command.about(text(name).unwrap_or_default()).mut_args(|arg| argument(arg, name));
    match usage {
        Some(usage) => command.override_usage(StyledStr::from(usage)),
        None => command,
    }
}

fn argument(arg: Arg, command: &str) -> Arg {
    let id = arg.get_id().as_str().to_owned();
    let help = text(&format!("{command}.{id}")).or_else(|| text(&format!(".{id}"))).unwrap_or_default();
    let heading = if arg.is_positional() { ("参数", "Arguments") } else { ("选项", "Options") };
    let value = arg.get_value_names().and_then(|names| names.first()).and_then(|name| value_name(name));
    let arg = arg.help(help).help_heading(either(heading));
    match value {
        Some(value) => arg.value_name(value),
        None => arg,
    }
}

fn text(id: &str) -> Option<&'static str> {
    TEXTS.iter().find(|(known, ..)| *known == id).map(|(_, zh, en)| either((*zh, *en)))
}

fn value_name(name: &str) -> Option<&'static str> {
    VALUES.iter().find(|(known, _)| *known == name).map(|(en, zh)| either((*zh, *en)))
}

fn either((zh, en): (&'static str, &'static str)) -> &'static str {
    match language() {
        Language::Zh => zh,
        Language::En => en,
    }
}

/// The examples of both languages.
#[cfg(test)]
pub(crate) const EXAMPLES: [&str; 2] = [EXAMPLES_ZH, EXAMPLES_EN];

/// What the definition lacks of the catalogue, and the catalogue of the definition.
#[cfg(test)]
pub(crate) fn differences(program: &Command) -> Vec<String> {
    use std::collections::BTreeSet;
    let mut used: BTreeSet<String> = BTreeSet::from(["yusuan".to_owned()]);
    let mut missing = Vec::new();
    let shown = program.get_subcommands().filter(|command| !command.is_hide_set());
    for command in [program].into_iter().chain(shown) {
        let name = command.get_name().to_owned();
        used.insert(name.clone());
        if text(&name).is_none() || !USAGES.iter().any(|(known, ..)| *known == name) {
            missing.push(name.clone());
        }
        for arg in command.get_arguments() {
            let ids = [format!("{name}.{}", arg.get_id()), format!(".{}", arg.get_id())];
            match ids.iter().find(|id| text(id).is_some()) {
                Some(id) => drop(used.insert(id.clone())),
                None => missing.push(ids[0].clone()),
            }
            let named = arg.get_value_names().filter(|_| arg.get_action().takes_values()).unwrap_or_default();
            missing.extend(named.iter().filter(|name| value_name(name).is_none()).map(ToString::to_string));
        }
    }
    let unused = TEXTS.iter().map(|(id, ..)| (*id).to_owned()).filter(|id| !used.contains(id));
    missing.into_iter().chain(unused).collect()
}
