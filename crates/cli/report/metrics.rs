//! The last run as monitoring sees it: in the OpenMetrics text format, which node_exporter's textfile collector reads.

use super::line::Counts;
use crate::store::{StoreError, folder, now};
use anyhow::Result;
use std::fmt::Write;
use std::path::Path;
use yusuan_export::replace_file;

/// A run that ended.
pub(crate) struct Night<'a> {
    pub(crate) counts: &'a Counts,
    pub(crate) seconds: f64,
    pub(crate) exit: u8,
    /// Documents read in this run.
    pub(crate) read: usize,
}

/// Writes the metrics into the state folder, and to `wanted`.
pub(crate) fn write(out: &Path, wanted: Option<&Path>, night: &Night<'_>) -> Result<()> {
    let text = text(night, now());
    for target in [Some(folder(out).join("metrics.prom").as_path()), wanted].into_iter().flatten() {
        replace_file(target, text.as_bytes()).map_err(StoreError::from)?;
    }
    Ok(())
}

/// Gauges alone: they mean the same in OpenMetrics and in the older Prometheus format.
fn text(night: &Night<'_>, at: i64) -> String {
    let counts = night.counts;
    let mut text = String::new();
    let statuses = [
        ("ok", counts.ok),
        ("partial", counts.partial),
        ("failed", counts.failed),
        ("unsupported", counts.unsupported),
        ("duplicate", counts.duplicate),
    ];
    head(&mut text, "yusuan_documents", "Input files by what became of them.");
    for (status, count) in statuses {
        // Writing to a string does not fail.
        let _ = writeln!(text, "yusuan_documents{{status=\"{status}\"}} {count}");
    }
    let plain = [
        ("yusuan_tables", "Tables found.", counts.tables.to_string()),
        ("yusuan_facts", "Amounts found.", counts.facts.to_string()),
        ("yusuan_checks_passed", "Arithmetic identities that hold.", counts.checks_passed.to_string()),
        ("yusuan_checks_failed", "Arithmetic identities that fail.", counts.checks_failed.to_string()),
        ("yusuan_last_run_documents_read", "Files read by the last run.", night.read.to_string()),
        ("yusuan_last_run_seconds", "Duration of the last run.", format!("{:.3}", night.seconds)),
        ("yusuan_last_run_exit_status", "Exit status of the last run that ended.", night.exit.to_string()),
        ("yusuan_last_run_timestamp_seconds", "End of the last run.", at.to_string()),
    ];
    for (name, help, value) in plain {
        head(&mut text, name, help);
        let _ = writeln!(text, "{name} {value}");
    }
    text.push_str("# EOF\n");
    text
}

fn head(text: &mut String, name: &str, help: &str) {
    let _ = writeln!(text, "# TYPE {name} gauge\n# HELP {name} {help}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_comment_or_a_sample() {
        let counts = Counts { all: 3, ok: 2, failed: 1, ..Counts::default() };
        let text = text(&Night { counts: &counts, seconds: 1.5, exit: 3, read: 3 }, 1_700_000_000);
        let samples: Vec<&str> = text.lines().filter(|line| !line.starts_with("# ")).collect();
        assert_eq!(samples.len(), 13);
        assert!(samples.iter().all(|line| line.rsplit_once(' ').unwrap().1.parse::<f64>().is_ok()), "{text}");
        assert!(text.contains("yusuan_documents{status=\"failed\"} 1\n") && text.ends_with("# EOF\n"));
    }
}
