//! `convert`: many files to one output folder, as often as wanted.
//!
//! A run finds the inputs, reads what is new (each result durable at once), compares sister files, and writes the folder
//! from the stored results. Killed anywhere, the next run goes on from the results that are there and ends the same.

pub(crate) mod finish;
mod parts;
pub(crate) mod plan;
mod read;
pub(crate) mod run;
mod settle;
pub(crate) mod write;

use crate::args::{CheckFormat, ConvertArgs, Layout, OutputKind, ReadingArgs, Shard, TargetArgs};
use crate::correcting::{self, Corrections};
use crate::exit::{self, Exit};
use crate::inputs::{self, Input, Search};
use crate::interrupt::Interrupt;
use crate::printer::{self, Printer};
use crate::reader::Reader;
use crate::reading::{self, Fingerprint, Job, STACK};
use crate::reporter::Reporter;
use crate::second::Twice;
use crate::store::{Lock, Locking, Manifest, Results};
use crate::summary::{Line, Outcome};
use crate::worker::{Pool, WorkerLimits};
use crate::{logging, metrics, progress, summary};
use anyhow::{Context, Result, bail};
use plan::{Before, Planned, Survey};
use rayon::prelude::*;
use run::Run;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use yusuan_export::{DocumentRecord, ExportOptions, OutputFormat, sha256_hex};
use yusuan_extract::Limits;

/// Converts the files that the arguments name.
pub(crate) fn run(args: &ConvertArgs, printer: &Printer) -> Result<Exit> {
    let mut search = find(args)?;
    for folder in &search.outputs_skipped {
        printer.detail(&format!("跳过 yusuan 写出的文件夹 {}", folder.display()));
    }
    if let Some(shard) = args.reading.shard {
        search.inputs.retain(|input| belongs(&input.source, shard));
    }
    // A shard, or a folder from which everything is gone, may be empty; a first run over nothing is a mistake.
    let is_first = !args.target.output.join(".yusuan").is_dir();
    if search.inputs.is_empty() && is_first && args.reading.shard.is_none() {
        bail!("没有找到任何文件");
    }
    if !search.inputs.is_empty() && search.inputs.iter().all(|input| input.error.is_some()) {
        let reasons = search.inputs.iter().map(|input| format!("{}：{}", input.path.display(), error_of(input)));
        bail!("没有找到可以读取的文件\n{}", reasons.take(20).collect::<Vec<_>>().join("\n"));
    }
    if args.reading.dry_run {
        return dry_run(&args.target.output, &search.inputs, printer);
    }
    let corrections = match args.reading.corrections.as_deref().map(correcting::read).transpose() {
        Ok(corrections) => corrections.unwrap_or_default(),
        Err(error) => {
            printer::error(&format!("错误：{error:#}"));
            return Ok(Exit::Usage);
        }
    };
    let session = Session::begin(&args.target, printer)?;
    let outcome = convert(args, (&search.inputs, &corrections), &session);
    if let Ok(report) = &outcome {
        for line in &correcting::told(&report.lines, &corrections) {
            printer.summary(line);
        }
    }
    session.end(outcome, &args.target)
}

/// What every run that writes a folder needs around it.
pub(crate) struct Session<'a> {
    pub(crate) options: ExportOptions,
    pub(crate) interrupt: Interrupt,
    pub(crate) reporter: Reporter,
    pub(crate) printer: &'a Printer,
    began: std::time::Instant,
    _lock: Lock,
}

/// What a run did, for whoever hears of it.
pub(crate) struct Report {
    pub(crate) lines: Vec<Line>,
    /// Documents read in this run.
    pub(crate) read: usize,
    /// Sources whose results are of runs before.
    pub(crate) kept: usize,
    /// Sources dropped.
    pub(crate) dropped: usize,
}

impl<'a> Session<'a> {
    /// Makes sure that the folder can be written and that nobody else does.
    pub(crate) fn begin(target: &TargetArgs, printer: &'a Printer) -> Result<Self> {
        let options = export_options(target);
        yusuan_export::prepare(&target.output, &options).map_err(|error| write::explain(&error))?;
        let Locking::Held(lock) = Lock::take(&target.output)? else {
            return Err(exit::Locked { folder: target.output.clone() }.into());
        };
        logging::start(&target.output);
        let interrupt = Interrupt::listen().context("无法接收信号")?;
        let reporter = Reporter::new(printer, &target.output, target.message_format == CheckFormat::Json);
        let began = std::time::Instant::now();
        Ok(Self { options, interrupt, reporter, printer, began, _lock: lock })
    }

    /// Tells everybody how it ended.
    pub(crate) fn end(self, outcome: Result<Report>, target: &TargetArgs) -> Result<Exit> {
        let report = match outcome {
            Ok(report) => report,
            Err(error) => {
                tracing::error!(error = format!("{error:#}"), "run ends");
                let exit = exit::code_of(&error);
                self.reporter.event(&serde_json::json!({
                    "event": "end", "exit": exit as u8, "error": format!("{error:#}"),
                }));
                return Err(error);
            }
        };
        // A shard may have nothing to do.
        let is_empty = report.lines.is_empty();
        let exit = if is_empty { Exit::Done } else { exit::of_lines(report.lines.iter(), target.fail_on) };
        let seconds = self.began.elapsed().as_secs_f64();
        let outcome = Outcome { lines: &report.lines, out: &target.output, kept: report.kept, dropped: report.dropped };
        let counts = summary::Counts::of(&report.lines);
        tracing::info!(exit = exit as u8, seconds, read = report.read, files = report.lines.len(), "run ends");
        self.reporter.event(&serde_json::json!({
            "event": "end", "exit": exit as u8, "seconds": seconds, "read": report.read, "kept": report.kept,
            "dropped": report.dropped, "files": counts,
        }));
        let night = metrics::Night { counts: &counts, seconds, exit: exit as u8, read: report.read };
        metrics::write(&target.output, target.metrics.as_deref(), &night)?;
        for line in report.lines.iter().filter(|line| !line.kept) {
            self.printer.detail(&summary::of_line(line));
        }
        self.printer.summary(&summary::of_run(&outcome));
        Ok(exit)
    }
}

fn find(args: &ConvertArgs) -> Result<Search> {
    let mut listed = Vec::new();
    if let Some(list) = &args.reading.files_from {
        listed.extend(inputs::files_from(list)?);
    }
    if let Some(table) = &args.reading.manifest {
        listed.extend(inputs::manifest(table)?);
    }
    let out = Some(args.target.output.as_path());
    inputs::find_more(&args.paths, &listed, (out, std::io::stdin().lock())).context("无法读取文件清单")
}

fn error_of(input: &Input) -> &str {
    input.error.as_deref().unwrap_or_default()
}

/// Whether a source is of this part: decided by its name alone, so every machine splits the same way.
fn belongs(source: &str, shard: Shard) -> bool {
    let hash = sha256_hex(source.as_bytes());
    let number = hash.get(..15).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or(0);
    number % shard.of == shard.number - 1
}

pub(crate) fn export_options(args: &TargetArgs) -> ExportOptions {
    let mut options = ExportOptions::default();
    options.formats = formats(&args.format);
    options.unit = args.unit.money();
    options.byte_order_mark = !args.no_bom;
    options.force = args.force;
    options
}

/// The formats that the user named.
pub(crate) fn formats(kinds: &[OutputKind]) -> BTreeSet<OutputFormat> {
    let format = |kind: &OutputKind| match kind {
        OutputKind::Xlsx => OutputFormat::Xlsx,
        OutputKind::Csv => OutputFormat::Csv,
        OutputKind::Parquet => OutputFormat::Parquet,
        OutputKind::Review => OutputFormat::Review,
    };
    kinds.iter().map(format).collect()
}

fn dry_run(out: &Path, inputs: &[Input], printer: &Printer) -> Result<Exit> {
    let mut list = String::new();
    for input in inputs {
        let target = match &input.error {
            Some(error) => format!("（{error}）"),
            None => yusuan_export::workbook_path(out, &input.source).display().to_string(),
        };
        list.extend([&input.path.display().to_string(), " → ", &target, "\n"]);
    }
    printer::data(list.as_bytes())?;
    let missing = inputs.iter().any(|input| input.error.is_some());
    printer.summary(&format!("共 {} 个文件；这是试运行，没有写出任何文件", inputs.len()));
    Ok(if missing { Exit::Incomplete } else { Exit::Done })
}

/// All phases of a run.
fn convert(args: &ConvertArgs, given: (&[Input], &Corrections), session: &Session<'_>) -> Result<Report> {
    let target = &args.target;
    let isolated = !args.reading.no_isolation;
    let pool = threads(target.jobs, isolated)?;
    let mut limits = Limits::default();
    if let Some(pages) = args.reading.worker_pages {
        limits.pages = pages as usize;
    }
    let run = Run {
        out: &target.output,
        options: &session.options,
        layout: target.layout,
        limits,
        twice: twice(args.reading.second_reading),
        results: Results::below(&target.output),
        reader: reader(&args.reading, session)?,
        interrupt: session.interrupt.clone(),
        reporter: &session.reporter,
    };
    // Whatever is wrong with an old manifest, the results are there and tell for themselves.
    let before = before(target)?;
    pool.install(|| phases(&run, given, (&before, &args.reading)))
}

fn phases(
    run: &Run<'_>,
    (inputs, corrections): (&[Input], &Corrections),
    (before, args): (&Before, &ReadingArgs),
) -> Result<Report> {
    run.reporter.begin_survey(inputs.len());
    let seen = || {
        run.reporter.surveyed();
        !run.interrupt.is_set()
    };
    let survey = Survey { before, limits: &run.limits, rehash: args.rehash, seen: &seen };
    let mut planned = survey.all(inputs);
    run.interrupt.check()?;
    let dropped = plan::keep_vanished(&mut planned, before, args.prune);
    plan::mark_duplicates(&mut planned);
    plan::give_corrections(&mut planned, corrections);
    let paths: BTreeMap<String, PathBuf> =
        inputs.iter().map(|input| (input.path.to_string_lossy().into_owned(), input.path.clone())).collect();
    read::all(run, &mut planned, before, &paths)?;
    assemble(run, &mut planned, (before, &dropped))?;
    if args.prune {
        finish::prune(run, &planned)?;
    }
    Ok(report(&planned, dropped.len()))
}

/// The run before. A folder of the other layout holds files that this run would leave behind as they are.
pub(crate) fn before(target: &TargetArgs) -> Result<Before> {
    let manifest = Manifest::read(&target.output).ok();
    if manifest.as_ref().is_some_and(|manifest| manifest.header.layout != target.layout) {
        bail!("{} 是用另一种 --layout 写出的，换一个文件夹", target.output.display());
    }
    Ok(Before::of(manifest))
}

/// From results to a finished folder; the same for a conversion and for a merge.
pub(crate) fn assemble(run: &Run<'_>, planned: &mut [Planned], before: (&Before, &[String])) -> Result<()> {
    settle::all(run, planned)?;
    match run.layout {
        Layout::Single => write::all(run, planned, before),
        Layout::Parts => parts::all(run, planned, before.0),
    }
}

pub(crate) fn report(planned: &[Planned], dropped: usize) -> Report {
    let line = |one: &Planned| Line {
        source: one.entry.source.clone(),
        card: one.entry.card(),
        named: one.named,
        kept: one.kept,
    };
    Report {
        lines: planned.iter().map(line).collect(),
        read: planned.iter().filter(|one| one.is_new).count(),
        kept: planned.iter().filter(|one| one.kept).count(),
        dropped,
    }
}

pub(crate) fn threads(jobs: usize, isolated: bool) -> Result<rayon::ThreadPool> {
    // Only a thread that reads documents itself needs a deep stack.
    let stack = if isolated { 8 << 20 } else { STACK };
    rayon::ThreadPoolBuilder::new().num_threads(jobs).stack_size(stack).build().context("无法启动工作线程")
}

/// Workers, or this process where the system allows no others.
fn reader(args: &ReadingArgs, session: &Session<'_>) -> Result<Reader> {
    if args.no_isolation {
        return Ok(Reader::Here);
    }
    let limits = WorkerLimits { memory_mib: args.worker_memory, wall: args.worker_timeout, cpu: args.worker_cpu };
    let pool = Pool::start(limits, session.interrupt.flag());
    Ok(Reader::Isolated(pool.context("无法启动工作进程（可以用 --no-isolation 在本进程内读取）")?))
}

/// Whether all pages with figures are read twice, or those in doubt.
pub(crate) fn twice(all: bool) -> Twice {
    if all { Twice::All } else { Twice::InDoubt }
}

/// What only the documents of a batch together can tell.
pub(crate) fn settle(records: &mut [DocumentRecord]) {
    let mut named: Vec<_> = records
        .iter_mut()
        .filter_map(|record| record.document.as_mut().map(|document| (record.source.as_str(), document)))
        .collect();
    yusuan_normalize::compare_documents(&mut named);
}

/// One record per input in memory, read in this process: for commands that write no folder.
pub(crate) fn convert_all(inputs: &[Input], twice: Twice, printer: &Printer) -> Vec<DocumentRecord> {
    let limits = Limits::default();
    let bar = progress::bar(printer, "转换", inputs.len());
    let seen = || true;
    let before = Before::default();
    let survey = Survey { before: &before, limits: &limits, rehash: true, seen: &seen };
    let mut planned = survey.all(inputs);
    plan::mark_duplicates(&mut planned);
    let paths: BTreeMap<String, &Path> =
        inputs.iter().map(|input| (input.path.to_string_lossy().into_owned(), input.path.as_path())).collect();
    let record = |one: &Planned| {
        bar.inc(1);
        let Some(job) = one.job(&limits, twice) else { return one.entry.record.clone().unwrap_or_else(|| empty(one)) };
        let path = paths.get(&one.entry.path).copied().unwrap_or(Path::new(&one.entry.path));
        alone(path, &one.entry.member, &job)
    };
    let records = planned.par_iter().map(record).collect();
    bar.finish_and_clear();
    records
}

fn empty(one: &Planned) -> DocumentRecord {
    reading::unreadable(&one.entry.source, "没有结果".to_owned())
}

/// Reads one file, or one member of an archive, in this process.
fn alone(path: &Path, member: &str, job: &Job) -> DocumentRecord {
    let bytes = match reading::read(path, &job.limits) {
        Ok((bytes, _)) => bytes,
        Err(error) => return reading::unreadable(&job.source, error),
    };
    if member.is_empty() {
        return reading::convert(job, &bytes);
    }
    let mut found = None;
    inputs::archive::visit(&bytes, &job.limits, &mut |one| {
        if one.name == member && one.bytes.as_ref().is_ok_and(|bytes| Fingerprint::of(bytes) == job.fingerprint) {
            found = one.bytes.ok();
        }
    });
    let Some(bytes) = found else {
        return reading::unreadable(&job.source, "文件在转换期间被修改，请重新运行".to_owned());
    };
    reading::convert(job, &bytes)
}
