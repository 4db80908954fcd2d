//! The place at the beginning of a body's name.

use crate::reading::region;
use crate::reading::words::BEFORE_PLACE;

/// The name without an organisation's prefix that stands before the place.
pub(crate) fn without_party(name: &str) -> &str {
    BEFORE_PLACE.strip_begin(name).unwrap_or(name)
}

/// Whether a body's name begins with a place, organisations' prefixes (中共, 共青团 …) aside.
pub(crate) fn starts_with_region(name: &str) -> bool {
    let name = without_party(name);
    region::read_prefix(name).is_some()
}
