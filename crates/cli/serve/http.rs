//! Requests and answers: bodies whole or streamed, the headers that every answer has, parts of addresses.

use crate::language::{said, said_in_english};
use hyper::body::{Body, Bytes, Frame, Incoming};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};
use serde::Serialize;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::sync::mpsc::Receiver;

/// What an answer holds.
pub(super) enum Content {
    /// All of it.
    Whole(Option<Bytes>),
    /// What comes; an error breaks the connection off, so that nobody takes a part for the whole.
    Coming(Receiver<io::Result<Bytes>>),
}

pub(super) type Answer = Response<Content>;

impl Body for Content {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        match self.get_mut() {
            Self::Whole(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Self::Coming(receiver) => receiver.poll_recv(context).map(|next| next.map(|part| part.map(Frame::data))),
        }
    }

    fn size_hint(&self) -> hyper::body::SizeHint {
        match self {
            Self::Whole(bytes) => {
                hyper::body::SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
            }
            Self::Coming(_) => hyper::body::SizeHint::default(),
        }
    }
}

/// What pages may do: load scripts, styles and pictures of this server, ask it, and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Headers of every answer.
const ALWAYS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (header::CACHE_CONTROL, "no-store"),
];

/// An answer with its headers.
fn answer(status: StatusCode, kind: &str, content: Content) -> Answer {
    let mut answer = Response::new(content);
    *answer.status_mut() = status;
    for (name, value) in ALWAYS {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    set(answer.headers_mut(), header::CONTENT_TYPE, kind);
    answer
}

/// A value that is no header is left out: it would be of no use to anybody.
fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// Bytes of a kind.
pub(super) fn bytes(kind: &str, bytes: impl Into<Bytes>) -> Answer {
    answer(StatusCode::OK, kind, Content::Whole(Some(bytes.into())))
}

/// What comes, of a kind.
pub(super) fn coming(kind: &str, receiver: Receiver<io::Result<Bytes>>) -> Answer {
    answer(StatusCode::OK, kind, Content::Coming(receiver))
}

/// The same as a download with a name.
pub(super) fn named(mut answer: Answer, name: &str) -> Answer {
    let value = format!("attachment; filename*=UTF-8''{}", escaped(name));
    set(answer.headers_mut(), header::CONTENT_DISPOSITION, &value);
    answer
}

/// A value as JSON.
pub(super) fn json(value: &impl Serialize) -> Answer {
    match serde_json::to_vec(value) {
        Ok(text) => bytes("application/json", text),
        Err(error) => refused(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    }
}

/// A refusal with its sentence, and the same in English where it is another.
pub(super) fn refused(status: StatusCode, words: &str) -> Answer {
    let mut said = serde_json::json!({"error": words});
    if let Some(english) = said_in_english(words) {
        said["error_en"] = english.into();
    }
    answer(status, "application/json", Content::Whole(Some(said.to_string().into())))
}

/// A refusal with what an error says: each cause behind what it is the cause of, as the catalogue joins them.
pub(super) fn refused_for(status: StatusCode, error: &anyhow::Error) -> Answer {
    refused(status, &words_of(error))
}

/// What an error says.
pub(super) fn words_of(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).fold(String::new(), |all, cause| {
        // Some say their cause themselves.
        match all {
            all if all.is_empty() => cause,
            all if all.ends_with(&cause) => all,
            all => format!("{all}：{cause}"),
        }
    })
}

/// The sentence of a refusal, Chinese and English.
pub(super) fn sentence(answer: &Answer) -> [String; 2] {
    let Content::Whole(Some(text)) = answer.body() else { return Default::default() };
    let said: serde_json::Value = serde_json::from_slice(text).unwrap_or_default();
    let zh = said["error"].as_str().unwrap_or_default();
    [zh.to_owned(), said["error_en"].as_str().unwrap_or(zh).to_owned()]
}

/// Text as a part of a page.
pub(super) fn as_markup(text: &str) -> String {
    text.chars().fold(String::new(), |mut all, c| {
        match c {
            '<' => all.push_str("&lt;"),
            '>' => all.push_str("&gt;"),
            '&' => all.push_str("&amp;"),
            '"' => all.push_str("&quot;"),
            other => all.push(other),
        }
        all
    })
}

/// Nothing has this address.
pub(super) fn nothing() -> Answer {
    refused(StatusCode::NOT_FOUND, &said::page_not_found())
}

/// Something went wrong here.
pub(super) fn failed(error: &anyhow::Error) -> Answer {
    refused_for(StatusCode::INTERNAL_SERVER_ERROR, error)
}

/// A page.
pub(super) fn page(status: StatusCode, text: impl Into<Bytes>) -> Answer {
    answer(status, "text/html; charset=utf-8", Content::Whole(Some(text.into())))
}

/// Goes elsewhere on this server, with a cookie where one is given.
pub(super) fn moved(to: &str, cookie: Option<&str>) -> Answer {
    let mut answer = answer(StatusCode::SEE_OTHER, "text/plain", Content::Whole(None));
    set(answer.headers_mut(), header::LOCATION, to);
    if let Some(cookie) = cookie {
        set(answer.headers_mut(), header::SET_COOKIE, cookie);
    }
    answer
}

/// The next bytes of a request's body; `None` at its end.
pub(super) async fn next(body: &mut Incoming) -> Option<Result<Bytes, hyper::Error>> {
    loop {
        match poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await? {
            Ok(frame) => {
                if let Ok(bytes) = frame.into_data() {
                    return Some(Ok(bytes));
                }
            }
            Err(error) => return Some(Err(error)),
        }
    }
}

/// A request's body, where it is no longer than `most`.
pub(super) async fn whole(body: &mut Incoming, most: usize) -> Result<Vec<u8>, Answer> {
    let mut all = Vec::new();
    while let Some(part) = next(body).await {
        let part = part.map_err(|error| refused(StatusCode::BAD_REQUEST, &error.to_string()))?;
        if all.len() + part.len() > most {
            return Err(refused(StatusCode::PAYLOAD_TOO_LARGE, &said::too_much_at_once(most >> 20)));
        }
        all.extend_from_slice(&part);
    }
    Ok(all)
}

/// The value of a name in the part of an address behind `?`.
pub(super) fn parameter(query: Option<&str>, name: &str) -> Option<String> {
    let pairs = query?.split('&').filter_map(|pair| pair.split_once('='));
    let mut values = pairs.filter(|(key, _)| *key == name).map(|(_, value)| plain(value));
    values.next()
}

/// Text without its escapes; bytes that are no UTF-8 become signs of replacement.
pub(super) fn plain(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escape = if *first == b'%' { tail.get(..2).and_then(byte) } else { None };
        let (byte, length) = escape.map_or((if *first == b'+' { b' ' } else { *first }, 0), |byte| (byte, 2));
        bytes.push(byte);
        rest = tail.get(length..).unwrap_or_default();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn byte(digits: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(digits).ok()?;
    u8::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+'))
}

/// Text with escapes for all but the plainest characters.
fn escaped(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut all, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => all.push(byte.into()),
            // A String takes everything.
            other => drop(write!(all, "%{other:02X}")),
        }
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_read_and_written() {
        assert_eq!(plain("%E9%A2%84%E7%AE%97+2024%2F%zz%"), "预算 2024/%zz%");
        assert_eq!(plain(&escaped("预算 \"2024\"\r\n.pdf")), "预算 \"2024\"\r\n.pdf");
        assert_eq!(parameter(Some("a=1&q=%E4%B8%89"), "q").as_deref(), Some("三"));
        assert_eq!(parameter(Some("a=1"), "q"), None);
    }

    #[test]
    fn a_cause_is_said_once() {
        let cause = || anyhow::anyhow!("No space left");
        assert_eq!(words_of(&cause()), "No space left");
        assert_eq!(words_of(&cause().context("甲")), "甲：No space left");
        assert_eq!(words_of(&cause().context("甲.csv：No space left").context("乙")), "乙：甲.csv：No space left");
    }

    #[test]
    fn every_answer_is_closed_to_others() {
        for answer in [nothing(), json(&1), page(StatusCode::OK, "x"), moved("/", None)] {
            for (name, value) in ALWAYS {
                assert_eq!(answer.headers()[name], value);
            }
            assert!(!answer.headers().contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN));
        }
        assert!(!POLICY.contains("unsafe") && !POLICY.contains('*'));
    }
}
