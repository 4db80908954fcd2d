//! The frame of every run that writes a folder: the lock, the signals, and everybody who hears how it ends.

use super::explain::explain;
use super::interrupt::Interrupt;
use super::outcome::Report;
use super::target::Target;
use crate::exit::{self, Exit, Locked};
use crate::report::summary::Outcome;
use crate::report::{Counts, Printer, Reporter, logging, metrics, summary};
use crate::store::{Lock, Locking};
use anyhow::{Context, Result};
use serde_json::json;
use std::time::Instant;

/// A run from its beginning to its end.
pub(crate) struct Session<'a> {
    pub(super) interrupt: Interrupt,
    pub(super) reporter: Reporter,
    printer: &'a Printer,
    began: Instant,
    _lock: Lock,
}

impl<'a> Session<'a> {
    /// Makes sure that the folder can be written and that nobody else does.
    pub(crate) fn begin(target: &Target, printer: &'a Printer) -> Result<Self> {
        yusuan_export::prepare(&target.out, &target.options).map_err(|error| explain(&error))?;
        let Locking::Held(lock) = Lock::take(&target.out)? else {
            return Err(Locked { folder: target.out.clone() }.into());
        };
        logging::start(&target.out);
        let interrupt = Interrupt::listen().context("无法接收信号")?;
        let reporter = Reporter::new(printer, &target.out, target.events);
        Ok(Self { interrupt, reporter, printer, began: Instant::now(), _lock: lock })
    }

    /// Tells everybody how it ended.
    pub(crate) fn end(self, outcome: Result<Report>, target: &Target) -> Result<Exit> {
        let report = match outcome {
            Ok(report) => report,
            Err(error) => return Err(self.fail(error)),
        };
        // A shard may have nothing to do.
        let is_empty = report.lines.is_empty();
        let exit = if is_empty { Exit::Done } else { exit::of_lines(report.lines.iter(), target.fail_on) };
        let seconds = self.began.elapsed().as_secs_f64();
        let counts = Counts::of(&report.lines);
        tracing::info!(exit = exit as u8, seconds, read = report.read, files = report.lines.len(), "run ends");
        self.reporter.event(&json!({
            "event": "end", "exit": exit as u8, "seconds": seconds, "read": report.read, "kept": report.kept,
            "dropped": report.dropped, "files": counts,
        }));
        let night = metrics::Night { counts: &counts, seconds, exit: exit as u8, read: report.read };
        metrics::write(&target.out, target.metrics.as_deref(), &night)?;
        for line in report.lines.iter().filter(|line| !line.kept) {
            self.printer.detail(&summary::of_line(line));
        }
        let outcome = Outcome { lines: &report.lines, out: &target.out, kept: report.kept, dropped: report.dropped };
        self.printer.summary(&summary::of_run(&outcome));
        Ok(exit)
    }

    fn fail(&self, error: anyhow::Error) -> anyhow::Error {
        tracing::error!(error = format!("{error:#}"), "run ends");
        let exit = exit::code_of(&error);
        self.reporter.event(&json!({"event": "end", "exit": exit as u8, "error": format!("{error:#}")}));
        error
    }
}
