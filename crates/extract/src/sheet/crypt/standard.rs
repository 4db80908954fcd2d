//! Standard encryption, as Excel 2007 writes it ([MS-OFFCRYPTO] 2.3.4.5 to 2.3.4.9).

use super::cipher::{Hash, aes};
use super::password::Password;

/// How often the password's hash is hashed again.
const TURNS: u32 = 50_000;

/// The decrypted package, if the password is its own; `info` is the header behind the version.
pub(super) fn open(info: &[u8], sealed: &[u8], password: &Password) -> Option<Vec<u8>> {
    let number = |at: usize| Some(u32::from_le_bytes(info.get(at..at + 4)?.try_into().ok()?));
    let header = number(0)? as usize;
    // Flags, extra size, algorithm, hash, bits of the key.
    let bits = number(4 + 16)?;
    let verifier = info.get(4 + header..)?;
    let (salt, proof) = (verifier.get(4..20)?, verifier.get(20..36)?);
    let proof_hash = verifier.get(40..72)?;
    let key = key(password, salt, if bits == 0 { 128 } else { bits })?;
    let proven = Hash::Sha1.of(&aes(&key, None, proof)?, &[]) == aes(&key, None, proof_hash)?.get(..20)?;
    if proven { aes(&key, None, sealed) } else { None }
}

fn key(password: &Password, salt: &[u8], bits: u32) -> Option<Vec<u8>> {
    let hash = Hash::Sha1.of(&Hash::Sha1.spun(salt, password.bytes(), TURNS), &0_u32.to_le_bytes());
    let padded = |pad: u8| {
        let mut block = [pad; 64];
        block.iter_mut().zip(&hash).for_each(|(byte, hash)| *byte ^= hash);
        Hash::Sha1.of(&block, &[])
    };
    let both = [padded(0x36), padded(0x5C)].concat();
    both.get(..bits as usize / 8).map(<[u8]>::to_vec)
}
