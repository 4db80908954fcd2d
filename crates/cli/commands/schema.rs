//! `schema`: the data dictionary.

use crate::exit::Exit;
use crate::report::printer;
use clap::ValueEnum;
use yusuan_export::SchemaFormat;

#[derive(Debug, clap::Args)]
pub(crate) struct SchemaArgs {
    #[arg(
        long,
        default_value = "text",
        hide_default_value = true,
        value_name = "FORMAT",
        hide_possible_values = true,
        ignore_case = true
    )]
    format: SchemaKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SchemaKind {
    Text,
    Json,
    Md,
}

/// Prints what every column of the datasets says.
pub(super) fn run(args: &SchemaArgs) -> anyhow::Result<Exit> {
    let format = match args.format {
        SchemaKind::Text => SchemaFormat::Text,
        SchemaKind::Json => SchemaFormat::Json,
        SchemaKind::Md => SchemaFormat::Markdown,
    };
    printer::data(yusuan_export::schema(format).as_bytes())?;
    Ok(Exit::Done)
}
