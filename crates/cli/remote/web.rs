//! Web addresses: one file each, bounded before and while it is read.

use super::cloud::wait;
use super::failure::Failure;
use super::tag::Tag;
use super::told;
use crate::language::kept;
use reqwest::header::{CONTENT_LENGTH, ETAG, HeaderMap, HeaderName};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, Response, StatusCode};
use std::sync::LazyLock;
use std::time::Duration;

/// An address may send on to another one so often.
const REDIRECTS: usize = 5;

/// How often a request is tried, and how long is waited before the second time; twice as long each time after.
const TRIES: u32 = 3;
const PAUSE: Duration = Duration::from_millis(500);

const CONNECT: Duration = Duration::from_secs(20);
const SILENCE: Duration = Duration::from_mins(1);

/// `None` where the system lacks what is needed. Only http and https are ever followed: others have no client.
static CLIENT: LazyLock<Option<Client>> = LazyLock::new(|| {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = Client::builder().redirect(Policy::limited(REDIRECTS)).connect_timeout(CONNECT);
    builder.read_timeout(SILENCE).user_agent(concat!("yusuan/", env!("CARGO_PKG_VERSION"))).build().ok()
});

/// What a server says of a file; `None` where it is not there, or the server does not say.
pub(super) fn look(address: &str) -> Result<Option<Tag>, Failure> {
    let response = ask(&Method::HEAD, address)?;
    if !response.status().is_success() {
        return Ok(None);
    }
    let headers = response.headers();
    // A weak tag stands for contents that are alike, not for one.
    let etag = text(headers, &ETAG).filter(|etag| !etag.starts_with("W/")).unwrap_or_default();
    let size = text(headers, &CONTENT_LENGTH).and_then(|size| size.parse().ok());
    Ok(size.map(|size| Tag { size, etag, modified: 0 }))
}

/// The bytes of a file, at most so many; `None` where it is not there.
pub(super) fn get(address: &str, most: u64) -> Result<Option<Vec<u8>>, Failure> {
    let mut last = None;
    for attempt in 0..TRIES {
        pause(attempt)?;
        let mut response = ask(&Method::GET, address)?;
        match response.status() {
            StatusCode::NOT_FOUND | StatusCode::GONE => return Ok(None),
            status if !status.is_success() => {
                return Err(Failure::Words(kept::server_refuses(address, status.as_u16())));
            }
            _ => {}
        }
        if let Some(size) = response.content_length().filter(|size| *size > most) {
            return Err(Failure::TooLarge { size, most });
        }
        let read = wait(async move {
            let mut bytes = Vec::new();
            while let Some(chunk) = response.chunk().await? {
                bytes.extend_from_slice(&chunk);
                if bytes.len() as u64 > most {
                    return Ok(Err(bytes.len() as u64));
                }
            }
            Ok(Ok(bytes))
        })?;
        match read {
            Ok(Ok(bytes)) => return Ok(Some(bytes)),
            Ok(Err(size)) => return Err(Failure::TooLarge { size, most }),
            Err(error) => last = Some(told::of_web(address, &error)),
        }
    }
    Err(last.unwrap_or_else(|| Failure::Words(kept::nothing_there(address))))
}

/// Asks a server, again where it was not reached or is busy.
fn ask(method: &Method, address: &str) -> Result<Response, Failure> {
    let client = CLIENT.as_ref().ok_or_else(|| Failure::Words(kept::no_thread_for_requests()))?;
    let mut attempt = 0;
    loop {
        let request = client.request(method.clone(), address);
        // Sent on the thread of requests: its clocks belong to it.
        let answer = wait(async move { request.send().await })?;
        attempt += 1;
        let is_passing = match &answer {
            Ok(response) => response.status().is_server_error() || response.status() == StatusCode::TOO_MANY_REQUESTS,
            Err(error) => error.is_connect() || error.is_timeout(),
        };
        if !is_passing || attempt >= TRIES {
            return answer.map_err(|error| told::of_web(address, &error));
        }
        pause(attempt)?;
    }
}

fn pause(attempt: u32) -> Result<(), Failure> {
    let Some(before) = attempt.checked_sub(1) else { return Ok(()) };
    // Made on the thread of requests: a clock belongs to it.
    wait(async move { tokio::time::sleep(PAUSE * 2_u32.pow(before)).await })
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(ToOwned::to_owned)
}
