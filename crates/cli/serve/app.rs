//! All that the server knows.

use super::doubts::{Doubts, Held};
use super::guard::Guard;
use super::project::Project;
use super::projects::Projects;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The server's guard, projects, and what was found in them.
pub(super) struct App {
    pub(super) guard: Guard,
    pub(super) projects: Projects,
    doubts: Mutex<BTreeMap<String, Arc<Held>>>,
}

impl App {
    pub(super) fn new(guard: Guard, projects: Projects) -> Self {
        Self { guard, projects, doubts: Mutex::default() }
    }

    /// The doubts of a project.
    pub(super) fn doubts(&self, project: &Project) -> Arc<Doubts> {
        let held = {
            let mut all = self.doubts.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(project.id.clone()).or_default())
        };
        held.of(project)
    }
}
