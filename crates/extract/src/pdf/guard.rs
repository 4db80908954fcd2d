//! Contents that would hang or exhaust the page reader, seen before it is let loose: it has no limits of its own.

use super::checksum;
use crate::error::ExtractError;
use flate2::read::ZlibDecoder;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use hayro_interpret::hayro_syntax::page::Page;
use std::io::Read;

/// Unpacked bytes of a page's content below which the ratio does not matter.
const GRACE: u64 = 1 << 20;
/// Contents of published pages shrink to a fiftieth at the most; only streams of one thing repeated shrink further.
const MOST_RATIO: u64 = 200;
/// Most bytes of one content stream.
const MOST_CONTENT: u64 = 256 << 20;
/// Most procedures inside each other in a calculator function (ISO 32000-1 §7.10.5); real ones have three or four.
const MOST_NESTED: usize = 64;
/// Most characters that one entry of a width table covers: character ids have two bytes.
const WIDEST_RANGE: f64 = 65_536.0;

/// What a page's content is before anything of it is interpreted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Content {
    /// Whole, as far as it says.
    Sound,
    /// A part is missing, or its checksum does not fit: what can be read of it may lack something.
    Damaged,
    /// As many bytes as would take minutes and gigabytes to interpret.
    Bomb,
}

/// Looks at a page's content streams.
pub(super) fn content(page: &Page<'_>) -> Content {
    let key = b"Contents".as_slice();
    match page.raw().get::<Object<'_>>(key) {
        Some(Object::Stream(stream)) => look_at(&stream),
        Some(Object::Array(parts)) => {
            let streams: Vec<Content> = parts.iter::<Stream<'_>>().map(|stream| look_at(&stream)).collect();
            let missing = streams.len() < parts.raw_iter().count();
            let worst = streams.into_iter().max().unwrap_or(Content::Sound);
            if missing { worst.max(Content::Damaged) } else { worst }
        }
        None if page.raw().contains_key(key) => Content::Damaged,
        _ => Content::Sound,
    }
}

/// Looks at one stream.
pub(super) fn look_at(stream: &Stream<'_>) -> Content {
    let flate = flate_filters(stream.dict());
    if flate == 0 {
        // The other filters know no checksums, but an end that is missing or a letter that is none of theirs.
        let packed = stream.dict().contains_key(b"Filter".as_slice());
        return if packed && stream.decoded_data().is_err() { Content::Damaged } else { Content::Sound };
    }
    let data = stream.raw_data();
    let mut decoder: Box<dyn Read + '_> = Box::new(ZlibDecoder::new(&data[..]));
    for _ in 1..flate.min(8) {
        decoder = Box::new(ZlibDecoder::new(decoder));
    }
    let most = MOST_CONTENT.min(GRACE.max((data.len() as u64).saturating_mul(MOST_RATIO)));
    match unpacked(decoder, most) {
        (count, _) if count > most => Content::Bomb,
        // Data that end by themselves are whole, though their producer wrote no checksum.
        (_, false) if flate > 1 || checksum::fails(stream) => Content::Damaged,
        _ => Content::Sound,
    }
}

/// Number of Flate filters that are applied first, one after the other.
fn flate_filters(dict: &Dict<'_>) -> usize {
    let is_flate = |name: &Name<'_>| matches!(name.as_ref(), b"FlateDecode" | b"Fl");
    match dict.get::<Object<'_>>(b"Filter".as_slice()) {
        Some(Object::Name(name)) => usize::from(is_flate(&name)),
        Some(Object::Array(names)) => names.iter::<Name<'_>>().take_while(is_flate).count(),
        _ => 0,
    }
}

/// Bytes that a reader gives, counted to just above `most`, and whether they ended without an error.
fn unpacked(mut reader: impl Read, most: u64) -> (u64, bool) {
    let mut buffer = [0_u8; 16 << 10];
    let mut count = 0;
    while count <= most {
        match reader.read(&mut buffer) {
            Ok(0) => return (count, true),
            Ok(n) => count += n as u64,
            Err(_) => return (count, false),
        }
    }
    (count, true)
}

/// Looks at an object that the page reader would take literally: functions nested without end, width tables for four
/// billion characters.
///
/// # Errors
/// [`ExtractError::LimitExceeded`] that names what was found.
pub(super) fn check(object: &Object<'_>) -> Result<(), ExtractError> {
    match object {
        Object::Stream(stream) => check_function(stream),
        Object::Dict(dict) => check_widths(dict),
        _ => Ok(()),
    }
}

fn check_function(stream: &Stream<'_>) -> Result<(), ExtractError> {
    let kind = stream.dict().get::<Number>(b"FunctionType".as_slice());
    if kind.is_none_or(|n| n.as_i64() != 4) {
        return Ok(());
    }
    let Ok(code) = stream.decoded() else { return Ok(()) };
    let (mut depth, mut most) = (0_usize, 0_usize);
    for byte in code.iter() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        most = most.max(depth);
    }
    let (value, limit) = (most as u64, MOST_NESTED as u64);
    if most > MOST_NESTED {
        Err(ExtractError::LimitExceeded { what: "函数嵌套层数", value, limit })
    } else {
        Ok(())
    }
}

/// A width table is a list of `first [widths]` and `first last width` (ISO 32000-1 §9.7.4.3).
fn check_widths(dict: &Dict<'_>) -> Result<(), ExtractError> {
    for key in [b"W".as_slice(), b"W2".as_slice()] {
        let Some(table) = dict.get::<Array<'_>>(key) else { continue };
        let mut previous: Option<f64> = None;
        for entry in table.iter::<Object<'_>>() {
            let Object::Number(number) = entry else {
                previous = None;
                continue;
            };
            let number = number.as_f64();
            let range = previous.map_or(0.0, |first| number - first);
            if range > WIDEST_RANGE {
                let (value, limit) = (range as u64, WIDEST_RANGE as u64);
                return Err(ExtractError::LimitExceeded { what: "字体宽度表的字符数", value, limit });
            }
            previous = Some(number);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counting_stops_above_the_limit() {
        assert_eq!(unpacked(&[0_u8; 100][..], 200), (100, true));
        let (count, _) = unpacked(std::io::repeat(0), 50_000);
        assert!(count > 50_000 && count < 100_000);
    }
}
