//! A bar on stderr, only where somebody looks at it.

use super::printer::Printer;
use crate::language::{said, told};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::fmt::Write;

/// What goes on, within fifty columns; names of slow files take what is left of the line and are cut there.
fn template() -> String {
    format!("{{prefix}} [{{bar:10}}] {{pos}}/{{len}} {{rate}} {} {{eta}} {{wide_msg}}", said::time_left())
}

/// A bar over the files of one phase.
pub(crate) fn bar(printer: &Printer, phase: &str, files: usize) -> ProgressBar {
    let target = if printer.shows_progress() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(files as u64), target).with_style(style());
    bar.set_prefix(told(phase).into_owned());
    bar
}

/// How every bar looks.
pub(super) fn style() -> ProgressStyle {
    let rate = |state: &ProgressState, text: &mut dyn Write| {
        // A bar that can't be written is no loss.
        let _ = write!(text, "{}", said::rate(format_args!("{:.1}", state.per_sec())));
    };
    let style = ProgressStyle::with_template(&template()).unwrap_or_else(|_| ProgressStyle::default_bar());
    style.progress_chars("=> ").with_key("rate", rate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use indicatif::TermLike;
    use std::io::Result;
    use std::sync::{Arc, Mutex};
    use yusuan_export::display_width;

    /// A terminal that keeps what is written, movements left out.
    #[derive(Debug, Clone, Default)]
    struct Paper(Arc<Mutex<String>>);

    impl TermLike for Paper {
        fn width(&self) -> u16 {
            50
        }
        fn move_cursor_up(&self, _: usize) -> Result<()> {
            Ok(())
        }
        fn move_cursor_down(&self, _: usize) -> Result<()> {
            Ok(())
        }
        fn move_cursor_right(&self, _: usize) -> Result<()> {
            Ok(())
        }
        fn move_cursor_left(&self, _: usize) -> Result<()> {
            Ok(())
        }
        fn write_line(&self, text: &str) -> Result<()> {
            self.write_str(&format!("{text}\n"))
        }
        fn write_str(&self, text: &str) -> Result<()> {
            self.0.lock().unwrap().push_str(text);
            Ok(())
        }
        fn clear_line(&self) -> Result<()> {
            Ok(())
        }
        fn flush(&self) -> Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_bar_is_one_line_of_fifty_columns() {
        let paper = Paper::default();
        let target = ProgressDrawTarget::term_like(Box::new(paper.clone()));
        let bar = ProgressBar::with_draw_target(Some(12_345), target).with_style(style());
        bar.set_prefix("转换");
        bar.set_message("河南省三门峡市科学技术协会2024年部门预算.pdf（12 秒）");
        paper.0.lock().unwrap().clear();
        bar.set_position(678);
        bar.tick();
        let shown = paper.0.lock().unwrap().trim_end().to_owned();
        let last = shown.rsplit("转换").next().map(|last| format!("转换{}", last.trim_end())).unwrap();
        assert!(last.contains("678/12345 ") && last.contains("/秒 剩余 "), "{shown:?}");
        assert!(!last.contains('\n') && display_width(&last) <= 50, "{shown:?}");
    }
}
