//! `schema`: the data dictionary.

use crate::args::{SchemaArgs, SchemaKind};
use crate::exit::Exit;
use crate::printer;
use yusuan_export::SchemaFormat;

/// Prints what every column of the datasets says.
pub(crate) fn run(args: &SchemaArgs) -> anyhow::Result<Exit> {
    let format = match args.format {
        SchemaKind::Text => SchemaFormat::Text,
        SchemaKind::Json => SchemaFormat::Json,
        SchemaKind::Md => SchemaFormat::Markdown,
    };
    printer::data(yusuan_export::schema(format).as_bytes())?;
    Ok(Exit::Done)
}
