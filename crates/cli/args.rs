//! What can be asked for? Commands and flags with their help, and nothing else.

use clap::{ArgAction, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use yusuan_normalize::MoneyUnit;

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
  yusuan explain A1                                   一条勾稽规则是什么、依据什么
  yusuan export out/ -f xlsx --unit wan               由转换结果再写出工作簿，以万元计
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
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// 不显示进度和总结
    #[arg(display_order = 100, short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,

    /// 逐个文件说明结果
    #[arg(display_order = 100, short, long, global = true)]
    pub(crate) verbose: bool,

    /// 显示帮助
    #[arg(display_order = 100, short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,

    /// 显示版本
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

const SUBCOMMAND: &str = "{about}\n\n用法：{usage}\n\n{all-args}\n";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
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
    /// 说明一条勾稽规则；不给编号则列出全部
    #[command(help_template = SUBCOMMAND, override_usage = "yusuan explain [规则]")]
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
    /// The program as a worker of itself: reads requests from stdin.
    #[command(name = crate::worker::COMMAND, hide = true)]
    Worker(WorkerArgs),
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct ExportArgs {
    /// convert 写出的文件夹
    #[arg(value_name = "文件夹", help_heading = "参数")]
    pub(crate) folder: PathBuf,

    /// 写出哪些格式，可用逗号列出多个：xlsx、csv、parquet
    #[arg(short, long, required = true, value_delimiter = ',', value_name = "格式", hide_possible_values = true)]
    pub(crate) format: Vec<OutputKind>,

    /// 写到另一个文件夹，默认写回原处
    #[arg(short, long, value_name = "文件夹")]
    pub(crate) output: Option<PathBuf>,

    /// 工作簿里各张表用什么单位：printed 同原表（默认）、yuan 元、wan 万元
    #[arg(
        long,
        default_value = "printed",
        hide_default_value = true,
        value_name = "单位",
        hide_possible_values = true
    )]
    pub(crate) unit: SheetUnit,

    /// CSV 开头不写 BOM（Excel 需要它才能正确显示中文）
    #[arg(long)]
    pub(crate) no_bom: bool,

    /// 输出文件夹里有其他文件时也写入
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct MergeArgs {
    /// 已完成转换的输出文件夹
    #[arg(required = true, value_name = "文件夹", help_heading = "参数")]
    pub(crate) parts: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct StatusArgs {
    /// 输出文件夹
    #[arg(value_name = "文件夹", help_heading = "参数")]
    pub(crate) output: PathBuf,

    /// 输出格式：text（默认）或 json
    #[arg(long, default_value = "text", hide_default_value = true, value_name = "格式", hide_possible_values = true)]
    pub(crate) format: CheckFormat,
}

#[derive(Debug, clap::Args)]
pub(crate) struct WorkerArgs {
    #[arg(value_name = "MIB")]
    pub(crate) memory_mib: u64,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct SchemaArgs {
    /// 输出格式：text（默认）、json 或 md
    #[arg(long, default_value = "text", hide_default_value = true, value_name = "格式", hide_possible_values = true)]
    pub(crate) format: SchemaKind,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct CheckArgs {
    /// 文件、文件夹（含子文件夹）、通配符，或 yusuan 写出的文件夹；- 表示从标准输入读清单，一行一个
    #[arg(required = true, value_name = "路径", help_heading = "参数")]
    pub(crate) paths: Vec<PathBuf>,

    /// 输出格式：text（默认）或 json
    #[arg(long, default_value = "text", hide_default_value = true, value_name = "格式", hide_possible_values = true)]
    pub(crate) format: CheckFormat,

    /// 同时读取的文件数，默认按处理器核数
    #[arg(short, long, default_value_t = 0, hide_default_value = true, value_name = "数量")]
    pub(crate) jobs: usize,

    /// 勾稽关系不符（failed）或只差四舍五入（rounding）时退出码为 3；rounding 时也列出四舍五入差
    #[arg(long, value_name = "程度", hide_possible_values = true)]
    pub(crate) fail_on: Option<FailOn>,

    /// 所有有数的 PDF 页都由另一个程序再读一遍文字，两次读法不同的数加标记；默认只读勾稽不符的页
    #[arg(long)]
    pub(crate) second_reading: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// 规则编号，如 A1
    #[arg(value_name = "规则", help_heading = "参数")]
    pub(crate) rule: Option<String>,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct ConvertArgs {
    /// 文件、文件夹（含子文件夹）、zip 压缩包或通配符；- 表示从标准输入读清单，一行一个
    #[arg(required_unless_present_any = ["files_from", "manifest"], value_name = "路径", help_heading = "参数")]
    pub(crate) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) target: TargetArgs,

    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
}

/// Where results go, and in which form.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct TargetArgs {
    /// 输出文件夹；再次运行只转换新增和有变化的文件
    #[arg(short, long, value_name = "文件夹")]
    pub(crate) output: PathBuf,

    /// 输出格式，可用逗号列出多个，默认 xlsx,csv,parquet；review 是逐页对照原文的网页；汇总 CSV 总是写出
    #[arg(
        short,
        long,
        value_delimiter = ',',
        default_value = "xlsx,csv,parquet",
        hide_default_value = true,
        value_name = "格式",
        hide_possible_values = true
    )]
    pub(crate) format: Vec<OutputKind>,

    /// 输出布局：single（默认）或 parts，后者把数据写成按年度、省份分开的 Parquet 分片，适合很大的归档
    #[arg(long, default_value = "single", hide_default_value = true, value_name = "布局", hide_possible_values = true)]
    pub(crate) layout: Layout,

    /// 同时转换的文件数，默认按处理器核数
    #[arg(short, long, default_value_t = 0, hide_default_value = true, value_name = "数量")]
    pub(crate) jobs: usize,

    /// 工作簿里各张表用什么单位：printed 同原表（默认）、yuan 元、wan 万元
    #[arg(
        long,
        default_value = "printed",
        hide_default_value = true,
        value_name = "单位",
        hide_possible_values = true
    )]
    pub(crate) unit: SheetUnit,

    /// CSV 开头不写 BOM（Excel 需要它才能正确显示中文）
    #[arg(long)]
    pub(crate) no_bom: bool,

    /// 输出文件夹里有其他文件时也写入
    #[arg(long)]
    pub(crate) force: bool,

    /// 勾稽关系不符（failed）或只差四舍五入（rounding）时退出码为 3
    #[arg(long, value_name = "程度", hide_possible_values = true)]
    pub(crate) fail_on: Option<FailOn>,

    /// 进度和结果在标准输出的写法：text（默认）或 json，后者一行一个事件
    #[arg(long, default_value = "text", hide_default_value = true, value_name = "格式", hide_possible_values = true)]
    pub(crate) message_format: CheckFormat,

    /// 结束时写出 OpenMetrics 文本格式的运行指标（供 node_exporter 的 textfile 收集）
    #[arg(long, value_name = "文件")]
    pub(crate) metrics: Option<PathBuf>,
}

/// What is read, and under which limits.
#[derive(Debug, clap::Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
#[command(next_help_heading = "选项")]
pub(crate) struct ReadingArgs {
    /// 从文件读清单，一行一个路径
    #[arg(long, value_name = "文件")]
    pub(crate) files_from: Option<PathBuf>,

    /// 从 CSV 读清单（列：path,url,region,department,year）；其中的地区、部门、年度优先于识别结果
    #[arg(long, value_name = "文件")]
    pub(crate) manifest: Option<PathBuf>,

    /// 采用审阅网页导出的更正（corrections.csv）；原文对不上的不采用
    #[arg(long, value_name = "文件")]
    pub(crate) corrections: Option<PathBuf>,

    /// 只列出要转换的文件和输出位置，不写任何文件
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// 删去这次没有找到的文件以前的结果（默认保留）
    #[arg(long)]
    pub(crate) prune: bool,

    /// 重新读取每个文件来判断是否有变化，不依据文件的大小和时间
    #[arg(long)]
    pub(crate) rehash: bool,

    /// 只转换第 K 片，共 N 片；分法只取决于文件名，各片可在不同机器上转换，再用 merge 合并
    #[arg(long, value_name = "K/N", value_parser = parse_shard)]
    pub(crate) shard: Option<Shard>,

    /// 读取一个文件最多用多少内存（MiB），默认 1536
    #[arg(long, value_name = "MIB", default_value_t = 1536, hide_default_value = true, value_parser = clap::value_parser!(u64).range(64..))]
    pub(crate) worker_memory: u64,

    /// 读取一个文件最多用多少秒，默认按文件大小，45 秒起
    #[arg(long, value_name = "秒", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) worker_timeout: Option<u64>,

    /// 读取一个文件最多用多少秒处理器时间，默认按文件大小，15 秒起
    #[arg(long, value_name = "秒", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) worker_cpu: Option<u64>,

    /// 一个文件最多读多少页，默认 5000
    #[arg(long, value_name = "页数", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) worker_pages: Option<u32>,

    /// 所有有数的 PDF 页都由另一个程序再读一遍文字，两次读法不同的数加标记；默认只读勾稽不符的页
    #[arg(long)]
    pub(crate) second_reading: bool,

    /// 不用单独的进程读取文件：略快，但一个恶意文件可能使整批中断
    #[arg(long)]
    pub(crate) no_isolation: bool,
}

/// Part K of N.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shard {
    pub(crate) number: u64,
    pub(crate) of: u64,
}

fn parse_shard(text: &str) -> Result<Shard, String> {
    let parts = text.split_once('/').and_then(|(k, n)| Some((k.trim().parse().ok()?, n.trim().parse().ok()?)));
    match parts {
        Some((number, of)) if 1 <= number && number <= of => Ok(Shard { number, of }),
        _ => Err("分片应写作 1/4（第 1 片，共 4 片）".to_owned()),
    }
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct TablesArgs {
    /// PDF 或电子表格
    #[arg(value_name = "文件", help_heading = "参数")]
    pub(crate) file: PathBuf,

    /// 只读这些页，如 3 或 1-3,7
    #[arg(long, value_name = "页码", value_parser = parse_pages)]
    pub(crate) pages: Option<PageRanges>,

    /// 跨页的表不连接，逐页取出
    #[arg(long)]
    pub(crate) no_join: bool,

    /// 输出格式：json（默认）、csv 或 md
    #[arg(long, default_value = "json", hide_default_value = true, value_name = "格式", hide_possible_values = true)]
    pub(crate) format: TableFormat,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct InspectArgs {
    /// PDF 或电子表格
    #[arg(value_name = "文件", help_heading = "参数")]
    pub(crate) file: PathBuf,

    /// 把一页画成 SVG 输出：线条、文字和找到的单元格，用来查看为何这样识别（须同时给出 --page）
    #[arg(long, requires = "page")]
    pub(crate) svg: bool,

    /// 与 --svg 一起使用：哪一页
    #[arg(long, value_name = "页码", requires = "svg", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) page: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputKind {
    Xlsx,
    Csv,
    Parquet,
    Review,
}

/// The unit of the table sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SheetUnit {
    Printed,
    Yuan,
    Wan,
}

impl SheetUnit {
    /// The unit; `None` means as printed.
    pub(crate) fn money(self) -> Option<MoneyUnit> {
        match self {
            Self::Printed => None,
            Self::Yuan => Some(MoneyUnit::Yuan),
            Self::Wan => Some(MoneyUnit::TenThousandYuan),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Layout {
    #[default]
    Single,
    Parts,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Failed,
    Rounding,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaKind {
    Text,
    Json,
    Md,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    Json,
    Csv,
    Md,
}

/// Page numbers as ranges, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageRanges(pub(crate) Vec<(u32, u32)>);

fn parse_pages(text: &str) -> Result<PageRanges, String> {
    let ranges = text.split([',', '，']).map(parse_range).collect::<Option<Vec<_>>>();
    ranges.map(PageRanges).ok_or_else(|| "页码应写作 3、1-3 或 1-3,7".to_owned())
}

fn parse_range(text: &str) -> Option<(u32, u32)> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (1 <= first && first <= last).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

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

    #[test]
    fn shards_are_counted_from_one() {
        assert_eq!(parse_shard("2/4"), Ok(Shard { number: 2, of: 4 }));
        for wrong in ["0/4", "5/4", "1", "1/0", "a/b", ""] {
            assert!(parse_shard(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn pages_are_numbers_and_ranges() {
        assert_eq!(parse_pages("1-3,7"), Ok(PageRanges(vec![(1, 3), (7, 7)])));
        for wrong in ["", "0", "3-1", "a", "1-", "1,,2"] {
            assert!(parse_pages(wrong).is_err(), "{wrong}");
        }
    }
}
