//! The program as a server, and a client that says whatever it is told to.

use crate::made::Folder;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A shared or slow machine may take its time.
const PATIENCE: Duration = Duration::from_mins(2);

/// A running server.
pub(crate) struct Server {
    process: Child,
    /// The first address, with its token where there is one.
    pub(crate) address: String,
    /// `127.0.0.1:PORT`.
    pub(crate) host: String,
    /// What a browser that was let in sends.
    pub(crate) cookie: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Came {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Came {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("{}: {}", self.status, self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Server {
    /// Serves a folder on a free port.
    pub(crate) fn start(folder: &Path, more: &[&str]) -> Self {
        let mut process = Command::new(assert_cmd::cargo::cargo_bin!("yusuan"))
            .args(["serve", "--port", "0", "-q"])
            .args(more)
            .arg(folder)
            .env_remove("LANG")
            .env_remove("LC_ALL")
            .env_remove("LC_MESSAGES")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let address = address.trim().to_owned();
        let host = address.strip_prefix("http://").unwrap().split('/').next().unwrap().to_owned();
        let mut server = Self { process, address, host, cookie: String::new() };
        if let Some((_, token)) = server.address.split_once("/?") {
            let came = server
                .raw(&format!("GET /?{token} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.host), b"");
            assert_eq!(came.status, 303, "{}", came.head);
            server.cookie = cookie_of(&came);
        }
        server
    }

    /// Ends it as a loss of power would.
    pub(crate) fn kill(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    /// Sends exactly this, and takes what comes until the server closes.
    pub(crate) fn raw(&self, head: &str, body: &[u8]) -> Came {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        // A server that has heard enough closes before the end.
        let _ = stream.write_all(body);
        came(stream)
    }

    /// A request of one of the server's own pages.
    pub(crate) fn head(&self, method: &str, path: &str, length: usize) -> String {
        let Self { host, cookie, .. } = self;
        format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {cookie}\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\nConnection: close\r\n\r\n"
        )
    }

    pub(crate) fn get(&self, path: &str) -> Came {
        self.raw(&self.head("GET", path, 0), b"")
    }

    pub(crate) fn post(&self, path: &str, value: &Value) -> Came {
        let body = value.to_string();
        self.raw(&self.head("POST", path, body.len()), body.as_bytes())
    }

    /// Makes a project and gives the beginning of its addresses.
    pub(crate) fn project(&self, name: &str) -> String {
        let made = self.post("/api/projects", &json!({"name": name})).json();
        format!("/p/{}", made["id"].as_str().unwrap())
    }

    pub(crate) fn upload(&self, project: &str, label: &str, bytes: &[u8]) -> Came {
        let label = escaped(label);
        self.raw(&self.head("POST", &format!("{project}/api/upload?label={label}"), bytes.len()), bytes)
    }

    /// The project's files, once nothing is at work any more.
    pub(crate) fn finished(&self, project: &str) -> Value {
        let start = Instant::now();
        loop {
            let listing = self.get(&format!("{project}/api/files")).json();
            let waits = listing["rows"].as_array().unwrap().iter().any(|row| row["state"] == "waiting");
            if !waits && ["", "idle", "failed"].contains(&listing["run"]["state"].as_str().unwrap()) {
                return listing;
            }
            assert!(start.elapsed() < PATIENCE, "never done: {listing}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

/// A text in an address, every byte escaped.
pub(crate) fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |all, byte| format!("{all}%{byte:02X}"))
}

/// The cookie that an answer sets.
pub(crate) fn cookie_of(came: &Came) -> String {
    let line = came.head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
    line.split(';').next().unwrap().to_owned()
}

fn came(mut stream: TcpStream) -> Came {
    let mut all = Vec::new();
    // A connection that is broken off in the middle gives what came before.
    let _ = stream.read_to_end(&mut all);
    let at = all.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or_else(|| panic!("no answer: {all:?}"));
    let head = String::from_utf8_lossy(&all[..at]).to_lowercase();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let body = all.split_off(at + 4);
    let body = if head.contains("transfer-encoding: chunked") { unchunked(&body) } else { body };
    Came { status, head, body }
}

fn unchunked(mut rest: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(at) = rest.windows(2).position(|two| two == b"\r\n") {
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..at]).unwrap().trim(), 16).unwrap();
        let part = &rest[at + 2..];
        if size == 0 || part.len() < size + 2 {
            break;
        }
        whole.extend_from_slice(&part[..size]);
        rest = &part[size + 2..];
    }
    whole
}

/// A folder for projects.
pub(crate) fn shelf() -> Folder {
    Folder::new()
}
