//! A stored result's own proof: whose it is, and the hash of its bytes. A bit that turned over, a file that was cut, and two
//! files that somebody exchanged are all noticed.
//!
//! It stands in a frame of its own before the result, of a kind that the format tells every reader to skip: `zstd -d` reads
//! the file as if it were not there.

use super::key::Key;
use crate::language::said;
use yusuan_export::sha256_hex;

/// Begins a frame that readers skip (RFC 8878, 3.1.2), little-endian.
const SKIPPED: [u8; 4] = [0x50, 0x2a, 0x4d, 0x18];

/// Hex digits of a key and of a SHA-256.
const KEY: usize = 40;
const HASH: usize = 64;

/// Length of the whole frame.
const LENGTH: usize = SKIPPED.len() + 4 + KEY + HASH;

/// Begins a result without a proof, as older programs stored them: the format's own checksum is all there is.
const BARE: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// The bytes of a result's file.
pub(super) fn enclose(key: &Key, packed: &[u8]) -> Vec<u8> {
    let length = u32::try_from(KEY + HASH).unwrap_or(0).to_le_bytes();
    [&SKIPPED, length.as_slice(), key.as_str().as_bytes(), sha256_hex(packed).as_bytes(), packed].concat()
}

/// The packed result in a file's bytes; the error says in words what does not fit.
pub(super) fn open<'a>(key: &Key, file: &'a [u8]) -> Result<&'a [u8], String> {
    if file.starts_with(&BARE) {
        return Ok(file);
    }
    let (frame, packed) = file.split_at_checked(LENGTH).ok_or_else(said::cut_off)?;
    if !frame.starts_with(&SKIPPED) {
        return Err(said::no_result_file());
    }
    let (key_there, hash) = frame.split_at(LENGTH - HASH);
    if !key_there.ends_with(key.as_str().as_bytes()) {
        return Err(said::another_result());
    }
    if hash != sha256_hex(packed).as_bytes() {
        return Err(said::wrong_checksum());
    }
    Ok(packed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cut_and_every_turned_bit_is_noticed() {
        let key = Key::of(&["a"]);
        let file = enclose(&key, b"packed");
        assert_eq!(open(&key, &file), Ok(b"packed".as_slice()));
        assert_eq!(open(&Key::of(&["b"]), &file), Err("是另一个结果".to_owned()));
        for at in 0..file.len() {
            assert!(open(&key, &file[..at]).is_err(), "cut at {at}");
            let mut turned = file.clone();
            turned[at] ^= 1;
            // The length of the frame is the one thing that nothing rests on.
            assert!(open(&key, &turned).is_err() || (4..8).contains(&at), "turned at {at}");
        }
    }

    #[test]
    fn readers_of_the_format_skip_it() {
        let packed = zstd::encode_all(b"text".as_slice(), 3).unwrap();
        let file = enclose(&Key::of(&["a"]), &packed);
        assert_eq!(zstd::decode_all(file.as_slice()).unwrap(), b"text");
        assert_eq!(open(&Key::of(&["a"]), &packed), Ok(packed.as_slice()), "an older program's");
    }
}
