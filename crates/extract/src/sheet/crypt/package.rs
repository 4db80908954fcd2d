//! Zipped workbooks inside an OLE2 container ([MS-OFFCRYPTO] 2.3.4).

use super::password::Password;
use super::{agile, standard};
use std::io::{Cursor, Read};

/// The signature of an OLE2 container ([MS-CFB] 2.2).
const OLE2: [u8; 4] = [0xD0, 0xCF, 0x11, 0xE0];

/// The package inside one that opens without a question; `None` for everything else.
pub(crate) fn decrypted_package(bytes: &[u8]) -> Option<Vec<u8>> {
    decrypt_package(bytes, &Password::known())
}

/// The package inside an encrypted one that a password opens; `None` for everything else.
pub(in crate::sheet) fn decrypt_package(bytes: &[u8], password: &Password) -> Option<Vec<u8>> {
    if !bytes.starts_with(&OLE2) {
        return None;
    }
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    // Neither is larger than the file.
    let mut read = |name: &str| {
        let mut data = vec![];
        file.open_stream(name).ok()?.take(bytes.len() as u64).read_to_end(&mut data).ok()?;
        Some(data)
    };
    let (info, sealed) = (read("EncryptionInfo")?, read("EncryptedPackage")?);
    let (size, sealed) = sealed.split_at_checked(8)?;
    let size = u64::from_le_bytes(size.try_into().ok()?);
    let (version, rest) = info.split_at_checked(8)?;
    let mut package = match version {
        [4, 0, 4, 0, ..] => agile::open(rest, sealed, password),
        [2..=4, 0, 2, 0, ..] => standard::open(rest, sealed, password),
        _ => None,
    }?;
    package.truncate(usize::try_from(size).ok()?);
    package.starts_with(b"PK").then_some(package)
}
