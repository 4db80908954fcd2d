//! Paints: what of them is seen on paper?

/// The lightness of red, green and blue (ITU-R BT.601).
const LIGHTNESS: [f32; 3] = [0.299, 0.587, 0.114];
/// What a pattern counts as: middle grey.
pub(crate) const PATTERN: f32 = 0.5;

/// Shapes lighter than this are the colour of paper and make no edge.
pub(super) const PAPER: f64 = 0.97;
/// Strokes, fills and text below this opacity are not seen.
pub(crate) const FAINT: f32 = 0.05;
/// Paint of at least this opacity hides what is under it.
pub(crate) const SOLID: f32 = 0.9;

/// Colours whose parts differ by less than this are one: text of the colour of its ground is not seen.
const SAME: f32 = 0.012;
/// What bare paper looks like.
pub(super) const WHITE: [f32; 3] = [1.0; 3];

/// A paint's colour and opacity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Shade {
    /// Red, green, blue from 0 to 1; a pattern counts as middle grey.
    pub(crate) rgb: [f32; 3],
    pub(crate) opacity: f32,
    /// Whether it is one colour and no pattern.
    pub(crate) plain: bool,
}

impl Shade {
    /// Its lightness, from 0 to 1, as if it were opaque.
    pub(super) fn lightness(&self) -> f64 {
        lightness(self.rgb)
    }

    /// The colour that is seen of it on white.
    pub(super) fn on_paper(&self) -> [f32; 3] {
        self.rgb.map(|part| 1.0 + (part - 1.0) * self.opacity.clamp(0.0, 1.0))
    }
}

/// The lightness of a colour.
pub(super) fn lightness(rgb: [f32; 3]) -> f64 {
    f64::from(rgb.iter().zip(LIGHTNESS).map(|(part, weight)| part * weight).sum::<f32>())
}

/// How far two colours are from each other: the largest difference of a part.
pub(super) fn distance(a: [f32; 3], b: [f32; 3]) -> f32 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

/// Whether two colours can't be told apart.
pub(super) fn is_same(a: [f32; 3], b: [f32; 3]) -> bool {
    distance(a, b) < SAME
}
