//! What a picture may be at most, and what is said of kinds that are not read.

use crate::error::ExtractError;
use crate::limits::Limits;

/// Refuses a picture with more pixels than any page has, before anything is made of it.
pub(super) fn check_pixels(width: u64, height: u64, limits: &Limits) -> Result<(), ExtractError> {
    let pixels = width.saturating_mul(height);
    if pixels == 0 {
        return Err(ExtractError::Damaged { detail: "图片没有宽或高".to_owned() });
    }
    if pixels > limits.image_pixels {
        return Err(ExtractError::LimitExceeded { what: "图片像素数", value: pixels, limit: limits.image_pixels });
    }
    Ok(())
}

/// A kind of picture that is not read.
pub(super) fn unsupported(found: &str) -> ExtractError {
    ExtractError::Unsupported { found: found.to_owned() }
}

/// Bytes as PDF files print them in hexadecimal.
pub(super) fn hex(bytes: impl Iterator<Item = u8>) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| char::from(DIGITS[usize::from(half & 15)]);
    bytes.flat_map(|byte| [digit(byte >> 4), digit(byte)]).collect()
}
