//! The figures that a reader should look at again.

use yusuan_normalize::FactFlag;

/// Whether the flags tell of a doubt. Rounding is none, a correction ends one, and having been read from a picture is one only
/// where nothing proves the figure, which another flag says.
pub fn is_doubtful(flags: &[FactFlag]) -> bool {
    flags.iter().any(|flag| !matches!(flag, FactFlag::Rounded | FactFlag::Corrected | FactFlag::Ocr))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_and_corrections_are_no_doubts() {
        assert!(!is_doubtful(&[]) && !is_doubtful(&[FactFlag::Rounded, FactFlag::Corrected]));
        assert!(is_doubtful(&[FactFlag::Rounded, FactFlag::CheckFailed]));
        assert!(!is_doubtful(&[FactFlag::Ocr]) && is_doubtful(&[FactFlag::Ocr, FactFlag::LowConfidence]));
    }
}
