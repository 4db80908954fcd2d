//! All projects of a folder. Pages name them by an id; which folder that is, only this list knows.

use super::label;
use super::project::{About, Project, make};
use super::work;
use crate::language::said;
use crate::store::now;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Projects of one folder: more are a mistake or an attack.
const MOST: usize = 1000;

/// The projects and their folder.
pub(super) struct Projects {
    folder: PathBuf,
    /// Whether others can be made beside them: not where one output folder or project was named itself.
    pub(super) is_shelf: bool,
    open: Mutex<Vec<Arc<Project>>>,
}

impl Projects {
    /// The projects below a folder, or the one that it is itself.
    pub(super) fn below(folder: &Path) -> Result<Self> {
        if let Some(project) = Project::open(folder) {
            let open = Mutex::new(vec![Arc::new(project)]);
            return Ok(Self { folder: folder.to_owned(), is_shelf: false, open });
        }
        std::fs::create_dir_all(folder)?;
        let projects = Self { folder: folder.to_owned(), is_shelf: true, open: Mutex::default() };
        projects.look();
        Ok(projects)
    }

    fn open(&self) -> MutexGuard<'_, Vec<Arc<Project>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes in what came into the folder by other ways.
    fn look(&self) {
        let Ok(entries) = std::fs::read_dir(&self.folder) else { return };
        let folders = entries.filter_map(Result::ok).filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
        let mut found: Vec<Project> = folders.filter_map(|entry| Project::open(&entry.path())).take(MOST).collect();
        let mut open = self.open();
        found.retain(|one| !open.iter().any(|known| known.id == one.id));
        open.extend(found.into_iter().map(Arc::new));
        open.retain(|project| project.out.is_dir() || project.inputs.as_ref().is_some_and(|inputs| inputs.is_dir()));
        open.sort_by(|a, b| b.about.made.cmp(&a.about.made).then_with(|| a.about.name.cmp(&b.about.name)));
    }

    /// All of them, the youngest first.
    pub(super) fn all(&self) -> Vec<Arc<Project>> {
        if self.is_shelf {
            self.look();
        }
        self.open().clone()
    }

    /// The one with this id.
    pub(super) fn get(&self, id: &str) -> Option<Arc<Project>> {
        self.open().iter().find(|project| project.id == id).cloned()
    }

    /// Makes a project of a name.
    pub(super) fn add(&self, name: &str) -> Result<Arc<Project>> {
        let name: String = name.chars().filter(|c| !c.is_control()).take(100).collect();
        let name = name.trim();
        if name.is_empty() || !self.is_shelf {
            bail!(said::project_without_name());
        }
        if self.all().len() >= MOST {
            bail!(said::too_many_projects(MOST));
        }
        let plain = label::parts(&name.replace(['/', '\\'], "_")).pop().unwrap_or_default();
        let names = std::iter::once(plain.clone()).chain((2..).map(|number| format!("{plain} ({number})")));
        let folder = names
            .map(|name| self.folder.join(name))
            .find(|folder| std::fs::create_dir(folder).is_ok() || !folder.exists());
        let folder = folder.unwrap_or_else(|| self.folder.join(plain));
        if let Err(error) = make(&folder, &About { name: name.to_owned(), made: now() }) {
            // A folder without its name is no project: the next attempt finds the place free.
            let _ = std::fs::remove_dir(folder.join("inputs"));
            let _ = std::fs::remove_dir(&folder);
            return Err(error).with_context(said::not_stored);
        }
        self.look();
        let made = self.open().iter().find(|project| project.kept == folder).cloned();
        made.map_or_else(|| bail!(said::project_without_name()), Ok)
    }

    /// Goes on with what was broken off: uploads on their way are nothing, runs that were wanted are wanted still.
    pub(super) fn go_on(&self) {
        for project in self.open().iter() {
            // What can't be removed is in nobody's way.
            let _ = std::fs::remove_dir_all(project.parts());
            if project.mark().exists() {
                work::want(project);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_gets_a_folder_of_its_own_whatever_it_is_called() {
        let folder = tempfile::tempdir().unwrap();
        let projects = Projects::below(folder.path()).unwrap();
        for name in ["三公经费", "三公经费", "../../x", "<script>alert(1)</script>"] {
            let project = projects.add(name).unwrap();
            assert_eq!(project.about.name, name);
            assert_eq!(project.kept.parent(), Some(folder.path()));
        }
        assert!(projects.add(" \n").is_err());
        assert_eq!(Projects::below(folder.path()).unwrap().all().len(), 4);
        let ids: std::collections::BTreeSet<String> = projects.all().iter().map(|one| one.id.clone()).collect();
        assert_eq!(ids.len(), 4);
    }

    #[test]
    fn what_was_on_its_way_is_nothing_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let project = Projects::below(folder.path()).unwrap().add("a").unwrap();
        std::fs::create_dir(project.parts()).unwrap();
        std::fs::write(project.parts().join("1"), b"half").unwrap();
        Projects::below(folder.path()).unwrap().go_on();
        assert!(!project.parts().exists());
    }
}
