//! All that needs a second document, or a second reading of one.

pub(crate) mod compare;
pub(crate) mod disclosure;
pub(crate) mod neighbours;
pub(crate) mod second_reading;
