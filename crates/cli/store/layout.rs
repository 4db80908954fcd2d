//! The layout of an output folder.

use serde::{Deserialize, Serialize};

/// How the datasets are laid out; a folder keeps the one that it was begun with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Layout {
    /// One file for each dataset.
    #[default]
    Single,
    /// Many small files by year and province.
    Parts,
}
