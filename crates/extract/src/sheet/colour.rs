//! Colours, as far as they tell whether a text stands out from its ground.

/// Red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Colour([u8; 3]);

/// Steps of a channel (of 255) up to which nobody tells two colours apart.
const UNSEEN_STEPS: u8 = 10;

/// The 56 colours that a number stands for from 8 on; those below 8 are the first eight of them
/// (ECMA-376 part 1, §18.8.27; [MS-XLS] 2.5.161).
const INDEXED: [u32; 56] = [
    0x00_0000, 0xFF_FFFF, 0xFF_0000, 0x00_FF00, 0x00_00FF, 0xFF_FF00, 0xFF_00FF, 0x00_FFFF, 0x80_0000, 0x00_8000,
    0x00_0080, 0x80_8000, 0x80_0080, 0x00_8080, 0xC0_C0C0, 0x80_8080, 0x99_99FF, 0x99_3366, 0xFF_FFCC, 0xCC_FFFF,
    0x66_0066, 0xFF_8080, 0x00_66CC, 0xCC_CCFF, 0x00_0080, 0xFF_00FF, 0xFF_FF00, 0x00_FFFF, 0x80_0080, 0x80_0000,
    0x00_8080, 0x00_00FF, 0x00_CCFF, 0xCC_FFFF, 0xCC_FFCC, 0xFF_FF99, 0x99_CCFF, 0xFF_99CC, 0xCC_99FF, 0xFF_CC99,
    0x33_66FF, 0x33_CCCC, 0x99_CC00, 0xFF_CC00, 0xFF_9900, 0xFF_6600, 0x66_6699, 0x96_9696, 0x00_3366, 0x33_9966,
    0x00_3300, 0x33_3300, 0x99_3300, 0x99_3366, 0x33_3399, 0x33_3333,
];

impl Colour {
    pub(crate) const BLACK: Self = Self([0; 3]);
    pub(crate) const WHITE: Self = Self([255; 3]);

    /// The colour of 0xRRGGBB.
    pub(super) const fn of(rgb: u32) -> Self {
        Self([(rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8])
    }

    /// `FFCC00`, `#FFCC00`, `80FFCC00` (what stands before the last six digits is no part of the colour).
    pub(super) fn from_hex(text: &str) -> Option<Self> {
        let digits = text.trim().trim_start_matches('#');
        let last = digits.get(digits.len().checked_sub(6)?..)?;
        u32::from_str_radix(last, 16).ok().map(Self::of)
    }

    /// The standard colour of a number; `None` for those that the system gives.
    pub(super) fn indexed(number: usize) -> Option<Self> {
        INDEXED.get(if number < 8 { number } else { number - 8 }).copied().map(Self::of)
    }

    /// Made lighter (`tint` up to 1) or darker (down to -1), as §18.8.19 says.
    #[must_use]
    pub(super) fn tinted(self, tint: f64) -> Self {
        let channels = self.0.map(|c| f64::from(c) / 255.0);
        let most = channels.into_iter().fold(0.0, f64::max);
        let least = channels.into_iter().fold(1.0, f64::min);
        let light = f64::midpoint(most, least);
        let wanted = if tint < 0.0 { light * (1.0 + tint) } else { light + (1.0 - light) * tint };
        let saturation = if most > least { (most - least) / (1.0 - (2.0 * light - 1.0).abs()) } else { 0.0 };
        let spread = saturation * (1.0 - (2.0 * wanted - 1.0).abs());
        let share = |c: f64| if most > least { (c - light) / (most - least) } else { 0.0 };
        Self(channels.map(|c| ((wanted + spread * share(c)).clamp(0.0, 1.0) * 255.0).round() as u8))
    }

    /// Whether a text of one colour on the other is not seen.
    pub(super) fn is_like(self, other: Self) -> bool {
        self.0.into_iter().zip(other.0).all(|(a, b)| a.abs_diff(b) <= UNSEEN_STEPS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_and_tinted() {
        assert_eq!(Colour::from_hex("FFFFFFFF"), Some(Colour::WHITE));
        assert_eq!(Colour::from_hex("#000000"), Some(Colour::BLACK));
        assert_eq!(Colour::from_hex("auto"), None);
        assert_eq!(Colour::indexed(9), Some(Colour::WHITE));
        assert_eq!(Colour::indexed(1), Some(Colour::WHITE));
        assert_eq!(Colour::indexed(64), None);
        assert_eq!(Colour::BLACK.tinted(1.0), Colour::WHITE);
        assert_eq!(Colour::WHITE.tinted(-0.5), Colour::of(0x80_8080));
        assert_eq!(Colour::of(0x4F_81BD).tinted(0.0), Colour::of(0x4F_81BD));
    }

    #[test]
    fn nearly_white_on_white_is_not_seen() {
        assert!(Colour::of(0xFD_FDFD).is_like(Colour::WHITE));
        assert!(!Colour::of(0xD9_D9D9).is_like(Colour::WHITE));
    }
}
