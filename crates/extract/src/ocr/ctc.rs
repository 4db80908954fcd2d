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
/// A character this likely at a moment may stand in another reading of a text.
const POSSIBLE: f64 = 0.03;
/// The least likelihood that is told from none.
const LEAST: f64 = 1e-7;

/// Likelihoods of each class at each moment of a line.
pub(super) struct Moments<'a> {
    values: &'a [f32],
    classes: usize,
    /// The likeliest class of each moment.
    best: Vec<(usize, f64)>,
}

impl<'a> Moments<'a> {
    /// From rows of `classes` likelihoods. Class 0 tells no character.
    pub(super) fn new(values: &'a [f32], classes: usize) -> Self {
        let classes = classes.max(1);
        let best = values.chunks_exact(classes).map(likeliest).collect();
        Self { values, classes, best }
    }

    fn count(&self) -> usize {
        self.values.len() / self.classes
    }

    fn row(&self, at: usize) -> &[f32] {
        self.values.get(at * self.classes..(at + 1) * self.classes).unwrap_or(&[])
    }

    /// The likeliest class of a moment.
    fn best(&self, at: usize) -> (usize, f64) {
        self.best.get(at).copied().unwrap_or_default()
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
        self.add_likely(&mut readings, |_| &allowed, name);
        readings
    }

    /// What else a text may say, the likeliest first.
    pub(super) fn others(&self, text: &Reading, name: impl Fn(usize) -> Option<char> + Copy) -> Vec<Reading> {
        let possible = |at: usize| {
            let row = self.row(at).iter().enumerate();
            row.filter(|(_, value)| f64::from(**value) >= POSSIBLE).map(|(class, _)| class).collect::<Vec<usize>>()
        };
        let possible: Vec<Vec<usize>> = (0..self.count()).map(possible).collect();
        let mut readings = vec![text.clone()];
        self.add_likely(&mut readings, |at| possible.get(at).map_or(&[], Vec::as_slice), name);
        readings.remove(0);
        readings
    }

    /// Adds the texts of the beam that are likely enough and not there yet.
    fn add_likely<'c>(
        &self,
        readings: &mut Vec<Reading>,
        allowed: impl Fn(usize) -> &'c [usize],
        name: impl Fn(usize) -> Option<char>,
    ) {
        for (text, likelihood) in self.beam(allowed) {
            let text: String = text.iter().filter_map(|class| name(*class)).collect();
            if likelihood >= UNLIKELY && readings.iter().all(|r| r.text != text) && readings.len() < READINGS {
                readings.push(Reading { text, confidence: likelihood, places: Vec::new() });
            }
        }
    }

    /// The likeliest texts of the classes allowed at each moment, with how likely they are beside the likeliest.
    fn beam<'c>(&self, allowed: impl Fn(usize) -> &'c [usize]) -> Vec<(Vec<usize>, f64)> {
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
                for class in allowed(at).iter().copied().filter(|class| *class > 0) {
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

/// Values compared at once.
const LANES: usize = 16;

/// The likeliest class of a moment, the first of equal ones: in lanes, since a model of Chinese has some twenty thousand.
fn likeliest(row: &[f32]) -> (usize, f64) {
    let mut most = [f32::MIN; LANES];
    let (chunks, rest) = row.as_chunks::<LANES>();
    for chunk in chunks {
        for (lane, value) in most.iter_mut().zip(chunk) {
            *lane = if *value > *lane { *value } else { *lane };
        }
    }
    let most = most.iter().chain(rest).copied().fold(f32::MIN, f32::max);
    row.iter().position(|value| *value >= most).map_or((0, 0.0), |class| (class, f64::from(most)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Classes: none, 3, 8, a letter.
    fn name(class: usize) -> Option<char> {
        [None, Some('3'), Some('8'), Some('B')].get(class).copied().flatten()
    }

    #[test]
    fn the_first_of_the_likeliest_is_told() {
        let row: Vec<f32> = (0..40).map(|at| if at == 19 || at == 35 { 0.5 } else { 0.01 }).collect();
        assert_eq!(likeliest(&row), (19, 0.5));
        assert_eq!(likeliest(&row[20..]), (15, 0.5));
        assert_eq!(likeliest(&[]), (0, 0.0));
    }

    #[test]
    fn equal_neighbours_are_one_and_a_gap_parts_them() {
        let rows = [0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.9, 0.1];
        let reading = Moments::new(&rows, 4).text(name);
        assert_eq!(reading.text, "338");
        assert!((reading.confidence - 0.9).abs() < 1e-6 && (reading.places[0] - 0.2).abs() < 1e-6);
    }

    #[test]
    fn an_unsure_text_has_others() {
        let rows = [0.0, 0.3, 0.7, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.2, 0.8];
        let moments = Moments::new(&rows, 4);
        let text = moments.text(name);
        let others: Vec<String> = moments.others(&text, name).into_iter().map(|r| r.text).collect();
        assert_eq!((text.text.as_str(), others[0].as_str()), ("8B", "3B"));
        assert!(others.iter().any(|other| other == "88") && others.iter().all(|other| other != "8B"));
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
