//! A second, independent reading of a PDF's text, where it matters.
//!
//! Another library reads the text alone, in a process of its own: the program runs itself again with a hidden command, the
//! file's bytes on stdin, the pages' texts as JSON on stdout. What that library does with a hostile file (panic, loop, take
//! all memory) ends that process and is only noted; the first reading stands.

use crate::exit::Exit;
use crate::printer;
use crate::reading::STACK;
use crate::worker;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use yusuan_extract::{Diagnostic, DiagnosticCode, Format, Limits};
use yusuan_normalize::NormalizedDocument;
use yusuan_normalize::{compare_reading, pages_in_doubt};

/// The hidden command that makes the program a second reader.
pub(crate) const COMMAND: &str = "__second-reading";

/// A second reading takes about as long as the first; this is many times more.
const TIMEOUT: Duration = Duration::from_mins(1);
/// How often the reader is looked after.
const TICK: Duration = Duration::from_millis(10);
/// Texts longer than this are no pages of a disclosure.
const MOST_BYTES: u64 = 256 << 20;

/// Which pages are read twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Twice {
    /// Those whose figures fail a check.
    #[default]
    InDoubt,
    /// All that hold figures.
    All,
}

/// Reads the pages in question again and flags the facts on which both readings differ.
pub(crate) fn settle(document: &mut NormalizedDocument, bytes: &[u8], twice: Twice) {
    let pages = pages(document, twice);
    if document.format != Format::Pdf || pages.is_empty() {
        return;
    }
    match ask(bytes) {
        Ok(texts) => {
            let numbered = (1_u32..).zip(texts).filter(|(page, _)| pages.contains(page));
            compare_reading(document, &numbered.collect::<BTreeMap<u32, String>>());
        }
        Err(why) => document.diagnostics.push(Diagnostic {
            code: DiagnosticCode::NotReadTwice,
            place: None,
            message: format!("第二次读取没有完成（{why}），只有一种读法"),
        }),
    }
}

fn pages(document: &NormalizedDocument, twice: Twice) -> BTreeSet<u32> {
    match twice {
        Twice::InDoubt => pages_in_doubt(document),
        Twice::All => document.statements.iter().flat_map(|s| &s.facts).filter_map(|f| f.place.page).collect(),
    }
}

/// The texts of all pages, from another process.
fn ask(bytes: &[u8]) -> Result<Vec<String>, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new(program);
    command.arg(COMMAND).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| error.to_string())?;
    let answer = talk(&mut child, bytes);
    // Ended or not, it must not outlive the question.
    drop(child.kill());
    drop(child.wait());
    serde_json::from_slice(&answer?).map_err(|_| "没有读出文字".to_owned())
}

/// Sends the file and waits for the answer, each in a thread of its own so that a full pipe stops nobody.
fn talk(child: &mut Child, bytes: &[u8]) -> Result<Vec<u8>, String> {
    let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err("无法与进程通信".to_owned());
    };
    let deadline = Instant::now() + TIMEOUT;
    std::thread::scope(|scope| {
        // A reader that ended early closes the pipe; its answer says what there is to say.
        scope.spawn(move || drop(stdin.write_all(bytes)));
        let answer = scope.spawn(move || {
            let mut answer = Vec::new();
            stdout.take(MOST_BYTES).read_to_end(&mut answer).map(|_| answer)
        });
        while !answer.is_finished() && Instant::now() < deadline {
            std::thread::sleep(TICK);
        }
        let in_time = answer.is_finished();
        if !in_time {
            drop(child.kill());
        }
        match answer.join() {
            Ok(Ok(answer)) if in_time => Ok(answer),
            Ok(Err(error)) => Err(error.to_string()),
            _ => Err("超时".to_owned()),
        }
    })
}

/// The hidden command: reads a PDF on stdin and prints the texts of its pages.
pub(crate) fn serve() -> Exit {
    // It must not outlive who asks: a worker that is ended for taking too long is often waiting for this process.
    worker::end_with_the_parent();
    let read = || -> Option<Vec<String>> {
        let mut bytes = Vec::new();
        let limit = Limits::default().file_bytes;
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes).ok()?;
        // What the worker may use is inherited; where there is no worker these limits are the only ones.
        worker::confine_alone(bytes.len() as u64);
        pdf_extract::extract_text_from_mem_by_pages(&bytes).ok()
    };
    // Deep nesting needs stack here as well.
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(read);
    let texts = thread.ok().and_then(|thread| thread.join().ok()).flatten();
    match texts.and_then(|texts| serde_json::to_vec(&texts).ok()) {
        Some(answer) if printer::data(&answer).is_ok() => Exit::Done,
        _ => Exit::Nothing,
    }
}
