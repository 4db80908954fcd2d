//! `inspect`: what is in one file, for reading in a terminal.

use super::groups::{MessageForm, at_least};
use super::one_file;
use crate::document::{Job, Models, Twice};
use crate::exit::Exit;
use crate::inputs::Fingerprint;
use crate::report::{contents_as_json, describe_contents, printer};
use std::path::{Path, PathBuf};
use yusuan_export::{DocumentRecord, DocumentStatus};
use yusuan_extract::Limits;
use yusuan_normalize::Given;

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct InspectArgs {
    /// PDF 或电子表格
    #[arg(value_name = "文件", help_heading = "参数")]
    file: PathBuf,

    /// 把一页画成 SVG 输出：线条、文字和找到的单元格，用来查看为何这样识别（须同时给出 --page）
    #[arg(long, requires = "page")]
    svg: bool,

    /// 与 --svg 一起使用：哪一页
    #[arg(long, value_name = "页码", requires = "svg", value_parser = at_least::<u32, 1>)]
    page: Option<u32>,

    /// 输出格式：text（默认）或 json
    #[arg(
        long,
        default_value = "text",
        hide_default_value = true,
        value_name = "格式",
        hide_possible_values = true,
        ignore_case = true,
        conflicts_with = "svg"
    )]
    format: MessageForm,

    /// 打开加密文件的密码；只用来打开，不会保存
    #[arg(long, value_name = "密码")]
    password: Option<String>,
}

/// Prints what is in a file to stdout.
pub(super) fn run(args: &InspectArgs) -> anyhow::Result<Exit> {
    let bytes = match one_file::read(&args.file)? {
        Ok(bytes) => bytes,
        Err(error) => return Ok(one_file::fail(&args.file, &error)),
    };
    match args.page.filter(|_| args.svg) {
        Some(page) => sketch(&args.file, page, &bytes),
        None => describe(args, &bytes),
    }
}

fn describe(args: &InspectArgs, bytes: &[u8]) -> anyhow::Result<Exit> {
    let (path, password) = (args.file.as_path(), args.password.clone());
    let record = match one_file::engine() {
        Ok(engine) => engine.record(&Job { password, ..job(path, bytes) }, bytes),
        Err(error) => return Ok(one_file::fail(path, &error)),
    };
    let DocumentRecord { document: Some(document), status, .. } = record else {
        return Ok(one_file::fail(path, &record.error));
    };
    let text = match args.format {
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
        twice: Twice::Never,
        password: None,
        models: Models::found(),
    }
}

/// Prints one page as a drawing of what the table engine saw and found.
fn sketch(path: &Path, page: u32, bytes: &[u8]) -> anyhow::Result<Exit> {
    match one_file::engine().and_then(|engine| engine.sketch(page, bytes)) {
        Ok(Some(svg)) => {
            printer::data(svg.as_bytes())?;
            Ok(Exit::Done)
        }
        Ok(None) => Ok(one_file::fail(path, &format!("没有第 {page} 页（电子表格没有页）"))),
        Err(error) => Ok(one_file::fail(path, &error)),
    }
}
