//! The data dictionary: what every column of every dataset says. It is made from the lists that write the columns, and
//! everything that describes them (datapackage.json, the 说明 sheets, `yusuan schema`, the documentation) is made from it.

mod entry;
mod fiscal;
mod package;
mod render;
mod types;

pub(crate) use entry::{ColumnEntry, datasets};
pub(crate) use package::package;
pub use render::{SchemaFormat, schema};
