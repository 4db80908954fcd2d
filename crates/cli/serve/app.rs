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

/// The server's guard, projects, and what was found in them.
pub(super) struct App {
    pub(super) guard: Guard,
    pub(super) projects: Projects,
    /// Bytes of the largest file that is taken.
    pub(super) largest: u64,
    doubts: Mutex<BTreeMap<String, Arc<Held>>>,
    desks: Mutex<Desks>,
}

/// The desks that documents are corrected on, by project, and the workers that they share: made when the first is asked for.
#[derive(Default)]
struct Desks {
    engine: Option<Arc<Engine>>,
    open: BTreeMap<String, Arc<Desk>>,
}

impl App {
    pub(super) fn new(guard: Guard, projects: Projects, largest: u64) -> Self {
        Self { guard, projects, largest, doubts: Mutex::default(), desks: Mutex::default() }
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
        if let Some(desk) = desks.open.get(&project.id) {
            return Ok(Arc::clone(desk));
        }
        let engine = match &desks.engine {
            Some(engine) => Arc::clone(engine),
            None => Arc::new(Engine::isolated(WorkerLimits::default(), Arc::default()).with_context(said::no_worker)?),
        };
        desks.engine = Some(Arc::clone(&engine));
        let desk = Arc::new(Desk::new(&project.out, &project.kept, engine));
        desks.open.insert(project.id.clone(), Arc::clone(&desk));
        Ok(desk)
    }
}
