//! PNG files: their data are laid in as they stand, but for those with transparency.

use super::bounds::{check_pixels, unsupported};
use super::pdf::{PicturePage, Strip};
use crate::error::ExtractError;
use crate::limits::Limits;
use flate2::Compression;
use flate2::read::{ZlibDecoder, ZlibEncoder};
use std::io::Read;

struct Head {
    width: u32,
    height: u32,
    depth: u8,
    colour: u8,
    interlaced: bool,
}

impl Head {
    fn parts(&self) -> usize {
        match self.colour {
            2 => 3,
            4 => 2,
            6 => 4,
            _ => 1,
        }
    }

    /// Bytes of a row without its filter.
    fn row(&self) -> usize {
        (self.width as usize * self.parts() * usize::from(self.depth)).div_ceil(8)
    }
}

/// The page, and whether the file ends early.
pub(super) fn page(bytes: &[u8], limits: &Limits) -> Result<(PicturePage, bool), ExtractError> {
    let damaged = || ExtractError::Damaged { detail: "PNG 文件的开头残缺".to_owned() };
    let (mut head, mut palette, mut resolution, mut data) = (None, Vec::new(), None, Vec::new());
    let mut at = 8;
    let mut whole = false;
    while let Some(length) = be32(bytes, at) {
        let kind = bytes.get(at + 4..at + 8).unwrap_or(&[]);
        let end = (at + 8).saturating_add(length as usize);
        let body = bytes.get(at + 8..end.min(bytes.len())).unwrap_or(&[]);
        match kind {
            b"IHDR" => head = Some(ihdr(body).ok_or_else(damaged)?),
            b"PLTE" => palette = body.to_vec(),
            b"IDAT" => data.extend_from_slice(body),
            b"pHYs" if body.get(8) == Some(&1) => {
                let dots = |at: usize| be32(body, at).map(|metre| f64::from(metre) * 0.0254);
                resolution = dots(0).zip(dots(4));
            }
            b"IEND" => {
                whole = true;
                break;
            }
            _ => {}
        }
        at = end.saturating_add(4);
    }
    let head = head.ok_or_else(damaged)?;
    check_pixels(head.width.into(), head.height.into(), limits)?;
    if head.interlaced {
        return Err(unsupported("图片（隔行的 PNG），请另存为普通 PNG 或 JPEG"));
    }
    let expected = (head.row() + 1) * head.height as usize;
    let (strip, missing) = match head.colour {
        4 | 6 => flat(&head, &data, expected)?,
        _ => (as_it_stands(&head, &palette, data.clone()), swollen(&data, expected) < expected),
    };
    Ok((PicturePage { strips: vec![strip], resolution, orientation: 1 }, !whole || missing))
}

fn ihdr(body: &[u8]) -> Option<Head> {
    let (width, height) = (be32(body, 0)?, be32(body, 4)?);
    let (depth, colour, interlaced) = (*body.get(8)?, *body.get(9)?, *body.get(12)? != 0);
    let sound = matches!(depth, 1 | 2 | 4 | 8 | 16) && matches!(colour, 0 | 2 | 3 | 4 | 6);
    sound.then_some(Head { width, height, depth, colour, interlaced })
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(four.try_into().ok()?))
}

/// How many bytes data unpack to, counted up to what is expected.
fn swollen(data: &[u8], expected: usize) -> usize {
    let mut decoder = ZlibDecoder::new(data).take(expected as u64);
    // What a cut stream still gives is counted.
    let mut buffer = vec![0; 64 << 10];
    let mut count = 0;
    while let Ok(read) = decoder.read(&mut buffer) {
        if read == 0 {
            break;
        }
        count += read;
    }
    count
}

fn as_it_stands(head: &Head, palette: &[u8], data: Vec<u8>) -> Strip {
    let colours = match head.colour {
        2 => "/DeviceRGB".to_owned(),
        3 => {
            let hex = super::bounds::hex(palette.iter().copied());
            format!("[/Indexed /DeviceRGB {} <{hex}>]", (palette.len() / 3).saturating_sub(1))
        }
        _ => "/DeviceGray".to_owned(),
    };
    let (parts, depth, width) = (head.parts(), head.depth, head.width);
    let entries = format!(
        "/ColorSpace {colours} /BitsPerComponent {depth} /Filter /FlateDecode \
         /DecodeParms << /Predictor 15 /Colors {parts} /BitsPerComponent {depth} /Columns {width} >>"
    );
    Strip { width, height: head.height, entries, data }
}

/// A picture with transparency on white paper, and whether some of it is missing.
fn flat(head: &Head, data: &[u8], expected: usize) -> Result<(Strip, bool), ExtractError> {
    let mut raw = Vec::new();
    // A cut stream gives what it holds.
    let _ = ZlibDecoder::new(data).take(expected as u64).read_to_end(&mut raw);
    let missing = raw.len() < expected;
    raw.resize(expected, 0);
    let bytes = usize::from(head.depth / 8).max(1);
    let (row, step) = (head.row(), head.parts() * bytes);
    let mut before = vec![0_u8; row];
    let mut out = Vec::with_capacity(head.width as usize * head.height as usize * 3);
    for line in raw.chunks(row + 1) {
        let Some((filter, line)) = line.split_first() else { continue };
        let mut line = line.to_vec();
        unfilter(*filter, &mut line, &before, step);
        for pixel in line.chunks(step) {
            let part = |k: usize| pixel.get(k * bytes).copied().unwrap_or(0);
            let alpha = u32::from(part(head.parts() - 1));
            for k in 0..head.parts() - 1 {
                let value = u32::from(part(k));
                out.push(((value * alpha + 255 * (255 - alpha)) / 255) as u8);
            }
        }
        before = line;
    }
    let mut packed = Vec::new();
    ZlibEncoder::new(out.as_slice(), Compression::fast())
        .read_to_end(&mut packed)
        .map_err(|error| ExtractError::Damaged { detail: error.to_string() })?;
    let colours = if head.colour == 6 { "/DeviceRGB" } else { "/DeviceGray" };
    let entries = format!("/ColorSpace {colours} /BitsPerComponent 8 /Filter /FlateDecode");
    Ok((Strip { width: head.width, height: head.height, entries, data: packed }, missing))
}

/// Undoes the filter of a row; `step` is a pixel's bytes.
fn unfilter(filter: u8, line: &mut [u8], before: &[u8], step: usize) {
    for at in 0..line.len() {
        let left = at.checked_sub(step).map_or(0, |at| line[at]);
        let above = before.get(at).copied().unwrap_or(0);
        let corner = at.checked_sub(step).and_then(|at| before.get(at)).copied().unwrap_or(0);
        let guess = match filter {
            1 => left,
            2 => above,
            3 => u16::midpoint(left.into(), above.into()) as u8,
            4 => nearest(left, above, corner),
            _ => 0,
        };
        line[at] = line[at].wrapping_add(guess);
    }
}

/// Of the three neighbours the one nearest to left + above − corner.
fn nearest(left: u8, above: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(above), i16::from(corner));
    let [pa, pb, pc] = [(b - c).abs(), (a - c).abs(), (a + b - 2 * c).abs()];
    if pa <= pb && pa <= pc {
        left
    } else if pb <= pc {
        above
    } else {
        corner
    }
}
