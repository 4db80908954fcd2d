//! A file as it can be read: itself, or a plain copy where it is encrypted.

use crate::worker::contain;
use std::borrow::Cow;
use yusuan_extract::Limits;

/// The file, or a plain copy where it is encrypted and the password opens it.
pub(super) fn opened<'b>(bytes: &'b [u8], password: Option<&str>, limits: &Limits) -> Cow<'b, [u8]> {
    let open = |password| contain(|| yusuan_extract::decrypted(bytes, password, limits)).ok().flatten();
    password.and_then(open).map_or(Cow::Borrowed(bytes), Cow::Owned)
}
