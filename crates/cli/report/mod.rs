//! All that is said: data on stdout, words on stderr, events, logs and metrics. The only place that prints.

mod aligned;
mod checked;
mod contents;
mod corrections;
mod folder;
mod forecast;
mod line;
pub(crate) mod logging;
pub(crate) mod metrics;
mod panics;
pub(crate) mod printer;
mod progress;
mod raw_tables;
mod reporter;
pub(crate) mod summary;

pub(crate) use checked::{count_checks, find_failures, findings_as_json, findings_as_text};
pub(crate) use contents::{contents_as_json, describe_contents};
pub(crate) use corrections::tell_corrections;
pub(crate) use folder::{findings_of_folder, kept_aside};
pub(crate) use forecast::{Fate, Forecast, Foreseen, foreseen_counts, foreseen_files};
pub(crate) use line::{Counts, Line};
pub(crate) use panics::{is_for_want, tell_panics};
pub(crate) use printer::Printer;
pub(crate) use progress::bar;
pub(crate) use raw_tables::{tables_as_csv, tables_as_json, tables_as_markdown, tables_as_text};
pub(crate) use reporter::Reporter;
