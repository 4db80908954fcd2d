//! A bar on stderr, only where somebody looks at it.

use super::printer::Printer;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::fmt::Write;

/// What goes on, within fifty columns; names of slow files take what is left of the line and are cut there.
const TEMPLATE: &str = "{prefix} [{bar:10}] {pos}/{len} {rate} 剩余 {eta} {wide_msg}";

/// A bar over the files of one phase.
pub(crate) fn bar(printer: &Printer, phase: &'static str, files: usize) -> ProgressBar {
    let target = if printer.shows_progress() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(files as u64), target).with_style(style());
    bar.set_prefix(phase);
    bar
}

/// How every bar looks.
pub(super) fn style() -> ProgressStyle {
    let rate = |state: &ProgressState, text: &mut dyn Write| {
        // A bar that can't be written is no loss.
        let _ = write!(text, "{:.1}/秒", state.per_sec());
    };
    let style = ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_bar());
    style.progress_chars("=> ").with_key("rate", rate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use indicatif::{InMemoryTerm, TermLike};
    use yusuan_export::display_width;

    #[test]
    fn a_bar_is_one_line_of_fifty_columns() {
        let terminal = InMemoryTerm::new(10, 50);
        let target = ProgressDrawTarget::term_like(Box::new(terminal.clone()));
        let bar = ProgressBar::with_draw_target(Some(12_345), target).with_style(style());
        bar.set_prefix("转换");
        bar.set_message("河南省三门峡市科学技术协会2024年部门预算.pdf（12 秒）");
        bar.inc(678);
        bar.tick();
        let shown = terminal.contents();
        assert_eq!(shown.lines().count(), 1, "{shown}");
        assert!(shown.starts_with("转换 [") && shown.contains("/秒 剩余 "), "{shown}");
        assert!(display_width(&shown) <= usize::from(terminal.width()), "{shown}");
    }
}
