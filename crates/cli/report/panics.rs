//! A panic of the program itself, told in one sentence.

use super::printer;
use crate::worker::is_contained;
use std::panic::PanicHookInfo;
use std::sync::Once;

/// The first is the cause; what panics after it on other threads is its consequence.
static TOLD: Once = Once::new();

/// From now on a panic is one sentence on stderr, unless it is caught as the failure of the file that brought it about.
pub(crate) fn tell_panics() {
    std::panic::set_hook(Box::new(|panic| {
        if !is_contained() {
            TOLD.call_once(|| printer::error(&sentence(panic)));
        }
    }));
}

fn sentence(panic: &PanicHookInfo<'_>) -> String {
    let words = panic.payload_as_str().and_then(|words| words.lines().next()).unwrap_or_default();
    let place = panic.location().map_or(String::new(), |place| format!("，{}:{}", place.file(), place.line()));
    format!("错误：程序内部错误（{words}{place}），请报告这个问题")
}
