//! The one password that is known.

/// The password that Excel tries by itself ([MS-XLS] 2.4.191).
const DEFAULT: &str = "VelvetSweatshop";

/// The default password as the methods take it: UTF-16, little-endian.
pub(super) fn password() -> Vec<u8> {
    DEFAULT.encode_utf16().flat_map(u16::to_le_bytes).collect()
}
