//! What storages answer, in words that say what to do.

use super::address::scheme;
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
            kept::no_bucket(address, server(address))
        }
        _ if known => kept::wrong_credentials(address, credentials(address)),
        // A list that is refused is no error of its own kind.
        Error::Unauthenticated { .. } => kept::wrong_credentials(address, credentials(address)),
        _ if says(&["401 Unauthorized"]) => kept::wrong_credentials(address, credentials(address)),
        Error::PermissionDenied { .. } => kept::no_permission_there(address, credentials(address)),
        _ if says(&["403 Forbidden"]) => kept::no_permission_there(address, credentials(address)),
        _ if none => kept::no_credentials(address, credentials(address)),
        Error::NotFound { .. } => kept::nothing_there(address),
        Error::InvalidPath { .. } => kept::name_not_usable(address),
        _ => kept::unreachable(address, short(&answer)),
    };
    Failure::Words(words)
}

/// Where the credentials of a storage come from, in the words of its own tools.
fn credentials(address: &str) -> &'static str {
    match scheme(address) {
        Some("gs") => "GOOGLE_APPLICATION_CREDENTIALS",
        Some("az") => "AZURE_STORAGE_ACCOUNT_NAME, AZURE_STORAGE_ACCOUNT_KEY",
        _ => "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN",
    }
}

/// What leads to another server than its own.
fn server(address: &str) -> &'static str {
    match scheme(address) {
        Some("gs") => "GOOGLE_BASE_URL",
        Some("az") => "AZURE_STORAGE_ACCOUNT_NAME, AZURE_STORAGE_ENDPOINT",
        _ => "AWS_ENDPOINT_URL",
    }
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
