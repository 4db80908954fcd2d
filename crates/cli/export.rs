//! `export`: other outputs of a finished run, without reading the inputs again.

use crate::args::ExportArgs;
use crate::convert::formats;
use crate::convert::write::explain;
use crate::exit::{self, Exit};
use crate::printer::Printer;
use crate::progress;
use crate::store::{self, Lock, Locking};
use std::path::Path;
use yusuan_export::{DatasetWriter, DocumentRecord, ExportOptions, ExportReport};

/// Writes the formats that the arguments name. One record is held at a time.
pub(crate) fn run(args: &ExportArgs, printer: &Printer) -> anyhow::Result<Exit> {
    let mut options = ExportOptions::default();
    options.formats = formats(&args.format);
    options.unit = args.unit.money();
    options.byte_order_mark = !args.no_bom;
    options.force = args.force;
    options.only_formats = true;
    let out = args.output.as_deref().unwrap_or(&args.folder);
    let records = store::records(&args.folder)?;
    yusuan_export::prepare(out, &options).map_err(|error| explain(&error))?;
    let Locking::Held(_lock) = Lock::take(out)? else {
        return Err(exit::Locked { folder: out.to_owned() }.into());
    };
    let mut datasets = DatasetWriter::begin(out, &options).map_err(|error| explain(&error))?;
    let bar = progress::bar(printer, "写出", records.len());
    let (mut total, mut lost) = (ExportReport::default(), 0);
    for record in records {
        let record = record?;
        match write(out, &record, &options, &mut datasets) {
            Ok(report) => {
                total.tables += report.tables;
                total.workbooks += report.workbooks;
            }
            Err(error) if error.is_about_one_document() => {
                lost += 1;
                printer.summary(&error.to_string());
            }
            Err(error) => return Err(explain(&error)),
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    datasets.finish().map_err(|error| explain(&error))?;
    printer.summary(&format!("写出工作簿 {}，表 {}；结果在 {}", total.workbooks, total.tables, out.display()));
    Ok(if lost > 0 { Exit::Incomplete } else { Exit::Done })
}

fn write(
    out: &Path,
    record: &DocumentRecord,
    options: &ExportOptions,
    datasets: &mut DatasetWriter,
) -> Result<ExportReport, yusuan_export::ExportError> {
    datasets.append(record)?;
    yusuan_export::write_document(out, record, options)
}
