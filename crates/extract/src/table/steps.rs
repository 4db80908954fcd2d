//! Numbers in even steps: the scale of an axis.

/// Steps are the same when they differ by less than this share.
const SAME_STEP: f64 = 1e-6;
/// A step smaller than this is none.
const NO_STEP: f64 = 1e-9;
/// Numbers that a scale has at least.
const FEWEST: usize = 3;
/// Share (in tenths) of the steps that must be even.
const TENTHS_EVEN: usize = 7;

/// Whether numbers rise or fall by the same step, but for a few jumps (where the next chart begins).
pub(super) fn even_steps(texts: &[&str]) -> bool {
    let plain = |t: &str| t.replace([',', '%', '$', '€', ' '], "").replace(['−', '–'], "-");
    let numbers: Option<Vec<f64>> = texts.iter().map(|t| plain(t).parse::<f64>().ok()).collect();
    let Some(numbers) = numbers else { return false };
    let Some(step) = numbers.windows(2).map(|w| w[1] - w[0]).next() else { return false };
    let near = |w: &&[f64]| (w[1] - w[0] - step).abs() <= SAME_STEP * (1.0 + step.abs());
    let even = numbers.windows(2).filter(near).count();
    numbers.len() >= FEWEST && step.abs() > NO_STEP && 10 * even >= TENTHS_EVEN * (numbers.len() - 1)
}
