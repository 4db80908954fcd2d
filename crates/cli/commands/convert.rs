//! `convert`: many files to one output folder, as often as wanted.

use super::groups::{TargetArgs, at_least};
use super::one_file::only_here;
use super::readable;
use crate::document::Twice;
use crate::exit::{self, Exit};
use crate::inputs::{self, Listed, Passwords, Search, Work};
use crate::language::said;
use crate::report::{Printer, foreseen_counts, foreseen_files, printer, tell_corrections};
use crate::run::{self, Prune, Reading, Session, Target};
use crate::store;
use crate::worker::WorkerLimits;
use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use yusuan_export::{PicturesOf, sha256_hex};
use yusuan_extract::Limits;

#[derive(Debug, clap::Args)]
pub(crate) struct ConvertArgs {
    #[arg(required_unless_present_any = ["files_from", "manifest"], value_name = "PATH")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    target: TargetArgs,

    #[command(flatten)]
    reading: ReadingArgs,
}

/// What is read, and under which limits.
#[derive(Debug, clap::Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(crate) struct ReadingArgs {
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,

    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,

    #[arg(long, value_name = "FILE")]
    corrections: Option<PathBuf>,

    #[arg(long, value_name = "FILE")]
    hints: Option<PathBuf>,

    #[arg(long)]
    dry_run: bool,

    #[arg(
        long,
        value_name = "LEVEL",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "gone",
        hide_possible_values = true, ignore_case = true
    )]
    prune: Option<Prune>,

    #[arg(long)]
    rehash: bool,

    #[arg(long, value_name = "K/N", value_parser = parse_shard)]
    shard: Option<Shard>,

    #[arg(long, value_name = "MIB", default_value_t = 1536, hide_default_value = true, value_parser = at_least::<u64, 64>)]
    worker_memory: u64,

    #[arg(long, value_name = "SECONDS", value_parser = at_least::<u64, 1>)]
    worker_timeout: Option<u64>,

    #[arg(long, value_name = "SECONDS", value_parser = at_least::<u64, 1>)]
    worker_cpu: Option<u64>,

    #[arg(long, value_name = "COUNT", value_parser = at_least::<u32, 1>)]
    worker_pages: Option<u32>,

    #[arg(long)]
    second_reading: bool,

    #[arg(long)]
    all_pictures: bool,

    #[arg(long, value_name = "PASSWORD")]
    password: Option<String>,

    #[arg(long, value_name = "FILE")]
    passwords: Option<PathBuf>,

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
        _ => Err(said::shard_form()),
    }
}

/// Converts the files that the arguments name.
pub(super) fn run(args: &ConvertArgs, printer: &Printer) -> Result<Exit> {
    let search = find(args, printer)?;
    let passwords = match args.reading.passwords.as_deref().map(inputs::read_passwords).transpose() {
        Ok(passwords) => passwords.unwrap_or_default(),
        Err(error) => {
            printer::error(&exit::words_of(&error));
            return Ok(Exit::Usage);
        }
    };
    let reading = args.reading.reading(passwords);
    if args.reading.dry_run {
        only_here(&args.target.output, "--dry-run")?;
        return dry_run(args, &reading, &search, printer);
    }
    let corrections = args.reading.corrections.as_deref().map(inputs::read_corrections).transpose();
    let hints = args.reading.hints.as_deref().map(inputs::read_hints).transpose();
    let away = args.target.away()?;
    match corrections.and_then(|corrections| Ok((corrections, hints?, args.target.target(away)?))) {
        Ok((corrections, hints, mut target)) => {
            if args.reading.all_pictures {
                target.options.pictures = PicturesOf::AllPages;
            }
            let work = Work { corrections: corrections.as_ref(), hints: hints.as_ref() };
            convert(&reading, &search, work, &target, printer)
        }
        Err(error) => {
            printer::error(&exit::words_of(&error));
            Ok(Exit::Usage)
        }
    }
}

fn convert(reading: &Reading, search: &Search, work: Work<'_>, target: &Target, printer: &Printer) -> Result<Exit> {
    let session = Session::begin(target, printer)?;
    let outcome = run::convert(target, reading, search, work, &session);
    if let Ok(report) = &outcome {
        let told = work.corrections.map(|corrections| tell_corrections(&report.lines, corrections));
        told.iter().flatten().for_each(|line| printer.summary(line));
    }
    session.end(outcome, target)
}

/// The files that are meant, those of this part alone.
fn find(args: &ConvertArgs, printer: &Printer) -> Result<Search> {
    let mut search = search(args)?;
    for folder in &search.outputs_skipped {
        printer.detail(&said::output_skipped(folder.display()));
    }
    if let Some(shard) = args.reading.shard {
        search.inputs.retain(|input| belongs(&input.source, shard));
    }
    let inputs = &search.inputs;
    // A shard, or a folder from which everything is gone, may be empty; a first run over nothing is a mistake.
    let is_first = !store::folder(&args.target.output).is_dir();
    if inputs.is_empty() && is_first && args.reading.shard.is_none() {
        bail!(said::nothing_found());
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
    let found = inputs::find(&args.paths, &listed, out, std::io::stdin().lock(), inputs::Reach::default())
        .with_context(said::no_list)?;
    Ok(Search { problems, ..found })
}

/// Whether a source is of this part: decided by its name alone, so every machine splits the same way.
fn belongs(source: &str, shard: Shard) -> bool {
    let hash = sha256_hex(source.as_bytes());
    let number = hash.get(..15).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or(0);
    number % shard.of == shard.number - 1
}

impl ReadingArgs {
    fn reading(&self, passwords: Passwords) -> Reading {
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
            passwords,
            prune: self.prune,
            is_shard: self.shard.is_some(),
        }
    }
}

fn dry_run(args: &ConvertArgs, reading: &Reading, search: &Search, printer: &Printer) -> Result<Exit> {
    for problem in &search.problems {
        printer::error(problem);
    }
    let forecast = run::forecast(&args.target.output, reading, search);
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
