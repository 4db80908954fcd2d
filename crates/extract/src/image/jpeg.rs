//! JPEG files: laid in as they stand.

use super::bounds::{check_pixels, unsupported};
use super::pdf::{PicturePage, Strip};
use crate::error::ExtractError;
use crate::limits::Limits;

/// What a file says of itself before its picture begins.
#[derive(Default)]
struct Head {
    size: Option<(u16, u16)>,
    parts: u8,
    resolution: Option<(f64, f64)>,
    orientation: u16,
    /// Whether Adobe's programs wrote it, which turn the four inks over.
    adobe: bool,
}

/// The page, and whether the file ends early.
pub(super) fn page(bytes: &[u8], limits: &Limits) -> Result<(PicturePage, bool), ExtractError> {
    let head = head(bytes)?;
    let Some((width, height)) = head.size else {
        return Err(ExtractError::Damaged { detail: "JPEG 文件没有图片".to_owned() });
    };
    check_pixels(width.into(), height.into(), limits)?;
    let colours = match head.parts {
        1 => "/DeviceGray",
        3 => "/DeviceRGB",
        4 if head.adobe => "/DeviceCMYK /Decode [1 0 1 0 1 0 1 0]",
        _ => "/DeviceCMYK",
    };
    let entries = format!("/ColorSpace {colours} /BitsPerComponent 8 /Filter /DCTDecode");
    let strip = Strip { width: width.into(), height: height.into(), entries, data: bytes.to_vec() };
    // Some cameras write more behind the end; only zeros before it mean a cut.
    let whole = bytes.windows(2).rev().take(1 << 16).any(|pair| pair == [0xff, 0xd9]);
    Ok((PicturePage { strips: vec![strip], resolution: head.resolution, orientation: head.orientation }, !whole))
}

fn head(bytes: &[u8]) -> Result<Head, ExtractError> {
    let mut head = Head { orientation: 1, ..Head::default() };
    let mut at = 2;
    while let Some([0xff, kind]) = bytes.get(at..at + 2) {
        if *kind == 0xff {
            at += 1;
            continue;
        }
        let Some(length) = be16(bytes, at + 2) else { break };
        let body = bytes.get(at + 4..at + 2 + usize::from(length)).unwrap_or(&[]);
        match kind {
            0xc0..=0xc2 => {
                head.size = be16(body, 3).zip(be16(body, 1));
                head.parts = body.get(5).copied().unwrap_or(3);
                return Ok(head);
            }
            0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => return Err(unsupported("图片（JPEG 的少见编码）")),
            0xe0 if body.starts_with(b"JFIF\0") => head.resolution = density(body),
            0xe1 if body.starts_with(b"Exif\0\0") => head.orientation = orientation(&body[6..]).unwrap_or(1),
            0xee if body.starts_with(b"Adobe") => head.adobe = true,
            0xda | 0xd9 => break,
            _ => {}
        }
        at += 2 + usize::from(length);
    }
    Ok(head)
}

fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
}

fn density(body: &[u8]) -> Option<(f64, f64)> {
    let unit = match body.get(7)? {
        1 => 1.0,
        2 => 2.54,
        _ => return None,
    };
    Some((f64::from(be16(body, 8)?) * unit, f64::from(be16(body, 10)?) * unit))
}

/// The orientation that a camera noted: tag 274 of the first directory of a TIFF head.
fn orientation(tiff: &[u8]) -> Option<u16> {
    let little = tiff.starts_with(b"II");
    let short = |at: usize| {
        let pair = [*tiff.get(at)?, *tiff.get(at + 1)?];
        Some(if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let long = |at: usize| {
        let (a, b) = (u32::from(short(at)?), u32::from(short(at + 2)?));
        Some(if little { b << 16 | a } else { a << 16 | b })
    };
    let start = usize::try_from(long(4)?).ok()?;
    let entries = usize::from(short(start)?);
    let mut places = (0..entries.min(200)).map(|entry| start + 2 + 12 * entry);
    places.find(|at| short(*at) == Some(274)).and_then(|at| short(at + 8))
}
