//! Frames, in which parent and worker talk: two lengths, a header in JSON, and bytes that need no JSON.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{Error, ErrorKind, Read, Result, Write};

/// Headers are a few hundred bytes; a larger one is no frame of ours.
const LARGEST_HEADER: u32 = 16 << 20;

/// A file (at most `Limits::file_bytes`) or a packed result.
const LARGEST_BODY: u64 = 4 << 30;

/// Writes one frame and sends it off.
pub(super) fn write(to: &mut impl Write, header: &impl Serialize, body: &[u8]) -> Result<()> {
    let header = serde_json::to_vec(header)?;
    let length = u32::try_from(header.len()).map_err(|_| malformed())?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(&(body.len() as u64).to_le_bytes())?;
    to.write_all(&header)?;
    to.write_all(body)?;
    to.flush()
}

/// Reads one frame; `None` where the stream ends before one begins.
pub(super) fn read<T: DeserializeOwned>(from: &mut impl Read) -> Result<Option<(T, Vec<u8>)>> {
    let mut lengths = [0; 12];
    if !fill(from, &mut lengths)? {
        return Ok(None);
    }
    let [a, b, c, d, body @ ..] = lengths;
    let (header, body) = (u32::from_le_bytes([a, b, c, d]), u64::from_le_bytes(body));
    if header > LARGEST_HEADER || body > LARGEST_BODY {
        return Err(malformed());
    }
    let header: T = serde_json::from_slice(&exactly(from, header.into())?)?;
    Ok(Some((header, exactly(from, body)?)))
}

/// Fills the buffer; `false` where the stream ends before its first byte.
fn fill(from: &mut impl Read, buffer: &mut [u8]) -> Result<bool> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match from.read(rest) {
            Ok(0) if filled == 0 => return Ok(false),
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(count) => filled += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(true)
}

/// As many bytes as were announced. They are read as they come, so that a length alone allocates nothing.
fn exactly(from: &mut impl Read, length: u64) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok(bytes) } else { Err(ErrorKind::UnexpectedEof.into()) }
}

fn malformed() -> Error {
    Error::new(ErrorKind::InvalidData, "not a frame")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_back_in_order_and_a_cut_one_is_an_error() {
        let mut stream = Vec::new();
        write(&mut stream, &"甲", b"one").unwrap();
        write(&mut stream, &"乙", b"").unwrap();
        let mut from = stream.as_slice();
        assert_eq!(read::<String>(&mut from).unwrap(), Some(("甲".to_owned(), b"one".to_vec())));
        assert_eq!(read::<String>(&mut from).unwrap(), Some(("乙".to_owned(), Vec::new())));
        assert_eq!(read::<String>(&mut from).unwrap(), None);
        let first = 12 + 5 + 3;
        for length in 1..first {
            assert!(read::<String>(&mut &stream[..length]).is_err(), "cut at {length}");
        }
        assert!(read::<String>(&mut [0xFF; 64].as_slice()).is_err());
    }
}
