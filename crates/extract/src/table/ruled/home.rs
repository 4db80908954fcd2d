//! The home of a glyph.

/// Which grid and which of its cells a glyph belongs to.
pub(super) type Home = Option<(usize, usize)>;
