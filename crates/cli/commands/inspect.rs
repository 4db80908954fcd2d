//! `inspect`: what is in one file, for reading in a terminal.

use super::groups::{FormArgs, MessageForm, at_least};
use super::one_file;
use crate::document::{Engine, Job, Models, Twice, all_cores};
use crate::exit::Exit;
use crate::inputs::Fingerprint;
use crate::language::said;
use crate::report::{contents_as_json, describe_contents, printer};
use std::path::{Path, PathBuf};
use yusuan_export::{DocumentRecord, DocumentStatus};
use yusuan_extract::Limits;
use yusuan_normalize::Given;

#[derive(Debug, clap::Args)]
pub(crate) struct InspectArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,

    #[arg(long, requires = "page", conflicts_with = "format")]
    svg: bool,

    #[arg(long, value_name = "PAGE", requires = "svg", value_parser = at_least::<u32, 1>)]
    page: Option<u32>,

    #[command(flatten)]
    form: FormArgs,

    #[arg(long, value_name = "PASSWORD")]
    password: Option<String>,
}

/// Prints what is in a file to stdout.
pub(super) fn run(args: &InspectArgs) -> anyhow::Result<Exit> {
    let bytes = match one_file::read(&args.file)? {
        Ok(bytes) => bytes,
        Err(error) => return Ok(one_file::fail(&args.file, &error)),
    };
    match args.page.filter(|_| args.svg) {
        Some(page) => sketch(args, page, &bytes),
        None => describe(args, &bytes),
    }
}

fn describe(args: &InspectArgs, bytes: &[u8]) -> anyhow::Result<Exit> {
    let (path, password) = (args.file.as_path(), args.password.clone());
    let record = match one_file::engine() {
        Ok(engine) => engine.record(&Job { password, ..job(path, bytes) }, bytes, all_cores()),
        Err(error) => return Ok(one_file::fail(path, &error)),
    };
    let DocumentRecord { document: Some(document), status, .. } = record else {
        return Ok(one_file::fail(path, &record.error));
    };
    let text = match args.form.format {
        MessageForm::Text => describe_contents(path, &document),
        MessageForm::Json => contents_as_json(path, status, &document)?,
    };
    printer::data(text.as_bytes())?;
    Ok(if status == DocumentStatus::Ok { Exit::Done } else { Exit::Incomplete })
}

fn job(path: &Path, bytes: &[u8]) -> Job {
    Job {
        source: path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
        fingerprint: Fingerprint::of(bytes),
        limits: Limits::default(),
        given: Given::default(),
        corrections: Vec::new(),
        hints: Vec::new(),
        twice: Twice::Never,
        password: None,
        models: Models::found(),
    }
}

/// Prints one page as a drawing of what the table engine saw and found.
fn sketch(args: &InspectArgs, page: u32, bytes: &[u8]) -> anyhow::Result<Exit> {
    let (path, password) = (args.file.as_path(), args.password.clone());
    let draw = |engine: Engine| engine.sketch(page, password, bytes).map_err(|failure| failure.words);
    match one_file::engine().and_then(draw) {
        Ok(Some(svg)) => {
            printer::data(svg.as_bytes())?;
            Ok(Exit::Done)
        }
        Ok(None) => Ok(one_file::fail(path, &said::no_page_to_draw(page))),
        Err(error) => Ok(one_file::fail(path, &error)),
    }
}
