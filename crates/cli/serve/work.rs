//! The work itself: an ordinary run over a project's files, by the program run again. One run is at work at a time, since each uses
//! the whole machine; nothing waits or looks while there is nothing to do.

use super::live::Run;
use super::project::{Project, Work};
use super::removed;
use crate::language::{said, said_in_english, told_in_english};
use crate::store::now;
use crate::worker::Program;
use serde_json::{Value, json};
use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use yusuan_export::replace_file;

/// What every run writes.
const FORMATS: &str = "xlsx,csv,parquet,review";

/// Files that were dropped together come one after the other.
const MOMENT: Duration = Duration::from_millis(300);

/// How long a run waits for uploads that are on their way.
const MOST_MOMENTS: u32 = 100;

/// How long another run in the folder is waited for before asking again.
const TAKEN: Duration = Duration::from_secs(3);

/// The exit status of a run that found the folder taken.
const IS_TAKEN: i32 = 11;

/// How long somebody waits for the work to rest.
const PATIENCE: Duration = Duration::from_mins(10);

/// Held by the run at work.
static TURN: Mutex<()> = Mutex::new(());

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A run is wanted: it begins now, or after the one at work.
pub(super) fn want(project: &Arc<Project>) {
    // Without the mark a restart does not go on by itself, and nothing else is lost.
    let _ = std::fs::create_dir_all(&project.kept);
    let _ = replace_file(&project.mark(), b"");
    let mut work = lock(&project.work);
    work.wanted = true;
    if !work.at_work {
        let its = Arc::clone(project);
        let begun = std::thread::Builder::new().name("run".to_owned()).spawn(move || work_off(&its));
        work.at_work = begun.is_ok();
        drop(work);
        project.live.run(|run| run.state = "waiting");
    }
}

/// Waits until the project's files are as people left it. `false` where that takes too long.
pub(super) fn wait_for_rest(project: &Project) -> bool {
    let work = lock(&project.work);
    let waited = project.rests.wait_timeout_while(work, PATIENCE, |work| work.at_work);
    waited.is_ok_and(|(_, timeout)| !timeout.timed_out())
}

fn work_off(project: &Project) {
    loop {
        for _ in 0..MOST_MOMENTS {
            std::thread::sleep(MOMENT);
            if project.uploading.load(Ordering::Relaxed) == 0 {
                break;
            }
        }
        let turn = lock(&TURN);
        lock(&project.work).wanted = false;
        let outcome = run(project);
        drop(turn);
        let ended = match outcome {
            Ok(Some(IS_TAKEN)) => {
                project.live.run(|run| run.state = "taken");
                lock(&project.work).wanted = true;
                std::thread::sleep(TAKEN);
                continue;
            }
            Ok(_) => Run { state: "idle", ..Run::default() },
            Err(words) => {
                let error_en = said_in_english(&words);
                Run { state: "failed", error: words, error_en, ..Run::default() }
            }
        };
        let mut work = lock(&project.work);
        if work.wanted {
            // Pages fetch what there is, and nobody sees a rest between two runs: files that wait for the next one still do.
            project.live.tell("list", &json!({}));
            project.live.run(|run| *run = Run { state: "waiting", ..ended });
            continue;
        }
        project.live.settled();
        project.live.run(|run| *run = ended);
        *work = Work::default();
        let _ = std::fs::remove_file(project.mark());
        project.rests.notify_all();
        return;
    }
}

/// Runs once; gives the exit status, or why nothing came of it.
fn run(project: &Project) -> Result<Option<i32>, String> {
    removed::keep_results(project).map_err(said::no_run)?;
    let Some(words) = words(project) else { return Ok(None) };
    project.live.run(|run| *run = Run { state: "running", ..Run::default() });
    let mut child = start(words).map_err(said::no_run)?;
    let told_last = child.stderr.take().map(|mut stream| std::thread::spawn(move || last_words(&mut stream)));
    let mut error = String::new();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            hear(project, &line, &mut error);
        }
    }
    let status = child.wait().map_err(said::no_run)?;
    let words = told_last.and_then(|thread| thread.join().ok()).unwrap_or_default();
    match status.code() {
        // Done, done with losses, nothing that could be read: what became of each file stands in the results.
        Some(0 | 3) => Ok(status.code()),
        Some(1) if error.is_empty() && project.manifest().is_some() => Ok(status.code()),
        Some(IS_TAKEN) => Ok(Some(IS_TAKEN)),
        _ if !error.is_empty() => Err(error),
        _ if !words.is_empty() => Err(words),
        _ => Err(said::no_run(status)),
    }
}

/// The command line of a run; `None` where there is nothing to run over.
fn words(project: &Project) -> Option<Vec<OsString>> {
    let mut words: Vec<OsString> = vec!["convert".into()];
    if let Some(inputs) = &project.inputs {
        let is_empty = std::fs::read_dir(inputs).map_or(true, |mut entries| entries.next().is_none());
        if is_empty && project.manifest().is_none() {
            return None;
        }
        words.push(inputs.into());
        words.extend(["--prune".into(), "-f".into(), FORMATS.into()]);
    } else {
        let inputs = inputs_of(project);
        if inputs.is_empty() {
            return None;
        }
        words.extend(inputs.into_iter().map(OsString::from));
    }
    // A table may be drawn by hand on a page where none was found.
    words.push("--all-pictures".into());
    words.extend(["-o".into(), OsString::from(&project.out), "--message-format".into(), "json".into()]);
    // What it says is told to pages, which know the English of it.
    words.extend(["--lang".into(), "zh".into()]);
    let files = [("--corrections", "corrections.csv"), ("--hints", "hints.json"), ("--passwords", "passwords.json")];
    for (option, name) in files {
        let file = project.kept.join(name);
        if file.is_file() {
            words.extend([option.into(), file.into()]);
        }
    }
    Some(words)
}

/// Where the files of a finished output folder are, so far as they are still there: the folders that were walked, and files beside
/// them.
fn inputs_of(project: &Project) -> Vec<PathBuf> {
    let Some(manifest) = project.manifest() else { return Vec::new() };
    let roots: Vec<PathBuf> = manifest.header.roots.keys().map(PathBuf::from).filter(|root| root.is_dir()).collect();
    let files = manifest.entries.iter().map(|entry| PathBuf::from(&entry.path));
    let mut alone: Vec<PathBuf> =
        files.filter(|file| file.is_file() && !roots.iter().any(|root| file.starts_with(root))).collect();
    alone.dedup();
    [roots, alone].concat()
}

fn start(words: Vec<OsString>) -> io::Result<Child> {
    let program = Program::own()?;
    Command::new(&program.file)
        .args(&program.words)
        .args(words)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
}

/// Takes in what the run says.
fn hear(project: &Project, line: &str, error: &mut String) {
    let Ok(event) = serde_json::from_str::<Value>(line) else { return };
    let count = |name: &str| event[name].as_u64().unwrap_or(0);
    match event["event"].as_str().unwrap_or_default() {
        phase @ ("reading" | "writing") => {
            let (phase, total) = (if phase == "reading" { "reading" } else { "writing" }, count("documents"));
            project.live.run(|run| (run.phase, run.done, run.total) = (phase, 0, total));
        }
        "working" => {
            let source = event["source"].as_str().unwrap_or_default();
            project.live.file(source, json!({"state": "reading", "since": now()}));
        }
        "page" => project.live.page(event["source"].as_str().unwrap_or_default(), count("page"), count("pages")),
        "file" => {
            let source = event["source"].as_str().unwrap_or_default();
            let mut now = event.clone();
            now["state"] = event["status"].clone();
            now["error_en"] = told_in_english(event["error"].as_str().unwrap_or_default()).into();
            project.live.file(source, now);
            project.live.run(|run| run.done += 1);
        }
        "end" => event["error"].as_str().unwrap_or_default().clone_into(error),
        _ => {}
    }
}

/// The last lines of a stream, read to its end.
fn last_words(stream: &mut impl Read) -> String {
    let lines = BufReader::new(stream).lines().map_while(Result::ok).filter(|line| !line.trim().is_empty());
    let mut last: Vec<String> = Vec::new();
    for line in lines {
        if last.len() == 3 {
            last.remove(0);
        }
        last.push(line);
    }
    last.join("\n")
}
