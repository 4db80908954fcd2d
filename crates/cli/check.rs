//! `check`: the identities (勾稽关系) of files that don't hold, printed like a compiler's findings.

use crate::args::{CheckArgs, CheckFormat, FailOn};
use crate::exit::{self, Exit};
use crate::inputs::find;
use crate::printer::{self, Printer};
use crate::reading::STACK;
use crate::{convert, store, summary};
use anyhow::{Context, bail};
use serde::Serialize;
use std::path::{Path, PathBuf};
use yusuan_export::{DocumentRecord, DocumentStatus};
use yusuan_normalize::{Cause, Check, CheckStatus, NormalizedDocument, Statement};

/// Checks the files that the arguments name; of a folder that an earlier run wrote, what that run found.
pub(crate) fn run(args: &CheckArgs, printer: &Printer) -> anyhow::Result<Exit> {
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
    let findings: Vec<Finding<'_>> = records.iter().flat_map(|r| findings(r, args.fail_on)).collect();
    let text = match args.format {
        CheckFormat::Text => findings.iter().map(text).collect::<Vec<_>>().join("\n"),
        CheckFormat::Json => serde_json::to_string(&findings)? + "\n",
    };
    printer::data(text.as_bytes())?;
    for (record, named) in records.iter().zip(&named) {
        // Other files in a folder are no news.
        let told = match record.status {
            DocumentStatus::Ok | DocumentStatus::Duplicate => false,
            DocumentStatus::Unsupported => *named,
            DocumentStatus::Partial | DocumentStatus::Failed => true,
        };
        if told {
            printer.summary(&summary::one_line(record));
        }
    }
    printer.summary(&counts(&records));
    Ok(exit::of_records(&records, &named, args.fail_on))
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
        let search = find(paths, None, std::io::stdin().lock()).context("无法读取文件清单")?;
        if search.inputs.is_empty() {
            bail!("没有找到任何文件");
        }
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(args.jobs)
            .stack_size(STACK)
            .build()
            .context("无法启动工作线程")?;
        let twice = convert::twice(args.second_reading);
        let mut records = pool.install(|| convert::convert_all(&search.inputs, twice, printer));
        convert::settle(&mut records);
        self.records.extend(records);
        self.named.extend(search.inputs.iter().map(|input| input.named));
        Ok(())
    }
}

/// One identity that doesn't hold, with its table.
#[derive(Serialize)]
struct Finding<'a> {
    source: &'a str,
    table_title: &'a str,
    row_label: &'a str,
    column_path: &'a str,
    #[serde(flatten)]
    check: &'a Check,
}

/// What is told of a document: failed identities, and rounding where it counts as failure.
fn findings(record: &DocumentRecord, fail_on: Option<FailOn>) -> Vec<Finding<'_>> {
    let told = |check: &&Check| match check.status {
        CheckStatus::Failed => true,
        CheckStatus::Rounding => fail_on == Some(FailOn::Rounding),
        CheckStatus::Passed | CheckStatus::Skipped => false,
    };
    let Some(document) = &record.document else { return Vec::new() };
    let finding = |check| finding(record, document, check);
    document.checks.iter().filter(told).map(finding).collect()
}

fn finding<'a>(record: &'a DocumentRecord, document: &'a NormalizedDocument, check: &'a Check) -> Finding<'a> {
    let table: Option<&Statement> = document.statements.iter().find(|s| s.id == check.table_id);
    let fact = table.and_then(|t| t.facts.iter().find(|f| f.row == check.row && f.col == check.col));
    Finding {
        source: &record.source,
        table_title: table.map_or("", |t| &t.title),
        row_label: fact.map_or("", |f| &f.row_label),
        column_path: fact.map_or("", |f| &f.column_path),
        check,
    }
}

fn text(finding: &Finding<'_>) -> String {
    let check = finding.check;
    let page = check.place.page.map_or(String::new(), |page| format!("第{page}页："));
    let verdict = if check.status == CheckStatus::Failed { "不符" } else { "四舍五入" };
    let amount = |value: Option<rust_decimal::Decimal>| value.map_or("—".to_owned(), |v| v.normalize().to_string());
    let names = [finding.row_label, finding.column_path].into_iter().filter(|n| !n.is_empty()).collect::<Vec<_>>();
    let named = if names.is_empty() { String::new() } else { format!("（{}）", names.join("，")) };
    let mut lines = vec![format!("{}：{page}{verdict}[{}] {}", finding.source, check.rule, check.claim_text)];
    // Figures of the narrative stand in no table.
    if !check.table_id.is_empty() {
        let place = (finding.table_title, &check.table_id, check.row, check.col);
        lines.push(format!("  --> 《{}》{} 第{}行第{}列{named}", place.0, place.1, place.2, place.3));
    }
    // Weights are no money.
    if check.left.is_some() {
        lines.push(format!(
            "  左 {} 元，右 {} 元，差 {} 元（容差 {} 元）",
            amount(check.left),
            amount(check.right),
            amount(check.difference),
            amount(check.tolerance)
        ));
    }
    if !check.reason.is_empty() {
        lines.push(format!("  原因：{}（{}）", check.cause.map_or("", Cause::label_zh), check.reason));
    }
    if !check.suspects.is_empty() {
        let cells: Vec<String> = check.suspects.iter().map(ToString::to_string).collect();
        lines.push(format!("  可疑：{}", cells.join("、")));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn counts(records: &[DocumentRecord]) -> String {
    let checks = || records.iter().filter_map(|r| r.document.as_ref()).flat_map(|d| &d.checks);
    let count = |status| checks().filter(|c| c.status == status).count();
    format!(
        "{} 个文件：相符 {}，四舍五入差 {}，不符 {}",
        records.len(),
        count(CheckStatus::Passed),
        count(CheckStatus::Rounding),
        count(CheckStatus::Failed)
    )
}
