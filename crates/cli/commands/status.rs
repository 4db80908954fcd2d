//! `status`: what does an output folder stand for, and is somebody at work in it?

use super::groups::{FormArgs, MessageForm};
use crate::exit::{self, Exit};
use crate::language::{said, told};
use crate::remote;
use crate::report::{Counts, Line, printer, summary};
use crate::store::{self, Entry, Lock, Manifest, Progress, StoreError, now};
use anyhow::Result;
use serde_json::json;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(crate) struct StatusArgs {
    #[arg(value_name = "FOLDER")]
    output: PathBuf,

    #[command(flatten)]
    form: FormArgs,
}

/// Tells about a folder. The exit status is that of the run that it stands for.
pub(super) fn run(args: &StatusArgs) -> Result<Exit> {
    let away = remote::address(&args.output).map(store::look_at).transpose()?;
    let out = away.as_ref().map_or(args.output.as_path(), |(copied, _)| copied.path());
    let noted = Progress::read(out);
    let is_taken = away.as_ref().map_or_else(|| Lock::is_taken(out), |(_, is_taken)| *is_taken);
    let running = is_taken.then(|| noted.clone().unwrap_or_default());
    // A note without a run at work is of one that was broken off.
    let broken_off = noted.filter(|_| !is_taken);
    let manifest = match Manifest::read(out) {
        Ok(manifest) => Some(manifest),
        Err(StoreError::NotFinished { .. }) if running.is_some() || broken_off.is_some() => None,
        Err(StoreError::NotFinished { .. }) => return Err(StoreError::NotFinished { path: args.output.clone() }.into()),
        Err(error) => return Err(error.into()),
    };
    let lines: Vec<Line> = manifest.iter().flat_map(|manifest| &manifest.entries).map(line).collect();
    let text = match args.form.format {
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
    let mut words = Vec::new();
    if let Some(progress) = running {
        let minutes = (now() - progress.began).max(0) / 60;
        let phase = told(&progress.phase);
        words.push(said::running(progress.pid, minutes, phase, progress.done, progress.total));
    }
    if let Some(progress) = broken_off {
        words.push(said::broken_off(told(&progress.phase), progress.done, progress.total));
    }
    match manifest {
        None => words.push(said::never_converted()),
        Some(manifest) => {
            words.push(said::last_converted(summary::counts(lines)));
            words.push(said::program_version(&manifest.header.program));
            if manifest.header.healed > 0 {
                words.push(said::healed_then(manifest.header.healed));
            }
            words.extend(summary::problems(lines));
        }
    }
    words.iter().map(|line| printer::plain(line).into_owned() + "\n").collect()
}
