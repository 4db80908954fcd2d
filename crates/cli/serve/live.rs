//! What goes on in a project now, told to every page that listens (server-sent events). Nobody listening costs nothing.

use hyper::body::Bytes;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Events that may wait for a slow page; it is let go then, comes again and gets everything.
const MOST_WAITING: usize = 1024;

/// The state of the work, and who listens.
#[derive(Default)]
pub(super) struct Live(Mutex<State>);

#[derive(Default)]
struct State {
    listeners: Vec<Listener>,
    /// What became of files since the last finished run, by source.
    files: BTreeMap<String, Value>,
    run: Run,
}

/// A page that listens, and the session that it was let in with.
struct Listener {
    session: String,
    sender: Sender<io::Result<Bytes>>,
}

/// The run.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub(super) struct Run {
    /// `idle`, `waiting`, `running`, `taken` (another run is at work in the folder) or `failed`.
    pub(super) state: &'static str,
    /// `reading` or `writing`.
    pub(super) phase: &'static str,
    pub(super) done: u64,
    pub(super) total: u64,
    /// Why it failed.
    pub(super) error: String,
    /// The same in English, where it is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) error_en: Option<String>,
}

impl Live {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A page listens from now on; it is told first to fetch what there is.
    pub(super) fn listen(&self, session: &str) -> Receiver<io::Result<Bytes>> {
        let (sender, receiver) = channel(MOST_WAITING);
        let mut state = self.state();
        state.listeners.retain(|listener| !listener.sender.is_closed());
        state.listeners.push(Listener { session: session.to_owned(), sender });
        state.tell("list", &json!({}));
        receiver
    }

    /// A session is ended: its pages are told nothing any more.
    pub(super) fn part(&self, session: &str) {
        self.state().listeners.retain(|listener| listener.session != session);
    }

    /// How the run is, and what became of files that it has not finished with.
    pub(super) fn now(&self) -> (Run, BTreeMap<String, Value>) {
        let state = self.state();
        (state.run.clone(), state.files.clone())
    }

    /// The run changed.
    pub(super) fn run(&self, change: impl FnOnce(&mut Run)) {
        let mut state = self.state();
        change(&mut state.run);
        let run = json!(state.run);
        state.tell("run", &run);
    }

    /// Something is known of a file.
    pub(super) fn file(&self, source: &str, what: Value) {
        let mut state = self.state();
        state.tell("file", &json!({"source": source, "now": what}));
        state.files.insert(source.to_owned(), what);
    }

    /// A file that is being read is at this page, of so many.
    pub(super) fn page(&self, source: &str, page: u64, pages: u64) {
        let mut state = self.state();
        let Some(what) = state.files.get_mut(source).filter(|what| what["state"] == "reading") else { return };
        (what["page"], what["pages"]) = (page.into(), pages.into());
        let what = json!({"source": source, "now": what});
        state.tell("file", &what);
    }

    /// All is in the results now: pages fetch them.
    pub(super) fn settled(&self) {
        let mut state = self.state();
        state.files.clear();
        state.tell("list", &json!({}));
    }

    /// Something else changed.
    pub(super) fn tell(&self, event: &str, what: &Value) {
        self.state().tell(event, what);
    }
}

impl State {
    fn tell(&mut self, event: &str, what: &Value) {
        if self.listeners.is_empty() {
            return;
        }
        let text = Bytes::from(format!("event: {event}\ndata: {what}\n\n"));
        self.listeners.retain(|listener| listener.sender.try_send(Ok(text.clone())).is_ok());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listeners_are_told_and_those_that_left_are_forgotten() {
        let live = Live::default();
        let mut first = live.listen("a");
        drop(live.listen("b"));
        live.run(|run| run.state = "running");
        let mut told = Vec::new();
        while let Ok(part) = first.try_recv() {
            told.push(String::from_utf8(part.unwrap().to_vec()).unwrap());
        }
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told[0].starts_with("event: list\n") && told[2].contains("\"state\":\"running\""), "{told:?}");
        assert_eq!(live.state().listeners.len(), 1);
        live.part("b");
        assert_eq!(live.state().listeners.len(), 1);
        live.part("a");
        assert!(live.state().listeners.is_empty());
    }
}
