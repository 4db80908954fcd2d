//! Who may ask: only pages of this server in a browser that was let in.
//!
//! The first address holds a random token, which becomes a cookie that no script reads and no other site sends. `Host` must be a
//! name of this server, so that no foreign name can be turned to it (DNS rebinding); `Origin` must be this server where it is
//! told, and must be told for whatever changes something.

use crate::store::now;
use anyhow::Result;
use hyper::header::{self, HeaderMap, HeaderName};
use hyper::{Method, Uri};
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use yusuan_export::sha256_hex;

/// Bytes of a secret: 256 bits.
const SECRET: usize = 32;

/// Who gave a wrong password waits so long.
const PAUSE: Duration = Duration::from_secs(2);

/// Addresses that wait at a time; beyond them everybody does: so many at once are somebody who guesses.
const MOST_WAITING: usize = 32;

/// What is known of the server and its secrets.
pub(super) struct Guard {
    port: u16,
    /// The host that was named, where it is not this machine alone.
    host: Option<IpAddr>,
    token: String,
    /// Who was let in, by the hash of the secret in the cookie.
    sessions: Mutex<BTreeMap<String, Session>>,
    /// Hash of the password.
    password: Option<String>,
    /// Who gave a wrong password, and when.
    wrong: Mutex<BTreeMap<IpAddr, Instant>>,
}

/// A browser that was let in.
#[derive(Debug, Clone)]
pub(super) struct Session {
    pub(super) from: IpAddr,
    /// What it says that it is.
    pub(super) agent: String,
    /// Seconds since 1970: when it was let in, and when it asked last.
    pub(super) began: i64,
    pub(super) seen: i64,
}

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is from one of our pages.
    Pass,
    /// It brings the token: it gets the cookie.
    Enter,
    /// It is to say the password first.
    Login,
    /// It came under a name that is not this server's.
    WrongHost,
    /// It is from another site.
    Foreign,
    /// It has neither cookie nor token.
    Unknown,
}

/// Browsers that are let in at a time; the one that asked longest ago gives way.
const MOST_SESSIONS: usize = 256;

/// Characters kept of what a browser says that it is.
const LONGEST_AGENT: usize = 200;

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

impl Guard {
    /// A guard with new secrets.
    pub(super) fn new(port: u16, host: IpAddr, password: Option<&str>) -> Result<Self> {
        Ok(Self {
            port,
            host: Some(host).filter(|host| !host.is_loopback()),
            token: secret()?,
            sessions: Mutex::default(),
            password: password.map(|password| sha256_hex(password.as_bytes())),
            wrong: Mutex::default(),
        })
    }

    /// The token of the first address; none where a password is asked for.
    pub(super) fn token(&self) -> Option<&str> {
        self.password.is_none().then_some(&self.token)
    }

    /// Whether only this machine is answered, so that whoever asks sits at it.
    pub(super) fn is_of_this_machine(&self) -> bool {
        self.host.is_none()
    }

    /// The header that lets a browser in, with a secret of its own.
    pub(super) fn cookie(&self, from: IpAddr, headers: &HeaderMap) -> Result<String> {
        let secret = secret()?;
        let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
        let (agent, now) = (agent.chars().take(LONGEST_AGENT).collect(), now());
        let mut sessions = self.sessions();
        while sessions.len() >= MOST_SESSIONS {
            let Some(oldest) = sessions.iter().min_by_key(|(_, one)| one.seen).map(|(key, _)| key.clone()) else {
                break;
            };
            sessions.remove(&oldest);
        }
        sessions.insert(sha256_hex(secret.as_bytes()), Session { from, agent, began: now, seen: now });
        Ok(format!("{}={secret}; Path=/; HttpOnly; SameSite=Strict", self.name()))
    }

    fn sessions(&self) -> MutexGuard<'_, BTreeMap<String, Session>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who was let in, each by what a page may call it.
    pub(super) fn all(&self) -> Vec<(String, Session)> {
        self.sessions().iter().map(|(key, session)| (shown(key).to_owned(), session.clone())).collect()
    }

    /// Lets somebody in no longer; `false` where nobody is called so.
    pub(super) fn end(&self, id: &str) -> bool {
        let mut sessions = self.sessions();
        let before = sessions.len();
        sessions.retain(|key, _| shown(key) != id);
        sessions.len() < before
    }

    /// Cookies know no ports, so the name does.
    fn name(&self) -> String {
        format!("yusuan-{}", self.port)
    }

    /// What becomes of a request.
    pub(super) fn judge(&self, method: &Method, uri: &Uri, headers: &HeaderMap, token: Option<&str>) -> Verdict {
        let Some(host) = only(headers, &header::HOST).filter(|host| self.is_ours(host)) else {
            return Verdict::WrongHost;
        };
        if uri.authority().is_some_and(|authority| authority.as_str() != host) {
            return Verdict::WrongHost;
        }
        let origin = headers.contains_key(header::ORIGIN).then(|| only(headers, &header::ORIGIN));
        let is_own = |origin: Option<&str>| origin.and_then(|origin| origin.strip_prefix("http://")) == Some(host);
        if origin.is_some_and(|origin| !is_own(origin)) {
            return Verdict::Foreign;
        }
        let changes = !matches!(*method, Method::GET | Method::HEAD);
        if changes && origin.is_none() && only(headers, &FETCH_SITE) != Some("same-origin") {
            return Verdict::Foreign;
        }
        if self.password.is_none() && token.is_some_and(|token| is_same(token, &self.token)) && uri.path() == "/" {
            return Verdict::Enter;
        }
        if self.session(headers).is_some() {
            return Verdict::Pass;
        }
        if self.password.is_some() { Verdict::Login } else { Verdict::Unknown }
    }

    /// Whether this is the password; after a wrong one nothing from the same address is right for a moment.
    pub(super) fn is_password(&self, given: &str, from: IpAddr) -> bool {
        let Ok(mut wrong) = self.wrong.lock() else { return false };
        wrong.retain(|_, at| at.elapsed() < PAUSE);
        if wrong.contains_key(&from) || wrong.len() >= MOST_WAITING {
            return false;
        }
        let is_right = self.password.as_ref().is_some_and(|known| is_same(&sha256_hex(given.as_bytes()), known));
        if !is_right {
            wrong.insert(from, Instant::now());
        }
        is_right
    }

    /// Who asks, by what a page may call it. What is looked up is a hash, so that the time tells nothing of the secret.
    pub(super) fn session(&self, headers: &HeaderMap) -> Option<String> {
        let name = self.name();
        let mut sessions = self.sessions();
        cookies(headers).filter(|(key, _)| *key == name).find_map(|(_, value)| {
            let key = sha256_hex(value.as_bytes());
            sessions.get_mut(&key)?.seen = now();
            Some(shown(&key).to_owned())
        })
    }

    /// The language that was chosen on a page.
    pub(super) fn language(&self, headers: &HeaderMap) -> Option<&'static str> {
        let name = format!("{}-language", self.name());
        let mut chosen = cookies(headers).filter(|(key, _)| *key == name);
        chosen.next().map(|(_, value)| if value == "en" { "en" } else { "zh-CN" })
    }

    /// Whether a `Host` is a name of this server. Where all addresses of the machine are served, any address in figures is: a
    /// foreign name is what rebinding needs.
    fn is_ours(&self, host: &str) -> bool {
        let port = format!(":{}", self.port);
        let Some(name) = host.strip_suffix(&port) else { return false };
        let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().ok();
        match self.host {
            _ if name == "localhost" => true,
            _ if address.is_some_and(|address| address.is_loopback()) => true,
            Some(host) if host.is_unspecified() => address.is_some(),
            Some(host) => address == Some(host),
            None => false,
        }
    }
}

/// What a page calls a session: too little to be let in with.
fn shown(key: &str) -> &str {
    key.get(..16).unwrap_or(key)
}

fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let values = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='))
}

/// The value of a header that stands there once.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

/// Whether two texts are the same, in a time that does not tell where they differ.
fn is_same(given: &str, known: &str) -> bool {
    let differences = given.bytes().zip(known.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
    given.len() == known.len() && std::hint::black_box(differences) == 0
}

/// A text that nobody guesses.
fn secret() -> Result<String> {
    use std::fmt::Write;
    let mut bytes = [0; SECRET];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(bytes.iter().fold(String::new(), |mut all, byte| {
        // A String takes everything.
        let _ = write!(all, "{byte:02x}");
        all
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    fn guard(host: [u8; 4], password: Option<&str>) -> Guard {
        Guard::new(8765, IpAddr::V4(Ipv4Addr::from(host)), password).unwrap()
    }

    fn judged(guard: &Guard, method: &Method, path: &str, given: &[(&str, &str)]) -> Verdict {
        let mut headers = HeaderMap::new();
        for (name, value) in given {
            headers.append(HeaderName::try_from(*name).unwrap(), value.parse().unwrap());
        }
        let uri: Uri = path.parse().unwrap();
        let token = uri.query().and_then(|query| query.strip_prefix("token="));
        guard.judge(method, &uri, &headers, token)
    }

    fn let_in(guard: &Guard) -> String {
        let cookie = guard.cookie(IpAddr::from([127, 0, 0, 1]), &HeaderMap::new()).unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    #[test]
    fn one_session_is_ended_and_the_others_go_on() {
        let guard = guard([127, 0, 0, 1], None);
        let host = ("host", "127.0.0.1:8765");
        let cookies = [let_in(&guard), let_in(&guard)];
        assert_ne!(cookies[0], cookies[1]);
        let passes = |cookie: &str| judged(&guard, &Method::GET, "/", &[host, ("cookie", cookie)]) == Verdict::Pass;
        assert!(cookies.iter().all(|cookie| passes(cookie)));
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, cookies[0].parse().unwrap());
        let id = guard.session(&headers).unwrap();
        assert!(guard.all().iter().any(|(known, _)| *known == id) && !cookies[0].contains(&id));
        assert!(guard.end(&id) && !guard.end(&id));
        assert!(!passes(&cookies[0]) && passes(&cookies[1]));
        // What a page calls a session lets nobody in.
        let id = guard.all()[0].0.clone();
        assert!(!passes(&format!("yusuan-8765={id}")));
        for _ in 0..MOST_SESSIONS {
            let_in(&guard);
        }
        assert_eq!(guard.all().len(), MOST_SESSIONS);
    }

    #[test]
    fn only_pages_of_this_server_with_the_cookie_are_answered() {
        let guard = guard([127, 0, 0, 1], None);
        let cookie = let_in(&guard);
        let (host, cookie, own) =
            (("host", "127.0.0.1:8765"), ("cookie", cookie.as_str()), ("origin", "http://127.0.0.1:8765"));
        let (get, post) = (Method::GET, Method::POST);
        assert_eq!(judged(&guard, &get, "/", &[host]), Verdict::Unknown);
        assert_eq!(judged(&guard, &get, "/", &[host, cookie]), Verdict::Pass);
        assert_eq!(judged(&guard, &get, "/", &[("host", "localhost:8765"), cookie]), Verdict::Pass);
        let token = format!("/?token={}", guard.token().unwrap());
        assert_eq!(judged(&guard, &get, &token, &[host]), Verdict::Enter);
        assert_eq!(judged(&guard, &get, &token[..token.len() - 1], &[host]), Verdict::Unknown);
        assert_eq!(judged(&guard, &get, "/?token=", &[host]), Verdict::Unknown);
        for wrong in ["evil.example:8765", "127.0.0.1", "127.0.0.1:80", "evil.example", "127.0.0.1:8765.evil.example"] {
            assert_eq!(judged(&guard, &get, "/", &[("host", wrong), cookie]), Verdict::WrongHost, "{wrong}");
        }
        assert_eq!(judged(&guard, &get, "/", &[cookie]), Verdict::WrongHost);
        assert_eq!(judged(&guard, &get, "/", &[host, ("host", "evil.example"), cookie]), Verdict::WrongHost);
        assert_eq!(judged(&guard, &get, "http://evil.example:8765/", &[host, cookie]), Verdict::WrongHost);
        for foreign in ["http://evil.example", "null", "https://127.0.0.1:8765", "http://127.0.0.1:87650", ""] {
            assert_eq!(judged(&guard, &get, "/", &[host, cookie, ("origin", foreign)]), Verdict::Foreign, "{foreign}");
            assert_eq!(judged(&guard, &post, "/", &[host, cookie, ("origin", foreign)]), Verdict::Foreign, "{foreign}");
        }
        assert_eq!(judged(&guard, &post, "/", &[host, cookie]), Verdict::Foreign);
        assert_eq!(judged(&guard, &post, "/", &[host, cookie, ("sec-fetch-site", "cross-site")]), Verdict::Foreign);
        assert_eq!(judged(&guard, &post, "/", &[host, cookie, ("sec-fetch-site", "same-origin")]), Verdict::Pass);
        assert_eq!(judged(&guard, &post, "/", &[host, cookie, own]), Verdict::Pass);
        assert_eq!(judged(&guard, &post, "/", &[host, own]), Verdict::Unknown);
    }

    #[test]
    fn elsewhere_a_password_is_asked_for_and_names_are_refused() {
        let all = guard([0, 0, 0, 0], Some("long enough"));
        assert_eq!(all.token(), None);
        assert_eq!(judged(&all, &Method::GET, "/", &[("host", "192.168.1.5:8765")]), Verdict::Login);
        assert_eq!(judged(&all, &Method::GET, "/?token=", &[("host", "192.168.1.5:8765")]), Verdict::Login);
        assert_eq!(judged(&all, &Method::GET, "/", &[("host", "evil.example:8765")]), Verdict::WrongHost);
        let address = |last: u8| IpAddr::from([192, 168, 0, last]);
        assert!(all.is_password("long enough", address(1)) && !all.is_password("wrong", address(1)));
        assert!(!all.is_password("long enough", address(1)), "not right after a wrong one");
        assert!(all.is_password("long enough", address(2)), "others need not wait");
        assert!((3..200).all(|last| !all.is_password("guessed", address(last))));
        assert!(!all.is_password("long enough", address(2)), "many who guess are one");
        let one = guard([192, 168, 1, 5], Some("long enough"));
        assert_eq!(judged(&one, &Method::GET, "/", &[("host", "192.168.1.6:8765")]), Verdict::WrongHost);
        assert!(!one.is_of_this_machine());
    }
}
