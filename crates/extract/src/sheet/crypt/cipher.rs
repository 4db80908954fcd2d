//! Hashes and ciphers, each as a function of bytes.

use aes::cipher::{BlockCipherDecrypt, KeyInit};
use aes::{Aes128, Aes192, Aes256};
use md5::Md5;
use sha1::{Digest, Sha1};
use sha2::{Sha256, Sha384, Sha512};

/// Bytes of a block of AES.
pub(super) const BLOCK: usize = 16;

/// A hash that files name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    Md5,
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    pub(super) fn named(name: &str) -> Option<Self> {
        match name.replace('-', "").to_ascii_uppercase().as_str() {
            "MD5" => Some(Self::Md5),
            "SHA1" => Some(Self::Sha1),
            "SHA256" => Some(Self::Sha256),
            "SHA384" => Some(Self::Sha384),
            "SHA512" => Some(Self::Sha512),
            _ => None,
        }
    }

    /// The hash of two byte strings in a row.
    pub(super) fn of(self, first: &[u8], second: &[u8]) -> Vec<u8> {
        match self {
            Self::Md5 => Md5::new().chain_update(first).chain_update(second).finalize().to_vec(),
            Self::Sha1 => Sha1::new().chain_update(first).chain_update(second).finalize().to_vec(),
            Self::Sha256 => Sha256::new().chain_update(first).chain_update(second).finalize().to_vec(),
            Self::Sha384 => Sha384::new().chain_update(first).chain_update(second).finalize().to_vec(),
            Self::Sha512 => Sha512::new().chain_update(first).chain_update(second).finalize().to_vec(),
        }
    }

    /// The hash of salt and password, hashed again `times` times with a counter before it.
    pub(super) fn spun(self, salt: &[u8], password: &[u8], times: u32) -> Vec<u8> {
        (0..times).fold(self.of(salt, password), |hash, turn| self.of(&turn.to_le_bytes(), &hash))
    }
}

/// AES, block by block; with a beginning, each block is chained to the one before it.
pub(super) fn aes(key: &[u8], chained_from: Option<&[u8]>, data: &[u8]) -> Option<Vec<u8>> {
    match key.len() {
        16 => blocks(&Aes128::new_from_slice(key).ok()?, chained_from, data),
        24 => blocks(&Aes192::new_from_slice(key).ok()?, chained_from, data),
        32 => blocks(&Aes256::new_from_slice(key).ok()?, chained_from, data),
        _ => None,
    }
}

fn blocks<C>(cipher: &C, chained_from: Option<&[u8]>, data: &[u8]) -> Option<Vec<u8>>
where
    C: BlockCipherDecrypt<BlockSize = aes::cipher::consts::U16>,
{
    let mut plain = Vec::with_capacity(data.len());
    let mut before = chained_from.map(<[u8]>::to_vec);
    for chunk in data.chunks_exact(BLOCK) {
        let mut block = aes::Block::try_from(chunk).ok()?;
        cipher.decrypt_block(&mut block);
        let mask = before.as_deref().unwrap_or(&[0; BLOCK]);
        plain.extend(block.iter().zip(mask).map(|(byte, mask)| byte ^ mask));
        if let Some(before) = &mut before {
            chunk.clone_into(before);
        }
    }
    Some(plain)
}

/// The stream of bytes that RC4 makes of a key.
pub(super) struct Rc4 {
    state: [u8; 256],
    i: u8,
    j: u8,
}

impl Rc4 {
    pub(super) fn new(key: &[u8]) -> Self {
        let mut state = [0; 256];
        for (place, byte) in state.iter_mut().enumerate() {
            *byte = place as u8;
        }
        let mut j = 0_u8;
        for place in 0..256 {
            let key_byte = key.get(place % key.len().max(1)).copied().unwrap_or(0);
            j = j.wrapping_add(state[place]).wrapping_add(key_byte);
            state.swap(place, j.into());
        }
        Self { state, i: 0, j: 0 }
    }

    pub(super) fn byte(&mut self) -> u8 {
        self.i = self.i.wrapping_add(1);
        self.j = self.j.wrapping_add(self.state[usize::from(self.i)]);
        self.state.swap(self.i.into(), self.j.into());
        let sum = self.state[usize::from(self.i)].wrapping_add(self.state[usize::from(self.j)]);
        self.state[usize::from(sum)]
    }

    pub(super) fn apply(&mut self, data: &[u8]) -> Vec<u8> {
        data.iter().map(|byte| byte ^ self.byte()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_answers_come_out() {
        // RFC 6229 has none this short; this one stands in the cipher's first description.
        assert_eq!(Rc4::new(b"Key").apply(b"Plaintext"), [0xBB, 0xF3, 0x16, 0xE8, 0xD9, 0x40, 0xAF, 0x0A, 0xD3]);
        // FIPS 197, appendix C.1.
        let key: Vec<u8> = (0..16).collect();
        let sealed = [0x69, 0xC4, 0xE0, 0xD8, 0x6A, 0x7B, 0x04, 0x30, 0xD8, 0xCD, 0xB7, 0x80, 0x70, 0xB4, 0xC5, 0x5A];
        let plain: Vec<u8> = (0..16).map(|n| n * 0x11).collect();
        assert_eq!(aes(&key, None, &sealed), Some(plain.clone()));
        assert_eq!(aes(&key, Some(&plain), &sealed), Some(vec![0; 16]));
        assert_eq!(Hash::Sha1.of(b"a", b"bc")[..4], [0xA9, 0x99, 0x3E, 0x36]);
    }
}
