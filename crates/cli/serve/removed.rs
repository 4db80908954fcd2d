//! Files taken out of a project: kept beside it under their names, so that they can be put back. The next run takes what was read of
//! them out of the results.

use super::inside::{files, free_place, id_of};
use super::project::Project;
use crate::language::said;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use walkdir::WalkDir;

/// Takes a file out of the project; gives what it is called among those taken out.
pub(super) fn take_out(project: &Project, id: &str) -> Result<String> {
    let Some(inputs) = &project.inputs else { bail!(said::project_takes_no_files()) };
    let mut known = project.naming.lock().unwrap_or_else(PoisonError::into_inner);
    *known = None;
    let source = files(project).into_iter().find(|source| id_of(source) == id).with_context(said::page_not_found)?;
    let name = moved(inputs, &project.removed(), &source).with_context(said::not_stored)?;
    Ok(id_of(&name))
}

/// Puts a file back that was taken out.
pub(super) fn put_back(project: &Project, id: &str) -> Result<()> {
    let Some(inputs) = &project.inputs else { bail!(said::project_takes_no_files()) };
    let mut known = project.naming.lock().unwrap_or_else(PoisonError::into_inner);
    *known = None;
    let source =
        taken_out(project).into_iter().find(|source| id_of(source) == id).with_context(said::page_not_found)?;
    moved(&project.removed(), inputs, &source).map(drop).with_context(said::not_stored)
}

/// The results of a project without a file are kept aside, so that nobody finds in them what is gone; with the next file they are
/// back, and the run has less to read. Older ones that stand there already, since the command line made results anew meanwhile,
/// step aside under a number: a person may have put something of their own beside them.
pub(super) fn keep_results(project: &Project) -> std::io::Result<()> {
    let aside = project.kept.join("out.removed");
    match project.inputs {
        Some(_) if files(project).is_empty() && project.out.exists() => {
            if aside.exists() {
                fs::rename(&aside, free_place(&project.kept, &[], "out.removed")?)?;
            }
            fs::rename(&project.out, &aside)
        }
        Some(_) if !files(project).is_empty() && !project.out.exists() && aside.exists() => {
            fs::rename(&aside, &project.out)
        }
        _ => Ok(()),
    }
}

/// The names of the files that were taken out.
pub(super) fn taken_out(project: &Project) -> Vec<String> {
    let folder = project.removed();
    let entries = WalkDir::new(&folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let named = |entry: walkdir::DirEntry| Some(below(&folder, entry.path())?.replace(std::path::MAIN_SEPARATOR, "/"));
    files.filter_map(named).collect()
}

fn below(folder: &Path, file: &Path) -> Option<String> {
    Some(file.strip_prefix(folder).ok()?.to_string_lossy().into_owned())
}

/// Moves a file from one folder to the same place below another, under a number where its name is taken; gives its name there.
fn moved(from: &Path, to: &Path, source: &str) -> Result<String> {
    let (folder, name) = source.rsplit_once('/').unwrap_or(("", source));
    let folders: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let place = free_place(to, &folders, name)?;
    fs::rename(from.join(source), &place)?;
    let free = below(to, &place).unwrap_or_default().replace(std::path::MAIN_SEPARATOR, "/");
    let mut emptied: PathBuf = from.join(folder);
    // A folder that still holds something stays.
    while emptied != from && fs::remove_dir(&emptied).is_ok() {
        emptied.pop();
    }
    Ok(free)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::project::{About, make};

    #[test]
    fn what_is_taken_out_can_be_put_back_and_replaces_nothing() {
        let folder = tempfile::tempdir().unwrap();
        make(folder.path(), &About { name: "甲".to_owned(), made: 1 }).unwrap();
        let project = Project::open(folder.path()).unwrap();
        let inputs = folder.path().join("inputs");
        fs::create_dir_all(inputs.join("甲县")).unwrap();
        let put = |text: &str| fs::write(inputs.join("甲县/a.pdf"), text).unwrap();
        put("one");
        assert!(take_out(&project, &id_of("../甲县/a.pdf")).is_err());
        let first = take_out(&project, &id_of("甲县/a.pdf")).unwrap();
        assert!(!inputs.join("甲县").exists() && files(&project).is_empty());
        fs::create_dir_all(inputs.join("甲县")).unwrap();
        put("two");
        assert_ne!(take_out(&project, &id_of("甲县/a.pdf")).unwrap(), first);
        assert_eq!(taken_out(&project), ["甲县/a (2).pdf", "甲县/a.pdf"]);
        fs::create_dir_all(inputs.join("甲县")).unwrap();
        put("three");
        put_back(&project, &first).unwrap();
        assert_eq!(fs::read_to_string(inputs.join("甲县/a.pdf")).unwrap(), "three");
        assert_eq!(fs::read_to_string(inputs.join("甲县/a (2).pdf")).unwrap(), "one");
        assert_eq!(taken_out(&project), ["甲县/a (2).pdf"]);
        // Without a file there are no results, and with one they are back.
        fs::create_dir_all(&project.out).unwrap();
        keep_results(&project).unwrap();
        assert!(project.out.exists());
        for source in files(&project) {
            take_out(&project, &id_of(&source)).unwrap();
        }
        keep_results(&project).unwrap();
        assert!(!project.out.exists());
        let back = taken_out(&project).remove(0);
        put_back(&project, &id_of(&back)).unwrap();
        keep_results(&project).unwrap();
        assert!(project.out.exists());
    }

    #[test]
    fn results_that_stand_aside_already_are_in_nobody_s_way() {
        let folder = tempfile::tempdir().unwrap();
        make(folder.path(), &About { name: "甲".to_owned(), made: 1 }).unwrap();
        let project = Project::open(folder.path()).unwrap();
        for text in ["first", "second", "third"] {
            fs::create_dir_all(&project.out).unwrap();
            fs::write(project.out.join("own.txt"), text).unwrap();
            keep_results(&project).unwrap();
            assert!(!project.out.exists());
            assert_eq!(fs::read_to_string(folder.path().join("out.removed/own.txt")).unwrap(), text);
        }
        let kept = |name: &str| fs::read_to_string(folder.path().join(name).join("own.txt")).unwrap();
        assert_eq!([kept("out (2).removed"), kept("out (3).removed")], ["first", "second"]);
        // The newest come back with the next file.
        fs::write(folder.path().join("inputs/a.pdf"), "").unwrap();
        keep_results(&project).unwrap();
        assert_eq!(fs::read_to_string(project.out.join("own.txt")).unwrap(), "third");
    }
}
