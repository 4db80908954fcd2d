//! One document's way through the libraries, stage by stage: pages, tables, statements and narrative, checks, each kind of
//! output. The samples of the project, and the PDF files of the folder that `YUSUAN_BENCH` names beside them.

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use yusuan_export::{
    DocumentRecord, DocumentStatus, ExportOptions, OutputFormat, PagesDrawn, draw_pages, sha256_hex, write,
};
use yusuan_extract::{Extraction, LayoutOptions, stages as reading};
use yusuan_normalize::{Context, normalize, stages as checking};

/// A file and what each stage finds.
struct Input {
    bytes: Vec<u8>,
    extraction: Extraction,
    record: DocumentRecord,
}

fn inputs() -> Vec<Input> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    let more = std::env::var_os("YUSUAN_BENCH").map(PathBuf::from);
    let mut files: Vec<PathBuf> = [Some(samples), more]
        .iter()
        .flatten()
        .flat_map(|folder| fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()))
        .filter(|file| file.extension().is_some_and(|end| end == "pdf"))
        .collect();
    files.sort();
    files.iter().filter_map(|file| input(file)).collect()
}

fn input(file: &Path) -> Option<Input> {
    let bytes = fs::read(file).ok()?;
    let options = LayoutOptions::default();
    let extraction = reading::tables(&reading::pages(&bytes, &options).ok()?, &options);
    let source = file.file_name()?.to_string_lossy().into_owned();
    let document = normalize(extraction.clone(), &Context::for_source(&source));
    let sha256 = sha256_hex(&bytes);
    let record = DocumentRecord {
        doc_id: sha256[..16].to_owned(),
        source,
        format: "pdf".to_owned(),
        bytes: bytes.len() as u64,
        sha256,
        status: DocumentStatus::Ok,
        error: String::new(),
        source_url: String::new(),
        superseded_by: String::new(),
        rivals: Vec::new(),
        document: Some(document),
    };
    Some(Input { bytes, extraction, record })
}

fn stages(c: &mut Criterion) {
    let inputs = inputs();
    let pages: u64 = inputs.iter().map(|input| input.extraction.pages.len() as u64).sum();
    let options = LayoutOptions::default();
    let context = Context::for_source("a.pdf");
    let mut group = c.benchmark_group("stages");
    group.sample_size(10).throughput(Throughput::Elements(pages));
    group.bench_function("pages", |b| {
        b.iter(|| inputs.iter().filter(|input| reading::pages(&input.bytes, &options).is_ok()).count());
    });
    let drawn: Vec<_> = inputs.iter().filter_map(|input| reading::pages(&input.bytes, &options).ok()).collect();
    group.bench_function("tables", |b| {
        b.iter(|| drawn.iter().map(|pages| reading::tables(pages, &options).tables.len()).sum::<usize>());
    });
    group.bench_function("normalize", |b| {
        b.iter(|| inputs.iter().for_each(|input| drop(checking::before_checks(&input.extraction, &context))));
    });
    let unchecked: Vec<_> = inputs.iter().map(|input| checking::before_checks(&input.extraction, &context)).collect();
    group.bench_function("checks", |b| {
        b.iter(|| unchecked.iter().map(|document| checking::checks(document).len()).sum::<usize>());
    });
    let records: Vec<DocumentRecord> = inputs.iter().map(|input| input.record.clone()).collect();
    for (name, format) in [("csv", OutputFormat::Csv), ("xlsx", OutputFormat::Xlsx), ("parquet", OutputFormat::Parquet)]
    {
        let mut options = ExportOptions::default();
        options.formats = BTreeSet::from([format]);
        let written = |folder: tempfile::TempDir| write(folder.path(), &records, &options).map(|_| folder);
        group.bench_function(format!("export {name}"), |b| b.iter_batched(folder, written, BatchSize::PerIteration));
    }
    group.bench_function("pictures", |b| {
        b.iter_batched(folder, |folder| pictures(&inputs, folder), BatchSize::PerIteration);
    });
    group.finish();
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder for what is written")
}

fn pictures(inputs: &[Input], folder: tempfile::TempDir) -> tempfile::TempDir {
    for Input { bytes, record, .. } in inputs {
        let document = record.document.as_ref().expect("every input has its document");
        let drawn = PagesDrawn::with_figures(document);
        draw_pages(folder.path(), &record.doc_id, bytes, &drawn, 1).expect("room for pictures");
    }
    folder
}

criterion_group!(benches, stages);
criterion_main!(benches);
