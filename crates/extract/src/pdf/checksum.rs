//! The checksum of a Flate stream (RFC 1950): does what was unpacked agree with it?

use flate2::{Decompress, FlushDecompress, Status};
use hayro_interpret::hayro_syntax::object::{Dict, Name, Object, Stream};

/// Unpacked bytes from which on a stream is not followed to its end.
const MOST: u64 = 64 << 20;
/// Bytes unpacked at once; sums of so many need no remainder in between (zlib's NMAX is 5,552).
const STEP: usize = 5_552;
/// The prime that both sums of Adler-32 are taken by.
const PRIME: u32 = 65_521;

/// Whether a stream's Flate data break off, make no sense, or unpack to something else than their checksum says. A
/// checksum that is missing or cut short says nothing: there are producers that write none, and the data end by
/// themselves.
pub(super) fn fails(stream: &Stream<'_>) -> bool {
    is_flate(stream.dict()) && data_fail(&stream.raw_data())
}

/// Whether Flate is the first filter to be undone.
fn is_flate(dict: &Dict<'_>) -> bool {
    let flate = |name: &Name<'_>| matches!(name.as_ref(), b"FlateDecode" | b"Fl");
    match dict.get::<Object<'_>>(b"Filter".as_slice()) {
        Some(Object::Name(name)) => flate(&name),
        Some(Object::Array(names)) => names.iter::<Name<'_>>().next().is_some_and(|name| flate(&name)),
        _ => false,
    }
}

fn data_fail(data: &[u8]) -> bool {
    let [first, second, packed @ ..] = data else { return !data.is_empty() };
    if first & 0x0F != 8 || (u32::from(*first) * 256 + u32::from(*second)) % 31 != 0 {
        // No zlib header: whatever this is, it states no checksum.
        return false;
    }
    let mut inflate = Decompress::new(false);
    let (mut low, mut high) = (1_u32, 0_u32);
    let mut buffer = [0_u8; STEP];
    loop {
        let (taken, given) = (inflate.total_in(), inflate.total_out());
        let rest = packed.get(taken as usize..).unwrap_or_default();
        let Ok(status) = inflate.decompress(rest, &mut buffer, FlushDecompress::None) else { return true };
        for byte in &buffer[..(inflate.total_out() - given) as usize] {
            low += u32::from(*byte);
            high += low;
        }
        (low, high) = (low % PRIME, high % PRIME);
        if status == Status::StreamEnd {
            break;
        }
        if inflate.total_out() > MOST {
            return false;
        }
        if inflate.total_in() == taken && inflate.total_out() == given {
            return true;
        }
    }
    let stated = packed.get(inflate.total_in() as usize..).and_then(|rest| rest.first_chunk::<4>());
    stated.is_some_and(|bytes| u32::from_be_bytes(*bytes) != high * 65_536 + low)
}

#[cfg(test)]
mod tests {
    use super::data_fail;
    use flate2::{Compression, write::ZlibEncoder};
    use std::io::Write;

    #[test]
    fn only_a_checksum_that_is_there_can_be_wrong() {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(&vec![b'7'; 100_000]).unwrap();
        let sound = encoder.finish().unwrap();
        assert!(!data_fail(&sound));
        assert!(!data_fail(&sound[..sound.len() - 4]), "no checksum");
        assert!(!data_fail(&sound[..sound.len() - 1]), "a short one");
        assert!(data_fail(&sound[..sound.len() - 8]), "data that break off");
        let mut wrong = sound.clone();
        *wrong.last_mut().unwrap() ^= 1;
        assert!(data_fail(&wrong));
        assert!(!data_fail(b"no zlib at all"));
        assert!(!data_fail(b""));
    }
}
