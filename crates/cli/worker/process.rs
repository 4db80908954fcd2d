//! One worker process as the parent sees it.

use super::frame;
use super::program::Program;
use super::request::{Ready, Reply, Request, Word};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::{self, BufReader, Read};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

/// The hidden command that makes the program a worker.
pub(crate) const COMMAND: &str = "__worker";

/// The last words kept: an abort says in one line what happened.
const LAST_WORDS: usize = 4 << 10;

/// The process itself, shared with the watchdog that may have to end it.
#[derive(Clone)]
pub(super) struct Shared {
    child: Arc<Mutex<Child>>,
    number: u32,
}

impl Shared {
    pub(super) fn kill(&self) {
        // One that has ended already needs no end.
        let _ = self.child.lock().unwrap_or_else(PoisonError::into_inner).kill();
    }

    fn wait(&self) -> io::Result<ExitStatus> {
        self.child.lock().unwrap_or_else(PoisonError::into_inner).wait()
    }

    /// Whether the process is stopped by a signal (state `T` in proc(5)); `false` where the system doesn't tell.
    pub(super) fn is_suspended(&self) -> bool {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.number)).unwrap_or_default();
        // The name stands in parentheses and may hold anything; the state follows it.
        let state = stat.rsplit_once(") ").and_then(|(_, rest)| rest.chars().next());
        matches!(state, Some('T' | 't'))
    }
}

/// A running worker.
pub(super) struct Worker {
    pub(super) shared: Shared,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
    words: Option<JoinHandle<Vec<u8>>>,
    /// Requests so far.
    pub(super) served: u64,
}

/// How a worker ended, with its last words.
pub(super) struct Ended {
    pub(super) status: Option<ExitStatus>,
    pub(super) words: String,
}

impl Worker {
    /// Starts one.
    pub(super) fn start(program: &Program, memory_mib: u64) -> io::Result<Self> {
        let mut child = Command::new(&program.file)
            .args(&program.words)
            .arg(COMMAND)
            .arg(memory_mib.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (Some(stdin), Some(stdout), Some(mut stderr)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let words = std::thread::Builder::new().spawn(move || last_of(&mut stderr))?;
        let number = child.id();
        let shared = Shared { child: Arc::new(Mutex::new(child)), number };
        Ok(Self { shared, stdin: Some(stdin), stdout: BufReader::new(stdout), words: Some(words), served: 0 })
    }

    /// Waits for its first word.
    pub(super) fn greet(&mut self) -> io::Result<()> {
        frame::read::<Ready>(&mut self.stdout)?.map(drop).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    /// Sends a request and waits for its reply; `heard` is told how far it is meanwhile.
    pub(super) fn ask<T: Serialize, A: DeserializeOwned>(
        &mut self,
        request: &Request<T>,
        body: &[u8],
        heard: &dyn Fn(u32, u32),
    ) -> io::Result<(Reply<A>, Vec<u8>)> {
        let stdin = self.stdin.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        frame::write(stdin, request, body)?;
        self.served += 1;
        loop {
            match frame::read(&mut self.stdout)?.ok_or(io::ErrorKind::UnexpectedEof)? {
                (Word::At(step, of), _) => heard(step, of),
                (Word::Reply(reply), bytes) => return Ok((reply, bytes)),
            }
        }
    }

    /// Waits for the end of one that gave no reply.
    pub(super) fn end(&mut self) -> Ended {
        self.stdin = None;
        let words = self.words.take().and_then(|thread| thread.join().ok()).unwrap_or_default();
        Ended { status: self.shared.wait().ok(), words: String::from_utf8_lossy(&words).into_owned() }
    }
}

impl Drop for Worker {
    /// One that has nothing to do is ended, since one that somebody stopped would not notice the end of its stdin; it is waited
    /// for, so that none stays behind as a zombie.
    fn drop(&mut self) {
        self.stdin = None;
        self.shared.kill();
        let _ = self.shared.wait();
    }
}

/// Reads to the end, so that a talkative library never blocks the worker, and keeps the last words.
fn last_of(stream: &mut impl Read) -> Vec<u8> {
    let mut kept: Vec<u8> = Vec::new();
    let mut buffer = [0; 1024];
    while let Ok(count) = stream.read(&mut buffer) {
        if count == 0 {
            break;
        }
        kept.extend_from_slice(buffer.get(..count).unwrap_or_default());
        let surplus = kept.len().saturating_sub(LAST_WORDS);
        kept.drain(..surplus);
    }
    kept
}
