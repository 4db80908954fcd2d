//! Encrypted workbooks.
//!
//! Excel encrypts a workbook whose structure is protected under a password of its own, the same for all files, and opens
//! such a file without a question. Other passwords the user must give. Source: [MS-OFFCRYPTO] 2.3 and [MS-XLS] 2.2.10.

mod agile;
mod cipher;
mod legacy;
mod package;
mod password;
mod standard;

pub(super) use legacy::decrypt_stream;
pub(super) use package::decrypt_package;
pub(crate) use package::decrypted_package;
pub(super) use password::Password;
