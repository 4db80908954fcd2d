//! `convert`: many files to one output folder.

use crate::args::{ConvertArgs, OutputKind};
use crate::exit::{self, Exit};
use crate::inputs::{Input, find};
use crate::printer::{self, Printer};
use crate::reading::{self, Fingerprint, STACK};
use crate::store::{Entry, Header, Key, Manifest, Results, StoreError};
use crate::{progress, summary};
use anyhow::{Context, bail};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use yusuan_export::{DocumentRecord, DocumentStatus, ExportError, ExportOptions, OutputFormat};
use yusuan_extract::Limits;

/// The program, down to the sources that it was built from: another one may read the same file differently.
const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), "+", env!("YUSUAN_SOURCES"));

/// Converts the files that the arguments name.
pub(crate) fn run(args: &ConvertArgs, printer: &Printer) -> anyhow::Result<Exit> {
    let search = find(&args.paths, Some(&args.output), std::io::stdin().lock()).context("无法读取文件清单")?;
    for folder in &search.outputs_skipped {
        printer.detail(&format!("跳过 yusuan 写出的文件夹 {}", folder.display()));
    }
    let inputs = search.inputs;
    if inputs.is_empty() {
        bail!("没有找到任何文件");
    }
    if inputs.iter().all(|input| input.error.is_some()) {
        let reasons = inputs.iter().map(|input| format!("{}：{}", input.path.display(), error_of(input)));
        bail!("没有找到可以读取的文件\n{}", reasons.collect::<Vec<_>>().join("\n"));
    }
    if args.dry_run {
        return dry_run(args, &inputs, printer);
    }
    let options = export_options(args);
    yusuan_export::prepare(&args.output, &options).map_err(|error| explain(&error))?;
    let pool =
        rayon::ThreadPoolBuilder::new().num_threads(args.jobs).stack_size(STACK).build().context("无法启动工作线程")?;
    let mut records = pool.install(|| convert_all(&inputs, printer));
    let mut documents: Vec<_> = records.iter_mut().filter_map(|record| record.document.as_mut()).collect();
    yusuan_normalize::disclosure::settle(&mut documents);
    pool.install(|| write_all(&args.output, &mut records, &options, printer))?;
    yusuan_export::write_datasets(&args.output, &records, &options).map_err(|error| explain(&error))?;
    pool.install(|| keep_all(&args.output, &records))?;
    for record in &records {
        printer.detail(&summary::one_line(record));
    }
    printer.summary(&summary::of_run(&records, &args.output));
    let named: Vec<bool> = inputs.iter().map(|input| input.named).collect();
    Ok(exit::of_records(&records, &named, args.fail_on))
}

/// What the finished run stands for, so that other outputs can be made from it without reading the inputs again.
fn keep_all(out: &Path, records: &[DocumentRecord]) -> anyhow::Result<()> {
    let results = Results::below(out);
    let keep = |record: &DocumentRecord| {
        if record.document.is_none() {
            return Ok(Entry { source: record.source.clone(), result: None, record: Some(record.clone()) });
        }
        let key = Key::of(&["result", &record.sha256, &record.source, PROGRAM]);
        results.put(&key, record)?;
        Ok(Entry { source: record.source.clone(), result: Some(key), record: None })
    };
    let entries = records.par_iter().map(keep).collect::<Result<Vec<_>, StoreError>>()?;
    Ok(Manifest { header: Header::current(), entries }.write(out)?)
}

fn error_of(input: &Input) -> &str {
    input.error.as_deref().unwrap_or_default()
}

/// The error in words, with what the user can do about it.
pub(crate) fn explain(error: &ExportError) -> anyhow::Error {
    match error {
        ExportError::ForeignFolder { .. } => anyhow::anyhow!("{error}；换一个文件夹，或加 --force"),
        other => anyhow::anyhow!("{other}"),
    }
}

fn export_options(args: &ConvertArgs) -> ExportOptions {
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
    };
    kinds.iter().map(format).collect()
}

fn dry_run(args: &ConvertArgs, inputs: &[Input], printer: &Printer) -> anyhow::Result<Exit> {
    let mut list = String::new();
    for input in inputs {
        let target = match &input.error {
            Some(error) => format!("（{error}）"),
            None => yusuan_export::workbook_path(&args.output, &input.source).display().to_string(),
        };
        list.extend([&input.path.display().to_string(), " → ", &target, "\n"]);
    }
    printer::data(list.as_bytes())?;
    let missing = inputs.iter().any(|input| input.error.is_some());
    printer.summary(&format!("共 {} 个文件；这是试运行，没有写出任何文件", inputs.len()));
    Ok(if missing { Exit::Incomplete } else { Exit::Done })
}

/// One record per input, in the inputs' order whatever the number of threads.
pub(crate) fn convert_all(inputs: &[Input], printer: &Printer) -> Vec<DocumentRecord> {
    let limits = Limits::default();
    let fingerprints: Vec<Result<Fingerprint, String>> = inputs.par_iter().map(|i| fingerprint(i, &limits)).collect();
    let first = first_of_each(&fingerprints);
    let bar = progress::bar(printer, "转换", inputs.len());
    let record = |(index, input): (usize, &Input)| {
        let record = match &fingerprints[index] {
            Err(error) => reading::unreadable(&input.source, error.clone()),
            Ok(known) => match first.get(known.sha256.as_str()) {
                Some(&original) if original != index => duplicate(input, known, &inputs[original].source),
                _ => reading::convert(input, known, &limits),
            },
        };
        bar.inc(1);
        record
    };
    let records = inputs.par_iter().enumerate().map(record).collect();
    bar.finish_and_clear();
    records
}

fn fingerprint(input: &Input, limits: &Limits) -> Result<Fingerprint, String> {
    match &input.error {
        Some(error) => Err(error.clone()),
        None => reading::read(&input.path, limits).map(|(_, fingerprint)| fingerprint),
    }
}

/// For each content the first input that has it. Empty files are all alike and no copies of each other.
fn first_of_each(fingerprints: &[Result<Fingerprint, String>]) -> BTreeMap<&str, usize> {
    let mut first = BTreeMap::new();
    for (index, fingerprint) in fingerprints.iter().enumerate() {
        if let Ok(known) = fingerprint
            && known.bytes > 0
        {
            first.entry(known.sha256.as_str()).or_insert(index);
        }
    }
    first
}

/// The same bytes are converted once: counted twice, their amounts would be wrong in every sum.
fn duplicate(input: &Input, known: &Fingerprint, original: &str) -> DocumentRecord {
    DocumentRecord {
        status: DocumentStatus::Duplicate,
        error: format!("与 {original} 内容相同"),
        ..reading::identified(&input.source, known)
    }
}

/// Writes each document's own files. A workbook that can't hold its document makes that document partial; a file system
/// that refuses ends the run.
fn write_all(
    out: &Path,
    records: &mut [DocumentRecord],
    options: &ExportOptions,
    printer: &Printer,
) -> anyhow::Result<()> {
    let bar = progress::bar(printer, "写出", records.len());
    let written = records.par_iter_mut().try_for_each(|record| {
        bar.inc(1);
        match yusuan_export::write_document(out, record, options) {
            Err(error) if error.is_about_one_document() => {
                record.status = DocumentStatus::Partial;
                record.error = error.to_string();
                Ok(())
            }
            outcome => outcome.map(|_| ()),
        }
    });
    bar.finish_and_clear();
    written.map_err(|error: ExportError| explain(&error))
}
