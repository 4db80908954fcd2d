//! `export`: other outputs of a finished run, without reading the inputs again.

use super::groups::{OutputKind, WritingArgs};
use super::one_file::only_here;
use crate::exit::{self, Exit, Locked};
use crate::language::{kept, said, sentences, told};
use crate::report::{Printer, bar, kept_aside, printer};
use crate::run::{Sound, compare_versions, explain, keeper, name_bodies};
use crate::store::{self, Entry, Lock, Locking, Manifest, Records};
use std::path::{Path, PathBuf};
use yusuan_export::{DatasetWriter, DocumentRecord, ExportError, ExportOptions, ExportReport, Keeper};
use yusuan_normalize::Bodies;

#[derive(Debug, clap::Args)]
pub(crate) struct ExportArgs {
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,

    #[arg(
        short,
        long,
        required = true,
        value_delimiter = ',',
        value_name = "FORMAT",
        hide_possible_values = true,
        ignore_case = true
    )]
    format: Vec<OutputKind>,

    #[arg(short, long, value_name = "FOLDER")]
    output: Option<PathBuf>,

    #[command(flatten)]
    writing: WritingArgs,
}

/// Writes the formats that the arguments name. One record is held at a time.
pub(super) fn run(args: &ExportArgs, printer: &Printer) -> anyhow::Result<Exit> {
    let mut options = args.writing.options(&args.format);
    options.only_formats = true;
    let out = args.output.as_deref().unwrap_or(&args.folder);
    only_here(&args.folder, "export")?;
    only_here(out, "export")?;
    let records = match args.writing.bodies() {
        Ok(bodies) => records(&args.folder, bodies.as_ref())?,
        Err(error) => {
            printer::error(&exit::words_of(&error));
            return Ok(Exit::Usage);
        }
    };
    yusuan_export::prepare(out, &options).map_err(|error| explain(&error))?;
    let Locking::Held(_lock) = Lock::take(out)? else {
        return Err(Locked { folder: out.to_owned() }.into());
    };
    // Of another folder nothing is remembered.
    let sound = if args.output.is_none() { Sound::of(out) } else { None };
    let keeper = keeper(out)?;
    let datasets = DatasetWriter::begin(&keeper, &options).map_err(|error| explain(&error))?;
    let mut datasets = datasets.saying(sentences());
    let bar = bar(printer, &kept::writing(), records.len());
    let (mut total, mut lost) = (ExportReport::default(), 0);
    for record in records {
        let record = record?;
        match write(&keeper, &record, &options, &mut datasets) {
            Ok(report) => {
                total.tables += report.tables;
                total.workbooks += report.workbooks;
            }
            Err(error) if error.is_about_one_document() => {
                lost += 1;
                printer.summary(&told(&error.to_string()));
            }
            Err(error) => return Err(explain(&error)),
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    datasets.finish().map_err(|error| explain(&error))?;
    keeper.close()?;
    sound.map_or(Ok(()), |sound| sound.seal(out))?;
    for line in kept_aside(&keeper.kept()) {
        printer.summary(&line);
    }
    printer.summary(&said::exported(total.workbooks, total.tables, out.display()));
    Ok(if lost > 0 { Exit::Incomplete } else { Exit::Done })
}

/// The records of the folder, with the bodies of the list where one is given.
fn records(folder: &Path, bodies: Option<&Bodies>) -> anyhow::Result<Records> {
    let Some(bodies) = bodies else { return Ok(store::records(folder)?) };
    let mut entries = Manifest::read(folder)?.entries;
    name_bodies(entries.iter_mut(), bodies);
    compare_versions(&mut entries.iter_mut().collect::<Vec<&mut Entry>>());
    Ok(store::records_of(folder, entries))
}

fn write(
    keeper: &Keeper,
    record: &DocumentRecord,
    options: &ExportOptions,
    datasets: &mut DatasetWriter,
) -> Result<ExportReport, ExportError> {
    datasets.append(record)?;
    yusuan_export::write_document(keeper, record, options)
}
