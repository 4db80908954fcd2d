//! The figures that a reader should look at again.

use yusuan_normalize::FactFlag;

/// Whether the flags tell of a doubt. Rounding is none, and a correction ends one.
pub(crate) fn is_doubtful(flags: &[FactFlag]) -> bool {
    flags.iter().any(|flag| !matches!(flag, FactFlag::Rounded | FactFlag::Corrected))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_and_corrections_are_no_doubts() {
        assert!(!is_doubtful(&[]) && !is_doubtful(&[FactFlag::Rounded, FactFlag::Corrected]));
        assert!(is_doubtful(&[FactFlag::Rounded, FactFlag::CheckFailed]));
    }
}
