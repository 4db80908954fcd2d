//! Files put into a project: streamed to the disk beside it, and into it in one step once they are whole.

use super::http::{self, Answer, json, refused};
use super::inside::free_place;
use super::label;
use super::project::{Known, Project};
use super::work;
use crate::inputs::{self, Input, Reach};
use crate::language::{kept, said, told};
use crate::remote;
use anyhow::{Context, Result, bail};
use hyper::body::{Bytes, Incoming};
use hyper::header::CONTENT_LENGTH;
use hyper::{Request, StatusCode};
use std::fs::{self, File};
use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::mpsc::{Receiver, channel};
use walkdir::WalkDir;

/// Files in a project.
const MOST_FILES: usize = 20_000;

/// Bytes of a project's files in all.
const MOST_BYTES: u64 = 32 << 30;

/// Uploads at a time into one project.
const AT_A_TIME: usize = 16;

/// Uploads at a time into all projects together.
pub(super) const AT_A_TIME_IN_ALL: usize = 32;

/// Entries of a pasted folder that are looked at.
const MOST_SEEN: usize = 100_000;

/// Looking at a project's files takes at most this part of the time.
const PATIENCE: u32 = 20;

/// A sender that is silent for so long is gone.
const SILENCE: Duration = Duration::from_mins(1);

/// Bytes that come at least in that time: whoever sends a sign now and then holds a place that others wait for.
const LEAST: u64 = 64 << 10;

/// Parts on their way from the network to the disk.
const ON_THEIR_WAY: usize = 8;

/// Uploads into all projects.
static UPLOADING: AtomicUsize = AtomicUsize::new(0);

static NUMBER: AtomicUsize = AtomicUsize::new(0);

/// Counts an upload while it lasts.
struct Counted<'a>(&'a Project);

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.uploading.fetch_sub(1, Ordering::Relaxed);
        UPLOADING.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What arrives: the bytes, and that they were all.
enum Arriving {
    Part(Bytes),
    End,
}

/// How much came since when.
struct Pace {
    since: Instant,
    came: u64,
}

impl Pace {
    /// Whether too little came in a time of [`SILENCE`], a part of so many bytes now included.
    fn is_too_slow(&mut self, bytes: u64, now: Instant) -> bool {
        self.came += bytes;
        if now.duration_since(self.since) < SILENCE {
            return false;
        }
        let came = std::mem::take(&mut self.came);
        self.since = now;
        came < LEAST
    }
}

/// Takes one file of at most so many bytes.
pub(super) async fn upload(project: Arc<Project>, request: Request<Incoming>, largest: u64) -> Answer {
    let Some(inputs) = project.inputs.clone() else {
        return refused(StatusCode::CONFLICT, &said::project_takes_no_files());
    };
    let said_size = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if said_size.is_some_and(|size| size > largest) {
        return refused(StatusCode::PAYLOAD_TOO_LARGE, &said::upload_too_large(largest >> 20));
    }
    let uploading = project.uploading.fetch_add(1, Ordering::Relaxed);
    let in_all = UPLOADING.fetch_add(1, Ordering::Relaxed);
    let counted = Counted(&project);
    if uploading >= AT_A_TIME || in_all >= AT_A_TIME_IN_ALL {
        return refused(StatusCode::TOO_MANY_REQUESTS, &said::too_many_uploads(AT_A_TIME));
    }
    let label = http::parameter(request.uri().query(), "label").unwrap_or_default();
    let (sender, receiver) = channel(ON_THEIR_WAY);
    let its = Arc::clone(&project);
    let stored = tokio::task::spawn_blocking(move || store(&its, &inputs, &label, receiver));
    let mut body = request.into_body();
    let mut size = 0;
    let mut is_too_large = false;
    let mut pace = Pace { since: Instant::now(), came: 0 };
    let ended = loop {
        let Ok(part) = tokio::time::timeout(SILENCE, http::next(&mut body)).await else { break None };
        match part {
            None => break Some(Arriving::End),
            Some(Err(_)) => break None,
            Some(Ok(part)) => {
                size += part.len() as u64;
                if pace.is_too_slow(part.len() as u64, Instant::now()) {
                    break None;
                }
                if size > largest {
                    is_too_large = true;
                    break None;
                }
                // The other side ended: it says why.
                if sender.send(Arriving::Part(part)).await.is_err() {
                    break None;
                }
            }
        }
    };
    if let Some(end) = ended {
        let _ = sender.send(end).await;
    }
    drop(sender);
    let answer = match stored.await {
        _ if is_too_large => refused(StatusCode::PAYLOAD_TOO_LARGE, &said::upload_too_large(largest >> 20)),
        Ok(Ok(stored)) => json(&stored),
        Ok(Err(error)) => http::refused_for(StatusCode::INSUFFICIENT_STORAGE, &error),
        Err(error) => refused(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    };
    drop(counted);
    if answer.status() == StatusCode::OK {
        project.live.tell("list", &serde_json::json!({}));
        work::want(&project);
    }
    answer
}

/// What became of a file.
#[derive(Debug, PartialEq, Eq, serde::Serialize)]
pub(super) struct Stored {
    /// Its name among the project's files.
    pub(super) source: String,
    /// Whether it was there already.
    pub(super) known: bool,
}

/// Writes what arrives beside the project; once it is whole it goes in.
fn store(project: &Project, inputs: &Path, label: &str, mut arriving: Receiver<Arriving>) -> Result<Stored> {
    let part = Part::begin(project)?;
    let mut file = File::create_new(&part.0).with_context(said::not_stored)?;
    loop {
        match arriving.blocking_recv() {
            Some(Arriving::Part(bytes)) => file.write_all(&bytes).with_context(said::not_stored)?,
            Some(Arriving::End) => break,
            None => bail!(said::upload_broken_off()),
        }
    }
    // It must be on the disk before it is there by name: the machine may lose its power.
    file.sync_all().with_context(said::not_stored)?;
    drop(file);
    place(project, inputs, label, &part.0)
}

/// A file on its way; what was not placed is removed.
struct Part(PathBuf);

impl Part {
    fn begin(project: &Project) -> Result<Self> {
        let folder = project.parts();
        fs::create_dir_all(&folder).with_context(said::not_stored)?;
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        Ok(Self(folder.join(format!("{}-{number}.part", std::process::id()))))
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // Where it was placed there is nothing to remove.
        let _ = fs::remove_file(&self.0);
    }
}

/// Gives a whole file its name among the project's files; one that is there already stays the only one.
fn place(project: &Project, inputs: &Path, label: &str, part: &Path) -> Result<Stored> {
    let mut naming = project.naming.lock().unwrap_or_else(PoisonError::into_inner);
    let size = fs::metadata(part).with_context(said::not_stored)?.len();
    // Files that others put there meanwhile are seen soon; looking again for each of thousands that were dropped would take longer
    // than all the rest.
    let known = naming.take().filter(|known| known.looked.elapsed() < known.took * PATIENCE);
    let known = naming.insert(known.unwrap_or_else(|| look(inputs)));
    let files = &mut known.files;
    let named = |path: &Path| {
        let below = path.strip_prefix(inputs).unwrap_or(path);
        below.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
    };
    let same = files.iter().find(|(path, length)| *length == size && holds_the_same(path, part));
    if let Some((path, _)) = same {
        return Ok(Stored { source: named(path), known: true });
    }
    if files.len() >= MOST_FILES || files.iter().map(|(_, length)| length).sum::<u64>() + size > MOST_BYTES {
        bail!(said::project_is_full(MOST_FILES, MOST_BYTES >> 30));
    }
    let mut parts = label::parts(label);
    let name = parts.pop().unwrap_or_default();
    let folders: Vec<&str> = parts.iter().map(String::as_str).collect();
    let path = free_place(inputs, &folders, &name).with_context(said::not_stored)?;
    fs::rename(part, &path).with_context(said::not_stored)?;
    files.push((path.clone(), size));
    Ok(Stored { source: named(&path), known: false })
}

/// The files that are there now.
fn look(inputs: &Path) -> Known {
    let looked = Instant::now();
    let entries = WalkDir::new(inputs).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let files = entries.filter_map(|entry| Some((entry.path().to_owned(), entry.metadata().ok()?.len()))).collect();
    Known { files, looked, took: looked.elapsed() }
}

/// Whether two files of one size hold the same bytes.
fn holds_the_same(one: &Path, other: &Path) -> bool {
    let (Ok(one), Ok(other)) = (File::open(one), File::open(other)) else { return false };
    let (mut one, mut other) = (BufReader::new(one), BufReader::new(other));
    let (mut left, mut right) = (vec![0; 64 << 10], vec![0; 64 << 10]);
    loop {
        let (Ok(a), Ok(b)) = (fill(&mut one, &mut left), fill(&mut other, &mut right)) else { return false };
        if left.get(..a) != right.get(..b) {
            return false;
        }
        if a == 0 {
            return true;
        }
    }
}

fn fill(from: &mut impl Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match from.read(rest)? {
            0 => break,
            count => filled += count,
        }
    }
    Ok(filled)
}

/// Copies files and folders of this machine into the project; gives what came of each.
pub(super) fn copy(project: &Arc<Project>, paths: &[String], largest: u64) -> Result<Vec<Stored>> {
    let Some(folder) = project.inputs.clone() else { bail!(said::project_takes_no_files()) };
    let paths: Vec<PathBuf> = paths.iter().map(|path| PathBuf::from(path.trim().trim_matches(['"', '\'']))).collect();
    if let Some(address) = paths.iter().find(|path| remote::is_address(path)) {
        bail!(said::about_file(address.display(), said::only_paths_of_this_machine()));
    }
    // A link may lead to the whole machine, and so may a path that somebody mistook.
    let reach = Reach { follows_links: false, most: MOST_SEEN };
    let found = inputs::find(&paths, &[], Some(&project.out), std::io::empty(), reach)?;
    if found.is_cut || found.inputs.len() > MOST_FILES {
        bail!(said::project_is_full(MOST_FILES, MOST_BYTES >> 30));
    }
    for input in &found.inputs {
        if let Some(why) = why_not(input, largest) {
            bail!(said::about_file(input.path.display(), why));
        }
    }
    let mut stored = Vec::new();
    for input in found.inputs {
        let part = Part::begin(project)?;
        copy_as_said(&input.path, &part.0).with_context(said::not_stored)?;
        stored.push(place(project, &folder, &input.source, &part.0)?);
    }
    work::want(project);
    Ok(stored)
}

/// Why a file of this machine is not taken. It is asked before it is opened: opening a pipe waits for whoever writes to it.
fn why_not(input: &Input, largest: u64) -> Option<String> {
    let words = |why: String| Some(told(&why).into_owned());
    if let Some(error) = &input.error {
        return words(error.clone());
    }
    match fs::metadata(&input.path) {
        Err(error) => words(inputs::refusal(&error)),
        Ok(metadata) if !metadata.is_file() => words(kept::not_a_plain_file()),
        Ok(metadata) if metadata.len() > largest => Some(said::upload_too_large(largest >> 20)),
        Ok(_) => None,
    }
}

/// Copies as many bytes as a file says it has: what a system shows as files has none, and may never end.
fn copy_as_said(from: &Path, to: &Path) -> std::io::Result<()> {
    let from = File::open(from)?;
    let size = from.metadata()?.len();
    let mut to = File::create_new(to)?;
    std::io::copy(&mut from.take(size), &mut to)?;
    to.sync_all()
}

#[cfg(test)]
mod tests {
    use super::super::project::{About, make};
    use super::*;

    fn project(folder: &Path) -> Project {
        make(folder, &About { name: "a".to_owned(), made: 0 }).unwrap();
        Project::open(folder).unwrap()
    }

    #[test]
    #[cfg(unix)]
    fn what_is_no_plain_file_is_refused_before_anything_is_copied() {
        let folder = tempfile::tempdir().unwrap();
        let project = Arc::new(project(&folder.path().join("p")));
        let at = folder.path().join("报表");
        fs::create_dir_all(at.join("县")).unwrap();
        fs::write(at.join("县/a.pdf"), "a").unwrap();
        let paste = |path: &Path| copy(&project, &[path.display().to_string()], 10);
        assert!(std::process::Command::new("mkfifo").arg(folder.path().join("pipe")).status().unwrap().success());
        assert!(paste(&folder.path().join("pipe")).is_err() && paste(Path::new("/dev/zero")).is_err());
        std::os::unix::fs::symlink("/", at.join("root")).unwrap();
        let refused = paste(&at).unwrap_err().to_string();
        assert!(refused.contains("root"), "{refused}");
        let inputs = project.inputs.clone().unwrap();
        assert_eq!(fs::read_dir(&inputs).unwrap().count(), 0);
    }

    fn sent(project: &Project, label: &str, parts: &[&'static [u8]], whole: bool) -> Result<Stored> {
        let (sender, receiver) = channel(ON_THEIR_WAY);
        for part in parts {
            sender.blocking_send(Arriving::Part(Bytes::from_static(part))).unwrap();
        }
        if whole {
            sender.blocking_send(Arriving::End).unwrap();
        }
        drop(sender);
        store(project, project.inputs.as_deref().unwrap(), label, receiver)
    }

    #[test]
    fn whoever_sends_a_sign_now_and_then_is_let_go() {
        let began = Instant::now();
        let after = |seconds: u64| began + Duration::from_secs(seconds);
        let mut slow = Pace { since: began, came: 0 };
        assert!((1..12).all(|step| !slow.is_too_slow(1, after(5 * step))));
        assert!(slow.is_too_slow(1, after(60)));
        // What waits for the disk sends little for a while, and much before.
        let mut fast = Pace { since: began, came: 0 };
        assert!(!fast.is_too_slow(LEAST, after(1)) && !fast.is_too_slow(1, after(61)));
        assert!(!fast.is_too_slow(LEAST, after(100)) && !fast.is_too_slow(1, after(121)));
        assert!(fast.is_too_slow(1, after(181)));
    }

    #[test]
    fn a_file_is_there_whole_or_not_at_all_and_only_once() {
        let folder = tempfile::tempdir().unwrap();
        let project = project(folder.path());
        assert!(sent(&project, "a.pdf", &[b"half"], false).is_err());
        let inputs = project.inputs.clone().unwrap();
        assert_eq!(fs::read_dir(&inputs).unwrap().count(), 0);
        assert_eq!(fs::read_dir(project.parts()).unwrap().count(), 0);
        let new = |source: &str| Stored { source: source.to_owned(), known: false };
        assert_eq!(sent(&project, "../../x/a.pdf", &[b"one", b"two"], true).unwrap(), new("x/a.pdf"));
        let known = Stored { source: "x/a.pdf".to_owned(), known: true };
        assert_eq!(sent(&project, "b.pdf", &[b"onetwo"], true).unwrap(), known);
        assert_eq!(sent(&project, "x/a.pdf", &[b"other!"], true).unwrap(), new("x/a (2).pdf"));
        assert_eq!(sent(&project, "x/a.pdf/b.pdf", &[b"third"], true).unwrap(), new("x/a (3).pdf/b.pdf"));
        assert_eq!(fs::read(inputs.join("x/a.pdf")).unwrap(), b"onetwo");
        assert_eq!(fs::read_dir(project.parts()).unwrap().count(), 0);
    }
}
