//! Reading lines with a model of the PaddleOCR family in its exchange format (ONNX).

use super::ctc::Moments;
use super::recognizer::{GreyLine, LineReading, Reading, TextRecognizer};
use rten::{Model, ModelOptions, RunOptions, ThreadPool};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;
use std::sync::Arc;

/// Height that the model reads at, in pixels.
const HEIGHT: usize = 48;
/// Widths are filled up to a multiple of this.
const STEP: usize = 16;
/// Least and most width, in pixels: longer lines are made narrower.
const WIDTHS: (usize, usize) = (64, 2400);
/// Characters of numbers.
pub(super) const FIGURES: &str = "0123456789.,-%()+";
/// What they are mistaken for.
pub(super) const LOOK_ALIKES: &str = "OoIlSBZ一—–−，。、·〇D|（）";
/// Shares of a line's characters that must be those of numbers for it to be read as one.
const MOSTLY: f64 = 0.5;
/// Longer lines are no number.
const LONGEST: usize = 30;
/// A character at least as likely as this is rather there than not.
const EVEN: f64 = 0.5;
/// A text read with this confidence says nothing else.
const SURE: f64 = 0.95;
/// Name under which a model tells its characters.
const CHARACTERS: &str = "character";

/// Reads lines with a model.
pub struct ModelRecognizer {
    model: Model,
    characters: Vec<char>,
    figures: Vec<usize>,
    options: RunOptions,
}

impl ModelRecognizer {
    /// From a model's bytes; its characters, one a line, stand in `dictionary`, or in the model itself.
    ///
    /// # Errors
    /// What is wrong with them, in one sentence for the user.
    pub fn new(model: Vec<u8>, dictionary: Option<&str>) -> Result<Self, String> {
        let own = dictionary.is_none().then(|| described(&model, CHARACTERS)).flatten();
        let text = dictionary.map(str::to_owned).or(own).ok_or("识别模型没有说明它的字表")?;
        // Class 0 is no character; the blank comes last.
        let one = |line: &str| line.trim_end_matches('\r').chars().next().unwrap_or('\u{fffd}');
        let characters: Vec<char> = text.trim_end_matches('\n').split('\n').map(one).chain([' ']).collect();
        let at = |wanted: char| characters.iter().position(|c| *c == wanted).map(|at| at + 1);
        let figures = FIGURES.chars().filter_map(at).collect();
        let mut loading = ModelOptions::with_all_ops();
        loading.prepack_weights(true);
        let model = loading.load(model).map_err(|error| format!("识别模型无法读入（{error}）"))?;
        let mut options = RunOptions::default();
        options.thread_pool = Some(Arc::new(ThreadPool::with_num_threads(1)));
        Ok(Self { model, characters, figures, options })
    }

    fn name(&self, class: usize) -> Option<char> {
        class.checked_sub(1).and_then(|at| self.characters.get(at)).copied()
    }

    /// Likelihoods along a line, and how many classes there are.
    fn run(&self, line: &GreyLine) -> Option<(Vec<f32>, usize)> {
        let input = input(line)?;
        let output = self.model.run_one(input.view().into(), Some(self.options.clone())).ok()?;
        let output: NdTensor<f32, 3> = output.try_into().ok()?;
        let classes = output.size(2);
        Some((output.into_data(), classes))
    }
}

impl TextRecognizer for ModelRecognizer {
    fn read(&self, line: &GreyLine) -> Option<LineReading> {
        let (values, classes) = self.run(line)?;
        let moments = Moments::new(&values, classes);
        let name = |class: usize| self.name(class);
        let text = moments.text(name);
        let is_figure = is_figure(&text.text);
        let mut figures = if is_figure { moments.readings(&self.figures, name) } else { Vec::new() };
        if figures.first().is_some_and(|figure| leaves_out_words(&text, &figure.text)) {
            figures.clear();
        }
        let unsure = !is_figure && text.confidence < SURE;
        let others = if unsure { moments.others(&text, name) } else { Vec::new() };
        Some(LineReading { text, figures, others })
    }
}

/// Whether a text may be a number: most of its characters are those of numbers, or look like them.
fn is_figure(text: &str) -> bool {
    let shown: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let like = shown.iter().filter(|c| FIGURES.contains(**c) || LOOK_ALIKES.contains(**c)).count();
    !shown.is_empty() && shown.len() <= LONGEST && like as f64 > MOSTLY * shown.len() as f64
}

/// Whether a number is what is left of a text without its words: a year of a head, the mark of a note. One unsure character may be
/// dirt beside a number.
fn leaves_out_words(text: &Reading, figure: &str) -> bool {
    let shown = text.text.chars().filter(|c| !c.is_whitespace());
    let is_word = |c: &char| *c >= '\u{2e80}' && c.is_alphabetic() && !LOOK_ALIKES.contains(*c);
    let words = shown.clone().filter(is_word).count();
    figure.chars().count() < shown.count() && (words > 1 || (words == 1 && text.confidence >= EVEN))
}

/// The line at the model's height, dark on light, from -1 to 1, three times the same for its three colours.
fn input(line: &GreyLine) -> Option<NdTensor<f32, 4>> {
    if line.width == 0 || line.height == 0 || line.grey.len() < line.width * line.height {
        return None;
    }
    let wanted = (line.width as f64 * HEIGHT as f64 / line.height as f64).round() as usize;
    let inner = wanted.clamp(1, WIDTHS.1);
    let width = inner.next_multiple_of(STEP).max(WIDTHS.0);
    let mut values = vec![0.0_f32; 3 * HEIGHT * width];
    let (across, down) = (parts(line.width, inner), parts(line.height, HEIGHT));
    for (y, rows) in down.iter().enumerate() {
        for (x, cols) in across.iter().enumerate() {
            let value = (mean(line, cols, rows) / 127.5 - 1.0) as f32;
            for colour in 0..3 {
                if let Some(slot) = values.get_mut((colour * HEIGHT + y) * width + x) {
                    *slot = value;
                }
            }
        }
    }
    Some(NdTensor::from_data([1, 3, HEIGHT, width], values))
}

/// Pixels of one side of a line, each with how much of it counts.
type Part = Vec<(usize, f64)>;

/// A side of so many pixels in as many parts as are wanted: the pixels of each, or, where a part is smaller than one, those that
/// it lies between.
fn parts(pixels: usize, wanted: usize) -> Vec<Part> {
    let step = pixels as f64 / wanted as f64;
    let part = |at: usize| {
        // At least one pixel's size around its middle: enlarging is then linear between pixels.
        let (a, b) = (at as f64 * step, (at + 1) as f64 * step);
        let (middle, half) = (f64::midpoint(a, b), ((b - a) / 2.0).max(0.5));
        let (from, to) = (middle - half, middle + half);
        let inside = |at: i32| usize::try_from(at).unwrap_or(0).min(pixels - 1);
        let share = |at: i32| (to.min(f64::from(at) + 1.0) - from.max(f64::from(at))).max(0.0);
        (from.floor() as i32..to.ceil() as i32).map(|at| (inside(at), share(at))).collect()
    };
    (0..wanted).map(part).collect()
}

/// The mean grey of a part of a line.
fn mean(line: &GreyLine, cols: &Part, rows: &Part) -> f64 {
    let (mut sum, mut weight) = (0.0, 0.0);
    for (y, high) in rows {
        for (x, wide) in cols {
            let part = high * wide;
            sum += part * f64::from(line.grey.get(y * line.width + x).copied().unwrap_or(u8::MAX));
            weight += part;
        }
    }
    if weight > 0.0 { sum / weight } else { 255.0 }
}

/// What a model says of itself under a name: field 14 of its outermost message holds pairs of a name (1) and a text (2).
fn described(model: &[u8], wanted: &str) -> Option<String> {
    let mut rest = model;
    while let Some((field, body)) = field(&mut rest) {
        if field != 14 {
            continue;
        }
        let (mut pair, mut name, mut text) = (body?, None, None);
        while let Some((part, body)) = self::field(&mut pair) {
            match part {
                1 => name = body,
                2 => text = body,
                _ => {}
            }
        }
        if name == Some(wanted.as_bytes()) {
            return text.map(|text| String::from_utf8_lossy(text).into_owned());
        }
    }
    None
}

/// The next field of a message: its number, and its bytes where it has a length.
fn field<'a>(rest: &mut &'a [u8]) -> Option<(u64, Option<&'a [u8]>)> {
    let key = varint(rest)?;
    let length = match key & 7 {
        0 => {
            varint(rest)?;
            return Some((key >> 3, None));
        }
        1 => 8,
        2 => usize::try_from(varint(rest)?).ok()?,
        5 => 4,
        _ => return None,
    };
    let (body, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some((key >> 3, Some(body)))
}

fn varint(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (first, after) = rest.split_first()?;
        *rest = after;
        value |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_tells_its_characters() {
        let pair = [b"\x0a\x09character\x12\x03a\nb".as_slice(), &[]].concat();
        let model = [&[0x08, 0x07, 0x72, pair.len() as u8], pair.as_slice()].concat();
        assert_eq!(described(&model, "character").as_deref(), Some("a\nb"));
        assert_eq!(described(&model[..10], "character"), None);
    }

    #[test]
    fn numbers_are_told_from_words() {
        for (text, expected) in
            [("1,234.56", true), ("1.O0", true), ("—", true), ("甲乙", false), ("2024年甲乙丙", false)]
        {
            assert_eq!(is_figure(text), expected, "{text}");
        }
    }

    #[test]
    fn a_year_is_no_reading_of_a_head() {
        let read = |text: &str, confidence: f64| Reading { text: text.to_owned(), confidence, ..Reading::default() };
        assert!(leaves_out_words(&read("2022 年预算", 0.4), "2022"));
        assert!(leaves_out_words(&read("(注2)", 0.9), "(2)"));
        assert!(!leaves_out_words(&read("1,234财", 0.3), "1,234"));
        assert!(!leaves_out_words(&read("二23", 0.3), "223"));
    }

    #[test]
    fn what_is_no_model_is_told() {
        assert!(ModelRecognizer::new(b"nothing".to_vec(), Some("a")).is_err());
        assert!(ModelRecognizer::new(Vec::new(), None).is_err());
    }
}
