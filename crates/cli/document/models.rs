//! Models that read pictures of text: where they are, and the reader made of them.

use crate::language::kept;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use yusuan_extract::{ModelRecognizer, TextRecognizer, TwoRecognizers};

/// The environment's word for the folder; empty means none.
const VARIABLE: &str = "YUSUAN_MODELS";
/// The folder beside the program, and in the user's data folder.
const FOLDER: &str = "models";
/// The careful model, which tells its own characters.
const SMALL: &str = "rec-small.onnx";
/// The quick model and its characters.
const TINY: [&str; 2] = ["rec-tiny.onnx", "rec-tiny.txt"];

/// Models that are there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Models {
    /// Where they are.
    folder: PathBuf,
    /// Names and sizes of those that are used: a result made by others is another one.
    mark: String,
    /// Whether the quick one reads first.
    quick: bool,
}

/// What the command line says.
#[derive(Debug, Clone, Default)]
pub(crate) struct Choice {
    /// The folder.
    pub(crate) folder: Option<PathBuf>,
    /// Whether speed is wanted.
    pub(crate) quick: bool,
}

static CHOSEN: OnceLock<Choice> = OnceLock::new();

/// Keeps what the command line says, for the rest of the program's life.
pub(crate) fn choose(choice: Choice) {
    // The command line is read once.
    let _ = CHOSEN.set(choice);
}

impl Models {
    /// Those that were chosen or that stand in the usual places.
    pub(crate) fn found() -> Option<Self> {
        let Choice { folder, quick } = CHOSEN.get().cloned().unwrap_or_default();
        let set = std::env::var_os(VARIABLE).map(PathBuf::from);
        match folder.or(set) {
            Some(folder) => Self::of(&folder, quick),
            None => usual().iter().find_map(|folder| Self::of(folder, quick)),
        }
    }

    fn of(folder: &Path, quick: bool) -> Option<Self> {
        let size =
            |name: &str| std::fs::metadata(folder.join(name)).ok().filter(std::fs::Metadata::is_file).map(|m| m.len());
        let small = size(SMALL);
        let tiny = size(TINY[0]).filter(|_| size(TINY[1]).is_some() && (quick || small.is_none()));
        let sizes = [small.map(|size| format!("small{size}")), tiny.map(|size| format!("tiny{size}"))];
        let mark = sizes.into_iter().flatten().collect::<Vec<_>>().join("+");
        // A worker's folder may be another one; a path that is no text can't be told to it.
        let folder = std::path::absolute(folder).ok().filter(|folder| folder.to_str().is_some())?;
        (!mark.is_empty()).then_some(Self { folder, mark, quick })
    }

    /// The same wherever the models are: for the name of a result.
    pub(crate) fn without_folder(self) -> Self {
        Self { folder: PathBuf::new(), ..self }
    }

    /// The reader, made once in a process.
    pub(super) fn recognizer(&self) -> Result<Arc<Recognizer>, String> {
        static MADE: Mutex<Option<(Models, Arc<Recognizer>)>> = Mutex::new(None);
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, recognizer)) = made.as_ref().filter(|(models, _)| models == self) {
            return Ok(Arc::clone(recognizer));
        }
        let recognizer: Arc<Recognizer> = Arc::from(self.load()?);
        *made = Some((self.clone(), Arc::clone(&recognizer)));
        Ok(recognizer)
    }

    fn load(&self) -> Result<Box<Recognizer>, String> {
        let bytes = |name: &str| {
            let path = self.folder.join(name);
            std::fs::read(&path).map_err(|error| format!("{}：{error}", path.display()))
        };
        let small = || ModelRecognizer::new(bytes(SMALL)?, None);
        let tiny = || {
            let characters = String::from_utf8(bytes(TINY[1])?).map_err(|_| kept::characters_not_utf8())?;
            ModelRecognizer::new(bytes(TINY[0])?, Some(&characters))
        };
        Ok(match (self.mark.contains("small"), self.mark.contains("tiny")) {
            (true, true) => Box::new(TwoRecognizers::new(tiny()?, small()?)),
            (true, false) => Box::new(small()?),
            (false, _) => Box::new(tiny()?),
        })
    }
}

/// What reads lines of text, from whichever thread.
pub(super) type Recognizer = dyn TextRecognizer + Send + Sync;

/// Beside the program, then in the user's data folder.
fn usual() -> Vec<PathBuf> {
    let beside = std::env::current_exe().ok().and_then(|program| Some(program.parent()?.join(FOLDER)));
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = || variable("HOME").map(|home| home.join(".local/share"));
    let data = variable("XDG_DATA_HOME").or_else(|| variable("LOCALAPPDATA")).or_else(home);
    beside.into_iter().chain(data.map(|data| data.join("yusuan").join(FOLDER))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_model_is_used_where_it_is_wanted_or_alone() {
        let folder = tempfile::tempdir().unwrap();
        let mark = |quick| Models::of(folder.path(), quick).map(|models| models.mark);
        assert_eq!(mark(true), None);
        std::fs::write(folder.path().join(TINY[0]), "12345").unwrap();
        assert_eq!(mark(true), None, "its characters are missing");
        std::fs::write(folder.path().join(TINY[1]), "a").unwrap();
        assert_eq!(mark(false).as_deref(), Some("tiny5"));
        std::fs::write(folder.path().join(SMALL), "123").unwrap();
        assert_eq!((mark(false).as_deref(), mark(true).as_deref()), (Some("small3"), Some("small3+tiny5")));
    }

    #[test]
    fn what_is_no_model_is_told() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(SMALL), "123").unwrap();
        assert!(Models::of(folder.path(), false).unwrap().recognizer().is_err());
    }
}
