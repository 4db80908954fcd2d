//! The frame of every run that writes a folder: the lock, the signals, and everybody who hears how it ends.

use super::explain::explain;
use super::interrupt::Interrupt;
use super::keep::keeper;
use super::outcome::Report;
use super::target::Target;
use crate::exit::{self, Exit, Locked};
use crate::language::said;
use crate::report::summary::Outcome;
use crate::report::{Counts, Printer, Reporter, kept_aside, logging, metrics, printer, summary};
use crate::store::{Lock, Locking};
use crate::worker::memory_is_short;
use anyhow::{Context, Result, bail};
use serde_json::json;
use std::sync::Arc;
use std::time::Instant;
use yusuan_export::Keeper;

/// Lines told one by one; the log has all of them.
const MOST_TOLD: usize = 10;

/// Memory that a run itself needs beside its workers.
const LEAST_MIB: u64 = 384;

/// A run from its beginning to its end.
pub(crate) struct Session<'a> {
    pub(super) interrupt: Interrupt,
    pub(super) reporter: Reporter,
    pub(super) keeper: Arc<Keeper>,
    printer: &'a Printer,
    began: Instant,
    _lock: Lock,
}

impl<'a> Session<'a> {
    /// Makes sure that the folder can be written and that nobody else does.
    pub(crate) fn begin(target: &Target, printer: &'a Printer) -> Result<Self> {
        if memory_is_short(LEAST_MIB) {
            bail!(said::out_of_memory(LEAST_MIB));
        }
        let removed = yusuan_export::prepare(&target.out, &target.options).map_err(|error| explain(&error))?;
        let Locking::Held(lock) = Lock::take(&target.out)? else {
            return Err(Locked { folder: target.shown.clone() }.into());
        };
        logging::start(&target.out);
        for link in removed {
            tracing::warn!(link = link.display().to_string(), "a link in the output folder was removed, not followed");
        }
        let interrupt = Interrupt::listen().with_context(said::no_signals)?;
        let reporter = Reporter::new(printer, &target.out, target.events);
        let keeper = keeper(&target.out)?;
        Ok(Self { interrupt, reporter, keeper, printer, began: Instant::now(), _lock: lock })
    }

    /// Tells everybody how it ended.
    pub(crate) fn end(mut self, outcome: Result<Report>, target: &Target) -> Result<Exit> {
        let published = |report| target.away.as_ref().map_or(Ok(()), |away| away.publish()).map(|()| report);
        let report = match outcome.and_then(published) {
            Ok(report) => report,
            Err(error) => return Err(self.fail(error)),
        };
        self.reporter.end();
        // A shard may have nothing to do.
        let is_empty = report.lines.is_empty();
        let exit = if is_empty { Exit::Done } else { exit::of_lines(report.lines.iter(), target.fail_on) };
        let exit = if report.told.is_empty() { exit } else { Exit::Incomplete };
        self.tell(&report);
        let aside = self.keeper.kept();
        for kept in &aside {
            tracing::warn!(file = kept.file.display().to_string(), now = kept.now.display().to_string(), "kept aside");
        }
        for line in kept_aside(&aside) {
            self.printer.summary(&line);
        }
        let seconds = self.began.elapsed().as_secs_f64();
        let counts = Counts::of(&report.lines);
        tracing::info!(exit = exit as u8, seconds, read = report.read, files = report.lines.len(), "run ends");
        self.reporter.event(&json!({
            "event": "end", "exit": exit as u8, "seconds": seconds, "read": report.read, "unchanged": report.unchanged, "kept": report.kept,
            "dropped": report.dropped, "healed": report.healed, "told": report.told, "files": counts,
            "kept_aside": aside.iter().map(|kept| kept.now.display().to_string()).collect::<Vec<_>>(),
        }));
        let night = metrics::Night { counts: &counts, seconds, exit: exit as u8, read: report.read };
        metrics::write(&target.out, target.metrics.as_deref(), &night)?;
        for line in report.lines.iter().filter(|line| !line.kept) {
            self.printer.detail(&summary::of_line(line));
        }
        let Report { lines, read, unchanged, kept, dropped, .. } = &report;
        let (read, unchanged, kept, dropped) = (*read, *unchanged, *kept, *dropped);
        let outcome = Outcome { lines, out: &target.shown, read, unchanged, kept, dropped };
        self.printer.summary(&summary::of_run(&outcome));
        Ok(exit)
    }

    /// What concerns no single file is said whatever the flags say: an operator must hear of it.
    fn tell(&self, report: &Report) {
        for told in &report.told {
            tracing::warn!(told, "not done");
        }
        for told in report.told.iter().take(MOST_TOLD) {
            printer::error(told);
        }
        if let Some(more) = report.told.len().checked_sub(MOST_TOLD).filter(|more| *more > 0) {
            printer::error(&said::more_in_logs(more));
        }
        if report.healed > 0 {
            self.printer.summary(&said::healed(report.healed));
        }
    }

    fn fail(&self, error: anyhow::Error) -> anyhow::Error {
        tracing::error!(error = format!("{error:#}"), "run ends");
        let exit = exit::code_of(&error);
        self.reporter.event(&json!({"event": "end", "exit": exit as u8, "error": format!("{error:#}")}));
        error
    }
}
