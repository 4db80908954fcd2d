//! Arguments that several commands share.

use crate::exit::{FailOn, Locked};
use crate::inputs;
use crate::language::said;
use crate::remote;
use crate::run::Target;
use crate::store::{self, Away, Layout, Manifest};
use clap::ValueEnum;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use yusuan_export::{ExportOptions, OutputFormat, standing_formats};
use yusuan_normalize::{Bodies, MoneyUnit};

/// Where results go, and in which form.
#[derive(Debug, clap::Args)]
pub(crate) struct TargetArgs {
    #[arg(short, long, value_name = "FOLDER")]
    pub(super) output: PathBuf,

    #[arg(
        short,
        long,
        value_delimiter = ',',
        default_value = "xlsx,csv,parquet",
        hide_default_value = true,
        value_name = "FORMAT",
        hide_possible_values = true,
        ignore_case = true
    )]
    format: Vec<OutputKind>,

    #[arg(
        long,
        default_value = "single",
        hide_default_value = true,
        value_name = "LAYOUT",
        hide_possible_values = true,
        ignore_case = true
    )]
    layout: Layout,

    #[arg(short, long, value_name = "NUMBER", value_parser = at_least::<usize, 1>)]
    jobs: Option<usize>,

    #[command(flatten)]
    writing: WritingArgs,

    #[arg(long, value_name = "LEVEL", hide_possible_values = true, ignore_case = true)]
    fail_on: Option<FailOn>,

    #[arg(
        long,
        default_value = "text",
        hide_default_value = true,
        value_name = "FORMAT",
        hide_possible_values = true,
        ignore_case = true
    )]
    message_format: MessageForm,

    #[arg(long, value_name = "FILE")]
    metrics: Option<PathBuf>,
}

impl TargetArgs {
    /// The target that is meant.
    ///
    /// # Errors
    /// When the list of bodies can't be used.
    pub(super) fn target(&self, away: Option<Arc<Away>>) -> anyhow::Result<Target> {
        let mut options = self.writing.options(&self.format);
        // What was made before stays, and what stays must not be old.
        let out = away.as_ref().map_or(self.output.as_path(), |away| away.work()).to_owned();
        options.formats.extend(standing_formats(&out));
        if away.is_some() {
            options
                .formats
                .extend(Manifest::read(&out).into_iter().flat_map(|before| before.header.settings.options.formats));
        }
        Ok(Target {
            out,
            shown: self.output.clone(),
            away,
            options,
            bodies: self.writing.bodies()?,
            layout: self.layout,
            jobs: self.jobs.unwrap_or(0),
            fail_on: self.fail_on,
            events: self.message_format == MessageForm::Json,
            metrics: self.metrics.clone(),
        })
    }

    /// The output folder, taken where it is not on this machine.
    pub(super) fn away(&self) -> anyhow::Result<Option<Arc<Away>>> {
        let Some(address) = remote::address(&self.output) else { return Ok(None) };
        let taken = || Locked { folder: self.output.clone() };
        store::take(address)?.map(Some).ok_or_else(|| taken().into())
    }
}

/// How files are written, whatever they are written from.
#[derive(Debug, clap::Args)]
pub(crate) struct WritingArgs {
    #[arg(
        long,
        default_value = "printed",
        hide_default_value = true,
        value_name = "UNIT",
        hide_possible_values = true,
        ignore_case = true
    )]
    unit: SheetUnit,

    #[arg(long)]
    no_bom: bool,

    #[arg(long)]
    force: bool,

    #[arg(long, value_name = "FILE")]
    bodies: Option<PathBuf>,
}

impl WritingArgs {
    /// The options of files in these formats.
    pub(super) fn options(&self, formats: &[OutputKind]) -> ExportOptions {
        let mut options = ExportOptions::default();
        options.formats = output_formats(formats);
        options.unit = self.unit.money();
        options.byte_order_mark = !self.no_bom;
        options.force = self.force;
        options
    }

    /// The list of bodies, where one is named.
    ///
    /// # Errors
    /// When it can't be used.
    pub(super) fn bodies(&self) -> anyhow::Result<Option<Bodies>> {
        self.bodies.as_deref().map(inputs::read_bodies).transpose()
    }
}

/// For whom a command on one thing says what it found.
#[derive(Debug, clap::Args)]
pub(crate) struct FormArgs {
    #[arg(
        long,
        default_value = "text",
        hide_default_value = true,
        value_name = "FORMAT",
        hide_possible_values = true,
        ignore_case = true
    )]
    pub(super) format: MessageForm,
}

/// Whether words are for people or for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageForm {
    Text,
    Json,
}

/// A whole number of a count or a size.
pub(super) fn at_least<T: TryFrom<u64>, const LEAST: u64>(text: &str) -> Result<T, String> {
    let number = text.trim().parse::<u64>().ok().filter(|number| *number >= LEAST);
    number.and_then(|number| T::try_from(number).ok()).ok_or_else(|| said::at_least(LEAST))
}

/// What can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum OutputKind {
    Xlsx,
    Csv,
    Parquet,
    Sqlite,
    Review,
}

/// The formats that the user named.
fn output_formats(kinds: &[OutputKind]) -> BTreeSet<OutputFormat> {
    let format = |kind: &OutputKind| match kind {
        OutputKind::Xlsx => OutputFormat::Xlsx,
        OutputKind::Csv => OutputFormat::Csv,
        OutputKind::Parquet => OutputFormat::Parquet,
        OutputKind::Sqlite => OutputFormat::Sqlite,
        OutputKind::Review => OutputFormat::Review,
    };
    kinds.iter().map(format).collect()
}

/// The unit of the table sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SheetUnit {
    #[value(aliases = ["原表", "同原表"])]
    Printed,
    #[value(aliases = ["元"])]
    Yuan,
    #[value(aliases = ["万元", "万"])]
    Wan,
}

impl SheetUnit {
    /// The unit; `None` means as printed.
    pub(super) fn money(self) -> Option<MoneyUnit> {
        match self {
            Self::Printed => None,
            Self::Yuan => Some(MoneyUnit::Yuan),
            Self::Wan => Some(MoneyUnit::TenThousandYuan),
        }
    }
}
