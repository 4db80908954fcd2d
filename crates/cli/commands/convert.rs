//! `convert`: many files to one output folder, as often as wanted.

use super::groups::{TargetArgs, at_least};
use super::readable;
use crate::document::Twice;
use crate::exit::Exit;
use crate::inputs::{self, Corrections, Listed, Search};
use crate::report::{Printer, foreseen_counts, foreseen_files, printer, tell_corrections};
use crate::run::{self, Prune, Reading, Session, Target};
use crate::store;
use crate::worker::WorkerLimits;
use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use yusuan_export::sha256_hex;
use yusuan_extract::Limits;

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct ConvertArgs {
    /// 文件、文件夹（含子文件夹）、zip 压缩包或通配符；- 表示从标准输入读清单，一行一个
    #[arg(required_unless_present_any = ["files_from", "manifest"], value_name = "路径", help_heading = "参数")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    target: TargetArgs,

    #[command(flatten)]
    reading: ReadingArgs,
}

/// What is read, and under which limits.
#[derive(Debug, clap::Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
#[command(next_help_heading = "选项")]
pub(crate) struct ReadingArgs {
    /// 从文件读清单，一行一个路径
    #[arg(long, value_name = "文件")]
    files_from: Option<PathBuf>,

    /// 从 CSV 读清单（列：path,url,region,department,year）；其中的地区、部门、年度优先于识别结果
    #[arg(long, value_name = "文件")]
    manifest: Option<PathBuf>,

    /// 采用审阅网页导出的更正（corrections.csv），代替以前采用的；原文对不上的不采用。不写则以前采用的更正继续有效
    #[arg(long, value_name = "文件")]
    corrections: Option<PathBuf>,

    /// 只列出要转换的文件和输出位置，说明哪些新增、有变化、未变、无法读取，不写任何文件
    #[arg(long)]
    dry_run: bool,

    /// 删去确已不存在的文件以前的结果（默认保留）；文件夹空了、读不到，或不见了三分之一以上时须用 --prune=force
    #[arg(
        long,
        value_name = "程度",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "gone",
        hide_possible_values = true, ignore_case = true
    )]
    prune: Option<Prune>,

    /// 重新读取每个文件和写出的输出来判断是否有变化，不依据大小和时间
    #[arg(long)]
    rehash: bool,

    /// 只转换第 K 片，共 N 片；分法只取决于文件名，各片可在不同机器上转换，再用 merge 合并
    #[arg(long, value_name = "K/N", value_parser = parse_shard)]
    shard: Option<Shard>,

    /// 读取一个文件最多用多少内存（MiB），默认 1536
    #[arg(long, value_name = "MIB", default_value_t = 1536, hide_default_value = true, value_parser = at_least::<u64, 64>)]
    worker_memory: u64,

    /// 读取一个文件最多用多少秒，默认按文件大小，45 秒起
    #[arg(long, value_name = "秒", value_parser = at_least::<u64, 1>)]
    worker_timeout: Option<u64>,

    /// 读取一个文件最多用多少秒处理器时间，默认按文件大小，15 秒起
    #[arg(long, value_name = "秒", value_parser = at_least::<u64, 1>)]
    worker_cpu: Option<u64>,

    /// 一个文件最多读多少页，默认 5000
    #[arg(long, value_name = "页数", value_parser = at_least::<u32, 1>)]
    worker_pages: Option<u32>,

    /// 所有有数的 PDF 页都由另一个程序再读一遍文字，两次读法不同的数加标记；默认只读勾稽不符的页
    #[arg(long)]
    second_reading: bool,

    /// 打开加密文件的密码；只用来打开，不会保存
    #[arg(long, value_name = "密码")]
    password: Option<String>,

    /// 不用单独的进程读取文件：略快，但一个恶意文件可能使整批中断
    #[arg(long)]
    no_isolation: bool,
}

/// Part K of N.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shard {
    number: u64,
    of: u64,
}

fn parse_shard(text: &str) -> Result<Shard, String> {
    let parts = text.split_once('/').and_then(|(k, n)| Some((k.trim().parse().ok()?, n.trim().parse().ok()?)));
    match parts {
        Some((number, of)) if 1 <= number && number <= of => Ok(Shard { number, of }),
        _ => Err("分片应写作 1/4（第 1 片，共 4 片）".to_owned()),
    }
}

/// Converts the files that the arguments name.
pub(super) fn run(args: &ConvertArgs, printer: &Printer) -> Result<Exit> {
    let search = find(args, printer)?;
    if args.reading.dry_run {
        return dry_run(args, &search, printer);
    }
    let corrections = args.reading.corrections.as_deref().map(inputs::read_corrections).transpose();
    match corrections.and_then(|corrections| Ok((corrections, args.target.target()?))) {
        Ok((corrections, target)) => convert(args, &search, corrections.as_ref(), &target, printer),
        Err(error) => {
            printer::error(&format!("错误：{error:#}"));
            Ok(Exit::Usage)
        }
    }
}

fn convert(
    args: &ConvertArgs,
    search: &Search,
    corrections: Option<&Corrections>,
    target: &Target,
    printer: &Printer,
) -> Result<Exit> {
    let session = Session::begin(target, printer)?;
    let outcome = run::convert(target, &args.reading.reading(), search, corrections, &session);
    if let Ok(report) = &outcome {
        let told = corrections.map(|corrections| tell_corrections(&report.lines, corrections));
        told.iter().flatten().for_each(|line| printer.summary(line));
    }
    session.end(outcome, target)
}

/// The files that are meant, those of this part alone.
fn find(args: &ConvertArgs, printer: &Printer) -> Result<Search> {
    let mut search = search(args)?;
    for folder in &search.outputs_skipped {
        printer.detail(&format!("跳过 yusuan 写出的文件夹 {}", folder.display()));
    }
    if let Some(shard) = args.reading.shard {
        search.inputs.retain(|input| belongs(&input.source, shard));
    }
    let inputs = &search.inputs;
    // A shard, or a folder from which everything is gone, may be empty; a first run over nothing is a mistake.
    let is_first = !store::folder(&args.target.output).is_dir();
    if inputs.is_empty() && is_first && args.reading.shard.is_none() {
        bail!("没有找到任何文件");
    }
    readable::require_one(inputs)?;
    Ok(search)
}

fn search(args: &ConvertArgs) -> Result<Search> {
    let lists = [
        args.reading.files_from.as_deref().map(inputs::files_from).transpose()?,
        args.reading.manifest.as_deref().map(inputs::manifest).transpose()?,
    ];
    let (mut listed, mut problems): (Vec<Listed>, Vec<String>) = (Vec::new(), Vec::new());
    for listing in lists.into_iter().flatten() {
        listed.extend(listing.files);
        problems.extend(listing.problems);
    }
    let out = Some(args.target.output.as_path());
    let found = inputs::find(&args.paths, &listed, out, std::io::stdin().lock()).context("无法读取文件清单")?;
    Ok(Search { problems, ..found })
}

/// Whether a source is of this part: decided by its name alone, so every machine splits the same way.
fn belongs(source: &str, shard: Shard) -> bool {
    let hash = sha256_hex(source.as_bytes());
    let number = hash.get(..15).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or(0);
    number % shard.of == shard.number - 1
}

impl ReadingArgs {
    fn reading(&self) -> Reading {
        let mut limits = Limits::default();
        if let Some(pages) = self.worker_pages {
            limits.pages = pages as usize;
        }
        let workers = WorkerLimits {
            memory_mib: self.worker_memory,
            wall: self.worker_timeout,
            cpu: self.worker_cpu,
            pictures: false,
        };
        Reading {
            limits,
            twice: if self.second_reading { Twice::All } else { Twice::InDoubt },
            workers: (!self.no_isolation).then_some(workers),
            rehash: self.rehash,
            password: self.password.clone(),
            prune: self.prune,
            is_shard: self.shard.is_some(),
        }
    }
}

fn dry_run(args: &ConvertArgs, search: &Search, printer: &Printer) -> Result<Exit> {
    for problem in &search.problems {
        printer::error(problem);
    }
    let forecast = run::forecast(&args.target.output, &args.reading.reading(), search);
    printer::data(foreseen_files(&forecast.files, &args.target.output).as_bytes())?;
    printer.summary(&foreseen_counts(&forecast));
    let missing = !search.problems.is_empty() || search.inputs.iter().any(|input| input.error.is_some());
    Ok(if missing { Exit::Incomplete } else { Exit::Done })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_are_counted_from_one() {
        assert_eq!(parse_shard("2/4"), Ok(Shard { number: 2, of: 4 }));
        for wrong in ["0/4", "5/4", "1", "1/0", "a/b", ""] {
            assert!(parse_shard(wrong).is_err(), "{wrong}");
        }
    }
}
