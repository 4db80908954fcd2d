//! A page as a picture: grey values, and how many of them make a point.

/// A grey picture of a page as displayed.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Picture {
    /// Pixels in a row.
    pub(crate) width: usize,
    /// Rows.
    pub(crate) height: usize,
    /// Row by row from the top: 0 is black, 255 white.
    pub(crate) grey: Vec<u8>,
    /// Pixels per point.
    pub(crate) scale: f64,
}

impl Picture {
    /// The grey value at a place; white outside.
    pub(crate) fn at(&self, x: isize, y: isize) -> u8 {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return u8::MAX };
        if x >= self.width { u8::MAX } else { self.grey.get(y * self.width + x).copied().unwrap_or(u8::MAX) }
    }
}
