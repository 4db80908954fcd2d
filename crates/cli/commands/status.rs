//! `status`: what does an output folder stand for, and is somebody at work in it?

use super::groups::MessageForm;
use crate::exit::{self, Exit};
use crate::report::{Counts, Line, printer, summary};
use crate::store::{Entry, Lock, Manifest, Progress, StoreError, now};
use anyhow::Result;
use serde_json::json;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct StatusArgs {
    /// 输出文件夹
    #[arg(value_name = "文件夹", help_heading = "参数")]
    output: PathBuf,

    /// 输出格式：text（默认）或 json
    #[arg(
        long,
        default_value = "text",
        hide_default_value = true,
        value_name = "格式",
        hide_possible_values = true,
        ignore_case = true
    )]
    format: MessageForm,
}

/// Tells about a folder. The exit status is that of the run that it stands for.
pub(super) fn run(args: &StatusArgs) -> Result<Exit> {
    let out = &args.output;
    let noted = Progress::read(out);
    let is_taken = Lock::is_taken(out);
    let running = is_taken.then(|| noted.clone().unwrap_or_default());
    // A note without a run at work is of one that was broken off.
    let broken_off = noted.filter(|_| !is_taken);
    let manifest = match Manifest::read(out) {
        Ok(manifest) => Some(manifest),
        Err(StoreError::NotFinished { .. }) if running.is_some() || broken_off.is_some() => None,
        Err(error) => return Err(error.into()),
    };
    let lines: Vec<Line> = manifest.iter().flat_map(|manifest| &manifest.entries).map(line).collect();
    let text = match args.format {
        MessageForm::Json => {
            let finished = manifest.as_ref().map(|manifest| {
                let (program, healed) = (&manifest.header.program, manifest.header.healed);
                json!({"program": program, "files": Counts::of(&lines), "healed": healed})
            });
            format!("{}\n", json!({"running": running, "broken_off": broken_off, "finished": finished}))
        }
        MessageForm::Text => text(running.as_ref(), broken_off.as_ref(), manifest.as_ref(), &lines),
    };
    printer::data(text.as_bytes())?;
    Ok(match (&manifest, &broken_off) {
        (Some(_), _) => exit::of_lines(lines.iter(), None),
        (None, Some(_)) => Exit::Incomplete,
        (None, None) => Exit::Done,
    })
}

fn line(entry: &Entry) -> Line {
    Line { source: entry.source.clone(), card: entry.card(), named: false, kept: false, instead: None }
}

fn text(
    running: Option<&Progress>,
    broken_off: Option<&Progress>,
    manifest: Option<&Manifest>,
    lines: &[Line],
) -> String {
    let mut said = Vec::new();
    if let Some(progress) = running {
        let minutes = (now() - progress.began).max(0) / 60;
        said.push(format!(
            "正在运行（进程 {}，已 {minutes} 分钟）：{} {}/{}",
            progress.pid, progress.phase, progress.done, progress.total
        ));
    }
    if let Some(progress) = broken_off {
        said.push(format!(
            "上次运行中断，停在：{} {}/{}；已完成的部分已保存，再次运行会从中断处继续",
            progress.phase, progress.done, progress.total
        ));
    }
    match manifest {
        None => said.push("还没有完成过转换".to_owned()),
        Some(manifest) => {
            said.push(format!("上次完成的转换：{}", summary::counts(lines)));
            said.push(format!("程序版本 {}", manifest.header.program));
            if manifest.header.healed > 0 {
                said.push(format!("那次有 {} 个保存的结果已损坏，重新读取了原文件", manifest.header.healed));
            }
            said.extend(summary::problems(lines));
        }
    }
    said.iter().map(|line| printer::plain(line).into_owned() + "\n").collect()
}
