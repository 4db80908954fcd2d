//! Arguments that several commands share.

use crate::exit::FailOn;
use crate::inputs;
use crate::run::Target;
use crate::store::Layout;
use clap::ValueEnum;
use std::collections::BTreeSet;
use std::path::PathBuf;
use yusuan_export::{ExportOptions, OutputFormat, standing_formats};
use yusuan_normalize::MoneyUnit;

/// Where results go, and in which form.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct TargetArgs {
    /// 输出文件夹；再次运行只转换新增和有变化的文件
    #[arg(short, long, value_name = "文件夹")]
    pub(super) output: PathBuf,

    /// 输出格式，可用逗号列出多个，默认 xlsx,csv,parquet；sqlite 是一个数据库文件，review 是逐页对照原文的网页；汇总 CSV 总是写出，以前写出过的格式一并更新
    #[arg(
        short,
        long,
        value_delimiter = ',',
        default_value = "xlsx,csv,parquet",
        hide_default_value = true,
        value_name = "格式",
        hide_possible_values = true,
        ignore_case = true
    )]
    format: Vec<OutputKind>,

    /// 输出布局：single（默认）或 parts，后者把数据写成按年度、省份分开的 Parquet 分片，适合很大的归档
    #[arg(
        long,
        default_value = "single",
        hide_default_value = true,
        value_name = "布局",
        hide_possible_values = true,
        ignore_case = true
    )]
    layout: Layout,

    /// 同时转换的文件数，默认按处理器核数
    #[arg(short, long, value_name = "数量", value_parser = at_least::<usize, 1>)]
    jobs: Option<usize>,

    /// 工作簿里各张表用什么单位：printed 同原表（默认）、yuan 或 元、wan 或 万元
    #[arg(
        long,
        default_value = "printed",
        hide_default_value = true,
        value_name = "单位",
        hide_possible_values = true,
        ignore_case = true
    )]
    unit: SheetUnit,

    /// CSV 开头不写 BOM（Excel 需要它才能正确显示中文）
    #[arg(long)]
    no_bom: bool,

    /// 输出文件夹里有其他文件时也写入
    #[arg(long)]
    force: bool,

    /// 机构名称表（CSV，列：alias,name,id），优先于识别规则；以后再次运行和 export 都沿用，给一份空表则不再用
    #[arg(long, value_name = "文件")]
    bodies: Option<PathBuf>,

    /// 勾稽关系不符（failed）或只差四舍五入（rounding）时退出码为 3
    #[arg(long, value_name = "程度", hide_possible_values = true, ignore_case = true)]
    fail_on: Option<FailOn>,

    /// 进度和结果在标准输出的写法：text（默认）或 json，后者一行一个事件
    #[arg(
        long,
        default_value = "text",
        hide_default_value = true,
        value_name = "格式",
        hide_possible_values = true,
        ignore_case = true
    )]
    message_format: MessageForm,

    /// 结束时写出 OpenMetrics 文本格式的运行指标（供 node_exporter 的 textfile 收集）
    #[arg(long, value_name = "文件")]
    metrics: Option<PathBuf>,
}

impl TargetArgs {
    /// The target that is meant.
    ///
    /// # Errors
    /// When the list of bodies can't be used.
    pub(super) fn target(&self) -> anyhow::Result<Target> {
        let mut options = ExportOptions::default();
        options.formats = output_formats(&self.format);
        // What was made before stays, and what stays must not be old.
        options.formats.extend(standing_formats(&self.output));
        options.unit = self.unit.money();
        options.byte_order_mark = !self.no_bom;
        options.force = self.force;
        Ok(Target {
            out: self.output.clone(),
            options,
            bodies: self.bodies.as_deref().map(inputs::read_bodies).transpose()?,
            layout: self.layout,
            jobs: self.jobs.unwrap_or(0),
            fail_on: self.fail_on,
            events: self.message_format == MessageForm::Json,
            metrics: self.metrics.clone(),
        })
    }
}

/// Whether words are for people or for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageForm {
    Text,
    Json,
}

/// A whole number of a count or a size.
pub(super) fn at_least<T: TryFrom<u64>, const LEAST: u64>(text: &str) -> Result<T, String> {
    let number = text.trim().parse::<u64>().ok().filter(|number| *number >= LEAST);
    number.and_then(|number| T::try_from(number).ok()).ok_or_else(|| format!("应是 {LEAST} 以上的整数"))
}

/// What can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum OutputKind {
    Xlsx,
    Csv,
    Parquet,
    Sqlite,
    Review,
}

/// The formats that the user named.
pub(super) fn output_formats(kinds: &[OutputKind]) -> BTreeSet<OutputFormat> {
    let format = |kind: &OutputKind| match kind {
        OutputKind::Xlsx => OutputFormat::Xlsx,
        OutputKind::Csv => OutputFormat::Csv,
        OutputKind::Parquet => OutputFormat::Parquet,
        OutputKind::Sqlite => OutputFormat::Sqlite,
        OutputKind::Review => OutputFormat::Review,
    };
    kinds.iter().map(format).collect()
}

/// The unit of the table sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SheetUnit {
    #[value(aliases = ["原表", "同原表"])]
    Printed,
    #[value(aliases = ["元"])]
    Yuan,
    #[value(aliases = ["万元", "万"])]
    Wan,
}

impl SheetUnit {
    /// The unit; `None` means as printed.
    pub(super) fn money(self) -> Option<MoneyUnit> {
        match self {
            Self::Printed => None,
            Self::Yuan => Some(MoneyUnit::Yuan),
            Self::Wan => Some(MoneyUnit::TenThousandYuan),
        }
    }
}
