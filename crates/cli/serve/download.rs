//! Downloads, made fresh: they wait until what people changed is in the results.

use super::http::{Answer, bytes, coming, failed, named, nothing, refused};
use super::inside::read_below;
use super::project::Project;
use super::work;
use crate::language::said;
use crate::run::Desk;
use anyhow::{Context, Result};
use hyper::StatusCode;
use hyper::body::Bytes;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::mpsc::{Sender, channel};
use walkdir::WalkDir;
use yusuan_export::{DatasetWriter, ExportOptions, Keeper, OutputFormat, STATE_FOLDER, workbook_path, write_document};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Media type of a workbook.
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Parts of an archive that wait for a slow network.
const WAITING: usize = 16;

/// A download of the whole project, by its name.
pub(super) fn whole(project: &Arc<Project>, name: &str) -> Answer {
    if !matches!(name, "overview.xlsx" | "panel.csv" | "all.zip") {
        return nothing();
    }
    if !work::wait_for_rest(project) {
        return refused(StatusCode::SERVICE_UNAVAILABLE, &said::still_at_work());
    }
    let label = format!("{}-{name}", project.about.name);
    let answer = match name {
        "overview.xlsx" => overview(project).map(|content| bytes(WORKBOOK, content)),
        "panel.csv" => combined(project, "panel.csv").map(|content| bytes("text/csv; charset=utf-8", content)),
        _ => Ok(archive(project)),
    };
    answer.map_or_else(|error| failed(&error), |answer| named(answer, &label))
}

fn combined(project: &Project, name: &str) -> Result<Vec<u8>> {
    read_below(&project.out, &project.out.join(name)).with_context(said::nothing_to_download)
}

/// The workbook over all documents: the one of the results, or one made now where they have none.
fn overview(project: &Project) -> Result<Vec<u8>> {
    let standing = combined(project, "overview.xlsx");
    if standing.is_ok() {
        return standing;
    }
    let folder = tempfile::tempdir()?;
    let options = options(OutputFormat::Xlsx);
    let mut writer = DatasetWriter::begin(&Arc::new(Keeper::open(folder.path())), &options)?;
    for record in crate::store::records(&project.out)? {
        writer.append(&record?)?;
    }
    writer.finish()?;
    std::fs::read(folder.path().join("overview.xlsx")).with_context(said::nothing_to_download)
}

fn options(format: OutputFormat) -> ExportOptions {
    let mut options = ExportOptions::default();
    options.formats = [format].into();
    options.only_formats = true;
    options
}

/// The workbook of one document, made now from what it is now.
pub(super) fn workbook(desk: &Desk, doc_id: &str) -> Answer {
    let made = || -> Result<(Vec<u8>, String)> {
        let record = desk.shown(doc_id)?.record;
        let folder = tempfile::tempdir()?;
        let keeper = Keeper::open(folder.path());
        write_document(&keeper, &record, &options(OutputFormat::Xlsx))?;
        let file = workbook_path(folder.path(), &record.source);
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Ok((std::fs::read(file)?, name))
    };
    match made() {
        Ok((content, name)) => named(bytes(WORKBOOK, content), &name),
        Err(error) => failed(&error),
    }
}

/// All results as one archive, sent while it is packed.
fn archive(project: &Arc<Project>) -> Answer {
    let (sender, receiver) = channel(WAITING);
    let out = project.out.clone();
    let failing = sender.clone();
    let pack = move || {
        if let Err(error) = packed(&out, Sent(sender)) {
            // The connection breaks off, so that nobody takes a part for the whole.
            let _ = failing.blocking_send(Err(error));
        }
    };
    match std::thread::Builder::new().name("pack".to_owned()).spawn(pack) {
        Ok(_) => coming("application/zip", receiver),
        Err(error) => failed(&error.into()),
    }
}

fn packed(out: &Path, to: Sent) -> io::Result<()> {
    let mut zip = ZipWriter::new_stream(BufWriter::with_capacity(64 << 10, to));
    let options = SimpleFileOptions::default();
    let is_seen = |entry: &walkdir::DirEntry| entry.file_name() != STATE_FOLDER;
    let entries = WalkDir::new(out).sort_by_file_name().into_iter().filter_entry(is_seen);
    for entry in entries.filter_map(Result::ok).filter(|entry| entry.file_type().is_file()) {
        let below: PathBuf = entry.path().strip_prefix(out).map(Path::to_owned).unwrap_or_default();
        let name = below.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        zip.start_file(name, options)?;
        io::copy(&mut File::open(entry.path())?, &mut zip)?;
    }
    zip.finish()?.flush()
}

/// What is written goes to the browser; one that left ends the writing.
struct Sent(Sender<io::Result<Bytes>>);

impl Write for Sent {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        let sent = self.0.blocking_send(Ok(Bytes::copy_from_slice(part)));
        sent.map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
        Ok(part.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
