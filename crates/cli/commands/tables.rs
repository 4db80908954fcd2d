//! `tables`: the tables of one file as found, with no budget knowledge applied.

use super::one_file;
use crate::document::losses;
use crate::exit::{self, Exit};
use crate::inputs::{self, Fingerprint};
use crate::language::{list, said};
use crate::report::{Printer, printer, tables_as_csv, tables_as_json, tables_as_markdown, tables_as_text};
use anyhow::{Context, bail};
use clap::ValueEnum;
use std::path::{Path, PathBuf};
use yusuan_export::replace_file;
use yusuan_extract::{Extraction, Format, RawTable};

#[derive(Debug, clap::Args)]
pub(crate) struct TablesArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,

    #[arg(long, value_name = "PAGES", value_parser = parse_pages)]
    pages: Option<PageRanges>,

    #[arg(long)]
    no_join: bool,

    #[arg(long, value_name = "PASSWORD")]
    password: Option<String>,

    #[arg(long, value_name = "FILE")]
    hints: Option<PathBuf>,

    #[arg(long, value_name = "FORMAT", hide_possible_values = true, ignore_case = true)]
    format: Option<TableFormat>,

    #[arg(short, long, value_name = "FOLDER")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TableFormat {
    Json,
    Csv,
    Md,
    Text,
}

impl TableFormat {
    fn text(self, tables: &[RawTable]) -> serde_json::Result<String> {
        Ok(match self {
            Self::Json => tables_as_json(tables)?,
            Self::Csv => tables_as_csv(tables),
            Self::Md => tables_as_markdown(tables),
            Self::Text => tables_as_text(tables),
        })
    }

    /// How names of such files end.
    fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Md => "md",
            Self::Text => "txt",
        }
    }
}

/// Page numbers as ranges, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
struct PageRanges(Vec<(u32, u32)>);

fn parse_pages(text: &str) -> Result<PageRanges, String> {
    let ranges = text.split([',', '，']).map(parse_range).collect::<Option<Vec<_>>>();
    ranges.map(PageRanges).ok_or_else(said::pages_form)
}

fn parse_range(text: &str) -> Option<(u32, u32)> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (1 <= first && first <= last).then_some((first, last))
}

/// Prints the tables of a file to stdout.
pub(super) fn run(args: &TablesArgs, printer: &Printer) -> anyhow::Result<Exit> {
    let pages = args.pages.as_ref().map_or_else(Vec::new, |pages| pages.0.clone());
    let hints = match args.hints.as_deref().map(inputs::read_hints).transpose() {
        Ok(hints) => hints.unwrap_or_default(),
        Err(error) => {
            printer::error(&exit::words_of(&error));
            return Ok(Exit::Usage);
        }
    };
    let read = |bytes: Vec<u8>| {
        // Of a file alone the name that a conversion of its folder would give it is the last part of its path.
        let source = args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let hints = hints.of(&Fingerprint::of(&bytes).doc_id(), &source);
        let hints = hints.into_iter().map(|said| said.hint).collect();
        let extraction = one_file::engine()?.extract(pages, !args.no_join, hints, args.password.clone(), &bytes);
        extraction.map_err(|failure| failure.words)
    };
    let extraction = match one_file::read(&args.file)?.and_then(read) {
        Ok(extraction) => extraction,
        Err(error) => return Ok(one_file::fail(&args.file, &error)),
    };
    let absent = args.pages.as_ref().map_or_else(Vec::new, |pages| absent(pages, &extraction));
    let no_pages = said::no_such_page(list(&absent));
    if extraction.pages.is_empty() && !absent.is_empty() {
        return Ok(one_file::fail(&args.file, &no_pages));
    }
    match &args.output {
        Some(folder) => write_each(folder, args.format.unwrap_or(TableFormat::Csv), &extraction.tables, printer)?,
        None => print_all(args.format, &extraction.tables)?,
    }
    if extraction.tables.is_empty() {
        printer.summary(&said::no_tables());
    }
    if args.pages.is_some() && extraction.pages.is_empty() && !extraction.tables.is_empty() {
        printer.summary(&said::sheets_have_no_pages());
    }
    let lost = losses(&extraction.diagnostics);
    if !lost.is_empty() {
        return Ok(one_file::fail(&args.file, &lost));
    }
    if !absent.is_empty() {
        return Ok(one_file::fail(&args.file, &no_pages));
    }
    Ok(Exit::Done)
}

/// The ranges that lie wholly beyond the document's pages.
fn absent(pages: &PageRanges, extraction: &Extraction) -> Vec<String> {
    let has =
        |(first, last): &&(u32, u32)| !extraction.pages.iter().any(|page| (*first..=*last).contains(&page.number));
    let range = |(first, last): &(u32, u32)| if first == last { first.to_string() } else { format!("{first}-{last}") };
    let absent = pages.0.iter().filter(has).map(range);
    if extraction.format == Format::Pdf { absent.collect() } else { Vec::new() }
}

/// All tables on stdout: for reading where somebody reads it, otherwise for programs.
fn print_all(format: Option<TableFormat>, tables: &[RawTable]) -> anyhow::Result<()> {
    let usual = if printer::data_is_read_by_a_person() { TableFormat::Text } else { TableFormat::Json };
    Ok(printer::data(format.unwrap_or(usual).text(tables)?.as_bytes())?)
}

/// Each table to a file of its own.
fn write_each(folder: &Path, format: TableFormat, tables: &[RawTable], printer: &Printer) -> anyhow::Result<()> {
    let mut files = Vec::new();
    for (index, table) in tables.iter().enumerate() {
        let path = folder.join(format!("t{:02}.{}", index + 1, format.ending()));
        let text = format.text(std::slice::from_ref(table))?;
        let text = if format == TableFormat::Csv { format!("\u{feff}{text}") } else { text };
        if std::fs::read(&path).is_ok_and(|there| there != text.as_bytes()) {
            bail!(said::other_content_there(path.display()));
        }
        files.push((path, text));
    }
    std::fs::create_dir_all(folder).with_context(|| said::not_writable(folder.display()))?;
    for (path, text) in &files {
        replace_file(path, text.as_bytes()).with_context(|| said::not_writable(path.display()))?;
    }
    printer.summary(&said::tables_written(files.len(), folder.display()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_numbers_and_ranges() {
        assert_eq!(parse_pages("1-3,7"), Ok(PageRanges(vec![(1, 3), (7, 7)])));
        for wrong in ["", "0", "3-1", "a", "1-", "1,,2"] {
            assert!(parse_pages(wrong).is_err(), "{wrong}");
        }
    }
}
