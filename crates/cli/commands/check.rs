//! `check`: the identities (勾稽关系) of files that don't hold, printed like a compiler's findings.

use super::groups::{FormArgs, MessageForm, at_least};
use super::readable;
use crate::document::Twice;
use crate::exit::{self, Exit, FailOn};
use crate::inputs::{Reach, find};
use crate::language::said;
use crate::report::{Printer, count_checks, find_failures, findings_as_json, findings_as_text, printer, summary};
use crate::run::convert_in_memory;
use crate::store;
use anyhow::{Context, bail};
use std::path::{Path, PathBuf};
use yusuan_export::{DocumentRecord, DocumentStatus};

#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    form: FormArgs,

    #[arg(short, long, value_name = "NUMBER", value_parser = at_least::<usize, 1>)]
    jobs: Option<usize>,

    #[arg(long, value_name = "LEVEL", hide_possible_values = true, ignore_case = true)]
    fail_on: Option<FailOn>,

    #[arg(long)]
    second_reading: bool,

    #[arg(long, value_name = "PASSWORD")]
    password: Option<String>,
}

/// Checks the files that the arguments name; of a folder that an earlier run wrote, what that run found.
pub(super) fn run(args: &CheckArgs, printer: &Printer) -> anyhow::Result<Exit> {
    let is_output = |path: &&PathBuf| path.is_dir() && yusuan_export::is_output_folder(path);
    let (outputs, inputs): (Vec<&PathBuf>, Vec<&PathBuf>) = args.paths.iter().partition(is_output);
    let mut checked = Checked::default();
    for out in outputs {
        checked.read_back(out)?;
    }
    if !inputs.is_empty() || checked.records.is_empty() {
        checked.convert(args, &inputs.into_iter().cloned().collect::<Vec<_>>(), printer)?;
    }
    let Checked { records, named } = checked;
    let with_rounding = args.fail_on == Some(FailOn::Rounding);
    let findings: Vec<_> = records.iter().flat_map(|record| find_failures(record, with_rounding)).collect();
    let text = match args.form.format {
        MessageForm::Text => findings_as_text(&findings),
        MessageForm::Json => findings_as_json(&findings)?,
    };
    printer::data(text.as_bytes())?;
    for (record, named) in records.iter().zip(&named) {
        if is_told(record.status, *named) {
            printer.summary(&summary::of_record(record));
        }
    }
    printer.summary(&count_checks(&records));
    Ok(exit::of_records(&records, &named, args.fail_on))
}

/// Whether the file itself is worth a line. Other files in a folder are no news.
fn is_told(status: DocumentStatus, named: bool) -> bool {
    match status {
        DocumentStatus::Ok | DocumentStatus::Duplicate => false,
        DocumentStatus::Unsupported => named,
        DocumentStatus::Partial | DocumentStatus::Failed => true,
    }
}

/// The documents checked, and whether each was named itself.
#[derive(Default)]
struct Checked {
    records: Vec<DocumentRecord>,
    named: Vec<bool>,
}

impl Checked {
    /// What the last run into a folder found; its files were checked in the light of each other then.
    fn read_back(&mut self, out: &Path) -> anyhow::Result<()> {
        for record in store::records(out).with_context(|| format!("{}", out.display()))? {
            self.records.push(record.with_context(|| format!("{}", out.display()))?);
            self.named.push(false);
        }
        Ok(())
    }

    fn convert(&mut self, args: &CheckArgs, paths: &[PathBuf], printer: &Printer) -> anyhow::Result<()> {
        let search = find(paths, &[], None, std::io::stdin().lock(), Reach::default()).with_context(said::no_list)?;
        if search.inputs.is_empty() {
            bail!(said::nothing_found());
        }
        readable::require_one(&search.inputs)?;
        let twice = if args.second_reading { Twice::All } else { Twice::InDoubt };
        let (password, jobs) = (args.password.as_deref(), args.jobs.unwrap_or(0));
        self.records.extend(convert_in_memory(&search.inputs, twice, password, jobs, printer)?);
        self.named.extend(search.inputs.iter().map(|input| input.named));
        Ok(())
    }
}
