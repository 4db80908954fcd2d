//! From the likelihoods of characters along a line to texts: each moment of the line tells one character or none, and
//! equal neighbours are one.

use super::recognizer::Reading;
use std::collections::BTreeMap;

/// Prefixes followed at each moment.
const BEAM: usize = 10;
/// Readings given at most.
const READINGS: usize = 6;
/// A reading this much less likely than the best is none.
const UNLIKELY: f64 = 1e-4;
/// The least likelihood that is told from none.
const LEAST: f64 = 1e-7;

/// Likelihoods of each class at each moment of a line.
pub(super) struct Moments<'a> {
    values: &'a [f32],
    classes: usize,
}

impl<'a> Moments<'a> {
    /// From rows of `classes` likelihoods. Class 0 tells no character.
    pub(super) fn new(values: &'a [f32], classes: usize) -> Self {
        Self { values, classes: classes.max(1) }
    }

    fn count(&self) -> usize {
        self.values.len() / self.classes
    }

    fn row(&self, at: usize) -> &[f32] {
        self.values.get(at * self.classes..(at + 1) * self.classes).unwrap_or(&[])
    }

    /// The likeliest class of a moment.
    fn best(&self, at: usize) -> (usize, f64) {
        let row = self.row(at).iter().enumerate();
        row.fold(
            (0, 0.0),
            |best, (class, value)| if f64::from(*value) > best.1 { (class, f64::from(*value)) } else { best },
        )
    }

    fn likelihood(&self, at: usize, class: usize) -> f64 {
        self.row(at).get(class).map_or(0.0, |value| f64::from(*value)).max(LEAST)
    }

    /// The text of the likeliest class at each moment; `name` gives a class its character.
    pub(super) fn text(&self, name: impl Fn(usize) -> Option<char>) -> Reading {
        let path: Vec<(usize, f64)> = (0..self.count()).map(|at| self.best(at)).collect();
        Self::along(&path, name)
    }

    /// The text of a path of classes.
    fn along(path: &[(usize, f64)], name: impl Fn(usize) -> Option<char>) -> Reading {
        let mut reading = Reading { confidence: 1.0, ..Reading::default() };
        let count = path.len().max(1) as f64;
        let mut start = 0;
        for group in path.chunk_by(|a, b| a.0 == b.0) {
            let end = start + group.len();
            if let Some(c) = Some(group[0].0).filter(|class| *class > 0).and_then(&name) {
                let peak = group.iter().map(|(_, value)| *value).fold(0.0, f64::max);
                reading.confidence = reading.confidence.min(peak);
                reading.text.push(c);
                reading.places.push((start + end) as f64 / 2.0 / count);
            }
            start = end;
        }
        reading
    }

    /// The readings of the line when only these classes count, the likeliest first. How sure the first is, is told by its
    /// least sure character, and by the characters that were left out for it.
    pub(super) fn readings(&self, classes: &[usize], name: impl Fn(usize) -> Option<char> + Copy) -> Vec<Reading> {
        let allowed: Vec<usize> = [0].into_iter().chain(classes.iter().copied()).collect();
        let path: Vec<(usize, f64)> = (0..self.count())
            .map(|at| {
                let of = |class: &usize| (*class, self.likelihood(at, *class));
                allowed.iter().map(of).fold((0, 0.0), |best, one| if one.1 > best.1 { one } else { best })
            })
            .collect();
        let mut first = Self::along(&path, name);
        for (at, (class, value)) in path.iter().enumerate() {
            let (other, rival) = self.best(at);
            if *class != other && !allowed.contains(&other) {
                first.confidence = first.confidence.min(*value / (*value + rival));
            }
        }
        let mut readings = vec![first];
        for (text, likelihood) in self.beam(&allowed) {
            let text: String = text.iter().filter_map(|class| name(*class)).collect();
            if likelihood >= UNLIKELY && readings.iter().all(|r| r.text != text) && readings.len() < READINGS {
                readings.push(Reading { text, confidence: likelihood, places: Vec::new() });
            }
        }
        readings
    }

    /// The likeliest texts, with how likely they are beside the likeliest.
    fn beam(&self, allowed: &[usize]) -> Vec<(Vec<usize>, f64)> {
        // Likelihood of each prefix, ending without and with its last character told just now.
        let mut beam: Vec<(Vec<usize>, (f64, f64))> = vec![(Vec::new(), (1.0, 0.0))];
        for at in 0..self.count() {
            let none = self.likelihood(at, 0);
            let mut next: BTreeMap<Vec<usize>, (f64, f64)> = BTreeMap::new();
            for (prefix, (open, told)) in &beam {
                let whole = open + told;
                next.entry(prefix.clone()).or_default().0 += whole * none;
                let last = prefix.last().copied();
                if let Some(last) = last {
                    next.entry(prefix.clone()).or_default().1 += told * self.likelihood(at, last);
                }
                for class in allowed.iter().copied().filter(|class| *class > 0) {
                    let value = self.likelihood(at, class);
                    let before = if last == Some(class) { *open } else { whole };
                    if value > LEAST * 10.0 && before > 0.0 {
                        let longer: Vec<usize> = prefix.iter().copied().chain([class]).collect();
                        next.entry(longer).or_default().1 += before * value;
                    }
                }
            }
            beam = next.into_iter().collect();
            beam.sort_by(|(_, a), (_, b)| (b.0 + b.1).total_cmp(&(a.0 + a.1)));
            beam.truncate(BEAM);
            let best = beam.first().map_or(1.0, |(_, (open, told))| open + told).max(f64::MIN_POSITIVE);
            for (_, (open, told)) in &mut beam {
                (*open, *told) = (*open / best, *told / best);
            }
        }
        beam.into_iter().map(|(text, (open, told))| (text, open + told)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Classes: none, 3, 8, a letter.
    fn name(class: usize) -> Option<char> {
        [None, Some('3'), Some('8'), Some('B')].get(class).copied().flatten()
    }

    #[test]
    fn equal_neighbours_are_one_and_a_gap_parts_them() {
        let rows = [0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.9, 0.1];
        let reading = Moments::new(&rows, 4).text(name);
        assert_eq!(reading.text, "338");
        assert!((reading.confidence - 0.9).abs() < 1e-6 && (reading.places[0] - 0.2).abs() < 1e-6);
    }

    #[test]
    fn other_readings_stand_beside_the_likeliest() {
        let rows = [0.0, 0.3, 0.7, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.2, 0.8];
        let readings = Moments::new(&rows, 4).readings(&[1, 2], name);
        let texts: Vec<&str> = readings.iter().map(|r| r.text.as_str()).collect();
        assert_eq!(texts[..2], ["88", "38"]);
        assert!(readings[0].confidence < 0.3, "a letter was left out for the last digit");
    }
}
