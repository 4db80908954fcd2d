//! What storages answer, in words that say what to do.

use super::failure::Failure;
use crate::language::kept;
use object_store::Error;

/// Characters of a storage's own answer that are passed on.
const PASSED_ON: usize = 240;

/// Why an address of object storage can't be had.
pub(super) fn of_store(address: &str, error: &Error) -> Failure {
    let answer = chain(error);
    let says = |words: &[&str]| words.iter().any(|word| answer.contains(word));
    let known = says(&["InvalidAccessKeyId", "SignatureDoesNotMatch", "AuthenticationFailed", "ExpiredToken"]);
    let none = says(&["169.254.169.254", "metadata.google", "MissingAccountKey", "credential", "Credential"]);
    let words = match error {
        _ if says(&["NoSuchBucket", "ContainerNotFound", "The specified bucket does not exist"]) => {
            kept::no_bucket(address)
        }
        _ if known => kept::wrong_credentials(address),
        Error::PermissionDenied { .. } => kept::no_permission_there(address),
        Error::Unauthenticated { .. } => kept::wrong_credentials(address),
        _ if none => kept::no_credentials(address),
        Error::NotFound { .. } => kept::nothing_there(address),
        Error::InvalidPath { .. } => kept::name_not_usable(address),
        _ => kept::unreachable(address, short(&answer)),
    };
    Failure::Words(words)
}

/// Why a web address can't be had.
pub(super) fn of_web(address: &str, error: &reqwest::Error) -> Failure {
    if error.is_redirect() {
        return Failure::Words(kept::too_many_redirects(address));
    }
    Failure::Words(kept::unreachable(address, short(&chain(error))))
}

/// An error and those below it that say something new.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut below = error.source();
    while let Some(error) = below {
        let more = error.to_string();
        if !text.contains(&more) {
            text.extend([": ", &more]);
        }
        below = error.source();
    }
    text
}

/// One line of bounded length; no sentence of ours, so brackets that part ours are left out.
fn short(answer: &str) -> String {
    let line: String = answer.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(PASSED_ON).collect()
}
