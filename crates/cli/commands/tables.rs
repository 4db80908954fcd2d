//! `tables`: the tables of one file as found, with no budget knowledge applied.

use super::one_file;
use crate::document::losses;
use crate::exit::Exit;
use crate::report::{Printer, printer, tables_as_csv, tables_as_json, tables_as_markdown};
use clap::ValueEnum;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "选项")]
pub(crate) struct TablesArgs {
    /// PDF 或电子表格
    #[arg(value_name = "文件", help_heading = "参数")]
    file: PathBuf,

    /// 只读这些页，如 3 或 1-3,7
    #[arg(long, value_name = "页码", value_parser = parse_pages)]
    pages: Option<PageRanges>,

    /// 跨页的表不连接，逐页取出
    #[arg(long)]
    no_join: bool,

    /// 打开加密文件的密码；只用来打开，不会保存
    #[arg(long, value_name = "密码")]
    password: Option<String>,

    /// 输出格式：json（默认）、csv 或 md
    #[arg(long, default_value = "json", hide_default_value = true, value_name = "格式", hide_possible_values = true)]
    format: TableFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TableFormat {
    Json,
    Csv,
    Md,
}

/// Page numbers as ranges, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
struct PageRanges(Vec<(u32, u32)>);

fn parse_pages(text: &str) -> Result<PageRanges, String> {
    let ranges = text.split([',', '，']).map(parse_range).collect::<Option<Vec<_>>>();
    ranges.map(PageRanges).ok_or_else(|| "页码应写作 3、1-3 或 1-3,7".to_owned())
}

fn parse_range(text: &str) -> Option<(u32, u32)> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (1 <= first && first <= last).then_some((first, last))
}

/// Prints the tables of a file to stdout.
pub(super) fn run(args: &TablesArgs, printer: &Printer) -> anyhow::Result<Exit> {
    let pages = args.pages.as_ref().map_or_else(Vec::new, |pages| pages.0.clone());
    let read = |bytes: &[u8]| one_file::engine()?.extract(pages, !args.no_join, args.password.clone(), bytes);
    let extraction = match one_file::read(&args.file)?.and_then(|bytes| read(&bytes)) {
        Ok(extraction) => extraction,
        Err(error) => return Ok(one_file::fail(&args.file, &error)),
    };
    let text = match args.format {
        TableFormat::Json => tables_as_json(&extraction.tables)?,
        TableFormat::Csv => tables_as_csv(&extraction.tables),
        TableFormat::Md => tables_as_markdown(&extraction.tables),
    };
    printer::data(text.as_bytes())?;
    if args.pages.is_some() && extraction.pages.is_empty() && !extraction.tables.is_empty() {
        printer.summary("电子表格没有页码，--pages 不起作用");
    }
    let lost = losses(&extraction.diagnostics);
    Ok(if lost.is_empty() { Exit::Done } else { one_file::fail(&args.file, &lost) })
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
