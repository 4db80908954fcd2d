//! A bar on stderr, only where somebody looks at it.

use super::printer::Printer;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar over the files of one phase.
pub(crate) fn bar(printer: &Printer, phase: &'static str, files: usize) -> ProgressBar {
    let target = if printer.shows_progress() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(files as u64), target);
    if let Ok(style) = ProgressStyle::with_template("{prefix} [{bar:32}] {pos}/{len} 剩余约 {eta}") {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.set_prefix(phase);
    bar
}
