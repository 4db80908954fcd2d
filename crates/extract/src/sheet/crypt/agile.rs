//! Agile encryption, as Excel writes it since 2010 ([MS-OFFCRYPTO] 2.3.4.10 to 2.3.4.15).

use super::cipher::{BLOCK, Hash, aes};
use super::password::Password;
use crate::sheet::xml::{self, Piece, attribute, number};
use quick_xml::events::BytesStart;

/// More turns than this are not waited for; programs write 100 000.
const MOST_TURNS: u32 = 1_000_000;
/// Bytes of a segment of the package.
const SEGMENT: usize = 4096;
/// What parts the keys for the three values that are encrypted under the password (2.3.4.13).
const PROOF: [u8; 8] = [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79];
const PROOF_HASH: [u8; 8] = [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E];
const KEY: [u8; 8] = [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6];

/// How something is encrypted.
struct Method {
    hash: Hash,
    salt: Vec<u8>,
    key_bytes: usize,
}

/// What is encrypted under the password.
struct Locked {
    method: Method,
    turns: u32,
    proof: Vec<u8>,
    proof_hash: Vec<u8>,
    key: Vec<u8>,
}

/// The decrypted package, if the password is its own; `info` is the description behind the version.
pub(super) fn open(info: &[u8], sealed: &[u8], password: &Password) -> Option<Vec<u8>> {
    let (mut package, mut locked) = (None, None);
    xml::walk(info, |piece| {
        if let Piece::Open(element) = piece {
            match element.local_name().as_ref() {
                "keyData" => package = method(&element),
                "encryptedKey" if locked.is_none() => locked = lock(&element),
                _ => {}
            }
        }
    })
    .ok()?;
    let package = package?;
    let key = locked?.open(password)?;
    let mut plain = Vec::with_capacity(sealed.len());
    for (number, segment) in sealed.chunks(SEGMENT).enumerate() {
        let start = fitted(package.hash.of(&package.salt, &(number as u32).to_le_bytes()), BLOCK);
        plain.extend(aes(&key, Some(&start), segment)?);
    }
    Some(plain)
}

fn method(element: &BytesStart<'_>) -> Option<Method> {
    let is_known = attribute(element, "cipherAlgorithm").as_deref() == Some("AES")
        && attribute(element, "cipherChaining").as_deref() == Some("ChainingModeCBC");
    is_known.then_some(Method {
        hash: Hash::named(&attribute(element, "hashAlgorithm")?)?,
        salt: base64(&attribute(element, "saltValue")?)?,
        key_bytes: number::<usize>(element, "keyBits")? / 8,
    })
}

fn lock(element: &BytesStart<'_>) -> Option<Locked> {
    let value = |name: &str| base64(&attribute(element, name)?);
    Some(Locked {
        method: method(element)?,
        turns: number::<u32>(element, "spinCount").filter(|turns| *turns <= MOST_TURNS)?,
        proof: value("encryptedVerifierHashInput")?,
        proof_hash: value("encryptedVerifierHashValue")?,
        key: value("encryptedKeyValue")?,
    })
}

impl Locked {
    /// The package's key.
    fn open(&self, password: &Password) -> Option<Vec<u8>> {
        let Method { hash, salt, key_bytes } = &self.method;
        let spun = hash.spun(salt, password.bytes(), self.turns);
        let start = fitted(salt.clone(), BLOCK);
        let decrypted = |part: &[u8; 8], data: &[u8]| {
            let key = fitted(hash.of(&spun, part), *key_bytes);
            aes(&key, Some(&start), data)
        };
        let proof = hash.of(&decrypted(&PROOF, &self.proof)?, &[]);
        let proven = decrypted(&PROOF_HASH, &self.proof_hash)?.starts_with(&proof);
        let key = if proven { decrypted(&KEY, &self.key)? } else { return None };
        Some(fitted(key, *key_bytes))
    }
}

/// Cut to a length, or filled up to it (2.3.4.11).
fn fitted(mut bytes: Vec<u8>, length: usize) -> Vec<u8> {
    bytes.resize(length, 0x36);
    bytes
}

fn base64(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut held, mut bits) = (vec![], 0_u32, 0);
    for c in text.bytes().filter(|c| !c.is_ascii_whitespace() && *c != b'=') {
        let value = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        held = held << 6 & 0xFFFF | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read() {
        assert_eq!(base64("aGVsbG8=").as_deref(), Some(&b"hello"[..]));
        assert_eq!(base64("/+8A").as_deref(), Some(&[0xFF, 0xEF, 0][..]));
        assert_eq!(base64("!"), None);
    }
}
