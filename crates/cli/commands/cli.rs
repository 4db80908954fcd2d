//! The command line as a whole: its commands with their help, and which of them is asked for.

use super::check::{self, CheckArgs};
use super::completions::{self, CompletionsArgs};
use super::convert::{self, ConvertArgs};
use super::explain::{self, ExplainArgs};
use super::export::{self, ExportArgs};
use super::inspect::{self, InspectArgs};
use super::man::{self, ManArgs};
use super::merge::{self, MergeArgs};
use super::schema::{self, SchemaArgs};
use super::spelling;
use super::status::{self, StatusArgs};
use super::tables::{self, TablesArgs};
use super::usage;
use super::verify::{self, VerifyArgs};
use super::worker::{self, WorkerArgs};
use crate::document;
use crate::exit::{self, Exit};
use crate::report::{Printer, printer};
use crate::worker::COMMAND;
use clap::{ArgAction, CommandFactory, Parser, Subcommand};
use std::ffi::OsString;
use std::path::PathBuf;

/// Shown below the commands. Each line that starts with `yusuan` must parse; a test sees to it.
const EXAMPLES: &str = "\
示例：
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

/// 把政府预算、决算公开文件（PDF、电子表格）转换成干净的 Excel 和 CSV，每个数都注明单位和出处
#[derive(Debug, Parser)]
#[command(
    name = "yusuan",
    version,
    after_help = EXAMPLES,
    max_term_width = 100,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    subcommand_help_heading = "命令",
    subcommand_value_name = "命令",
    next_help_heading = "选项",
    override_usage = "yusuan <命令> [选项]",
    help_template = "{about}\n\n用法：{usage}\n\n{all-args}{after-help}\n"
)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,

    /// 不显示进度和总结
    #[arg(display_order = 100, short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,

    /// 逐个文件说明结果
    #[arg(display_order = 100, short, long, global = true)]
    verbose: bool,

    /// 识别扫描页的模型所在的文件夹（make ocr 取得）；不写则依次找环境变量 YUSUAN_MODELS、程序旁的 models、用户数据文件夹
    #[arg(display_order = 99, long, global = true, value_name = "文件夹")]
    models: Option<PathBuf>,

    /// 扫描页先用快的模型读，没有把握的再用准的（要有快的模型）
    #[arg(display_order = 99, long, global = true)]
    ocr_quick: bool,

    /// 显示帮助
    #[arg(display_order = 100, short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,

    /// 显示版本
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

const SUBCOMMAND: &str = "{about}\n\n用法：{usage}\n\n{all-args}\n";

#[derive(Debug, Subcommand)]
enum Command {
    /// 转换文件、文件夹，写出 Excel 和 CSV
    #[command(help_template = SUBCOMMAND, override_usage = "yusuan convert <路径>... -o <文件夹> [选项]")]
    Convert(ConvertArgs),
    /// 原样取出一个文件里的表格
    #[command(help_template = SUBCOMMAND, override_usage = "yusuan tables <文件> [选项]")]
    Tables(TablesArgs),
    /// 看一个文件里有哪些表、什么单位、有何疑点
    #[command(help_template = SUBCOMMAND, override_usage = "yusuan inspect <文件> [选项]")]
    Inspect(InspectArgs),
    /// 核对文件的勾稽关系，像编译器一样列出不符之处
    #[command(help_template = SUBCOMMAND, override_usage = "yusuan check <路径>... [选项]")]
    Check(CheckArgs),
    /// 说明一个编号：规则（A1）、读取情况（E010）、标记（unit_conflict）；不给则列出全部
    #[command(help_template = SUBCOMMAND, override_usage = "yusuan explain [编号]")]
    Explain(ExplainArgs),
    /// 数据字典：每个数据文件有哪些列、什么类型、什么单位、什么含义
    #[command(help_template = SUBCOMMAND, override_usage = "yusuan schema [选项]")]
    Schema(SchemaArgs),
    /// 由转换好的文件夹再写出各种格式，不重读原文件
    #[command(help_template = SUBCOMMAND, override_usage = "yusuan export <文件夹> --format <格式> [选项]")]
    Export(ExportArgs),
    /// 把分片转换的几个输出文件夹合为一个
    #[command(help_template = SUBCOMMAND, override_usage = "yusuan merge <文件夹>... -o <文件夹> [选项]")]
    Merge(MergeArgs),
    /// 一个输出文件夹的状态：转换到哪里、有哪些失败
    #[command(help_template = SUBCOMMAND, override_usage = "yusuan status <文件夹> [选项]")]
    Status(StatusArgs),
    /// 核对一个输出文件夹：保存的结果和写出的文件是否完好，可以修复
    #[command(help_template = SUBCOMMAND, override_usage = "yusuan verify <文件夹> [选项]")]
    Verify(VerifyArgs),
    /// 写出命令行补全脚本（bash、zsh、fish、powershell、elvish）
    #[command(help_template = SUBCOMMAND, override_usage = "yusuan completions <SHELL>")]
    Completions(CompletionsArgs),
    /// 写出手册页（roff）
    #[command(help_template = SUBCOMMAND, override_usage = "yusuan man [命令]")]
    Man(ManArgs),
    /// 显示一个命令的帮助
    #[command(help_template = SUBCOMMAND, override_usage = "yusuan help [命令]")]
    Help(HelpArgs),
    /// The program as a worker of itself: reads requests from stdin.
    #[command(name = COMMAND, hide = true)]
    Worker(WorkerArgs),
}

#[derive(Debug, clap::Args)]
struct HelpArgs {
    /// 哪个命令；不给则列出全部
    #[arg(value_name = "命令", help_heading = "参数")]
    command: Option<String>,
}

/// Does what the command line asks for.
pub(crate) fn run() -> Exit {
    let words = spelling::with_lists_joined(std::env::args_os());
    match Args::try_parse_from(&words) {
        Ok(args) => obey(&args),
        Err(error) => refuse(&error, &words),
    }
}

/// Help and version are asked for and end well; everything else that the parser stops at is wrong usage.
fn refuse(error: &clap::Error, words: &[OsString]) -> Exit {
    match usage::explain(error, command_of(words).as_deref()) {
        Some(words) => printer::error(&words),
        None => printer::parser_text(error),
    }
    if error.use_stderr() { Exit::Usage } else { Exit::Done }
}

/// The command that the words name: the first word that is no option.
fn command_of(words: &[OsString]) -> Option<String> {
    let named = words.iter().skip(1).filter_map(|word| word.to_str()).find(|word| !word.starts_with('-'))?;
    let program = Args::command();
    let command = program.find_subcommand(named).filter(|command| !command.is_hide_set())?;
    Some(command.get_name().to_owned())
}

/// The help of a command, as `--help` after it.
fn help(args: &HelpArgs) -> Exit {
    let words: Vec<OsString> =
        ["yusuan"].into_iter().chain(args.command.as_deref()).chain(["--help"]).map(OsString::from).collect();
    match Args::try_parse_from(&words) {
        Ok(_) => Exit::Done,
        Err(error) => refuse(&error, &words),
    }
}

fn obey(args: &Args) -> Exit {
    document::choose(document::Choice { folder: args.models.clone(), quick: args.ocr_quick });
    let printer = Printer::new(args.quiet, args.verbose);
    let outcome = match &args.command {
        Command::Convert(options) => convert::run(options, &printer),
        Command::Tables(options) => tables::run(options, &printer),
        Command::Inspect(options) => inspect::run(options),
        Command::Check(options) => check::run(options, &printer),
        Command::Explain(options) => explain::run(options),
        Command::Schema(options) => schema::run(options),
        Command::Export(options) => export::run(options, &printer),
        Command::Merge(options) => merge::run(options, &printer),
        Command::Status(options) => status::run(options),
        Command::Verify(options) => verify::run(options, &printer),
        Command::Completions(options) => completions::run(options, &Args::command()),
        Command::Man(options) => man::run(options, Args::command()),
        Command::Help(options) => Ok(help(options)),
        Command::Worker(options) => worker::run(options),
    };
    outcome.unwrap_or_else(|error| exit::of_error(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn every_example_parses() {
        let mut parsed = 0;
        for line in EXAMPLES.lines().filter_map(|line| line.find("yusuan ").map(|at| &line[at..])) {
            // Two spaces end the command and begin its explanation.
            let command = line.split("  ").next().unwrap();
            let words: Vec<_> = command.split(' ').map(|word| word.trim_matches('\'')).collect();
            Args::try_parse_from(&words).unwrap_or_else(|error| panic!("{command}: {error}"));
            parsed += 1;
        }
        assert_eq!(parsed, 11);
    }
}
