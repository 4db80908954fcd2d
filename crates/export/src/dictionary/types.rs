//! The types of columns in the files and in the descriptions of them.

use crate::words::Kind;

impl Kind {
    /// The type in Parquet files.
    pub(crate) fn parquet(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Term => "dictionary<string>",
            Self::Year | Self::Integer => "int64",
            Self::Amount => "decimal128(24,4)",
            Self::Measure => "double",
            Self::Boolean => "boolean",
        }
    }

    /// The type in a table schema (Frictionless).
    pub(crate) fn table_schema(self) -> &'static str {
        match self {
            Self::Text | Self::Term => "string",
            Self::Year => "year",
            Self::Integer => "integer",
            Self::Amount | Self::Measure => "number",
            Self::Boolean => "boolean",
        }
    }
}
