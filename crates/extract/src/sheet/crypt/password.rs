//! A password as the methods take it.

/// The password that Excel tries by itself ([MS-XLS] 2.4.191).
const DEFAULT: &str = "VelvetSweatshop";

/// A password in UTF-16, little-endian.
pub(in crate::sheet) struct Password(Vec<u8>);

impl Password {
    /// The one that opens workbooks whose structure alone is protected.
    pub(in crate::sheet) fn known() -> Self {
        Self::of(DEFAULT)
    }

    /// One that the user gave.
    pub(in crate::sheet) fn of(text: &str) -> Self {
        Self(text.encode_utf16().flat_map(u16::to_le_bytes).collect())
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }
}
