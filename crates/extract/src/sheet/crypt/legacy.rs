//! The stream of an old Excel file, encrypted with RC4 ([MS-XLS] 2.2.10, [MS-OFFCRYPTO] 2.3.5 and 2.3.6).

use super::cipher::{Hash, Rc4};
use super::password::Password;

/// Bytes after which the key changes.
const SECTION: usize = 1024;
const FILE_PASS: u16 = 0x002F;
const BOUND_SHEET: u16 = 0x0085;
/// Records that are never encrypted: BOF, FilePass, UsrExcl, FileLock, InterfaceHdr, RRDInfo, RRDHead.
const PLAIN: [u16; 7] = [0x0809, FILE_PASS, 0x0194, 0x0195, 0x00E1, 0x0196, 0x0138];

/// How the keys of sections are made.
enum Key {
    /// RC4 with 40 bits.
    Basic(Vec<u8>),
    /// RC4 of the CryptoAPI: the hash, and bytes of each key.
    Api(Vec<u8>, usize),
}

impl Key {
    /// The cipher of a section.
    fn section(&self, number: u32) -> Rc4 {
        match self {
            Self::Basic(start) => Rc4::new(&Hash::Md5.of(start, &number.to_le_bytes())),
            Self::Api(hash, length) => {
                let mut key = Hash::Sha1.of(hash, &number.to_le_bytes());
                key.truncate(*length);
                // 40 bits are filled up to 128 (2.3.5.2).
                key.resize((*length).max(if *length == 5 { 16 } else { 0 }), 0);
                Rc4::new(&key)
            }
        }
    }

    /// Whether the file's own proof comes out right.
    fn is_proven(&self, proof: &[u8], proof_hash: &[u8]) -> bool {
        let mut cipher = self.section(0);
        let (proof, proof_hash) = (cipher.apply(proof), cipher.apply(proof_hash));
        let hash = if matches!(self, Self::Basic(_)) { Hash::Md5 } else { Hash::Sha1 };
        proof_hash.starts_with(&hash.of(&proof, &[]))
    }
}

/// A workbook's stream decrypted with a password; `None` when it isn't encrypted, or otherwise.
pub(in crate::sheet) fn decrypt_stream(stream: &[u8], password: &Password) -> Option<Vec<u8>> {
    let records = || Records { stream, at: 0 };
    let (at, length) = records().take_while(|r| r.0 != 0x000A).find(|r| r.0 == FILE_PASS).map(|r| (r.1, r.2))?;
    let key = key(stream.get(at..at + length)?, password)?;
    let mut plain = stream.to_vec();
    for (kind, at, length) in records() {
        // The place of a sheet is left readable.
        let skipped = if kind == BOUND_SHEET { 4.min(length) } else { 0 };
        if !PLAIN.contains(&kind) {
            apply(&key, &mut plain, at + skipped, at + length);
        }
    }
    // The records stand there decrypted, so nothing is encrypted any more.
    plain[at - 4..at - 2].copy_from_slice(&0x0863_u16.to_le_bytes());
    Some(plain)
}

/// Decrypts the bytes from one place of the stream to another; the cipher counts all bytes of the stream.
fn apply(key: &Key, stream: &mut [u8], from: usize, to: usize) {
    let mut at = from;
    while at < to {
        let end = to.min((at / SECTION + 1) * SECTION);
        let mut cipher = key.section((at / SECTION) as u32);
        for _ in 0..at % SECTION {
            cipher.byte();
        }
        let plain = cipher.apply(&stream[at..end]);
        stream[at..end].copy_from_slice(&plain);
        at = end;
    }
}

/// The key that a password makes, if it is the file's.
fn key(pass: &[u8], password: &Password) -> Option<Key> {
    let number = |at: usize| Some(u16::from_le_bytes(pass.get(at..at + 2)?.try_into().ok()?));
    match (number(0)?, number(2)?, number(4)?) {
        (1, 1, 1) => {
            let key = Key::Basic(basic_start(pass.get(6..22)?, password));
            key.is_proven(pass.get(22..38)?, pass.get(38..54)?).then_some(key)
        }
        (1, 2..=4, 2) => {
            let header = u32::from_le_bytes(pass.get(10..14)?.try_into().ok()?) as usize;
            let bits = u32::from_le_bytes(pass.get(14 + 16..14 + 20)?.try_into().ok()?);
            let verifier = pass.get(14 + header..)?;
            let hash = Hash::Sha1.of(verifier.get(4..20)?, password.bytes());
            let key = Key::Api(hash, if bits == 0 { 5 } else { bits as usize / 8 });
            key.is_proven(verifier.get(20..36)?, verifier.get(40..60)?).then_some(key)
        }
        _ => None,
    }
}

/// The first 40 bits of the salted hash (2.3.6.2).
fn basic_start(salt: &[u8], password: &Password) -> Vec<u8> {
    let hash = Hash::Md5.of(password.bytes(), &[]);
    let salted = [&hash[..5], salt].concat().repeat(16);
    Hash::Md5.of(&salted, &[])[..5].to_vec()
}

/// Kind, place of the data and length of each record.
struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl Iterator for Records<'_> {
    type Item = (u16, usize, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let word = |at: usize| Some(u16::from_le_bytes(self.stream.get(at..at + 2)?.try_into().ok()?));
        let (kind, length) = (word(self.at)?, usize::from(word(self.at + 2)?));
        let data = self.at + 4;
        self.at = data + length;
        (self.at <= self.stream.len()).then_some((kind, data, length))
    }
}
