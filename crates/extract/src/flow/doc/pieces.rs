//! The text, which stands in pieces all over the main stream ([MS-DOC] 2.4.1).

use super::bytes::{slice, u32_at, usize_at};
use super::file::{File, Part};
use crate::error::ExtractError;

/// A character, as a UTF-16 unit, with its place in the main stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) unit: u16,
    pub(super) place: usize,
}

/// The whole text.
///
/// # Errors
/// When the list of its pieces can't be read.
pub(super) fn text(file: &File) -> Result<Vec<Unit>, ExtractError> {
    let damaged = || ExtractError::Damaged { detail: "找不到正文的分段表".to_owned() };
    let list = file.part(Part::Text).and_then(piece_list).ok_or_else(damaged)?;
    let count = list.len().saturating_sub(4) / 12;
    // Pieces of a made file may all point to the same bytes.
    let mut room = file.main.len();
    let mut units = Vec::new();
    for index in 0..count {
        let (Some(begin), Some(end)) = (usize_at(list, 4 * index), usize_at(list, 4 * index + 4)) else { break };
        let Some(at) = u32_at(list, 4 * (count + 1) + 8 * index + 2) else { break };
        let length = end.saturating_sub(begin).min(room);
        room -= length;
        // Bit 30: one byte for each character, at half the place.
        let narrow = at & 0x4000_0000 != 0;
        let place = (at & 0x3fff_ffff) as usize;
        if narrow {
            let place = place / 2;
            let bytes = file.main.get(place..).unwrap_or_default();
            let decoded = bytes.iter().take(length).enumerate();
            units.extend(decoded.map(|(index, byte)| Unit { unit: wide(*byte), place: place + index }));
        } else {
            let bytes = file.main.get(place..).unwrap_or_default();
            let pairs = bytes.chunks_exact(2).take(length).enumerate();
            units.extend(
                pairs.map(|(index, pair)| Unit {
                    unit: u16::from_le_bytes([pair[0], pair[1]]),
                    place: place + 2 * index,
                }),
            );
        }
    }
    Ok(units)
}

/// The list of pieces: behind changes of earlier savings, each with its length.
fn piece_list(mut bytes: &[u8]) -> Option<&[u8]> {
    loop {
        match bytes.first()? {
            1 => bytes = bytes.get(3 + usize::from(u16::from_le_bytes([*bytes.get(1)?, *bytes.get(2)?]))..)?,
            2 => {
                let length = usize_at(bytes, 1)?;
                return slice(bytes, 5, length).or_else(|| bytes.get(5..));
            }
            _ => return None,
        }
    }
}

/// A narrow character: Windows-1252, but for marks of the document's own.
fn wide(byte: u8) -> u16 {
    let decoded = encoding_rs::WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(&byte)).0;
    match byte {
        0..=0x7f => u16::from(byte),
        _ => decoded.encode_utf16().next().unwrap_or(u16::from(byte)),
    }
}
