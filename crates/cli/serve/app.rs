//! All that the server knows.

use super::doubts::{Doubts, Held};
use super::guard::Guard;
use super::project::Project;
use super::projects::Projects;
use crate::document::Engine;
use crate::language::said;
use crate::run::Desk;
use crate::worker::WorkerLimits;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Desks that nobody came to for so long are cleared away with their workers: nothing idle holds memory.
const IDLE: Duration = Duration::from_mins(1);

/// The server's guard, projects, and what was found in them.
pub(super) struct App {
    pub(super) guard: Guard,
    pub(super) projects: Projects,
    /// Bytes of the largest file that is taken.
    pub(super) largest: u64,
    doubts: Mutex<BTreeMap<String, Arc<Held>>>,
    desks: Arc<Mutex<Desks>>,
}

/// The desks that documents are corrected on, by project, and the workers that they share: made when the first is asked for.
#[derive(Default)]
struct Desks {
    engine: Option<Arc<Engine>>,
    open: BTreeMap<String, Arc<Desk>>,
    /// When somebody came last.
    last: Option<Instant>,
}

/// Waits until nobody comes any more, then clears the desks away.
fn clear_away(desks: &Mutex<Desks>) {
    loop {
        std::thread::sleep(IDLE);
        let mut desks = desks.lock().unwrap_or_else(PoisonError::into_inner);
        if desks.last.is_none_or(|last| last.elapsed() >= IDLE) {
            *desks = Desks::default();
            return;
        }
    }
}

impl App {
    pub(super) fn new(guard: Guard, projects: Projects, largest: u64) -> Self {
        Self { guard, projects, largest, doubts: Mutex::default(), desks: Arc::default() }
    }

    /// The doubts of a project.
    pub(super) fn doubts(&self, project: &Project) -> Arc<Doubts> {
        let held = {
            let mut all = self.doubts.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(project.id.clone()).or_default())
        };
        held.of(project)
    }

    /// The desk of a project.
    pub(super) fn desk(&self, project: &Project) -> Result<Arc<Desk>> {
        let mut desks = self.desks.lock().unwrap_or_else(PoisonError::into_inner);
        desks.last = Some(Instant::now());
        if let Some(desk) = desks.open.get(&project.id) {
            return Ok(Arc::clone(desk));
        }
        let engine = if let Some(engine) = &desks.engine {
            Arc::clone(engine)
        } else {
            let engine = Engine::isolated(WorkerLimits::default(), Arc::default()).with_context(said::no_worker)?;
            let its = Arc::clone(&self.desks);
            // Without it the workers stay, which costs memory and nothing else.
            drop(std::thread::Builder::new().name("idle".to_owned()).spawn(move || clear_away(&its)));
            Arc::new(engine)
        };
        desks.engine = Some(Arc::clone(&engine));
        let desk = Arc::new(Desk::new(&project.out, &project.kept, engine));
        desks.open.insert(project.id.clone(), Arc::clone(&desk));
        Ok(desk)
    }
}
