//! A panic of the program itself, told in one sentence.

use super::printer;
use crate::language::said;
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

/// What the system says when it has no more threads, memory, descriptors or room.
const WANTS: [&str; 7] = [
    "failed to spawn thread",
    "Cannot allocate memory",
    "Resource temporarily unavailable",
    "Too many open files",
    "No space left on device",
    "Disk quota exceeded",
    "File too large",
];

/// Whether a panic's words say that the system had too little of something: libraries panic with them where they have no other
/// way to tell.
pub(crate) fn is_for_want(words: &str) -> bool {
    WANTS.iter().any(|want| words.contains(want))
}

fn sentence(panic: &PanicHookInfo<'_>) -> String {
    let words = panic.payload_as_str().and_then(|words| words.lines().next()).unwrap_or_default();
    if is_for_want(words) {
        return said::error(said::system_lacks(words));
    }
    let place = panic.location().map_or("?".to_owned(), |place| format!("{}:{}", place.file(), place.line()));
    said::error(said::panicked(words, place))
}
